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
        ipus_shares_of_calendar(&work, PER_MONTH, day("2025-01-01"), day("2025-03-10"));
    assert_true(ipus_shares_split(&work, shares, 10000, 1000));
    assert_int_equal(shares.count, 3);
    assert_int_equal(shares.at[0].units, 5000);
    assert_int_equal(shares.at[1].units, 4000);
    assert_int_equal(shares.at[2].units, 1000);
    assert_int_equal(shares.at[2].to.days, day("2025-03-31").days);
    /* Equal remainders: the earlier period has the odd unit. */
    shares = ipus_shares_of_calendar(&work, PER_DAY, day("2025-01-01"), day("2025-01-04"));
    assert_true(ipus_shares_split(&work, shares, 6000, 1000));
    assert_int_equal(shares.count, 4);
    assert_int_equal(shares.at[1].units, 2000);
    assert_int_equal(shares.at[2].units, 1000);
    /* Half hours stay half hours. */
    shares = ipus_shares_of_calendar(&work, PER_DAY, day("2025-01-01"), day("2025-01-03"));
    assert_true(ipus_shares_split(&work, shares, 2500, 500));
    assert_int_equal(shares.at[0].units, 1000);
    assert_int_equal(shares.at[1].units, 1000);
    assert_int_equal(shares.at[2].units, 500);
}

static void no_period_gets_more_than_may_fall_on_it(void **state)
{
    (void)state;
    /* 120 over January and February at 60 a month: by days it would be 63 and 57. */
    const ipus_command_t command = {.programme = &office.programme};
    const ipus_work_t work = {.command = &command, .record = memory_record(office.memory)};
    shares_t shares =
        ipus_shares_of_calendar(&work, PER_MONTH, day("2025-01-01"), day("2025-02-28"));
    shares.at[0].most = shares.at[1].most = 60000;
    assert_true(ipus_shares_split(&work, shares, 120000, 1000));
    assert_int_equal(shares.at[0].units, 60000);
    assert_int_equal(shares.at[1].units, 60000);
    /* More than all of it, which somebody let pass, still falls on some day. */
    shares = ipus_shares_of_calendar(&work, PER_MONTH, day("2025-01-01"), day("2025-02-28"));
    shares.at[0].most = shares.at[1].most = 60000;
    assert_true(ipus_shares_split(&work, shares, 130000, 1000));
    assert_int_equal(shares.at[0].units + shares.at[1].units, 130000);
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

static void a_period_that_is_over_keeps_what_was_used(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(HOURS), 8000, "2025-03-17", "2025-04-30");
    assert_int_not_equal(office_order(&office, granted, 2000, "2025-03-20"), 0);
    office.today = day("2025-04-02");
    assert_true(office_step(&office, &end_step, granted));
    assert_int_equal(taken(HOURS, "2025-04-01", "2025-04-30"), 0);
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 2000);
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

/* ---- what orders draw on --------------------------------------------------------------------- */

static void an_order_draws_on_the_period_of_its_own_day(void **state)
{
    (void)state;
    int64_t over = 0, granted = 0;
    for (int i = 0; i < 2; i++) { /* each has 3 of March and 5 of April */
        granted = office_grant(&office, decided(HOURS), 8000, "2025-03-17", "2025-04-30");
        assert_int_not_equal(granted, 0);
    }
    assert_int_not_equal(office_grant(&office, decided(HOURS), 3000, "2025-03-17", "2025-03-31"),
                         0); /* one of March is left */
    assert_int_not_equal(office_order(&office, granted, 2000, "2025-03-20"), 0);
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 9000);
    assert_int_not_equal(office_order(&office, granted, 2000, "2025-03-21"), 0);
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 10000); /* one was exchanged */
    assert_int_equal(taken(HOURS, "2025-04-01", "2025-04-30"), 9000);
    assert_int_equal(office_order(&office, granted, 1000, "2025-03-24"), 0);
    office_refused(&office, IPUS_POOL_NOT_EXCHANGED);
    assert_string_equal(office.text,
                        "What is granted of \"hours\" is reserved in the time from 2025-04-01 to "
                        "2025-04-30. The pool from 2025-03-01 to 2025-03-31, in which that day "
                        "lies, has 0 left, and 1 more is needed.");
    office.actor.may_override = true;
    office.why = "a crisis in the family";
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-03-24"), 0);
    assert_int_equal(office_taken(&office, HOURS, "2025-03-01", "2025-03-31", &over), 10000);
    assert_int_equal(over, 1000);
    assert_int_equal(taken(HOURS, "2025-04-01", "2025-04-30"), 8000);
}

static void an_order_moved_to_another_period_draws_there(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(HOURS), 8000, "2025-03-17", "2025-04-30");
    assert_int_not_equal(office_order(&office, granted, 3000, "2025-04-08"), 0);
    int64_t order = office_order(&office, granted, 3000, "2025-03-20");
    ipus_row_t given = {.kind = IPUS_ORDER};
    ipus_set_date(&given, ORDER_PLANNED_ON, day("2025-04-09"));
    assert_true(office_run(&office, IPUS_ORDER, "accept", order, &given));
    assert_int_equal(taken(HOURS, "2025-04-01", "2025-04-30"), 6000);
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 2000);
}

/* The yearly pool of the finding: 20, two grants of 10 over New Year, all of it wanted this year.
 */
static void a_years_pool_holds_what_is_used_in_it(void **state)
{
    (void)state;
    office.services[VISITS].limits = NULL;
    int64_t first = office_grant(&office, decided(VISITS), 20000, "2025-07-01", "2026-06-30");
    int64_t second = office_grant(&office, decided(VISITS), 20000, "2025-07-01", "2026-06-30");
    assert_int_equal(taken(VISITS, "2025-01-01", "2025-12-31"), 20000);
    assert_int_equal(taken(VISITS, "2026-01-01", "2026-12-31"), 20000);
    assert_int_not_equal(office_order(&office, first, 10000, "2025-08-05"), 0);
    assert_int_equal(office_order(&office, first, 1000, "2025-08-06"), 0);
    office_refused(&office, IPUS_POOL_NOT_EXCHANGED);
    assert_int_not_equal(office_order(&office, second, 10000, "2025-08-05"), 0);
    assert_int_equal(office_order(&office, second, 1000, "2025-08-06"), 0);
    office_refused(&office, IPUS_POOL_NOT_EXCHANGED);
    assert_int_not_equal(office_order(&office, second, 10000, "2026-02-05"), 0);
}

static void an_exchange_beside_the_queue_is_a_jump(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(HOURS), 8000, "2025-03-17", "2025-04-30");
    assert_int_not_equal(office_grant(&office, decided(HOURS), 6000, "2025-03-17", "2025-03-31"),
                         0);
    assert_int_not_equal(office_wait(&office, decided(HOURS), 8000), 0); /* one is left */
    assert_int_not_equal(office_order(&office, granted, 3000, "2025-03-20"), 0);
    assert_int_equal(office_order(&office, granted, 1000, "2025-03-21"), 0);
    office_refused(&office, IPUS_OTHERS_WAIT);
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-04-08"), 0);
}

static void what_was_not_delivered_is_given_back(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(HOURS), 3000, "2025-03-01", "2025-03-31");
    int64_t order = office_order(&office, granted, 3000, "2025-03-20");
    ipus_row_t given = {.kind = IPUS_ORDER};
    assert_true(office_do(&office, "accept", order, 0));
    office.today = day("2025-03-20");
    ipus_set(&given, ORDER_DELIVERED, 2000);
    assert_true(office_run(&office, IPUS_ORDER, "finish", order, &given));
    assert_int_equal(office_number(&office, IPUS_GRANTED, granted, GRANTED_ORDERED), 2000);
    assert_int_equal(office_number(&office, IPUS_GRANTED, granted, GRANTED_DELIVERED), 2000);
    /* Four a day is the limit: two are left of it. */
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-03-24"), 0);
    assert_true(office_step(&office, &end_step, granted));
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 3000);
}

static void what_was_not_delivered_after_the_end_is_the_pools(void **state)
{
    (void)state;
    int64_t granted = office_grant(&office, decided(HOURS), 3000, "2025-03-01", "2025-03-31");
    int64_t order = office_order(&office, granted, 3000, "2025-03-20");
    ipus_row_t given = {.kind = IPUS_ORDER};
    assert_true(office_do(&office, "accept", order, 0));
    assert_true(office_step(&office, &end_step, granted));
    office.today = day("2025-03-20");
    ipus_set(&given, ORDER_DELIVERED, 1000);
    assert_true(office_run(&office, IPUS_ORDER, "finish", order, &given));
    assert_int_equal(taken(HOURS, "2025-03-01", "2025-03-31"), 1000);
}

/* ---- pools of people ------------------------------------------------------------------------- */

static const registry_parameter_t *of_persons(int64_t number)
{
    registry_row_t row = row_of("2020-01-01", NULL, VALUE_INTEGER, number);
    row.per = PER_YEAR;
    row.of = POOL_OF_PERSONS;
    return build_parameter("pool", &row, 1);
}

static void a_person_is_one_place_whatever_the_uses(void **state)
{
    (void)state;
    office.services[TALKS].pool = of_persons(2);
    office.services[TALKS].limits = NULL;
    int64_t one = decided(TALKS);
    int64_t calls = office_grant(&office, one, 52000, "2025-03-01", "2026-02-28");
    assert_int_not_equal(calls, 0);
    assert_int_equal(taken(TALKS, "2025-01-01", "2025-12-31"), 1000);
    assert_int_equal(taken(TALKS, "2026-01-01", "2026-12-31"), 1000);
    for (int i = 10; i < 30; i++) {
        char on[16];
        (void)snprintf(on, sizeof on, "2025-03-%02d", i);
        assert_int_not_equal(office_order(&office, calls, 1000, on), 0);
    }
    /* The same person again, somebody else, and one too many. */
    int64_t more = office_grant(&office, one, 3000, "2025-04-01", "2025-12-31");
    assert_int_not_equal(more, 0);
    assert_int_equal(taken(TALKS, "2025-01-01", "2025-12-31"), 1000);
    assert_int_not_equal(office_grant(&office, decided(TALKS), 52000, "2025-03-01", "2025-12-31"),
                         0);
    assert_int_equal(office_grant(&office, decided(TALKS), 1000, "2025-03-01", "2025-03-31"), 0);
    office_refused(&office, IPUS_POOL_USED_UP);
    /* Somebody may wait for a place, and gets it when one is free. */
    int64_t waiting = office_wait(&office, decided(TALKS), 30000);
    assert_int_equal(office_number(&office, IPUS_WAITING, waiting, WAITING_STATE),
                     WAITING_IS_QUEUED);
    /* Used, the place stays used when its grant ends; unused, it is free. */
    assert_true(office_step(&office, &end_step, calls));
    assert_int_equal(taken(TALKS, "2025-01-01", "2025-12-31"), 2000);
    assert_int_equal(taken(TALKS, "2026-01-01", "2026-12-31"), 0);
    assert_true(office_step(&office, &end_step, more));
    assert_int_equal(taken(TALKS, "2025-01-01", "2025-12-31"), 2000);
}

static void a_place_passes_to_another_grant_or_is_free(void **state)
{
    (void)state;
    office.services[TALKS].pool = of_persons(1);
    office.services[TALKS].limits = NULL;
    int64_t one = decided(TALKS);
    int64_t first = office_grant(&office, one, 5000, "2025-03-01", "2025-12-31");
    int64_t second = office_grant(&office, one, 5000, "2025-03-01", "2025-12-31");
    int64_t waiting = office_wait(&office, decided(TALKS), 30000);
    assert_true(office_step(&office, &end_step, first));
    assert_int_equal(taken(TALKS, "2025-01-01", "2025-12-31"), 1000);
    int64_t order = office_order(&office, second, 1000, "2025-03-10");
    assert_int_not_equal(order, 0);
    assert_true(office_step(&office, &end_step, second));
    assert_int_equal(office_number(&office, IPUS_WAITING, waiting, WAITING_STATE),
                     WAITING_IS_QUEUED);
    assert_true(office_do(&office, "cancel", order, 1));
    assert_int_equal(office_number(&office, IPUS_WAITING, waiting, WAITING_STATE),
                     WAITING_IS_OFFERED);
    assert_int_equal(taken(TALKS, "2025-01-01", "2025-12-31"), 1000);
}

/* ---- passed on ------------------------------------------------------------------------------- */

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
    office_refused(&office, IPUS_GRANT_OVER_LIMIT); /* two visits a month */
    assert_string_equal(
        office.text, "\"visits\" (granted/1): 3 is too much. The limit is 2 visits for a person a "
                     "month; in the time 2025-03-01 – 2025-03-31 there is room for 2 at most, of "
                     "which 2 is left.");
    assert_int_not_equal(office_grant(&office, decision, 4000, "2025-03-01", "2025-08-31"), 0);
    assert_int_equal(office_grant(&office, decision, 3000, "2025-03-01", "2025-12-31"), 0);
    office_refused(&office, IPUS_GRANT_OVER_LIMIT); /* six a year, four stand */
    assert_string_equal(
        office.text, "\"visits\" (granted/3): 3 is too much. The limit is 6 visits for a person a "
                     "year; in the time 2025-03-01 – 2025-12-31 there is room for 6 at most, of "
                     "which 2 is left.");
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
    office_refused(&office, IPUS_GRANT_OVER_LIMIT);
    assert_string_equal(
        office.text, "\"hours\" (granted/2): 3 is too much. The limit is 8 units for a household a "
                     "month; in the time 2025-03-01 – 2025-03-31 there is room for 8 at most, of "
                     "which 2 is left.");
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
    office_refused(&office, IPUS_GRANT_OVER_LIMIT);
    assert_int_not_equal(office_grant(&office, second, 6000, "2025-03-01", "2025-12-31"), 0);
}

static void a_gap_bounds_how_often_there_is_time(void **state)
{
    (void)state;
    int64_t decision = decided(SPACED); /* two months: March, May, July, September, November */
    assert_int_equal(office_grant(&office, decision, 6000, "2025-03-01", "2025-12-31"), 0);
    office_refused(&office, IPUS_GRANT_OVER_GAP);
    assert_int_not_equal(office_grant(&office, decision, 5000, "2025-03-01", "2025-12-31"), 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_quantity_is_shared_by_days_and_stays_whole),
        TEST(no_period_gets_more_than_may_fall_on_it),
        TEST(a_grant_takes_of_every_period_it_touches),
        TEST(a_pool_that_is_used_up_refuses_and_keeps_nothing),
        TEST(an_official_may_go_beyond_a_pool_with_a_reason),
        TEST(what_was_not_ordered_is_given_back_from_the_end),
        TEST(a_period_that_is_over_keeps_what_was_used),
        TEST(an_order_cancelled_after_the_end_is_given_back_too),
        TEST(an_order_draws_on_the_period_of_its_own_day),
        TEST(an_order_moved_to_another_period_draws_there),
        TEST(a_years_pool_holds_what_is_used_in_it),
        TEST(an_exchange_beside_the_queue_is_a_jump),
        TEST(what_was_not_delivered_is_given_back),
        TEST(what_was_not_delivered_after_the_end_is_the_pools),
        TEST(a_person_is_one_place_whatever_the_uses),
        TEST(a_place_passes_to_another_grant_or_is_free),
        TEST(an_amended_grant_keeps_its_units_from_the_queue),
        TEST(a_grant_leaves_room_for_its_orders),
        TEST(a_household_shares_a_limit),
        TEST(a_case_has_its_own_limit),
        TEST(a_gap_bounds_how_often_there_is_time),
    };
    return cmocka_run_group_tests(tests, NULL, build_end);
}
