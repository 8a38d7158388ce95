/* Twenty thousand steps of orders, grants, offers, loans and payments, legal and not, in small
 * offices: after every one of them the record holds. */
#include "ipus_office.h"

#define OFFICES 25
#define STEPS 800

static uint64_t random_state;

static uint64_t draw(uint64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state % below;
}

/* A row that may be there, or one that is not. */
static int64_t draw_row(const office_t *office, ipus_kind_t kind)
{
    uint64_t count = (uint64_t)memory_count(office->memory, kind);
    return 1 + (int64_t)draw(count > 0 && draw(50) > 0 ? count : count + 1);
}

static date_t draw_day(const office_t *office, int32_t before, int32_t after)
{
    return date_add(office->today, (int32_t)draw((uint64_t)(before + after + 1)) - before);
}

static int64_t draw_units(void)
{
    static const int64_t units[] = {1000, 1000, 2000, 3000, 5000, 8000, 500, 1750, 0, -1000};
    return units[draw(10)];
}

static void draw_grant(office_t *office)
{
    int64_t decision = 1 + (int64_t)draw((uint64_t)memory_count(office->memory, IPUS_DECISION));
    int64_t units = draw_units();
    int64_t waiting = draw_row(office, IPUS_WAITING);
    ipus_row_t offer;
    if (!memory_row(office->memory, IPUS_WAITING, waiting, &offer) || draw(8) == 0) {
        waiting = 0;
    } else if (ipus_number(&offer, WAITING_STATE) == WAITING_IS_OFFERED) {
        decision = ipus_number(&offer, WAITING_DECISION);
    } else {
        waiting = draw(20) == 0 ? waiting : 0;
    }
    char begins[DATE_TEXT_LEN + 1], ends[DATE_TEXT_LEN + 1];
    date_t from = draw_day(office, 10, 40);
    date_text(from, begins);
    date_text(date_add(from, (int32_t)draw(200)), ends);
    int64_t id = office_planned(office, decision, units > 0 ? units : 1000, begins, ends, waiting);
    (void)office_step(office, &grant_step, id);
}

static void draw_order(office_t *office)
{
    ipus_row_t given = {.kind = IPUS_ORDER}, granted;
    int64_t id = draw_row(office, IPUS_GRANTED);
    for (int i = 0; i < 8 && memory_row(office->memory, IPUS_GRANTED, id, &granted) &&
                    ipus_number(&granted, GRANTED_STATE) != GRANTED_IS_RUNNING;
         i++) {
        id = draw_row(office, IPUS_GRANTED);
    }
    ipus_set(&given, ORDER_GRANTED, id);
    ipus_set(&given, ORDER_QUANTITY, draw_units());
    ipus_set_date(&given, ORDER_PLANNED_ON, draw_day(office, 2, 40));
    if (memory_row(office->memory, IPUS_GRANTED, id, &granted)) {
        if (date_before(office->today, ipus_date(&granted, GRANTED_BEGINS))) {
            ipus_set_date(&given, ORDER_PLANNED_ON,
                          date_add(ipus_date(&granted, GRANTED_BEGINS), (int32_t)draw(20)));
        }
        if (span_equal(ipus_text(&granted, GRANTED_SERVICE), SPAN("classes"))) {
            ipus_set(&given, ORDER_GROUP, draw_row(office, IPUS_GROUP));
        }
    }
    (void)office_run(office, IPUS_ORDER, "make", 0, &given);
}

/* Mostly the first step that is legal in the state of a row, sometimes a later one, sometimes any.
 */
static const char *draw_name(const office_t *office, ipus_kind_t kind, int64_t id)
{
    size_t count = 0;
    ipus_row_t row;
    const ipus_step_t *steps = ipus_steps(kind, &count);
    bool any = draw(10) == 0 || !memory_row(office->memory, kind, id, &row);
    uint64_t passes = draw(2) * draw(5);
    const char *name = steps[1 + draw(count - 1)].name;
    for (size_t i = 1; i < count && !any; i++) {
        if ((steps[i].from >> ipus_number(&row, ipus_kind(kind)->state) & 1u) != 0 &&
            !steps[i].by_host) {
            name = steps[i].name;
            any = passes-- == 0;
        }
    }
    return name;
}

static void draw_order_step(office_t *office)
{
    int64_t id = draw_row(office, IPUS_ORDER);
    const char *name = draw_name(office, IPUS_ORDER, id);
    ipus_row_t given = {.kind = IPUS_ORDER}, order;
    if (strcmp(name, "refuse") == 0 || strcmp(name, "fail") == 0 || strcmp(name, "cancel") == 0) {
        ipus_set_text(&given, ORDER_REASON, SPAN("reason"));
    }
    if (strcmp(name, "fail") == 0 && draw(2) == 0) {
        ipus_set(&given, ORDER_NO_SHOW, 1);
    }
    if (strcmp(name, "accept") == 0 && draw(3) == 0) {
        ipus_set_date(&given, ORDER_PLANNED_ON, draw_day(office, 0, 30));
    }
    if (strcmp(name, "finish") == 0 && draw(3) == 0) {
        ipus_set(&given, ORDER_DELIVERED, draw_units());
    }
    if (memory_row(office->memory, IPUS_ORDER, id, &order)) {
        office->verdict.quantity = ipus_number(&order, ORDER_DELIVERED) + (draw(20) == 0);
        office->verdict.fee = (int64_t)draw(3) * 700;
    }
    (void)office_run(office, IPUS_ORDER, name, id, &given);
}

static void draw_waiting(office_t *office)
{
    int64_t id = draw_row(office, IPUS_WAITING);
    if (draw(2) == 0) {
        office->verdict.score = (int64_t)draw(3);
        int64_t decision = 1 + (int64_t)draw((uint64_t)memory_count(office->memory, IPUS_DECISION));
        (void)office_wait(office, decision, draw_units());
        return;
    }
    const ipus_row_t given = {.kind = IPUS_WAITING};
    (void)office_run(office, IPUS_WAITING, draw_name(office, IPUS_WAITING, id), id, &given);
}

static void draw_delivery(office_t *office)
{
    ipus_row_t given = {.kind = IPUS_DELIVERY};
    if (draw(3) == 0) {
        int64_t id = draw_row(office, IPUS_DELIVERY);
        (void)office_run(office, IPUS_DELIVERY, draw(2) == 0 ? "confirm" : "dispute", id, &given);
        return;
    }
    ipus_set(&given, DELIVERY_ORDERED, draw_row(office, IPUS_ORDER));
    ipus_set_date(&given, DELIVERY_ON, draw_day(office, 5, 1));
    ipus_set(&given, DELIVERY_UNITS, draw_units());
    (void)office_run(office, IPUS_DELIVERY, "make", 0, &given);
}

static void draw_money(office_t *office)
{
    int64_t charge = draw_row(office, IPUS_CHARGE), amount = ((int64_t)draw(6) - 1) * 350;
    ipus_row_t payment = {.kind = IPUS_PAYMENT}, correction = {.kind = IPUS_CORRECTION};
    const ipus_row_t none = {.kind = IPUS_CHARGE};
    ipus_set(&payment, PAYMENT_CHARGE, charge);
    ipus_set_date(&payment, PAYMENT_ON, office->today);
    ipus_set(&payment, PAYMENT_AMOUNT, amount);
    ipus_set(&correction, CORRECTION_CHARGE, charge);
    ipus_set_date(&correction, CORRECTION_ON, office->today);
    ipus_set(&correction, CORRECTION_AMOUNT, amount - 700);
    ipus_set_text(&correction, CORRECTION_REASON, SPAN("reason"));
    switch (draw(6)) {
    case 0:
        (void)office_run(office, IPUS_CHARGE, "cancel", charge, &none);
        break;
    case 1:
        (void)office_run(office, IPUS_CORRECTION, "make", 0, &correction);
        break;
    default:
        (void)office_run(office, IPUS_PAYMENT, "make", 0, &payment);
    }
}

static void draw_thing(office_t *office)
{
    int64_t id = draw_row(office, IPUS_GROUP), thing = draw_row(office, IPUS_ITEM);
    ipus_row_t group = {.kind = IPUS_GROUP}, item = {.kind = IPUS_ITEM};
    switch (draw(4)) {
    case 0:
        ipus_set_text(&group, GROUP_SERVICE, SPAN("classes"));
        ipus_set_text(&group, GROUP_NAME, SPAN("a group"));
        ipus_set(&group, GROUP_SEATS, (int64_t)draw(5));
        ipus_set_date(&group, GROUP_BEGINS, draw_day(office, 10, 10));
        (void)office_run(office, IPUS_GROUP, "make", 0, &group);
        break;
    case 1:
        ipus_set_text(&item, ITEM_SERVICE, SPAN("loans"));
        ipus_set_text(&item, ITEM_NAME, SPAN("a thing"));
        (void)office_run(office, IPUS_ITEM, "make", 0, &item);
        break;
    case 2:
        (void)office_run(office, IPUS_GROUP, draw_name(office, IPUS_GROUP, id), id, &group);
        break;
    default:
        (void)office_run(office, IPUS_ITEM, draw_name(office, IPUS_ITEM, thing), thing, &item);
    }
}

static void draw_step(office_t *office)
{
    static void (*const steps[])(office_t * office) = {
        draw_grant,      draw_grant,   draw_order,   draw_order,    draw_order, draw_order_step,
        draw_order_step, draw_waiting, draw_waiting, draw_delivery, draw_money, draw_thing};
    office->actor.may_override = draw(8) == 0;
    office->why = draw(2) == 0 ? "an important reason" : "";
    switch (draw(15)) {
    case 0:
        office->today = date_add(office->today, (int32_t)draw(6));
        (void)office_daily(office);
        break;
    case 1:
        (void)office_step(office, &end_step, draw_row(office, IPUS_GRANTED));
        break;
    default:
        steps[draw(12)](office);
    }
}

typedef struct {
    int64_t score, since, quantity;
    bool any;
} head_t;

static bool note_head(void *of, const ipus_row_t *row)
{
    head_t *head = of;
    int64_t score = ipus_number(row, WAITING_SCORE), since = ipus_number(row, WAITING_SINCE);
    if (!head->any || score > head->score || (score == head->score && since < head->since)) {
        *head = (head_t){score, since, ipus_number(row, WAITING_QUANTITY), true};
    }
    return true;
}

/* Whoever is first waits only while what is free does not suffice. */
static void nobody_waits_in_vain(const office_t *office)
{
    static const int pooled[] = {VISITS, HOURS, SPACED};
    ipus_record_t *record = memory_record(office->memory);
    for (size_t i = 0; i < 3; i++) {
        const registry_service_t *service = &office->services[pooled[i]];
        const registry_row_t *row = registry_row_on(service->pool, office->today);
        ipus_query_t query = IPUS_QUERY(IPUS_WAITING);
        ipus_query_text(&query, WAITING_SERVICE, service->id);
        ipus_query_equal(&query, WAITING_STATE, WAITING_IS_QUEUED);
        head_t head = {0};
        assert_int_equal(record->find(record->context, &query, note_head, &head), IPUS_FINE);
        ipus_pool_t pool = {.service = service->id};
        int64_t over = 0;
        registry_period(&office->programme, row->per, office->today, &pool.from, &pool.to);
        int64_t left = row->value.number * 1000 - memory_taken(office->memory, &pool, &over);
        assert_true(!head.any || head.quantity > left);
    }
}

static void the_record_holds_after_every_step(void **state)
{
    (void)state;
    size_t done = 0, refused[IPUS_REFUSAL_COUNT] = {0};
    for (uint64_t seed = 1; seed <= OFFICES; seed++) {
        office_t office;
        office_open(&office);
        random_state = seed * UINT64_C(0x9e3779b97f4a7c15);
        for (int i = 0; i < 8; i++) {
            int64_t person = office_person(&office, i < 4 ? 1 + i / 2 : 0);
            for (int service = 0; service < SERVICE_COUNT; service++) {
                (void)office_decision(&office, person, service, "2025-02-01");
            }
        }
        for (int step = 0; step < STEPS; step++) {
            size_t before = 0, after = 0;
            (void)memory_journal(office.memory, &before);
            office.break_at = draw(10) == 0 ? 1 + draw(20) : 0;
            draw_step(&office);
            (void)memory_journal(office.memory, &after);
            done += after > before;
            if (office.answer.refused) {
                refused[office.answer.refusal.code]++;
            }
            buf_t why = {0};
            bool holds = invariants_hold(memory_record(office.memory), &office.programme, &why);
            if (!holds) {
                print_error("office %d, step %d: %.*s\n", (int)seed, step,
                            SPAN_ARGS(buf_span(&why)));
            }
            buf_free(&why);
            assert_true(holds);
            nobody_waits_in_vain(&office);
        }
        office_close(&office);
    }
    print_message("%d steps, %d of them changed something; refused:", OFFICES * STEPS, (int)done);
    for (size_t i = 0; i < IPUS_REFUSAL_COUNT; i++) {
        span_t name = ipus_refusal_name((ipus_refusal_code_t)i);
        if (refused[i] > 0) {
            print_message(" %.*s %d", SPAN_ARGS(name), (int)refused[i]);
        }
    }
    print_message("\n");
    assert_true(done > OFFICES * STEPS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_record_holds_after_every_step)};
    return cmocka_run_group_tests(tests, NULL, build_end);
}
