/* How a quantity falls on the periods that a stretch of days touches. Inside the ipus room only. */
#ifndef OKIENKO_IPUS_SHARES_H
#define OKIENKO_IPUS_SHARES_H

#include "ipus/work.h"

typedef struct {
    date_t from, to;    /* the whole period, not only what the stretch has of it */
    date_t first, last; /* what the stretch has of it */
    int64_t cap;        /* of the pool in it, thousandths; -1 where there is none */
    int64_t most;       /* that may fall on it; -1: no bound */
    int64_t units;      /* that fall on it */
    bool persons;       /* the pool counts people */
} share_t;

typedef struct {
    share_t *at; /* by date, in the record's arena; NULL without memory */
    size_t count;
} shares_t;

/* The periods of the pool that is in force day for day, and those of the calendar. Nothing falls on
 * them yet. */
shares_t ipus_shares_of_pool(const ipus_work_t *work, span_t service, date_t begins, date_t ends);
shares_t ipus_shares_of_calendar(const ipus_work_t *work, registry_per_t per, date_t begins,
                                 date_t ends);

/* Shares a quantity by days, in whole units or at least whole steps where it has them, and no
 * period gets more than may fall on it while another has room. False without memory. */
bool ipus_shares_split(const ipus_work_t *work, shares_t shares, int64_t quantity, int64_t step);

#endif
