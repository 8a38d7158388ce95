/* Pages from the registry, each a template and the view that fills it. */
#ifndef OKIENKO_WEB_PAGE_H
#define OKIENKO_WEB_PAGE_H

#include "base/buf.h"
#include "base/clock.h"
#include "plugin/plugin.h"

typedef struct {
    plugin_host_t *host;
    clock_port_t *clock;
    const char
        *address; /* where the server listens, for the requests to try; NULL before it does */
    bool demo;
    const registry_usage_t *usage; /* what is taken of the pools */
} page_context_t;

/* What this server is, its programmes and services with what is left, and requests to try. False
 * without memory. */
bool page_index(buf_t *html, const page_context_t *context, lang_t lang);

#endif
