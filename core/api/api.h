/* The JSON endpoints under /v1, and /openapi.json, /healthz, /readyz, /metrics: what a programme
 * offers, to whom, for how much, what is left of it, and what a given person would be told. It
 * reads the plugin host's serving generations and writes through http. Everything on the loop's
 * thread. */
#ifndef OKIENKO_API_API_H
#define OKIENKO_API_API_H

#include "base/clock.h"
#include "http/http.h"
#include "plugin/plugin.h"
#include "problem/problem.h"
#include "registry/left.h"
#include "verdict/verdict.h"

typedef struct api api_t;

typedef struct {
    /* When a programme's period has ended, the day asked about is, unless `on` says otherwise,
     * today moved back by whole 52 weeks until it lies in the period; such answers say "demo_day":
     * true. */
    bool demo;
    /* What is taken of the pools; NULL: nothing is. Must outlive the api. */
    const registry_usage_t *usage;
    /* Appends members of the description's "paths", or of its "schemas", for the routes of another
     * room, each with a comma before it; or NULL. */
    void (*describe)(void *context, buf_t *buf, bool schemas);
    void *context;
} api_options_t;

/* Host and clock are the caller's and must outlive the api. NULL without memory. */
api_t *api_new(plugin_host_t *host, clock_port_t *clock, const api_options_t *options);
void api_free(api_t *api);

/* The routes for http_server_new(), valid as long as the api. */
const http_route_t *api_routes(const api_t *api, size_t *count);

/* Call once the server is made, and when a new day begins in Warsaw: drops all stored answers, and
 * warms the main reads where there are few programmes. */
void api_open_day(api_t *api, http_server_t *server);

/* Call after each on_change of the host: drops the stored answers of that programme and those over
 * several, and warms its main reads. */
void api_changed(api_t *api, http_server_t *server, span_t id);

/* ---- telling a verdict to another room, by the words of a quote ------------------------------ */

/* `context` is the api. The verdict is one that was decided or is open, by a generation of the
 * host that is retained. False without memory. */

/* The object that a quote of that service and day would answer. */
bool api_tell_verdict(void *context, plugin_generation_t *generation, date_t on,
                      const verdict_t *verdict, lang_t lang, buf_t *json);
/* Its questions alone, an array. */
bool api_tell_missing(void *context, plugin_generation_t *generation, date_t on,
                      const verdict_t *verdict, lang_t lang, buf_t *json);
/* What is wrong with the facts of a question, noted one by one. */
bool api_tell_mistakes(void *context, plugin_generation_t *generation,
                       const verdict_question_t *question, lang_t lang, problem_t *problem);
/* A rule that could not be applied, to the log. */
void api_tell_fault(void *context, plugin_generation_t *generation, const verdict_t *verdict);

#endif
