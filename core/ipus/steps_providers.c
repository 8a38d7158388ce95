/* Who delivers, who helps, and who works with the record. */
#include "ipus/steps.h"

enum { ACTIVE, INACTIVE };
enum { DRAFT, SIGNED, ENDED };
enum { STANDING, REVOKED };

static const ipus_step_t provider[] = {
    {.name = "make", .to = ACTIVE},
    {.name = "change", .from = IPUS_STATES(ACTIVE), .to = -1},
    {.name = "rest", .from = IPUS_STATES(ACTIVE), .to = INACTIVE},
    {.name = "resume", .from = IPUS_STATES(INACTIVE), .to = ACTIVE},
};

static const ipus_step_t offer[] = {
    {.name = "make", .to = -1},
    {.name = "change", .to = -1},
};

static const ipus_step_t agreement[] = {
    {.name = "make", .to = DRAFT},
    {.name = "change", .from = IPUS_STATES(DRAFT), .to = -1},
    {.name = "sign", .from = IPUS_STATES(DRAFT), .to = SIGNED},
    {.name = "end", .from = IPUS_STATES(SIGNED), .to = ENDED},
};

static const ipus_step_t volunteer[] = {
    {.name = "make", .to = -1},
    {.name = "change", .to = -1},
};

static const ipus_step_t account[] = {
    {.name = "make", .to = ACTIVE},
    {.name = "change", .from = IPUS_STATES(ACTIVE), .to = -1},
    {.name = "disable", .from = IPUS_STATES(ACTIVE), .to = INACTIVE},
    {.name = "enable", .from = IPUS_STATES(INACTIVE), .to = ACTIVE},
    /* The hash comes from the access room; the password itself never gets here. */
    {.name = "password",
     .from = IPUS_STATES(ACTIVE),
     .to = -1,
     .by_host = true,
     TAKES(NEEDS(ACCOUNT_PASSWORD))},
};

static const ipus_step_t token[] = {
    {.name = "make", .to = STANDING, .by_host = true},
    {.name = "revoke", .from = IPUS_STATES(STANDING), .to = REVOKED},
};

steps_t steps_of_providers(ipus_kind_t kind)
{
    switch (kind) {
    case IPUS_PROVIDER:
        return STEPS(provider);
    case IPUS_OFFER:
        return STEPS(offer);
    case IPUS_AGREEMENT:
        return STEPS(agreement);
    case IPUS_VOLUNTEER:
        return STEPS(volunteer);
    case IPUS_ACCOUNT:
        return STEPS(account);
    case IPUS_TOKEN:
        return STEPS(token);
    default:
        return (steps_t){NULL, 0};
    }
}
