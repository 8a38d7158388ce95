#include "api/inside.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    CACHE_BYTES = 2 * 1024 * 1024,
    CACHE_BYTES_EACH = 160 * 1024,
    WARM_MAX = 16, /* programmes; more are made ready when they are asked for */
};

enum { KEPT = HTTP_CACHED | HTTP_PUBLIC, FRESH = HTTP_PUBLIC };

static const http_route_t routes[] = {
    {HTTP_GET, "/v1/programmes", KEPT, api_on_programmes, NULL, TELL_LIST},
    {HTTP_GET, "/v1/services", KEPT, api_on_directory, NULL, TELL_LIST | TELL_LEFT},
    {HTTP_GET, "/v1/{programme}", KEPT, api_on_programme, NULL, TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/services", KEPT, api_on_services, NULL, TELL_PROGRAMME | TELL_LEFT},
    {HTTP_GET, "/v1/{programme}/services/{service}", KEPT, api_on_service, NULL,
     TELL_PROGRAMME | TELL_LEFT},
    {HTTP_GET, "/v1/{programme}/services/{service}/availability", KEPT, api_on_availability, NULL,
     TELL_PROGRAMME | TELL_LEFT},
    {HTTP_GET, "/v1/{programme}/availability", KEPT, api_on_availabilities, NULL,
     TELL_PROGRAMME | TELL_LEFT},
    {HTTP_GET, "/v1/{programme}/services/{service}/questionnaire", KEPT, api_on_questionnaire, NULL,
     TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/questionnaire", KEPT, api_on_questionnaires, NULL, TELL_PROGRAMME},
    {HTTP_POST, "/v1/{programme}/services/{service}/quote", FRESH, api_on_quote, NULL, 0},
    {HTTP_POST, "/v1/{programme}/quote", FRESH, api_on_quotes, NULL, 0},
    {HTTP_GET, "/v1/{programme}/external-services", KEPT, api_on_external_services, NULL,
     TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/external-services/{item}", KEPT, api_on_external_service, NULL,
     TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/activities", KEPT, api_on_activities, NULL, TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/activities/{item}", KEPT, api_on_activity, NULL, TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/partners", KEPT, api_on_partners, NULL, TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/partners/{item}", KEPT, api_on_partner, NULL, TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/bundles", KEPT, api_on_bundles, NULL, TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/bundles/{item}", KEPT, api_on_bundle, NULL, TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/search", KEPT, api_on_search, NULL, TELL_PROGRAMME},
    {HTTP_GET, "/v1/{programme}/plugins", FRESH, api_on_plugins, NULL, 0},
    {HTTP_GET, "/openapi.json", KEPT, api_on_openapi, NULL, TELL_LIST},
    {HTTP_GET, "/healthz", FRESH, api_on_health, NULL, 0},
    {HTTP_GET, "/readyz", FRESH, api_on_ready, NULL, 0},
    {HTTP_GET, "/metrics", FRESH, api_on_metrics, NULL, 0},
};
enum { ROUTE_COUNT = sizeof routes / sizeof *routes };

api_t *api_new(plugin_host_t *host, clock_port_t *clock, const api_options_t *options)
{
    api_t *api = calloc(1, sizeof *api);
    if (api == NULL) {
        return NULL;
    }
    api->host = host;
    api->clock = clock;
    api->options = *options;
    if (api->options.usage == NULL) {
        api->options.usage = &registry_usage_none;
    }
    api->reader = json_reader_new();
    api->routes = malloc(sizeof routes);
    api->views = calloc(PLUGIN_PROGRAMMES_MAX, sizeof(api_view_t *));
    api->shared = shared_new();
    if (api->reader == NULL || api->routes == NULL || api->views == NULL || api->shared == NULL) {
        api_free(api);
        return NULL;
    }
    memcpy(api->routes, routes, sizeof routes);
    api->route_count = ROUTE_COUNT;
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        api->routes[i].context = api;
    }
    return api;
}

void api_free(api_t *api)
{
    if (api == NULL) {
        return;
    }
    for (size_t i = 0; api->views != NULL && i < PLUGIN_PROGRAMMES_MAX; i++) {
        api_view_free(api->views[i]);
    }
    free(api->views);
    shared_release(api->shared);
    free(api->routes);
    json_reader_free(api->reader);
    buf_free(&api->out);
    buf_free(&api->scratch);
    buf_free(&api->words);
    problem_free(&api->problem);
    free(api);
}

const http_route_t *api_routes(const api_t *api, size_t *count)
{
    *count = api->route_count;
    return api->routes;
}

/* Gives up the view of what serves no longer, so that its generation can go. */
static void drop_stale_view(api_t *api, span_t id)
{
    const plugin_slot_t *slot = plugin_host_slot(api->host, id);
    for (size_t seat = 0; seat < PLUGIN_PROGRAMMES_MAX; seat++) {
        api_view_t *view = api->views[seat];
        if (view != NULL && span_equal(view->programme->id, id) &&
            (slot == NULL || slot->serving != view->generation)) {
            api_view_free(view);
            api->views[seat] = NULL;
        }
    }
}

static void warm(api_t *api, span_t id)
{
    static const char *const reads[] = {"", "/services", "/availability", "/questionnaire"};
    char target[160];
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
        int len = snprintf(target, sizeof target, "/v1/%.*s%s", SPAN_ARGS(id), reads[i]);
        if (len > 0 && (size_t)len < sizeof target) {
            http_cache_warm(api->server, target);
        }
    }
}

static void warm_one(api_t *api, span_t id)
{
    const plugin_slot_t *slot = plugin_host_slot(api->host, id);
    if (slot != NULL && slot->serving != NULL) {
        warm(api, id);
    }
}

/* The list of many would be made over and over while they come or go one by one. */
static void warm_list(const api_t *api, size_t count)
{
    if (count <= WARM_MAX) {
        http_cache_warm(api->server, "/v1/programmes");
    }
}

/* As many as the main reads of each programme take in all languages. */
static void make_room(const api_t *api)
{
    size_t count = 0;
    plugin_host_slots(api->host, &count);
    http_cache_resize(api->server, CACHE_BYTES + count * CACHE_BYTES_EACH);
}

void api_open_day(api_t *api, http_server_t *server)
{
    api->server = server;
    make_room(api);
    http_cache_clear(server);
    size_t count = 0;
    const plugin_slot_t *slots = plugin_host_slots(api->host, &count);
    warm_list(api, count);
    for (size_t i = 0; i < count && count <= WARM_MAX; i++) {
        warm_one(api, slots[i].id);
    }
}

void api_changed(api_t *api, http_server_t *server, span_t id)
{
    api->server = server;
    make_room(api);
    drop_stale_view(api, id);
    http_cache_forget(server, TELL_PROGRAMME | TELL_LEFT | TELL_LIST, id);
    size_t count = 0;
    plugin_host_slots(api->host, &count);
    warm_list(api, count);
    warm_one(api, id);
}
