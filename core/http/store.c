#include "http/store.h"

#include "http/answer.h"

#include <assert.h>
#include <stdlib.h>

typedef struct entry {
    struct entry *chained;
    struct entry *newer;
    struct entry *older;
    http_answer_t *answer;
    uint64_t hash;
    uint64_t added; /* the store's count when it became the newest */
    size_t size;
    size_t target_len;
    lang_t lang;
    bool is_public;
    char target[];
} entry_t;

struct http_store {
    size_t bytes_max;
    size_t bytes;
    size_t count;
    uint64_t added; /* entries, ever */
    uint64_t seed;
    entry_t *newest;
    entry_t *oldest;
    size_t mask;
    entry_t **chains;
};

/* An entry takes about a kibibyte at the least, so that chains stay short. */
static size_t chains_for(size_t bytes_max)
{
    size_t chains = 64;
    while (chains < bytes_max / 1024 && chains < 65536) {
        chains *= 2;
    }
    return chains;
}

http_store_t *http_store_new(size_t bytes_max, uint64_t seed)
{
    size_t chains = chains_for(bytes_max);
    http_store_t *store = calloc(1, sizeof *store);
    if (store != NULL) {
        store->chains = calloc(chains, sizeof(entry_t *));
        store->bytes_max = bytes_max;
        store->seed = seed;
        store->mask = chains - 1;
    }
    if (store != NULL && store->chains == NULL) {
        free(store);
        return NULL;
    }
    return store;
}

void http_store_free(http_store_t *store)
{
    if (store != NULL) {
        http_store_evict(store, NULL, NULL);
        free(store->chains);
        free(store);
    }
}

/* Eight bytes at a time; the multiplication carries upwards, the shift back down. */
static uint64_t hash_of(const http_store_t *store, span_t target, lang_t lang)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = store->seed ^ (target.len * 4 + (uint64_t)lang) * odd;
    uint64_t word;
    while (target.len >= sizeof word) {
        memcpy(&word, target.at, sizeof word);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 29;
        target = (span_t){target.at + sizeof word, target.len - sizeof word};
    }
    word = 0;
    for (size_t i = 0; i < target.len; i++) {
        word = word << 8 | (uint8_t)target.at[i];
    }
    hash = (hash ^ word) * odd;
    return hash ^ hash >> 32;
}

static void unlink_age(http_store_t *store, entry_t *entry)
{
    *(entry->newer != NULL ? &entry->newer->older : &store->newest) = entry->older;
    *(entry->older != NULL ? &entry->older->newer : &store->oldest) = entry->newer;
}

static void link_newest(http_store_t *store, entry_t *entry)
{
    entry->newer = NULL;
    entry->older = store->newest;
    *(store->newest != NULL ? &store->newest->newer : &store->oldest) = entry;
    store->newest = entry;
    entry->added = store->added;
}

static entry_t *find(http_store_t *store, uint64_t hash, span_t target, lang_t lang)
{
    entry_t *entry = store->chains[hash & store->mask];
    while (entry != NULL && !(entry->hash == hash && entry->lang == lang &&
                              span_equal((span_t){entry->target, entry->target_len}, target))) {
        entry = entry->chained;
    }
    return entry;
}

http_answer_t *http_store_find(http_store_t *store, span_t target, lang_t lang, bool *is_public)
{
    entry_t *entry = find(store, hash_of(store, target, lang), target, lang);
    if (entry == NULL) {
        return NULL;
    }
    /* Its neighbours in age lie elsewhere in memory: they are left alone as long as it is among the
     * newer ones, and while nothing comes all are. */
    if (store->added - entry->added > store->count / 4) {
        unlink_age(store, entry);
        link_newest(store, entry);
    }
    *is_public = entry->is_public;
    return entry->answer;
}

static void drop(http_store_t *store, entry_t *entry)
{
    entry_t **place = &store->chains[entry->hash & store->mask];
    while (*place != entry) {
        place = &(*place)->chained;
    }
    *place = entry->chained;
    unlink_age(store, entry);
    store->bytes -= entry->size;
    store->count--;
    http_answer_release(entry->answer);
    free(entry);
}

void http_store_add(http_store_t *store, span_t target, lang_t lang, http_answer_t *answer,
                    bool is_public)
{
    uint64_t hash = hash_of(store, target, lang);
    entry_t *old = find(store, hash, target, lang);
    if (old != NULL) {
        drop(store, old);
    }
    size_t size = sizeof(entry_t) + target.len + http_answer_size(answer);
    entry_t *entry = size > store->bytes_max ? NULL : malloc(sizeof *entry + target.len);
    if (entry == NULL) {
        return;
    }
    while (store->bytes + size > store->bytes_max) {
        assert(store->oldest != NULL && store->oldest->older == NULL);
        drop(store, store->oldest);
    }
    *entry = (entry_t){.answer = answer,
                       .hash = hash,
                       .size = size,
                       .target_len = target.len,
                       .lang = lang,
                       .is_public = is_public};
    memcpy(entry->target, target.at, target.len);
    http_answer_retain(answer);
    entry->chained = store->chains[hash & store->mask];
    store->chains[hash & store->mask] = entry;
    store->added++;
    link_newest(store, entry);
    store->bytes += size;
    store->count++;
}

void http_store_evict(http_store_t *store, bool (*stale)(void *context, span_t target),
                      void *context)
{
    entry_t *older = NULL;
    for (entry_t *entry = store->newest; entry != NULL; entry = older) {
        older = entry->older;
        if (stale == NULL || stale(context, (span_t){entry->target, entry->target_len})) {
            drop(store, entry);
        }
    }
}

static void rehash(http_store_t *store, size_t chains)
{
    entry_t **anew = calloc(chains, sizeof(entry_t *));
    if (anew == NULL) {
        return;
    }
    free(store->chains);
    store->chains = anew;
    store->mask = chains - 1;
    for (entry_t *entry = store->newest; entry != NULL; entry = entry->older) {
        entry->chained = anew[entry->hash & store->mask];
        anew[entry->hash & store->mask] = entry;
    }
}

void http_store_limit(http_store_t *store, size_t bytes_max)
{
    if (chains_for(bytes_max) > store->mask + 1) {
        rehash(store, chains_for(bytes_max));
    }
    store->bytes_max = bytes_max;
    entry_t *newer = NULL;
    for (entry_t *entry = store->oldest; entry != NULL && store->bytes > bytes_max; entry = newer) {
        newer = entry->newer;
        drop(store, entry);
    }
}

size_t http_store_bytes(const http_store_t *store)
{
    return store->bytes;
}

size_t http_store_count(const http_store_t *store)
{
    return store->count;
}
