/* Problems (RFC 9457): what a client did wrong, or what cannot be done now, as
 * application/problem+json. The texts are the caller's, in the language of the answer; what was
 * sent is never repeated, since a wrong value may be a PESEL. Names of members are, masked. */
#ifndef OKIENKO_PROBLEM_PROBLEM_H
#define OKIENKO_PROBLEM_PROBLEM_H

#include "http/http.h"
#include "json/json.h"

#define PROBLEM_MISTAKES_MAX 50 /* told in one answer */
#define PROBLEM_FIELD_MAX 96

/* One problem being put together; used again for the next. */
typedef struct {
    buf_t out, mistakes, words, first_detail;
    bool failed;  /* no memory for something that was noted */
    size_t count; /* of the mistakes noted */
    char first_field[PROBLEM_FIELD_MAX];
    size_t first_len;
} problem_t;

/* Which problem: `type` is the end of urn:okienko:problem:. */
typedef struct {
    unsigned status;
    span_t type, title;
} problem_kind_t;

/* One wrong field. */
typedef struct {
    span_t field;   /* a parameter's name, or a JSON Pointer */
    span_t code;    /* for programs */
    span_t detail;  /* a sentence */
    span_t nearest; /* a name that may have been meant, or empty */
    span_t allowed; /* JSON: an array or an object, or empty */
} problem_mistake_t;

void problem_free(problem_t *problem);

/* Forgets what was noted. */
void problem_clear(problem_t *problem);
void problem_note(problem_t *problem, const problem_mistake_t *mistake);

/* The members that every problem has, open for more; an empty `detail` repeats the title. */
json_writer_t problem_begin(problem_t *problem, const problem_kind_t *kind, span_t detail);
/* Adds the mistakes noted: "field" of the first, and "errors". */
void problem_add_mistakes(problem_t *problem, json_writer_t *writer);
/* The detail of the first mistake. */
span_t problem_first_detail(const problem_t *problem);

/* Answers with it; `fields` are further header lines, each with its CRLF, or NULL. */
void problem_send(problem_t *problem, json_writer_t *writer, http_exchange_t *exchange,
                  unsigned status, lang_t lang, const char *fields);

#endif
