/* Passwords, tokens, codes and digests. */
#include "vault_folder.h"

static void passwords_fit_their_own_hash_alone(void **state)
{
    (void)state;
    char hash[VAULT_PASSWORD_HASH], other[VAULT_PASSWORD_HASH];
    span_t password = SPAN("zażółć gęślą jaźń");
    assert_true(vault_password_hash(password, hash));
    assert_true(vault_password_hash(password, other));
    assert_true(span_starts(span_of(hash), SPAN("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_string_not_equal(hash, other);
    assert_true(vault_password_fits(password, hash));
    assert_false(vault_password_fits(SPAN("zażółć gęślą jaźn"), hash));
    assert_false(vault_password_fits((span_t){password.at, password.len - 1}, hash));
    assert_false(vault_password_fits(SPAN_NONE, hash));
    assert_false(vault_password_fits(password, ""));
    assert_false(vault_password_fits(SPAN_NONE, ""));
    assert_false(vault_password_fits(password, "$argon2id$v=19$m=19456,t=2,p=1$"));
    assert_false(vault_password_fits(password, "zażółć gęślą jaźń"));
}

static void a_token_is_long_and_kept_as_its_digest(void **state)
{
    (void)state;
    char token[VAULT_TOKEN], other[VAULT_TOKEN], digest[VAULT_TOKEN_DIGEST];
    vault_token_new(token);
    vault_token_new(other);
    assert_int_equal(strlen(token), 43);
    assert_int_equal(
        strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
    assert_string_not_equal(token, other);
    vault_token_digest(SPAN("abc"), digest);
    assert_string_equal(digest, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void codes_have_no_letters_that_look_alike(void **state)
{
    (void)state;
    char code[4001] = {0};
    bool seen[256] = {false};
    size_t letters = 0;
    vault_code(code, 4000);
    assert_int_equal(strlen(code), 4000);
    assert_null(strpbrk(code, "0OQ1IL2Z5S6G8BUV"));
    for (size_t i = 0; i < 4000; i++) {
        letters += !seen[(uint8_t)code[i]];
        seen[(uint8_t)code[i]] = true;
    }
    assert_int_equal(letters, 20);
}

static void digests_are_known_ones(void **state)
{
    (void)state;
    uint8_t known[VAULT_DIGEST], digest[VAULT_DIGEST];
    vault_hash_t hash;
    bytes_of("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319", known);
    vault_hash_begin(&hash);
    vault_hash_add(&hash, "a", 1);
    vault_hash_add(&hash, NULL, 0);
    vault_hash_add(&hash, "bc", 2);
    vault_hash_end(&hash, digest);
    assert_memory_equal(digest, known, sizeof known);

    vault_hash_t by_bytes;
    vault_hash_begin(&hash);
    vault_hash_int(&hash, INT64_C(-2));
    vault_hash_end(&hash, digest);
    vault_hash_begin(&by_bytes);
    vault_hash_add(&by_bytes, "\xfe\xff\xff\xff\xff\xff\xff\xff", 8);
    vault_hash_end(&by_bytes, known);
    assert_memory_equal(digest, known, sizeof known);
}

static void what_is_wiped_is_gone(void **state)
{
    (void)state;
    char secret[] = "secret";
    vault_wipe(secret, sizeof secret);
    for (size_t i = 0; i < sizeof secret; i++) {
        assert_int_equal(secret[i], 0);
    }
}

static int open_once(void **state)
{
    if (folder_make(state) != 0) {
        return -1;
    }
    vault_close(vault_of(0));
    return folder_remove(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwords_fit_their_own_hash_alone),
        cmocka_unit_test(a_token_is_long_and_kept_as_its_digest),
        cmocka_unit_test(codes_have_no_letters_that_look_alike),
        cmocka_unit_test(digests_are_known_ones),
        cmocka_unit_test(what_is_wiped_is_gone),
    };
    return cmocka_run_group_tests_name("vault secret", tests, open_once, NULL);
}
