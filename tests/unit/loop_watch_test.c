/* Jobs, timers and watched folders on a real loop. */
#include "loop/loop.h"

#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static unsigned changes;
static unsigned steps;
static char folder[64];
static loop_t *loop;
static loop_watch_t *watch;
static loop_timer_t *timer;

static void put(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_true(write(file, text, strlen(text)) >= 0);
    close(file);
}

static void make(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void on_change(void *context, const char *name)
{
    (void)context;
    assert_string_equal(name, steps == 1 ? "a.lua" : "services");
    changes++;
}

/* One thing after the other, each with time for its change to be noticed. */
static void step(void *context)
{
    (void)context;
    const unsigned expected[] = {0, 1, 2, 3, 4};
    assert_int_equal(changes, expected[steps]);
    switch (steps++) {
    case 0: /* many at once are one change */
        for (int i = 0; i < 20; i++) {
            put("a.lua", "x");
        }
        break;
    case 1: /* a folder that comes later, and a file in it before it can be watched */
        make("services");
        put("services/b.lua", "x");
        break;
    case 2:
        put("services/b.lua", "y");
        break;
    case 3: { /* a folder made again */
        char path[256];
        snprintf(path, sizeof path, "%s/services/b.lua", folder);
        unlink(path);
        path[strlen(path) - strlen("/b.lua")] = '\0';
        rmdir(path);
        make("services");
        put("services/c.lua", "z");
        break;
    }
    default:
        loop_timer_close(timer);
        loop_watch_close(watch);
    }
}

static void changes_are_noticed_once(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/okienko-watch-XXXXXX");
    assert_non_null(mkdtemp(folder));
    loop = loop_new();
    assert_null(loop_watch_open(loop, "/nowhere/at/all", 10, on_change, NULL));
    watch = loop_watch_open(loop, folder, 30, on_change, NULL);
    timer = loop_timer_open(loop, 50, 250, step, NULL);
    loop_run(loop);
    loop_free(loop);
    assert_int_equal(steps, 5);
    assert_int_equal(changes, 4);
}

/* A restless entry and a quiet one, each in a folder of its own. */
static char told[8];

static void on_told(void *context, const char *name)
{
    (void)context;
    told[strlen(told)] = name[0];
    if (strcmp(name, "z") == 0 || strlen(told) + 1 == sizeof told) {
        loop_timer_close(timer);
        loop_watch_close(watch);
    }
}

static void disturb(void *context)
{
    unsigned *times = context;
    put("z/file", (*times)++ % 2 == 0 ? "x" : "y");
    if (*times == 3) {
        put("b/file", "x");
    }
}

static void a_restless_entry_holds_up_no_other(void **state)
{
    (void)state;
    unsigned times = 0;
    make("b");
    make("z");
    loop = loop_new();
    watch = loop_watch_open(loop, folder, 30, on_told, NULL);
    timer = loop_timer_open(loop, 5, 5, disturb, &times);
    loop_run(loop);
    loop_free(loop);
    assert_string_equal(told, "bz");
}

static bool write_file(const char *path, const char *text)
{
    int file = open(path, O_WRONLY);
    bool written = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text);
    close(file);
    return written;
}

static void on_polled(void *context, const char *name)
{
    (void)context;
    assert_string_equal(name, "a.lua");
    loop_timer_close(timer);
    loop_watch_close(watch);
    changes++;
}

static void change_file(void *context)
{
    (void)context;
    put("a.lua", "changed while polled");
}

/* In a user namespace of its own, where inotify can be used up without taking it from others. */
static int poll_in_child(void)
{
    if (unshare(CLONE_NEWUSER) != 0 || !write_file("/proc/self/uid_map", "0 0 1") ||
        !write_file("/proc/sys/user/max_inotify_instances", "0")) {
        return 77;
    }
    changes = 0;
    loop = loop_new();
    watch = loop_watch_open(loop, folder, 20, on_polled, NULL);
    timer = loop_timer_open(loop, 100, 0, change_file, NULL);
    loop_run(loop);
    loop_free(loop);
    return changes == 1 ? 0 : 1;
}

static void without_inotify_the_folder_is_polled(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        alarm(10);
        _exit(poll_in_child());
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        skip();
    }
    assert_int_equal(status, 0);
}

static int remove_folder(void **state)
{
    (void)state;
    const char *const names[] = {"a.lua", "services/c.lua", "services", "b/file",
                                 "b",     "z/file",         "z",        ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    return 0;
}

static int job_runs;

static void work(void *context)
{
    *(int *)context += 1;
}

static void done(void *context)
{
    assert_int_equal(*(int *)context, 1);
    job_runs++;
}

static void on_signal(void *context)
{
    loop_signal_close(*(loop_signal_t **)context);
    job_runs++;
}

static void jobs_and_signals_come_back(void **state)
{
    (void)state;
    loop = loop_new();
    int worked = 0;
    assert_true(loop_job(loop, work, done, &worked));
    loop_signal_t *signal = loop_signal_open(loop, SIGUSR1, on_signal, &signal);
    raise(SIGUSR1);
    loop_run(loop);
    loop_free(loop);
    assert_int_equal(job_runs, 2);
}

static void a_broken_pipe_is_no_end(void **state)
{
    (void)state;
    loop = loop_new();
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(write(ends[1], "x", 1), -1);
    close(ends[1]);
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_noticed_once),
        cmocka_unit_test(a_restless_entry_holds_up_no_other),
        cmocka_unit_test(without_inotify_the_folder_is_polled),
        cmocka_unit_test(jobs_and_signals_come_back),
        cmocka_unit_test(a_broken_pipe_is_no_end),
    };
    return cmocka_run_group_tests_name("loop", tests, NULL, remove_folder);
}
