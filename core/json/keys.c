#include "json/chars.h"
#include "json/scan.h"

#include <stdlib.h>

/* So many names are compared pair by pair; more are sorted, so that a thousand cost no million. */
#define PAIRWISE_MAX 24

static char *put_point(char *out, uint32_t point)
{
    if (point < 0x80) {
        *out++ = (char)point;
        return out;
    }
    int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const uint8_t leads[] = {0, 0xc0, 0xe0, 0xf0};
    *out++ = (char)(leads[more] | (point >> (6 * more)));
    while (more-- > 0) {
        *out++ = (char)(0x80 | ((point >> (6 * more)) & 0x3f));
    }
    return out;
}

/* The code point of the escape at `*at`, a backslash; goes behind it. */
static uint32_t take_escape(const uint8_t **at, const uint8_t *end)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    uint8_t letter = (*at)[1];
    const char *found = strchr(letters, letter);
    if (letter != 'u') {
        *at += 2;
        return found != NULL ? (uint8_t)meant[found - letters] : letter;
    }
    int32_t unit = chars_hex4(*at + 2, end);
    *at += 6;
    if (chars_leads_pair(unit)) {
        int32_t second = chars_hex4(*at + 2, end);
        *at += 6;
        unit = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
    }
    return (uint32_t)unit;
}

span_t json_key_plain(arena_t *names, span_t raw)
{
    /* No escape is shorter than what it stands for. */
    char *plain = arena_alloc(names, raw.len);
    if (plain == NULL) {
        return SPAN_NONE;
    }
    char *out = plain;
    const uint8_t *at = (const uint8_t *)raw.at, *end = at + raw.len;
    while (at < end) {
        if (*at == '\\') {
            out = put_point(out, take_escape(&at, end));
        } else {
            *out++ = (char)*at++;
        }
    }
    return (span_t){plain, (size_t)(out - plain)};
}

/* By name, and one name's keys as they stand in the text. */
static int compare_keys(const void *left, const void *right)
{
    const json_key_t *a = left, *b = right;
    int order = span_compare(a->name, b->name);
    return order != 0 ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

const json_key_t *json_keys_repeated(json_key_t *keys, size_t count)
{
    const json_key_t *repeated = NULL;
    if (count <= PAIRWISE_MAX) {
        for (size_t i = 1; i < count; i++) {
            for (size_t j = 0; j < i; j++) {
                if (span_equal(keys[i].name, keys[j].name)) {
                    return &keys[i];
                }
            }
        }
        return NULL;
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count; i++) {
        if (span_equal(keys[i].name, keys[i - 1].name) &&
            (repeated == NULL || keys[i].offset < repeated->offset)) {
            repeated = &keys[i];
        }
    }
    return repeated;
}
