/* POST …/quote: may this person have it, why, and for how much; for one service or for all. */
#include "api/inside.h"
#include "base/log.h"

static void reply(api_call_t *call)
{
    static const char *const fields[LANG_COUNT] = {
        "Content-Language: pl\r\nVary: Accept-Language\r\nCache-Control: no-store\r\n",
        "Content-Language: en\r\nVary: Accept-Language\r\nCache-Control: no-store\r\n",
        "Content-Language: uk\r\nVary: Accept-Language\r\nCache-Control: no-store\r\n",
    };
    buf_t *out = &call->api->out;
    if (out->failed) {
        api_problem(call, API_PROBLEM_NO_MEMORY, SPAN_NONE, SPAN_NONE);
        return;
    }
    http_reply_t answer = {200, "application/json", fields[call->lang], buf_span(out)};
    http_reply(call->exchange, &answer);
}

void api_tell_rule_fault(api_t *api, api_view_t *view, const registry_service_t *service,
                         const rules_fault_t *fault)
{
    api_service_view_t *of = &view->services[service - view->programme->services];
    api->rule_faults++;
    if (!of->told) {
        of->told = true;
        log_line(LOG_WARNING, "%.*s/%.*s:%d: the rule could not be applied (%s)",
                 SPAN_ARGS(view->programme->id), SPAN_ARGS(service->file), fault->line,
                 fault->code == RULES_OUTSIDE_ROWS ? "a parameter has no value that day"
                 : fault->code == RULES_FUNCTION   ? "a function failed"
                                                   : "the fee is no amount of money");
    }
}

static void put_day(json_writer_t *writer, const api_call_t *call, bool in_force)
{
    json_name(writer, "on");
    json_date(writer, call->on);
    json_name(writer, "in_force");
    json_bool(writer, in_force);
    if (call->demo_day) {
        json_name(writer, "demo_day");
        json_bool(writer, true);
    }
}

void api_on_quote(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin(&call, context, exchange, request) || !api_take_query(&call, 0) ||
        !api_take_service(&call) || !api_quote_read(&call)) {
        return;
    }
    api_t *api = call.api;
    api->quotes++;
    if (call.service_in_force) {
        verdict_decide(&api->question, call.service, &api->verdict);
    }
    if (call.service_in_force && api->verdict.state == VERDICT_FAILED) {
        api_tell_rule_fault(api, call.view, call.service, &api->verdict.fault);
        api_problem_rule(&call, &api->verdict.fault);
        return;
    }
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.slot->id);
    put_day(&writer, &call, call.service_in_force);
    if (call.service_in_force) {
        verdict_rank(&api->question, &api->verdict);
        api_quote_write(&writer, &call, &api->verdict, true);
    } else {
        api_not_in_force(&call, &api->scratch, call.service);
        api_quote_write_none(&writer, &call, call.service, "not_in_force", buf_span(&api->scratch));
    }
    json_object_end(&writer);
    reply(&call);
}

/* ---- all at once ----------------------------------------------------------------------------- */

enum { YES, NO, UNKNOWN, UNAVAILABLE, NOT_IN_FORCE, OUTCOMES };

typedef struct {
    int64_t counts[OUTCOMES];
    uint32_t worth[RULES_FACTS_MAX]; /* of asking for a fact now */
    bool for_outcome[RULES_FACTS_MAX];
} overall_t;

/* A question is worth the more, the more services wait for it,
 * and the nearer it is to their first. */
static void weigh(overall_t *overall, const rules_decision_t *decision)
{
    enum { OUTCOME_WORTH = 10000 };
    for (size_t i = 0; i < decision->missing_count; i++) {
        bool outcome = i < decision->missing_outcome_count;
        int fact = decision->missing[i];
        overall->worth[fact] += outcome ? OUTCOME_WORTH / (uint32_t)(i + 1) : 1;
        overall->for_outcome[fact] = overall->for_outcome[fact] || outcome;
    }
}

static void put_one(json_writer_t *writer, api_call_t *call, const registry_service_t *service,
                    bool in_force, overall_t *overall)
{
    static const int places[] = {[RULES_NO] = NO, [RULES_YES] = YES, [RULES_UNKNOWN] = UNKNOWN};
    api_t *api = call->api;
    verdict_t *verdict = &api->verdict;
    json_object(writer);
    if (in_force) {
        verdict_decide(&api->question, service, verdict);
    }
    if (!in_force) {
        api_not_in_force(call, &api->scratch, service);
        api_quote_write_none(writer, call, service, "not_in_force", buf_span(&api->scratch));
        overall->counts[NOT_IN_FORCE]++;
    } else if (verdict->state != VERDICT_FAILED) {
        api_quote_write(writer, call, verdict, false);
        overall->counts[places[verdict->decision.outcome]]++;
        weigh(overall, &verdict->decision);
    } else {
        api_tell_rule_fault(api, call->view, service, &verdict->fault);
        buf_clear(&api->scratch);
        api_text(&api->scratch, API_TEXT_OUTCOME_UNAVAILABLE, call->lang, NULL);
        api_quote_write_none(writer, call, service, "unavailable", buf_span(&api->scratch));
        buf_clear(&api->scratch);
        api_rule_reason(&api->scratch, &verdict->fault, call->on, call->lang);
        json_name(writer, "reason");
        json_text(writer, buf_span(&api->scratch));
        overall->counts[UNAVAILABLE]++;
    }
    json_object_end(writer);
}

static void put_overall_missing(json_writer_t *writer, const api_call_t *call, overall_t *overall)
{
    json_name(writer, "missing");
    json_array(writer);
    for (;;) {
        size_t best = 0;
        for (size_t i = 1; i < call->programme->fact_count; i++) {
            best = overall->worth[i] > overall->worth[best] ? i : best;
        }
        if (overall->worth[best] == 0) {
            break;
        }
        json_raw(writer, call->view->questions[call->lang][best]);
        json_name(writer, "for");
        json_text(writer, overall->for_outcome[best] ? SPAN("outcome") : SPAN("fee"));
        json_object_end(writer);
        overall->worth[best] = 0;
    }
    json_array_end(writer);
}

static void put_counts(json_writer_t *writer, const overall_t *overall)
{
    static const char *const names[] = {"yes", "no", "unknown", "unavailable", "not_in_force"};
    json_name(writer, "counts");
    json_object(writer);
    for (size_t i = 0; i < OUTCOMES; i++) {
        json_name(writer, names[i]);
        json_int(writer, overall->counts[i]);
    }
    json_object_end(writer);
}

void api_on_quotes(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin(&call, context, exchange, request) || !api_take_query(&call, 0) ||
        !api_quote_read(&call)) {
        return;
    }
    call.api->quotes++;
    overall_t overall = {{0}, {0}, {0}};
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    json_name(&writer, "version");
    json_text(&writer, call.programme->version);
    api_part_day(&writer, &call);
    json_name(&writer, "items");
    json_array(&writer);
    size_t place = 0;
    bool in_force = false;
    const registry_service_t *service = NULL;
    while ((service = api_next_service(&call, &place, &in_force)) != NULL) {
        put_one(&writer, &call, service, in_force, &overall);
    }
    json_array_end(&writer);
    put_counts(&writer, &overall);
    put_overall_missing(&writer, &call, &overall);
    json_object_end(&writer);
    reply(&call);
}
