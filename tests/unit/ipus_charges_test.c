/* What settling an order costs, and what is paid and put right of it, to the grosz; and the
 * sentences of refusals. */
#include "ipus_office.h"

static office_t office;

static int set_up(void **state)
{
    (void)state;
    office_open(&office);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_holds(&office);
    office_close(&office);
    return 0;
}

/* An order of three hours, delivered and confirmed on its day. */
static int64_t confirmed(int64_t price_at_granting)
{
    int64_t decision = office_decision(&office, office_person(&office, 0), HOURS, "2025-02-01");
    ipus_row_t row;
    int64_t planned = office_planned(&office, decision, 8000, "2025-03-01", "2025-12-31", 0);
    assert_true(memory_row(office.memory, IPUS_GRANTED, planned, &row));
    ipus_set(&row, GRANTED_PRICE, price_at_granting);
    int64_t granted = office_add(&office, &row);
    assert_true(office_step(&office, &grant_step, granted));
    int64_t order = office_order(&office, granted, 2500, "2025-03-10");
    assert_int_not_equal(order, 0);
    assert_true(office_do(&office, "accept", order, 0));
    office.today = day("2025-03-10");
    assert_true(office_do(&office, "finish", order, 0));
    assert_true(office_do(&office, "confirm", order, 0));
    office.verdict = (ipus_verdict_t){.yes = true,
                                      .quantity = 2500,
                                      .price = 3999,
                                      .value = 9998, /* 39.99 × 2.5 = 99.975 */
                                      .before_relief = 2000,
                                      .fee = 2000,
                                      .rules = SPAN("0123456789abcdef")};
    return order;
}

static int64_t charge(int64_t id, int field)
{
    return office_number(&office, IPUS_CHARGE, id, field);
}

static void settling_makes_a_charge(void **state)
{
    (void)state;
    int64_t order = confirmed(3000);
    office.verdict.quantity = 2000;
    assert_false(office_do(&office, "settle", order, 0)); /* decided for something else */
    office_refused(&office, IPUS_FACTS_MOVED);
    office.verdict.quantity = 2500;
    office.verdict.facts = 1;
    assert_false(office_do(&office, "settle", order, 0));
    office_refused(&office, IPUS_FACTS_MOVED);
    office.verdict.facts = 0;
    assert_true(office_do(&office, "settle", order, 0));
    assert_int_equal(charge(1, CHARGE_PRICE), 3999);
    assert_int_equal(charge(1, CHARGE_VALUE), 9998);
    assert_int_equal(charge(1, CHARGE_FEE), 2000);
    assert_int_equal(charge(1, CHARGE_STATE), CHARGE_IS_DUE);
    assert_int_equal(charge(1, CHARGE_ON), day("2025-03-10").days);
    assert_false(office_do(&office, "settle", order, 0));
    office_refused(&office, IPUS_NOT_IN_STATE);
}

/* By which price it was reckoned is the verdict's to know: no number of a charge is another's. */
static void every_number_of_a_charge_is_the_verdicts(void **state)
{
    (void)state;
    office.programme.price_at_granting = true;
    int64_t order = confirmed(3000);
    office.verdict.price = 3000;
    office.verdict.value = 7500;
    office.verdict.before_relief = 1500;
    office.verdict.fee = 1500;
    assert_true(office_do(&office, "settle", order, 0));
    assert_int_equal(charge(1, CHARGE_PRICE), 3000);
    assert_int_equal(charge(1, CHARGE_VALUE), 7500);
    assert_int_equal(charge(1, CHARGE_BEFORE_RELIEF), 1500);
    assert_int_equal(charge(1, CHARGE_FEE), 1500);
}

static void an_order_that_moved_is_decided_again(void **state)
{
    (void)state;
    int64_t order = confirmed(3000);
    office.verdict.row_version = 1; /* it has been accepted, finished and confirmed since */
    assert_false(office_do(&office, "settle", order, 0));
    office_refused(&office, IPUS_FACTS_MOVED);
    office.verdict.row_version = 4;
    assert_true(office_do(&office, "settle", order, 0));
}

static void who_is_exempt_owes_nothing(void **state)
{
    (void)state;
    int64_t order = confirmed(3000);
    office.verdict.fee = 0;
    office.verdict.relief = SPAN("merit");
    assert_true(office_do(&office, "settle", order, 0));
    assert_int_equal(charge(1, CHARGE_STATE), CHARGE_IS_EXEMPT);
    assert_int_equal(charge(1, CHARGE_BEFORE_RELIEF), 2000);
}

static bool pay(int64_t amount)
{
    ipus_row_t given = {.kind = IPUS_PAYMENT};
    ipus_set(&given, PAYMENT_CHARGE, 1);
    ipus_set_date(&given, PAYMENT_ON, office.today);
    ipus_set(&given, PAYMENT_AMOUNT, amount);
    return office_run(&office, IPUS_PAYMENT, "make", 0, &given);
}

static bool correct(int64_t amount)
{
    ipus_row_t given = {.kind = IPUS_CORRECTION};
    ipus_set(&given, CORRECTION_CHARGE, 1);
    ipus_set_date(&given, CORRECTION_ON, office.today);
    ipus_set(&given, CORRECTION_AMOUNT, amount);
    ipus_set_text(&given, CORRECTION_REASON, SPAN("an error"));
    return office_run(&office, IPUS_CORRECTION, "make", 0, &given);
}

static void payments_and_corrections_add_up(void **state)
{
    (void)state;
    assert_true(office_do(&office, "settle", confirmed(3000), 0));
    assert_false(pay(0));
    office_refused(&office, IPUS_AMOUNT_WRONG);
    assert_false(pay(2001));
    office_refused(&office, IPUS_PAYMENT_TOO_MUCH);
    assert_string_equal(office.text, "20.00 zł is left to be paid.");
    assert_true(pay(1500));
    assert_int_equal(charge(1, CHARGE_STATE), CHARGE_IS_DUE);
    assert_false(office_run(&office, IPUS_CHARGE, "cancel", 1, NULL));
    office_refused(&office, IPUS_CHARGE_PAID);
    assert_true(correct(-500));
    assert_int_equal(charge(1, CHARGE_STATE), CHARGE_IS_PAID);
    assert_false(pay(100));
    office_refused(&office, IPUS_CHARGE_NOT_DUE);
    assert_true(correct(-1000)); /* five hundred were paid too much, and it shows */
    assert_int_equal(charge(1, CHARGE_STATE), CHARGE_IS_OVERPAID);
    assert_int_equal(charge(1, CHARGE_PAID), 1500);
    assert_false(correct(-501));
    office_refused(&office, IPUS_CORRECTION_TOO_LOW);
    assert_true(correct(1200));
    assert_int_equal(charge(1, CHARGE_STATE), CHARGE_IS_DUE);
    assert_true(pay(200));
    assert_int_equal(charge(1, CHARGE_STATE), CHARGE_IS_PAID);
    assert_false(correct(0));
    office_refused(&office, IPUS_AMOUNT_WRONG);
}

static void a_charge_without_payments_is_cancelled(void **state)
{
    (void)state;
    assert_true(office_do(&office, "settle", confirmed(3000), 0));
    assert_true(office_run(&office, IPUS_CHARGE, "cancel", 1, NULL));
    assert_false(pay(100));
    office_refused(&office, IPUS_CHARGE_NOT_DUE);
    assert_false(correct(100));
    office_refused(&office, IPUS_CHARGE_NOT_DUE);
}

/* ---- whatever breaks ------------------------------------------------------------------------- */

/* The n-th call of the record fails, for every n: the step is not done, and nothing of it stays. */
static void a_record_that_breaks_leaves_nothing_behind(void **state)
{
    (void)state;
    int64_t order = confirmed(3000);
    size_t calls = 0;
    for (bool done = false; !done; calls++) {
        office.break_at = calls + 1; /* office_run() holds the record against what it was */
        done = office_do(&office, "settle", order, 0);
        assert_true(done || office.answer.code == IPUS_BROKEN);
    }
    assert_true(calls > 5);
}

/* ---- sentences ------------------------------------------------------------------------------- */

static void sentences_choose_words_and_commas(void **state)
{
    (void)state;
    const ipus_refusal_t refusal = {.code = IPUS_LIMIT_REACHED,
                                    .field = -1,
                                    .arguments = {SPAN("2.5"), SPAN("0"), SPAN("1"),
                                                  SPAN("2025-03-01"), SPAN("2025-03-31"), SPAN("2"),
                                                  SPAN("0.5"), SPAN("2025-04-01")}};
    buf_t text = {0};
    ipus_refusal_text(&text, &refusal, LANG_PL);
    assert_string_equal(
        buf_zero_terminated(&text),
        "Limit jednostek usługi „” na gospodarstwo domowe od 2025-03-01 do 2025-03-31 to "
        "2,5: wykorzystano 2, zostało 0,5, a potrzeba . Limit odnawia się 2025-04-01.");
    buf_free(&text);
    for (int code = 0; code < IPUS_REFUSAL_COUNT; code++) {
        for (lang_t lang = LANG_PL; lang < LANG_COUNT; lang++) {
            ipus_refusal_t any = refusal;
            any.code = (ipus_refusal_code_t)code;
            buf_t sentence = {0};
            ipus_refusal_text(&sentence, &any, lang);
            assert_true(sentence.len > 10);
            assert_null(memchr(sentence.at, '{', sentence.len));
            assert_null(memchr(sentence.at, '|', sentence.len));
            buf_free(&sentence);
        }
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(settling_makes_a_charge),
        TEST(every_number_of_a_charge_is_the_verdicts),
        TEST(an_order_that_moved_is_decided_again),
        TEST(who_is_exempt_owes_nothing),
        TEST(payments_and_corrections_add_up),
        TEST(a_charge_without_payments_is_cancelled),
        TEST(a_record_that_breaks_leaves_nothing_behind),
        TEST(sentences_choose_words_and_commas),
    };
    return cmocka_run_group_tests(tests, NULL, build_end);
}
