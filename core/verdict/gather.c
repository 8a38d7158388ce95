/* Gathering: what the record knows of a person on a day, and of what is ordered. */
#include "verdict/verdict.h"

void verdict_question_begin(verdict_question_t *question, const registry_programme_t *programme,
                            date_t on)
{
    rules_case_begin(&question->of, programme, NULL, on);
    question->service = SPAN_NONE;
    question->person = 0;
    question->facts = 0;
    question->row_version = 0;
    question->mistake_count = 0;
}

static void begin_gathering(verdict_question_t *question, const registry_programme_t *programme,
                            date_t on)
{
    verdict_question_begin(question, programme, on);
    memset(question->source, 0, sizeof question->source);
    memset(question->row, 0, sizeof question->row);
}

static void note(verdict_question_t *question, verdict_wrong_t wrong, int fact, bool ordered,
                 span_t name)
{
    if (wrong != VERDICT_FINE && question->mistake_count < VERDICT_MISTAKES_MAX) {
        question->mistakes[question->mistake_count++] =
            (verdict_mistake_t){wrong, fact, ordered, name};
    }
}

/* ---- giving ---------------------------------------------------------------------------------- */

static verdict_wrong_t set_fact(verdict_question_t *question, int fact, int64_t number)
{
    static const verdict_wrong_t wrongs[] = {
        [RULES_VALUE_FINE] = VERDICT_FINE,           [RULES_VALUE_TOO_SMALL] = VERDICT_TOO_SMALL,
        [RULES_VALUE_TOO_LARGE] = VERDICT_TOO_LARGE, [RULES_VALUE_STEP] = VERDICT_STEP,
        [RULES_VALUE_CHECKSUM] = VERDICT_CHECKSUM,   [RULES_VALUE_BAD_DATE] = VERDICT_BAD_DATE,
        [RULES_VALUE_DERIVED] = VERDICT_DERIVED,
    };
    return wrongs[rules_case_set(&question->of, fact, number)];
}

verdict_wrong_t verdict_give(verdict_question_t *question, int fact, const cJSON *node)
{
    const registry_fact_t *of = question->of.programme->facts[fact];
    int64_t number = 0;
    if (cJSON_IsNull(node)) {
        return VERDICT_FINE;
    }
    if (of->derive != DERIVE_NONE && !of->asked) {
        return VERDICT_DERIVED;
    }
    verdict_wrong_t wrong = verdict_value_read(of, node, &number);
    return wrong == VERDICT_FINE ? set_fact(question, fact, number) : wrong;
}

/* Two sources of one fact may say the same; where they do not, nobody chooses between them. */
static void take(verdict_question_t *question, int fact, int64_t number, verdict_source_t source,
                 int64_t row)
{
    rules_fact_t before = question->of.facts[fact];
    bool ordered = question->of.programme->facts[fact]->of_order;
    verdict_wrong_t wrong = set_fact(question, fact, number);
    if (wrong == VERDICT_FINE && before.known && before.number != number) {
        wrong = VERDICT_DIFFERS;
    }
    note(question, wrong, fact, ordered, SPAN_NONE);
    question->source[fact] = source;
    question->row[fact] = row;
}

/* ---- of the person --------------------------------------------------------------------------- */

static void take_text(verdict_question_t *question, int fact, span_t json, verdict_source_t source,
                      int64_t row)
{
    int64_t number = 0;
    cJSON *node = json_read_own(json);
    verdict_wrong_t wrong =
        node == NULL ? VERDICT_TYPE
                     : verdict_value_read(question->of.programme->facts[fact], node, &number);
    bool nothing = cJSON_IsNull(node);
    cJSON_Delete(node);
    if (wrong == VERDICT_FINE) {
        take(question, fact, number, source, row);
    } else if (!nothing) {
        note(question, wrong, fact, false, SPAN_NONE);
    }
}

/* Statements of one fact have no day in common (see ipus/people.c). */
static bool take_statement(void *context, const ipus_row_t *row)
{
    verdict_question_t *question = context;
    const registry_programme_t *programme = question->of.programme;
    date_t on = question->of.on;
    bool begun =
        !ipus_has(row, STATEMENT_BEGINS) || !date_before(on, ipus_date(row, STATEMENT_BEGINS));
    bool ended = ipus_has(row, STATEMENT_ENDS) && date_before(ipus_date(row, STATEMENT_ENDS), on);
    int fact = registry_fact(programme, ipus_text(row, STATEMENT_FACT));
    if (begun && !ended && fact >= 0 && !programme->facts[fact]->of_order) {
        take_text(question, fact, ipus_text(row, STATEMENT_VALUE), VERDICT_FROM_STATEMENT, row->id);
    }
    return true;
}

static void take_own(verdict_question_t *question, int fact, int64_t number)
{
    take(question, fact, number, VERDICT_FROM_PERSON, question->person);
}

/* What the person's own row says. With a PESEL the birth date and the sex follow from that. */
static void take_person(verdict_question_t *question, const ipus_row_t *person)
{
    const registry_programme_t *programme = question->of.programme;
    bool numbered = ipus_has(person, PERSON_PESEL);
    uint64_t digits = 0;
    date_t birth = DATE_NONE;
    for (size_t i = 0; i < programme->fact_count; i++) {
        const registry_fact_t *fact = programme->facts[i];
        if (fact->type == FACT_PESEL && numbered) {
            if (span_number(ipus_text(person, PERSON_PESEL), UINT64_C(99999999999), &digits)) {
                take_own(question, (int)i, (int64_t)digits);
            }
        } else if (fact->derive == DERIVE_PESEL_BIRTH_DATE && !numbered &&
                   date_parse(ipus_text(person, PERSON_BIRTH_DATE), &birth)) {
            take_own(question, (int)i, birth.days);
        } else if (fact->derive == DERIVE_PESEL_SEX && fact->type == FACT_CHOICE && !numbered &&
                   ipus_has(person, PERSON_SEX)) {
            take_own(question, (int)i, fact->derive_values[ipus_number(person, PERSON_SEX) != 0]);
        }
    }
}

static ipus_code_t gather_person(verdict_question_t *question, ipus_record_t *record)
{
    ipus_row_t person;
    ipus_code_t code = record->get(record->context, IPUS_PERSON, question->person, true, &person);
    if (code != IPUS_FINE) {
        return code;
    }
    question->facts = ipus_number(&person, PERSON_FACTS);
    take_person(question, &person);
    ipus_query_t query = IPUS_QUERY(IPUS_STATEMENT);
    ipus_query_equal(&query, STATEMENT_PERSON, question->person);
    ipus_query_equal(&query, STATEMENT_STATE, 0);
    query.open = true;
    return record->find(record->context, &query, take_statement, question);
}

/* ---- of the order ---------------------------------------------------------------------------- */

void verdict_may_order(const registry_programme_t *programme, const registry_service_t *service,
                       bool *may)
{
    int facts[RULES_FACTS_MAX];
    size_t count = rules_questions(programme, service, facts, RULES_FACTS_MAX);
    for (size_t i = 0; i < count; i++) {
        may[facts[i]] = true;
    }
    for (size_t i = 0; i < service->ask_count; i++) {
        may[service->asks[i]] = true;
    }
    for (size_t i = 0; i < service->check_count; i++) {
        for (size_t j = 0; j < service->checks[i].fact_count; j++) {
            may[service->checks[i].facts[j]] = true;
        }
    }
    if (service->quantity >= 0) {
        may[service->quantity] = true;
    }
    if (service->times != NULL) {
        may[*service->times] = true;
    }
}

/* `may` is by fact; NULL where no service is named. */
static void take_ordered(verdict_question_t *question, const bool *may, const cJSON *node,
                         arena_t *arena)
{
    const registry_programme_t *programme = question->of.programme;
    int fact = registry_fact(programme, span_of(node->string));
    verdict_wrong_t wrong = VERDICT_FINE;
    if (fact < 0) {
        note(question, VERDICT_UNKNOWN_FACT, -1, true, arena_copy(arena, span_of(node->string)));
        return;
    }
    if (!programme->facts[fact]->of_order) {
        wrong = VERDICT_OF_PERSON;
    } else if (may != NULL && !may[fact]) {
        wrong = VERDICT_NOT_OF_SERVICE;
    } else {
        wrong = verdict_give(question, fact, node);
        question->source[fact] =
            question->of.facts[fact].known ? VERDICT_FROM_ORDER : VERDICT_FROM_NOWHERE;
    }
    note(question, wrong, fact, true, SPAN_NONE);
}

static void take_order(verdict_question_t *question, const registry_service_t *service, span_t json,
                       arena_t *arena)
{
    bool may[RULES_FACTS_MAX] = {false};
    cJSON *order = json.len > 0 ? json_read_own(json) : NULL;
    if (order != NULL && service != NULL) {
        verdict_may_order(question->of.programme, service, may);
    }
    if (json.len > 0 && !cJSON_IsObject(order)) {
        note(question, VERDICT_UNKNOWN_FACT, -1, true, SPAN_NONE); /* it names none */
        cJSON_Delete(order);
        return;
    }
    for (const cJSON *node = order == NULL ? NULL : order->child; node != NULL; node = node->next) {
        take_ordered(question, service != NULL ? may : NULL, node, arena);
    }
    cJSON_Delete(order);
}

static void take_counted(verdict_question_t *question, int fact, int64_t thousandths)
{
    bool parts = question->of.programme->facts[fact]->type == FACT_DECIMAL;
    if (!parts && thousandths % 1000 != 0) {
        note(question, VERDICT_TYPE, fact, true, SPAN_NONE);
        return;
    }
    /* A new order says its quantity once: by its own fact or beside it, not otherwise. */
    rules_fact_t before = question->of.facts[fact];
    int64_t number = parts ? thousandths : thousandths / 1000;
    bool differs = question->row_version == 0 && before.known && before.number != number;
    verdict_wrong_t wrong = set_fact(question, fact, number);
    note(question, wrong == VERDICT_FINE && differs ? VERDICT_DIFFERS : wrong, fact, true,
         SPAN_NONE);
    question->source[fact] = VERDICT_FROM_DELIVERY;
}

/* What was delivered, in the fact that counts units; where two count, items for so many months, the
 * months stay as they were ordered, unless that leaves no whole items. */
static void take_delivered(verdict_question_t *question, const registry_service_t *service,
                           int64_t quantity)
{
    if (service->times != NULL) {
        const rules_fact_t *times = &question->of.facts[*service->times];
        int64_t number = times->known ? times->number : 1;
        if (number < 1 || quantity % (number * 1000) != 0) {
            number = 1;
        }
        take_counted(question, *service->times, number * 1000);
        quantity /= number;
    }
    take_counted(question, service->quantity, quantity);
}

/* ---- all of it ------------------------------------------------------------------------------- */

ipus_code_t verdict_gather(ipus_record_t *record, const registry_programme_t *programme,
                           const verdict_subject_t *subject, arena_t *arena,
                           verdict_question_t *question)
{
    const registry_service_t *service =
        registry_service_on(programme, subject->service, subject->on, NULL);
    begin_gathering(question, programme, subject->on);
    question->person = subject->person;
    question->service = arena_copy(arena, subject->service);
    question->of.price = subject->price;
    question->row_version = subject->row_version;
    take_order(question, service, subject->order, arena);
    if (service != NULL && service->quantity >= 0 && subject->quantity >= 0) {
        take_delivered(question, service, subject->quantity);
    }
    bool kept = subject->service.len == 0 || question->service.at != NULL;
    return kept ? gather_person(question, record) : IPUS_BROKEN;
}

void verdict_check_stated(verdict_question_t *question, const registry_programme_t *programme,
                          date_t on, span_t fact, span_t json)
{
    begin_gathering(question, programme, on);
    int place = registry_fact(programme, fact);
    if (place < 0 || programme->facts[place]->of_order) {
        note(question, place < 0 ? VERDICT_UNKNOWN_FACT : VERDICT_OF_ORDER, place, false, fact);
        return;
    }
    cJSON *node = json_read_own(json);
    note(question, node == NULL ? VERDICT_TYPE : verdict_give(question, place, node), place, false,
         SPAN_NONE);
    cJSON_Delete(node);
}

void verdict_check_ordered(verdict_question_t *question, const registry_programme_t *programme,
                           date_t on, span_t json, arena_t *arena)
{
    begin_gathering(question, programme, on);
    take_order(question, NULL, json, arena);
}
