#include "http/server.h"

#include <stdlib.h>

typedef struct {
    uv_write_t uv;
    char bytes[];
} rest_t;

static void on_written(uv_write_t *uv, int status)
{
    http_connection_t *connection = uv->data;
    free(uv);
    if (connection->is_closing) {
        return;
    }
    if (status < 0) {
        http_connection_close(connection);
        return;
    }
    size_t unsent = uv_stream_get_write_queue_size(&connection->uv.stream);
    if (unsent <= connection->server->limits.unsent_bytes) {
        connection->is_paused = false;
        http_connection_resume(connection);
    }
}

/* What the socket did not take is copied, since the batch's memory is used again at once. */
static void queue_rest(const http_batch_t *batch, size_t sent)
{
    http_connection_t *connection = batch->connection;
    size_t len = batch->bytes - sent, at = 0;
    rest_t *rest = malloc(sizeof *rest + len);
    if (rest == NULL) {
        http_connection_close(connection);
        return;
    }
    for (unsigned i = 0; i < batch->count; i++) {
        const uv_buf_t *span = &batch->spans[i];
        size_t skipped = sent < span->len ? sent : span->len;
        memcpy(rest->bytes + at, span->base + skipped, span->len - skipped);
        at += span->len - skipped;
        sent -= skipped;
    }
    rest->uv.data = connection;
    uv_buf_t whole = uv_buf_init(rest->bytes, (unsigned)len);
    if (uv_write(&rest->uv, &connection->uv.stream, &whole, 1, on_written) != 0) {
        free(rest);
        http_connection_close(connection);
        return;
    }
    connection->unsent = uv_stream_get_write_queue_size(&connection->uv.stream);
    connection->is_paused = connection->unsent > connection->server->limits.unsent_bytes;
}

static void write_out(const http_batch_t *batch)
{
    http_connection_t *connection = batch->connection;
    connection->server->metrics.bytes_out += batch->bytes;
    int sent = uv_try_write(&connection->uv.stream, batch->spans, batch->count);
    if (sent < 0 && sent != UV_EAGAIN) {
        http_connection_close(connection);
        return;
    }
    size_t done = sent < 0 ? 0 : (size_t)sent;
    if (done < batch->bytes) {
        queue_rest(batch, done);
    }
}

void http_batch_flush(http_server_t *server)
{
    http_batch_t *batch = &server->batch;
    if (batch->bytes > 0 && !batch->connection->is_closing) {
        write_out(batch);
    }
    for (unsigned i = 0; i < batch->kept; i++) {
        http_answer_release(batch->answers[i]);
    }
    batch->connection = NULL;
    batch->count = 0;
    batch->kept = 0;
    batch->bytes = 0;
    batch->room_used = 0;
}

/* One writev(2) for many answers is worth more than its bytes, but what is not taken is copied. */
static bool is_full(const http_batch_t *batch)
{
    if (batch->count == HTTP_BATCH_SPANS || batch->bytes >= HTTP_BATCH_BYTES) {
        return true;
    }
    return batch->bytes >= HTTP_BATCH_BYTES_SLOW &&
           uv_stream_get_write_queue_size(&batch->connection->uv.stream) > 0;
}

/* The batch is one connection's at a time: a handler may answer another connection's held exchange
 * while this one's answers are still being gathered. */
static http_batch_t *batch_of(http_connection_t *connection)
{
    http_batch_t *batch = &connection->server->batch;
    if (batch->connection != connection || is_full(batch)) {
        http_batch_flush(connection->server);
        batch->connection = connection;
    }
    return batch;
}

void http_batch_add(http_connection_t *connection, span_t bytes)
{
    if (bytes.len > 0) {
        http_batch_t *batch = batch_of(connection);
        batch->spans[batch->count++] = uv_buf_init((char *)bytes.at, (unsigned)bytes.len);
        batch->bytes += bytes.len;
    }
}

void http_batch_add_answer(http_connection_t *connection, http_answer_t *answer, span_t bytes)
{
    if (bytes.len > 0) {
        http_batch_add(connection, bytes);
        http_batch_t *batch = &connection->server->batch;
        http_answer_retain(answer);
        batch->answers[batch->kept++] = answer;
    }
}

void http_batch_copy(http_connection_t *connection, span_t head, span_t body)
{
    http_batch_t *batch = batch_of(connection);
    size_t len = head.len + body.len;
    if (len > HTTP_BATCH_ROOM) {
        /* Too long to be gathered. */
        http_batch_add(connection, head);
        http_batch_add(connection, body);
        http_batch_flush(connection->server);
        return;
    }
    if (len > HTTP_BATCH_ROOM - batch->room_used) {
        http_batch_flush(connection->server);
        batch->connection = connection;
    }
    char *room = batch->room + batch->room_used;
    memcpy(room, head.at, head.len);
    if (body.len > 0) {
        memcpy(room + head.len, body.at, body.len);
    }
    batch->room_used += len;
    http_batch_add(connection, (span_t){room, len});
}
