/* Blocks of bytes of which equal ones are kept once, each with a count of its holders. One thread
 * at a time. */
#ifndef OKIENKO_BASE_SHARED_H
#define OKIENKO_BASE_SHARED_H

#include "base/span.h"

typedef struct shared shared_t;

shared_t *shared_new(void); /* with one user; NULL without memory */
shared_t *shared_retain(shared_t *shared);

/* One user less; it goes with the last one, who holds nothing of it any more. NULL is fine. */
void shared_release(shared_t *shared);

/* The block with these bytes and a zero byte behind them, aligned for int64_t and pointers; never
 * to be written to. Counts one holder more. `*is_new` (which may be NULL) says that nobody held it
 * before. NULL without memory. */
void *shared_take(shared_t *shared, span_t bytes, bool *is_new);

/* Whether it has but one holder. */
bool shared_is_last(const void *block);

/* One holder less; with the last one the block goes. */
void shared_give(shared_t *shared, void *block);

/* Bytes asked of malloc, for the metrics. */
size_t shared_bytes(const shared_t *shared);

#endif
