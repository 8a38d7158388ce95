/* Keeping in touch while a plan is carried out, and the conversation that closes it. */
#include "ipus/effects.h"
#include "ipus/states.h"

#define RUNNING (IPUS_STATES(PLAN_IS_ACTIVE) | IPUS_STATES(PLAN_IS_SUSPENDED))

static void due_after(ipus_row_t *plan, int field, date_t since, int64_t months)
{
    date_t due = date_add_months(since, (int)months);
    if (!ipus_has(plan, field) || date_before(ipus_date(plan, field), due)) {
        ipus_set_date(plan, field, due);
    }
}

void ipus_plan_contact_after(ipus_work_t *work, ipus_row_t *plan, date_t since)
{
    int64_t months = ipus_number(plan, PLAN_CONTACT_MONTHS);
    if (months > 0 || ipus_work_term(work, TERM_CONTACT_EVERY_MONTHS, since, &months)) {
        due_after(plan, PLAN_CONTACT_DUE, since, months);
    }
}

void ipus_plan_summary_after(ipus_work_t *work, ipus_row_t *plan, date_t since)
{
    int64_t months = 0;
    if (ipus_work_term(work, TERM_SUMMARY_EVERY_MONTHS, since, &months)) {
        due_after(plan, PLAN_SUMMARY_DUE, since, months);
    }
}

/* The plan that a field names, which has to be in one of these states; its person is the row's. */
static bool plan_in(ipus_work_t *work, int field, int person, uint32_t states, ipus_row_t *plan)
{
    if (!ipus_work_get(work, field, plan)) {
        return false;
    }
    int64_t state = ipus_number(plan, PLAN_STATE);
    work->row.at[person] = plan->at[PLAN_PERSON];
    return (states >> state & 1u) != 0 ||
           ipus_work_refuse(work, IPUS_PLAN_NOT_RUNNING, field,
                            ipus_choice(ipus_kind(IPUS_PLAN)->fields[PLAN_STATE].choices, state),
                            SPAN_NONE, SPAN_NONE);
}

bool ipus_contact_make(ipus_work_t *work)
{
    ipus_row_t plan;
    if (!plan_in(work, CONTACT_PLAN, CONTACT_PERSON, RUNNING, &plan)) {
        return false;
    }
    ipus_plan_contact_after(work, &plan, ipus_date(&work->row, CONTACT_ON));
    return ipus_work_set(work, &plan, "contact");
}

/* A plan that was broken off is described afterwards. */
bool ipus_closing_make(ipus_work_t *work)
{
    ipus_row_t plan, other;
    return plan_in(work, CLOSING_PLAN, CLOSING_PERSON, RUNNING | IPUS_STATES(PLAN_IS_TERMINATED),
                   &plan) &&
           ipus_work_first(work, IPUS_CLOSING, CLOSING_PLAN, plan.id, UINT32_MAX, &other) &&
           (other.id == 0 || ipus_work_refuse(work, IPUS_CLOSING_EXISTS, CLOSING_PLAN, SPAN_NONE,
                                              SPAN_NONE, SPAN_NONE));
}

bool ipus_survey_make(ipus_work_t *work)
{
    int64_t score = ipus_number(&work->row, SURVEY_SCORE);
    return (score >= 1 && score <= 5) ||
           ipus_work_refuse(work, IPUS_SCORE_WRONG, SURVEY_SCORE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

/* ---- meetings -------------------------------------------------------------------------------- */

enum { ABOUT_MEETING, ABOUT_SUMMARY };

static bool summarise(ipus_work_t *work, const ipus_row_t *plan)
{
    ipus_row_t row = *plan;
    ipus_plan_summary_after(work, &row, ipus_date(&work->row, MEETING_ON));
    return row.at[PLAN_SUMMARY_DUE].number == plan->at[PLAN_SUMMARY_DUE].number ||
           ipus_work_set(work, &row, "summary");
}

static bool summarise_all(ipus_work_t *work, int64_t state)
{
    ipus_query_t query = IPUS_QUERY(IPUS_PLAN);
    ipus_query_equal(&query, PLAN_STATE, state);
    return ipus_work_each(work, &query, summarise);
}

/* A summary for the director is of all plans at once. */
bool ipus_meeting_make(ipus_work_t *work)
{
    return ipus_number(&work->row, MEETING_ABOUT) != ABOUT_SUMMARY ||
           (summarise_all(work, PLAN_IS_ACTIVE) && summarise_all(work, PLAN_IS_SUSPENDED));
}
