/* From an application to a plan, its granted services and its end.
 *
 *   application   draft > submitted > in_assessment > qualified > closed
 *                         submitted, in_assessment <> incomplete
 *                         in_assessment > waiting_list > qualified
 *                         in_assessment, waiting_list > refused > closed
 *                         any open one > withdrawn
 *   plan          draft > agreed > signed > approved > active <> suspended
 *                         draft, agreed, signed > terminated
 *                         active > amended (when the next edition is activated)
 *                         active, suspended > finished (after the closing), terminated
 *   granted       planned > granted > ended;  planned > withdrawn
 */
#include "ipus/steps.h"

enum { RECEIVED, TAKEN, REJECTED };
enum {
    DRAFT,
    SUBMITTED,
    INCOMPLETE,
    IN_ASSESSMENT,
    QUALIFIED,
    WAITING_LIST,
    REFUSED,
    WITHDRAWN,
    CLOSED
};
enum { SHEET_DRAFT, SHEET_SIGNED };
enum {
    PLAN_DRAFT,
    PLAN_AGREED,
    PLAN_SIGNED,
    PLAN_APPROVED,
    PLAN_ACTIVE,
    PLAN_AMENDED,
    PLAN_SUSPENDED,
    PLAN_FINISHED,
    PLAN_TERMINATED
};
enum { PLANNED, GRANTED, ENDED, UNDONE };
enum { ISSUED, CANCELLED };

static const ipus_step_t intake[] = {
    {.name = "make", .to = RECEIVED},
    {.name = "take", .from = IPUS_STATES(RECEIVED), .to = TAKEN, TAKES(NEEDS(INTAKE_APPLICATION))},
    {.name = "reject", .from = IPUS_STATES(RECEIVED), .to = REJECTED},
};

static const ipus_step_t application[] = {
    {.name = "make", .to = DRAFT},
    {.name = "change",
     .from = IPUS_STATES(DRAFT) | IPUS_STATES(SUBMITTED) | IPUS_STATES(INCOMPLETE) |
             IPUS_STATES(IN_ASSESSMENT),
     .to = -1},
    {.name = "submit", .from = IPUS_STATES(DRAFT), .to = SUBMITTED},
    {.name = "return",
     .from = IPUS_STATES(SUBMITTED) | IPUS_STATES(IN_ASSESSMENT),
     .to = INCOMPLETE,
     TAKES(NEEDS(APPLICATION_REASON))},
    {.name = "complete", .from = IPUS_STATES(INCOMPLETE), .to = SUBMITTED},
    {.name = "assess",
     .from = IPUS_STATES(SUBMITTED),
     .to = IN_ASSESSMENT,
     TAKES(MAY(APPLICATION_COORDINATOR))},
    {.name = "qualify",
     .from = IPUS_STATES(IN_ASSESSMENT) | IPUS_STATES(WAITING_LIST),
     .to = QUALIFIED},
    {.name = "wait", .from = IPUS_STATES(IN_ASSESSMENT), .to = WAITING_LIST},
    {.name = "refuse",
     .from = IPUS_STATES(IN_ASSESSMENT) | IPUS_STATES(WAITING_LIST),
     .to = REFUSED,
     TAKES(NEEDS(APPLICATION_REASON))},
    {.name = "withdraw",
     .from = IPUS_STATES(DRAFT) | IPUS_STATES(SUBMITTED) | IPUS_STATES(INCOMPLETE) |
             IPUS_STATES(IN_ASSESSMENT) | IPUS_STATES(WAITING_LIST) | IPUS_STATES(QUALIFIED),
     .to = WITHDRAWN,
     TAKES(MAY(APPLICATION_REASON))},
    {.name = "close", .from = IPUS_STATES(QUALIFIED) | IPUS_STATES(REFUSED), .to = CLOSED},
};

static const ipus_step_t referral[] = {{.name = "make", .to = -1}};

static const ipus_step_t diagnosis[] = {
    {.name = "make", .to = SHEET_DRAFT},
    {.name = "change", .from = IPUS_STATES(SHEET_DRAFT), .to = -1},
    {.name = "sign",
     .from = IPUS_STATES(SHEET_DRAFT),
     .to = SHEET_SIGNED,
     TAKES(MAY(DIAGNOSIS_SIGNED_ON))},
};

/* An outcome given against the rules is an override. */
static const ipus_step_t decision[] = {
    {.name = "make", .to = -1, .decides = true},
    {.name = "override",
     .to = -1,
     .decides = true,
     TAKES(NEEDS(DECISION_APPLICATION), NEEDS(DECISION_SERVICE), MAY(DECISION_ON),
           MAY(DECISION_ORDER_FACTS), NEEDS(DECISION_OUTCOME), NEEDS(DECISION_REASON))},
};

static const ipus_step_t plan[] = {
    {.name = "make", .to = PLAN_DRAFT},
    {.name = "change", .from = IPUS_STATES(PLAN_DRAFT), .to = -1},
    {.name = "agree",
     .from = IPUS_STATES(PLAN_DRAFT),
     .to = PLAN_AGREED,
     TAKES(MAY(PLAN_AGREED_ON))},
    {.name = "reopen",
     .from = IPUS_STATES(PLAN_AGREED) | IPUS_STATES(PLAN_SIGNED),
     .to = PLAN_DRAFT},
    {.name = "sign",
     .from = IPUS_STATES(PLAN_AGREED),
     .to = PLAN_SIGNED,
     TAKES(MAY(PLAN_SIGNED_ON))},
    {.name = "approve", .from = IPUS_STATES(PLAN_SIGNED), .to = PLAN_APPROVED},
    {.name = "activate", .from = IPUS_STATES(PLAN_APPROVED), .to = PLAN_ACTIVE},
    {.name = "amend",
     .from = IPUS_STATES(PLAN_ACTIVE) | IPUS_STATES(PLAN_SUSPENDED),
     .to = -1,
     TAKES(NEEDS(PLAN_REASON))},
    {.name = "suspend",
     .from = IPUS_STATES(PLAN_ACTIVE),
     .to = PLAN_SUSPENDED,
     TAKES(NEEDS(PLAN_REASON))},
    {.name = "resume", .from = IPUS_STATES(PLAN_SUSPENDED), .to = PLAN_ACTIVE},
    {.name = "finish",
     .from = IPUS_STATES(PLAN_ACTIVE) | IPUS_STATES(PLAN_SUSPENDED),
     .to = PLAN_FINISHED},
    {.name = "terminate",
     .from = IPUS_STATES(PLAN_DRAFT) | IPUS_STATES(PLAN_AGREED) | IPUS_STATES(PLAN_SIGNED) |
             IPUS_STATES(PLAN_APPROVED) | IPUS_STATES(PLAN_ACTIVE) | IPUS_STATES(PLAN_SUSPENDED),
     .to = PLAN_TERMINATED,
     TAKES(NEEDS(PLAN_REASON))},
};

/* A row of a plan is granted when the plan is activated; one without a plan by itself. */
static const ipus_step_t granted[] = {
    {.name = "make", .to = PLANNED},
    {.name = "change", .from = IPUS_STATES(PLANNED), .to = -1},
    {.name = "grant", .from = IPUS_STATES(PLANNED), .to = GRANTED},
    {.name = "end", .from = IPUS_STATES(GRANTED), .to = ENDED, TAKES(MAY(GRANTED_REASON))},
    {.name = "withdraw", .from = IPUS_STATES(PLANNED), .to = UNDONE, TAKES(MAY(GRANTED_REASON))},
};

static const ipus_step_t card[] = {
    {.name = "make", .to = ISSUED},
    {.name = "cancel", .from = IPUS_STATES(ISSUED), .to = CANCELLED},
};

static const ipus_step_t contact[] = {{.name = "make", .to = -1}};
static const ipus_step_t survey[] = {{.name = "make", .to = -1}};
static const ipus_step_t closing[] = {{.name = "make", .to = -1}};
static const ipus_step_t meeting[] = {
    {.name = "make", .to = -1},
    {.name = "change", .to = -1},
};

steps_t steps_of_cases(ipus_kind_t kind)
{
    switch (kind) {
    case IPUS_INTAKE:
        return STEPS(intake);
    case IPUS_APPLICATION:
        return STEPS(application);
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
