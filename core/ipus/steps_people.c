/* People, their households and what they declared. */
#include "ipus/effects.h"
#include "ipus/states.h"
#include "ipus/steps.h"

static const ipus_step_t household[] = {{.name = "make", .to = -1}};

static const ipus_step_t person[] = {
    {.name = "make", .to = PERSON_IS_ACTIVE, .effect = ipus_person_make},
    {.name = "change",
     .from = IPUS_STATES(PERSON_IS_ACTIVE),
     .to = -1,
     .effect = ipus_person_change},
    /* The store destroys the key in the same transaction; numbers stay. */
    {.name = "erase",
     .from = IPUS_STATES(PERSON_IS_ACTIVE),
     .to = PERSON_IS_ERASED,
     .may = ipus_person_may_erase,
     .effect = ipus_person_erase},
};

static const ipus_step_t relation[] = {
    {.name = "make", .to = -1, .effect = ipus_relation_make},
    {.name = "change", .to = -1},
};

static const ipus_step_t assignment[] = {
    {.name = "make", .to = -1, .effect = ipus_assignment_make},
    {.name = "end", .to = -1, .may = ipus_assignment_may_end, .effect = ipus_assignment_end},
};

/* A new statement of the same fact replaces the one that stands. */
static const ipus_step_t statement[] = {
    {.name = "make", .to = STATEMENT_IS_STANDING, .effect = ipus_statement_make},
    {.name = "replace",
     .from = IPUS_STATES(STATEMENT_IS_STANDING),
     .to = STATEMENT_IS_REPLACED,
     .by_host = true},
    {.name = "withdraw",
     .from = IPUS_STATES(STATEMENT_IS_STANDING),
     .to = STATEMENT_IS_WITHDRAWN,
     .effect = ipus_statement_withdraw},
};

static const ipus_step_t note[] = {
    {.name = "make", .to = -1},
    {.name = "change", .to = -1},
};

steps_t ipus_steps_of_people(ipus_kind_t kind)
{
    switch (kind) {
    case IPUS_HOUSEHOLD:
        return STEPS(household);
    case IPUS_PERSON:
        return STEPS(person);
    case IPUS_RELATION:
        return STEPS(relation);
    case IPUS_ASSIGNMENT:
        return STEPS(assignment);
    case IPUS_STATEMENT:
        return STEPS(statement);
    case IPUS_NOTE:
        return STEPS(note);
    default:
        return (steps_t){NULL, 0};
    }
}
