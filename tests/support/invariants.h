/* What must hold of every record, whatever was done to it: of pools and whoever holds of them, of
 * orders, seats and things, of limits, money and the queue, of cases and plans. Each is looked at
 * from the rows alone; a fault is told in one sentence. */
#ifndef OKIENKO_TESTS_INVARIANTS_H
#define OKIENKO_TESTS_INVARIANTS_H

#include "ipus/ipus.h"

/* All rows. */
bool invariants_hold(ipus_record_t *record, const registry_programme_t *programme, buf_t *why);

/* The same step by step: only what the entries of the journal touched, and what hangs on it. */
typedef struct invariants invariants_t;
invariants_t *invariants_new(ipus_record_t *record, const registry_programme_t *programme);
void invariants_free(invariants_t *invariants);
bool invariants_after(invariants_t *invariants, const ipus_entry_t *entries, size_t count,
                      buf_t *why);

/* Whether somebody waits first for units of today's pool that are free. Holds after each step of a
 * day, once its daily work is done. */
bool invariants_none_in_vain(ipus_record_t *record, const registry_programme_t *programme,
                             date_t today, buf_t *why);

#endif
