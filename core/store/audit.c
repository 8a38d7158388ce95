/* Walking the journal: whether the chain holds, and whether the rows are what it last said. */
#include "store/inside.h"

#include <stdio.h>
#include <stdlib.h>

/* For each row of each kind the number of the last entry that tells of it. */
typedef struct {
    int64_t *last[IPUS_KIND_COUNT];
    int64_t rows[IPUS_KIND_COUNT];
} tellings_t;

static void told_free(tellings_t *told)
{
    for (int i = 0; i < IPUS_KIND_COUNT; i++) {
        free(told->last[i]);
    }
}

/* Ids beyond the last row are of rows that are gone; they cannot be many. */
static bool told_note(tellings_t *told, ipus_kind_t kind, int64_t row, int64_t number)
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

/* ---- the end of the journal ------------------------------------------------------------------ */

void store_end_put(buf_t *text, const store_end_t *end)
{
    store_journal_end(text, end->number, end->digest, ':');
}

static int digit_of(char byte)
{
    return byte >= '0' && byte <= '9'   ? byte - '0'
           : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                                        : -1;
}

bool store_end_read(span_t text, store_end_t *end)
{
    span_t number;
    *end = (store_end_t){0};
    if (!span_cut(&text, ':', &number) || number.len == 0 || number.len > 15 ||
        text.len != 2 * (size_t)VAULT_DIGEST) {
        return false;
    }
    for (size_t i = 0; i < number.len; i++) {
        int digit = digit_of(number.at[i]);
        if (digit < 0 || digit > 9) {
            return false;
        }
        end->number = end->number * 10 + digit;
    }
    for (size_t i = 0; i < VAULT_DIGEST; i++) {
        int high = digit_of(text.at[2 * i]), low = digit_of(text.at[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        end->digest[i] = (uint8_t)(high << 4 | low);
    }
    return end->number > 0;
}

/* ---- the chain ------------------------------------------------------------------------------- */

static void breaks_at(store_audit_t *audit, int64_t number)
{
    audit->broken_at = audit->broken_at == 0 ? number : audit->broken_at;
}

/* The entry after which all are keyed, and whether it is vouched for. */
typedef struct {
    int64_t after;
    char mac[2 * VAULT_MAC + 1];
    bool read;
} keyed_t;

static bool read_keyed(db_t *db, keyed_t *keyed)
{
    buf_t text = {0};
    ipus_code_t code = store_schema_get(db, "keyed_from", &text);
    char *end = NULL;
    if (code == IPUS_FINE && buf_zero_terminated(&text) != NULL) {
        keyed->after = strtoll(text.at, &end, 10);
        keyed->read = end != NULL && *end == ' ' && strlen(end + 1) == 2 * (size_t)VAULT_MAC;
        snprintf(keyed->mac, sizeof keyed->mac, "%s", keyed->read ? end + 1 : "");
    }
    buf_free(&text);
    return code != IPUS_BROKEN;
}

/* Without the key nothing can be said of it. */
static bool is_vouched(const db_t *db, const keyed_t *keyed, int64_t number,
                       const uint8_t chain[VAULT_DIGEST], span_t mac)
{
    uint8_t should[VAULT_MAC];
    char hex[2 * VAULT_MAC + 1];
    if (db->vault == NULL || number < keyed->after) {
        return true;
    }
    store_journal_mac(db, number, chain, should);
    if (number > keyed->after) {
        return span_equal(mac, (span_t){(const char *)should, VAULT_MAC});
    }
    for (int i = 0; i < VAULT_MAC; i++) {
        snprintf(hex + i * 2, 3, "%02x", should[i]);
    }
    return keyed->read && strcmp(hex, keyed->mac) == 0;
}

static bool link_holds(const db_t *db, const keyed_t *keyed, sqlite3_stmt *statement,
                       const journal_line_t *line, int64_t last, uint8_t before[VAULT_DIGEST])
{
    uint8_t should[VAULT_DIGEST];
    span_t chain = store_db_bytes(statement, JOURNAL_CHAIN);
    store_journal_chain(line, before, should);
    memcpy(before, chain.len == VAULT_DIGEST ? chain.at : (const char *)should, VAULT_DIGEST);
    return line->number == last + 1 &&
           span_equal(chain, (span_t){(const char *)should, VAULT_DIGEST}) &&
           is_vouched(db, keyed, line->number, before, store_db_bytes(statement, JOURNAL_MAC));
}

/* What was cut off at the end is missed by nobody else. */
static bool end_is_kept(db_t *db, store_audit_t *audit)
{
    buf_t end = {0}, wanted = {0};
    bool read = store_schema_get(db, "journal", &wanted) != IPUS_BROKEN;
    if (audit->end.number > 0) {
        store_journal_end(&end, audit->end.number, audit->end.digest, ' ');
    }
    if (!span_equal(buf_span(&end), buf_span(&wanted))) {
        breaks_at(audit, audit->end.number + 1);
    }
    read = read && !end.failed && !wanted.failed;
    buf_free(&end);
    buf_free(&wanted);
    return read;
}

static bool walk_chain(db_t *db, store_audit_t *audit, tellings_t *told)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT " JOURNAL_COLUMNS " FROM journal ORDER BY number");
    store_end_t *end = &audit->end;
    keyed_t keyed = {0};
    int step = statement != NULL && read_keyed(db, &keyed) ? SQLITE_ROW : SQLITE_ERROR;
    /* The digest of nothing, before the first entry, is vouched for as well. */
    if (step == SQLITE_ROW && keyed.after == 0 &&
        !is_vouched(db, &keyed, 0, end->digest, SPAN_NONE)) {
        breaks_at(audit, 1);
    }
    while (step == SQLITE_ROW && (step = store_db_step(db, statement)) == SQLITE_ROW) {
        journal_line_t line = store_journal_line(statement);
        ipus_kind_t kind = IPUS_PERSON;
        bool is_known = ipus_kind_named(line.kind, &kind);
        if (!link_holds(db, &keyed, statement, &line, end->number, end->digest) || !is_known) {
            breaks_at(audit, line.number);
        }
        end->number = line.number;
        audit->entries++;
        if (line.number == audit->expected.number) {
            audit->unexpected = memcmp(end->digest, audit->expected.digest, VAULT_DIGEST) != 0;
        }
        if (is_known && line.looked_at.at == NULL &&
            !told_note(told, kind, line.row, line.number)) {
            store_db_broken(db, SQLITE_NOMEM);
        }
    }
    store_db_done(statement);
    if (keyed.after > end->number) {
        breaks_at(audit, end->number + 1);
    }
    return step == SQLITE_DONE && end_is_kept(db, audit);
}

/* ---- rows ------------------------------------------------------------------------------------ */

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

static bool compare_rows(db_t *db, ipus_kind_t kind, store_audit_t *audit, tellings_t *told)
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

/* ---- all of it ------------------------------------------------------------------------------- */

/* The chain ends where the walk ended; an expectation beyond it was met by nothing. */
static bool look_at_all(db_t *db, store_audit_t *audit, tellings_t *told)
{
    audit->unexpected = audit->expected.number > 0;
    bool read = store_db_run(db, "BEGIN") && walk_chain(db, audit, told);
    for (int i = 0; i < IPUS_KIND_COUNT && read; i++) {
        read = compare_rows(db, (ipus_kind_t)i, audit, told) && db->fault == 0;
    }
    read = read && store_recount_sums(db, audit) && store_generations_check(db, &audit->damaged);
    if (read && db->vault != NULL) {
        audit->keyed = true;
        read = store_recount_keys(db, audit) && store_recount_people(db, audit);
    }
    return read;
}

bool store_audit_file(const char *file, const vault_t *vault, store_audit_t *audit, bool polish,
                      buf_t *why)
{
    *audit = (store_audit_t){.expected = audit->expected};
    db_t *db = store_db_open(file, DB_READER, vault, NULL, polish, why);
    bool ours =
        db != NULL && (vault != NULL ? store_schema_bring_up(db, NULL, NULL, false, polish, why)
                                     : store_schema_is_read(db, polish, why));
    tellings_t told = {0};
    bool read = ours && look_at_all(db, audit, &told);
    if (ours && !read) {
        buf_print(why, polish ? "Nie da się odczytać rejestru: %s." : "Cannot read the record: %s.",
                  store_db_reason(db, polish));
    }
    told_free(&told);
    store_db_close(db);
    return read;
}

bool store_audit(const char *folder, const vault_t *vault, store_audit_t *audit, bool polish,
                 buf_t *why)
{
    char *file = store_files_path(folder, STORE_FILE);
    bool read = file != NULL && store_audit_file(file, vault, audit, polish, why);
    free(file);
    return read;
}

bool store_audit_holds(const store_audit_t *audit)
{
    return audit->broken_at == 0 && audit->moved == 0 && audit->locked == 0 &&
           audit->unindexed == 0 && audit->miscounted == 0 && audit->damaged == 0 &&
           !audit->unexpected;
}

void store_audit_say(const store_audit_t *audit, bool polish, buf_t *text)
{
    const struct {
        int64_t number;
        const char *polish, *english;
    } faults[] = {
        {audit->broken_at, "dziennik nie jest cały od wpisu %lld",
         "the journal breaks at entry %lld"},
        {audit->moved, "pozycji innych, niż mówi dziennik: %lld",
         "rows other than the journal says: %lld"},
        {audit->locked, "kluczy osób, które się nie otwierają: %lld",
         "keys that do not open: %lld"},
        {audit->unindexed, "osób, których nie da się znaleźć po nazwisku lub numerze: %lld",
         "people who are not found by name or number: %lld"},
        {audit->miscounted, "pul, grup i rzeczy policzonych inaczej, niż są zajęte: %lld",
         "pools, groups and things that count something else than is taken: %lld"},
        {audit->damaged, "uszkodzonych tekstów reguł: %lld", "damaged texts of rules: %lld"},
        {audit->unexpected ? audit->expected.number : 0,
         "wpis %lld nie jest tym, którego się spodziewano", "entry %lld is not the expected one"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (faults[i].number != 0) {
            buf_add(text, text->len > 0 ? SPAN("; ") : SPAN(""));
            const char *format = polish ? faults[i].polish : faults[i].english;
            const char *number = strstr(format, "%lld");
            buf_add(text, (span_t){format, (size_t)(number - format)});
            buf_int(text, faults[i].number);
            buf_add(text, span_of(number + 4));
        }
    }
}
