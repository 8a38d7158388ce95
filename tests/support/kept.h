/* A row as the record in memory keeps it: never changed, in one piece with its texts. */
#ifndef OKIENKO_TESTS_KEPT_H
#define OKIENKO_TESTS_KEPT_H

#include "ipus/kinds.h"

typedef struct {
    ipus_presence_t is;
    uint32_t len;
    union {
        int64_t number;
        const char *text; /* behind the row, in the same piece of memory */
    } as;
} kept_value_t;

typedef struct {
    int64_t version, made_at, changed_at, made_by, changed_by;
    kept_value_t at[];
} kept_row_t;

/* With what is LOCKED taken from the row as it was before; free() gives it back. */
kept_row_t *kept_new(const ipus_row_t *row, const kept_row_t *before);

void kept_show(const kept_row_t *kept, ipus_kind_t kind, int64_t id, bool open, ipus_row_t *row);

/* Ends the test when it does not hold. */
void support_require(bool holds, const char *what);

#endif
