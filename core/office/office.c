#include "office/inside.h"
#include "tell/tell.h"

#include <stdlib.h>

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
    return add_theme(office, office_doors_of_sessions()) &&
           add_theme(office, office_doors_of_tokens()) &&
           add_theme(office, office_doors_of_passwords()) &&
           add_theme(office, office_doors_of_first()) &&
           add_theme(office, office_doors_of_people()) &&
           add_theme(office, office_doors_of_intakes()) &&
           add_theme(office, office_doors_of_events()) &&
           add_theme(office, office_doors_of_reading()) &&
           add_theme(office, office_doors_of_permissions()) &&
           add_theme(office, office_doors_of_reports());
}

const http_route_t *office_routes(office_t *office, size_t *count)
{
    if (office->routes == NULL) {
        office->routes = arena_array(office->arena, office->door_count, sizeof *office->routes);
    }
    for (size_t i = 0; office->routes != NULL && i < office->door_count; i++) {
        const office_door_t *door = &office->doors[i];
        unsigned flags = ((door->flags & OFFICE_PUBLIC) != 0 ? HTTP_PUBLIC : 0) |
                         ((door->flags & OFFICE_SPELLED) != 0 ? HTTP_SPELLED : 0);
        office->routes[i] =
            (http_route_t){door->method, door->pattern, flags, office_enter, &office->doors[i], 0};
    }
    *count = office->door_count;
    return office->routes;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void on_pools(void *context, desk_t *desk, const store_pool_t *pools, size_t count)
{
    office_t *office = context;
    if (office->http != NULL) {
        http_cache_forget(office->http, TELL_LEFT, desk_programme(desk));
        office_tell_pools(office, desk, pools, count);
    }
}

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
    office->arena = arena_new(32768);
    office->reader = json_reader_new();
    const desk_options_t desks = {.data = options->data,
                                  .demo = options->demo,
                                  .alone = options->alone,
                                  .polish = options->polish,
                                  .on_pools = on_pools,
                                  .context = office};
    if (office->arena == NULL || office->reader == NULL || !add_doors(office) ||
        (office->desks = desk_set_new(loop, host, clock, &desks, why)) == NULL) {
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
    return desk_set_usage(office->desks);
}

bool office_open(office_t *office, http_server_t *server, buf_t *why)
{
    office->http = server;
    return desk_set_open(office->desks, why);
}

void office_changed(office_t *office, span_t programme)
{
    desk_set_changed(office->desks, programme);
}

void office_open_day(office_t *office)
{
    desk_set_open_day(office->desks);
}

void office_close(office_t *office, void (*on_closed)(void *context), void *context)
{
    office_quit(office);
    office->on_closed = on_closed;
    office->closed_context = context;
    office_settle(office);
}

void office_free(office_t *office)
{
    if (office == NULL) {
        return;
    }
    desk_set_free(office->desks);
    json_reader_free(office->reader);
    problem_free(&office->problem);
    buf_free(&office->scratch);
    arena_free(office->arena);
    free(office);
}
