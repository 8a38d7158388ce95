/* What people compete for: pools of units, limits of a person and a household, the queue. Inside the
 * ipus room only.
 *
 * A grant takes its units from the pools at once and for good: its quantity is shared among the
 * pool's periods that it touches by their days in it (the largest remainders get the odd units), and what was
 * not ordered is given back at its end. An order counts against the limits on the day it is planned
 * for. So what is left of a pool is what may still be promised to somebody. */
#ifndef OKIENKO_IPUS_POOLS_H
#define OKIENKO_IPUS_POOLS_H

#include "ipus/work.h"

/* Takes the units of a grant, or takes over those that the offer it names holds; a service without a
 * pool takes none. Refused when a pool has not enough left, unless it is overridden. */
bool pools_take(ipus_work_t *work, const ipus_row_t *granted);

/* Gives back the units of a grant that were not ordered, of periods that are not over, and offers
 * them to whoever waits. */
bool pools_give_back(ipus_work_t *work, const ipus_row_t *granted);

/* What one grant has not used passes to another of the same person and service, in one go: nobody
 * who waits gets in between. */
bool pools_pass_on(ipus_work_t *work, const ipus_row_t *from, const ipus_row_t *to);

/* Whether the limits of a person and a household leave room for a grant beside those that stand. */
bool limits_of_grant(ipus_work_t *work, const ipus_row_t *granted);

/* The same for an order, with gap, visits and units around the day it is planned for. */
bool limits_of_order(ipus_work_t *work, const ipus_row_t *order);

/* Offers what is free of a service's pools to the next who wait, as far as it goes. */
bool queue_offer(ipus_work_t *work, span_t service);

#endif
