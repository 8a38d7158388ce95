/* What is granted, ordered, sat on, lent, paid and waited for. */
#include "invariants_inside.h"

#include <stdlib.h>

/* ---- grants and orders ----------------------------------------------------------------------- */

typedef struct {
    int64_t ordered, delivered;
} used_t;

static bool add_order(void *of, const ipus_row_t *order)
{
    used_t *used = of;
    used->ordered +=
        ipus_number(order, ORDER_COUNTS) *
        ipus_number(order, ipus_has(order, ORDER_DELIVERED) ? ORDER_DELIVERED : ORDER_QUANTITY);
    used->delivered += ipus_number(order, ORDER_DELIVERED);
    return true;
}

/* ---- places ---------------------------------------------------------------------------------- */

typedef struct {
    look_t *look;
    const ipus_row_t *order;
    ipus_pool_t pool;
    int64_t places;
} placed_t;

static bool add_place(void *of, const ipus_row_t *allotment)
{
    placed_t *placed = of;
    placed->places += date_equal(ipus_date(allotment, ALLOTMENT_BEGINS), placed->pool.from) &&
                      date_equal(ipus_date(allotment, ALLOTMENT_ENDS), placed->pool.to) &&
                      ipus_number(allotment, ALLOTMENT_UNITS) > 0;
    return true;
}

static bool add_places(void *of, const ipus_row_t *granted)
{
    placed_t *placed = of;
    ipus_query_t query = IPUS_QUERY(IPUS_ALLOTMENT);
    ipus_query_equal(&query, ALLOTMENT_GRANTED, granted->id);
    return each_row(placed->look, &query, add_place, placed);
}

static bool look_at_placed(void *of, const ipus_row_t *order)
{
    placed_t *placed = of;
    span_t service = ipus_text(order, ORDER_SERVICE);
    date_t on = ipus_date(order, ORDER_PLANNED_ON);
    const registry_row_t *row = values_on(placed->look, service, on, true);
    if (row == NULL || row->of != POOL_OF_PERSONS || ipus_number(order, ORDER_COUNTS) != 1) {
        return true;
    }
    placed->places = 0;
    placed->pool.service = service;
    registry_period(placed->look->programme, row->per, on, &placed->pool.from, &placed->pool.to);
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PERSON, ipus_number(order, ORDER_PERSON));
    ipus_query_text(&query, GRANTED_SERVICE, service);
    each_row(placed->look, &query, add_places, placed);
    require(placed->look, placed->places == 1, "its person has no place in the pool, or two",
            order);
    return true;
}

/* Whoever uses something of a pool of people has one place in it. */
static void look_at_places(look_t *look, const ipus_row_t *granted)
{
    placed_t placed = {.look = look};
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_GRANTED, granted->id);
    each_row(look, &query, look_at_placed, &placed);
}

/* ---- what is held ---------------------------------------------------------------------------- */

/* What a grant holds of each period covers what its orders use there, and no more once it ended. */
typedef struct {
    look_t *look;
    const ipus_row_t *granted;
    int64_t held;
    bool units, places;
} holding_t;

typedef struct {
    date_t from, to;
    used_t used;
} within_t;

static bool add_within(void *of, const ipus_row_t *order)
{
    within_t *within = of;
    return !date_within(ipus_date(order, ORDER_PLANNED_ON), within->from, within->to) ||
           add_order(&within->used, order);
}

static bool look_at_held(void *of, const ipus_row_t *allotment)
{
    holding_t *holding = of;
    int64_t units = ipus_number(allotment, ALLOTMENT_UNITS);
    within_t within = {.from = ipus_date(allotment, ALLOTMENT_BEGINS),
                       .to = ipus_date(allotment, ALLOTMENT_ENDS)};
    if (ipus_number(allotment, ALLOTMENT_PLACE) == 1) {
        holding->places = true;
        require(holding->look, units == 0 || units == 1000, "a place is not one", holding->granted);
        return true;
    }
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_GRANTED, holding->granted->id);
    each_row(holding->look, &query, add_within, &within);
    holding->units = true;
    holding->held += units;
    require(holding->look, within.used.ordered <= units,
            "a period holds less than is ordered in it", holding->granted);
    require(holding->look,
            state_of(holding->granted) == GRANTED_IS_RUNNING || within.used.ordered == units,
            "it ended and holds what nobody uses", holding->granted);
    return true;
}

void look_at_granted(look_t *look, const ipus_row_t *row)
{
    used_t used = {0};
    int64_t quantity = ipus_number(row, GRANTED_QUANTITY);
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_GRANTED, row->id);
    each_row(look, &query, add_order, &used);
    holding_t holding = {.look = look, .granted = row};
    ipus_query_t held = IPUS_QUERY(IPUS_ALLOTMENT);
    ipus_query_equal(&held, ALLOTMENT_GRANTED, row->id);
    each_row(look, &held, look_at_held, &holding);
    require(look, used.ordered == ipus_number(row, GRANTED_ORDERED), "its orders sum up otherwise",
            row);
    require(look, used.ordered <= quantity, "more is ordered than granted", row);
    require(look, used.delivered == ipus_number(row, GRANTED_DELIVERED),
            "its deliveries sum up otherwise", row);
    require(look, holding.held <= quantity, "it holds more than was granted", row);
    require(look, !holding.units || state_of(row) != GRANTED_IS_RUNNING || holding.held == quantity,
            "it runs and does not hold what was granted", row);
    if (holding.places || used.ordered > 0) {
        look_at_places(look, row);
    }
}

static bool add_reported(void *of, const ipus_row_t *row)
{
    bool stands = ipus_number(row, DELIVERY_STATE) != DELIVERY_IS_CANCELLED;
    *(int64_t *)of += stands ? ipus_number(row, DELIVERY_UNITS) : 0;
    return true;
}

static int64_t reported(look_t *look, int64_t order)
{
    int64_t units = 0;
    ipus_query_t query = IPUS_QUERY(IPUS_DELIVERY);
    ipus_query_equal(&query, DELIVERY_ORDERED, order);
    each_row(look, &query, add_reported, &units);
    return units;
}

void look_at_order(look_t *look, const ipus_row_t *row)
{
    int64_t state = state_of(row);
    bool counts = ipus_number(row, ORDER_COUNTS) == 1, done = ipus_has(row, ORDER_DELIVERED);
    bool ended_undone = !done && (state == ORDER_IS_REFUSED || state == ORDER_IS_CANCELLED ||
                                  state == ORDER_IS_NOT_DONE || state == ORDER_IS_SETTLED);
    require(look, ended_undone ? !counts || ipus_number(row, ORDER_NO_SHOW) == 1 : counts,
            "it counts and should not, or the other way round", row);
    require(look, ipus_number(row, ORDER_DELIVERED) <= ipus_number(row, ORDER_QUANTITY),
            "more is delivered than ordered", row);
    require(look, reported(look, row->id) <= ipus_number(row, ORDER_QUANTITY),
            "more deliveries than ordered", row);
    /* Settled without a fee, or not settled after all: that has its reason. */
    int64_t charges = sums(look, IPUS_CHARGE, CHARGE_ORDERED, row->id, 0, -1).count;
    require(look,
            charges == (state == ORDER_IS_SETTLED && done ? 1 : 0) ||
                (charges <= 1 && ipus_has(row, ORDER_REASON)),
            "its charge is missing or one too many", row);
    if (ipus_has(row, ORDER_LENT_UNTIL)) {
        ipus_row_t item;
        require(look,
                named(look, row, ORDER_ITEM, &item) &&
                    ipus_number(&item, ITEM_ORDERED) == row->id && state_of(&item) == ITEM_IS_LENT,
                "what it lends is not lent to it", row);
    }
}

/* ---- things and groups ----------------------------------------------------------------------- */

void look_at_item(look_t *look, const ipus_row_t *row)
{
    ipus_row_t order;
    bool lent = state_of(row) == ITEM_IS_LENT, known = named(look, row, ITEM_ORDERED, &order);
    require(look, lent == known, "it is lent to nobody, or had by somebody", row);
    require(look,
            !lent || !known ||
                (ipus_number(&order, ORDER_ITEM) == row->id && ipus_has(&order, ORDER_LENT_UNTIL)),
            "who has it does not know", row);
}

#define PEOPLE_MAX 256

typedef struct {
    int64_t people[PEOPLE_MAX];
    size_t count;
} seated_t;

static bool seat(void *of, const ipus_row_t *order)
{
    seated_t *seated = of;
    for (size_t i = 0; i < seated->count; i++) {
        if (seated->people[i] == ipus_number(order, ORDER_PERSON)) {
            return true;
        }
    }
    if (seated->count == PEOPLE_MAX) {
        abort();
    }
    seated->people[seated->count++] = ipus_number(order, ORDER_PERSON);
    return true;
}

/* A person has one seat, however many meetings are ordered. */
void look_at_group(look_t *look, const ipus_row_t *row)
{
    seated_t seated = {.count = 0};
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_GROUP, row->id);
    ipus_query_equal(&query, ORDER_COUNTS, 1);
    each_row(look, &query, seat, &seated);
    int64_t people = (int64_t)seated.count;
    require(look, people == ipus_number(row, GROUP_TAKEN), "other people sit in it", row);
    require(look, people <= ipus_number(row, GROUP_SEATS), "more people than seats", row);
}

/* ---- limits ---------------------------------------------------------------------------------- */

/* One limit around one order. */
typedef struct {
    look_t *look;
    const registry_limit_t *limit;
    const ipus_row_t *order;
    date_t from, to;
    int64_t units, visits;
    bool by_unit, allowed;
} around_t;

static bool is_over(const ipus_row_t *order)
{
    return ipus_number(order, ORDER_OVER_LIMIT) == 1;
}

static bool count_around(void *of, const ipus_row_t *other)
{
    around_t *around = of;
    const registry_limit_t *limit = around->limit;
    date_t on = ipus_date(around->order, ORDER_PLANNED_ON);
    date_t then = ipus_date(other, ORDER_PLANNED_ON);
    if (limit->kind == LIMIT_GAP) {
        require(around->look,
                other->id == around->order->id || is_over(other) || is_over(around->order) ||
                    abs(then.days - on.days) >= limit->gap_days + 28 * limit->gap_months,
                "it is too near to another", around->order);
    } else if (date_within(then, around->from, around->to)) {
        int64_t quantity =
            ipus_number(other, ipus_has(other, ORDER_DELIVERED) ? ORDER_DELIVERED : ORDER_QUANTITY);
        around->units += quantity;
        around->visits += around->by_unit ? (quantity + 999) / 1000 : 1;
        around->allowed = around->allowed || is_over(other);
    }
    return true;
}

/* In the period of an order's day nothing was passed, unless an official let somebody pass. */
static void look_at_limit(look_t *look, const registry_limit_t *limit, const ipus_row_t *row,
                          bool by_unit)
{
    around_t around = {.look = look, .limit = limit, .order = row, .by_unit = by_unit};
    bool together = limit->whose == WHOSE_HOUSEHOLD && ipus_has(row, ORDER_HOUSEHOLD);
    int field = together ? ORDER_HOUSEHOLD : ORDER_PERSON;
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, field, ipus_number(row, field));
    ipus_query_text(&query, ORDER_SERVICE, ipus_text(row, ORDER_SERVICE));
    ipus_query_equal(&query, ORDER_COUNTS, 1);
    registry_period(look->programme, limit->per, ipus_date(row, ORDER_PLANNED_ON), &around.from,
                    &around.to);
    each_row(look, &query, count_around, &around);
    require(look, around.allowed || limit->kind != LIMIT_VISITS || around.visits <= limit->most,
            "more visits than the limit", row);
    require(look,
            around.allowed || limit->kind != LIMIT_UNITS || limit->per == PER_VISIT ||
                around.units <= limit->most,
            "more units than the limit", row);
}

void look_at_limits(look_t *look, const ipus_row_t *row)
{
    date_t on = ipus_date(row, ORDER_PLANNED_ON);
    span_t id = ipus_text(row, ORDER_SERVICE);
    const registry_row_t *limits = values_on(look, id, on, false);
    if (limits == NULL || ipus_number(row, ORDER_COUNTS) != 1) {
        return;
    }
    bool by_unit = registry_service_on(look->programme, id, on, NULL)->quantity < 0;
    for (size_t i = 0; i < limits->value.count; i++) {
        const registry_limit_t *limit = &limits->value.limits[i];
        if (limit->whose != WHOSE_CASE && limit->kind <= LIMIT_GAP) {
            look_at_limit(look, limit, row, by_unit);
        }
    }
}

/* ---- money ----------------------------------------------------------------------------------- */

typedef struct {
    int amount, undone;
    int64_t sum;
} standing_t;

static bool add_standing(void *of, const ipus_row_t *row)
{
    standing_t *standing = of;
    standing->sum += ipus_has(row, standing->undone) ? 0 : ipus_number(row, standing->amount);
    return true;
}

/* What of a charge's payments, refunds or waivers was not undone. */
static int64_t standing(look_t *look, ipus_kind_t kind, int charge, int64_t id, int amount,
                        int undone)
{
    standing_t standing = {amount, undone, 0};
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_equal(&query, charge, id);
    each_row(look, &query, add_standing, &standing);
    return standing.sum;
}

void look_at_charge(look_t *look, const ipus_row_t *row)
{
    int64_t state = state_of(row), paid = ipus_number(row, CHARGE_PAID);
    int64_t owed = ipus_number(row, CHARGE_FEE) + ipus_number(row, CHARGE_CORRECTED);
    int64_t refunded = ipus_number(row, CHARGE_REFUNDED), waived = ipus_number(row, CHARGE_WAIVED);
    int64_t rest = owed > waived ? owed - waived : 0, kept = paid - refunded;
    require(look,
            paid == standing(look, IPUS_PAYMENT, PAYMENT_CHARGE, row->id, PAYMENT_AMOUNT,
                             PAYMENT_UNDONE_ON),
            "its payments sum up otherwise", row);
    require(look,
            refunded == standing(look, IPUS_REFUND, REFUND_CHARGE, row->id, REFUND_AMOUNT,
                                 REFUND_UNDONE_ON),
            "its refunds sum up otherwise", row);
    require(look,
            waived == standing(look, IPUS_WAIVER, WAIVER_CHARGE, row->id, WAIVER_AMOUNT,
                               WAIVER_UNDONE_ON),
            "its waivers sum up otherwise", row);
    require(look,
            ipus_number(row, CHARGE_CORRECTED) ==
                sums(look, IPUS_CORRECTION, CORRECTION_CHARGE, row->id, 0, CORRECTION_AMOUNT).sum,
            "its corrections sum up otherwise", row);
    require(look, owed >= 0 && kept >= 0 && refunded >= 0 && waived >= 0, "it is below zero", row);
    require(look, (state == CHARGE_IS_DUE) == (kept < rest) || state == CHARGE_IS_CANCELLED,
            "it is due and nothing is owed, or the other way round", row);
    require(look, (state == CHARGE_IS_OVERPAID) == (kept > rest) || state == CHARGE_IS_CANCELLED,
            "more was paid than is owed, and its state does not say so", row);
    require(look, state != CHARGE_IS_PAID || kept == owed, "it is paid and something is owed", row);
    require(look, state != CHARGE_IS_WAIVED || (waived > 0 && kept < owed),
            "it is waived and nothing was", row);
    require(look, (state != CHARGE_IS_EXEMPT && state != CHARGE_IS_CANCELLED) || kept == 0,
            "it is not to be paid and was", row);
}

/* ---- the queue ------------------------------------------------------------------------------- */

#define WAITING_OPEN (IPUS_STATES(WAITING_IS_QUEUED) | IPUS_STATES(WAITING_IS_OFFERED))

typedef struct {
    const ipus_row_t *row;
    bool twice;
} twice_t;

static bool find_twice(void *of, const ipus_row_t *other)
{
    twice_t *twice = of;
    twice->twice = twice->twice ||
                   (other->id != twice->row->id && (WAITING_OPEN >> state_of(other) & 1u) != 0);
    return true;
}

void look_at_waiting(look_t *look, const ipus_row_t *row)
{
    int64_t held = sums(look, IPUS_ALLOTMENT, ALLOTMENT_WAITING, row->id, 0, ALLOTMENT_UNITS).sum;
    bool offered = state_of(row) == WAITING_IS_OFFERED;
    date_t on = ipus_date(row, WAITING_OFFERED_ON);
    require(look, !offered || !date_is_none(on), "it is offered on no day", row);
    const registry_row_t *pool =
        offered ? values_on(look, ipus_text(row, WAITING_SERVICE), on, true) : NULL;
    bool place = pool != NULL && pool->of == POOL_OF_PERSONS;
    require(look,
            held == (pool == NULL ? 0 : ipus_number(row, WAITING_QUANTITY)) ||
                (place && (held == 1000 || held == 0)),
            "it holds something else than is offered", row);
    if ((WAITING_OPEN >> state_of(row) & 1u) != 0) {
        twice_t twice = {row, false};
        ipus_query_t query = IPUS_QUERY(IPUS_WAITING);
        ipus_query_equal(&query, WAITING_PERSON, ipus_number(row, WAITING_PERSON));
        ipus_query_text(&query, WAITING_SERVICE, ipus_text(row, WAITING_SERVICE));
        each_row(look, &query, find_twice, &twice);
        require(look, !twice.twice, "somebody waits twice", row);
    }
}

static bool note_head(void *of, const ipus_row_t *row)
{
    ipus_row_t *head = of;
    int64_t score = ipus_number(row, WAITING_SCORE), since = ipus_number(row, WAITING_SINCE);
    int64_t first = ipus_number(head, WAITING_SCORE), day = ipus_number(head, WAITING_SINCE);
    if (head->id == 0 || score > first || (score == first && since < day)) {
        *head = *row;
    }
    return true;
}

/* Where it also takes a seat or a thing, there may be units and nothing to use them on. */
static bool takes_more_than_units(const registry_service_t *service, date_t on)
{
    const registry_row_t *limits = registry_row_on(service->limits, on);
    for (size_t i = 0; limits != NULL && i < limits->value.count; i++) {
        registry_limit_kind_t kind = limits->value.limits[i].kind;
        if (kind == LIMIT_SEATS || kind == LIMIT_LOAN) {
            return true;
        }
    }
    return false;
}

bool invariants_none_in_vain(ipus_record_t *record, const registry_programme_t *programme,
                             date_t today, buf_t *why)
{
    look_t look = {record, programme, why, true};
    for (size_t i = 0; i < programme->service_count; i++) {
        const registry_service_t *service = &programme->services[i];
        const registry_row_t *row = registry_row_on(service->pool, today);
        if (row == NULL || !registry_in_force(programme, service, today) ||
            takes_more_than_units(service, today)) {
            continue;
        }
        ipus_row_t head = {.kind = IPUS_WAITING};
        ipus_query_t query = IPUS_QUERY(IPUS_WAITING);
        ipus_query_text(&query, WAITING_SERVICE, service->id);
        ipus_query_equal(&query, WAITING_STATE, WAITING_IS_QUEUED);
        each_row(&look, &query, note_head, &head);
        if (head.id == 0) {
            continue;
        }
        ipus_pool_t pool = {.service = service->id};
        int64_t taken = 0;
        registry_period(programme, row->per, today, &pool.from, &pool.to);
        (void)record->take(record->context, &pool, 0, 0, INT64_MAX, &taken);
        int64_t needed = row->of == POOL_OF_PERSONS ? 1000 : ipus_number(&head, WAITING_QUANTITY);
        require(&look, needed > row->value.number * 1000 - taken, "it waits first for what is free",
                &head);
    }
    return look.holds;
}
