/* What a settled order costs, and what is put right of it. */
#include "ipus/charges.h"
#include "ipus/orders.h"

#include <stdio.h>

span_t ipus_charge_money(ipus_work_t *work, int64_t grosze)
{
    char text[32];
    int len =
        snprintf(text, sizeof text, "%lld.%02d", (long long)(grosze / 100), (int)(grosze % 100));
    return arena_copy(work->record->arena, (span_t){text, (size_t)len});
}

/* ---- what is left of it ---------------------------------------------------------------------- */

int64_t ipus_charge_owed(const ipus_row_t *charge)
{
    return ipus_number(charge, CHARGE_FEE) + ipus_number(charge, CHARGE_CORRECTED);
}

/* With the treasury, beside what is owed: below nothing when something is due. */
static int64_t balance(const ipus_row_t *charge)
{
    int64_t rest = ipus_charge_owed(charge) - ipus_number(charge, CHARGE_WAIVED);
    return ipus_number(charge, CHARGE_PAID) - ipus_number(charge, CHARGE_REFUNDED) -
           (rest > 0 ? rest : 0);
}

int64_t ipus_charge_due(const ipus_row_t *charge)
{
    int64_t left = balance(charge);
    return left < 0 ? -left : 0;
}

int64_t ipus_charge_overpaid(const ipus_row_t *charge)
{
    int64_t left = balance(charge);
    return left > 0 ? left : 0;
}

/* A fee of nothing, by a relief or put right to it, was never paid. */
void ipus_charge_weigh(ipus_row_t *charge)
{
    int64_t left = balance(charge);
    int64_t paid = ipus_number(charge, CHARGE_PAID) - ipus_number(charge, CHARGE_REFUNDED);
    if (ipus_has(charge, CHARGE_STATE) &&
        ipus_number(charge, CHARGE_STATE) == CHARGE_IS_CANCELLED) {
        return;
    }
    ipus_set(charge, CHARGE_STATE,
             left < 0                          ? CHARGE_IS_DUE
             : left > 0                        ? CHARGE_IS_OVERPAID
             : ipus_charge_owed(charge) == 0   ? CHARGE_IS_EXEMPT
             : paid < ipus_charge_owed(charge) ? CHARGE_IS_WAIVED
                                               : CHARGE_IS_PAID);
}

/* ---- settling -------------------------------------------------------------------------------- */

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
    ipus_set_text(&row, CHARGE_INPUTS, verdict->inputs);
    ipus_set(&row, CHARGE_REFUNDED, 0);
    ipus_set(&row, CHARGE_WAIVED, 0);
    ipus_charge_weigh(&row);
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

/* ---- putting right --------------------------------------------------------------------------- */

bool ipus_charge_may_cancel(ipus_work_t *work)
{
    int64_t paid = ipus_number(&work->row, CHARGE_PAID) - ipus_number(&work->row, CHARGE_REFUNDED);
    return paid == 0 || ipus_work_refuse(work, IPUS_CHARGE_PAID, -1, ipus_charge_money(work, paid),
                                         SPAN_NONE, SPAN_NONE);
}

/* It was cancelled by mistake. */
bool ipus_charge_restore(ipus_work_t *work)
{
    ipus_charge_weigh(&work->row);
    return true;
}

static bool refuse(ipus_work_t *work, ipus_refusal_code_t code, int field, span_t first)
{
    return ipus_work_refuse(work, code, field, first, SPAN_NONE, SPAN_NONE);
}

bool ipus_correction_make(ipus_work_t *work)
{
    ipus_row_t charge;
    int64_t amount = ipus_number(&work->row, CORRECTION_AMOUNT);
    if (!ipus_work_get(work, CORRECTION_CHARGE, &charge)) {
        return false;
    }
    int64_t fee = ipus_charge_owed(&charge);
    work->row.at[CORRECTION_PERSON] = charge.at[CHARGE_PERSON];
    if (ipus_number(&charge, CHARGE_STATE) == CHARGE_IS_CANCELLED) {
        return refuse(work, IPUS_CHARGE_NOT_DUE, CORRECTION_CHARGE, SPAN_NONE);
    }
    if (amount == 0) {
        return refuse(work, IPUS_AMOUNT_WRONG, CORRECTION_AMOUNT, SPAN("1"));
    }
    if (amount < -fee || amount > MONEY_MAX - fee) {
        return refuse(work, IPUS_CORRECTION_TOO_LOW, CORRECTION_AMOUNT,
                      ipus_charge_money(work, fee));
    }
    ipus_set(&charge, CHARGE_CORRECTED, ipus_number(&charge, CHARGE_CORRECTED) + amount);
    ipus_charge_weigh(&charge);
    return ipus_work_set(work, &charge, "correct");
}

/* The lines that came of other units: with the fee they are what the rules said last. */
static bool add_line(void *of, const ipus_row_t *correction)
{
    *(int64_t *)of +=
        ipus_has(correction, CORRECTION_UNITS) ? ipus_number(correction, CORRECTION_AMOUNT) : 0;
    return true;
}

bool ipus_charge_recount(ipus_work_t *work, ipus_row_t *charge, const ipus_verdict_t *verdict)
{
    int64_t said = ipus_number(charge, CHARGE_FEE);
    ipus_query_t lines = IPUS_QUERY(IPUS_CORRECTION);
    ipus_query_equal(&lines, CORRECTION_CHARGE, charge->id);
    if (!ipus_work_find(work, &lines, add_line, &said)) {
        return false;
    }
    int64_t owed = ipus_charge_owed(charge), amount = verdict->fee - said;
    ipus_row_t line = {.kind = IPUS_CORRECTION};
    ipus_set(&line, CORRECTION_CHARGE, charge->id);
    line.at[CORRECTION_PERSON] = charge->at[CHARGE_PERSON];
    ipus_set_date(&line, CORRECTION_ON, work->command->today);
    ipus_set(&line, CORRECTION_AMOUNT, amount < -owed ? -owed : amount);
    ipus_set(&line, CORRECTION_UNITS, verdict->quantity);
    line.at[CORRECTION_REASON] = work->row.at[ORDER_REASON];
    ipus_set(charge, CHARGE_UNITS, verdict->quantity);
    ipus_set(charge, CHARGE_VALUE, verdict->value >= 0 ? verdict->value : 0);
    ipus_set(charge, CHARGE_CORRECTED,
             ipus_number(charge, CHARGE_CORRECTED) + ipus_number(&line, CORRECTION_AMOUNT));
    ipus_charge_weigh(charge);
    return ipus_work_add(work, &line) && ipus_work_set(work, charge, "correct");
}
