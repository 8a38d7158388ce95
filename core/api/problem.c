/* The API's problems and mistakes, with its own texts. */
#include "api/inside.h"

static problem_kind_t kind_of(const api_call_t *call, api_problem_t problem)
{
    return (problem_kind_t){api_problem_status(problem), api_problem_type(problem),
                            api_problem_title(problem, call->lang)};
}

void api_mistake(api_call_t *call, const api_mistake_t *mistake)
{
    buf_t *words = &call->api->words;
    buf_clear(words);
    api_detail(words, mistake->detail, call->lang, mistake->arguments);
    problem_note(call->problem, &(problem_mistake_t){.field = mistake->field,
                                                     .code = api_detail_code(mistake->detail),
                                                     .detail = buf_span(words),
                                                     .nearest = mistake->nearest,
                                                     .allowed = mistake->allowed});
    call->problem->failed = call->problem->failed || words->failed;
}

static json_writer_t begin(api_call_t *call, api_problem_t problem, span_t detail)
{
    problem_kind_t kind = kind_of(call, problem);
    return problem_begin(&call->api->problem, &kind, detail);
}

static void end(api_call_t *call, json_writer_t *writer, api_problem_t problem)
{
    problem_send(&call->api->problem, writer, call->exchange, api_problem_status(problem),
                 call->lang, NULL);
}

void api_problem_mistakes(api_call_t *call, api_problem_t problem)
{
    json_writer_t writer = begin(call, problem, problem_first_detail(&call->api->problem));
    problem_add_mistakes(&call->api->problem, &writer);
    end(call, &writer, problem);
}

void api_problem(api_call_t *call, api_problem_t problem, span_t detail, span_t nearest)
{
    json_writer_t writer = begin(call, problem, detail);
    if (nearest.len > 0) {
        json_name(&writer, "nearest");
        json_text(&writer, nearest);
    }
    end(call, &writer, problem);
}

void api_problem_json(api_call_t *call, const json_fault_t *fault)
{
    api_problem_t problem = fault->code == JSON_NO_MEMORY      ? API_PROBLEM_NO_MEMORY
                            : json_fault_is_legal(fault->code) ? API_PROBLEM_UNSUPPORTED_JSON
                                                               : API_PROBLEM_BAD_JSON;
    json_writer_t writer = begin(call, problem, json_fault_text(fault->code, call->lang));
    json_name(&writer, "line");
    json_int(&writer, fault->line);
    json_name(&writer, "column");
    json_int(&writer, fault->column);
    end(call, &writer, problem);
}

void api_rule_reason(buf_t *buf, const rules_fault_t *fault, date_t on, lang_t lang)
{
    if (fault->code == RULES_OUTSIDE_ROWS && fault->parameter != NULL) {
        char day[DATE_TEXT_LEN + 1];
        date_text(on, day);
        span_t arguments[API_ARGUMENTS_MAX] = {fault->parameter->id, span_of(day), SPAN_NONE};
        api_text(buf, API_TEXT_OUTSIDE_ROWS, lang, arguments);
    } else {
        api_text(buf, API_TEXT_RULE_FAILED, lang, NULL);
    }
}

void api_problem_rule(api_call_t *call, const rules_fault_t *fault)
{
    buf_t *reason = &call->api->scratch;
    buf_clear(reason);
    api_rule_reason(reason, fault, call->on, call->lang);
    json_writer_t writer = begin(call, API_PROBLEM_RULE_UNAVAILABLE, buf_span(reason));
    json_name(&writer, "service");
    json_text(&writer, call->service_id);
    json_name(&writer, "file");
    json_text(&writer, call->service->file);
    if (fault->line > 0) {
        json_name(&writer, "line");
        json_int(&writer, fault->line);
    }
    end(call, &writer, API_PROBLEM_RULE_UNAVAILABLE);
}
