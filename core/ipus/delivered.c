/* What was delivered otherwise than the record says: put right while an order is open, once it is
 * settled (the money follows by a correction), and by the answer to a dispute. */
#include "ipus/charges.h"
#include "ipus/orders.h"

static bool count_delivered(ipus_work_t *work, int64_t more)
{
    ipus_row_t granted;
    if (!ipus_work_get(work, ORDER_GRANTED, &granted)) {
        return false;
    }
    ipus_set(&granted, GRANTED_DELIVERED, ipus_number(&granted, GRANTED_DELIVERED) + more);
    return ipus_work_set(work, &granted, "deliver");
}

/* Units that were given back may be ordered again by now. */
static bool grant_has(ipus_work_t *work, int64_t more)
{
    ipus_row_t granted;
    if (!ipus_work_get(work, ORDER_GRANTED, &granted)) {
        return false;
    }
    int64_t all = ipus_number(&granted, GRANTED_QUANTITY);
    int64_t ordered = ipus_number(&granted, GRANTED_ORDERED);
    const span_t arguments[] = {ipus_work_units(work, all), ipus_work_units(work, ordered),
                                ipus_work_units(work, all - ordered), ipus_work_units(work, more)};
    return more <= all - ordered ||
           ipus_work_refuse_with(work, IPUS_GRANT_USED_UP, ORDER_DELIVERED, arguments, 4);
}

/* The order at work says another number of units by now: its grant follows. */
bool ipus_order_correct(ipus_work_t *work)
{
    int64_t before = ipus_number(&work->before, ORDER_DELIVERED);
    int64_t after = ipus_number(&work->row, ORDER_DELIVERED);
    int64_t most = ipus_number(&work->row, ORDER_QUANTITY);
    if (after > most) {
        return ipus_work_refuse(work, IPUS_DELIVERED_TOO_MUCH, ORDER_DELIVERED,
                                ipus_work_units(work, most), ipus_work_units(work, 0),
                                ipus_work_units(work, after));
    }
    return (after <= before || grant_has(work, after - before)) &&
           ipus_order_recount(work, ipus_order_used(&work->before)) &&
           count_delivered(work, after - before);
}

/* Nothing is charged: the fee cannot be worked out, or is not asked for. */
bool ipus_order_forgo(ipus_work_t *work)
{
    ipus_set_date(&work->row, ORDER_SETTLED_ON, work->command->today);
    return true;
}

/* What was reported as done, and was not. */
bool ipus_order_undo(ipus_work_t *work)
{
    int64_t delivered = ipus_number(&work->row, ORDER_DELIVERED);
    if (!ipus_order_fail(work)) {
        return false;
    }
    int64_t used = ipus_order_used(&work->row);
    ipus_clear(&work->row, ORDER_DELIVERED);
    ipus_clear(&work->row, ORDER_DONE_ON);
    ipus_clear(&work->row, ORDER_CONFIRMED_ON);
    ipus_clear(&work->row, ORDER_SETTLED_ON);
    return ipus_order_recount(work, used) && (delivered == 0 || count_delivered(work, -delivered));
}

/* ---- once it is settled ---------------------------------------------------------------------- */

static bool find_charge(ipus_work_t *work, ipus_row_t *charge)
{
    return ipus_work_first(work, IPUS_CHARGE, CHARGE_ORDERED, work->row.id,
                           ~IPUS_STATES(CHARGE_IS_CANCELLED), charge);
}

bool ipus_order_may_amend(ipus_work_t *work)
{
    return ipus_number(&work->row, ORDER_DELIVERED) > 0 ||
           ipus_work_refuse(work, IPUS_NOTHING_CHARGED, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

/* The fee of the units that were delivered after all, by the rules of that day. */
bool ipus_order_amend(ipus_work_t *work)
{
    ipus_row_t charge;
    const ipus_verdict_t *verdict = work->command->verdict;
    if (!ipus_work_verdict(work, ipus_number(&work->row, ORDER_PERSON))) {
        return false;
    }
    if (verdict->quantity != ipus_number(&work->row, ORDER_DELIVERED)) {
        return ipus_work_refuse(work, IPUS_FACTS_MOVED, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    return ipus_order_correct(work) && find_charge(work, &charge) &&
           (charge.id == 0 || ipus_charge_recount(work, &charge, verdict));
}

/* Nothing of it was delivered: what was charged is taken back. */
bool ipus_order_annul(ipus_work_t *work)
{
    ipus_row_t charge;
    const ipus_verdict_t nothing = {.price = -1};
    return find_charge(work, &charge) &&
           (charge.id == 0 || ipus_charge_recount(work, &charge, &nothing)) &&
           ipus_order_undo(work);
}

/* ---- deliveries ------------------------------------------------------------------------------ */

typedef struct {
    int64_t but, units;
} agreed_t;

static bool add_agreed(void *of, const ipus_row_t *row)
{
    agreed_t *agreed = of;
    int64_t state = ipus_number(row, DELIVERY_STATE);
    bool counts = state == DELIVERY_IS_REPORTED || state == DELIVERY_IS_CONFIRMED;
    agreed->units += counts && row->id != agreed->but ? ipus_number(row, DELIVERY_UNITS) : 0;
    return true;
}

/* What nobody disputes of an order's deliveries, but for the one at work. */
static bool others(ipus_work_t *work, int64_t *units)
{
    agreed_t agreed = {.but = work->row.id};
    ipus_query_t query = IPUS_QUERY(IPUS_DELIVERY);
    ipus_query_equal(&query, DELIVERY_ORDERED, ipus_number(&work->row, DELIVERY_ORDERED));
    bool read = ipus_work_find(work, &query, add_agreed, &agreed);
    *units = agreed.units;
    return read;
}

/* Deliveries are looked at until their order is confirmed. */
bool ipus_delivery_may_move(ipus_work_t *work)
{
    ipus_row_t order;
    if (!ipus_work_get(work, DELIVERY_ORDERED, &order)) {
        return false;
    }
    int64_t state = ipus_number(&order, ORDER_STATE);
    return state == ORDER_IS_ACCEPTED || state == ORDER_IS_DONE ||
           ipus_work_refuse(work, IPUS_ORDER_CHECKED, -1,
                            ipus_choice(ipus_kind(IPUS_ORDER)->fields[ORDER_STATE].choices, state),
                            SPAN_NONE, SPAN_NONE);
}

/* An order that is done says what its deliveries say; until then they are added up at its end. */
static bool tell_order(ipus_work_t *work, int64_t own)
{
    ipus_row_t order;
    int64_t units = 0;
    if (!ipus_work_get(work, DELIVERY_ORDERED, &order) || !others(work, &units)) {
        return false;
    }
    if (units + own > ipus_number(&order, ORDER_QUANTITY)) {
        return ipus_work_refuse(work, IPUS_DELIVERED_TOO_MUCH, DELIVERY_UNITS,
                                ipus_work_units(work, ipus_number(&order, ORDER_QUANTITY)),
                                ipus_work_units(work, units), ipus_work_units(work, own));
    }
    ipus_row_t given = {.kind = IPUS_ORDER};
    ipus_set(&given, ORDER_DELIVERED, units + own);
    return ipus_number(&order, ORDER_STATE) != ORDER_IS_DONE ||
           ipus_work_step(work, IPUS_ORDER, order.id, "recount", &given);
}

/* Confirmed, as reported or with the units of the answer to a dispute. */
bool ipus_delivery_confirm(ipus_work_t *work)
{
    return tell_order(work, ipus_number(&work->row, DELIVERY_UNITS));
}

bool ipus_delivery_may_cancel(ipus_work_t *work)
{
    ipus_row_t order;
    int64_t units = 0;
    if (!ipus_delivery_may_move(work) || !ipus_work_get(work, DELIVERY_ORDERED, &order) ||
        !others(work, &units)) {
        return false;
    }
    return units > 0 || ipus_number(&order, ORDER_STATE) != ORDER_IS_DONE ||
           ipus_work_refuse(work, IPUS_DELIVERED_NOTHING, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

bool ipus_delivery_cancel(ipus_work_t *work)
{
    return tell_order(work, 0);
}
