/* Pools of people: somebody has one place of a period, however many services of that kind are
 * granted and whatever is used of them. Inside the ipus room only. */
#ifndef OKIENKO_IPUS_PLACES_H
#define OKIENKO_IPUS_PLACES_H

#include "ipus/work.h"

#define IPUS_PLACE 1000 /* one, in thousandths */

/* Whether a person has a place of a pool's period already. */
bool ipus_places_has(ipus_work_t *work, int64_t person, const ipus_pool_t *pool, bool *has);

/* When a grant has ended, or what was ordered of it was given back: its person's places go to
 * another grant of the service that runs in their period, stay where something was used, and are
 * free otherwise. */
bool ipus_places_settle(ipus_work_t *work, const ipus_row_t *ended);

#endif
