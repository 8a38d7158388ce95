/* What the server counts. Plain counters, since all is on one thread. */
#ifndef OKIENKO_HTTP_METRICS_H
#define OKIENKO_HTTP_METRICS_H

#include "http/http.h"

#define HTTP_LATENCY_BOUNDS 9

typedef struct {
    uint64_t requests[HTTP_METHOD_COUNT + 1]
                     [6]; /* by method (the last: not told) and status / 100 */
    uint64_t latency[HTTP_LATENCY_BOUNDS + 1];
    uint64_t latency_sum; /* ns */
    uint64_t accepted;
    uint64_t refused;
    uint64_t bytes_in;
    uint64_t bytes_out;
    uint64_t cache_hits;
    uint64_t cache_misses;
    uint64_t feeds; /* open now */
    uint64_t feeds_dropped;
    unsigned unmeasured; /* answers to the present read, whose time is not known yet */
} http_metrics_t;

/* `count` answers took `nanoseconds` each. */
void http_metrics_measure(http_metrics_t *metrics, unsigned count, uint64_t nanoseconds);

#endif
