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
    share_t share = {.from = day, .to = day, .cap = -1};
    const registry_row_t *row = NULL;
    if (stretch->service.at == NULL) {
        registry_period(programme, stretch->per, day, &share.from, &share.to);
    } else if ((row = pool_on(stretch, day)) != NULL) {
        registry_period(programme, row->per, day, &share.from, &share.to);
        share.cap = row->value.number * 1000;
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
        share.days = last.days - day.days + 1;
        if (shares != NULL) {
            shares[count] = share;
        }
        count++;
        day = date_add(last, 1);
    }
    return count;
}

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

/* By days; the largest remainders get the odd units, the earlier of equal ones. Whole units stay
 * whole. */
static bool split(const ipus_work_t *work, shares_t shares, int64_t quantity)
{
    const int64_t unit = quantity % 1000 == 0 ? 1000 : 1;
    odd_t *odds = arena_array(work->record->arena, shares.count, sizeof *odds);
    if (odds == NULL) {
        return false;
    }
    int64_t days = 0, left = quantity / unit;
    for (size_t i = 0; i < shares.count; i++) {
        days += shares.at[i].days;
    }
    for (size_t i = 0; i < shares.count; i++) {
        int64_t part = quantity / unit * shares.at[i].days;
        shares.at[i].units = part / days * unit;
        odds[i] = (odd_t){&shares.at[i], part % days};
        left -= part / days;
    }
    qsort(odds, shares.count, sizeof *odds, by_remainder);
    for (size_t i = 0; left > 0; i++, left--) {
        odds[i].share->units += unit;
    }
    return true;
}

static shares_t shares_of(const stretch_t *stretch, int64_t quantity)
{
    arena_t *arena = stretch->work->record->arena;
    shares_t shares = {.count = walk(stretch, NULL)};
    shares.at = arena_array(arena, shares.count, sizeof *shares.at);
    if (shares.at != NULL) {
        walk(stretch, shares.at);
        shares.at = split(stretch->work, shares, quantity) ? shares.at : NULL;
    }
    return shares;
}

shares_t ipus_shares_of_pool(const ipus_work_t *work, span_t service, date_t begins, date_t ends,
                             int64_t quantity)
{
    const stretch_t stretch = {work, service, PER_NONE, begins, ends};
    return shares_of(&stretch, quantity);
}

shares_t ipus_shares_of_calendar(const ipus_work_t *work, registry_per_t per, date_t begins,
                                 date_t ends, int64_t quantity)
{
    const stretch_t stretch = {work, SPAN_NONE, per, begins, ends};
    return shares_of(&stretch, quantity);
}
