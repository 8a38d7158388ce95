/* Copies and putting them back; reports; an older file. */
#include "world.h"

#include <sqlite3.h>
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
    store_audit_t audit;
    buf_t why = {0};
    assert_true(store_audit(world.folder, &audit, false, &why));
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
    char copy[260];
    buf_t why = {0};
    snprintf(copy, sizeof copy, "%s/copy.db", world.data);
    assert_int_equal(world_write(add_people, "Jan"), STORE_DONE);
    assert_int_equal(world_write(add_people, "Anna"), STORE_DONE);
    assert_true(store_backup(world.folder, copy, false, &why)); /* while it is open */
    assert_int_equal(world_write(add_people, "Ewelina"), STORE_DONE);
    assert_int_equal(names(), 14);
    assert_false(store_restore(world.folder, copy, world.vault, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "in use by another server"));
    buf_clear(&why);
    world_close();
    if (!store_restore(world.folder, copy, world.vault, false, &why)) {
        fail_msg("%s", buf_zero_terminated(&why));
    }
    world_open();
    assert_int_equal(names(), 7);
    assert_sound();
    /* Who was erased after the copy was made stays erased. */
    assert_int_equal(world_write(erase_first, NULL), STORE_DONE);
    world_close();
    assert_true(store_restore(world.folder, copy, world.vault, false, &why));
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
    buf_t why = {0};
    snprintf(copy, sizeof copy, "%s/copy.db", world.data);
    assert_int_equal(world_write(add_people, "Jan"), STORE_DONE);
    assert_true(store_backup(world.folder, copy, false, &why));
    world_close();
    assert_int_equal(truncate(copy, 40000), 0);
    assert_false(store_restore(world.folder, copy, world.vault, false, &why));
    cut(copy, 0, "nothing of the sort");
    assert_false(store_restore(world.folder, copy, world.vault, false, &why));
    sqlite3 *sql = NULL;
    unlink(copy);
    assert_int_equal(sqlite3_open(copy, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql, "CREATE TABLE t (a)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sql);
    buf_clear(&why);
    assert_false(store_restore(world.folder, copy, world.vault, false, &why));
    assert_non_null(strstr(buf_zero_terminated(&why), "not a record"));
    buf_free(&why);
    world_open();
    assert_int_equal(names(), 3);
    assert_sound();
}

/* Power fails between the moving aside and the putting in place. */
static void a_restoring_cut_off_is_finished(void **state)
{
    (void)state;
    char restored[260];
    buf_t why = {0};
    assert_int_equal(world_write(add_people, "Jan"), STORE_DONE);
    snprintf(restored, sizeof restored, "%s", world_file("restored.db"));
    assert_true(store_backup(world.folder, restored, false, &why));
    assert_int_equal(world_write(add_people, "Anna"), STORE_DONE);
    world_close();
    unlink(world_file("record.db")); /* as if it were moved aside already */
    world_open();
    assert_int_equal(names(), 3);
    assert_int_equal(access(restored, F_OK), -1);
    assert_sound();
}

/* ---- reports --------------------------------------------------------------------------------- */

typedef struct {
    int rows;
    int64_t cells[16];
} table_t;

static bool read_row(void *of, const store_cell_t *cells)
{
    table_t *table = of;
    assert_true(span_equal(cells[0].text, SPAN("windows")));
    assert_true(cells[1].is_null);
    for (int i = 2; i < 7; i++) {
        table->cells[i] = cells[i].number;
    }
    table->rows++;
    return true;
}

static bool report(ipus_record_t *record, void *of)
{
    size_t count = 0;
    const store_report_t *reports = store_reports(&count);
    assert_true(count >= 1);
    assert_string_equal(reports[0].name, "services");
    assert_int_equal(reports[0].column_count, 7);
    memset(of, 0, sizeof(table_t));
    return store_report(record, &reports[0], (date_t){19000}, (date_t){19010}, read_row, of) ==
           IPUS_FINE;
}

static bool order_some(ipus_record_t *record, void *of)
{
    (void)of;
    ipus_row_t row;
    assert_int_equal(record->get(record->context, IPUS_GRANTED, 1, false, &row), IPUS_FINE);
    ipus_set(&row, GRANTED_ORDERED, 30000);
    ipus_set(&row, GRANTED_DELIVERED, 20000);
    return record->set(record->context, &row, NOW) == IPUS_FINE;
}

static void services_are_counted(void **state)
{
    (void)state;
    table_t table;
    assert_int_equal(world_read(report, &table), STORE_DONE);
    assert_int_equal(table.rows, 0);
    assert_int_equal(world_write(add_people, "Jan"), STORE_DONE);
    assert_int_equal(world_write(add_people, "Anna"), STORE_DONE);
    assert_int_equal(world_write(order_some, NULL), STORE_DONE);
    assert_int_equal(world_read(report, &table), STORE_DONE);
    assert_int_equal(table.rows, 1);
    const int64_t wanted[] = {2, 200000, 30000, 20000, 170000};
    assert_memory_equal(&table.cells[2], wanted, sizeof wanted);
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
        cmocka_unit_test_setup_teardown(a_restoring_cut_off_is_finished, world_make, world_remove),
        cmocka_unit_test_setup_teardown(services_are_counted, world_make, world_remove),
        cmocka_unit_test_setup_teardown(a_newer_record_is_refused, world_make, world_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
