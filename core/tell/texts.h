/* The sentences of this room (tell/texts.def). */
#ifndef OKIENKO_TELL_TEXTS_H
#define OKIENKO_TELL_TEXTS_H

#include "base/sentence.h"

#define TEXT(name, ...) TELL_TEXT_##name,
typedef enum {
#include "tell/texts.def"
    TELL_TEXT_COUNT
} tell_text_t;
#undef TEXT

#define TELL_ARGUMENTS 3

/* Appends the sentence, with `arguments` (TELL_ARGUMENTS of them, or NULL) filled in. */
void tell_text(buf_t *buf, tell_text_t text, lang_t lang, const span_t *arguments);

#endif
