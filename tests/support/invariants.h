/* What must hold of the record between any two steps: pools and what is taken of them, orders and
 * what is granted, seats, items, limits, charges and payments, the queue. Read through the port
 * alone, so that it serves every record; slow, as it looks at all of it. */
#ifndef OKIENKO_TESTS_INVARIANTS_H
#define OKIENKO_TESTS_INVARIANTS_H

#include "base/buf.h"
#include "ipus/record.h"
#include "registry/registry.h"

/* False with one sentence in `why`. Texts are left in the record's arena. */
bool invariants_hold(ipus_record_t *record, const registry_programme_t *programme, buf_t *why);

#endif
