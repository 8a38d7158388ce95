#include "invariants.h"
#include "ipus/states.h"

#include <stdlib.h>

typedef struct {
    ipus_row_t *at;
    size_t count, cap;
} rows_t;

typedef struct {
    ipus_record_t *record;
    const registry_programme_t *programme;
    buf_t *why;
    bool holds;
} look_t;

static void require(look_t *look, bool holds, const char *what, const ipus_row_t *row)
{
    if (!holds && look->holds) {
        buf_print(look->why, "%s %lld: %s", ipus_kind(row->kind)->name, (long long)row->id, what);
        look->holds = false;
    }
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool keep(void *of, const ipus_row_t *row)
{
    rows_t *rows = of;
    if (rows->count == rows->cap) {
        rows->cap = rows->cap > 0 ? rows->cap * 2 : 16;
        ipus_row_t *at = realloc(rows->at, rows->cap * sizeof *at);
        if (at == NULL) {
            abort();
        }
        rows->at = at;
    }
    rows->at[rows->count++] = *row;
    return true;
}

static rows_t all_of(const look_t *look, ipus_kind_t kind)
{
    rows_t rows = {0};
    const ipus_query_t query = IPUS_QUERY(kind);
    if (look->record->find(look->record->context, &query, keep, &rows) != IPUS_FINE) {
        abort();
    }
    return rows;
}

/* The sum of a field over the rows with a value in another; -1 counts them. */
static int64_t sum_of(const rows_t *rows, int by, int64_t value, int field)
{
    int64_t sum = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (ipus_number(&rows->at[i], by) == value) {
            sum += field < 0 ? 1 : ipus_number(&rows->at[i], field);
        }
    }
    return sum;
}

static const ipus_row_t *row_of(const rows_t *rows, int64_t id)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->at[i].id == id) {
            return &rows->at[i];
        }
    }
    return NULL;
}

static const registry_row_t *values_on(const look_t *look, span_t id, date_t on, bool pool)
{
    const registry_service_t *service = registry_service_on(look->programme, id, on, NULL);
    return service == NULL ? NULL : registry_row_on(pool ? service->pool : service->limits, on);
}

/* ---- pools ----------------------------------------------------------------------------------- */

static bool same_pool(const ipus_row_t *a, const ipus_row_t *b)
{
    return date_equal(ipus_date(a, ALLOTMENT_BEGINS), ipus_date(b, ALLOTMENT_BEGINS)) &&
           date_equal(ipus_date(a, ALLOTMENT_ENDS), ipus_date(b, ALLOTMENT_ENDS)) &&
           span_equal(ipus_text(a, ALLOTMENT_SERVICE), ipus_text(b, ALLOTMENT_SERVICE));
}

/* Everything that is taken of a pool is held by somebody, and nobody holds more. */
static void look_at_pool(look_t *look, const rows_t *allotments, const ipus_row_t *first)
{
    int64_t within = 0, taken = 0;
    for (size_t i = 0; i < allotments->count; i++) {
        const ipus_row_t *row = &allotments->at[i];
        if (same_pool(row, first)) {
            within += ipus_number(row, ALLOTMENT_UNITS) - ipus_number(row, ALLOTMENT_OVER);
        }
    }
    const ipus_pool_t pool = {ipus_text(first, ALLOTMENT_SERVICE),
                              ipus_date(first, ALLOTMENT_BEGINS), ipus_date(first, ALLOTMENT_ENDS)};
    const registry_row_t *row = values_on(look, pool.service, pool.from, true);
    (void)look->record->take(look->record->context, &pool, 0, 0, INT64_MAX, &taken);
    require(look, taken == within, "its pool counts something else than is held", first);
    require(look, row != NULL && taken <= row->value.number * 1000,
            "more is taken than its pool has", first);
}

static void look_at_allotments(look_t *look, const rows_t *allotments, const rows_t *granted,
                               const rows_t *waiting)
{
    for (size_t i = 0; i < allotments->count; i++) {
        const ipus_row_t *row = &allotments->at[i];
        int64_t units = ipus_number(row, ALLOTMENT_UNITS), over = ipus_number(row, ALLOTMENT_OVER);
        require(look, units >= over && over >= 0, "its units are none", row);
        require(look, ipus_has(row, ALLOTMENT_GRANTED) != ipus_has(row, ALLOTMENT_WAITING),
                "it is not held by just one", row);
        const ipus_row_t *grant = row_of(granted, ipus_number(row, ALLOTMENT_GRANTED));
        const ipus_row_t *offer = row_of(waiting, ipus_number(row, ALLOTMENT_WAITING));
        require(look,
                units == 0 || grant == NULL ||
                    ipus_number(grant, GRANTED_STATE) == GRANTED_IS_RUNNING ||
                    ipus_number(grant, GRANTED_STATE) == GRANTED_IS_ENDED,
                "it is held by a grant that is none", row);
        require(look,
                units == 0 || offer == NULL ||
                    ipus_number(offer, WAITING_STATE) == WAITING_IS_OFFERED,
                "it is held by an offer that is none", row);
        size_t before = 0;
        while (before < i && !same_pool(&allotments->at[before], row)) {
            before++;
        }
        if (before == i) {
            look_at_pool(look, allotments, row);
        }
    }
}

/* ---- grants and orders ----------------------------------------------------------------------- */

static void look_at_grants(look_t *look, const rows_t *granted, const rows_t *orders,
                           const rows_t *allotments)
{
    for (size_t i = 0; i < granted->count; i++) {
        const ipus_row_t *row = &granted->at[i];
        int64_t ordered = 0, delivered = 0, quantity = ipus_number(row, GRANTED_QUANTITY);
        for (size_t o = 0; o < orders->count; o++) {
            const ipus_row_t *order = &orders->at[o];
            if (ipus_number(order, ORDER_GRANTED) == row->id) {
                ordered += ipus_number(order, ORDER_COUNTS) * ipus_number(order, ORDER_QUANTITY);
                delivered += ipus_number(order, ORDER_DELIVERED);
            }
        }
        int64_t held = sum_of(allotments, ALLOTMENT_GRANTED, row->id, ALLOTMENT_UNITS);
        bool pooled = sum_of(allotments, ALLOTMENT_GRANTED, row->id, -1) > 0;
        require(look, ordered == ipus_number(row, GRANTED_ORDERED), "its orders sum up otherwise",
                row);
        require(look, ordered <= quantity, "more is ordered than granted", row);
        require(look, delivered == ipus_number(row, GRANTED_DELIVERED),
                "its deliveries sum up otherwise", row);
        require(look, held <= quantity, "it holds more than was granted", row);
        require(look, !pooled || held >= ordered, "it holds less than was ordered", row);
        require(look,
                !pooled || ipus_number(row, GRANTED_STATE) != GRANTED_IS_RUNNING ||
                    held == quantity,
                "it runs and does not hold what was granted", row);
    }
}

static void look_at_order(look_t *look, const ipus_row_t *row, const rows_t *items,
                          const rows_t *charges, const rows_t *deliveries)
{
    int64_t state = ipus_number(row, ORDER_STATE);
    bool counts = ipus_number(row, ORDER_COUNTS) == 1, done = ipus_has(row, ORDER_DELIVERED);
    bool ended_undone = !done && (state == ORDER_IS_REFUSED || state == ORDER_IS_CANCELLED ||
                                  state == ORDER_IS_NOT_DONE || state == ORDER_IS_SETTLED);
    require(look, ended_undone ? !counts || ipus_number(row, ORDER_NO_SHOW) == 1 : counts,
            "it counts and should not, or the other way round", row);
    require(look, ipus_number(row, ORDER_DELIVERED) <= ipus_number(row, ORDER_QUANTITY),
            "more is delivered than ordered", row);
    require(look,
            sum_of(deliveries, DELIVERY_ORDERED, row->id, DELIVERY_UNITS) <=
                ipus_number(row, ORDER_QUANTITY),
            "more deliveries than ordered", row);
    require(look,
            sum_of(charges, CHARGE_ORDERED, row->id, -1) ==
                (state == ORDER_IS_SETTLED && done ? 1 : 0),
            "its charge is missing or one too many", row);
    if (ipus_has(row, ORDER_LENT_UNTIL)) {
        const ipus_row_t *item = row_of(items, ipus_number(row, ORDER_ITEM));
        require(look,
                item != NULL && ipus_number(item, ITEM_ORDERED) == row->id &&
                    ipus_number(item, ITEM_STATE) == ITEM_IS_LENT,
                "what it lends is not lent to it", row);
    }
}

static void look_at_items(look_t *look, const rows_t *items, const rows_t *orders)
{
    for (size_t i = 0; i < items->count; i++) {
        const ipus_row_t *row = &items->at[i];
        const ipus_row_t *order = row_of(orders, ipus_number(row, ITEM_ORDERED));
        bool lent = ipus_number(row, ITEM_STATE) == ITEM_IS_LENT;
        require(look, lent == (order != NULL), "it is lent to nobody, or had by somebody", row);
        require(
            look,
            !lent || order == NULL ||
                (ipus_number(order, ORDER_ITEM) == row->id && ipus_has(order, ORDER_LENT_UNTIL)),
            "who has it does not know", row);
    }
}

static void look_at_groups(look_t *look, const rows_t *groups, const rows_t *orders)
{
    for (size_t i = 0; i < groups->count; i++) {
        const ipus_row_t *row = &groups->at[i];
        int64_t people = 0;
        for (size_t o = 0; o < orders->count; o++) {
            const ipus_row_t *order = &orders->at[o];
            bool sits =
                ipus_number(order, ORDER_GROUP) == row->id && ipus_number(order, ORDER_COUNTS) == 1;
            for (size_t before = 0; before < o && sits; before++) {
                sits = ipus_number(&orders->at[before], ORDER_GROUP) != row->id ||
                       ipus_number(&orders->at[before], ORDER_COUNTS) != 1 ||
                       ipus_number(&orders->at[before], ORDER_PERSON) !=
                           ipus_number(order, ORDER_PERSON);
            }
            people += sits;
        }
        require(look, people == ipus_number(row, GROUP_TAKEN), "other people sit in it", row);
        require(look, people <= ipus_number(row, GROUP_SEATS), "more people than seats", row);
    }
}

/* ---- limits ---------------------------------------------------------------------------------- */

static bool is_of_same(const ipus_row_t *a, const ipus_row_t *b, registry_whose_t whose)
{
    int64_t household = ipus_number(a, ORDER_HOUSEHOLD);
    bool together = whose == WHOSE_HOUSEHOLD && household != 0
                        ? household == ipus_number(b, ORDER_HOUSEHOLD)
                        : ipus_number(a, ORDER_PERSON) == ipus_number(b, ORDER_PERSON);
    return together && span_equal(ipus_text(a, ORDER_SERVICE), ipus_text(b, ORDER_SERVICE)) &&
           ipus_number(b, ORDER_COUNTS) == 1;
}

/* In the period of an order's day nothing was passed, unless an official let somebody pass. */
static void look_at_limit(look_t *look, const registry_limit_t *limit, const rows_t *orders,
                          const ipus_row_t *row, bool by_unit)
{
    date_t from, to, on = ipus_date(row, ORDER_PLANNED_ON);
    int64_t units = 0, visits = 0;
    bool allowed = false;
    registry_period(look->programme, limit->per, on, &from, &to);
    for (size_t i = 0; i < orders->count; i++) {
        const ipus_row_t *other = &orders->at[i];
        date_t then = ipus_date(other, ORDER_PLANNED_ON);
        if (!is_of_same(row, other, limit->whose)) {
            continue;
        }
        bool pass = ipus_number(other, ORDER_OVER_LIMIT) == 1;
        if (limit->kind == LIMIT_GAP) {
            int32_t apart = abs(then.days - on.days);
            require(look,
                    other->id == row->id || pass || ipus_number(row, ORDER_OVER_LIMIT) == 1 ||
                        apart >= limit->gap_days + 28 * limit->gap_months,
                    "it is too near to another", row);
        } else if (date_within(then, from, to)) {
            int64_t quantity = ipus_number(other, ORDER_QUANTITY);
            units += quantity;
            visits += by_unit ? (quantity + 999) / 1000 : 1;
            allowed = allowed || pass;
        }
    }
    require(look, allowed || limit->kind != LIMIT_VISITS || visits <= limit->most,
            "more visits than the limit", row);
    require(look,
            allowed || limit->kind != LIMIT_UNITS || limit->per == PER_VISIT ||
                units <= limit->most,
            "more units than the limit", row);
}

static void look_at_limits(look_t *look, const rows_t *orders)
{
    for (size_t i = 0; i < orders->count; i++) {
        const ipus_row_t *row = &orders->at[i];
        date_t on = ipus_date(row, ORDER_PLANNED_ON);
        span_t id = ipus_text(row, ORDER_SERVICE);
        const registry_row_t *limits = values_on(look, id, on, false);
        if (limits == NULL || ipus_number(row, ORDER_COUNTS) != 1) {
            continue;
        }
        bool by_unit = registry_service_on(look->programme, id, on, NULL)->quantity < 0;
        for (size_t n = 0; n < limits->value.count; n++) {
            if (limits->value.limits[n].whose != WHOSE_CASE) {
                look_at_limit(look, &limits->value.limits[n], orders, row, by_unit);
            }
        }
    }
}

/* ---- money and the queue --------------------------------------------------------------------- */

static void look_at_charges(look_t *look, const rows_t *charges, const rows_t *payments,
                            const rows_t *corrections)
{
    for (size_t i = 0; i < charges->count; i++) {
        const ipus_row_t *row = &charges->at[i];
        int64_t state = ipus_number(row, CHARGE_STATE), paid = ipus_number(row, CHARGE_PAID);
        int64_t owed = ipus_number(row, CHARGE_FEE) + ipus_number(row, CHARGE_CORRECTED);
        require(look, paid == sum_of(payments, PAYMENT_CHARGE, row->id, PAYMENT_AMOUNT),
                "its payments sum up otherwise", row);
        require(look,
                ipus_number(row, CHARGE_CORRECTED) ==
                    sum_of(corrections, CORRECTION_CHARGE, row->id, CORRECTION_AMOUNT),
                "its corrections sum up otherwise", row);
        require(look, owed >= 0 && paid >= 0, "it is below zero", row);
        require(look, state != CHARGE_IS_DUE || owed > paid, "it is due and nothing is owed", row);
        require(look, state != CHARGE_IS_PAID || owed <= paid, "it is paid and something is owed",
                row);
        require(look, (state != CHARGE_IS_EXEMPT && state != CHARGE_IS_CANCELLED) || paid == 0,
                "it is not to be paid and was", row);
    }
}

static bool is_open(const ipus_row_t *waiting)
{
    int64_t state = ipus_number(waiting, WAITING_STATE);
    return state == WAITING_IS_QUEUED || state == WAITING_IS_OFFERED;
}

static void look_at_queue(look_t *look, const rows_t *waiting, const rows_t *allotments)
{
    for (size_t i = 0; i < waiting->count; i++) {
        const ipus_row_t *row = &waiting->at[i];
        int64_t held = sum_of(allotments, ALLOTMENT_WAITING, row->id, ALLOTMENT_UNITS);
        bool offered = ipus_number(row, WAITING_STATE) == WAITING_IS_OFFERED;
        date_t on = ipus_date(row, WAITING_OFFERED_ON);
        require(look, !offered || !date_is_none(on), "it is offered on no day", row);
        bool pooled = offered && values_on(look, ipus_text(row, WAITING_SERVICE), on, true) != NULL;
        require(look, held == (pooled ? ipus_number(row, WAITING_QUANTITY) : 0),
                "it holds something else than is offered", row);
        for (size_t before = 0; before < i; before++) {
            const ipus_row_t *other = &waiting->at[before];
            require(
                look,
                !is_open(row) || !is_open(other) ||
                    ipus_number(row, WAITING_PERSON) != ipus_number(other, WAITING_PERSON) ||
                    !span_equal(ipus_text(row, WAITING_SERVICE), ipus_text(other, WAITING_SERVICE)),
                "somebody waits twice", row);
        }
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

bool invariants_hold(ipus_record_t *record, const registry_programme_t *programme, buf_t *why)
{
    static const ipus_kind_t kinds[] = {IPUS_GRANTED, IPUS_ALLOTMENT, IPUS_WAITING,  IPUS_ORDER,
                                        IPUS_ITEM,    IPUS_GROUP,     IPUS_DELIVERY, IPUS_CHARGE,
                                        IPUS_PAYMENT, IPUS_CORRECTION};
    enum { GRANTED, ALLOTMENT, WAITING, ORDER, ITEM, GROUP, DELIVERY, CHARGE, PAYMENT, CORRECTION };
    const size_t count = sizeof kinds / sizeof *kinds;
    rows_t rows[sizeof kinds / sizeof *kinds];
    look_t look = {record, programme, why, true};
    for (size_t i = 0; i < count; i++) {
        rows[i] = all_of(&look, kinds[i]);
    }
    look_at_allotments(&look, &rows[ALLOTMENT], &rows[GRANTED], &rows[WAITING]);
    look_at_grants(&look, &rows[GRANTED], &rows[ORDER], &rows[ALLOTMENT]);
    for (size_t i = 0; i < rows[ORDER].count; i++) {
        look_at_order(&look, &rows[ORDER].at[i], &rows[ITEM], &rows[CHARGE], &rows[DELIVERY]);
    }
    look_at_items(&look, &rows[ITEM], &rows[ORDER]);
    look_at_groups(&look, &rows[GROUP], &rows[ORDER]);
    look_at_limits(&look, &rows[ORDER]);
    look_at_charges(&look, &rows[CHARGE], &rows[PAYMENT], &rows[CORRECTION]);
    look_at_queue(&look, &rows[WAITING], &rows[ALLOTMENT]);
    for (size_t i = 0; i < count; i++) {
        free(rows[i].at);
    }
    return look.holds;
}
