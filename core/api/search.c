/* GET /v1/{programme}/search: everything that a programme offers, services and catalogue, by words,
 * best first. */
#include "api/inside.h"

#include <stdlib.h>

typedef struct {
    registry_kind_t kind; /* CATALOG_KINDS: a service */
    const registry_service_t *service;
    const registry_item_t *item;
} hit_t;

/* What stands at a place of the search; false when the day has another version of the service. */
static bool find_hit(const api_call_t *call, size_t place, hit_t *hit)
{
    const registry_programme_t *programme = call->programme;
    *hit = (hit_t){.kind = CATALOG_KINDS};
    if (place < programme->service_count) {
        bool in_force = false;
        hit->service = &programme->services[place];
        return api_service_at(call, hit->service->id, &in_force) == hit->service &&
               in_force == call->in_force;
    }
    for (hit->kind = 0; hit->kind < CATALOG_KINDS; hit->kind++) {
        registry_range_t range = registry_catalog_range(programme, hit->kind);
        if (place < range.end) {
            hit->item = &registry_catalog(programme, hit->kind)->items[place - range.first];
            return true;
        }
    }
    return false;
}

static bool wanted(const api_query_t *query, registry_kind_t kind)
{
    return query->kinds == 0 || (query->kinds >> kind & 1) != 0;
}

/* The hits go to the front of `*places`; false without memory. */
static bool collect(const api_call_t *call, size_t **places, size_t *count)
{
    const registry_search_t *search = plugin_search(call->view->generation);
    size_t all = registry_catalog_range(call->programme, CATALOG_KINDS - 1).end;
    span_t text = {call->query.text, call->query.text_len};
    *count = 0;
    *places = calloc(all + 1, sizeof **places);
    if (*places == NULL || search == NULL) {
        return *places != NULL;
    }
    size_t found = registry_search_range(search, text, (registry_range_t){0, all}, *places, all);
    if (found == SIZE_MAX) {
        free(*places);
        return false;
    }
    for (size_t i = 0; i < found; i++) {
        hit_t hit;
        if (find_hit(call, (*places)[i], &hit) && wanted(&call->query, hit.kind)) {
            (*places)[(*count)++] = (*places)[i];
        }
    }
    return true;
}

static const texts_t *summary_of(const api_call_t *call, const hit_t *hit)
{
    static const texts_t none;
    if (hit->service != NULL) {
        return registry_text_on(&hit->service->summary, call->on);
    }
    const texts_t *summary = registry_item_summary(hit->item);
    return summary != NULL ? summary : &none;
}

static void put_hit(json_writer_t *writer, const api_call_t *call, const hit_t *hit)
{
    bool service = hit->service != NULL;
    const char *kind = service ? "services" : registry_tables[hit->kind].name;
    span_t id = service ? hit->service->id : hit->item->id;
    json_object(writer);
    json_name(writer, "kind");
    json_text(writer, span_of(kind));
    json_name(writer, "id");
    json_text(writer, id);
    api_part_text(writer, "name", service ? &hit->service->name : registry_item_name(hit->item),
                  call->lang);
    api_part_text(writer, "summary", summary_of(call, hit), call->lang);
    json_name(writer, "link");
    api_part_link(writer, call->programme->id, kind, id);
    json_object_end(writer);
}

void api_on_search(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin(&call, context, exchange, request) ||
        !api_take_query(&call, API_TAKES_ON | API_TAKES_SEARCH | API_TAKES_PAGE)) {
        return;
    }
    size_t *places = NULL, count = 0;
    if (!collect(&call, &places, &count)) {
        api_problem(&call, API_PROBLEM_NO_MEMORY, SPAN_NONE, SPAN_NONE);
        return;
    }
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    api_part_day(&writer, &call);
    registry_range_t page = api_part_page(&writer, &call.query, count);
    json_name(&writer, "items");
    json_array(&writer);
    for (size_t i = page.first; i < page.end; i++) {
        hit_t hit;
        find_hit(&call, places[i], &hit);
        put_hit(&writer, &call, &hit);
    }
    json_array_end(&writer);
    json_object_end(&writer);
    free(places);
    api_send(&call);
}
