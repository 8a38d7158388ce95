/* The guard against llhttp and against a plain reading of the same bytes: what the guard lets
 * through llhttp must end just where the guard's framing says, and the fields that frame must be
 * the ones a naive reader finds. What llhttp refuses all the same is refused cleanly. */
#include "http/guard.h"
#include "http/parser.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* How often a field stands in the head; its value in `*value`. */
static unsigned count_field(span_t head, span_t name, span_t *value)
{
    unsigned count = 0;
    span_t line;
    span_cut(&head, '\n', &line);
    while (span_cut(&head, '\n', &line)) {
        span_t before;
        if (span_cut(&line, ':', &before) && line.at != NULL && span_equal_nocase(before, name)) {
            count++;
            *value = span_trim((span_t){line.at, line.len > 0 ? line.len - 1 : 0});
        }
    }
    return count;
}

static void check_head(span_t head, const http_framing_t *framing)
{
    span_t value = SPAN_NONE;
    for (size_t i = 0; i < head.len; i++) {
        uint8_t byte = (uint8_t)head.at[i];
        demand(byte >= 32 || byte == '\t' || byte == '\r' || byte == '\n');
        demand(byte != '\r' || (i + 1 < head.len && head.at[i + 1] == '\n'));
        demand(byte != '\n' || (i > 0 && head.at[i - 1] == '\r'));
        demand(byte != '\n' || i + 1 == head.len ||
               (head.at[i + 1] != ' ' && head.at[i + 1] != '\t'));
    }
    unsigned hosts = count_field(head, SPAN("host"), &value);
    demand(hosts == 1 || (hosts == 0 && framing->is_1_0));
    unsigned codings = count_field(head, SPAN("transfer-encoding"), &value);
    demand(codings == framing->is_chunked &&
           (codings == 0 || span_equal_nocase(value, SPAN("chunked"))));
    demand(!(framing->is_chunked && framing->is_1_0));
    uint64_t length = 0;
    unsigned lengths = count_field(head, SPAN("content-length"), &value);
    demand(lengths == framing->has_length && !(lengths == 1 && framing->is_chunked));
    demand(lengths == 0 ||
           (span_number(value, INT64_MAX, &length) && length == framing->content_length));
}

static void check_chunked(span_t head, span_t rest)
{
    http_parsed_t parsed;
    buf_t body = {0};
    http_parser_t *parser = http_parser_new(head, 4096, &parsed);
    if (parser != NULL) {
        size_t used = 0;
        http_chunks_t chunks = http_parser_chunks(parser, rest, &body, &used);
        demand(used <= rest.len && body.len <= 4096);
        span_t trailer = span_from(rest, used);
        size_t end = 0;
        const char *reason;
        if (chunks == HTTP_CHUNKS_END && http_guard_find_end(trailer, &end) == HTTP_HEAD_COMPLETE) {
            trailer.len = end;
            if (http_guard_trailer(trailer, 100, &reason) == 0) {
                http_parser_trailer(parser, trailer);
            }
        }
        http_parser_free(parser);
    }
    buf_free(&body);
}

static void check_counted(span_t bytes, size_t head_len, const http_framing_t *framing)
{
    http_parsed_t parsed;
    span_t request = {bytes.at, head_len + (size_t)framing->content_length};
    if (framing->content_length > bytes.len - head_len || !http_parse(request, &parsed)) {
        return;
    }
    demand(parsed.body.len == framing->content_length);
    demand(parsed.target.len > 0 && parsed.target.at[0] == '/' &&
           parsed.target.len <= HTTP_TARGET_MAX);
    span_t value = SPAN_NONE;
    if (count_field((span_t){bytes.at, head_len}, SPAN("accept-language"), &value) == 1) {
        demand(span_equal(parsed.accept_language, value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    span_t bytes = {(const char *)data, size};
    size_t end = 0;
    if (http_guard_find_end(bytes, &end) == HTTP_HEAD_PARTIAL) {
        return 0;
    }
    http_framing_t framing;
    const char *reason = NULL;
    span_t head = {bytes.at, end};
    unsigned status = http_guard_head(head, 100, &framing, &reason);
    demand(reason != NULL && (status == 0 || (status >= 400 && status < 600)));
    if (status == 0) {
        check_head(head, &framing);
        if (framing.is_chunked) {
            check_chunked(head, span_from(bytes, end));
        } else {
            check_counted(bytes, end, &framing);
        }
    }
    return 0;
}
