/* The guard: hostile heads with the status each must be refused with, and good ones. */
#include "http/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define H "Host: a\r\n"
#define GET "GET / HTTP/1.1\r\n"
#define G(fields) GET H fields "\r\n"

typedef struct {
    unsigned status;
    span_t head;
} row_t;

#define ROW(status, head)                                                                          \
    {                                                                                              \
        status,                                                                                    \
        {                                                                                          \
            head, sizeof(head) - 1                                                                 \
        }                                                                                          \
    }

static const row_t hostile[] = {
    ROW(400, ""),
    ROW(400, "\r\n"),
    ROW(400, "\r\n\r\n"),
    ROW(400, "GET\r\n\r\n"),
    ROW(400, "GET /\r\n\r\n"),
    ROW(400, "GET / \r\n\r\n"),
    ROW(400, " GET / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET  / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /  HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.1 \r\n" H "\r\n"),
    ROW(400, "GET\t/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\tHTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET / http/1.1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.1x\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/11\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.10\r\n" H "\r\n"),
    ROW(400, "GET / HTP/1.1\r\n" H "\r\n"),
    ROW(505, "GET / HTTP/2.0\r\n" H "\r\n"),
    ROW(505, "GET / HTTP/1.2\r\n" H "\r\n"),
    ROW(505, "GET / HTTP/0.9\r\n" H "\r\n"),
    ROW(505, "PRI * HTTP/2.0\r\n\r\n"),
    ROW(501, "get / HTTP/1.1\r\n" H "\r\n"),
    ROW(501, "BREW / HTTP/1.1\r\n" H "\r\n"),
    ROW(501, "TRACE / HTTP/1.1\r\n" H "\r\n"),
    ROW(501, "CONNECT a:443 HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "G@T / HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "\x16\x03\x01\x02\r\n\r\n"),
    ROW(400, "GET http://b/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http://a:81/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http://u@a/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http:/// HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http:// HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET ftp://a/ HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET http://a/ HTTP/1.1\r\n\r\n"),
    ROW(400, "GET * HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET a HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /a#b HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\x80 HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\x7f HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /\0 HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /a\"b HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /a<b HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET /a\\b HTTP/1.1\r\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.1\n" H "\r\n"),
    ROW(400, "GET / HTTP/1.1\r" H "\r\n"),
    ROW(400, "GET / HTTP/1.1\r\r\n" H "\r\n"),
    ROW(400, GET "Host: a\n\r\n"),
    ROW(400, GET "Host: a\r\n\n"),
    ROW(400, GET "Host: a\r\r\n\r\n"),
    ROW(400, GET H "X: a\rY: b\r\n\r\n"),
    ROW(400, GET H "X: a\nY: b\r\n\r\n"),
    ROW(400, G("X: a\r\n b\r\n")),
    ROW(400, G("X: a\r\n\tb\r\n")),
    ROW(400, GET " X: a\r\n" H "\r\n"),
    ROW(400, G("X: \0\r\n")),
    ROW(400, G("X: 1234567\x01\r\n")),
    ROW(400, G("X: 12345678901234567890\x1f\r\n")),
    ROW(400, G("X: a\x7f\r\n")),
    ROW(400, G("X: \t\x0b\r\n")),
    ROW(400, G("X : a\r\n")),
    ROW(400, G("X\t: a\r\n")),
    ROW(400, G(": a\r\n")),
    ROW(400, G("X\r\n")),
    ROW(400, G("X(y): a\r\n")),
    ROW(400, G("\xc5\x81: a\r\n")),
    ROW(400, GET "\r\n"),
    ROW(400, GET "X: y\r\n\r\n"),
    ROW(400, GET "Host:\r\n\r\n"),
    ROW(400, GET "Host: a b\r\n\r\n"),
    ROW(400, GET "Host: a/b\r\n\r\n"),
    ROW(400, GET "Host: a@b\r\n\r\n"),
    ROW(400, GET "Host: a,b\x80\r\n\r\n"),
    ROW(400, GET "Host: a:b\r\n\r\n"),
    ROW(400, GET "Host: a:80:80\r\n\r\n"),
    ROW(400, GET "Host: a:65536\r\n\r\n"),
    ROW(400, GET "Host: :80\r\n\r\n"),
    ROW(400, GET "Host: [::1\r\n\r\n"),
    ROW(400, GET "Host: [::g]\r\n\r\n"),
    ROW(400, GET "Host: [::1]x\r\n\r\n"),
    ROW(400, GET "Host: []\r\n\r\n"),
    ROW(400, G("Host: a\r\n")),
    ROW(400, G("hOST: b\r\n")),
    ROW(400, "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"),
    ROW(400, G("Content-Length: \r\n")),
    ROW(400, G("Content-Length: -1\r\n")),
    ROW(400, G("Content-Length: +1\r\n")),
    ROW(400, G("Content-Length: 1 1\r\n")),
    ROW(400, G("Content-Length: 1, 1\r\n")),
    ROW(400, G("Content-Length: 0x1\r\n")),
    ROW(400, G("Content-Length: 1\r\nContent-Length: 1\r\n")),
    ROW(400, G("Content-Length: 9223372036854775808\r\n")),
    ROW(400, G("Content-Length: 99999999999999999999999\r\n")),
    ROW(400, G("Transfer-Encoding: \r\n")),
    ROW(400, G("Transfer-Encoding: identity\r\n")),
    ROW(400, G("Transfer-Encoding: gzip, chunked\r\n")),
    ROW(400, G("Transfer-Encoding: chunked, chunked\r\n")),
    ROW(400, G("Transfer-Encoding: chunked;q=1\r\n")),
    ROW(400, G("Transfer-Encoding: \"chunked\"\r\n")),
    ROW(400, G("Transfer-Encoding: xchunked\r\n")),
    ROW(400, G("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
    ROW(400, G("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n")),
    ROW(400, G("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")),
    ROW(400, "GET / HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n"),
    ROW(417, G("Expect: 200-ok\r\n")),
    ROW(417, G("Expect:\r\n")),
    ROW(431, G("A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n")),
    ROW(400, GET H "\r\nGET"),
    ROW(400, GET "Host: a\r\n"),
    ROW(400, GET "Host: a"),
};

static const row_t good[] = {
    ROW(0, G("")),
    ROW(0, "GET / HTTP/1.0\r\n\r\n"),
    ROW(0, "GET / HTTP/1.0\r\n" H "\r\n"),
    ROW(0, "OPTIONS /v1/a/b?c=%C5%82&d=[x]|{y} HTTP/1.1\r\n" H "\r\n"),
    ROW(0, GET "host:a.b-c_d:8080\r\n\r\n"),
    ROW(0, GET "HOST: \t [::ffff:127.0.0.1]:80 \t\r\n\r\n"),
    ROW(0, GET "Host: a:\r\n\r\n"),
    ROW(0, G("X:\r\nY: \t \r\n")),
    ROW(0, G("X: \xc5\x82\xff za\xc5\xbc\tb, 1234567890123456789\r\n")),
    ROW(0, G("Content-Length: 0\r\n")),
    ROW(0, G("Content-Length:  12 \r\n")),
    ROW(0, G("Transfer-Encoding: Chunked\r\n")),
    ROW(0, G("expect: 100-Continue\r\nContent-Length: 3\r\n")),
    ROW(0, G("!#$%&'*+-.^_`|~09azAZ: tchar\r\n")),
};

static void check(const row_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* On the heap and exact, so that a sanitizer sees a byte read too much. */
        char *copy = malloc(rows[i].head.len + 1);
        memcpy(copy, rows[i].head.at, rows[i].head.len);
        char *exact = realloc(copy, rows[i].head.len > 0 ? rows[i].head.len : 1);
        const char *reason = NULL;
        unsigned status = http_guard((span_t){exact, rows[i].head.len}, 4, &reason);
        if (status != rows[i].status) {
            print_error("row %zu: %u (%s), not %u: %s\n", i, status, reason, rows[i].status,
                        rows[i].head.at);
        }
        assert_int_equal(status, rows[i].status);
        free(exact);
    }
}

static void hostile_heads_are_refused(void **state)
{
    (void)state;
    check(hostile, sizeof hostile / sizeof hostile[0]);
    printf("%zu hostile heads refused\n", sizeof hostile / sizeof hostile[0]);
}

static void good_heads_pass(void **state)
{
    (void)state;
    check(good, sizeof good / sizeof good[0]);
}

static void a_long_target_is_414(void **state)
{
    (void)state;
    static char head[HTTP_TARGET_MAX + 64];
    for (size_t len = HTTP_TARGET_MAX; len <= HTTP_TARGET_MAX + 1; len++) {
        memcpy(head, "GET /", 5);
        memset(head + 5, 'a', len - 1);
        memcpy(head + 4 + len, " HTTP/1.1\r\nHost: a\r\n\r\n", 22);
        const char *reason;
        assert_int_equal(http_guard((span_t){head, len + 26}, 4, &reason),
                         len > HTTP_TARGET_MAX ? 414 : 0);
    }
}

static void every_control_byte_is_refused_at_every_place(void **state)
{
    (void)state;
    const char *reason;
    for (size_t place = 0; place < 20; place++) {
        for (int byte = 0; byte < 256; byte++) {
            char head[] = GET H "X: aaaaaaaaaaaaaaaaaaaa\r\n\r\n";
            head[sizeof(GET H "X: ") - 1 + place] = (char)byte;
            bool fine = (byte >= 32 || byte == '\t') && byte != 127;
            assert_int_equal(http_guard((span_t){head, sizeof head - 1}, 4, &reason),
                             fine ? 0 : 400);
        }
    }
}

static void framing_is_told(void **state)
{
    (void)state;
    http_framing_t framing;
    const char *reason;
    span_t head =
        SPAN("POST / HTTP/1.1\r\n" H "Expect: 100-continue\r\nContent-Length: 42\r\n\r\n");
    assert_int_equal(http_guard_head(head, 4, &framing, &reason), 0);
    assert_int_equal(framing.content_length, 42);
    assert_int_equal(framing.method, HTTP_POST);
    assert_true(framing.awaits_continue && !framing.is_chunked && !framing.is_1_0);
    assert_int_equal(http_guard_head(SPAN("PUT / HTTP/1.0\r\n\r\n"), 4, &framing, &reason), 0);
    assert_true(framing.is_1_0 && framing.method == HTTP_PUT && framing.content_length == 0);
}

static void the_end_is_found_from_wherever(void **state)
{
    (void)state;
    span_t bytes = SPAN(GET H "\r\nrest");
    size_t end = sizeof(GET H "\r\n") - 1;
    for (size_t cut = 0; cut < end; cut++) {
        size_t offset = 0;
        assert_int_equal(http_guard_find_end((span_t){bytes.at, cut}, &offset), HTTP_HEAD_PARTIAL);
        assert_int_equal(http_guard_find_end(bytes, &offset), HTTP_HEAD_COMPLETE);
        assert_int_equal(offset, end);
    }
    size_t offset = 0;
    assert_int_equal(http_guard_find_end(SPAN("GET /\n"), &offset), HTTP_HEAD_BROKEN);
}

static void trailers_are_guarded(void **state)
{
    (void)state;
    const char *reason;
    assert_int_equal(http_guard_trailer(SPAN("\r\n"), 2, &reason), 0);
    assert_int_equal(http_guard_trailer(SPAN("Content-Length: x\r\n\r\n"), 2, &reason), 0);
    assert_int_equal(http_guard_trailer(SPAN("X: a\r\n b\r\n\r\n"), 2, &reason), 400);
    assert_int_equal(http_guard_trailer(SPAN("A: a\r\nB: b\r\nC: c\r\n\r\n"), 2, &reason), 431);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_heads_are_refused),
        cmocka_unit_test(good_heads_pass),
        cmocka_unit_test(a_long_target_is_414),
        cmocka_unit_test(every_control_byte_is_refused_at_every_place),
        cmocka_unit_test(framing_is_told),
        cmocka_unit_test(the_end_is_found_from_wherever),
        cmocka_unit_test(trailers_are_guarded),
    };
    return cmocka_run_group_tests_name("http guard", tests, NULL, NULL);
}
