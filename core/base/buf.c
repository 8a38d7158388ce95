#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

void buf_free(buf_t *buf)
{
    free(buf->at);
    *buf = (buf_t){0};
}

void buf_clear(buf_t *buf)
{
    buf->len = 0;
    buf->failed = false;
}

bool buf_reserve(buf_t *buf, size_t more)
{
    if (buf->failed) {
        return false;
    }
    if (more <= buf->cap - buf->len) {
        return true;
    }
    if (more > SIZE_MAX / 2 - buf->len) {
        buf->failed = true;
        return false;
    }
    size_t cap = buf->cap < 128 ? 128 : buf->cap;
    while (cap < buf->len + more) {
        cap += cap / 2 + 64;
    }
    char *grown = realloc(buf->at, cap);
    if (grown == NULL) {
        buf->failed = true;
        return false;
    }
    buf->at = grown;
    buf->cap = cap;
    return true;
}

void buf_add(buf_t *buf, span_t bytes)
{
    if (bytes.len > 0 && buf_reserve(buf, bytes.len)) {
        memcpy(buf->at + buf->len, bytes.at, bytes.len);
        buf->len += bytes.len;
    }
}

void buf_byte(buf_t *buf, char byte)
{
    if (buf_reserve(buf, 1)) {
        buf->at[buf->len++] = byte;
    }
}

void buf_int(buf_t *buf, int64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    /* Through unsigned, so that the smallest number has a positive counterpart. */
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        digits[--at] = '-';
    }
    buf_add(buf, (span_t){digits + at, sizeof digits - at});
}

void buf_vprint(buf_t *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int needed = vsnprintf(NULL, 0, format, args);
    if (needed < 0) {
        buf->failed = true;
    } else if (buf_reserve(buf, (size_t)needed + 1)) {
        vsnprintf(buf->at + buf->len, (size_t)needed + 1, format, again);
        buf->len += (size_t)needed;
    }
    va_end(again);
}

void buf_print(buf_t *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprint(buf, format, args);
    va_end(args);
}

const char *buf_zero_terminated(buf_t *buf)
{
    if (!buf_reserve(buf, 1)) {
        return NULL;
    }
    buf->at[buf->len] = '\0';
    return buf->at;
}

void buf_thousandths(buf_t *buf, int64_t thousandths)
{
    if (thousandths < 0) {
        buf_byte(buf, '-');
        thousandths = -thousandths;
    }
    buf_int(buf, thousandths / 1000);
    int64_t rest = thousandths % 1000;
    if (rest > 0) {
        char digits[4] = {'.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10),
                          (char)('0' + rest % 10)};
        size_t len = rest % 10 != 0 ? 4 : rest % 100 != 0 ? 3 : 2;
        buf_add(buf, (span_t){digits, len});
    }
}
