/* What is left, whether it is open, the earliest day and the queue as one answer. */
#include "registry_build.h"

#include "tell/tell.h"

typedef struct {
    int64_t taken_in_may, taken_later, waiting;
} record_t;

static int64_t taken(void *context, const registry_programme_t *programme,
                     const registry_service_t *service, date_t from, date_t to)
{
    (void)programme;
    (void)service;
    (void)to;
    const record_t *record = context;
    return date_equal(from, day("2024-05-01")) ? record->taken_in_may : record->taken_later;
}

static int64_t waiting(void *context, const registry_programme_t *programme,
                       const registry_service_t *service)
{
    (void)programme;
    (void)service;
    return ((const record_t *)context)->waiting;
}

/* Of a service with a pool of 12 a month, open Monday to Friday, asked on Friday 2024-05-31, with
 * so many days of notice. */
static tell_left_t left_of(record_t *record, int notice)
{
    static const registry_hours_t week[] = {{.weekdays = 0x1f, .from = 480, .to = 960}};
    const registry_programme_t programme = {.from = day("2023-10-01"), .to = day("2024-07-31")};
    const registry_usage_t usage = {.taken = taken, .context = record, .waiting = waiting};
    registry_row_t pool = row_of("2023-10-01", NULL, VALUE_INTEGER, 12);
    pool.per = PER_MONTH;
    registry_service_t service = {.from = day("2023-10-01"), .hours = week, .hours_count = 1};
    service.pool = PARAMETER("pool", pool);
    service.order_ahead =
        PARAMETER("order_ahead", row_of("2023-10-01", NULL, VALUE_INTEGER, notice));
    const tell_t tell = {&programme, &usage, day("2024-05-31"), LANG_PL};
    return tell_left(&tell, &service, true);
}

static void assert_day(date_t date, const char *expected)
{
    assert_int_equal(date.days, expected != NULL ? day(expected).days : DATE_NONE.days);
}

static void something_left_can_be_had(void **state)
{
    (void)state;
    tell_left_t left = left_of(&(record_t){.taken_in_may = 11}, 0);
    assert_true(left.available);
    assert_true(left.open);
    assert_int_equal(left.pool.left, 1);
    assert_day(left.earliest, "2024-05-31");
}

static void a_used_up_period_leaves_the_next_one(void **state)
{
    (void)state;
    tell_left_t left = left_of(&(record_t){.taken_in_may = 12}, 0);
    assert_false(left.available);
    assert_int_equal(left.pool.left, 0);
    assert_day(left.earliest, "2024-06-03"); /* the first of June is a Saturday */
}

static void no_day_is_told_when_no_period_has_anything(void **state)
{
    (void)state;
    tell_left_t left = left_of(&(record_t){.taken_in_may = 12, .taken_later = 12}, 0);
    assert_false(left.available);
    assert_day(left.earliest, NULL);
}

/* Today's period has something, but notice leads into one that has not. */
static void the_earliest_days_own_period_counts(void **state)
{
    (void)state;
    tell_left_t left = left_of(&(record_t){.taken_in_may = 11, .taken_later = 12}, 3);
    assert_int_equal(left.pool.left, 1);
    assert_day(left.earliest, NULL);
    assert_false(left.available);
}

static void who_waits_goes_first(void **state)
{
    (void)state;
    tell_left_t left = left_of(&(record_t){.taken_in_may = 10, .waiting = 3}, 0);
    assert_int_equal(left.waiting, 3);
    assert_int_equal(left.pool.left, 2);
    assert_false(left.available);
    assert_day(left.earliest, NULL);
}

static void a_record_that_does_not_open_promises_nothing(void **state)
{
    (void)state;
    tell_left_t left = left_of(&(record_t){.taken_in_may = -1, .taken_later = -1}, 0);
    assert_false(left.pool.known);
    assert_false(left.available);
    assert_day(left.earliest, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(something_left_can_be_had),
        cmocka_unit_test(a_used_up_period_leaves_the_next_one),
        cmocka_unit_test(no_day_is_told_when_no_period_has_anything),
        cmocka_unit_test(the_earliest_days_own_period_counts),
        cmocka_unit_test(who_waits_goes_first),
        cmocka_unit_test(a_record_that_does_not_open_promises_nothing),
    };
    return cmocka_run_group_tests_name("tell: what is left", tests, NULL, build_end);
}
