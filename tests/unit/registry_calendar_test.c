/* Open days, notice, periods and pools. */
#include "registry_build.h"

#include "registry/left.h"

static const registry_closed_t closed_days[] = {
    {.from = {20447}, .to = {20448}}, /* 2025-12-25 and 26, a Thursday and a Friday */
    {.from = {20448}, .to = {20453}}, /* to 2025-12-31 */
};

static registry_programme_t programme_of(void)
{
    return (registry_programme_t){.from = day("2023-10-01"),
                                  .to = day("2026-09-30"),
                                  .closed = closed_days,
                                  .closed_count = 2};
}

/* Monday to Friday 8 to 16, Saturday 8 to 12. */
static const registry_hours_t week[] = {{.weekdays = 0x1f, .from = 480, .to = 960},
                                        {.weekdays = 0x20, .from = 480, .to = 720}};

static void a_service_is_open_in_its_hours(void **state)
{
    (void)state;
    registry_programme_t programme = programme_of();
    registry_service_t service = {.from = day("2023-10-01"), .hours = week, .hours_count = 2};
    const registry_closed_t *closed = closed_days;
    assert_int_equal(day("2025-12-25").days, 20447);
    assert_true(registry_open_on(&programme, &service, day("2025-12-24"), &closed));
    assert_null(closed);
    assert_false(registry_open_on(&programme, &service, day("2025-12-25"), &closed));
    assert_ptr_equal(closed, &closed_days[0]);
    assert_false(registry_open_on(&programme, &service, day("2025-12-31"), &closed));
    assert_ptr_equal(closed, &closed_days[1]);
    assert_true(registry_open_on(&programme, &service, day("2026-01-03"), NULL));
    assert_false(registry_open_on(&programme, &service, day("2026-01-04"), &closed));
    assert_null(closed);
    service.hours_count = 0;
    assert_true(registry_open_on(&programme, &service, day("2026-01-04"), NULL));
    assert_true(registry_open_on(&programme, &service, day("2023-10-01"), NULL));
    assert_false(registry_open_on(&programme, &service, day("2023-09-30"), NULL));
    assert_true(registry_open_on(&programme, &service, day("2026-09-30"), NULL));
    assert_false(registry_open_on(&programme, &service, day("2026-10-01"), NULL));
    service.from = day("2024-01-01");
    assert_false(registry_open_on(&programme, &service, day("2023-12-31"), NULL));
}

static void assert_earliest(const registry_service_t *service, const char *on, const char *expected)
{
    registry_programme_t programme = programme_of();
    date_t earliest = registry_earliest(&programme, service, day(on));
    assert_int_equal(earliest.days, expected != NULL ? day(expected).days : DATE_NONE.days);
}

static void the_earliest_day_counts_notice_and_closure(void **state)
{
    (void)state;
    registry_service_t service = {.from = day("2023-10-01"), .hours = week, .hours_count = 1};
    assert_earliest(&service, "2025-12-24", "2025-12-24");
    assert_earliest(&service, "2025-12-25", "2026-01-01");
    assert_earliest(&service, "2026-01-03", "2026-01-05");
    assert_earliest(&service, "2020-01-01", "2023-10-02");
    assert_earliest(&service, "2026-09-30", "2026-09-30");
    assert_earliest(&service, "2026-10-01", NULL);
    service.order_ahead = PARAMETER("order_ahead", row_of("2025-01-01", NULL, VALUE_INTEGER, 3));
    assert_earliest(&service, "2025-12-22", "2026-01-01");
    assert_earliest(&service, "2025-12-19", "2025-12-22");
    assert_earliest(&service, "2026-09-27", "2026-09-30");
    assert_earliest(&service, "2026-09-28", NULL);
    assert_earliest(&service, "2024-12-31", NULL); /* no row on the day of ordering */
    service.order_ahead = NULL;
    service.hours = &(registry_hours_t){.weekdays = 0};
    assert_earliest(&service, "2025-12-22", NULL);
}

static void the_next_version_opens_on_its_own_days(void **state)
{
    (void)state;
    const registry_hours_t sunday = {.weekdays = 0x40}, monday = {.weekdays = 0x01};
    const registry_service_t versions[] = {
        {.id = SPAN("a"), .from = day("2023-10-01"), .hours = &sunday, .hours_count = 1},
        {.id = SPAN("a"), .from = day("2024-06-01"), .hours = &monday, .hours_count = 1},
    };
    registry_programme_t programme = programme_of();
    programme.services = versions;
    programme.service_count = 2;
    /* Saturday 1 June 2024 follows Friday; the Sunday after it is no longer open. */
    date_t earliest = registry_earliest(&programme, &versions[0], day("2024-05-31"));
    assert_int_equal(earliest.days, day("2024-06-03").days);
}

static void assert_period(registry_per_t per, const char *on, const char *from, const char *to)
{
    registry_programme_t programme = programme_of();
    date_t first = DATE_NONE, last = DATE_NONE;
    registry_period(&programme, per, day(on), &first, &last);
    assert_int_equal(first.days, day(from).days);
    assert_int_equal(last.days, day(to).days);
}

static void limits_count_in_calendar_periods(void **state)
{
    (void)state;
    assert_period(PER_VISIT, "2024-02-29", "2024-02-29", "2024-02-29");
    assert_period(PER_DAY, "2024-02-29", "2024-02-29", "2024-02-29");
    assert_period(PER_WEEK, "2024-12-31", "2024-12-30", "2025-01-05");
    assert_period(PER_WEEK, "2025-01-05", "2024-12-30", "2025-01-05");
    assert_period(PER_MONTH, "2024-02-10", "2024-02-01", "2024-02-29");
    assert_period(PER_MONTH, "2023-12-31", "2023-12-01", "2023-12-31");
    assert_period(PER_QUARTER, "2024-03-31", "2024-01-01", "2024-03-31");
    assert_period(PER_QUARTER, "2024-10-01", "2024-10-01", "2024-12-31");
    assert_period(PER_YEAR, "2024-07-01", "2024-01-01", "2024-12-31");
    assert_period(PER_PROGRAMME, "2024-07-01", "2023-10-01", "2026-09-30");
}

static int64_t taken_from(void *context, const registry_programme_t *programme,
                          const registry_service_t *service, date_t from, date_t to)
{
    (void)programme;
    (void)service;
    assert_int_equal(from.days, day("2024-01-01").days);
    assert_int_equal(to.days, day("2024-12-31").days);
    return *(int64_t *)context;
}

static void what_is_left_of_a_pool(void **state)
{
    (void)state;
    registry_programme_t programme = programme_of();
    registry_service_t service = {0};
    assert_false(
        registry_left(&programme, &service, day("2024-05-01"), &registry_usage_none).has_pool);
    registry_row_t row = row_of("2024-01-01", NULL, VALUE_INTEGER, 944);
    row.per = PER_YEAR;
    row.of = POOL_OF_PERSONS;
    service.pool = PARAMETER("pool", row);
    int64_t taken = 900;
    const registry_usage_t usage = {.taken = taken_from, .context = &taken};
    registry_left_t left = registry_left(&programme, &service, day("2024-05-01"), &usage);
    assert_true(left.has_pool);
    assert_int_equal(left.left, 44);
    assert_int_equal(left.of, POOL_OF_PERSONS);
    assert_true(span_equal(registry_pool_form(NULL, left.of, left.left, LANG_PL), SPAN("osoby")));
    assert_true(span_equal(registry_pool_form(NULL, left.of, 1, LANG_EN), SPAN("person")));
    assert_int_equal(left.taken, 900);
    taken = 950; /* the pool was made smaller after that many were taken */
    assert_int_equal(registry_left(&programme, &service, day("2024-05-01"), &usage).left, 0);
    left = registry_left(&programme, &service, day("2024-05-01"), &registry_usage_none);
    assert_int_equal(left.left, 944);
    assert_false(registry_left(&programme, &service, day("2023-12-31"), &usage).has_pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_is_open_in_its_hours),
        cmocka_unit_test(the_earliest_day_counts_notice_and_closure),
        cmocka_unit_test(the_next_version_opens_on_its_own_days),
        cmocka_unit_test(limits_count_in_calendar_periods),
        cmocka_unit_test(what_is_left_of_a_pool),
    };
    return cmocka_run_group_tests_name("registry: calendar", tests, NULL, build_end);
}
