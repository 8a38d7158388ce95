/* The record in SQLite: one file a programme, one writer's thread that groups what many ask for
 * into one commit, readers on pool threads. It gives transactions over the port of ipus/record.h
 * and knows of steps nothing but their names.
 *
 * Folder `<data>/<programme>/`: record.db (with -wal and -shm), lock. A second server on it is
 * refused. The server's key is elsewhere (`<data>/server.key`). */
#ifndef OKIENKO_STORE_STORE_H
#define OKIENKO_STORE_STORE_H

#include "base/clock.h"
#include "ipus/ipus.h"
#include "loop/loop.h"
#include "vault/vault.h"

typedef struct store store_t;

typedef enum {
    STORE_DONE,      /* committed and on the disk */
    STORE_REFUSED,   /* `run` returned false: nothing was changed */
    STORE_FULL,      /* no space: 507 */
    STORE_BROKEN,    /* the disk refuses or the file is damaged: 503 */
    STORE_NO_MEMORY, /* nothing was changed; asked again it may work: 503 */
    STORE_BUSY,      /* too many wait: 503 */
} store_result_t;

/* What is taken of a pool now. */
typedef struct {
    span_t service; /* valid during the call */
    date_t from, to;
    int64_t taken; /* thousandths */
} store_pool_t;

/* How many wait for a service now, or have an offer that they did not take yet. */
typedef struct {
    span_t service; /* valid during the call */
    int64_t waiting;
} store_queue_t;

typedef struct {
    const char *folder; /* `<data>/<programme>`; ":memory:" for tests and trials */
    const char *programme;
    const vault_t *vault;
    clock_port_t *clock;
    bool alone;     /* one transaction a request, for measuring what grouping gives */
    bool read_only; /* for commands beside a running server: takes no lock, writes nothing */
    /* On the loop's thread, after the commit and before the `done` of what changed them. */
    void (*on_pools)(void *context, const store_pool_t *pools, size_t count);
    void (*on_queue)(void *context, const store_queue_t *queue);
    void *context;
} store_options_t;

/* Opens, makes what is missing, brings an older file up to date (schema/), checks it
 * (quick_check), starts the writer. `loop` NULL: no threads, store_run() alone. On failure NULL
 * with one sentence in `why`, Polish or English. */
store_t *store_open(loop_t *loop, const store_options_t *options, bool polish, buf_t *why);

/* What waits is done first; then `on_closed` on the loop's thread, and the store is freed. */
void store_close(store_t *store, void (*on_closed)(void *context), void *context);

/* ---- the folder of data -----------------------------------------------------------------------
 */

/* The server's key, `<data>/server.key`; made where there is none, with `make` and only while there
 * is no record that another key may have sealed. NULL with one sentence in `why`; the caller's to
 * vault_close(). */
vault_t *store_key(const char *data, bool make, bool polish, buf_t *why);

/* Whether there is a record in a folder, and whether a server (or a command that writes) has it. */
bool store_exists(const char *folder);
bool store_is_held(const char *folder);

/* ---- transactions ---------------------------------------------------------------------------- */

/* One unit of work. `run` is called on another thread with a record that, as all that lives in its
 * arena, is valid during the call: what `done` needs has to be copied. False rolls back what this
 * one did, and only that. A row that was written and not journalled is entered by the store, as
 * "keep" by nobody. `done` is called on the loop's thread, for writes after the commit. `run` may
 * be called a second time when a transaction that it shared failed, maybe for somebody else's
 * reason; it has to start afresh then. */
typedef struct store_work store_work_t;
struct store_work {
    bool (*run)(store_work_t *work, ipus_record_t *record);
    void (*done)(store_work_t *work, store_result_t result);
    /* The store's, until `done`. */
    store_work_t *next;
    store_t *store;
    store_result_t result;
};

/* The work stays the caller's and has to live until `done`. Never blocks; when it cannot be queued
 * `done` is called later with STORE_BUSY. */
void store_write(store_t *store, store_work_t *work);
void store_read(store_t *store, store_work_t *work);

/* The same at once on this thread, for subcommands and tests; `done` is not called. */
store_result_t store_run(store_t *store, store_work_t *work, bool writes);

/* Within a `run` that writes: a part of it that may fail alone. What the part did is undone when it
 * returns false, and the work goes on; so many small steps take one commit. */
bool store_part(ipus_record_t *record, bool (*part)(void *of, ipus_record_t *record), void *of);

/* ---- beside rows (with a record that the store gave, inside `run`) -----------------------------
 */

/* Both in a transaction that writes. Remembers an answer under a client's key for a day, and finds
 * it again: IPUS_FINE with the answer (in record->arena; an empty one when somebody was erased
 * since), IPUS_ABSENT, or IPUS_TWICE when the key was used for another request. `request` is a
 * digest of what was asked. */
ipus_code_t store_replay(ipus_record_t *record, int64_t account, span_t key, uint64_t request,
                         int64_t now, unsigned *status, span_t *answer);
ipus_code_t store_remember(ipus_record_t *record, int64_t account, span_t key, uint64_t request,
                           int64_t now, unsigned status, span_t answer);

/* That an account read what is known of a person, or of whoever wrote an intake that nobody has
 * taken yet; in the journal of reads. */
ipus_code_t store_note_read(ipus_record_t *record, int64_t account, ipus_kind_t kind, int64_t row,
                            const char *what, int64_t now);

/* People in whose names every word of the text begins a word, by blind index; at most `max` ids. */
ipus_code_t store_people_named(ipus_record_t *record, span_t text, int64_t *ids, size_t max,
                               size_t *count);

/* Destroys a person's key, those of the person's intakes, the index of names and PESEL, and the
 * answers that are remembered. The caller runs the step "erase". Sealed values of the person stay
 * IPUS_LOCKED for ever, and nothing can be sealed for them any more (IPUS_ABSENT). */
ipus_code_t store_erase(ipus_record_t *record, int64_t person);

/* The journal of a person or of everything, oldest first, after a number. */
typedef struct {
    int64_t number;
    ipus_entry_t entry;
    bool is_read;     /* of the journal of reads */
    const char *what; /* read what */
} store_entry_t;
ipus_code_t store_journal(ipus_record_t *record, int64_t person, int64_t after, int limit,
                          bool (*each)(void *of, const store_entry_t *entry), void *of);

/* Public changes after a cursor: what is left of a pool moved; the rules changed. */
typedef struct {
    int64_t cursor;
    int64_t at;
    span_t what;    /* "availability", "rules" */
    span_t service; /* or empty */
    date_t from, to;
    int64_t taken;
    span_t version; /* of the rules */
} store_change_t;
ipus_code_t store_changes(ipus_record_t *record, int64_t after, int limit,
                          bool (*each)(void *of, const store_change_t *change), void *of);
ipus_code_t store_note_rules(ipus_record_t *record, span_t version, int64_t now);

/* ---- the texts that decide --------------------------------------------------------------------
 */

#define STORE_TEXT_MOST (1 << 20) /* bytes of one */

typedef struct {
    const char *kind; /* "programme", "facts", "service", … */
    span_t name;      /* "services/taxi.lua" */
    span_t text;
} store_text_t;

/* The rules as one program reads them, under one contract of plugins; texts by name. */
typedef struct {
    span_t version; /* as answers and rows name it */
    const char *program;
    int contract;
    const store_text_t *texts;
    size_t text_count;
} store_generation_t;

/* Keeps what is not there yet, each text once and packed; `*number` is what rows name it by. */
ipus_code_t store_generation_keep(ipus_record_t *record, const store_generation_t *generation,
                                  int64_t now, int64_t *number);
/* The newest kept one of a version; IPUS_ABSENT. */
ipus_code_t store_generation_number(ipus_record_t *record, span_t version, int64_t *number);
/* Its texts by name, in the record's arena. */
ipus_code_t store_generation_texts(ipus_record_t *record, int64_t number,
                                   bool (*each)(void *of, const store_text_t *text), void *of);

/* What is taken of every pool, for the start. */
ipus_code_t store_pools(ipus_record_t *record, bool (*each)(void *of, const store_pool_t *pool),
                        void *of);
/* How many wait for each service that somebody waits for. */
ipus_code_t store_queues(ipus_record_t *record, bool (*each)(void *of, const store_queue_t *queue),
                         void *of);

/* ---- reports (store/reports.def) ------------------------------------------------------------- */

typedef enum {
    STORE_TEXT,
    STORE_WORD, /* this and the next three: an id, with a name for people where there is one */
    STORE_SERVICE_ID,
    STORE_INDICATOR_ID,
    STORE_BUDGET_ID,
    STORE_COUNT,
    STORE_UNITS, /* thousandths */
    STORE_MONEY, /* grosze */
    STORE_DAY,   /* as date_t */
} store_column_type_t;

typedef struct {
    const char *name; /* "service" */
    store_column_type_t type;
    bool sums; /* the rows add up to a total */
    texts_t title;
} store_column_t;

typedef struct {
    const char *name; /* "services", "people", … */
    texts_t title, about;
    const store_column_t *columns;
    size_t column_count;
} store_report_t;

#define STORE_COLUMNS_MAX 16

const store_report_t *store_reports(size_t *count);
const store_report_t *store_report_named(span_t name); /* or NULL */

/* Valid during the call, names as long as the programme. */
typedef struct {
    bool is_null;
    int64_t number;      /* in the unit of its column */
    span_t text;         /* of a text or an id */
    const texts_t *name; /* of an id, or NULL */
} store_cell_t;

/* The rows of a report over a period, both days in it. Reads sums alone, nothing that is sealed. */
ipus_code_t store_report(ipus_record_t *record, const store_report_t *report,
                         const registry_programme_t *programme, date_t from, date_t to,
                         bool (*each)(void *of, const store_cell_t *cells), void *of);

/* ---- care ------------------------------------------------------------------------------------ */

typedef struct {
    int64_t bytes;
    int64_t entries; /* of the journal */
} store_copy_t;

/* A copy in one file, whole and checked as by store_audit() (without a vault as far as that goes),
 * while the server runs; the key is not in it. Never over another file. */
bool store_backup(const char *folder, const char *file, const vault_t *vault, store_copy_t *copy,
                  bool polish, buf_t *why);
/* Puts a copy in the place of a record that no server holds; the present one is kept beside it, as
 * the file whose path is appended to `kept` (nothing where there was none). Erasures that the copy
 * does not know of yet (`erased` in the folder) are done again. */
bool store_restore(const char *folder, const char *file, const vault_t *vault, buf_t *kept,
                   bool polish, buf_t *why);

/* The end of a journal, as somebody noted it: how many entries, and the digest of the last. */
typedef struct {
    int64_t number;
    uint8_t digest[VAULT_DIGEST];
} store_end_t;

/* Reads "N:digest"; false when it is none. */
bool store_end_read(span_t text, store_end_t *end);
void store_end_put(buf_t *text, const store_end_t *end);

typedef struct {
    /* Given: an end that was noted elsewhere, to be found in this journal; its number 0: none. */
    store_end_t expected;
    store_end_t end;
    int64_t entries, rows;
    int64_t broken_at;  /* number of the first entry that does not hold; 0: all do */
    bool keyed;         /* what only the server's key can tell was looked at as well: */
    int64_t moved;      /* rows whose content is not what the journal last said */
    int64_t locked;     /* keys and people that do not open, or are gone without an erasure */
    int64_t unindexed;  /* people who are not found by name or number, or found by others */
    int64_t miscounted; /* pools, groups and things that count something else than is taken */
    int64_t damaged;    /* texts of rules */
    bool unexpected;    /* the expected end is not there */
} store_audit_t;
/* Walks the whole chain, compares every row with it, and recounts what no digest covers; without a
 * vault what the key tells is left out. False when it could not be read. */
bool store_audit(const char *folder, const vault_t *vault, store_audit_t *audit, bool polish,
                 buf_t *why);
bool store_audit_holds(const store_audit_t *audit);
/* What does not hold, in words; nothing when all does. */
void store_audit_say(const store_audit_t *audit, bool polish, buf_t *text);

/* Counters for the metrics. */
typedef struct {
    uint64_t commits, works, refused, failed;
    uint64_t waiting;   /* now */
    uint64_t commit_us; /* sum */
    bool disk_refuses;  /* the last commit failed */
} store_figures_t;
store_figures_t store_figures(const store_t *store);

#endif
