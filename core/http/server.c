#include "http/server.h"

#include "base/clock.h"
#include "http/listen.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define DESCRIPTORS_KEPT 64 /* for the record, the plugins, the log and refusals */
#define CLOSING_MS 2000
#define LAST_CALL_MS 250 /* how long an idle connection may still ask when the server stops */
#define SWEEP_MS 250

const http_limits_t http_limits_default = {
    .head_bytes = 16384,
    .fields = 100,
    .body_bytes = 1048576,
    .unsent_bytes = 262144,
    .connections = 0,
    .head_ms = 10000,
    .body_ms = 30000,
    .idle_ms = 60000,
    .cache_bytes = 2097152,
};

/* What accept(2) cannot refuse silently:
 * libuv closes clients without a word when descriptors end. */
static size_t connection_cap(size_t wanted)
{
    struct rlimit limit;
    size_t cap = 1024;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        cap = limit.rlim_cur > DESCRIPTORS_KEPT + 8 ? (size_t)limit.rlim_cur - DESCRIPTORS_KEPT : 8;
    }
    return wanted != 0 && wanted < cap ? wanted : cap;
}

static void set_timeouts(http_server_t *server)
{
    const http_limits_t *limits = &server->limits;
    server->queues[HTTP_WAITS_IDLE].timeout = limits->idle_ms;
    server->queues[HTTP_WAITS_HEAD].timeout = limits->head_ms;
    server->queues[HTTP_WAITS_BODY].timeout = limits->body_ms;
    server->queues[HTTP_WAITS_SENDING].timeout = limits->idle_ms;
    server->queues[HTTP_WAITS_CLOSING].timeout = CLOSING_MS;
}

http_server_t *http_server_new(loop_t *loop, const http_limits_t *limits,
                               const http_route_t *routes, size_t count)
{
    http_server_t *server = calloc(1, sizeof *server);
    if (server == NULL) {
        return NULL;
    }
    uint64_t seed = 0;
    uv_random(NULL, NULL, &seed, sizeof seed, 0, NULL);
    server->loop = loop_uv(loop);
    server->limits = *limits;
    server->limits.connections = connection_cap(limits->connections);
    server->router = http_router_new(routes, count);
    server->cache = http_cache_new(limits->cache_bytes, seed);
    if (server->router == NULL || server->cache == NULL) {
        http_router_free(server->router);
        http_cache_free(server->cache);
        free(server);
        return NULL;
    }
    server->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    set_timeouts(server);
    uv_timer_init(server->loop, &server->sweep);
    uv_prepare_init(server->loop, &server->round);
    server->sweep.data = server;
    server->round.data = server;
    server->handles = 2;
    return server;
}

void http_server_home(http_server_t *server, http_home_t home, void *context)
{
    server->home = home;
    server->home_context = context;
}

void http_server_lost(http_server_t *server, http_handler_t lost, void *context)
{
    server->lost = lost;
    server->lost_context = context;
}

void http_server_free(http_server_t *server)
{
    if (server == NULL) {
        return;
    }
    for (http_exchange_t *held = server->held; held != NULL; held = held->held_after) {
        held->server = NULL;
    }
    free(server->idle_exchange);
    http_router_free(server->router);
    http_cache_free(server->cache);
    buf_free(&server->home_target);
    for (size_t i = 0; i < server->listener_count; i++) {
        free(server->listeners[i]);
    }
    if (server->spare >= 0) {
        close(server->spare);
    }
    buf_free(&server->lines);
    free(server);
}

/* ---- time ------------------------------------------------------------------------------------ */

const http_date_t *http_server_date(http_server_t *server)
{
    uint64_t now = uv_now(server->loop);
    if (now >= server->date_due) {
        clock_port_t *clock = clock_system();
        int64_t wall = clock->wall(clock);
        http_date_set(&server->date, wall);
        server->date_due = now + 1000 - (uint64_t)(wall % 1000);
    }
    return &server->date;
}

void http_server_tick(http_server_t *server)
{
    /* When several connections are ready at once, one's end is the next one's beginning. */
    if (!server->clock_is_fresh) {
        server->clock_is_fresh = true;
        server->clock = uv_hrtime();
    }
}

void http_server_tock(http_server_t *server)
{
    http_metrics_t *metrics = &server->metrics;
    if (metrics->unmeasured > 0) {
        uint64_t now = uv_hrtime();
        http_metrics_measure(metrics, metrics->unmeasured, now - server->clock);
        metrics->unmeasured = 0;
        server->clock = now;
    }
}

static void on_round(uv_prepare_t *round)
{
    http_server_t *server = round->data;
    server->clock_is_fresh = false;
}

static void sweep_queue(http_server_t *server, const http_queue_t *queue, uint64_t timeout)
{
    uint64_t now = uv_now(server->loop);
    while (queue->first != NULL && now - queue->first->since >= timeout) {
        http_connection_expire(queue->first);
    }
}

static void close_all(http_server_t *server)
{
    for (size_t i = 0; i < HTTP_WAITS_COUNT; i++) {
        while (server->queues[i].first != NULL) {
            http_connection_close(server->queues[i].first);
        }
    }
}

static void on_sweep(uv_timer_t *timer)
{
    http_server_t *server = timer->data;
    if (server->spare < 0) {
        server->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    if (server->is_stopping && uv_now(server->loop) - server->stop_began >= server->stop_patience) {
        close_all(server);
        return;
    }
    if (server->waiting > 0 && !server->is_stopping) {
        http_listeners_retry(server);
    }
    for (size_t i = 0; i < HTTP_WAITS_HANDLER; i++) {
        sweep_queue(server, &server->queues[i], server->queues[i].timeout);
    }
    if (server->is_stopping && uv_now(server->loop) - server->stop_began >= LAST_CALL_MS) {
        sweep_queue(server, &server->queues[HTTP_WAITS_IDLE], 0);
    }
}

/* Fine enough for the shortest deadline, and asleep when nobody is connected. */
static void mind_sweep(http_server_t *server)
{
    bool needed =
        server->connections + server->refused + server->waiting > 0 || server->is_stopping;
    if (needed && !uv_is_active((uv_handle_t *)&server->sweep)) {
        const http_limits_t *limits = &server->limits;
        uint64_t shortest = limits->head_ms < limits->body_ms ? limits->head_ms : limits->body_ms;
        shortest = limits->idle_ms < shortest ? limits->idle_ms : shortest;
        uint64_t period = shortest / 4 < SWEEP_MS ? shortest / 4 + 1 : SWEEP_MS;
        uv_timer_start(&server->sweep, on_sweep, period, period);
        uv_prepare_start(&server->round, on_round);
    } else if (!needed) {
        uv_timer_stop(&server->sweep);
        uv_prepare_stop(&server->round);
    }
}

/* ---- coming and going ------------------------------------------------------------------------ */

static void on_handle_closed(uv_handle_t *handle)
{
    http_server_release_handle(handle->data);
}

static void close_when_empty(http_server_t *server)
{
    if (server->is_stopping && server->connections + server->refused == 0 &&
        !uv_is_closing((uv_handle_t *)&server->sweep)) {
        uv_close((uv_handle_t *)&server->sweep, on_handle_closed);
        uv_close((uv_handle_t *)&server->round, on_handle_closed);
    }
}

bool http_server_is_full(const http_server_t *server)
{
    return server->connections >= server->limits.connections || server->spare < 0;
}

void http_server_count_connection(http_server_t *server, bool is_refused, int change)
{
    size_t *counted = is_refused ? &server->refused : &server->connections;
    *counted += (size_t)change;
    if (change > 0) {
        server->metrics.accepted += !is_refused;
        server->metrics.refused += is_refused;
    }
    mind_sweep(server);
    close_when_empty(server);
}

void http_server_count_waiting(http_server_t *server, int change)
{
    server->waiting += (size_t)change;
    mind_sweep(server);
}

void http_server_release_handle(http_server_t *server)
{
    if (--server->handles == 0 && server->on_stopped != NULL) {
        /* The last word: the server may be freed in it. */
        server->on_stopped(server->stop_context);
    }
}

void http_server_stop(http_server_t *server, uint64_t patience, void (*on_stopped)(void *context),
                      void *context)
{
    if (server->is_stopping) {
        return;
    }
    uv_update_time(server->loop);
    server->is_stopping = true;
    server->stop_began = uv_now(server->loop);
    server->stop_patience = patience;
    server->on_stopped = on_stopped;
    server->stop_context = context;
    http_listeners_close(server);
    mind_sweep(server);
    close_when_empty(server);
}
