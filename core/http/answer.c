#include "http/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#define ORIGIN_LEN (sizeof HTTP_ORIGIN_LINE - 1)
#define GZIP_LEAST 256 /* bytes; a packet goes out anyway */

typedef struct {
    char *bytes; /* room for the origin line, status line, fields, Date, empty line, body */
    size_t status_len;
    size_t head_len; /* without the room and without the empty line */
    size_t body_len;
    int64_t second; /* that the Date is of */
} form_t;

struct http_answer {
    size_t references;
    bool is_public;
    char etags[2][24]; /* plain, gzip */
    form_t forms[HTTP_FORM_COUNT];
};

void http_date_set(http_date_t *date, int64_t wall)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t second = (time_t)(wall / 1000);
    struct tm now;
    gmtime_r(&second, &now);
    /* Not strftime(), whose names follow the locale. The modulos tell the compiler the widths. */
    char text[64];
    snprintf(text, sizeof text, "%s, %02u %s %04u %02u:%02u:%02u GMT", days[now.tm_wday],
             (unsigned)now.tm_mday % 100, months[now.tm_mon],
             (unsigned)(now.tm_year + 1900) % 10000, (unsigned)now.tm_hour % 100,
             (unsigned)now.tm_min % 100, (unsigned)now.tm_sec % 100);
    memcpy(date->text, text, HTTP_DATE_LEN);
    date->text[HTTP_DATE_LEN] = '\0';
    date->second = second;
}

void http_add_security_fields(buf_t *buf, const char *content_type)
{
    buf_literal(buf, "X-Content-Type-Options: nosniff\r\n");
    if (content_type != NULL && strncmp(content_type, "text/html", 9) == 0) {
        /* Only a page leads elsewhere and loads what it needs. */
        buf_literal(buf, "Referrer-Policy: no-referrer\r\n"
                         "Content-Security-Policy: default-src 'none'; style-src 'self'; "
                         "img-src 'self' data:; script-src 'self'; base-uri 'none'; "
                         "form-action 'self'; frame-ancestors 'none'\r\n");
    }
}

/* The packer, ready for another body; NULL without memory. Made once: its 260 KB, taken and given
 * back for each answer, cost more than the packing. */
static z_stream *packer(void)
{
    static _Thread_local z_stream stream;
    static _Thread_local bool is_made;
    if (is_made) {
        return deflateReset(&stream) == Z_OK ? &stream : NULL;
    }
    is_made = deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    return is_made ? &stream : NULL;
}

/* The body packed; .at NULL when that does not pay or there is no memory. The caller frees. */
static span_t pack(span_t body)
{
    z_stream *stream = body.len < GZIP_LEAST || body.len > UINT32_MAX ? NULL : packer();
    if (stream == NULL) {
        return SPAN_NONE;
    }
    /* Room for less than it was: what does not fit does not pay. */
    size_t room = body.len - body.len / 8;
    unsigned char *packed = malloc(room);
    int result = Z_MEM_ERROR;
    if (packed != NULL) {
        stream->next_in = (unsigned char *)body.at;
        stream->avail_in = (unsigned)body.len;
        stream->next_out = packed;
        stream->avail_out = (unsigned)room;
        result = deflate(stream, Z_FINISH);
    }
    size_t len = stream->total_out;
    if (result != Z_STREAM_END) {
        free(packed);
        return SPAN_NONE;
    }
    return (span_t){(char *)packed, len};
}

typedef struct {
    const char *content_type;
    lang_t lang;
    const char *etag;
    bool is_packed;
    bool is_same;
} head_t;

static void add_head(buf_t *buf, const head_t *head, size_t body_len)
{
    if (!head->is_same) {
        buf_print(buf, "Content-Type: %s\r\nContent-Length: %zu\r\nContent-Language: %s\r\n",
                  head->content_type, body_len, lang_code(head->lang));
        if (head->is_packed) {
            buf_literal(buf, "Content-Encoding: gzip\r\n");
        }
    }
    buf_print(buf, "ETag: %s\r\n", head->etag);
    buf_literal(buf, "Vary: Accept-Language, Accept-Encoding\r\nCache-Control: no-cache\r\n");
    http_add_security_fields(buf, head->content_type);
    /* Last, so that its place is known from the head's end. */
    buf_print(buf, "Date: %*s\r\n", HTTP_DATE_LEN, "");
}

static bool build_form(form_t *form, const head_t *head, span_t body)
{
    span_t status =
        head->is_same ? SPAN("HTTP/1.1 304 Not Modified\r\n") : SPAN("HTTP/1.1 200 OK\r\n");
    buf_t lines = {0};
    buf_add(&lines, status);
    add_head(&lines, head, body.len);
    form->bytes = lines.failed ? NULL : malloc(ORIGIN_LEN + lines.len + 2 + body.len);
    if (form->bytes != NULL) {
        char *at = form->bytes + ORIGIN_LEN;
        memcpy(at, lines.at, lines.len);
        memcpy(at + lines.len, "\r\n", 2);
        if (body.len > 0) {
            memcpy(at + lines.len + 2, body.at, body.len);
        }
    }
    form->status_len = status.len;
    form->head_len = lines.len;
    form->body_len = body.len;
    form->second = INT64_MIN;
    buf_free(&lines);
    return form->bytes != NULL;
}

static bool build_forms(http_answer_t *answer, const char *content_type, lang_t lang, span_t body)
{
    head_t head = {.content_type = content_type, .lang = lang, .etag = answer->etags[0]};
    bool built = build_form(&answer->forms[HTTP_FORM_PLAIN], &head, body);
    head.is_same = true;
    built = built && build_form(&answer->forms[HTTP_FORM_PLAIN_SAME], &head, SPAN_NONE);
    span_t packed = built ? pack(body) : SPAN_NONE;
    if (packed.at != NULL) {
        head = (head_t){content_type, lang, answer->etags[1], .is_packed = true};
        built = build_form(&answer->forms[HTTP_FORM_GZIP], &head, packed);
        head.is_same = true;
        built = built && build_form(&answer->forms[HTTP_FORM_GZIP_SAME], &head, SPAN_NONE);
        free((char *)packed.at);
    }
    return built;
}

http_answer_t *http_answer_new(const char *content_type, lang_t lang, span_t body)
{
    http_answer_t *answer = calloc(1, sizeof *answer);
    if (answer == NULL) {
        return NULL;
    }
    answer->references = 1;
    unsigned long long hash = span_hash(body);
    snprintf(answer->etags[0], sizeof answer->etags[0], "\"%016llx\"", hash);
    snprintf(answer->etags[1], sizeof answer->etags[1], "\"%016llx-gz\"", hash);
    if (!build_forms(answer, content_type, lang, body)) {
        http_answer_release(answer);
        return NULL;
    }
    return answer;
}

void http_answer_retain(http_answer_t *answer)
{
    answer->references++;
}

void http_answer_release(http_answer_t *answer)
{
    if (answer == NULL || --answer->references > 0) {
        return;
    }
    for (size_t i = 0; i < HTTP_FORM_COUNT; i++) {
        free(answer->forms[i].bytes);
    }
    free(answer);
}

size_t http_answer_size(const http_answer_t *answer)
{
    size_t size = sizeof *answer;
    for (size_t i = 0; i < HTTP_FORM_COUNT; i++) {
        const form_t *form = &answer->forms[i];
        size += form->bytes == NULL ? 0 : ORIGIN_LEN + form->head_len + 2 + form->body_len;
    }
    return size;
}

/* "0", "0.0", …: a weight that says "not this one". */
static bool is_unwanted(span_t parameters)
{
    span_t parameter;
    while (span_cut(&parameters, ';', &parameter)) {
        parameter = span_trim(parameter);
        if (parameter.len > 2 && (parameter.at[0] | 0x20) == 'q' && parameter.at[1] == '=') {
            size_t zeros = 2;
            while (zeros < parameter.len &&
                   (parameter.at[zeros] == '0' || parameter.at[zeros] == '.')) {
                zeros++;
            }
            return zeros == parameter.len;
        }
    }
    return false;
}

static bool accepts_gzip(span_t accept_encoding)
{
    bool any = false;
    span_t part, coding;
    while (span_cut(&accept_encoding, ',', &part)) {
        span_cut(&part, ';', &coding);
        coding = span_trim(coding);
        if (span_equal_nocase(coding, SPAN("gzip")) || span_equal_nocase(coding, SPAN("x-gzip"))) {
            return !is_unwanted(part);
        }
        if (span_equal(coding, SPAN("*"))) {
            any = !is_unwanted(part);
        }
    }
    return any;
}

static bool is_same(const http_answer_t *answer, span_t if_none_match)
{
    span_t tag;
    while (span_cut(&if_none_match, ',', &tag)) {
        tag = span_trim(tag);
        if (span_starts(tag, SPAN("W/"))) {
            tag = span_from(tag, 2);
        }
        if (span_equal(tag, span_of(answer->etags[0])) ||
            span_equal(tag, span_of(answer->etags[1])) || span_equal(tag, SPAN("*"))) {
            return true;
        }
    }
    return false;
}

http_form_t http_answer_choose(const http_answer_t *answer, span_t if_none_match,
                               span_t accept_encoding)
{
    bool packed = answer->forms[HTTP_FORM_GZIP].bytes != NULL && accept_encoding.at != NULL &&
                  accepts_gzip(accept_encoding);
    if (if_none_match.at != NULL && is_same(answer, if_none_match)) {
        return packed ? HTTP_FORM_GZIP_SAME : HTTP_FORM_PLAIN_SAME;
    }
    return packed ? HTTP_FORM_GZIP : HTTP_FORM_PLAIN;
}

bool http_answer_is_public(const http_answer_t *answer)
{
    return answer->is_public;
}

void http_answer_set_public(http_answer_t *answer, bool is_public)
{
    for (size_t i = 0; i < HTTP_FORM_COUNT && answer->is_public != is_public; i++) {
        form_t *form = &answer->forms[i];
        if (form->bytes != NULL && is_public) {
            memmove(form->bytes, form->bytes + ORIGIN_LEN, form->status_len);
            memcpy(form->bytes + form->status_len, HTTP_ORIGIN_LINE, ORIGIN_LEN);
        } else if (form->bytes != NULL) {
            memmove(form->bytes + ORIGIN_LEN, form->bytes, form->status_len);
        }
    }
    answer->is_public = is_public;
}

http_view_t http_answer_view(http_answer_t *answer, http_form_t which, const http_date_t *date)
{
    form_t *form = &answer->forms[which];
    char *end = form->bytes + ORIGIN_LEN + form->head_len;
    if (form->second != date->second) {
        memcpy(end - 2 - HTTP_DATE_LEN, date->text, HTTP_DATE_LEN);
        form->second = date->second;
    }
    size_t room = answer->is_public ? 0 : ORIGIN_LEN;
    return (http_view_t){.head = {form->bytes + room, ORIGIN_LEN - room + form->head_len},
                         .body = {end + 2, form->body_len}};
}
