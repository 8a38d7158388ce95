/* The waiting list: who comes first, what an offer holds, when it runs out, who may jump. */
#include "ipus_office.h"

static office_t office;

/* A pool of twenty visits of which two are left. */
static int set_up(void **state)
{
    (void)state;
    office_open(&office);
    for (int i = 0; i < 3; i++) {
        int64_t decision =
            office_decision(&office, office_person(&office, 0), VISITS, "2025-02-01");
        assert_int_equal(office_grant(&office, decision, 6000, "2025-03-01", "2025-08-31"), i + 1);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_holds(&office);
    office_close(&office);
    return 0;
}

static int64_t decided(const char *complete_on)
{
    return office_decision(&office, office_person(&office, 0), VISITS, complete_on);
}

static int64_t waits(const char *complete_on, int64_t units, int64_t score)
{
    office.verdict.score = score;
    int64_t waiting = office_wait(&office, decided(complete_on), units);
    assert_int_not_equal(waiting, 0);
    return waiting;
}

static int64_t state_of(int64_t waiting)
{
    return office_number(&office, IPUS_WAITING, waiting, WAITING_STATE);
}

static bool step(const char *name, int64_t waiting)
{
    return office_run(&office, IPUS_WAITING, name, waiting, NULL);
}

static int64_t taken(void)
{
    int64_t over = 0;
    return office_taken(&office, VISITS, "2025-01-01", "2025-12-31", &over);
}

static void nobody_waits_for_what_is_there(void **state)
{
    (void)state;
    assert_int_equal(office_wait(&office, decided("2025-02-01"), 2000), 0);
    office_refused(&office, IPUS_NOT_NEEDED);
    assert_string_equal(office.text,
                        "There is no need to wait for \"visits\": enough is free for 2.");
    assert_int_equal(office_wait(&office, decided("2025-02-01"), 21000), 0);
    office_refused(&office, IPUS_WAITING_TOO_MUCH);
    assert_int_equal(office_wait(&office, decided("2025-02-01"), 0), 0);
    office_refused(&office, IPUS_OUT_OF_RANGE);
    int64_t decision = decided("2025-02-01");
    assert_int_not_equal(office_wait(&office, decision, 3000), 0);
    assert_int_equal(office_wait(&office, decision, 3000), 0);
    office_refused(&office, IPUS_ALREADY_WAITING);
}

static void a_verdict_on_other_facts_is_stale(void **state)
{
    (void)state;
    office.verdict.facts = 4;
    assert_int_equal(office_wait(&office, decided("2025-02-01"), 3000), 0);
    office_refused(&office, IPUS_FACTS_MOVED);
}

static void freed_units_go_to_the_first_in_turn(void **state)
{
    (void)state;
    int64_t late = waits("2025-02-20", 3000, 0), early = waits("2025-02-10", 5000, 0);
    int64_t needy = waits("2025-02-25", 4000, 9);
    assert_true(office_step(&office, &end_step, 1)); /* eight are free */
    assert_int_equal(state_of(needy), WAITING_IS_OFFERED);
    assert_int_equal(state_of(early), WAITING_IS_QUEUED); /* five do not fit into four */
    assert_int_equal(state_of(late), WAITING_IS_QUEUED);  /* and nobody goes past */
    assert_int_equal(taken(), 16000);
    assert_int_equal(office_number(&office, IPUS_WAITING, needy, WAITING_OFFER_UNTIL),
                     day("2025-03-10").days);
    office_holds(&office);
    assert_true(step("decline", needy));
    assert_int_equal(state_of(early), WAITING_IS_OFFERED);
    assert_int_equal(state_of(late), WAITING_IS_OFFERED);
    assert_int_equal(taken(), 20000);
}

static void an_offer_is_taken_up_by_a_grant(void **state)
{
    (void)state;
    int64_t decision = decided("2025-02-10"), waiting = office_wait(&office, decision, 6000);
    assert_true(office_step(&office, &end_step, 1));
    assert_int_equal(state_of(waiting), WAITING_IS_OFFERED);
    int64_t other =
        office_planned(&office, decided("2025-02-01"), 4000, "2025-03-10", "2025-08-31", waiting);
    assert_false(office_step(&office, &grant_step, other));
    office_refused(&office, IPUS_OFFER_NOT_OPEN);
    /* Two thirds of it fall on this year; what the offer held beyond that is free again. */
    int64_t granted = office_planned(&office, decision, 6000, "2025-07-01", "2026-06-30", waiting);
    assert_true(office_step(&office, &grant_step, granted));
    assert_int_equal(state_of(waiting), WAITING_IS_ACCEPTED);
    assert_int_equal(taken(), 15000);
    assert_false(
        office_step(&office, &grant_step,
                    office_planned(&office, decision, 1000, "2025-07-01", "2025-07-31", waiting)));
    office_refused(&office, IPUS_OFFER_NOT_OPEN);
}

static void an_offer_runs_out(void **state)
{
    (void)state;
    int64_t first = waits("2025-02-10", 6000, 0), second = waits("2025-02-11", 8000, 0);
    assert_true(office_step(&office, &end_step, 1));
    assert_int_equal(state_of(first), WAITING_IS_OFFERED);
    office.today = day("2025-03-10");
    assert_int_equal(office_daily(&office), 0); /* the last day belongs to it */
    office.today = day("2025-03-11");
    assert_int_equal(office_daily(&office), 1);
    assert_int_equal(state_of(first), WAITING_IS_EXPIRED);
    assert_int_equal(state_of(second), WAITING_IS_OFFERED);
    assert_int_equal(office_daily(&office), 0);
    assert_int_equal(taken(), 20000);
}

static void a_new_period_is_offered_by_the_daily_work(void **state)
{
    (void)state;
    int64_t waiting = waits("2025-02-10", 6000, 0);
    office.today = day("2026-01-01");
    assert_int_equal(office_daily(&office), 4); /* three grants end, and one offer is made */
    assert_int_equal(state_of(waiting), WAITING_IS_OFFERED);
    assert_int_equal(office_daily(&office), 0);
}

static void a_grant_beside_the_queue_is_a_jump(void **state)
{
    (void)state;
    int64_t waiting = waits("2025-02-10", 6000, 0), decision = decided("2025-02-20");
    assert_int_equal(office_grant(&office, decision, 1000, "2025-03-10", "2025-03-31"), 0);
    office_refused(&office, IPUS_OTHERS_WAIT);
    /* Next year's pool is nobody's yet. */
    assert_int_not_equal(office_grant(&office, decision, 1000, "2026-03-10", "2026-03-31"), 0);
    office.actor.may_override = true;
    office.why = "after a stay in hospital";
    assert_int_not_equal(office_grant(&office, decision, 1000, "2025-03-10", "2025-03-31"), 0);
    assert_int_equal(office_number(&office, IPUS_WAITING, waiting, WAITING_PASSED), 1);
}

static void a_jump_is_explained_to_everyone_who_is_passed(void **state)
{
    (void)state;
    int64_t first = waits("2025-02-10", 6000, 0), second = waits("2025-02-11", 5000, 0);
    int64_t third = waits("2025-02-12", 2000, 0), last = waits("2025-02-13", 3000, 0);
    assert_false(step("offer", third));
    office_refused(&office, IPUS_JUMP_UNEXPLAINED);
    assert_string_equal(office.text,
                        "People ahead in the queue: 2. An offer out of turn needs the right to it "
                        "and a reason.");
    office.why = "two units are all that is left";
    office.actor.may_override = true;
    assert_true(step("offer", third));
    ipus_row_t row;
    assert_true(memory_row(office.memory, IPUS_WAITING, second, &row));
    assert_int_equal(ipus_number(&row, WAITING_PASSED), 1);
    assert_true(span_equal(ipus_text(&row, WAITING_PASSED_WHY), span_of(office.why)));
    assert_int_equal(office_number(&office, IPUS_WAITING, first, WAITING_PASSED), 1);
    assert_int_equal(office_number(&office, IPUS_WAITING, last, WAITING_PASSED), 0);
    assert_int_equal(taken(), 20000);
    office.why = "";
    office.actor.may_override = false;
    assert_false(step("offer", first)); /* in turn, but nothing is left */
    office_refused(&office, IPUS_POOL_USED_UP);
}

static void whoever_leaves_makes_room(void **state)
{
    (void)state;
    int64_t first = waits("2025-02-10", 6000, 0), second = waits("2025-02-11", 2000, 0);
    assert_true(step("withdraw", first));
    assert_int_equal(state_of(second), WAITING_IS_OFFERED);
    assert_true(step("withdraw", second));
    assert_int_equal(taken(), 18000);
}

static void more_points_with_less_to_ask_are_offered_at_once(void **state)
{
    (void)state;
    (void)waits("2025-02-10", 6000, 0);
    int64_t needy = waits("2025-02-20", 2000, 5);
    assert_int_equal(state_of(needy), WAITING_IS_OFFERED);
    assert_int_equal(ipus_number(&office.answer.row, WAITING_STATE), WAITING_IS_OFFERED);
}

/* ---- seats and things ------------------------------------------------------------------------ */

static void a_thing_that_is_promised_is_for_nobody_else(void **state)
{
    (void)state;
    ipus_row_t item = {.kind = IPUS_ITEM};
    ipus_set_text(&item, ITEM_SERVICE, SPAN("loans"));
    ipus_set_text(&item, ITEM_NAME, SPAN("a walking frame"));
    assert_true(office_run(&office, IPUS_ITEM, "make", 0, &item));
    int64_t first = office_decision(&office, office_person(&office, 0), LOANS, "2025-02-01");
    int64_t second = office_decision(&office, office_person(&office, 0), LOANS, "2025-02-01");
    int64_t third = office_decision(&office, office_person(&office, 0), LOANS, "2025-02-01");
    assert_int_equal(office_wait(&office, second, 1000), 0);
    office_refused(&office, IPUS_NOT_NEEDED);
    int64_t order =
        office_order(&office, office_grant(&office, first, 1000, "2025-03-01", "2025-12-31"), 1000,
                     "2025-03-03");
    int64_t waiting = office_wait(&office, second, 1000);
    assert_int_not_equal(waiting, 0);
    assert_true(office_do(&office, "accept", order, 0));
    assert_true(office_do(&office, "return", order, 0));
    assert_int_equal(state_of(waiting), WAITING_IS_OFFERED);
    int64_t others = office_grant(&office, third, 1000, "2025-03-01", "2025-12-31");
    assert_int_equal(office_order(&office, others, 1000, "2025-03-04"), 0);
    office_refused(&office, IPUS_NOTHING_FREE);
    int64_t granted = office_planned(&office, second, 1000, "2025-03-01", "2025-12-31", waiting);
    assert_true(office_step(&office, &grant_step, granted));
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-03-04"), 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_waits_for_what_is_there),
        TEST(a_verdict_on_other_facts_is_stale),
        TEST(freed_units_go_to_the_first_in_turn),
        TEST(an_offer_is_taken_up_by_a_grant),
        TEST(an_offer_runs_out),
        TEST(a_new_period_is_offered_by_the_daily_work),
        TEST(a_grant_beside_the_queue_is_a_jump),
        TEST(a_jump_is_explained_to_everyone_who_is_passed),
        TEST(whoever_leaves_makes_room),
        TEST(more_points_with_less_to_ask_are_offered_at_once),
        TEST(a_thing_that_is_promised_is_for_nobody_else),
    };
    return cmocka_run_group_tests(tests, NULL, build_end);
}
