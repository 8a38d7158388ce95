#include "api/texts.h"

#define TEXT(name, pl, en, uk) SENTENCE_IN(pl, en, uk),
static const texts_t sentences[API_TEXT_COUNT] = {
#include "api/texts.def"
};
#undef TEXT

#define DETAIL(name, code, pl, en, uk) {SENTENCE_FIXED(code), SENTENCE_IN(pl, en, uk)},
static const struct {
    span_t code;
    texts_t text;
} details[API_DETAIL_COUNT] = {
#include "api/texts.def"
};
#undef DETAIL

#define PROBLEM(name, status, type, pl, en, uk)                                                    \
    {status, SENTENCE_FIXED(type), SENTENCE_IN(pl, en, uk)},
static const struct {
    unsigned status;
    span_t type;
    texts_t title;
} problems[API_PROBLEM_COUNT] = {
#include "api/texts.def"
};
#undef PROBLEM

static void fill(buf_t *buf, const texts_t *sentence, lang_t lang, const span_t *arguments)
{
    sentence_fill(buf, sentence, lang, arguments, arguments != NULL ? API_ARGUMENTS_MAX : 0);
}

void api_text(buf_t *buf, api_text_t text, lang_t lang, const span_t *arguments)
{
    fill(buf, &sentences[text], lang, arguments);
}

void api_detail(buf_t *buf, api_detail_t detail, lang_t lang, const span_t *arguments)
{
    fill(buf, &details[detail].text, lang, arguments);
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
