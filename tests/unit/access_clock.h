/* A clock that the test sets, and what is short to write with it. */
#ifndef OKIENKO_TESTS_ACCESS_CLOCK_H
#define OKIENKO_TESTS_ACCESS_CLOCK_H

#include "access/access.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static int64_t wall_ms;
static int64_t monotonic_ms;

static int64_t wall(clock_port_t *clock)
{
    (void)clock;
    return wall_ms;
}

static uint64_t monotonic(clock_port_t *clock)
{
    (void)clock;
    return (uint64_t)monotonic_ms * 1000000;
}

static clock_port_t test_clock = {wall, monotonic};

/* Time goes by as it should: both clocks alike. */
static inline void pass(int64_t ms)
{
    wall_ms += ms;
    monotonic_ms += ms;
}

static inline access_t *access_at_noon(void)
{
    wall_ms = INT64_C(1790000000000);
    monotonic_ms = 5000;
    access_t *access = access_new(&test_clock);
    assert_non_null(access);
    return access;
}

#endif
