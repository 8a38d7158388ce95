/* A programme of which everything that is equal in other programmes is kept once, in a store of
 * shared blocks: of many municipalities' rules most are equal, and what all are asked for is then
 * in the processor's caches whoever is asked. */
#ifndef OKIENKO_REGISTRY_SHARE_H
#define OKIENKO_REGISTRY_SHARE_H

#include "base/shared.h"
#include "registry/registry.h"

/* A copy of the programme in `shared`, which needs nothing of the first one. NULL without memory.
 * On the thread of `shared`; reading it is fine from any. */
const registry_programme_t *registry_share(shared_t *shared, const registry_programme_t *programme);

/* Gives back what registry_share() gave; NULL is fine. */
void registry_unshare(shared_t *shared, const registry_programme_t *programme);

#endif
