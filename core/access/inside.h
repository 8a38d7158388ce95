/* What access_t is made of. Inside the access room only. */
#ifndef OKIENKO_ACCESS_INSIDE_H
#define OKIENKO_ACCESS_INSIDE_H

#include "access/access.h"
#include "access/rates.h"

struct access {
    clock_port_t *clock;
    index_t accounts, logins;
    index_t tokens, digests;
    size_t sweep_at; /* tokens there may be before those that ended are looked for */
    rates_t tried_logins, tried_addresses, asked;
};

static inline int64_t access_now(const access_t *access)
{
    return (int64_t)(access->clock->monotonic(access->clock) / 1000000);
}

#endif
