/* Problems (RFC 9457). What was sent is never repeated: a wrong value may be a PESEL. Names of
 * members are, masked. */
#include "api/inside.h"

#define CONTENT_TYPE "application/problem+json"

static void remember_first(api_call_t *call, const api_mistake_t *mistake)
{
    buf_t *words = &call->api->words;
    buf_clear(words);
    text_mask(words, mistake->field, sizeof call->first_field - 1);
    call->first_len = words->len < sizeof call->first_field ? words->len : 0;
    if (!words->failed && call->first_len > 0) {
        memcpy(call->first_field, words->at, call->first_len);
    }
    buf_clear(&call->api->mistakes);
    buf_clear(&call->api->first_detail);
    api_detail(&call->api->first_detail, mistake->detail, call->lang, mistake->arguments);
}

void api_mistake(api_call_t *call, const api_mistake_t *mistake)
{
    if (call->mistakes >= API_MISTAKES_MAX) {
        return;
    }
    if (call->mistakes == 0) {
        remember_first(call, mistake);
    }
    buf_t *words = &call->api->words;
    json_writer_t writer = {&call->api->mistakes, call->mistakes > 0};
    json_object(&writer);
    buf_clear(words);
    text_mask(words, mistake->field, sizeof call->first_field - 1);
    json_name(&writer, "field");
    json_text(&writer, buf_span(words));
    json_name(&writer, "code");
    json_text(&writer, api_detail_code(mistake->detail));
    buf_clear(words);
    api_detail(words, mistake->detail, call->lang, mistake->arguments);
    json_name(&writer, "detail");
    json_text(&writer, buf_span(words));
    if (mistake->allowed.len > 0) {
        json_name(&writer, "allowed");
        json_raw(&writer, mistake->allowed);
    }
    if (mistake->nearest.len > 0) {
        json_name(&writer, "nearest");
        json_text(&writer, mistake->nearest);
    }
    json_object_end(&writer);
    call->mistakes++;
}

static json_writer_t begin(api_call_t *call, api_problem_t problem, span_t detail)
{
    json_writer_t writer = api_open(call);
    json_object(&writer);
    json_name(&writer, "type");
    buf_t *words = &call->api->words;
    buf_clear(words);
    buf_literal(words, "urn:okienko:problem:");
    buf_add(words, api_problem_type(problem));
    json_text(&writer, buf_span(words));
    json_name(&writer, "title");
    json_text(&writer, api_problem_title(problem, call->lang));
    json_name(&writer, "status");
    json_int(&writer, api_problem_status(problem));
    json_name(&writer, "detail");
    json_text(&writer, detail.len > 0 ? detail : api_problem_title(problem, call->lang));
    return writer;
}

static void end(api_call_t *call, json_writer_t *writer, api_problem_t problem)
{
    static const char *const fields[LANG_COUNT] = {
        "Content-Language: pl\r\nVary: Accept-Language\r\nCache-Control: no-store\r\n",
        "Content-Language: en\r\nVary: Accept-Language\r\nCache-Control: no-store\r\n",
        "Content-Language: uk\r\nVary: Accept-Language\r\nCache-Control: no-store\r\n",
    };
    json_object_end(writer);
    buf_t *out = writer->buf;
    http_reply_t reply = {api_problem_status(problem), CONTENT_TYPE, fields[call->lang],
                          buf_span(out)};
    if (out->failed) {
        reply.body = SPAN("{}");
    }
    http_reply(call->exchange, &reply);
}

void api_problem_mistakes(api_call_t *call, api_problem_t problem)
{
    json_writer_t writer = begin(call, problem, buf_span(&call->api->first_detail));
    json_name(&writer, "field");
    json_text(&writer, (span_t){call->first_field, call->first_len});
    json_name(&writer, "errors");
    json_array(&writer);
    json_raw(&writer, buf_span(&call->api->mistakes));
    json_array_end(&writer);
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
    api_problem_t problem =
        fault->code == JSON_NO_MEMORY ? API_PROBLEM_NO_MEMORY : API_PROBLEM_BAD_JSON;
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
