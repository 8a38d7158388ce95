#include "web/web.h"

#include "tell/tell.h"
#include "web/embedded.h"
#include "web/language.h"
#include "web/page.h"

#include <stdio.h>
#include <stdlib.h>

enum { QUERY_MAX = 200, PAGE_LAST = 1000000, WARM_MAX = 16 /* programmes */ };

enum {
    ROUTE_ROOT,
    ROUTE_STYLE,
    ROUTE_PROGRAMME,
    ROUTE_PAGES,
    ROUTE_COUNT = ROUTE_PAGES + 2 * LANG_COUNT
};

/* The pages in one language: "/pl" and "/pl/{programme}". */
typedef struct {
    web_t *web;
    lang_t lang;
    char first[8], programme[24];
} pages_t;

struct web {
    page_context_t page;
    web_options_t options;
    pages_t in[LANG_COUNT];
    http_route_t routes[ROUTE_COUNT];
};

static void send_built(http_exchange_t *exchange, lang_t lang, const char *type, span_t body)
{
    http_answer_t *answer = http_answer_new(type, lang, body);
    if (answer == NULL) {
        http_problem(exchange, 503, NULL);
        return;
    }
    http_send(exchange, answer);
    http_answer_release(answer);
}

static void send_page(http_exchange_t *exchange, lang_t lang, buf_t *html, bool fine)
{
    if (fine) {
        send_built(exchange, lang, "text/html; charset=utf-8", buf_span(html));
    } else {
        http_problem(exchange, 503, NULL);
    }
    buf_free(html);
}

/* As a page for a browser, as a problem for a program. */
static void answer_nothing(http_exchange_t *exchange, lang_t lang)
{
    buf_t html = {0}, fields = {0};
    if (!http_wants_page(exchange) || !web_page_nothing(&html, lang)) {
        http_problem(exchange, 404, NULL);
    } else {
        buf_print(&fields, "Content-Language: %s\r\nCache-Control: no-store\r\n", lang_code(lang));
        http_reply(exchange, &(http_reply_t){404, "text/html; charset=utf-8",
                                             buf_zero_terminated(&fields), buf_span(&html)});
    }
    buf_free(&html);
    buf_free(&fields);
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

static void on_first(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    const pages_t *pages = context;
    buf_t html = {0}, text = {0};
    page_wanted_t wanted = {.lang = pages->lang};
    read_query(request->query, &text, &wanted.page);
    wanted.text = buf_span(&text);
    bool fine = web_page_index(&html, &pages->web->page, &wanted);
    send_page(exchange, pages->lang, &html, fine && !text.failed);
    buf_free(&text);
}

static void on_programme(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    const pages_t *pages = context;
    const page_context_t *page = &pages->web->page;
    const plugin_slot_t *slot = plugin_host_slot(page->host, request->parameters[0]);
    buf_t html = {0};
    if (slot == NULL) {
        answer_nothing(exchange, pages->lang);
    } else if (slot->serving == NULL) {
        http_problem(exchange, 503, NULL);
    } else {
        bool fine = web_page_programme(&html, page, plugin_programme(slot->serving), pages->lang);
        send_page(exchange, pages->lang, &html, fine);
    }
}

/* "/" and "/{programme}" are no pages: they lead to those in the language of whoever asks. */
static void on_root(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)context;
    web_redirect(exchange, request, SPAN_NONE);
}

static void on_word(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    const web_t *web = context;
    if (plugin_host_slot(web->page.host, request->parameters[0]) != NULL) {
        web_redirect(exchange, request, request->parameters[0]);
    } else {
        answer_nothing(exchange, web_language(exchange, request, NULL));
    }
}

/* A browser anywhere where there is nothing. */
static void on_lost(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)context;
    answer_nothing(exchange, web_language(exchange, request, NULL));
}

static void on_style(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)context;
    send_built(exchange, request->lang, "text/css; charset=utf-8",
               (span_t){embedded_style_css, embedded_style_css_len});
}

static void add_pages(web_t *web, lang_t lang)
{
    pages_t *pages = &web->in[lang];
    http_route_t *routes = &web->routes[ROUTE_PAGES + 2 * lang];
    pages->web = web;
    pages->lang = lang;
    (void)snprintf(pages->first, sizeof pages->first, "/%s", lang_code(lang));
    (void)snprintf(pages->programme, sizeof pages->programme, "/%s/{programme}", lang_code(lang));
    routes[0] =
        (http_route_t){HTTP_GET, pages->first, HTTP_CACHED, on_first, pages, TELL_LIST | TELL_LEFT};
    routes[1] = (http_route_t){HTTP_GET, pages->programme,          HTTP_CACHED, on_programme,
                               pages,    TELL_PROGRAMME | TELL_LEFT};
}

web_t *web_new(plugin_host_t *host, clock_port_t *clock, const web_options_t *options)
{
    web_t *web = calloc(1, sizeof *web);
    if (web != NULL) {
        web->page = (page_context_t){
            .host = host, .clock = clock, .demo = options->demo, .usage = options->usage};
        web->options = *options;
        web->routes[ROUTE_ROOT] = (http_route_t){HTTP_GET, "/", 0, on_root, web, 0};
        web->routes[ROUTE_STYLE] =
            (http_route_t){HTTP_GET, "/assets/style.css", HTTP_CACHED, on_style, web, 0};
        web->routes[ROUTE_PROGRAMME] = (http_route_t){HTTP_GET, "/{programme}", 0, on_word, web, 0};
        for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
            add_pages(web, lang);
        }
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

/* Whose host it is, in lower case as ids are; nothing when it is nobody's. */
static void owner_of(const web_t *web, span_t host, buf_t *owner)
{
    for (size_t i = 0; i < web->options.host_count && owner->len == 0; i++) {
        span_t pattern = span_of(web->options.hosts[i].host), id = SPAN_NONE;
        if (pattern.at[0] == '*') {
            id = first_part(host, pattern);
        } else if (span_equal_nocase(host, pattern)) {
            id = span_of(web->options.hosts[i].programme);
        }
        for (size_t k = 0; k < id.len; k++) {
            char c = id.at[k];
            buf_byte(owner, (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c));
        }
        if (owner->failed || plugin_host_slot(web->page.host, buf_span(owner)) == NULL) {
            buf_clear(owner);
        }
    }
}

/* "/pl/rest" of a programme's host is "/pl/{programme}/rest", which is taken as well. */
static void home(void *context, span_t host, span_t path, buf_t *target)
{
    buf_t owner = {0};
    owner_of(context, host, &owner);
    span_t start = {path.at, 3}, rest = span_from(path, 3), first = SPAN_NONE;
    span_t behind = span_from(rest, rest.len > 0 ? 1 : 0);
    span_cut(&behind, '/', &first);
    if (owner.len > 0 && !span_equal(first, buf_span(&owner))) {
        buf_add(target, start);
        buf_byte(target, '/');
        buf_add(target, buf_span(&owner));
        buf_add(target, rest);
    }
    buf_free(&owner);
}

void web_changed(web_t *web, http_server_t *server)
{
    web->page.address = web->options.public_address != NULL ? web->options.public_address
                                                            : http_server_address(server, 0);
    http_server_home(server, home, web);
    http_server_lost(server, on_lost, web);
    size_t count = 0;
    plugin_host_slots(web->page.host, &count);
    for (lang_t lang = 0; lang < LANG_COUNT && count <= WARM_MAX; lang++) {
        http_cache_warm(server, web->in[lang].first);
    }
}
