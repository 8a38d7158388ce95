/* An index in memory: links that lie in what is indexed, found by a hash. Whoever looks compares
 * what was found, as hashes meet. Inside the access room only. */
#ifndef OKIENKO_ACCESS_INDEX_H
#define OKIENKO_ACCESS_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct index_link {
    struct index_link *next;
    uint64_t hash;
} index_link_t;

typedef struct {
    index_link_t **at;
    size_t cap, count;
} index_t;

/* What a link is part of. */
#define INDEX_OF(link, type, member) ((type *)(void *)((char *)(link)-offsetof(type, member)))

/* A zeroed index is an empty one. Frees the index, not what is in it. */
void access_index_free(index_t *index);

/* Room for one more; false without memory. */
bool access_index_reserve(index_t *index);
/* Into room that was reserved. */
void access_index_add(index_t *index, index_link_t *link, uint64_t hash);
void access_index_remove(index_t *index, const index_link_t *link);

/* The first of a hash, and the one after it; NULL when there is none. */
index_link_t *access_index_first(const index_t *index, uint64_t hash);
index_link_t *access_index_next(const index_link_t *link);

uint64_t access_index_hash(int64_t number);

#endif
