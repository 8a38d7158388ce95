#include "http/cache.h"

#include "http/answer.h"

#include <assert.h>
#include <stdlib.h>

typedef struct entry {
    struct entry *chained;
    struct entry *newer;
    struct entry *older;
    http_answer_t *answer;
    uint64_t hash;
    uint64_t added; /* the cache's count when it became the newest */
    size_t size;
    size_t target_len, of_len;
    unsigned tells;
    lang_t lang;
    bool is_public;
    char text[]; /* the target, then what it is of */
} entry_t;

struct http_cache {
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

http_cache_t *http_cache_new(size_t bytes_max, uint64_t seed)
{
    size_t chains = chains_for(bytes_max);
    http_cache_t *cache = calloc(1, sizeof *cache);
    if (cache != NULL) {
        cache->chains = calloc(chains, sizeof(entry_t *));
        cache->bytes_max = bytes_max;
        cache->seed = seed;
        cache->mask = chains - 1;
    }
    if (cache != NULL && cache->chains == NULL) {
        free(cache);
        return NULL;
    }
    return cache;
}

void http_cache_free(http_cache_t *cache)
{
    if (cache != NULL) {
        http_cache_empty(cache);
        free(cache->chains);
        free(cache);
    }
}

/* Eight bytes at a time; the multiplication carries upwards, the shift back down. */
static uint64_t hash_of(const http_cache_t *cache, span_t target, lang_t lang)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = cache->seed ^ (target.len * 4 + (uint64_t)lang) * odd;
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

static void unlink_age(http_cache_t *cache, entry_t *entry)
{
    *(entry->newer != NULL ? &entry->newer->older : &cache->newest) = entry->older;
    *(entry->older != NULL ? &entry->older->newer : &cache->oldest) = entry->newer;
}

static void link_newest(http_cache_t *cache, entry_t *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    *(cache->newest != NULL ? &cache->newest->newer : &cache->oldest) = entry;
    cache->newest = entry;
    entry->added = cache->added;
}

static entry_t *find(http_cache_t *cache, uint64_t hash, span_t target, lang_t lang)
{
    entry_t *entry = cache->chains[hash & cache->mask];
    while (entry != NULL && !(entry->hash == hash && entry->lang == lang &&
                              span_equal((span_t){entry->text, entry->target_len}, target))) {
        entry = entry->chained;
    }
    return entry;
}

http_answer_t *http_cache_find(http_cache_t *cache, span_t target, lang_t lang, bool *is_public)
{
    entry_t *entry = find(cache, hash_of(cache, target, lang), target, lang);
    if (entry == NULL) {
        return NULL;
    }
    /* Its neighbours in age lie elsewhere in memory: they are left alone as long as it is among the
     * newer ones, and while nothing comes all are. */
    if (cache->added - entry->added > cache->count / 4) {
        unlink_age(cache, entry);
        link_newest(cache, entry);
    }
    *is_public = entry->is_public;
    return entry->answer;
}

static void drop(http_cache_t *cache, entry_t *entry)
{
    entry_t **place = &cache->chains[entry->hash & cache->mask];
    while (*place != entry) {
        place = &(*place)->chained;
    }
    *place = entry->chained;
    unlink_age(cache, entry);
    cache->bytes -= entry->size;
    cache->count--;
    http_answer_release(entry->answer);
    free(entry);
}

void http_cache_add(http_cache_t *cache, const http_cached_t *what, http_answer_t *answer)
{
    span_t target = what->target;
    uint64_t hash = hash_of(cache, target, what->lang);
    entry_t *old = find(cache, hash, target, what->lang);
    if (old != NULL) {
        drop(cache, old);
    }
    size_t text = target.len + what->of.len;
    size_t size = sizeof(entry_t) + text + http_answer_size(answer);
    entry_t *entry = size > cache->bytes_max ? NULL : malloc(sizeof *entry + text);
    if (entry == NULL) {
        return;
    }
    while (cache->bytes + size > cache->bytes_max) {
        assert(cache->oldest != NULL && cache->oldest->older == NULL);
        drop(cache, cache->oldest);
    }
    *entry = (entry_t){.answer = answer,
                       .hash = hash,
                       .size = size,
                       .target_len = target.len,
                       .of_len = what->of.len,
                       .tells = what->tells,
                       .lang = what->lang,
                       .is_public = what->is_public};
    memcpy(entry->text, target.at, target.len);
    if (what->of.len > 0) {
        memcpy(entry->text + target.len, what->of.at, what->of.len);
    }
    http_answer_retain(answer);
    entry->chained = cache->chains[hash & cache->mask];
    cache->chains[hash & cache->mask] = entry;
    cache->added++;
    link_newest(cache, entry);
    cache->bytes += size;
    cache->count++;
}

void http_cache_evict(http_cache_t *cache, unsigned tells, span_t of)
{
    entry_t *older = NULL;
    for (entry_t *entry = cache->newest; entry != NULL; entry = older) {
        older = entry->older;
        span_t its = {entry->text + entry->target_len, entry->of_len};
        if ((entry->tells & tells) != 0 && (its.len == 0 || span_equal(its, of))) {
            drop(cache, entry);
        }
    }
}

void http_cache_empty(http_cache_t *cache)
{
    while (cache->newest != NULL) {
        drop(cache, cache->newest);
    }
}

static void rehash(http_cache_t *cache, size_t chains)
{
    entry_t **anew = calloc(chains, sizeof(entry_t *));
    if (anew == NULL) {
        return;
    }
    free(cache->chains);
    cache->chains = anew;
    cache->mask = chains - 1;
    for (entry_t *entry = cache->newest; entry != NULL; entry = entry->older) {
        entry->chained = anew[entry->hash & cache->mask];
        anew[entry->hash & cache->mask] = entry;
    }
}

void http_cache_limit(http_cache_t *cache, size_t bytes_max)
{
    if (chains_for(bytes_max) > cache->mask + 1) {
        rehash(cache, chains_for(bytes_max));
    }
    cache->bytes_max = bytes_max;
    entry_t *newer = NULL;
    for (entry_t *entry = cache->oldest; entry != NULL && cache->bytes > bytes_max; entry = newer) {
        newer = entry->newer;
        drop(cache, entry);
    }
}

size_t http_cache_bytes(const http_cache_t *cache)
{
    return cache->bytes;
}

size_t http_cache_count(const http_cache_t *cache)
{
    return cache->count;
}
