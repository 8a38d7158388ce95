/* The desks of a server: which records are open, opening and closing them. */
#include "desk/inside.h"

#include "base/log.h"

#include <stdlib.h>

#define SHUT_NS UINT64_C(10000000000) /* before a record is tried again */

enum { OPENED_AT_START = 16 }; /* a country's programmes get a record when somebody comes */

static bool ask_folder(const desk_set_t *set, span_t programme, bool (*asks)(const char *folder))
{
    buf_t folder = {0};
    buf_print(&folder, "%s/%.*s", set->options.data, SPAN_ARGS(programme));
    bool answer = buf_zero_terminated(&folder) != NULL && asks(folder.at);
    buf_free(&folder);
    return answer;
}

/* Where a programme's desk is, or would stand. */
static size_t place_of(const desk_set_t *set, span_t programme)
{
    size_t low = 0, high = set->desk_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (span_compare(set->desks[middle]->id, programme) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

desk_t *desk_that_is_open(const desk_set_t *set, span_t programme)
{
    size_t place = place_of(set, programme);
    return place < set->desk_count && span_equal(set->desks[place]->id, programme)
               ? set->desks[place]
               : NULL;
}

static bool keep_desk(desk_set_t *set, desk_t *desk)
{
    if (set->desk_count == set->desk_cap) {
        size_t cap = set->desk_cap == 0 ? 16 : set->desk_cap * 2;
        desk_t **grown = realloc(set->desks, cap * sizeof(desk_t *));
        if (grown == NULL) {
            return false;
        }
        set->desks = grown;
        set->desk_cap = cap;
    }
    size_t place = place_of(set, desk->id);
    memmove(set->desks + place + 1, set->desks + place,
            (set->desk_count - place) * sizeof(desk_t *));
    set->desks[place] = desk;
    set->desk_count++;
    return true;
}

/* ---- records that do not open ---------------------------------------------------------------- */

static desk_shut_t *find_shut(const desk_set_t *set, span_t programme)
{
    for (size_t i = 0; i < set->shut_count; i++) {
        if (span_equal(span_of(set->shut[i].programme), programme)) {
            return &set->shut[i];
        }
    }
    return NULL;
}

static void add_shut(desk_set_t *set, span_t programme)
{
    desk_shut_t *known = find_shut(set, programme);
    if (known == NULL) {
        desk_shut_t *grown = realloc(set->shut, (set->shut_count + 1) * sizeof *set->shut);
        char *id = grown == NULL ? NULL : span_copy(programme);
        set->shut = grown == NULL ? set->shut : grown;
        if (id == NULL) {
            return;
        }
        known = &set->shut[set->shut_count++];
        known->programme = id;
    }
    known->again_at = set->clock->monotonic(set->clock) + SHUT_NS;
}

/* What was answered of its services without the record is answered anew. */
static void drop_shut(desk_set_t *set, desk_t *desk)
{
    desk_shut_t *known = find_shut(set, desk->id);
    if (known != NULL) {
        free(known->programme);
        *known = set->shut[--set->shut_count];
        set->options.on_pools(set->options.context, desk, NULL, 0);
    }
}

desk_t *desk_ask(desk_set_t *set, span_t programme, buf_t *why)
{
    desk_t *desk = desk_that_is_open(set, programme);
    const desk_shut_t *known = desk == NULL ? find_shut(set, programme) : NULL;
    if (desk != NULL || (known != NULL && set->clock->monotonic(set->clock) < known->again_at)) {
        return desk;
    }
    desk = desk_open(set, programme, why);
    if (desk == NULL || !keep_desk(set, desk)) {
        if (desk != NULL) {
            desk_close(desk);
            desk_free(desk);
        }
        add_shut(set, programme);
        return NULL;
    }
    drop_shut(set, desk);
    desk_offer_code(desk);
    desk_note_rules(desk);
    desk_daily(desk);
    return desk;
}

desk_t *desk_find(desk_set_t *set, span_t programme)
{
    buf_t why = {0};
    desk_t *desk = set->is_quitting ? NULL : desk_ask(set, programme, &why);
    buf_free(&why);
    return desk == NULL || desk->store == NULL ? NULL : desk;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static int64_t taken(void *context, const registry_programme_t *programme,
                     const registry_service_t *service, date_t from, date_t to)
{
    (void)to; /* a service has one pool, and its periods begin on different days */
    const desk_t *desk = desk_that_is_open(context, programme->id);
    if (desk == NULL) {
        return find_shut(context, programme->id) != NULL ? -1 : 0;
    }
    return (desk_pools_taken(desk->pools, service->id, from) + 999) / 1000;
}

static int64_t waiting(void *context, const registry_programme_t *programme,
                       const registry_service_t *service)
{
    const desk_t *desk = desk_that_is_open(context, programme->id);
    if (desk == NULL) {
        return find_shut(context, programme->id) != NULL ? -1 : 0;
    }
    return desk_queues_waiting(desk->queues, service->id);
}

static void finish(desk_set_t *set)
{
    if (set->on_closed != NULL && set->stores_open == 0) {
        void (*on_closed)(void *) = set->on_closed;
        set->on_closed = NULL;
        on_closed(set->closed_context);
    }
}

static void on_store_closed(void *context)
{
    desk_set_t *set = context;
    set->stores_open--;
    finish(set);
}

desk_set_t *desk_set_new(loop_t *loop, plugin_host_t *host, clock_port_t *clock,
                         const desk_options_t *options, buf_t *why)
{
    desk_set_t *set = calloc(1, sizeof *set);
    if (set == NULL) {
        return NULL;
    }
    set->loop = loop;
    set->host = host;
    set->clock = clock;
    set->options = *options;
    set->on_store_closed = on_store_closed;
    set->usage = (registry_usage_t){.taken = taken, .context = set, .waiting = waiting};
    set->vault = store_key(options->data, true, options->polish, why);
    if (set->vault == NULL) {
        desk_set_free(set);
        return NULL;
    }
    return set;
}

const registry_usage_t *desk_set_usage(const desk_set_t *set)
{
    return &set->usage;
}

bool desk_set_open(desk_set_t *set, buf_t *why)
{
    size_t count = 0, opened = 0, refused = 0;
    const plugin_slot_t *slots = plugin_host_slots(set->host, &count);
    for (size_t i = 0; i < count; i++) {
        if (count > OPENED_AT_START && !ask_folder(set, slots[i].id, store_exists)) {
            continue;
        }
        buf_clear(why);
        if (desk_ask(set, slots[i].id, why) != NULL) {
            opened++;
        } else if (ask_folder(set, slots[i].id, store_is_held)) {
            return false; /* by another server: two beside each other are a mistake */
        } else {
            /* A record that does not open is its own programme's trouble, and tried again there. */
            log_line(LOG_ERROR, "%.*s: %.*s", SPAN_ARGS(slots[i].id), SPAN_ARGS(buf_span(why)));
            refused++;
        }
    }
    return refused == 0 || opened > 0;
}

void desk_set_changed(desk_set_t *set, span_t programme)
{
    desk_t *desk = desk_that_is_open(set, programme);
    if (desk != NULL) {
        desk_note_rules(desk);
        desk_daily(desk);
    }
}

void desk_set_open_day(desk_set_t *set)
{
    for (size_t i = 0; i < set->desk_count; i++) {
        desk_note_rules(set->desks[i]);
        desk_daily(set->desks[i]);
    }
}

/* ---- the end --------------------------------------------------------------------------------- */

void desk_set_quit(desk_set_t *set)
{
    set->is_quitting = true;
}

void desk_set_close(desk_set_t *set, void (*on_closed)(void *context), void *context)
{
    set->is_quitting = true;
    set->on_closed = on_closed;
    set->closed_context = context;
    if (set->timer != NULL) {
        loop_timer_close(set->timer);
        set->timer = NULL;
    }
    for (size_t i = 0; i < set->desk_count; i++) {
        desk_notes_keep(set->desks[i]);
        desk_close(set->desks[i]);
    }
    finish(set);
}

void desk_set_free(desk_set_t *set)
{
    if (set == NULL) {
        return;
    }
    for (size_t i = 0; i < set->desk_count; i++) {
        desk_free(set->desks[i]);
    }
    for (size_t i = 0; i < set->shut_count; i++) {
        free(set->shut[i].programme);
    }
    free(set->shut);
    free(set->desks);
    vault_close(set->vault);
    free(set);
}
