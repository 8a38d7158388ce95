/* Copies and putting them back; an older file. */
#include "world.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

static bool add_people(ipus_record_t *record, void *of)
{
    const char *name = of;
    int64_t person = world_person(record, name, "Nowak", NULL);
    world_order(record, world_granted(record, person), person);
    return true;
}

static bool count_row(void *of, const ipus_row_t *row)
{
    *(int64_t *)of += (int64_t)ipus_text(row, PERSON_GIVEN_NAME).len;
    return true;
}

/* The sum of the lengths of all first names. */
static bool sum_names(ipus_record_t *record, void *of)
{
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    query.open = true;
    *(int64_t *)of = 0;
    return record->find(record->context, &query, count_row, of) == IPUS_FINE;
}

static int64_t names(void)
{
    int64_t sum = 0;
    assert_int_equal(world_read(sum_names, &sum), STORE_DONE);
    return sum;
}

static void assert_sound(void)
{
    store_audit_t audit = {0};
    buf_t why = {0};
    assert_true(store_audit(world.folder, world.vault, &audit, false, &why));
    assert_int_equal(audit.broken_at, 0);
    assert_int_equal(audit.moved, 0);
    assert_true(audit.rows > 0);
}

static bool erase_first(ipus_record_t *record, void *of)
{
    (void)of;
    ipus_row_t row;
    assert_int_equal(record->get(record->context, IPUS_PERSON, 1, false, &row), IPUS_FINE);
    ipus_set(&row, PERSON_STATE, 1);
    assert_int_equal(record->set(record->context, &row, NOW), IPUS_FINE);
    world_enter(record, &row, "erase");
    return store_erase(record, 1) == IPUS_FINE;
}

static bool first_is_erased(ipus_record_t *record, void *of)
{
    (void)of;
    ipus_row_t row;
    assert_int_equal(record->get(record->context, IPUS_PERSON, 1, true, &row), IPUS_FINE);
    assert_int_equal(row.at[PERSON_GIVEN_NAME].is, IPUS_LOCKED);
    assert_int_equal(ipus_number(&row, PERSON_STATE), 1);
    return true;
}

static void a_copy_is_put_back(void **state)
{
    (void)state;
    char copy[260], first[300];
    buf_t why = {0}, kept = {0};
    store_copy_t made;
    struct stat status;
    snprintf(copy, sizeof copy, "%s/copy.db", world.data);
    assert_int_equal(world_write(add_people, "Jan"), STORE_DONE);
    assert_int_equal(world_write(add_people, "Anna"), STORE_DONE);
    assert_true(
        store_backup(world.folder, copy, world.vault, &made, false, &why)); /* while it is open */
    assert_int_equal(stat(copy, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(made.bytes, status.st_size);
    assert_true(made.entries > 0);
    assert_false(store_backup(world.folder, copy, world.vault, &made, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "overwrites nothing"));
    buf_clear(&why);
    assert_int_equal(world_write(add_people, "Ewelina"), STORE_DONE);
    assert_int_equal(names(), 14);
    assert_false(store_restore(world.folder, copy, world.vault, &kept, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "in use by another server"));
    buf_clear(&why);
    world_close();
    if (!store_restore(world.folder, copy, world.vault, &kept, false, &why)) {
        fail_msg("%s", buf_zero_terminated(&why));
    }
    assert_int_equal(access(buf_zero_terminated(&kept), F_OK), 0);
    /* Within the same second nothing kept is written over. */
    snprintf(first, sizeof first, "%s", kept.at);
    buf_clear(&kept);
    assert_true(store_restore(world.folder, copy, world.vault, &kept, false, &why));
    assert_string_not_equal(buf_zero_terminated(&kept), first);
    assert_int_equal(access(first, F_OK), 0);
    buf_free(&kept);
    world_open();
    assert_int_equal(names(), 7);
    assert_sound();
    /* Who was erased after the copy was made stays erased. */
    assert_int_equal(world_write(erase_first, NULL), STORE_DONE);
    world_close();
    assert_true(store_restore(world.folder, copy, world.vault, &kept, false, &why));
    buf_free(&kept);
    world_open();
    assert_int_equal(names(), 4);
    assert_int_equal(world_read(first_is_erased, NULL), STORE_DONE);
    assert_sound();
    assert_int_equal(world_write(add_people, "Ola"), STORE_DONE);
    assert_int_equal(names(), 7);
    buf_free(&why);
}

static void cut(const char *file, long at, const char *bytes)
{
    FILE *broken = fopen(file, "r+b");
    assert_non_null(broken);
    fseek(broken, at, SEEK_SET);
    fputs(bytes, broken);
    fclose(broken);
}

static void a_bad_copy_is_refused(void **state)
{
    (void)state;
    char copy[260];
    buf_t why = {0}, kept = {0};
    store_copy_t made;
    snprintf(copy, sizeof copy, "%s/copy.db", world.data);
    assert_int_equal(world_write(add_people, "Jan"), STORE_DONE);
    assert_true(store_backup(world.folder, copy, world.vault, &made, false, &why));
    world_close();
    assert_int_equal(truncate(copy, 40000), 0);
    assert_false(store_restore(world.folder, copy, world.vault, &kept, false, &why));
    cut(copy, 0, "nothing of the sort");
    assert_false(store_restore(world.folder, copy, world.vault, &kept, false, &why));
    sqlite3 *sql = NULL;
    unlink(copy);
    assert_int_equal(sqlite3_open(copy, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql, "CREATE TABLE t (a)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sql);
    buf_clear(&why);
    assert_false(store_restore(world.folder, copy, world.vault, &kept, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "not a record"));
    assert_int_equal(kept.len, 0);
    buf_free(&why);
    world_open();
    assert_int_equal(names(), 3);
    assert_sound();
}

static void flip(const char *file, long at)
{
    FILE *open = fopen(file, "r+b");
    assert_non_null(open);
    fseek(open, at, SEEK_SET);
    int byte = fgetc(open);
    fseek(open, at, SEEK_SET);
    fputc(byte ^ 1, open);
    fclose(open);
}

static bool keys_and_names(ipus_record_t *record, void *of)
{
    (void)of;
    for (int i = 0; i < 40; i++) {
        world_person(record, "Katarzyna", "Krzemieniecka", NULL);
    }
    return true;
}

/* Whatever SQLite says of it: a copy that an audit finds fault with is not whole. */
static void a_flipped_copy_is_refused(void **state)
{
    (void)state;
    char copy[260], again[260];
    buf_t why = {0}, kept = {0};
    store_copy_t made;
    snprintf(copy, sizeof copy, "%s/copy.db", world.data);
    snprintf(again, sizeof again, "%s/again.db", world.data);
    assert_int_equal(world_write(keys_and_names, NULL), STORE_DONE);
    assert_true(store_backup(world.folder, copy, world.vault, &made, false, &why));
    world_close();
    /* In the middle of a sealed key, of a value, of a name's token. */
    static const char *const places[] = {
        "UPDATE keys SET sealed = CAST(x'00' || substr(sealed, 2) AS BLOB) WHERE id = 7",
        "UPDATE persons SET family_name = CAST(x'00' || substr(family_name, 2) AS BLOB) WHERE id=5",
        "UPDATE names SET token = token + 1 WHERE token = (SELECT max(token) FROM names)",
        "UPDATE journal SET at = at + 1 WHERE number = 11"};
    int refused = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        sqlite3 *sql = NULL;
        unlink(again);
        assert_int_equal(sqlite3_open(copy, &sql), SQLITE_OK);
        char into[300];
        snprintf(into, sizeof into, "VACUUM INTO '%s'", again);
        assert_int_equal(sqlite3_exec(sql, into, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(sql);
        assert_int_equal(sqlite3_open(again, &sql), SQLITE_OK);
        assert_int_equal(sqlite3_exec(sql, places[i], NULL, NULL, NULL), SQLITE_OK);
        assert_true(sqlite3_changes(sql) > 0);
        sqlite3_close(sql);
        buf_clear(&why);
        refused += !store_restore(world.folder, again, world.vault, &kept, false, &why);
        assert_non_null(strstr(buf_zero_terminated(&why), "not whole"));
    }
    assert_int_equal(refused, 4);
    /* The same of the record itself: no copy of it says that it is whole. */
    sqlite3 *sql = NULL;
    assert_int_equal(sqlite3_open(world_file("record.db"), &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql, places[0], NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sql);
    unlink(again);
    buf_clear(&why);
    assert_false(store_backup(world.folder, again, world.vault, &made, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "not whole"));
    assert_int_equal(access(again, F_OK), -1);
    /* Bits anywhere: refused, or nothing that is kept has changed. */
    struct stat status;
    assert_int_equal(stat(copy, &status), 0);
    for (long at = 17; at < status.st_size; at += status.st_size / 23) {
        flip(copy, at);
        buf_clear(&why);
        buf_clear(&kept);
        if (store_restore(world.folder, copy, world.vault, &kept, false, &why)) {
            assert_sound();
        }
        flip(copy, at);
    }
    unlink(copy);
    buf_free(&why);
    buf_free(&kept);
}

static void a_log_without_its_record_is_refused(void **state)
{
    (void)state;
    buf_t why = {0};
    struct stat status;
    char aside[260];
    assert_int_equal(world_write(add_people, "Jan"), STORE_DONE);
    snprintf(aside, sizeof aside, "%s/aside.db", world.data);
    /* As after a kill: what was acknowledged is in the log alone. */
    assert_int_equal(stat(world_file("record.db-wal"), &status), 0);
    assert_true(status.st_size > 0);
    char log[260];
    snprintf(log, sizeof log, "%s/aside.db-wal", world.data);
    assert_int_equal(link(world_file("record.db-wal"), log), 0);
    assert_int_equal(rename(world_file("record.db"), aside), 0);
    store_t *open = world.store;
    world.store = NULL;
    store_close(open, NULL, NULL);
    unlink(world_file("record.db-shm"));
    unlink(world_file("record.db-wal"));
    FILE *left = fopen(world_file("record.db-wal"), "wb");
    assert_non_null(left);
    fputs("acknowledged", left);
    fclose(left);
    assert_null(store_open(NULL, &world.options, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "Put the record back beside it"));
    assert_int_equal(stat(world_file("record.db-wal"), &status), 0);
    assert_int_equal(status.st_size, 12);
    assert_int_equal(access(world_file("record.db"), F_OK), -1);
    unlink(world_file("record.db-wal"));
    buf_free(&why);
}

/* Power fails between the moving aside and the putting in place. */
static void a_restoring_cut_off_is_finished(void **state)
{
    (void)state;
    char restored[260];
    buf_t why = {0};
    store_copy_t made;
    assert_int_equal(world_write(add_people, "Jan"), STORE_DONE);
    snprintf(restored, sizeof restored, "%s", world_file("restored.db"));
    assert_true(store_backup(world.folder, restored, world.vault, &made, false, &why));
    assert_int_equal(world_write(add_people, "Anna"), STORE_DONE);
    world_close();
    unlink(world_file("record.db")); /* as if it were moved aside already */
    world_open();
    assert_int_equal(names(), 3);
    assert_int_equal(access(restored, F_OK), -1);
    assert_sound();
}

/* ---- versions -------------------------------------------------------------------------------- */

static void a_newer_record_is_refused(void **state)
{
    (void)state;
    sqlite3 *sql = NULL;
    buf_t why = {0};
    world_close();
    assert_int_equal(sqlite3_open(world_file("record.db"), &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sql);
    assert_null(store_open(NULL, &world.options, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "version 99, newer than this program"));
    buf_free(&why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_copy_is_put_back, world_make, world_remove),
        cmocka_unit_test_setup_teardown(a_bad_copy_is_refused, world_make, world_remove),
        cmocka_unit_test_setup_teardown(a_flipped_copy_is_refused, world_make, world_remove),
        cmocka_unit_test_setup_teardown(a_log_without_its_record_is_refused, world_make,
                                        world_remove),
        cmocka_unit_test_setup_teardown(a_restoring_cut_off_is_finished, world_make, world_remove),
        cmocka_unit_test_setup_teardown(a_newer_record_is_refused, world_make, world_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
