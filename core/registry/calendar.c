/* Days and periods: when a service is open, from when it can be had, and what is left of it. */
#include "registry/left.h"

bool registry_open_on(const registry_programme_t *programme, const registry_service_t *service,
                      date_t on, const registry_closed_t **closed)
{
    if (closed != NULL) {
        *closed = NULL;
    }
    if (!date_within(on, programme->from, programme->to) || date_before(on, service->from)) {
        return false;
    }
    for (size_t i = 0; i < programme->closed_count; i++) {
        if (date_within(on, programme->closed[i].from, programme->closed[i].to)) {
            if (closed != NULL) {
                *closed = &programme->closed[i];
            }
            return false;
        }
    }
    int weekday = 1 << date_weekday(on);
    for (size_t i = 0; i < service->hours_count; i++) {
        if ((service->hours[i].weekdays & weekday) != 0) {
            return true;
        }
    }
    return service->hours_count == 0;
}

/* The last day of a closure that holds on a day and goes on longest, so that a long one is passed
 * in one step. */
static date_t closed_until(const registry_programme_t *programme, date_t on)
{
    date_t until = on;
    for (size_t i = 0; i < programme->closed_count; i++) {
        const registry_closed_t *closed = &programme->closed[i];
        if (date_within(on, closed->from, closed->to) && date_before(until, closed->to)) {
            until = closed->to;
        }
    }
    return until;
}

date_t registry_first_open(const registry_programme_t *programme, const registry_service_t *service,
                           date_t from)
{
    int64_t first = from.days < programme->from.days ? programme->from.days : from.days;
    while (first <= programme->to.days && first < INT32_MAX) {
        date_t day = {(int32_t)first};
        /* By then the next version of the service may be in force. */
        const registry_service_t *then = registry_service_on(programme, service->id, day, NULL);
        if (registry_open_on(programme, then != NULL ? then : service, day, NULL)) {
            return day;
        }
        first = (int64_t)closed_until(programme, day).days + 1;
    }
    return DATE_NONE;
}

date_t registry_earliest(const registry_programme_t *programme, const registry_service_t *service,
                         date_t on)
{
    int64_t first = on.days;
    if (service->order_ahead != NULL) {
        const registry_row_t *row = registry_row_on(service->order_ahead, on);
        if (row == NULL || row->value.number < 0 || row->value.number > INT32_MAX) {
            return DATE_NONE;
        }
        first += row->value.number;
    }
    return first > programme->to.days
               ? DATE_NONE
               : registry_first_open(programme, service, (date_t){(int32_t)first});
}

date_t registry_working_day(const registry_programme_t *programme, date_t on)
{
    enum { SATURDAY = 5, TRIES = 60 };
    for (int i = 0; i < TRIES; i++) {
        date_t last = closed_until(programme, on);
        bool closed = false;
        for (size_t j = 0; j < programme->closed_count && !closed; j++) {
            closed = date_within(on, programme->closed[j].from, programme->closed[j].to);
        }
        if (!closed && date_weekday(on) < SATURDAY) {
            return on;
        }
        on = date_add(closed ? last : on, 1);
    }
    return on;
}

/* The months `first` to `first + count - 1` of a year. */
static void months(int year, int first, int count, date_t *from, date_t *to)
{
    int next = first + count;
    date_t end = DATE_NONE;
    *from = DATE_NONE;
    (void)date_make(year, first, 1, from);
    (void)date_make(next > 12 ? year + 1 : year, next > 12 ? next - 12 : next, 1, &end);
    *to = date_add(end, -1);
}

void registry_period(const registry_programme_t *programme, registry_per_t per, date_t on,
                     date_t *from, date_t *to)
{
    int year = 0, month = 0, day = 0;
    date_split(on, &year, &month, &day);
    switch (per) {
    case PER_VISIT:
    case PER_DAY:
        *from = *to = on;
        break;
    case PER_WEEK:
        *from = date_add(on, -date_weekday(on));
        *to = date_add(*from, 6);
        break;
    case PER_MONTH:
        months(year, month, 1, from, to);
        break;
    case PER_QUARTER:
        months(year, (month - 1) / 3 * 3 + 1, 3, from, to);
        break;
    case PER_YEAR:
        months(year, 1, 12, from, to);
        break;
    case PER_NONE:
    case PER_PROGRAMME:
        *from = programme->from;
        *to = programme->to;
        break;
    }
}

static int64_t none_taken(void *context, const registry_programme_t *programme,
                          const registry_service_t *service, date_t from, date_t to)
{
    (void)context;
    (void)programme;
    (void)service;
    (void)from;
    (void)to;
    return 0;
}

const registry_usage_t registry_usage_none = {none_taken, NULL, NULL};

registry_left_t registry_left(const registry_programme_t *programme,
                              const registry_service_t *service, date_t on,
                              const registry_usage_t *usage)
{
    registry_left_t left = {0};
    const registry_row_t *row = registry_row_on(service->pool, on);
    if (row == NULL) {
        return left;
    }
    left.has_pool = true;
    left.pool = row->value.number;
    left.per = row->per;
    left.of = row->of;
    left.basis = row->basis;
    registry_period(programme, row->per, on, &left.from, &left.to);
    left.taken = usage->taken(usage->context, programme, service, left.from, left.to);
    left.known = left.taken >= 0;
    left.left = left.known && left.taken < left.pool ? left.pool - left.taken : 0;
    return left;
}
