#include "office/texts.h"

/* SPAN() is no constant expression. */
#define FIXED(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

#define PROBLEM(name, status, type, pl, en, uk)                                                    \
    {status, FIXED(type), {{FIXED(pl), FIXED(en), FIXED(uk)}}},
static const struct {
    unsigned status;
    span_t type;
    texts_t title;
} problems[OFFICE_PROBLEM_COUNT] = {
#include "office/texts.def"
};
#undef PROBLEM

#define DETAIL(name, code, pl, en, uk) {FIXED(code), {{FIXED(pl), FIXED(en), FIXED(uk)}}},
static const struct {
    span_t code;
    texts_t text;
} details[OFFICE_DETAIL_COUNT] = {
#include "office/texts.def"
};
#undef DETAIL

unsigned office_problem_status(office_problem_t problem)
{
    return problems[problem].status;
}

span_t office_problem_type(office_problem_t problem)
{
    return problems[problem].type;
}

span_t office_problem_title(office_problem_t problem, lang_t lang)
{
    return texts_in(&problems[problem].title, lang);
}

span_t office_detail_code(office_detail_t detail)
{
    return details[detail].code;
}

void office_detail(buf_t *buf, office_detail_t detail, lang_t lang, span_t argument)
{
    span_t text = texts_in(&details[detail].text, lang);
    const char *mark = memmem(text.at, text.len, "{0}", 3);
    if (mark == NULL) {
        buf_add(buf, text);
        return;
    }
    size_t before = (size_t)(mark - text.at);
    buf_add(buf, (span_t){text.at, before});
    buf_add(buf, argument);
    buf_add(buf, span_from(text, before + 3));
}
