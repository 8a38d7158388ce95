#include "invariants_inside.h"
#include "postings.h"

#include <stdlib.h>

/* ---- looking --------------------------------------------------------------------------------- */

void require(look_t *look, bool holds, const char *what, const ipus_row_t *row)
{
    if (!holds && look->holds) {
        buf_print(look->why, "%s %lld: %s", ipus_kind(row->kind)->name, (long long)row->id, what);
        look->holds = false;
    }
}

bool each_row(look_t *look, const ipus_query_t *query,
              bool (*each)(void *of, const ipus_row_t *row), void *of)
{
    if (look->record->find(look->record->context, query, each, of) != IPUS_FINE) {
        abort();
    }
    return true;
}

bool named(look_t *look, const ipus_row_t *row, int field, ipus_row_t *of)
{
    of->id = 0;
    return ipus_has(row, field) &&
           look->record->get(look->record->context, ipus_kind(row->kind)->fields[field].of,
                             ipus_number(row, field), false, of) == IPUS_FINE;
}

typedef struct {
    sums_t sums;
    uint32_t states;
    int field;
} summing_t;

static bool sum_up(void *of, const ipus_row_t *row)
{
    summing_t *summing = of;
    int state = ipus_kind(row->kind)->state;
    summing->sums.count++;
    summing->sums.in += state >= 0 && (summing->states >> ipus_number(row, state) & 1u) != 0;
    summing->sums.sum += summing->field < 0 ? 0 : ipus_number(row, summing->field);
    return true;
}

sums_t sums(look_t *look, ipus_kind_t kind, int by, int64_t value, uint32_t states, int field)
{
    summing_t summing = {.states = states, .field = field};
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_equal(&query, by, value);
    each_row(look, &query, sum_up, &summing);
    return summing.sums;
}

const registry_row_t *values_on(const look_t *look, span_t id, date_t on, bool pool)
{
    const registry_service_t *service = registry_service_on(look->programme, id, on, NULL);
    return service == NULL ? NULL : registry_row_on(pool ? service->pool : service->limits, on);
}

/* ---- pools ----------------------------------------------------------------------------------- */

/* What is held of each pool, as the allotments say. */
typedef struct {
    char service[64];
    date_t from, to;
    int64_t within, most;
} pool_t;

typedef struct {
    size_t pool; /* + 1; 0: none yet */
    int64_t within;
} held_t;

struct invariants {
    ipus_record_t *record;
    const registry_programme_t *programme;
    pool_t *pools;
    size_t pool_count, pool_cap;
    held_t *held; /* by allotment */
    size_t held_cap;
};

static size_t pool_of(invariants_t *invariants, const ipus_row_t *row)
{
    span_t service = ipus_text(row, ALLOTMENT_SERVICE);
    date_t from = ipus_date(row, ALLOTMENT_BEGINS), to = ipus_date(row, ALLOTMENT_ENDS);
    for (size_t i = 0; i < invariants->pool_count; i++) {
        const pool_t *pool = &invariants->pools[i];
        if (date_equal(pool->from, from) && date_equal(pool->to, to) &&
            span_equal(span_of(pool->service), service)) {
            return i;
        }
    }
    invariants->pools = support_grown(invariants->pools, invariants->pool_count,
                                      &invariants->pool_cap, sizeof *invariants->pools);
    pool_t *pool = &invariants->pools[invariants->pool_count];
    *pool = (pool_t){.from = from, .to = to};
    memcpy(pool->service, service.at, service.len);
    return invariants->pool_count++;
}

static held_t *held_of(invariants_t *invariants, int64_t id)
{
    while ((size_t)id >= invariants->held_cap) {
        size_t cap = invariants->held_cap;
        invariants->held =
            support_grown(invariants->held, cap, &invariants->held_cap, sizeof *invariants->held);
        memset(&invariants->held[cap], 0, (invariants->held_cap - cap) * sizeof *invariants->held);
    }
    return &invariants->held[id];
}

static void look_at_allotment(look_t *look, invariants_t *invariants, const ipus_row_t *row)
{
    int64_t units = ipus_number(row, ALLOTMENT_UNITS), over = ipus_number(row, ALLOTMENT_OVER);
    ipus_row_t grant, offer;
    bool granted = named(look, row, ALLOTMENT_GRANTED, &grant);
    bool waits = named(look, row, ALLOTMENT_WAITING, &offer);
    require(look, units >= over && over >= 0, "its units are none", row);
    require(look, granted != waits, "it is not held by just one", row);
    require(look,
            units == 0 || !granted || state_of(&grant) == GRANTED_IS_RUNNING ||
                state_of(&grant) == GRANTED_IS_ENDED,
            "it is held by a grant that is none", row);
    require(look, units == 0 || !waits || state_of(&offer) == WAITING_IS_OFFERED,
            "it is held by an offer that is none", row);
    held_t *held = held_of(invariants, row->id);
    size_t pool = pool_of(invariants, row);
    require(look, held->pool == 0 || held->pool == pool + 1, "it went to another pool", row);
    invariants->pools[pool].within += units - over - held->within;
    *held = (held_t){pool + 1, units - over};
}

/* The most that a pool may have on a day of its period: it may grow or shrink within it, and begin
 * with its programme. */
static int64_t most_of(const look_t *look, const ipus_pool_t *pool)
{
    int64_t most = 0;
    for (date_t day = pool->from; !date_before(pool->to, day); day = date_add(day, 1)) {
        const registry_row_t *row = values_on(look, pool->service, day, true);
        most = row != NULL && row->value.number > most ? row->value.number : most;
    }
    return most * 1000;
}

/* Everything that is taken of a pool is held by somebody, and nobody holds more. */
static void look_at_pool(look_t *look, pool_t *of, const ipus_row_t *row)
{
    const ipus_pool_t pool = {span_of(of->service), of->from, of->to};
    int64_t taken = 0;
    if (of->most == 0) {
        of->most = most_of(look, &pool);
    }
    (void)look->record->take(look->record->context, &pool, 0, 0, INT64_MAX, &taken);
    require(look, taken == of->within, "its pool counts something else than is held", row);
    require(look, taken <= of->most, "more is taken than its pool has", row);
}

/* ---- row by row ------------------------------------------------------------------------------ */

static void look_at(look_t *look, invariants_t *invariants, const ipus_row_t *row)
{
    switch (row->kind) {
    case IPUS_ALLOTMENT:
        look_at_allotment(look, invariants, row);
        break;
    case IPUS_ORDER:
        look_at_order(look, row);
        look_at_limits(look, row);
        break;
    case IPUS_GRANTED:
        look_at_granted(look, row);
        look_at_case(look, row);
        break;
    case IPUS_GROUP:
        look_at_group(look, row);
        break;
    case IPUS_ITEM:
        look_at_item(look, row);
        break;
    case IPUS_CHARGE:
        look_at_charge(look, row);
        break;
    case IPUS_WAITING:
        look_at_waiting(look, row);
        break;
    default:
        look_at_case(look, row);
    }
}

/* What is counted elsewhere of a row: there it has to be right as well. */
static const struct {
    ipus_kind_t kind;
    int field;
} counted_in[] = {{IPUS_ORDER, ORDER_GRANTED},
                  {IPUS_ORDER, ORDER_GROUP},
                  {IPUS_ORDER, ORDER_ITEM},
                  {IPUS_DELIVERY, DELIVERY_ORDERED},
                  {IPUS_CHARGE, CHARGE_ORDERED},
                  {IPUS_PAYMENT, PAYMENT_CHARGE},
                  {IPUS_CORRECTION, CORRECTION_CHARGE},
                  {IPUS_REFUND, REFUND_CHARGE},
                  {IPUS_WAIVER, WAIVER_CHARGE},
                  {IPUS_ALLOTMENT, ALLOTMENT_GRANTED},
                  {IPUS_ALLOTMENT, ALLOTMENT_WAITING},
                  {IPUS_ITEM, ITEM_ORDERED},
                  {IPUS_CARD, CARD_GRANTED},
                  {IPUS_GRANTED, GRANTED_PLAN},
                  {IPUS_PLAN, PLAN_AMENDS},
                  {IPUS_PLAN, PLAN_APPLICATION},
                  {IPUS_WAITING, WAITING_APPLICATION}};

/* A grant is of an application by its decision. */
static bool application_of(look_t *look, const ipus_row_t *granted, ipus_row_t *application)
{
    ipus_row_t decision;
    return named(look, granted, GRANTED_DECISION, &decision) &&
           named(look, &decision, DECISION_APPLICATION, application);
}

static void look_around(look_t *look, invariants_t *invariants, const ipus_row_t *row)
{
    for (size_t i = 0; i < sizeof counted_in / sizeof *counted_in; i++) {
        ipus_row_t other;
        if (counted_in[i].kind == row->kind && named(look, row, counted_in[i].field, &other)) {
            look_at(look, invariants, &other);
        }
    }
    ipus_row_t application;
    if (row->kind == IPUS_GRANTED && application_of(look, row, &application)) {
        look_at(look, invariants, &application);
    }
}

invariants_t *invariants_new(ipus_record_t *record, const registry_programme_t *programme)
{
    invariants_t *invariants = support_must(calloc(1, sizeof *invariants));
    invariants->record = record;
    invariants->programme = programme;
    return invariants;
}

void invariants_free(invariants_t *invariants)
{
    free(invariants->pools);
    free(invariants->held);
    free(invariants);
}

/* Each change of a row counts its version up by one, and says so. */
static void look_at_version(look_t *look, const ipus_entry_t *entries, size_t count, size_t at,
                            const ipus_row_t *row)
{
    for (size_t i = at + 1; i < count; i++) {
        if (entries[i].kind == entries[at].kind && entries[i].id == entries[at].id) {
            require(look, entries[i].version == entries[at].version + 1,
                    "the journal misses a version", row);
            return;
        }
    }
    require(look, row->version == entries[at].version, "it was changed past the journal", row);
}

bool invariants_after(invariants_t *invariants, const ipus_entry_t *entries, size_t count,
                      buf_t *why)
{
    look_t look = {invariants->record, invariants->programme, why, true};
    for (size_t i = 0; i < count; i++) {
        ipus_row_t row;
        if (look.record->get(look.record->context, entries[i].kind, entries[i].id, false, &row) !=
            IPUS_FINE) {
            abort();
        }
        look_at_version(&look, entries, count, i, &row);
        look_at(&look, invariants, &row);
        look_around(&look, invariants, &row);
    }
    for (size_t i = 0; i < count; i++) {
        if (entries[i].kind == IPUS_ALLOTMENT) {
            const ipus_row_t row = {.kind = IPUS_ALLOTMENT, .id = entries[i].id};
            const held_t *held = held_of(invariants, row.id);
            look_at_pool(&look, &invariants->pools[held->pool - 1], &row);
        }
    }
    return look.holds;
}

/* ---- the whole ------------------------------------------------------------------------------- */

typedef struct {
    look_t *look;
    invariants_t *invariants;
} whole_t;

static bool look_at_one(void *of, const ipus_row_t *row)
{
    const whole_t *whole = of;
    const ipus_row_t copy = *row;
    look_at(whole->look, whole->invariants, &copy);
    return true;
}

bool invariants_hold(ipus_record_t *record, const registry_programme_t *programme, buf_t *why)
{
    look_t look = {record, programme, why, true};
    invariants_t *invariants = invariants_new(record, programme);
    whole_t whole = {&look, invariants};
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        const ipus_query_t query = IPUS_QUERY((ipus_kind_t)kind);
        each_row(&look, &query, look_at_one, &whole);
    }
    for (size_t i = 0; i < invariants->pool_count; i++) {
        const ipus_row_t row = {.kind = IPUS_ALLOTMENT, .id = 0};
        look_at_pool(&look, &invariants->pools[i], &row);
    }
    invariants_free(invariants);
    return look.holds;
}
