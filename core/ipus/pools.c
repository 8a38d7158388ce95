#include "ipus/pools.h"
#include "ipus/shares.h"
#include "ipus/states.h"

/* ---- allotments ------------------------------------------------------------------------------ */

typedef struct {
    ipus_row_t *at;
    size_t count, cap;
    arena_t *arena;
    bool failed;
} rows_t;

static bool keep_row(void *of, const ipus_row_t *row)
{
    rows_t *rows = of;
    if (rows->count == rows->cap) {
        size_t cap = rows->cap > 0 ? rows->cap * 2 : 8;
        ipus_row_t *at = arena_array(rows->arena, cap, sizeof *at);
        if (at == NULL) {
            rows->failed = true;
            return false;
        }
        if (rows->count > 0) {
            memcpy(at, rows->at, rows->count * sizeof *at);
        }
        rows->at = at;
        rows->cap = cap;
    }
    rows->at[rows->count++] = *row;
    return true;
}

/* Those that a grant or an entry of the queue holds. */
static bool allotments(ipus_work_t *work, int holder, int64_t id, rows_t *rows)
{
    ipus_query_t query = IPUS_QUERY(IPUS_ALLOTMENT);
    ipus_query_equal(&query, holder, id);
    *rows = (rows_t){.arena = work->record->arena};
    return ipus_work_find(work, &query, keep_row, rows) &&
           (!rows->failed || ipus_work_fine(work, IPUS_BROKEN));
}

static bool add_allotment(ipus_work_t *work, const ipus_row_t *holder, const ipus_pool_t *pool,
                          int64_t units, int64_t over)
{
    ipus_row_t row = {.kind = IPUS_ALLOTMENT};
    ipus_set(&row, holder->kind == IPUS_GRANTED ? ALLOTMENT_GRANTED : ALLOTMENT_WAITING,
             holder->id);
    ipus_set_text(&row, ALLOTMENT_SERVICE, pool->service);
    ipus_set_date(&row, ALLOTMENT_BEGINS, pool->from);
    ipus_set_date(&row, ALLOTMENT_ENDS, pool->to);
    ipus_set(&row, ALLOTMENT_UNITS, units);
    ipus_set(&row, ALLOTMENT_OVER, over);
    return ipus_work_add(work, &row);
}

/* Gives back so much of an allotment; what is beyond the pool goes first. */
static bool shrink(ipus_work_t *work, ipus_row_t *allotment, int64_t units)
{
    const ipus_pool_t pool = {ipus_text(allotment, ALLOTMENT_SERVICE),
                              ipus_date(allotment, ALLOTMENT_BEGINS),
                              ipus_date(allotment, ALLOTMENT_ENDS)};
    int64_t over = ipus_number(allotment, ALLOTMENT_OVER), taken = 0;
    over = over < units ? over : units;
    ipus_set(allotment, ALLOTMENT_UNITS, ipus_number(allotment, ALLOTMENT_UNITS) - units);
    ipus_set(allotment, ALLOTMENT_OVER, ipus_number(allotment, ALLOTMENT_OVER) - over);
    return ipus_work_fine(work, work->record->take(work->record->context, &pool, -units, -over,
                                                   INT64_MAX, &taken)) &&
           ipus_work_set(work, allotment, "give-back");
}

/* ---- taking ---------------------------------------------------------------------------------- */

static bool refuse_used_up(ipus_work_t *work, const ipus_pool_t *pool, int64_t left, int64_t needed)
{
    const span_t arguments[] = {pool->service,
                                ipus_work_date(work, pool->from),
                                ipus_work_date(work, pool->to),
                                ipus_work_units(work, left),
                                ipus_work_units(work, needed),
                                ipus_work_date(work, date_add(pool->to, 1))};
    return ipus_work_refuse_with(work, IPUS_POOL_USED_UP, -1, arguments, 6);
}

/* What is missing is taken beyond the pool where that is overridden, and refused otherwise. */
static bool take(ipus_work_t *work, const ipus_row_t *holder, const share_t *share, span_t service)
{
    const ipus_pool_t pool = {service, share->from, share->to};
    ipus_record_t *record = work->record;
    int64_t taken = 0, over = 0;
    ipus_code_t code = record->take(record->context, &pool, share->units, 0, share->cap, &taken);
    if (code == IPUS_USED_UP) {
        int64_t left = share->cap > taken ? share->cap - taken : 0;
        if (!ipus_work_overrides(work)) {
            return refuse_used_up(work, &pool, left, share->units);
        }
        over = share->units - left;
        code = record->take(record->context, &pool, share->units, over, share->cap, &taken);
    }
    return ipus_work_fine(work, code) && add_allotment(work, holder, &pool, share->units, over);
}

static shares_t shares_of_grant(ipus_work_t *work, const ipus_row_t *granted)
{
    return ipus_shares_of_pool(work, ipus_text(granted, GRANTED_SERVICE),
                               ipus_date(granted, GRANTED_BEGINS), ipus_date(granted, GRANTED_ENDS),
                               ipus_number(granted, GRANTED_QUANTITY));
}

static bool take_shares(ipus_work_t *work, const ipus_row_t *granted, shares_t shares)
{
    for (size_t i = 0; i < shares.count; i++) {
        if (shares.at[i].cap >= 0 && shares.at[i].units > 0 &&
            !take(work, granted, &shares.at[i], ipus_text(granted, GRANTED_SERVICE))) {
            return false;
        }
    }
    return true;
}

bool ipus_pools_compete(ipus_work_t *work, const ipus_row_t *granted, bool *competes)
{
    shares_t shares = shares_of_grant(work, granted);
    *competes = false;
    for (size_t i = 0; shares.at != NULL && i < shares.count; i++) {
        *competes =
            *competes || (shares.at[i].cap >= 0 && shares.at[i].units > 0 &&
                          date_within(work->command->today, shares.at[i].from, shares.at[i].to));
    }
    return shares.at != NULL || ipus_work_fine(work, IPUS_BROKEN);
}

bool ipus_pools_take(ipus_work_t *work, const ipus_row_t *granted)
{
    shares_t shares = shares_of_grant(work, granted);
    return shares.at != NULL ? take_shares(work, granted, shares)
                             : ipus_work_fine(work, IPUS_BROKEN);
}

/* ---- giving back ----------------------------------------------------------------------------- */

/* From the latest period on. */
static bool free_unused(ipus_work_t *work, const ipus_row_t *granted, bool *freed)
{
    rows_t rows;
    if (!allotments(work, ALLOTMENT_GRANTED, granted->id, &rows)) {
        return false;
    }
    int64_t unused = -ipus_number(granted, GRANTED_ORDERED);
    for (size_t i = 0; i < rows.count; i++) {
        unused += ipus_number(&rows.at[i], ALLOTMENT_UNITS);
    }
    for (size_t i = rows.count; i > 0 && unused > 0; i--) {
        ipus_row_t *row = &rows.at[i - 1];
        int64_t units = ipus_number(row, ALLOTMENT_UNITS);
        units = units < unused ? units : unused;
        if (units == 0 || date_before(ipus_date(row, ALLOTMENT_ENDS), work->command->today)) {
            continue;
        }
        if (!shrink(work, row, units)) {
            return false;
        }
        unused -= units;
        *freed = true;
    }
    return true;
}

bool ipus_pools_give_back(ipus_work_t *work, const ipus_row_t *granted)
{
    bool freed = false;
    return free_unused(work, granted, &freed) &&
           (!freed || ipus_work_freed(work, ipus_text(granted, GRANTED_SERVICE)));
}

bool ipus_pools_pass_on(ipus_work_t *work, const ipus_row_t *from, const ipus_row_t *to)
{
    return ipus_pools_give_back(work, from) && ipus_pools_take(work, to);
}

/* ---- for the queue --------------------------------------------------------------------------- */

/* Without a pool its cap is -1. */
static bool pool_today(ipus_work_t *work, span_t service, share_t *share)
{
    date_t today = work->command->today;
    shares_t shares = ipus_shares_of_pool(work, service, today, today, 0);
    if (shares.at == NULL) {
        return ipus_work_fine(work, IPUS_BROKEN);
    }
    *share = shares.at[0];
    return true;
}

bool ipus_pools_left(ipus_work_t *work, span_t service, int64_t *cap, int64_t *left)
{
    share_t share = {.cap = -1};
    if (!pool_today(work, service, &share)) {
        return false;
    }
    *cap = share.cap;
    *left = 0;
    if (share.cap < 0) {
        return true;
    }
    const ipus_pool_t pool = {service, share.from, share.to};
    int64_t taken = 0;
    ipus_code_t code = work->record->take(work->record->context, &pool, 0, 0, INT64_MAX, &taken);
    *left = share.cap > taken ? share.cap - taken : 0;
    return ipus_work_fine(work, code);
}

bool ipus_pools_may_hold(ipus_work_t *work, const ipus_row_t *waiting)
{
    share_t share = {.cap = -1};
    span_t service = ipus_text(waiting, WAITING_SERVICE);
    int64_t cap = -1, left = 0, needed = ipus_number(waiting, WAITING_QUANTITY);
    if (!pool_today(work, service, &share) || !ipus_pools_left(work, service, &cap, &left)) {
        return false;
    }
    const ipus_pool_t pool = {service, share.from, share.to};
    return cap < 0 || left >= needed || ipus_work_overrides(work) ||
           refuse_used_up(work, &pool, left, needed);
}

bool ipus_pools_hold(ipus_work_t *work, const ipus_row_t *waiting)
{
    share_t share = {.cap = -1};
    span_t service = ipus_text(waiting, WAITING_SERVICE);
    if (!pool_today(work, service, &share)) {
        return false;
    }
    share.units = ipus_number(waiting, WAITING_QUANTITY);
    return share.cap < 0 || take(work, waiting, &share, service);
}

bool ipus_pools_release(ipus_work_t *work, const ipus_row_t *waiting)
{
    rows_t rows;
    if (!allotments(work, ALLOTMENT_WAITING, waiting->id, &rows)) {
        return false;
    }
    for (size_t i = 0; i < rows.count; i++) {
        int64_t units = ipus_number(&rows.at[i], ALLOTMENT_UNITS);
        if (units > 0 && !shrink(work, &rows.at[i], units)) {
            return false;
        }
    }
    return true;
}
