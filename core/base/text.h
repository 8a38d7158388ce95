/* Text for people: UTF-8 that is checked, folded for search, and masked before it is logged. */
#ifndef OKIENKO_BASE_TEXT_H
#define OKIENKO_BASE_TEXT_H

#include "base/buf.h"

/* Well-formed UTF-8 (no overlong forms, no surrogates, nothing past U+10FFFF). */
bool text_is_utf8(span_t text);

/* UTF-8 without control characters (but for "\n" when `lines`), bidirectional controls, zero-width
 * joiners of no Polish, English or Ukrainian use, or noncharacters: what may be shown to people. */
bool text_is_plain(span_t text, bool lines);

/* Lower case without accents, for search: "Łódź" and "LODZ" become "lodz". Latin with Polish
 * letters and Cyrillic are folded, other letters stand as they are. Whatever is neither letter nor
 * digit becomes one space; none at the ends. */
void text_fold(buf_t *buf, span_t text);

/* Appends what may stand in a log: runs of eleven and more digits masked (they may be a PESEL),
 * control characters as "?", at most `max` bytes. */
void text_mask(buf_t *buf, span_t text, size_t max);

/* The `names` entry nearest to a mistyped word, or NULL when none is near enough to be meant. */
const char *text_nearest(span_t word, const char *const *names, size_t count);

#endif
