/* Prebuilt answers from within. An answer has up to four forms, plain and gzip, each whole and as
 * "not modified". A form is one run of bytes, head and body, that goes out as it stands: its Date
 * is rewritten in place at most once a second, and the line that lets other origins read it is put
 * in or taken out in front, where there is room for it. */
#ifndef OKIENKO_HTTP_ANSWER_H
#define OKIENKO_HTTP_ANSWER_H

#include "http/http.h"

#define HTTP_DATE_LEN 29
#define HTTP_ORIGIN_LINE "Access-Control-Allow-Origin: *\r\n"

/* "Sun, 06 Nov 1994 08:49:37 GMT" of now; `second` tells two dates apart cheaply. */
typedef struct {
    char text[HTTP_DATE_LEN + 1];
    int64_t second;
} http_date_t;

void http_date_set(http_date_t *date, int64_t wall);

typedef enum {
    HTTP_FORM_PLAIN,
    HTTP_FORM_GZIP,
    HTTP_FORM_PLAIN_SAME, /* 304 */
    HTTP_FORM_GZIP_SAME,
    HTTP_FORM_COUNT
} http_form_t;

/* A form's bytes: the head's lines, the empty line, the body. They lie behind one another. */
typedef struct {
    span_t head;
    span_t body;
} http_view_t;

void http_answer_retain(http_answer_t *answer);

/* All its memory. */
size_t http_answer_size(const http_answer_t *answer);

/* The form for a request's If-None-Match and Accept-Encoding (.at NULL when absent). */
http_form_t http_answer_choose(const http_answer_t *answer, span_t if_none_match,
                               span_t accept_encoding);

bool http_answer_is_public(const http_answer_t *answer);

/* No view may be in use. */
void http_answer_set_public(http_answer_t *answer, bool is_public);

http_view_t http_answer_view(http_answer_t *answer, http_form_t form, const http_date_t *date);

/* The lines every answer has, and those of text/html; for http_reply() as well. */
void http_add_security_fields(buf_t *buf, const char *content_type);

#endif
