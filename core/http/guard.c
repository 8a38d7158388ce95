#include "http/guard.h"

/* What a byte may be part of: tchar of RFC 9110, 5.6.2; a target's bytes are those of a URI and
 * those that browsers leave unescaped in a query; a host's are RFC 3986's reg-name. */
enum { TOKEN = 1, TARGET = 2, HOST = 4, CONTROL = 8 };

/* Sixteen a line: sums of the above. */
/* clang-format off */
static const uint8_t classes[256] = {
    [0] = 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    [16] = 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    [32] = 0, 7, 0, 1, 7, 7, 7, 7, 6, 6, 7, 7, 6, 7, 7, 2,
    [48] = 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 6, 0, 6, 0, 2,
    [64] = 2, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    [80] = 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 0, 2, 3, 7,
    [96] = 3, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    [112] = 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 3, 2, 7, 8,
};
/* clang-format on */

static const span_t names[HTTP_METHOD_COUNT] = {
    [HTTP_GET] = {"GET", 3},         [HTTP_HEAD] = {"HEAD", 4},   [HTTP_POST] = {"POST", 4},
    [HTTP_PUT] = {"PUT", 3},         [HTTP_PATCH] = {"PATCH", 5}, [HTTP_DELETE] = {"DELETE", 6},
    [HTTP_OPTIONS] = {"OPTIONS", 7},
};

typedef struct {
    const char *at;
    const char *end;
    unsigned hosts;
    span_t authority; /* of a target in absolute form */
    span_t host;
    http_framing_t *framing;
    const char **reason;
} guard_t;

static unsigned refuse(guard_t *guard, unsigned status, const char *reason)
{
    *guard->reason = reason;
    return status;
}

static span_t run_of(guard_t *guard, uint8_t class)
{
    const char *start = guard->at, *at = start;
    while (guard->end - at >= 4 &&
           (classes[(uint8_t)at[0]] & classes[(uint8_t)at[1]] & classes[(uint8_t)at[2]] &
            classes[(uint8_t)at[3]] & class) != 0) {
        at += 4;
    }
    while (at < guard->end && (classes[(uint8_t)*at] & class) != 0) {
        at++;
    }
    guard->at = at;
    return (span_t){start, (size_t)(at - start)};
}

static bool skip(guard_t *guard, span_t literal)
{
    if (!span_starts((span_t){guard->at, (size_t)(guard->end - guard->at)}, literal)) {
        return false;
    }
    guard->at += literal.len;
    return true;
}

/* True when one of eight bytes is a control character (a tab is one here) or DEL. */
static bool has_control(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    uint64_t word;
    memcpy(&word, at, sizeof word);
    uint64_t deleted = word ^ (ones * 0x7f);
    return ((((word - ones * 0x20) & ~word) | ((deleted - ones) & ~deleted)) & highs) != 0;
}

/* Up to the first byte that no field value may hold, which in a good head is the line's CR. */
static span_t value_run(guard_t *guard)
{
    const char *start = guard->at, *at = start;
    for (;;) {
        while (guard->end - at >= 8 && !has_control(at)) {
            at += 8;
        }
        while (at < guard->end && (classes[(uint8_t)*at] & CONTROL) == 0) {
            at++;
        }
        if (at == guard->end || *at != '\t') {
            guard->at = at;
            return (span_t){start, (size_t)(at - start)};
        }
        at++; /* a tab; back to eight at a time */
    }
}

static unsigned check_method(guard_t *guard, span_t method)
{
    for (int known = 0; known < HTTP_METHOD_COUNT; known++) {
        if (span_equal(method, names[known])) {
            guard->framing->method = (http_method_t)known;
            return 0;
        }
    }
    return refuse(guard, 501, "method not known here");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static unsigned check_version(guard_t *guard)
{
    const char *at = guard->at;
    if (guard->end - at < 10 || memcmp(at, "HTTP/", 5) != 0 || !is_digit(at[5]) || at[6] != '.' ||
        !is_digit(at[7]) || at[8] != '\r' || at[9] != '\n') {
        return refuse(guard, 400, "request line without its version");
    }
    if (at[5] != '1' || at[7] > '1') {
        return refuse(guard, 505, "version other than HTTP/1.0 and HTTP/1.1");
    }
    guard->framing->is_1_0 = at[7] == '0';
    guard->at += 10;
    return 0;
}

static bool is_host(span_t value);

/* "http://example.org/path", as a proxy is sent it: RFC 9112, 3.2.2 has every server take it. */
static unsigned check_target(guard_t *guard, span_t target)
{
    if (target.at[0] == '/') {
        return 0;
    }
    size_t from = http_guard_authority(target, &guard->authority);
    if (from == 0 || !is_host(guard->authority)) {
        return refuse(guard, 400, "target neither in origin nor in absolute form");
    }
    return 0;
}

size_t http_guard_authority(span_t target, span_t *authority)
{
    static const span_t schemes[] = {{"http://", 7}, {"https://", 8}};
    *authority = SPAN_NONE;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t len = schemes[i].len;
        if (target.len > len && span_equal_nocase((span_t){target.at, len}, schemes[i])) {
            size_t end = len;
            while (end < target.len && target.at[end] != '/' && target.at[end] != '?') {
                end++;
            }
            *authority = (span_t){target.at + len, end - len};
            return end;
        }
    }
    return 0;
}

static unsigned check_request_line(guard_t *guard)
{
    span_t method = run_of(guard, TOKEN);
    if (method.len == 0 || !skip(guard, SPAN(" "))) {
        return refuse(guard, 400, "request line without a method");
    }
    span_t target = run_of(guard, TARGET);
    if (target.len > HTTP_TARGET_MAX) {
        return refuse(guard, 414, "target too long");
    }
    if (target.len == 0 || !skip(guard, SPAN(" "))) {
        return refuse(guard, 400, "target with bytes that no target has");
    }
    unsigned status = check_version(guard);
    if (status == 0) {
        status = check_method(guard, method);
    }
    return status != 0 ? status : check_target(guard, target);
}

static bool is_host(span_t value)
{
    size_t at = 0;
    if (value.len > 0 && value.at[0] == '[') {
        at = 1;
        while (at < value.len &&
               (is_digit(value.at[at]) || value.at[at] == ':' || value.at[at] == '.' ||
                ((value.at[at] | 0x20) >= 'a' && (value.at[at] | 0x20) <= 'f'))) {
            at++;
        }
        if (at < 3 || at == value.len || value.at[at++] != ']') {
            return false;
        }
    } else {
        while (at < value.len && (classes[(uint8_t)value.at[at]] & HOST) != 0) {
            at++;
        }
    }
    uint64_t port = 0;
    span_t rest = span_from(value, at);
    return at > 0 &&
           (rest.len == 0 || (rest.at[0] == ':' &&
                              (rest.len == 1 || span_number(span_from(rest, 1), 65535, &port))));
}

static unsigned check_length(guard_t *guard, span_t value)
{
    http_framing_t *framing = guard->framing;
    if (framing->has_length) {
        return refuse(guard, 400, "Content-Length twice");
    }
    framing->has_length = true;
    if (!span_number(value, INT64_MAX, &framing->content_length)) {
        return refuse(guard, 400, "Content-Length that is no number");
    }
    return 0;
}

static unsigned check_coding(guard_t *guard, span_t value)
{
    if (guard->framing->is_chunked || !span_equal_nocase(value, SPAN("chunked"))) {
        return refuse(guard, 400, "Transfer-Encoding other than one chunked");
    }
    if (guard->framing->is_1_0) {
        return refuse(guard, 400, "Transfer-Encoding in HTTP/1.0");
    }
    guard->framing->is_chunked = true;
    return 0;
}

/* The fields that frame a request or say whose it is. */
static unsigned check_framing_field(guard_t *guard, span_t name, span_t value)
{
    if (span_equal_nocase(name, SPAN("host"))) {
        if (++guard->hosts > 1 || !is_host(value)) {
            return refuse(guard, 400, "Host missing, twice or malformed");
        }
        guard->host = value;
    } else if (span_equal_nocase(name, SPAN("content-length"))) {
        return check_length(guard, value);
    } else if (span_equal_nocase(name, SPAN("transfer-encoding"))) {
        return check_coding(guard, value);
    } else if (span_equal_nocase(name, SPAN("expect"))) {
        if (!span_equal_nocase(value, SPAN("100-continue"))) {
            return refuse(guard, 417, "expectation other than 100-continue");
        }
        guard->framing->awaits_continue = true;
    }
    return 0;
}

static bool frames(span_t name)
{
    return name.len == 4 || name.len == 6 || name.len == 14 || name.len == 17;
}

/* One field line with its CRLF. */
static unsigned check_field(guard_t *guard, bool in_head)
{
    span_t name = run_of(guard, TOKEN);
    if (name.len == 0 || !skip(guard, SPAN(":"))) {
        return refuse(guard, 400, "line that is no field");
    }
    span_t value = value_run(guard);
    if (!skip(guard, SPAN("\r\n"))) {
        return refuse(guard, 400, "control byte in a field");
    }
    if (in_head && frames(name)) {
        return check_framing_field(guard, name, span_trim(value));
    }
    return 0;
}

static unsigned check_fields(guard_t *guard, size_t fields_max, bool in_head)
{
    for (size_t fields = 0; !skip(guard, SPAN("\r\n")); fields++) {
        if (fields == fields_max) {
            return refuse(guard, 431, "too many fields");
        }
        unsigned status = check_field(guard, in_head);
        if (status != 0) {
            return status;
        }
    }
    return guard->at == guard->end ? 0 : refuse(guard, 400, "bytes behind the empty line");
}

unsigned http_guard_head(span_t head, size_t fields_max, http_framing_t *framing,
                         const char **reason)
{
    *framing = (http_framing_t){0};
    *reason = "";
    guard_t guard = {
        .at = head.at, .end = head.at + head.len, .framing = framing, .reason = reason};
    unsigned status = check_request_line(&guard);
    if (status == 0) {
        status = check_fields(&guard, fields_max, true);
    }
    if (status != 0) {
        return status;
    }
    if (framing->is_chunked && framing->has_length) {
        return refuse(&guard, 400, "Transfer-Encoding with Content-Length");
    }
    if (guard.hosts == 0 && !framing->is_1_0) {
        return refuse(&guard, 400, "Host missing, twice or malformed");
    }
    if (guard.authority.len > 0 && guard.hosts > 0 &&
        !span_equal_nocase(guard.authority, guard.host)) {
        return refuse(&guard, 400, "Host other than the target's");
    }
    return 0;
}

unsigned http_guard_trailer(span_t trailer, size_t fields_max, const char **reason)
{
    *reason = "";
    guard_t guard = {.at = trailer.at, .end = trailer.at + trailer.len, .reason = reason};
    return check_fields(&guard, fields_max, false);
}

unsigned http_guard(span_t head, size_t fields_max, const char **reason)
{
    http_framing_t framing;
    return http_guard_head(head, fields_max, &framing, reason);
}

http_head_end_t http_guard_find_end(span_t bytes, size_t *offset)
{
    size_t from = *offset;
    while (from < bytes.len) {
        const char *found = memchr(bytes.at + from, '\n', bytes.len - from);
        if (found == NULL) {
            *offset = bytes.len;
            return HTTP_HEAD_PARTIAL;
        }
        size_t at = (size_t)(found - bytes.at);
        *offset = at + 1;
        if (at == 0 || bytes.at[at - 1] != '\r') {
            return HTTP_HEAD_BROKEN;
        }
        /* "\r\n" at the very start is a trailer's empty line; a head's start is never that. */
        if (at == 1 || (at >= 3 && bytes.at[at - 2] == '\n')) {
            return HTTP_HEAD_COMPLETE;
        }
        from = at + 1;
    }
    *offset = from;
    return HTTP_HEAD_PARTIAL;
}
