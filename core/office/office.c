#include "office/inside.h"

#include "base/log.h"

#include <stdlib.h>

enum { OPENED_AT_START = 16 }; /* a country's programmes get a record when somebody comes */

static int64_t taken(void *context, const registry_programme_t *programme,
                     const registry_service_t *service, date_t from, date_t to)
{
    (void)to; /* a service has one pool, and its periods begin on different days */
    const office_desk_t *desk = office_desk_open(context, programme->id);
    if (desk == NULL) {
        return office_desk_shut(context, programme->id) != NULL ? -1 : 0;
    }
    return (office_pools_taken(desk->pools, service->id, from) + 999) / 1000;
}

date_t office_today(const office_t *office, const registry_programme_t *programme)
{
    return registry_day(programme, clock_today(office->clock), office->options.demo);
}

/* ---- routes ---------------------------------------------------------------------------------- */

/* Column names have underscores, addresses dashes. */
static const char *keep_text(office_t *office, bool dashes, const char *format, const char *first,
                             const char *second)
{
    buf_clear(&office->scratch);
    for (const char *at = format; *at != '\0'; at++) {
        if (*at == '@') {
            buf_add(&office->scratch, span_of(first));
        } else if (*at == '#') {
            buf_add(&office->scratch, span_of(second));
        } else {
            buf_byte(&office->scratch, *at);
        }
    }
    span_t kept =
        office->scratch.failed ? SPAN_NONE : arena_copy(office->arena, buf_span(&office->scratch));
    for (char *at = (char *)kept.at; dashes && at != NULL && *at != '\0'; at++) {
        *at = *at == '_' ? '-' : *at;
    }
    return kept.at;
}

static bool add_door(office_t *office, office_door_t door)
{
    enum { DOORS_MAX = 320 };
    if (office->doors == NULL) {
        office->doors = arena_array(office->arena, DOORS_MAX, sizeof door);
    }
    if (office->doors == NULL || office->door_count == DOORS_MAX || door.pattern == NULL) {
        return false;
    }
    door.office = office;
    office->doors[office->door_count++] = door;
    return true;
}

/* Accounts and tokens come by doors of their own, with their secrets. */
static bool is_by_hand(ipus_kind_t kind, const ipus_step_t *step)
{
    return step->by_host || (kind == IPUS_TOKEN && strcmp(step->name, "make") == 0) ||
           (kind == IPUS_INTAKE && strcmp(step->name, "make") == 0);
}

static bool add_steps(office_t *office, ipus_kind_t kind)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    size_t count = 0;
    const ipus_step_t *steps = ipus_steps(kind, &count);
    for (size_t i = 0; i < count; i++) {
        const char *name = steps[i].name;
        bool makes = strcmp(name, "make") == 0, changes = strcmp(name, "change") == 0;
        /* A step without a row to stand on makes one. */
        makes = makes || (kind == IPUS_DECISION && steps[i].decides);
        if (is_by_hand(kind, &steps[i])) {
            continue;
        }
        const char *pattern = strcmp(name, "make") == 0 ? "/v1/{programme}/@"
                              : makes                   ? "/v1/{programme}/@/#"
                              : changes                 ? "/v1/{programme}/@/{id}"
                                                        : "/v1/{programme}/@/{id}/#";
        if (!add_door(office, (office_door_t){
                                  .method = changes ? HTTP_PATCH : HTTP_POST,
                                  .pattern = keep_text(office, true, pattern, spec->plural, name),
                                  .permission = keep_text(office, false, "@.#", spec->name, name),
                                  .handler = office_on_step,
                                  .flags = OFFICE_WRITES,
                                  .kind = kind,
                                  .step = &steps[i]})) {
            return false;
        }
    }
    return true;
}

static bool add_kind(office_t *office, ipus_kind_t kind)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    const char *permission = keep_text(office, false, "@.read", spec->name, NULL);
    return add_door(office, (office_door_t){.method = HTTP_GET,
                                            .pattern = keep_text(office, true, "/v1/{programme}/@",
                                                                 spec->plural, NULL),
                                            .permission = permission,
                                            .handler = office_on_list,
                                            .kind = kind}) &&
           add_door(office,
                    (office_door_t){.method = HTTP_GET,
                                    .pattern = keep_text(office, true, "/v1/{programme}/@/{id}",
                                                         spec->plural, NULL),
                                    .permission = permission,
                                    .handler = office_on_one,
                                    .kind = kind}) &&
           add_steps(office, kind);
}

static bool add_theme(office_t *office, office_doors_t doors)
{
    for (size_t i = 0; i < doors.count; i++) {
        if (!add_door(office, doors.at[i])) {
            return false;
        }
    }
    return true;
}

static bool add_doors(office_t *office)
{
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        if (!add_kind(office, (ipus_kind_t)kind)) {
            return false;
        }
    }
    return add_theme(office, office_doors_of_entry()) &&
           add_theme(office, office_doors_of_people()) &&
           add_theme(office, office_doors_of_events()) &&
           add_theme(office, office_doors_of_reading()) &&
           add_theme(office, office_doors_of_reports());
}

const http_route_t *office_routes(office_t *office, size_t *count)
{
    if (office->routes == NULL) {
        office->routes = arena_array(office->arena, office->door_count, sizeof *office->routes);
    }
    for (size_t i = 0; office->routes != NULL && i < office->door_count; i++) {
        const office_door_t *door = &office->doors[i];
        unsigned flags = (door->flags & OFFICE_PUBLIC) != 0 ? HTTP_PUBLIC : 0;
        office->routes[i] =
            (http_route_t){door->method, door->pattern, flags, office_enter, &office->doors[i]};
    }
    *count = office->door_count;
    return office->routes;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

office_t *office_new(loop_t *loop, plugin_host_t *host, clock_port_t *clock,
                     const office_options_t *options, buf_t *why)
{
    office_t *office = calloc(1, sizeof *office);
    if (office == NULL) {
        return NULL;
    }
    office->loop = loop;
    office->host = host;
    office->clock = clock;
    office->options = *options;
    office->usage = (registry_usage_t){.taken = taken, .context = office};
    office->arena = arena_new(32768);
    office->reader = json_reader_new();
    if (office->arena == NULL || office->reader == NULL || !add_doors(office) ||
        (office->vault = store_key(options->data, true, options->polish, why)) == NULL) {
        office_free(office);
        return NULL;
    }
    return office;
}

void office_tell_by(office_t *office, const office_teller_t *teller)
{
    office->teller = *teller;
}

const registry_usage_t *office_usage(const office_t *office)
{
    return &office->usage;
}

bool office_open(office_t *office, http_server_t *server, buf_t *why)
{
    office->http = server;
    size_t count = 0, opened = 0, refused = 0;
    const plugin_slot_t *slots = plugin_host_slots(office->host, &count);
    for (size_t i = 0; i < count; i++) {
        if (count > OPENED_AT_START && !office_desk_exists(office, slots[i].id)) {
            continue;
        }
        buf_clear(why);
        if (office_desk(office, slots[i].id, why) != NULL) {
            opened++;
        } else if (office_desk_held(office, slots[i].id)) {
            return false; /* by another server: two beside each other are a mistake */
        } else {
            /* A record that does not open is its own programme's trouble, and tried again there. */
            log_line(LOG_ERROR, "%.*s: %.*s", SPAN_ARGS(slots[i].id), SPAN_ARGS(buf_span(why)));
            refused++;
        }
    }
    return refused == 0 || opened > 0;
}

void office_changed(office_t *office, span_t programme)
{
    office_desk_t *desk = office_desk_open(office, programme);
    if (desk != NULL) {
        office_note_rules(desk);
        office_daily(desk);
    }
}

void office_open_day(office_t *office)
{
    for (size_t i = 0; i < office->desk_count; i++) {
        office_note_rules(office->desks[i]);
        office_daily(office->desks[i]);
    }
}

void office_settle(office_t *office)
{
    if (office->on_closed == NULL || office->calls > 0) {
        return;
    }
    if (office->desk_count > 0 && office->desks[0]->store != NULL) {
        for (size_t i = 0; i < office->desk_count; i++) {
            office_notes_keep(office->desks[i]);
            office_desk_close(office->desks[i]);
        }
        return;
    }
    if (office->stores_open == 0) {
        void (*on_closed)(void *) = office->on_closed;
        office->on_closed = NULL;
        on_closed(office->closed_context);
    }
}

void office_close(office_t *office, void (*on_closed)(void *context), void *context)
{
    office_quit(office);
    office->on_closed = on_closed;
    office->closed_context = context;
    if (office->timer != NULL) {
        loop_timer_close(office->timer);
        office->timer = NULL;
    }
    office_settle(office);
}

void office_free(office_t *office)
{
    if (office == NULL) {
        return;
    }
    for (size_t i = 0; i < office->desk_count; i++) {
        office_desk_free(office->desks[i]);
    }
    for (size_t i = 0; i < office->shut_count; i++) {
        free(office->shut[i].programme);
    }
    free(office->shut);
    free(office->desks);
    vault_close(office->vault);
    json_reader_free(office->reader);
    problem_free(&office->problem);
    buf_free(&office->scratch);
    arena_free(office->arena);
    free(office);
}
