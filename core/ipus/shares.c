#include "ipus/shares.h"

#include <stdlib.h>

typedef struct {
    const ipus_work_t *work;
    span_t service; /* whose pool; none for the calendar's periods */
    registry_per_t per;
    date_t begins, ends;
} stretch_t;

static const registry_row_t *pool_on(const stretch_t *stretch, date_t day)
{
    const registry_service_t *service =
        registry_service_on(stretch->work->command->programme, stretch->service, day, NULL);
    return service != NULL ? registry_row_on(service->pool, day) : NULL;
}

static share_t share_on(const stretch_t *stretch, date_t day)
{
    const registry_programme_t *programme = stretch->work->command->programme;
    share_t share = {.from = day, .to = day, .cap = -1, .most = -1};
    const registry_row_t *row = NULL;
    if (stretch->service.at == NULL) {
        registry_period(programme, stretch->per, day, &share.from, &share.to);
    } else if ((row = pool_on(stretch, day)) != NULL) {
        registry_period(programme, row->per, day, &share.from, &share.to);
        share.cap = row->value.number * 1000;
        share.persons = row->of == POOL_OF_PERSONS;
    }
    return share;
}

/* Fills in the shares, or counts them when `shares` is NULL. */
static size_t walk(const stretch_t *stretch, share_t *shares)
{
    size_t count = 0;
    date_t day = stretch->begins;
    while (!date_before(stretch->ends, day)) {
        share_t share = share_on(stretch, day);
        date_t last = date_before(stretch->ends, share.to) ? stretch->ends : share.to;
        last = date_before(last, day) ? day : last; /* a period that ended before */
        share.first = day;
        share.last = last;
        if (shares != NULL) {
            shares[count] = share;
        }
        count++;
        day = date_add(last, 1);
    }
    return count;
}

static shares_t shares_of(const stretch_t *stretch)
{
    shares_t shares = {.count = walk(stretch, NULL)};
    shares.at = arena_array(stretch->work->record->arena, shares.count, sizeof *shares.at);
    if (shares.at != NULL) {
        walk(stretch, shares.at);
    }
    return shares;
}

shares_t ipus_shares_of_pool(const ipus_work_t *work, span_t service, date_t begins, date_t ends)
{
    const stretch_t stretch = {work, service, PER_NONE, begins, ends};
    return shares_of(&stretch);
}

shares_t ipus_shares_of_calendar(const ipus_work_t *work, registry_per_t per, date_t begins,
                                 date_t ends)
{
    const stretch_t stretch = {work, SPAN_NONE, per, begins, ends};
    return shares_of(&stretch);
}

/* ---- splitting ------------------------------------------------------------------------------- */

typedef struct {
    share_t *share;
    int64_t remainder;
} odd_t;

static int by_remainder(const void *a, const void *b)
{
    const odd_t *left = a, *right = b;
    if (left->remainder != right->remainder) {
        return left->remainder > right->remainder ? -1 : 1;
    }
    return left->share < right->share ? -1 : 1;
}

/* How many more steps may fall on a share. */
static int64_t room(const share_t *share, int64_t step)
{
    return share->most < 0              ? INT64_MAX
           : share->most > share->units ? (share->most - share->units) / step
                                        : 0;
}

static int64_t days_of(const share_t *share)
{
    return share->last.days - share->first.days + 1;
}

/* Adds so many steps by days to those that have room, the largest remainders first for the odd
 * ones, the earlier of equal ones; what found no room. */
static int64_t add_by_days(shares_t shares, odd_t *odds, int64_t steps, int64_t step)
{
    int64_t days = 0, left = steps;
    size_t open = 0;
    for (size_t i = 0; i < shares.count; i++) {
        days += room(&shares.at[i], step) > 0 ? days_of(&shares.at[i]) : 0;
    }
    for (size_t i = 0; i < shares.count && days > 0; i++) {
        share_t *share = &shares.at[i];
        int64_t free = room(share, step), part = steps * days_of(share);
        if (free > 0) {
            int64_t more = part / days < free ? part / days : free;
            share->units += more * step;
            left -= more;
            odds[open++] = (odd_t){share, part % days};
        }
    }
    if (open > 1) {
        qsort(odds, open, sizeof *odds, by_remainder);
    }
    for (size_t i = 0; i < open && left > 0; i++) {
        bool more = room(odds[i].share, step) > 0;
        odds[i].share->units += more ? step : 0;
        left -= more;
    }
    return left;
}

/* Whole units stay whole, half hours half hours. */
static int64_t step_of(int64_t quantity, int64_t step)
{
    bool whole = quantity % 1000 == 0 && 1000 % step == 0;
    return whole ? 1000 : quantity % step == 0 ? step : 1;
}

bool ipus_shares_split(const ipus_work_t *work, shares_t shares, int64_t quantity, int64_t step)
{
    odd_t *odds = arena_array(work->record->arena, shares.count, sizeof *odds);
    int64_t of = step_of(quantity, step);
    int64_t left = quantity / of, before = -1;
    if (odds == NULL) {
        return false;
    }
    while (left > 0 && left != before) {
        before = left;
        left = add_by_days(shares, odds, left, of);
    }
    /* More than fits altogether was let pass: it falls on them as if nothing bounded them. */
    for (size_t i = 0; i < shares.count && left > 0; i++) {
        shares.at[i].most = -1;
    }
    return left == 0 || add_by_days(shares, odds, left, of) == 0;
}
