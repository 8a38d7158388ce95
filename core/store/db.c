#include "store/inside.h"

#include <errno.h>
#include <stdlib.h>

/* ---- growing arrays -------------------------------------------------------------------------- */

void *store_list_add(list_t *list, size_t size)
{
    if (list->count == list->cap) {
        size_t cap = list->cap == 0 ? 16 : list->cap * 2;
        void *at = realloc(list->at, cap * size);
        if (at == NULL) {
            return NULL;
        }
        list->at = at;
        list->cap = cap;
        list->size = size;
    }
    return memset((char *)list->at + list->count++ * size, 0, size);
}

void store_list_free(list_t *list)
{
    free(list->at);
    *list = (list_t){0};
}

/* ---- opening --------------------------------------------------------------------------------- */

static void configure(void)
{
    /* Refused, and as well left, when somebody opened SQLite before. Statement journals stay in
     * memory: savepoints would spill them into temporary files. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
    sqlite3_initialize();
}

static void restrict_db(sqlite3 *sql, bool reader)
{
    sqlite3_db_config(sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(sql, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(sql, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(sql, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(sql, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    /* Checkpoints are the writer's alone. */
    sqlite3_db_config(sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, reader, NULL);
    sqlite3_limit(sql, SQLITE_LIMIT_LENGTH, 4 << 20);
    sqlite3_limit(sql, SQLITE_LIMIT_SQL_LENGTH, 64 << 10);
    sqlite3_limit(sql, SQLITE_LIMIT_COLUMN, 64);
    sqlite3_limit(sql, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(sql, SQLITE_LIMIT_COMPOUND_SELECT, 20);
    sqlite3_limit(sql, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM INTO */
    sqlite3_limit(sql, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
    sqlite3_limit(sql, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    sqlite3_limit(sql, SQLITE_LIMIT_WORKER_THREADS, 0);
}

static const char *const for_all = "PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0;"
                                   "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                                   "PRAGMA busy_timeout = 2000;";
/* The log is kept as long as it was: writing over it costs less than growing it anew. */
static const char *const for_writer =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536; PRAGMA cache_spill = OFF;"
    "PRAGMA secure_delete = ON;";
static const char *const for_reader = "PRAGMA query_only = ON; PRAGMA cache_size = -8192;";

static int on_wal(void *context, sqlite3 *sql, const char *name, int pages)
{
    (void)sql;
    (void)name;
    ((db_t *)context)->wal_pages = pages;
    return SQLITE_OK;
}

static db_t *db_new(const vault_t *vault, clock_port_t *clock, db_use_t use)
{
    db_t *db = calloc(1, sizeof *db);
    arena_t *arena = arena_new(64 << 10);
    if (db == NULL || arena == NULL) {
        free(db);
        arena_free(arena);
        return NULL;
    }
    db->vault = vault;
    db->clock = clock;
    db->writes = use == DB_WRITER;
    db->arena = arena;
    return db;
}

void store_db_say_damaged(const char *file, const char *how, bool polish, buf_t *why)
{
    buf_print(why,
              polish ? "Plik %s jest uszkodzony (%s). Przywróć rejestr z dobrej kopii: okienko "
                       "restore."
                     : "%s is damaged (%s). Put back a good copy of the record: okienko restore.",
              file, how);
}

bool store_db_is_damage(const db_t *db)
{
    int fault = db->fault & 0xff;
    return fault == SQLITE_CORRUPT || fault == SQLITE_NOTADB;
}

void store_db_say_not_opened(const db_t *db, const char *file, bool polish, buf_t *why)
{
    if (store_db_is_damage(db)) {
        store_db_say_damaged(file, store_db_error(db), polish, why);
    } else {
        buf_print(why, polish ? "Nie da się otworzyć %s: %s." : "Cannot open %s: %s.", file,
                  store_db_reason(db, polish));
    }
}

db_t *store_db_open(const char *file, db_use_t use, const vault_t *vault, clock_port_t *clock,
                    bool polish, buf_t *why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    db_t *db = db_new(vault, clock, use);
    if (db == NULL) {
        buf_print(why, polish ? "Zabrakło pamięci na rejestr %s." : "There is no memory for %s.",
                  file);
        return NULL;
    }
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE |
                SQLITE_OPEN_READWRITE | (use == DB_WRITER ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(file, &db->sql, flags, NULL);
    if (code == SQLITE_OK) {
        restrict_db(db->sql, use != DB_WRITER);
    } else {
        db->fault = code;
        db->system_fault = sqlite3_system_errno(db->sql);
    }
    if (code != SQLITE_OK || !store_db_run(db, for_all) ||
        !store_db_run(db, use == DB_WRITER   ? for_writer
                          : use == DB_READER ? for_reader
                                             : "")) {
        store_db_say_not_opened(db, file, polish, why);
        store_db_close(db);
        return NULL;
    }
    if (use == DB_WRITER) {
        sqlite3_wal_hook(db->sql, on_wal, db);
    }
    return db;
}

void store_db_close(db_t *db)
{
    if (db == NULL) {
        return;
    }
    for (size_t i = 0; i < db->statement_cap; i++) {
        sqlite3_finalize(db->statements[i].at);
    }
    free(db->statements);
    sqlite3_close(db->sql);
    arena_free(db->arena);
    buf_free(&db->text);
    buf_free(&db->sealed);
    store_answers_free(&db->answers);
    store_list_free(&db->written);
    store_list_free(&db->touched);
    store_list_free(&db->queued);
    store_list_free(&db->erased);
    vault_wipe(db->keys, sizeof db->keys);
    free(db);
}

/* ---- faults ---------------------------------------------------------------------------------- */

ipus_code_t store_db_broken(db_t *db, int code)
{
    if (db->fault == 0) {
        db->fault = code == SQLITE_OK ? SQLITE_ERROR : code;
        db->system_fault = sqlite3_system_errno(db->sql);
    }
    return IPUS_BROKEN;
}

bool store_db_fault_is_shared(const db_t *db)
{
    switch (db->fault & 0xff) {
    case SQLITE_OK:
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
        /* SQLite rolls back by itself after some faults, whatever their name. */
        return sqlite3_get_autocommit(db->sql) != 0;
    default:
        return true;
    }
}

const char *store_db_error(const db_t *db)
{
    if (db->fault == DB_DOES_NOT_OPEN) {
        return "something sealed does not open: it is damaged";
    }
    bool is_last = db->sql != NULL && sqlite3_extended_errcode(db->sql) == db->fault;
    return is_last ? sqlite3_errmsg(db->sql) : sqlite3_errstr(db->fault);
}

const char *store_db_reason(const db_t *db, bool polish)
{
    if ((db->fault & 0xff) == SQLITE_FULL || db->system_fault == ENOSPC ||
        db->system_fault == EDQUOT) {
        return polish ? "na dysku nie ma już miejsca" : "the disk is full";
    }
    if ((db->fault & 0xff) == SQLITE_NOMEM) {
        return polish ? "zabrakło pamięci" : "there is no memory left";
    }
    return store_db_error(db);
}

/* ---- statements ------------------------------------------------------------------------------ */

static size_t place_of(const db_t *db, uint64_t kind, uint64_t shape)
{
    uint64_t hash = (kind * UINT64_C(0x9e3779b97f4a7c15)) ^ (shape * UINT64_C(0xc2b2ae3d27d4eb4f));
    return (size_t)(hash ^ hash >> 29) & (db->statement_cap - 1);
}

static bool make_room(db_t *db)
{
    if (db->statement_count * 2 < db->statement_cap) {
        return true;
    }
    db_statement_t *old = db->statements;
    size_t old_cap = db->statement_cap, cap = old_cap == 0 ? 256 : old_cap * 2;
    db_statement_t *grown = calloc(cap, sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    db->statements = grown;
    db->statement_cap = cap;
    for (size_t i = 0; i < old_cap; i++) {
        if (old[i].at != NULL) {
            size_t at = place_of(db, old[i].kind, old[i].shape);
            while (grown[at].at != NULL) {
                at = (at + 1) & (cap - 1);
            }
            grown[at] = old[i];
        }
    }
    free(old);
    return true;
}

static sqlite3_stmt *prepare(db_t *db, span_t text)
{
    sqlite3_stmt *made = NULL;
    int code =
        sqlite3_prepare_v3(db->sql, text.at, (int)text.len, SQLITE_PREPARE_PERSISTENT, &made, NULL);
    if (code != SQLITE_OK) {
        store_db_broken(db, code);
    }
    return made;
}

/* The place of one that is not in use, or a free place. NULL without memory. */
static db_statement_t *kept_or_free(db_t *db, uint64_t kind, uint64_t shape)
{
    if (!make_room(db)) {
        store_db_broken(db, SQLITE_NOMEM);
        return NULL;
    }
    size_t at = place_of(db, kind, shape);
    for (; db->statements[at].at != NULL; at = (at + 1) & (db->statement_cap - 1)) {
        const db_statement_t *kept = &db->statements[at];
        if (kept->kind == kind && kept->shape == shape && !sqlite3_stmt_busy(kept->at)) {
            break;
        }
    }
    return &db->statements[at];
}

static sqlite3_stmt *keep(db_t *db, db_statement_t *place, const db_statement_t *made)
{
    if (made->at != NULL) {
        *place = *made;
        db->statement_count++;
    }
    return made->at;
}

sqlite3_stmt *store_db_statement(db_t *db, uint64_t kind, uint64_t shape,
                                 void (*text)(buf_t *text, uint64_t kind, uint64_t shape))
{
    db_statement_t *place = kept_or_free(db, kind, shape);
    if (place == NULL || place->at != NULL) {
        return place == NULL ? NULL : place->at;
    }
    buf_clear(&db->text);
    text(&db->text, kind, shape);
    if (db->text.failed) {
        store_db_broken(db, SQLITE_NOMEM);
        return NULL;
    }
    const db_statement_t made = {kind, shape, prepare(db, buf_span(&db->text))};
    return keep(db, place, &made);
}

sqlite3_stmt *store_db_fixed(db_t *db, const char *text)
{
    const uint64_t name = (uint64_t)(uintptr_t)text;
    db_statement_t *place = kept_or_free(db, UINT64_MAX, name);
    if (place == NULL || place->at != NULL) {
        return place == NULL ? NULL : place->at;
    }
    const db_statement_t made = {UINT64_MAX, name, prepare(db, span_of(text))};
    return keep(db, place, &made);
}

void store_db_done(sqlite3_stmt *statement)
{
    sqlite3_reset(statement); /* a harmless no-op of none */
}

int store_db_step(db_t *db, sqlite3_stmt *statement)
{
    int code = db->fault != 0 ? db->fault : sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        store_db_broken(db, code);
    }
    return code;
}

ipus_code_t store_db_do(db_t *db, sqlite3_stmt *statement)
{
    if (statement == NULL || db->fault != 0) {
        return IPUS_BROKEN;
    }
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    switch (code) {
    case SQLITE_DONE:
        return IPUS_FINE;
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
        return IPUS_TWICE;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return IPUS_ABSENT;
    default:
        return store_db_broken(db, code);
    }
}

bool store_db_run(db_t *db, const char *text)
{
    int code = sqlite3_exec(db->sql, text, NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        store_db_broken(db, code);
    }
    return code == SQLITE_OK;
}

ipus_code_t store_db_number(db_t *db, const char *text, int64_t *number)
{
    sqlite3_stmt *statement = store_db_fixed(db, text);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int code = store_db_step(db, statement);
    *number = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    store_db_done(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

/* ---- values ---------------------------------------------------------------------------------- */

void store_day_text(date_t day, char text[static DAY_TEXT])
{
    static const date_t last = {2932896};  /* 9999-12-31 */
    static const date_t first = {-719162}; /* 0001-01-01 */
    if (day.days < first.days) {
        memcpy(text, "0000-01-01", DAY_TEXT);
    } else {
        date_text(day.days > last.days ? last : day, text);
    }
}

date_t store_day_read(span_t text)
{
    date_t day = DATE_NONE;
    if (span_equal(text, SPAN("9999-12-31"))) {
        return DATE_NEVER;
    }
    int parts[3] = {0};
    for (size_t i = 0, part = 0; i < text.len && part < 3; i++) {
        if (text.at[i] == '-') {
            part++;
        } else {
            parts[part] = parts[part] * 10 + (text.at[i] - '0');
        }
    }
    date_make(parts[0], parts[1], parts[2], &day);
    return day;
}

void store_db_bind_text(sqlite3_stmt *statement, int place, span_t text)
{
    if (text.at == NULL) {
        sqlite3_bind_null(statement, place);
    } else {
        sqlite3_bind_text64(statement, place, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8);
    }
}

void store_db_bind_day(db_t *db, sqlite3_stmt *statement, int place, date_t day)
{
    char text[DAY_TEXT];
    store_day_text(day, text);
    int code = sqlite3_bind_text(statement, place, text, DATE_TEXT_LEN, SQLITE_TRANSIENT);
    if (code != SQLITE_OK) {
        store_db_broken(db, code);
    }
}

span_t store_db_bytes(sqlite3_stmt *statement, int column)
{
    /* Of a text as well: it need not end with a zero byte then. */
    const char *at = sqlite3_column_blob(statement, column);
    if (at == NULL) {
        bool is_null = sqlite3_column_type(statement, column) == SQLITE_NULL;
        return is_null ? SPAN_NONE : SPAN("");
    }
    return (span_t){at, (size_t)sqlite3_column_bytes(statement, column)};
}

date_t store_db_day(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL
               ? DATE_NONE
               : store_day_read(store_db_bytes(statement, column));
}
