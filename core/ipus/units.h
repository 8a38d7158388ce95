/* What a quantity of a service may be: it is counted by one of the order's facts, whose step and
 * bounds are its own. Inside the ipus room only. */
#ifndef OKIENKO_IPUS_UNITS_H
#define OKIENKO_IPUS_UNITS_H

#include "ipus/work.h"

/* The least part of a unit that is counted, in thousandths; 1 where the service is not in force. */
int64_t ipus_units_step(const ipus_work_t *work, span_t service, date_t on);

/* Whether a quantity, given for a field, is one of whole steps. */
bool ipus_units_are_whole(ipus_work_t *work, int field, const registry_service_t *service,
                          int64_t units);

/* The same, and whether one order may have so much. */
bool ipus_units_may_be_ordered(ipus_work_t *work, int field, const registry_service_t *service,
                               int64_t units);

#endif
