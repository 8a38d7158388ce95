#include "postings.h"

#include <stdlib.h>
#include <string.h>

void *support_must(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

void *support_grown(void *at, size_t count, size_t *cap, size_t size)
{
    if (count < *cap) {
        return at;
    }
    *cap = *cap > 0 ? *cap * 2 : 16;
    return support_must(realloc(at, *cap * size));
}

static posting_t *slot(posting_t *postings, size_t cap, uint64_t key)
{
    size_t place = key & (cap - 1);
    while (postings[place].key != 0 && postings[place].key != key) {
        place = (place + 1) & (cap - 1);
    }
    return &postings[place];
}

const posting_t *postings_of(const postings_t *postings, uint64_t key)
{
    static const posting_t none;
    return postings->cap > 0 ? slot(postings->at, postings->cap, key) : &none;
}

static posting_t *posting_made(postings_t *postings, uint64_t key)
{
    if (postings->count * 2 >= postings->cap) {
        size_t cap = postings->cap > 0 ? postings->cap * 2 : 1024;
        posting_t *at = support_must(calloc(cap, sizeof *at));
        for (size_t i = 0; i < postings->cap; i++) {
            if (postings->at[i].key != 0) {
                *slot(at, cap, postings->at[i].key) = postings->at[i];
            }
        }
        free(postings->at);
        postings->at = at;
        postings->cap = cap;
    }
    posting_t *posting = slot(postings->at, postings->cap, key);
    postings->count += posting->key == 0;
    posting->key = key;
    return posting;
}

static size_t place_of(const posting_t *posting, int64_t id)
{
    size_t low = 0, high = posting->count;
    if (high > 0 && posting->ids[high - 1] < id) {
        return high;
    }
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (posting->ids[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void postings_add(postings_t *postings, uint64_t key, int64_t id)
{
    posting_t *posting = posting_made(postings, key);
    size_t place = place_of(posting, id);
    posting->ids = support_grown(posting->ids, posting->count, &posting->cap, sizeof id);
    memmove(&posting->ids[place + 1], &posting->ids[place], (posting->count - place) * sizeof id);
    posting->ids[place] = id;
    posting->count++;
}

void postings_remove(postings_t *postings, uint64_t key, int64_t id)
{
    posting_t *posting = posting_made(postings, key);
    size_t place = place_of(posting, id);
    posting->count--;
    memmove(&posting->ids[place], &posting->ids[place + 1], (posting->count - place) * sizeof id);
}

void postings_free(postings_t *postings)
{
    for (size_t i = 0; i < postings->cap; i++) {
        free(postings->at[i].ids);
    }
    free(postings->at);
}
