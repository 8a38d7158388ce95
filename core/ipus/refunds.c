/* Money that moves on a charge: paid, paid back, let off, and each of them undone with its reason.
 */
#include "ipus/charges.h"
#include "ipus/states.h"

static bool refuse(ipus_work_t *work, ipus_refusal_code_t code, int field, int64_t grosze)
{
    return ipus_work_refuse(work, code, field, ipus_charge_money(work, grosze), SPAN_NONE,
                            SPAN_NONE);
}

/* Adds to one sum of the charge that a field names, and weighs it anew. */
static bool move(ipus_work_t *work, int field, int sum, int64_t amount, const char *step)
{
    ipus_row_t charge;
    if (!ipus_work_get(work, field, &charge)) {
        return false;
    }
    ipus_set(&charge, sum, ipus_number(&charge, sum) + amount);
    ipus_charge_weigh(&charge);
    return ipus_work_set(work, &charge, step);
}

/* The charge of a new row, whose person the row's is; and its amount, which is more than nothing.
 */
static bool begin(ipus_work_t *work, int field, int person, int amount, ipus_row_t *charge)
{
    if (!ipus_work_get(work, field, charge)) {
        return false;
    }
    work->row.at[person] = charge->at[CHARGE_PERSON];
    return !ipus_has(&work->row, amount) || ipus_number(&work->row, amount) > 0 ||
           ipus_work_refuse(work, IPUS_AMOUNT_WRONG, amount, SPAN("0"), SPAN_NONE, SPAN_NONE);
}

static bool is_due(ipus_work_t *work, int field, const ipus_row_t *charge)
{
    return ipus_number(charge, CHARGE_STATE) == CHARGE_IS_DUE ||
           ipus_work_refuse(work, IPUS_CHARGE_NOT_DUE, field, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

static bool stands(ipus_work_t *work, int undone)
{
    return !ipus_has(&work->row, undone) ||
           ipus_work_refuse(work, IPUS_ALREADY_ENDED, -1,
                            ipus_work_date(work, ipus_date(&work->row, undone)), SPAN_NONE,
                            SPAN_NONE);
}

/* ---- paid ------------------------------------------------------------------------------------ */

bool ipus_payment_make(ipus_work_t *work)
{
    ipus_row_t charge;
    int64_t amount = ipus_number(&work->row, PAYMENT_AMOUNT);
    if (!begin(work, PAYMENT_CHARGE, PAYMENT_PERSON, PAYMENT_AMOUNT, &charge) ||
        !is_due(work, PAYMENT_CHARGE, &charge)) {
        return false;
    }
    if (amount > ipus_charge_due(&charge)) {
        return refuse(work, IPUS_PAYMENT_TOO_MUCH, PAYMENT_AMOUNT, ipus_charge_due(&charge));
    }
    return move(work, PAYMENT_CHARGE, CHARGE_PAID, amount, "pay");
}

/* What was paid back of it was paid. */
bool ipus_payment_may_undo(ipus_work_t *work)
{
    ipus_row_t charge;
    if (!stands(work, PAYMENT_UNDONE_ON) || !ipus_work_get(work, PAYMENT_CHARGE, &charge)) {
        return false;
    }
    int64_t refunded = ipus_number(&charge, CHARGE_REFUNDED);
    return ipus_number(&charge, CHARGE_PAID) - ipus_number(&work->row, PAYMENT_AMOUNT) >=
               refunded ||
           refuse(work, IPUS_PAYMENT_REFUNDED, -1, refunded);
}

bool ipus_payment_undo(ipus_work_t *work)
{
    ipus_set_date(&work->row, PAYMENT_UNDONE_ON, work->command->today);
    return move(work, PAYMENT_CHARGE, CHARGE_PAID, -ipus_number(&work->row, PAYMENT_AMOUNT),
                "unpay");
}

/* ---- paid back ------------------------------------------------------------------------------- */

bool ipus_refund_make(ipus_work_t *work)
{
    ipus_row_t charge;
    int64_t amount = ipus_number(&work->row, REFUND_AMOUNT);
    if (!begin(work, REFUND_CHARGE, REFUND_PERSON, REFUND_AMOUNT, &charge)) {
        return false;
    }
    if (amount > ipus_charge_overpaid(&charge)) {
        return refuse(work, IPUS_REFUND_TOO_MUCH, REFUND_AMOUNT, ipus_charge_overpaid(&charge));
    }
    return move(work, REFUND_CHARGE, CHARGE_REFUNDED, amount, "refund");
}

bool ipus_refund_may_undo(ipus_work_t *work)
{
    return stands(work, REFUND_UNDONE_ON);
}

bool ipus_refund_undo(ipus_work_t *work)
{
    ipus_set_date(&work->row, REFUND_UNDONE_ON, work->command->today);
    return move(work, REFUND_CHARGE, CHARGE_REFUNDED, -ipus_number(&work->row, REFUND_AMOUNT),
                "unrefund");
}

/* ---- let off --------------------------------------------------------------------------------- */

bool ipus_waiver_make(ipus_work_t *work)
{
    ipus_row_t charge;
    if (!begin(work, WAIVER_CHARGE, WAIVER_PERSON, WAIVER_AMOUNT, &charge) ||
        !is_due(work, WAIVER_CHARGE, &charge)) {
        return false;
    }
    ipus_set_date(&work->row, WAIVER_ON, work->command->today);
    if (!ipus_has(&work->row, WAIVER_AMOUNT)) {
        ipus_set(&work->row, WAIVER_AMOUNT, ipus_charge_due(&charge));
    }
    int64_t amount = ipus_number(&work->row, WAIVER_AMOUNT);
    if (amount > ipus_charge_due(&charge)) {
        return refuse(work, IPUS_WAIVER_TOO_MUCH, WAIVER_AMOUNT, ipus_charge_due(&charge));
    }
    return move(work, WAIVER_CHARGE, CHARGE_WAIVED, amount, "waive");
}

bool ipus_waiver_may_undo(ipus_work_t *work)
{
    return stands(work, WAIVER_UNDONE_ON);
}

bool ipus_waiver_undo(ipus_work_t *work)
{
    ipus_set_date(&work->row, WAIVER_UNDONE_ON, work->command->today);
    return move(work, WAIVER_CHARGE, CHARGE_WAIVED, -ipus_number(&work->row, WAIVER_AMOUNT),
                "unwaive");
}
