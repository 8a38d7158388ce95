#include "access/rates.h"

#include <stdlib.h>

bool access_rates_init(rates_t *rates)
{
    *rates = (rates_t){.all = calloc(RATES_MAX, sizeof *rates->all)};
    rates->index.at = calloc(RATES_MAX, sizeof(index_link_t *));
    rates->index.cap = RATES_MAX;
    return rates->all != NULL && rates->index.at != NULL;
}

void access_rates_deinit(rates_t *rates)
{
    free(rates->all);
    access_index_free(&rates->index);
}

static span_t kept(span_t name)
{
    return (span_t){name.at, name.len < RATE_NAME_MAX ? name.len : RATE_NAME_MAX};
}

rate_t *access_rates_find(const rates_t *rates, span_t name)
{
    span_t start = kept(name);
    index_link_t *link = access_index_first(&rates->index, span_hash(start));
    for (; link != NULL; link = access_index_next(link)) {
        rate_t *rate = INDEX_OF(link, rate_t, by_name);
        if (rate->len == name.len && span_equal((span_t){rate->name, start.len}, start)) {
            return rate;
        }
    }
    return NULL;
}

static void unlink_rate(rates_t *rates, rate_t *rate)
{
    *(rate->newer != NULL ? &rate->newer->older : &rates->newest) = rate->older;
    *(rate->older != NULL ? &rate->older->newer : &rates->oldest) = rate->newer;
}

static void link_newest(rates_t *rates, rate_t *rate)
{
    rate->newer = NULL;
    rate->older = rates->newest;
    *(rate->older != NULL ? &rate->older->newer : &rates->oldest) = rate;
    rates->newest = rate;
}

static rate_t *make(rates_t *rates, span_t name)
{
    rate_t *rate = rates->oldest;
    if (rates->count < RATES_MAX) {
        rate = &rates->all[rates->count++];
    } else {
        access_index_remove(&rates->index, &rate->by_name);
        unlink_rate(rates, rate);
    }
    span_t start = kept(name);
    *rate = (rate_t){.len = name.len};
    memcpy(rate->name, start.at, start.len);
    access_index_add(&rates->index, &rate->by_name, span_hash(start));
    return rate;
}

rate_t *access_rates_take(rates_t *rates, span_t name)
{
    rate_t *rate = access_rates_find(rates, name);
    if (rate == NULL) {
        rate = make(rates, name);
    } else {
        unlink_rate(rates, rate);
    }
    link_newest(rates, rate);
    return rate;
}
