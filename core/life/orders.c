/* What was granted is used: ordered, delivered, confirmed, settled and paid. */
#include "life/inside.h"

static void answered(life_t *life, const event_t *event);
static void delivered(life_t *life, const event_t *event);
static void confirmed(life_t *life, const event_t *event);
static void settled(life_t *life, const event_t *event);
static void brought_back(life_t *life, const event_t *event);

static bool order_in(life_t *life, int64_t id, int64_t state, ipus_row_t *row)
{
    return life_row_of(life, IPUS_ORDER, id, row) && ipus_number(row, ORDER_STATE) == state;
}

static const registry_service_t *service_of(const life_t *life, span_t id, date_t on)
{
    return registry_service_on(life->programme, id, on, NULL);
}

/* The decision's order facts, and how much a visit brings. */
static span_t order_facts(life_t *life, const ipus_row_t *granted)
{
    ipus_record_t *record = life->port->record(life->port->context);
    ipus_row_t decision;
    return record->get(record->context, IPUS_DECISION, ipus_number(granted, GRANTED_DECISION), true,
                       &decision) == IPUS_FINE
               ? ipus_text(&decision, DECISION_ORDER_FACTS)
               : SPAN_NONE;
}

/* ---- ordering -------------------------------------------------------------------------------- */

static date_t day_for(life_t *life, const registry_service_t *service, const ipus_row_t *granted)
{
    date_t begins = ipus_date(granted, GRANTED_BEGINS);
    date_t from = date_before(life->today, begins) ? begins : life->today;
    from = date_add(from, (int32_t)life_draw(life, 4));
    return registry_earliest(life->programme, service, from);
}

static int64_t order_made(life_t *life, const registry_service_t *service,
                          const ipus_row_t *granted, date_t on, int64_t quantity)
{
    ipus_row_t given = {.kind = IPUS_ORDER};
    int64_t group = life_group_for(life, service, on);
    life_as_coordinator(life, 0);
    buf_clear(&life->text);
    buf_add(&life->text, order_facts(life, granted));
    ipus_set(&given, ORDER_GRANTED, granted->id);
    ipus_set_date(&given, ORDER_PLANNED_ON, on);
    ipus_set(&given, ORDER_QUANTITY, quantity);
    if (life->text.len > 0) {
        ipus_set_text(&given, ORDER_ORDER_FACTS, buf_span(&life->text));
    }
    if (!ipus_has(granted, GRANTED_PROVIDER)) {
        int64_t performer = life_performer_for(life, service);
        if (performer != 0) {
            ipus_set(&given, ORDER_PROVIDER, performer);
        }
    }
    if (group != 0) {
        ipus_set(&given, ORDER_GROUP, group);
    }
    ipus_verdict_t verdict;
    if (life_verdict_for(life, IPUS_ORDER, 0, &given, &verdict) == RULES_UNKNOWN) {
        return 0;
    }
    return life_step_decided(life, IPUS_ORDER, "make", 0, &given, &verdict) ? life->answer.row.id
                                                                            : 0;
}

/* One visit, and the next when it is time for it. */
void life_use_granted(life_t *life, const event_t *event)
{
    ipus_row_t granted;
    ipus_verdict_t verdict;
    if (!life_row_of(life, IPUS_GRANTED, event->id, &granted) ||
        ipus_number(&granted, GRANTED_STATE) != GRANTED_IS_RUNNING) {
        return;
    }
    int64_t all = ipus_number(&granted, GRANTED_QUANTITY);
    int64_t left = all - ipus_number(&granted, GRANTED_ORDERED);
    const registry_service_t *service =
        service_of(life, ipus_text(&granted, GRANTED_SERVICE), life->today);
    const verdict_subject_t subject = {.person = ipus_number(&granted, GRANTED_PERSON),
                                       .on = life->today,
                                       .service = ipus_text(&granted, GRANTED_SERVICE),
                                       .order = order_facts(life, &granted),
                                       .quantity = -1,
                                       .price = -1};
    if (left <= 0 || service == NULL ||
        life_verdict_of(life, &subject, &verdict) == RULES_UNKNOWN) {
        return;
    }
    int64_t of_visit = verdict.quantity > 0 ? verdict.quantity : 1000;
    date_t on = day_for(life, service, &granted);
    if (date_is_none(on) || date_before(ipus_date(&granted, GRANTED_ENDS), on)) {
        return;
    }
    int64_t order = order_made(life, service, &granted, on, left < of_visit ? left : of_visit);
    if (order == 0) {
        life_again(life, event, (int)life_draw_between(life, 10, 30));
        return;
    }
    life_soon(life, answered, order, 0, 2);
    int32_t days = ipus_date(&granted, GRANTED_ENDS).days - life->today.days;
    int64_t visits = left / of_visit + 1;
    life_soon(life, life_use_granted, event->id, 1 + (int)(days / (visits + 1)),
              2 + (int)(days * 3 / (visits * 2 + 1)));
}

/* ---- the provider ---------------------------------------------------------------------------- */

static void answered(life_t *life, const event_t *event)
{
    ipus_row_t order, given = {.kind = IPUS_ORDER};
    if (!order_in(life, event->id, ORDER_IS_ISSUED, &order)) {
        return;
    }
    date_t on = ipus_date(&order, ORDER_PLANNED_ON);
    life_as_performer(life, ipus_number(&order, ORDER_PROVIDER));
    int64_t fate = (int64_t)life_draw(life, 100);
    if (fate < 3) {
        (void)life_with_reason(life, IPUS_ORDER, event->id, "refuse", ORDER_REASON);
        return;
    }
    if (fate < 5) {
        life_as_coordinator(life, 0);
        (void)life_with_reason(life, IPUS_ORDER, event->id, "cancel", ORDER_REASON);
        return;
    }
    if (fate < 12) {
        on = date_add(on, (int32_t)life_draw_between(life, 1, 5));
        ipus_set_date(&given, ORDER_PLANNED_ON, on);
    }
    if (!life_step(life, IPUS_ORDER, "accept", event->id, &given)) {
        life_again(life, event, 1);
        return;
    }
    life_on_day(life, delivered, event->id, on);
}

static void report(life_t *life, const ipus_row_t *order, int64_t units)
{
    ipus_row_t given = {.kind = IPUS_DELIVERY};
    ipus_set(&given, DELIVERY_ORDERED, order->id);
    ipus_set_date(&given, DELIVERY_ON, life->today);
    ipus_set(&given, DELIVERY_UNITS, units);
    int64_t id = life_make(life, &given);
    if (id != 0 && life_chance(life, 6)) {
        life_as_coordinator(life, 0);
        (void)life_plainly(life, IPUS_DELIVERY, id, "dispute");
        if (life_chance(life, 80)) {
            (void)life_plainly(life, IPUS_DELIVERY, id, "confirm");
        }
        life_as_performer(life, ipus_number(order, ORDER_PROVIDER));
    } else if (id != 0) {
        life_as_coordinator(life, 0);
        (void)life_plainly(life, IPUS_DELIVERY, id, "confirm");
        life_as_performer(life, ipus_number(order, ORDER_PROVIDER));
    }
}

/* As much as was ordered, now and then a unit less. */
static void finished(life_t *life, const ipus_row_t *order)
{
    ipus_row_t given = {.kind = IPUS_ORDER};
    int64_t units = ipus_number(order, ORDER_QUANTITY);
    if (life_chance(life, 45)) {
        if (units > 1000 && units % 1000 == 0 && life_chance(life, 30)) {
            report(life, order, 1000);
            units -= 1000;
        }
        report(life, order, units);
    } else if (units > 1000 && life_chance(life, 10)) {
        ipus_set(&given, ORDER_DELIVERED, units - units % 1000 - (units % 1000 == 0 ? 1000 : 0));
    }
    if (life_step(life, IPUS_ORDER, "finish", order->id, &given)) {
        life_soon(life, confirmed, order->id, 0, 5);
    }
}

static void delivered(life_t *life, const event_t *event)
{
    ipus_row_t order, given = {.kind = IPUS_ORDER};
    if (!order_in(life, event->id, ORDER_IS_ACCEPTED, &order)) {
        return;
    }
    life_as_performer(life, ipus_number(&order, ORDER_PROVIDER));
    int64_t fate = (int64_t)life_draw(life, 100);
    if (fate < 4) {
        ipus_set(&given, ORDER_NO_SHOW, 1);
        ipus_set_text(&given, ORDER_REASON, life_sentence(life));
        (void)life_step(life, IPUS_ORDER, "fail", event->id, &given);
        life_soon(life, settled, event->id, 5, 20);
    } else if (fate < 7) {
        (void)life_with_reason(life, IPUS_ORDER, event->id, "fail", ORDER_REASON);
        life_soon(life, settled, event->id, 5, 20);
    } else if (fate < 10) {
        life_as_coordinator(life, 0);
        life->actor.may_override = life_chance(life, 20);
        life->why = life->actor.may_override ? "Wpis pokazowy: nagła choroba." : NULL;
        (void)life_with_reason(life, IPUS_ORDER, event->id, "cancel", ORDER_REASON);
        life->why = NULL;
    } else {
        finished(life, &order);
        if (ipus_has(&order, ORDER_LENT_UNTIL)) {
            life_on_day(life, brought_back, event->id,
                        date_add(ipus_date(&order, ORDER_LENT_UNTIL),
                                 (int32_t)life_draw_between(life, -20, 10)));
        }
    }
}

/* Kept a little longer, or brought back. */
static void brought_back(life_t *life, const event_t *event)
{
    life_as_coordinator(life, 0);
    if (life_chance(life, 30) && life_plainly(life, IPUS_ORDER, event->id, "extend")) {
        life_again(life, event, 60);
        return;
    }
    (void)life_plainly(life, IPUS_ORDER, event->id, "return");
}

/* ---- the office ------------------------------------------------------------------------------ */

static void confirmed(life_t *life, const event_t *event)
{
    life_as_coordinator(life, 0);
    if (life_plainly(life, IPUS_ORDER, event->id, "confirm")) {
        life_soon(life, settled, event->id, 3, 25);
    } else {
        life_again(life, event, 5);
    }
}

static void paid(life_t *life, const event_t *event)
{
    ipus_row_t charge, given = {.kind = IPUS_PAYMENT};
    if (!life_row_of(life, IPUS_CHARGE, event->id, &charge) ||
        ipus_number(&charge, CHARGE_STATE) != CHARGE_IS_DUE) {
        return;
    }
    int64_t open = ipus_number(&charge, CHARGE_FEE) + ipus_number(&charge, CHARGE_CORRECTED) -
                   ipus_number(&charge, CHARGE_PAID);
    bool part = open > 1 && life_chance(life, 12);
    life_as_role(life, ROLE_ORGANISER);
    ipus_set(&given, PAYMENT_CHARGE, event->id);
    ipus_set_date(&given, PAYMENT_ON, life->today);
    ipus_set(&given, PAYMENT_AMOUNT, part ? life_draw_between(life, 1, open - 1) : open);
    ipus_set(&given, PAYMENT_METHOD, (int64_t)life_draw(life, 3));
    if (life_make(life, &given) != 0 && part) {
        life_soon(life, paid, event->id, 5, 40);
    }
}

static void corrected(life_t *life, int64_t charge, int64_t fee)
{
    ipus_row_t given = {.kind = IPUS_CORRECTION};
    ipus_set(&given, CORRECTION_CHARGE, charge);
    ipus_set_date(&given, CORRECTION_ON, life->today);
    ipus_set(&given, CORRECTION_AMOUNT,
             life_chance(life, 50) ? life_draw_between(life, 1, 500)
                                   : -life_draw_between(life, 1, fee));
    (void)life_make(life, &given);
}

static void charged(life_t *life, int64_t order)
{
    ipus_row_t charge;
    if (!life_one_of(life, IPUS_CHARGE, CHARGE_ORDERED, order, CHARGE_IS_DUE, true, &charge)) {
        return;
    }
    life_as_role(life, ROLE_ORGANISER);
    if (life_chance(life, 3)) {
        corrected(life, charge.id, ipus_number(&charge, CHARGE_FEE));
    } else if (life_chance(life, 1)) {
        (void)life_plainly(life, IPUS_CHARGE, charge.id, "cancel");
    }
    if (!life_chance(life, 5)) {
        life_soon(life, paid, charge.id, 3, 35);
    }
}

static void settled(life_t *life, const event_t *event)
{
    ipus_record_t *record = life->port->record(life->port->context);
    ipus_row_t order;
    ipus_verdict_t verdict;
    if (record->get(record->context, IPUS_ORDER, event->id, true, &order) != IPUS_FINE) {
        return;
    }
    int64_t state = ipus_number(&order, ORDER_STATE);
    life_as_role(life, ROLE_ORGANISER);
    if (state == ORDER_IS_NOT_DONE) {
        (void)life_plainly(life, IPUS_ORDER, event->id, "settle");
        return;
    }
    if (state != ORDER_IS_CONFIRMED ||
        life_verdict_for(life, IPUS_ORDER, event->id, NULL, &verdict) == RULES_UNKNOWN ||
        verdict.fee < 0) {
        return;
    }
    if (life_step_decided(life, IPUS_ORDER, "settle", event->id, NULL, &verdict)) {
        charged(life, event->id);
    }
}
