/* The schema as files of schema/, applied one after the other; and whose a record is. */
#include "store/embedded.h"
#include "store/inside.h"

#include <stdio.h>

#define APPLICATION 0x4f6b6965 /* "Okie" */

static const char *const migrations[] = {embedded_0001_record_sql};

int store_schema_version(void)
{
    return (int)(sizeof migrations / sizeof *migrations);
}

static bool pragma(db_t *db, const char *text, int64_t *number)
{
    return store_db_number(db, text, number) == IPUS_FINE;
}

bool store_schema_check(db_t *db, const char *file, bool polish, buf_t *why)
{
    int64_t application = 0, tables = 0;
    sqlite3_stmt *check = NULL;
    bool sound = false;
    if (pragma(db, "PRAGMA application_id", &application) &&
        pragma(db, "SELECT count(*) FROM sqlite_schema", &tables) &&
        (check = store_db_fixed(db, "PRAGMA quick_check(1)")) != NULL) {
        sound = store_db_step(db, check) == SQLITE_ROW &&
                span_equal(store_db_bytes(check, 0), SPAN("ok"));
        store_db_done(check);
    }
    if (!sound) {
        store_db_say_damaged(file, db->fault != 0 ? sqlite3_errstr(db->fault) : "quick_check",
                             polish, why);
        return false;
    }
    if (application != APPLICATION && (application != 0 || tables != 0)) {
        buf_print(why,
                  polish ? "Plik %s nie jest rejestrem Okienka." : "%s is not a record of Okienko.",
                  file);
        return false;
    }
    return true;
}

/* ---- whose it is ----------------------------------------------------------------------------- */

ipus_code_t store_schema_get(db_t *db, const char *name, buf_t *value)
{
    sqlite3_stmt *statement = store_db_fixed(db, "SELECT value FROM meta WHERE name = ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 1, span_of(name));
    int step = store_db_step(db, statement);
    if (step == SQLITE_ROW) {
        buf_add(value, store_db_bytes(statement, 0));
    }
    store_db_done(statement);
    return step == SQLITE_ROW ? IPUS_FINE : step == SQLITE_DONE ? IPUS_ABSENT : IPUS_BROKEN;
}

ipus_code_t store_schema_set(db_t *db, const char *name, span_t value)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "INSERT INTO meta (name, value) VALUES (?1, ?2)"
                           " ON CONFLICT DO UPDATE SET value = excluded.value");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 1, span_of(name));
    store_db_bind_text(statement, 2, value);
    return store_db_do(db, statement);
}

static void fingerprint_of(const db_t *db, buf_t *text)
{
    uint8_t fingerprint[16];
    vault_fingerprint(db->vault, fingerprint);
    for (size_t i = 0; i < sizeof fingerprint; i++) {
        buf_print(text, "%02x", fingerprint[i]);
    }
}

static bool apply(db_t *db, int64_t from, const char *programme)
{
    bool fine = store_db_run(db, "BEGIN IMMEDIATE");
    for (int64_t i = from; i < store_schema_version() && fine; i++) {
        char version[48];
        snprintf(version, sizeof version, "PRAGMA user_version = %d", (int)i + 1);
        fine = store_db_run(db, migrations[i]) && store_db_run(db, version);
    }
    if (fine && from == 0) {
        char application[48];
        snprintf(application, sizeof application, "PRAGMA application_id = %d", APPLICATION);
        buf_t fingerprint = {0};
        fingerprint_of(db, &fingerprint);
        fine = !fingerprint.failed && store_db_run(db, application) &&
               store_schema_set(db, "programme", span_of(programme)) == IPUS_FINE &&
               store_schema_set(db, "fingerprint", buf_span(&fingerprint)) == IPUS_FINE;
        buf_free(&fingerprint);
    }
    if (fine && store_db_run(db, "COMMIT")) {
        return true;
    }
    sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

static bool is_ours(db_t *db, const char *programme, bool polish, buf_t *why)
{
    buf_t its_programme = {0}, its_key = {0}, key = {0};
    fingerprint_of(db, &key);
    bool read = store_schema_get(db, "programme", &its_programme) != IPUS_BROKEN &&
                store_schema_get(db, "fingerprint", &its_key) != IPUS_BROKEN &&
                !its_programme.failed && !its_key.failed && !key.failed;
    bool ours = false;
    if (!read) {
        buf_print(why, polish ? "Nie da się odczytać rejestru: %s." : "Cannot read the record: %s.",
                  store_db_error(db));
    } else if (!span_equal(buf_span(&its_programme), span_of(programme))) {
        buf_print(why,
                  polish ? "To rejestr programu „%.*s”, nie „%s”."
                         : "This is the record of the programme \"%.*s\", not of \"%s\".",
                  SPAN_ARGS(buf_span(&its_programme)), programme);
    } else if (!span_equal(buf_span(&its_key), buf_span(&key))) {
        buf_print(why, polish
                           ? "Klucz serwera nie jest tym, którym zapieczętowano ten rejestr; bez "
                             "właściwego klucza danych osób nie da się odczytać."
                           : "The server's key is not the one that this record was sealed with; "
                             "without it what is known of people cannot be read.");
    } else {
        ours = true;
    }
    buf_free(&its_programme);
    buf_free(&its_key);
    buf_free(&key);
    return ours;
}

bool store_schema_bring_up(db_t *db, const char *programme, bool may_write, bool polish, buf_t *why)
{
    int64_t version = 0;
    if (!pragma(db, "PRAGMA user_version", &version)) {
        buf_print(why, polish ? "Nie da się odczytać rejestru: %s." : "Cannot read the record: %s.",
                  store_db_error(db));
        return false;
    }
    if (version > store_schema_version()) {
        buf_print(why,
                  polish ? "Rejestr ma wersję %d, nowszą niż ten program (%d)."
                         : "The record has version %d, newer than this program (%d).",
                  (int)version, store_schema_version());
        return false;
    }
    if (version < store_schema_version() && !may_write) {
        buf_print(why,
                  polish ? "Rejestr ma wersję %d, a ten program %d: niech najpierw uruchomi się "
                           "z nim serwer."
                         : "The record has version %d, this program %d: let a server start with "
                           "it first.",
                  (int)version, store_schema_version());
        return false;
    }
    if (version < store_schema_version() && !apply(db, version, programme)) {
        buf_print(why,
                  polish ? "Nie da się uaktualnić rejestru: %s."
                         : "Cannot bring the record up to date: %s.",
                  sqlite3_errstr(db->fault));
        return false;
    }
    return is_ours(db, programme, polish, why);
}
