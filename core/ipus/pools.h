/* What people compete for: pools of units, limits of a person and a household, the queue. Inside
 * the ipus room only.
 *
 * A grant reserves its quantity: shared among the pool's periods that it touches by their days in
 * it. An order draws on the period of its own day: first on the grant's share there, then on its
 * share of other periods, exchanged as far as that period's pool has it. So the grant holds in each
 * period at least what its orders use there, no period is used beyond its pool without an override,
 * and what is left of one is what may still be promised to somebody. What was not used is given
 * back at the end.
 *
 * A grant begins on or before the day it ends, and its row has been added. */
#ifndef OKIENKO_IPUS_POOLS_H
#define OKIENKO_IPUS_POOLS_H

#include "ipus/work.h"

/* ---- pools ----------------------------------------------------------------------------------- */

/* Takes the units of a grant; a service without a pool takes none. Refused when a pool has not
 * enough left, unless it is overridden. */
bool ipus_pools_may_take(ipus_work_t *work, const ipus_row_t *granted); /* reads alone */
bool ipus_pools_take(ipus_work_t *work, const ipus_row_t *granted);

/* Whether a grant takes of today's period, for which others may wait. */
bool ipus_pools_compete(ipus_work_t *work, const ipus_row_t *granted, bool *competes);

/* What the order at work lacks of its grant's share in the period of its day, and whether others
 * may wait for what is free there. */
bool ipus_pools_lack(ipus_work_t *work, const ipus_row_t *granted, int64_t *lack, bool *competes);

/* Takes what is lacking of that period and gives as much back of others. Refused when its pool has
 * not enough left, unless it is overridden. */
bool ipus_pools_exchange(ipus_work_t *work, const ipus_row_t *granted);

/* Gives back what a grant that has ended holds and does not use. May be called again when something
 * that was ordered is given back. */
bool ipus_pools_give_back(ipus_work_t *work, const ipus_row_t *granted);

/* What one grant has not used passes to another of the same person and service, in one go: nobody
 * who waits gets in between. */
bool ipus_pools_pass_on(ipus_work_t *work, const ipus_row_t *from, const ipus_row_t *to);

/* Takes units of the period in which today lies for somebody who waits (refused and overridden as a
 * grant is), and frees them again. */
bool ipus_pools_may_hold(ipus_work_t *work, const ipus_row_t *waiting);
bool ipus_pools_hold(ipus_work_t *work, const ipus_row_t *waiting);
bool ipus_pools_release(ipus_work_t *work, const ipus_row_t *waiting);

/* What is in today's pool, what is left of it, and what somebody who waits needs of it, in
 * thousandths; `cap` is -1 without a pool. */
typedef struct {
    int64_t cap, left, needed;
} ipus_room_t;
bool ipus_pools_room(ipus_work_t *work, const ipus_row_t *waiting, ipus_room_t *room);

/* ---- limits ---------------------------------------------------------------------------------- */

/* Whether the limits of a person and a household leave room for a grant beside those that stand. */
bool ipus_limits_of_grant(ipus_work_t *work, const ipus_row_t *granted);

/* The same for an order, with gap, visits and units around the day it is planned for. One that is
 * overridden is marked when it is the row at work. */
bool ipus_limits_of_order(ipus_work_t *work, const ipus_row_t *order);

/* The most that limits let anybody use of a service within some days; -1 where nothing bounds it.
 */
int64_t ipus_limits_most(const ipus_work_t *work, span_t service, date_t first, date_t last);

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

/* What is free today belongs to those who wait: refused when anybody does. Overridden, each of them
 * is told that somebody went first. */
bool ipus_queue_in_turn(ipus_work_t *work, span_t service);
bool ipus_queue_is_turn(ipus_work_t *work, span_t service); /* the same, and nobody is told */

#endif
