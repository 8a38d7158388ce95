/* Every report on a record of a few rows, with the numbers worked out by hand. */
#include "table.h"

#define QUARTER "2023-10-01", "2023-12-31"
#define UNITS(whole) ((whole)*1000)

static void assert_at(const table_t *table, const char *first, const char *second,
                      const char *column, int64_t number)
{
    int64_t found = table_at(table, first, second, column);
    if (found != number) {
        fail_msg("%s: %s of %s is %lld, not %lld", table->report->name, column, first,
                 (long long)found, (long long)number);
    }
}

/* Two have laundry, 12 and 6 kg; one wash is done, one is turned down, to one nobody came. Somebody
 * is refused it; eight people hold all of another service, and a ninth waits. */
static void services_and_who_delivers_them(void **state)
{
    (void)state;
    made_open("koszalin", "2023-10-02");
    int64_t one = made_person(true, 2, 1941, false), two = made_person(false, 0, 2015, true);
    int64_t first = made_grant(one, "laundry", UNITS(12), "2023-10-02", "2023-12-29");
    int64_t second = made_grant(two, "laundry", UNITS(6), "2023-10-02", "2023-12-29");
    int64_t done = made_order(first, "laundry", UNITS(6), "2023-10-10");
    int64_t missed = made_order(second, "laundry", UNITS(6), "2023-10-10");
    int64_t refused = made_step(IPUS_ORDER, 0, "make",
                                WITH(NUM(ORDER_GRANTED, first), NUM(ORDER_QUANTITY, UNITS(4)),
                                     DAY(ORDER_PLANNED_ON, "2023-11-07")));
    made_step(IPUS_ORDER, refused, "refuse", WITH(TXT(ORDER_REASON, "awaria")));
    made_decision(made_person(true, 0, 1990, false), "laundry", false);
    for (int i = 0; i < 8; i++) {
        assert_true(made_grant(made_person(true, 0, 1980, false), "mediation", UNITS(6),
                               "2023-10-02", "2023-12-29") != 0);
    }
    int64_t decision = made_decision(made_person(false, 0, 1980, false), "mediation", true);
    made_step(IPUS_WAITING, 0, "make",
              WITH(NUM(WAITING_DECISION, decision), NUM(WAITING_QUANTITY, UNITS(1))));
    made_on("2023-10-10");
    made_deliver(done, "laundry", UNITS(6), false);
    made_step(IPUS_ORDER, missed, "fail",
              WITH(TXT(ORDER_REASON, "nikogo nie było"), NUM(ORDER_NO_SHOW, 1)));

    table_t services = table_read("services", QUARTER);
    assert_at(&services, "laundry", NULL, "granted", UNITS(18));
    assert_at(&services, "laundry", NULL, "persons_granted", 2);
    assert_at(&services, "laundry", NULL, "ordered", UNITS(12));
    assert_at(&services, "laundry", NULL, "delivered", UNITS(6));
    assert_at(&services, "laundry", NULL, "done", 1);
    assert_at(&services, "laundry", NULL, "persons", 1);
    assert_at(&services, "laundry", NULL, "pool", UNITS(1200));
    assert_at(&services, "laundry", NULL, "taken", UNITS(18));
    assert_at(&services, "laundry", NULL, "left", UNITS(1182));
    assert_at(&services, "laundry", NULL, "refused", 1);
    assert_at(&services, "mediation", NULL, "granted", UNITS(48));
    assert_at(&services, "mediation", NULL, "left", 0);
    assert_at(&services, "mediation", NULL, "waiting", 1);
    assert_int_equal(services.count, 16);
    assert_true(services.lines[0].has_name);

    table_t providers = table_read("providers", QUARTER);
    assert_at(&providers, "laundry", "Wykonawca", "granted", UNITS(18));
    assert_at(&providers, "laundry", "Wykonawca", "ordered", UNITS(12));
    assert_at(&providers, "laundry", "Wykonawca", "delivered", UNITS(6));
    assert_at(&providers, "laundry", "Wykonawca", "done", 1);
    assert_at(&providers, "laundry", "Wykonawca", "refused", 1);
    assert_at(&providers, "laundry", "Wykonawca", "not_done", 1);
    assert_at(&providers, "laundry", "Wykonawca", "no_show", 1);
    assert_at(&providers, "laundry", "Wykonawca", "value", 7200);

    table_t people = table_read("people", QUARTER);
    assert_at(&people, "woman", NULL, "persons", 1);
    assert_at(&people, "woman", NULL, "disabled", 1);
    assert_at(&people, "woman", NULL, "age_over_80", 1); /* born in 1941 */
    assert_at(&people, "woman", NULL, "services", 1);
    assert_at(&people, "woman", NULL, "persons_granted", 9);
    assert_at(&people, "man", NULL, "persons", 0);
    assert_at(&people, "man", NULL, "persons_granted", 1);
    table_free(&services);
    table_free(&providers);
    table_free(&people);
    made_close();
}

/* Four windows of 25.00 zł are 100.00, a fifth is 20.00: 5.00 is paid, 3.00 is taken off. Six more
 * are granted and two of them washed for nothing. */
static void money_and_budget(void **state)
{
    (void)state;
    made_open("koszalin", "2023-10-02");
    int64_t one = made_person(true, 0, 1941, false), two = made_person(true, 0, 1941, false);
    int64_t first = made_grant(one, "window-cleaning", UNITS(4), "2023-10-02", "2023-12-29");
    int64_t second = made_grant(two, "window-cleaning", UNITS(6), "2023-10-02", "2023-12-29");
    int64_t paid = made_order(first, "window-cleaning", UNITS(4), "2023-10-10");
    int64_t free_of_charge = made_order(second, "window-cleaning", UNITS(2), "2023-11-07");
    made_on("2023-10-10");
    made_deliver(paid, "window-cleaning", UNITS(4), false);
    made_step(
        IPUS_PAYMENT, 0, "make",
        WITH(NUM(PAYMENT_CHARGE, 1), NUM(PAYMENT_ON, made.today.days), NUM(PAYMENT_AMOUNT, 500)));
    made_step(IPUS_CORRECTION, 0, "make",
              WITH(NUM(CORRECTION_CHARGE, 1), NUM(CORRECTION_ON, made.today.days),
                   NUM(CORRECTION_AMOUNT, -300), TXT(CORRECTION_REASON, "pomyłka")));
    made_on("2023-11-07");
    made_deliver(free_of_charge, "window-cleaning", UNITS(2), true);

    table_t money = table_read("money", QUARTER);
    assert_at(&money, "window-cleaning", "2023-10", "charges", 1);
    assert_at(&money, "window-cleaning", "2023-10", "value", 10000);
    assert_at(&money, "window-cleaning", "2023-10", "before_relief", 2000);
    assert_at(&money, "window-cleaning", "2023-10", "relief", 0);
    assert_at(&money, "window-cleaning", "2023-10", "fee", 2000);
    assert_at(&money, "window-cleaning", "2023-10", "corrected", -300);
    assert_at(&money, "window-cleaning", "2023-10", "paid", 500);
    assert_at(&money, "window-cleaning", "2023-10", "outstanding", 1200);
    assert_at(&money, "window-cleaning", "2023-11", "value", 5000);
    assert_at(&money, "window-cleaning", "2023-11", "relief", 1000);
    assert_at(&money, "window-cleaning", "2023-11", "relieved", 1);
    assert_at(&money, "window-cleaning", "2023-11", "fee", 0);
    assert_int_equal(money.count, 2);

    table_t budget = table_read("budget", QUARTER);
    assert_at(&budget, "last-quarter-2023", NULL, "planned", 7600000);
    assert_at(&budget, "last-quarter-2023", NULL, "committed", 25000);
    assert_at(&budget, "last-quarter-2023", NULL, "spent", 15000);
    assert_at(&budget, "last-quarter-2023", NULL, "left", 7575000);
    assert_at(&budget, "last-quarter-2023", NULL, "unpriced", 0);
    table_free(&budget);
    budget = table_read("budget", "2024-01-01", "2024-12-31");
    assert_int_equal(budget.count, 0);
    table_free(&budget);
    table_free(&money);
    made_close();
}

/* A plan ten days after the application; a contact in time, the next one missing; two surveys. */
static void plans_and_applications(void **state)
{
    (void)state;
    made_open("koszalin", "2023-10-12");
    made.waited = 10;
    int64_t person = made_person(true, 0, 1941, false);
    int64_t granted =
        made_plan(person, "hairdresser-at-home", UNITS(2), "2023-10-12", "2024-10-01");
    int64_t plan = made.plan;
    made.waited = 0;
    made_decision(person, "laundry", true);
    made.why = "zna ją od lat";
    made_step(IPUS_DECISION, 0, "override",
              WITH(NUM(DECISION_APPLICATION, made.application), TXT(DECISION_SERVICE, "laundry"),
                   NUM(DECISION_OUTCOME, 0), TXT(DECISION_REASON, "inaczej niż reguły")));
    made.why = NULL;
    int64_t order = made_order(granted, "hairdresser-at-home", UNITS(1), "2023-10-17");
    made_step(IPUS_ORDER, order, "fail", WITH(TXT(ORDER_REASON, "choroba")));
    made_on("2023-12-05");
    made_step(IPUS_CONTACT, 0, "make",
              WITH(NUM(CONTACT_PLAN, plan), DAY(CONTACT_ON, "2023-12-05"), NUM(CONTACT_BY, 0),
                   TXT(CONTACT_CONTENT, "dobrze")));
    for (int64_t score = 4; score <= 5; score++) {
        made_step(IPUS_SURVEY, 0, "make",
                  WITH(NUM(SURVEY_PERSON, person), DAY(SURVEY_ON, "2023-12-05"),
                       NUM(SURVEY_SCORE, score)));
    }
    for (int64_t about = 0; about < 3; about++) {
        made_step(IPUS_REFERRAL, 0, "make",
                  WITH(NUM(REFERRAL_ABOUT, about / 2), DAY(REFERRAL_ON, "2023-12-05")));
    }
    made_step(IPUS_MEETING, 0, "make", WITH(NUM(MEETING_ABOUT, 0), DAY(MEETING_ON, "2023-12-05")));

    table_t summary = table_read("summary", "2023-10-01", "2024-03-31");
    static const struct {
        const char *measure;
        int64_t value;
    } expected[] = {{"plans-made", UNITS(1)},
                    {"plans-active", UNITS(1)},
                    {"plans-finished", 0},
                    {"plan-days", UNITS(10)},
                    {"contacts-due", UNITS(2)}, /* on 2024-01-12 and 2024-03-05 */
                    {"contacts-kept", UNITS(1)},
                    {"meetings", UNITS(1)},
                    {"surveys", UNITS(2)},
                    {"satisfaction", 4500},
                    {"orders", UNITS(1)},
                    {"orders-done", 0},
                    {"orders-not-done", UNITS(1)},
                    {"no-shows", 0},
                    {"overridden-decisions", UNITS(1)},
                    {"beyond-pools", 0},
                    {"jumps", 0}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_at(&summary, expected[i].measure, NULL, "value", expected[i].value);
    }
    /* Silence misses each deadline as it comes round again: 5 March, 5 June and 5 September. */
    table_t year = table_read("summary", "2023-10-01", "2024-10-31");
    assert_at(&year, "contacts-due", NULL, "value", UNITS(4));
    assert_at(&year, "contacts-kept", NULL, "value", UNITS(1));
    table_free(&year);
    table_t applications = table_read("applications", QUARTER);
    assert_at(&applications, "office", "qualified", "count", 1);
    assert_at(&applications, "office", "qualified", "days", UNITS(10));
    assert_at(&applications, "office", "in_assessment", "decided", 1);
    assert_at(&applications, "office", "in_assessment", "days", 0);
    assert_at(&applications, "", "information", "count", 2);
    assert_at(&applications, "", "referral", "count", 1);
    table_free(&summary);
    table_free(&applications);
    made_close();
}

/* The four indicators, by quarters; one of the two services only enlarges what there was. */
static void indicators_of_a_programme(void **state)
{
    (void)state;
    made_open("starachowice", "2021-07-01");
    int64_t fresh = made_person(true, 0, 1950, false), known = made_person(true, 0, 1950, true);
    int64_t taxi = made_plan(fresh, "senior-taxi", UNITS(2), "2021-07-01", "2021-12-31");
    int64_t care = made_plan(known, "care-at-home", UNITS(6), "2021-07-01", "2021-12-31");
    int64_t ride = made_order(taxi, "senior-taxi", UNITS(1), "2021-07-13");
    int64_t hours = made_order(care, "care-at-home", UNITS(2), "2021-07-13");
    made_step(IPUS_VOLUNTEER, 0, "make",
              WITH(TXT(VOLUNTEER_NAME, "Ktoś"), NUM(VOLUNTEER_ABOUT, 0),
                   DAY(VOLUNTEER_BEGINS, "2021-04-01"), DAY(VOLUNTEER_ENDS, "2021-09-30")));
    made_step(IPUS_VOLUNTEER, 0, "make",
              WITH(TXT(VOLUNTEER_NAME, "Sąsiad"), NUM(VOLUNTEER_ABOUT, 1),
                   DAY(VOLUNTEER_BEGINS, "2021-07-01")));
    made_on("2021-07-13");
    made_deliver(ride, "senior-taxi", UNITS(1), false);
    made_deliver(hours, "care-at-home", UNITS(2), false);

    static const struct {
        const char *id;
        int64_t third, fourth; /* quarter */
    } expected[] = {
        {"new-people", 1, 0}, {"new-services", 1, 0}, {"providers", 1, 0}, {"volunteers", 2, 1}};
    table_t third = table_read("indicators", "2021-07-01", "2021-09-30");
    table_t fourth = table_read("indicators", "2021-10-01", "2021-12-31");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_at(&third, expected[i].id, NULL, "count", UNITS(expected[i].third));
        assert_at(&fourth, expected[i].id, NULL, "count", UNITS(expected[i].fourth));
    }
    table_free(&third);
    third = table_read("indicators", "2021-07-01", "2021-12-31");
    assert_int_equal(third.count, 8); /* four indicators, two quarters */
    table_free(&third);
    table_free(&fourth);
    made_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(services_and_who_delivers_them), cmocka_unit_test(money_and_budget),
        cmocka_unit_test(plans_and_applications), cmocka_unit_test(indicators_of_a_programme)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
