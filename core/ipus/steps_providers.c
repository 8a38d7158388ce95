/* Who delivers, who helps, and who works with the record. */
#include "ipus/effects.h"
#include "ipus/states.h"
#include "ipus/steps.h"

static const ipus_step_t provider[] = {
    {.name = "make", .to = PROVIDER_IS_ACTIVE},
    {.name = "change", .from = IPUS_STATES(PROVIDER_IS_ACTIVE), .to = -1},
    {.name = "rest", .from = IPUS_STATES(PROVIDER_IS_ACTIVE), .to = PROVIDER_IS_INACTIVE},
    {.name = "resume", .from = IPUS_STATES(PROVIDER_IS_INACTIVE), .to = PROVIDER_IS_ACTIVE},
};

static const ipus_step_t offer[] = {
    {.name = "make", .to = -1, .effect = ipus_offer_make},
    {.name = "change", .to = -1},
};

static const ipus_step_t agreement[] = {
    {.name = "make", .to = AGREEMENT_IS_DRAFT},
    {.name = "change", .from = IPUS_STATES(AGREEMENT_IS_DRAFT), .to = -1},
    {.name = "sign", .from = IPUS_STATES(AGREEMENT_IS_DRAFT), .to = AGREEMENT_IS_SIGNED},
    {.name = "end",
     .from = IPUS_STATES(AGREEMENT_IS_SIGNED),
     .to = AGREEMENT_IS_ENDED,
     .effect = ipus_agreement_end},
};

static const ipus_step_t volunteer[] = {
    {.name = "make", .to = -1},
    {.name = "change", .to = -1},
};

static const ipus_step_t account[] = {
    {.name = "make", .to = ACCOUNT_IS_ACTIVE, .effect = ipus_account_make},
    {.name = "change",
     .from = IPUS_STATES(ACCOUNT_IS_ACTIVE),
     .to = -1,
     .effect = ipus_account_change},
    {.name = "disable",
     .from = IPUS_STATES(ACCOUNT_IS_ACTIVE),
     .to = ACCOUNT_IS_DISABLED,
     .may = ipus_account_may_disable,
     .effect = ipus_account_disable},
    {.name = "enable", .from = IPUS_STATES(ACCOUNT_IS_DISABLED), .to = ACCOUNT_IS_ACTIVE},
    /* The hash comes from the access room; the password itself never gets here. */
    {.name = "password",
     .from = IPUS_STATES(ACCOUNT_IS_ACTIVE),
     .to = -1,
     .by_host = true,
     TAKES(NEEDS(ACCOUNT_PASSWORD))},
};

static const ipus_step_t token[] = {
    {.name = "make", .to = TOKEN_IS_STANDING, .by_host = true},
    {.name = "revoke", .from = IPUS_STATES(TOKEN_IS_STANDING), .to = TOKEN_IS_REVOKED},
};

steps_t ipus_steps_of_providers(ipus_kind_t kind)
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
