/* What must not be readable, what must be gone, and what is remembered: sealing, erasing, the
 * journal, answers, public changes. */
#include "world.h"

#include <sqlite3.h>

#define PESEL "44051401458"
#define FAMILY "Brzeczyszczykiewicz"
#define PHONE "+48 600 100 200"

/* ---- looking into the files ------------------------------------------------------------------ */

static int count_in(const char *name, const void *bytes, size_t len)
{
    FILE *file = fopen(world_file(name), "rb");
    if (file == NULL) {
        return 0;
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    char *all = malloc(size + 1);
    rewind(file);
    size = fread(all, 1, size, file);
    fclose(file);
    int count = 0;
    for (size_t i = 0; i + len <= size; i++) {
        count += memcmp(all + i, bytes, len) == 0;
    }
    free(all);
    return count;
}

static int count_anywhere(const void *bytes, size_t len)
{
    static const char *const names[] = {"record.db", "record.db-wal", "record.db-shm", "erased",
                                        "copy.db"};
    int count = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        count += count_in(names[i], bytes, len);
    }
    return count;
}

static void assert_unreadable(void)
{
    assert_int_equal(count_anywhere(PESEL, strlen(PESEL)), 0);
    assert_int_equal(count_anywhere(FAMILY, strlen(FAMILY)), 0);
    assert_int_equal(count_anywhere("brzeczyszcz", 11), 0);
    assert_int_equal(count_anywhere(PHONE, strlen(PHONE)), 0);
    assert_true(count_anywhere("windows", 7) > 0);
}

static bool plant(ipus_record_t *record, void *of)
{
    int64_t *person = of;
    *person = world_person(record, "Grzegorz", FAMILY, PESEL);
    ipus_row_t row;
    assert_int_equal(record->get(record->context, IPUS_PERSON, *person, false, &row), IPUS_FINE);
    ipus_set_text(&row, PERSON_PHONE, SPAN(PHONE));
    assert_int_equal(record->set(record->context, &row, NOW), IPUS_FINE);
    world_enter(record, &row, "change");
    world_order(record, world_granted(record, *person), *person);
    assert_int_equal(
        store_remember(record, 7, SPAN("key-1"), 11, NOW, 201,
                       SPAN("{\"family_name\":\"" FAMILY "\",\"pesel\":\"" PESEL "\"}")),
        IPUS_FINE);
    return store_note_read(record, 7, IPUS_PERSON, *person, "person", NOW) == IPUS_FINE;
}

static bool plant_intake(ipus_record_t *record, void *of)
{
    ipus_row_t row = {.kind = IPUS_INTAKE};
    ipus_set_text(&row, INTAKE_NAME, SPAN(FAMILY));
    ipus_set_text(&row, INTAKE_REACH, SPAN(PHONE));
    ipus_set(&row, INTAKE_STATE, 0);
    assert_int_equal(record->add(record->context, &row, NOW), IPUS_FINE);
    ipus_set(&row, INTAKE_PERSON, *(int64_t *)of);
    return record->set(record->context, &row, NOW) == IPUS_FINE;
}

static bool erase(ipus_record_t *record, void *of)
{
    return store_erase(record, *(int64_t *)of) == IPUS_FINE;
}

/* The key as it is kept, sealed by the server's. */
static void read_key(const char *kind, uint8_t key[VAULT_SEALED_KEY])
{
    sqlite3 *sql = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(world_file("record.db"), &sql, SQLITE_OPEN_READONLY, NULL), 0);
    assert_int_equal(
        sqlite3_prepare_v2(sql, "SELECT sealed FROM keys WHERE kind = ?1", -1, &statement, NULL),
        0);
    sqlite3_bind_text(statement, 1, kind, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_bytes(statement, 0), VAULT_SEALED_KEY);
    memcpy(key, sqlite3_column_blob(statement, 0), VAULT_SEALED_KEY);
    sqlite3_finalize(statement);
    sqlite3_close(sql);
}

static bool is_gone(ipus_record_t *record, void *of)
{
    int64_t person = *(int64_t *)of, id = 0;
    ipus_row_t row;
    size_t count = 9;
    assert_int_equal(record->get(record->context, IPUS_INTAKE, 1, true, &row), IPUS_FINE);
    assert_int_equal(row.at[INTAKE_NAME].is, IPUS_LOCKED);
    assert_int_equal(record->get(record->context, IPUS_PERSON, person, true, &row), IPUS_FINE);
    assert_int_equal(row.at[PERSON_FAMILY_NAME].is, IPUS_LOCKED);
    assert_int_equal(row.at[PERSON_PESEL].is, IPUS_LOCKED);
    assert_int_equal(record->person(record->context, PERSON_PESEL, SPAN(PESEL), &id), IPUS_ABSENT);
    assert_int_equal(store_people_named(record, SPAN("brzecz"), &id, 1, &count), IPUS_FINE);
    assert_int_equal(count, 0);
    return true;
}

static bool adds_a_secret(ipus_record_t *record, void *of)
{
    ipus_row_t note = {.kind = IPUS_NOTE};
    ipus_set(&note, NOTE_PERSON, *(int64_t *)of);
    ipus_set(&note, NOTE_ABOUT, 0);
    ipus_set_date(&note, NOTE_ON, (date_t){19000});
    ipus_set_text(&note, NOTE_CONTENT, SPAN("after all"));
    assert_int_equal(record->add(record->context, &note, NOW), IPUS_ABSENT);
    return false;
}

static bool answer_is_empty(ipus_record_t *record, void *of)
{
    (void)of;
    unsigned status = 0;
    span_t answer = SPAN("?");
    assert_int_equal(store_replay(record, 7, SPAN("key-1"), 11, NOW, &status, &answer), IPUS_FINE);
    assert_int_equal(status, 201);
    assert_int_equal(answer.len, 0);
    return true;
}

static void the_erased_are_gone_from_the_files(void **state)
{
    (void)state;
    int64_t person = 0;
    uint8_t key[VAULT_SEALED_KEY], answers[VAULT_SEALED_KEY], intake[VAULT_SEALED_KEY];
    assert_int_equal(world_write(plant, &person), STORE_DONE);
    assert_int_equal(world_write(plant_intake, &person), STORE_DONE);
    assert_unreadable();
    read_key("persons", key);
    read_key("intakes", intake);
    read_key("answers", answers);
    assert_true(count_anywhere(key, sizeof key) > 0);
    assert_int_equal(world_write(erase, &person), STORE_DONE);
    assert_int_equal(count_anywhere(key, 24), 0);
    assert_int_equal(count_anywhere(key + sizeof key - 24, 24), 0);
    assert_int_equal(count_anywhere(answers, 24), 0);
    assert_int_equal(count_anywhere(intake, 24), 0);
    assert_int_equal(count_in("erased", "1\n", 2), 1);
    assert_unreadable();
    for (int round = 0; round < 2; round++) {
        assert_int_equal(world_write(is_gone, &person), STORE_DONE);
        assert_int_equal(world_read(is_gone, &person), STORE_DONE);
        assert_int_equal(world_write(answer_is_empty, NULL), STORE_DONE);
        world_reopen();
    }
    assert_int_equal(world_write(adds_a_secret, &person), STORE_REFUSED);
    assert_int_equal(count_in("erased", "1\n", 2), 1);
}

static void a_half_line_is_made_nobody_elses(void **state)
{
    (void)state;
    int64_t person = 0;
    assert_int_equal(world_write(plant, &person), STORE_DONE);
    assert_int_equal(world_write(erase, &person), STORE_DONE);
    FILE *file = fopen(world_file("erased"), "w");
    assert_non_null(file);
    assert_int_equal(fputc('7', file), '7');
    assert_int_equal(fclose(file), 0);
    world_reopen();
    assert_int_equal(count_in("erased", "7", 1), 0);
    assert_int_equal(count_in("erased", "1\n", 2), 1);
}

/* ---- the journal ----------------------------------------------------------------------------- */

typedef struct {
    int count, reads;
    int64_t last;
    char steps[200];
} told_t;

static bool hear(void *of, const store_entry_t *entry)
{
    told_t *told = of;
    assert_true(entry->number > told->last);
    told->last = entry->number;
    told->count++;
    told->reads += entry->is_read;
    size_t len = strlen(told->steps);
    snprintf(told->steps + len, sizeof told->steps - len, "%s ",
             entry->is_read ? entry->what : entry->entry.step);
    return true;
}

static bool of_the_person(ipus_record_t *record, void *of)
{
    told_t told = {0}, all = {0}, rest = {0};
    assert_int_equal(store_journal(record, *(int64_t *)of, 0, 0, hear, &told), IPUS_FINE);
    assert_string_equal(told.steps, "make change make make make make person ");
    assert_int_equal(told.reads, 1);
    assert_int_equal(store_journal(record, 0, 0, 0, hear, &all), IPUS_FINE);
    assert_int_equal(all.count, told.count + 1);
    assert_int_equal(store_journal(record, 0, 3, 2, hear, &rest), IPUS_FINE);
    assert_int_equal(rest.count, 2);
    assert_int_equal(rest.last, 5);
    return true;
}

static bool silently(ipus_record_t *record, void *of)
{
    (void)of;
    ipus_row_t row = {.kind = IPUS_HOUSEHOLD};
    return record->add(record->context, &row, NOW) == IPUS_FINE;
}

static void the_journal_tells_of_everything(void **state)
{
    (void)state;
    int64_t person = 0;
    assert_int_equal(world_write(plant, &person), STORE_DONE);
    /* What nobody entered is entered all the same. */
    assert_int_equal(world_write(silently, NULL), STORE_DONE);
    assert_int_equal(world_read(of_the_person, &person), STORE_DONE);
    store_audit_t audit = {0};
    buf_t why = {0};
    assert_true(store_audit(world.folder, world.vault, &audit, false, &why));
    assert_int_equal(audit.broken_at, 0);
    assert_int_equal(audit.moved, 0);
    assert_int_equal(audit.entries, 8);
    assert_int_equal(audit.rows, 6);
    assert_int_equal(world_write(erase, &person), STORE_DONE);
    assert_true(store_audit(world.folder, world.vault, &audit, false, &why));
    assert_int_equal(audit.broken_at + audit.moved, 0);
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

static void assert_audit(const char *text, int64_t broken_at, int64_t moved)
{
    int64_t person = 0;
    store_audit_t audit = {0};
    buf_t why = {0};
    assert_int_equal(world_write(plant, &person), STORE_DONE);
    tamper(text);
    assert_true(store_audit(world.folder, world.vault, &audit, false, &why));
    if (audit.broken_at != broken_at || audit.moved != moved) {
        fail_msg("%s: broken at %d, %d moved", text, (int)audit.broken_at, (int)audit.moved);
    }
    world_remove(NULL);
    assert_int_equal(world_make(NULL), 0);
}

static void tampering_is_found(void **state)
{
    (void)state;
    assert_audit("SELECT 1", 0, 0);
    assert_audit("UPDATE orders SET quantity = 9000", 0, 1);
    assert_audit("UPDATE persons SET phone = zeroblob(length(phone))", 0, 1);
    assert_audit("DELETE FROM orders", 0, 1);
    assert_audit("INSERT INTO households (id, version, made_at, changed_at) VALUES (1, 1, 1, 1)", 0,
                 1);
    assert_audit("UPDATE journal SET account = 8 WHERE number = 3", 3, 0);
    assert_audit("UPDATE journal SET step = NULL WHERE number = 2", 2, 0);
    /* One bit. */
    assert_audit("UPDATE journal SET at = at + 1 WHERE number = 5", 5, 0);
    assert_audit("DELETE FROM journal WHERE number = 4", 5, 1);
    assert_audit("DELETE FROM journal WHERE number = 7", 7, 0);
    assert_audit("UPDATE journal SET number = 99 WHERE number = 3;"
                 "UPDATE journal SET number = 3 WHERE number = 4;"
                 "UPDATE journal SET number = 4 WHERE number = 99",
                 3, 0);
}

/* ---- answers --------------------------------------------------------------------------------- */

typedef struct {
    const char *key;
    uint64_t request;
    int64_t now, account;
    ipus_code_t wanted;
    bool remembers, refuses;
} ask_t;

static bool ask(ipus_record_t *record, void *of)
{
    const ask_t *it = of;
    unsigned status = 0;
    span_t answer = SPAN_NONE;
    assert_int_equal(
        store_replay(record, it->account, span_of(it->key), it->request, it->now, &status, &answer),
        it->wanted);
    if (it->wanted == IPUS_FINE) {
        assert_int_equal(status, 201);
        assert_true(span_equal(answer, span_of(it->key)));
    }
    if (it->remembers) {
        assert_int_equal(store_remember(record, it->account, span_of(it->key), it->request, it->now,
                                        201, span_of(it->key)),
                         IPUS_FINE);
    }
    return !it->refuses;
}

static void assert_asked(ask_t it)
{
    assert_int_equal(world_write(ask, &it), it.refuses ? STORE_REFUSED : STORE_DONE);
}

static void answers_are_remembered_for_a_day(void **state)
{
    (void)state;
    const int64_t day = 86400000;
    assert_asked((ask_t){"a", 1, NOW, 7, IPUS_ABSENT, true, true}); /* rolled back */
    assert_asked((ask_t){"a", 1, NOW, 7, IPUS_ABSENT, true, false});
    assert_asked((ask_t){"b", 1, NOW, 7, IPUS_ABSENT, true, false});
    for (int round = 0; round < 2; round++) {
        assert_asked((ask_t){"a", 1, NOW, 7, IPUS_FINE, false, false});
        assert_asked((ask_t){"a", 1, NOW + day - 1, 7, IPUS_FINE, false, false});
        assert_asked((ask_t){"a", 2, NOW, 7, IPUS_TWICE, false, false});
        assert_asked((ask_t){"a", 1, NOW, 8, IPUS_ABSENT, false, false});
        assert_asked((ask_t){"a", 1, NOW + day, 7, IPUS_ABSENT, false, false});
        world_reopen();
    }
    for (int i = 0; i < 1000; i++) {
        char key[20];
        snprintf(key, sizeof key, "key %d", i);
        assert_asked((ask_t){key, 1, NOW + 1, 7, IPUS_ABSENT, true, i % 3 == 0});
        assert_asked(
            (ask_t){key, 1, NOW + 1, 7, i % 3 == 0 ? IPUS_ABSENT : IPUS_FINE, false, false});
    }
    assert_asked((ask_t){"a", 1, NOW + 2 * day, 7, IPUS_ABSENT, true, false});
    assert_asked((ask_t){"key 1", 1, NOW + 1, 7, IPUS_ABSENT, false, false}); /* trimmed */
    assert_asked((ask_t){"a", 1, NOW + 2 * day, 7, IPUS_FINE, false, false});
}

/* ---- public changes -------------------------------------------------------------------------- */

static bool moves(ipus_record_t *record, void *of)
{
    (void)of;
    int64_t taken = 0;
    const ipus_pool_t one = {SPAN("windows"), {19000}, {19364}}, other = {SPAN("taxi"), {1}, {2}};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(record->take(record->context, &one, 1000, 0, 99000, &taken), IPUS_FINE);
    }
    assert_int_equal(record->take(record->context, &other, 1, 0, 99000, &taken), IPUS_FINE);
    return store_note_rules(record, SPAN("0a1b"), NOW) == IPUS_FINE;
}

typedef struct {
    int rules, pools;
    int64_t cursor, taken;
} feed_t;

static bool follow(void *of, const store_change_t *change)
{
    feed_t *feed = of;
    assert_true(change->cursor > feed->cursor);
    feed->cursor = change->cursor;
    if (span_equal(change->what, SPAN("rules"))) {
        feed->rules++;
        assert_true(span_equal(change->version, SPAN("0a1b")));
    } else {
        feed->pools++;
        feed->taken += change->taken;
        assert_true(change->from.days == 19000 || change->from.days == 1);
    }
    return true;
}

static bool read_feed(ipus_record_t *record, void *of)
{
    feed_t *feed = of;
    return store_changes(record, feed->cursor, 0, follow, feed) == IPUS_FINE;
}

static void what_moves_can_be_followed(void **state)
{
    (void)state;
    feed_t feed = {0};
    assert_int_equal(world_write(moves, NULL), STORE_DONE);
    assert_int_equal(world_read(read_feed, &feed), STORE_DONE);
    assert_int_equal(feed.pools, 2); /* one a pool and commit */
    assert_int_equal(feed.rules, 1);
    assert_int_equal(feed.taken, 5001);
    assert_int_equal(world_read(read_feed, &feed), STORE_DONE);
    assert_int_equal(feed.pools, 2);
    world_reopen();
    assert_int_equal(world_write(moves, NULL), STORE_DONE);
    assert_int_equal(world_read(read_feed, &feed), STORE_DONE);
    assert_int_equal(feed.taken, 5001 + 10002);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_erased_are_gone_from_the_files, world_make,
                                        world_remove),
        cmocka_unit_test_setup_teardown(a_half_line_is_made_nobody_elses, world_make, world_remove),
        cmocka_unit_test_setup_teardown(the_journal_tells_of_everything, world_make, world_remove),
        cmocka_unit_test_setup_teardown(tampering_is_found, world_make, world_remove),
        cmocka_unit_test_setup_teardown(answers_are_remembered_for_a_day, world_make, world_remove),
        cmocka_unit_test_setup_teardown(what_moves_can_be_followed, world_make, world_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
