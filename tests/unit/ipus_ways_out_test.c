/* No state that an office cannot leave: what was delivered, paid, decided or ended otherwise than
 * the record says is put right by a step, with its reason. */
#include "ipus_office.h"

static office_t office;

static int set_up(void **state)
{
    (void)state;
    office_open(&office);
    office.actor.may_override = true;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_close(&office);
    return 0;
}

static int64_t order_at(int64_t id, int field)
{
    return office_number(&office, IPUS_ORDER, id, field);
}

static int64_t charge_at(int field)
{
    return office_number(&office, IPUS_CHARGE, 1, field);
}

static int64_t granted_at(int field)
{
    return office_number(&office, IPUS_GRANTED, 1, field);
}

static int64_t person_of(int64_t order)
{
    return order_at(order, ORDER_PERSON);
}

/* An order of three hours that is accepted, on its day. */
static int64_t accepted(void)
{
    int64_t decision = office_decision(&office, office_person(&office, 0), HOURS, "2025-02-01");
    int64_t granted = office_grant(&office, decision, 8000, "2025-03-01", "2025-12-31");
    int64_t order = office_order(&office, granted, 3000, "2025-03-10");
    assert_int_not_equal(order, 0);
    assert_true(office_do(&office, "accept", order, 0));
    office.today = day("2025-03-10");
    return order;
}

static bool with_units(const char *step, int64_t order, int64_t units)
{
    ipus_row_t given = {.kind = IPUS_ORDER};
    ipus_set(&given, ORDER_DELIVERED, units);
    if (strcmp(step, "finish") != 0) {
        ipus_set_text(&given, ORDER_REASON, SPAN("counted again"));
    }
    return office_run(&office, IPUS_ORDER, step, order, &given);
}

/* Ten złoty an hour. */
static int64_t settled(int64_t units)
{
    int64_t order = accepted();
    assert_true(with_units("finish", order, units));
    assert_true(office_do(&office, "confirm", order, 0));
    office.verdict = (ipus_verdict_t){
        .yes = true, .quantity = units, .price = 5000, .value = 5 * units, .fee = units};
    assert_true(office_do(&office, "settle", order, 0));
    return order;
}

static bool money(ipus_kind_t kind, int charge, int on, int amount, int64_t grosze)
{
    ipus_row_t given = {.kind = kind};
    ipus_set(&given, charge, 1);
    ipus_set(&given, amount, grosze);
    if (on >= 0) {
        ipus_set_date(&given, on, office.today);
    } else {
        ipus_set_text(&given, WAIVER_REASON, SPAN("in need"));
    }
    return office_run(&office, kind, "make", 0, &given);
}

static bool pay(int64_t grosze)
{
    return money(IPUS_PAYMENT, PAYMENT_CHARGE, PAYMENT_ON, PAYMENT_AMOUNT, grosze);
}

static bool refund(int64_t grosze)
{
    return money(IPUS_REFUND, REFUND_CHARGE, REFUND_ON, REFUND_AMOUNT, grosze);
}

static bool waive(int64_t grosze)
{
    return money(IPUS_WAIVER, WAIVER_CHARGE, -1, WAIVER_AMOUNT, grosze);
}

static bool undo(ipus_kind_t kind, int why, int64_t id)
{
    ipus_row_t given = {.kind = kind};
    ipus_set_text(&given, why, SPAN("a wrong line"));
    return office_run(&office, kind, "undo", id, &given);
}

static bool erase(int64_t person)
{
    return office_run(&office, IPUS_PERSON, "erase", person, NULL);
}

/* ---- units ----------------------------------------------------------------------------------- */

static void units_are_put_right_before_settling(void **state)
{
    (void)state;
    int64_t order = accepted();
    assert_true(with_units("finish", order, 3000));
    assert_true(with_units("correct", order, 2000));
    assert_int_equal(order_at(order, ORDER_DELIVERED), 2000);
    assert_int_equal(granted_at(GRANTED_DELIVERED), 2000);
    assert_false(with_units("correct", order, 3001));
    office_refused(&office, IPUS_DELIVERED_TOO_MUCH);
    assert_true(office_do(&office, "confirm", order, 0));
    assert_true(with_units("correct", order, 1000));
    assert_int_equal(granted_at(GRANTED_DELIVERED), 1000);
    assert_true(office_do(&office, "fail", order, 1)); /* nothing of it, after all */
    assert_int_equal(granted_at(GRANTED_DELIVERED), 0);
    assert_int_equal(granted_at(GRANTED_ORDERED), 0);
    assert_int_equal(order_at(order, ORDER_STATE), ORDER_IS_NOT_DONE);
    assert_true(office_do(&office, "settle", order, 0));
}

static void units_are_put_right_after_settling_and_the_money_follows(void **state)
{
    (void)state;
    int64_t order = settled(3000);
    assert_int_equal(charge_at(CHARGE_FEE), 3000);
    assert_true(pay(3000));
    office.verdict.quantity = office.verdict.fee = 2000;
    office.verdict.value = 10000;
    assert_true(with_units("amend", order, 2000));
    assert_int_equal(order_at(order, ORDER_STATE), ORDER_IS_SETTLED);
    assert_int_equal(charge_at(CHARGE_FEE), 3000);
    assert_int_equal(charge_at(CHARGE_CORRECTED), -1000);
    assert_int_equal(charge_at(CHARGE_UNITS), 2000);
    assert_int_equal(charge_at(CHARGE_VALUE), 10000);
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_OVERPAID);
    assert_int_equal(office_number(&office, IPUS_CORRECTION, 1, CORRECTION_AMOUNT), -1000);
    assert_int_equal(office_number(&office, IPUS_CORRECTION, 1, CORRECTION_UNITS), 2000);
    office.verdict.quantity = office.verdict.fee = 2500; /* and once more */
    assert_true(with_units("amend", order, 2500));
    assert_int_equal(charge_at(CHARGE_CORRECTED), -500);
    assert_true(office_do(&office, "annul", order, 1));
    assert_int_equal(charge_at(CHARGE_CORRECTED), -3000);
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_OVERPAID);
    assert_int_equal(granted_at(GRANTED_ORDERED), 0);
    assert_int_equal(order_at(order, ORDER_STATE), ORDER_IS_NOT_DONE);
    assert_true(office_do(&office, "settle", order, 0));
    assert_false(office_do(&office, "annul", order, 1)); /* nothing of it was delivered */
    office_refused(&office, IPUS_NOTHING_CHARGED);
}

static void an_order_without_a_fee_is_settled_without_one(void **state)
{
    (void)state;
    int64_t order = accepted();
    assert_true(with_units("finish", order, 3000));
    assert_true(office_do(&office, "confirm", order, 0));
    assert_true(office_do(&office, "forgo", order, 1));
    assert_int_equal(order_at(order, ORDER_STATE), ORDER_IS_SETTLED);
    office.verdict.quantity = 2000;
    assert_true(with_units("amend", order, 2000));
    assert_int_equal(granted_at(GRANTED_DELIVERED), 2000);
}

/* ---- deliveries ------------------------------------------------------------------------------ */

static bool deliver(int64_t order, int64_t units)
{
    ipus_row_t given = {.kind = IPUS_DELIVERY};
    ipus_set(&given, DELIVERY_ORDERED, order);
    ipus_set(&given, DELIVERY_UNITS, units);
    ipus_set_date(&given, DELIVERY_ON, office.today);
    return office_run(&office, IPUS_DELIVERY, "make", 0, &given);
}

static bool answer(const char *step, int64_t id, int64_t units)
{
    ipus_row_t given = {.kind = IPUS_DELIVERY};
    ipus_set_text(&given, DELIVERY_REASON, SPAN("both signed the list"));
    if (units > 0) {
        ipus_set(&given, DELIVERY_UNITS, units);
    }
    return office_run(&office, IPUS_DELIVERY, step, id, &given);
}

static void a_dispute_is_answered_with_other_units(void **state)
{
    (void)state;
    int64_t order = accepted();
    assert_true(deliver(order, 1000));
    assert_true(deliver(order, 2000));
    assert_true(answer("dispute", 2, 0));
    assert_true(office_do(&office, "finish", order, 0)); /* what nobody disputes */
    assert_int_equal(order_at(order, ORDER_DELIVERED), 1000);
    assert_false(office_do(&office, "confirm", order, 0));
    office_refused(&office, IPUS_DELIVERY_DISPUTED);
    assert_false(answer("answer", 2, 2001));
    office_refused(&office, IPUS_DELIVERED_TOO_MUCH);
    assert_true(answer("answer", 2, 500));
    assert_int_equal(order_at(order, ORDER_DELIVERED), 1500);
    assert_int_equal(granted_at(GRANTED_DELIVERED), 1500);
    assert_true(office_do(&office, "confirm", order, 0));
    assert_false(answer("cancel", 2, 0));
    office_refused(&office, IPUS_ORDER_CHECKED);
}

static void a_delivery_that_was_none_is_cancelled(void **state)
{
    (void)state;
    int64_t order = accepted();
    assert_true(deliver(order, 3000));
    assert_true(answer("cancel", 1, 0));
    assert_true(deliver(order, 2000)); /* there is room for it again */
    assert_true(deliver(order, 1000));
    assert_true(office_do(&office, "finish", order, 0));
    assert_int_equal(order_at(order, ORDER_DELIVERED), 3000);
    assert_true(answer("cancel", 3, 0));
    assert_int_equal(order_at(order, ORDER_DELIVERED), 2000);
    assert_false(answer("cancel", 2, 0));
    office_refused(&office, IPUS_DELIVERED_NOTHING);
    assert_true(office_do(&office, "fail", order, 1));
}

/* ---- money ----------------------------------------------------------------------------------- */

static void what_was_paid_too_much_is_paid_back(void **state)
{
    (void)state;
    int64_t order = settled(3000);
    assert_false(refund(100));
    office_refused(&office, IPUS_REFUND_TOO_MUCH);
    assert_true(pay(3000));
    office.verdict.quantity = office.verdict.fee = 2000;
    assert_true(with_units("amend", order, 2000));
    assert_false(erase(person_of(order)));
    assert_false(refund(1001));
    office_refused(&office, IPUS_REFUND_TOO_MUCH);
    assert_string_equal(office.text, "10.00 zł is to be paid back.");
    assert_true(refund(400));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_OVERPAID);
    assert_true(refund(600));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_PAID);
    assert_false(undo(IPUS_PAYMENT, PAYMENT_UNDONE_WHY, 1));
    office_refused(&office, IPUS_PAYMENT_REFUNDED);
    assert_true(undo(IPUS_REFUND, REFUND_UNDONE_WHY, 2));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_OVERPAID);
    assert_int_equal(charge_at(CHARGE_REFUNDED), 400);
}

static void a_payment_is_undone(void **state)
{
    (void)state;
    (void)settled(3000);
    assert_true(pay(1000));
    assert_true(pay(2000));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_PAID);
    assert_true(undo(IPUS_PAYMENT, PAYMENT_UNDONE_WHY, 2));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_DUE);
    assert_int_equal(charge_at(CHARGE_PAID), 1000);
    assert_false(undo(IPUS_PAYMENT, PAYMENT_UNDONE_WHY, 2));
    office_refused(&office, IPUS_ALREADY_ENDED);
    assert_true(undo(IPUS_PAYMENT, PAYMENT_UNDONE_WHY, 1));
    assert_true(office_run(&office, IPUS_CHARGE, "cancel", 1, NULL));
    assert_true(office_run(&office, IPUS_CHARGE, "restore", 1, NULL)); /* it was right after all */
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_DUE);
}

static void a_charge_is_waived_and_not_paid(void **state)
{
    (void)state;
    (void)settled(3000);
    assert_true(pay(1000));
    assert_false(waive(2001));
    office_refused(&office, IPUS_WAIVER_TOO_MUCH);
    assert_true(waive(500));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_DUE);
    assert_true(waive(1500));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_WAIVED);
    assert_int_equal(charge_at(CHARGE_PAID), 1000);
    assert_true(undo(IPUS_WAIVER, WAIVER_UNDONE_WHY, 1));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_DUE);
}

static void a_fee_put_right_to_nothing_was_not_paid(void **state)
{
    (void)state;
    (void)settled(3000);
    ipus_row_t given = {.kind = IPUS_CORRECTION};
    ipus_set(&given, CORRECTION_CHARGE, 1);
    ipus_set_date(&given, CORRECTION_ON, office.today);
    ipus_set(&given, CORRECTION_AMOUNT, -3000);
    ipus_set_text(&given, CORRECTION_REASON, SPAN("an exemption"));
    assert_true(office_run(&office, IPUS_CORRECTION, "make", 0, &given));
    assert_int_equal(charge_at(CHARGE_STATE), CHARGE_IS_EXEMPT);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(units_are_put_right_before_settling),
        TEST(units_are_put_right_after_settling_and_the_money_follows),
        TEST(an_order_without_a_fee_is_settled_without_one),
        TEST(a_dispute_is_answered_with_other_units),
        TEST(a_delivery_that_was_none_is_cancelled),
        TEST(what_was_paid_too_much_is_paid_back),
        TEST(a_payment_is_undone),
        TEST(a_charge_is_waived_and_not_paid),
        TEST(a_fee_put_right_to_nothing_was_not_paid),
    };
    return cmocka_run_group_tests(tests, NULL, build_end);
}
