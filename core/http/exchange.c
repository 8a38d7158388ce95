#include "http/server.h"

#include <stdlib.h>

http_exchange_t *http_exchange_take(http_server_t *server, http_connection_t *connection)
{
    http_exchange_t *exchange = server->idle_exchange;
    server->idle_exchange = NULL;
    if (exchange == NULL) {
        exchange = malloc(sizeof *exchange);
        if (exchange == NULL) {
            return NULL;
        }
    }
    *exchange = (http_exchange_t){.server = server,
                                  .connection = connection,
                                  .began = server->clock,
                                  .epoch = server->epoch,
                                  .request.lang = LANG_PL};
    return exchange;
}

void http_exchange_give(http_exchange_t *exchange)
{
    http_intake_free(exchange->intake);
    free(exchange->owned);
    http_server_t *server = exchange->server;
    if (server != NULL && server->idle_exchange == NULL) {
        server->idle_exchange = exchange;
    } else {
        free(exchange);
    }
}

static void split_target(http_request_t *request)
{
    const char *mark = memchr(request->target.at, '?', request->target.len);
    request->path = request->target;
    if (mark != NULL) {
        request->path.len = (size_t)(mark - request->target.at);
        request->query = span_from(request->target, request->path.len + 1);
    }
}

/* The letters, digits and marks that mean the same escaped or not (RFC 3986, 2.3). */
static bool is_unreserved(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

/* One spelling of a target, whatever the client chose: in origin form, its path without needless
 * escapes. What is shorter than it came is written over it: the bytes are a read buffer's or the
 * exchange's own. */
static span_t plain_target(span_t target)
{
    char *start = (char *)target.at, *end = start + target.len;
    if (*start != '/') {
        span_t authority;
        start += http_guard_authority(target, &authority);
        if (start == end || *start == '?') {
            *--start = '/'; /* "http://example.org" means its "/" */
        }
    }
    char *path_end = memchr(start, '?', (size_t)(end - start));
    path_end = path_end != NULL ? path_end : end;
    char *to = memchr(start, '%', (size_t)(path_end - start));
    if (to == NULL) {
        return (span_t){start, (size_t)(end - start)};
    }
    for (const char *from = to; from < path_end; to++) {
        int byte =
            *from == '%' ? http_unescape_byte((span_t){from, (size_t)(path_end - from)}) : -1;
        bool needless = is_unreserved(byte);
        *to = needless ? (char)byte : *from;
        from += needless ? 3 : 1;
    }
    memmove(to, path_end, (size_t)(end - path_end));
    return (span_t){start, (size_t)(to - start) + (size_t)(end - path_end)};
}

void http_exchange_note(http_exchange_t *exchange, const http_framing_t *framing)
{
    http_request_t *request = &exchange->request;
    const http_parsed_t *parsed = &exchange->parsed;
    exchange->is_told = true;
    exchange->is_1_0 = framing->is_1_0;
    exchange->is_head = framing->method == HTTP_HEAD;
    exchange->keeps_alive = parsed->keeps_alive && !exchange->server->is_stopping;
    request->method = framing->method;
    request->target = plain_target(parsed->target);
    request->body = parsed->body;
    request->content_type = parsed->content_type;
    if (parsed->accept_language.at != NULL) {
        request->lang = lang_negotiate(parsed->accept_language);
    }
    split_target(request);
}

bool http_exchange_read(http_exchange_t *exchange, span_t bytes, size_t head_len,
                        const http_framing_t *framing)
{
    exchange->raw = bytes;
    exchange->head = (span_t){bytes.at, head_len};
    if (!http_parse(bytes, &exchange->parsed)) {
        return false;
    }
    http_exchange_note(exchange, framing);
    return true;
}

void http_exchange_aim(http_exchange_t *exchange, span_t target, lang_t lang)
{
    exchange->raw = target;
    exchange->is_told = true;
    exchange->request.target = target;
    exchange->request.lang = lang;
    split_target(&exchange->request);
}

static void move_span(span_t *span, const char *from, const char *to)
{
    if (span->at != NULL) {
        span->at = to + (span->at - from);
    }
}

/* The read buffer is the next read's: what the spans point into becomes the exchange's own. */
static bool own_bytes(http_exchange_t *exchange)
{
    const char *from = exchange->raw.at;
    char *to = malloc(exchange->raw.len + 1);
    if (to == NULL) {
        return false;
    }
    memcpy(to, from, exchange->raw.len);
    http_request_t *request = &exchange->request;
    http_parsed_t *parsed = &exchange->parsed;
    span_t *const spans[] = {
        &request->target,       &request->path,         &request->query,
        &request->body,         &request->content_type, &parsed->accept_encoding,
        &parsed->if_none_match, &exchange->head,        &exchange->raw};
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        move_span(spans[i], from, to);
    }
    for (size_t i = 0; i < HTTP_PARAMETERS_MAX; i++) {
        move_span(&request->parameters[i], from, to);
    }
    exchange->owned = to;
    return true;
}

bool http_hold(http_exchange_t *exchange)
{
    if (exchange->is_held) {
        return true;
    }
    if (exchange->heard != NULL || exchange->is_home) {
        return false; /* whoever asks waits for nothing; a home's target is gone with this round */
    }
    if (exchange->connection != NULL && exchange->connection->is_closing) {
        exchange->connection = NULL; /* it broke under the handler and is gone before the answer */
    }
    if (exchange->owned == NULL && !own_bytes(exchange)) {
        return false;
    }
    http_server_t *server = exchange->server;
    exchange->is_held = true;
    exchange->held_after = server->held;
    if (server->held != NULL) {
        server->held->held_before = exchange;
    }
    server->held = exchange;
    if (exchange->connection != NULL) {
        exchange->connection->held = exchange;
    }
    return true;
}

static span_t find_field(const http_exchange_t *exchange, const char *name, bool last)
{
    span_t rest = exchange->head, line, wanted = span_of(name), found = SPAN_NONE;
    span_cut(&rest, '\n', &line); /* the request line */
    while (span_cut(&rest, '\n', &line) && line.len > 1) {
        if (line.len > wanted.len && line.at[wanted.len] == ':' &&
            span_equal_nocase((span_t){line.at, wanted.len}, wanted)) {
            span_t value = span_from(line, wanted.len + 1);
            value.len--; /* the CR */
            found = span_trim(value);
            if (!last) {
                break;
            }
        }
    }
    return found;
}

span_t http_header(const http_exchange_t *exchange, const char *name)
{
    return find_field(exchange, name, false);
}

span_t http_header_last(const http_exchange_t *exchange, const char *name)
{
    return find_field(exchange, name, true);
}
