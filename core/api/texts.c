#include "api/texts.h"

/* SPAN() is no constant expression. */
#define FIXED(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
#define TEXT(name, pl, en, uk) {{FIXED(pl), FIXED(en), FIXED(uk)}},
static const texts_t sentences[API_TEXT_COUNT] = {
#include "api/texts.def"
};
#undef TEXT

#define DETAIL(name, code, pl, en, uk) {FIXED(code), {{FIXED(pl), FIXED(en), FIXED(uk)}}},
static const struct {
    span_t code;
    texts_t text;
} details[API_DETAIL_COUNT] = {
#include "api/texts.def"
};
#undef DETAIL

#define PROBLEM(name, status, type, pl, en, uk)                                                    \
    {status, FIXED(type), {{FIXED(pl), FIXED(en), FIXED(uk)}}},
static const struct {
    unsigned status;
    span_t type;
    texts_t title;
} problems[API_PROBLEM_COUNT] = {
#include "api/texts.def"
};
#undef PROBLEM

static void fill(buf_t *buf, span_t sentence, const span_t *arguments)
{
    size_t done = 0;
    for (size_t i = 0; arguments != NULL && i + 2 < sentence.len; i++) {
        size_t which = (size_t)(sentence.at[i + 1] - '0');
        if (sentence.at[i] == '{' && sentence.at[i + 2] == '}' && which < API_ARGUMENTS_MAX) {
            buf_add(buf, (span_t){sentence.at + done, i - done});
            buf_add(buf, arguments[which]);
            done = i + 3;
            i += 2;
        }
    }
    buf_add(buf, span_from(sentence, done));
}

void api_text(buf_t *buf, api_text_t text, lang_t lang, const span_t *arguments)
{
    fill(buf, texts_in(&sentences[text], lang), arguments);
}

void api_detail(buf_t *buf, api_detail_t detail, lang_t lang, const span_t *arguments)
{
    fill(buf, texts_in(&details[detail].text, lang), arguments);
}

span_t api_detail_code(api_detail_t detail)
{
    return details[detail].code;
}

unsigned api_problem_status(api_problem_t problem)
{
    return problems[problem].status;
}

span_t api_problem_type(api_problem_t problem)
{
    return problems[problem].type;
}

span_t api_problem_title(api_problem_t problem, lang_t lang)
{
    return texts_in(&problems[problem].title, lang);
}
