/* A growing run of bytes that we own. Running out of memory is remembered in `failed` and every
 * later addition is a no-op, so that a writer checks once, at the end. */
#ifndef OKIENKO_BASE_BUF_H
#define OKIENKO_BASE_BUF_H

#include "base/span.h"
#include <stdarg.h>

typedef struct {
    char *at;
    size_t len;
    size_t cap;
    bool failed;
} buf_t;

/* A zeroed buf_t is an empty one. */
void buf_free(buf_t *buf);

/* Forgets the content and a past failure, keeps the memory. */
void buf_clear(buf_t *buf);

/* Makes room for `more` bytes; false (and failed) when there is no memory. */
bool buf_reserve(buf_t *buf, size_t more);

void buf_add(buf_t *buf, span_t bytes);
void buf_byte(buf_t *buf, char byte);
void buf_int(buf_t *buf, int64_t number);
void buf_thousandths(buf_t *buf, int64_t thousandths); /* "2.5", without zeros at the end */
void buf_print(buf_t *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprint(buf_t *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Appends a zero byte that is not counted, for calls that want a C string; NULL without memory. */
const char *buf_zero_terminated(buf_t *buf);

static inline span_t buf_span(const buf_t *buf)
{
    return (span_t){buf->at, buf->len};
}

#define buf_literal(buf, literal) buf_add((buf), SPAN(literal))

#endif
