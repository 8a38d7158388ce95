/* llhttp, wrapped once: its names of methods are ours as well, and one who includes both has
 * neither. It is given guarded heads only, each in one piece, so that every span it tells of is
 * whole. */
#ifndef OKIENKO_HTTP_PARSER_H
#define OKIENKO_HTTP_PARSER_H

#include "base/buf.h"

/* What llhttp told of a request; .at NULL for a field that is absent, the first of several. */
typedef struct {
    span_t target;
    span_t body;
    span_t accept_language;
    span_t accept_encoding;
    span_t if_none_match;
    span_t content_type;
    bool keeps_alive;
} http_parsed_t;

/* A whole request that is not chunked; false when llhttp sees another one in it,
 * or more than one. */
bool http_parse(span_t request, http_parsed_t *parsed);

/* A chunked request, piece by piece. */
typedef struct http_parser http_parser_t;

/* `head` stays where it is; `parsed` is filled here, but for its body. NULL as above, and without
 * memory. */
http_parser_t *http_parser_new(span_t head, size_t body_max, http_parsed_t *parsed);
void http_parser_free(http_parser_t *parser);

typedef enum {
    HTTP_CHUNKS_GO_ON,
    HTTP_CHUNKS_END, /* the last chunk was there; the trailer comes */
    HTTP_CHUNKS_TOO_LARGE,
    HTTP_CHUNKS_MALFORMED,
} http_chunks_t;

/* Appends the content of chunks to `body`; `*used` bytes were chunks. */
http_chunks_t http_parser_chunks(http_parser_t *parser, span_t bytes, buf_t *body, size_t *used);

/* The guarded trailer with its empty line, after HTTP_CHUNKS_END. */
bool http_parser_trailer(http_parser_t *parser, span_t trailer);

#endif
