/* A random record from the engine: parts add up to totals, days to periods, and nothing changes
 * when people are erased. OKIENKO_REPORT_ORDERS makes a larger one, to time the reports. */
#include "table.h"

/* What one person is granted, and what is ordered of it at a time. */
static const struct {
    const char *service;
    int64_t granted, ordered;
} kinds[] = {{"laundry", 6, 3},
             {"window-cleaning", 6, 3},
             {"made-to-measure-carer", 10, 2},
             {"handyman", 2, 1},
             {"grave-tidying", 2, 1}};
#define KINDS (sizeof kinds / sizeof *kinds)

#define BEGIN "2023-10-02"
#define MIDDLE "2023-10-31"
#define AFTER "2023-11-01"
#define END "2023-12-31"
static const char *const months[] = {"2023-10-24", "2023-11-14", "2023-12-12"};
static const char *const visits[] = {"2023-10-10", "2023-10-11", "2023-10-12", "2023-10-17",
                                     "2023-10-18"};

enum { FEW = 600 };

static uint64_t seed = 20231001;

static int64_t draw(int64_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((seed >> 33) % (uint64_t)below);
}

typedef struct {
    int64_t person, granted, application;
} held_t;

typedef struct {
    int64_t order, units;
    const char *service;
    bool exempt;
    size_t month;
} issued_t;

typedef struct {
    held_t *held;
    issued_t *issued;
    size_t held_count, issued_count;
} life_t;

static void make_person_with_orders(life_t *life, size_t most)
{
    size_t kind = (size_t)draw(KINDS);
    const char *service = kinds[kind].service;
    int64_t person = made_person(draw(3) > 0, (int)draw(5), 1930 + (int)draw(90), draw(2) == 0);
    if (draw(12) == 0) {
        made_decision(person, service, false);
        return;
    }
    int64_t granted = made_grant(person, service, kinds[kind].granted * 1000, BEGIN, "2023-12-29");
    if (granted == 0) {
        return;
    }
    life->held[life->held_count++] = (held_t){person, granted, made.application};
    int64_t visit_count = kinds[kind].granted / kinds[kind].ordered;
    bool exempt = draw(4) == 0;
    for (int64_t visit = 0; visit < visit_count && life->issued_count < most; visit++) {
        int64_t units = kinds[kind].ordered * 1000;
        life->issued[life->issued_count++] =
            (issued_t){made_order(granted, service, units, visits[visit]), units, service, exempt,
                       (size_t)draw(3)};
    }
}

/* Done, called off, or not done with or without somebody there. */
static void carry_out(const issued_t *issued)
{
    int64_t what = draw(10);
    if (what == 0) {
        made_step(IPUS_ORDER, issued->order, "cancel", WITH(TXT(ORDER_REASON, "wyjazd")));
    } else if (what == 1) {
        made_step(IPUS_ORDER, issued->order, "fail",
                  WITH(TXT(ORDER_REASON, "brak"), NUM(ORDER_NO_SHOW, draw(2))));
    } else {
        made_deliver(issued->order, issued->service, issued->units, issued->exempt);
    }
}

/* What is refused (paid too much, nothing due) is left. */
static void pay(int64_t charges)
{
    for (int64_t charge = 1; charge <= charges; charge++) {
        if (draw(2) == 0) {
            made_try(IPUS_PAYMENT, 0, "make",
                     WITH(NUM(PAYMENT_CHARGE, charge), NUM(PAYMENT_ON, made.today.days),
                          NUM(PAYMENT_AMOUNT, 1 + draw(300))));
        }
        if (draw(8) == 0) {
            made_try(IPUS_CORRECTION, 0, "make",
                     WITH(NUM(CORRECTION_CHARGE, charge), NUM(CORRECTION_ON, made.today.days),
                          NUM(CORRECTION_AMOUNT, draw(400) - 200), TXT(CORRECTION_REASON, "błąd")));
        }
        if (draw(20) == 0) {
            made_try(IPUS_CHARGE, charge, "cancel", WITHOUT);
        }
    }
}

/* `beyond`: pools are gone beyond by overrides, as only a large record needs it. */
static life_t make_life(size_t orders, bool beyond)
{
    life_t life = {.held = calloc(orders, sizeof *life.held),
                   .issued = calloc(orders, sizeof *life.issued)};
    assert_true(life.held != NULL && life.issued != NULL);
    made_open("koszalin", BEGIN);
    made.why = beyond ? "pomiar" : NULL;
    for (size_t i = 0; life.issued_count < orders && i < orders; i++) {
        make_person_with_orders(&life, orders);
    }
    for (size_t month = 0; month < 3; month++) {
        made_on(months[month]);
        for (size_t i = 0; i < life.issued_count; i++) {
            if (life.issued[i].month == month) {
                carry_out(&life.issued[i]);
            }
        }
    }
    table_t money = table_read("money", BEGIN, END);
    pay(table_sum(&money, "charges"));
    table_free(&money);
    return life;
}

static void free_life(life_t *life)
{
    free(life->held);
    free(life->issued);
    made_close();
}

static int64_t sum_of(const char *report, const char *column, const char *from, const char *to)
{
    table_t table = table_read(report, from, to);
    int64_t sum = table_sum(&table, column);
    table_free(&table);
    return sum;
}

/* ---- what always holds ----------------------------------------------------------------------- */

static void assert_money_adds_up(void)
{
    table_t money = table_read("money", BEGIN, END);
    int64_t fee = table_sum(&money, "fee"), value = table_sum(&money, "value");
    assert_int_equal(table_sum(&money, "before_relief") - table_sum(&money, "relief"), fee);
    assert_int_equal(fee + table_sum(&money, "corrected"),
                     table_sum(&money, "paid") + table_sum(&money, "outstanding"));
    assert_true(value > 0 && fee > 0 && table_sum(&money, "paid") > 0);
    assert_int_equal(sum_of("providers", "value", BEGIN, END), value);
    assert_int_equal(sum_of("budget", "spent", BEGIN, END), value);
    table_free(&money);
}

static void assert_people_add_up(void)
{
    table_t people = table_read("people", BEGIN, END);
    static const char *const ages[] = {"age_0_6",   "age_7_15",    "age_16_19",
                                       "age_20_30", "age_31_45",   "age_46_60",
                                       "age_61_80", "age_over_80", "age_unknown"};
    int64_t sum = 0, done = table_sum(&people, "services");
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        sum += table_sum(&people, ages[i]);
    }
    assert_int_equal(sum, table_sum(&people, "persons"));
    assert_true(table_sum(&people, "disabled") < sum &&
                sum <= table_sum(&people, "persons_granted"));
    assert_int_equal(done, sum_of("services", "done", BEGIN, END));
    assert_int_equal(done, sum_of("providers", "done", BEGIN, END));
    table_free(&people);
}

static void assert_services_add_up(void)
{
    table_t services = table_read("services", BEGIN, END);
    table_t providers = table_read("providers", BEGIN, END);
    for (size_t i = 0; i < KINDS; i++) {
        const char *service = kinds[i].service;
        int64_t taken = table_at(&services, service, NULL, "taken");
        static const char *const same[] = {"granted", "ordered", "delivered", "done"};
        for (size_t j = 0; j < sizeof same / sizeof *same; j++) {
            assert_int_equal(table_at(&services, service, NULL, same[j]),
                             table_at(&providers, service, "Wykonawca", same[j]));
        }
        assert_int_equal(table_at(&services, service, NULL, "granted"), taken);
        assert_int_equal(table_at(&services, service, NULL, "pool") - taken,
                         table_at(&services, service, NULL, "left"));
        assert_true(table_at(&services, service, NULL, "ordered") <= taken);
        assert_true(table_at(&services, service, NULL, "delivered") <=
                    table_at(&services, service, NULL, "ordered"));
    }
    table_free(&services);
    table_free(&providers);
}

static void assert_days_add_up(void)
{
    static const struct {
        const char *report, *column;
    } sums[] = {{"services", "done"},       {"services", "delivered"}, {"services", "refused"},
                {"providers", "value"},     {"people", "services"},    {"money", "fee"},
                {"money", "outstanding"},   {"budget", "spent"},       {"applications", "count"},
                {"applications", "decided"}};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        assert_int_equal(sum_of(sums[i].report, sums[i].column, BEGIN, END),
                         sum_of(sums[i].report, sums[i].column, BEGIN, MIDDLE) +
                             sum_of(sums[i].report, sums[i].column, AFTER, END));
    }
}

static void parts_add_up(void **state)
{
    (void)state;
    life_t life = make_life(FEW, false);
    assert_money_adds_up();
    assert_people_add_up();
    assert_services_add_up();
    assert_days_add_up();
    printf("proved: sums of %zu orders of %zu grants add up in every report\n", life.issued_count,
           life.held_count);
    free_life(&life);
}

static void erased_people_still_count(void **state)
{
    (void)state;
    life_t life = make_life(FEW, false);
    size_t count = 0, erased = 0;
    for (size_t i = 0; i < life.held_count; i++) {
        made_step(IPUS_GRANTED, life.held[i].granted, "end", WITHOUT);
        made_step(IPUS_APPLICATION, life.held[i].application, "close", WITHOUT);
    }
    const store_report_t *reports = store_reports(&count);
    table_t *before = calloc(count, sizeof *before);
    assert_non_null(before);
    for (size_t i = 0; i < count; i++) {
        before[i] = table_read(reports[i].name, BEGIN, END);
    }
    for (size_t i = 0; i < life.held_count; i++) {
        erased += made_erase(life.held[i].person);
    }
    assert_true(erased > 20);
    for (size_t i = 0; i < count; i++) {
        table_t after = table_read(reports[i].name, BEGIN, END);
        assert_true(table_equal(&before[i], &after));
        table_free(&after);
        table_free(&before[i]);
    }
    printf("proved: %zu reports are the same after %zu people were erased\n", count, erased);
    free(before);
    free_life(&life);
}

static void reports_are_fast(void **state)
{
    (void)state;
    const char *wanted = getenv("OKIENKO_REPORT_ORDERS");
    size_t orders = wanted != NULL ? (size_t)strtoul(wanted, NULL, 10) : FEW, count = 0;
    life_t life = make_life(orders, wanted != NULL);
    clock_port_t *clock = clock_system();
    const store_report_t *reports = store_reports(&count);
    for (size_t i = 0; i < count; i++) {
        uint64_t began = clock->monotonic(clock);
        table_t table = table_read(reports[i].name, BEGIN, END);
        uint64_t took = (clock->monotonic(clock) - began) / 1000;
        printf("%s: %zu rows of %zu orders in %.1f ms\n", reports[i].name, table.count,
               life.issued_count, (double)took / 1000);
        assert_true(took < 1000000);
        table_free(&table);
    }
    free_life(&life);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts_add_up),
                                       cmocka_unit_test(erased_people_still_count),
                                       cmocka_unit_test(reports_are_fast)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
