/* Search over a programme's services and catalogue, and over the services of many programmes. */
#ifndef OKIENKO_REGISTRY_SEARCH_H
#define OKIENKO_REGISTRY_SEARCH_H

#include "registry/registry.h"

/* An index over the names, summaries, forms of the unit, packages, groups and areas of all services
 * in all languages, and over what people read of the catalogue's items. */
typedef struct registry_search registry_search_t;

/* Places are those in programme->services; behind them come the items of the catalogue's kinds, one
 * kind after the other. */
typedef struct {
    size_t first, end; /* `end` not among them */
} registry_range_t;

/* In `arena`; NULL without memory. */
const registry_search_t *registry_search_new(arena_t *arena, const registry_programme_t *programme);

/* The services (versions, as places in programme->services) in which every word of the query begins
 * some word, best first: a hit in the name before one elsewhere, a whole word before a beginning,
 * then the resolution's order. Writes at most `max` places and returns how many there are. An empty
 * query finds none. Only the first 512 bytes and the first 8 different words of a query count.
 * SIZE_MAX without memory. */
size_t registry_search(const registry_search_t *search, span_t query, size_t *places, size_t max);

/* The same over the services and the catalogue, as far as they lie in the range. */
size_t registry_search_range(const registry_search_t *search, span_t query, registry_range_t range,
                             size_t *places, size_t max);

/* ---- search over many programmes ------------------------------------------------------------- */

/* The services of all programmes, found by the words of their own indices and by the names of their
 * municipalities. One programme comes, is replaced and goes without a look at the others. One
 * thread at a time. */
typedef struct registry_directory registry_directory_t;

registry_directory_t *registry_directory_new(void); /* NULL without memory */
void registry_directory_free(registry_directory_t *directory);

/* Puts a programme in, in the place of the one with this id; both programme and index must stay
 * until they are replaced or dropped. False without memory: then it is not in. */
bool registry_directory_put(registry_directory_t *directory, span_t id,
                            const registry_programme_t *programme, const registry_search_t *search);
void registry_directory_drop(registry_directory_t *directory, span_t id);

typedef struct {
    const registry_programme_t *programme;
    const registry_service_t *service;
} registry_found_t;

/* What to find, and which of it to write. */
typedef struct {
    span_t query; /* as for registry_search(); an empty one finds all */
    size_t first; /* of the found, from 0 */
    size_t max;
    /* Whether this version of a service is the one to show; asked only where there are several, or
     * one that begins later than its programme. */
    bool (*shows)(void *context, const registry_programme_t *programme,
                  const registry_service_t *service);
    void *context;
} registry_wanted_t;

/* Best first as registry_search(), then by the programmes' ids. Writes from `first` on at most
 * `max`, in `*count` how many, and returns how many there are; SIZE_MAX without memory. */
size_t registry_directory_find(registry_directory_t *directory, const registry_wanted_t *wanted,
                               registry_found_t *found, size_t *count);

#endif
