/* Chunked bodies: taken in as they come, their trailer guarded before llhttp sees it. */
#include "http/server.h"

#include <errno.h>
#include <stdlib.h>

#define TRAILER_MAX 8192

unsigned http_intake_begin(http_exchange_t *exchange, span_t head, size_t body_max)
{
    http_intake_t *intake = calloc(1, sizeof *intake);
    char *copy = malloc(head.len);
    exchange->intake = intake;
    exchange->owned = copy;
    if (intake == NULL || copy == NULL) {
        return 503;
    }
    memcpy(copy, head.at, head.len);
    exchange->head = (span_t){copy, head.len};
    exchange->raw = exchange->head;
    errno = 0;
    intake->parser = http_parser_new(exchange->head, body_max, &exchange->parsed);
    if (intake->parser == NULL) {
        return errno == ENOMEM ? 503 : 400;
    }
    return 0;
}

void http_intake_free(http_intake_t *intake)
{
    if (intake != NULL) {
        http_parser_free(intake->parser);
        buf_free(&intake->body);
        buf_free(&intake->trailer);
        free(intake);
    }
}

static unsigned feed_trailer(http_intake_t *intake, span_t bytes, size_t fields_max, size_t *used,
                             const char **reason)
{
    size_t before = intake->trailer.len, fits = TRAILER_MAX - before;
    /* From the last byte on: it may be a CR whose LF has come now. */
    size_t end = before > 0 ? before - 1 : 0;
    buf_add(&intake->trailer, (span_t){bytes.at, bytes.len < fits ? bytes.len : fits});
    if (intake->trailer.failed) {
        *reason = NULL;
        return 503;
    }
    *used = intake->trailer.len - before;
    if (http_guard_find_end(buf_span(&intake->trailer), &end) == HTTP_HEAD_PARTIAL) {
        *reason = "trailer too long";
        return intake->trailer.len < TRAILER_MAX ? 0 : 431;
    }
    *used = end - before;
    span_t trailer = {intake->trailer.at, end};
    unsigned status = http_guard_trailer(trailer, fields_max, reason);
    if (status == 0 && !http_parser_trailer(intake->parser, trailer)) {
        *reason = "malformed trailer";
        status = 400;
    }
    intake->is_complete = status == 0;
    return status;
}

/* Chunks of a byte each, as a slow writer may send them, weigh six bytes; beyond that and some
 * kilobytes the framing is a load, not a body. */
static bool is_mostly_framing(const http_intake_t *intake)
{
    return intake->raw > 16384 + 8 * (uint64_t)intake->body.len;
}

unsigned http_intake_feed(http_exchange_t *exchange, span_t bytes, size_t fields_max, size_t *used,
                          const char **reason)
{
    http_intake_t *intake = exchange->intake;
    if (intake->in_trailer) {
        return feed_trailer(intake, bytes, fields_max, used, reason);
    }
    http_chunks_t chunks = http_parser_chunks(intake->parser, bytes, &intake->body, used);
    intake->raw += *used;
    if (intake->body.failed) {
        *reason = NULL;
        return 503;
    }
    if (chunks == HTTP_CHUNKS_MALFORMED) {
        *reason = "malformed chunk";
        return 400;
    }
    if (chunks == HTTP_CHUNKS_TOO_LARGE || is_mostly_framing(intake)) {
        *reason = "chunked body too large";
        return 413;
    }
    intake->in_trailer = chunks == HTTP_CHUNKS_END;
    exchange->request.body = buf_span(&intake->body);
    return 0;
}
