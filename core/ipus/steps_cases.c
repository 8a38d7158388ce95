/* From an application to a plan, its granted services and its end.
 *
 *   application   draft > submitted > in_assessment > qualified > closed
 *                         submitted, in_assessment <> incomplete
 *                         in_assessment > waiting_list > qualified
 *                         in_assessment, waiting_list > refused > closed
 *                         any open one > withdrawn
 *                         refused, closed > in_assessment (an objection was allowed)
 *   refusal       issued > delivered > final;  issued, delivered > objected > upheld, changed
 *   plan          draft > agreed > signed > approved > active <> suspended
 *                         agreed, signed, approved > draft
 *                         draft, agreed, signed, approved > terminated
 *                         active > amended (when the next edition is activated)
 *                         active, suspended > finished (after the closing), terminated
 *   granted       planned > granted > ended;  planned > withdrawn
 */
#include "ipus/effects.h"
#include "ipus/states.h"
#include "ipus/steps.h"

static const ipus_step_t intake[] = {
    {.name = "make", .to = INTAKE_IS_RECEIVED, .effect = ipus_intake_make},
    {.name = "take",
     .from = IPUS_STATES(INTAKE_IS_RECEIVED),
     .to = INTAKE_IS_TAKEN,
     .effect = ipus_intake_take,
     TAKES(NEEDS(INTAKE_APPLICATION))},
    {.name = "reject", .from = IPUS_STATES(INTAKE_IS_RECEIVED), .to = INTAKE_IS_REJECTED},
    {.name = "erase",
     .from = IPUS_STATES(INTAKE_IS_REJECTED),
     .to = -1,
     .effect = ipus_intake_erase},
};

static const ipus_step_t application[] = {
    {.name = "make", .to = APPLICATION_IS_DRAFT, .effect = ipus_application_make},
    {.name = "change",
     .from = IPUS_STATES(APPLICATION_IS_DRAFT) | IPUS_STATES(APPLICATION_IS_SUBMITTED) |
             IPUS_STATES(APPLICATION_IS_INCOMPLETE) | IPUS_STATES(APPLICATION_IS_IN_ASSESSMENT),
     .to = -1,
     .effect = ipus_application_change},
    {.name = "submit",
     .from = IPUS_STATES(APPLICATION_IS_DRAFT),
     .to = APPLICATION_IS_SUBMITTED,
     .effect = ipus_application_submit},
    {.name = "return",
     .from = IPUS_STATES(APPLICATION_IS_SUBMITTED) | IPUS_STATES(APPLICATION_IS_IN_ASSESSMENT),
     .to = APPLICATION_IS_INCOMPLETE,
     .effect = ipus_application_return,
     TAKES(NEEDS(APPLICATION_REASON))},
    {.name = "complete",
     .from = IPUS_STATES(APPLICATION_IS_INCOMPLETE),
     .to = APPLICATION_IS_SUBMITTED,
     .effect = ipus_application_complete},
    {.name = "assess",
     .from = IPUS_STATES(APPLICATION_IS_SUBMITTED),
     .to = APPLICATION_IS_IN_ASSESSMENT,
     .effect = ipus_application_assess,
     TAKES(MAY(APPLICATION_COORDINATOR))},
    {.name = "qualify",
     .from =
         IPUS_STATES(APPLICATION_IS_IN_ASSESSMENT) | IPUS_STATES(APPLICATION_IS_ON_WAITING_LIST),
     .to = APPLICATION_IS_QUALIFIED,
     .may = ipus_application_may_qualify},
    {.name = "wait",
     .from = IPUS_STATES(APPLICATION_IS_IN_ASSESSMENT),
     .to = APPLICATION_IS_ON_WAITING_LIST,
     .may = ipus_application_may_wait},
    {.name = "refuse",
     .from =
         IPUS_STATES(APPLICATION_IS_IN_ASSESSMENT) | IPUS_STATES(APPLICATION_IS_ON_WAITING_LIST),
     .to = APPLICATION_IS_REFUSED,
     .may = ipus_application_may_refuse,
     .effect = ipus_application_refuse,
     TAKES(NEEDS(APPLICATION_REASON))},
    {.name = "withdraw",
     .from = IPUS_STATES(APPLICATION_IS_DRAFT) | IPUS_STATES(APPLICATION_IS_SUBMITTED) |
             IPUS_STATES(APPLICATION_IS_INCOMPLETE) | IPUS_STATES(APPLICATION_IS_IN_ASSESSMENT) |
             IPUS_STATES(APPLICATION_IS_ON_WAITING_LIST) | IPUS_STATES(APPLICATION_IS_QUALIFIED),
     .to = APPLICATION_IS_WITHDRAWN,
     .may = ipus_application_may_withdraw,
     .effect = ipus_application_withdraw,
     TAKES(MAY(APPLICATION_REASON))},
    {.name = "close",
     .from = IPUS_STATES(APPLICATION_IS_QUALIFIED) | IPUS_STATES(APPLICATION_IS_REFUSED),
     .to = APPLICATION_IS_CLOSED,
     .may = ipus_application_may_close,
     .effect = ipus_application_close},
    {.name = "reopen",
     .from = IPUS_STATES(APPLICATION_IS_REFUSED) | IPUS_STATES(APPLICATION_IS_CLOSED),
     .to = APPLICATION_IS_IN_ASSESSMENT,
     .by_host = true,
     .effect = ipus_application_reopen},
};

/* Made by refusing an application. */
static const ipus_step_t refusal[] = {
    {.name = "deliver",
     .from = IPUS_STATES(REFUSAL_IS_ISSUED),
     .to = REFUSAL_IS_DELIVERED,
     .effect = ipus_refusal_deliver,
     TAKES(MAY(REFUSAL_DELIVERED_ON))},
    {.name = "object",
     .from = IPUS_STATES(REFUSAL_IS_ISSUED) | IPUS_STATES(REFUSAL_IS_DELIVERED),
     .to = REFUSAL_IS_OBJECTED,
     .effect = ipus_refusal_object,
     TAKES(NEEDS(REFUSAL_OBJECTION), MAY(REFUSAL_OBJECTED_ON))},
    {.name = "uphold",
     .from = IPUS_STATES(REFUSAL_IS_OBJECTED),
     .to = REFUSAL_IS_UPHELD,
     .effect = ipus_refusal_answer,
     TAKES(NEEDS(REFUSAL_ANSWER))},
    {.name = "allow",
     .from = IPUS_STATES(REFUSAL_IS_OBJECTED),
     .to = REFUSAL_IS_CHANGED,
     .effect = ipus_refusal_allow,
     TAKES(NEEDS(REFUSAL_ANSWER))},
    {.name = "expire",
     .from = IPUS_STATES(REFUSAL_IS_DELIVERED),
     .to = REFUSAL_IS_FINAL,
     .by_host = true},
};

static const ipus_step_t referral[] = {{.name = "make", .to = -1}};

static const ipus_step_t diagnosis[] = {
    {.name = "make", .to = DIAGNOSIS_IS_DRAFT, .effect = ipus_diagnosis_make},
    {.name = "change", .from = IPUS_STATES(DIAGNOSIS_IS_DRAFT), .to = -1},
    {.name = "sign",
     .from = IPUS_STATES(DIAGNOSIS_IS_DRAFT),
     .to = DIAGNOSIS_IS_SIGNED,
     .effect = ipus_diagnosis_sign,
     TAKES(MAY(DIAGNOSIS_SIGNED_ON))},
};

/* An outcome given against the rules is an override. */
static const ipus_step_t decision[] = {
    {.name = "make", .to = -1, .decides = true, .effect = ipus_decision_make},
    {.name = "override",
     .to = -1,
     .decides = true,
     .effect = ipus_decision_override,
     TAKES(NEEDS(DECISION_APPLICATION), NEEDS(DECISION_SERVICE), MAY(DECISION_ON),
           MAY(DECISION_ORDER_FACTS), NEEDS(DECISION_OUTCOME), NEEDS(DECISION_REASON))},
};

static const ipus_step_t plan[] = {
    {.name = "make", .to = PLAN_IS_DRAFT, .effect = ipus_plan_make},
    {.name = "change", .from = IPUS_STATES(PLAN_IS_DRAFT), .to = -1, .effect = ipus_plan_change},
    {.name = "agree",
     .from = IPUS_STATES(PLAN_IS_DRAFT),
     .to = PLAN_IS_AGREED,
     .may = ipus_plan_may_agree,
     .effect = ipus_plan_agree,
     TAKES(MAY(PLAN_AGREED_ON))},
    {.name = "reopen",
     .from =
         IPUS_STATES(PLAN_IS_AGREED) | IPUS_STATES(PLAN_IS_SIGNED) | IPUS_STATES(PLAN_IS_APPROVED),
     .to = PLAN_IS_DRAFT,
     .effect = ipus_plan_reopen},
    {.name = "sign",
     .from = IPUS_STATES(PLAN_IS_AGREED),
     .to = PLAN_IS_SIGNED,
     .effect = ipus_plan_sign,
     TAKES(MAY(PLAN_SIGNED_ON))},
    {.name = "approve",
     .from = IPUS_STATES(PLAN_IS_SIGNED),
     .to = PLAN_IS_APPROVED,
     .may = ipus_plan_may_approve,
     .effect = ipus_plan_approve},
    {.name = "activate",
     .from = IPUS_STATES(PLAN_IS_APPROVED),
     .to = PLAN_IS_ACTIVE,
     .may = ipus_plan_may_activate,
     .effect = ipus_plan_activate},
    {.name = "amend",
     .from = IPUS_STATES(PLAN_IS_ACTIVE) | IPUS_STATES(PLAN_IS_SUSPENDED),
     .to = -1,
     .may = ipus_plan_may_amend,
     .effect = ipus_plan_amend,
     TAKES(NEEDS(PLAN_REASON))},
    {.name = "suspend",
     .from = IPUS_STATES(PLAN_IS_ACTIVE),
     .to = PLAN_IS_SUSPENDED,
     TAKES(NEEDS(PLAN_REASON))},
    {.name = "resume", .from = IPUS_STATES(PLAN_IS_SUSPENDED), .to = PLAN_IS_ACTIVE},
    {.name = "finish",
     .from = IPUS_STATES(PLAN_IS_ACTIVE) | IPUS_STATES(PLAN_IS_SUSPENDED),
     .to = PLAN_IS_FINISHED,
     .may = ipus_plan_may_finish,
     .effect = ipus_plan_finish},
    {.name = "terminate",
     .from = IPUS_STATES(PLAN_IS_DRAFT) | IPUS_STATES(PLAN_IS_AGREED) |
             IPUS_STATES(PLAN_IS_SIGNED) | IPUS_STATES(PLAN_IS_APPROVED) |
             IPUS_STATES(PLAN_IS_ACTIVE) | IPUS_STATES(PLAN_IS_SUSPENDED),
     .to = PLAN_IS_TERMINATED,
     .may = ipus_plan_may_terminate,
     .effect = ipus_plan_terminate,
     TAKES(NEEDS(PLAN_REASON))},
};

/* A row of a plan is granted when the plan is activated; one without a plan by itself. */
static const ipus_step_t granted[] = {
    {.name = "make", .to = GRANTED_IS_PLANNED, .effect = ipus_granted_make},
    {.name = "change",
     .from = IPUS_STATES(GRANTED_IS_PLANNED),
     .to = -1,
     .may = ipus_granted_may_change,
     .effect = ipus_granted_change},
    {.name = "grant",
     .from = IPUS_STATES(GRANTED_IS_PLANNED),
     .to = GRANTED_IS_RUNNING,
     .may = ipus_granted_may_grant,
     .effect = ipus_granted_grant},
    {.name = "end",
     .from = IPUS_STATES(GRANTED_IS_RUNNING),
     .to = GRANTED_IS_ENDED,
     .effect = ipus_granted_end,
     TAKES(MAY(GRANTED_REASON))},
    {.name = "withdraw",
     .from = IPUS_STATES(GRANTED_IS_PLANNED),
     .to = GRANTED_IS_WITHDRAWN,
     .may = ipus_granted_may_change,
     .effect = ipus_granted_withdraw,
     TAKES(MAY(GRANTED_REASON))},
};

static const ipus_step_t card[] = {
    {.name = "make", .to = CARD_IS_ISSUED, .effect = ipus_card_make},
    {.name = "cancel", .from = IPUS_STATES(CARD_IS_ISSUED), .to = CARD_IS_CANCELLED},
};

static const ipus_step_t contact[] = {{.name = "make", .to = -1, .effect = ipus_contact_make}};
static const ipus_step_t survey[] = {{.name = "make", .to = -1, .effect = ipus_survey_make}};
static const ipus_step_t closing[] = {{.name = "make", .to = -1, .effect = ipus_closing_make}};
static const ipus_step_t meeting[] = {
    {.name = "make", .to = -1, .effect = ipus_meeting_make},
    {.name = "change", .to = -1},
};

steps_t ipus_steps_of_cases(ipus_kind_t kind)
{
    switch (kind) {
    case IPUS_INTAKE:
        return STEPS(intake);
    case IPUS_APPLICATION:
        return STEPS(application);
    case IPUS_REFUSAL:
        return STEPS(refusal);
    case IPUS_REFERRAL:
        return STEPS(referral);
    case IPUS_DIAGNOSIS:
        return STEPS(diagnosis);
    case IPUS_DECISION:
        return STEPS(decision);
    case IPUS_PLAN:
        return STEPS(plan);
    case IPUS_GRANTED:
        return STEPS(granted);
    case IPUS_CARD:
        return STEPS(card);
    case IPUS_CONTACT:
        return STEPS(contact);
    case IPUS_SURVEY:
        return STEPS(survey);
    case IPUS_CLOSING:
        return STEPS(closing);
    case IPUS_MEETING:
        return STEPS(meeting);
    default:
        return (steps_t){NULL, 0};
    }
}
