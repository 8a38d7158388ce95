/* An audit finds what was changed behind the record's back, with the key and without; and what one
 * damaged row takes with it. */
#include "store/inside.h"
#include "world.h"

static bool plant(ipus_record_t *record, void *of)
{
    int64_t *person = of;
    *person = world_person(record, "Elżbieta", "Brzeczyszczykiewicz", "44051401458");
    world_account(record, "anna");
    world_order(record, world_granted(record, *person), *person);
    return store_note_read(record, 7, IPUS_PERSON, *person, "person", NOW) == IPUS_FINE;
}

static bool erase(ipus_record_t *record, void *of)
{
    ipus_row_t row;
    int64_t person = *(int64_t *)of;
    assert_int_equal(record->get(record->context, IPUS_PERSON, person, false, &row), IPUS_FINE);
    ipus_set(&row, PERSON_STATE, 1);
    return record->set(record->context, &row, NOW) == IPUS_FINE &&
           store_erase(record, person) == IPUS_FINE;
}

static bool silently(ipus_record_t *record, void *of)
{
    (void)of;
    ipus_row_t row = {.kind = IPUS_HOUSEHOLD};
    return record->add(record->context, &row, NOW) == IPUS_FINE;
}

static void tamper(const char *text)
{
    sqlite3 *sql = NULL;
    char *error = NULL;
    world_close();
    assert_int_equal(sqlite3_open(world_file("record.db"), &sql), SQLITE_OK);
    if (sqlite3_exec(sql, text, NULL, NULL, &error) != SQLITE_OK) {
        fail_msg("%s", error);
    }
    sqlite3_close(sql);
}

static store_audit_t audit_with(const vault_t *vault, const store_end_t *expected)
{
    store_audit_t audit = {0};
    buf_t why = {0};
    if (expected != NULL) {
        audit.expected = *expected;
    }
    if (!store_audit(world.folder, vault, &audit, false, &why)) {
        fail_msg("%s", buf_zero_terminated(&why));
    }
    return audit;
}

typedef struct {
    const char *text;
    int64_t locked, unindexed, miscounted;
} planted_t;

/* What no digest of the journal covers. */
static void what_is_counted_is_counted_again(void **state)
{
    (void)state;
    static const planted_t planted[] = {
        {"SELECT 1", 0, 0, 0},
        {"UPDATE keys SET sealed = NULL WHERE kind = 'persons'", 1, 0, 0},
        {"UPDATE keys SET sealed = (SELECT sealed FROM keys WHERE kind = 'accounts')"
         " WHERE kind = 'persons'",
         2, 0, 0}, /* the key, and the person */
        {"DELETE FROM names WHERE token = (SELECT min(token) FROM names)", 0, 1, 0},
        {"UPDATE persons SET pesel_blind = 5", 0, 1, 0},
        {"INSERT INTO pools VALUES (9, 'windows', '2022-01-01', '2022-12-31', 5, 0)", 0, 0, 1},
    };
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        int64_t person = 0;
        assert_int_equal(world_write(plant, &person), STORE_DONE);
        tamper(planted[i].text);
        store_audit_t audit = audit_with(world.vault, NULL);
        if (audit.locked != planted[i].locked || audit.unindexed != planted[i].unindexed ||
            audit.miscounted != planted[i].miscounted || !audit.keyed ||
            store_audit_holds(&audit) != (i == 0)) {
            fail_msg("%s: %d locked, %d unindexed, %d miscounted", planted[i].text,
                     (int)audit.locked, (int)audit.unindexed, (int)audit.miscounted);
        }
        world_remove(NULL);
        assert_int_equal(world_make(NULL), 0);
    }
}

/* Who has the file but not the key writes another history, with a chain that holds. */
static void forge(int64_t number)
{
    sqlite3 *sql = NULL;
    sqlite3_stmt *lines = NULL, *set = NULL;
    char end[80];
    uint8_t chain[VAULT_DIGEST] = {0};
    assert_int_equal(sqlite3_open(world_file("record.db"), &sql), SQLITE_OK);
    snprintf(end, sizeof end, "UPDATE journal SET account = 66 WHERE number = %d", (int)number);
    assert_int_equal(sqlite3_exec(sql, end, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sql,
                                        "SELECT " JOURNAL_COLUMNS " FROM journal ORDER BY number",
                                        -1, &lines, NULL),
                     SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(sql, "UPDATE journal SET chain = ?1 WHERE number = ?2", -1, &set, NULL),
        SQLITE_OK);
    int64_t last = 0;
    while (sqlite3_step(lines) == SQLITE_ROW) {
        const journal_line_t line = store_journal_line(lines);
        store_journal_chain(&line, chain, chain);
        last = line.number;
        sqlite3_bind_blob(set, 1, chain, VAULT_DIGEST, SQLITE_STATIC);
        sqlite3_bind_int64(set, 2, last);
        assert_int_equal(sqlite3_step(set), SQLITE_DONE);
        sqlite3_reset(set);
    }
    sqlite3_finalize(lines);
    sqlite3_finalize(set);
    buf_t text = {0};
    store_journal_end(&text, last, chain, ' ');
    assert_int_equal(sqlite3_prepare_v2(sql, "UPDATE meta SET value = ?1 WHERE name = 'journal'",
                                        -1, &set, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(set, 1, text.at, (int)text.len, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(set), SQLITE_DONE);
    sqlite3_finalize(set);
    buf_free(&text);
    sqlite3_close(sql);
}

static void another_history_is_found(void **state)
{
    (void)state;
    int64_t person = 0;
    buf_t printed = {0};
    store_end_t noted;
    assert_int_equal(world_write(plant, &person), STORE_DONE);
    world_close();
    store_audit_t audit = audit_with(world.vault, NULL);
    assert_true(store_audit_holds(&audit));
    store_end_put(&printed, &audit.end);
    assert_true(store_end_read(buf_span(&printed), &noted));
    assert_int_equal(noted.number, audit.entries);
    assert_false(store_end_read(SPAN("7:ab"), &noted));
    assert_true(store_end_read(buf_span(&printed), &noted));
    /* The record went on: what was noted is still in it. */
    world_open();
    assert_int_equal(world_write(silently, NULL), STORE_DONE);
    world_close();
    audit = audit_with(NULL, &noted);
    assert_true(store_audit_holds(&audit) && !audit.keyed);
    forge(3);
    audit = audit_with(world.vault, NULL);
    assert_int_equal(audit.broken_at, 3);
    /* Without the key only what was noted elsewhere tells. */
    audit = audit_with(NULL, NULL);
    assert_true(store_audit_holds(&audit));
    audit = audit_with(NULL, &noted);
    assert_true(audit.unexpected && !store_audit_holds(&audit));
    /* Nor does it help to say that nothing is keyed. */
    tamper("UPDATE journal SET mac = NULL; DELETE FROM meta WHERE name = 'keyed_from'");
    assert_int_equal(audit_with(world.vault, NULL).broken_at, 1);
    tamper("INSERT INTO meta VALUES ('keyed_from', '8 00000000000000000000000000000000')");
    assert_int_equal(audit_with(world.vault, NULL).broken_at, 8);
    buf_free(&printed);
}

/* ---- one row that is damaged ----------------------------------------------------------------- */

typedef struct {
    int rows, damaged;
} listed_t;

static bool list_one(void *of, const ipus_row_t *row)
{
    listed_t *listed = of;
    listed->rows++;
    listed->damaged += row->damaged;
    bool locked = row->damaged || ipus_number(row, PERSON_STATE) == 1;
    assert_int_equal(row->at[PERSON_GIVEN_NAME].is, locked ? IPUS_LOCKED : IPUS_KNOWN);
    return true;
}

static bool list_people(ipus_record_t *record, void *of)
{
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    query.open = true;
    return record->find(record->context, &query, list_one, of) == IPUS_FINE;
}

static bool get_person(ipus_record_t *record, void *of)
{
    ipus_row_t row;
    return record->get(record->context, IPUS_PERSON, *(int64_t *)of, true, &row) == IPUS_FINE;
}

static bool call_otherwise(ipus_record_t *record, void *of)
{
    ipus_row_t row;
    assert_int_equal(record->get(record->context, IPUS_PERSON, *(int64_t *)of, false, &row),
                     IPUS_FINE);
    ipus_set_text(&row, PERSON_GIVEN_NAME, SPAN("Inna"));
    return record->set(record->context, &row, NOW) == IPUS_FINE;
}

static bool add_another(ipus_record_t *record, void *of)
{
    *(int64_t *)of = world_person(record, "Anna", "Druga", NULL);
    return true;
}

static void one_damaged_key_takes_no_list_down(void **state)
{
    (void)state;
    int64_t person = 0, other = 0;
    listed_t listed = {0};
    assert_int_equal(world_write(plant, &person), STORE_DONE);
    assert_int_equal(world_write(add_another, &other), STORE_DONE);
    tamper("UPDATE keys SET sealed = CAST(substr(sealed, 1, 70) || x'00' || substr(sealed, 72) AS "
           "BLOB)"
           " WHERE kind = 'persons' AND row = (SELECT min(id) FROM persons)");
    world_open();
    assert_int_equal(world_read(list_people, &listed), STORE_DONE);
    assert_int_equal(listed.rows, 2);
    assert_int_equal(listed.damaged, 1);
    assert_int_equal(world_read(get_person, &person), STORE_BROKEN);
    assert_int_equal(world_read(get_person, &other), STORE_DONE);
    /* Nothing more can be sealed for that person, and the record goes on. */
    assert_int_equal(world_write(call_otherwise, &person), STORE_BROKEN);
    assert_false(store_figures(world.store).disk_refuses);
    assert_int_equal(world_write(call_otherwise, &other), STORE_DONE);
    assert_int_equal(world_write(erase, &person), STORE_DONE);
    listed = (listed_t){0};
    assert_int_equal(world_read(list_people, &listed), STORE_DONE);
    assert_int_equal(listed.damaged, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_counted_is_counted_again, world_make, world_remove),
        cmocka_unit_test_setup_teardown(another_history_is_found, world_make, world_remove),
        cmocka_unit_test_setup_teardown(one_damaged_key_takes_no_list_down, world_make,
                                        world_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
