/* What the steps of people, cases and providers do beyond their tables. Inside the ipus room only.
 * Each is the effect of the step it is named after (ipus_step_t.effect). */
#ifndef OKIENKO_IPUS_EFFECTS_H
#define OKIENKO_IPUS_EFFECTS_H

#include "ipus/work.h"

/* ---- people ---------------------------------------------------------------------------------- */

bool person_make(ipus_work_t *work);
bool person_change(ipus_work_t *work);
bool person_erase(ipus_work_t *work);
bool relation_make(ipus_work_t *work);
bool assignment_make(ipus_work_t *work);
bool assignment_end(ipus_work_t *work);
bool statement_make(ipus_work_t *work);
bool statement_withdraw(ipus_work_t *work);

/* Puts an account to somebody's case, unless it is on it. */
bool assignment_ensure(ipus_work_t *work, int64_t person, int64_t account);

/* The account that a field names must not be disabled. */
bool account_is_on(ipus_work_t *work, int field);
/* Refuses, at a field, when somebody was erased. */
bool person_is_there(ipus_work_t *work, int field, int64_t id);

/* ---- cases ----------------------------------------------------------------------------------- */

bool intake_make(ipus_work_t *work);
bool intake_take(ipus_work_t *work);
bool intake_erase(ipus_work_t *work);
bool application_make(ipus_work_t *work);
bool application_change(ipus_work_t *work);
bool application_submit(ipus_work_t *work);
bool application_return(ipus_work_t *work);
bool application_complete(ipus_work_t *work);
bool application_assess(ipus_work_t *work);
bool application_qualify(ipus_work_t *work);
bool application_wait(ipus_work_t *work);
bool application_refuse(ipus_work_t *work);
bool application_withdraw(ipus_work_t *work);
bool application_close(ipus_work_t *work);
bool diagnosis_make(ipus_work_t *work);
bool diagnosis_sign(ipus_work_t *work);
bool decision_make(ipus_work_t *work);
bool decision_override(ipus_work_t *work);

/* Refuses unless an application is in one of these states. */
bool application_in(ipus_work_t *work, const ipus_row_t *application, uint32_t states);

/* Refuses when an application is refused, withdrawn or closed: nothing comes of it any more. */
bool application_lasts(ipus_work_t *work, const ipus_row_t *application);

/* An application's plan is owed no more. */
bool application_planned(ipus_work_t *work, int64_t application);

/* Whether no later decision on the same service of the same application took its place. */
bool decision_stands(ipus_work_t *work, const ipus_row_t *decision, bool *stands);

/* ---- plans ----------------------------------------------------------------------------------- */

bool plan_make(ipus_work_t *work);
bool plan_change(ipus_work_t *work);
bool plan_agree(ipus_work_t *work);
bool plan_reopen(ipus_work_t *work);
bool plan_sign(ipus_work_t *work);
bool plan_approve(ipus_work_t *work);
bool plan_activate(ipus_work_t *work);
bool plan_amend(ipus_work_t *work);
bool plan_finish(ipus_work_t *work);
bool plan_terminate(ipus_work_t *work);
bool contact_make(ipus_work_t *work);
bool closing_make(ipus_work_t *work);
bool meeting_make(ipus_work_t *work);
bool survey_make(ipus_work_t *work);

/* The first order in one of these states under a plan or an edition before it, which may have ended
 * while its orders go on; its id is 0 when there is none. */
#define PLAN_ORDERS_OPEN                                                                           \
    (IPUS_STATES(ORDER_IS_ISSUED) | IPUS_STATES(ORDER_IS_ACCEPTED) | IPUS_STATES(ORDER_IS_DONE))
bool plan_order_in(ipus_work_t *work, const ipus_row_t *plan, uint32_t states, ipus_row_t *order);

/* When the next contact and the next summary are due after a day; never moved back. */
void plan_contact_after(ipus_work_t *work, ipus_row_t *plan, date_t since);
void plan_summary_after(ipus_work_t *work, ipus_row_t *plan, date_t since);

/* ---- granted services ------------------------------------------------------------------------ */

bool granted_make(ipus_work_t *work);
bool granted_change(ipus_work_t *work);
bool granted_grant(ipus_work_t *work);
bool granted_end(ipus_work_t *work);
bool granted_withdraw(ipus_work_t *work);
bool card_make(ipus_work_t *work);

/* Grants a planned row of the plan at work: within limits, from the pools; what an older edition
 * held of the service passes over to it. */
bool granted_begin(ipus_work_t *work, const ipus_row_t *planned);

/* ---- providers and accounts ------------------------------------------------------------------ */

bool offer_make(ipus_work_t *work);
bool agreement_end(ipus_work_t *work);
bool account_make(ipus_work_t *work);
bool account_change(ipus_work_t *work);
bool account_disable(ipus_work_t *work);

/* ---- day by day ------------------------------------------------------------------------------ */

/* Ends one granted service whose time is over, or finishes one plan that only waited for its end;
 * `*did` says whether there was any. */
bool plans_daily(ipus_work_t *work, bool *did);

#endif
