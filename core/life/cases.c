/* An application's way: until it is decided and planned, refused, withdrawn or closed. */
#include "life/inside.h"

static void goes_on(life_t *life, const event_t *event);

static int64_t state_of(const ipus_row_t *row)
{
    return ipus_number(row, ipus_kind(row->kind)->state);
}

/* ---- applying -------------------------------------------------------------------------------- */

/* For themselves, or somebody for them who may. */
static void applicant(life_t *life, ipus_row_t *given, int64_t person)
{
    ipus_row_t relation;
    ipus_set(given, APPLICATION_APPLICANT_ROLE, 0);
    if (life_one_of(life, IPUS_RELATION, RELATION_PERSON, person, -1, true, &relation)) {
        ipus_set(given, APPLICATION_APPLICANT, ipus_number(&relation, RELATION_OTHER));
        ipus_set(given, APPLICATION_APPLICANT_ROLE, 1 + ipus_number(&relation, RELATION_ROLE));
    }
}

void life_application_made(life_t *life, int64_t person, span_t services)
{
    ipus_row_t given = {.kind = IPUS_APPLICATION};
    applicant(life, &given, person);
    ipus_set(&given, APPLICATION_PERSON, person);
    ipus_set(&given, APPLICATION_CHANNEL, (int64_t)life_draw(life, 6));
    ipus_set_text(&given, APPLICATION_SERVICES, services);
    ipus_set_text(&given, APPLICATION_NEED, life_sentence(life));
    ipus_set_date(&given, APPLICATION_RECEIVED_ON, life->today);
    int64_t id = life_make(life, &given);
    if (id != 0 && !life_chance(life, 4)) {
        life_soon(life, goes_on, id, 0, 1);
    }
}

/* ---- diagnosis and decisions ----------------------------------------------------------------- */

static void diagnose(life_t *life, int64_t application, int64_t person)
{
    ipus_row_t given = {.kind = IPUS_DIAGNOSIS};
    ipus_set(&given, DIAGNOSIS_PERSON, person);
    ipus_set(&given, DIAGNOSIS_APPLICATION, application);
    ipus_set_date(&given, DIAGNOSIS_MADE_ON, life->today);
    ipus_set(&given, DIAGNOSIS_PLACE, (int64_t)life_draw(life, 3));
    ipus_set(&given, DIAGNOSIS_FAMILY_SIZE, life_draw_between(life, 1, 5));
    ipus_set(&given, DIAGNOSIS_READINESS, (int64_t)life_draw(life, 3));
    int64_t id = life_make(life, &given);
    if (id != 0) {
        (void)life_plainly(life, IPUS_DIAGNOSIS, id, "sign");
    }
}

/* The rules' word on one service, or against it where an official has a reason. What is still open
 * is asked first. */
static rules_answer_t decide(life_t *life, int64_t application, int64_t person, span_t id)
{
    const registry_service_t *service = registry_service_on(life->programme, id, life->today, NULL);
    ipus_verdict_t verdict;
    profile_t profile;
    ipus_row_t given = {.kind = IPUS_DECISION};
    filling_t filling = {.person = true, .order = true, .wants_yes = true, .pays = true};
    if (service == NULL || !life_profile_read(life, person, life->today, &profile)) {
        return RULES_UNKNOWN;
    }
    (void)life_fill(life, service, &profile, &filling);
    for (size_t i = 0; i < filling.count; i++) {
        int fact = filling.facts[i];
        if (!life->programme->facts[fact]->of_order &&
            !life_declare(life, person, fact, profile.at[fact].number)) {
            return RULES_UNKNOWN;
        }
    }
    buf_clear(&life->text);
    life_order_add(life, &profile, &life->text);
    ipus_set(&given, DECISION_APPLICATION, application);
    ipus_set_text(&given, DECISION_SERVICE, id);
    ipus_set_text(&given, DECISION_ORDER_FACTS, buf_span(&life->text));
    rules_answer_t outcome = life_verdict_for(life, IPUS_DECISION, 0, &given, &verdict);
    if (outcome == RULES_UNKNOWN) {
        return RULES_UNKNOWN;
    }
    if (outcome == RULES_NO && life_chance(life, 4)) {
        life_as_role(life, ROLE_DIRECTOR);
        ipus_set(&given, DECISION_OUTCOME, 1);
        return life_step_decided(life, IPUS_DECISION, "override", 0, &given, &verdict) ? RULES_YES
                                                                                       : RULES_NO;
    }
    return life_step_decided(life, IPUS_DECISION, "make", 0, &given, &verdict) ? outcome
                                                                               : RULES_UNKNOWN;
}

/* ---- what becomes of it ---------------------------------------------------------------------- */

void life_close_application(life_t *life, const event_t *event)
{
    ipus_row_t row;
    if (life_row_of(life, IPUS_APPLICATION, event->id, &row) &&
        (state_of(&row) == APPLICATION_IS_QUALIFIED || state_of(&row) == APPLICATION_IS_REFUSED)) {
        life_as_coordinator(life, ipus_number(&row, APPLICATION_COORDINATOR));
        if (!life_plainly(life, IPUS_APPLICATION, event->id, "close")) {
            life_again(life, event, 20);
        }
    }
}

/* Somebody who may have a service of which nothing is left waits for it. */
static bool waits(life_t *life, int64_t application, span_t service)
{
    ipus_row_t decision;
    return life_is_short(life, service) &&
           life_one_of(life, IPUS_DECISION, DECISION_APPLICATION, application, -1, true,
                       &decision) &&
           life_wait_for(life, decision.id, life_draw_between(life, 1, 4) * 1000);
}

typedef struct {
    int yes, no, waiting;
} outcomes_t;

static outcomes_t decide_all(life_t *life, int64_t application, int64_t person, int64_t coordinator)
{
    outcomes_t outcomes = {0};
    ipus_row_t row;
    char services[512];
    if (!life_row_of(life, IPUS_APPLICATION, application, &row)) {
        return outcomes;
    }
    span_t given = ipus_text(&row, APPLICATION_SERVICES), id = SPAN_NONE;
    if (given.len == 0 || given.len > sizeof services) {
        return outcomes;
    }
    memcpy(services, given.at, given.len);
    span_t rest = {services, given.len};
    while (span_cut(&rest, ' ', &id)) {
        life_as_coordinator(life, coordinator);
        rules_answer_t answer = decide(life, application, person, id);
        life_as_coordinator(life, coordinator);
        bool waiting = answer == RULES_YES && waits(life, application, id);
        outcomes.waiting += waiting;
        outcomes.yes += answer == RULES_YES && !waiting;
        outcomes.no += answer == RULES_NO;
    }
    return outcomes;
}

static void assessed(life_t *life, const event_t *event)
{
    ipus_row_t row;
    if (!life_row_of(life, IPUS_APPLICATION, event->id, &row) ||
        state_of(&row) != APPLICATION_IS_IN_ASSESSMENT) {
        return;
    }
    int64_t person = ipus_number(&row, APPLICATION_PERSON);
    int64_t coordinator = ipus_number(&row, APPLICATION_COORDINATOR);
    life_as_coordinator(life, coordinator);
    diagnose(life, event->id, person);
    outcomes_t outcomes = decide_all(life, event->id, person, coordinator);
    life_as_coordinator(life, coordinator);
    if (outcomes.yes > 0) {
        (void)life_plainly(life, IPUS_APPLICATION, event->id, "qualify");
        life_soon(life, life_plan_begun, event->id, 1, 9);
    } else if (outcomes.waiting > 0) {
        (void)life_plainly(life, IPUS_APPLICATION, event->id, "wait");
    } else if (outcomes.no > 0) {
        (void)life_with_reason(life, IPUS_APPLICATION, event->id, "refuse", APPLICATION_REASON);
        life_soon(life, life_close_application, event->id, 15, 30);
    } else {
        (void)life_with_reason(life, IPUS_APPLICATION, event->id, "withdraw", APPLICATION_REASON);
    }
}

/* ---- until it is assessed -------------------------------------------------------------------- */

static void submitted(life_t *life, const event_t *event)
{
    if (event->tries == 0 && life_chance(life, 12)) {
        (void)life_with_reason(life, IPUS_APPLICATION, event->id, "return", APPLICATION_REASON);
        life_again(life, event, (int)life_draw_between(life, 2, 14));
    } else if (life_chance(life, 3)) {
        (void)life_with_reason(life, IPUS_APPLICATION, event->id, "withdraw", APPLICATION_REASON);
    } else if (life_plainly(life, IPUS_APPLICATION, event->id, "assess")) {
        life_soon(life, assessed, event->id, 1, 8);
    }
}

static void goes_on(life_t *life, const event_t *event)
{
    ipus_row_t row;
    if (!life_row_of(life, IPUS_APPLICATION, event->id, &row)) {
        return;
    }
    life_as_coordinator(life, 0);
    switch (state_of(&row)) {
    case APPLICATION_IS_DRAFT:
        if (life_chance(life, 5)) {
            (void)life_plainly(life, IPUS_APPLICATION, event->id, "withdraw");
        } else if (life_plainly(life, IPUS_APPLICATION, event->id, "submit")) {
            life_soon(life, goes_on, event->id, 0, 3);
        }
        break;
    case APPLICATION_IS_SUBMITTED:
        submitted(life, event);
        break;
    case APPLICATION_IS_INCOMPLETE:
        (void)life_plainly(life, IPUS_APPLICATION, event->id,
                           life_chance(life, 85) ? "complete" : "withdraw");
        life_again(life, event, 1);
        break;
    default:
        break;
    }
}
