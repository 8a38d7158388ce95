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

/* "{1:a|b|c}" from behind the colon: appends the word of that number, returns the closing brace. */
static const char *add_choice(buf_t *buf, const char *text, span_t argument)
{
    const char *end = strchr(text, '}');
    span_t rest = {text, (size_t)(end - text)}, word = SPAN_NONE;
    uint64_t place = 0;
    (void)span_number(argument, 9, &place);
    while (span_cut(&rest, '|', &word) && place > 0) {
        place--;
    }
    buf_add(buf, word);
    return end;
}

/* Whether it is a number with a fraction; dates and ids are none. */
static bool is_broken_number(span_t text)
{
    span_t rest = text, whole, fraction;
    uint64_t number = 0;
    return span_cut(&rest, '.', &whole) && span_cut(&rest, '.', &fraction) && rest.at == NULL &&
           span_number(whole, INT64_MAX, &number) && span_number(fraction, INT64_MAX, &number);
}

static void add_argument(buf_t *buf, span_t argument, lang_t lang)
{
    bool comma = lang != LANG_EN && is_broken_number(argument);
    for (size_t i = 0; i < argument.len; i++) {
        buf_byte(buf, comma && argument.at[i] == '.' ? ',' : argument.at[i]);
    }
}

void ipus_refusal_text(buf_t *buf, const ipus_refusal_t *refusal, lang_t lang)
{
    const char *text = texts[refusal->code].in[lang];
    for (; *text != '\0'; text++) {
        bool filled = text[0] == '{' && text[1] >= '0' && text[1] < '0' + IPUS_REFUSAL_ARGUMENTS;
        if (filled && text[2] == '}') {
            add_argument(buf, refusal->arguments[text[1] - '0'], lang);
            text += 2;
        } else if (filled && text[2] == ':') {
            text = add_choice(buf, text + 3, refusal->arguments[text[1] - '0']);
        } else {
            buf_byte(buf, *text);
        }
    }
}
