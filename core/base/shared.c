#include "base/shared.h"

#include <stdalign.h>
#include <stdlib.h>

enum { FEW = 256 };

typedef struct block {
    struct block *chained;
    size_t len;
    uint32_t hash;
    uint32_t holders;
    alignas(int64_t) char at[];
} block_t;

struct shared {
    block_t **chains; /* a power of two */
    size_t chain_count;
    size_t count;
    size_t bytes;
    size_t users;
};

shared_t *shared_new(void)
{
    shared_t *shared = calloc(1, sizeof *shared);
    block_t **chains = calloc(FEW, sizeof(block_t *));
    if (shared == NULL || chains == NULL) {
        free(shared);
        free((void *)chains);
        return NULL;
    }
    *shared = (shared_t){.chains = chains, .chain_count = FEW, .users = 1};
    return shared;
}

shared_t *shared_retain(shared_t *shared)
{
    shared->users++;
    return shared;
}

void shared_release(shared_t *shared)
{
    if (shared != NULL && --shared->users == 0) {
        free((void *)shared->chains);
        free(shared);
    }
}

/* Eight bytes at a time: whole programmes go through it. */
static uint32_t hash_of(span_t bytes)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = bytes.len * odd, word = 0;
    size_t i = 0;
    for (; i + sizeof word <= bytes.len; i += sizeof word) {
        memcpy(&word, bytes.at + i, sizeof word);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 29;
    }
    if (i < bytes.len) {
        word = 0;
        memcpy(&word, bytes.at + i, bytes.len - i);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash >> 32);
}

static block_t **chain_of(const shared_t *shared, uint32_t hash)
{
    return &shared->chains[hash & (shared->chain_count - 1)];
}

/* Twice as many chains; without memory they only get longer. */
static void grow(shared_t *shared)
{
    shared_t larger = {.chain_count = shared->chain_count * 2};
    larger.chains = calloc(larger.chain_count, sizeof(block_t *));
    if (larger.chains == NULL) {
        return;
    }
    for (size_t i = 0; i < shared->chain_count; i++) {
        for (block_t *block = shared->chains[i], *next = NULL; block != NULL; block = next) {
            block_t **chain = chain_of(&larger, block->hash);
            next = block->chained;
            block->chained = *chain;
            *chain = block;
        }
    }
    free((void *)shared->chains);
    shared->chains = larger.chains;
    shared->chain_count = larger.chain_count;
}

void *shared_take(shared_t *shared, span_t bytes, bool *is_new)
{
    uint32_t hash = hash_of(bytes);
    if (is_new != NULL) {
        *is_new = false;
    }
    for (block_t *block = *chain_of(shared, hash); block != NULL; block = block->chained) {
        if (block->hash == hash && block->len == bytes.len &&
            memcmp(block->at, bytes.at, bytes.len) == 0) {
            block->holders++;
            return block->at;
        }
    }
    block_t *block =
        bytes.len < SIZE_MAX - sizeof *block - 1 ? malloc(sizeof *block + bytes.len + 1) : NULL;
    if (block == NULL) {
        return NULL;
    }
    if (shared->count >= shared->chain_count) {
        grow(shared);
    }
    block_t **chain = chain_of(shared, hash);
    *block = (block_t){.chained = *chain, .len = bytes.len, .hash = hash, .holders = 1};
    memcpy(block->at, bytes.at, bytes.len);
    block->at[bytes.len] = '\0';
    *chain = block;
    shared->count++;
    shared->bytes += sizeof *block + bytes.len + 1;
    if (is_new != NULL) {
        *is_new = true;
    }
    return block->at;
}

static const block_t *block_of(const void *at)
{
    return (const void *)((const char *)at - offsetof(block_t, at));
}

bool shared_is_last(const void *block)
{
    return block_of(block)->holders == 1;
}

void shared_give(shared_t *shared, void *at)
{
    block_t *block = (void *)((char *)at - offsetof(block_t, at));
    if (--block->holders > 0) {
        return;
    }
    block_t **place = chain_of(shared, block->hash);
    while (*place != block) {
        place = &(*place)->chained;
    }
    *place = block->chained;
    shared->count--;
    shared->bytes -= sizeof *block + block->len + 1;
    free(block);
}

size_t shared_bytes(const shared_t *shared)
{
    return shared->bytes + shared->chain_count * sizeof(block_t *);
}
