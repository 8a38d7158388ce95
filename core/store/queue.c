/* How many wait for a service: counted anew for each service whose queue a transaction touched. */
#include "store/inside.h"

/* Whoever was made an offer waits until it is taken. */
#define WAIT "state IN ('waiting', 'offered')"

typedef struct {
    char at[STORE_SERVICE_MAX];
    size_t len;
} service_t;

ipus_code_t store_queue_touch(db_t *db, span_t service)
{
    if (service.len > STORE_SERVICE_MAX) {
        return store_db_broken(db, SQLITE_TOOBIG);
    }
    if (service.len == 0) {
        return IPUS_FINE; /* waits for nothing that could be counted */
    }
    const service_t *queued = db->queued.at;
    for (size_t i = 0; i < db->queued.count; i++) {
        if (span_equal(service, (span_t){queued[i].at, queued[i].len})) {
            return IPUS_FINE;
        }
    }
    service_t *added = store_list_add(&db->queued, sizeof *added);
    if (added == NULL) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    added->len = service.len;
    memcpy(added->at, service.at, service.len);
    return IPUS_FINE;
}

static ipus_code_t count_waiting(db_t *db, span_t service, int64_t *waiting)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT count(*) FROM waiting WHERE service = ?1 AND " WAIT);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 1, service);
    int step = store_db_step(db, statement);
    *waiting = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    store_db_done(statement);
    return step == SQLITE_ROW ? IPUS_FINE : IPUS_BROKEN;
}

ipus_code_t store_queue_moved(db_t *db, list_t *moved)
{
    const service_t *queued = db->queued.at;
    ipus_code_t code = IPUS_FINE;
    for (size_t i = 0; i < db->queued.count && code == IPUS_FINE; i++) {
        moved_t *added = store_list_add(moved, sizeof *added);
        if (added == NULL) {
            return store_db_broken(db, SQLITE_NOMEM);
        }
        added->is_queue = true;
        added->service_len = queued[i].len;
        memcpy(added->service, queued[i].at, queued[i].len);
        code = count_waiting(db, (span_t){added->service, added->service_len}, &added->taken);
    }
    return code;
}

ipus_code_t store_queues(ipus_record_t *record, bool (*each)(void *of, const store_queue_t *queue),
                         void *of)
{
    sqlite3_stmt *statement = store_db_fixed(
        db_of(record), "SELECT service, count(*) FROM waiting WHERE " WAIT " GROUP BY service");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int step = SQLITE_DONE;
    bool goes_on = true;
    while (goes_on && (step = store_db_step(db_of(record), statement)) == SQLITE_ROW) {
        const store_queue_t queue = {store_db_bytes(statement, 0),
                                     sqlite3_column_int64(statement, 1)};
        goes_on = each(of, &queue);
    }
    store_db_done(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}
