/* A small office for the tests of orders, pools and the queue: a programme of six services, people
 * with decisions, and grants that begin at once. */
#ifndef OKIENKO_TESTS_IPUS_OFFICE_H
#define OKIENKO_TESTS_IPUS_OFFICE_H

#include "invariants.h"
#include "ipus/effects.h"
#include "ipus/pools.h"
#include "ipus/states.h"
#include "record.h"
#include "registry_build.h"

#include <stdio.h>

/* By the row: visits from a yearly pool; hours from a monthly one, for a household; a group; things
 * that are lent; with a gap; counted by case. */
enum { VISITS, HOURS, CLASSES, LOANS, SPACED, TALKS, SERVICE_COUNT };
static const char *const office_services[SERVICE_COUNT] = {"visits", "hours",  "classes",
                                                           "loans",  "spaced", "talks"};

typedef struct {
    memory_t *memory;
    registry_programme_t programme;
    registry_service_t services[SERVICE_COUNT];
    registry_fact_t half_hours;
    const registry_fact_t *facts[1];
    ipus_actor_t actor;
    date_t today;
    const char *why;
    size_t break_at; /* the call of the record that fails in every step, 0 for none */
    int64_t provider;
    ipus_verdict_t verdict;
    ipus_answer_t answer;
    char text[512];
} office_t;

static inline const registry_parameter_t *limits_of(const registry_limit_t *limits, size_t count)
{
    registry_row_t row = {.from = day("2020-01-01"),
                          .to = DATE_NEVER,
                          .value = {.type = VALUE_LIMITS,
                                    .limits = build_copy(limits, count * sizeof *limits),
                                    .count = count}};
    return build_parameter("limits", &row, 1);
}
#define LIMITS(...)                                                                                \
    limits_of((const registry_limit_t[]){__VA_ARGS__},                                             \
              sizeof((const registry_limit_t[]){__VA_ARGS__}) / sizeof(registry_limit_t))

static inline const registry_parameter_t *pool_of(int64_t units, registry_per_t per)
{
    registry_row_t row = row_of("2020-01-01", NULL, VALUE_INTEGER, units);
    row.per = per;
    return build_parameter("pool", &row, 1);
}

static inline const registry_parameter_t *build_terms(void)
{
    static const struct {
        registry_term_name_t name;
        int64_t value;
    } terms[] = {{TERM_ORDER_ANSWER_DAYS, 3},
                 {TERM_OFFER_DAYS, 7},
                 {TERM_CANCEL_AHEAD_DAYS, 1},
                 {TERM_NO_SHOW_COUNTS, 1}};
    registry_parameter_t built[4];
    for (size_t i = 0; i < 4; i++) {
        built[i] = *PARAMETER(registry_term_text(terms[i].name),
                              row_of("2020-01-01", NULL, VALUE_INTEGER, terms[i].value));
    }
    return build_copy(built, sizeof built);
}

static inline void build_services(office_t *office)
{
    registry_service_t *services = office->services;
    for (size_t i = 0; i < SERVICE_COUNT; i++) {
        services[i] = (registry_service_t){.id = span_of(office_services[i]),
                                           .from = day("2020-01-01"),
                                           .quantity = i == HOURS ? 0 : -1,
                                           .waiting = SPAN("complete-application-date")};
    }
    services[VISITS].pool = pool_of(20, PER_YEAR);
    services[VISITS].limits = LIMITS({.kind = LIMIT_VISITS, .most = 2, .per = PER_MONTH},
                                     {.kind = LIMIT_VISITS, .most = 6, .per = PER_YEAR});
    services[HOURS].pool = pool_of(10, PER_MONTH);
    services[HOURS].limits =
        LIMITS({.kind = LIMIT_UNITS, .most = 8000, .per = PER_MONTH, .whose = WHOSE_HOUSEHOLD},
               {.kind = LIMIT_UNITS, .most = 3000, .per = PER_VISIT},
               {.kind = LIMIT_UNITS, .most = 4000, .per = PER_DAY});
    services[HOURS].order_ahead = always(VALUE_INTEGER, 3);
    services[CLASSES].limits = LIMITS({.kind = LIMIT_SEATS, .least = 2, .most = 3});
    services[LOANS].limits = LIMITS({.kind = LIMIT_LOAN, .gap_months = 3, .extensions = 1},
                                    {.kind = LIMIT_ITEMS, .most = 2});
    services[SPACED].pool = pool_of(30, PER_PROGRAMME);
    services[SPACED].limits = LIMITS({.kind = LIMIT_GAP, .gap_months = 2});
    services[TALKS].limits =
        LIMITS({.kind = LIMIT_UNITS, .most = 6000, .per = PER_YEAR, .whose = WHOSE_CASE});
}

static inline int64_t office_add(office_t *office, ipus_row_t *row)
{
    ipus_record_t *record = memory_record(office->memory);
    memory_begin(office->memory);
    assert_int_equal(record->add(record->context, row, 1), IPUS_FINE);
    memory_commit(office->memory);
    return row->id;
}

static inline void office_open(office_t *office)
{
    *office = (office_t){.memory = memory_new(), .today = day("2025-03-03"), .why = ""};
    build_services(office);
    office->half_hours = (registry_fact_t){.id = SPAN("time"),
                                           .type = FACT_DECIMAL,
                                           .of_order = true,
                                           .min = 500,
                                           .max = 12000,
                                           .step = 500};
    office->facts[0] = &office->half_hours;
    office->programme = (registry_programme_t){.from = day("2025-01-01"),
                                               .to = day("2026-12-31"),
                                               .terms = {build_terms(), 4},
                                               .facts = office->facts,
                                               .fact_count = 1,
                                               .services = office->services,
                                               .service_count = SERVICE_COUNT};
    office->actor = (ipus_actor_t){.account = 1, .scope = IPUS_ANY};
    office->verdict = (ipus_verdict_t){.yes = true, .price = 5000, .fee = 1000};
    ipus_row_t provider = {.kind = IPUS_PROVIDER};
    ipus_set(&provider, PROVIDER_STATE, PROVIDER_IS_ACTIVE);
    office->provider = office_add(office, &provider);
}

static inline void office_close(office_t *office)
{
    memory_free(office->memory);
}

/* ---- rows that others make ------------------------------------------------------------------- */

static inline int64_t office_person(office_t *office, int64_t household)
{
    ipus_row_t row = {.kind = IPUS_PERSON};
    ipus_set(&row, PERSON_STATE, 0);
    ipus_set(&row, PERSON_FACTS, 0);
    if (household != 0) {
        ipus_set(&row, PERSON_HOUSEHOLD, household);
    }
    return office_add(office, &row);
}

static inline int64_t office_decision(office_t *office, int64_t person, int service,
                                      const char *complete_on)
{
    ipus_row_t application = {.kind = IPUS_APPLICATION}, decision = {.kind = IPUS_DECISION};
    ipus_set(&application, APPLICATION_PERSON, person);
    ipus_set_date(&application, APPLICATION_COMPLETE_ON, day(complete_on));
    ipus_set(&decision, DECISION_APPLICATION, office_add(office, &application));
    ipus_set(&decision, DECISION_PERSON, person);
    ipus_set_text(&decision, DECISION_SERVICE, span_of(office_services[service]));
    ipus_set(&decision, DECISION_OUTCOME, 1);
    return office_add(office, &decision);
}

/* A grant that is planned; `waiting` may be 0. */
static inline int64_t office_planned(office_t *office, int64_t decision, int64_t units,
                                     const char *begins, const char *ends, int64_t waiting)
{
    ipus_row_t row = {.kind = IPUS_GRANTED}, from;
    assert_true(memory_row(office->memory, IPUS_DECISION, decision, &from));
    row.at[GRANTED_PERSON] = from.at[DECISION_PERSON];
    row.at[GRANTED_SERVICE] = from.at[DECISION_SERVICE];
    ipus_set(&row, GRANTED_DECISION, decision);
    ipus_set(&row, GRANTED_QUANTITY, units);
    ipus_set_date(&row, GRANTED_BEGINS, day(begins));
    ipus_set_date(&row, GRANTED_ENDS, day(ends));
    ipus_set(&row, GRANTED_PROVIDER, office->provider);
    ipus_set(&row, GRANTED_STATE, GRANTED_IS_PLANNED);
    if (waiting != 0) {
        ipus_set(&row, GRANTED_WAITING, waiting);
    }
    return office_add(office, &row);
}

/* ---- steps ----------------------------------------------------------------------------------- */

static inline ipus_command_t office_command(office_t *office, ipus_kind_t kind,
                                            const ipus_step_t *step, int64_t id)
{
    return (ipus_command_t){.kind = kind,
                            .step = step,
                            .id = id,
                            .given = {.kind = kind},
                            .actor = office->actor,
                            .why = span_of(office->why),
                            .today = office->today,
                            .now = 1,
                            .programme = &office->programme,
                            .verdict = &office->verdict};
}

/* A step that breaks, or is refused, leaves the record as it was. */
static inline bool office_do_command(office_t *office, const ipus_command_t *command)
{
    uint64_t before = office->break_at > 0 ? memory_hash(office->memory) : 0;
    memory_break(office->memory, office->break_at);
    bool done = memory_run(office->memory, command, &office->answer);
    memory_break(office->memory, 0);
    assert_true(done || office->answer.refused != (office->answer.code == IPUS_BROKEN));
    assert_true(done || office->break_at == 0 || memory_hash(office->memory) == before);
    return done;
}

static inline bool office_run(office_t *office, ipus_kind_t kind, const char *name, int64_t id,
                              const ipus_row_t *given)
{
    ipus_command_t command = office_command(office, kind, ipus_step_named(kind, span_of(name)), id);
    assert_non_null(command.step);
    if (given != NULL) {
        command.given = *given;
    }
    return office_do_command(office, &command);
}

static inline bool grant_now(ipus_work_t *work)
{
    return ipus_limits_of_grant(work, &work->row) && ipus_granted_take(work, &work->row);
}

static inline bool end_now(ipus_work_t *work)
{
    return ipus_pools_give_back(work, &work->row);
}

/* What plans do to their rows, without a plan. */
static const ipus_step_t grant_step = {.name = "grant",
                                       .from = IPUS_STATES(GRANTED_IS_PLANNED),
                                       .to = GRANTED_IS_RUNNING,
                                       .effect = grant_now};
static const ipus_step_t end_step = {.name = "end",
                                     .from = IPUS_STATES(GRANTED_IS_RUNNING),
                                     .to = GRANTED_IS_ENDED,
                                     .effect = end_now};

static inline bool office_step(office_t *office, const ipus_step_t *step, int64_t granted)
{
    ipus_command_t command = office_command(office, IPUS_GRANTED, step, granted);
    return office_do_command(office, &command);
}

/* A grant that runs, or 0 when it was refused. */
static inline int64_t office_grant(office_t *office, int64_t decision, int64_t units,
                                   const char *begins, const char *ends)
{
    int64_t id = office_planned(office, decision, units, begins, ends, 0);
    return office_step(office, &grant_step, id) ? id : 0;
}

static inline int64_t office_order(office_t *office, int64_t granted, int64_t units, const char *on)
{
    ipus_row_t given = {.kind = IPUS_ORDER};
    ipus_set(&given, ORDER_GRANTED, granted);
    ipus_set(&given, ORDER_QUANTITY, units);
    ipus_set_date(&given, ORDER_PLANNED_ON, day(on));
    return office_run(office, IPUS_ORDER, "make", 0, &given) ? office->answer.row.id : 0;
}

/* With a reason, which some steps need. */
static inline bool office_do(office_t *office, const char *name, int64_t order, int reason)
{
    ipus_row_t given = {.kind = IPUS_ORDER};
    if (reason != 0) {
        ipus_set_text(&given, ORDER_REASON, SPAN("so it is"));
    }
    return office_run(office, IPUS_ORDER, name, order, &given);
}

static inline int64_t office_wait(office_t *office, int64_t decision, int64_t units)
{
    ipus_row_t given = {.kind = IPUS_WAITING};
    ipus_set(&given, WAITING_DECISION, decision);
    ipus_set(&given, WAITING_QUANTITY, units);
    return office_run(office, IPUS_WAITING, "make", 0, &given) ? office->answer.row.id : 0;
}

/* All the daily work of a day; how many things there were to do. */
static inline int office_daily(office_t *office)
{
    ipus_command_t command = {
        .actor = {.host = true}, .today = office->today, .now = 1, .programme = &office->programme};
    bool done = false;
    for (int things = 0;; things++) {
        memory_begin(office->memory);
        assert_true(ipus_daily(&command, memory_record(office->memory), &done, &office->answer));
        memory_commit(office->memory);
        if (done) {
            return things;
        }
        assert_true(things < 1000);
    }
}

/* ---- looking --------------------------------------------------------------------------------- */

static inline int64_t office_number(office_t *office, ipus_kind_t kind, int64_t id, int field)
{
    ipus_row_t row;
    assert_true(memory_row(office->memory, kind, id, &row));
    return ipus_number(&row, field);
}

static inline int64_t office_taken(office_t *office, int service, const char *from, const char *to,
                                   int64_t *over)
{
    const ipus_pool_t pool = {span_of(office_services[service]), day(from), day(to)};
    return memory_taken(office->memory, &pool, over);
}

static inline void office_holds(office_t *office)
{
    buf_t why = {0};
    bool holds = invariants_hold(memory_record(office->memory), &office->programme, &why);
    if (!holds) {
        print_error("%.*s\n", SPAN_ARGS(buf_span(&why)));
    }
    buf_free(&why);
    assert_true(holds);
}

/* Refused for that reason; the sentence is left in `text`. */
static inline void office_refused(office_t *office, ipus_refusal_code_t code)
{
    buf_t text = {0};
    assert_int_equal(office->answer.code, IPUS_FINE);
    assert_true(office->answer.refused);
    ipus_refusal_text(&text, &office->answer.refusal, LANG_EN);
    (void)snprintf(office->text, sizeof office->text, "%.*s", SPAN_ARGS(buf_span(&text)));
    buf_free(&text);
    if (office->answer.refusal.code != code) {
        fail_msg("refused otherwise: %s", office->text);
    }
}

#endif
