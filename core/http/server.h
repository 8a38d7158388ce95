/* What the files of this room share: the server, its connections, its exchanges. */
#ifndef OKIENKO_HTTP_SERVER_H
#define OKIENKO_HTTP_SERVER_H

#include "http/answer.h"
#include "http/cache.h"
#include "http/guard.h"
#include "http/metrics.h"
#include "http/parser.h"
#include "http/router.h"

#include <uv.h>

#define HTTP_READ_BYTES 65536
#define HTTP_LISTENERS_MAX 16

typedef struct http_connection http_connection_t;

/* What http_ask() hears in place of a client. */
typedef struct {
    unsigned status;
    buf_t *body;
} http_heard_t;

/* ---- exchange ------------------------------------------------------------------------------- */

/* A chunked body on its way: it is taken as it comes, since its end is not known before. */
typedef struct {
    http_parser_t *parser;
    buf_t body;
    buf_t trailer;
    uint64_t raw; /* bytes of the body as sent, framing and all */
    bool in_trailer;
    bool is_complete;
} http_intake_t;

struct http_exchange {
    http_server_t *server;         /* NULL when it has been freed */
    http_connection_t *connection; /* NULL when the client has gone, and for one without a client */
    http_heard_t *heard;           /* of http_ask(), else NULL */
    http_exchange_t *held_before;
    http_exchange_t *held_after;
    const http_route_t *route;
    http_request_t request;
    http_parsed_t parsed;
    span_t head; /* guarded, up to and with its empty line */
    span_t raw;  /* all that the spans above point into, but for a chunked body */
    char *owned; /* `raw` when it is a copy */
    http_intake_t *intake;
    uint64_t began; /* monotonic, ns */
    uint64_t epoch; /* of the cache */
    bool is_head;   /* HEAD, which the handler sees as GET */
    bool is_told;   /* the request could be read; else an error is answered to who knows what */
    bool is_1_0;
    bool keeps_alive;
    bool is_public;
    bool is_dispatching; /* its handler has not returned */
    bool is_home;        /* its target is the server's, not the client's */
    bool is_held;
    bool is_feed; /* its head is sent, the rest comes bit by bit */
    bool is_answered;
};

/* NULL without memory. */
http_exchange_t *http_exchange_take(http_server_t *server, http_connection_t *connection);
void http_exchange_give(http_exchange_t *exchange);

/* Reads a whole request, guarded; false when llhttp sees another request in it. */
bool http_exchange_read(http_exchange_t *exchange, span_t bytes, size_t head_len,
                        const http_framing_t *framing);

/* Makes the exchange one for a target alone. */
void http_exchange_aim(http_exchange_t *exchange, span_t target, lang_t lang);
/* As http_header(), of the last line of that name. */
span_t http_header_last(const http_exchange_t *exchange, const char *name);

/* The byte that the escape at the span's start stands for; -1 when it is none. */
int http_unescape_byte(span_t text);

/* Begins a chunked request with a copy of its head. 0, or the status to refuse with. */
unsigned http_intake_begin(http_exchange_t *exchange, span_t head, size_t body_max);

/* Takes what belongs to the request off `bytes`: `*used` of them. 0, or the status to refuse with.
 * When the last byte has come, intake->is_complete. */
unsigned http_intake_feed(http_exchange_t *exchange, span_t bytes, size_t fields_max, size_t *used,
                          const char **reason);
void http_intake_free(http_intake_t *intake);

/* Fills the request from what was parsed. */
void http_exchange_note(http_exchange_t *exchange, const http_framing_t *framing);

/* Answered from the cache, by http itself, or by the route's handler, who may hold it. */
void http_dispatch(http_exchange_t *exchange);

/* http_problem() with one English reason for whoever wrote the client; NULL: none. */
void http_problem_because(http_exchange_t *exchange, unsigned status, const char *fields,
                          const char *reason);

/* Sends a prebuilt answer without storing it. */
void http_reply_answer(http_exchange_t *exchange, http_answer_t *answer);

/* ---- connection ------------------------------------------------------------------------------ */

/* Each connection is in one queue;
 * since all in a queue wait equally long the first is due first. */
typedef enum {
    HTTP_WAITS_IDLE,
    HTTP_WAITS_HEAD,
    HTTP_WAITS_BODY,
    HTTP_WAITS_SENDING, /* until the client reads what it was sent */
    HTTP_WAITS_CLOSING, /* until the client closes as well */
    HTTP_WAITS_HANDLER, /* without a deadline */
    HTTP_WAITS_COUNT
} http_waits_t;

/* A stream of either kind, by whichever of its faces a call wants. */
typedef union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
} http_stream_t;

struct http_connection {
    http_stream_t uv;
    uv_shutdown_t shutdown;
    http_server_t *server;
    http_connection_t *before;
    http_connection_t *after;
    uint64_t since; /* loop time */
    http_waits_t waits;
    bool has_answered; /* since its queue was chosen */
    bool is_finishing; /* the last answer is given */
    bool is_lingering; /* and the sending side shut: what still comes is thrown away */
    bool is_shut;
    bool is_closing;
    bool is_paused; /* too much is unsent */
    bool is_reading;
    bool is_processing;
    bool is_at_end;  /* the client's side is shut */
    bool is_refused; /* past the cap */
    buf_t pending;   /* of a request that is not complete, and what came behind a held one */
    size_t scanned;  /* of `pending`, in search of the head's end */
    size_t needed;   /* bytes of `pending` that make the request complete; 0: not known */
    size_t unsent;   /* when it was last looked whether the client reads */
    http_exchange_t *arriving;
    http_exchange_t *held;
};

/* False without memory: libuv keeps the client, and tells of no other one, until it is accepted. */
bool http_connection_accept(http_server_t *server, uv_stream_t *listener);
void http_connection_close(http_connection_t *connection);

/* Its deadline has come. */
void http_connection_expire(http_connection_t *connection);

/* Goes on after a held exchange was answered or enough was sent. */
void http_connection_resume(http_connection_t *connection);

/* ---- batch ----------------------------------------------------------------------------------- */

#define HTTP_BATCH_SPANS 96
#define HTTP_BATCH_ROOM 65536
#define HTTP_BATCH_BYTES 393216
#define HTTP_BATCH_BYTES_SLOW 131072 /* to a client that leaves something unread */

/* The answers to what one read brought, gathered to go out with one writev(2). */
typedef struct {
    http_connection_t *connection;
    unsigned count;
    unsigned kept;
    size_t bytes;
    size_t room_used;
    uv_buf_t spans[HTTP_BATCH_SPANS];
    http_answer_t *answers[HTTP_BATCH_SPANS];
    char room[HTTP_BATCH_ROOM];
} http_batch_t;

/* Bytes that stand where they are until the next flush. */
void http_batch_add(http_connection_t *connection, span_t bytes);

/* The same, of an answer that must not go before the flush. */
void http_batch_add_answer(http_connection_t *connection, http_answer_t *answer, span_t bytes);

/* Copied. */
void http_batch_copy(http_connection_t *connection, span_t head, span_t body);
void http_batch_flush(http_server_t *server);

/* ---- server ---------------------------------------------------------------------------------- */

typedef struct {
    http_stream_t uv;
    http_server_t *server;
    bool has_waiting; /* a client that there was no memory for */
    char address[140];
} http_listener_t;

typedef struct {
    http_connection_t *first;
    http_connection_t *last;
    uint64_t timeout; /* ms; no matter for HTTP_WAITS_HANDLER, which has none */
} http_queue_t;

struct http_server {
    uv_loop_t *loop;
    http_limits_t limits;
    http_router_t *router;
    http_cache_t *cache;
    uint64_t epoch; /* how often something was forgotten */
    http_home_t home;
    void *home_context;
    http_handler_t lost; /* NULL: everybody is given a problem */
    void *lost_context;
    buf_t home_target; /* of the request being answered */
    http_listener_t *listeners[HTTP_LISTENERS_MAX];
    size_t listener_count;
    http_queue_t queues[HTTP_WAITS_COUNT];
    size_t connections; /* but for those past the cap */
    size_t refused;     /* these */
    size_t waiting;     /* listeners that have a client waiting */
    int spare;          /* a descriptor to give up when there are no more; -1: given up */
    uv_timer_t sweep;
    uv_prepare_t round; /* before the loop waits */
    size_t handles;     /* of the server, listeners and connections, not closed yet */
    uint64_t clock;     /* monotonic, ns; when the present read began */
    bool clock_is_fresh;
    http_date_t date;
    uint64_t date_due; /* loop time */
    http_exchange_t *idle_exchange;
    http_exchange_t *held; /* first of the list */
    http_metrics_t metrics;
    bool is_stopping;
    uint64_t stop_began; /* loop time */
    uint64_t stop_patience;
    void (*on_stopped)(void *context);
    void *stop_context;
    buf_t lines; /* in which the head of a reply is written */
    http_batch_t batch;
    char read[HTTP_READ_BYTES];
};

const http_date_t *http_server_date(http_server_t *server);

/* A read begins: takes the time, unless it is known. */
void http_server_tick(http_server_t *server);

/* The read's answers are out: measures them. */
void http_server_tock(http_server_t *server);

/* To be called in the close callback of each handle. */
void http_server_release_handle(http_server_t *server);

/* A connection came or went. */
void http_server_count_connection(http_server_t *server, bool is_refused, int change);
bool http_server_is_full(const http_server_t *server);

/* A listener's client waits for memory, or has been accepted: the sweep tries again. */
void http_server_count_waiting(http_server_t *server, int change);

#endif
