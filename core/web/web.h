/* The pages for people: HTML from the templates in web/, which are built into the program. Stored
 * answers, made anew when the rules or the day change. */
#ifndef OKIENKO_WEB_WEB_H
#define OKIENKO_WEB_WEB_H

#include "base/clock.h"
#include "http/http.h"
#include "plugin/plugin.h"

typedef struct web web_t;

/* `host`, `clock` and `usage` stay the caller's and must outlive it. NULL without memory. */
web_t *web_new(plugin_host_t *host, clock_port_t *clock, const registry_usage_t *usage, bool demo);
void web_free(web_t *web);

const http_route_t *web_routes(web_t *web, size_t *count);

/* After a change of rules or day: builds the pages anew. */
void web_changed(web_t *web, http_server_t *server);

#endif
