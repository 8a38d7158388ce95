/* Which rows have a value: ids by key, in order. And memory that ends the test when there is none.
 */
#ifndef OKIENKO_TESTS_POSTINGS_H
#define OKIENKO_TESTS_POSTINGS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t key; /* 0: free */
    int64_t *ids;
    size_t count, cap;
} posting_t;

typedef struct {
    posting_t *at;
    size_t count, cap;
} postings_t;

/* A key is never 0. What is removed has been added. */
void postings_add(postings_t *postings, uint64_t key, int64_t id);
void postings_remove(postings_t *postings, uint64_t key, int64_t id);
/* Empty when there are none; until the next addition. */
const posting_t *postings_of(const postings_t *postings, uint64_t key);
void postings_free(postings_t *postings);

void *support_must(void *memory);
/* Room for one more than `count`. */
void *support_grown(void *at, size_t count, size_t *cap, size_t size);

#endif
