#include "api/inside.h"

#include <stdlib.h>

enum { STORED = HTTP_STORED | HTTP_PUBLIC, FRESH = HTTP_PUBLIC };

static const http_route_t routes[] = {
    {HTTP_GET, "/v1/programmes", STORED, api_on_programmes, NULL},
    {HTTP_GET, "/v1/{programme}", STORED, api_on_programme, NULL},
    {HTTP_GET, "/v1/{programme}/services", STORED, api_on_services, NULL},
    {HTTP_GET, "/v1/{programme}/services/{service}", STORED, api_on_service, NULL},
    {HTTP_GET, "/v1/{programme}/services/{service}/availability", STORED, api_on_availability,
     NULL},
    {HTTP_GET, "/v1/{programme}/availability", STORED, api_on_availabilities, NULL},
    {HTTP_GET, "/v1/{programme}/services/{service}/questionnaire", STORED, api_on_questionnaire,
     NULL},
    {HTTP_GET, "/v1/{programme}/questionnaire", STORED, api_on_questionnaires, NULL},
    {HTTP_POST, "/v1/{programme}/services/{service}/quote", FRESH, api_on_quote, NULL},
    {HTTP_POST, "/v1/{programme}/quote", FRESH, api_on_quotes, NULL},
    {HTTP_GET, "/v1/{programme}/plugins", FRESH, api_on_plugins, NULL},
    {HTTP_GET, "/openapi.json", STORED, api_on_openapi, NULL},
    {HTTP_GET, "/healthz", FRESH, api_on_health, NULL},
    {HTTP_GET, "/readyz", FRESH, api_on_ready, NULL},
    {HTTP_GET, "/metrics", FRESH, api_on_metrics, NULL},
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
    if (api->reader == NULL || api->routes == NULL) {
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
    for (size_t i = 0; i < api->view_count; i++) {
        api_view_free(api->views[i]);
    }
    free(api->views);
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

static api_view_t *keep_view(api_t *api, size_t place, api_view_t *view)
{
    if (place < api->view_count) {
        api_view_free(api->views[place]);
        api->views[place] = view;
        return view;
    }
    api_view_t **grown = realloc(api->views, (api->view_count + 1) * sizeof(api_view_t *));
    if (grown == NULL) {
        api_view_free(view);
        return NULL;
    }
    api->views = grown;
    api->views[api->view_count++] = view;
    return view;
}

api_view_t *api_view_of(api_t *api, const plugin_slot_t *slot)
{
    if (slot->serving == NULL) {
        return NULL;
    }
    size_t place = 0;
    while (place < api->view_count && !span_equal(api->views[place]->programme->id, slot->id)) {
        place++;
    }
    if (place < api->view_count && api->views[place]->generation == slot->serving) {
        return api->views[place];
    }
    api_view_t *view = api_view_new(slot->serving);
    return view == NULL ? NULL : keep_view(api, place, view);
}

/* Gives up the views of programmes that serve no longer, so that their generations can go. */
static void drop_stale_views(api_t *api)
{
    size_t kept = 0;
    for (size_t i = 0; i < api->view_count; i++) {
        const plugin_slot_t *slot = plugin_host_slot(api->host, api->views[i]->programme->id);
        if (slot != NULL && slot->serving == api->views[i]->generation) {
            api->views[kept++] = api->views[i];
        } else {
            api_view_free(api->views[i]);
        }
    }
    api->view_count = kept;
}

static void warm(api_t *api, const api_view_t *view, const char *suffix)
{
    buf_clear(&api->scratch);
    buf_literal(&api->scratch, "/v1/");
    buf_add(&api->scratch, view->programme->id);
    buf_add(&api->scratch, span_of(suffix));
    char target[160];
    if (!api->scratch.failed && api->scratch.len < sizeof target) {
        memcpy(target, api->scratch.at, api->scratch.len);
        target[api->scratch.len] = '\0';
        http_store_warm(api->server, target);
    }
}

void api_changed(api_t *api, http_server_t *server)
{
    static const char *const reads[] = {"", "/services", "/availability", "/questionnaire"};
    api->server = server;
    drop_stale_views(api);
    http_store_clear(server);
    size_t count = 0;
    const plugin_slot_t *slots = plugin_host_slots(api->host, &count);
    http_store_warm(server, "/v1/programmes");
    for (size_t i = 0; i < count; i++) {
        const api_view_t *view = api_view_of(api, &slots[i]);
        if (view == NULL) {
            continue;
        }
        for (size_t j = 0; j < sizeof reads / sizeof *reads; j++) {
            warm(api, view, reads[j]);
        }
    }
}
