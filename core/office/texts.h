/* Names for every sentence of the office (office/texts.def). */
#ifndef OKIENKO_OFFICE_TEXTS_H
#define OKIENKO_OFFICE_TEXTS_H

#include "base/buf.h"
#include "base/lang.h"

#define PROBLEM(name, ...) OFFICE_PROBLEM_##name,
typedef enum {
#include "office/texts.def"
    OFFICE_PROBLEM_COUNT
} office_problem_t;
#undef PROBLEM

#define DETAIL(name, ...) OFFICE_DETAIL_##name,
typedef enum {
#include "office/texts.def"
    OFFICE_DETAIL_COUNT
} office_detail_t;
#undef DETAIL

unsigned office_problem_status(office_problem_t problem);
span_t office_problem_type(office_problem_t problem);
span_t office_problem_title(office_problem_t problem, lang_t lang);

span_t office_detail_code(office_detail_t detail);
/* Appends the sentence, {0} filled in. */
void office_detail(buf_t *buf, office_detail_t detail, lang_t lang, span_t argument);

#endif
