/* Sealed texts and keys. The known ones come of an implementation written from the RFCs. */
#include "vault_folder.h"

static const char sealed_key[] =
    "000102030405060708090a0b0c0d0e0f1011121314151617be97c73d0daf7a7e9a4a9560f6a4c6e674a9262e4b1e32"
    "9e8e7d983db1767e532bdb344b9b1ae4e6dd7a32e0126d0869";
static const char sealed_text[] =
    "18191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f8a52442046603c5a4c59d79eef430c040a5444f9e4e987"
    "60";
static const vault_place_t name_of_seven = {"person", "family_name", 7};

static vault_key_t known_key(void)
{
    vault_t *vault = vault_of(0);
    uint8_t sealed[VAULT_SEALED_KEY];
    vault_key_t key;
    bytes_of(sealed_key, sealed);
    assert_true(vault_key_open(vault, 7, sealed, &key));
    vault_close(vault);
    return key;
}

static void what_was_sealed_years_ago_still_opens(void **state)
{
    (void)state;
    vault_key_t key = known_key();
    for (unsigned i = 0; i < VAULT_KEY; i++) {
        assert_int_equal(key.bytes[i], 100 + i);
    }
    uint8_t sealed[sizeof sealed_text / 2];
    bytes_of(sealed_text, sealed);
    buf_t text = {0};
    assert_true(vault_unseal(&key, &name_of_seven, (span_t){(char *)sealed, sizeof sealed}, &text));
    assert_true(span_equal(buf_span(&text), SPAN("Żółć")));
    buf_free(&text);
}

static void texts_of_any_length_come_back(void **state)
{
    (void)state;
    vault_key_t key = known_key();
    char whole[5000];
    vault_random(whole, sizeof whole);
    buf_t sealed = {0}, text = {0};
    for (size_t len = 0; len <= sizeof whole; len += len < 130 ? 1 : 487) {
        buf_clear(&sealed);
        buf_clear(&text);
        buf_literal(&text, "before");
        vault_seal(&key, &name_of_seven, (span_t){whole, len}, &sealed);
        assert_int_equal(sealed.len, len + VAULT_SEAL_MORE);
        assert_true(vault_unseal(&key, &name_of_seven, buf_span(&sealed), &text));
        assert_int_equal(text.len, len + 6);
        assert_memory_equal(text.at, "before", 6);
        assert_true(span_equal(span_from(buf_span(&text), 6), (span_t){whole, len}));
    }
    buf_free(&sealed);
    buf_free(&text);
}

static void the_same_text_never_looks_the_same(void **state)
{
    (void)state;
    vault_key_t key = known_key();
    buf_t one = {0}, other = {0};
    vault_seal(&key, &name_of_seven, SPAN("Kowalska"), &one);
    vault_seal(&key, &name_of_seven, SPAN("Kowalska"), &other);
    assert_memory_not_equal(one.at, other.at, 24);
    assert_memory_not_equal(one.at + 24, other.at + 24, one.len - 24);
    buf_free(&one);
    buf_free(&other);
}

static void what_was_moved_does_not_open(void **state)
{
    (void)state;
    static const vault_place_t elsewhere[] = {
        {"person", "family_name", 8}, {"person", "family_name", -7},
        {"person", "given_name", 7},  {"note", "family_name", 7},
        {"personf", "amily_name", 7}, {"perso", "nfamily_name", 7},
        {"person", "family_nam", 7},  {"", "personfamily_name", 7},
        {"personfamily_name", "", 7}, {"person", "family_name", 7 + (INT64_C(1) << 32)},
    };
    vault_key_t key = known_key();
    buf_t sealed = {0}, text = {0};
    vault_seal(&key, &name_of_seven, SPAN("Kowalska"), &sealed);
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        assert_false(vault_unseal(&key, &elsewhere[i], buf_span(&sealed), &text));
    }
    assert_int_equal(text.len, 0);
    assert_false(text.failed);

    vault_t *vault = vault_of(0);
    uint8_t kept[VAULT_SEALED_KEY];
    vault_key_t made, opened;
    vault_key_new(vault, 1, &made, kept);
    assert_false(vault_key_open(vault, 2, kept, &opened));
    assert_true(vault_key_open(vault, 1, kept, &opened));
    assert_memory_equal(made.bytes, opened.bytes, VAULT_KEY);
    vault_close(vault);
    buf_free(&sealed);
    buf_free(&text);
}

static void every_flipped_bit_and_every_cut_is_found(void **state)
{
    (void)state;
    vault_key_t key = known_key();
    buf_t sealed = {0}, text = {0};
    vault_seal(&key, &name_of_seven, SPAN("Kowalska"), &sealed);
    for (size_t bit = 0; bit < 8 * sealed.len; bit++) {
        sealed.at[bit / 8] = (char)(sealed.at[bit / 8] ^ (1 << bit % 8));
        assert_false(vault_unseal(&key, &name_of_seven, buf_span(&sealed), &text));
        sealed.at[bit / 8] = (char)(sealed.at[bit / 8] ^ (1 << bit % 8));
    }
    for (size_t len = 0; len < sealed.len; len++) {
        assert_false(vault_unseal(&key, &name_of_seven, (span_t){sealed.at, len}, &text));
    }
    assert_int_equal(text.len, 0);
    assert_true(vault_unseal(&key, &name_of_seven, buf_span(&sealed), &text));

    vault_t *vault = vault_of(0);
    uint8_t kept[VAULT_SEALED_KEY];
    vault_key_t opened;
    bytes_of(sealed_key, kept);
    for (size_t bit = 0; bit < 8 * sizeof kept; bit++) {
        kept[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(vault_key_open(vault, 7, kept, &opened));
        kept[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    vault_close(vault);
    buf_free(&sealed);
    buf_free(&text);
}

static void another_key_opens_nothing(void **state)
{
    (void)state;
    vault_key_t key = known_key(), other;
    vault_t *vault = vault_of(0);
    uint8_t kept[VAULT_SEALED_KEY];
    vault_key_new(vault, 7, &other, kept);
    vault_close(vault);
    buf_t sealed = {0}, text = {0};
    vault_seal(&key, &name_of_seven, SPAN("Kowalska"), &sealed);
    assert_false(vault_unseal(&other, &name_of_seven, buf_span(&sealed), &text));
    assert_int_equal(text.len, 0);

    vault = vault_of(1);
    assert_false(vault_key_open(vault, 7, kept, &other));
    vault_close(vault);
    buf_free(&sealed);
    buf_free(&text);
}

static void blind_indices_are_of_one_key_and_one_context(void **state)
{
    (void)state;
    span_t pesel = SPAN("44051401359");
    vault_t *vault = vault_of(0);
    int64_t known = INT64_C(1022574973182317478);
    assert_true(vault_blind(vault, "person.pesel", pesel) == known);
    assert_true(vault_blind(vault, "person.document", pesel) != known);
    assert_true(vault_blind(vault, "person.pesel", SPAN("44051401358")) != known);
    assert_true(vault_blind(vault, "person.pese", SPAN("l44051401359")) != known);
    assert_true(vault_blind(vault, "person.pesel", SPAN_NONE) != 0);
    vault_close(vault);
    vault = vault_of(1);
    assert_true(vault_blind(vault, "person.pesel", pesel) != known);
    vault_close(vault);
}

static void without_memory_nothing_is_appended(void **state)
{
    (void)state;
    vault_key_t key = known_key();
    buf_t sealed = {0}, failed = {.failed = true};
    vault_seal(&key, &name_of_seven, SPAN("Kowalska"), &failed);
    assert_null(failed.at);
    vault_seal(&key, &name_of_seven, SPAN("Kowalska"), &sealed);
    assert_false(vault_unseal(&key, &name_of_seven, buf_span(&sealed), &failed));
    assert_true(failed.failed && failed.len == 0);
    vault_seal(&key, &name_of_seven, (span_t){"", SIZE_MAX - 8}, &sealed);
    assert_true(sealed.failed);
    buf_free(&sealed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sealed_years_ago_still_opens),
        cmocka_unit_test(texts_of_any_length_come_back),
        cmocka_unit_test(the_same_text_never_looks_the_same),
        cmocka_unit_test(what_was_moved_does_not_open),
        cmocka_unit_test(every_flipped_bit_and_every_cut_is_found),
        cmocka_unit_test(another_key_opens_nothing),
        cmocka_unit_test(blind_indices_are_of_one_key_and_one_context),
        cmocka_unit_test(without_memory_nothing_is_appended),
    };
    return cmocka_run_group_tests_name("vault seal", tests, folder_make, folder_remove);
}
