/* A quote from the body to the written answer, without sockets:
 * http's answering is stood in for. */
#include "api/api.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static size_t answered;
static unsigned status;

void http_reply(http_exchange_t *exchange, const http_reply_t *reply)
{
    (void)exchange;
    status = reply->status;
    answered = reply->body.len;
}

http_answer_t *http_answer_new(const char *content_type, lang_t lang, span_t body)
{
    (void)content_type, (void)lang;
    status = 200;
    answered = body.len;
    return (http_answer_t *)&answered;
}

void http_answer_release(http_answer_t *answer)
{
    (void)answer;
}

void http_send(http_exchange_t *exchange, http_answer_t *answer)
{
    (void)exchange, (void)answer;
}

void http_cache_clear(http_server_t *server)
{
    (void)server;
}

void http_cache_forget(http_server_t *server, unsigned tells, span_t of)
{
    (void)server, (void)tells, (void)of;
}

void http_cache_resize(http_server_t *server, size_t bytes_max)
{
    (void)server, (void)bytes_max;
}

void http_cache_warm(http_server_t *server, const char *target)
{
    (void)server, (void)target;
}

void http_metrics(const http_server_t *server, buf_t *buf)
{
    (void)server, (void)buf;
}

static void on_change(void *context, span_t id)
{
    (void)context;
    (void)id;
}

static const http_route_t *find(const api_t *api, http_method_t method, const char *pattern)
{
    size_t count = 0;
    const http_route_t *routes = api_routes(api, &count);
    for (size_t i = 0; i < count; i++) {
        if (routes[i].method == method && strcmp(routes[i].pattern, pattern) == 0) {
            return &routes[i];
        }
    }
    abort();
}

static uint64_t now(void)
{
    return clock_system()->monotonic(clock_system());
}

static void measure(const char *what, const http_route_t *route, const http_request_t *request,
                    size_t times)
{
    uint64_t best = UINT64_MAX;
    for (int round = 0; round < 7; round++) {
        uint64_t start = now();
        for (size_t i = 0; i < times; i++) {
            route->handler(NULL, request, route->context);
        }
        uint64_t took = now() - start;
        best = took < best ? took : best;
    }
    printf("%-22s %8.2f us  %u  %zu B in, %zu B out\n", what, (double)best / 1000 / (double)times,
           status, request->body.len, answered);
}

int main(void)
{
    loop_t *loop = loop_new();
    buf_t why = {0};
    plugin_host_t *host =
        loop == NULL ? NULL
                     : plugin_host_open(loop, "plugins", clock_system(), on_change, NULL, &why);
    size_t count = 0;
    if (host == NULL || plugin_host_slots(host, &count)[0].serving == NULL) {
        fprintf(stderr, "no programme under plugins/\n");
        return 1;
    }
    api_options_t options = {0};
    api_t *api = api_new(host, clock_system(), &options);
    const registry_programme_t *programme =
        plugin_programme(plugin_host_slots(host, &count)[0].serving);
    http_request_t request = {
        .method = HTTP_POST,
        .content_type = SPAN("application/json"),
        .parameters = {programme->id, SPAN("window-cleaning")},
        .body = SPAN("{\"on\":\"2024-03-01\",\"facts\":{\"commune\":\"3261011\",\"dependent\":true,"
                     "\"disability\":\"moderate\",\"birth_date\":\"1946-02-11\",\"household\":"
                     "\"alone\",\"care_services\":false,\"family_assistant\":false,"
                     "\"merit_status\":\"none\",\"foster_care\":\"none\"},"
                     "\"order\":{\"windows\":4,\"windows_unsafe\":false}}"),
    };
    measure("one quote", find(api, HTTP_POST, "/v1/{programme}/services/{service}/quote"), &request,
            20000);
    measure("all services", find(api, HTTP_POST, "/v1/{programme}/quote"), &request, 2000);
    request.body = SPAN("{\"on\":\"2024-03-01\"}");
    measure("one, nothing known", find(api, HTTP_POST, "/v1/{programme}/services/{service}/quote"),
            &request, 20000);
    measure("all, nothing known", find(api, HTTP_POST, "/v1/{programme}/quote"), &request, 2000);
    request.method = HTTP_GET;
    measure("list", find(api, HTTP_GET, "/v1/{programme}/services"), &request, 2000);
    measure("availability", find(api, HTTP_GET, "/v1/{programme}/services/{service}/availability"),
            &request, 5000);
    api_free(api);
    plugin_host_close(host);
    loop_free(loop);
    return 0;
}
