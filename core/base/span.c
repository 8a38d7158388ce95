#include "base/span.h"

#include <stdlib.h>

int span_compare(span_t a, span_t b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.at, b.at, common);
    if (order != 0) {
        return order;
    }
    return a.len < b.len ? -1 : a.len > b.len;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The same for eight bytes at once: those from 'A' to 'Z' get the bit that makes them small. */
static uint64_t lower_eight(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    uint64_t low = word & ~highs;
    uint64_t from_a = low + ones * (128 - 'A'), past_z = low + ones * (127 - 'Z');
    return word | ((from_a & ~past_z & ~word & highs) >> 2);
}

static uint64_t eight_at(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* The first four and the last four of four to seven bytes. */
static uint64_t ends_of(span_t span)
{
    uint32_t first, last;
    memcpy(&first, span.at, sizeof first);
    memcpy(&last, span.at + span.len - sizeof last, sizeof last);
    return (uint64_t)last << 32 | first;
}

bool span_equal_nocase(span_t a, span_t b)
{
    if (a.len != b.len) {
        return false;
    }
    size_t at = 0;
    if (a.len >= 8) {
        for (; a.len - at > 8; at += 8) {
            if (lower_eight(eight_at(a.at + at)) != lower_eight(eight_at(b.at + at))) {
                return false;
            }
        }
        /* The last eight, some of them once more. */
        at = a.len - 8;
        return lower_eight(eight_at(a.at + at)) == lower_eight(eight_at(b.at + at));
    }
    if (a.len >= 4) {
        return lower_eight(ends_of(a)) == lower_eight(ends_of(b));
    }
    while (at < a.len && lower(a.at[at]) == lower(b.at[at])) {
        at++;
    }
    return at == a.len;
}

bool span_cut(span_t *rest, char separator, span_t *part)
{
    if (rest->at == NULL) {
        return false;
    }
    const char *found = rest->len == 0 ? NULL : memchr(rest->at, separator, rest->len);
    if (found == NULL) {
        *part = *rest;
        *rest = SPAN_NONE;
        return true;
    }
    size_t len = (size_t)(found - rest->at);
    *part = (span_t){rest->at, len};
    *rest = (span_t){found + 1, rest->len - len - 1};
    return true;
}

span_t span_trim(span_t span)
{
    while (span.len > 0 && (span.at[0] == ' ' || span.at[0] == '\t')) {
        span.at++;
        span.len--;
    }
    while (span.len > 0 && (span.at[span.len - 1] == ' ' || span.at[span.len - 1] == '\t')) {
        span.len--;
    }
    return span;
}

bool span_number(span_t span, uint64_t max, uint64_t *number)
{
    uint64_t sum = 0;
    if (span.len == 0) {
        return false;
    }
    for (size_t i = 0; i < span.len; i++) {
        if (span.at[i] < '0' || span.at[i] > '9') {
            return false;
        }
        uint64_t digit = (uint64_t)(span.at[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *number = sum;
    return sum <= max;
}

uint64_t span_hash(span_t span)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < span.len; i++) {
        hash = (hash ^ (uint8_t)span.at[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

char *span_copy(span_t span)
{
    char *copy = malloc(span.len + 1);
    if (copy != NULL) {
        if (span.len > 0) {
            memcpy(copy, span.at, span.len);
        }
        copy[span.len] = '\0';
    }
    return copy;
}
