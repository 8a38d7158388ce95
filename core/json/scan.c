#include "json/scan.h"
#include "json/chars.h"

#include <math.h>
#include <stdlib.h>

/* cJSON copies a number into a buffer of 64 bytes and reads no further. */
#define NUMBER_BYTES_MAX 63
/* With its sign. An exponent so short takes 63 bytes to 1e161 at most: always finite. */
#define EXPONENT_BYTES_SAFE 2

static const char integer_max[] = "9007199254740991"; /* 2^53-1 */

/* `at` is the byte looked at next; after a fault, the place of the fault. */
typedef struct {
    const uint8_t *start;
    const uint8_t *at;
    const uint8_t *end;
    json_code_t code;
    unsigned depth;
    size_t members; /* met in the whole text */
    size_t values;  /* likewise */
    json_key_t *keys;
    size_t kept; /* keys of the objects that are open, the innermost last */
    arena_t *names;
} scan_t;

static bool scan_value(scan_t *scan);

static bool fail(scan_t *scan, const uint8_t *at, json_code_t code)
{
    scan->at = at;
    scan->code = code;
    return false;
}

/* The byte at hand (or the end) does not belong here. */
static bool unexpected(scan_t *scan)
{
    bool well = true;
    if (scan->at < scan->end && *scan->at >= 0x80) {
        utf8_sequence(scan->at, scan->end, &well);
    }
    return fail(scan, scan->at, well ? JSON_SYNTAX : JSON_NOT_UTF8);
}

static inline bool next_is(const scan_t *scan, char c)
{
    return scan->at < scan->end && *scan->at == (uint8_t)c;
}

static inline void skip_blanks(scan_t *scan)
{
    while (next_is(scan, ' ') || next_is(scan, '\n') || next_is(scan, '\r') ||
           next_is(scan, '\t')) {
        scan->at++;
    }
}

/* Whether one of eight bytes is a quote, a backslash, a control or not ASCII. Each term borrows
 * into the top bit of a byte that is zero (after the xor) or below 0x20. */
static inline bool has_special(uint64_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    uint64_t quote = bytes ^ (ones * '"'), backslash = bytes ^ (ones * '\\');
    return ((bytes | (bytes - ones * 0x20) | (quote - ones) | (backslash - ones)) & tops) != 0;
}

static inline void skip_plain(scan_t *scan)
{
    const uint8_t *at = scan->at;
    uint64_t bytes;
    while (scan->end - at >= 8) {
        memcpy(&bytes, at, sizeof bytes);
        if (has_special(bytes)) {
            break;
        }
        at += 8;
    }
    while (at < scan->end && *at >= 0x20 && *at < 0x80 && *at != '"' && *at != '\\') {
        at++;
    }
    scan->at = at;
}

/* \uXXXX, with its second half where it needs one. */
static bool scan_unit(scan_t *scan)
{
    const uint8_t *at = scan->at, *end = scan->end;
    int32_t unit = chars_hex4(at + 2, end);
    if (unit <= 0 || chars_ends_pair(unit)) {
        return fail(scan, at, unit < 0 ? JSON_BAD_ESCAPE : JSON_NO_CHARACTER);
    }
    scan->at += 6;
    if (!chars_leads_pair(unit)) {
        return true;
    }
    if (end - at < 8 || at[6] != '\\' || at[7] != 'u' ||
        !chars_ends_pair(chars_hex4(at + 8, end))) {
        return fail(scan, at, JSON_NO_CHARACTER);
    }
    scan->at += 6;
    return true;
}

static bool scan_escape(scan_t *scan)
{
    if (scan->end - scan->at < 2) {
        return fail(scan, scan->at, JSON_BAD_ESCAPE);
    }
    switch (scan->at[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        scan->at += 2;
        return true;
    case 'u':
        return scan_unit(scan);
    default:
        return fail(scan, scan->at, JSON_BAD_ESCAPE);
    }
}

static bool scan_string(scan_t *scan, bool *escaped)
{
    scan->at++;
    for (;;) {
        skip_plain(scan);
        if (scan->at == scan->end) {
            return unexpected(scan);
        }
        if (*scan->at == '"') {
            scan->at++;
            return true;
        }
        if (*scan->at == '\\') {
            *escaped = true;
            if (!scan_escape(scan)) {
                return false;
            }
        } else if (*scan->at < 0x20) {
            return fail(scan, scan->at, JSON_CONTROL);
        } else {
            bool well = true;
            size_t len = utf8_sequence(scan->at, scan->end, &well);
            if (!well) {
                return fail(scan, scan->at, JSON_NOT_UTF8);
            }
            scan->at += len;
        }
    }
}

static bool scan_digits(scan_t *scan)
{
    const uint8_t *first = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
        scan->at++;
    }
    return scan->at > first || unexpected(scan);
}

/* Whether a number with an exponent, at most NUMBER_BYTES_MAX long, is one that a double holds.
 * strtod() reads a point because no locale is ever set for numbers. */
static bool is_finite(const uint8_t *number, size_t len)
{
    char copy[NUMBER_BYTES_MAX + 1];
    memcpy(copy, number, len);
    copy[len] = '\0';
    return isfinite(strtod(copy, NULL));
}

static bool scan_exponent(scan_t *scan, const uint8_t *number)
{
    const uint8_t *letter = scan->at++;
    if (next_is(scan, '+') || next_is(scan, '-')) {
        scan->at++;
    }
    if (!scan_digits(scan)) {
        return false;
    }
    size_t len = (size_t)(scan->at - number);
    bool safe = scan->at - letter - 1 <= EXPONENT_BYTES_SAFE;
    if (len > NUMBER_BYTES_MAX || (!safe && !is_finite(number, len))) {
        return fail(scan, number, JSON_NUMBER);
    }
    return true;
}

static bool scan_number(scan_t *scan)
{
    const uint8_t *number = scan->at;
    scan->at += *number == '-';
    const uint8_t *digits = scan->at;
    if (!scan_digits(scan)) {
        return false;
    }
    size_t count = (size_t)(scan->at - digits);
    if (*digits == '0' && count > 1) {
        return fail(scan, digits + 1, JSON_SYNTAX);
    }
    bool whole = !next_is(scan, '.');
    if (!whole) {
        scan->at++;
        if (!scan_digits(scan)) {
            return false;
        }
    }
    if (next_is(scan, 'e') || next_is(scan, 'E')) {
        return scan_exponent(scan, number);
    }
    const size_t most = sizeof integer_max - 1;
    bool fits = whole ? count < most || (count == most && memcmp(digits, integer_max, most) <= 0)
                      : scan->at - number <= NUMBER_BYTES_MAX;
    return fits || fail(scan, number, JSON_NUMBER);
}

static bool scan_word(scan_t *scan, span_t word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!next_is(scan, word.at[i])) {
            return unexpected(scan);
        }
        scan->at++;
    }
    return true;
}

static bool keep_key(scan_t *scan, const uint8_t *quote, bool escaped)
{
    span_t name = {(const char *)quote + 1, (size_t)(scan->at - quote) - 2};
    if (escaped) {
        name = json_key_plain(scan->names, name);
        if (name.at == NULL) {
            return fail(scan, quote, JSON_NO_MEMORY);
        }
    }
    scan->keys[scan->kept++] = (json_key_t){name, (size_t)(quote - scan->start)};
    return true;
}

static bool scan_member(scan_t *scan)
{
    const uint8_t *quote = scan->at;
    bool escaped = false;
    if (!next_is(scan, '"')) {
        return unexpected(scan);
    }
    if (++scan->members > JSON_KEYS_MAX) {
        return fail(scan, quote, JSON_TOO_MANY_KEYS);
    }
    if (!scan_string(scan, &escaped) || !keep_key(scan, quote, escaped)) {
        return false;
    }
    skip_blanks(scan);
    if (!next_is(scan, ':')) {
        return unexpected(scan);
    }
    scan->at++;
    skip_blanks(scan);
    return scan_value(scan);
}

/* Forgets the keys of the object that ends, from `first` on. */
static bool drop_keys(scan_t *scan, size_t first)
{
    const json_key_t *repeated = json_keys_repeated(scan->keys + first, scan->kept - first);
    if (repeated != NULL) {
        return fail(scan, scan->start + repeated->offset, JSON_DUPLICATE_KEY);
    }
    scan->kept = first;
    return true;
}

/* The items between the brackets, with commas between them and none behind the last. */
static bool scan_items(scan_t *scan, char closing, bool (*scan_item)(scan_t *scan))
{
    if (++scan->depth > JSON_DEPTH_MAX) {
        return fail(scan, scan->at, JSON_TOO_DEEP);
    }
    scan->at++;
    skip_blanks(scan);
    if (!next_is(scan, closing)) {
        for (;;) {
            if (!scan_item(scan)) {
                return false;
            }
            skip_blanks(scan);
            if (!next_is(scan, ',')) {
                break;
            }
            scan->at++;
            skip_blanks(scan);
        }
    }
    if (!next_is(scan, closing)) {
        return unexpected(scan);
    }
    scan->at++;
    scan->depth--;
    return true;
}

static bool scan_object(scan_t *scan)
{
    size_t first = scan->kept;
    return scan_items(scan, '}', scan_member) && drop_keys(scan, first);
}

/* Recursion is bounded by JSON_DEPTH_MAX. */
static bool scan_value(scan_t *scan)
{
    bool escaped = false;
    if (scan->at == scan->end) {
        return unexpected(scan);
    }
    if (++scan->values > JSON_VALUES_MAX) {
        return fail(scan, scan->at, JSON_TOO_MANY_VALUES);
    }
    switch (*scan->at) {
    case '{':
        return scan_object(scan);
    case '[':
        return scan_items(scan, ']', scan_value);
    case '"':
        return scan_string(scan, &escaped);
    case 't':
        return scan_word(scan, SPAN("true"));
    case 'f':
        return scan_word(scan, SPAN("false"));
    case 'n':
        return scan_word(scan, SPAN("null"));
    default:
        return *scan->at == '-' || (*scan->at >= '0' && *scan->at <= '9') ? scan_number(scan)
                                                                          : unexpected(scan);
    }
}

json_code_t json_scan(span_t text, json_key_t *keys, arena_t *names, size_t *offset)
{
    const uint8_t *start = (const uint8_t *)text.at;
    scan_t scan = {.start = start, .at = start, .keys = keys, .names = names};
    *offset = 0;
    if (text.len == 0) {
        return JSON_EMPTY;
    }
    scan.end = start + text.len;
    skip_blanks(&scan);
    if (scan.at == scan.end) {
        fail(&scan, scan.end, JSON_EMPTY);
    } else if (scan_value(&scan)) {
        skip_blanks(&scan);
        scan.code = scan.at == scan.end ? JSON_OK : JSON_TRAILING;
    }
    *offset = (size_t)(scan.at - start);
    return scan.code;
}
