/* Whether limits leave room for a grant: nobody knows yet on which days it will be used, so it may
 * not pass what the periods that it touches leave together. */
#include "ipus/limits.h"
#include "ipus/pools.h"
#include "ipus/shares.h"
#include "ipus/states.h"
#include "ipus/units.h"

#include <stdio.h>

/* How many units a visit may bring, or 0 where that is not bounded. */
static int64_t units_of_visit(ipus_limits_t limits)
{
    for (size_t i = 0; i < limits.count && !limits.by_unit; i++) {
        if (limits.at[i].kind == LIMIT_UNITS && limits.at[i].per == PER_VISIT) {
            return limits.at[i].most;
        }
    }
    return limits.by_unit ? 1000 : 0;
}

/* The most that a limit leaves for so many periods, in units; -1 where it does not bound them. */
static int64_t most_of(const registry_limit_t *limit, int64_t of_visit, int64_t periods)
{
    if (limit->kind == LIMIT_VISITS && of_visit > 0) {
        return limit->most * of_visit * periods;
    }
    return limit->kind == LIMIT_UNITS && limit->per != PER_VISIT ? limit->most * periods : -1;
}

/* How many periods lie in a stretch of days, those at its edges included. */
static int64_t periods_in(const ipus_work_t *work, registry_per_t per, date_t first, date_t last)
{
    int64_t count = 0;
    date_t from = first, to = first;
    for (date_t day = first; !date_before(last, day); day = date_add(to, 1), count++) {
        registry_period(work->command->programme, per, day, &from, &to);
    }
    return count;
}

int64_t ipus_limits_most(const ipus_work_t *work, span_t service, date_t first, date_t last)
{
    ipus_limits_t limits = ipus_limits_on(work, service, first);
    int64_t of_visit = units_of_visit(limits), least = -1;
    for (size_t i = 0; i < limits.count; i++) {
        const registry_limit_t *limit = &limits.at[i];
        if (limit->kind <= LIMIT_VISITS && most_of(limit, of_visit, 1) >= 0) {
            int64_t most = most_of(limit, of_visit, periods_in(work, limit->per, first, last));
            least = least < 0 || most < least ? most : least;
        }
    }
    return least;
}

/* The periods of a limit that a grant touches, and what others stand for in them. */
typedef struct {
    ipus_work_t *work;
    const registry_limit_t *limit;
    int64_t granted; /* not counted itself */
    int64_t plan;    /* the draft that it is a row of: the rows before it count as well */
    int64_t amends;  /* the edition that this replaces */
    date_t from, to;
    int64_t most; /* of each period */
    int64_t standing;
    bool fine;
} window_t;

typedef struct {
    int64_t old;
    bool found;
} followed_t;

static bool find_follower(void *of, const ipus_row_t *row)
{
    followed_t *followed = of;
    followed->found = ipus_number(row, GRANTED_FOLLOWS) == followed->old &&
                      ipus_number(row, GRANTED_STATE) == GRANTED_IS_PLANNED;
    return !followed->found;
}

/* A row of the edition before stands for what was ordered when another row follows it. */
static bool is_followed(window_t *window, const ipus_row_t *row)
{
    followed_t followed = {row->id, false};
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PLAN, window->plan);
    window->fine = ipus_work_find(window->work, &query, find_follower, &followed);
    return followed.found;
}

/* What a row stands for, 0 when it does not: a grant that has ended for what was ordered. */
static int64_t stands_for(window_t *window, const ipus_row_t *row)
{
    int64_t plan = ipus_number(row, GRANTED_PLAN);
    switch (ipus_number(row, GRANTED_STATE)) {
    case GRANTED_IS_PLANNED:
        return window->plan != 0 && plan == window->plan && row->id < window->granted
                   ? ipus_number(row, GRANTED_QUANTITY)
                   : 0;
    case GRANTED_IS_RUNNING:
        return window->amends != 0 && plan == window->amends && is_followed(window, row)
                   ? ipus_number(row, GRANTED_ORDERED)
                   : ipus_number(row, GRANTED_QUANTITY);
    case GRANTED_IS_ENDED:
        return ipus_number(row, GRANTED_ORDERED);
    default:
        return 0;
    }
}

static bool count_standing(void *of, const ipus_row_t *row)
{
    window_t *window = of;
    int64_t quantity = row->id != window->granted ? stands_for(window, row) : 0;
    if (quantity == 0 || !window->fine) {
        return window->fine;
    }
    span_t service = ipus_text(row, GRANTED_SERVICE);
    shares_t shares =
        ipus_shares_of_calendar(window->work, window->limit->per, ipus_date(row, GRANTED_BEGINS),
                                ipus_date(row, GRANTED_ENDS));
    for (size_t i = 0; shares.at != NULL && i < shares.count; i++) {
        shares.at[i].most = window->most;
    }
    if (shares.at == NULL ||
        !ipus_shares_split(window->work, shares, quantity,
                           ipus_units_step(window->work, service, shares.at[0].first))) {
        window->fine = ipus_work_fine(window->work, IPUS_BROKEN);
        return false;
    }
    for (size_t i = 0; i < shares.count; i++) {
        if (date_within(shares.at[i].from, window->from, window->to)) {
            window->standing += shares.at[i].units;
        }
    }
    return true;
}

typedef struct {
    window_t *window;
    span_t service;
} members_t;

static bool count_member(void *of, const ipus_row_t *person)
{
    const members_t *members = of;
    window_t *window = members->window;
    window->fine =
        ipus_limits_grants(window->work, person->id, members->service, 0, count_standing, window) &&
        window->fine;
    return window->fine;
}

static bool count_household(window_t *window, int64_t person, span_t service)
{
    ipus_row_t row;
    if (!ipus_work_load(window->work, IPUS_PERSON, person, &row)) {
        return false;
    }
    members_t members = {window, service};
    if (!ipus_has(&row, PERSON_HOUSEHOLD)) {
        return count_member(&members, &row);
    }
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    ipus_query_equal(&query, PERSON_HOUSEHOLD, ipus_number(&row, PERSON_HOUSEHOLD));
    return ipus_work_find(window->work, &query, count_member, &members) && window->fine;
}

static bool count_whose(window_t *window, const ipus_row_t *granted)
{
    span_t service = ipus_text(granted, GRANTED_SERVICE);
    int64_t person = ipus_number(granted, GRANTED_PERSON), application = 0;
    if (window->limit->whose == WHOSE_HOUSEHOLD) {
        return count_household(window, person, service);
    }
    return (window->limit->whose != WHOSE_CASE ||
            ipus_limits_application(window->work, ipus_number(granted, GRANTED_DECISION),
                                    &application)) &&
           ipus_limits_grants(window->work, person, service, application, count_standing, window) &&
           window->fine;
}

static span_t stretch_text(ipus_work_t *work, date_t from, date_t to)
{
    char text[2 * DATE_TEXT_LEN + 8];
    span_t first = ipus_work_date(work, from), last = ipus_work_date(work, to);
    int len = snprintf(text, sizeof text, "%.*s – %.*s", SPAN_ARGS(first), SPAN_ARGS(last));
    return arena_copy(work->record->arena, (span_t){text, (size_t)len});
}

static span_t row_text(ipus_work_t *work, const ipus_row_t *granted)
{
    char text[40];
    int len = snprintf(text, sizeof text, "granted/%lld", (long long)granted->id);
    return arena_copy(work->record->arena, (span_t){text, (size_t)len});
}

/* Says what was asked, the limit as it is written, and what fits into the time of the grant. */
static bool refuse_grant(ipus_work_t *work, const registry_limit_t *limit,
                         const ipus_row_t *granted, int64_t most, int64_t standing)
{
    bool gap = limit->kind == LIMIT_GAP;
    int64_t written = gap ? (limit->gap_months > 0 ? limit->gap_months : limit->gap_days) * 1000
                          : limit->most * (limit->kind == LIMIT_VISITS ? 1000 : 1);
    bool second = gap ? limit->gap_months > 0 : limit->kind == LIMIT_VISITS;
    const span_t arguments[] = {
        ipus_text(granted, GRANTED_SERVICE),
        row_text(work, granted),
        ipus_work_units(work, ipus_number(granted, GRANTED_QUANTITY)),
        ipus_work_units(work, written),
        ipus_work_number(work, second),
        ipus_work_number(work, limit->whose),
        ipus_work_number(work, limit->per),
        stretch_text(work, ipus_date(granted, GRANTED_BEGINS), ipus_date(granted, GRANTED_ENDS)),
        ipus_work_units(work, most),
        ipus_work_units(work, most > standing ? most - standing : 0)};
    return ipus_work_refuse_with(work, gap ? IPUS_GRANT_OVER_GAP : IPUS_GRANT_OVER_LIMIT, -1,
                                 arguments, 10);
}

static bool gap_leaves_room(ipus_work_t *work, const registry_limit_t *limit,
                            const ipus_row_t *granted, int64_t of_visit)
{
    date_t ends = ipus_date(granted, GRANTED_ENDS);
    int64_t visits = 0;
    for (date_t day = ipus_date(granted, GRANTED_BEGINS); !date_before(ends, day); visits++) {
        day = ipus_limits_after(limit, day);
    }
    return of_visit == 0 || ipus_number(granted, GRANTED_QUANTITY) <= visits * of_visit ||
           refuse_grant(work, limit, granted, visits * of_visit, 0);
}

/* A row of a plan counts beside the other rows of its draft, and instead of the rows before it. */
static bool is_of_plan(ipus_work_t *work, const ipus_row_t *granted, window_t *window)
{
    ipus_row_t plan;
    if (!ipus_has(granted, GRANTED_PLAN)) {
        return true;
    }
    window->plan = ipus_number(granted, GRANTED_PLAN);
    bool fine = ipus_work_load(work, IPUS_PLAN, window->plan, &plan);
    window->amends = fine ? ipus_number(&plan, PLAN_AMENDS) : 0;
    return fine;
}

static bool leaves_room(ipus_work_t *work, const registry_limit_t *limit, const ipus_row_t *granted,
                        int64_t of_visit)
{
    if (limit->kind == LIMIT_GAP) {
        return gap_leaves_room(work, limit, granted, of_visit);
    }
    if (most_of(limit, of_visit, 1) < 0) {
        return true;
    }
    shares_t shares = ipus_shares_of_calendar(work, limit->per, ipus_date(granted, GRANTED_BEGINS),
                                              ipus_date(granted, GRANTED_ENDS));
    if (shares.at == NULL) {
        return ipus_work_fine(work, IPUS_BROKEN);
    }
    window_t window = {.work = work,
                       .limit = limit,
                       .granted = granted->id,
                       .from = shares.at[0].from,
                       .to = shares.at[shares.count - 1].to,
                       .most = most_of(limit, of_visit, 1),
                       .fine = true};
    int64_t most = most_of(limit, of_visit, (int64_t)shares.count);
    if (!is_of_plan(work, granted, &window) || !count_whose(&window, granted)) {
        return false;
    }
    return window.standing + ipus_number(granted, GRANTED_QUANTITY) <= most ||
           refuse_grant(work, limit, granted, most, window.standing);
}

bool ipus_limits_of_grant(ipus_work_t *work, const ipus_row_t *granted)
{
    ipus_limits_t limits = ipus_limits_on(work, ipus_text(granted, GRANTED_SERVICE),
                                          ipus_date(granted, GRANTED_BEGINS));
    int64_t of_visit = units_of_visit(limits);
    for (size_t i = 0; i < limits.count; i++) {
        if (!leaves_room(work, &limits.at[i], granted, of_visit) && !ipus_limits_overridden(work)) {
            return false;
        }
    }
    return true;
}
