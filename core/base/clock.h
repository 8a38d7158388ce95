/* Time as a port: the server reads the system's clock, a test sets its own. */
#ifndef OKIENKO_BASE_CLOCK_H
#define OKIENKO_BASE_CLOCK_H

#include "base/date.h"

typedef struct clock_port {
    /* UTC, milliseconds since 1970; may jump. */
    int64_t (*wall)(struct clock_port *clock);
    /* Nanoseconds since some moment; never goes back. For deadlines and measuring. */
    uint64_t (*monotonic)(struct clock_port *clock);
} clock_port_t;

/* Nanoseconds that this thread has worked, for budgets: a busy machine uses none of them up. */
uint64_t clock_worked(void);

/* The system's clock; shared, not freed, any thread. */
clock_port_t *clock_system(void);

/* The civil date in Warsaw at an instant. Central European time with the summer time of Directive
 * 2000/84/EC (last Sunday of March to last Sunday of October, 01:00 UTC), so that no zone table
 * need be installed. */
date_t clock_warsaw_date(int64_t wall);

/* The wall-clock instant at which a civil date begins in Warsaw: the one place where a day becomes
 * an instant. */
int64_t clock_warsaw_begins(date_t date);

/* The wall-clock instant of the next midnight in Warsaw. */
int64_t clock_warsaw_midnight(int64_t wall);

static inline date_t clock_today(clock_port_t *clock)
{
    return clock_warsaw_date(clock->wall(clock));
}

#endif
