#include "http/listen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 1024
#define UNIX_PREFIX "unix:"

/* No descriptor was left to take a connection with. Giving one up lets the next round of accept(2)
 * get through, so that the loop does not turn on the spot: the spare one, else the connection that
 * has been idle longest. */
static void make_room(http_server_t *server)
{
    if (server->spare >= 0) {
        close(server->spare);
        server->spare = -1;
        return;
    }
    for (size_t i = 0; i < HTTP_WAITS_COUNT; i++) {
        if (server->queues[i].first != NULL) {
            http_connection_close(server->queues[i].first);
            return;
        }
    }
}

static void accept_client(http_listener_t *listener)
{
    bool waits = !http_connection_accept(listener->server, &listener->uv.stream);
    if (waits != listener->has_waiting) {
        listener->has_waiting = waits;
        http_server_count_waiting(listener->server, waits ? 1 : -1);
    }
}

void http_listeners_retry(http_server_t *server)
{
    for (size_t i = 0; i < server->listener_count; i++) {
        if (server->listeners[i]->has_waiting) {
            accept_client(server->listeners[i]);
        }
    }
}

static void on_connection(uv_stream_t *stream, int status)
{
    http_listener_t *listener = stream->data;
    if (status == 0) {
        accept_client(listener);
    } else if (status == UV_EMFILE || status == UV_ENFILE) {
        make_room(listener->server);
    }
}

static void on_listener_closed(uv_handle_t *handle)
{
    http_listener_t *listener = handle->data;
    http_server_release_handle(listener->server);
}

static void on_failed_closed(uv_handle_t *handle)
{
    http_listener_t *listener = handle->data;
    http_server_t *server = listener->server;
    free(listener);
    http_server_release_handle(server);
}

void http_listeners_close(http_server_t *server)
{
    for (size_t i = 0; i < server->listener_count; i++) {
        uv_close(&server->listeners[i]->uv.handle, on_listener_closed);
    }
}

const char *http_server_address(const http_server_t *server, size_t index)
{
    return index < server->listener_count ? server->listeners[index]->address : NULL;
}

/* Why nothing can listen at an address. */
typedef enum {
    WHY_MEMORY,
    WHY_MANY,
    WHY_FORM,
    WHY_HOST,
    WHY_BEYOND,
    WHY_PATH,
    WHY_NO_SOCKET,
    WHY_IN_USE,
    WHY_NOT_OURS,
    WHY_FORBIDDEN,
    WHY_FOLDER,
} why_t;

static const char *const reasons[][2] = {
    [WHY_MEMORY] = {"zabrakło pamięci", "out of memory"},
    [WHY_MANY] = {"za wiele adresów", "too many addresses"},
    [WHY_FORM] = {"adres musi mieć postać HOST:PORT, [IPV6]:PORT albo unix:ŚCIEŻKA",
                  "it is not of the form HOST:PORT, [IPV6]:PORT or unix:PATH"},
    [WHY_HOST] = {"host nie jest adresem IP", "the host is no IP address"},
    [WHY_BEYOND] = {"to adres poza tym komputerem, a tam jest miejsce tylko dla serwera "
                    "pośredniego z TLS (--beyond-loopback)",
                    "it is beyond loopback, where only a proxy with TLS belongs"},
    [WHY_PATH] = {"ścieżka jest pusta albo za długa", "the path is empty or too long"},
    [WHY_NO_SOCKET] = {"plik jest w użyciu albo nie jest gniazdem",
                       "the file is in use or no socket"},
    [WHY_IN_USE] = {"port jest już zajęty", "the address is already in use"},
    [WHY_NOT_OURS] = {"ten komputer nie ma takiego adresu", "this machine has no such address"},
    [WHY_FORBIDDEN] = {"brak uprawnień", "permission is missing"},
    [WHY_FOLDER] = {"nie ma takiego folderu albo brak uprawnień",
                    "there is no such folder, or permission is missing"},
};

/* Where the sentence about a failure goes. */
typedef struct {
    const char *address;
    lang_t lang;
    char *text;
} told_t;

static bool fail_because(const told_t *told, const char *reason)
{
    snprintf(told->text, 256,
             told->lang == LANG_PL ? "Nie można nasłuchiwać na %.80s: %.150s."
                                   : "Cannot listen on %.80s: %.150s.",
             told->address, reason);
    return false;
}

static bool fail(const told_t *told, why_t why)
{
    return fail_because(told, reasons[why][told->lang == LANG_PL ? 0 : 1]);
}

static bool fail_with(const told_t *told, int error)
{
    bool is_unix = strncmp(told->address, UNIX_PREFIX, sizeof UNIX_PREFIX - 1) == 0;
    switch (error) {
    case UV_EADDRINUSE:
        return fail(told, WHY_IN_USE);
    case UV_EADDRNOTAVAIL:
        return fail(told, WHY_NOT_OURS);
    case UV_EACCES: /* uv_pipe_bind() says so for ENOENT too */
    case UV_EPERM:
        return fail(told, is_unix ? WHY_FOLDER : WHY_FORBIDDEN);
    default:
        return fail_because(told, uv_strerror(error));
    }
}

static http_listener_t *listener_new(http_server_t *server, bool is_unix)
{
    http_listener_t *listener = calloc(1, sizeof *listener);
    if (listener == NULL) {
        return NULL;
    }
    if (is_unix) {
        uv_pipe_init(server->loop, &listener->uv.pipe, 0);
    } else {
        uv_tcp_init(server->loop, &listener->uv.tcp);
    }
    listener->server = server;
    listener->uv.handle.data = listener;
    server->handles++;
    return listener;
}

/* Begins to listen on what is bound; `result` is how the binding went. */
static bool start(http_listener_t *listener, int result, const told_t *told)
{
    http_server_t *server = listener->server;
    if (result == 0) {
        result = uv_listen(&listener->uv.stream, BACKLOG, on_connection);
    }
    if (result != 0) {
        uv_close(&listener->uv.handle, on_failed_closed);
        return fail_with(told, result);
    }
    server->listeners[server->listener_count++] = listener;
    return true;
}

/* ---- TCP ------------------------------------------------------------------------------------- */

typedef union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_storage room;
} socket_address_t;

static bool is_loopback(const socket_address_t *at)
{
    if (at->any.sa_family == AF_INET) {
        return ntohl(at->v4.sin_addr.s_addr) >> 24 == 127;
    }
    return IN6_IS_ADDR_LOOPBACK(&at->v6.sin6_addr);
}

static void name_listener(http_listener_t *listener)
{
    socket_address_t at = {0};
    int len = sizeof at;
    char host[64] = "";
    uv_tcp_getsockname(&listener->uv.tcp, &at.any, &len);
    bool is_v6 = at.any.sa_family == AF_INET6;
    uv_ip_name(&at.any, host, sizeof host);
    snprintf(listener->address, sizeof listener->address, is_v6 ? "http://[%s]:%u" : "http://%s:%u",
             host, (unsigned)ntohs(is_v6 ? at.v6.sin6_port : at.v4.sin_port));
}

static bool listen_tcp(http_server_t *server, const socket_address_t *at, const told_t *told)
{
    http_listener_t *listener = listener_new(server, false);
    if (listener == NULL) {
        return fail(told, WHY_MEMORY);
    }
    unsigned flags = at->any.sa_family == AF_INET6 ? UV_TCP_IPV6ONLY : 0;
    int result = uv_tcp_bind(&listener->uv.tcp, &at->any, flags);
    if (!start(listener, result, told)) {
        return false;
    }
    uv_tcp_simultaneous_accepts(&listener->uv.tcp, 1);
    name_listener(listener);
    return true;
}

/* Both families on one port; a machine without IPv6 has the other alone. */
static bool listen_localhost(http_server_t *server, int port, const told_t *told)
{
    socket_address_t at = {0};
    uv_ip4_addr("127.0.0.1", port, &at.v4);
    if (!listen_tcp(server, &at, told)) {
        return false;
    }
    const char *name = server->listeners[server->listener_count - 1]->address;
    uint64_t taken = (uint64_t)port;
    span_number(span_of(strrchr(name, ':') + 1), 65535, &taken);
    uv_ip6_addr("::1", (int)taken, &at.v6);
    char ignored[256];
    listen_tcp(server, &at, &(told_t){told->address, told->lang, ignored});
    return true;
}

/* "[::1]:8080" apart; false when it is no such thing. */
static bool split_address(const char *address, char host[static 64], int *port)
{
    const char *colon = strrchr(address, ':');
    uint64_t number = 0;
    if (colon == NULL || !span_number(span_of(colon + 1), 65535, &number)) {
        return false;
    }
    span_t name = {address, (size_t)(colon - address)};
    if (name.len > 2 && name.at[0] == '[' && name.at[name.len - 1] == ']') {
        name = (span_t){name.at + 1, name.len - 2};
    } else if (memchr(name.at, ':', name.len) != NULL) {
        return false;
    }
    if (name.len == 0 || name.len >= 64) {
        return false;
    }
    memcpy(host, name.at, name.len);
    host[name.len] = '\0';
    *port = (int)number;
    return true;
}

/* ---- Unix sockets ---------------------------------------------------------------------------- */

/* Removes a socket file that nobody listens on; false when somebody does,
 * or it is something else. */
static bool clear_path(const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0) {
        return errno == ENOENT;
    }
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    memcpy(at.sun_path, path, strlen(path));
    int probe = S_ISSOCK(status.st_mode) ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
    if (probe < 0) {
        return false;
    }
    bool is_stale = connect(probe, (struct sockaddr *)&at, sizeof at) != 0 && errno == ECONNREFUSED;
    close(probe);
    return is_stale && unlink(path) == 0;
}

static bool listen_unix(http_server_t *server, const char *path, const told_t *told)
{
    if (strlen(path) == 0 || strlen(path) >= sizeof((struct sockaddr_un){0}).sun_path) {
        return fail(told, WHY_PATH);
    }
    if (!clear_path(path)) {
        return fail(told, WHY_NO_SOCKET);
    }
    http_listener_t *listener = listener_new(server, true);
    if (listener == NULL) {
        return fail(told, WHY_MEMORY);
    }
    /* The proxy's group may connect, others may not. */
    mode_t mask = umask(0117);
    int result = uv_pipe_bind(&listener->uv.pipe, path);
    umask(mask);
    if (!start(listener, result, told)) {
        return false;
    }
    snprintf(listener->address, sizeof listener->address, UNIX_PREFIX "%s", path);
    return true;
}

bool http_server_listen(http_server_t *server, const char *address, bool beyond_loopback,
                        lang_t lang, char why[static 256])
{
    const told_t told = {address, lang, why};
    char host[64];
    int port = 0;
    if (server->listener_count + 2 > HTTP_LISTENERS_MAX) {
        return fail(&told, WHY_MANY);
    }
    if (strncmp(address, UNIX_PREFIX, sizeof UNIX_PREFIX - 1) == 0) {
        return listen_unix(server, address + sizeof UNIX_PREFIX - 1, &told);
    }
    if (!split_address(address, host, &port)) {
        return fail(&told, WHY_FORM);
    }
    if (strcmp(host, "localhost") == 0) {
        return listen_localhost(server, port, &told);
    }
    socket_address_t at = {0};
    if (uv_ip4_addr(host, port, &at.v4) != 0 && uv_ip6_addr(host, port, &at.v6) != 0) {
        return fail(&told, WHY_HOST);
    }
    if (!is_loopback(&at) && !beyond_loopback) {
        return fail(&told, WHY_BEYOND);
    }
    return listen_tcp(server, &at, &told);
}
