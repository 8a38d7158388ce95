/* What the files of the invariants share. */
#ifndef OKIENKO_TESTS_INVARIANTS_INSIDE_H
#define OKIENKO_TESTS_INVARIANTS_INSIDE_H

#include "invariants.h"
#include "ipus/states.h"

typedef struct {
    ipus_record_t *record;
    const registry_programme_t *programme;
    buf_t *why;
    bool holds;
} look_t;

void require(look_t *look, bool holds, const char *what, const ipus_row_t *row);

/* A row that has to be there, of a REF that is known; false (and nothing said) when it is none. */
bool named(look_t *look, const ipus_row_t *row, int field, ipus_row_t *of);

/* Over the rows of a kind with a value in a field: how many, those in a set of states (bits), and
 * the sum of another field (-1: none). */
typedef struct {
    int64_t count, in, sum;
} sums_t;
sums_t sums(look_t *look, ipus_kind_t kind, int by, int64_t value, uint32_t states, int field);

bool each_row(look_t *look, const ipus_query_t *query,
              bool (*each)(void *of, const ipus_row_t *row), void *of);

const registry_row_t *values_on(const look_t *look, span_t service, date_t on, bool pool);

/* By kind; each looks at one row and what hangs on it. */
void look_at_order(look_t *look, const ipus_row_t *row);
void look_at_limits(look_t *look, const ipus_row_t *row);
void look_at_granted(look_t *look, const ipus_row_t *row);
void look_at_group(look_t *look, const ipus_row_t *row);
void look_at_item(look_t *look, const ipus_row_t *row);
void look_at_charge(look_t *look, const ipus_row_t *row);
void look_at_waiting(look_t *look, const ipus_row_t *row);
void look_at_case(look_t *look, const ipus_row_t *row); /* of the kinds of cases and people */

static inline int64_t state_of(const ipus_row_t *row)
{
    return ipus_number(row, ipus_kind(row->kind)->state);
}

#endif
