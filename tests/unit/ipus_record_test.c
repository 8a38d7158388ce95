/* The record in memory keeps what the port promises. */
#include "record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static memory_t *memory;

static int set_up(void **state)
{
    (void)state;
    memory = memory_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_free(memory);
    return 0;
}

static int64_t add_person(const char *pesel, int64_t household)
{
    ipus_record_t *record = memory_record(memory);
    ipus_row_t row = {.kind = IPUS_PERSON};
    ipus_set_text(&row, PERSON_FAMILY_NAME, SPAN("Nowak"));
    ipus_set_text(&row, PERSON_PESEL, span_of(pesel));
    if (household != 0) {
        ipus_set(&row, PERSON_HOUSEHOLD, household);
    }
    assert_int_equal(record->add(record->context, &row, 7), IPUS_FINE);
    return row.id;
}

typedef struct {
    int64_t ids[8];
    size_t count, most;
} found_t;

static bool note(void *of, const ipus_row_t *row)
{
    found_t *found = of;
    found->ids[found->count++] = row->id;
    return found->count < found->most;
}

static found_t find(const ipus_query_t *query)
{
    found_t found = {.most = 8};
    ipus_record_t *record = memory_record(memory);
    assert_int_equal(record->find(record->context, query, note, &found), IPUS_FINE);
    return found;
}

static void rows_have_versions_and_sealed_values_are_locked(void **state)
{
    (void)state;
    ipus_record_t *record = memory_record(memory);
    int64_t id = add_person("44051401458", 0);
    ipus_row_t row, stale;
    assert_int_equal(record->get(record->context, IPUS_PERSON, id, false, &row), IPUS_FINE);
    stale = row;
    assert_int_equal(row.version, 1);
    assert_int_equal(row.made_at, 7);
    assert_int_equal(row.at[PERSON_PESEL].is, IPUS_LOCKED);
    assert_int_equal(row.at[PERSON_PHONE].is, IPUS_NONE);
    ipus_set(&row, PERSON_SEX, 1);
    ipus_clear(&row, PERSON_FAMILY_NAME);
    assert_int_equal(record->set(record->context, &row, 9), IPUS_FINE);
    assert_int_equal(row.version, 2);
    assert_int_equal(record->set(record->context, &stale, 9), IPUS_STALE);
    assert_true(memory_row(memory, IPUS_PERSON, id, &row));
    assert_true(span_equal(ipus_text(&row, PERSON_PESEL), SPAN("44051401458")));
    assert_int_equal(ipus_number(&row, PERSON_SEX), 1);
    assert_false(ipus_has(&row, PERSON_FAMILY_NAME));
    assert_int_equal(row.changed_at, 9);
    assert_int_equal(record->get(record->context, IPUS_PERSON, id + 1, false, &row), IPUS_ABSENT);
}

static void rows_are_found_by_value_range_and_order(void **state)
{
    (void)state;
    ipus_record_t *record = memory_record(memory);
    for (int64_t i = 0; i < 6; i++) {
        ipus_row_t row = {.kind = IPUS_PLAN};
        ipus_set(&row, PLAN_PERSON, i % 2);
        ipus_set_date(&row, PLAN_ENDS, (date_t){(int32_t)(100 + i)});
        assert_int_equal(record->add(record->context, &row, 0), IPUS_FINE);
    }
    ipus_query_t query = IPUS_QUERY(IPUS_PLAN);
    assert_int_equal(find(&query).count, 6);
    ipus_query_equal(&query, PLAN_PERSON, 1);
    found_t found = find(&query);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.ids[0], 2);
    query.descending = true;
    query.after = 6;
    query.limit = 1;
    found = find(&query);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.ids[0], 4);
    query = IPUS_QUERY(IPUS_PLAN);
    query.range = PLAN_ENDS;
    query.from = INT64_MIN;
    query.to = 102;
    found = find(&query);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.ids[2], 3);
    query = IPUS_QUERY(IPUS_PLAN);
    ipus_query_equal(&query, PLAN_AMENDS, IPUS_NULL);
    query.after = 4;
    assert_int_equal(find(&query).count, 2);
    int64_t person = add_person("44051401458", 0), known = 0;
    assert_int_equal(record->person(record->context, PERSON_PESEL, SPAN("44051401458"), &known),
                     IPUS_FINE);
    assert_int_equal(known, person);
    assert_int_equal(record->person(record->context, PERSON_DOCUMENT, SPAN("44051401458"), &known),
                     IPUS_ABSENT);
}

static void a_pool_is_taken_up_to_its_cap_and_beyond_when_told(void **state)
{
    (void)state;
    ipus_record_t *record = memory_record(memory);
    const ipus_pool_t pool = {SPAN("any"), {0}, {364}};
    int64_t taken = 0, over = 0;
    assert_int_equal(record->take(record->context, &pool, 4000, 0, 5000, &taken), IPUS_FINE);
    assert_int_equal(record->take(record->context, &pool, 2000, 0, 5000, &taken), IPUS_USED_UP);
    assert_int_equal(taken, 4000);
    assert_int_equal(record->take(record->context, &pool, 2000, 1000, 5000, &taken), IPUS_FINE);
    assert_int_equal(memory_taken(memory, &pool, &over), 5000);
    assert_int_equal(over, 1000);
    assert_int_equal(record->take(record->context, &pool, -3000, 0, 5000, &taken), IPUS_FINE);
    assert_int_equal(taken, 2000);
}

static void a_rollback_leaves_nothing(void **state)
{
    (void)state;
    ipus_record_t *record = memory_record(memory);
    int64_t first = add_person("44051401458", 5), number = 0, taken = 0;
    assert_int_equal(record->series(record->context, "plan", 2026, &number), IPUS_FINE);
    memory_commit(memory);
    uint64_t before = memory_hash(memory);
    const ipus_pool_t pool = {SPAN("any"), {0}, {364}};
    memory_begin(memory);
    ipus_row_t row;
    assert_int_equal(record->get(record->context, IPUS_PERSON, first, true, &row), IPUS_FINE);
    ipus_set(&row, PERSON_HOUSEHOLD, 6);
    ipus_set_text(&row, PERSON_PESEL, SPAN("02070803628"));
    assert_int_equal(record->set(record->context, &row, 0), IPUS_FINE);
    assert_int_equal(record->set(record->context, &row, 0), IPUS_FINE);
    int64_t second = add_person("90010112345", 5);
    assert_int_equal(record->series(record->context, "plan", 2026, &number), IPUS_FINE);
    assert_int_equal(number, 2);
    assert_int_equal(record->take(record->context, &pool, 1000, 0, 5000, &taken), IPUS_FINE);
    const ipus_entry_t entry = {.kind = IPUS_PERSON, .id = first, .step = "change"};
    assert_int_equal(record->journal(record->context, &entry), IPUS_FINE);
    assert_true(memory_hash(memory) != before);
    memory_rollback(memory);
    assert_int_equal(memory_hash(memory), before);
    assert_int_equal(memory_count(memory, IPUS_PERSON), 1);
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    ipus_query_equal(&query, PERSON_HOUSEHOLD, 5);
    assert_int_equal(find(&query).count, 1);
    assert_int_equal(add_person("02070803628", 0), second);
    assert_int_equal(record->series(record->context, "plan", 2026, &number), IPUS_FINE);
    assert_int_equal(number, 2);
}

static void a_hundred_thousand_rows_are_found_quickly(void **state)
{
    (void)state;
    ipus_record_t *record = memory_record(memory);
    for (int64_t i = 0; i < 100000; i++) {
        ipus_row_t row = {.kind = IPUS_ORDER};
        ipus_set(&row, ORDER_PERSON, i % 20000);
        ipus_set(&row, ORDER_STATE, i % 8);
        assert_int_equal(record->add(record->context, &row, 0), IPUS_FINE);
    }
    for (int64_t i = 0; i < 100000; i++) {
        ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
        ipus_query_equal(&query, ORDER_STATE, i % 8);
        ipus_query_equal(&query, ORDER_PERSON, i % 20000);
        assert_int_equal(find(&query).ids[0] % 20000, (i % 20000 + 1) % 20000);
    }
}

static void codes_are_the_same_each_time_and_calls_break_when_told(void **state)
{
    (void)state;
    ipus_record_t *record = memory_record(memory);
    char first[12], again[12];
    record->code(record->context, first, sizeof first);
    record->code(record->context, again, sizeof again);
    assert_memory_not_equal(first, again, sizeof first);
    memory_free(memory);
    memory = memory_new();
    record = memory_record(memory);
    record->code(record->context, again, sizeof again);
    assert_memory_equal(first, again, sizeof first);
    memory_break(memory, 2);
    int64_t number = 0;
    assert_int_equal(record->series(record->context, "plan", 2026, &number), IPUS_FINE);
    assert_int_equal(record->series(record->context, "plan", 2026, &number), IPUS_BROKEN);
    assert_int_equal(record->series(record->context, "plan", 2026, &number), IPUS_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(rows_have_versions_and_sealed_values_are_locked),
        TEST(rows_are_found_by_value_range_and_order),
        TEST(a_pool_is_taken_up_to_its_cap_and_beyond_when_told),
        TEST(a_rollback_leaves_nothing),
        TEST(a_hundred_thousand_rows_are_found_quickly),
        TEST(codes_are_the_same_each_time_and_calls_break_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
