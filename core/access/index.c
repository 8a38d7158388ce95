#include "access/index.h"

#include <stdlib.h>

void access_index_free(index_t *index)
{
    free(index->at);
    *index = (index_t){0};
}

static index_link_t **place(const index_t *index, uint64_t hash)
{
    return &index->at[hash & (index->cap - 1)];
}

static void put(index_t *index, index_link_t *link)
{
    index_link_t **first = place(index, link->hash);
    link->next = *first;
    *first = link;
}

bool access_index_reserve(index_t *index)
{
    if (index->count < index->cap) {
        return true;
    }
    index_t grown = {.cap = index->cap == 0 ? 64 : 2 * index->cap, .count = index->count};
    grown.at = calloc(grown.cap, sizeof(index_link_t *));
    if (grown.at == NULL) {
        return false;
    }
    for (size_t i = 0; i < index->cap; i++) {
        for (index_link_t *link = index->at[i], *next = NULL; link != NULL; link = next) {
            next = link->next;
            put(&grown, link);
        }
    }
    free(index->at);
    *index = grown;
    return true;
}

void access_index_add(index_t *index, index_link_t *link, uint64_t hash)
{
    link->hash = hash;
    put(index, link);
    index->count++;
}

void access_index_remove(index_t *index, const index_link_t *link)
{
    index_link_t **at = place(index, link->hash);
    while (*at != link) {
        at = &(*at)->next;
    }
    *at = link->next;
    index->count--;
}

static index_link_t *of_hash(index_link_t *link, uint64_t hash)
{
    while (link != NULL && link->hash != hash) {
        link = link->next;
    }
    return link;
}

index_link_t *access_index_first(const index_t *index, uint64_t hash)
{
    return index->cap == 0 ? NULL : of_hash(*place(index, hash), hash);
}

index_link_t *access_index_next(const index_link_t *link)
{
    return of_hash(link->next, link->hash);
}

uint64_t access_index_hash(int64_t number)
{
    /* Fibonacci hashing, folded as the low bits choose the place. */
    uint64_t hash = (uint64_t)number * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}
