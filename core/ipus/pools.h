/* What people compete for: pools of units, limits of a person and a household, the queue. Inside
 * the ipus room only.
 *
 * A grant takes its units from the pools at once and for good: its quantity is shared among the
 * pool's periods that it touches by their days in it (the largest remainders get the odd units),
 * and what was not ordered is given back at its end. An order counts against the limits on the day
 * it is planned for. So what is left of a pool is what may still be promised to somebody.
 *
 * A grant begins on or before the day it ends, and its row has been added. */
#ifndef OKIENKO_IPUS_POOLS_H
#define OKIENKO_IPUS_POOLS_H

#include "ipus/work.h"

/* ---- pools ----------------------------------------------------------------------------------- */

/* Takes the units of a grant; a service without a pool takes none. Refused when a pool has not
 * enough left, unless it is overridden. */
bool ipus_pools_take(ipus_work_t *work, const ipus_row_t *granted);

/* Whether a grant takes of today's period, for which others may wait. */
bool ipus_pools_compete(ipus_work_t *work, const ipus_row_t *granted, bool *competes);

/* Gives back the units of a grant that were not ordered, of periods that are not over. May be
 * called again when something that was ordered is given back. */
bool ipus_pools_give_back(ipus_work_t *work, const ipus_row_t *granted);

/* What one grant has not used passes to another of the same person and service, in one go: nobody
 * who waits gets in between. */
bool ipus_pools_pass_on(ipus_work_t *work, const ipus_row_t *from, const ipus_row_t *to);

/* Takes units of the period in which today lies for somebody who waits (refused and overridden as a
 * grant is), and frees them again. */
bool ipus_pools_may_hold(ipus_work_t *work, const ipus_row_t *waiting);
bool ipus_pools_hold(ipus_work_t *work, const ipus_row_t *waiting);
bool ipus_pools_release(ipus_work_t *work, const ipus_row_t *waiting);

/* What is in today's pool and what is left of it, in thousandths; `*cap` is -1 without a pool. */
bool ipus_pools_left(ipus_work_t *work, span_t service, int64_t *cap, int64_t *left);

/* ---- limits ---------------------------------------------------------------------------------- */

/* Whether the limits of a person and a household leave room for a grant beside those that stand. */
bool ipus_limits_of_grant(ipus_work_t *work, const ipus_row_t *granted);

/* The same for an order, with gap, visits and units around the day it is planned for. One that is
 * overridden is marked when it is the row at work. */
bool ipus_limits_of_order(ipus_work_t *work, const ipus_row_t *order);

/* The limit of a kind that a service has on a day, or NULL: of seats, of a loan. */
const registry_limit_t *ipus_limits_find(const ipus_work_t *work, span_t service, date_t on,
                                         registry_limit_kind_t kind);

/* The day that is the days or months of a gap or a loan later. */
date_t ipus_limits_after(const registry_limit_t *limit, date_t on);

/* ---- the queue ------------------------------------------------------------------------------- */

/* Offers what is free of a service to the next who wait, as far as it goes. */
bool ipus_queue_offer_any(ipus_work_t *work, span_t service, bool *offered);

/* The same for every service of which the step freed something. */
bool ipus_queue_offer_freed(ipus_work_t *work);

/* How many wait for a service; with `passes`, each of them is told that somebody went first. */
bool ipus_queue_count(ipus_work_t *work, span_t service, bool passes, int64_t *count);

#endif
