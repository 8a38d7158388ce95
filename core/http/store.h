/* The answers kept, by target as sent and language. Bounded by bytes; what was not asked for
 * longest goes first, to within a quarter of them. */
#ifndef OKIENKO_HTTP_STORE_H
#define OKIENKO_HTTP_STORE_H

#include "http/http.h"

typedef struct http_store http_store_t;

/* `seed` keeps strangers from choosing targets that fall together. NULL without memory. */
http_store_t *http_store_new(size_t bytes_max, uint64_t seed);
void http_store_free(http_store_t *store);

/* The answer, still the store's, or NULL; whether other origins may read it in `*is_public`. */
http_answer_t *http_store_find(http_store_t *store, span_t target, lang_t lang, bool *is_public);

/* Takes a reference of its own. Too large an answer and one without memory are passed over. */
void http_store_add(http_store_t *store, span_t target, lang_t lang, http_answer_t *answer,
                    bool is_public);

/* Those of which `stale` says so; all of them when it is NULL. */
void http_store_evict(http_store_t *store, bool (*stale)(void *context, span_t target),
                      void *context);

/* Another bound; what was not asked for longest goes. */
void http_store_limit(http_store_t *store, size_t bytes_max);

size_t http_store_bytes(const http_store_t *store);
size_t http_store_count(const http_store_t *store);

#endif
