/* The pages for people: HTML from the templates in web/, which are built into the program. Stored
 * answers, made anew when the rules or the day change. */
#ifndef OKIENKO_WEB_WEB_H
#define OKIENKO_WEB_WEB_H

#include "base/clock.h"
#include "http/http.h"
#include "plugin/plugin.h"
#include "registry/left.h"

typedef struct web web_t;

/* The pages of a host (in lower case) are those of a programme. "*.example.org" and "*" together
 * say that the host's first part is the programme's id. */
typedef struct {
    const char *host;
    const char *programme;
} web_host_t;

typedef struct {
    bool demo;
    const registry_usage_t *usage;
    const web_host_t *hosts;
    size_t host_count;
    const char *public_address; /* by which people reach the server; NULL: where it listens */
} web_options_t;

/* `host`, `clock`, the options' usage and hosts stay the caller's and must outlive it. NULL without
 * memory. */
web_t *web_new(plugin_host_t *host, clock_port_t *clock, const web_options_t *options);
void web_free(web_t *web);

const http_route_t *web_routes(web_t *web, size_t *count);

/* Once the server is made, and after a change of rules or day: of few programmes, builds the
 * first page anew. */
void web_changed(web_t *web, http_server_t *server);

#endif
