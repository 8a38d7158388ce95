/* Bringing a record up to date. The numbered files of schema/ do what is not a kind's table; every
 * kind's table is then made anew from kinds.def, and steps that need keys follow. All of it is one
 * transaction, a named copy of the older record is made first, and what fails leaves that whole. */
#include "base/log.h"
#include "store/embedded.h"
#include "store/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* `step` is called when all tables are those of today and hold their rows. */
typedef struct {
    const char *text;
    bool (*step)(db_t *db);
} migration_t;

/* Blind indices are made anew, of names and documents in normal form; from here on the journal is
 * keyed, and what it has so far is vouched for. */
static bool key_all(db_t *db)
{
    return store_transaction_learn(db) == IPUS_FINE && store_people_rebuild(db) == IPUS_FINE &&
           store_journal_begin_keyed(db) == IPUS_FINE;
}

static const migration_t migrations[] = {
    {embedded_0001_record_sql, NULL},
    {embedded_0002_kinds_sql, key_all},
};

int store_migrate_latest(void)
{
    return (int)(sizeof migrations / sizeof *migrations);
}

/* ---- a kind's table made anew ---------------------------------------------------------------- */

/* What a column is made of where it is not the older column of its name: one that is new and needs
 * a value in every row, or choices that are called otherwise now. SQL over the older row. */
typedef struct {
    ipus_kind_t kind;
    int field;
    const char *made_of;
} conversion_t;

static const conversion_t conversions[] = {
    {IPUS_KIND_COUNT, 0, NULL}, /* none yet */
};

static const char *conversion_of(ipus_kind_t kind, const char *column)
{
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++) {
        const conversion_t *it = &conversions[i];
        if (it->kind == kind && strcmp(ipus_kind(kind)->fields[it->field].name, column) == 0) {
            return it->made_of;
        }
    }
    return NULL;
}

/* A number by a text that is made for this once. */
static bool number_of(db_t *db, const char *text, int64_t *number)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->sql, text, -1, &statement, NULL);
    code = code == SQLITE_OK ? sqlite3_step(statement) : code;
    *number = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    if (code != SQLITE_ROW) {
        store_db_broken(db, code);
    }
    return code == SQLITE_ROW;
}

static bool run(db_t *db, buf_t *text)
{
    const char *ready = buf_zero_terminated(text);
    if (ready == NULL) {
        store_db_broken(db, SQLITE_NOMEM);
        return false;
    }
    return store_db_run(db, ready);
}

static bool rows_in(db_t *db, const char *table, int64_t *count)
{
    char text[120];
    snprintf(text, sizeof text,
             "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
             " AND name = '%s'",
             table);
    *count = -1; /* there is none */
    int64_t is_there = 0;
    if (!number_of(db, text, &is_there) || is_there == 0) {
        return db->fault == 0;
    }
    snprintf(text, sizeof text, "SELECT count(*) FROM \"%s\"", table);
    return number_of(db, text, count);
}

/* "INSERT INTO … SELECT …" of the columns that both have and of those that are made of others. */
static bool copy_text(db_t *db, ipus_kind_t kind, buf_t *text)
{
    const char *table = ipus_kind(kind)->plural;
    buf_t values = {0};
    sqlite3_stmt *columns = NULL;
    char ask[240];
    snprintf(ask, sizeof ask,
             "SELECT name, name IN (SELECT name FROM pragma_table_info('older'))"
             " FROM pragma_table_info('%s')",
             table);
    int code = sqlite3_prepare_v2(db->sql, ask, -1, &columns, NULL);
    buf_print(text, "INSERT INTO \"%s\" (", table);
    for (bool first = true; code == SQLITE_OK || code == SQLITE_ROW;) {
        if ((code = sqlite3_step(columns)) != SQLITE_ROW) {
            break;
        }
        const char *name = (const char *)sqlite3_column_text(columns, 0);
        const char *made_of = name == NULL ? NULL : conversion_of(kind, name);
        if (name != NULL && (made_of != NULL || sqlite3_column_int(columns, 1) != 0)) {
            buf_print(text, "%s\"%s\"", first ? "" : ", ", name);
            buf_add(&values, first ? SPAN("") : SPAN(", "));
            buf_print(&values, made_of != NULL ? "%s" : "\"%s\"", made_of != NULL ? made_of : name);
            first = false;
        }
    }
    sqlite3_finalize(columns);
    buf_literal(text, ") SELECT ");
    buf_add(text, buf_span(&values));
    buf_literal(text, " FROM older ORDER BY id;");
    text->failed = text->failed || values.failed;
    buf_free(&values);
    if (code != SQLITE_DONE || text->failed) {
        store_db_broken(db, code != SQLITE_DONE ? code : SQLITE_NOMEM);
    }
    return db->fault == 0;
}

/* An index keeps its name until its table is gone, so it is made last; that is faster as well. */
static bool remake(db_t *db, ipus_kind_t kind, int64_t *rows)
{
    buf_t text = {0};
    int64_t before = 0, after = 0;
    const char *table = ipus_kind(kind)->plural;
    bool fine = rows_in(db, table, &before);
    if (before > 0) {
        buf_print(&text, "ALTER TABLE \"%s\" RENAME TO older;", table);
    } else if (before == 0) {
        buf_print(&text, "DROP TABLE \"%s\";", table);
    }
    store_tables_create(kind, &text);
    fine = fine && run(db, &text);
    buf_clear(&text);
    if (fine && before > 0) {
        fine = copy_text(db, kind, &text) && run(db, &text) && rows_in(db, table, &after);
        if (fine && after != before) {
            fine = store_db_broken(db, SQLITE_CORRUPT) == IPUS_FINE;
        }
        buf_clear(&text);
        buf_literal(&text, "DROP TABLE older;");
    }
    store_tables_indices(kind, &text);
    fine = fine && run(db, &text);
    buf_free(&text);
    *rows += before > 0 ? before : 0;
    return fine;
}

static bool remake_all(db_t *db, bool tells)
{
    int64_t rows = 0, told = 0;
    bool fine = true;
    for (int i = 0; i < IPUS_KIND_COUNT && fine; i++) {
        fine = remake(db, (ipus_kind_t)i, &rows);
        if (fine && tells && rows >= told + 1000000) {
            log_line(LOG_INFO, "bringing the record up to date: %d of %d tables, %lld rows", i + 1,
                     IPUS_KIND_COUNT, (long long)rows);
            told = rows;
        }
    }
    return fine;
}

/* ---- one transaction ------------------------------------------------------------------------- */

static bool references_hold(db_t *db)
{
    sqlite3_stmt *check = store_db_fixed(db, "PRAGMA foreign_key_check");
    int step = check == NULL ? SQLITE_ERROR : store_db_step(db, check);
    store_db_done(check);
    if (step == SQLITE_ROW) {
        store_db_broken(db, SQLITE_CONSTRAINT_FOREIGNKEY);
    }
    return step == SQLITE_DONE;
}

static bool set_version(db_t *db)
{
    char text[48];
    snprintf(text, sizeof text, "PRAGMA user_version = %d", store_migrate_latest());
    return store_db_run(db, text);
}

static bool change(db_t *db, int from, bool (*name_it)(db_t *db, const char *programme),
                   const char *programme)
{
    bool fine = store_db_run(db, "BEGIN IMMEDIATE");
    for (int i = from; i < store_migrate_latest() && fine; i++) {
        fine = store_db_run(db, migrations[i].text);
    }
    fine = fine && remake_all(db, from > 0);
    for (int i = from; i < store_migrate_latest() && fine && from > 0; i++) {
        fine = migrations[i].step == NULL || migrations[i].step(db);
    }
    fine = fine && (name_it != NULL ? name_it(db, programme) : references_hold(db)) &&
           set_version(db) && store_db_run(db, "COMMIT");
    if (!fine && sqlite3_get_autocommit(db->sql) == 0) {
        sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
    }
    return fine;
}

/* References are looked at once, at the end, and a table that is renamed keeps those to its old
 * name. Pages go to the log when they do not fit in memory. */
bool store_migrate_run(db_t *db, int from, bool (*name_it)(db_t *db, const char *programme),
                       const char *programme)
{
    bool fine = store_db_run(db, "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON;"
                                 "PRAGMA cache_spill = ON;") &&
                change(db, from, name_it, programme);
    sqlite3_exec(db->sql,
                 "PRAGMA foreign_keys = ON; PRAGMA legacy_alter_table = OFF;"
                 "PRAGMA cache_spill = OFF;",
                 NULL, NULL, NULL);
    return fine;
}

/* ---- before and after ------------------------------------------------------------------------ */

/* The copy's name tells of which version it is and where its journal ends, so that trying again
 * after a kill finds the copy that was made, and never one of another day. */
static bool name_copy(db_t *db, const char *folder, int from, buf_t *name)
{
    int64_t entries = 0;
    if (store_db_number(db, "SELECT max(number) FROM journal", &entries) != IPUS_FINE) {
        return false;
    }
    buf_print(name, "%s/record-%04d-%lld.db", folder, from, (long long)entries);
    return buf_zero_terminated(name) != NULL;
}

/* Bytes of the record with its log. */
static int64_t bytes_of(const char *folder)
{
    static const char *const files[] = {STORE_FILE, STORE_FILE "-wal"};
    int64_t bytes = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct stat status;
        char *path = store_files_path(folder, files[i]);
        bytes += path != NULL && stat(path, &status) == 0 ? (int64_t)status.st_size : 0;
        free(path);
    }
    return bytes;
}

/* The copy takes as much as the record at the most; the log holds every page that is written, the
 * new tables' and those that are wiped; the file grows by the new tables. */
#define ROOM 5

static bool has_room(const char *folder, bool polish, buf_t *why)
{
    struct statvfs status;
    if (statvfs(folder, &status) != 0) {
        return true; /* it will be seen */
    }
    int64_t left = (int64_t)((uint64_t)status.f_bavail * status.f_frsize);
    int64_t needed = bytes_of(folder) * ROOM;
    if (left >= needed) {
        return true;
    }
    buf_print(why,
              polish ? "Aby uaktualnić rejestr w %s, trzeba %lld MB wolnego miejsca na dysku, a "
                       "jest %lld MB. Rejestru nie zmieniono."
                     : "To bring the record in %s up to date the disk needs %lld MB of free space "
                       "and has %lld MB. The record was not changed.",
              folder, (long long)(needed >> 20) + 1, (long long)(left >> 20));
    return false;
}

static void say_failed(db_t *db, bool polish, buf_t *why)
{
    if (why->len == 0) {
        buf_print(why,
                  polish ? "Nie da się uaktualnić rejestru: %s. Rejestru nie zmieniono."
                         : "Cannot bring the record up to date: %s. The record was not changed.",
                  store_db_reason(db, polish));
    }
}

static bool with_copy(db_t *db, int from, const char *folder, bool polish, buf_t *why)
{
    buf_t copy = {0};
    bool fine = has_room(folder, polish, why) && name_copy(db, folder, from, &copy) &&
                (access(copy.at, F_OK) == 0 || store_backup_plain(folder, copy.at, polish, why));
    uint64_t began = clock_system()->monotonic(clock_system());
    if (fine) {
        log_line(LOG_INFO,
                 "bringing the record up from version %d to %d; as it was it is kept as"
                 " %s",
                 from, store_migrate_latest(), copy.at);
        fine = store_migrate_run(db, from, NULL, NULL);
        if (!fine) {
            unlink(copy.at); /* the record itself is what it was */
        }
    }
    if (fine) {
        uint64_t ms = (clock_system()->monotonic(clock_system()) - began) / 1000000;
        log_line(LOG_INFO, "the record is up to date after %llu.%llu s",
                 (unsigned long long)ms / 1000, (unsigned long long)ms % 1000 / 100);
    }
    buf_free(&copy);
    return fine;
}

bool store_migrate(db_t *db, int from, const char *folder, bool polish, buf_t *why)
{
    bool fine = folder != NULL ? with_copy(db, from, folder, polish, why)
                               : store_migrate_run(db, from, NULL, NULL);
    if (!fine) {
        say_failed(db, polish, why);
    }
    return fine;
}
