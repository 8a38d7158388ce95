#include "base/sentence.h"

void sentence_fill(buf_t *buf, const texts_t *sentence, lang_t lang, const span_t *arguments,
                   size_t count)
{
    span_t text = texts_in(sentence, lang);
    size_t done = 0;
    for (size_t i = 0; i + 2 < text.len; i++) {
        size_t which = (size_t)(text.at[i + 1] - '0');
        if (text.at[i] == '{' && text.at[i + 2] == '}' && which < count) {
            buf_add(buf, (span_t){text.at + done, i - done});
            buf_add(buf, arguments[which]);
            done = i + 3;
            i += 2;
        }
    }
    buf_add(buf, span_from(text, done));
}
