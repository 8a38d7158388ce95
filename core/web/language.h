/* The language of whoever asks for a page, and the way to it. */
#ifndef OKIENKO_WEB_LANGUAGE_H
#define OKIENKO_WEB_LANGUAGE_H

#include "http/http.h"

/* What "?lang=" chooses now (then `*chosen` is true, where it is not NULL), what was chosen before,
 * or what the browser prefers. */
lang_t web_language(const http_exchange_t *exchange, const http_request_t *request, bool *chosen);

/* Leads to the first page in that language, or to a programme's. A choice is remembered. */
void web_redirect(http_exchange_t *exchange, const http_request_t *request, span_t programme);

#endif
