/* What is counted: pools, running numbers; and the public changes that come of it. */
#include "store/inside.h"

#define CHANGES_KEPT 100000

typedef struct {
    int64_t id, taken;
} pool_t;

static ipus_code_t find_pool(db_t *db, const ipus_pool_t *pool, pool_t *found)
{
    sqlite3_stmt *statement = store_db_fixed(
        db, "SELECT id, taken FROM pools WHERE service = ?1 AND begins = ?2 AND ends = ?3");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 1, pool->service);
    store_db_bind_day(db, statement, 2, pool->from);
    store_db_bind_day(db, statement, 3, pool->to);
    int step = store_db_step(db, statement);
    if (step == SQLITE_ROW) {
        *found = (pool_t){sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1)};
    }
    store_db_done(statement);
    return step == SQLITE_ROW ? IPUS_FINE : step == SQLITE_DONE ? IPUS_ABSENT : IPUS_BROKEN;
}

static ipus_code_t add_pool(db_t *db, const ipus_pool_t *pool, pool_t *added)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "INSERT INTO pools (service, begins, ends, taken, over)"
                           " VALUES (?1, ?2, ?3, 0, 0)");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 1, pool->service);
    store_db_bind_day(db, statement, 2, pool->from);
    store_db_bind_day(db, statement, 3, pool->to);
    ipus_code_t code = store_db_do(db, statement);
    *added = (pool_t){sqlite3_last_insert_rowid(db->sql), 0};
    return code;
}

static ipus_code_t touch(db_t *db, int64_t pool)
{
    const int64_t *touched = db->touched.at;
    for (size_t i = 0; i < db->touched.count; i++) {
        if (touched[i] == pool) {
            return IPUS_FINE;
        }
    }
    int64_t *added = store_list_add(&db->touched, sizeof *added);
    if (added == NULL) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    *added = pool;
    return IPUS_FINE;
}

ipus_code_t store_pools_take_units(void *context, const ipus_pool_t *pool, int64_t units,
                                   int64_t over, int64_t cap, int64_t *taken)
{
    db_t *db = context;
    pool_t found = {0};
    if (pool->service.len > STORE_SERVICE_MAX) {
        return store_db_broken(db, SQLITE_TOOBIG);
    }
    ipus_code_t code = find_pool(db, pool, &found);
    if (units == 0) { /* only asks */
        *taken = found.taken;
        return code == IPUS_ABSENT ? IPUS_FINE : code;
    }
    code = code == IPUS_ABSENT ? add_pool(db, pool, &found) : code;
    sqlite3_stmt *statement =
        code != IPUS_FINE
            ? NULL
            : store_db_fixed(db, "UPDATE pools SET taken = taken + ?2 - ?3, over = over + ?3"
                                 " WHERE id = ?1 AND (?2 <= 0 OR ?3 <> 0 OR taken + ?2 <= ?4)");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, found.id);
    sqlite3_bind_int64(statement, 2, units);
    sqlite3_bind_int64(statement, 3, over);
    sqlite3_bind_int64(statement, 4, cap);
    *taken = found.taken;
    code = store_db_do(db, statement);
    if (code != IPUS_FINE) {
        return code;
    }
    if (sqlite3_changes(db->sql) == 0) {
        return IPUS_USED_UP;
    }
    *taken += units - over;
    return touch(db, found.id);
}

ipus_code_t store_pools_series(void *context, const char *name, int64_t of, int64_t *number)
{
    db_t *db = context;
    sqlite3_stmt *statement =
        store_db_fixed(db, "INSERT INTO series (name, of, last) VALUES (?1, ?2, 1)"
                           " ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 1, span_of(name));
    sqlite3_bind_int64(statement, 2, of);
    int step = store_db_step(db, statement);
    *number = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    /* It is done only when it has been stepped to its end. */
    step = step == SQLITE_ROW ? store_db_step(db, statement) : step;
    store_db_done(statement);
    return step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

static bool is_row(int step)
{
    return step == SQLITE_ROW;
}

ipus_code_t store_pools(ipus_record_t *record, bool (*each)(void *of, const store_pool_t *pool),
                        void *of)
{
    db_t *db = db_of(record);
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT service, begins, ends, taken FROM pools ORDER BY id");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int step = SQLITE_DONE;
    bool goes_on = true;
    while (goes_on && is_row(step = store_db_step(db, statement))) {
        const store_pool_t pool = {.service = store_db_bytes(statement, 0),
                                   .from = store_db_day(statement, 1),
                                   .to = store_db_day(statement, 2),
                                   .taken = sqlite3_column_int64(statement, 3)};
        goes_on = each(of, &pool);
    }
    store_db_done(statement);
    return is_row(step) || step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

/* ---- public changes -------------------------------------------------------------------------- */

static ipus_code_t read_moved(db_t *db, int64_t pool, moved_t *moved)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT service, begins, ends, taken FROM pools WHERE id = ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, pool);
    int step = store_db_step(db, statement);
    if (is_row(step)) {
        span_t service = store_db_bytes(statement, 0);
        *moved = (moved_t){.service_len =
                               service.len < STORE_SERVICE_MAX ? service.len : STORE_SERVICE_MAX,
                           .from = store_db_day(statement, 1),
                           .to = store_db_day(statement, 2),
                           .taken = sqlite3_column_int64(statement, 3)};
        memcpy(moved->service, service.at, moved->service_len);
    }
    store_db_done(statement);
    return is_row(step)          ? IPUS_FINE
           : step == SQLITE_DONE ? IPUS_ABSENT /* added by a work that was rolled back */
                                 : IPUS_BROKEN;
}

static ipus_code_t write_change(db_t *db, const moved_t *moved, int64_t now)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "INSERT INTO changes (cursor, at, what, service, begins, ends, taken)"
                           " VALUES (?1, ?2, 'availability', ?3, ?4, ?5, ?6)");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, ++db->tip.change);
    sqlite3_bind_int64(statement, 2, now);
    store_db_bind_text(statement, 3, (span_t){moved->service, moved->service_len});
    store_db_bind_day(db, statement, 4, moved->from);
    store_db_bind_day(db, statement, 5, moved->to);
    sqlite3_bind_int64(statement, 6, moved->taken);
    return store_db_do(db, statement);
}

static ipus_code_t forget_changes(db_t *db)
{
    sqlite3_stmt *statement = store_db_fixed(db, "DELETE FROM changes WHERE cursor <= ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, db->tip.change - CHANGES_KEPT);
    return store_db_do(db, statement);
}

static ipus_code_t change_of_pool(db_t *db, int64_t pool, int64_t now, list_t *moved)
{
    moved_t *added = store_list_add(moved, sizeof *added);
    if (added == NULL) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    ipus_code_t code = read_moved(db, pool, added);
    if (code == IPUS_ABSENT) {
        moved->count--;
        return IPUS_FINE;
    }
    code = code == IPUS_FINE ? write_change(db, added, now) : code;
    return code == IPUS_FINE && db->tip.change % 1024 == 0 ? forget_changes(db) : code;
}

ipus_code_t store_changes_of_pools(db_t *db, list_t *moved)
{
    const int64_t *touched = db->touched.at;
    const int64_t now = db->touched.count > 0 ? db->clock->wall(db->clock) : 0;
    ipus_code_t code = IPUS_FINE;
    moved->count = 0;
    for (size_t i = 0; i < db->touched.count && code == IPUS_FINE; i++) {
        code = change_of_pool(db, touched[i], now, moved);
    }
    return code;
}

ipus_code_t store_note_rules(ipus_record_t *record, span_t version, int64_t now)
{
    db_t *db = db_of(record);
    sqlite3_stmt *statement = store_db_fixed(
        db, "INSERT INTO changes (cursor, at, what, version) VALUES (?1, ?2, 'rules', ?3)");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, ++db->tip.change);
    sqlite3_bind_int64(statement, 2, now);
    store_db_bind_text(statement, 3, version);
    return store_db_do(db, statement);
}

ipus_code_t store_changes(ipus_record_t *record, int64_t after, int limit,
                          bool (*each)(void *of, const store_change_t *change), void *of)
{
    db_t *db = db_of(record);
    sqlite3_stmt *statement = store_db_fixed(
        db, "SELECT cursor, at, what, service, begins, ends, taken, version FROM changes"
            " WHERE cursor > ?1 ORDER BY cursor LIMIT ?2");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int(statement, 2, limit > 0 ? limit : -1);
    int step = SQLITE_DONE;
    bool goes_on = true;
    while (goes_on && is_row(step = store_db_step(db, statement))) {
        const store_change_t change = {.cursor = sqlite3_column_int64(statement, 0),
                                       .at = sqlite3_column_int64(statement, 1),
                                       .what = store_db_bytes(statement, 2),
                                       .service = store_db_bytes(statement, 3),
                                       .from = store_db_day(statement, 4),
                                       .to = store_db_day(statement, 5),
                                       .taken = sqlite3_column_int64(statement, 6),
                                       .version = store_db_bytes(statement, 7)};
        goes_on = each(of, &change);
    }
    store_db_done(statement);
    return is_row(step) || step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}
