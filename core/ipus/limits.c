/* What one person, household or case may order of a service: the day of an order decides which
 * period it counts in. What a grant may be for: ipus/room.c. */
#include "ipus/limits.h"
#include "ipus/states.h"

ipus_limits_t ipus_limits_on(const ipus_work_t *work, span_t id, date_t on)
{
    const registry_service_t *service = registry_service_on(work->command->programme, id, on, NULL);
    const registry_row_t *row = service != NULL ? registry_row_on(service->limits, on) : NULL;
    return row == NULL
               ? (ipus_limits_t){NULL, 0, false}
               : (ipus_limits_t){row->value.limits, row->value.count, service->quantity < 0};
}

const registry_limit_t *ipus_limits_find(const ipus_work_t *work, span_t service, date_t on,
                                         registry_limit_kind_t kind)
{
    ipus_limits_t limits = ipus_limits_on(work, service, on);
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

bool ipus_limits_grants(ipus_work_t *work, int64_t person, span_t service, int64_t application,
                        bool (*each)(void *of, const ipus_row_t *granted), void *of)
{
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PERSON, person);
    ipus_query_text(&query, GRANTED_SERVICE, service);
    grants_t grants = {work, application, each, of, true};
    return ipus_work_find(work, &query, each_grant, &grants) && grants.fine;
}

bool ipus_limits_application(ipus_work_t *work, int64_t decision_id, int64_t *application)
{
    ipus_row_t decision;
    bool found = ipus_work_load(work, IPUS_DECISION, decision_id, &decision);
    *application = found ? ipus_number(&decision, DECISION_APPLICATION) : 0;
    return found;
}

static bool has_whose(ipus_limits_t limits, registry_whose_t whose)
{
    for (size_t i = 0; i < limits.count; i++) {
        if (limits.at[i].whose == whose && limits.at[i].kind <= LIMIT_GAP) {
            return true;
        }
    }
    return false;
}

/* Whether the limit is there again on a day. */
static bool is_renewed(const ipus_work_t *work, span_t service, const registry_limit_t *limit,
                       date_t on)
{
    ipus_limits_t limits = ipus_limits_on(work, service, on);
    for (size_t i = 0; i < limits.count; i++) {
        if (limits.at[i].kind == limit->kind && limits.at[i].per == limit->per) {
            return !date_before(work->command->programme->to, on);
        }
    }
    return false;
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

static bool count_all(tallies_t *tallies, ipus_limits_t limits, const ipus_row_t *order)
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
           ipus_limits_application(work, ipus_number(&granted, GRANTED_DECISION), &application) &&
           ipus_limits_grants(work, person, service, application, count_grant, tallies) &&
           tallies->fine;
}

static bool refuse_reached(ipus_work_t *work, const tally_t *tally, span_t service, int64_t most,
                           int64_t needed)
{
    const registry_limit_t *limit = tally->limit;
    date_t next = date_add(tally->to, 1);
    const span_t arguments[] = {ipus_work_units(work, most),
                                ipus_work_number(work, limit->kind == LIMIT_VISITS),
                                ipus_work_number(work, limit->whose),
                                ipus_work_date(work, tally->from),
                                ipus_work_date(work, tally->to),
                                ipus_work_units(work, tally->used),
                                ipus_work_units(work, most > tally->used ? most - tally->used : 0),
                                ipus_work_date(work, next),
                                service,
                                ipus_work_units(work, needed)};
    bool renewed = is_renewed(work, service, limit, next);
    return ipus_work_refuse_with(work, renewed ? IPUS_LIMIT_REACHED : IPUS_LAST_LIMIT_REACHED, -1,
                                 arguments, 10);
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
static bool has_room(ipus_work_t *work, const tally_t *tally, const ipus_row_t *order, bool by_unit)
{
    int64_t quantity = ipus_number(order, ORDER_QUANTITY);
    date_t on = ipus_date(order, ORDER_PLANNED_ON);
    span_t service = ipus_text(order, ORDER_SERVICE);
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
                                service);
    }
    bool visits = limit->kind == LIMIT_VISITS;
    int64_t most = visits ? limit->most * 1000 : limit->most;
    int64_t more = visits ? visits_of(quantity, by_unit) : quantity;
    return tally->used + more <= most || refuse_reached(work, tally, service, most, more);
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

static bool tallies_make(tallies_t *tallies, ipus_limits_t limits)
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
bool ipus_limits_overridden(ipus_work_t *work)
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
    ipus_limits_t limits = ipus_limits_on(work, ipus_text(order, ORDER_SERVICE), on);
    tallies_t tallies = {
        .by_unit = limits.by_unit, .order = order->id, .on = on, .work = work, .fine = true};
    if (!tallies_make(&tallies, limits)) {
        return ipus_work_fine(work, IPUS_BROKEN);
    }
    if (!count_all(&tallies, limits, order)) {
        return false;
    }
    for (size_t i = 0; i < tallies.count; i++) {
        if (!has_room(work, &tallies.at[i], order, limits.by_unit) &&
            !ipus_limits_overridden(work)) {
            return false;
        }
    }
    return true;
}

/* ---- grants ---------------------------------------------------------------------------------- */
