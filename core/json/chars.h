/* What the scanner, the names and the writer share about single characters; private to json. */
#ifndef OKIENKO_JSON_CHARS_H
#define OKIENKO_JSON_CHARS_H

#include "base/utf8.h"

/* The four hexadecimal digits of \uXXXX; -1 when they are not there. */
static inline int32_t chars_hex4(const uint8_t *at, const uint8_t *end)
{
    int32_t unit = 0;
    if (end - at < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        uint8_t c = at[i], letter = c | 0x20;
        if (c >= '0' && c <= '9') {
            unit = unit * 16 + (c - '0');
        } else if (letter >= 'a' && letter <= 'f') {
            unit = unit * 16 + (letter - 'a' + 10);
        } else {
            return -1;
        }
    }
    return unit;
}

static inline bool chars_leads_pair(int32_t unit)
{
    return unit >= 0xd800 && unit <= 0xdbff;
}

static inline bool chars_ends_pair(int32_t unit)
{
    return unit >= 0xdc00 && unit <= 0xdfff;
}

#endif
