/* What a settled order costs, what is paid of it, and what is put right. */
#include "ipus/orders.h"

#include <stdio.h>

static span_t money(ipus_work_t *work, int64_t grosze)
{
    char text[32];
    int len =
        snprintf(text, sizeof text, "%lld.%02d", (long long)(grosze / 100), (int)(grosze % 100));
    return arena_copy(work->record->arena, (span_t){text, (size_t)len});
}

/* Every number of a charge is the verdict's, which knows by which price it was reckoned. */
static bool add_charge(ipus_work_t *work)
{
    const ipus_verdict_t *verdict = work->command->verdict;
    const ipus_row_t *order = &work->row;
    ipus_row_t row = {.kind = IPUS_CHARGE};
    ipus_set(&row, CHARGE_ORDERED, order->id);
    row.at[CHARGE_PERSON] = order->at[ORDER_PERSON];
    row.at[CHARGE_SERVICE] = order->at[ORDER_SERVICE];
    row.at[CHARGE_PROVIDER] = order->at[ORDER_PROVIDER];
    row.at[CHARGE_ON] = order->at[ORDER_DONE_ON];
    row.at[CHARGE_UNITS] = order->at[ORDER_DELIVERED];
    if (verdict->price >= 0) {
        ipus_set(&row, CHARGE_PRICE, verdict->price);
    }
    ipus_set(&row, CHARGE_VALUE, verdict->value >= 0 ? verdict->value : 0);
    if (verdict->before_relief >= 0) { /* not known, and not needed, with everything taken off */
        ipus_set(&row, CHARGE_BEFORE_RELIEF, verdict->before_relief);
    }
    ipus_set_text(&row, CHARGE_RELIEF, verdict->relief);
    ipus_set(&row, CHARGE_FEE, verdict->fee);
    ipus_set(&row, CHARGE_CORRECTED, 0);
    ipus_set(&row, CHARGE_PAID, 0);
    ipus_set_text(&row, CHARGE_RULES, verdict->rules);
    ipus_set(&row, CHARGE_STATE, verdict->fee == 0 ? CHARGE_IS_EXEMPT : CHARGE_IS_DUE);
    return ipus_work_add(work, &row);
}

/* What was not done costs nothing, whether or not it counts as used. */
bool ipus_order_settle(ipus_work_t *work)
{
    ipus_set_date(&work->row, ORDER_SETTLED_ON, work->command->today);
    if (ipus_number(&work->before, ORDER_STATE) == ORDER_IS_NOT_DONE) {
        return true;
    }
    if (!ipus_work_verdict(work, ipus_number(&work->row, ORDER_PERSON))) {
        return false;
    }
    return (work->command->verdict->quantity == ipus_number(&work->row, ORDER_DELIVERED) ||
            ipus_work_refuse(work, IPUS_FACTS_MOVED, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE)) &&
           add_charge(work);
}

bool ipus_charge_may_cancel(ipus_work_t *work)
{
    int64_t paid = ipus_number(&work->row, CHARGE_PAID);
    return paid == 0 ||
           ipus_work_refuse(work, IPUS_CHARGE_PAID, -1, money(work, paid), SPAN_NONE, SPAN_NONE);
}

static int64_t owed(const ipus_row_t *charge)
{
    return ipus_number(charge, CHARGE_FEE) + ipus_number(charge, CHARGE_CORRECTED);
}

/* Paid when nothing is left, also when more was paid than is owed by now. */
static void set_state(ipus_row_t *charge)
{
    ipus_set(charge, CHARGE_STATE,
             owed(charge) > ipus_number(charge, CHARGE_PAID) ? CHARGE_IS_DUE : CHARGE_IS_PAID);
}

bool ipus_payment_make(ipus_work_t *work)
{
    ipus_row_t charge;
    int64_t amount = ipus_number(&work->row, PAYMENT_AMOUNT);
    if (!ipus_work_get(work, PAYMENT_CHARGE, &charge)) {
        return false;
    }
    int64_t paid = ipus_number(&charge, CHARGE_PAID), open = owed(&charge) - paid;
    work->row.at[PAYMENT_PERSON] = charge.at[CHARGE_PERSON];
    if (ipus_number(&charge, CHARGE_STATE) != CHARGE_IS_DUE) {
        return ipus_work_refuse(work, IPUS_CHARGE_NOT_DUE, PAYMENT_CHARGE, SPAN_NONE, SPAN_NONE,
                                SPAN_NONE);
    }
    if (amount <= 0) {
        return ipus_work_refuse(work, IPUS_AMOUNT_WRONG, PAYMENT_AMOUNT, SPAN("0"), SPAN_NONE,
                                SPAN_NONE);
    }
    if (amount > open) {
        return ipus_work_refuse(work, IPUS_PAYMENT_TOO_MUCH, PAYMENT_AMOUNT, money(work, open),
                                SPAN_NONE, SPAN_NONE);
    }
    ipus_set(&charge, CHARGE_PAID, paid + amount);
    set_state(&charge);
    return ipus_work_set(work, &charge, "pay");
}

bool ipus_correction_make(ipus_work_t *work)
{
    ipus_row_t charge;
    int64_t amount = ipus_number(&work->row, CORRECTION_AMOUNT);
    if (!ipus_work_get(work, CORRECTION_CHARGE, &charge)) {
        return false;
    }
    int64_t fee = owed(&charge);
    work->row.at[CORRECTION_PERSON] = charge.at[CHARGE_PERSON];
    if (ipus_number(&charge, CHARGE_STATE) == CHARGE_IS_CANCELLED) {
        return ipus_work_refuse(work, IPUS_CHARGE_NOT_DUE, CORRECTION_CHARGE, SPAN_NONE, SPAN_NONE,
                                SPAN_NONE);
    }
    if (amount == 0) {
        return ipus_work_refuse(work, IPUS_AMOUNT_WRONG, CORRECTION_AMOUNT, SPAN("1"), SPAN_NONE,
                                SPAN_NONE);
    }
    if (amount < -fee || amount > MONEY_MAX - fee) {
        return ipus_work_refuse(work, IPUS_CORRECTION_TOO_LOW, CORRECTION_AMOUNT, money(work, fee),
                                SPAN_NONE, SPAN_NONE);
    }
    ipus_set(&charge, CHARGE_CORRECTED, ipus_number(&charge, CHARGE_CORRECTED) + amount);
    set_state(&charge);
    return ipus_work_set(work, &charge, "correct");
}
