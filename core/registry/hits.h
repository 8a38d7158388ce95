/* What the search within a programme and that over all of them share: how well words hit. Inside
 * the registry room only. */
#ifndef OKIENKO_REGISTRY_HITS_H
#define OKIENKO_REGISTRY_HITS_H

#include "registry/search.h"

#define QUERY_BYTES 512
#define QUERY_WORDS 8
#define HIT_RANKS 4
#define HIT_SUMS ((HIT_RANKS - 1) * QUERY_WORDS + 1)

/* How well the words so far hit one service. */
typedef struct {
    uint8_t words; /* how many of them hit it */
    uint8_t last;  /* how well the last of them did: 0 best to HIT_RANKS - 1 */
    uint16_t sum;
} hit_t;

static inline uint8_t hit_rank(bool in_name, bool is_whole)
{
    return (uint8_t)((in_name ? 0 : 2) + (is_whole ? 0 : 1));
}

/* The word number `number` of the query hits what all before it have hit. */
static inline void hit_note(hit_t *hit, uint8_t number, uint8_t rank)
{
    if (hit->words == number) {
        hit->words++;
        hit->last = rank;
        hit->sum = (uint16_t)(hit->sum + rank);
    } else if (hit->words == number + 1 && rank < hit->last) {
        hit->sum = (uint16_t)(hit->sum - (hit->last - rank));
        hit->last = rank;
    }
}

/* The different words of a folded query; returns how many. */
uint8_t registry_hits_words(span_t folded, span_t words[static QUERY_WORDS]);

/* The index word by word, in order: its postings are place × 2, + 1 where it stands in the name, by
 * place. */
size_t registry_hits_terms(const registry_search_t *search);
span_t registry_hits_term(const registry_search_t *search, size_t term, const uint32_t **postings,
                          size_t *count);

#endif
