/* Deciding: the person's statements of the day are gathered from the record, the quote of the
 * service is asked for as any client would, and its answer becomes the verdict of the step. What a
 * quote says and what is decided can so never differ. */
#include "office/inside.h"

#include <stdlib.h>

/* ---- gathering, on the store's thread -------------------------------------------------------- */

typedef struct {
    office_call_t *call;
    ipus_record_t *record;
    span_t *facts; /* by place: JSON, or nothing */
    int64_t person;
    date_t on;
    span_t service, order;
    int64_t quantity; /* thousandths delivered, -1: as ordered */
    bool has_pesel;
} gathering_t;

static bool get(gathering_t *of, ipus_kind_t kind, int64_t id, ipus_row_t *row)
{
    ipus_code_t code = of->record->get(of->record->context, kind, id, true, row);
    if (code == IPUS_ABSENT) {
        of->call->answer.refused = true;
        of->call->answer.refusal = (ipus_refusal_t){.code = IPUS_NO_SUCH_ROW, .field = -1};
    }
    return code == IPUS_FINE;
}

static bool gather_decision(gathering_t *of)
{
    const ipus_row_t *given = &of->call->command.given;
    ipus_row_t application;
    if (!get(of, IPUS_APPLICATION, ipus_number(given, DECISION_APPLICATION), &application)) {
        return false;
    }
    of->person = ipus_number(&application, APPLICATION_PERSON);
    of->service = ipus_text(given, DECISION_SERVICE);
    of->order = ipus_text(given, DECISION_ORDER_FACTS);
    if (ipus_has(given, DECISION_ON)) {
        of->on = ipus_date(given, DECISION_ON);
    }
    return true;
}

static bool gather_waiting(gathering_t *of)
{
    ipus_row_t decision;
    int64_t id = ipus_number(&of->call->command.given, WAITING_DECISION);
    if (!get(of, IPUS_DECISION, id, &decision)) {
        return false;
    }
    of->person = ipus_number(&decision, DECISION_PERSON);
    of->service = ipus_text(&decision, DECISION_SERVICE);
    of->order = ipus_text(&decision, DECISION_ORDER_FACTS);
    return true;
}

/* An order is settled by the day it was done, for what was delivered. */
static bool gather_order(gathering_t *of)
{
    ipus_row_t order;
    if (!get(of, IPUS_ORDER, of->call->command.id, &order)) {
        return false;
    }
    of->person = ipus_number(&order, ORDER_PERSON);
    of->service = ipus_text(&order, ORDER_SERVICE);
    of->order = ipus_text(&order, ORDER_ORDER_FACTS);
    of->on = ipus_date(&order, ipus_has(&order, ORDER_DONE_ON) ? ORDER_DONE_ON : ORDER_PLANNED_ON);
    of->quantity =
        ipus_number(&order, ipus_has(&order, ORDER_DELIVERED) ? ORDER_DELIVERED : ORDER_QUANTITY);
    return true;
}

static bool take_statement(void *context, const ipus_row_t *row)
{
    gathering_t *of = context;
    const registry_programme_t *programme = of->call->programme;
    bool begun =
        !ipus_has(row, STATEMENT_BEGINS) || !date_before(of->on, ipus_date(row, STATEMENT_BEGINS));
    bool ended =
        ipus_has(row, STATEMENT_ENDS) && date_before(ipus_date(row, STATEMENT_ENDS), of->on);
    int place = registry_fact(programme, ipus_text(row, STATEMENT_FACT));
    if (!begun || ended || place < 0 || programme->facts[place]->of_order) {
        return true;
    }
    registry_derive_t derive = programme->facts[place]->derive;
    bool follows = derive == DERIVE_PESEL_BIRTH_DATE || derive == DERIVE_PESEL_SEX;
    if (!(follows && of->has_pesel)) {
        of->facts[place] = arena_copy(of->call->arena, ipus_text(row, STATEMENT_VALUE));
    }
    return true;
}

static span_t quoted(gathering_t *of, span_t text)
{
    buf_t json = {0};
    json_add_text(&json, text);
    span_t kept = json.failed ? SPAN_NONE : arena_copy(of->call->arena, buf_span(&json));
    buf_free(&json);
    return kept;
}

/* What the person's own row says; a statement of the same is passed over where it follows from the
 * number. */
static void take_person(gathering_t *of, const ipus_row_t *person)
{
    const registry_programme_t *programme = of->call->programme;
    of->has_pesel = ipus_has(person, PERSON_PESEL);
    for (size_t i = 0; i < programme->fact_count; i++) {
        const registry_fact_t *fact = programme->facts[i];
        if (fact->type == FACT_PESEL && of->has_pesel) {
            of->facts[i] = quoted(of, ipus_text(person, PERSON_PESEL));
        } else if (fact->derive == DERIVE_PESEL_BIRTH_DATE && !of->has_pesel &&
                   ipus_has(person, PERSON_BIRTH_DATE)) {
            of->facts[i] = quoted(of, ipus_text(person, PERSON_BIRTH_DATE));
        } else if (fact->derive == DERIVE_PESEL_SEX && fact->type == FACT_CHOICE &&
                   !of->has_pesel && ipus_has(person, PERSON_SEX)) {
            int64_t woman_or_man = ipus_number(person, PERSON_SEX);
            of->facts[i] = quoted(of, fact->values.at[fact->derive_values[woman_or_man != 0]].id);
        }
    }
}

static bool gather_facts(gathering_t *of)
{
    ipus_row_t person;
    if (!get(of, IPUS_PERSON, of->person, &person)) {
        return false;
    }
    of->call->verdict.facts = ipus_number(&person, PERSON_FACTS);
    take_person(of, &person);
    ipus_query_t query = IPUS_QUERY(IPUS_STATEMENT);
    ipus_query_equal(&query, STATEMENT_PERSON, of->person);
    ipus_query_equal(&query, STATEMENT_STATE, 0);
    query.open = true;
    return of->record->find(of->record->context, &query, take_statement, of) == IPUS_FINE;
}

static void put_fact(json_writer_t *writer, const registry_fact_t *fact, int64_t thousandths)
{
    json_text(writer, fact->id);
    buf_byte(writer->buf, ':');
    writer->comma = false;
    json_thousandths(writer, thousandths);
}

/* What was delivered, in the fact that counts units; where two count, items for so many months, the
 * months stay as they were ordered, unless that leaves no whole items. */
static void put_delivered(gathering_t *of, json_writer_t *writer, const cJSON *order,
                          const registry_service_t *service)
{
    const registry_fact_t *const *facts = of->call->programme->facts;
    int64_t counted = of->quantity;
    if (service->times != NULL) {
        const registry_fact_t *fact = facts[*service->times];
        int64_t times = 1;
        const char *name = arena_copy(of->call->arena, fact->id).at;
        if (name == NULL || !json_integer(json_member(order, name), &times) || times < 1 ||
            counted % (times * 1000) != 0) {
            times = 1;
        }
        put_fact(writer, fact, times * 1000);
        counted /= times;
    }
    put_fact(writer, facts[service->quantity], counted);
}

/* The facts of the order, where those that count units say what was delivered. */
static void put_order(gathering_t *of, json_writer_t *writer)
{
    const registry_programme_t *programme = of->call->programme;
    const registry_service_t *service = registry_service_on(programme, of->service, of->on, NULL);
    bool counts = service != NULL && of->quantity >= 0 && service->quantity >= 0;
    int times = counts && service->times != NULL ? *service->times : -1;
    cJSON *order = of->order.len > 0 ? json_read_own(of->order) : NULL;
    json_object(writer);
    for (const cJSON *fact = order == NULL ? NULL : order->child; fact != NULL; fact = fact->next) {
        int place = registry_fact(programme, span_of(fact->string));
        if (!counts || place < 0 || (place != service->quantity && place != times)) {
            json_name(writer, fact->string);
            json_tree(writer, fact);
        }
    }
    if (counts) {
        put_delivered(of, writer, order, service);
    }
    json_object_end(writer);
    cJSON_Delete(order);
}

/* The body of a quote. */
static void put_question(gathering_t *of)
{
    const registry_programme_t *programme = of->call->programme;
    json_writer_t writer = {&of->call->out, false};
    json_object(&writer);
    json_name(&writer, "on");
    json_date(&writer, of->on);
    json_name(&writer, "facts");
    json_object(&writer);
    for (size_t i = 0; i < programme->fact_count; i++) {
        if (of->facts[i].len > 0) {
            json_text(&writer, programme->facts[i]->id);
            buf_byte(writer.buf, ':');
            writer.comma = false;
            json_raw(&writer, of->facts[i]);
        }
    }
    json_object_end(&writer);
    json_name(&writer, "order");
    put_order(of, &writer);
    json_object_end(&writer);
}

static bool run_gather(office_call_t *call, ipus_record_t *record)
{
    gathering_t of = {.call = call, .record = record, .on = call->today, .quantity = -1};
    of.facts = arena_array(call->arena, call->programme->fact_count + 1, sizeof *of.facts);
    bool found = of.facts != NULL && (call->command.kind == IPUS_ORDER     ? gather_order(&of)
                                      : call->command.kind == IPUS_WAITING ? gather_waiting(&of)
                                                                           : gather_decision(&of));
    if (!found || !gather_facts(&of)) {
        return false;
    }
    put_question(&of);
    call->service = arena_copy(call->arena, of.service);
    return call->service.at != NULL;
}

/* ---- asking, on the loop --------------------------------------------------------------------- */

/* Of one service, or of all where none is named. */
static unsigned ask(office_call_t *call, span_t service, span_t body, lang_t lang, buf_t *answer)
{
    buf_t target = {0};
    buf_print(&target, "/v1/%.*s/", SPAN_ARGS(call->desk->id));
    if (service.len > 0) {
        buf_print(&target, "services/%.*s/", SPAN_ARGS(service));
    }
    buf_literal(&target, "quote");
    http_request_t request = {.method = HTTP_POST,
                              .target = buf_span(&target),
                              .content_type = SPAN("application/json"),
                              .body = body,
                              .lang = lang};
    unsigned status = target.failed ? 503 : http_ask(call->office->http, &request, answer);
    buf_free(&target);
    return answer->failed ? 503 : status;
}

static int64_t grosze_of(const cJSON *money)
{
    int64_t grosze = -1;
    return json_integer(json_member(money, "grosze"), &grosze) ? grosze : -1;
}

static void read_verdict(office_call_t *call, span_t question, span_t answer)
{
    const cJSON *fee = json_member(call->quote, "fee"), *relief = json_member(fee, "relief");
    ipus_verdict_t *verdict = &call->verdict;
    bool exact = false;
    verdict->yes = span_equal(json_string(json_member(call->quote, "outcome")), SPAN("yes"));
    verdict->quantity = 0;
    json_thousandths_of(json_member(fee, "quantity"), &verdict->quantity, &exact);
    verdict->price = grosze_of(json_member(fee, "price"));
    verdict->value = grosze_of(json_member(fee, "value"));
    verdict->before_relief = grosze_of(json_member(fee, "before_relief"));
    verdict->fee = grosze_of(json_member(fee, "amount"));
    verdict->relief = json_string(json_member(relief, "id"));
    verdict->rules = json_string(json_member(call->quote, "version"));
    verdict->facts_json = office_keep(call, question);
    verdict->trace_json = office_keep(call, answer);
}

/* What is still to be asked, in the language of whoever asks. */
static void tell_missing(office_call_t *call, span_t question)
{
    buf_t answer = {0};
    unsigned status = ask(call, call->service, question, call->lang, &answer);
    cJSON *quote = status == 200 ? json_read_own(buf_span(&answer)) : NULL;
    buf_free(&answer);
    if (quote == NULL) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return;
    }
    office_problem_missing(call, json_member(quote, "missing"));
    cJSON_Delete(quote);
}

/* Whether all that the step rests on is known; answers otherwise. */
static bool is_decided(office_call_t *call, span_t question)
{
    span_t outcome = json_string(json_member(call->quote, "outcome"));
    span_t fee = json_string(json_member(json_member(call->quote, "fee"), "state"));
    if (span_equal(outcome, SPAN("not_in_force"))) {
        office_problem(call, OFFICE_PROBLEM_NOT_IN_FORCE);
        return false;
    }
    bool yes = span_equal(outcome, SPAN("yes"));
    if (span_equal(outcome, SPAN("unknown")) || (yes && span_equal(fee, SPAN("depends")))) {
        tell_missing(call, question);
        return false;
    }
    return true;
}

static void then_gathered(office_call_t *call, store_result_t result)
{
    if (!office_went_well(call, result)) {
        return;
    }
    /* The record keeps what is said in Polish. */
    buf_t answer = {0};
    unsigned status = ask(call, call->service, buf_span(&call->out), LANG_PL, &answer);
    cJSON_Delete(call->quote);
    call->quote = json_read_own(buf_span(&answer));
    if (status != 200 || call->quote == NULL) {
        buf_free(&answer);
        cJSON *told = call->quote;
        call->quote = NULL;
        office_problem_quote(call, status, told);
        cJSON_Delete(told);
        return;
    }
    if (is_decided(call, buf_span(&call->out))) {
        read_verdict(call, buf_span(&call->out), buf_span(&answer));
        call->command.verdict = &call->verdict;
        call->run = office_run_step;
        call->then = office_step_done;
        office_write(call);
    }
    buf_free(&answer);
}

void office_decide(office_call_t *call)
{
    call->tries++;
    call->run = run_gather;
    call->then = then_gathered;
    office_read(call);
}

void office_check_fact(office_call_t *call, span_t fact, span_t value)
{
    const registry_programme_t *programme = call->programme;
    buf_t body = {0}, answer = {0};
    json_writer_t writer = {&body, false};
    json_raw(&writer, SPAN("{\"facts\":{"));
    json_add_text(&body, fact);
    buf_byte(&body, ':');
    buf_add(&body, value);
    buf_literal(&body, "}}");
    unsigned status =
        body.failed || programme->service_count == 0
            ? 503
            : ask(call, programme->services[0].id, buf_span(&body), call->lang, &answer);
    if (status == 422) {
        cJSON *told = json_read_own(buf_span(&answer));
        office_mistake_in(call, OFFICE_DETAIL_WANT_FACT_VALUE, "value",
                          json_string(json_member(told, "detail")), SPAN_NONE);
        cJSON_Delete(told);
    }
    buf_free(&body);
    buf_free(&answer);
}

bool office_check_order(office_call_t *call, span_t facts)
{
    buf_t body = {0}, answer = {0};
    buf_literal(&body, "{\"order\":");
    buf_add(&body, facts);
    buf_byte(&body, '}');
    unsigned status =
        body.failed ? 503 : ask(call, SPAN_NONE, buf_span(&body), call->lang, &answer);
    if (status != 200) {
        cJSON *told = json_read_own(buf_span(&answer));
        office_problem_quote(call, status, told);
        cJSON_Delete(told);
    }
    buf_free(&body);
    buf_free(&answer);
    return status == 200;
}
