/* Who stands behind a connection. */
#include "http/server.h"

#include <arpa/inet.h>

static bool is_loopback(const struct sockaddr_storage *address)
{
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
        return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
    return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

static void copy(char peer[static HTTP_PEER], span_t text)
{
    size_t len = text.len < HTTP_PEER ? text.len : HTTP_PEER - 1;
    memcpy(peer, len > 0 ? text.at : "", len);
    peer[len] = '\0';
}

/* Only the last one was written by the proxy itself, be it in a line of its own. False when it is
 * no address. */
static bool copy_forwarded(const http_exchange_t *exchange, char peer[static HTTP_PEER])
{
    span_t rest = http_header_last(exchange, "x-forwarded-for"), part = SPAN_NONE, last = SPAN_NONE;
    while (span_cut(&rest, ',', &part)) {
        last = span_trim(part);
    }
    char text[HTTP_PEER];
    struct in6_addr address;
    copy(text, last.len < HTTP_PEER ? last : SPAN_NONE);
    if (inet_pton(AF_INET, text, &address) != 1 && inet_pton(AF_INET6, text, &address) != 1) {
        return false;
    }
    memcpy(peer, text, sizeof text);
    return true;
}

void http_peer(const http_exchange_t *exchange, char peer[static HTTP_PEER])
{
    copy(peer, SPAN("-"));
    http_connection_t *connection = exchange->connection;
    if (connection == NULL) {
        return;
    }
    struct sockaddr_storage address = {0};
    int len = sizeof address;
    bool is_tcp = uv_handle_get_type(&connection->uv.handle) == UV_TCP;
    if (is_tcp && uv_tcp_getpeername(&connection->uv.tcp, (struct sockaddr *)&address, &len) != 0) {
        return;
    }
    if ((!is_tcp || is_loopback(&address)) && copy_forwarded(exchange, peer)) {
        return;
    }
    if (is_tcp && address.ss_family == AF_INET) {
        uv_ip4_name((const struct sockaddr_in *)&address, peer, HTTP_PEER);
    } else if (is_tcp) {
        uv_ip6_name((const struct sockaddr_in6 *)&address, peer, HTTP_PEER);
    }
}
