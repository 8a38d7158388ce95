/* Pages from the registry, each a template and the view that fills it. */
#ifndef OKIENKO_WEB_PAGE_H
#define OKIENKO_WEB_PAGE_H

#include "base/buf.h"
#include "base/clock.h"
#include "plugin/plugin.h"
#include "registry/left.h"

typedef struct {
    plugin_host_t *host;
    clock_port_t *clock;
    const char
        *address; /* where the server listens, for the requests to try; NULL before it does */
    bool demo;
    const registry_usage_t *usage; /* what is taken of the pools */
} page_context_t;

/* That there is nothing at the address. */
bool web_page_nothing(buf_t *html, lang_t lang);

/* A programme's services with what is left of them, and requests to try. False without memory. */
bool web_page_programme(buf_t *html, const page_context_t *context,
                        const registry_programme_t *programme, lang_t lang);

typedef struct {
    lang_t lang;
    span_t text;   /* words that a programme's names have, or nothing */
    uint64_t page; /* from 1 */
} page_wanted_t;

/* The only programme that serves, as above; of several their list. */
bool web_page_index(buf_t *html, const page_context_t *context, const page_wanted_t *wanted);

#endif
