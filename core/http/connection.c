/* A connection: cuts requests off what is read, one after the other, and waits for what is missing.
 *
 *   IDLE ──bytes──> HEAD ──head──> BODY ──> dispatch ──answered──> IDLE
 *                                              └──held──> HANDLER ──answered──┘
 *   any ──last answer──> SENDING ──all sent──> CLOSING ──client closes, or 2 s──> closed
 *
 * What one read brings is taken from the server's read buffer as it lies; only the beginning of a
 * request that is not complete is kept, in `pending`. */
#include "http/server.h"

#include <stdlib.h>

#define REFUSED_MAX 32 /* that are told so; the others are closed without a word */

static void leave_queue(http_connection_t *connection)
{
    http_queue_t *queue = &connection->server->queues[connection->waits];
    *(connection->before != NULL ? &connection->before->after : &queue->first) = connection->after;
    *(connection->after != NULL ? &connection->after->before : &queue->last) = connection->before;
}

static void join_queue(http_connection_t *connection, http_waits_t waits)
{
    http_queue_t *queue = &connection->server->queues[waits];
    connection->waits = waits;
    connection->since = uv_now(connection->server->loop);
    connection->has_answered = false;
    connection->after = NULL;
    connection->before = queue->last;
    *(queue->last != NULL ? &queue->last->after : &queue->first) = connection;
    queue->last = connection;
}

/* A deadline is for one request: bytes that trickle in do not put it off, an answer does. */
static void wait_for(http_connection_t *connection, http_waits_t waits)
{
    if (connection->waits != waits || connection->has_answered) {
        leave_queue(connection);
        join_queue(connection, waits);
    }
}

static void on_closed(uv_handle_t *handle)
{
    http_connection_t *connection = handle->data;
    http_server_t *server = connection->server;
    http_server_count_connection(server, connection->is_refused, -1);
    free(connection);
    http_server_release_handle(server);
}

static void drop_input(http_connection_t *connection)
{
    buf_free(&connection->pending);
    if (connection->arriving != NULL) {
        http_exchange_give(connection->arriving);
        connection->arriving = NULL;
    }
}

void http_connection_close(http_connection_t *connection)
{
    if (connection->is_closing) {
        return;
    }
    connection->is_closing = true;
    leave_queue(connection);
    if (!connection->is_processing) {
        drop_input(connection);
    }
    if (connection->held != NULL) {
        connection->held->connection = NULL;
        connection->held = NULL;
    }
    uv_close(&connection->uv.handle, on_closed);
}

static void on_shut(uv_shutdown_t *shutdown, int status)
{
    http_connection_t *connection = shutdown->data;
    if (connection->is_closing) {
        return;
    }
    connection->is_shut = true;
    if (status < 0 || connection->is_at_end) {
        http_connection_close(connection);
    } else {
        wait_for(connection, HTTP_WAITS_CLOSING);
    }
}

static void on_room(uv_handle_t *handle, size_t size, uv_buf_t *buf)
{
    (void)size;
    http_server_t *server = ((http_connection_t *)handle->data)->server;
    http_server_tick(server);
    *buf = uv_buf_init(server->read, sizeof server->read);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf);

static void read_on(http_connection_t *connection, bool on)
{
    if (connection->is_reading != on && !connection->is_at_end) {
        connection->is_reading = on;
        if (on) {
            uv_read_start(&connection->uv.stream, on_room, on_read);
        } else {
            uv_read_stop(&connection->uv.stream);
        }
    }
}

/* Closing a socket with unread input would reset it, and the client might never see the answer:
 * shut the sending side, read what still comes, then close. */
static void linger(http_connection_t *connection)
{
    drop_input(connection);
    connection->is_lingering = true;
    connection->shutdown.data = connection;
    wait_for(connection, HTTP_WAITS_SENDING);
    if (uv_shutdown(&connection->shutdown, &connection->uv.stream, on_shut) != 0) {
        http_connection_close(connection);
        return;
    }
    read_on(connection, true);
}

/* An error after which nothing of the connection can be trusted: the last answer. */
static void refuse(http_connection_t *connection, unsigned status, const char *reason)
{
    http_exchange_t *exchange = http_exchange_take(connection->server, connection);
    if (exchange == NULL) {
        http_connection_close(connection);
        return;
    }
    http_problem_because(exchange, status, status == 503 ? "Retry-After: 1\r\n" : NULL, reason);
    http_exchange_give(exchange);
}

/* ---- taking requests ------------------------------------------------------------------------- */

static bool goes_on(const http_connection_t *connection)
{
    return !connection->is_closing && !connection->is_finishing && !connection->is_paused &&
           connection->held == NULL;
}

/* The rest of a chunked request. */
static size_t take_chunks(http_connection_t *connection, span_t input)
{
    http_exchange_t *exchange = connection->arriving;
    const char *reason = "";
    size_t used = 0;
    unsigned status =
        http_intake_feed(exchange, input, connection->server->limits.fields, &used, &reason);
    if (status != 0) {
        refuse(connection, status, reason);
    } else if (exchange->intake->is_complete) {
        connection->arriving = NULL;
        http_dispatch(exchange);
    }
    return used;
}

/* Once a request: a head whose body is waited for is not looked at again
 * before that is complete. */
static void greet_continue(http_connection_t *connection, const http_framing_t *framing)
{
    if (framing->awaits_continue && !framing->is_1_0) {
        http_batch_add(connection, SPAN("HTTP/1.1 100 Continue\r\n\r\n"));
    }
}

static size_t begin_chunked(http_connection_t *connection, span_t input, size_t head_len,
                            const http_framing_t *framing)
{
    http_exchange_t *exchange = http_exchange_take(connection->server, connection);
    span_t head = {input.at, head_len};
    if (exchange == NULL) {
        http_connection_close(connection);
        return head_len;
    }
    unsigned status = http_intake_begin(exchange, head, connection->server->limits.body_bytes);
    if (status != 0) {
        http_exchange_give(exchange);
        refuse(connection, status, status == 503 ? NULL : "malformed head");
    } else {
        http_exchange_note(exchange, framing);
        connection->arriving = exchange;
        if (input.len == head_len) {
            greet_continue(connection, framing);
        }
    }
    return head_len;
}

static size_t take_framed(http_connection_t *connection, span_t input, size_t head_len,
                          const http_framing_t *framing)
{
    if (framing->content_length > connection->server->limits.body_bytes) {
        refuse(connection, 413, "Content-Length past the limit");
        return 0;
    }
    size_t len = head_len + (size_t)framing->content_length;
    if (input.len < len) {
        connection->needed = len;
        greet_continue(connection, framing);
        return 0;
    }
    http_exchange_t *exchange = http_exchange_take(connection->server, connection);
    if (exchange == NULL) {
        http_connection_close(connection);
    } else if (!http_exchange_read(exchange, (span_t){input.at, len}, head_len, framing)) {
        http_exchange_give(exchange);
        refuse(connection, 400, "malformed head");
    } else {
        http_dispatch(exchange);
    }
    return len;
}

/* A head past the limit, or one that will be. */
static void refuse_length(http_connection_t *connection, span_t input)
{
    const char *line = memchr(input.at, '\n', input.len);
    bool by_target = line == NULL || line - input.at > HTTP_TARGET_MAX;
    refuse(connection, by_target ? 414 : 431, by_target ? "target too long" : "head too long");
}

/* Takes one request, or a step of one, off `input`. Returns how much it took; 0 when more must come
 * first. */
static size_t take_one(http_connection_t *connection, span_t input)
{
    const http_limits_t *limits = &connection->server->limits;
    if (connection->arriving != NULL) {
        return take_chunks(connection, input);
    }
    if (input.at[0] == '\r' && (input.len == 1 || input.at[1] == '\n')) {
        /* An empty line before the request, as RFC 9112, 2.2 bids. */
        return input.len == 1 ? 0 : 2;
    }
    if (input.len < connection->needed) {
        return 0;
    }
    size_t end = connection->scanned;
    http_head_end_t found = http_guard_find_end(input, &end);
    if (end > limits->head_bytes || (found == HTTP_HEAD_PARTIAL && end == limits->head_bytes)) {
        refuse_length(connection, input);
        return 0;
    }
    if (found == HTTP_HEAD_PARTIAL) {
        connection->scanned = end;
        return 0;
    }
    const char *reason = "";
    http_framing_t framing;
    unsigned status = http_guard_head((span_t){input.at, end}, limits->fields, &framing, &reason);
    if (status != 0) {
        refuse(connection, status, reason);
        return 0;
    }
    return framing.is_chunked ? begin_chunked(connection, input, end, &framing)
                              : take_framed(connection, input, end, &framing);
}

static size_t take_all(http_connection_t *connection, span_t input)
{
    size_t taken = 0;
    connection->is_processing = true;
    while (taken < input.len && goes_on(connection)) {
        size_t used = take_one(connection, span_from(input, taken));
        if (used == 0) {
            break;
        }
        taken += used;
        connection->scanned = 0;
        connection->needed = 0;
    }
    connection->is_processing = false;
    return taken;
}

/* ---- waiting --------------------------------------------------------------------------------- */

static http_waits_t next_wait(const http_connection_t *connection)
{
    if (connection->held != NULL) {
        return HTTP_WAITS_HANDLER;
    }
    if (connection->is_paused) {
        return HTTP_WAITS_SENDING;
    }
    if (connection->arriving != NULL || connection->needed > 0) {
        return HTTP_WAITS_BODY;
    }
    if (connection->pending.len > 0) {
        return HTTP_WAITS_HEAD;
    }
    bool sends = uv_stream_get_write_queue_size(&connection->uv.stream) > 0;
    return sends ? HTTP_WAITS_SENDING : HTTP_WAITS_IDLE;
}

/* All that can be done now is done: the answers go out, and what is waited for is noted. */
static void rest(http_connection_t *connection)
{
    if (connection->is_at_end && goes_on(connection)) {
        if (connection->pending.len > 0 || connection->arriving != NULL) {
            refuse(connection, 400, "the request broke off");
        }
        connection->is_finishing = true;
    }
    if (connection->server->batch.connection == connection) {
        http_batch_flush(connection->server);
    }
    if (connection->is_closing) {
        drop_input(connection);
    } else if (connection->is_finishing && !connection->is_lingering) {
        linger(connection);
    } else if (!connection->is_lingering) {
        wait_for(connection, next_wait(connection));
        if (goes_on(connection)) {
            read_on(connection, true);
        }
    }
}

static void take_pending(http_connection_t *connection)
{
    buf_t *pending = &connection->pending;
    size_t taken = take_all(connection, buf_span(pending));
    if (taken == pending->len) {
        buf_free(pending);
    } else if (taken > 0) {
        pending->len -= taken;
        memmove(pending->at, pending->at + taken, pending->len);
    }
}

void http_connection_resume(http_connection_t *connection)
{
    if (connection->is_processing || connection->is_closing || connection->is_lingering) {
        return;
    }
    if (connection->pending.len > 0 && goes_on(connection)) {
        take_pending(connection);
    }
    rest(connection);
}

static void keep(http_connection_t *connection, span_t input)
{
    buf_add(&connection->pending, input);
    if (connection->pending.failed) {
        http_connection_close(connection);
    }
}

static void take_read(http_connection_t *connection, span_t input)
{
    if (!goes_on(connection)) {
        /* What comes behind a held request waits; more than one read of it stays in the socket. */
        keep(connection, input);
        read_on(connection, false);
        return;
    }
    if (connection->pending.len > 0) {
        keep(connection, input);
        take_pending(connection);
    } else {
        size_t taken = take_all(connection, input);
        if (taken < input.len && !connection->is_closing && !connection->is_finishing) {
            keep(connection, span_from(input, taken));
        }
    }
    rest(connection);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    http_connection_t *connection = stream->data;
    http_server_t *server = connection->server;
    if (count > 0 && !connection->is_lingering) {
        server->metrics.bytes_in += (uint64_t)count;
        take_read(connection, (span_t){buf->base, (size_t)count});
        http_server_tock(server);
    } else if (count == UV_EOF) {
        connection->is_reading = false;
        connection->is_at_end = true;
        bool feeds = connection->held != NULL && connection->held->is_feed;
        if (connection->is_shut || feeds) {
            http_connection_close(connection);
        } else {
            rest(connection);
        }
    } else if (count < 0) {
        http_connection_close(connection);
    }
}

void http_connection_expire(http_connection_t *connection)
{
    switch (connection->waits) {
    case HTTP_WAITS_HEAD:
    case HTTP_WAITS_BODY:
        refuse(connection, 408, "too slow");
        rest(connection);
        return;
    case HTTP_WAITS_SENDING: {
        size_t unsent = uv_stream_get_write_queue_size(&connection->uv.stream);
        if (unsent < connection->unsent) {
            connection->unsent = unsent;
            leave_queue(connection);
            join_queue(connection, HTTP_WAITS_SENDING);
            return;
        }
        break;
    }
    case HTTP_WAITS_IDLE:
        if (connection->server->is_stopping) {
            connection->is_finishing = true;
            rest(connection);
            return;
        }
        break;
    default:
        break;
    }
    http_connection_close(connection);
}

/* ---- accepting ------------------------------------------------------------------------------- */

static http_connection_t *connection_new(http_server_t *server, uv_handle_type type)
{
    http_connection_t *connection = calloc(1, sizeof *connection);
    if (connection == NULL) {
        return NULL;
    }
    int result = type == UV_TCP ? uv_tcp_init(server->loop, &connection->uv.tcp)
                                : uv_pipe_init(server->loop, &connection->uv.pipe, 0);
    if (result != 0) {
        free(connection);
        return NULL;
    }
    connection->server = server;
    connection->uv.handle.data = connection;
    server->handles++;
    return connection;
}

bool http_connection_accept(http_server_t *server, uv_stream_t *listener)
{
    uv_handle_type type = uv_handle_get_type((uv_handle_t *)listener);
    http_connection_t *connection = connection_new(server, type);
    if (connection == NULL) {
        return false;
    }
    bool is_full = http_server_is_full(server);
    connection->is_refused = is_full;
    http_server_count_connection(server, is_full, 1);
    join_queue(connection, HTTP_WAITS_IDLE);
    if (uv_accept(listener, &connection->uv.stream) != 0 || server->refused > REFUSED_MAX) {
        http_connection_close(connection);
        return true;
    }
    if (type == UV_TCP) {
        uv_tcp_nodelay(&connection->uv.tcp, 1);
    }
    if (is_full) {
        refuse(connection, 503, NULL);
    }
    rest(connection);
    return true;
}
