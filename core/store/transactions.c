/* Transactions: many works in one commit, each in its savepoint; what happens when the disk says
 * no. Also readings, and checkpoints. */
#include "store/inside.h"

#include <errno.h>
#include <stdio.h>

#include "base/log.h"

#define CHECKPOINT_PAGES 4000
#define TRUNCATE_PAGES 40000
#define FAULTS_IN_A_ROW 3

/* ---- what the writer knows by heart ---------------------------------------------------------- */

static ipus_code_t learn_ids(db_t *db)
{
    for (int i = 0; i < IPUS_KIND_COUNT; i++) {
        char text[80];
        snprintf(text, sizeof text, "SELECT max(id) FROM \"%s\"",
                 ipus_kind((ipus_kind_t)i)->plural);
        sqlite3_stmt *statement = NULL;
        int code = sqlite3_prepare_v2(db->sql, text, -1, &statement, NULL);
        if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
            db->tip.row[i] = sqlite3_column_int64(statement, 0);
        }
        sqlite3_finalize(statement);
        if (code != SQLITE_ROW) {
            return store_db_broken(db, code);
        }
    }
    return IPUS_FINE;
}

static ipus_code_t learn_chain(db_t *db)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT number, chain FROM journal ORDER BY number DESC LIMIT 1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int step = store_db_step(db, statement);
    if (step == SQLITE_ROW) {
        span_t chain = store_db_bytes(statement, 1);
        db->tip.entry = sqlite3_column_int64(statement, 0);
        db->tip.entry_kept = db->tip.entry;
        memcpy(db->tip.chain, chain.at, chain.len < VAULT_DIGEST ? chain.len : VAULT_DIGEST);
    }
    store_db_done(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

ipus_code_t store_transaction_learn(db_t *db)
{
    memset(&db->tip, 0, sizeof db->tip);
    ipus_code_t code = learn_ids(db);
    code = code == IPUS_FINE ? learn_chain(db) : code;
    code = code == IPUS_FINE ? store_db_number(db, "SELECT max(id) FROM keys", &db->tip.key) : code;
    code = code == IPUS_FINE
               ? store_db_number(db, "SELECT max(number) FROM answers", &db->tip.answer)
               : code;
    code = code == IPUS_FINE
               ? store_db_number(db, "SELECT max(cursor) FROM changes", &db->tip.change)
               : code;
    return code == IPUS_FINE ? store_answers_load(db) : code;
}

/* ---- the port -------------------------------------------------------------------------------- */

static void give_code(void *context, char *text, size_t len)
{
    (void)context;
    vault_code(text, len);
}

ipus_record_t *store_transaction_record(db_t *db)
{
    db->record = (ipus_record_t){.context = db,
                                 .arena = db->arena,
                                 .get = store_rows_get,
                                 .find = store_rows_find,
                                 .add = store_rows_add,
                                 .set = store_rows_set,
                                 .take = store_pools_take_units,
                                 .person = store_people_known,
                                 .series = store_pools_series,
                                 .code = give_code,
                                 .journal = store_journal_enter};
    return &db->record;
}

/* ---- one work -------------------------------------------------------------------------------- */

static store_result_t result_of(const db_t *db)
{
    int disk = db->system_fault;
    if ((db->fault & 0xff) == SQLITE_NOMEM) {
        return STORE_NO_MEMORY;
    }
    return (db->fault & 0xff) == SQLITE_FULL || disk == ENOSPC || disk == EDQUOT ? STORE_FULL
                                                                                 : STORE_BROKEN;
}

static void forget_fault(db_t *db)
{
    db->fault = db->system_fault = 0;
}

/* What is in memory goes back to where it was. */
static void go_back(db_t *db, const db_tip_t *tip, size_t touched, size_t erased)
{
    db->tip = *tip;
    db->written.count = 0;
    db->touched.count = touched;
    db->erased.count = erased;
    store_answers_roll_back(db);
    store_keys_forget(db, tip->key);
}

static bool quietly(db_t *db, const char *text)
{
    sqlite3_stmt *statement = store_db_fixed(db, text);
    return store_db_do(db, statement) == IPUS_FINE;
}

/* Without a fault of the whole transaction: true, and the work's result is set. `apart`: what it
 * did goes back alone when it is refused. */
static bool run_one(db_t *db, store_work_t *work, bool apart)
{
    const db_tip_t tip = db->tip;
    size_t touched = db->touched.count, erased = db->erased.count;
    arena_reset(db->arena);
    if (apart && !quietly(db, "SAVEPOINT work")) {
        return false;
    }
    bool did = work->run(work, store_transaction_record(db));
    did = did && store_journal_rest(db, db->clock->wall(db->clock)) == IPUS_FINE;
    if (store_db_fault_is_shared(db)) {
        return false;
    }
    did = did && db->fault == 0;
    work->result = did ? STORE_DONE : db->fault != 0 ? result_of(db) : STORE_REFUSED;
    if (db->fault != 0) {
        log_line(LOG_ERROR, "the record refused a step: %s", store_db_error(db));
        forget_fault(db);
    }
    if (!did) {
        go_back(db, &tip, touched, erased);
    }
    return !apart || ((did || quietly(db, "ROLLBACK TO work")) && quietly(db, "RELEASE work"));
}

/* What was written before has its lines in the journal when the part begins: going back takes none
 * of them. */
bool store_part(ipus_record_t *record, bool (*part)(void *of, ipus_record_t *record), void *of)
{
    db_t *db = db_of(record);
    if (store_journal_rest(db, db->clock->wall(db->clock)) != IPUS_FINE ||
        !quietly(db, "SAVEPOINT part")) {
        return false;
    }
    const db_tip_t tip = db->tip;
    size_t touched = db->touched.count, erased = db->erased.count;
    bool did = part(of, record) && store_journal_rest(db, db->clock->wall(db->clock)) == IPUS_FINE;
    if (db->fault != 0) {
        return false; /* and so does the whole work */
    }
    if (!did) {
        go_back(db, &tip, touched, erased);
    }
    return (did || quietly(db, "ROLLBACK TO part")) && quietly(db, "RELEASE part") && did;
}

/* ---- one transaction ------------------------------------------------------------------------- */

ipus_code_t store_transaction_end_of_journal(db_t *db)
{
    if (db->tip.entry == db->tip.entry_kept) {
        return IPUS_FINE;
    }
    db->tip.entry_kept = db->tip.entry;
    buf_t *text = &db->sealed;
    buf_clear(text);
    store_journal_end(text, db->tip.entry, db->tip.chain, ' ');
    return text->failed ? store_db_broken(db, SQLITE_NOMEM)
                        : store_schema_set(db, "journal", buf_span(text));
}

/* `apart` NULL: each in a savepoint. Otherwise without, which takes a tenth less, as SQLite then
 * keeps no copy of every page that a work touches; when one is refused after it wrote something,
 * `*apart` is set and nothing was done. */
static bool attempt(store_t *store, store_work_t **works, size_t count, bool *apart)
{
    db_t *db = store->writer;
    store->moved.count = 0;
    bool fine = quietly(db, "BEGIN IMMEDIATE");
    size_t done = 0;
    for (size_t i = 0; i < count && fine; i++) {
        int64_t written = sqlite3_total_changes64(db->sql);
        fine = run_one(db, works[i], apart == NULL);
        bool did = fine && works[i]->result == STORE_DONE;
        if (fine && !did && apart != NULL && count > 1 &&
            sqlite3_total_changes64(db->sql) != written) {
            *apart = true;
            return false;
        }
        done += did;
    }
    if (fine && done == 0) {
        quietly(db, "ROLLBACK");
        return db->fault == 0;
    }
    fine = fine && store_changes_of_pools(db, &store->moved) == IPUS_FINE &&
           store_queue_moved(db, &store->moved) == IPUS_FINE &&
           store_transaction_end_of_journal(db) == IPUS_FINE &&
           store_answers_trim(db) == IPUS_FINE && store_pools_ready(store);
    if (fine) {
        /* What is in the log of a commit that failed may come back after a crash. */
        store->mends = !quietly(db, "COMMIT");
        fine = !store->mends;
    }
    return fine;
}

static void give_up(store_t *store, const db_tip_t *tip)
{
    db_t *db = store->writer;
    if (sqlite3_get_autocommit(db->sql) == 0) {
        sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
    }
    store->moved.count = 0;
    db->erases = false;
    db->queued.count = 0;
    go_back(db, tip, 0, 0);
}

/* After a commit that failed, what was written to the log but not synced is gone from nobody's
 * sight for sure: all that was committed is put into the file, the log is emptied, and the writer
 * begins afresh. */
static bool mend(store_t *store)
{
    db_t *db = store->writer;
    forget_fault(db);
    if ((!store->mends && !store->reopens) || store->in_memory) {
        store->mends = store->reopens = false;
        return true;
    }
    int code = SQLITE_OK;
    if (store->mends) {
        code = sqlite3_wal_checkpoint_v2(db->sql, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
    if (code != SQLITE_OK) {
        store_db_broken(db, code);
        return false;
    }
    buf_t why = {0};
    db_t *fresh = store_db_open(store->file, DB_WRITER, db->vault, db->clock, false, &why);
    buf_free(&why);
    if (fresh == NULL || store_transaction_learn(fresh) != IPUS_FINE) {
        store_db_close(fresh);
        store_db_broken(db, SQLITE_IOERR);
        return false;
    }
    store->writer = fresh;
    store_db_close(db);
    store->mends = store->reopens = false;
    return true;
}

static void fail_all(store_t *store, store_work_t **works, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        works[i]->result = result_of(store->writer);
    }
    if ((store->writer->fault & 0xff) == SQLITE_NOMEM) {
        log_line(LOG_ERROR, "there was no memory for a writing");
        return;
    }
    if (!store->disk_refuses) {
        log_line(LOG_ERROR, "the record cannot be written: %s",
                 sqlite3_errstr(store->writer->fault));
    }
    /* A file that was opened while the disk was read-only stays so for ever. */
    store->reopens = store->reopens || (store->writer->fault & 0xff) == SQLITE_READONLY;
    store->disk_refuses = true;
}

/* True when it was committed. */
static bool try_all(store_t *store, store_work_t **works, size_t count)
{
    bool mended = mend(store);
    const db_tip_t tip = store->writer->tip;
    bool apart = false;
    if (mended && attempt(store, works, count, &apart)) {
        return true;
    }
    if (apart) {
        give_up(store, &tip);
        if (attempt(store, works, count, NULL)) {
            return true;
        }
    }
    fail_all(store, works, count);
    give_up(store, &tip);
    forget_fault(store->writer);
    return false;
}

static void count_results(store_t *store, store_work_t **works, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        store->works++;
        store->refused += works[i]->result == STORE_REFUSED;
        store->failed += works[i]->result != STORE_REFUSED && works[i]->result != STORE_DONE;
    }
}

static void committed(store_t *store, uint64_t began)
{
    db_t *db = store->writer;
    store->commits++;
    store->commit_us += (store->options.clock->monotonic(store->options.clock) - began) / 1000;
    if (store->disk_refuses) {
        log_line(LOG_INFO, "the record is written again");
        store->disk_refuses = false;
    }
    if (db->erased.count > 0 && !store->in_memory &&
        !store_erase_note(store->folder, &db->erased)) {
        log_line(LOG_ERROR,
                 "what was erased could not be noted in %s/erased; it will be at the "
                 "next start",
                 store->folder);
    }
    store->truncates = store->truncates || db->erases;
    db->erases = false;
    db->erased.count = db->touched.count = db->queued.count = 0;
    store_pools_told(store);
    store_transactions_checkpoint(store, false);
}

void store_transactions_run(store_t *store, store_work_t **works, size_t count)
{
    uint64_t began = store->options.clock->monotonic(store->options.clock);
    if (try_all(store, works, count)) {
        committed(store, began);
    } else if (count > 1) {
        /* It may have been the fault of one. */
        int faults = 0;
        for (size_t i = 0; i < count; i++) {
            if (faults < FAULTS_IN_A_ROW && try_all(store, &works[i], 1)) {
                committed(store, began);
                faults = 0;
            } else {
                faults++;
            }
        }
    }
    count_results(store, works, count);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Nothing is written: a full disk is no reason. */
static store_result_t reading_result(const db_t *db)
{
    return (db->fault & 0xff) == SQLITE_NOMEM ? STORE_NO_MEMORY : STORE_BROKEN;
}

void store_transactions_read(store_t *store, store_work_t *work)
{
    pthread_mutex_lock(&store->guard);
    int free_one = -1;
    while (free_one < 0) {
        for (int i = 0; i < STORE_READERS; i++) {
            free_one = free_one < 0 && !store->reader_used[i] ? i : free_one;
        }
        if (free_one < 0) {
            pthread_cond_wait(&store->reader_back, &store->guard);
        }
    }
    store->reader_used[free_one] = true;
    db_t *db = store->readers[free_one];
    pthread_mutex_unlock(&store->guard);

    if (db == NULL) {
        buf_t why = {0};
        db = store_db_open(store->file, DB_READER, store->options.vault, store->options.clock,
                           false, &why);
        buf_free(&why);
    }
    work->result = STORE_BROKEN;
    if (db != NULL) {
        arena_reset(db->arena);
        store_keys_forget(db, 0); /* somebody may have been erased since */
        bool did = quietly(db, "BEGIN") && work->run(work, store_transaction_record(db));
        work->result = db->fault != 0 ? reading_result(db) : did ? STORE_DONE : STORE_REFUSED;
        forget_fault(db);
        sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
    }
    pthread_mutex_lock(&store->guard);
    store->readers[free_one] = db;
    store->reader_used[free_one] = false;
    pthread_cond_signal(&store->reader_back);
    pthread_mutex_unlock(&store->guard);
}

/* ---- checkpoints ----------------------------------------------------------------------------- */

void store_transactions_checkpoint(store_t *store, bool last)
{
    db_t *db = store->writer;
    if (store->in_memory ||
        (!last && !store->truncates && db->wal_pages < store->next_checkpoint)) {
        return;
    }
    bool truncates = last || store->truncates || db->wal_pages > TRUNCATE_PAGES;
    int pages = 0;
    int code = sqlite3_wal_checkpoint_v2(
        db->sql, NULL, truncates ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, NULL,
        &pages);
    if (code == SQLITE_OK && truncates) {
        store->truncates = false;
        db->wal_pages = 0;
    }
    /* While somebody reads the old pages it is of no use to try at every commit. */
    bool whole = code == SQLITE_OK && (truncates || pages >= db->wal_pages);
    store->next_checkpoint = whole ? CHECKPOINT_PAGES : db->wal_pages + CHECKPOINT_PAGES / 4;
}
