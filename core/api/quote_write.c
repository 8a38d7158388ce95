/* A decision, written straight into the answer from the view's prebuilt pieces. */
#include "api/inside.h"

#define PUT(literal) buf_literal(buf, literal)
/* SPAN() is no constant expression. */
#define FIXED(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const span_t outcomes[] = {[RULES_NO] = FIXED("\"no\""),
                                  [RULES_YES] = FIXED("\"yes\""),
                                  [RULES_UNKNOWN] = FIXED("\"unknown\"")};

/* The reasons of one kind behind their heading: " Not met: a; b." */
static void put_reasons(buf_t *buf, const api_call_t *call, const verdict_t *verdict,
                        rules_answer_t answer, span_t heading)
{
    const registry_service_t *service = verdict->service;
    const rules_decision_t *decision = &verdict->decision;
    const api_service_view_t *view = api_view_service(call->view, service);
    const span_t *reasons = view->in[call->lang].reasons;
    bool first = true;
    for (size_t i = 0; i < service->check_count; i++) {
        if (decision->decisive[i] && decision->checks[i] == answer) {
            buf_byte(buf, first ? ' ' : ';');
            buf_add(buf, first ? heading : SPAN(" "));
            buf_add(buf, reasons[api_piece(view->check_at, i, &service->checks[i].text, call->on)]);
            first = false;
        }
    }
    if (!first) {
        buf_byte(buf, '.');
    }
}

static void put_outcome(buf_t *buf, const api_call_t *call, const verdict_t *verdict)
{
    const rules_decision_t *decision = &verdict->decision;
    const api_view_t *view = call->view;
    PUT(",\"outcome\":");
    buf_add(buf, outcomes[decision->outcome]);
    PUT(",\"outcome_text\":\"");
    buf_add(buf, view->outcome_texts[call->lang][decision->outcome]);
    if (decision->outcome == RULES_NO) {
        put_reasons(buf, call, verdict, RULES_NO, view->unmet[call->lang]);
        put_reasons(buf, call, verdict, RULES_YES, view->blocked[call->lang]);
    }
    buf_byte(buf, '"');
}

static void put_checks(buf_t *buf, const api_call_t *call, const verdict_t *verdict)
{
    const registry_service_t *service = verdict->service;
    static const span_t tails[3][2] = {
        [RULES_NO] = {FIXED(",\"answer\":\"no\",\"decisive\":false}"),
                      FIXED(",\"answer\":\"no\",\"decisive\":true}")},
        [RULES_YES] = {FIXED(",\"answer\":\"yes\",\"decisive\":false}"),
                       FIXED(",\"answer\":\"yes\",\"decisive\":true}")},
        [RULES_UNKNOWN] = {FIXED(",\"answer\":\"unknown\",\"decisive\":false}"),
                           FIXED(",\"answer\":\"unknown\",\"decisive\":true}")},
    };
    const rules_decision_t *decision = &verdict->decision;
    const api_service_view_t *view = api_view_service(call->view, service);
    const span_t *checks = view->in[call->lang].checks;
    PUT(",\"checks\":[");
    for (size_t i = 0; i < service->check_count; i++) {
        if (i > 0) {
            buf_byte(buf, ',');
        }
        buf_add(buf, checks[api_piece(view->check_at, i, &service->checks[i].text, call->on)]);
        buf_add(buf, tails[decision->checks[i]][decision->decisive[i]]);
    }
    buf_byte(buf, ']');
}

void api_quote_write_missing(json_writer_t *writer, const api_call_t *call,
                             const verdict_t *verdict, bool alone)
{
    buf_t *buf = writer->buf;
    const rules_decision_t *decision = &verdict->decision;
    buf_byte(buf, '[');
    for (size_t i = 0; i < decision->missing_count; i++) {
        int fact = decision->missing[i];
        if (i > 0) {
            buf_byte(buf, ',');
        }
        if (alone) {
            buf_add(buf, call->view->questions[call->lang][fact]);
        } else {
            PUT("{\"id\":\"");
            buf_add(buf, call->programme->facts[fact]->id);
            buf_byte(buf, '"');
        }
        buf_add(buf, i < decision->missing_outcome_count ? SPAN(",\"for\":\"outcome\"}")
                                                         : SPAN(",\"for\":\"fee\"}"));
    }
    buf_byte(buf, ']');
}

static void put_money(buf_t *buf, const char *name, int64_t grosze, bool known, lang_t lang)
{
    buf_add(buf, span_of(name));
    if (!known) {
        PUT("null");
        return;
    }
    PUT("{\"grosze\":");
    buf_int(buf, grosze);
    PUT(",\"text\":\"");
    money_text(buf, grosze, lang);
    PUT("\"}");
}

static void put_quantity(buf_t *buf, const api_call_t *call, const verdict_t *verdict)
{
    const registry_service_t *service = verdict->service;
    const rules_fee_t *fee = &verdict->decision.fee;
    PUT(",\"quantity\":");
    buf_thousandths(buf, fee->quantity);
    buf_add(buf, fee->quantity_assumed ? SPAN(",\"quantity_assumed\":true")
                                       : SPAN(",\"quantity_assumed\":false"));
    PUT(",\"quantity_text\":\"");
    size_t start = buf->len;
    buf_thousandths(buf, fee->quantity);
    for (size_t i = start; i < buf->len && call->lang != LANG_EN; i++) {
        if (buf->at[i] == '.') {
            buf->at[i] = ',';
        }
    }
    if (service->unit != NULL) {
        PUT("\u00a0");
        /* Escaped with its quotes, the first of which is taken back. */
        size_t quote = buf->len;
        json_add_text(buf, registry_unit_form(service->unit, fee->quantity, call->lang));
        if (!buf->failed) {
            memmove(buf->at + quote, buf->at + quote + 1, buf->len - quote - 1);
            buf->len--;
        }
    } else {
        buf_byte(buf, '"');
    }
}

static void put_relief(buf_t *buf, const api_call_t *call, const verdict_t *verdict)
{
    const rules_fee_t *fee = &verdict->decision.fee;
    PUT(",\"relief\":");
    if (fee->relief < 0) {
        PUT("null");
        return;
    }
    size_t piece = api_piece(call->view->relief_at, (size_t)fee->relief,
                             &call->programme->reliefs[fee->relief].text, call->on);
    buf_add(buf, call->view->reliefs[call->lang][piece]);
    PUT(",\"percent\":");
    json_writer_t writer = {buf, false};
    api_part_percent(&writer, &call->programme->reliefs[fee->relief].percent, call->on);
    buf_byte(buf, '}');
}

/* A price that an order holds to stands in no row of the day. */
static void put_price(buf_t *buf, const api_call_t *call, const verdict_t *verdict)
{
    const registry_service_t *service = verdict->service;
    const rules_fee_t *fee = &verdict->decision.fee;
    const span_t *prices = api_view_service(call->view, service)->in[call->lang].prices;
    bool kept = fee->price_row != NULL && service->price != NULL &&
                fee->price_row >= service->price->rows &&
                fee->price_row < service->price->rows + service->price->count;
    if (kept) {
        PUT(",\"price\":");
        buf_add(buf, prices[fee->price_row - service->price->rows]);
    } else {
        put_money(buf, ",\"price\":", fee->price, fee->price >= 0, call->lang);
    }
}

/* What the policy of the fee rests on. */
static void put_policy_basis(buf_t *buf, const registry_fee_t *policy)
{
    PUT(",\"basis\":");
    if (policy != NULL && policy->basis.text.at != NULL) {
        json_add_text(buf, policy->basis.text);
    } else {
        PUT("null");
    }
}

/* Whom the fee is for, where several people have one case. */
static void put_charge(buf_t *buf, registry_charge_t charge, lang_t lang)
{
    const char *name = registry_charge_name(charge);
    if (name != NULL) {
        PUT(",\"charge\":\"");
        buf_add(buf, span_of(name));
        PUT("\",\"charge_text\":\"");
        api_text(buf, charge == FEE_OF_CASE ? API_TEXT_CHARGE_CASE : API_TEXT_CHARGE_PARTY, lang,
                 NULL);
        buf_byte(buf, '"');
    }
}

static void put_fee(buf_t *buf, const api_call_t *call, const verdict_t *verdict)
{
    const registry_service_t *service = verdict->service;
    const rules_fee_t *fee = &verdict->decision.fee;
    bool known = fee->state == RULES_FEE_KNOWN, depends = fee->state == RULES_FEE_DEPENDS;
    lang_t lang = call->lang;
    PUT(",\"fee\":{\"state\":");
    buf_add(buf, known     ? SPAN("\"known\"")
                 : depends ? SPAN("\"depends\"")
                           : SPAN("\"unavailable\""));
    put_money(buf, ",\"amount\":", fee->amount, known, lang);
    put_money(buf, ",\"least\":", known ? fee->amount : fee->least, known || depends, lang);
    put_money(buf, ",\"most\":", known ? fee->amount : fee->most, known || depends, lang);
    put_money(buf, ",\"before_relief\":", fee->before_relief, known, lang);
    put_quantity(buf, call, verdict);
    put_price(buf, call, verdict);
    put_money(buf, ",\"value\":", fee->value, fee->value >= 0, lang);
    PUT(",\"share_percent\":");
    if (fee->percent >= 0) {
        buf_thousandths(buf, fee->percent);
    } else {
        PUT("null");
    }
    put_relief(buf, call, verdict);
    put_charge(buf, service->charge, lang);
    put_policy_basis(buf, registry_fee_on(call->programme, service, call->on));
    buf_add(buf, fee->example ? SPAN(",\"example\":true}") : SPAN(",\"example\":false}"));
}

/* The place on the waiting list; null when a criterion could not be applied. */
static void put_waiting(json_writer_t *writer, const api_call_t *call, const verdict_t *verdict)
{
    static const char *const names[] = {"no", "yes", "unknown"};
    const registry_service_t *service = verdict->service;
    json_name(writer, "waiting");
    if (!verdict->ranked) {
        json_null(writer);
        return;
    }
    json_object(writer);
    json_name(writer, "points");
    json_int(writer, verdict->points);
    json_name(writer, "criteria");
    json_array(writer);
    for (size_t i = 0; i < service->criterion_count; i++) {
        json_object(writer);
        api_part_criterion(writer, &service->criteria[i], call->on, call->lang);
        json_name(writer, "answer");
        json_text(writer, span_of(names[verdict->criteria[i]]));
        json_object_end(writer);
    }
    json_array_end(writer);
    json_object_end(writer);
}

static void put_rest(buf_t *buf, const api_call_t *call, const verdict_t *verdict)
{
    const registry_service_t *service = verdict->service;
    const api_service_view_t *view = api_view_service(call->view, service);
    PUT(",\"limits\":");
    if (verdict->limits != NULL) {
        buf_add(buf, view->in[call->lang].limits[verdict->limits - service->limits->rows]);
    } else {
        PUT("null");
    }
    PUT(",\"documents\":");
    json_writer_t writer = {buf, false};
    api_part_documents(&writer, call, service);
    if (service->criterion_count > 0) {
        put_waiting(&writer, call, verdict);
    }
}

void api_quote_write(json_writer_t *writer, const api_call_t *call, const verdict_t *verdict,
                     bool alone)
{
    json_raw(writer, api_view_service(call->view, verdict->service)->in[call->lang].head);
    buf_t *buf = writer->buf;
    put_outcome(buf, call, verdict);
    put_checks(buf, call, verdict);
    PUT(",\"missing\":");
    api_quote_write_missing(writer, call, verdict, alone);
    put_fee(buf, call, verdict);
    if (alone) {
        put_rest(buf, call, verdict);
    }
    buf_add(buf,
            verdict->decision.example ? SPAN(",\"example\":true") : SPAN(",\"example\":false"));
}

void api_quote_write_none(json_writer_t *writer, api_call_t *call,
                          const registry_service_t *service, const char *outcome, span_t text)
{
    json_raw(writer, api_view_service(call->view, service)->in[call->lang].head);
    json_name(writer, "outcome");
    json_text(writer, span_of(outcome));
    json_name(writer, "outcome_text");
    json_text(writer, text);
    json_raw(writer, SPAN("\"checks\":[],\"missing\":[],\"fee\":null"));
}
