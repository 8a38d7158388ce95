/* The office's problems: each answers and ends its call. */
#include "office/inside.h"

enum { FIELD_MAX = 128 };

static problem_kind_t kind_of(const office_call_t *call, office_problem_t problem)
{
    return (problem_kind_t){office_problem_status(problem), office_problem_type(problem),
                            office_problem_title(problem, call->lang)};
}

static void end(office_call_t *call, json_writer_t *writer, unsigned status, const char *fields)
{
    problem_send(&call->office->problem, writer, call->exchange, status, call->lang, fields);
    office_call_free(call);
}

void office_problem(office_call_t *call, office_problem_t problem)
{
    problem_kind_t kind = kind_of(call, problem);
    json_writer_t writer = problem_begin(&call->office->problem, &kind, SPAN_NONE);
    end(call, &writer, kind.status, kind.status == 401 ? "WWW-Authenticate: Bearer\r\n" : NULL);
}

void office_problem_wait(office_call_t *call, office_problem_t problem, int64_t wait_ms)
{
    problem_kind_t kind = kind_of(call, problem);
    json_writer_t writer = problem_begin(&call->office->problem, &kind, SPAN_NONE);
    buf_clear(&call->fields);
    buf_print(&call->fields, "Retry-After: %lld\r\n",
              (long long)(wait_ms < 1000 ? 1 : (wait_ms + 999) / 1000));
    end(call, &writer, kind.status, buf_zero_terminated(&call->fields));
}

void office_problem_mistakes(office_call_t *call, office_problem_t problem)
{
    problem_kind_t kind = kind_of(call, problem);
    problem_t *made = &call->office->problem;
    json_writer_t writer = problem_begin(made, &kind, problem_first_detail(made));
    problem_add_mistakes(made, &writer);
    end(call, &writer, kind.status, NULL);
}

/* ---- refusals of the engine ------------------------------------------------------------------ */

static unsigned status_of(ipus_refused_t sort)
{
    static const unsigned statuses[] = {[IPUS_REFUSED_ABSENT] = 404,
                                        [IPUS_REFUSED_FORBIDDEN] = 403,
                                        [IPUS_REFUSED_STALE] = 412,
                                        [IPUS_REFUSED_INVALID] = 422,
                                        [IPUS_REFUSED_CONFLICT] = 409};
    return statuses[sort];
}

void office_problem_refused(office_call_t *call)
{
    const ipus_refusal_t *refusal = &call->answer.refusal;
    unsigned status = status_of(ipus_refusal_sort(refusal->code));
    buf_t *text = &call->office->scratch;
    buf_clear(text);
    ipus_refusal_text(text, refusal, call->lang);
    problem_kind_t kind = {status, ipus_refusal_name(refusal->code), buf_span(text)};
    json_writer_t writer = problem_begin(&call->office->problem, &kind, SPAN_NONE);
    if (refusal->field >= 0) {
        char field[FIELD_MAX];
        field[0] = '/';
        span_t name = span_of(ipus_kind(call->command.kind)->fields[refusal->field].name);
        memcpy(field + 1, name.at, name.len < FIELD_MAX - 1 ? name.len : FIELD_MAX - 1);
        json_name(&writer, "field");
        json_text(&writer, (span_t){field, name.len + 1});
    }
    end(call, &writer, status, NULL);
}

/* ---- what the rules say ---------------------------------------------------------------------- */

void office_problem_missing(office_call_t *call, span_t questions)
{
    problem_kind_t kind = kind_of(call, OFFICE_PROBLEM_FACTS_MISSING);
    json_writer_t writer = problem_begin(&call->office->problem, &kind, SPAN_NONE);
    json_name(&writer, "missing");
    json_raw(&writer, questions);
    end(call, &writer, kind.status, NULL);
}

/* ---- mistakes -------------------------------------------------------------------------------- */

void office_mistake(office_call_t *call, office_detail_t detail, span_t field, span_t argument,
                    span_t nearest)
{
    buf_t text = {0};
    office_detail(&text, detail, call->lang, argument);
    problem_note(&call->office->problem, &(problem_mistake_t){.field = field,
                                                              .code = office_detail_code(detail),
                                                              .detail = buf_span(&text),
                                                              .nearest = nearest});
    buf_free(&text);
}

void office_mistake_in(office_call_t *call, office_detail_t detail, const char *member,
                       span_t argument, span_t nearest)
{
    buf_t field = {0};
    buf_byte(&field, '/');
    for (const char *at = member; *at != '\0'; at++) {
        if (*at == '~' || *at == '/') {
            buf_add(&field, *at == '~' ? SPAN("~0") : SPAN("~1"));
        } else {
            buf_byte(&field, *at);
        }
    }
    office_mistake(call, detail, buf_span(&field), argument, nearest);
    buf_free(&field);
}

size_t office_mistakes(const office_call_t *call)
{
    return call->office->problem.count;
}
