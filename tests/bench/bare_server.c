/* The ceiling: libuv and llhttp with nothing between, one fixed answer of 4 KiB, all answers of one
 * read in one writev. bare_server PORT. */
#include <llhttp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define BODY 4096
#define ANSWERS_MAX 256

static char answer[BODY + 256];
static size_t answer_len;
static char room[65536];
static llhttp_settings_t settings;

typedef struct {
    uv_tcp_t tcp;
    llhttp_t parser;
    unsigned complete;
} client_t;

static int on_complete(llhttp_t *parser)
{
    client_t *client = parser->data;
    client->complete++;
    return 0;
}

static void on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void on_room(uv_handle_t *handle, size_t size, uv_buf_t *buf)
{
    (void)handle;
    (void)size;
    *buf = uv_buf_init(room, sizeof room);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    client_t *client = stream->data;
    if (count < 0) {
        uv_close((uv_handle_t *)stream, on_closed);
        return;
    }
    client->complete = 0;
    if (llhttp_execute(&client->parser, buf->base, (size_t)count) != HPE_OK) {
        uv_close((uv_handle_t *)stream, on_closed);
        return;
    }
    uv_buf_t bufs[ANSWERS_MAX];
    for (unsigned i = 0; i < client->complete && i < ANSWERS_MAX; i++) {
        bufs[i] = uv_buf_init(answer, (unsigned)answer_len);
    }
    if (client->complete > 0 && uv_try_write(stream, bufs, client->complete) < 0) {
        uv_close((uv_handle_t *)stream, on_closed);
    }
}

static void on_connection(uv_stream_t *stream, int status)
{
    client_t *client = status == 0 ? calloc(1, sizeof *client) : NULL;
    if (client == NULL) {
        return;
    }
    uv_tcp_init(stream->loop, &client->tcp);
    client->tcp.data = client;
    uv_accept(stream, (uv_stream_t *)&client->tcp);
    uv_tcp_nodelay(&client->tcp, 1);
    llhttp_init(&client->parser, HTTP_REQUEST, &settings);
    client->parser.data = client;
    uv_read_start((uv_stream_t *)&client->tcp, on_room, on_read);
}

int main(int count, char **arguments)
{
    int len = snprintf(
        answer, sizeof answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", BODY);
    memset(answer + len, 'x', BODY);
    answer_len = (size_t)len + BODY;
    settings.on_message_complete = on_complete;
    uv_tcp_t listener;
    struct sockaddr_in at;
    uv_tcp_init(uv_default_loop(), &listener);
    uv_ip4_addr("127.0.0.1", count > 1 ? (int)strtol(arguments[1], NULL, 10) : 8090, &at);
    if (uv_tcp_bind(&listener, (const struct sockaddr *)&at, 0) != 0 ||
        uv_listen((uv_stream_t *)&listener, 1024, on_connection) != 0) {
        return 1;
    }
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
