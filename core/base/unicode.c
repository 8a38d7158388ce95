/* Unicode by libutf8proc: one form of equal texts, letters folded for finding, characters counted.
 */
#include "base/text.h"

#include <stdlib.h>
#include <utf8proc.h>

/* The next code point; one that is ill-formed is a byte long and -1. */
static size_t next_point(span_t text, utf8proc_int32_t *point)
{
    utf8proc_ssize_t len =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, point);
    if (len <= 0) {
        *point = -1;
        return 1;
    }
    return (size_t)len;
}

static void put(buf_t *buf, utf8proc_int32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char(point, bytes);
    buf_add(buf, (span_t){(const char *)bytes, (size_t)len});
}

/* ---- one form -------------------------------------------------------------------------------- */

/* Below U+0300 nothing composes with what is before it, and every letter is composed already. */
static bool is_surely_composed(span_t text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] >= 0xcc) {
            return false;
        }
    }
    return true;
}

void text_compose(buf_t *buf, span_t text)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t len = 0;
    if (!is_surely_composed(text)) {
        len = utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &made,
                           UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    }
    if (len == UTF8PROC_ERROR_NOMEM) {
        buf->failed = true;
    } else {
        buf_add(buf, made != NULL && len >= 0 ? (span_t){(const char *)made, (size_t)len} : text);
    }
    free(made);
}

static bool is_blank(utf8proc_int32_t point)
{
    return point == ' ' || point == '\t' || point == 0xa0 ||
           (point > 0xa0 && utf8proc_category(point) == UTF8PROC_CATEGORY_ZS);
}

void text_tidy(buf_t *buf, span_t text)
{
    size_t start = buf->len;
    bool gap = false;
    buf_t composed = {0};
    text_compose(&composed, text);
    for (span_t rest = buf_span(&composed); rest.len > 0;) {
        utf8proc_int32_t point = 0;
        size_t len = next_point(rest, &point);
        if (is_blank(point)) {
            gap = true;
        } else {
            if (gap && buf->len > start) {
                buf_byte(buf, ' ');
            }
            gap = false;
            buf_add(buf, (span_t){rest.at, len});
        }
        rest = span_from(rest, len);
    }
    buf->failed = buf->failed || composed.failed;
    buf_free(&composed);
}

size_t text_characters(span_t text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    }
    return count;
}

/* ---- folded for finding ---------------------------------------------------------------------- */

/* Letters whose stroke Unicode takes for a part of the letter. */
static utf8proc_int32_t without_stroke(utf8proc_int32_t point)
{
    switch (point) {
    case 0x142: /* ł */
        return 'l';
    case 0x111: /* đ */
    case 0xf0:  /* ð */
        return 'd';
    case 0xf8: /* ø */
        return 'o';
    case 0x127: /* ħ */
        return 'h';
    case 0x167: /* ŧ */
        return 't';
    case 0x131: /* ı */
        return 'i';
    default:
        return point;
    }
}

/* й, ї, ё, ў are letters of their own, however they are written. */
static utf8proc_int32_t with_mark(utf8proc_int32_t letter, utf8proc_int32_t mark)
{
    if (mark == 0x306) {
        return letter == 0x438 ? 0x439 : letter == 0x443 ? 0x45e : 0;
    }
    return mark == 0x308 ? (letter == 0x456 ? 0x457 : letter == 0x435 ? 0x451 : 0) : 0;
}

static bool is_mark(utf8proc_category_t category)
{
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

static bool is_word(utf8proc_category_t category)
{
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

typedef struct {
    buf_t *buf;
    size_t start, last_at; /* where the words begin; where the last letter does */
    utf8proc_int32_t last;
    bool gap;
} folding_t;

static void fold_point(folding_t *folding, utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    utf8proc_int32_t marked = is_mark(category) ? with_mark(folding->last, point) : 0;
    if (marked != 0 && !folding->gap && folding->buf->len > folding->last_at) {
        folding->buf->len = folding->last_at;
        put(folding->buf, marked);
        folding->last = 0;
    } else if (is_word(category)) {
        if (folding->gap && folding->buf->len > folding->start) {
            buf_byte(folding->buf, ' ');
        }
        folding->gap = false;
        folding->last_at = folding->buf->len;
        folding->last = without_stroke(point);
        put(folding->buf, folding->last);
    } else if (!is_mark(category)) {
        folding->gap = true;
    }
}

/* An apostrophe joins (Ukrainian "сім'я"), whichever is typed. */
static bool joins(utf8proc_int32_t point)
{
    return point == '\'' || point == '`' || point == 0x2019 || point == 0x2018 || point == 0x2bc;
}

static void fold_ascii(folding_t *folding, unsigned char byte)
{
    bool upper = byte >= 'A' && byte <= 'Z';
    if (upper || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
        if (folding->gap && folding->buf->len > folding->start) {
            buf_byte(folding->buf, ' ');
        }
        folding->gap = false;
        folding->last_at = folding->buf->len;
        folding->last = 0;
        buf_byte(folding->buf, (char)(upper ? byte + 32 : byte));
    } else {
        folding->gap = folding->gap || !joins(byte);
    }
}

void text_fold(buf_t *buf, span_t text)
{
    folding_t folding = {.buf = buf, .start = buf->len, .last_at = buf->len};
    while (text.len > 0) {
        utf8proc_int32_t point = 0, parts[18];
        if ((unsigned char)text.at[0] < 0x80) {
            fold_ascii(&folding, (unsigned char)text.at[0]);
            text = span_from(text, 1);
            continue;
        }
        text = span_from(text, next_point(text, &point));
        int boundary = 0;
        utf8proc_ssize_t count =
            point < 0 ? -1
                      : utf8proc_decompose_char(point, parts, sizeof parts / sizeof *parts,
                                                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                    UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                                                &boundary);
        if (joins(point)) {
            continue;
        }
        folding.gap = folding.gap || count < 0 || count > 18;
        for (utf8proc_ssize_t i = 0; i < count && count <= 18; i++) {
            fold_point(&folding, parts[i]);
        }
    }
}
