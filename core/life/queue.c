/* Waiting, and what becomes of an offer. */
#include "life/inside.h"

#define OFFERS_A_DAY 64
#define FEW 4000 /* thousandths */

/* What is left of today's pool, thousandths; -1 without one. */
static int64_t left_of(life_t *life, span_t id)
{
    const registry_service_t *service = registry_service_on(life->programme, id, life->today, NULL);
    const registry_row_t *row =
        service != NULL ? registry_row_on(service->pool, life->today) : NULL;
    ipus_record_t *record = life->port->record(life->port->context);
    ipus_pool_t pool = {.service = id};
    int64_t taken = 0;
    if (row == NULL) {
        return -1;
    }
    registry_period(life->programme, row->per, life->today, &pool.from, &pool.to);
    (void)record->take(record->context, &pool, 0, 0, INT64_MAX, &taken);
    int64_t cap = row->value.number * 1000;
    return cap > taken ? cap - taken : 0;
}

static bool found(void *of, const ipus_row_t *row)
{
    (void)row;
    *(bool *)of = true;
    return false;
}

bool life_is_short(life_t *life, span_t service)
{
    bool waits = false;
    int64_t left = left_of(life, service);
    ipus_query_t query = IPUS_QUERY(IPUS_WAITING);
    ipus_query_text(&query, WAITING_SERVICE, service);
    ipus_query_equal(&query, WAITING_STATE, WAITING_IS_QUEUED);
    return left >= 0 && (left < FEW || !life_rows_of(life, &query, found, &waits) || waits);
}

bool life_wait_for(life_t *life, int64_t decision, int64_t quantity)
{
    ipus_row_t given = {.kind = IPUS_WAITING};
    ipus_verdict_t verdict;
    ipus_set(&given, WAITING_DECISION, decision);
    ipus_set(&given, WAITING_QUANTITY, quantity);
    if (life_verdict_for(life, IPUS_WAITING, 0, &given, &verdict) == RULES_UNKNOWN) {
        return false;
    }
    return life_step_decided(life, IPUS_WAITING, "make", 0, &given, &verdict);
}

typedef struct {
    int64_t ids[OFFERS_A_DAY];
    size_t count;
} offers_t;

static bool keep_offer(void *of, const ipus_row_t *row)
{
    offers_t *offers = of;
    offers->ids[offers->count++] = row->id;
    return offers->count < OFFERS_A_DAY;
}

/* Most say yes within some days; others say no, or let it run out. */
static void answer(life_t *life, int64_t id)
{
    ipus_row_t waiting;
    if (!life_row_of(life, IPUS_WAITING, id, &waiting) ||
        ipus_number(&waiting, WAITING_STATE) != WAITING_IS_OFFERED) {
        return;
    }
    life_as_coordinator(life, 0);
    if (life_chance(life, 76)) {
        life_offer_taken(life, &waiting);
    } else {
        (void)life_plainly(life, IPUS_WAITING, id, "decline");
    }
}

/* Somebody who is let go ahead for a reason, or who has waited long enough. */
static void look_at_queue(life_t *life)
{
    int64_t id = life_draw_between(life, 1, life->figures.last[IPUS_WAITING]);
    ipus_row_t waiting;
    if (id > life->figures.last[IPUS_WAITING] || !life_row_of(life, IPUS_WAITING, id, &waiting) ||
        ipus_number(&waiting, WAITING_STATE) != WAITING_IS_QUEUED) {
        return;
    }
    if (life_chance(life, 6)) {
        life_as_role(life, ROLE_ORGANISER);
        life->why = "Wpis pokazowy: nagła potrzeba, potwierdzona przez koordynatora.";
        (void)life_plainly(life, IPUS_WAITING, id, "offer");
        life->why = NULL;
    } else if (life_chance(life, 6)) {
        life_as_coordinator(life, 0);
        (void)life_plainly(life, IPUS_WAITING, id, "withdraw");
    }
}

void life_answer_offers(life_t *life)
{
    offers_t offers = {.count = 0};
    ipus_query_t query = IPUS_QUERY(IPUS_WAITING);
    ipus_query_equal(&query, WAITING_STATE, WAITING_IS_OFFERED);
    if (date_weekday(life->today) > 4 || !life_rows_of(life, &query, keep_offer, &offers)) {
        return;
    }
    for (size_t i = 0; i < offers.count; i++) {
        if (life_chance(life, 22)) {
            answer(life, offers.ids[i]);
        }
    }
    look_at_queue(life);
}
