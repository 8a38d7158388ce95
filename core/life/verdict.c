/* Deciding as the office does: what a person declared, as of a day, put before the rules. */
#include "life/inside.h"
#include "json/json.h"

typedef struct {
    life_t *life;
    profile_t *profile;
    bool has_number;
} reading_t;

static bool take_statement(void *context, const ipus_row_t *row)
{
    const reading_t *reading = context;
    const registry_programme_t *programme = reading->life->programme;
    profile_t *profile = reading->profile;
    int place = registry_fact(programme, ipus_text(row, STATEMENT_FACT));
    bool begun = !ipus_has(row, STATEMENT_BEGINS) ||
                 !date_before(profile->on, ipus_date(row, STATEMENT_BEGINS));
    bool ended =
        ipus_has(row, STATEMENT_ENDS) && date_before(ipus_date(row, STATEMENT_ENDS), profile->on);
    int64_t number = 0;
    if (place < 0 || !begun || ended) {
        return true;
    }
    const registry_fact_t *fact = programme->facts[place];
    bool follows = fact->derive == DERIVE_PESEL_BIRTH_DATE || fact->derive == DERIVE_PESEL_SEX;
    if (!(follows && reading->has_number) &&
        life_value_read(fact, ipus_text(row, STATEMENT_VALUE), &number)) {
        profile->at[place] = (rules_fact_t){.known = true, .number = number};
    }
    return true;
}

bool life_profile_read(life_t *life, int64_t person, date_t on, profile_t *profile)
{
    ipus_record_t *record = life->port->record(life->port->context);
    ipus_row_t row;
    somebody_t body = {.birth = DATE_NONE};
    if (record->get(record->context, IPUS_PERSON, person, true, &row) != IPUS_FINE) {
        return false;
    }
    span_t number = ipus_text(&row, PERSON_PESEL);
    if (number.len > 0 && number.len < sizeof body.pesel) {
        memcpy(body.pesel, number.at, number.len);
    }
    body.woman = ipus_number(&row, PERSON_SEX) == 0;
    (void)date_parse(ipus_text(&row, PERSON_BIRTH_DATE), &body.birth);
    life_profile_of(life, &body, profile);
    profile->on = on;
    profile->version = ipus_number(&row, PERSON_FACTS);
    reading_t reading = {life, profile, number.len > 0};
    ipus_query_t query = IPUS_QUERY(IPUS_STATEMENT);
    ipus_query_equal(&query, STATEMENT_PERSON, person);
    ipus_query_equal(&query, STATEMENT_STATE, STATEMENT_IS_STANDING);
    query.open = true;
    return life_rows_of(life, &query, take_statement, &reading);
}

/* ---- a verdict's texts ----------------------------------------------------------------------- */

static void put_facts(life_t *life, const profile_t *profile)
{
    json_writer_t writer = {&life->facts_json, false};
    buf_clear(&life->facts_json);
    json_object(&writer);
    json_name(&writer, "on");
    json_date(&writer, profile->on);
    json_name(&writer, "facts");
    json_object(&writer);
    for (size_t i = 0; i < life->programme->fact_count; i++) {
        const registry_fact_t *fact = life->programme->facts[i];
        if (!fact->of_order && profile->at[i].known) {
            json_text(&writer, fact->id);
            buf_byte(&life->facts_json, ':');
            life_value_add(&life->facts_json, fact, profile->at[i].number);
            writer.comma = true;
        }
    }
    json_object_end(&writer);
    json_name(&writer, "order");
    life_order_add(life, profile, &life->facts_json);
    writer.comma = true;
    json_object_end(&writer);
}

static const char *const answers[] = {"no", "yes", "unknown"};

static void put_trace(life_t *life, const registry_service_t *service)
{
    json_writer_t writer = {&life->trace_json, false};
    buf_clear(&life->trace_json);
    json_object(&writer);
    json_name(&writer, "outcome");
    json_text(&writer, span_of(answers[life->decision.outcome]));
    json_name(&writer, "checks");
    json_array(&writer);
    for (size_t i = 0; i < service->check_count; i++) {
        json_object(&writer);
        json_name(&writer, "id");
        json_text(&writer, service->checks[i].id);
        json_name(&writer, "answer");
        json_text(&writer, span_of(answers[life->decision.checks[i]]));
        json_name(&writer, "decisive");
        json_bool(&writer, life->decision.decisive[i]);
        json_object_end(&writer);
    }
    json_array_end(&writer);
    json_object_end(&writer);
}

/* ---- the verdict ----------------------------------------------------------------------------- */

rules_answer_t life_verdict_made(life_t *life, const registry_service_t *service,
                                 const profile_t *profile, ipus_verdict_t *verdict)
{
    rules_answer_t outcome = life_ask_rules(life, service, profile), criteria[RULES_CRITERIA_MAX];
    const rules_fee_t *fee = &life->decision.fee;
    rules_fault_t fault;
    if (outcome == RULES_UNKNOWN || (outcome == RULES_YES && fee->state != RULES_FEE_KNOWN)) {
        return RULES_UNKNOWN;
    }
    put_facts(life, profile);
    put_trace(life, service);
    *verdict = (ipus_verdict_t){.facts = profile->version,
                                .yes = outcome == RULES_YES,
                                .quantity = fee->quantity,
                                .price = fee->price,
                                .value = fee->value,
                                .before_relief = fee->before_relief,
                                .fee = fee->amount,
                                .rules = service->version,
                                .facts_json = buf_span(&life->facts_json),
                                .trace_json = buf_span(&life->trace_json)};
    if (fee->relief >= 0) {
        verdict->relief = life->programme->reliefs[fee->relief].id;
    }
    (void)rules_waiting(&life->of, service, criteria, &verdict->score, &fault);
    return outcome;
}

rules_answer_t life_verdict_of(life_t *life, int64_t person, const registry_service_t *service,
                               date_t on, span_t order, int64_t quantity, ipus_verdict_t *verdict)
{
    profile_t profile;
    if (!life_profile_read(life, person, on, &profile)) {
        return RULES_UNKNOWN;
    }
    life_order_read(life, order, &profile);
    if (quantity >= 0 && service->quantity >= 0 && service->times == NULL) {
        int64_t unit = life->programme->facts[service->quantity]->type == FACT_DECIMAL ? 1 : 1000;
        profile.at[service->quantity] = (rules_fact_t){.known = true, .number = quantity / unit};
    }
    return life_verdict_made(life, service, &profile, verdict);
}
