/* What one person, household or case may have of a service. The day of an order decides which
 * period it counts in; a grant only has to leave room for its orders. */
#include "ipus/pools.h"
#include "ipus/shares.h"
#include "ipus/states.h"
#include "ipus/units.h"

typedef struct {
    const registry_limit_t *at;
    size_t count;
    bool by_unit; /* every unit is a visit */
} limits_t;

static limits_t limits_on(const ipus_work_t *work, span_t id, date_t on)
{
    const registry_service_t *service = registry_service_on(work->command->programme, id, on, NULL);
    const registry_row_t *row = service != NULL ? registry_row_on(service->limits, on) : NULL;
    return row == NULL ? (limits_t){NULL, 0, false}
                       : (limits_t){row->value.limits, row->value.count, service->quantity < 0};
}

const registry_limit_t *ipus_limits_find(const ipus_work_t *work, span_t service, date_t on,
                                         registry_limit_kind_t kind)
{
    limits_t limits = limits_on(work, service, on);
    for (size_t i = 0; i < limits.count; i++) {
        if (limits.at[i].kind == kind) {
            return &limits.at[i];
        }
    }
    return NULL;
}

date_t ipus_limits_after(const registry_limit_t *limit, date_t on)
{
    return date_add(date_add_months(on, limit->gap_months), limit->gap_days);
}

/* ---- who is meant ---------------------------------------------------------------------------- */

/* The grants of a service to one person, or of them those of one case. */
typedef struct {
    ipus_work_t *work;
    int64_t application; /* 0: all */
    bool (*each)(void *of, const ipus_row_t *granted);
    void *of;
    bool fine;
} grants_t;

static bool each_grant(void *of, const ipus_row_t *row)
{
    grants_t *grants = of;
    ipus_row_t decision;
    if (grants->application != 0) {
        grants->fine = ipus_work_load(grants->work, IPUS_DECISION,
                                      ipus_number(row, GRANTED_DECISION), &decision);
        if (!grants->fine || ipus_number(&decision, DECISION_APPLICATION) != grants->application) {
            return grants->fine;
        }
    }
    return grants->each(grants->of, row);
}

static bool find_grants(ipus_work_t *work, int64_t person, span_t service, int64_t application,
                        bool (*each)(void *of, const ipus_row_t *granted), void *of)
{
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PERSON, person);
    ipus_query_text(&query, GRANTED_SERVICE, service);
    grants_t grants = {work, application, each, of, true};
    return ipus_work_find(work, &query, each_grant, &grants) && grants.fine;
}

static bool application_of(ipus_work_t *work, int64_t decision_id, int64_t *application)
{
    ipus_row_t decision;
    bool found = ipus_work_load(work, IPUS_DECISION, decision_id, &decision);
    *application = found ? ipus_number(&decision, DECISION_APPLICATION) : 0;
    return found;
}

static bool has_whose(limits_t limits, registry_whose_t whose)
{
    for (size_t i = 0; i < limits.count; i++) {
        if (limits.at[i].whose == whose && limits.at[i].kind <= LIMIT_GAP) {
            return true;
        }
    }
    return false;
}

static bool refuse_reached(ipus_work_t *work, const registry_limit_t *limit, date_t from, date_t to,
                           int64_t most, int64_t used)
{
    const span_t arguments[] = {ipus_work_units(work, most),
                                ipus_work_number(work, limit->kind == LIMIT_VISITS),
                                ipus_work_number(work, limit->whose),
                                ipus_work_date(work, from),
                                ipus_work_date(work, to),
                                ipus_work_units(work, used),
                                ipus_work_units(work, most > used ? most - used : 0),
                                ipus_work_date(work, date_add(to, 1))};
    return ipus_work_refuse_with(work, IPUS_LIMIT_REACHED, -1, arguments, 8);
}

/* ---- orders ---------------------------------------------------------------------------------- */

/* How far a limit is used, around the day of an order. Visits are counted in thousandths too. */
typedef struct {
    const registry_limit_t *limit;
    date_t from, to;
    int64_t used;
    date_t earlier, later; /* the nearest, for a gap */
} tally_t;

typedef struct {
    tally_t *at;
    size_t count;
    bool by_unit;
    registry_whose_t whose; /* whose orders are being counted */
    int64_t order;          /* not counted itself */
    date_t on;
    date_t from, to; /* nothing beyond these days matters */
    ipus_work_t *work;
    bool fine;
} tallies_t;

static int64_t visits_of(int64_t quantity, bool by_unit)
{
    return by_unit ? (quantity + 999) / 1000 * 1000 : 1000;
}

static void tally(tally_t *tally, date_t on, date_t other, int64_t quantity, bool by_unit)
{
    if (tally->limit->kind == LIMIT_GAP) {
        if (!date_before(on, other) && date_before(tally->earlier, other)) {
            tally->earlier = other;
        } else if (date_before(on, other) && date_before(other, tally->later)) {
            tally->later = other;
        }
    } else if (date_within(other, tally->from, tally->to)) {
        tally->used += tally->limit->kind == LIMIT_VISITS ? visits_of(quantity, by_unit) : quantity;
    }
}

static bool count_order(void *of, const ipus_row_t *row)
{
    tallies_t *tallies = of;
    int64_t used = ipus_order_used(row);
    for (size_t i = 0; i < tallies->count && row->id != tallies->order; i++) {
        if (tallies->at[i].limit->whose == tallies->whose) {
            tally(&tallies->at[i], tallies->on, ipus_date(row, ORDER_PLANNED_ON), used,
                  tallies->by_unit);
        }
    }
    return true;
}

static bool count_by(tallies_t *tallies, int field, int64_t id, span_t service)
{
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, field, id);
    ipus_query_text(&query, ORDER_SERVICE, service);
    ipus_query_equal(&query, ORDER_COUNTS, 1);
    query.only = UINT32_C(1) << ORDER_PLANNED_ON | UINT32_C(1) << ORDER_QUANTITY |
                 UINT32_C(1) << ORDER_DELIVERED | UINT32_C(1) << ORDER_COUNTS;
    query.range = ORDER_PLANNED_ON;
    query.from = tallies->from.days;
    query.to = tallies->to.days;
    return ipus_work_find(tallies->work, &query, count_order, tallies);
}

static bool count_grant(void *of, const ipus_row_t *granted)
{
    tallies_t *tallies = of;
    tallies->fine =
        count_by(tallies, ORDER_GRANTED, granted->id, ipus_text(granted, GRANTED_SERVICE));
    return tallies->fine;
}

static bool count_all(tallies_t *tallies, limits_t limits, const ipus_row_t *order)
{
    ipus_work_t *work = tallies->work;
    span_t service = ipus_text(order, ORDER_SERVICE);
    int64_t person = ipus_number(order, ORDER_PERSON);
    int64_t household = ipus_number(order, ORDER_HOUSEHOLD);
    tallies->whose = WHOSE_PERSON;
    if (has_whose(limits, WHOSE_PERSON) && !count_by(tallies, ORDER_PERSON, person, service)) {
        return false;
    }
    tallies->whose = WHOSE_HOUSEHOLD;
    if (has_whose(limits, WHOSE_HOUSEHOLD) &&
        !count_by(tallies, household != 0 ? ORDER_HOUSEHOLD : ORDER_PERSON,
                  household != 0 ? household : person, service)) {
        return false;
    }
    tallies->whose = WHOSE_CASE;
    if (!has_whose(limits, WHOSE_CASE)) {
        return true;
    }
    ipus_row_t granted;
    int64_t application = 0;
    return ipus_work_load(work, IPUS_GRANTED, ipus_number(order, ORDER_GRANTED), &granted) &&
           application_of(work, ipus_number(&granted, GRANTED_DECISION), &application) &&
           find_grants(work, person, service, application, count_grant, tallies) && tallies->fine;
}

static bool refuse_gap(ipus_work_t *work, const tally_t *tally, date_t other)
{
    const registry_limit_t *limit = tally->limit;
    date_t next =
        ipus_limits_after(limit, date_before(tally->later, DATE_NEVER) ? tally->later : other);
    const span_t arguments[] = {
        ipus_work_number(work, limit->gap_months > 0 ? limit->gap_months : limit->gap_days),
        ipus_work_number(work, limit->gap_months > 0), ipus_work_date(work, other),
        ipus_work_date(work, next)};
    return ipus_work_refuse_with(work, IPUS_GAP_TOO_SHORT, ORDER_PLANNED_ON, arguments, 4);
}

/* Whether the order fits beside what was counted; refused otherwise. */
static bool has_room(ipus_work_t *work, const tally_t *tally, int64_t quantity, date_t on,
                     bool by_unit)
{
    const registry_limit_t *limit = tally->limit;
    if (limit->kind == LIMIT_GAP) {
        bool early = !date_is_none(tally->earlier) &&
                     date_before(on, ipus_limits_after(limit, tally->earlier));
        bool late = date_before(tally->later, DATE_NEVER) &&
                    date_before(tally->later, ipus_limits_after(limit, on));
        return (!early && !late) || refuse_gap(work, tally, early ? tally->earlier : tally->later);
    }
    if (limit->kind == LIMIT_UNITS && limit->per == PER_VISIT) {
        int64_t visits = visits_of(quantity, by_unit) / 1000;
        return quantity <= limit->most * visits ||
               ipus_work_refuse(work, IPUS_LIMIT_OF_VISIT, ORDER_QUANTITY,
                                ipus_work_units(work, limit->most), ipus_work_units(work, quantity),
                                SPAN_NONE);
    }
    bool visits = limit->kind == LIMIT_VISITS;
    int64_t most = visits ? limit->most * 1000 : limit->most;
    int64_t more = visits ? visits_of(quantity, by_unit) : quantity;
    return tally->used + more <= most ||
           refuse_reached(work, limit, tally->from, tally->to, most, tally->used);
}

/* The days around `on` that a limit looks at. */
static void look_around(const ipus_work_t *work, tally_t *tally, date_t on)
{
    const registry_limit_t *limit = tally->limit;
    if (limit->kind == LIMIT_GAP) {
        int32_t most = limit->gap_days + 31 * limit->gap_months;
        tally->from = date_add(on, -most);
        tally->to = date_add(on, most);
    } else {
        registry_period(work->command->programme, limit->per, on, &tally->from, &tally->to);
    }
}

static bool tallies_make(tallies_t *tallies, limits_t limits)
{
    tallies->at = arena_array(tallies->work->record->arena, limits.count, sizeof *tallies->at);
    tallies->from = tallies->to = tallies->on;
    for (size_t i = 0; i < limits.count && tallies->at != NULL; i++) {
        if (limits.at[i].kind > LIMIT_GAP) {
            continue;
        }
        tally_t *made = &tallies->at[tallies->count++];
        *made = (tally_t){.limit = &limits.at[i], .earlier = DATE_NONE, .later = DATE_NEVER};
        look_around(tallies->work, made, tallies->on);
        tallies->from = date_before(made->from, tallies->from) ? made->from : tallies->from;
        tallies->to = date_before(tallies->to, made->to) ? made->to : tallies->to;
    }
    return tallies->at != NULL || limits.count == 0;
}

/* What an override sets aside is forgotten again. */
static bool overridden(ipus_work_t *work)
{
    if (!work->answer->refused || !ipus_work_overrides(work)) {
        return false;
    }
    work->answer->refused = false;
    work->answer->refusal = (ipus_refusal_t){.field = -1};
    if (work->row.kind == IPUS_ORDER) {
        ipus_set(&work->row, ORDER_OVER_LIMIT, 1);
    }
    return true;
}

bool ipus_limits_of_order(ipus_work_t *work, const ipus_row_t *order)
{
    date_t on = ipus_date(order, ORDER_PLANNED_ON);
    limits_t limits = limits_on(work, ipus_text(order, ORDER_SERVICE), on);
    tallies_t tallies = {
        .by_unit = limits.by_unit, .order = order->id, .on = on, .work = work, .fine = true};
    if (!tallies_make(&tallies, limits)) {
        return ipus_work_fine(work, IPUS_BROKEN);
    }
    if (!count_all(&tallies, limits, order)) {
        return false;
    }
    for (size_t i = 0; i < tallies.count; i++) {
        if (!has_room(work, &tallies.at[i], ipus_number(order, ORDER_QUANTITY), on,
                      limits.by_unit) &&
            !overridden(work)) {
            return false;
        }
    }
    return true;
}

/* ---- grants ---------------------------------------------------------------------------------- */

/* How many units a visit may bring, or 0 where that is not bounded. */
static int64_t units_of_visit(limits_t limits)
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
    limits_t limits = limits_on(work, service, first);
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
    date_t from, to;
    int64_t most; /* of each period */
    int64_t standing;
    bool fine;
} window_t;

/* A grant that has ended stands for what was ordered. */
static bool count_standing(void *of, const ipus_row_t *row)
{
    window_t *window = of;
    int64_t state = ipus_number(row, GRANTED_STATE);
    bool ended = state == GRANTED_IS_ENDED;
    int64_t quantity = ipus_number(row, ended ? GRANTED_ORDERED : GRANTED_QUANTITY);
    if (row->id == window->granted || (state != GRANTED_IS_RUNNING && !ended)) {
        return true;
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
        find_grants(window->work, person->id, members->service, 0, count_standing, window) &&
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
            application_of(window->work, ipus_number(granted, GRANTED_DECISION), &application)) &&
           find_grants(window->work, person, service, application, count_standing, window) &&
           window->fine;
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
           refuse_reached(work, limit, ipus_date(granted, GRANTED_BEGINS), ends, visits * of_visit,
                          0);
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
    if (!count_whose(&window, granted)) {
        return false;
    }
    return window.standing + ipus_number(granted, GRANTED_QUANTITY) <= most ||
           refuse_reached(work, limit, window.from, window.to, most, window.standing);
}

bool ipus_limits_of_grant(ipus_work_t *work, const ipus_row_t *granted)
{
    limits_t limits =
        limits_on(work, ipus_text(granted, GRANTED_SERVICE), ipus_date(granted, GRANTED_BEGINS));
    int64_t of_visit = units_of_visit(limits);
    for (size_t i = 0; i < limits.count; i++) {
        if (!leaves_room(work, &limits.at[i], granted, of_visit) && !overridden(work)) {
            return false;
        }
    }
    return true;
}
