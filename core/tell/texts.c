#include "tell/texts.h"

#define TEXT(name, pl, en, uk) SENTENCE_IN(pl, en, uk),
static const texts_t sentences[TELL_TEXT_COUNT] = {
#include "tell/texts.def"
};
#undef TEXT

void tell_text(buf_t *buf, tell_text_t text, lang_t lang, const span_t *arguments)
{
    sentence_fill(buf, &sentences[text], lang, arguments, arguments != NULL ? TELL_ARGUMENTS : 0);
}
