#include "base/clock.h"

#include <time.h>

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)

static int64_t system_wall(clock_port_t *clock)
{
    (void)clock;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint64_t system_monotonic(clock_port_t *clock)
{
    (void)clock;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t clock_worked(void)
{
    struct timespec worked;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &worked);
    return (uint64_t)worked.tv_sec * 1000000000u + (uint64_t)worked.tv_nsec;
}

clock_port_t *clock_system(void)
{
    static clock_port_t system = {system_wall, system_monotonic};
    return &system;
}

static date_t utc_date(int64_t wall)
{
    int64_t days = wall / DAY - (wall % DAY < 0);
    return (date_t){(int32_t)days};
}

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t last_sunday(int year, int month)
{
    date_t last = DATE_NONE;
    date_make(year, month, 31, &last);
    return (int64_t)(last.days - (date_weekday(last) + 1) % 7) * DAY + HOUR;
}

static int64_t warsaw_offset(int64_t wall)
{
    int year = 0, month = 0, day = 0;
    date_split(utc_date(wall), &year, &month, &day);
    bool summer = wall >= last_sunday(year, 3) && wall < last_sunday(year, 10);
    return summer ? 2 * HOUR : HOUR;
}

date_t clock_warsaw_date(int64_t wall)
{
    return utc_date(wall + warsaw_offset(wall));
}

int64_t clock_warsaw_begins(date_t date)
{
    int64_t local = (int64_t)date.days * DAY;
    /* No change of the clock happens at midnight, so any offset of the hours before it will do. */
    return local - warsaw_offset(local - 2 * HOUR);
}

int64_t clock_warsaw_midnight(int64_t wall)
{
    return clock_warsaw_begins(date_add(clock_warsaw_date(wall), 1));
}
