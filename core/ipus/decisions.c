/* What is found out of needs, and what is decided: the rules' word, or an official's against it. */
#include "ipus/effects.h"
#include "ipus/states.h"

#define BEING_DECIDED                                                                              \
    (IPUS_STATES(APPLICATION_IS_IN_ASSESSMENT) | IPUS_STATES(APPLICATION_IS_QUALIFIED) |           \
     IPUS_STATES(APPLICATION_IS_ON_WAITING_LIST))

/* ---- the needs diagnosis --------------------------------------------------------------------- */

bool ipus_diagnosis_make(ipus_work_t *work)
{
    ipus_row_t application;
    if (!ipus_work_get(work, DIAGNOSIS_APPLICATION, &application) ||
        !ipus_application_in(work, &application,
                             BEING_DECIDED | IPUS_STATES(APPLICATION_IS_DRAFT) |
                                 IPUS_STATES(APPLICATION_IS_SUBMITTED) |
                                 IPUS_STATES(APPLICATION_IS_INCOMPLETE))) {
        return false;
    }
    return ipus_number(&application, APPLICATION_PERSON) ==
               ipus_number(&work->row, DIAGNOSIS_PERSON) ||
           ipus_work_refuse(work, IPUS_NOT_THEIR_APPLICATION, DIAGNOSIS_APPLICATION,
                            SPAN("application"), SPAN_NONE, SPAN_NONE);
}

bool ipus_diagnosis_sign(ipus_work_t *work)
{
    ipus_work_day(work, DIAGNOSIS_SIGNED_ON);
    date_t made = ipus_date(&work->row, DIAGNOSIS_MADE_ON);
    return !date_before(ipus_date(&work->row, DIAGNOSIS_SIGNED_ON), made) ||
           ipus_work_refuse(work, IPUS_SIGNED_TOO_EARLY, DIAGNOSIS_SIGNED_ON,
                            ipus_work_date(work, made), SPAN_NONE, SPAN_NONE);
}

/* ---- decisions ------------------------------------------------------------------------------- */

/* Everything that the rules said is kept, whatever becomes of it. */
static void write_verdict(ipus_row_t *row, const ipus_verdict_t *verdict)
{
    if (verdict->fee >= 0) { /* of a no it need not be known */
        ipus_set(row, DECISION_FEE, verdict->fee);
    }
    if (verdict->price >= 0) {
        ipus_set(row, DECISION_PRICE, verdict->price);
    }
    if (verdict->relief.len > 0) {
        ipus_set_text(row, DECISION_RELIEF, verdict->relief);
    }
    ipus_set_text(row, DECISION_RULES, verdict->rules);
    ipus_set_text(row, DECISION_FACTS, verdict->facts_json);
    ipus_set_text(row, DECISION_TRACE, verdict->trace_json);
    ipus_set_text(row, DECISION_INPUTS, verdict->inputs);
}

static bool decide(ipus_work_t *work)
{
    ipus_row_t *row = &work->row;
    ipus_row_t application;
    ipus_work_day(work, DECISION_ON);
    if (!ipus_work_get(work, DECISION_APPLICATION, &application) ||
        !ipus_application_in(work, &application, BEING_DECIDED) ||
        ipus_work_service(work, DECISION_SERVICE, ipus_text(row, DECISION_SERVICE),
                          ipus_date(row, DECISION_ON)) == NULL) {
        return false;
    }
    ipus_set(row, DECISION_PERSON, ipus_number(&application, APPLICATION_PERSON));
    if (!ipus_work_verdict(work, ipus_number(row, DECISION_PERSON))) {
        return false;
    }
    write_verdict(row, work->command->verdict);
    return true;
}

bool ipus_decision_make(ipus_work_t *work)
{
    if (!decide(work)) {
        return false;
    }
    ipus_set(&work->row, DECISION_OUTCOME, work->command->verdict->yes);
    ipus_set(&work->row, DECISION_OVERRIDES, 0);
    return true;
}

bool ipus_decision_override(ipus_work_t *work)
{
    if (!work->command->actor.may_override) {
        return ipus_work_refuse(work, IPUS_OVERRIDE_NOT_ALLOWED, -1, SPAN_NONE, SPAN_NONE,
                                SPAN_NONE);
    }
    ipus_set(&work->row, DECISION_OVERRIDES, 1);
    return decide(work);
}
