/* One desk: its record, opened and asked. */
#include "desk/desk.h"

#include "base/log.h"
#include "desk/inside.h"

#include <stdlib.h>

static void on_pools(void *context, const store_pool_t *pools, size_t count)
{
    desk_t *desk = context;
    for (size_t i = 0; i < count; i++) {
        if (!desk_pools_put(desk->pools, &pools[i])) {
            log_line(LOG_ERROR, "%.*s: out of memory for what is taken", SPAN_ARGS(desk->id));
        }
    }
    desk->set->options.on_pools(desk->set->options.context, desk, pools, count);
}

static void on_queue(void *context, const store_queue_t *queue)
{
    desk_t *desk = context;
    if (!desk_queues_put(desk->queues, queue)) {
        log_line(LOG_ERROR, "%.*s: out of memory for how many wait", SPAN_ARGS(desk->id));
    }
    desk->set->options.on_pools(desk->set->options.context, desk, NULL, 0);
}

static desk_t *desk_new(desk_set_t *set, span_t programme)
{
    desk_t *desk = calloc(1, sizeof *desk);
    if (desk == NULL) {
        return NULL;
    }
    desk->set = set;
    char *id = span_copy(programme);
    desk->id = (span_t){id, programme.len};
    desk->access = access_new(set->clock);
    desk->pools = desk_pools_new();
    desk->queues = desk_pools_new();
    if (id == NULL || desk->access == NULL || desk->pools == NULL || desk->queues == NULL) {
        desk_free(desk);
        return NULL;
    }
    return desk;
}

void desk_free(desk_t *desk)
{
    if (desk == NULL) {
        return;
    }
    access_free(desk->access);
    desk_pools_free(desk->pools);
    desk_pools_free(desk->queues);
    free(desk->notes.at);
    free(desk->keeping.at);
    free((char *)desk->id.at);
    free((char *)desk->rules.at);
    free(desk);
}

static bool open_record(desk_t *desk, buf_t *why)
{
    desk_set_t *set = desk->set;
    buf_t folder = {0};
    buf_print(&folder, "%s/%.*s", set->options.data, SPAN_ARGS(desk->id));
    store_options_t options = {.folder = buf_zero_terminated(&folder),
                               .programme = desk->id.at,
                               .vault = set->vault,
                               .clock = set->clock,
                               .alone = set->options.alone,
                               .on_pools = on_pools,
                               .on_queue = on_queue,
                               .context = desk};
    desk->store =
        options.folder == NULL ? NULL : store_open(set->loop, &options, set->options.polish, why);
    buf_free(&folder);
    return desk->store != NULL;
}

void desk_close(desk_t *desk)
{
    if (desk->store != NULL) {
        store_t *store = desk->store;
        desk->store = NULL;
        store_close(store, desk->set->on_store_closed, desk->set);
    }
}

desk_t *desk_open(desk_set_t *set, span_t programme, buf_t *why)
{
    desk_t *desk = desk_new(set, programme);
    if (desk == NULL || !open_record(desk, why)) {
        desk_free(desk);
        return NULL;
    }
    set->stores_open++;
    if (!desk_learn_all(desk)) {
        desk_close(desk);
        desk_free(desk);
        return NULL;
    }
    return desk;
}

span_t desk_programme(const desk_t *desk)
{
    return desk->id;
}

access_t *desk_access(const desk_t *desk)
{
    return desk->access;
}

bool desk_read(desk_t *desk, store_work_t *work)
{
    if (desk->store != NULL) {
        store_read(desk->store, work);
    }
    return desk->store != NULL;
}

bool desk_write(desk_t *desk, store_work_t *work)
{
    if (desk->store != NULL) {
        store_write(desk->store, work);
    }
    return desk->store != NULL;
}

date_t desk_today(const desk_set_t *set, const registry_programme_t *programme)
{
    return registry_day(programme, clock_today(set->clock), set->options.demo);
}
