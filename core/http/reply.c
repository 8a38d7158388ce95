/* Answering an exchange: prebuilt answers, replies written here, and what follows from either. */
#include "base/log.h"
#include "http/server.h"

#include <assert.h>
#include <strings.h>

#define CLOSE_LINE "Connection: close\r\n"
#define KEEP_LINE "Connection: keep-alive\r\n"

static const char *reason_of(unsigned status)
{
    static const struct {
        unsigned status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i].status == status) {
            return reasons[i].reason;
        }
    }
    return "Status";
}

static void leave_held(http_exchange_t *exchange)
{
    http_server_t *server = exchange->server;
    if (exchange->held_before != NULL) {
        exchange->held_before->held_after = exchange->held_after;
    } else if (server != NULL) {
        server->held = exchange->held_after;
    }
    if (exchange->held_after != NULL) {
        exchange->held_after->held_before = exchange->held_before;
    }
}

static void count(http_exchange_t *exchange, unsigned status)
{
    http_server_t *server = exchange->server;
    assert(server != NULL); /* it is freed after its connections */
    unsigned method = exchange->is_head   ? HTTP_HEAD
                      : exchange->is_told ? exchange->request.method
                                          : HTTP_METHOD_COUNT;
    server->metrics.requests[method][status / 100 % 6]++;
    if (exchange->is_held) {
        http_metrics_measure(&server->metrics, 1, uv_hrtime() - exchange->began);
    } else {
        server->metrics.unmeasured++;
    }
}

/* The answer is in the batch, or nobody is there to read it. */
static void finish(http_exchange_t *exchange, unsigned status)
{
    http_connection_t *connection = exchange->connection;
    exchange->is_answered = true;
    if (connection != NULL) {
        count(exchange, status);
        connection->has_answered = true;
        connection->is_finishing = !exchange->keeps_alive;
    }
    if (exchange->is_held) {
        leave_held(exchange);
        if (connection != NULL) {
            connection->held = NULL;
        }
        if (!exchange->is_dispatching) {
            http_exchange_give(exchange);
            if (connection != NULL) {
                http_connection_resume(connection);
            }
        }
    }
}

static bool may_answer(const http_exchange_t *exchange)
{
    if (exchange->is_answered) {
        log_line(LOG_ERROR, "a handler answered twice");
    }
    return !exchange->is_answered;
}

/* Empty when the version says the same. */
static span_t connection_line(const http_exchange_t *exchange)
{
    if (!exchange->keeps_alive) {
        return SPAN(CLOSE_LINE);
    }
    return exchange->is_1_0 ? SPAN(KEEP_LINE) : SPAN("");
}

void http_reply_answer(http_exchange_t *exchange, http_answer_t *answer)
{
    http_connection_t *connection = exchange->connection;
    http_server_t *server = exchange->server;
    const http_parsed_t *parsed = &exchange->parsed;
    assert(server != NULL); /* it is freed after its connections */
    exchange->keeps_alive = exchange->keeps_alive && !server->is_stopping;
    if (http_answer_is_public(answer) != exchange->is_public) {
        /* It may be in the batch as the other. */
        http_batch_flush(server);
        http_answer_set_public(answer, exchange->is_public);
    }
    http_form_t form = http_answer_choose(answer, parsed->if_none_match, parsed->accept_encoding);
    http_view_t view = http_answer_view(answer, form, http_server_date(server));
    span_t line = connection_line(exchange);
    size_t body_len = exchange->is_head ? 0 : view.body.len;
    if (line.len == 0) {
        http_batch_add_answer(connection, answer,
                              (span_t){view.head.at, view.head.len + 2 + body_len});
    } else {
        http_batch_add_answer(connection, answer, view.head);
        http_batch_add(connection, line);
        http_batch_add_answer(connection, answer,
                              (span_t){view.head.at + view.head.len, 2 + body_len});
    }
    finish(exchange, form >= HTTP_FORM_PLAIN_SAME ? 304 : 200);
}

static void hear(http_exchange_t *exchange, unsigned status, span_t body)
{
    exchange->heard->status = status;
    buf_add(exchange->heard->body, body);
}

void http_send(http_exchange_t *exchange, http_answer_t *answer)
{
    if (!may_answer(exchange)) {
        return;
    }
    const http_route_t *route = exchange->route;
    /* An answer worked out before something was forgotten may no longer be true. */
    if (exchange->server != NULL && exchange->epoch == exchange->server->epoch && route != NULL &&
        (route->flags & HTTP_CACHED) != 0 && exchange->request.body.len == 0) {
        const http_cached_t what = {.target = exchange->request.target,
                                    .lang = exchange->request.lang,
                                    .is_public = exchange->is_public,
                                    .tells = route->tells,
                                    .of = exchange->request.parameters[0]};
        http_cache_add(exchange->server->cache, &what, answer);
    }
    if (exchange->connection != NULL) {
        http_reply_answer(exchange, answer);
        return;
    }
    if (exchange->heard != NULL) {
        hear(exchange, 200,
             http_answer_view(answer, HTTP_FORM_PLAIN, http_server_date(exchange->server)).body);
    }
    finish(exchange, 200);
}

static bool has_field(const char *fields, const char *name)
{
    return fields != NULL && strcasestr(fields, name) != NULL;
}

static void write_head(buf_t *lines, const http_exchange_t *exchange, const http_reply_t *reply,
                       const http_date_t *date)
{
    bool has_body = reply->status >= 200 && reply->status != 204 && reply->status != 304;
    buf_literal(lines, "HTTP/1.1 ");
    buf_int(lines, reply->status);
    buf_byte(lines, ' ');
    buf_add(lines, span_of(reason_of(reply->status)));
    buf_literal(lines, "\r\nDate: ");
    buf_add(lines, (span_t){date->text, HTTP_DATE_LEN});
    if (has_body && reply->content_type != NULL) {
        buf_literal(lines, "\r\nContent-Type: ");
        buf_add(lines, span_of(reply->content_type));
    }
    if (has_body && !exchange->is_feed) {
        buf_literal(lines, "\r\nContent-Length: ");
        buf_int(lines, (int64_t)reply->body.len);
    }
    buf_literal(lines, "\r\n");
    http_add_security_fields(lines, reply->content_type);
    /* What is not prebuilt may be about a person. */
    if (!has_field(reply->fields, "cache-control:")) {
        buf_literal(lines, "Cache-Control: no-store\r\n");
    }
    if (exchange->is_public && !has_field(reply->fields, "access-control-allow-origin:")) {
        buf_literal(lines, HTTP_ORIGIN_LINE);
    }
    buf_add(lines, span_of(reply->fields));
    buf_add(lines, connection_line(exchange));
    buf_literal(lines, "\r\n");
}

void http_reply(http_exchange_t *exchange, const http_reply_t *reply)
{
    if (!may_answer(exchange)) {
        return;
    }
    http_connection_t *connection = exchange->connection;
    if (connection != NULL) {
        http_server_t *server = exchange->server;
        exchange->keeps_alive = exchange->keeps_alive && !server->is_stopping;
        buf_clear(&server->lines);
        write_head(&server->lines, exchange, reply, http_server_date(server));
        if (server->lines.failed) {
            http_connection_close(connection);
        } else {
            bool bare = exchange->is_head || reply->status == 204 || reply->status == 304;
            http_batch_copy(connection, buf_span(&server->lines), bare ? SPAN_NONE : reply->body);
        }
    } else if (exchange->heard != NULL) {
        hear(exchange, reply->status, reply->body);
    }
    finish(exchange, reply->status);
}

/* ---- answers without an end ------------------------------------------------------------------ */

bool http_feed_begin(http_exchange_t *exchange, const char *content_type)
{
    http_connection_t *connection = exchange->connection;
    if (!exchange->is_held || connection == NULL) {
        return false;
    }
    http_server_t *server = exchange->server;
    const http_reply_t reply = {.status = 200, .content_type = content_type};
    exchange->is_feed = true;
    exchange->keeps_alive = false;
    buf_clear(&server->lines);
    write_head(&server->lines, exchange, &reply, http_server_date(server));
    if (server->lines.failed || !http_feed_send(exchange, buf_span(&server->lines))) {
        exchange->is_feed = false;
        return false;
    }
    server->metrics.feeds++;
    return true;
}

bool http_feed_send(http_exchange_t *exchange, span_t bytes)
{
    http_connection_t *connection = exchange->connection;
    if (connection == NULL) {
        return false;
    }
    http_server_t *server = exchange->server;
    if (uv_stream_get_write_queue_size(&connection->uv.stream) > server->limits.unsent_bytes) {
        server->metrics.feeds_dropped++;
        http_connection_close(connection);
        return false;
    }
    http_batch_copy(connection, bytes, SPAN_NONE);
    http_batch_flush(server);
    return exchange->connection != NULL;
}

bool http_feed_is_open(const http_exchange_t *exchange)
{
    return exchange->connection != NULL;
}

void http_feed_end(http_exchange_t *exchange)
{
    if (exchange->server != NULL) {
        exchange->server->metrics.feeds--;
    }
    finish(exchange, 200);
}
