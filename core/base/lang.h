/* The three languages in which Okienko speaks to people, and texts in them. Polish comes first and
 * is always there; a text that lacks another language answers in Polish. */
#ifndef OKIENKO_BASE_LANG_H
#define OKIENKO_BASE_LANG_H

#include "base/span.h"

typedef enum { LANG_PL, LANG_EN, LANG_UK, LANG_COUNT } lang_t;

typedef struct {
    span_t in[LANG_COUNT]; /* `.at` NULL where there is none */
} texts_t;

/* "pl", "en", "uk"; NULL-terminated. */
const char *lang_code(lang_t lang);

/* The language that a code names; false when it names none of the three. */
bool lang_of_code(span_t code, lang_t *lang);

static inline span_t texts_in(const texts_t *texts, lang_t lang)
{
    return texts->in[lang].at != NULL ? texts->in[lang] : texts->in[LANG_PL];
}

/* The best of the three for an Accept-Language field (RFC 9110, 12.5.4: ranges with q); Polish when
 * nothing fits. A malformed part is passed over. */
lang_t lang_negotiate(span_t accept_language);

/* From LC_ALL, LC_MESSAGES, LANG in this order: Polish for pl…, Ukrainian for uk…, else English. */
lang_t lang_of_locale(const char *(*get)(const char *name));

#endif
