/* Bytes that belong to somebody else: a pointer and a length, never NUL-terminated by promise. */
#ifndef OKIENKO_BASE_SPAN_H
#define OKIENKO_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *at;
    size_t len;
} span_t;

#define SPAN(literal) ((span_t){(literal), sizeof(literal) - 1})
#define SPAN_NONE ((span_t){NULL, 0})
/* For "%.*s". */
#define SPAN_ARGS(span) (int)(span).len, (span).at

static inline span_t span_of(const char *zero_terminated)
{
    return (span_t){zero_terminated, zero_terminated ? strlen(zero_terminated) : 0};
}

static inline bool span_equal(span_t a, span_t b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool span_starts(span_t whole, span_t start)
{
    return whole.len >= start.len && (start.len == 0 || memcmp(whole.at, start.at, start.len) == 0);
}

static inline span_t span_from(span_t whole, size_t offset)
{
    return offset >= whole.len ? (span_t){whole.at + whole.len, 0}
                               : (span_t){whole.at + offset, whole.len - offset};
}

/* Byte order, shorter first among equals; for qsort and bsearch. */
int span_compare(span_t a, span_t b);

/* ASCII letters alike whatever their case, as HTTP field names are compared. */
bool span_equal_nocase(span_t a, span_t b);

/* Cuts what stands before the first `separator` off `*rest`; false when `*rest` was at its end.
 * "a,,b" gives "a", "", "b". */
bool span_cut(span_t *rest, char separator, span_t *part);

/* Without spaces and tabs at both ends. */
span_t span_trim(span_t span);

/* A whole decimal number, no sign, no leading space, at most `max`; false otherwise. */
bool span_number(span_t span, uint64_t max, uint64_t *number);

/* A copy with a zero byte behind it, the caller's to free(); NULL without memory. Unlike strndup()
 * it does not look for a zero byte in bytes that have none. */
char *span_copy(span_t span);

/* FNV-1a; for tables in memory, never for secrets. */
uint64_t span_hash(span_t span);

#endif
