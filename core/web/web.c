#include "web/web.h"

#include "tell/tell.h"
#include "web/embedded.h"
#include "web/page.h"

#include <stdlib.h>

enum { QUERY_MAX = 200, PAGE_LAST = 1000000, WARM_MAX = 16 /* programmes */ };

enum { ROUTE_INDEX, ROUTE_STYLE, ROUTE_PROGRAMME, ROUTE_COUNT };

struct web {
    page_context_t page;
    web_options_t options;
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

static void send_page(http_exchange_t *exchange, const http_request_t *request, buf_t *html,
                      bool fine)
{
    if (fine) {
        send_built(exchange, request, "text/html; charset=utf-8", buf_span(html));
    } else {
        http_problem(exchange, 503, NULL);
    }
    buf_free(html);
}

/* Of the query "?q=…&page=…" what can be read; whatever else stands in a link does no harm. */
static void read_query(span_t query, buf_t *text, uint64_t *page)
{
    span_t name = SPAN_NONE, value = SPAN_NONE;
    *page = 1;
    while (http_query_next(&query, &name, &value)) {
        if (span_equal(name, SPAN("page"))) {
            span_number(value, PAGE_LAST, page);
        } else if (span_equal(name, SPAN("q")) && text->len == 0 && value.len <= QUERY_MAX &&
                   !http_unescape(text, value) && !text->failed) {
            buf_clear(text);
        }
    }
}

static void on_index(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    const web_t *web = context;
    buf_t html = {0}, text = {0};
    page_wanted_t wanted = {.lang = request->lang};
    read_query(request->query, &text, &wanted.page);
    wanted.text = buf_span(&text);
    bool fine = web_page_index(&html, &web->page, &wanted);
    send_page(exchange, request, &html, fine && !text.failed);
    buf_free(&text);
}

static void on_programme(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    const web_t *web = context;
    const plugin_slot_t *slot = plugin_host_slot(web->page.host, request->parameters[0]);
    buf_t html = {0};
    if (slot == NULL || slot->serving == NULL) {
        http_problem(exchange, slot == NULL ? 404 : 503, NULL);
    } else {
        bool fine =
            web_page_programme(&html, &web->page, plugin_programme(slot->serving), request->lang);
        send_page(exchange, request, &html, fine);
    }
}

static void on_style(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)context;
    send_built(exchange, request, "text/css; charset=utf-8",
               (span_t){embedded_style_css, embedded_style_css_len});
}

web_t *web_new(plugin_host_t *host, clock_port_t *clock, const web_options_t *options)
{
    web_t *web = calloc(1, sizeof *web);
    if (web != NULL) {
        web->page = (page_context_t){
            .host = host, .clock = clock, .demo = options->demo, .usage = options->usage};
        web->options = *options;
        web->routes[ROUTE_INDEX] =
            (http_route_t){HTTP_GET, "/", HTTP_CACHED, on_index, web, TELL_LIST | TELL_LEFT};
        web->routes[ROUTE_STYLE] =
            (http_route_t){HTTP_GET, "/style.css", HTTP_CACHED, on_style, web, 0};
        web->routes[ROUTE_PROGRAMME] = (http_route_t){
            HTTP_GET, "/{programme}", HTTP_CACHED, on_programme, web, TELL_PROGRAMME | TELL_LEFT};
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

/* The id in "id.example.org" by "*.example.org". */
static span_t first_part(span_t host, span_t pattern)
{
    span_t rest = span_from(pattern, 1);
    if (host.len <= rest.len || !span_equal_nocase(span_from(host, host.len - rest.len), rest)) {
        return SPAN_NONE;
    }
    return (span_t){host.at, host.len - rest.len};
}

/* Whose host it is; ids are in lower case, hosts need not be. */
static void home(void *context, span_t host, buf_t *target)
{
    const web_t *web = context;
    for (size_t i = 0; i < web->options.host_count && target->len == 0; i++) {
        span_t pattern = span_of(web->options.hosts[i].host), id = SPAN_NONE;
        if (pattern.at[0] == '*') {
            id = first_part(host, pattern);
        } else if (span_equal_nocase(host, pattern)) {
            id = span_of(web->options.hosts[i].programme);
        }
        if (id.len > 0) {
            buf_byte(target, '/');
            for (size_t k = 0; k < id.len; k++) {
                char c = id.at[k];
                buf_byte(target, (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c));
            }
            if (target->failed ||
                plugin_host_slot(web->page.host, span_from(buf_span(target), 1)) == NULL) {
                buf_clear(target);
            }
        }
    }
}

void web_changed(web_t *web, http_server_t *server)
{
    web->page.address = http_server_address(server, 0);
    http_server_home(server, home, web);
    size_t count = 0;
    plugin_host_slots(web->page.host, &count);
    if (count <= WARM_MAX) {
        http_cache_warm(server, "/");
    }
}
