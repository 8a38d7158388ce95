/* Asking the server in process, as `okienko quote` does. */
#include "http/http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct {
    loop_t *loop;
    http_server_t *server;
    bool held;
} stage_t;

/* Would rather answer later; echoes the body when it may not. */
static void echo(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    stage_t *stage = context;
    stage->held = http_hold(exchange);
    http_reply(exchange, &(http_reply_t){201, "text/plain", NULL, request->body});
}

static int open_stage(void **state)
{
    static stage_t stage;
    const http_route_t routes[] = {{HTTP_POST, "/echo", 0, echo, &stage, 0}};
    stage = (stage_t){.loop = loop_new()};
    stage.server = http_server_new(stage.loop, &http_limits_default, routes, 1);
    *state = &stage;
    return stage.server == NULL;
}

static int close_stage(void **state)
{
    stage_t *stage = *state;
    http_server_stop(stage->server, 0, NULL, NULL);
    loop_run(stage->loop);
    http_server_free(stage->server);
    loop_free(stage->loop);
    return 0;
}

static void whoever_asks_waits_for_nothing(void **state)
{
    stage_t *stage = *state;
    buf_t answer = {0};
    http_request_t request = {.method = HTTP_POST, .target = SPAN("/echo"), .body = SPAN("body")};
    assert_int_equal(http_ask(stage->server, &request, &answer), 201);
    assert_false(stage->held);
    assert_true(span_equal(buf_span(&answer), SPAN("body")));
    buf_free(&answer);
}

static void where_nothing_is_the_answer_is_404(void **state)
{
    stage_t *stage = *state;
    buf_t answer = {0};
    http_request_t request = {.method = HTTP_GET, .target = SPAN("/echo")};
    assert_int_equal(http_ask(stage->server, &request, &answer), 404);
    assert_int_equal(answer.len, 0);
    buf_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_asks_waits_for_nothing),
        cmocka_unit_test(where_nothing_is_the_answer_is_404),
    };
    return cmocka_run_group_tests_name("http ask", tests, open_stage, close_stage);
}
