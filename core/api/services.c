/* GET /v1/{programme}/services: searched, filtered, ordered, paged, grouped. */
#include "api/inside.h"

#include <stdlib.h>

typedef struct {
    const registry_service_t *service;
    bool in_force;
    int64_t key;  /* what it is ordered by */
    size_t place; /* among the found, so that the order is whole */
} found_t;

typedef struct {
    found_t *at;
    size_t count;
} list_t;

static bool has_term(const registry_service_t *service, api_by_t by, const registry_term_t *term)
{
    switch (by) {
    case API_BY_PACKAGE:
        return service->package == term;
    case API_BY_PLACE:
        return service->place == term;
    case API_BY_AREA:
        for (size_t i = 0; i < service->area_count; i++) {
            if (service->areas[i] == term) {
                return true;
            }
        }
        return false;
    case API_BY_GROUP:
        for (size_t i = 0; i < service->group_count; i++) {
            if (service->groups[i] == term) {
                return true;
            }
        }
        return false;
    case API_BY_COUNT:
        break;
    }
    return false;
}

static bool wanted(const api_call_t *call, const registry_service_t *service, bool in_force)
{
    const api_query_t *query = &call->query;
    if (!in_force && call->in_force) {
        return false; /* the programme holds, this service does not yet */
    }
    for (api_by_t by = 0; by < API_BY_COUNT; by++) {
        bool any = query->term_counts[by] == 0;
        for (size_t i = 0; i < query->term_counts[by] && !any; i++) {
            any = has_term(service, by, query->terms[by][i]);
        }
        if (!any) {
            return false;
        }
    }
    tell_t asked = api_asked(call);
    return (query->free == API_ANY || tell_free(&asked, service) == (query->free == API_TRUE)) &&
           (query->available == API_ANY ||
            tell_left(&asked, service, in_force).available == (query->available == API_TRUE));
}

static int64_t sort_key(const api_call_t *call, const registry_service_t *service, bool in_force)
{
    /* What has no price, or no pool, comes last whichever way the rest goes. */
    const int64_t last = call->query.descending ? INT64_MIN : INT64_MAX;
    switch (call->query.sort) {
    case API_SORT_NAME:
        return api_view_service(call->view, service)->rank[call->lang];
    case API_SORT_PRICE: {
        const registry_row_t *row =
            service->price == NULL ? NULL : registry_row_on(service->price, call->on);
        return row == NULL ? last : row->value.number;
    }
    case API_SORT_LEFT: {
        tell_t asked = api_asked(call);
        registry_left_t pool = tell_left(&asked, service, in_force).pool;
        return pool.has_pool ? pool.left : last;
    }
    case API_SORT_NUMBER:
    case API_SORT_NONE:
        break;
    }
    return service->number;
}

static void consider(const api_call_t *call, list_t *list, const registry_service_t *service,
                     bool in_force)
{
    if (wanted(call, service, in_force)) {
        list->at[list->count] =
            (found_t){service, in_force, sort_key(call, service, in_force), list->count};
        list->count++;
    }
}

static void collect_all(const api_call_t *call, list_t *list)
{
    size_t place = 0;
    bool in_force = false;
    const registry_service_t *service = NULL;
    while ((service = api_next_service(call, &place, &in_force)) != NULL) {
        consider(call, list, service, in_force);
    }
}

/* False without memory. */
static bool collect_hits(const api_call_t *call, list_t *list)
{
    const registry_search_t *search = plugin_search(call->view->generation);
    size_t versions = call->programme->service_count;
    size_t *places = calloc(versions + 1, sizeof *places);
    if (places == NULL) {
        return false;
    }
    size_t hits = search == NULL
                      ? 0
                      : registry_search(search, (span_t){call->query.text, call->query.text_len},
                                        places, versions);
    if (hits == SIZE_MAX) {
        free(places);
        return false;
    }
    for (size_t i = 0; i < hits && i < versions; i++) {
        const registry_service_t *hit = &call->programme->services[places[i]];
        bool in_force = false;
        if (api_service_at(call, hit->id, &in_force) == hit) {
            consider(call, list, hit, in_force);
        }
    }
    free(places);
    return true;
}

static int ascending(const void *left, const void *right)
{
    const found_t *a = left, *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

static int descending(const void *left, const void *right)
{
    const found_t *a = left, *b = right;
    if (a->key != b->key) {
        return a->key > b->key ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

static void put_item(json_writer_t *writer, const api_call_t *call, const found_t *found)
{
    uint64_t chosen = call->query.fields != 0 ? call->query.fields : api_members_default(0);
    json_object(writer);
    api_part_members(writer, call, found->service, found->in_force, chosen);
    json_object_end(writer);
}

static registry_terms_t grouped_terms(const registry_programme_t *programme, api_by_t by)
{
    const registry_terms_t all[API_BY_COUNT] = {[API_BY_PACKAGE] = programme->packages,
                                                [API_BY_AREA] = programme->areas,
                                                [API_BY_GROUP] = programme->groups,
                                                [API_BY_PLACE] = programme->places};
    return all[by];
}

/* A service of several areas or groups stands in each of them. */
static void put_groups(json_writer_t *writer, const api_call_t *call, const list_t *list,
                       size_t first, size_t end)
{
    api_by_t by = call->query.group_by;
    registry_terms_t terms = grouped_terms(call->programme, by);
    json_array(writer);
    for (size_t i = 0; i < terms.count; i++) {
        size_t total = 0;
        for (size_t j = 0; j < list->count; j++) {
            total += has_term(list->at[j].service, by, &terms.at[i]) ? 1 : 0;
        }
        if (total == 0) {
            continue;
        }
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, terms.at[i].id);
        api_part_text(writer, "name", &terms.at[i].name, call->lang);
        json_name(writer, "total");
        json_int(writer, (int64_t)total);
        json_name(writer, "items");
        json_array(writer);
        for (size_t j = first; j < end; j++) {
            if (has_term(list->at[j].service, by, &terms.at[i])) {
                put_item(writer, call, &list->at[j]);
            }
        }
        json_array_end(writer);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void put_list(json_writer_t *writer, const api_call_t *call, const list_t *list)
{
    const api_query_t *query = &call->query;
    json_object(writer);
    json_name(writer, "programme");
    json_text(writer, call->programme->id);
    api_part_day(writer, call);
    registry_range_t page = api_part_page(writer, query, list->count);
    if (query->group_by != API_BY_COUNT) {
        json_name(writer, "groups");
        put_groups(writer, call, list, page.first, page.end);
    } else {
        json_name(writer, "items");
        json_array(writer);
        for (size_t i = page.first; i < page.end; i++) {
            put_item(writer, call, &list->at[i]);
        }
        json_array_end(writer);
    }
    json_object_end(writer);
}

void api_on_services(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin(&call, context, exchange, request) ||
        !api_take_query(&call, API_TAKES_ON | API_TAKES_FIELDS | API_TAKES_PAGE | API_TAKES_LIST)) {
        return;
    }
    list_t list = {calloc(call.programme->service_count + 1, sizeof *list.at), 0};
    bool fine = list.at != NULL;
    if (fine && call.query.text_len > 0) {
        fine = collect_hits(&call, &list);
    } else if (fine) {
        collect_all(&call, &list);
    }
    if (!fine) {
        free(list.at);
        api_problem(&call, API_PROBLEM_NO_MEMORY, SPAN_NONE, SPAN_NONE);
        return;
    }
    if (list.count > 1 && call.query.sort != API_SORT_NONE) {
        qsort(list.at, list.count, sizeof *list.at, call.query.descending ? descending : ascending);
    }
    json_writer_t writer = api_open(&call);
    put_list(&writer, &call, &list);
    free(list.at);
    api_send(&call);
}
