/* Names for every sentence and title of the API (api/texts.def), and filling them in. */
#ifndef OKIENKO_API_TEXTS_H
#define OKIENKO_API_TEXTS_H

#include "base/sentence.h"

#define TEXT(name, ...) API_TEXT_##name,
typedef enum {
#include "api/texts.def"
    API_TEXT_COUNT
} api_text_t;
#undef TEXT

#define DETAIL(name, ...) API_DETAIL_##name,
typedef enum {
#include "api/texts.def"
    API_DETAIL_COUNT
} api_detail_t;
#undef DETAIL

#define PROBLEM(name, ...) API_PROBLEM_##name,
typedef enum {
#include "api/texts.def"
    API_PROBLEM_COUNT
} api_problem_t;
#undef PROBLEM

#define API_ARGUMENTS_MAX 3

/* Appends the sentence, with `arguments` (API_ARGUMENTS_MAX of them, or NULL) filled in. */
void api_text(buf_t *buf, api_text_t text, lang_t lang, const span_t *arguments);
void api_detail(buf_t *buf, api_detail_t detail, lang_t lang, const span_t *arguments);
span_t api_detail_code(api_detail_t detail);
unsigned api_problem_status(api_problem_t problem);
span_t api_problem_type(api_problem_t problem); /* "unknown-service" */
span_t api_problem_title(api_problem_t problem, lang_t lang);

#endif
