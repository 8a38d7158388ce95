/* How a quantity falls on the periods that a stretch of days touches. Inside the ipus room only. */
#ifndef OKIENKO_IPUS_SHARES_H
#define OKIENKO_IPUS_SHARES_H

#include "ipus/work.h"

typedef struct {
    date_t from, to; /* the whole period, not only what the stretch has of it */
    int64_t days;    /* that the stretch has of it */
    int64_t cap;     /* of the pool in it, thousandths; -1 where there is none */
    int64_t units;   /* that fall on it */
} share_t;

typedef struct {
    share_t *at; /* by date, in the record's arena; NULL without memory */
    size_t count;
} shares_t;

/* By the periods of the pool that is in force, day for day. */
shares_t ipus_shares_of_pool(const ipus_work_t *work, span_t service, date_t begins, date_t ends,
                             int64_t quantity);

/* By calendar. */
shares_t ipus_shares_of_calendar(const ipus_work_t *work, registry_per_t per, date_t begins,
                                 date_t ends, int64_t quantity);

#endif
