#include "web/web.h"

#include "web/embedded.h"
#include "web/page.h"

#include <stdlib.h>

enum { ROUTE_INDEX, ROUTE_STYLE, ROUTE_COUNT };

struct web {
    page_context_t page;
    http_route_t routes[ROUTE_COUNT];
};

static void send_built(http_exchange_t *exchange, const http_request_t *request, const char *type,
                       span_t body)
{
    http_answer_t *answer = http_answer_new(type, request->lang, body);
    if (answer == NULL) {
        http_problem(exchange, 503, NULL);
        return;
    }
    http_send(exchange, answer);
    http_answer_release(answer);
}

static void on_index(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    const web_t *web = context;
    buf_t html = {0};
    if (page_index(&html, &web->page, request->lang)) {
        send_built(exchange, request, "text/html; charset=utf-8", buf_span(&html));
    } else {
        http_problem(exchange, 503, NULL);
    }
    buf_free(&html);
}

static void on_style(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)context;
    send_built(exchange, request, "text/css; charset=utf-8",
               (span_t){embedded_style_css, embedded_style_css_len});
}

web_t *web_new(plugin_host_t *host, clock_port_t *clock, const registry_usage_t *usage, bool demo)
{
    web_t *web = calloc(1, sizeof *web);
    if (web != NULL) {
        web->page = (page_context_t){.host = host, .clock = clock, .demo = demo, .usage = usage};
        web->routes[ROUTE_INDEX] = (http_route_t){HTTP_GET, "/", HTTP_STORED, on_index, web};
        web->routes[ROUTE_STYLE] =
            (http_route_t){HTTP_GET, "/style.css", HTTP_STORED, on_style, web};
    }
    return web;
}

void web_free(web_t *web)
{
    free(web);
}

const http_route_t *web_routes(web_t *web, size_t *count)
{
    *count = ROUTE_COUNT;
    return web->routes;
}

void web_changed(web_t *web, http_server_t *server)
{
    web->page.address = http_server_address(server, 0);
    http_store_warm(server, "/");
}
