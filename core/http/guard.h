/* The guard: what llhttp lets through and a server behind a proxy must not. It reads the raw bytes
 * of a head, of a trailer and of nothing else, and says how the request is framed. */
#ifndef OKIENKO_HTTP_GUARD_H
#define OKIENKO_HTTP_GUARD_H

#include "http/http.h"

#define HTTP_TARGET_MAX 8192

/* How a guarded request is framed. */
typedef struct {
    uint64_t content_length; /* 0 without a body */
    http_method_t method;
    bool has_length;
    bool is_chunked;
    bool awaits_continue; /* Expect: 100-continue */
    bool is_1_0;
} http_framing_t;

/* `head` up to and with its empty line. 0, or the status to refuse it with and a short reason. */
unsigned http_guard_head(span_t head, size_t fields_max, http_framing_t *framing,
                         const char **reason);

/* Of a target in absolute form the length of its scheme and authority, and the authority; 0 when it
 * begins otherwise. */
size_t http_guard_authority(span_t target, span_t *authority);

/* The fields behind the last chunk, up to and with the empty line;
 * it may be the empty line alone. */
unsigned http_guard_trailer(span_t trailer, size_t fields_max, const char **reason);

typedef enum {
    HTTP_HEAD_COMPLETE,
    HTTP_HEAD_PARTIAL,
    HTTP_HEAD_BROKEN, /* a line that ends without CR: the guard will refuse it */
} http_head_end_t;

/* Looks for the end of a head. `*offset` is where to begin and, with HTTP_HEAD_PARTIAL, where to go
 * on when more has come; else the first byte behind the head. */
http_head_end_t http_guard_find_end(span_t bytes, size_t *offset);

#endif
