/* What a grant, or an offer to the waiting list, holds of a pool's periods: one row a period.
 * Inside the ipus room only. */
#ifndef OKIENKO_IPUS_ALLOTMENTS_H
#define OKIENKO_IPUS_ALLOTMENTS_H

#include "ipus/work.h"

/* What is asked of a pool's period. */
typedef struct {
    ipus_pool_t pool;
    int64_t cap, units;
    bool place; /* the pool counts people */
} ipus_claim_t;

typedef struct {
    ipus_row_t *at;
    size_t count, cap;
    arena_t *arena;
    bool failed;
} ipus_allotments_t;

/* Those of a holder: ALLOTMENT_GRANTED or ALLOTMENT_WAITING names it. */
bool ipus_allotments_of(ipus_work_t *work, int holder, int64_t id, ipus_allotments_t *rows);

ipus_pool_t ipus_allotments_pool(const ipus_row_t *allotment);

/* Takes what is claimed for a holder, into a row of its own or, when it has an id, into `row`. What
 * is missing is taken beyond the pool where that is overridden; otherwise `*left` is what is left,
 * nothing is taken and nothing refused yet; -1 when it was taken. */
bool ipus_allotments_take(ipus_work_t *work, const ipus_row_t *holder, const ipus_claim_t *claim,
                          ipus_row_t *row, int64_t *left);

/* Gives back so much of one; what is beyond the pool goes first. */
bool ipus_allotments_shrink(ipus_work_t *work, ipus_row_t *allotment, int64_t units);

/* What the orders that count use in a period: of a grant (ORDER_GRANTED), or of a person
 * (ORDER_PERSON) of that service. The order at work counts as it will be written. */
bool ipus_allotments_used(ipus_work_t *work, int by, int64_t id, const ipus_pool_t *pool,
                          int64_t *used);

#endif
