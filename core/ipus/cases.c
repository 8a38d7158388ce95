/* Applications: from the day somebody asks to the day the case is closed. */
#include "ipus/effects.h"
#include "ipus/states.h"

enum { ROLE_SELF, ROLE_REPRESENTATIVE, ROLE_CARER };

#define PLANS_NOT_BEGUN                                                                            \
    (IPUS_STATES(PLAN_IS_DRAFT) | IPUS_STATES(PLAN_IS_AGREED) | IPUS_STATES(PLAN_IS_SIGNED) |      \
     IPUS_STATES(PLAN_IS_APPROVED))
#define PLANS_RUNNING (IPUS_STATES(PLAN_IS_ACTIVE) | IPUS_STATES(PLAN_IS_SUSPENDED))
#define WAITING_OPEN (IPUS_STATES(WAITING_IS_QUEUED) | IPUS_STATES(WAITING_IS_OFFERED))

bool ipus_intake_make(ipus_work_t *work)
{
    ipus_set_date(&work->row, INTAKE_RECEIVED_ON, work->command->today);
    return ipus_work_code(work, INTAKE_CODE);
}

bool ipus_intake_take(ipus_work_t *work)
{
    ipus_row_t application;
    if (!ipus_work_get(work, INTAKE_APPLICATION, &application)) {
        return false;
    }
    work->row.at[INTAKE_PERSON] = application.at[APPLICATION_PERSON];
    return ipus_person_is_there(work, INTAKE_APPLICATION, ipus_number(&work->row, INTAKE_PERSON));
}

/* Nobody's key is destroyed for a form that became nobody's: it is written over. */
bool ipus_intake_erase(ipus_work_t *work)
{
    static const int needed[] = {INTAKE_NAME, INTAKE_REACH};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        ipus_set_text(&work->row, needed[i], SPAN("–"));
    }
    ipus_clear(&work->row, INTAKE_CONTENT);
    return true;
}

/* By when a plan is owed that was asked for on a day. */
static void set_due(ipus_work_t *work, ipus_row_t *application, date_t since)
{
    int64_t days = 0;
    if (ipus_work_term(work, TERM_PLAN_WITHIN_DAYS, since, &days)) {
        ipus_set_date(application, APPLICATION_DUE_ON, ipus_work_days_after(work, since, days));
    }
}

typedef struct {
    int64_t but;
    uint32_t states;
    bool found;
} other_t;

static bool note_other(void *of, const ipus_row_t *plan)
{
    other_t *other = of;
    other->found =
        plan->id != other->but && (other->states >> ipus_number(plan, PLAN_STATE) & 1u) != 0;
    return !other->found;
}

bool ipus_application_planned(ipus_work_t *work, int64_t application)
{
    ipus_row_t row;
    if (!ipus_work_load(work, IPUS_APPLICATION, application, &row)) {
        return false;
    }
    if (!ipus_has(&row, APPLICATION_DUE_ON) || ipus_has(&row, APPLICATION_MET_ON)) {
        return true;
    }
    ipus_set_date(&row, APPLICATION_MET_ON, work->command->today);
    return ipus_work_set(work, &row, "plan");
}

bool ipus_application_unplanned(ipus_work_t *work, const ipus_row_t *plan, bool anew)
{
    const uint32_t holds = IPUS_STATES(PLAN_IS_APPROVED) | IPUS_STATES(PLAN_IS_AMENDED) |
                           IPUS_STATES(PLAN_IS_FINISHED) | PLANS_RUNNING;
    ipus_query_t plans = IPUS_QUERY(IPUS_PLAN);
    ipus_row_t row;
    other_t other = {plan->id, holds, false};
    ipus_query_equal(&plans, PLAN_APPLICATION, ipus_number(plan, PLAN_APPLICATION));
    if (!ipus_work_find(work, &plans, note_other, &other) ||
        !ipus_work_load(work, IPUS_APPLICATION, ipus_number(plan, PLAN_APPLICATION), &row)) {
        return false;
    }
    if (other.found || !ipus_has(&row, APPLICATION_MET_ON) ||
        ipus_has(&row, APPLICATION_CLOSED_ON)) {
        return true;
    }
    ipus_clear(&row, APPLICATION_MET_ON);
    if (anew) {
        set_due(work, &row, work->command->today);
    }
    return ipus_work_set(work, &row, "unplan");
}

/* ---- who applies ----------------------------------------------------------------------------- */

typedef struct {
    int64_t other, role;
    date_t today;
    bool stands;
} relation_t;

static bool is_related(void *of, const ipus_row_t *row)
{
    relation_t *relation = of;
    date_t ends = ipus_date(row, RELATION_ENDS);
    relation->stands = ipus_number(row, RELATION_OTHER) == relation->other &&
                       ipus_number(row, RELATION_ROLE) == relation->role &&
                       date_within(relation->today, ipus_date(row, RELATION_BEGINS),
                                   date_is_none(ends) ? DATE_NEVER : ends);
    return !relation->stands;
}

static bool applicant_may(ipus_work_t *work)
{
    const ipus_row_t *row = &work->row;
    int64_t role = ipus_number(row, APPLICATION_APPLICANT_ROLE);
    int64_t applicant = ipus_number(row, APPLICATION_APPLICANT);
    int64_t person = ipus_number(row, APPLICATION_PERSON);
    relation_t relation = {.other = applicant,
                           .role = role - ROLE_REPRESENTATIVE,
                           .today = work->command->today,
                           .stands = role == ROLE_SELF && (applicant == 0 || applicant == person)};
    if (role != ROLE_SELF) {
        ipus_query_t query = IPUS_QUERY(IPUS_RELATION);
        ipus_query_equal(&query, RELATION_PERSON, person);
        if (!ipus_work_find(work, &query, is_related, &relation)) {
            return false;
        }
    }
    return relation.stands || ipus_work_refuse(work, IPUS_APPLICANT_WRONG, APPLICATION_APPLICANT,
                                               SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

/* From the assessment on the coordinator works on the case. */
static bool coordinated(ipus_work_t *work)
{
    const ipus_row_t *row = &work->row;
    if (!ipus_has(row, APPLICATION_COORDINATOR)) {
        return true;
    }
    return ipus_account_is_on(work, APPLICATION_COORDINATOR) &&
           (ipus_number(row, APPLICATION_STATE) != APPLICATION_IS_IN_ASSESSMENT ||
            ipus_assignment_ensure(work, ipus_number(row, APPLICATION_PERSON),
                                   ipus_number(row, APPLICATION_COORDINATOR)));
}

bool ipus_application_make(ipus_work_t *work)
{
    return ipus_work_in_programme(work, APPLICATION_RECEIVED_ON) && applicant_may(work) &&
           coordinated(work) && ipus_work_code(work, APPLICATION_CODE);
}

bool ipus_application_change(ipus_work_t *work)
{
    return coordinated(work);
}

/* ---- until it is qualified ------------------------------------------------------------------- */

bool ipus_application_submit(ipus_work_t *work)
{
    date_t received = ipus_date(&work->row, APPLICATION_RECEIVED_ON);
    ipus_set_date(&work->row, APPLICATION_COMPLETE_ON, received);
    set_due(work, &work->row, received);
    return true;
}

bool ipus_application_return(ipus_work_t *work)
{
    ipus_clear(&work->row, APPLICATION_COMPLETE_ON);
    return true;
}

/* The queue goes by the day on which an application was complete. */
bool ipus_application_complete(ipus_work_t *work)
{
    ipus_set_date(&work->row, APPLICATION_COMPLETE_ON, work->command->today);
    return true;
}

bool ipus_application_assess(ipus_work_t *work)
{
    ipus_row_t *row = &work->row;
    if (!ipus_has(row, APPLICATION_COORDINATOR)) {
        if (work->command->actor.account == 0) {
            return ipus_work_refuse(work, IPUS_COORDINATOR_MISSING, APPLICATION_COORDINATOR,
                                    SPAN_NONE, SPAN_NONE, SPAN_NONE);
        }
        ipus_set(row, APPLICATION_COORDINATOR, work->command->actor.account);
    }
    return coordinated(work);
}

typedef struct {
    ipus_work_t *work;
    bool stands, fine;
} standing_t;

static bool look_at_decision(void *of, const ipus_row_t *row)
{
    standing_t *standing = of;
    standing->fine = ipus_decision_stands(standing->work, row, &standing->stands);
    return standing->fine && !standing->stands;
}

/* Whether for some service the last word was this outcome. */
static bool is_decided(ipus_work_t *work, int64_t outcome)
{
    ipus_query_t query = IPUS_QUERY(IPUS_DECISION);
    ipus_query_equal(&query, DECISION_APPLICATION, work->row.id);
    ipus_query_equal(&query, DECISION_OUTCOME, outcome);
    standing_t standing = {.work = work, .fine = true};
    if (!ipus_work_find(work, &query, look_at_decision, &standing) || !standing.fine) {
        return false;
    }
    return standing.stands ||
           ipus_work_refuse(work, IPUS_DECISION_MISSING, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

bool ipus_application_may_qualify(ipus_work_t *work)
{
    return is_decided(work, 1);
}

bool ipus_application_may_wait(ipus_work_t *work)
{
    ipus_row_t waiting;
    return ipus_work_first(work, IPUS_WAITING, WAITING_APPLICATION, work->row.id, WAITING_OPEN,
                           &waiting) &&
           (waiting.id != 0 ||
            ipus_work_refuse(work, IPUS_NOT_WAITING, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE));
}

/* ---- until it ends --------------------------------------------------------------------------- */

static bool none_of(ipus_work_t *work, ipus_kind_t kind, int field, uint32_t states)
{
    ipus_row_t open;
    return ipus_work_first(work, kind, field, work->row.id, states, &open) &&
           (open.id == 0 || ipus_work_refuse_for(work, IPUS_STILL_OPEN, &open));
}

/* A granted service belongs to the application that it was decided on. */
static bool refuse_granted(ipus_work_t *work, const ipus_row_t *granted)
{
    ipus_row_t decision;
    return ipus_work_load(work, IPUS_DECISION, ipus_number(granted, GRANTED_DECISION), &decision) &&
           (ipus_number(&decision, DECISION_APPLICATION) != work->row.id ||
            ipus_work_refuse_for(work, IPUS_STILL_OPEN, granted));
}

static bool undo_granted(ipus_work_t *work, const ipus_row_t *granted)
{
    ipus_row_t decision;
    return ipus_work_load(work, IPUS_DECISION, ipus_number(granted, GRANTED_DECISION), &decision) &&
           (ipus_number(&decision, DECISION_APPLICATION) != work->row.id ||
            ipus_work_step(work, IPUS_GRANTED, granted->id, "withdraw", NULL));
}

static bool each_granted(ipus_work_t *work, int64_t state,
                         bool (*with)(ipus_work_t *work, const ipus_row_t *granted))
{
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PERSON, ipus_number(&work->row, APPLICATION_PERSON));
    ipus_query_equal(&query, GRANTED_STATE, state);
    return ipus_work_each(work, &query, with);
}

static bool leave_queue(ipus_work_t *work, const ipus_row_t *waiting)
{
    return (WAITING_OPEN >> ipus_number(waiting, WAITING_STATE) & 1u) == 0 ||
           ipus_work_step(work, IPUS_WAITING, waiting->id, "withdraw", NULL);
}

/* Its rows are undone with the others of the application. */
static bool drop_plan(ipus_work_t *work, const ipus_row_t *plan)
{
    ipus_row_t row = *plan;
    if ((PLANS_NOT_BEGUN >> ipus_number(plan, PLAN_STATE) & 1u) == 0) {
        return true;
    }
    ipus_set(&row, PLAN_STATE, PLAN_IS_TERMINATED);
    ipus_set_date(&row, PLAN_ENDED_ON, work->command->today);
    return ipus_work_set(work, &row, "terminate");
}

static bool hang_on(ipus_work_t *work, ipus_kind_t kind, int field,
                    bool (*with)(ipus_work_t *work, const ipus_row_t *row))
{
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_equal(&query, field, work->row.id);
    return ipus_work_each(work, &query, with);
}

bool ipus_application_may_refuse(ipus_work_t *work)
{
    return is_decided(work, 0) && each_granted(work, GRANTED_IS_RUNNING, refuse_granted);
}

bool ipus_application_refuse(ipus_work_t *work)
{
    ipus_clear(&work->row, APPLICATION_DUE_ON);
    return hang_on(work, IPUS_WAITING, WAITING_APPLICATION, leave_queue) &&
           ipus_refusal_add(work, &work->row);
}

/* An objection was allowed: it is looked at again, with its time anew. */
bool ipus_application_reopen(ipus_work_t *work)
{
    ipus_clear(&work->row, APPLICATION_CLOSED_ON);
    ipus_clear(&work->row, APPLICATION_MET_ON);
    set_due(work, &work->row, work->command->today);
    return true;
}

static void end_today(ipus_work_t *work)
{
    ipus_clear(&work->row, APPLICATION_DUE_ON);
    ipus_set_date(&work->row, APPLICATION_CLOSED_ON, work->command->today);
}

bool ipus_application_may_withdraw(ipus_work_t *work)
{
    return none_of(work, IPUS_PLAN, PLAN_APPLICATION, PLANS_RUNNING) &&
           each_granted(work, GRANTED_IS_RUNNING, refuse_granted);
}

bool ipus_application_withdraw(ipus_work_t *work)
{
    end_today(work);
    return hang_on(work, IPUS_WAITING, WAITING_APPLICATION, leave_queue) &&
           hang_on(work, IPUS_PLAN, PLAN_APPLICATION, drop_plan) &&
           each_granted(work, GRANTED_IS_PLANNED, undo_granted);
}

bool ipus_application_may_close(ipus_work_t *work)
{
    return none_of(work, IPUS_PLAN, PLAN_APPLICATION, PLANS_NOT_BEGUN | PLANS_RUNNING) &&
           none_of(work, IPUS_WAITING, WAITING_APPLICATION, WAITING_OPEN) &&
           each_granted(work, GRANTED_IS_PLANNED, refuse_granted) &&
           each_granted(work, GRANTED_IS_RUNNING, refuse_granted);
}

bool ipus_application_close(ipus_work_t *work)
{
    end_today(work);
    return true;
}
