/* What the files of the store share. Words: a db is one connection with its statements, used by one
 * thread at a time; the writer's db is the only one that writes. A tip is what the writer knows by
 * heart of where the record ends, so that ids are there before a row is sealed. */
#ifndef OKIENKO_STORE_INSIDE_H
#define OKIENKO_STORE_INSIDE_H

#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

#define STORE_SERVICE_MAX 64 /* bytes of a service's id */
#define STORE_FILE "record.db"
#define STORE_LOG STORE_FILE "-wal"
#define STORE_LOCK "lock"
#define STORE_KEY "server.key"
#define STORE_READERS 4 /* as many as the loop has pool threads */
#define STORE_DAY_MS INT64_C(86400000)

/* ---- growing arrays -------------------------------------------------------------------------- */

typedef struct {
    void *at;
    size_t count, cap, size;
} list_t;

/* A zeroed place at the end; NULL without memory. */
void *store_list_add(list_t *list, size_t size);
void store_list_free(list_t *list);

/* ---- one connection -------------------------------------------------------------------------- */

typedef struct {
    uint64_t kind, shape;
    sqlite3_stmt *at;
} db_statement_t;

typedef struct {
    int64_t row[IPUS_KIND_COUNT]; /* the last id of each kind */
    int64_t key, entry, answer, change;
    int64_t entry_kept;          /* up to where meta tells of the journal's end */
    uint8_t chain[VAULT_DIGEST]; /* of the journal's last entry */
} db_tip_t;

/* A row that this work wrote and that the journal has not told of yet. */
typedef struct {
    ipus_kind_t kind;
    int64_t id, version, person;
    uint8_t digest[VAULT_DIGEST];
} db_written_t;

typedef struct {
    int64_t id;
    vault_key_t key;
} db_key_t;

#define DB_KEYS 256

typedef struct {
    int64_t asker, number, at;
    uint64_t request;
    int32_t next; /* in its bucket: place + 1 */
} answer_t;

/* The recent answers' places, oldest first in a ring. */
typedef struct {
    answer_t *ring;
    int32_t *buckets;
    size_t cap, first, count;
    int64_t gone;    /* number of the last that was forgotten */
    int64_t trimmed; /* … and deleted from the disk */
    int64_t key, key_at;
} answers_t;

typedef struct {
    bool is_queue; /* `taken` is how many wait */
    char service[STORE_SERVICE_MAX];
    size_t service_len;
    date_t from, to;
    int64_t taken;
} moved_t;

/* The pools and queues that one commit moved, on their way to the loop. */
typedef struct told told_t;
struct told {
    told_t *next;
    size_t count;
    moved_t at[];
};

typedef struct {
    sqlite3 *sql;
    const vault_t *vault;
    clock_port_t *clock;
    bool writes;
    int fault;        /* SQLite's extended code of what broke in this transaction, 0 */
    int system_fault; /* errno behind it */
    arena_t *arena;
    ipus_record_t record;
    db_statement_t *statements; /* open addressing */
    size_t statement_count, statement_cap;
    buf_t text, sealed; /* scratch */
    db_key_t keys[DB_KEYS];

    /* The writer's own. */
    db_tip_t tip;
    answers_t answers;
    list_t written; /* db_written_t */
    list_t touched; /* int64_t: pools */
    list_t queued;  /* services whose queues were touched, maybe by what was rolled back */
    list_t erased;  /* int64_t: people */
    bool in_work;   /* inside a SAVEPOINT */
    bool erases;    /* this transaction destroyed keys */
    int wal_pages;
} db_t;

static inline db_t *db_of(const ipus_record_t *record)
{
    return record->context;
}

/* A copy is made of one file into another, and neither is a writer: nothing is checkpointed. */
typedef enum { DB_WRITER, DB_READER, DB_COPY } db_use_t;

/* Opens a file for a use; NULL with a sentence. A writer makes the file when it is missing. */
db_t *store_db_open(const char *file, db_use_t use, const vault_t *vault, clock_port_t *clock,
                    bool polish, buf_t *why);
void store_db_close(db_t *db);
/* Whether what broke is the file itself, and not the disk or the memory. */
bool store_db_is_damage(const db_t *db);
/* The sentence about a file that cannot be opened, whatever broke. */
void store_db_say_not_opened(const db_t *db, const char *file, bool polish, buf_t *why);
/* The sentence about a file that is no sound record. */
void store_db_say_damaged(const char *file, const char *how, bool polish, buf_t *why);

/* A key or a value that does not open: damage of that one row, not of the file. */
#define DB_DOES_NOT_OPEN (SQLITE_MISMATCH | 77 << 8)

/* Remembers what broke; gives IPUS_BROKEN. */
ipus_code_t store_db_broken(db_t *db, int code);
/* Whether the fault is of the disk, the file or the memory, not of the one work. */
bool store_db_fault_is_shared(const db_t *db);
/* The sentence of SQLite's last error, without values; for the log. */
const char *store_db_error(const db_t *db);
/* What broke, for people: that the disk is full, that there is no memory, or SQLite's words. */
const char *store_db_reason(const db_t *db, bool polish);

/* A prepared statement, kept under a number of two words; `text` is asked for when there is none or
 * all are in use. NULL (and the fault noted) when it cannot be made. */
sqlite3_stmt *store_db_statement(db_t *db, uint64_t kind, uint64_t shape,
                                 void (*text)(buf_t *text, uint64_t kind, uint64_t shape));
/* One with a fixed text, which is its name: the pointer is what it is kept under. */
sqlite3_stmt *store_db_fixed(db_t *db, const char *text);
void store_db_done(sqlite3_stmt *statement);

/* SQLITE_ROW, SQLITE_DONE, or the fault noted and its code. After a fault everything is refused. */
int store_db_step(db_t *db, sqlite3_stmt *statement);
/* Steps one that gives no rows, and is done with it. IPUS_TWICE when a value is there already,
 * IPUS_ABSENT when it names a row that is not there. */
ipus_code_t store_db_do(db_t *db, sqlite3_stmt *statement);
/* The same of a text without parameters, not kept. */
bool store_db_run(db_t *db, const char *text);

void store_db_bind_text(sqlite3_stmt *statement, int place, span_t text);
void store_db_bind_day(db_t *db, sqlite3_stmt *statement, int place, date_t day);
/* Text or BLOB, valid until the statement is stepped or done; SPAN_NONE of null. */
span_t store_db_bytes(sqlite3_stmt *statement, int column);
date_t store_db_day(sqlite3_stmt *statement, int column);

/* "2024-03-01"; "9999-12-31" for no end, "0000-01-01" for none at all. */
#define DAY_TEXT (DATE_TEXT_LEN + 1)
void store_day_text(date_t day, char text[static DAY_TEXT]);
date_t store_day_read(span_t text);

/* The first number of the first row, 0 when there is none or it is null. */
ipus_code_t store_db_number(db_t *db, const char *text, int64_t *number);

/* ---- schema.c -------------------------------------------------------------------------------- */

/* Finds whose the file is (programme NULL: any), and brings it up to date; one that is new is told
 * whose it is. Before an older one is changed a copy is made in `folder` (NULL: without). */
bool store_schema_bring_up(db_t *db, const char *folder, const char *programme, bool may_write,
                           bool polish, buf_t *why);
/* Of meta. */
ipus_code_t store_schema_get(db_t *db, const char *name, buf_t *value);
ipus_code_t store_schema_set(db_t *db, const char *name, span_t value);
/* Whether this program reads records of its version. */
bool store_schema_is_read(db_t *db, bool polish, buf_t *why);
/* quick_check and whether it is a record at all. */
bool store_schema_check(db_t *db, const char *file, bool polish, buf_t *why);

/* ---- migrate.c, tables.c: the schema's versions ---------------------------------------------- */

int store_migrate_latest(void);
/* From an older version to the latest, after a copy; on failure the record is what it was. */
bool store_migrate(db_t *db, int from, const char *folder, bool polish, buf_t *why);
/* The change alone, in one transaction; `name_it` ends it for a new record (from 0). */
bool store_migrate_run(db_t *db, int from, bool (*name_it)(db_t *db, const char *programme),
                       const char *programme);

/* Appends "CREATE TABLE" of a kind, and its indices, as kinds.def has it. */
void store_tables_create(ipus_kind_t kind, buf_t *text);
void store_tables_indices(ipus_kind_t kind, buf_t *text);

/* ---- rows.c: the port, and digests of rows --------------------------------------------------- */

ipus_code_t store_rows_get(void *context, ipus_kind_t kind, int64_t id, bool open, ipus_row_t *row);
ipus_code_t store_rows_find(void *context, const ipus_query_t *query,
                            bool (*each)(void *of, const ipus_row_t *row), void *of);
ipus_code_t store_rows_add(void *context, ipus_row_t *row, int64_t now);
ipus_code_t store_rows_set(void *context, ipus_row_t *row, int64_t now);
/* The digest of a row as it stands, and whose it is (0). */
ipus_code_t store_rows_digest(db_t *db, ipus_kind_t kind, int64_t id, int64_t *version,
                              int64_t *person, uint8_t digest[VAULT_DIGEST]);

/* What a statement of select.c gave, not opened: cells as they are kept. */
typedef struct {
    enum { CELL_NULL, CELL_NUMBER, CELL_TEXT, CELL_BLOB } is;
    int64_t number;
    span_t bytes;
    char day[DAY_TEXT]; /* where bytes are a day that was given */
} cell_t;

typedef struct {
    ipus_kind_t kind;
    int64_t id, version, made_at, changed_at, made_by, changed_by;
    int64_t key; /* sealed_by, or 0 */
    cell_t at[IPUS_FIELDS_MAX];
} raw_t;

void store_raw_digest(const raw_t *raw, buf_t *scratch, uint8_t digest[VAULT_DIGEST]);

/* ---- select.c: the texts of statements ------------------------------------------------------- */

/* Before the fields: id, version, made_at, changed_at, made_by, changed_by, sealed_by. */
#define SELECT_KEY 6
#define SELECT_HEAD 7

sqlite3_stmt *store_select_get(db_t *db, ipus_kind_t kind, bool open);
sqlite3_stmt *store_select_add(db_t *db, ipus_kind_t kind);
/* Sets version, changed_at, changed_by and sealed_by (1 to 4) and the fields of the mask in their
 * order, of the id and version that are bound last. */
sqlite3_stmt *store_select_set(db_t *db, ipus_kind_t kind, uint32_t mask);
/* With everything bound. */
sqlite3_stmt *store_select_find(db_t *db, const ipus_query_t *query);

/* ---- keys.c: sealing ------------------------------------------------------------------------- */

ipus_code_t store_keys_new(db_t *db, const char *kind, int64_t row, int64_t *id);
/* IPUS_ABSENT when it was destroyed. */
ipus_code_t store_keys_open(db_t *db, int64_t id, const vault_key_t **key);
/* The key that the row of a kind is sealed with: 0 when it has none. */
ipus_code_t store_keys_of(db_t *db, ipus_kind_t kind, int64_t row, int64_t *id);
void store_keys_forget(db_t *db, int64_t after); /* those with a greater id, from memory */
ipus_code_t store_keys_destroy(db_t *db, int64_t id);

/* ---- people.c: blind indices ----------------------------------------------------------------- */

ipus_code_t store_people_known(void *context, int field, span_t text, int64_t *id);
/* Whether the PESEL and document given are nobody else's. */
ipus_code_t store_people_check(db_t *db, const ipus_row_t *row);
/* Whether a person that was read open is found by PESEL, document and names. */
ipus_code_t store_people_compare(db_t *db, const ipus_row_t *row, bool *indexed);
/* Makes the indices of all people anew. */
ipus_code_t store_people_rebuild(db_t *db);
/* Indexes a person that was added or set; values that are LOCKED keep their index. */
ipus_code_t store_people_index(db_t *db, const ipus_row_t *row);

/* ---- journal.c, pools.c, answers.c, changes.c, erase.c --------------------------------------- */

ipus_code_t store_journal_enter(void *context, const ipus_entry_t *entry);
/* Enters what was written and not told of. */
ipus_code_t store_journal_rest(db_t *db, int64_t now);
typedef struct {
    int64_t number, at, account, row, version, person;
    span_t kind, step, looked_at, digest;
    bool overridden;
} journal_line_t;
void store_journal_chain(const journal_line_t *line, const uint8_t before[VAULT_DIGEST],
                         uint8_t chain[VAULT_DIGEST]);
/* The columns of a line, in the order of JOURNAL_COLUMNS. */
#define JOURNAL_COLUMNS                                                                            \
    "number, at, account, kind, row, version, step, overridden, looked_at, person, digest, chain," \
    " mac"
enum { JOURNAL_CHAIN = 11, JOURNAL_MAC };
/* The keyed digest of an entry's link, which stands for all entries before it. */
void store_journal_mac(const db_t *db, int64_t number, const uint8_t chain[VAULT_DIGEST],
                       uint8_t mac[VAULT_MAC]);
/* "number digest" as meta keeps it and as it is printed, a colon between. */
void store_journal_end(buf_t *text, int64_t number, const uint8_t chain[VAULT_DIGEST],
                       char between);
/* Notes in meta from which entry on all are keyed: those after the last one there is. */
ipus_code_t store_journal_begin_keyed(db_t *db);
journal_line_t store_journal_line(sqlite3_stmt *statement);

ipus_code_t store_pools_take_units(void *context, const ipus_pool_t *pool, int64_t units,
                                   int64_t over, int64_t cap, int64_t *taken);
ipus_code_t store_pools_series(void *context, const char *name, int64_t of, int64_t *number);

/* Counts the kept texts that are not what their digest says; false when they cannot be read. */
bool store_generations_check(db_t *db, int64_t *damaged);

ipus_code_t store_answers_load(db_t *db);
/* For whatever was erased might stand in them. */
ipus_code_t store_answers_forget_all(db_t *db);
void store_answers_roll_back(db_t *db); /* to the tip */
ipus_code_t store_answers_trim(db_t *db);
void store_answers_free(answers_t *answers);

/* recount.c: what no digest covers. Each false when it could not be read. */
bool store_recount_keys(db_t *db, store_audit_t *audit);
bool store_recount_people(db_t *db, store_audit_t *audit);
bool store_recount_sums(db_t *db, store_audit_t *audit);

/* store_audit() of a file that is not in its folder. */
bool store_audit_file(const char *file, const vault_t *vault, store_audit_t *audit, bool polish,
                      buf_t *why);

/* Writes the public changes of the pools that were touched, and lists what is taken of them. */
ipus_code_t store_changes_of_pools(db_t *db, list_t *moved);

/* queue.c: notes that the queue for a service moves; adds to the list how many wait then. */
ipus_code_t store_queue_touch(db_t *db, span_t service);
ipus_code_t store_queue_moved(db_t *db, list_t *moved);

/* Appends people to the file of erasures beside the record; false when it cannot be written. */
bool store_erase_note(const char *folder, const list_t *people);
/* Brings that file up to date with the record. */
bool store_erase_reconcile(db_t *db, const char *folder);
/* Reads it: people (int64_t). */
bool store_erase_read(const char *folder, list_t *people);

/* ---- transactions.c -------------------------------------------------------------------------- */

/* Ends of what the writer knows, read off the record. */
ipus_code_t store_transaction_learn(db_t *db);
/* The port over a connection. */
ipus_record_t *store_transaction_record(db_t *db);
/* Keeps where the journal ends, so that nothing can be cut off there unnoticed. */
ipus_code_t store_transaction_end_of_journal(db_t *db);

struct store {
    char *folder, *file;
    char *programme;
    store_options_t options;
    bool in_memory;
    int lock; /* descriptor, or -1 */
    loop_t *loop;
    loop_bell_t *bell;

    pthread_mutex_t turn; /* whoever writes */
    db_t *writer;
    list_t moved;    /* moved_t, of the last commit */
    told_t *telling; /* where they will go */
    bool mends;      /* a commit failed: to be mended before the next */
    bool reopens;    /* the writer's files were opened for reading alone */
    bool truncates;  /* the log still holds what was erased */
    int next_checkpoint;

    pthread_mutex_t guard; /* the queues and the readers */
    pthread_cond_t wake, reader_back;
    store_work_t *first, *last; /* waiting to be written */
    store_work_t *done_first, *done_last;
    told_t *done_moved; /* newest first */
    atomic_size_t waiting;
    bool closing, ended;
    db_t *readers[STORE_READERS];
    bool reader_used[STORE_READERS];

    pthread_t thread;
    bool has_thread;
    size_t in_flight; /* the loop's thread alone */
    size_t reading;
    bool close_asked;
    void (*on_closed)(void *context);
    void *closed_context;

    atomic_uint_fast64_t commits, works, refused, failed, commit_us;
    atomic_bool disk_refuses;
};

/* Runs works in one transaction and sets their results; those that meet another's fault are tried
 * again alone. The turn is the caller's. */
void store_transactions_run(store_t *store, store_work_t **works, size_t count);
/* One work on a reader's connection. */
void store_transactions_read(store_t *store, store_work_t *work);
/* What is wanted of the log after a commit. */
void store_transactions_checkpoint(store_t *store, bool last);

/* ---- writer.c -------------------------------------------------------------------------------- */

bool store_writer_start(store_t *store);
void store_free(store_t *store);
/* Before the commit: a place for what is to be told of it, so that nothing can fail afterwards;
 * false (and the fault noted) without memory. */
bool store_pools_ready(store_t *store);
/* After it: what the commit moved goes to the loop. */
void store_pools_told(store_t *store);

/* ---- files.c --------------------------------------------------------------------------------- */

/* folder/name, to be freed; NULL without memory. */
char *store_files_path(const char *folder, const char *name);
bool store_files_sync_folder(const char *folder);
/* Takes the lock of a folder: a descriptor, or -1 with a sentence. */
int store_files_lock(const char *folder, bool polish, buf_t *why);
/* A log without its record holds what was promised to be kept: nothing may be made over it. False
 * with what to do. */
bool store_files_log_has_record(const char *folder, bool polish, buf_t *why);
bool store_files_make_folder(const char *folder, bool polish, buf_t *why);
/* A copy that SQLite finds whole, of a record of whatever version; over nothing. */
bool store_backup_plain(const char *folder, const char *file, bool polish, buf_t *why);
/* Ends a restoring that was cut off; appends to `kept` under which name the record before stands.
 */
bool store_files_finish_restore(const char *folder, buf_t *kept, bool polish, buf_t *why);

#endif
