/* Orders: from a grant to a day that is free, what the provider does with it, and what is given
 * back when nothing comes of it. */
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

static int64_t granted_of(int service, int64_t units)
{
    int64_t granted = office_grant(&office, decided(service), units, "2025-03-01", "2025-12-31");
    assert_int_not_equal(granted, 0);
    return granted;
}

static int64_t number(int64_t order, int field)
{
    return office_number(&office, IPUS_ORDER, order, field);
}

static void refused_order(int64_t granted, int64_t units, const char *on, ipus_refusal_code_t code)
{
    assert_int_equal(office_order(&office, granted, units, on), 0);
    office_refused(&office, code);
}

static void an_order_takes_of_its_grant(void **state)
{
    (void)state;
    int64_t granted = granted_of(VISITS, 6000);
    int64_t order = office_order(&office, granted, 2000, "2025-03-05");
    assert_int_not_equal(order, 0);
    assert_int_equal(office_number(&office, IPUS_GRANTED, granted, GRANTED_ORDERED), 2000);
    assert_int_equal(number(order, ORDER_PROVIDER), office.provider);
    assert_int_equal(number(order, ORDER_ANSWER_BY), day("2025-03-06").days);
    assert_int_equal(number(order, ORDER_COUNTS), 1);
    refused_order(granted, 5000, "2025-04-05", IPUS_GRANT_USED_UP);
    assert_string_equal(office.text, "Granted 6, ordered so far 2, left 4; this order is for 5.");
    refused_order(granted, 0, "2025-04-05", IPUS_OUT_OF_RANGE);
    refused_order(granted, 1000, "2025-02-28", IPUS_DAY_OUTSIDE_GRANT);
    refused_order(granted, 1000, "2025-03-02", IPUS_ORDER_TOO_LATE);
}

static void only_a_running_grant_can_be_ordered_from(void **state)
{
    (void)state;
    int64_t decision = decided(VISITS);
    int64_t planned = office_planned(&office, decision, 1000, "2025-03-01", "2025-12-31", 0);
    refused_order(planned, 1000, "2025-03-05", IPUS_GRANT_NOT_RUNNING);
    int64_t granted = office_grant(&office, decision, 2000, "2025-03-01", "2025-12-31");
    assert_true(office_step(&office, &end_step, granted));
    refused_order(granted, 1000, "2025-03-05", IPUS_GRANT_NOT_RUNNING);
    /* Of a plan that is suspended, too. */
    ipus_row_t plan = {.kind = IPUS_PLAN}, row;
    ipus_row_t diagnosis = {.kind = IPUS_DIAGNOSIS};
    ipus_set(&diagnosis, DIAGNOSIS_STATE, DIAGNOSIS_IS_SIGNED);
    ipus_set(&plan, PLAN_DIAGNOSIS, office_add(&office, &diagnosis));
    ipus_set_date(&plan, PLAN_APPROVED_ON, office.today);
    ipus_set(&plan, PLAN_STATE, PLAN_IS_SUSPENDED);
    int64_t suspended = office_add(&office, &plan);
    assert_true(memory_row(office.memory, IPUS_GRANTED, planned, &row));
    ipus_set(&row, GRANTED_PLAN, suspended);
    ipus_set(&row, GRANTED_STATE, GRANTED_IS_RUNNING);
    refused_order(office_add(&office, &row), 1000, "2025-03-05", IPUS_GRANT_NOT_RUNNING);
}

static void a_service_is_ordered_ahead_and_when_it_is_open(void **state)
{
    (void)state;
    static const registry_hours_t mondays = {.weekdays = 1};
    int64_t granted = granted_of(HOURS, 6000);
    refused_order(granted, 1000, "2025-03-05", IPUS_ORDER_TOO_LATE);
    assert_string_equal(office.text,
                        "It is too late for that day. The next possible day: 2025-03-06.");
    office.services[HOURS].hours = &mondays;
    office.services[HOURS].hours_count = 1;
    refused_order(granted, 1000, "2025-03-11", IPUS_CLOSED_ON_DAY);
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-03-10"), 0);
    office.actor.may_override = true;
    office.why = "somebody is ill";
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-03-04"), 0);
}

static void a_provider_that_rests_takes_no_orders(void **state)
{
    (void)state;
    int64_t granted = granted_of(VISITS, 2000);
    assert_true(office_run(&office, IPUS_PROVIDER, "rest", office.provider, NULL));
    refused_order(granted, 1000, "2025-03-05", IPUS_PROVIDER_RESTS);
}

/* ---- limits ---------------------------------------------------------------------------------- */

static void a_third_visit_of_a_month_waits_for_the_next(void **state)
{
    (void)state;
    int64_t granted = granted_of(VISITS, 6000);
    office_order(&office, granted, 1000, "2025-03-05");
    office_order(&office, granted, 1000, "2025-03-31");
    refused_order(granted, 1000, "2025-03-20", IPUS_LIMIT_REACHED);
    assert_string_equal(
        office.text, "The limit of visits of \"visits\" for a person from 2025-03-01 to 2025-03-31 "
                     "is 2: 2 used, 0 left, 1 needed. It is renewed on 2025-04-01.");
    int64_t april = office_order(&office, granted, 1000, "2025-04-01");
    assert_int_not_equal(april, 0);
    /* Moved by the provider into a month that is full. */
    ipus_row_t given = {.kind = IPUS_ORDER};
    ipus_set_date(&given, ORDER_PLANNED_ON, day("2025-03-30"));
    assert_false(office_run(&office, IPUS_ORDER, "accept", april, &given));
    office_refused(&office, IPUS_LIMIT_REACHED);
    ipus_set_date(&given, ORDER_PLANNED_ON, day("2025-05-02"));
    assert_true(office_run(&office, IPUS_ORDER, "accept", april, &given));
    assert_int_equal(number(april, ORDER_PLANNED_ON), day("2025-05-02").days);
    office.actor.may_override = true;
    office.why = "a doctor asks for it";
    int64_t third = office_order(&office, granted, 1000, "2025-03-20");
    assert_int_equal(number(third, ORDER_OVER_LIMIT), 1);
}

static void an_order_is_put_to_the_rules_of_its_day(void **state)
{
    (void)state;
    int64_t granted = granted_of(VISITS, 6000);
    office.verdict.yes = false;
    refused_order(granted, 1000, "2025-03-05", IPUS_ORDER_NOT_DUE);
    office.verdict.facts = 1; /* something was stated meanwhile */
    refused_order(granted, 1000, "2025-03-05", IPUS_FACTS_MOVED);
    office.verdict.facts = 0;
    office.actor.may_override = true;
    office.why = "nobody else can";
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-03-05"), 0);
}

static void a_quantity_is_of_whole_steps_at_every_door(void **state)
{
    (void)state;
    int64_t granted = granted_of(HOURS, 6000);
    refused_order(granted, 1250, "2025-03-20", IPUS_QUANTITY_BROKEN);
    assert_string_equal(office.text, "\"hours\" is counted in steps of 0.5, and 1.25 was given.");
    office.half_hours.min = 2000;
    refused_order(granted, 1500, "2025-03-20", IPUS_QUANTITY_OUTSIDE);
    office.half_hours.min = 500;
    int64_t order = office_order(&office, granted, 2000, "2025-03-20");
    assert_true(office_do(&office, "accept", order, 0));
    office.today = day("2025-03-21");
    ipus_row_t delivery = {.kind = IPUS_DELIVERY}, given = {.kind = IPUS_ORDER};
    ipus_set(&delivery, DELIVERY_ORDERED, order);
    ipus_set_date(&delivery, DELIVERY_ON, day("2025-03-20"));
    ipus_set(&delivery, DELIVERY_UNITS, 1333);
    assert_false(office_run(&office, IPUS_DELIVERY, "make", 0, &delivery));
    office_refused(&office, IPUS_QUANTITY_BROKEN);
    ipus_set(&delivery, DELIVERY_UNITS, 1500);
    assert_true(office_run(&office, IPUS_DELIVERY, "make", 0, &delivery));
    ipus_set(&given, ORDER_DELIVERED, 1333);
    assert_false(office_run(&office, IPUS_ORDER, "finish", order, &given));
    office_refused(&office, IPUS_QUANTITY_BROKEN);
    /* Without a day it was done on that of its delivery. */
    assert_true(office_do(&office, "finish", order, 0));
    assert_int_equal(number(order, ORDER_DONE_ON), day("2025-03-20").days);
    assert_int_equal(number(order, ORDER_DELIVERED), 1500);
}

static void a_limit_that_ends_with_the_programme_is_not_said_to_be_renewed(void **state)
{
    (void)state;
    office.programme.to = day("2025-03-31");
    int64_t granted = granted_of(VISITS, 6000);
    office_order(&office, granted, 1000, "2025-03-05");
    office_order(&office, granted, 1000, "2025-03-31");
    refused_order(granted, 1000, "2025-03-20", IPUS_LAST_LIMIT_REACHED);
    assert_non_null(strstr(office.text, "It is not renewed any more."));
}

static void a_day_and_a_visit_have_limits_of_units(void **state)
{
    (void)state;
    int64_t granted = granted_of(HOURS, 8000);
    refused_order(granted, 3500, "2025-03-10", IPUS_LIMIT_OF_VISIT);
    assert_string_equal(office.text, "\"hours\": a visit has at most 3, and 3.5 was ordered.");
    assert_int_not_equal(office_order(&office, granted, 3000, "2025-03-10"), 0);
    refused_order(granted, 1500, "2025-03-10", IPUS_LIMIT_REACHED);
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-03-10"), 0);
}

static void a_household_orders_from_one_limit(void **state)
{
    (void)state;
    int64_t grants[2];
    for (int i = 0; i < 2; i++) {
        int64_t decision = office_decision(&office, office_person(&office, 7), HOURS, "2025-02-01");
        grants[i] = office_grant(&office, decision, 8000, "2025-03-01", "2025-12-31");
        assert_int_not_equal(grants[i], 0);
    }
    office_order(&office, grants[0], 3000, "2025-03-10");
    office_order(&office, grants[1], 3000, "2025-03-11");
    refused_order(grants[1], 2500, "2025-03-12", IPUS_LIMIT_REACHED);
    assert_string_equal(
        office.text,
        "The limit of units of \"hours\" for a household from 2025-03-01 to 2025-03-31 "
        "is 8: 6 used, 2 left, 2.5 needed. It is renewed on 2025-04-01.");
    assert_int_not_equal(office_order(&office, grants[0], 2000, "2025-03-13"), 0);
}

static void a_gap_is_kept_on_both_sides(void **state)
{
    (void)state;
    int64_t granted = granted_of(SPACED, 4000);
    int64_t first = office_order(&office, granted, 1000, "2025-05-31");
    refused_order(granted, 1000, "2025-04-01", IPUS_GAP_TOO_SHORT);
    refused_order(granted, 1000, "2025-05-31", IPUS_GAP_TOO_SHORT);
    refused_order(granted, 1000, "2025-07-30", IPUS_GAP_TOO_SHORT);
    assert_string_equal(office.text,
                        "2 months have to pass between two uses, and there is an order for "
                        "2025-05-31. The next possible day: 2025-07-31.");
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-07-31"), 0);
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-03-31"), 0);
    refused_order(granted, 1000, "2025-06-10", IPUS_GAP_TOO_SHORT);
    assert_true(office_do(&office, "cancel", first, 1));
    assert_int_not_equal(office_order(&office, granted, 1000, "2025-05-31"), 0);
}

/* ---- what comes of it ------------------------------------------------------------------------ */

static void what_is_refused_or_cancelled_in_time_is_given_back(void **state)
{
    (void)state;
    int64_t granted = granted_of(VISITS, 6000);
    int64_t one = office_order(&office, granted, 1000, "2025-03-05");
    int64_t two = office_order(&office, granted, 1000, "2025-03-06");
    assert_false(office_do(&office, "refuse", one, 0)); /* without a reason */
    office_refused(&office, IPUS_FIELD_MISSING);
    assert_true(office_do(&office, "refuse", one, 1));
    assert_true(office_do(&office, "accept", two, 0));
    office.today = day("2025-03-05"); /* one day ahead is in time */
    assert_true(office_do(&office, "cancel", two, 1));
    assert_int_equal(number(two, ORDER_COUNTS), 0);
    assert_int_equal(office_number(&office, IPUS_GRANTED, granted, GRANTED_ORDERED), 0);
}

static void who_cancels_late_or_does_not_come_has_used_it(void **state)
{
    (void)state;
    int64_t granted = granted_of(VISITS, 6000);
    int64_t late = office_order(&office, granted, 1000, "2025-03-05");
    int64_t missed = office_order(&office, granted, 1000, "2025-03-06");
    office.today = day("2025-03-05");
    assert_true(office_do(&office, "cancel", late, 1));
    assert_int_equal(number(late, ORDER_NO_SHOW), 1);
    assert_int_equal(number(late, ORDER_COUNTS), 1);
    ipus_row_t given = {.kind = IPUS_ORDER};
    ipus_set_text(&given, ORDER_REASON, SPAN("nobody at home"));
    ipus_set(&given, ORDER_NO_SHOW, 1);
    assert_false(office_run(&office, IPUS_ORDER, "fail", missed, &given)); /* that is tomorrow */
    office_refused(&office, IPUS_DAY_TO_COME);
    office.today = day("2025-03-06");
    assert_true(office_run(&office, IPUS_ORDER, "fail", missed, &given));
    assert_int_equal(number(missed, ORDER_COUNTS), 1);
    assert_int_equal(office_number(&office, IPUS_GRANTED, granted, GRANTED_ORDERED), 2000);
    refused_order(granted, 1000, "2025-03-20", IPUS_LIMIT_REACHED); /* two visits this month */
    assert_true(office_do(&office, "settle", missed, 0));
    assert_int_equal(memory_count(office.memory, IPUS_CHARGE), 0);
}

static void an_important_reason_or_the_providers_fault_uses_nothing(void **state)
{
    (void)state;
    int64_t granted = granted_of(VISITS, 6000);
    int64_t one = office_order(&office, granted, 1000, "2025-03-05");
    int64_t two = office_order(&office, granted, 1000, "2025-03-05");
    office.today = day("2025-03-05");
    assert_true(office_do(&office, "fail", one, 1));
    office.actor.may_override = true;
    office.why = "taken to hospital";
    assert_true(office_do(&office, "cancel", two, 1));
    assert_int_equal(office_number(&office, IPUS_GRANTED, granted, GRANTED_ORDERED), 0);
}

static void a_provider_reports_no_more_than_was_ordered(void **state)
{
    (void)state;
    int64_t granted = granted_of(HOURS, 8000);
    int64_t order = office_order(&office, granted, 3000, "2025-03-10");
    ipus_row_t given = {.kind = IPUS_DELIVERY};
    ipus_set(&given, DELIVERY_ORDERED, order);
    ipus_set_date(&given, DELIVERY_ON, day("2025-03-10"));
    ipus_set(&given, DELIVERY_UNITS, 2000);
    office.today = day("2025-03-10");
    assert_false(office_run(&office, IPUS_DELIVERY, "make", 0, &given));
    office_refused(&office, IPUS_NOT_ACCEPTED);
    assert_true(office_do(&office, "accept", order, 0));
    office.actor = (ipus_actor_t){.provider = office.provider + 1, .scope = IPUS_OWN};
    assert_false(office_run(&office, IPUS_DELIVERY, "make", 0, &given));
    office_refused(&office, IPUS_NO_SUCH_REFERENCE);
    assert_false(office_do(&office, "refuse", order, 0));
    office_refused(&office, IPUS_NO_SUCH_ROW);
    office.actor.provider = office.provider;
    assert_true(office_run(&office, IPUS_DELIVERY, "make", 0, &given));
    assert_false(office_run(&office, IPUS_DELIVERY, "make", 0, &given));
    office_refused(&office, IPUS_DELIVERED_TOO_MUCH);
    assert_string_equal(office.text, "Ordered 3, delivered so far 2; 2 more is reported.");
    assert_true(office_do(&office, "finish", order, 0));
    assert_int_equal(number(order, ORDER_DELIVERED), 2000);
    assert_int_equal(office_number(&office, IPUS_GRANTED, granted, GRANTED_DELIVERED), 2000);
    office.actor = (ipus_actor_t){.scope = IPUS_ANY};
    assert_true(office_run(&office, IPUS_DELIVERY, "dispute", 1, NULL));
    assert_false(office_do(&office, "confirm", order, 0));
    office_refused(&office, IPUS_DELIVERY_DISPUTED);
    assert_true(office_run(&office, IPUS_DELIVERY, "confirm", 1, NULL));
    assert_true(office_do(&office, "confirm", order, 0));
}

/* ---- seats ----------------------------------------------------------------------------------- */

static int64_t seat(int64_t granted, int64_t group, const char *on)
{
    ipus_row_t given = {.kind = IPUS_ORDER};
    ipus_set(&given, ORDER_GRANTED, granted);
    ipus_set(&given, ORDER_QUANTITY, 1000);
    ipus_set(&given, ORDER_GROUP, group);
    ipus_set_date(&given, ORDER_PLANNED_ON, day(on));
    return office_run(&office, IPUS_ORDER, "make", 0, &given) ? office.answer.row.id : 0;
}

static void a_group_has_so_many_seats(void **state)
{
    (void)state;
    ipus_row_t given = {.kind = IPUS_GROUP};
    ipus_set_text(&given, GROUP_SERVICE, SPAN("classes"));
    ipus_set_text(&given, GROUP_NAME, SPAN("on Thursdays"));
    ipus_set(&given, GROUP_SEATS, 4);
    ipus_set_date(&given, GROUP_BEGINS, day("2025-03-10"));
    assert_false(office_run(&office, IPUS_GROUP, "make", 0, &given));
    office_refused(&office, IPUS_SEATS_WRONG);
    assert_string_equal(office.text, "A group of this service has 2 to 3 seats.");
    ipus_set(&given, GROUP_SEATS, 2);
    assert_true(office_run(&office, IPUS_GROUP, "make", 0, &given));
    int64_t group = office.answer.row.id, one = granted_of(CLASSES, 5000);
    int64_t two = granted_of(CLASSES, 5000), three = granted_of(CLASSES, 5000);
    refused_order(one, 1000, "2025-03-13", IPUS_GROUP_NEEDED);
    assert_int_equal(seat(one, group, "2025-03-06"), 0); /* before it begins */
    office_refused(&office, IPUS_GROUP_OTHER);
    int64_t first = seat(one, group, "2025-03-13"), second = seat(one, group, "2025-03-20");
    assert_int_not_equal(second, 0); /* two meetings, one seat */
    assert_false(office_run(&office, IPUS_GROUP, "start", group, NULL));
    office_refused(&office, IPUS_GROUP_TOO_FEW);
    assert_int_not_equal(seat(two, group, "2025-03-13"), 0);
    assert_true(office_run(&office, IPUS_GROUP, "start", group, NULL));
    assert_int_equal(seat(three, group, "2025-03-13"), 0);
    office_refused(&office, IPUS_GROUP_FULL);
    assert_true(office_do(&office, "cancel", first, 1));
    assert_int_equal(office_number(&office, IPUS_GROUP, group, GROUP_TAKEN), 2);
    assert_true(office_do(&office, "cancel", second, 1));
    assert_int_not_equal(seat(three, group, "2025-03-13"), 0);
    assert_false(office_run(&office, IPUS_GROUP, "cancel", group, NULL));
    office_refused(&office, IPUS_GROUP_NOT_EMPTY);
}

/* ---- loans ----------------------------------------------------------------------------------- */

static int64_t add_item(void)
{
    ipus_row_t given = {.kind = IPUS_ITEM};
    ipus_set_text(&given, ITEM_SERVICE, SPAN("loans"));
    ipus_set_text(&given, ITEM_NAME, SPAN("a walking frame"));
    assert_true(office_run(&office, IPUS_ITEM, "make", 0, &given));
    return office.answer.row.id;
}

static void a_thing_is_lent_to_one_at_a_time(void **state)
{
    (void)state;
    int64_t item = add_item(), one = granted_of(LOANS, 5000), two = granted_of(LOANS, 5000);
    int64_t order = office_order(&office, one, 1000, "2025-03-31");
    assert_int_equal(number(order, ORDER_ITEM), item);
    assert_int_equal(number(order, ORDER_LENT_UNTIL), day("2025-06-30").days);
    assert_int_equal(office_number(&office, IPUS_ITEM, item, ITEM_ORDERED), order);
    refused_order(two, 1000, "2025-03-10", IPUS_ITEMS_LENT);
    assert_string_equal(office.text, "Nothing is free to be lent now. The next one is due back on "
                                     "2025-06-30.");
    assert_true(office_do(&office, "accept", order, 0));
    assert_true(office_do(&office, "extend", order, 0));
    assert_int_equal(number(order, ORDER_LENT_UNTIL), day("2025-09-30").days);
    assert_false(office_do(&office, "extend", order, 0));
    office_refused(&office, IPUS_EXTENSIONS_USED);
    assert_false(office_run(&office, IPUS_ITEM, "remove", item, NULL));
    office_refused(&office, IPUS_NOT_IN_STATE);
    assert_true(office_do(&office, "return", order, 0));
    assert_false(office_do(&office, "return", order, 0));
    office_refused(&office, IPUS_NOT_LENT);
    assert_int_not_equal(office_order(&office, two, 1000, "2025-03-10"), 0);
    assert_int_not_equal(add_item(), 0);
    int64_t moved = office_order(&office, one, 1000, "2025-03-11");
    assert_int_not_equal(add_item(), 0);
    int64_t second = office_order(&office, one, 1000, "2025-03-11");
    assert_int_not_equal(second, 0);
    assert_int_not_equal(add_item(), 0);
    refused_order(one, 1000, "2025-03-12", IPUS_ITEMS_AT_ONCE);
    assert_true(office_do(&office, "refuse", second, 1));
    ipus_row_t other = {.kind = IPUS_ORDER};
    ipus_set(&other, ORDER_GRANTED, granted_of(VISITS, 1000));
    ipus_set(&other, ORDER_QUANTITY, 1000);
    ipus_set(&other, ORDER_ITEM, item);
    ipus_set_date(&other, ORDER_PLANNED_ON, day("2025-03-20"));
    assert_false(office_run(&office, IPUS_ORDER, "make", 0, &other));
    office_refused(&office, IPUS_FIELD_NOT_TAKEN);
    ipus_row_t given = {.kind = IPUS_ORDER};
    ipus_set_date(&given, ORDER_PLANNED_ON, day("2025-04-11"));
    assert_true(office_run(&office, IPUS_ORDER, "accept", moved, &given));
    assert_int_equal(number(moved, ORDER_LENT_UNTIL), day("2025-07-11").days);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_order_takes_of_its_grant),
        TEST(only_a_running_grant_can_be_ordered_from),
        TEST(a_service_is_ordered_ahead_and_when_it_is_open),
        TEST(a_provider_that_rests_takes_no_orders),
        TEST(a_third_visit_of_a_month_waits_for_the_next),
        TEST(an_order_is_put_to_the_rules_of_its_day),
        TEST(a_quantity_is_of_whole_steps_at_every_door),
        TEST(a_limit_that_ends_with_the_programme_is_not_said_to_be_renewed),
        TEST(a_day_and_a_visit_have_limits_of_units),
        TEST(a_household_orders_from_one_limit),
        TEST(a_gap_is_kept_on_both_sides),
        TEST(what_is_refused_or_cancelled_in_time_is_given_back),
        TEST(who_cancels_late_or_does_not_come_has_used_it),
        TEST(an_important_reason_or_the_providers_fault_uses_nothing),
        TEST(a_provider_reports_no_more_than_was_ordered),
        TEST(a_group_has_so_many_seats),
        TEST(a_thing_is_lent_to_one_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, build_end);
}
