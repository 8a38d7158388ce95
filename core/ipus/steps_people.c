/* People, their households and what they declared. */
#include "ipus/steps.h"

enum { ACTIVE, ERASED };                 /* a person */
enum { STANDING, REPLACED, TAKEN_BACK }; /* a statement */

static const ipus_step_t household[] = {{.name = "make", .to = -1}};

static const ipus_step_t person[] = {
    {.name = "make", .to = ACTIVE},
    {.name = "change", .from = IPUS_STATES(ACTIVE), .to = -1},
    /* The store destroys the key in the same transaction; numbers stay. */
    {.name = "erase", .from = IPUS_STATES(ACTIVE), .to = ERASED},
};

static const ipus_step_t relation[] = {
    {.name = "make", .to = -1},
    {.name = "change", .to = -1},
};

static const ipus_step_t assignment[] = {
    {.name = "make", .to = -1},
    {.name = "end", .to = -1},
};

/* A new statement of the same fact replaces the one that stands. */
static const ipus_step_t statement[] = {
    {.name = "make", .to = STANDING},
    {.name = "replace", .from = IPUS_STATES(STANDING), .to = REPLACED, .by_host = true},
    {.name = "withdraw", .from = IPUS_STATES(STANDING), .to = TAKEN_BACK},
};

static const ipus_step_t note[] = {
    {.name = "make", .to = -1},
    {.name = "change", .to = -1},
};

steps_t steps_of_people(ipus_kind_t kind)
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
