/* The one reader of UTF-8 sequences; inline, since JSON is scanned with it byte for byte. */
#ifndef OKIENKO_BASE_UTF8_H
#define OKIENKO_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many bytes the UTF-8 sequence takes that begins with `at[0]`, a byte not below 0x80. When it
 * is ill-formed `*well` is false and the length is that of its longest good beginning, at least 1:
 * what one U+FFFD stands for (Unicode 15.0, 3.9, table 3-7 and "maximal subpart"). */
static inline size_t utf8_sequence(const uint8_t *at, const uint8_t *end, bool *well)
{
    uint8_t lead = at[0], low = 0x80, high = 0xbf;
    size_t len = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    size_t taken = 1;
    if (lead < 0xc2 || lead > 0xf4) {
        *well = false;
        return 1;
    }
    /* The second byte bars overlong forms, surrogates and what is past U+10FFFF. */
    if (lead == 0xe0 || lead == 0xf0) {
        low = lead == 0xe0 ? 0xa0 : 0x90;
    } else if (lead == 0xed || lead == 0xf4) {
        high = lead == 0xed ? 0x9f : 0x8f;
    }
    while (taken < len && at + taken < end && at[taken] >= low && at[taken] <= high) {
        taken++;
        low = 0x80;
        high = 0xbf;
    }
    *well = taken == len;
    return taken;
}

#endif
