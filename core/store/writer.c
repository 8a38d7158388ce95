/* The writer's thread, the queue before it, and how results come back to the loop. */
#include "store/inside.h"

#include <stdlib.h>

#define MOST_TOGETHER 256
#define MOST_WAITING 4096
#define TOLD_AT_ONCE 32

/* ---- on the loop's thread -------------------------------------------------------------------- */

bool store_pools_ready(store_t *store)
{
    free(store->telling);
    store->telling = NULL;
    if (store->moved.count == 0 ||
        (store->options.on_pools == NULL && store->options.on_queue == NULL)) {
        return true;
    }
    store->telling = malloc(sizeof *store->telling + store->moved.count * sizeof(moved_t));
    return store->telling != NULL || store_db_broken(store->writer, SQLITE_NOMEM) == IPUS_FINE;
}

void store_pools_told(store_t *store)
{
    told_t *told = store->telling;
    store->telling = NULL;
    if (told == NULL) {
        return;
    }
    told->count = store->moved.count;
    memcpy(told->at, store->moved.at, told->count * sizeof *told->at);
    /* Works that run without a queue are on the thread that wants to know. */
    pthread_mutex_lock(&store->guard);
    told->next = store->done_moved;
    store->done_moved = told;
    pthread_mutex_unlock(&store->guard);
}

static void tell_some(const store_t *store, const store_pool_t *pools, size_t count)
{
    if (count > 0 && store->options.on_pools != NULL) {
        store->options.on_pools(store->options.context, pools, count);
    }
}

static void tell_one(const store_t *store, const told_t *told)
{
    store_pool_t pools[TOLD_AT_ONCE];
    size_t count = 0;
    for (size_t i = 0; i < told->count; i++) {
        const moved_t *it = &told->at[i];
        span_t service = {it->service, it->service_len};
        if (!it->is_queue) {
            pools[count++] = (store_pool_t){service, it->from, it->to, it->taken};
        } else if (store->options.on_queue != NULL) {
            const store_queue_t queue = {service, it->taken};
            store->options.on_queue(store->options.context, &queue);
        }
        if (count == TOLD_AT_ONCE) {
            tell_some(store, pools, count);
            count = 0;
        }
    }
    tell_some(store, pools, count);
}

static void tell_pools(store_t *store)
{
    pthread_mutex_lock(&store->guard);
    told_t *newest = store->done_moved, *oldest = NULL;
    store->done_moved = NULL;
    pthread_mutex_unlock(&store->guard);
    while (newest != NULL) {
        told_t *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    while (oldest != NULL) {
        told_t *next = oldest->next;
        tell_one(store, oldest);
        free(oldest);
        oldest = next;
    }
}

static void hold(store_t *store, bool more)
{
    size_t before = store->in_flight;
    store->in_flight += more ? 1 : (size_t)-1;
    if (before == 0 || store->in_flight == 0) {
        loop_bell_hold(store->bell, more);
    }
}

static void finish(store_t *store)
{
    if (store->has_thread) {
        pthread_join(store->thread, NULL);
    }
    loop_bell_close(store->bell);
    void (*on_closed)(void *context) = store->on_closed;
    void *context = store->closed_context;
    store_free(store);
    if (on_closed != NULL) {
        on_closed(context);
    }
}

/* Once nothing is under way: the store is gone when this returns, or soon after. */
static void end_if_idle(store_t *store)
{
    if (!store->close_asked || store->in_flight > 0 || store->closing) {
        return;
    }
    pthread_mutex_lock(&store->guard);
    store->closing = true;
    pthread_cond_signal(&store->wake);
    pthread_mutex_unlock(&store->guard);
    loop_bell_hold(store->bell, true); /* the loop stays for the writer's last word */
    if (!store->has_thread) {
        finish(store);
    }
}

static void on_ring(void *context)
{
    store_t *store = context;
    pthread_mutex_lock(&store->guard);
    store_work_t *work = store->done_first;
    store->done_first = store->done_last = NULL;
    bool ended = store->ended;
    pthread_mutex_unlock(&store->guard);
    tell_pools(store);
    while (work != NULL) {
        store_work_t *next = work->next;
        hold(store, false);
        work->done(work, work->result);
        work = next;
    }
    if (ended) {
        finish(store);
    } else {
        end_if_idle(store);
    }
}

/* Under the guard. */
static void put(store_work_t **first, store_work_t **last, store_work_t *work)
{
    work->next = NULL;
    if (*last != NULL) {
        (*last)->next = work;
    } else {
        *first = work;
    }
    *last = work;
}

static void done_later(store_t *store, store_work_t *work, store_result_t result)
{
    work->result = result;
    pthread_mutex_lock(&store->guard);
    put(&store->done_first, &store->done_last, work);
    pthread_mutex_unlock(&store->guard);
    loop_bell_ring(store->bell);
}

void store_write(store_t *store, store_work_t *work)
{
    hold(store, true);
    pthread_mutex_lock(&store->guard);
    bool fits = store->waiting < MOST_WAITING && !store->close_asked && !store->options.read_only;
    if (fits) {
        put(&store->first, &store->last, work);
        if (store->waiting++ == 0) {
            pthread_cond_signal(&store->wake);
        }
    }
    pthread_mutex_unlock(&store->guard);
    if (!fits) {
        done_later(store, work, STORE_BUSY);
    }
}

static void read_off(void *context)
{
    store_work_t *work = context;
    store_transactions_read(work->store, work);
}

static void was_read(void *context)
{
    store_work_t *work = context;
    store_t *store = work->store;
    store->reading--;
    hold(store, false);
    work->done(work, work->result);
    end_if_idle(store);
}

void store_read(store_t *store, store_work_t *work)
{
    if (store->in_memory) {
        store_write(store, work);
        return;
    }
    hold(store, true);
    work->store = store;
    if (store->reading >= MOST_WAITING || store->close_asked ||
        !loop_job(store->loop, read_off, was_read, work)) {
        done_later(store, work, STORE_BUSY);
        return;
    }
    store->reading++;
}

/* ---- the writer's thread --------------------------------------------------------------------- */

static size_t take(store_t *store, store_work_t **works, size_t most)
{
    pthread_mutex_lock(&store->guard);
    while (store->first == NULL && !store->closing) {
        pthread_cond_wait(&store->wake, &store->guard);
    }
    size_t count = 0;
    while (store->first != NULL && count < most) {
        works[count++] = store->first;
        store->first = store->first->next;
    }
    store->last = store->first == NULL ? NULL : store->last;
    store->waiting -= count;
    pthread_mutex_unlock(&store->guard);
    return count;
}

static void *write_all(void *context)
{
    store_t *store = context;
    store_work_t *works[MOST_TOGETHER];
    size_t most = store->options.alone ? 1 : MOST_TOGETHER, count = 0;
    while ((count = take(store, works, most)) > 0) {
        pthread_mutex_lock(&store->turn);
        store_transactions_run(store, works, count);
        pthread_mutex_unlock(&store->turn);
        pthread_mutex_lock(&store->guard);
        for (size_t i = 0; i < count; i++) {
            put(&store->done_first, &store->done_last, works[i]);
        }
        pthread_mutex_unlock(&store->guard);
        loop_bell_ring(store->bell);
    }
    store_transactions_checkpoint(store, true);
    pthread_mutex_lock(&store->guard);
    store->ended = true;
    pthread_mutex_unlock(&store->guard);
    loop_bell_ring(store->bell);
    return NULL;
}

bool store_writer_start(store_t *store)
{
    store->bell = loop_bell_open(store->loop, on_ring, store);
    if (store->bell == NULL || store->options.read_only) {
        return store->bell != NULL;
    }
    store->has_thread = pthread_create(&store->thread, NULL, write_all, store) == 0;
    if (!store->has_thread) {
        loop_bell_close(store->bell);
    }
    return store->has_thread;
}

/* ---- closing, and works at once -------------------------------------------------------------- */

store_result_t store_run(store_t *store, store_work_t *work, bool writes)
{
    if (!writes && !store->in_memory) {
        store_transactions_read(store, work);
        return work->result;
    }
    if (store->options.read_only) {
        return STORE_BUSY;
    }
    pthread_mutex_lock(&store->turn);
    store_transactions_run(store, &work, 1);
    pthread_mutex_unlock(&store->turn);
    tell_pools(store);
    return work->result;
}

void store_close(store_t *store, void (*on_closed)(void *context), void *context)
{
    if (store->loop == NULL) {
        if (!store->options.read_only) {
            store_transactions_checkpoint(store, true);
        }
        store_free(store);
        if (on_closed != NULL) {
            on_closed(context);
        }
        return;
    }
    store->close_asked = true;
    store->on_closed = on_closed;
    store->closed_context = context;
    end_if_idle(store);
}

store_figures_t store_figures(const store_t *store)
{
    return (store_figures_t){.commits = store->commits,
                             .works = store->works,
                             .refused = store->refused,
                             .failed = store->failed,
                             .waiting = store->waiting,
                             .commit_us = store->commit_us,
                             .disk_refuses = store->disk_refuses};
}
