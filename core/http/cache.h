/* The answers kept, by target as sent and language. Bounded by bytes; what was not asked for
 * longest goes first, to within a quarter of them. */
#ifndef OKIENKO_HTTP_CACHE_H
#define OKIENKO_HTTP_CACHE_H

#include "http/http.h"

typedef struct http_cache http_cache_t;

/* `seed` keeps strangers from choosing targets that fall together. NULL without memory. */
http_cache_t *http_cache_new(size_t bytes_max, uint64_t seed);
void http_cache_free(http_cache_t *cache);

/* The answer, still the cache's, or NULL; whether other origins may read it in `*is_public`. */
http_answer_t *http_cache_find(http_cache_t *cache, span_t target, lang_t lang, bool *is_public);

/* What an answer is kept by, and when it is no longer true: what its route tells, and of what. */
typedef struct {
    span_t target;
    lang_t lang;
    bool is_public;
    unsigned tells;
    span_t of; /* empty: of everything */
} http_cached_t;

/* Takes a reference of its own. Too large an answer and one without memory are passed over. */
void http_cache_add(http_cache_t *cache, const http_cached_t *what, http_answer_t *answer);

/* Those that tell any of these, of something or of everything. */
void http_cache_evict(http_cache_t *cache, unsigned tells, span_t of);
void http_cache_empty(http_cache_t *cache);

/* Another bound; what was not asked for longest goes. */
void http_cache_limit(http_cache_t *cache, size_t bytes_max);

size_t http_cache_bytes(const http_cache_t *cache);
size_t http_cache_count(const http_cache_t *cache);

#endif
