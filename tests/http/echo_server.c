/* A server to test http with: routes that echo, wait, and answer prebuilt. Arguments: addresses to
 * listen on, and limits as name=number. It prints where it listens, then "ready"; at the end
 * "stopped". */
#include "base/log.h"
#include "http/http.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define LARGE 1000000

typedef struct {
    loop_t *loop;
    http_server_t *server;
    loop_signal_t *term;
    http_answer_t *answer; /* the same on a public route and on another */
    char *large;
} app_t;

static void stored(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)context;
    buf_t body = {0};
    buf_print(&body, "{\"lang\":\"%s\",\"fill\":\"", lang_code(request->lang));
    while (body.len < 4094) {
        buf_byte(&body, (char)('a' + body.len * body.len % 23));
    }
    buf_literal(&body, "\"}");
    http_answer_t *answer = http_answer_new("application/json", request->lang, buf_span(&body));
    http_send(exchange, answer);
    http_answer_release(answer);
    buf_free(&body);
}

static void shared(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)request;
    http_send(exchange, ((app_t *)context)->answer);
}

static void hello(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)request;
    (void)context;
    http_reply(exchange, &(http_reply_t){200, "text/plain; charset=utf-8", NULL, SPAN("hello")});
}

static void echo(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)context;
    http_reply(exchange, &(http_reply_t){200, "application/octet-stream", NULL, request->body});
}

static void item(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)context;
    span_t header = http_header(exchange, "x-word");
    buf_t body = {0};
    buf_add(&body, request->parameters[0]);
    buf_byte(&body, '|');
    buf_add(&body, request->query);
    buf_byte(&body, '|');
    buf_add(&body, header);
    http_reply(exchange, &(http_reply_t){200, "text/plain", "ETag: \"x\"\r\n", buf_span(&body)});
    buf_free(&body);
}

static void large(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)request;
    span_t body = {((app_t *)context)->large, LARGE};
    http_reply(exchange, &(http_reply_t){200, "text/plain", NULL, body});
}

typedef struct {
    loop_timer_t *timer;
    http_exchange_t *exchange;
    const http_request_t *request;
} wait_t;

static void on_time(void *context)
{
    wait_t *wait = context;
    loop_timer_close(wait->timer);
    span_t body = wait->request->body.len > 0 ? wait->request->body : wait->request->parameters[0];
    http_reply(wait->exchange, &(http_reply_t){200, "text/plain", NULL, body});
    free(wait);
}

static void hold(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    wait_t *wait = calloc(1, sizeof *wait);
    uint64_t delay = 0;
    span_number(request->parameters[0], 10000, &delay);
    if (!http_hold(exchange)) {
        abort();
    }
    wait->exchange = exchange;
    wait->request = request;
    wait->timer = loop_timer_open(((app_t *)context)->loop, delay, 0, on_time, wait);
}

static void on_late(void *context)
{
    wait_t *wait = context;
    loop_timer_close(wait->timer);
    http_answer_t *answer = http_answer_new("text/plain", LANG_PL, wait->request->parameters[0]);
    http_send(wait->exchange, answer);
    http_answer_release(answer);
    free(wait);
}

static void late(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    wait_t *wait = calloc(1, sizeof *wait);
    if (!http_hold(exchange)) {
        abort();
    }
    wait->exchange = exchange;
    wait->request = request;
    wait->timer = loop_timer_open(((app_t *)context)->loop, 200, 0, on_late, wait);
}

static void hold_and_answer(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    if (!http_hold(exchange)) {
        abort();
    }
    hello(exchange, request, context);
}

static void forget(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)exchange;
    (void)request;
    (void)context;
}

static void clear(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    app_t *app = context;
    http_cache_clear(app->server);
    http_cache_warm(app->server, "/stored");
    hello(exchange, request, context);
}

static void metrics(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    (void)request;
    buf_t body = {0};
    http_metrics(((app_t *)context)->server, &body);
    http_reply(exchange, &(http_reply_t){200, "text/plain; version=0.0.4", NULL, buf_span(&body)});
    buf_free(&body);
}

static void on_stopped(void *context)
{
    app_t *app = context;
    puts("stopped");
    loop_signal_close(app->term);
}

static void on_term(void *context)
{
    app_t *app = context;
    http_server_stop(app->server, 3000, on_stopped, app);
}

static bool set_limit(http_limits_t *limits, const char *argument)
{
    const struct {
        const char *name;
        size_t *size;
        uint64_t *time;
    } names[] = {
        {"head_bytes", &limits->head_bytes, NULL},     {"body_bytes", &limits->body_bytes, NULL},
        {"unsent_bytes", &limits->unsent_bytes, NULL}, {"fields", &limits->fields, NULL},
        {"connections", &limits->connections, NULL},   {"head_ms", NULL, &limits->head_ms},
        {"body_ms", NULL, &limits->body_ms},           {"idle_ms", NULL, &limits->idle_ms}};
    const char *sign = strchr(argument, '=');
    for (size_t i = 0; sign != NULL && i < sizeof names / sizeof names[0]; i++) {
        if (span_equal(span_of(names[i].name), (span_t){argument, (size_t)(sign - argument)})) {
            uint64_t number = strtoull(sign + 1, NULL, 10);
            if (names[i].size != NULL) {
                *names[i].size = number;
            } else {
                *names[i].time = number;
            }
            return true;
        }
    }
    return false;
}

int main(int count, char **arguments)
{
    app_t app = {.loop = loop_new(), .large = malloc(LARGE)};
    memset(app.large, 'x', LARGE);
    app.answer = http_answer_new("text/html; charset=utf-8", LANG_PL, SPAN("<p>wspólne</p>"));
    const http_route_t routes[] = {
        {HTTP_GET, "/stored", HTTP_CACHED | HTTP_PUBLIC, stored, &app, 0},
        {HTTP_GET, "/shared", HTTP_PUBLIC, shared, &app, 0},
        {HTTP_GET, "/own", 0, shared, &app, 0},
        {HTTP_GET, "/hello", 0, hello, &app, 0},
        {HTTP_POST, "/echo", 0, echo, &app, 0},
        {HTTP_POST, "/open", HTTP_PUBLIC, echo, &app, 0},
        {HTTP_PUT, "/item/{id}", 0, item, &app, 0},
        {HTTP_GET, "/large", 0, large, &app, 0},
        {HTTP_GET, "/hold/{ms}", 0, hold, &app, 0},
        {HTTP_POST, "/hold/{ms}", 0, hold, &app, 0},
        {HTTP_GET, "/late/{word}", HTTP_CACHED, late, &app, 1},
        {HTTP_GET, "/hold-and-answer", 0, hold_and_answer, &app, 0},
        {HTTP_GET, "/forget", 0, forget, &app, 0},
        {HTTP_POST, "/clear", 0, clear, &app, 0},
        {HTTP_GET, "/metrics", 0, metrics, &app, 0},
    };
    http_limits_t limits = http_limits_default;
    for (int i = 1; i < count; i++) {
        set_limit(&limits, arguments[i]);
    }
    app.server = http_server_new(app.loop, &limits, routes, sizeof routes / sizeof routes[0]);
    for (int i = 1; i < count; i++) {
        char why[256];
        if (strchr(arguments[i], '=') == NULL &&
            !http_server_listen(app.server, arguments[i], false, LANG_EN, why)) {
            printf("failed: %s\n", why);
        }
    }
    app.term = loop_signal_open(app.loop, SIGTERM, on_term, &app);
    for (size_t i = 0; http_server_address(app.server, i) != NULL; i++) {
        printf("%s\n", http_server_address(app.server, i));
    }
    puts("ready");
    fflush(stdout);
    loop_run(app.loop);
    http_server_free(app.server);
    loop_free(app.loop);
    http_answer_release(app.answer);
    free(app.large);
    return 0;
}
