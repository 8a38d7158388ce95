/* The limits of a service, as orders and grants are held to them. Inside the ipus room only. */
#ifndef OKIENKO_IPUS_LIMITS_H
#define OKIENKO_IPUS_LIMITS_H

#include "ipus/pools.h"

typedef struct {
    const registry_limit_t *at;
    size_t count;
    bool by_unit; /* every unit is a visit */
} ipus_limits_t;

ipus_limits_t ipus_limits_on(const ipus_work_t *work, span_t service, date_t on);

/* The grants of a service to one person, or of them those of one application (0: all). */
bool ipus_limits_grants(ipus_work_t *work, int64_t person, span_t service, int64_t application,
                        bool (*each)(void *of, const ipus_row_t *granted), void *of);

/* The application that a decision is of. */
bool ipus_limits_application(ipus_work_t *work, int64_t decision, int64_t *application);

/* What an override sets aside is forgotten again; false when nothing was. */
bool ipus_limits_overridden(ipus_work_t *work);

#endif
