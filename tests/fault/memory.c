/* Preloaded before the program: its malloc, calloc and realloc fail at the OKIENKO_FAIL_AT-th call,
 * and with OKIENKO_FAIL_ON at every later one too. On OKIENKO_FAIL_COUNT it tells at the end how
 * many calls there were. OKIENKO_FAIL_FILE names eight bytes in which a test writes, while the
 * program runs, how many calls from now the one is that fails; 0: none. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static atomic_long calls;
static long fail_at = -1; /* -1: not read yet, 0: never */
static bool fails_on;
static atomic_long none;
static atomic_long *armed = &none; /* in the file */

static void map_file(const char *path)
{
    int file = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file >= 0) {
        void *bytes = mmap(NULL, sizeof *armed, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        armed = bytes != MAP_FAILED ? bytes : armed;
        close(file);
    }
}

static bool is_refused(void)
{
    if (fail_at < 0) {
        const char *at = getenv("OKIENKO_FAIL_AT");
        fails_on = getenv("OKIENKO_FAIL_ON") != NULL;
        map_file(getenv("OKIENKO_FAIL_FILE"));
        fail_at = at != NULL ? strtol(at, NULL, 10) : 0;
    }
    long call = atomic_fetch_add(&calls, 1) + 1;
    bool refused = fail_at > 0 && (call == fail_at || (fails_on && call > fail_at));
    refused = refused || (atomic_load(armed) > 0 && atomic_fetch_sub(armed, 1) == 1);
    if (refused) {
        errno = ENOMEM;
    }
    return refused;
}

void *malloc(size_t size)
{
    return is_refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return size > 0 && is_refused() ? NULL : __libc_realloc(old, size);
}

__attribute__((destructor)) static void tell(void)
{
    if (getenv("OKIENKO_FAIL_COUNT") != NULL) {
        dprintf(2, "allocations: %ld\n", (long)calls);
    }
}
