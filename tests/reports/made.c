#include "made.h"

#include <unistd.h>

made_t made;

#define DAY_MS INT64_C(86400000)

/* ---- opening --------------------------------------------------------------------------------- */

static int64_t wall(clock_port_t *clock)
{
    (void)clock;
    return (int64_t)made.today.days * DAY_MS + DAY_MS / 2;
}

static uint64_t monotonic(clock_port_t *clock)
{
    (void)clock;
    return clock_system()->monotonic(clock_system());
}

static clock_port_t made_clock = {wall, monotonic};

date_t made_day(const char *text)
{
    date_t date = DATE_NONE;
    assert_true(date_parse(span_of(text), &date));
    return date;
}

void made_on(const char *day)
{
    assert_false(date_before(made_day(day), made.today));
    made.today = made_day(day);
}

static int64_t make_account(const char *login, int64_t role)
{
    return made_step(
        IPUS_ACCOUNT, 0, "make",
        WITH(TXT(ACCOUNT_LOGIN, login), TXT(ACCOUNT_NAME, login), NUM(ACCOUNT_ROLE, role)));
}

void made_open(const char *programme, const char *today)
{
    buf_t why = {0};
    char key[100];
    made = (made_t){.today = made_day(today)};
    snprintf(made.data, sizeof made.data, "/tmp/okienko-made-XXXXXX");
    assert_non_null(mkdtemp(made.data));
    snprintf(key, sizeof key, "%s/server.key", made.data);
    made.vault = vault_open(key, true, false, &why);
    assert_non_null(made.vault);
    made.generation = plugin_load("plugins", programme);
    assert_true(plugin_good(made.generation));
    made.programme = plugin_programme(made.generation);
    const store_options_t options = {
        .folder = ":memory:", .programme = programme, .vault = made.vault, .clock = &made_clock};
    made.store = store_open(NULL, &options, false, &why);
    assert_non_null(made.store);
    buf_free(&why);
    made.coordinator = make_account("kipus", 0);
    made.director = make_account("director", 2);
    made.provider = made_provider("Wykonawca");
}

void made_close(void)
{
    char key[100];
    store_close(made.store, NULL, NULL);
    plugin_release(made.generation);
    vault_close(made.vault);
    snprintf(key, sizeof key, "%s/server.key", made.data);
    unlink(key);
    rmdir(made.data);
}

/* ---- steps ----------------------------------------------------------------------------------- */

typedef struct {
    store_work_t work;
    ipus_command_t command;
} step_t;

static bool run_step(store_work_t *work, ipus_record_t *record)
{
    const step_t *step = (const step_t *)work;
    bool done = ipus_run(&step->command, record, &made.answer);
    if (made.answer.refused) {
        buf_t text = {0};
        ipus_refusal_text(&text, &made.answer.refusal, LANG_EN);
        snprintf(made.said, sizeof made.said, "%.*s", SPAN_ARGS(buf_span(&text)));
        buf_free(&text);
    }
    return done;
}

int64_t made_try(ipus_kind_t kind, int64_t id, const char *name, const given_t *given, size_t count)
{
    step_t step = {.work.run = run_step};
    bool approves = kind == IPUS_PLAN && strcmp(name, "approve") == 0;
    step.command = (ipus_command_t){
        .kind = kind,
        .step = ipus_step_named(kind, span_of(name)),
        .id = id,
        .given = {.kind = kind},
        .actor = {.account = approves ? made.director : made.coordinator,
                  .host = kind == IPUS_ACCOUNT && made.director == 0,
                  .may_override = made.why != NULL},
        .why = made.why != NULL ? span_of(made.why) : SPAN(""),
        .today = made.today,
        .now = wall(NULL),
        .programme = made.programme,
    };
    assert_non_null(step.command.step);
    step.command.verdict = step.command.step->decides ? &made.verdict : NULL;
    for (size_t i = 0; i < count; i++) {
        if (given[i].text != NULL) {
            ipus_set_text(&step.command.given, given[i].field, span_of(given[i].text));
        } else {
            ipus_set(&step.command.given, given[i].field, given[i].number);
        }
    }
    made.said[0] = '\0';
    store_result_t result = store_run(made.store, &step.work, true);
    assert_true(result == STORE_DONE || (result == STORE_REFUSED && made.answer.refused));
    return result == STORE_DONE ? made.answer.row.id : 0;
}

int64_t made_step(ipus_kind_t kind, int64_t id, const char *step, const given_t *given,
                  size_t count)
{
    int64_t made_id = made_try(kind, id, step, given, count);
    if (made_id == 0) {
        fail_msg("%s/%lld %s: %s", ipus_kind(kind)->plural, (long long)id, step, made.said);
    }
    return made_id;
}

/* ---- verdicts -------------------------------------------------------------------------------- */

static void give_fact(rules_case_t *of, const char *id, int64_t number)
{
    int place = registry_fact(made.programme, span_of(id));
    if (place >= 0) {
        assert_int_equal(rules_case_set(of, place, number), RULES_VALUE_FINE);
    }
}

static void give_choice(rules_case_t *of, const char *id, const char *value)
{
    int place = registry_fact(made.programme, span_of(id));
    if (place >= 0) {
        registry_terms_t values = made.programme->facts[place]->values;
        give_fact(of, id, registry_term(values, span_of(value)) - values.at);
    }
}

static void give_quantity(rules_case_t *of, const registry_service_t *service, int64_t units)
{
    if (service->quantity < 0) {
        assert_int_equal(units, 1000);
        return;
    }
    const registry_fact_t *fact = made.programme->facts[service->quantity];
    int64_t number = fact->type == FACT_DECIMAL ? units : units / 1000;
    if (service->times != NULL) {
        assert_int_equal(rules_case_set(of, service->quantity, 1), RULES_VALUE_FINE);
        assert_int_equal(rules_case_set(of, *service->times, number), RULES_VALUE_FINE);
        return;
    }
    assert_int_equal(rules_case_set(of, service->quantity, number), RULES_VALUE_FINE);
}

/* Price, value, fee and relief as the rules have them on a day; whether somebody is entitled is not
 * asked, as reports do not look at it. */
static void decide(const char *id, date_t on, int64_t units, bool exempt)
{
    static rules_case_t of;
    static rules_decision_t decision;
    rules_fault_t fault;
    const registry_service_t *service = registry_service_on(made.programme, span_of(id), on, NULL);
    assert_non_null(service);
    rules_case_begin(&of, made.programme, plugin_functions(made.generation), on);
    give_fact(&of, "birth_date", made_day("1950-01-01").days);
    give_fact(&of, "care_services", exempt);
    give_fact(&of, "family_assistant", 0);
    give_choice(&of, "merit_status", "none");
    give_choice(&of, "foster_care", "none");
    give_quantity(&of, service, units);
    assert_int_equal(rules_case_derive(&of), -1);
    assert_true(rules_decide(&of, service, &decision, &fault));
    assert_int_equal(decision.fee.state, RULES_FEE_KNOWN);
    made.verdict = (ipus_verdict_t){
        .yes = true,
        .quantity = decision.fee.quantity,
        .price = decision.fee.price,
        .value = decision.fee.value,
        .before_relief = decision.fee.before_relief,
        .fee = decision.fee.amount,
        .relief =
            decision.fee.relief >= 0 ? made.programme->reliefs[decision.fee.relief].id : SPAN_NONE,
        .rules = service->version,
        .facts_json = SPAN("{}"),
        .trace_json = SPAN("[]"),
    };
}

/* ---- people and cases ------------------------------------------------------------------------ */

int64_t made_provider(const char *name)
{
    char type[64];
    span_t first = made.programme->providers.at[0].id;
    snprintf(type, sizeof type, "%.*s", SPAN_ARGS(first));
    return made_step(IPUS_PROVIDER, 0, "make",
                     WITH(TXT(PROVIDER_NAME, name), TXT(PROVIDER_TYPE, type),
                          NUM(PROVIDER_SINCE, made.today.days)));
}

int64_t made_person(bool woman, int disability, int born, bool assisted_before)
{
    char document[32], birth[32];
    snprintf(document, sizeof document, "TEST %06d", ++made.serial);
    snprintf(birth, sizeof birth, "%04d-06-15", born);
    return made_step(IPUS_PERSON, 0, "make",
                     WITH(TXT(PERSON_GIVEN_NAME, "Jan"), TXT(PERSON_FAMILY_NAME, "Testowy"),
                          TXT(PERSON_DOCUMENT, document), TXT(PERSON_BIRTH_DATE, birth),
                          NUM(PERSON_SEX, woman ? 0 : 1), NUM(PERSON_DISABILITY, disability),
                          NUM(PERSON_ASSISTED_BEFORE, assisted_before)));
}

int64_t made_decision(int64_t person, const char *service, bool yes)
{
    int64_t id = made_step(IPUS_APPLICATION, 0, "make",
                           WITH(NUM(APPLICATION_PERSON, person), NUM(APPLICATION_APPLICANT_ROLE, 0),
                                NUM(APPLICATION_CHANNEL, 0), TXT(APPLICATION_SERVICES, service),
                                NUM(APPLICATION_RECEIVED_ON, made.today.days - made.waited)));
    made_step(IPUS_APPLICATION, id, "submit", WITHOUT);
    made_step(IPUS_APPLICATION, id, "assess", WITHOUT);
    decide(service, made.today, 1000, false);
    made.verdict.yes = yes;
    int64_t decision =
        made_step(IPUS_DECISION, 0, "make",
                  WITH(NUM(DECISION_APPLICATION, id), TXT(DECISION_SERVICE, service)));
    made.application = id;
    return decision;
}

int64_t made_grant(int64_t person, const char *service, int64_t units, const char *begins,
                   const char *ends)
{
    int64_t decision = made_decision(person, service, true);
    made_step(IPUS_APPLICATION, made.application, "qualify", WITHOUT);
    int64_t granted = made_step(IPUS_GRANTED, 0, "make",
                                WITH(NUM(GRANTED_DECISION, decision), NUM(GRANTED_QUANTITY, units),
                                     DAY(GRANTED_BEGINS, begins), DAY(GRANTED_ENDS, ends),
                                     NUM(GRANTED_PROVIDER, made.provider)));
    if (made_try(IPUS_GRANTED, granted, "grant", WITHOUT) == 0) {
        return 0;
    }
    made_step(IPUS_CARD, 0, "make", WITH(NUM(CARD_GRANTED, granted)));
    return granted;
}

static int64_t draw_up(int64_t person, const char *begins, const char *ends)
{
    int64_t diagnosis =
        made_step(IPUS_DIAGNOSIS, 0, "make",
                  WITH(NUM(DIAGNOSIS_PERSON, person), NUM(DIAGNOSIS_APPLICATION, made.application),
                       NUM(DIAGNOSIS_MADE_ON, made.today.days), TXT(DIAGNOSIS_NEEDS, "Pomoc")));
    made_step(IPUS_DIAGNOSIS, diagnosis, "sign", WITHOUT);
    made_step(IPUS_APPLICATION, made.application, "qualify", WITHOUT);
    return made_step(IPUS_PLAN, 0, "make",
                     WITH(NUM(PLAN_APPLICATION, made.application), NUM(PLAN_DIAGNOSIS, diagnosis),
                          DAY(PLAN_BEGINS, begins), DAY(PLAN_ENDS, ends),
                          TXT(PLAN_EFFECTS, "Samodzielność")));
}

int64_t made_plan(int64_t person, const char *service, int64_t units, const char *begins,
                  const char *ends)
{
    int64_t decision = made_decision(person, service, true);
    made.plan = draw_up(person, begins, ends);
    int64_t granted =
        made_step(IPUS_GRANTED, 0, "make",
                  WITH(NUM(GRANTED_DECISION, decision), NUM(GRANTED_PLAN, made.plan),
                       NUM(GRANTED_QUANTITY, units), DAY(GRANTED_BEGINS, begins),
                       DAY(GRANTED_ENDS, ends), NUM(GRANTED_PROVIDER, made.provider)));
    made_step(IPUS_PLAN, made.plan, "agree", WITHOUT);
    made_step(IPUS_PLAN, made.plan, "sign", WITHOUT);
    made_step(IPUS_PLAN, made.plan, "approve", WITHOUT);
    made_step(IPUS_PLAN, made.plan, "activate", WITHOUT);
    return granted;
}

/* ---- orders ---------------------------------------------------------------------------------- */

static const registry_limit_t *limit_of(const char *service, registry_limit_kind_t kind)
{
    const registry_service_t *found =
        registry_service_on(made.programme, span_of(service), made.today, NULL);
    const registry_row_t *row = found != NULL ? registry_row_on(found->limits, made.today) : NULL;
    for (size_t i = 0; row != NULL && i < row->value.count; i++) {
        if (row->value.limits[i].kind == kind) {
            return &row->value.limits[i];
        }
    }
    return NULL;
}

/* A group for the person with this grant: the one that is being filled, or a new one. */
static int64_t find_group(const char *service)
{
    const registry_limit_t *seats = limit_of(service, LIMIT_SEATS);
    if (seats == NULL) {
        return 0;
    }
    if (strcmp(made.group_of, service) != 0 || made.seats_left == 0) {
        snprintf(made.group_of, sizeof made.group_of, "%s", service);
        made.seats_left = seats->most;
        made.group =
            made_step(IPUS_GROUP, 0, "make",
                      WITH(TXT(GROUP_SERVICE, service), TXT(GROUP_NAME, "Grupa"),
                           NUM(GROUP_SEATS, seats->most), NUM(GROUP_BEGINS, made.today.days)));
    }
    made.seats_left--;
    return made.group;
}

int64_t made_order(int64_t granted, const char *service, int64_t units, const char *on)
{
    int64_t group = find_group(service);
    if (limit_of(service, LIMIT_LOAN) != NULL) {
        made_step(IPUS_ITEM, 0, "make",
                  WITH(TXT(ITEM_SERVICE, service), TXT(ITEM_NAME, "Balkonik")));
    }
    const given_t given[] = {NUM(ORDER_GRANTED, granted), NUM(ORDER_QUANTITY, units),
                             DAY(ORDER_PLANNED_ON, on), NUM(ORDER_GROUP, group)};
    int64_t order = made_step(IPUS_ORDER, 0, "make", given, group != 0 ? 4 : 3);
    return made_step(IPUS_ORDER, order, "accept", WITHOUT);
}

void made_deliver(int64_t order, const char *service, int64_t units, bool exempt)
{
    made_step(IPUS_ORDER, order, "finish", WITH(NUM(ORDER_DELIVERED, units)));
    made_step(IPUS_ORDER, order, "confirm", WITHOUT);
    decide(service, made.today, units, exempt);
    made_step(IPUS_ORDER, order, "settle", WITHOUT);
}

typedef struct {
    store_work_t work;
    int64_t person;
} erasing_t;

static bool run_erase(store_work_t *work, ipus_record_t *record)
{
    return store_erase(record, ((erasing_t *)work)->person) == IPUS_FINE;
}

bool made_erase(int64_t person)
{
    if (made_try(IPUS_PERSON, person, "erase", WITHOUT) == 0) {
        return false;
    }
    erasing_t erasing = {.work.run = run_erase, .person = person};
    assert_int_equal(store_run(made.store, &erasing.work, true), STORE_DONE);
    return true;
}
