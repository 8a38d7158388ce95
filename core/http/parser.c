#include "http/parser.h"

#include <llhttp.h>
#include <stdlib.h>

typedef struct {
    http_parsed_t *parsed;
    span_t *field; /* where the next value goes; NULL: nowhere */
    buf_t *body;   /* of chunks; NULL when the body is one piece */
    size_t body_max;
    bool is_too_large;
    bool is_last_chunk;
    bool head_is_done; /* fields from here on are the trailer's */
} told_t;

struct http_parser {
    llhttp_t llhttp;
    told_t told;
};

static int on_url(llhttp_t *llhttp, const char *at, size_t len)
{
    told_t *told = llhttp->data;
    told->parsed->target = (span_t){at, len};
    return 0;
}

static span_t *place_for(http_parsed_t *parsed, span_t name)
{
    switch (name.len) {
    case 12:
        return span_equal_nocase(name, SPAN("content-type")) ? &parsed->content_type : NULL;
    case 13:
        return span_equal_nocase(name, SPAN("if-none-match")) ? &parsed->if_none_match : NULL;
    case 15:
        /* They differ first in their eighth letter. */
        if ((name.at[7] | 0x20) == 'l') {
            return span_equal_nocase(name, SPAN("accept-language")) ? &parsed->accept_language
                                                                    : NULL;
        }
        return span_equal_nocase(name, SPAN("accept-encoding")) ? &parsed->accept_encoding : NULL;
    default:
        return NULL;
    }
}

static int on_field(llhttp_t *llhttp, const char *at, size_t len)
{
    told_t *told = llhttp->data;
    told->field = told->head_is_done ? NULL : place_for(told->parsed, (span_t){at, len});
    return 0;
}

static int on_value(llhttp_t *llhttp, const char *at, size_t len)
{
    told_t *told = llhttp->data;
    if (told->field != NULL && told->field->at == NULL) {
        *told->field = span_trim((span_t){at, len});
    }
    return 0;
}

static int on_head(llhttp_t *llhttp)
{
    told_t *told = llhttp->data;
    told->head_is_done = true;
    told->parsed->keeps_alive = llhttp_should_keep_alive(llhttp) != 0;
    /* Nothing is upgraded to: the connection goes on as HTTP. */
    llhttp->upgrade = 0;
    return 0;
}

static int on_body(llhttp_t *llhttp, const char *at, size_t len)
{
    told_t *told = llhttp->data;
    if (told->body == NULL) {
        told->parsed->body = (span_t){at, len};
        return 0;
    }
    buf_add(told->body, (span_t){at, len});
    told->is_too_large = told->body->failed;
    return told->is_too_large ? HPE_USER : 0;
}

/* Refuses a chunk from its size, and stops before the trailer, which the guard sees first. */
static int on_chunk(llhttp_t *llhttp)
{
    told_t *told = llhttp->data;
    if (llhttp->content_length == 0) {
        told->is_last_chunk = true;
        return HPE_PAUSED;
    }
    told->is_too_large =
        told->body == NULL || llhttp->content_length > told->body_max - told->body->len;
    return told->is_too_large ? HPE_USER : 0;
}

static int on_complete(llhttp_t *llhttp)
{
    (void)llhttp;
    return HPE_PAUSED;
}

/* Not const because llhttp takes it so. */
static llhttp_settings_t settings = {
    .on_url = on_url,
    .on_header_field = on_field,
    .on_header_value = on_value,
    .on_headers_complete = on_head,
    .on_body = on_body,
    .on_chunk_header = on_chunk,
    .on_message_complete = on_complete,
};

/* Paused at the end of a message, and just there. */
static bool ends_with(llhttp_t *llhttp, span_t bytes)
{
    return llhttp_execute(llhttp, bytes.at, bytes.len) == HPE_PAUSED &&
           llhttp_get_error_pos(llhttp) == bytes.at + bytes.len;
}

bool http_parse(span_t request, http_parsed_t *parsed)
{
    llhttp_t llhttp;
    told_t told = {.parsed = parsed};
    llhttp_init(&llhttp, HTTP_REQUEST, &settings);
    llhttp.data = &told;
    *parsed = (http_parsed_t){0};
    return ends_with(&llhttp, request) && told.head_is_done && !told.is_last_chunk &&
           parsed->target.len > 0;
}

http_parser_t *http_parser_new(span_t head, size_t body_max, http_parsed_t *parsed)
{
    http_parser_t *parser = calloc(1, sizeof *parser);
    if (parser == NULL) {
        return NULL;
    }
    *parsed = (http_parsed_t){0};
    parser->told = (told_t){.parsed = parsed, .body_max = body_max};
    llhttp_init(&parser->llhttp, HTTP_REQUEST, &settings);
    parser->llhttp.data = &parser->told;
    if (llhttp_execute(&parser->llhttp, head.at, head.len) != HPE_OK ||
        !parser->told.head_is_done || parsed->target.len == 0) {
        free(parser);
        return NULL;
    }
    return parser;
}

void http_parser_free(http_parser_t *parser)
{
    free(parser);
}

http_chunks_t http_parser_chunks(http_parser_t *parser, span_t bytes, buf_t *body, size_t *used)
{
    parser->told.body = body;
    llhttp_errno_t error = llhttp_execute(&parser->llhttp, bytes.at, bytes.len);
    if (error == HPE_OK) {
        *used = bytes.len;
        return HTTP_CHUNKS_GO_ON;
    }
    *used = (size_t)(llhttp_get_error_pos(&parser->llhttp) - bytes.at);
    if (error == HPE_PAUSED && parser->told.is_last_chunk) {
        return HTTP_CHUNKS_END;
    }
    return parser->told.is_too_large ? HTTP_CHUNKS_TOO_LARGE : HTTP_CHUNKS_MALFORMED;
}

bool http_parser_trailer(http_parser_t *parser, span_t trailer)
{
    llhttp_resume(&parser->llhttp);
    return ends_with(&parser->llhttp, trailer);
}
