/* Pools: how a grant is shared among their periods, taken, refused, overridden and given back. */
#include "ipus/shares.h"
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

static int64_t decided(int service)
{
    return office_decision(&office, office_person(&office, 0), service, "2025-02-01");
}

static int64_t taken(int service, const char *from, const char *to)
{
    int64_t over = 0;
    return office_taken(&office, service, from, to, &over);
}

static void a_quantity_is_shared_by_days_and_stays_whole(void **state)
{
    (void)state;
    /* 31 + 28 + 10 of 69 days of ten units: 4.49, 4.06, 1.45. */
    const ipus_command_t command = {.programme = &office.programme};
    const ipus_work_t work = {.command = &command, .record = memory_record(office.memory)};
    shares_t shares =
        ipus_shares_of_calendar(&work, PER_MONTH, day("2025-01-01"), day("2025-03-10"), 10000);
    assert_int_equal(shares.count, 3);
    assert_int_equal(shares.at[0].units, 5000);
    assert_int_equal(shares.at[1].units, 4000);
    assert_int_equal(shares.at[2].units, 1000);
    assert_int_equal(shares.at[2].to.days, day("2025-03-31").days);
    /* Equal remainders: the earlier period has the odd unit. */
    shares = ipus_shares_of_calendar(&work, PER_DAY, day("2025-01-01"), day("2025-01-04"), 6000);
    assert_int_equal(shares.count, 4);
    assert_int_equal(shares.at[1].units, 2000);
    assert_int_equal(shares.at[2].units, 1000);
    /* A broken quantity is shared to the thousandth. */
    shares = ipus_shares_of_calendar(&work, PER_DAY, day("2025-01-01"), day("2025-01-03"), 2500);
    assert_int_equal(shares.at[0].units, 834);
    assert_int_equal(shares.at[1].units, 833);
    assert_int_equal(shares.at[2].units, 833);
}

static void a_grant_takes_of_every_period_it_touches(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(HOURS), 8000, "2025-03-17", "2025-04-30");
    assert_int_not_equal(granted, 0);
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 3000); /* 15 of 45 days */
    assert_int_equal(taken(HOURS, "2025-04-01", "2025-04-30"), 5000);
}

static void a_pool_that_is_used_up_refuses_and_keeps_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_not_equal(
            office_grant(&office, decided(VISITS), 6000, "2025-03-01", "2025-08-31"), 0);
    }
    assert_int_equal(taken(VISITS, "2025-01-01", "2025-12-31"), 18000);
    int64_t last = office_grant(&office, decided(VISITS), 2000, "2025-03-01", "2025-03-31");
    assert_int_not_equal(last, 0);
    assert_int_equal(office_grant(&office, decided(VISITS), 1000, "2025-03-01", "2025-03-31"), 0);
    office_refused(&office, IPUS_POOL_USED_UP);
    assert_string_equal(office.text, "The pool of \"visits\" from 2025-01-01 to 2025-12-31: 0 "
                                     "left, 1 needed. The next pool begins on 2026-01-01.");
    /* Half of it lies in a period with room: nothing of that stays taken. */
    assert_int_equal(office_grant(&office, decided(VISITS), 4000, "2025-07-01", "2026-06-30"), 0);
    office_refused(&office, IPUS_POOL_USED_UP);
    assert_int_equal(taken(VISITS, "2026-01-01", "2026-12-31"), 0);
    assert_int_equal(taken(VISITS, "2025-01-01", "2025-12-31"), 20000);
}

static void an_official_may_go_beyond_a_pool_with_a_reason(void **state)
{
    (void)state;
    int64_t over = 0;
    for (int i = 0; i < 3; i++) {
        office_grant(&office, decided(VISITS), 6000, "2025-03-01", "2025-08-31");
    }
    office.why = "a crisis in the family";
    assert_int_equal(office_grant(&office, decided(VISITS), 6000, "2025-03-01", "2025-08-31"), 0);
    office_refused(&office, IPUS_POOL_USED_UP);
    office.actor.may_override = true;
    int64_t granted = office_grant(&office, decided(VISITS), 6000, "2025-03-01", "2025-08-31");
    assert_int_not_equal(granted, 0);
    assert_int_equal(office_taken(&office, VISITS, "2025-01-01", "2025-12-31", &over), 20000);
    assert_int_equal(over, 4000);
    office_holds(&office);
    /* What was beyond the pool goes first. */
    assert_true(office_step(&office, &end_step, granted));
    assert_int_equal(office_taken(&office, VISITS, "2025-01-01", "2025-12-31", &over), 18000);
    assert_int_equal(over, 0);
}

static void what_was_not_ordered_is_given_back_from_the_end(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(HOURS), 8000, "2025-03-17", "2025-04-30");
    assert_int_not_equal(office_order(&office, granted, 2000, "2025-03-20"), 0);
    assert_true(office_step(&office, &end_step, granted));
    assert_int_equal(taken(HOURS, "2025-04-01", "2025-04-30"), 0);
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 2000);
}

static void a_period_that_is_over_keeps_what_it_had(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(HOURS), 8000, "2025-03-17", "2025-04-30");
    office.today = day("2025-04-02");
    assert_true(office_step(&office, &end_step, granted));
    assert_int_equal(taken(HOURS, "2025-04-01", "2025-04-30"), 0);
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 3000);
}

static void an_order_cancelled_after_the_end_is_given_back_too(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(VISITS), 4000, "2025-03-01", "2025-08-31");
    int64_t order = office_order(&office, granted, 1000, "2025-03-20");
    assert_true(office_step(&office, &end_step, granted));
    assert_int_equal(taken(VISITS, "2025-01-01", "2025-12-31"), 1000);
    assert_true(office_do(&office, "cancel", order, 1));
    assert_int_equal(taken(VISITS, "2025-01-01", "2025-12-31"), 0);
}

static int64_t successor;

static bool pass_on(ipus_work_t *work)
{
    ipus_row_t to;
    return ipus_work_load(work, IPUS_GRANTED, successor, &to) &&
           ipus_pools_pass_on(work, &work->row, &to);
}

static bool nothing(ipus_work_t *work)
{
    return work->row.id != 0;
}

/* One person's plan is amended while another waits for just those units. */
static void an_amended_grant_keeps_its_units_from_the_queue(void **state)
{
    (void)state;
    static const ipus_step_t amend = {.name = "end",
                                      .from = IPUS_STATES(GRANTED_IS_RUNNING),
                                      .to = GRANTED_IS_ENDED,
                                      .effect = pass_on};
    static const ipus_step_t begin = {.name = "grant",
                                      .from = IPUS_STATES(GRANTED_IS_PLANNED),
                                      .to = GRANTED_IS_RUNNING,
                                      .effect = nothing};
    int64_t granted = 0, decision = 0;
    for (int i = 0; i < 4; i++) {
        decision = decided(VISITS);
        granted = office_grant(&office, decision, 5000, "2025-03-01", "2025-08-31");
        assert_int_not_equal(granted, 0);
    }
    int64_t waiting = office_wait(&office, decided(VISITS), 2000);
    assert_int_not_equal(waiting, 0);
    successor = office_planned(&office, decision, 4000, "2025-03-10", "2025-09-30", 0);
    assert_true(office_step(&office, &amend, granted));
    assert_true(office_step(&office, &begin, successor));
    assert_int_equal(taken(VISITS, "2025-01-01", "2025-12-31"), 19000);
    assert_int_equal(office_number(&office, IPUS_WAITING, waiting, WAITING_STATE),
                     WAITING_IS_QUEUED);
}

/* ---- limits of a grant ----------------------------------------------------------------------- */

static void a_grant_leaves_room_for_its_orders(void **state)
{
    (void)state;
    int64_t decision = decided(VISITS);
    assert_int_equal(office_grant(&office, decision, 3000, "2025-03-01", "2025-03-31"), 0);
    office_refused(&office, IPUS_LIMIT_REACHED); /* two visits a month */
    assert_string_equal(office.text,
                        "The limit of visits for a person from 2025-03-01 to 2025-03-31 is 2: 0 "
                        "used, 2 left. It is renewed on 2025-04-01.");
    assert_int_not_equal(office_grant(&office, decision, 4000, "2025-03-01", "2025-08-31"), 0);
    assert_int_equal(office_grant(&office, decision, 3000, "2025-03-01", "2025-12-31"), 0);
    office_refused(&office, IPUS_LIMIT_REACHED); /* six a year, four stand */
    assert_string_equal(office.text,
                        "The limit of visits for a person from 2025-01-01 to 2025-12-31 is 6: 4 "
                        "used, 2 left. It is renewed on 2026-01-01.");
    assert_int_not_equal(office_grant(&office, decision, 2000, "2025-03-01", "2025-12-31"), 0);
}

static void a_household_shares_a_limit(void **state)
{
    (void)state;
    int64_t one = office_person(&office, 7), other = office_person(&office, 7);
    int64_t first = office_decision(&office, one, HOURS, "2025-02-01");
    int64_t second = office_decision(&office, other, HOURS, "2025-02-01");
    assert_int_not_equal(office_grant(&office, first, 6000, "2025-03-01", "2025-03-31"), 0);
    assert_int_equal(office_grant(&office, second, 3000, "2025-03-01", "2025-03-31"), 0);
    office_refused(&office, IPUS_LIMIT_REACHED);
    assert_string_equal(office.text,
                        "The limit of units for a household from 2025-03-01 to 2025-03-31 is 8: 6 "
                        "used, 2 left. It is renewed on 2025-04-01.");
    assert_int_not_equal(office_grant(&office, second, 2000, "2025-03-01", "2025-03-31"), 0);
    /* Who lives alone has a limit of their own. */
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 8000);
    assert_int_not_equal(office_grant(&office, decided(HOURS), 2000, "2025-03-01", "2025-03-31"),
                         0);
}

static void a_case_has_its_own_limit(void **state)
{
    (void)state;
    int64_t person = office_person(&office, 0);
    int64_t first = office_decision(&office, person, TALKS, "2025-02-01");
    int64_t second = office_decision(&office, person, TALKS, "2025-02-02");
    assert_int_not_equal(office_grant(&office, first, 5000, "2025-03-01", "2025-12-31"), 0);
    assert_int_equal(office_grant(&office, first, 2000, "2025-03-01", "2025-12-31"), 0);
    office_refused(&office, IPUS_LIMIT_REACHED);
    assert_int_not_equal(office_grant(&office, second, 6000, "2025-03-01", "2025-12-31"), 0);
}

static void a_gap_bounds_how_often_there_is_time(void **state)
{
    (void)state;
    int64_t decision = decided(SPACED); /* two months: March, May, July, September, November */
    assert_int_equal(office_grant(&office, decision, 6000, "2025-03-01", "2025-12-31"), 0);
    office_refused(&office, IPUS_LIMIT_REACHED);
    assert_int_not_equal(office_grant(&office, decision, 5000, "2025-03-01", "2025-12-31"), 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_quantity_is_shared_by_days_and_stays_whole),
        TEST(a_grant_takes_of_every_period_it_touches),
        TEST(a_pool_that_is_used_up_refuses_and_keeps_nothing),
        TEST(an_official_may_go_beyond_a_pool_with_a_reason),
        TEST(what_was_not_ordered_is_given_back_from_the_end),
        TEST(a_period_that_is_over_keeps_what_it_had),
        TEST(an_order_cancelled_after_the_end_is_given_back_too),
        TEST(an_amended_grant_keeps_its_units_from_the_queue),
        TEST(a_grant_leaves_room_for_its_orders),
        TEST(a_household_shares_a_limit),
        TEST(a_case_has_its_own_limit),
        TEST(a_gap_bounds_how_often_there_is_time),
    };
    return cmocka_run_group_tests(tests, NULL, build_end);
}
