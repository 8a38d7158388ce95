/* Two records whose reports print what two municipalities published: the totals of Goleniów on
 * 31.08.2023, and the 76 000 zł that Koszalin planned for the last quarter of 2023. */
#include "table.h"

/* ---- Goleniów -------------------------------------------------------------------------------- */

/* Units in thousandths; each order takes as many as `an_order` until the grant is used up. */
static const struct {
    const char *service;
    int persons, born;
    int64_t units, an_order;
} goleniow[] = {
    {"carer-disabled-adults", 45, 1960, 60000, 20000}, /* 2700 hours, 135 orders */
    {"psychological-support", 89, 1980, 10000, 5000},  /* 890 hours, 178 orders */
    {"psychological-support", 1, 1980, 3000, 2000},    /* 3 hours, 2 orders */
    {"career-office", 69, 2003, 1000, 1000},
    {"circles-of-support", 11, 1990, 1000, 1000},
    {"kind-phone-call", 10, 1940, 1000, 1000},
    {"transport-for-seniors", 50, 1945, 3000, 1000}, /* 150 rides */
    {"neighbourly-help", 10, 1940, 6000, 3000},
    {"neighbourly-help", 623, 1950, 6000, 6000},
};
#define GOLENIOW_ROWS (sizeof goleniow / sizeof *goleniow)

/* Granted and limit, as the slides show them; facts C3. */
static const struct {
    const char *service;
    int64_t granted, limit;
} pairs[] = {{"career-office", 69, 70},
             {"circles-of-support", 11, 11},
             {"carer-disabled-adults", 2700, 2700},
             {"kind-phone-call", 10, 11},
             {"psychological-support", 893, 915}};

enum { RESIDENTS = 908, WOMEN = 688, DISABLED_WOMEN = 139, DISABLED_MEN = 70, DONE = 1198 };

static const char *const days[] = {"2023-03-07", "2023-04-04", "2023-05-09"};

static int64_t resident(int number, int born)
{
    bool woman = number < WOMEN;
    bool disabled = woman ? number < DISABLED_WOMEN : number - WOMEN < DISABLED_MEN;
    return made_person(woman, disabled ? 2 : 0, born, false);
}

/* Everybody has a plan; then the orders of three days, day by day. */
static void make_goleniow(void)
{
    static struct {
        int64_t granted, left;
        size_t row;
    } grants[RESIDENTS];
    int count = 0;
    made_open("goleniow", "2023-02-06");
    for (size_t row = 0; row < GOLENIOW_ROWS; row++) {
        for (int i = 0; i < goleniow[row].persons; i++, count++) {
            assert_true(count < RESIDENTS);
            grants[count].row = row;
            grants[count].left = goleniow[row].units;
            grants[count].granted =
                made_plan(resident(count, goleniow[row].born), goleniow[row].service,
                          goleniow[row].units, "2023-02-06", "2023-06-30");
        }
    }
    assert_int_equal(count, RESIDENTS);
    for (size_t day = 0; day < 3; day++) {
        made_on(days[day]);
        for (int i = 0; i < RESIDENTS; i++) {
            const char *service = goleniow[grants[i].row].service;
            int64_t units = goleniow[grants[i].row].an_order;
            units = units < grants[i].left ? units : grants[i].left;
            if (units > 0) {
                made_deliver(made_order(grants[i].granted, service, units, days[day]), service,
                             units, false);
                grants[i].left -= units;
            }
        }
    }
}

static void goleniow_prints_its_totals(void **state)
{
    (void)state;
    make_goleniow();
    table_t people = table_read("people", "2022-01-11", "2023-08-31");
    table_t services = table_read("services", "2022-01-11", "2023-08-31");
    table_t indicators = table_read("indicators", "2023-01-01", "2023-12-31");
    assert_int_equal(table_at(&people, "woman", NULL, "persons"), WOMEN);
    assert_int_equal(table_at(&people, "man", NULL, "persons"), RESIDENTS - WOMEN);
    assert_int_equal(table_at(&people, "woman", NULL, "disabled"), DISABLED_WOMEN);
    assert_int_equal(table_at(&people, "man", NULL, "disabled"), DISABLED_MEN);
    assert_int_equal(table_sum(&people, "persons"), RESIDENTS);
    assert_int_equal(table_sum(&people, "disabled"), DISABLED_WOMEN + DISABLED_MEN);
    assert_int_equal(table_sum(&people, "services"), DONE);
    assert_int_equal(table_sum(&services, "done"), DONE);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *service = pairs[i].service;
        assert_int_equal(table_at(&services, service, NULL, "granted"), pairs[i].granted * 1000);
        assert_int_equal(table_at(&services, service, NULL, "pool"), pairs[i].limit * 1000);
        assert_int_equal(table_at(&services, service, NULL, "taken"), pairs[i].granted * 1000);
        assert_int_equal(table_at(&services, service, NULL, "left"),
                         (pairs[i].limit - pairs[i].granted) * 1000);
    }
    assert_int_equal(table_at(&indicators, "people-served", NULL, "count"), RESIDENTS * 1000);
    assert_int_equal(table_at(&indicators, "services-done", NULL, "count"), DONE * 1000);
    printf("proved: %d services done; %d residents, %d women, %d men; %d with a disability\n", DONE,
           RESIDENTS, WOMEN, RESIDENTS - WOMEN, DISABLED_WOMEN + DISABLED_MEN);
    table_free(&people);
    table_free(&services);
    table_free(&indicators);
    made_close();
}

/* ---- Koszalin -------------------------------------------------------------------------------- */

/* Sixteen quantities and prices that make 76 000.00 zł; `exempt` people of each pay nothing. */
static const struct {
    const char *service;
    int64_t price, quantity; /* grosze; whole units */
    int64_t a_person, an_order;
    int exempt;
    int64_t value; /* grosze */
} koszalin[] = {
    {"equipment-loan", 6000, 40, 3, 3, 0, 240000},
    {"nail-care", 8000, 61, 1, 1, 21, 488000},
    {"hairdresser-at-home", 7000, 70, 1, 1, 0, 490000},
    {"laundry", 1200, 300, 6, 6, 0, 360000},
    {"window-cleaning", 2500, 236, 6, 6, 0, 590000},
    {"grave-tidying", 10000, 40, 2, 2, 0, 400000},
    {"made-to-measure-carer", 4000, 400, 10, 10, 10, 1600000},
    {"helping-taxi", 5000, 200, 2, 1, 30, 1000000},
    {"handyman", 7000, 80, 2, 2, 0, 560000},
    {"mediation", 20000, 12, 1, 1, 0, 240000},
    {"speech-therapy", 11000, 48, 1, 1, 8, 528000},
    {"dietary-therapy", 12000, 20, 1, 1, 0, 240000},
    {"social-skills-training", 6000, 48, 1, 1, 0, 288000},
    {"biofeedback", 11000, 30, 1, 1, 0, 330000},
    {"school-for-parents", 5000, 30, 1, 1, 0, 150000},
    {"parenting-workshops", 4000, 24, 1, 1, 0, 96000},
};
#define KOSZALIN_ROWS (sizeof koszalin / sizeof *koszalin)

/* By hand: exempt are 21 visits of 80 zł, 100 hours of 40 zł, 60 rides of 50 zł and 8 sessions of
 * 110 zł, 9 560 zł together. A fifth of 76 000 is 15 200; a fifth of 9 560 is 1 912; 13 288 is to
 * be paid. */
enum {
    VALUE = 7600000,
    BEFORE = 1520000,
    RELIEF = 191200,
    FEES = 1328800,
    EXEMPT = 21 + 10 + 60 + 8
};

static const char *const months[] = {"2023-10-17", "2023-11-14", "2023-12-12"};
static const char *const visits[] = {"2023-10-10", "2023-10-17"};

typedef struct {
    int64_t order, units;
    size_t row;
    bool exempt;
} ordered_t;

static size_t make_orders(ordered_t *orders, size_t cap)
{
    size_t count = 0;
    for (size_t row = 0; row < KOSZALIN_ROWS; row++) {
        const char *service = koszalin[row].service;
        int64_t left = koszalin[row].quantity;
        for (int person = 0; left > 0; person++) {
            int64_t units = left < koszalin[row].a_person ? left : koszalin[row].a_person;
            int64_t granted = made_grant(made_person(person % 3 != 0, 0, 1948, false), service,
                                         units * 1000, "2023-10-02", "2023-12-29");
            left -= units;
            for (int visit = 0; units > 0; visit++) {
                int64_t ordered = units < koszalin[row].an_order ? units : koszalin[row].an_order;
                assert_true(count < cap);
                orders[count++] =
                    (ordered_t){made_order(granted, service, ordered * 1000, visits[visit]),
                                ordered * 1000, row, person < koszalin[row].exempt};
                units -= ordered;
            }
        }
    }
    return count;
}

static void koszalin_settles_its_quarter(void **state)
{
    (void)state;
    static ordered_t orders[1200];
    made_open("koszalin", "2023-10-02");
    size_t count = make_orders(orders, sizeof orders / sizeof *orders);
    for (size_t month = 0; month < 3; month++) {
        made_on(months[month]);
        for (size_t i = month; i < count; i += 3) {
            made_deliver(orders[i].order, koszalin[orders[i].row].service, orders[i].units,
                         orders[i].exempt);
        }
    }
    table_t money = table_read("money", "2023-10-01", "2023-12-31");
    table_t services = table_read("services", "2023-10-01", "2023-12-31");
    table_t providers = table_read("providers", "2023-10-01", "2023-12-31");
    table_t budget = table_read("budget", "2023-10-01", "2023-12-31");

    int64_t value = 0;
    for (size_t row = 0; row < KOSZALIN_ROWS; row++) {
        const char *service = koszalin[row].service;
        assert_int_equal(koszalin[row].price * koszalin[row].quantity, koszalin[row].value);
        assert_int_equal(table_at(&services, service, NULL, "delivered"),
                         koszalin[row].quantity * 1000);
        assert_int_equal(table_at(&providers, service, NULL, "value"), koszalin[row].value);
        value += koszalin[row].value;
    }
    assert_int_equal(value, VALUE);
    assert_int_equal(table_sum(&money, "value"), VALUE);
    assert_int_equal(table_sum(&money, "before_relief"), BEFORE);
    assert_int_equal(table_sum(&money, "relief"), RELIEF);
    assert_int_equal(table_sum(&money, "relieved"), EXEMPT);
    assert_int_equal(table_sum(&money, "fee"), FEES);
    assert_int_equal(table_sum(&money, "outstanding"), FEES);
    assert_int_equal(table_sum(&money, "charges"), count);
    assert_int_equal(table_at(&budget, "last-quarter-2023", NULL, "planned"), VALUE);
    assert_int_equal(table_at(&budget, "last-quarter-2023", NULL, "committed"), VALUE);
    assert_int_equal(table_at(&budget, "last-quarter-2023", NULL, "spent"), VALUE);
    assert_int_equal(table_at(&budget, "last-quarter-2023", NULL, "left"), 0);
    printf("proved: %zu orders settled for 76 000.00 zł; fees 13 288.00 zł, 1 912.00 zł exempt\n",
           count);
    table_free(&money);
    table_free(&services);
    table_free(&providers);
    table_free(&budget);
    made_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(goleniow_prints_its_totals),
                                       cmocka_unit_test(koszalin_settles_its_quarter)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
