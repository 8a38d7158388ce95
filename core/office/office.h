/* The office's JSON endpoints under /v1/{programme}/…: signing in, the record row by row and step
 * by step, deciding, what comes up, changes, reports. It keeps one record a programme open, answers
 * what is taken of the pools from memory, and does the record's daily work. Everything on the
 * loop's thread; the record itself is read and written on the store's threads.
 *
 * Words: a desk is one programme's record with its accounts; a door is a route and what it takes to
 * pass it; a call is one request on its way through. */
#ifndef OKIENKO_OFFICE_OFFICE_H
#define OKIENKO_OFFICE_OFFICE_H

#include "base/clock.h"
#include "http/http.h"
#include "plugin/plugin.h"
#include "problem/problem.h"
#include "registry/left.h"
#include "verdict/verdict.h"

typedef struct office office_t;

typedef struct {
    const char *data; /* the folder of records; also of the server's key */
    bool demo;        /* past a programme's period the office works on a day inside it */
    bool alone;       /* one transaction a request, for measuring what grouping gives */
    bool polish;      /* what it says on a terminal */
} office_options_t;

/* Reads the server's key, or makes one. What is given must outlive it. NULL with one sentence in
 * `why`. */
office_t *office_new(loop_t *loop, plugin_host_t *host, clock_port_t *clock,
                     const office_options_t *options, buf_t *why);

/* How a verdict is told to people, in the words of a quote: functions of the room that knows them
 * (see api/api.h). False without memory. */
typedef struct {
    void *context;
    bool (*verdict)(void *context, plugin_generation_t *generation, date_t on,
                    const verdict_t *verdict, lang_t lang, buf_t *json);
    bool (*missing)(void *context, plugin_generation_t *generation, date_t on,
                    const verdict_t *verdict, lang_t lang, buf_t *json);
    bool (*mistakes)(void *context, plugin_generation_t *generation,
                     const verdict_question_t *question, lang_t lang, problem_t *problem);
    void (*fault)(void *context, plugin_generation_t *generation, const verdict_t *verdict);
} office_teller_t;

/* Call before office_open(). */
void office_tell_by(office_t *office, const office_teller_t *teller);

/* What is taken of the pools, for as long as the office lives. */
const registry_usage_t *office_usage(const office_t *office);

/* The routes for http_server_new(). NULL without memory. */
const http_route_t *office_routes(office_t *office, size_t *count);

/* Opens the records that there are, prints the codes for first accounts on standard error. Call
 * once the server is made. False with one sentence in `why`. */
bool office_open(office_t *office, http_server_t *server, buf_t *why);

/* After a change of a programme's rules. */
void office_changed(office_t *office, span_t programme);
/* At the start, and when a new day begins in Warsaw: does the day's work. */
void office_open_day(office_t *office);

/* Before http stops: nothing new is begun, and answers without an end are ended. */
void office_quit(office_t *office);
/* Once http has stopped: finishes what is under way, closes the records, then calls `on_closed`. */
void office_close(office_t *office, void (*on_closed)(void *context), void *context);
/* After on_closed, and when nothing was opened. */
void office_free(office_t *office);

/* Members of "paths" and of "components"."schemas" of the API's description, with a comma before
 * each. */
void office_describe_paths(const office_t *office, buf_t *buf);
void office_describe_schemas(const office_t *office, buf_t *buf);

#endif
