/* Memory that is given back all at once: one arena a request, one a generation of rules. */
#ifndef OKIENKO_BASE_ARENA_H
#define OKIENKO_BASE_ARENA_H

#include "base/span.h"

typedef struct arena arena_t;

/* `chunk` is how much is asked of malloc at a time. NULL without memory. */
arena_t *arena_new(size_t chunk);
void arena_free(arena_t *arena);

/* Gives everything back but the first chunk, for the next request. */
void arena_reset(arena_t *arena);

/* Zeroed, aligned for any type, lives as long as the arena. NULL without memory. */
void *arena_alloc(arena_t *arena, size_t size);

/* `count` elements of `size`, guarding the product; NULL without memory, and for no elements. */
void *arena_array(arena_t *arena, size_t count, size_t size);

/* A copy with a zero byte behind it; `.at` is NULL without memory. */
span_t arena_copy(arena_t *arena, span_t bytes);

/* Bytes asked of malloc, for the metrics. */
size_t arena_bytes(const arena_t *arena);

#endif
