/* Addresses and the sockets that listen on them. */
#ifndef OKIENKO_HTTP_LISTEN_H
#define OKIENKO_HTTP_LISTEN_H

#include "http/server.h"

void http_listeners_close(http_server_t *server);

/* Accepts the clients that there was no memory for. */
void http_listeners_retry(http_server_t *server);

#endif
