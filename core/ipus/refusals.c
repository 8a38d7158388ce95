#include "ipus/ipus.h"

typedef struct {
    ipus_refused_t sort;
    const char *name;
    const char *in[LANG_COUNT];
} refusal_text_t;

static const refusal_text_t texts[] = {
#define REFUSAL(id, sort, name, pl, en, uk) {IPUS_REFUSED_##sort, name, {pl, en, uk}},
#include "ipus/refusals.def"
#undef REFUSAL
};

ipus_refused_t ipus_refusal_sort(ipus_refusal_code_t code)
{
    return texts[code].sort;
}

span_t ipus_refusal_name(ipus_refusal_code_t code)
{
    return span_of(texts[code].name);
}

void ipus_refusal_text(buf_t *buf, const ipus_refusal_t *refusal, lang_t lang)
{
    const char *text = texts[refusal->code].in[lang];
    for (; *text != '\0'; text++) {
        if (text[0] == '{' && text[1] >= '0' && text[1] < '0' + IPUS_REFUSAL_ARGUMENTS &&
            text[2] == '}') {
            buf_add(buf, refusal->arguments[text[1] - '0']);
            text += 2;
        } else {
            buf_byte(buf, *text);
        }
    }
}
