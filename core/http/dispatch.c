/* From a request to whoever answers it. */
#include "base/log.h"
#include "http/server.h"

/* What a page of another origin may send to a public route, and for how long that is known. */
#define PREFLIGHT_FIELDS                                                                           \
    "Access-Control-Allow-Headers: Accept-Language, Content-Type, Idempotency-Key, If-Match, "     \
    "If-None-Match\r\nAccess-Control-Max-Age: 86400\r\n"

static void add_methods(buf_t *fields, const char *name, unsigned methods)
{
    buf_print(fields, "%s: ", name);
    bool first = true;
    for (unsigned method = 0; method < HTTP_METHOD_COUNT; method++) {
        if ((methods & 1u << method) != 0) {
            buf_print(fields, "%s%s", first ? "" : ", ", http_method_name((http_method_t)method));
            first = false;
        }
    }
    buf_literal(fields, "\r\n");
}

/* OPTIONS of a path without a handler of its own, and methods the path has not. */
static void answer_methods(http_exchange_t *exchange, const http_match_t *match)
{
    buf_t fields = {0};
    bool asks = exchange->request.method == HTTP_OPTIONS;
    exchange->is_public = match->public_methods != 0;
    add_methods(&fields, "Allow", match->methods);
    if (asks && exchange->is_public &&
        http_header(exchange, "access-control-request-method").at != NULL) {
        add_methods(&fields, "Access-Control-Allow-Methods", match->public_methods);
        buf_literal(&fields, PREFLIGHT_FIELDS);
    }
    const char *lines = buf_zero_terminated(&fields);
    if (lines == NULL) {
        http_problem(exchange, 503, NULL);
    } else if (asks) {
        http_reply(exchange, &(http_reply_t){.status = 204, .fields = lines});
    } else {
        http_problem(exchange, 405, lines);
    }
    buf_free(&fields);
}

static void call_handler(http_exchange_t *exchange, const http_match_t *match)
{
    http_request_t *request = &exchange->request;
    exchange->route = match->route;
    exchange->is_public = (match->route->flags & HTTP_PUBLIC) != 0;
    memcpy(request->parameters, match->parameters, sizeof request->parameters);
    if (exchange->is_head && match->route->method == HTTP_GET) {
        request->method = HTTP_GET;
    }
    if ((match->route->flags & HTTP_CACHED) != 0) {
        exchange->server->metrics.cache_misses++;
    }
    match->route->handler(exchange, request, match->route->context);
}

/* After the handler: answered, held for later, or forgotten. */
static void settle(http_exchange_t *exchange)
{
    exchange->is_dispatching = false;
    if (exchange->is_held && !exchange->is_answered) {
        return;
    }
    if (!exchange->is_answered && exchange->connection != NULL) {
        log_line(LOG_ERROR, "a handler neither answered nor held");
        http_problem(exchange, 500, NULL);
    }
    http_exchange_give(exchange);
}

static bool answer_from_cache(http_exchange_t *exchange)
{
    const http_request_t *request = &exchange->request;
    if (request->method > HTTP_HEAD || request->body.len > 0) {
        return false;
    }
    http_server_t *server = exchange->server;
    http_answer_t *answer =
        http_cache_find(server->cache, request->target, request->lang, &exchange->is_public);
    if (answer == NULL) {
        return false;
    }
    server->metrics.cache_hits++;
    http_reply_answer(exchange, answer);
    return true;
}

/* "example.org:8080" and "[::1]:8080" without the port, "example.org." without the dot. */
static span_t host_name(span_t host)
{
    size_t len = host.len;
    while (len > 0 && host.at[len - 1] >= '0' && host.at[len - 1] <= '9') {
        len--;
    }
    if (len > 0 && host.at[len - 1] == ':') {
        host.len = len - 1;
    }
    if (host.len > 0 && host.at[host.len - 1] == '.') {
        host.len--;
    }
    return host;
}

/* "/pl" and "/pl/…": the pages of a language. */
static bool is_of_pages(span_t path)
{
    lang_t lang = LANG_PL;
    return path.len >= 3 && (path.len == 3 || path.at[3] == '/') &&
           lang_of_code((span_t){path.at + 1, 2}, &lang);
}

/* From here on the path is the one that it stands for on this host, so that what is stored depends
 * on that alone. */
static void go_home(http_exchange_t *exchange)
{
    http_server_t *server = exchange->server;
    http_request_t *request = &exchange->request;
    if (server->home == NULL || request->method > HTTP_HEAD || !is_of_pages(request->path)) {
        return;
    }
    buf_clear(&server->home_target);
    server->home(server->home_context, host_name(http_header(exchange, "host")), request->path,
                 &server->home_target);
    if (server->home_target.len > 0 && !server->home_target.failed) {
        request->target = request->path = buf_span(&server->home_target);
        request->query = SPAN_NONE;
        exchange->is_home = true;
    }
}

bool http_wants_page(const http_exchange_t *exchange)
{
    span_t accept = http_header(exchange, "accept"), range = SPAN_NONE;
    while (span_cut(&accept, ',', &range)) {
        span_t type = SPAN_NONE;
        span_cut(&range, ';', &type);
        type = span_trim(type);
        if (span_equal_nocase(type, SPAN("text/html"))) {
            return true;
        }
        if (span_equal_nocase(type, SPAN("application/json")) ||
            span_equal_nocase(type, SPAN("application/problem+json"))) {
            return false;
        }
    }
    return false;
}

static void answer_lost(http_exchange_t *exchange)
{
    http_server_t *server = exchange->server;
    if (server->lost != NULL && exchange->request.method <= HTTP_HEAD &&
        http_wants_page(exchange)) {
        server->lost(exchange, &exchange->request, server->lost_context);
    } else {
        http_problem(exchange, 404, NULL);
    }
}

void http_dispatch(http_exchange_t *exchange)
{
    go_home(exchange);
    if (answer_from_cache(exchange)) {
        http_exchange_give(exchange);
        return;
    }
    const http_request_t *request = &exchange->request;
    http_match_t match;
    exchange->is_dispatching = true;
    switch (http_router_find(exchange->server->router, request->method, request->path, &match)) {
    case HTTP_FOUND:
        call_handler(exchange, &match);
        break;
    case HTTP_OTHER_METHOD:
        answer_methods(exchange, &match);
        break;
    default:
        answer_lost(exchange);
        break;
    }
    settle(exchange);
}

void http_cache_clear(http_server_t *server)
{
    server->epoch++;
    http_cache_empty(server->cache);
}

void http_cache_forget(http_server_t *server, unsigned tells, span_t of)
{
    server->epoch++;
    http_cache_evict(server->cache, tells, of);
}

void http_cache_resize(http_server_t *server, size_t bytes_max)
{
    http_cache_limit(server->cache, bytes_max);
}

void http_cache_warm(http_server_t *server, const char *target)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        http_exchange_t *exchange = http_exchange_take(server, NULL);
        if (exchange == NULL) {
            return;
        }
        http_exchange_aim(exchange, span_of(target), (lang_t)lang);
        http_match_t match;
        http_finding_t found =
            http_router_find(server->router, HTTP_GET, exchange->request.path, &match);
        if (found == HTTP_FOUND && (match.route->flags & HTTP_CACHED) != 0) {
            exchange->is_dispatching = true;
            call_handler(exchange, &match);
        }
        settle(exchange);
    }
}

unsigned http_ask(http_server_t *server, const http_request_t *request, buf_t *body)
{
    http_heard_t heard = {503, body};
    http_exchange_t *exchange = http_exchange_take(server, NULL);
    if (exchange == NULL) {
        return heard.status;
    }
    http_exchange_aim(exchange, request->target, request->lang);
    exchange->request.method = request->method;
    exchange->request.content_type = request->content_type;
    exchange->request.body = request->body;
    exchange->heard = &heard;
    http_match_t match;
    if (http_router_find(server->router, request->method, exchange->request.path, &match) ==
        HTTP_FOUND) {
        exchange->is_dispatching = true;
        call_handler(exchange, &match);
        exchange->heard = NULL;
    } else {
        heard.status = 404;
    }
    settle(exchange);
    return heard.status;
}
