#include "base/span.h"

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

bool span_equal_nocase(span_t a, span_t b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.at[i]) != lower(b.at[i])) {
            return false;
        }
    }
    return true;
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
