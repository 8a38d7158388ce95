#include "loop/loop.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

struct loop {
    uv_loop_t uv;
};

struct loop_timer {
    uv_timer_t uv;
    void (*on_time)(void *context);
    void *context;
};

struct loop_signal {
    uv_signal_t uv;
    void (*on_signal)(void *context);
    void *context;
};

struct loop_bell {
    uv_async_t uv;
    void (*on_ring)(void *context);
    void *context;
};

typedef struct {
    uv_work_t uv;
    void (*work)(void *context);
    void (*done)(void *context);
    void *context;
} job_t;

/* libuv ends the process when it finds no memory for its list of descriptors. What it allocates may
 * therefore take from a reserve, which is filled again as soon as there is some. */
#define RESERVE_BYTES 131072

static _Atomic(void *) reserve;

static void *uv_take(void *old, size_t size)
{
    size_t wanted = size > 0 ? size : 1;
    void *taken = realloc(old, wanted);
    if (taken == NULL) {
        free(atomic_exchange(&reserve, NULL));
        taken = realloc(old, wanted);
    } else if (atomic_load(&reserve) == NULL) {
        free(atomic_exchange(&reserve, malloc(RESERVE_BYTES)));
    }
    return taken;
}

static void *uv_take_new(size_t size)
{
    return uv_take(NULL, size);
}

static void *uv_take_zeros(size_t count, size_t size)
{
    void *taken = size == 0 || count <= SIZE_MAX / size ? uv_take(NULL, count * size) : NULL;
    return taken != NULL ? memset(taken, 0, count * size) : NULL;
}

static void on_nothing(uv_work_t *work)
{
    (void)work;
}

static void on_pool_started(uv_work_t *work, int status)
{
    (void)status;
    free(work);
}

void loop_start_pool(loop_t *loop)
{
    uv_work_t *work = malloc(sizeof *work);
    if (work != NULL && uv_queue_work(&loop->uv, work, on_nothing, on_pool_started) != 0) {
        free(work);
    }
}

loop_t *loop_new(void)
{
    uv_replace_allocator(uv_take_new, uv_take, uv_take_zeros, free);
    loop_t *loop = calloc(1, sizeof *loop);
    if (loop == NULL) {
        return NULL;
    }
    if (uv_loop_init(&loop->uv) != 0) {
        free(loop);
        return NULL;
    }
    /* A peer that left and a file past the size limit are errors of a write,
     * not the process's end. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    return loop;
}

void loop_run(loop_t *loop)
{
    uv_run(&loop->uv, UV_RUN_DEFAULT);
}

void loop_stop(loop_t *loop)
{
    uv_stop(&loop->uv);
}

void loop_free(loop_t *loop)
{
    if (loop == NULL) {
        return;
    }
    while (uv_loop_close(&loop->uv) == UV_EBUSY) {
        uv_run(&loop->uv, UV_RUN_ONCE);
    }
    free(loop);
}

void *loop_uv(loop_t *loop)
{
    return &loop->uv;
}

static void on_work(uv_work_t *uv)
{
    job_t *job = uv->data;
    job->work(job->context);
}

static void on_worked(uv_work_t *uv, int status)
{
    (void)status; /* UV_ECANCELED alone, and nothing here cancels */
    job_t *job = uv->data;
    void (*done)(void *context) = job->done;
    void *context = job->context;
    free(job);
    done(context);
}

bool loop_job(loop_t *loop, void (*work)(void *context), void (*done)(void *context), void *context)
{
    job_t *job = calloc(1, sizeof *job);
    if (job == NULL) {
        return false;
    }
    job->uv.data = job;
    job->work = work;
    job->done = done;
    job->context = context;
    if (uv_queue_work(&loop->uv, &job->uv, on_work, on_worked) != 0) {
        free(job);
        return false;
    }
    return true;
}

static void on_handle_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void on_timer(uv_timer_t *uv)
{
    loop_timer_t *timer = uv->data;
    timer->on_time(timer->context);
}

loop_timer_t *loop_timer_open(loop_t *loop, uint64_t delay, uint64_t repeat,
                              void (*on_time)(void *context), void *context)
{
    loop_timer_t *timer = calloc(1, sizeof *timer);
    if (timer == NULL) {
        return NULL;
    }
    uv_timer_init(&loop->uv, &timer->uv);
    timer->uv.data = timer;
    timer->on_time = on_time;
    timer->context = context;
    loop_timer_again(timer, delay, repeat);
    return timer;
}

void loop_timer_again(loop_timer_t *timer, uint64_t delay, uint64_t repeat)
{
    /* The loop's time may be as old as its present round. */
    uv_update_time(timer->uv.loop);
    uv_timer_start(&timer->uv, on_timer, delay, repeat);
}

void loop_timer_close(loop_timer_t *timer)
{
    if (timer != NULL) {
        uv_close((uv_handle_t *)&timer->uv, on_handle_closed);
    }
}

static void on_signal(uv_signal_t *uv, int number)
{
    (void)number;
    loop_signal_t *signal = uv->data;
    signal->on_signal(signal->context);
}

loop_signal_t *loop_signal_open(loop_t *loop, int number, void (*on_number)(void *context),
                                void *context)
{
    loop_signal_t *signal = calloc(1, sizeof *signal);
    if (signal == NULL) {
        return NULL;
    }
    if (uv_signal_init(&loop->uv, &signal->uv) != 0) {
        free(signal);
        return NULL;
    }
    signal->uv.data = signal;
    signal->on_signal = on_number;
    signal->context = context;
    if (uv_signal_start(&signal->uv, on_signal, number) != 0) {
        loop_signal_close(signal);
        return NULL;
    }
    return signal;
}

void loop_signal_close(loop_signal_t *signal)
{
    if (signal != NULL) {
        uv_close((uv_handle_t *)&signal->uv, on_handle_closed);
    }
}

static void on_bell(uv_async_t *handle)
{
    loop_bell_t *bell = handle->data;
    bell->on_ring(bell->context);
}

loop_bell_t *loop_bell_open(loop_t *loop, void (*on_ring)(void *context), void *context)
{
    loop_bell_t *bell = calloc(1, sizeof *bell);
    if (bell == NULL) {
        return NULL;
    }
    bell->on_ring = on_ring;
    bell->context = context;
    if (uv_async_init(&loop->uv, &bell->uv, on_bell) != 0) {
        free(bell);
        return NULL;
    }
    bell->uv.data = bell;
    uv_unref((uv_handle_t *)&bell->uv);
    return bell;
}

void loop_bell_ring(loop_bell_t *bell)
{
    uv_async_send(&bell->uv);
}

void loop_bell_hold(loop_bell_t *bell, bool holds)
{
    if (holds) {
        uv_ref((uv_handle_t *)&bell->uv);
    } else {
        uv_unref((uv_handle_t *)&bell->uv);
    }
}

static void on_bell_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void loop_bell_close(loop_bell_t *bell)
{
    if (bell != NULL) {
        uv_close((uv_handle_t *)&bell->uv, on_bell_closed);
    }
}
