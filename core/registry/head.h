/* The head of a programme: what its council resolved, by day. Read by registry_head_on(). */
#ifndef OKIENKO_REGISTRY_HEAD_H
#define OKIENKO_REGISTRY_HEAD_H

#include "registry/registry.h"

/* The head of a programme as it reads from a day on: what the council resolved, and what that
 * called the programme and had people pay. */
struct registry_head {
    date_t from; /* until the next one's; the first holds from the programme's first day */
    texts_t name;
    span_t number;
    date_t resolved;
    texts_t by;
    registry_basis_t basis;
    const registry_fee_t *fee;
    int line;
};

#endif
