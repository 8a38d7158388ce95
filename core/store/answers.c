/* Answers remembered for a day, so that a client that asks again is told the same and nothing is
 * done twice. On the disk they stand by time, as an index over random keys would dirty a page for
 * each; where one stands is known in memory. Sealed, as they tell of people. */
#include "store/inside.h"

#include <stdlib.h>

#define ANSWERS_MOST ((size_t)1 << 18)
#define TRIM_AT_LEAST 256

static answer_t *at(const answers_t *answers, size_t place)
{
    return &answers->ring[(answers->first + place) & (answers->cap - 1)];
}

static int32_t *bucket_of(const answers_t *answers, int64_t asker)
{
    uint64_t hash = (uint64_t)asker * UINT64_C(0x9e3779b97f4a7c15);
    return &answers->buckets[(hash >> 32) & (answers->cap - 1)];
}

static int32_t ring_place(const answers_t *answers, size_t place)
{
    return (int32_t)((answers->first + place) & (answers->cap - 1)) + 1;
}

static void hang_in(answers_t *answers, size_t place)
{
    answer_t *it = at(answers, place);
    int32_t *bucket = bucket_of(answers, it->asker);
    it->next = *bucket;
    *bucket = ring_place(answers, place);
}

static void take_out(answers_t *answers, size_t place)
{
    answer_t *it = at(answers, place);
    int32_t *link = bucket_of(answers, it->asker);
    while (*link != ring_place(answers, place)) {
        link = &answers->ring[*link - 1].next;
    }
    *link = it->next;
}

static void forget_first(answers_t *answers)
{
    take_out(answers, 0);
    answers->gone = at(answers, 0)->number;
    answers->first = (answers->first + 1) & (answers->cap - 1);
    answers->count--;
}

static bool grow(answers_t *answers)
{
    size_t cap = answers->cap == 0 ? 256 : answers->cap * 2;
    answer_t *ring = calloc(cap, sizeof *ring);
    int32_t *buckets = calloc(cap, sizeof *buckets);
    if (ring == NULL || buckets == NULL) {
        free(ring);
        free(buckets);
        return false;
    }
    for (size_t i = 0; i < answers->count; i++) {
        ring[i] = *at(answers, i);
    }
    free(answers->ring);
    free(answers->buckets);
    answers->ring = ring;
    answers->buckets = buckets;
    answers->cap = cap;
    answers->first = 0;
    for (size_t i = 0; i < answers->count; i++) {
        hang_in(answers, i);
    }
    return true;
}

static bool keep(answers_t *answers, const answer_t *answer)
{
    if (answers->count == answers->cap && answers->cap == ANSWERS_MOST) {
        forget_first(answers);
    }
    if (answers->count == answers->cap && !grow(answers)) {
        return false;
    }
    *at(answers, answers->count) = *answer;
    hang_in(answers, answers->count++);
    return true;
}

void store_answers_free(answers_t *answers)
{
    free(answers->ring);
    free(answers->buckets);
    *answers = (answers_t){0};
}

void store_answers_roll_back(db_t *db)
{
    answers_t *answers = &db->answers;
    while (answers->count > 0 && at(answers, answers->count - 1)->number > db->tip.answer) {
        take_out(answers, --answers->count);
    }
    if (answers->key > db->tip.key) {
        answers->key = 0;
    }
}

ipus_code_t store_answers_load(db_t *db)
{
    store_answers_free(&db->answers);
    sqlite3_stmt *statement = store_db_fixed(db, "SELECT number, at, asker, request FROM answers"
                                                 " WHERE number > ?1 ORDER BY number");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int64_t from = db->clock->wall(db->clock) - STORE_DAY_MS;
    sqlite3_bind_int64(statement, 1, db->tip.answer - (int64_t)ANSWERS_MOST);
    int step = SQLITE_DONE;
    while ((step = store_db_step(db, statement)) == SQLITE_ROW) {
        const answer_t answer = {.asker = sqlite3_column_int64(statement, 2),
                                 .number = sqlite3_column_int64(statement, 0),
                                 .at = sqlite3_column_int64(statement, 1),
                                 .request = (uint64_t)sqlite3_column_int64(statement, 3)};
        if (answer.at < from) {
            db->answers.gone = answer.number;
        } else if (!keep(&db->answers, &answer)) {
            store_db_broken(db, SQLITE_NOMEM);
            break;
        }
    }
    store_db_done(statement);
    return step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

ipus_code_t store_answers_trim(db_t *db)
{
    answers_t *answers = &db->answers;
    if (answers->gone < answers->trimmed + TRIM_AT_LEAST) {
        return IPUS_FINE;
    }
    sqlite3_stmt *statement = store_db_fixed(db, "DELETE FROM answers WHERE number <= ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, answers->gone);
    answers->trimmed = answers->gone;
    return store_db_do(db, statement);
}

ipus_code_t store_answers_forget_all(db_t *db)
{
    sqlite3_stmt *statement = store_db_fixed(
        db, "UPDATE keys SET sealed = NULL WHERE kind = 'answers' AND sealed IS NOT NULL");
    db->answers.key = 0;
    store_keys_forget(db, 0);
    return store_db_do(db, statement);
}

/* ---- asking and telling ---------------------------------------------------------------------- */

static int64_t asker_of(db_t *db, int64_t account, span_t key)
{
    buf_clear(&db->text);
    buf_int(&db->text, account);
    buf_byte(&db->text, ' ');
    buf_add(&db->text, key);
    return db->text.failed ? 0 : vault_blind(db->vault, "answers.asker", buf_span(&db->text));
}

static const answer_t *known(const answers_t *answers, int64_t asker, int64_t now)
{
    int32_t place = answers->cap == 0 ? 0 : *bucket_of(answers, asker);
    while (place != 0) {
        const answer_t *it = &answers->ring[place - 1];
        if (it->asker == asker && it->at > now - STORE_DAY_MS) {
            return it;
        }
        place = it->next;
    }
    return NULL;
}

static ipus_code_t read_answer(db_t *db, int64_t number, unsigned *status, span_t *answer)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT status, sealed_by, answer FROM answers WHERE number = ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, number);
    if (store_db_step(db, statement) != SQLITE_ROW) {
        store_db_done(statement);
        return store_db_broken(db, SQLITE_CORRUPT);
    }
    const vault_key_t *key = NULL;
    const vault_place_t place = {"answers", "answer", number};
    *status = (unsigned)sqlite3_column_int(statement, 0);
    *answer = SPAN("");
    ipus_code_t code = store_keys_open(db, sqlite3_column_int64(statement, 1), &key);
    if (code == IPUS_FINE) {
        buf_clear(&db->sealed);
        bool opens = vault_unseal(key, &place, store_db_bytes(statement, 2), &db->sealed);
        *answer = opens ? arena_copy(db->arena, buf_span(&db->sealed)) : SPAN_NONE;
        vault_wipe(db->sealed.at, db->sealed.len);
        code = answer->at != NULL ? IPUS_FINE
                                  : store_db_broken(db, opens ? SQLITE_NOMEM : SQLITE_ERROR);
    }
    store_db_done(statement);
    return code == IPUS_ABSENT ? IPUS_FINE : code;
}

ipus_code_t store_replay(ipus_record_t *record, int64_t account, span_t key, uint64_t request,
                         int64_t now, unsigned *status, span_t *answer)
{
    db_t *db = db_of(record);
    int64_t asker = asker_of(db, account, key);
    if (!db->writes || asker == 0) {
        return store_db_broken(db, db->writes ? SQLITE_NOMEM : SQLITE_MISUSE);
    }
    const answer_t *it = known(&db->answers, asker, now);
    if (it == NULL) {
        return IPUS_ABSENT;
    }
    return it->request == request ? read_answer(db, it->number, status, answer) : IPUS_TWICE;
}

static ipus_code_t destroy_old_keys(db_t *db, int64_t now)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "UPDATE keys SET sealed = NULL WHERE kind = 'answers'"
                           " AND sealed IS NOT NULL AND row < ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, now - 2 * STORE_DAY_MS);
    return store_db_do(db, statement);
}

/* A key a day (its "row" is when it was made), so that what an answer told is gone for good soon
 * after it is forgotten. */
static ipus_code_t current_key(db_t *db, int64_t now, const vault_key_t **key)
{
    answers_t *answers = &db->answers;
    if (answers->key == 0 || answers->key_at < now - STORE_DAY_MS) {
        ipus_code_t code = destroy_old_keys(db, now);
        code = code == IPUS_FINE ? store_keys_new(db, "answers", now, &answers->key) : code;
        answers->key_at = now;
        if (code != IPUS_FINE) {
            answers->key = 0;
            return code;
        }
    }
    return store_keys_open(db, answers->key, key);
}

ipus_code_t store_remember(ipus_record_t *record, int64_t account, span_t key, uint64_t request,
                           int64_t now, unsigned status, span_t answer)
{
    db_t *db = db_of(record);
    const vault_key_t *sealing = NULL;
    int64_t asker = asker_of(db, account, key);
    if (!db->writes || asker == 0) {
        return store_db_broken(db, db->writes ? SQLITE_NOMEM : SQLITE_MISUSE);
    }
    ipus_code_t code = current_key(db, now, &sealing);
    sqlite3_stmt *statement =
        code != IPUS_FINE
            ? NULL
            : store_db_fixed(db,
                             "INSERT INTO answers (number, at, asker, request, status, sealed_by,"
                             " answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int64_t number = db->tip.answer + 1;
    const vault_place_t place = {"answers", "answer", number};
    buf_clear(&db->sealed);
    vault_seal(sealing, &place, answer, &db->sealed);
    sqlite3_bind_int64(statement, 1, number);
    sqlite3_bind_int64(statement, 2, now);
    sqlite3_bind_int64(statement, 3, asker);
    sqlite3_bind_int64(statement, 4, (int64_t)request);
    sqlite3_bind_int64(statement, 5, status);
    sqlite3_bind_int64(statement, 6, db->answers.key);
    sqlite3_bind_blob64(statement, 7, db->sealed.at, db->sealed.len, SQLITE_STATIC);
    const answer_t kept = {.asker = asker, .number = number, .at = now, .request = request};
    code = db->sealed.failed ? store_db_broken(db, SQLITE_NOMEM) : store_db_do(db, statement);
    if (code != IPUS_FINE || !keep(&db->answers, &kept)) {
        return code != IPUS_FINE ? code : store_db_broken(db, SQLITE_NOMEM);
    }
    db->tip.answer = number;
    while (db->answers.count > 1 && at(&db->answers, 0)->at < now - STORE_DAY_MS) {
        forget_first(&db->answers);
    }
    return IPUS_FINE;
}
