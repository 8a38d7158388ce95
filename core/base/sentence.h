/* Sentences for people with places to fill in: "at most {0} of {1}". */
#ifndef OKIENKO_BASE_SENTENCE_H
#define OKIENKO_BASE_SENTENCE_H

#include "base/buf.h"
#include "base/lang.h"

/* A sentence or a word of a table: SPAN() is no constant expression. */
#define SENTENCE_FIXED(literal)                                                                    \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
#define SENTENCE_IN(pl, en, uk)                                                                    \
    {                                                                                              \
        {                                                                                          \
            SENTENCE_FIXED(pl), SENTENCE_FIXED(en), SENTENCE_FIXED(uk)                             \
        }                                                                                          \
    }

#define SENTENCE_ARGUMENTS_MAX 4

/* Appends the sentence with {0}, {1}… replaced by `arguments` (NULL when there are none: then the
 * marks stand as they are). */
void sentence_fill(buf_t *buf, const texts_t *sentence, lang_t lang, const span_t *arguments,
                   size_t count);

#endif
