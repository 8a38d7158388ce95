/* One plan a case, its rows and its editions: what is granted is counted once. */
#include "ipus_world.h"

static void set_ordered(int64_t granted, int64_t units)
{
    ipus_record_t *record = memory_record(office.memory);
    ipus_row_t row = row_at(IPUS_GRANTED, granted);
    ipus_set(&row, GRANTED_ORDERED, units);
    memory_begin(office.memory);
    assert_int_equal(record->set(record->context, &row, 0), IPUS_FINE);
    memory_commit(office.memory);
}

/* So many hours a year of one's own of the first service. */
static void limit_a_year(int64_t hours)
{
    const registry_limit_t limit = {.kind = LIMIT_UNITS, .most = hours * 1000, .per = PER_YEAR};
    registry_row_t row = {
        .from = day("2020-01-01"),
        .to = DATE_NEVER,
        .value = {.type = VALUE_LIMITS, .limits = build_copy(&limit, sizeof limit), .count = 1}};
    office.services[0].limits = build_parameter("limits", &row, 1);
    office.services[0].quantity = 0;
}

static void a_case_has_one_plan(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1");
#define AGAIN                                                                                      \
    NUM(PLAN_APPLICATION, of.application), NUM(PLAN_DIAGNOSIS, of.diagnosis),                      \
        TXT(PLAN_EFFECTS, "x"), DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2026-03-31")
    NO_MAKE("Ta sprawa ma już plan IPUS/1/2026 (plans/1). Zmienia się go nowym wydaniem.", PLAN,
            AGAIN);
    approve(of.plan);
    DO(PLAN, of.plan, "activate");
    NO_MAKE("Ta sprawa ma już plan IPUS/1/2026 (plans/1). Zmienia się go nowym wydaniem.", PLAN,
            AGAIN);
    DO_WITH(PLAN, of.plan, "terminate", TXT(PLAN_REASON, "moved away"));
    (void)MAKE(PLAN, AGAIN);
}

static void rows_move_the_version_of_their_plan(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1");
    int64_t version = row_at(IPUS_PLAN, of.plan).version;
    assert_int_equal(version, 3); /* two rows were added */
    DO_WITH(GRANTED, of.massage, "change", NUM(GRANTED_QUANTITY, 9000));
    assert_int_equal(row_at(IPUS_PLAN, of.plan).version, version + 1);
    DO(GRANTED, of.massage, "withdraw");
    assert_int_equal(row_at(IPUS_PLAN, of.plan).version, version + 2);
}

static void a_plan_is_held_to_limits_when_it_is_agreed(void **state)
{
    (void)state;
    limit_a_year(24);
    case_t of = add_qualified("ABC 1");
    of.plan = MAKE(PLAN, NUM(PLAN_APPLICATION, of.application), NUM(PLAN_DIAGNOSIS, of.diagnosis),
                   DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2026-12-31"),
                   TXT(PLAN_EFFECTS, "stays at home"));
    (void)add_row(&of, of.massage, 12000);
    (void)add_row(&of, of.massage, 6000);
    int64_t third = add_row(&of, of.massage, 7000);
    NO("Usługa „massage” (granted/3): 7 to za dużo. Limit to 24 jednostek na osobę na rok; w "
       "okresie "
       "2026-03-02 – 2026-08-31 mieści się najwyżej 24, z czego zostało 6.",
       PLAN, of.plan, "agree");
    DO_WITH(GRANTED, third, "change", NUM(GRANTED_QUANTITY, 6000));
    approve(of.plan);
    DO(PLAN, of.plan, "activate");
}

static void a_row_is_of_whole_units(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1");
    NO_WITH("Usługę „massage” liczy się co 1, a podano 2,5.", GRANTED, of.massage, "change",
            NUM(GRANTED_QUANTITY, 2500));
}

static void rows_of_the_next_edition_are_not_counted_twice(void **state)
{
    (void)state;
    limit_a_year(10);
    case_t of = add_active("ABC 1");
    set_ordered(of.massage, 4000);
    office.today = day("2026-04-10");
    DO_WITH(PLAN, of.plan, "amend", TXT(PLAN_REASON, "another place"));
    approve(2);
    DO(PLAN, 2, "activate");
    assert_number(IPUS_GRANTED, 3, GRANTED_QUANTITY, 6000);
    assert_state(IPUS_GRANTED, 3, "granted");
    assert_state(IPUS_GRANTED, of.massage, "ended");
}

static void what_is_ordered_meanwhile_comes_off_the_next_edition(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    DO_WITH(PLAN, of.plan, "amend", TXT(PLAN_REASON, "another place"));
    set_ordered(of.massage, 3000);
    set_ordered(of.walking, 5000);
    int64_t card = MAKE(CARD, NUM(CARD_GRANTED, of.walking));
    approve(2);
    DO(PLAN, 2, "activate");
    assert_number(IPUS_GRANTED, 3, GRANTED_QUANTITY, 7000);
    /* The other was ordered whole: it goes on as it is, with its card, in the new edition. */
    assert_state(IPUS_GRANTED, 4, "withdrawn");
    assert_state(IPUS_GRANTED, of.walking, "granted");
    assert_number(IPUS_GRANTED, of.walking, GRANTED_PLAN, 2);
    assert_state(IPUS_CARD, card, "issued");
}

static void a_quantity_said_again_is_from_now_on(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    DO_WITH(PLAN, of.plan, "amend", TXT(PLAN_REASON, "another place"));
    set_ordered(of.massage, 3000);
    DO_WITH(GRANTED, 3, "change", NUM(GRANTED_QUANTITY, 9000));
    approve(2);
    DO(PLAN, 2, "activate");
    assert_number(IPUS_GRANTED, 3, GRANTED_QUANTITY, 9000);
}

static void what_was_ordered_whole_is_carried_over(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    set_ordered(of.massage, 10000);
    DO_WITH(PLAN, of.plan, "amend", TXT(PLAN_REASON, "another place"));
    assert_number(IPUS_GRANTED, 3, GRANTED_FOLLOWS, of.walking);
    DO(GRANTED, 3, "withdraw");
    (void)MAKE(GRANTED,
               NUM(GRANTED_DECISION, row_at(IPUS_GRANTED, of.walking).at[GRANTED_DECISION].number),
               NUM(GRANTED_PLAN, 2), NUM(GRANTED_QUANTITY, 8000), DAY(GRANTED_BEGINS, "2026-03-02"),
               DAY(GRANTED_ENDS, "2026-08-31"));
    assert_number(IPUS_GRANTED, 4, GRANTED_FOLLOWS, of.walking);
    approve(2);
    DO(PLAN, 2, "activate");
    assert_state(IPUS_GRANTED, of.massage, "granted");
    assert_number(IPUS_GRANTED, of.massage, GRANTED_PLAN, 2);
    assert_state(IPUS_GRANTED, of.walking, "ended");
    assert_state(IPUS_GRANTED, 4, "granted");
}

static void a_card_stands_while_what_it_says_holds(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    int64_t card = MAKE(CARD, NUM(CARD_GRANTED, of.massage));
    int64_t other = MAKE(CARD, NUM(CARD_GRANTED, of.walking));
    DO_WITH(PLAN, of.plan, "amend", TXT(PLAN_REASON, "another place"));
    DO_WITH(GRANTED, 4, "change", DAY(GRANTED_ENDS, "2026-06-30"));
    approve(2);
    DO(PLAN, 2, "activate");
    assert_state(IPUS_CARD, card, "issued");
    assert_number(IPUS_CARD, card, CARD_GRANTED, 3);
    assert_state(IPUS_CARD, other, "cancelled");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_case_has_one_plan),
        OFFICE_TEST(rows_move_the_version_of_their_plan),
        OFFICE_TEST(a_plan_is_held_to_limits_when_it_is_agreed),
        OFFICE_TEST(a_row_is_of_whole_units),
        OFFICE_TEST(rows_of_the_next_edition_are_not_counted_twice),
        OFFICE_TEST(what_is_ordered_meanwhile_comes_off_the_next_edition),
        OFFICE_TEST(a_quantity_said_again_is_from_now_on),
        OFFICE_TEST(what_was_ordered_whole_is_carried_over),
        OFFICE_TEST(a_card_stands_while_what_it_says_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
