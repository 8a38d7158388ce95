/* A record of an older schema is brought up to date: every row and sealed value is there, whatever
 * fails on the way leaves the older record whole, and a copy of it was made first. */
#include "base/log.h"
#include "fault_vfs.h"
#include "world.h"

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIXTURE "tests/store/fixtures/record-0001.sql"
#define SCHEMA "schema/0001-record.sql"

/* ---- the older record ------------------------------------------------------------------------ */

static char *text_of(const char *name)
{
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t len = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(len + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, len, file), len);
    text[len] = '\0';
    fclose(file);
    return text;
}

/* The key stands in the fixture's head: the last word before its first statement. */
static void write_key(const char *fixture)
{
    const char *hex = strstr(fixture, "INSERT") - 1 - 2 * VAULT_KEY;
    char path[100];
    snprintf(path, sizeof path, "%s/server.key", world.data);
    unlink(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(chmod(path, 0600), 0);
    for (int i = 0; i < VAULT_KEY; i++) {
        const char byte[3] = {hex[i * 2], hex[i * 2 + 1], '\0'};
        fputc((int)strtol(byte, NULL, 16), file);
    }
    fclose(file);
    vault_close(world.vault);
    buf_t why = {0};
    world.vault = vault_open(path, false, false, &why);
    assert_non_null(world.vault);
    world.options.vault = world.vault;
}

static void run_text(sqlite3 *sql, const char *text)
{
    char *error = NULL;
    if (sqlite3_exec(sql, text, NULL, NULL, &error) != SQLITE_OK) {
        fail_msg("%s", error);
    }
}

static uint64_t watched_from; /* a seed; 0: the disk is not watched */

static int older_make(void **state)
{
    world_make_folder(state);
    if (watched_from != 0) {
        fault_vfs_watch(world.folder, watched_from);
    }
    char *schema = text_of(SCHEMA), *fixture = text_of(FIXTURE);
    write_key(fixture);
    sqlite3 *sql = NULL;
    assert_int_equal(sqlite3_open(world_file("record.db"), &sql), SQLITE_OK);
    run_text(sql, "BEGIN");
    run_text(sql, schema);
    run_text(sql, fixture);
    run_text(sql, "COMMIT; PRAGMA journal_mode = WAL");
    sqlite3_close(sql);
    free(schema);
    free(fixture);
    return 0;
}

static int64_t number(const char *file, const char *text)
{
    sqlite3 *sql = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(file, &sql, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sql, text, -1, &statement, NULL), SQLITE_OK);
    int step = sqlite3_step(statement);
    int64_t it = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    sqlite3_close(sql);
    return it;
}

/* ---- everything in it ------------------------------------------------------------------------ */

/* A cell as it is kept, and what is sealed in it, opened here without the store. */
typedef struct {
    char table[24], column[24];
    int64_t row;
    bool is_sealed, opens;
    char kept[260], opened[100]; /* the beginnings */
    size_t kept_len, opened_len;
} seen_t;

static seen_t *seen;
static size_t seen_count, sealed_count, locked_count;

static void open_cell(sqlite3 *sql, int64_t key_row, span_t sealed, seen_t *it)
{
    sqlite3_stmt *keys = NULL;
    vault_key_t key;
    buf_t text = {0};
    assert_int_equal(
        sqlite3_prepare_v2(sql, "SELECT sealed FROM keys WHERE id = ?1", -1, &keys, NULL),
        SQLITE_OK);
    sqlite3_bind_int64(keys, 1, key_row);
    assert_int_equal(sqlite3_step(keys), SQLITE_ROW);
    it->is_sealed = true;
    it->opens = sqlite3_column_type(keys, 0) == SQLITE_BLOB;
    sealed_count++;
    locked_count += !it->opens;
    if (it->opens) {
        const vault_place_t place = {it->table, it->column, it->row};
        assert_true(vault_key_open(world.vault, key_row, sqlite3_column_blob(keys, 0), &key));
        assert_true(vault_unseal(&key, &place, sealed, &text));
        it->opened_len = text.len;
        memcpy(it->opened, text.at, text.len < sizeof it->opened ? text.len : sizeof it->opened);
    }
    buf_free(&text);
    sqlite3_finalize(keys);
}

static void look_at_table(sqlite3 *sql, const char *table)
{
    char text[100];
    sqlite3_stmt *rows = NULL;
    snprintf(text, sizeof text, "SELECT * FROM \"%s\" ORDER BY 1, 2", table);
    assert_int_equal(sqlite3_prepare_v2(sql, text, -1, &rows, NULL), SQLITE_OK);
    int key = -1;
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
        key = strcmp(sqlite3_column_name(rows, i), "sealed_by") == 0 ? i : key;
    }
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            seen = realloc(seen, (seen_count + 1) * sizeof *seen);
            assert_non_null(seen);
            seen_t *it = memset(&seen[seen_count++], 0, sizeof *it);
            snprintf(it->table, sizeof it->table, "%s", table);
            snprintf(it->column, sizeof it->column, "%s", sqlite3_column_name(rows, i));
            it->row = sqlite3_column_int64(rows, 0);
            bool is_blob = sqlite3_column_type(rows, i) == SQLITE_BLOB;
            const char *kept = sqlite3_column_blob(rows, i);
            it->kept_len = kept == NULL ? 0 : (size_t)sqlite3_column_bytes(rows, i);
            memcpy(it->kept, kept == NULL ? "" : kept,
                   it->kept_len < sizeof it->kept ? it->kept_len : sizeof it->kept);
            if (is_blob && key >= 0) {
                open_cell(sql, sqlite3_column_int64(rows, key), (span_t){kept, it->kept_len}, it);
            }
        }
    }
    sqlite3_finalize(rows);
}

static void look_at_all(const char *file)
{
    sqlite3 *sql = NULL;
    sqlite3_stmt *tables = NULL;
    free(seen);
    seen = NULL;
    seen_count = sealed_count = locked_count = 0;
    assert_int_equal(sqlite3_open_v2(file, &sql, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sql,
                                        "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                        " AND name NOT IN ('names', 'meta') ORDER BY name",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        look_at_table(sql, (const char *)sqlite3_column_text(tables, 0));
    }
    sqlite3_finalize(tables);
    sqlite3_close(sql);
}

/* ---- brought up ------------------------------------------------------------------------------ */

static bool is_rebuilt(const char *column)
{
    return strcmp(column, "pesel_blind") == 0 || strcmp(column, "document_blind") == 0;
}

/* Every cell of before stands where it stood, byte for byte. */
static void assert_cells(const seen_t *before, size_t count)
{
    sqlite3 *sql = NULL;
    assert_int_equal(sqlite3_open_v2(world_file("record.db"), &sql, SQLITE_OPEN_READWRITE, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < count; i++) {
        const seen_t *it = &before[i];
        char text[200];
        sqlite3_stmt *cell = NULL;
        if (is_rebuilt(it->column) || strcmp(it->table, "series") == 0) {
            continue;
        }
        const char *id = strcmp(it->table, "journal") == 0 || strcmp(it->table, "answers") == 0
                             ? "number"
                         : strcmp(it->table, "changes") == 0 ? "cursor"
                                                             : "id";
        snprintf(text, sizeof text, "SELECT \"%s\" FROM \"%s\" WHERE %s = %lld", it->column,
                 it->table, id, (long long)it->row);
        assert_int_equal(sqlite3_prepare_v2(sql, text, -1, &cell, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(cell), SQLITE_ROW);
        const char *kept = sqlite3_column_blob(cell, 0);
        size_t len = (size_t)sqlite3_column_bytes(cell, 0);
        if (len != it->kept_len || memcmp(kept == NULL ? "" : kept, it->kept,
                                          len < sizeof it->kept ? len : sizeof it->kept) != 0) {
            fail_msg("%s", text);
        }
        sqlite3_finalize(cell);
    }
    sqlite3_close(sql);
}

/* … and is read through the store as what was sealed in it. */
static bool read_all(ipus_record_t *record, void *of)
{
    size_t *read = of;
    for (size_t i = 0; i < seen_count; i++) {
        ipus_kind_t kind;
        ipus_row_t row;
        if (!seen[i].is_sealed || strcmp(seen[i].table, "answers") == 0) {
            continue;
        }
        assert_true(ipus_kind_named(span_of(seen[i].table), &kind));
        assert_int_equal(record->get(record->context, kind, seen[i].row, true, &row), IPUS_FINE);
        const ipus_value_t *value = &row.at[ipus_field(kind, span_of(seen[i].column))];
        assert_int_equal(value->is, seen[i].opens ? IPUS_KNOWN : IPUS_LOCKED);
        if (seen[i].opens) {
            assert_int_equal(value->text.len, seen[i].opened_len);
            assert_memory_equal(value->text.at, seen[i].opened,
                                seen[i].opened_len < 100 ? seen[i].opened_len : 100);
        }
        (*read)++;
    }
    return true;
}

static void assert_sound(void)
{
    store_audit_t audit = {0};
    buf_t why = {0};
    if (!store_audit(world.folder, world.vault, &audit, false, &why)) {
        fail_msg("%s", buf_zero_terminated(&why));
    }
    assert_int_equal(audit.broken_at, 0);
    assert_int_equal(audit.moved, 0);
    assert_true(audit.rows > 60);
    buf_free(&why);
}

static bool add_somebody(ipus_record_t *record, void *of)
{
    (void)of;
    int64_t person = world_person(record, "Nowa", "Osoba", NULL);
    world_order(record, world_granted(record, person), person);
    return true;
}

/* Names were written in several forms; the index is made anew of one. */
static bool find_by_name(ipus_record_t *record, void *of)
{
    static const char *const asked[] = {"Zófia wiśniewska", "Zo\u0301fia Łoś", "Соловйова",
                                        "О'ксана",          "Ștefan Țepeș",    "nguyen ho thi"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        int64_t ids[4];
        size_t count = 0;
        assert_int_equal(store_people_named(record, span_of(asked[i]), ids, 4, &count), IPUS_FINE);
        if (count != 1) {
            fail_msg("%s: %zu people", asked[i], count);
        }
    }
    (void)of;
    return true;
}

static void an_older_record_is_brought_up(void **state)
{
    (void)state;
    look_at_all(world_file("record.db"));
    assert_true(sealed_count > 200);
    assert_int_equal(locked_count, 4); /* of the one who was erased, and an answer */
    seen_t *before = seen;
    size_t count = seen_count;
    seen = NULL;
    world_open();
    assert_cells(before, count);
    seen = before;
    seen_count = count;
    size_t read = 0;
    assert_int_equal(world_read(read_all, &read), STORE_DONE);
    assert_true(read > 200 && read < sealed_count);
    assert_sound();
    assert_int_equal(world_read(find_by_name, NULL), STORE_DONE);
    assert_int_equal(world_write(add_somebody, NULL), STORE_DONE);
    assert_sound();
    world_reopen();
    assert_int_equal(number(world_file("record.db"), "PRAGMA user_version"), 2);
    assert_int_equal(
        number(world_file("record.db"), "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    /* The older one is beside it, whole. */
    assert_int_equal(number(world_file("record-0001-213.db"), "PRAGMA user_version"), 1);
    look_at_all(world_file("record-0001-213.db"));
    assert_int_equal(seen_count, count);
    print_message("  %zu cells, %zu of them sealed, of an older record are there\n", count,
                  sealed_count);
}

/* ---- what fails on the way ------------------------------------------------------------------- */

/* The older record is whole, or the newer; then it can be opened. */
static int assert_one_or_other(void)
{
    int64_t version = number(world_file("record.db"), "PRAGMA user_version");
    assert_true(version == 1 || version == 2);
    assert_int_equal(number(world_file("record.db"), "SELECT count(*) FROM journal"), 213);
    world_open();
    assert_sound();
    assert_int_equal(number(world_file("record.db"), "PRAGMA user_version"), 2);
    world_close();
    return (int)version;
}

static bool fails_at(fault_t fault, int at, bool for_ever)
{
    older_make(NULL);
    buf_t why = {0};
    fault_vfs_arm(fault, at, for_ever);
    world.store = store_open(NULL, &world.options, false, &why);
    bool opened = world.store != NULL;
    world_close();
    int operations = fault_vfs_disarm();
    if (fault == FAULT_FULL && !opened && strstr(buf_zero_terminated(&why), "full") == NULL) {
        fail_msg("%d: %s", at, why.at);
    }
    buf_free(&why);
    assert_one_or_other();
    world_remove(NULL);
    return operations >= at;
}

static void a_fault_leaves_it_whole(void **state)
{
    (void)state;
    static const fault_t faults[] = {FAULT_EIO, FAULT_FULL, FAULT_SHORT, FAULT_SYNC};
    const char *rounds = getenv("FAULT_ROUNDS");
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        int at = 1, tries = 0;
        while (fails_at(faults[i], at, true)) {
            at += rounds != NULL ? 1 : 1 + at;
            tries++;
        }
        print_message("  fault %d: whole %d times, of %d operations\n", faults[i], tries, at);
    }
}

/* ---- power ----------------------------------------------------------------------------------- */

static int writes, cut_at;

static void cut_once(void)
{
    if (++writes == cut_at) {
        char folder[220];
        snprintf(folder, sizeof folder, "%s/cut", world.data);
        mkdir(folder, 0700);
        snprintf(folder, sizeof folder, "%s/cut/town", world.data);
        mkdir(folder, 0700);
        fault_vfs_cut(folder);
    }
}

static void remove_cut(const char *folder)
{
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        char path[500];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    closedir(entries);
    rmdir(folder);
}

static bool loses_power(int at, int versions[3])
{
    char whole[sizeof world.folder];
    watched_from = (uint64_t)at; /* the file's making is seen and synced as well */
    older_make(NULL);
    watched_from = 0;
    writes = 0;
    cut_at = at;
    fault_vfs_on_write(cut_once);
    world_open();
    world_close();
    fault_vfs_on_write(NULL);
    fault_vfs_end();
    bool was_cut = writes >= at;
    if (was_cut) {
        memcpy(whole, world.folder, sizeof whole);
        snprintf(world.folder, sizeof world.folder, "%s/cut/town", world.data);
        versions[assert_one_or_other()]++;
        remove_cut(world.folder);
        *strrchr(world.folder, '/') = '\0';
        rmdir(world.folder);
        memcpy(world.folder, whole, sizeof whole);
    }
    world_remove(NULL);
    return was_cut;
}

static void power_is_cut(void **state)
{
    (void)state;
    int versions[3] = {0}, at = 1;
    loses_power(INT32_MAX, versions);
    int last = writes; /* the change is committed well before, and copied into the file last */
    assert_true(loses_power(last - 5, versions) && loses_power(last - 50, versions));
    while (loses_power(at, versions)) {
        at += getenv("FAULT_ROUNDS") != NULL ? 1 : 1 + at / 2;
    }
    assert_true(versions[1] > 0 && versions[2] > 0);
    print_message("  power cut at one of %d writes: the older record %d times, the newer %d\n", at,
                  versions[1], versions[2]);
}

/* ---- refused before it begins ---------------------------------------------------------------- */

static void assert_refused(const char *says)
{
    buf_t why = {0};
    assert_null(store_open(NULL, &world.options, false, &why));
    if (strstr(buf_zero_terminated(&why), says) == NULL) {
        fail_msg("%s", why.at);
    }
    buf_free(&why);
    assert_int_equal(number(world_file("record.db"), "SELECT count(*) FROM journal"), 213);
    assert_int_equal(access(world_file("record-0001-213.db"), F_OK), -1);
}

static void without_room_or_version_it_is_refused(void **state)
{
    (void)state;
    /* A log that seems larger than any disk. */
    FILE *log = fopen(world_file("record.db-wal"), "wb");
    assert_non_null(log);
    fclose(log);
    assert_int_equal(truncate(world_file("record.db-wal"), (off_t)1 << 43), 0);
    assert_refused("of free space");
    unlink(world_file("record.db-wal"));
    number(world_file("record.db"), "PRAGMA user_version = 0");
    assert_refused("no version number");
    number(world_file("record.db"), "PRAGMA user_version = 1");
    /* With another's key nothing is begun. */
    char other[100];
    buf_t why = {0};
    snprintf(other, sizeof other, "%s/other.key", world.data);
    vault_t *vault = vault_open(other, true, false, &why);
    world.options.vault = vault;
    assert_refused("is not the one");
    vault_close(vault);
    world.options.vault = world.vault;
    world_open();
    assert_sound();
}

int main(void)
{
    fault_vfs_install();
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_older_record_is_brought_up, older_make, world_remove),
        cmocka_unit_test(a_fault_leaves_it_whole),
        cmocka_unit_test(power_is_cut),
        cmocka_unit_test_setup_teardown(without_room_or_version_it_is_refused, older_make,
                                        world_remove),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(seen);
    return failed;
}
