/* libuv wrapped once: the loop, jobs off the loop, timers, signals and file watching. Everything
 * here is called, and calls back, on the loop's thread, unless it says otherwise. Handles are freed
 * only when libuv has closed them; after loop_x_close() the callback is not called any more. */
#ifndef OKIENKO_LOOP_LOOP_H
#define OKIENKO_LOOP_LOOP_H

#include "base/span.h"

typedef struct loop loop_t;
typedef struct loop_timer loop_timer_t;
typedef struct loop_signal loop_signal_t;
typedef struct loop_watch loop_watch_t;
typedef struct loop_bell loop_bell_t;

loop_t *loop_new(void);

/* libuv makes its threads when the first job comes, and ends the process when it cannot: a server
 * has that at its start, not under a request. */
void loop_start_pool(loop_t *loop); /* NULL without memory or descriptors */

/* Until nothing is left to wait for, or loop_stop(). */
void loop_run(loop_t *loop);
void loop_stop(loop_t *loop);

/* Every handle must have been closed; runs the loop until their close callbacks are done. */
void loop_free(loop_t *loop);

/* The uv_loop_t, for the http room alone. */
void *loop_uv(loop_t *loop);

/* `work` runs on a pool thread, then `done` on the loop's thread; both with `context`, which stays
 * the caller's. False when it could not be queued: neither is called. */
bool loop_job(loop_t *loop, void (*work)(void *context), void (*done)(void *context),
              void *context);

/* Rung from any thread, it calls `on_ring` on the loop's thread soon after; several rings may
 * become one call. A bell keeps the loop running only while `loop_bell_hold(bell, true)`. NULL
 * without memory. After loop_bell_close() (on the loop's thread) nobody may ring it. */
loop_bell_t *loop_bell_open(loop_t *loop, void (*on_ring)(void *context), void *context);
void loop_bell_ring(loop_bell_t *bell);
void loop_bell_hold(loop_bell_t *bell, bool holds);
void loop_bell_close(loop_bell_t *bell);

/* First after `delay` ms, then every `repeat` ms (0: once). NULL without memory. */
loop_timer_t *loop_timer_open(loop_t *loop, uint64_t delay, uint64_t repeat,
                              void (*on_time)(void *context), void *context);
void loop_timer_again(loop_timer_t *timer, uint64_t delay, uint64_t repeat);
void loop_timer_close(loop_timer_t *timer);

loop_signal_t *loop_signal_open(loop_t *loop, int number, void (*on_signal)(void *context),
                                void *context);
void loop_signal_close(loop_signal_t *signal);

/* Watches a folder, the folders in it and theirs (links are not followed), also those that come
 * later. `on_change` is called for each entry of `folder` in or under which something changed, by
 * its name, once that entry has been quiet for `quiet` ms, and at the latest ten times that after
 * its first change; with NULL when anything may have changed. What cannot be watched (inotify used
 * up) is looked at every second instead, on a pool thread. NULL when `folder` cannot be read. */
loop_watch_t *loop_watch_open(loop_t *loop, const char *folder, uint64_t quiet,
                              void (*on_change)(void *context, const char *name), void *context);
void loop_watch_close(loop_watch_t *watch);

#endif
