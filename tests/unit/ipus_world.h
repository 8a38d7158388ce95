/* An office with a small programme, for the tests of the engine: steps are run in one line each. */
#ifndef OKIENKO_TESTS_IPUS_WORLD_H
#define OKIENKO_TESTS_IPUS_WORLD_H

#include "registry_build.h"

#include "ipus/states.h"
#include "record.h"

typedef struct {
    int field;
    int64_t number;
    const char *text; /* NULL: the number; "" with `cleared`: null */
    bool cleared;
} given_t;

#define NUM(field, number)                                                                         \
    {                                                                                              \
        (field), (number), NULL, false                                                             \
    }
#define TXT(field, text)                                                                           \
    {                                                                                              \
        (field), 0, (text), false                                                                  \
    }
#define DAY(field, text)                                                                           \
    {                                                                                              \
        (field), day(text).days, NULL, false                                                       \
    }
#define NOT(field)                                                                                 \
    {                                                                                              \
        (field), 0, NULL, true                                                                     \
    }

typedef struct {
    memory_t *memory;
    registry_programme_t programme;
    registry_parameter_t terms[TERM_COUNT];
    registry_service_t services[2];
    registry_fact_t fact;
    const registry_fact_t *listed;
    registry_term_t provider_type;
    ipus_actor_t actor;
    date_t today;
    ipus_verdict_t verdict;
    const ipus_verdict_t *decides; /* &verdict, or NULL */
    ipus_answer_t answer;
    char said[400]; /* the last refusal, in Polish */
} ipus_world_t;

static ipus_world_t office;

/* ---- the programme --------------------------------------------------------------------------- */

static inline void set_term(registry_term_name_t name, int64_t value)
{
    registry_row_t row = row_of("2020-01-01", NULL, VALUE_INTEGER, value);
    const registry_row_t *rows = build_copy(&row, sizeof row);
    const char *id = registry_term_text(name);
    for (size_t i = 0; i < office.programme.terms.count; i++) {
        if (span_equal(office.terms[i].id, span_of(id))) {
            office.terms[i].rows = rows;
            return;
        }
    }
    office.terms[office.programme.terms.count++] = (registry_parameter_t){span_of(id), rows, 1};
}

static inline void no_terms(void)
{
    office.programme.terms.count = 0;
}

static int office_open(void **state)
{
    (void)state;
    office = (ipus_world_t){.today = day("2026-03-02"), .actor = {.account = 0, .host = false}};
    office.memory = memory_new();
    office.services[0] = (registry_service_t){.id = SPAN("massage"), .from = day("2026-01-01")};
    office.services[1] = (registry_service_t){.id = SPAN("walking"), .from = day("2026-01-01")};
    office.fact = (registry_fact_t){.id = SPAN("lives_alone"), .type = FACT_BOOLEAN};
    office.listed = &office.fact;
    office.provider_type = (registry_term_t){.id = SPAN("firm")};
    office.programme = (registry_programme_t){.id = SPAN("town"),
                                              .from = day("2026-01-01"),
                                              .to = day("2027-12-31"),
                                              .terms = {office.terms, 0},
                                              .services = office.services,
                                              .service_count = 2,
                                              .facts = &office.listed,
                                              .fact_count = 1,
                                              .providers = {&office.provider_type, 1}};
    set_term(TERM_PLAN_WITHIN_DAYS, 30);
    set_term(TERM_PLAN_MONTHS_AT_MOST, 12);
    set_term(TERM_PLAN_NEEDED_FROM_MONTHS, 3);
    set_term(TERM_CARD_WITHOUT_PLAN, 1);
    set_term(TERM_CONTACT_EVERY_MONTHS, 3);
    set_term(TERM_SUMMARY_EVERY_MONTHS, 6);
    set_term(TERM_MEETING_EVERY_MONTHS, 3);
    office.verdict = (ipus_verdict_t){.facts = 0,
                                      .yes = true,
                                      .quantity = 1000,
                                      .price = 4500,
                                      .value = 4500,
                                      .before_relief = 900,
                                      .fee = 900,
                                      .rules = SPAN("0123456789abcdef"),
                                      .facts_json = SPAN("{}"),
                                      .trace_json = SPAN("[]"),
                                      .score = 3};
    office.decides = &office.verdict;
    return 0;
}

static int office_close(void **state)
{
    memory_free(office.memory);
    return build_end(state);
}

#define OFFICE_TEST(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

/* ---- steps ----------------------------------------------------------------------------------- */

static inline bool run_step(ipus_kind_t kind, int64_t id, const char *step, const given_t *given,
                            size_t count)
{
    ipus_command_t command = {.kind = kind,
                              .step = ipus_step_named(kind, span_of(step)),
                              .id = id,
                              .given = {.kind = kind},
                              .actor = office.actor,
                              .today = office.today,
                              .now = (int64_t)office.today.days * 86400000,
                              .programme = &office.programme};
    assert_non_null(command.step);
    command.verdict = command.step->decides ? office.decides : NULL;
    for (size_t i = 0; i < count; i++) {
        if (given[i].cleared) {
            command.null |= 1u << given[i].field;
        } else if (given[i].text != NULL) {
            ipus_set_text(&command.given, given[i].field, span_of(given[i].text));
        } else {
            ipus_set(&command.given, given[i].field, given[i].number);
        }
    }
    uint64_t before = memory_hash(office.memory);
    bool fine = memory_run(office.memory, &command, &office.answer);
    buf_t said = {0};
    if (!fine) {
        assert_int_equal(memory_hash(office.memory), before);
        assert_true(office.answer.refused != (office.answer.code == IPUS_BROKEN));
    }
    if (office.answer.refused) {
        ipus_refusal_text(&said, &office.answer.refusal, LANG_PL);
    }
    assert_true(said.len < sizeof office.said);
    memset(office.said, 0, sizeof office.said);
    if (said.len > 0) {
        memcpy(office.said, said.at, said.len);
    }
    buf_free(&said);
    return fine;
}

static inline int64_t do_step(ipus_kind_t kind, int64_t id, const char *step, const given_t *given,
                              size_t count)
{
    bool fine = run_step(kind, id, step, given, count);
    assert_string_equal(office.said, "");
    assert_true(fine);
    return office.answer.row.id;
}

static inline void refuse_step(const char *sentence, ipus_kind_t kind, int64_t id, const char *step,
                               const given_t *given, size_t count)
{
    assert_false(run_step(kind, id, step, given, count));
    assert_string_equal(office.said, sentence);
}

/* The first is a field that is never there, so that none need be given. */
#define GIVEN(...)                                                                                 \
    (const given_t[]){__VA_ARGS__}, sizeof((const given_t[]){__VA_ARGS__}) / sizeof(given_t)
#define MAKE(kind, ...) do_step(IPUS_##kind, 0, "make", GIVEN(__VA_ARGS__))
#define NO_MAKE(sentence, kind, ...)                                                               \
    refuse_step(sentence, IPUS_##kind, 0, "make", GIVEN(__VA_ARGS__))
#define DO(kind, id, step) ((void)do_step(IPUS_##kind, id, step, NULL, 0))
#define DO_WITH(kind, id, step, ...) ((void)do_step(IPUS_##kind, id, step, GIVEN(__VA_ARGS__)))
#define NO(sentence, kind, id, step) refuse_step(sentence, IPUS_##kind, id, step, NULL, 0)
#define NO_WITH(sentence, kind, id, step, ...)                                                     \
    refuse_step(sentence, IPUS_##kind, id, step, GIVEN(__VA_ARGS__))

/* ---- what stands in the record --------------------------------------------------------------- */

static inline ipus_row_t row_at(ipus_kind_t kind, int64_t id)
{
    ipus_row_t row;
    assert_true(memory_row(office.memory, kind, id, &row));
    return row;
}

static inline void assert_state(ipus_kind_t kind, int64_t id, const char *state)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    ipus_row_t row = row_at(kind, id);
    span_t name = ipus_choice(spec->fields[spec->state].choices, ipus_number(&row, spec->state));
    char text[40] = "";
    memcpy(text, name.at, name.len);
    assert_string_equal(text, state);
}

static inline void assert_number(ipus_kind_t kind, int64_t id, int field, int64_t number)
{
    ipus_row_t row = row_at(kind, id);
    assert_int_equal(row.at[field].is, IPUS_KNOWN);
    assert_int_equal(row.at[field].number, number);
}

static inline void assert_day(ipus_kind_t kind, int64_t id, int field, const char *text)
{
    assert_number(kind, id, field, day(text).days);
}

static inline void assert_text(ipus_kind_t kind, int64_t id, int field, const char *text)
{
    ipus_row_t row = row_at(kind, id);
    assert_int_equal(row.at[field].is, IPUS_KNOWN);
    assert_int_equal(row.at[field].text.len, strlen(text));
    assert_memory_equal(row.at[field].text.at, text, strlen(text));
}

static inline void assert_none(ipus_kind_t kind, int64_t id, int field)
{
    ipus_row_t row = row_at(kind, id);
    assert_int_equal(row.at[field].is, IPUS_NONE);
}

/* Puts a row there as it is, past the engine: for what other steps would have left. */
static inline int64_t put_row(ipus_kind_t kind, const given_t *given, size_t count)
{
    ipus_record_t *record = memory_record(office.memory);
    ipus_row_t row = {.kind = kind};
    for (size_t i = 0; i < count; i++) {
        if (given[i].text != NULL) {
            ipus_set_text(&row, given[i].field, span_of(given[i].text));
        } else {
            ipus_set(&row, given[i].field, given[i].number);
        }
    }
    memory_begin(office.memory);
    assert_int_equal(record->add(record->context, &row, 0), IPUS_FINE);
    memory_commit(office.memory);
    return row.id;
}

#define PUT(kind, ...) put_row(IPUS_##kind, GIVEN(__VA_ARGS__))

/* ---- people and cases ------------------------------------------------------------------------ */

static inline int64_t add_person(const char *document)
{
    return MAKE(PERSON, TXT(PERSON_GIVEN_NAME, "Maria"), TXT(PERSON_FAMILY_NAME, "Nowak"),
                TXT(PERSON_DOCUMENT, document));
}

static inline int64_t add_account(const char *login, int64_t role)
{
    return MAKE(ACCOUNT, TXT(ACCOUNT_LOGIN, login), TXT(ACCOUNT_NAME, "Ewa"),
                NUM(ACCOUNT_ROLE, role));
}

static inline int64_t add_application(int64_t person)
{
    return MAKE(APPLICATION, NUM(APPLICATION_PERSON, person), NUM(APPLICATION_APPLICANT_ROLE, 0),
                DAY(APPLICATION_RECEIVED_ON, "2026-02-20"));
}

/* An application that is assessed by the acting account, or an account of its own. */
static inline int64_t add_assessed(int64_t person)
{
    int64_t application = add_application(person);
    if (office.actor.account == 0) {
        office.actor.account = add_account("ewa", 0);
    }
    DO(APPLICATION, application, "submit");
    DO(APPLICATION, application, "assess");
    return application;
}

static inline int64_t decide(int64_t application, const char *service, bool yes)
{
    ipus_row_t row = row_at(IPUS_APPLICATION, application);
    ipus_row_t person = row_at(IPUS_PERSON, ipus_number(&row, APPLICATION_PERSON));
    office.verdict.yes = yes;
    office.verdict.facts = ipus_number(&person, PERSON_FACTS);
    return MAKE(DECISION, NUM(DECISION_APPLICATION, application), TXT(DECISION_SERVICE, service));
}

static inline int64_t add_diagnosis(int64_t person, int64_t application)
{
    return MAKE(DIAGNOSIS, NUM(DIAGNOSIS_PERSON, person), NUM(DIAGNOSIS_APPLICATION, application),
                DAY(DIAGNOSIS_MADE_ON, "2026-02-25"), TXT(DIAGNOSIS_NEEDS, "help at home"));
}

/* A plan of a new person with a draft row of one service each. */
typedef struct {
    int64_t person, application, diagnosis, plan, massage, walking;
} case_t;

static inline int64_t add_row(const case_t *of, int64_t decision, int64_t quantity)
{
    return MAKE(GRANTED, NUM(GRANTED_DECISION, decision), NUM(GRANTED_PLAN, of->plan),
                NUM(GRANTED_QUANTITY, quantity), DAY(GRANTED_BEGINS, "2026-03-02"),
                DAY(GRANTED_ENDS, "2026-08-31"), TXT(GRANTED_SCOPE, "an hour"));
}

static inline case_t add_qualified(const char *document)
{
    case_t of = {.person = add_person(document)};
    of.application = add_assessed(of.person);
    of.massage = decide(of.application, "massage", true);
    of.walking = decide(of.application, "walking", true);
    DO(APPLICATION, of.application, "qualify");
    of.diagnosis = add_diagnosis(of.person, of.application);
    DO(DIAGNOSIS, of.diagnosis, "sign");
    return of;
}

static inline case_t add_plan(const char *document)
{
    case_t of = add_qualified(document);
    of.plan = MAKE(PLAN, NUM(PLAN_APPLICATION, of.application), NUM(PLAN_DIAGNOSIS, of.diagnosis),
                   DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2026-12-31"),
                   TXT(PLAN_EFFECTS, "stays at home"));
    of.massage = add_row(&of, of.massage, 10000);
    of.walking = add_row(&of, of.walking, 5000);
    return of;
}

/* By somebody else than its coordinator. */
static inline void approve(int64_t plan)
{
    ipus_actor_t actor = office.actor;
    DO(PLAN, plan, "agree");
    DO(PLAN, plan, "sign");
    office.actor = (ipus_actor_t){.host = false};
    DO(PLAN, plan, "approve");
    office.actor = actor;
}

static inline case_t add_active(const char *document)
{
    case_t of = add_plan(document);
    approve(of.plan);
    DO(PLAN, of.plan, "activate");
    return of;
}

#endif
