/* What the steps of people, cases and providers do beyond their tables. Inside the ipus room only.
 * Each is the effect of the step it is named after (ipus_step_t.effect); the one with "may" in its
 * name is what has to hold before (ipus_step_t.may), whatever is given. */
#ifndef OKIENKO_IPUS_EFFECTS_H
#define OKIENKO_IPUS_EFFECTS_H

#include "ipus/work.h"

/* ---- people ---------------------------------------------------------------------------------- */

bool ipus_person_make(ipus_work_t *work);
bool ipus_person_change(ipus_work_t *work);
bool ipus_person_may_erase(ipus_work_t *work);
bool ipus_person_erase(ipus_work_t *work);
bool ipus_relation_make(ipus_work_t *work);
bool ipus_assignment_make(ipus_work_t *work);
bool ipus_assignment_may_end(ipus_work_t *work);
bool ipus_assignment_end(ipus_work_t *work);
bool ipus_statement_make(ipus_work_t *work);
bool ipus_statement_withdraw(ipus_work_t *work);

/* Puts an account to somebody's case, unless it is on it. */
bool ipus_assignment_ensure(ipus_work_t *work, int64_t person, int64_t account);

/* The account that a field names must not be disabled. */
bool ipus_account_is_on(ipus_work_t *work, int field);
/* Refuses, at a field, when somebody was erased. */
bool ipus_person_is_there(ipus_work_t *work, int field, int64_t id);

/* ---- cases ----------------------------------------------------------------------------------- */

bool ipus_intake_make(ipus_work_t *work);
bool ipus_intake_take(ipus_work_t *work);
bool ipus_intake_erase(ipus_work_t *work);
bool ipus_application_make(ipus_work_t *work);
bool ipus_application_change(ipus_work_t *work);
bool ipus_application_submit(ipus_work_t *work);
bool ipus_application_return(ipus_work_t *work);
bool ipus_application_complete(ipus_work_t *work);
bool ipus_application_assess(ipus_work_t *work);
bool ipus_application_may_qualify(ipus_work_t *work);
bool ipus_application_may_wait(ipus_work_t *work);
bool ipus_application_may_refuse(ipus_work_t *work);
bool ipus_application_refuse(ipus_work_t *work);
bool ipus_application_may_withdraw(ipus_work_t *work);
bool ipus_application_withdraw(ipus_work_t *work);
bool ipus_application_may_close(ipus_work_t *work);
bool ipus_application_close(ipus_work_t *work);
bool ipus_application_reopen(ipus_work_t *work);
bool ipus_refusal_deliver(ipus_work_t *work);
bool ipus_refusal_object(ipus_work_t *work);
bool ipus_refusal_answer(ipus_work_t *work); /* upheld */
bool ipus_refusal_allow(ipus_work_t *work);
bool ipus_diagnosis_make(ipus_work_t *work);
bool ipus_diagnosis_sign(ipus_work_t *work);
bool ipus_decision_make(ipus_work_t *work);
bool ipus_decision_override(ipus_work_t *work);

/* The refusal of an application, to be delivered. */
bool ipus_refusal_add(ipus_work_t *work, const ipus_row_t *application);

/* Makes one refusal final to which nobody objected in time. */
bool ipus_refusals_daily(ipus_work_t *work, bool *did);

/* An application's plan is there; it is owed again when that plan came to nothing and no other
 * holds its place, with its time from today where it is begun anew. */
bool ipus_application_planned(ipus_work_t *work, int64_t application);
bool ipus_application_unplanned(ipus_work_t *work, const ipus_row_t *plan, bool anew);

/* ---- plans ----------------------------------------------------------------------------------- */

bool ipus_plan_make(ipus_work_t *work);
bool ipus_plan_change(ipus_work_t *work);
bool ipus_plan_may_agree(ipus_work_t *work);
bool ipus_plan_agree(ipus_work_t *work);
bool ipus_plan_reopen(ipus_work_t *work);
bool ipus_plan_sign(ipus_work_t *work);
bool ipus_plan_may_approve(ipus_work_t *work);
bool ipus_plan_approve(ipus_work_t *work);
bool ipus_plan_may_activate(ipus_work_t *work);
bool ipus_plan_activate(ipus_work_t *work);
bool ipus_plan_may_amend(ipus_work_t *work);
bool ipus_plan_amend(ipus_work_t *work);
bool ipus_plan_may_finish(ipus_work_t *work);
bool ipus_plan_finish(ipus_work_t *work);
bool ipus_plan_may_terminate(ipus_work_t *work);
bool ipus_plan_terminate(ipus_work_t *work);
bool ipus_contact_make(ipus_work_t *work);
bool ipus_closing_make(ipus_work_t *work);
bool ipus_meeting_make(ipus_work_t *work);
bool ipus_survey_make(ipus_work_t *work);

/* Refused when a next edition of the plan at work is being drawn up. */
bool ipus_plan_has_no_draft(ipus_work_t *work);

/* The edition before the plan at work, which is activated, goes out: what it granted passes to the
 * rows that follow or goes on as it is. */
bool ipus_plan_replaces(ipus_work_t *work);

void ipus_plan_ends_today(ipus_work_t *work, ipus_row_t *plan);

/* The first order in one of these states under a plan or an edition before it, which may have ended
 * while its orders go on; its id is 0 when there is none. */
#define PLAN_ORDERS_OPEN                                                                           \
    (IPUS_STATES(ORDER_IS_ISSUED) | IPUS_STATES(ORDER_IS_ACCEPTED) | IPUS_STATES(ORDER_IS_DONE))
bool ipus_plan_order_in(ipus_work_t *work, const ipus_row_t *plan, uint32_t states,
                        ipus_row_t *order);

/* When the next contact and the next summary are due after a day; never moved back. */
void ipus_plan_contact_after(ipus_work_t *work, ipus_row_t *plan, date_t since);
void ipus_plan_summary_after(ipus_work_t *work, ipus_row_t *plan, date_t since);

/* ---- granted services ------------------------------------------------------------------------ */

bool ipus_granted_make(ipus_work_t *work);
bool ipus_granted_may_change(ipus_work_t *work);
bool ipus_granted_change(ipus_work_t *work);
bool ipus_granted_withdraw(ipus_work_t *work);
bool ipus_granted_may_grant(ipus_work_t *work);
bool ipus_granted_grant(ipus_work_t *work);
bool ipus_granted_end(ipus_work_t *work);
bool ipus_card_make(ipus_work_t *work);

/* Takes the units of a grant from the pools, by the offer that it takes up or in its turn. */
bool ipus_granted_take(ipus_work_t *work, const ipus_row_t *granted);

/* Whether a planned row may still be granted. */
bool ipus_granted_may_begin(ipus_work_t *work, const ipus_row_t *planned);

/* Grants a planned row of the plan at work: within limits, from the pools; what an older edition
 * held of the service passes over to it. */
bool ipus_granted_begin(ipus_work_t *work, const ipus_row_t *planned);

/* ---- providers and accounts ------------------------------------------------------------------ */

bool ipus_offer_make(ipus_work_t *work);
bool ipus_agreement_end(ipus_work_t *work);
bool ipus_account_make(ipus_work_t *work);
bool ipus_account_change(ipus_work_t *work);
bool ipus_account_may_disable(ipus_work_t *work);
bool ipus_account_disable(ipus_work_t *work);

/* ---- day by day ------------------------------------------------------------------------------ */

/* Ends one granted service whose time is over, or finishes one plan that only waited for its end;
 * `*did` says whether there was any. */
bool ipus_plans_daily(ipus_work_t *work, bool *did);

#endif
