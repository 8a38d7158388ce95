/* The ceiling: libuv and llhttp with nothing between, one fixed answer with the bytes of a file as
 * its body, all answers of one read in one writev. bare_server PORT FILE. */
#include <llhttp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define ANSWERS_MAX 256
#define HEAD_MAX 256

static char *answer;
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

static void on_written(uv_write_t *write, int status)
{
    (void)status;
    free(write);
}

/* What the socket did not take at once; the answers stand still, so that nothing is copied. */
static void write_rest(uv_stream_t *stream, uv_buf_t *bufs, unsigned count, size_t sent)
{
    while (count > 0 && sent >= bufs->len) {
        sent -= bufs->len;
        bufs++;
        count--;
    }
    uv_write_t *write = count > 0 ? malloc(sizeof *write) : NULL;
    if (write != NULL) {
        bufs->base += sent;
        bufs->len -= sent;
        uv_write(write, stream, bufs, count, on_written);
    }
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    client_t *client = stream->data;
    if (count == 0) {
        return;
    }
    client->complete = 0;
    if (count < 0 || llhttp_execute(&client->parser, buf->base, (size_t)count) != HPE_OK) {
        uv_close((uv_handle_t *)stream, on_closed);
        return;
    }
    uv_buf_t bufs[ANSWERS_MAX];
    unsigned answers = client->complete < ANSWERS_MAX ? client->complete : ANSWERS_MAX;
    for (unsigned i = 0; i < answers; i++) {
        bufs[i] = uv_buf_init(answer, (unsigned)answer_len);
    }
    int sent = answers > 0 ? uv_try_write(stream, bufs, answers) : 0;
    if (sent < 0 && sent != UV_EAGAIN) {
        uv_close((uv_handle_t *)stream, on_closed);
    } else if (answers > 0) {
        write_rest(stream, bufs, answers, sent < 0 ? 0 : (size_t)sent);
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

static bool read_answer(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        return false;
    }
    long size = ftell(file);
    rewind(file);
    answer = size < 0 ? NULL : malloc((size_t)size + HEAD_MAX);
    if (answer == NULL) {
        fclose(file);
        return false;
    }
    int len = snprintf(
        answer, HEAD_MAX,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %ld\r\n\r\n", size);
    answer_len = (size_t)len + fread(answer + len, 1, (size_t)size, file);
    fclose(file);
    return answer_len == (size_t)len + (size_t)size;
}

int main(int count, char **arguments)
{
    if (count != 3 || !read_answer(arguments[2])) {
        fputs("bare_server PORT FILE\n", stderr);
        return 2;
    }
    settings.on_message_complete = on_complete;
    uv_tcp_t listener;
    struct sockaddr_in at;
    uv_tcp_init(uv_default_loop(), &listener);
    uv_ip4_addr("127.0.0.1", (int)strtol(arguments[1], NULL, 10), &at);
    if (uv_tcp_bind(&listener, (const struct sockaddr *)&at, 0) != 0 ||
        uv_listen((uv_stream_t *)&listener, 1024, on_connection) != 0) {
        return 1;
    }
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
