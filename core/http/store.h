/* The answers kept, by target as sent and language. Bounded by bytes; what was not asked for
 * longest goes first. */
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

void http_store_forget(http_store_t *store);
/* Those of a path and of the paths below it. */
void http_store_forget_path(http_store_t *store, span_t path);

size_t http_store_bytes(const http_store_t *store);
size_t http_store_count(const http_store_t *store);

#endif
