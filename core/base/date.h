/* Civil dates, as people write them in Poland. A date has no hour and no zone; "today" comes from
 * the clock port (base/clock.h). */
#ifndef OKIENKO_BASE_DATE_H
#define OKIENKO_BASE_DATE_H

#include "base/span.h"

/* Days since 1970-01-01, in a struct so that it is never mistaken for another number. */
typedef struct {
    int32_t days;
} date_t;

/* No date; before every date. */
#define DATE_NONE ((date_t){INT32_MIN})
/* After every date, for periods without an end. */
#define DATE_NEVER ((date_t){INT32_MAX})
#define DATE_TEXT_LEN 10

static inline bool date_is_none(date_t date)
{
    return date.days == INT32_MIN;
}
static inline bool date_before(date_t a, date_t b)
{
    return a.days < b.days;
}
static inline bool date_equal(date_t a, date_t b)
{
    return a.days == b.days;
}
/* From and to both belong to the period. */
static inline bool date_within(date_t date, date_t from, date_t to)
{
    return from.days <= date.days && date.days <= to.days;
}
static inline date_t date_add(date_t date, int32_t days)
{
    return (date_t){date.days + days};
}

/* False when there is no such day; years 1 to 9999. */
bool date_make(int year, int month, int day, date_t *date);

/* "2023-10-01" and nothing else; years 1800 to 2299, the range of PESEL. */
bool date_parse(span_t text, date_t *date);

void date_split(date_t date, int *year, int *month, int *day);

/* "2023-10-01" with a zero byte. */
void date_text(date_t date, char text[static DATE_TEXT_LEN + 1]);

/* The same day so many months later; the month's last where it has no such day (art. 112 of the
 * Civil Code). DATE_NEVER past the year 9999. */
date_t date_add_months(date_t date, int months);

/* 0 Monday to 6 Sunday. */
int date_weekday(date_t date);

/* Full years of age on a day. Born on 29 February: in a year without that day the age is reached on
 * 28 February (art. 112 of the Civil Code: the last day of the month, and a person's age at the
 * beginning of that day). Negative before the birth. */
int date_full_years(date_t birth, date_t on);

#endif
