/* The server's key file: made once, refused when others could have read it. */
#include "vault_folder.h"

/* What is said of the file as it lies there, in English. */
static void assert_refused(const char *sentence)
{
    buf_t why = {0};
    assert_null(vault_open(key_file, true, false, &why));
    assert_non_null(buf_zero_terminated(&why));
    assert_non_null(strstr(why.at, sentence));
    assert_non_null(strstr(why.at, key_file));
    buf_clear(&why);
    assert_null(vault_open(key_file, true, true, &why));
    assert_true(span_starts(buf_span(&why), SPAN("Plik klucza /")));
    buf_free(&why);
}

static void a_key_is_made_once_and_for_its_owner(void **state)
{
    (void)state;
    buf_t why = {0};
    assert_null(vault_open(key_file, false, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "does not exist"));

    mode_t mask = umask(0);
    vault_t *first = vault_open(key_file, true, false, &why);
    umask(mask);
    assert_non_null(first);
    struct stat status;
    assert_int_equal(stat(key_file, &status), 0);
    assert_int_equal(status.st_mode, S_IFREG | 0600);
    assert_int_equal(status.st_size, 32);
    assert_int_equal(status.st_nlink, 1);

    vault_t *again = vault_open(key_file, true, false, &why);
    uint8_t one[16], other[16];
    vault_fingerprint(first, one);
    vault_fingerprint(again, other);
    assert_memory_equal(one, other, sizeof one);
    vault_close(first);
    vault_close(again);
    buf_free(&why);

    /* Nothing else was left behind. */
    unlink(key_file);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(mkdir(folder, 0700), 0);
}

static void a_file_that_others_may_read_is_refused(void **state)
{
    (void)state;
    static const mode_t open_to_others[] = {0640, 0620, 0610, 0604, 0602, 0601, 0666};
    for (size_t i = 0; i < sizeof open_to_others / sizeof *open_to_others; i++) {
        key_write(0, VAULT_KEY);
        assert_int_equal(chmod(key_file, open_to_others[i]), 0);
        assert_refused("set its mode to 0600");
    }
    vault_close(vault_of(0));
}

static void a_file_of_another_length_is_refused(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, 31, 33, 64};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        key_write(0, lengths[i]);
        assert_refused("does not have 32 bytes");
    }
}

static void what_is_no_plain_file_is_refused(void **state)
{
    (void)state;
    char real[96];
    snprintf(real, sizeof real, "%s.real", key_file);
    key_write(0, VAULT_KEY);
    assert_int_equal(rename(key_file, real), 0);
    assert_int_equal(symlink(real, key_file), 0);
    assert_refused("symbolic link");
    unlink(real);
    assert_refused("symbolic link");
    unlink(key_file);

    assert_int_equal(mkfifo(key_file, 0600), 0);
    assert_refused("no plain file");
    unlink(key_file);

    assert_int_equal(mkdir(key_file, 0700), 0);
    assert_refused("no plain file");
    rmdir(key_file);
}

static void where_nothing_can_be_written_none_is_made(void **state)
{
    (void)state;
    char kept[80];
    memcpy(kept, key_file, sizeof kept);
    snprintf(key_file, sizeof key_file, "%s/absent/key", folder);
    assert_refused("cannot be written");
    memcpy(key_file, kept, sizeof kept);
}

static void fingerprints_tell_keys_apart_and_never_change(void **state)
{
    (void)state;
    uint8_t known[16], found[16];
    bytes_of("c6f3263d545fa15fcf3dc903d6ca47ed", known);
    vault_t *vault = vault_of(0);
    vault_fingerprint(vault, found);
    assert_memory_equal(found, known, sizeof known);
    vault_close(vault);
    vault = vault_of(1);
    vault_fingerprint(vault, found);
    assert_memory_not_equal(found, known, sizeof known);
    vault_close(vault);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_made_once_and_for_its_owner),
        cmocka_unit_test(a_file_that_others_may_read_is_refused),
        cmocka_unit_test(a_file_of_another_length_is_refused),
        cmocka_unit_test(what_is_no_plain_file_is_refused),
        cmocka_unit_test(where_nothing_can_be_written_none_is_made),
        cmocka_unit_test(fingerprints_tell_keys_apart_and_never_change),
    };
    return cmocka_run_group_tests_name("vault key", tests, folder_make, folder_remove);
}
