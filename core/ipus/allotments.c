#include "ipus/allotments.h"
#include "ipus/states.h"

static bool keep_row(void *of, const ipus_row_t *row)
{
    ipus_allotments_t *rows = of;
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

bool ipus_allotments_of(ipus_work_t *work, int holder, int64_t id, ipus_allotments_t *rows)
{
    ipus_query_t query = IPUS_QUERY(IPUS_ALLOTMENT);
    ipus_query_equal(&query, holder, id);
    *rows = (ipus_allotments_t){.arena = work->record->arena};
    return ipus_work_find(work, &query, keep_row, rows) &&
           (!rows->failed || ipus_work_fine(work, IPUS_BROKEN));
}

ipus_pool_t ipus_allotments_pool(const ipus_row_t *allotment)
{
    return (ipus_pool_t){ipus_text(allotment, ALLOTMENT_SERVICE),
                         ipus_date(allotment, ALLOTMENT_BEGINS),
                         ipus_date(allotment, ALLOTMENT_ENDS)};
}

static bool add(ipus_work_t *work, const ipus_row_t *holder, const ipus_claim_t *claim,
                int64_t over)
{
    ipus_row_t row = {.kind = IPUS_ALLOTMENT};
    ipus_set(&row, holder->kind == IPUS_GRANTED ? ALLOTMENT_GRANTED : ALLOTMENT_WAITING,
             holder->id);
    ipus_set_text(&row, ALLOTMENT_SERVICE, claim->pool.service);
    ipus_set_date(&row, ALLOTMENT_BEGINS, claim->pool.from);
    ipus_set_date(&row, ALLOTMENT_ENDS, claim->pool.to);
    ipus_set(&row, ALLOTMENT_UNITS, claim->units);
    ipus_set(&row, ALLOTMENT_OVER, over);
    if (claim->place) {
        ipus_set(&row, ALLOTMENT_PLACE, 1);
    }
    return ipus_work_add(work, &row);
}

static bool grow(ipus_work_t *work, ipus_row_t *row, int64_t units, int64_t over)
{
    ipus_set(row, ALLOTMENT_UNITS, ipus_number(row, ALLOTMENT_UNITS) + units);
    ipus_set(row, ALLOTMENT_OVER, ipus_number(row, ALLOTMENT_OVER) + over);
    return ipus_work_set(work, row, "take");
}

bool ipus_allotments_take(ipus_work_t *work, const ipus_row_t *holder, const ipus_claim_t *claim,
                          ipus_row_t *row, int64_t *left)
{
    ipus_record_t *record = work->record;
    const ipus_pool_t *pool = &claim->pool;
    int64_t cap = claim->cap, units = claim->units, taken = 0, over = 0;
    ipus_code_t code = record->take(record->context, pool, units, 0, cap, &taken);
    *left = -1;
    if (code == IPUS_USED_UP) {
        int64_t free = cap > taken ? cap - taken : 0;
        if (!ipus_work_overrides(work)) {
            *left = free;
            return true;
        }
        over = units - free;
        code = record->take(record->context, pool, units, over, cap, &taken);
    }
    return ipus_work_fine(work, code) &&
           (row->id != 0 ? grow(work, row, units, over) : add(work, holder, claim, over));
}

bool ipus_allotments_shrink(ipus_work_t *work, ipus_row_t *allotment, int64_t units)
{
    const ipus_pool_t pool = ipus_allotments_pool(allotment);
    int64_t over = ipus_number(allotment, ALLOTMENT_OVER), taken = 0;
    over = over < units ? over : units;
    ipus_set(allotment, ALLOTMENT_UNITS, ipus_number(allotment, ALLOTMENT_UNITS) - units);
    ipus_set(allotment, ALLOTMENT_OVER, ipus_number(allotment, ALLOTMENT_OVER) - over);
    return ipus_work_fine(work, work->record->take(work->record->context, &pool, -units, -over,
                                                   INT64_MAX, &taken)) &&
           ipus_work_set(work, allotment, "give-back");
}

/* ---- what is used ---------------------------------------------------------------------------- */

typedef struct {
    int64_t order; /* at work, counted apart */
    int64_t used;
} used_t;

static bool add_used(void *of, const ipus_row_t *order)
{
    used_t *used = of;
    used->used += order->id != used->order ? ipus_order_used(order) : 0;
    return true;
}

bool ipus_allotments_used(ipus_work_t *work, int by, int64_t id, const ipus_pool_t *pool,
                          int64_t *used)
{
    const ipus_row_t *own = work->row.kind == IPUS_ORDER ? &work->row : NULL;
    used_t sum = {.order = own != NULL ? own->id : 0};
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, by, id);
    ipus_query_text(&query, ORDER_SERVICE, pool->service);
    ipus_query_equal(&query, ORDER_COUNTS, 1);
    query.range = ORDER_PLANNED_ON;
    query.from = pool->from.days;
    query.to = pool->to.days;
    query.only = UINT32_C(1) << ORDER_QUANTITY | UINT32_C(1) << ORDER_DELIVERED |
                 UINT32_C(1) << ORDER_COUNTS;
    if (!ipus_work_find(work, &query, add_used, &sum)) {
        return false;
    }
    bool counts = own != NULL && ipus_number(own, by) == id &&
                  span_equal(ipus_text(own, ORDER_SERVICE), pool->service) &&
                  date_within(ipus_date(own, ORDER_PLANNED_ON), pool->from, pool->to);
    *used = sum.used + (counts ? ipus_order_used(own) : 0);
    return true;
}
