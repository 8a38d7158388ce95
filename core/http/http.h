/* HTTP/1.1 server on a loop: connections, framing, limits, deadlines, routing and prebuilt answers.
 * It knows nothing of JSON, services or plans. Everything runs on the loop's thread.
 *
 * Words: an exchange is one request and its answer. An answer is a response prebuilt once and sent
 * many times. The cache keeps the answers of routes marked HTTP_CACHED by target and
 * language. */
#ifndef OKIENKO_HTTP_HTTP_H
#define OKIENKO_HTTP_HTTP_H

#include "base/buf.h"
#include "base/lang.h"
#include "loop/loop.h"

#define HTTP_PARAMETERS_MAX 4

typedef enum {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_METHOD_COUNT
} http_method_t;

typedef struct http_server http_server_t;
typedef struct http_exchange http_exchange_t;
typedef struct http_answer http_answer_t;

/* What was asked. The spans live until the exchange is answered. */
typedef struct {
    http_method_t method;                   /* HEAD arrives at a GET route's handler as HTTP_GET */
    span_t target;                          /* "/v1/{programme}/search?q=okna", in origin form */
    span_t path;                            /* percent-encoded where it has to be */
    span_t query;                           /* what stands behind "?", as sent */
    span_t parameters[HTTP_PARAMETERS_MAX]; /* of the route's pattern, in order; of [a-z0-9-], see
                                               HTTP_SPELLED */
    span_t body;
    span_t content_type;
    lang_t lang; /* negotiated from Accept-Language */
} http_request_t;

typedef void (*http_handler_t)(http_exchange_t *exchange, const http_request_t *request,
                               void *context);

enum {
    /* GET: the answer depends on target and language alone until http_cache_clear(). */
    HTTP_CACHED = 1,
    /* Access-Control-Allow-Origin: *, also on its errors; OPTIONS answers preflights. */
    HTTP_PUBLIC = 2,
    /* Its parameters may have capitals and "%20" too, as people write codes. */
    HTTP_SPELLED = 4,
};

typedef struct {
    http_method_t method;
    const char *pattern; /* "/v1/{programme}/services"; a trailing slash of the target is ignored */
    unsigned flags;
    http_handler_t handler;
    void *context;
    /* Of a cached one: what its answers tell, bits of whoever routes, of what the first parameter
     * of its pattern names (without one: of everything). 0: what never changes. */
    unsigned tells;
} http_route_t;

typedef struct {
    size_t head_bytes;   /* 16 KiB; 431 past it */
    size_t fields;       /* 100; 431 */
    size_t body_bytes;   /* 1 MiB; 413 */
    size_t unsent_bytes; /* 256 KiB; reading stops until less is unsent */
    size_t connections;  /* 0: what the descriptor limit allows, less 64; 503 past it */
    uint64_t head_ms;    /* 10 s for the whole head; 408 */
    uint64_t body_ms;    /* 30 s for the whole body; 408 */
    uint64_t idle_ms;    /* 60 s between requests; closed without a word */
    size_t cache_bytes;  /* 2 MiB of answers kept */
} http_limits_t;

extern const http_limits_t http_limits_default;

/* The routes are copied; a later one never shadows an earlier one of the same shape (assertion).
 * NULL without memory. */
http_server_t *http_server_new(loop_t *loop, const http_limits_t *limits,
                               const http_route_t *routes, size_t count);

/* "127.0.0.1:8080", "[::1]:8080", "localhost:8080" (both families), "unix:/run/okienko.sock"; port
 * 0 takes a free one. An address beyond loopback is refused unless `beyond_loopback`. On failure
 * returns false with one sentence in `why`, Polish or English. Up to 16 listeners. A stale Unix
 * socket file nobody listens on is replaced; the file is removed at the end. */
bool http_server_listen(http_server_t *server, const char *address, bool beyond_loopback,
                        lang_t lang, char why[static 256]);

/* Where it listens, "http://127.0.0.1:8080" or "unix:/run/okienko.sock", for `index` from 0; NULL
 * past the last. */
const char *http_server_address(const http_server_t *server, size_t index);

/* No new connections; every request that has begun to arrive is answered (with Connection: close),
 * then on_stopped (may be NULL). What is not done after `patience` ms is closed. */
void http_server_stop(http_server_t *server, uint64_t patience, void (*on_stopped)(void *context),
                      void *context);

/* After on_stopped. */
void http_server_free(http_server_t *server);

/* ---- answering ---------------------------------------------------------------------------------
 * A handler answers its exchange exactly once: with http_send() or http_reply(), at once or later
 * (after http_hold()). */

typedef struct {
    unsigned status;
    const char *content_type; /* with charset where it is text; NULL without a body */
    const char *fields;       /* further header lines, each with its CRLF, or NULL */
    span_t body;
} http_reply_t;

/* Writes the answer; the body is copied.
 * Without a Cache-Control among `fields` it is "no-store". */
void http_reply(http_exchange_t *exchange, const http_reply_t *reply);

/* One reference to a new answer of status 200 with ETag (of its content), Content-Language, `Vary:
 * Accept-Language, Accept-Encoding`, `Cache-Control: no-cache` and, when it pays, a gzip form
 * beside it. Body and type are copied. NULL without memory. */
http_answer_t *http_answer_new(const char *content_type, lang_t lang, span_t body);
void http_answer_release(http_answer_t *answer);

/* Sends a prebuilt answer: 304 when If-None-Match fits, gzip when it is accepted, no body for HEAD.
 * Takes its own reference; the caller still releases the caller's. Stores it if the route is. */
void http_send(http_exchange_t *exchange, http_answer_t *answer);

/* The answer comes later: the exchange stays valid until then, also when the client has gone (the
 * answer is then dropped) and after http_server_free(). No further request of the connection is
 * begun meanwhile. The request's spans point to a copy from here on: take them after this call.
 * False without memory: answer at once. */
bool http_hold(http_exchange_t *exchange);

/* An answer without an end (server-sent events), of an exchange that is held: its head is sent now,
 * the rest as it comes, and the connection is closed behind it. False when it could not begin: it
 * is still to be answered. */
bool http_feed_begin(http_exchange_t *exchange, const char *content_type);
/* Copied and sent. False when the client has gone, or reads so slowly that more than
 * `unsent_bytes` wait for it (it is dropped): http_feed_end() is to be called. */
bool http_feed_send(http_exchange_t *exchange, span_t bytes);
/* Whether the client is still there. */
bool http_feed_is_open(const http_exchange_t *exchange);
/* The last word; the exchange is gone after it. */
void http_feed_end(http_exchange_t *exchange);

/* A request header by its name, any case; .at NULL when absent. Several of one name: the first. */
span_t http_header(const http_exchange_t *exchange, const char *name);

/* Who asks: the address of the client, and where that is a proxy on this machine the last one that
 * it names in X-Forwarded-For. Without a connection, and for a socket without one, "-". To be
 * called before the exchange is held. Zero-terminated, cut when it is absurdly long. */
#define HTTP_PEER 64
void http_peer(const http_exchange_t *exchange, char peer[static HTTP_PEER]);

/* Forgets all answers kept: the day changed. */
void http_cache_clear(http_server_t *server);

/* Forgets the answers that tell any of these (see http_route_t), of something or of everything: it
 * changed. */
void http_cache_forget(http_server_t *server, unsigned tells, span_t of);

/* How much the answers kept may take from now on, instead of the limit's. */
void http_cache_resize(http_server_t *server, size_t bytes_max);

/* Builds and keeps the answer of a GET of `target` in each language, as if it had been asked. */
void http_cache_warm(http_server_t *server, const char *target);

/* Asks as a client would, without a connection: of `request` the method, target, language, content
 * type and body count. Appends the body of the answer and returns its status; 503 without memory,
 * and when the handler holds the exchange. */
unsigned http_ask(http_server_t *server, const http_request_t *request, buf_t *body);

/* Appends the server's counters in Prometheus' text form. */
void http_metrics(const http_server_t *server, buf_t *buf);

/* ---- parts for tests and handlers ------------------------------------------------------------ */

/* The guard before llhttp: looks at the bytes of a request head up to and with its empty line.
 * Returns 0, or the status to refuse it with and a short English reason. */
unsigned http_guard(span_t head, size_t fields_max, const char **reason);

/* What the pages of a language ("/pl", "/pl/…") show may go by the host that was asked: `home`
 * appends the path that is meant to `target`, or nothing when it is the one that was sent. `host`
 * comes as sent, without its port; it is empty when the request names none. Routes reached so
 * cannot hold their exchange. */
typedef void (*http_home_t)(void *context, span_t host, span_t path, buf_t *target);
void http_server_home(http_server_t *server, http_home_t home, void *context);

/* Answers a browser (by Accept) where there is no route, instead of a problem. */
void http_server_lost(http_server_t *server, http_handler_t lost, void *context);

/* Whether a page is preferred to JSON. */
bool http_wants_page(const http_exchange_t *exchange);

/* Undoes percent-encoding (and "+" as a space) in a query's name or value; false when it is
 * malformed or the result is no UTF-8 or has a zero byte. */
bool http_unescape(buf_t *buf, span_t text);

/* Cuts the next name and value, still escaped, off a query. */
bool http_query_next(span_t *query, span_t *name, span_t *value);

/* A problem+json (RFC 9457) of http's own: type, title, status,
 * detail in the request's language. */
void http_problem(http_exchange_t *exchange, unsigned status, const char *fields);

#endif
