/* What is left of a service's pool, by what the record counts. */
#ifndef OKIENKO_REGISTRY_LEFT_H
#define OKIENKO_REGISTRY_LEFT_H

#include "registry/registry.h"

typedef struct registry_usage registry_usage_t;

/* What is taken of a service's pool in a period, in units or people as its row counts; the record
 * tells it. Negative: there is a record and it cannot be asked. */
struct registry_usage {
    int64_t (*taken)(void *context, const registry_programme_t *programme,
                     const registry_service_t *service, date_t from, date_t to);
    void *context;
    /* How many people are in the service's queue, negative where it cannot be asked; NULL where
     * nobody counts them. */
    int64_t (*waiting)(void *context, const registry_programme_t *programme,
                       const registry_service_t *service);
};

extern const registry_usage_t registry_usage_none;

typedef struct {
    bool has_pool;
    bool known;                /* what is taken; otherwise nothing counts as left */
    int64_t pool, taken, left; /* in what it counts */
    registry_per_t per;
    registry_pool_of_t of;
    date_t from, to;
    registry_basis_t basis;
} registry_left_t;

registry_left_t registry_left(const registry_programme_t *programme,
                              const registry_service_t *service, date_t on,
                              const registry_usage_t *usage);

#endif
