/* Whether a file is a record that this program knows, and whose it is. */
#include "store/inside.h"

#include <stdio.h>

#define APPLICATION 0x4f6b6965 /* "Okie" */

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
    if (!sound && db->fault != 0 && !store_db_is_damage(db)) {
        store_db_say_not_opened(db, file, polish, why);
        return false;
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

static bool name_it(db_t *db, const char *programme)
{
    char application[48];
    snprintf(application, sizeof application, "PRAGMA application_id = %d", APPLICATION);
    buf_t fingerprint = {0};
    fingerprint_of(db, &fingerprint);
    bool fine = !fingerprint.failed && store_db_run(db, application) &&
                store_schema_set(db, "programme", span_of(programme)) == IPUS_FINE &&
                store_schema_set(db, "fingerprint", buf_span(&fingerprint)) == IPUS_FINE &&
                store_journal_begin_keyed(db) == IPUS_FINE;
    buf_free(&fingerprint);
    return fine;
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
                  store_db_reason(db, polish));
    } else if (programme != NULL && !span_equal(buf_span(&its_programme), span_of(programme))) {
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

static bool say(buf_t *why, const char *sentence)
{
    buf_add(why, span_of(sentence));
    return false;
}

/* Whether this program can work with a record of that version at all. */
static bool is_known(db_t *db, int64_t version, bool may_write, bool polish, buf_t *why)
{
    int64_t tables = 0;
    int latest = store_migrate_latest();
    if (version == 0 &&
        (!pragma(db, "SELECT count(*) FROM sqlite_schema", &tables) || tables > 0)) {
        return say(why, polish ? "Rejestr nie ma numeru wersji: nie założył go żaden program "
                                 "Okienko albo plik zmieniono. Przywróć rejestr z dobrej kopii: "
                                 "okienko restore."
                               : "The record has no version number: no program of Okienko made it, "
                                 "or the file was changed. Put back a good copy: okienko restore.");
    }
    if (version > latest || version < 0) {
        buf_print(why,
                  polish ? "Rejestr ma wersję %d, nowszą niż ten program (%d). Uruchom program "
                           "w nowszym wydaniu albo przywróć kopię sprzed uaktualnienia: okienko "
                           "restore."
                         : "The record has version %d, newer than this program (%d). Start a newer "
                           "program, or put back a copy from before it was brought up: okienko "
                           "restore.",
                  (int)version, latest);
        return false;
    }
    if (version < latest && !may_write) {
        buf_print(why,
                  polish ? "Rejestr ma wersję %d, a ten program %d: niech najpierw uruchomi się "
                           "z nim serwer."
                         : "The record has version %d, this program %d: let a server start with "
                           "it first.",
                  (int)version, latest);
        return false;
    }
    return true;
}

bool store_schema_is_read(db_t *db, bool polish, buf_t *why)
{
    int64_t version = 0;
    if (!pragma(db, "PRAGMA user_version", &version)) {
        buf_print(why, polish ? "Nie da się odczytać rejestru: %s." : "Cannot read the record: %s.",
                  store_db_reason(db, polish));
        return false;
    }
    return is_known(db, version, false, polish, why);
}

bool store_schema_bring_up(db_t *db, const char *folder, const char *programme, bool may_write,
                           bool polish, buf_t *why)
{
    int64_t version = 0;
    if (!pragma(db, "PRAGMA user_version", &version)) {
        buf_print(why, polish ? "Nie da się odczytać rejestru: %s." : "Cannot read the record: %s.",
                  store_db_reason(db, polish));
        return false;
    }
    if (!is_known(db, version, may_write, polish, why)) {
        return false;
    }
    if (version == 0 && !store_migrate_run(db, 0, name_it, programme)) {
        buf_print(why, polish ? "Nie da się założyć rejestru: %s." : "Cannot make the record: %s.",
                  store_db_reason(db, polish));
        return false;
    }
    return is_ours(db, programme, polish, why) &&
           (version == 0 || version == store_migrate_latest() ||
            store_migrate(db, (int)version, folder, polish, why));
}
