/* Linked into an okienko that is built with -finstrument-functions: notes which functions are
 * entered, in order, between two SIGUSR2, and then writes their addresses to $OKIENKO_TRACE, one a
 * line, from the start of the program. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#define QUIET __attribute__((no_instrument_function))
enum { ENTERED_MAX = 1 << 20, LINE_MAX_LEN = 20 };

static void *entered[ENTERED_MAX];
static atomic_size_t count;
static atomic_bool is_on;
static const char *path;
static uintptr_t base;

QUIET void __cyg_profile_func_enter(void *function, void *site);
QUIET void __cyg_profile_func_exit(void *function, void *site);

void __cyg_profile_func_enter(void *function, void *site)
{
    (void)site;
    if (atomic_load_explicit(&is_on, memory_order_relaxed)) {
        size_t place = atomic_fetch_add(&count, 1);
        if (place < ENTERED_MAX) {
            entered[place] = function;
        }
    }
}

void __cyg_profile_func_exit(void *function, void *site)
{
    (void)function, (void)site;
}

/* "0x1234\n" */
QUIET static size_t put_line(char line[LINE_MAX_LEN], uintptr_t address)
{
    size_t digits = 1, len = 0;
    while (digits < 16 && address >> digits * 4 != 0) {
        digits++;
    }
    line[len++] = '0';
    line[len++] = 'x';
    for (size_t i = digits; i > 0; i--) {
        line[len++] = "0123456789abcdef"[address >> (i - 1) * 4 & 15];
    }
    line[len++] = '\n';
    return len;
}

QUIET static void on_signal(int number)
{
    (void)number;
    if (!atomic_exchange(&is_on, false)) {
        atomic_store(&count, 0);
        atomic_store(&is_on, true);
        return;
    }
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    size_t most = atomic_load(&count);
    for (size_t i = 0; file >= 0 && i < most && i < ENTERED_MAX; i++) {
        char line[LINE_MAX_LEN];
        size_t len = put_line(line, (uintptr_t)entered[i] - base);
        if (write(file, line, len) != (ssize_t)len) {
            break;
        }
    }
    if (file >= 0) {
        (void)write(file, "end\n", 4);
        close(file);
    }
}

QUIET __attribute__((constructor)) static void begin(void)
{
    Dl_info info;
    path = getenv("OKIENKO_TRACE");
    if (path != NULL && dladdr((void *)begin, &info) != 0) {
        base = (uintptr_t)info.dli_fbase;
        signal(SIGUSR2, on_signal);
    }
}
