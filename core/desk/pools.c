/* What is taken of the pools: a table by service and the first day of the period. How many wait for
 * a service: the same without a day. */
#include "desk/inside.h"

#include <stdlib.h>

typedef struct {
    span_t service; /* ours; .at NULL: free */
    date_t from;
    int64_t taken;
} entry_t;

struct desk_pools {
    entry_t *at;
    size_t count, cap; /* a power of two */
};

desk_pools_t *desk_pools_new(void)
{
    return calloc(1, sizeof(desk_pools_t));
}

void desk_pools_free(desk_pools_t *pools)
{
    if (pools == NULL) {
        return;
    }
    for (size_t i = 0; i < pools->cap; i++) {
        free((char *)pools->at[i].service.at);
    }
    free(pools->at);
    free(pools);
}

static entry_t *place(entry_t *at, size_t cap, span_t service, date_t from)
{
    size_t i = (span_hash(service) ^ (uint64_t)(uint32_t)from.days * 0x9e3779b9u) & (cap - 1);
    while (at[i].service.at != NULL &&
           !(date_equal(at[i].from, from) && span_equal(at[i].service, service))) {
        i = (i + 1) & (cap - 1);
    }
    return &at[i];
}

static bool grow(desk_pools_t *pools)
{
    size_t cap = pools->cap == 0 ? 64 : pools->cap * 2;
    entry_t *at = calloc(cap, sizeof *at);
    if (at == NULL) {
        return false;
    }
    for (size_t i = 0; i < pools->cap; i++) {
        if (pools->at[i].service.at != NULL) {
            *place(at, cap, pools->at[i].service, pools->at[i].from) = pools->at[i];
        }
    }
    free(pools->at);
    pools->at = at;
    pools->cap = cap;
    return true;
}

bool desk_pools_put(desk_pools_t *pools, const store_pool_t *pool)
{
    if (pools->count * 2 >= pools->cap && !grow(pools)) {
        return false;
    }
    entry_t *entry = place(pools->at, pools->cap, pool->service, pool->from);
    if (entry->service.at == NULL) {
        char *copy = span_copy(pool->service);
        if (copy == NULL) {
            return false;
        }
        *entry = (entry_t){{copy, pool->service.len}, pool->from, 0};
        pools->count++;
    }
    entry->taken = pool->taken;
    return true;
}

int64_t desk_pools_taken(const desk_pools_t *pools, span_t service, date_t from)
{
    return pools->cap == 0 ? 0 : place(pools->at, pools->cap, service, from)->taken;
}

bool desk_queues_put(desk_pools_t *queues, const store_queue_t *queue)
{
    const store_pool_t entry = {queue->service, DATE_NONE, DATE_NONE, queue->waiting};
    return desk_pools_put(queues, &entry);
}

int64_t desk_queues_waiting(const desk_pools_t *queues, span_t service)
{
    return desk_pools_taken(queues, service, DATE_NONE);
}
