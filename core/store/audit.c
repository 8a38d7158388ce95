/* Walking the journal: whether the chain holds, and whether the rows are what it last said. */
#include "store/inside.h"

#include <stdio.h>
#include <stdlib.h>

/* For each row of each kind the number of the last entry that tells of it. */
typedef struct {
    int64_t *last[IPUS_KIND_COUNT];
    int64_t rows[IPUS_KIND_COUNT];
} told_t;

static void told_free(told_t *told)
{
    for (int i = 0; i < IPUS_KIND_COUNT; i++) {
        free(told->last[i]);
    }
}

/* Ids beyond the last row are of rows that are gone; they cannot be many. */
static bool told_note(told_t *told, ipus_kind_t kind, int64_t row, int64_t number)
{
    if (row <= 0 || row > INT32_MAX) {
        return true;
    }
    if (row >= told->rows[kind]) {
        int64_t rows = told->rows[kind] * 2 > row ? told->rows[kind] * 2 : row + 64;
        int64_t *grown = realloc(told->last[kind], (size_t)rows * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        memset(grown + told->rows[kind], 0, (size_t)(rows - told->rows[kind]) * sizeof *grown);
        told->last[kind] = grown;
        told->rows[kind] = rows;
    }
    told->last[kind][row] = number;
    return true;
}

static void hex(const uint8_t digest[VAULT_DIGEST], buf_t *text)
{
    for (int i = 0; i < VAULT_DIGEST; i++) {
        buf_print(text, "%02x", digest[i]);
    }
}

static bool walk_chain(db_t *db, store_audit_t *audit, told_t *told)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT " JOURNAL_COLUMNS " FROM journal ORDER BY number");
    uint8_t before[VAULT_DIGEST] = {0};
    int64_t last = 0;
    int step = SQLITE_DONE;
    while (statement != NULL && (step = store_db_step(db, statement)) == SQLITE_ROW) {
        journal_line_t line = store_journal_line(statement);
        span_t chain = store_db_bytes(statement, 11);
        ipus_kind_t kind = IPUS_PERSON;
        uint8_t should[VAULT_DIGEST];
        store_journal_chain(&line, before, should);
        bool is_known = ipus_kind_named(line.kind, &kind);
        bool holds = is_known && line.number == last + 1 &&
                     span_equal(chain, (span_t){(const char *)should, VAULT_DIGEST});
        if (!holds && audit->broken_at == 0) {
            audit->broken_at = line.number;
        }
        memcpy(before, chain.len == VAULT_DIGEST ? chain.at : (const char *)should, VAULT_DIGEST);
        last = line.number;
        audit->entries++;
        if (is_known && line.looked_at.at == NULL &&
            !told_note(told, kind, line.row, line.number)) {
            store_db_broken(db, SQLITE_NOMEM);
        }
    }
    store_db_done(statement);
    /* What was cut off at the end is missed by nobody else. */
    buf_t end = {0}, wanted = {0};
    bool read = step == SQLITE_DONE && store_schema_get(db, "journal", &wanted) != IPUS_BROKEN;
    if (last > 0) {
        buf_int(&end, last);
        buf_byte(&end, ' ');
        hex(before, &end);
    }
    if (!span_equal(buf_span(&end), buf_span(&wanted)) && audit->broken_at == 0) {
        audit->broken_at = last + 1;
    }
    read = read && !end.failed && !wanted.failed;
    buf_free(&end);
    buf_free(&wanted);
    return read;
}

/* Whether a row stands as entry `number` says. */
static bool is_as_told(db_t *db, ipus_kind_t kind, int64_t row, int64_t number)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT version, digest FROM journal WHERE number = ?1");
    uint8_t digest[VAULT_DIGEST];
    int64_t version = 0, person = 0;
    if (statement == NULL ||
        store_rows_digest(db, kind, row, &version, &person, digest) != IPUS_FINE) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, number);
    bool same =
        store_db_step(db, statement) == SQLITE_ROW &&
        sqlite3_column_int64(statement, 0) == version &&
        span_equal(store_db_bytes(statement, 1), (span_t){(const char *)digest, VAULT_DIGEST});
    store_db_done(statement);
    return same;
}

static bool compare_rows(db_t *db, ipus_kind_t kind, store_audit_t *audit, told_t *told)
{
    char text[100];
    snprintf(text, sizeof text, "SELECT id FROM \"%s\" ORDER BY id", ipus_kind(kind)->plural);
    sqlite3_stmt *ids = NULL;
    if (sqlite3_prepare_v2(db->sql, text, -1, &ids, NULL) != SQLITE_OK) {
        return false;
    }
    int step = SQLITE_DONE;
    while ((step = store_db_step(db, ids)) == SQLITE_ROW) {
        int64_t row = sqlite3_column_int64(ids, 0);
        bool is_told = row > 0 && row < told->rows[kind] && told->last[kind][row] != 0;
        audit->rows++;
        audit->moved += !is_told || !is_as_told(db, kind, row, told->last[kind][row]);
        if (is_told) {
            told->last[kind][row] = 0;
        }
    }
    sqlite3_finalize(ids);
    /* What was told of and is not there. */
    for (int64_t row = 0; row < told->rows[kind]; row++) {
        audit->moved += told->last[kind][row] != 0;
    }
    return step == SQLITE_DONE;
}

bool store_audit(const char *folder, store_audit_t *audit, bool polish, buf_t *why)
{
    *audit = (store_audit_t){0};
    char *file = store_files_path(folder, STORE_FILE);
    db_t *db = file == NULL ? NULL : store_db_open(file, DB_READER, NULL, NULL, polish, why);
    free(file);
    if (db == NULL) {
        return false;
    }
    told_t told = {0};
    bool read = store_db_run(db, "BEGIN") && walk_chain(db, audit, &told);
    for (int i = 0; i < IPUS_KIND_COUNT && read; i++) {
        read = compare_rows(db, (ipus_kind_t)i, audit, &told) && db->fault == 0;
    }
    if (!read) {
        buf_print(why, polish ? "Nie da się odczytać rejestru: %s." : "Cannot read the record: %s.",
                  sqlite3_errstr(db->fault));
    }
    told_free(&told);
    store_db_close(db);
    return read;
}
