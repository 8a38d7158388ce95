/* Preloaded before the program: the time of day is off by as many seconds as the file
 * OKIENKO_FAULT_CLOCK says at the moment. The monotonic clock goes on as it is. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define CONTROL 64

static const char *control = "0";
static int (*real_clock)(clockid_t clock, struct timespec *now);

__attribute__((constructor)) static void begin(void)
{
    *(void **)&real_clock = dlsym(RTLD_NEXT, "clock_gettime");
    const char *name = getenv("OKIENKO_FAULT_CLOCK");
    int fd = name == NULL ? -1 : open(name, O_RDONLY | O_CLOEXEC);
    void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, CONTROL, PROT_READ, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED) {
        control = mapped;
    }
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int code = real_clock(clock, now);
    if (clock == CLOCK_REALTIME) {
        now->tv_sec += strtol(control, NULL, 10);
    }
    return code;
}

int gettimeofday(struct timeval *now, void *zone)
{
    (void)zone;
    struct timespec moment;
    int code = clock_gettime(CLOCK_REALTIME, &moment);
    *now = (struct timeval){moment.tv_sec, moment.tv_nsec / 1000};
    return code;
}

time_t time(time_t *told)
{
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    if (told != NULL) {
        *told = moment.tv_sec;
    }
    return moment.tv_sec;
}
