/* Text for people: UTF-8 that is checked, folded for search, and masked before it is logged. */
#ifndef OKIENKO_BASE_TEXT_H
#define OKIENKO_BASE_TEXT_H

#include "base/buf.h"

/* Well-formed UTF-8 (no overlong forms, no surrogates, nothing past U+10FFFF). */
bool text_is_utf8(span_t text);

/* UTF-8 without control characters (but for "\n" when `lines`), bidirectional controls, zero-width
 * joiners of no Polish, English or Ukrainian use, or noncharacters: what may be shown to people. */
bool text_is_plain(span_t text, bool lines);

/* Appends a text in normal form (NFC), so that equal texts have equal bytes; what is no UTF-8 as it
 * is. `buf` has failed without memory. */
void text_compose(buf_t *buf, span_t text);

/* The same of one line, without blanks at the ends and with one between words. */
void text_tidy(buf_t *buf, span_t text);

/* How many characters (code points) a text has. */
size_t text_characters(span_t text);

/* Lower case without accents, for search: "Łódź" and "LODZ" become "lodz", in whatever form they
 * are written; й and ї stay letters of their own. An apostrophe between letters is left out;
 * whatever else is neither letter nor digit becomes one space; none at the ends. */
void text_fold(buf_t *buf, span_t text);

/* Appends what may stand in a log: runs of eleven and more digits masked (they may be a PESEL),
 * control characters as "?", at most `max` bytes. */
void text_mask(buf_t *buf, span_t text, size_t max);

/* The `names` entry nearest to a mistyped word, or NULL when none is near enough to be meant. */
const char *text_nearest(span_t word, const char *const *names, size_t count);

#endif
