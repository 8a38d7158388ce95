#include "base/text.h"

#include "base/utf8.h"

/* The code point at the beginning of `text` and its length in bytes; length 0 when it is not
 * well-formed UTF-8. */
static size_t decode(span_t text, uint32_t *point)
{
    const uint8_t *at = (const uint8_t *)text.at;
    if (at[0] < 0x80) {
        *point = at[0];
        return 1;
    }
    bool well = false;
    size_t len = utf8_sequence(at, at + text.len, &well);
    if (!well) {
        return 0;
    }
    uint32_t sum = at[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        sum = (sum << 6) | (at[i] & 0x3fu);
    }
    *point = sum;
    return len;
}

bool text_is_utf8(span_t text)
{
    while (text.len > 0) {
        uint32_t point = 0;
        size_t len = decode(text, &point);
        if (len == 0) {
            return false;
        }
        text = span_from(text, len);
    }
    return true;
}

static bool is_plain_point(uint32_t point)
{
    bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
    bool directs = point == 0x61c || (point >= 0x200b && point <= 0x200f) ||
                   (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) ||
                   point == 0xfeff;
    bool noncharacter = (point & 0xfffe) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef) ||
                        (point >= 0xe0000 && point <= 0xe007f);
    return !control && !directs && !noncharacter;
}

bool text_is_plain(span_t text, bool lines)
{
    while (text.len > 0) {
        uint32_t point = 0;
        size_t len = decode(text, &point);
        if (len == 0 || !(is_plain_point(point) || (lines && point == '\n'))) {
            return false;
        }
        text = span_from(text, len);
    }
    return true;
}

void text_mask(buf_t *buf, span_t text, size_t max)
{
    size_t end = text.len < max ? text.len : max;
    size_t i = 0;
    while (i < end) {
        size_t run = 0;
        while (i + run < text.len && text.at[i + run] >= '0' && text.at[i + run] <= '9') {
            run++;
        }
        if (run >= 11) {
            buf_literal(buf, "***********");
            i += run;
        } else if (run > 0) {
            size_t kept = i + run > end ? end - i : run;
            buf_add(buf, (span_t){text.at + i, kept});
            i += run;
        } else {
            uint8_t c = (uint8_t)text.at[i];
            buf_byte(buf, c < 0x20 || c == 0x7f ? '?' : (char)c);
            i++;
        }
    }
}

/* Edits between two short words (Levenshtein), or `limit` when there are as many or more. */
static size_t distance(span_t a, span_t b, size_t limit)
{
    size_t row[65];
    if (a.len > 64 || b.len > 64) {
        return limit;
    }
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = diagonal + (a.at[i - 1] != b.at[j - 1]);
            diagonal = row[j];
            size_t insert = row[j] + 1, drop = row[j - 1] + 1;
            row[j] = change < insert ? change : insert;
            row[j] = drop < row[j] ? drop : row[j];
        }
    }
    return row[b.len] < limit ? row[b.len] : limit;
}

const char *text_nearest(span_t word, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t best = word.len <= 3 ? 2 : word.len <= 7 ? 3 : 4;
    for (size_t i = 0; i < count; i++) {
        size_t edits = distance(word, span_of(names[i]), best);
        if (edits < best) {
            best = edits;
            nearest = names[i];
        }
    }
    return nearest;
}
