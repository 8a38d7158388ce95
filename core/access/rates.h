/* How often somebody tried or asked, of the latest that did. Inside the access room only. */
#ifndef OKIENKO_ACCESS_RATES_H
#define OKIENKO_ACCESS_RATES_H

#include "access/index.h"
#include "base/span.h"

/* How many are remembered at once. */
#define RATES_MAX 4096
/* Of longer names the beginning and the length count. */
#define RATE_NAME_MAX 72

typedef struct rate {
    index_link_t by_name;
    struct rate *newer, *older;
    size_t len; /* of the whole name */
    char name[RATE_NAME_MAX];
    int64_t at;     /* monotonic ms, 0 when new; what it means is the caller's */
    unsigned tries; /* 0 when new */
} rate_t;

typedef struct {
    index_t index;
    rate_t *all;
    rate_t *newest, *oldest;
    size_t count;
} rates_t;

/* False without memory; later nothing is allocated. */
bool access_rates_init(rates_t *rates);
void access_rates_deinit(rates_t *rates);

/* NULL when nothing is known of that name. */
rate_t *access_rates_find(const rates_t *rates, span_t name);
/* What is known, as the newest; when it is new, in the place of the oldest. */
rate_t *access_rates_take(rates_t *rates, span_t name);

#endif
