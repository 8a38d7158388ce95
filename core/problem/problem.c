#include "problem/problem.h"

#include "base/text.h"

#define CONTENT_TYPE "application/problem+json"

void problem_free(problem_t *problem)
{
    buf_free(&problem->out);
    buf_free(&problem->mistakes);
    buf_free(&problem->words);
    buf_free(&problem->first_detail);
}

void problem_clear(problem_t *problem)
{
    problem->failed = false;
    problem->count = 0;
    problem->first_len = 0;
    buf_clear(&problem->mistakes);
    buf_clear(&problem->first_detail);
}

static span_t mask(problem_t *problem, span_t field)
{
    buf_clear(&problem->words);
    text_mask(&problem->words, field, PROBLEM_FIELD_MAX - 1);
    return buf_span(&problem->words);
}

static void remember_first(problem_t *problem, const problem_mistake_t *mistake, span_t field)
{
    problem->first_len = field.len < PROBLEM_FIELD_MAX ? field.len : 0;
    if (problem->first_len > 0) {
        memcpy(problem->first_field, field.at, field.len);
    }
    buf_clear(&problem->mistakes);
    buf_clear(&problem->first_detail);
    buf_add(&problem->first_detail, mistake->detail);
}

void problem_note(problem_t *problem, const problem_mistake_t *mistake)
{
    if (problem->count >= PROBLEM_MISTAKES_MAX) {
        return;
    }
    span_t field = mask(problem, mistake->field);
    if (problem->count == 0) {
        remember_first(problem, mistake, field);
    }
    json_writer_t writer = {&problem->mistakes, problem->count > 0};
    json_object(&writer);
    json_name(&writer, "field");
    json_text(&writer, field);
    json_name(&writer, "code");
    json_text(&writer, mistake->code);
    json_name(&writer, "detail");
    json_text(&writer, mistake->detail);
    if (mistake->allowed.len > 0) {
        json_name(&writer, "allowed");
        json_raw(&writer, mistake->allowed);
    }
    if (mistake->nearest.len > 0) {
        json_name(&writer, "nearest");
        json_text(&writer, mistake->nearest);
    }
    json_object_end(&writer);
    problem->failed = problem->failed || problem->words.failed || problem->mistakes.failed ||
                      problem->first_detail.failed;
    problem->count++;
}

json_writer_t problem_begin(problem_t *problem, const problem_kind_t *kind, span_t detail)
{
    buf_clear(&problem->out);
    json_writer_t writer = {&problem->out, false};
    json_object(&writer);
    json_name(&writer, "type");
    buf_clear(&problem->words);
    buf_literal(&problem->words, "urn:okienko:problem:");
    buf_add(&problem->words, kind->type);
    json_text(&writer, buf_span(&problem->words));
    problem->failed = problem->failed || problem->words.failed;
    json_name(&writer, "title");
    json_text(&writer, kind->title);
    json_name(&writer, "status");
    json_int(&writer, kind->status);
    json_name(&writer, "detail");
    json_text(&writer, detail.len > 0 ? detail : kind->title);
    return writer;
}

void problem_add_mistakes(problem_t *problem, json_writer_t *writer)
{
    json_name(writer, "field");
    json_text(writer, (span_t){problem->first_field, problem->first_len});
    json_name(writer, "errors");
    json_array(writer);
    json_raw(writer, buf_span(&problem->mistakes));
    json_array_end(writer);
}

span_t problem_first_detail(const problem_t *problem)
{
    return buf_span(&problem->first_detail);
}

void problem_send(problem_t *problem, json_writer_t *writer, http_exchange_t *exchange,
                  unsigned status, lang_t lang, const char *fields)
{
    json_object_end(writer);
    buf_t *lines = &problem->words;
    buf_clear(lines);
    buf_print(lines, "Content-Language: %s\r\nVary: Accept-Language\r\nCache-Control: no-store\r\n",
              lang_code(lang));
    buf_add(lines, span_of(fields));
    http_reply_t reply = {status, CONTENT_TYPE, buf_zero_terminated(lines),
                          buf_span(&problem->out)};
    /* A mistake that could not be told whole may be none: it was our memory that ended. */
    if (problem->failed || problem->out.failed || lines->failed) {
        http_problem(exchange, 503, NULL);
    } else {
        http_reply(exchange, &reply);
    }
    problem->failed = false;
}
