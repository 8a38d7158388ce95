/* Query, router, answers and their cache. */
#include "http/answer.h"
#include "http/cache.h"
#include "http/router.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void queries_come_apart(void **state)
{
    (void)state;
    span_t query = SPAN("a=1&&b&c==d&=e&f=%C5%82+x"), name, value;
    const char *const expected[][2] = {
        {"a", "1"}, {"b", ""}, {"c", "=d"}, {"", "e"}, {"f", "%C5%82+x"}};
    for (size_t i = 0; i < 5; i++) {
        assert_true(http_query_next(&query, &name, &value));
        assert_true(span_equal(name, span_of(expected[i][0])));
        assert_true(span_equal(value, span_of(expected[i][1])));
        assert_non_null(value.at);
    }
    assert_false(http_query_next(&query, &name, &value));
    query = SPAN("");
    assert_false(http_query_next(&query, &name, &value));
}

static void escapes_are_undone_or_refused(void **state)
{
    (void)state;
    buf_t buf = {0};
    assert_true(http_unescape(&buf, SPAN("%C5%82+%2b%20x")));
    assert_true(span_equal(buf_span(&buf), SPAN("ł + x")));
    const char *const wrong[] = {"%", "%2", "%zz", "a%0", "%00", "%ff", "%C5", "%ED%A0%80", "%c5x"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(http_unescape(&buf, span_of(wrong[i])));
        assert_true(span_equal(buf_span(&buf), SPAN("ł + x")));
    }
    buf_free(&buf);
}

static void nothing(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)exchange;
    (void)request;
    (void)context;
}

static void routes_are_found(void **state)
{
    (void)state;
    const http_route_t routes[] = {
        {HTTP_GET, "/", 0, nothing, NULL, 0},
        {HTTP_GET, "/v1/{programme}/services", HTTP_PUBLIC, nothing, NULL, 0},
        {HTTP_POST, "/v1/{programme}/services", 0, nothing, NULL, 0},
        {HTTP_GET, "/v1/{programme}/services/{service}", 0, nothing, NULL, 0},
        {HTTP_GET, "/v1/me/card", 0, nothing, NULL, 0},
        {HTTP_GET, "/static/style.css", 0, nothing, NULL, 0},
    };
    http_router_t *router = http_router_new(routes, sizeof routes / sizeof routes[0]);
    const struct {
        http_method_t method;
        const char *path;
        http_finding_t found;
        const char *pattern;
    } rows[] = {
        {HTTP_GET, "/", HTTP_FOUND, "/"},
        {HTTP_GET, "//", HTTP_NOWHERE, NULL},
        {HTTP_GET, "/v1/a-1/services", HTTP_FOUND, "/v1/{programme}/services"},
        {HTTP_HEAD, "/v1/a-1/services/", HTTP_FOUND, "/v1/{programme}/services"},
        {HTTP_GET, "/v1/me/services", HTTP_FOUND, "/v1/{programme}/services"},
        {HTTP_GET, "/v1/me/card", HTTP_FOUND, "/v1/me/card"},
        {HTTP_GET, "/v1/you/card", HTTP_NOWHERE, NULL},
        {HTTP_GET, "/v1/a/services/b", HTTP_FOUND, "/v1/{programme}/services/{service}"},
        {HTTP_DELETE, "/v1/a/services", HTTP_OTHER_METHOD, NULL},
        {HTTP_GET, "/v1/A/services", HTTP_NOWHERE, NULL},
        {HTTP_GET, "/v1/%61/services", HTTP_NOWHERE, NULL},
        {HTTP_GET, "/v1//services", HTTP_NOWHERE, NULL},
        {HTTP_GET, "/v1/a/services//", HTTP_NOWHERE, NULL},
        {HTTP_GET, "/v1/../services", HTTP_NOWHERE, NULL},
        {HTTP_GET, "/static/style.css", HTTP_FOUND, "/static/style.css"},
        {HTTP_GET, "/static/stylexcss", HTTP_NOWHERE, NULL},
        {HTTP_GET, "/v1", HTTP_NOWHERE, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        http_match_t match;
        assert_int_equal(http_router_find(router, rows[i].method, span_of(rows[i].path), &match),
                         rows[i].found);
        if (rows[i].pattern != NULL) {
            assert_string_equal(match.route->pattern, rows[i].pattern);
        }
    }
    http_match_t match;
    http_router_find(router, HTTP_PUT, SPAN("/v1/a/services"), &match);
    assert_int_equal(match.methods,
                     1u << HTTP_GET | 1u << HTTP_HEAD | 1u << HTTP_POST | 1u << HTTP_OPTIONS);
    assert_int_equal(match.public_methods, 1u << HTTP_GET | 1u << HTTP_HEAD);
    http_router_find(router, HTTP_GET, SPAN("/v1/a/services/b-2"), &match);
    assert_true(span_equal(match.parameters[0], SPAN("a")) &&
                span_equal(match.parameters[1], SPAN("b-2")));
    http_router_free(router);
}

static void an_answer_keeps_its_bytes_through_date_and_origin(void **state)
{
    (void)state;
    http_answer_t *answer = http_answer_new("text/plain", LANG_EN, SPAN("body"));
    http_date_t date;
    http_date_set(&date, INT64_C(784111777) * 1000);
    assert_string_equal(date.text, "Sun, 06 Nov 1994 08:49:37 GMT");
    for (int turn = 0; turn < 4; turn++) {
        http_answer_set_public(answer, turn % 2 == 1);
        http_view_t view = http_answer_view(answer, HTTP_FORM_PLAIN, &date);
        span_t start = turn % 2 == 1 ? SPAN("HTTP/1.1 200 OK\r\n" HTTP_ORIGIN_LINE
                                            "Content-Type: text/plain\r\n")
                                     : SPAN("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n");
        assert_true(span_starts(view.head, start));
        assert_memory_equal(view.head.at + view.head.len - 37,
                            "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 37);
        assert_memory_equal(view.head.at + view.head.len, "\r\nbody", 6);
        assert_ptr_equal(view.body.at, view.head.at + view.head.len + 2);
    }
    assert_int_equal(http_answer_choose(answer, SPAN("*"), SPAN_NONE), HTTP_FORM_PLAIN_SAME);
    assert_int_equal(http_answer_choose(answer, SPAN_NONE, SPAN("gzip")), HTTP_FORM_PLAIN);
    http_answer_release(answer);
}

static http_answer_t *answer_of(unsigned number)
{
    char body[32];
    int len = snprintf(body, sizeof body, "%u", number);
    return http_answer_new("text/plain", LANG_PL, (span_t){body, (size_t)len});
}

/* What tells 1 of "a" or "b" by turns, every third one also 2, and "/all" both of everything. */
static http_cached_t cached(span_t target, unsigned number, bool is_public)
{
    return (http_cached_t){.target = target,
                           .lang = LANG_PL,
                           .is_public = is_public,
                           .tells = number % 3 == 0 ? 3 : 1,
                           .of = number % 2 == 0 ? SPAN("a") : SPAN("b")};
}

static void the_cache_is_bounded_and_forgets_the_oldest(void **state)
{
    (void)state;
    const size_t room = 100000;
    http_cache_t *cache = http_cache_new(room, 7);
    char target[32];
    bool is_public = false;
    for (unsigned i = 0; i < 1000; i++) {
        int len = snprintf(target, sizeof target, "/a/%u", i);
        http_answer_t *answer = answer_of(i);
        http_cached_t what = cached((span_t){target, (size_t)len}, i, i % 2 == 1);
        http_cache_add(cache, &what, answer);
        http_answer_release(answer);
        assert_true(http_cache_bytes(cache) <= room);
        /* The first is asked for again and again, and stays. */
        assert_non_null(http_cache_find(cache, SPAN("/a/0"), LANG_PL, &is_public));
        assert_false(is_public);
        assert_non_null(http_cache_find(cache, (span_t){target, (size_t)len}, LANG_PL, &is_public));
        assert_int_equal(is_public, i % 2 == 1);
    }
    assert_null(http_cache_find(cache, SPAN("/a/1"), LANG_PL, &is_public));
    assert_null(http_cache_find(cache, SPAN("/a/0"), LANG_EN, &is_public));
    assert_null(http_cache_find(cache, SPAN("/a/00"), LANG_PL, &is_public));
    assert_true(http_cache_count(cache) > 20);
    http_cache_evict(cache, 1, SPAN("a"));
    assert_null(http_cache_find(cache, SPAN("/a/0"), LANG_PL, &is_public));
    assert_non_null(http_cache_find(cache, SPAN("/a/999"), LANG_PL, &is_public));
    /* Found again among more chains, and gone when there is room for less. */
    http_cache_limit(cache, 100 * room);
    assert_non_null(http_cache_find(cache, SPAN("/a/999"), LANG_PL, &is_public));
    http_cache_limit(cache, 500);
    assert_true(http_cache_bytes(cache) <= 500);
    http_cache_empty(cache);
    assert_int_equal(http_cache_bytes(cache), 0);
    assert_null(http_cache_find(cache, SPAN("/a/0"), LANG_PL, &is_public));
    http_cache_free(cache);
}

static void an_answer_too_large_is_not_kept(void **state)
{
    (void)state;
    http_cache_t *cache = http_cache_new(500, 7);
    http_answer_t *answer = answer_of(1);
    bool is_public;
    http_cached_t what = cached(SPAN("/"), 0, false);
    http_cache_add(cache, &what, answer);
    assert_null(http_cache_find(cache, SPAN("/"), LANG_PL, &is_public));
    http_answer_release(answer);
    http_cache_free(cache);
}

static void a_new_answer_takes_the_old_ones_place(void **state)
{
    (void)state;
    http_cache_t *cache = http_cache_new(100000, 7);
    http_answer_t *first = answer_of(1), *second = answer_of(2);
    bool is_public;
    http_cached_t what = cached(SPAN("/"), 0, false);
    http_cache_add(cache, &what, first);
    http_cache_add(cache, &what, second);
    assert_ptr_equal(http_cache_find(cache, SPAN("/"), LANG_PL, &is_public), second);
    assert_int_equal(http_cache_count(cache), 1);
    http_answer_release(first);
    http_answer_release(second);
    http_cache_free(cache);
}

static void what_is_told_otherwise_is_forgotten(void **state)
{
    (void)state;
    static const char *const targets[] = {"/0", "/1", "/2", "/3", "/all", "/never"};
    http_cache_t *cache = http_cache_new(100000, 7);
    bool is_public, left[6];
    for (unsigned i = 0; i < 6; i++) {
        http_answer_t *answer = answer_of(i);
        http_cached_t what = cached(span_of(targets[i]), i, false);
        what.of = i == 4 ? SPAN_NONE : what.of;
        what.tells = i == 4 ? 3 : i == 5 ? 0 : what.tells;
        http_cache_add(cache, &what, answer);
        http_answer_release(answer);
    }
    http_cache_evict(cache, 2, SPAN("a"));
    for (unsigned i = 0; i < 6; i++) {
        left[i] = http_cache_find(cache, span_of(targets[i]), LANG_PL, &is_public) != NULL;
    }
    const bool wanted[] = {false, true, true, true, false, true};
    assert_memory_equal(left, wanted, sizeof left);
    http_cache_evict(cache, 1, SPAN("b"));
    assert_null(http_cache_find(cache, SPAN("/1"), LANG_PL, &is_public));
    assert_non_null(http_cache_find(cache, SPAN("/2"), LANG_PL, &is_public));
    assert_non_null(http_cache_find(cache, SPAN("/never"), LANG_PL, &is_public));
    http_cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_come_apart),
        cmocka_unit_test(escapes_are_undone_or_refused),
        cmocka_unit_test(routes_are_found),
        cmocka_unit_test(an_answer_keeps_its_bytes_through_date_and_origin),
        cmocka_unit_test(what_is_told_otherwise_is_forgotten),
        cmocka_unit_test(the_cache_is_bounded_and_forgets_the_oldest),
        cmocka_unit_test(an_answer_too_large_is_not_kept),
        cmocka_unit_test(a_new_answer_takes_the_old_ones_place),
    };
    return cmocka_run_group_tests_name("http parts", tests, NULL, NULL);
}
