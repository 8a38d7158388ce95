/* The record as a port: every function of it, and every way in which it says no. */
#include "world.h"

static bool rows_are_versioned(ipus_record_t *record, void *of)
{
    (void)of;
    int64_t person = world_person(record, "Zofia", "Łęcka", "44051401458");
    ipus_row_t row, stale, absent;
    assert_int_equal(record->get(record->context, IPUS_PERSON, person, false, &row), IPUS_FINE);
    stale = row;
    ipus_set(&row, PERSON_SEX, 0);
    assert_int_equal(record->set(record->context, &row, NOW + 1), IPUS_FINE);
    assert_int_equal(row.version, 2);
    ipus_set(&stale, PERSON_SEX, 1);
    assert_int_equal(record->set(record->context, &stale, NOW + 2), IPUS_STALE);
    assert_int_equal(record->get(record->context, IPUS_PERSON, person, true, &row), IPUS_FINE);
    assert_int_equal(ipus_number(&row, PERSON_SEX), 0);
    assert_int_equal(row.made_at, NOW);
    assert_int_equal(row.changed_at, NOW + 1);
    /* What was locked when it was set is there still. */
    assert_true(span_equal(ipus_text(&row, PERSON_FAMILY_NAME), SPAN("Łęcka")));
    assert_int_equal(record->get(record->context, IPUS_PERSON, person + 1, false, &absent),
                     IPUS_ABSENT);
    absent = row;
    absent.id = person + 1;
    assert_int_equal(record->set(record->context, &absent, NOW), IPUS_ABSENT);
    return true;
}

static void a_row_has_its_versions(void **state)
{
    (void)state;
    assert_int_equal(world_write(rows_are_versioned, NULL), STORE_DONE);
}

static bool people_are_unique(ipus_record_t *record, void *of)
{
    (void)of;
    int64_t first = world_person(record, "Zofia", "Łęcka", "44051401458"), id = 0;
    ipus_row_t row = {.kind = IPUS_PERSON};
    ipus_set_text(&row, PERSON_GIVEN_NAME, SPAN("Anna"));
    ipus_set_text(&row, PERSON_FAMILY_NAME, SPAN("Nowak"));
    ipus_set_text(&row, PERSON_PESEL, SPAN("44051401458"));
    ipus_set(&row, PERSON_STATE, 0);
    assert_int_equal(record->add(record->context, &row, NOW), IPUS_TWICE);
    assert_int_equal(record->person(record->context, PERSON_PESEL, SPAN("44051401458"), &id),
                     IPUS_FINE);
    assert_int_equal(id, first);
    assert_int_equal(record->person(record->context, PERSON_PESEL, SPAN("44051401459"), &id),
                     IPUS_ABSENT);
    ipus_clear(&row, PERSON_PESEL);
    ipus_set_text(&row, PERSON_DOCUMENT, SPAN("AB 12-3456"));
    assert_int_equal(record->add(record->context, &row, NOW), IPUS_FINE);
    assert_int_equal(record->person(record->context, PERSON_DOCUMENT, SPAN("ab123456"), &id),
                     IPUS_FINE);
    assert_int_equal(id, row.id);
    /* Somebody else's number cannot be taken on later; one's own may be set again. */
    ipus_set_text(&row, PERSON_PESEL, SPAN("44051401458"));
    assert_int_equal(record->set(record->context, &row, NOW), IPUS_TWICE);
    ipus_set_text(&row, PERSON_PESEL, SPAN("02070803628"));
    assert_int_equal(record->set(record->context, &row, NOW), IPUS_FINE);
    assert_int_equal(record->set(record->context, &row, NOW), IPUS_FINE);
    ipus_clear(&row, PERSON_DOCUMENT);
    assert_int_equal(record->set(record->context, &row, NOW), IPUS_FINE);
    assert_int_equal(record->person(record->context, PERSON_DOCUMENT, SPAN("ab123456"), &id),
                     IPUS_ABSENT);
    ipus_row_t account = {.kind = IPUS_ACCOUNT};
    world_account(record, "anna");
    ipus_set_text(&account, ACCOUNT_LOGIN, SPAN("anna"));
    ipus_set_text(&account, ACCOUNT_NAME, SPAN("Anna"));
    ipus_set(&account, ACCOUNT_ROLE, 0);
    ipus_set(&account, ACCOUNT_STATE, 0);
    assert_int_equal(record->add(record->context, &account, NOW), IPUS_TWICE);
    return true;
}

static void nobody_is_there_twice(void **state)
{
    (void)state;
    assert_int_equal(world_write(people_are_unique, NULL), STORE_DONE);
}

/* ---- finding --------------------------------------------------------------------------------- */

typedef struct {
    ipus_record_t *record;
    int64_t ids[64];
    size_t count, most;
} found_t;

static bool note(void *of, const ipus_row_t *row)
{
    found_t *found = of;
    found->ids[found->count++] = row->id;
    return found->count < found->most;
}

static size_t find(ipus_record_t *record, const ipus_query_t *query, found_t *found)
{
    *found = (found_t){.record = record, .most = 64};
    assert_int_equal(record->find(record->context, query, note, found), IPUS_FINE);
    return found->count;
}

static bool settle_and_look(void *of, const ipus_row_t *row)
{
    found_t *found = of, inner;
    ipus_row_t copy = *row;
    ipus_set(&copy, ORDER_STATE, 6);
    assert_int_equal(found->record->set(found->record->context, &copy, NOW), IPUS_FINE);
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_STATE, 6);
    found->count++;
    assert_int_equal(find(found->record, &query, &inner), found->count);
    return true;
}

static bool queries(ipus_record_t *record, void *of)
{
    (void)of;
    int64_t one = world_person(record, "Jan", "Nowak", "44051401458");
    int64_t other = world_person(record, "Ewa", "Nowak", "02070803628");
    int64_t granted = world_granted(record, one), theirs = world_granted(record, other);
    for (int i = 0; i < 10; i++) {
        world_order(record, i % 2 ? granted : theirs, i % 2 ? one : other);
    }
    found_t found;
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    assert_int_equal(find(record, &query, &found), 10);
    ipus_query_equal(&query, ORDER_PERSON, one);
    ipus_query_equal(&query, ORDER_STATE, 0);
    ipus_query_text(&query, ORDER_SERVICE, SPAN("windows"));
    ipus_query_equal(&query, ORDER_ITEM, IPUS_NULL);
    assert_int_equal(find(record, &query, &found), 5);
    assert_true(found.ids[0] < found.ids[1]);
    query.descending = true;
    query.limit = 2;
    assert_int_equal(find(record, &query, &found), 2);
    assert_true(found.ids[0] > found.ids[1]);
    query.after = found.ids[1];
    assert_int_equal(find(record, &query, &found), 2);
    assert_true(query.after > found.ids[0]);
    query = IPUS_QUERY(IPUS_ORDER);
    query.after = 4;
    query.limit = 3;
    assert_int_equal(find(record, &query, &found), 3);
    assert_int_equal(found.ids[0], 5);
    query = IPUS_QUERY(IPUS_ORDER);
    query.range = ORDER_ANSWER_BY;
    query.from = INT64_MIN;
    query.to = 19089;
    assert_int_equal(find(record, &query, &found), 0);
    query.to = 19090;
    assert_int_equal(find(record, &query, &found), 10);
    query.from = 19090;
    query.to = INT64_MAX;
    assert_int_equal(find(record, &query, &found), 10);
    /* Rows may be changed while they are gone through. */
    query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_STATE, 0);
    found = (found_t){.record = record};
    assert_int_equal(record->find(record->context, &query, settle_and_look, &found), IPUS_FINE);
    assert_int_equal(found.count, 10);
    assert_int_equal(find(record, &query, &found), 0);
    return true;
}

static void rows_are_found(void **state)
{
    (void)state;
    assert_int_equal(world_write(queries, NULL), STORE_DONE);
}

/* ---- counting -------------------------------------------------------------------------------- */

static bool takes(ipus_record_t *record, void *of)
{
    (void)of;
    const ipus_pool_t pool = {SPAN("windows"), {19000}, {19364}};
    int64_t taken = -1;
    for (int i = 1; i <= 5; i++) {
        assert_int_equal(record->take(record->context, &pool, 1000, 0, 5500, &taken), IPUS_FINE);
        assert_int_equal(taken, i * 1000);
    }
    assert_int_equal(record->take(record->context, &pool, 1000, 0, 5500, &taken), IPUS_USED_UP);
    assert_int_equal(taken, 5000);
    assert_int_equal(record->take(record->context, &pool, 2000, 1500, 5500, &taken), IPUS_FINE);
    /* What is beyond the pool is counted apart: 5500 of the 7000 are of the pool. */
    assert_int_equal(taken, 5500);
    assert_int_equal(record->take(record->context, &pool, 1, 0, 5500, &taken), IPUS_USED_UP);
    assert_int_equal(record->take(record->context, &pool, -2000, -1500, 5500, &taken), IPUS_FINE);
    assert_int_equal(record->take(record->context, &pool, 0, 0, 0, &taken), IPUS_FINE); /* asks */
    assert_int_equal(taken, 5000);
    assert_int_equal(record->take(record->context, &pool, -5000, 0, 0, &taken), IPUS_FINE);
    assert_int_equal(taken, 0);
    const ipus_pool_t next = {SPAN("windows"), {19365}, DATE_NEVER};
    assert_int_equal(record->take(record->context, &next, 1, 0, 0, &taken), IPUS_USED_UP);
    return true;
}

static void pools_have_an_end(void **state)
{
    (void)state;
    assert_int_equal(world_write(takes, NULL), STORE_DONE);
}

static bool gives_too_much(ipus_record_t *record, void *of)
{
    (void)of;
    const ipus_pool_t pool = {SPAN("windows"), {19000}, {19364}};
    int64_t taken = 0;
    assert_int_equal(record->take(record->context, &pool, -1, 0, 10, &taken), IPUS_BROKEN);
    return true;
}

static bool numbers(ipus_record_t *record, void *of)
{
    int64_t from = *(const int64_t *)of, number = 0;
    for (int64_t i = 1; i <= 3; i++) {
        assert_int_equal(record->series(record->context, "plan", 2026, &number), IPUS_FINE);
        assert_int_equal(number, from + i);
    }
    if (from == 0) {
        assert_int_equal(record->series(record->context, "plan", 2027, &number), IPUS_FINE);
        assert_int_equal(number, 1);
    }
    char code[20] = {0};
    record->code(record->context, code, 12);
    assert_int_equal(strlen(code), 12);
    return true;
}

static void numbers_run_on(void **state)
{
    (void)state;
    int64_t from = 0;
    assert_int_equal(world_write(gives_too_much, NULL), STORE_BROKEN);
    assert_int_equal(world_write(numbers, &from), STORE_DONE);
    world_reopen();
    from = 3;
    assert_int_equal(world_write(numbers, &from), STORE_DONE);
}

/* ---- what is refused ------------------------------------------------------------------------- */

static bool dangles(ipus_record_t *record, void *of)
{
    (void)of;
    ipus_row_t row = {.kind = IPUS_RELATION};
    ipus_set(&row, RELATION_PERSON, 99);
    ipus_set(&row, RELATION_OTHER, 98);
    ipus_set(&row, RELATION_ROLE, 0);
    assert_int_equal(record->add(record->context, &row, NOW), IPUS_ABSENT);
    return false;
}

static bool lacks(ipus_record_t *record, void *of)
{
    (void)of;
    ipus_row_t row = {.kind = IPUS_MEETING};
    assert_int_equal(record->add(record->context, &row, NOW), IPUS_BROKEN);
    return true;
}

static bool locks(ipus_record_t *record, void *of)
{
    (void)of;
    ipus_row_t row = {.kind = IPUS_VOLUNTEER};
    row.at[VOLUNTEER_NAME].is = IPUS_LOCKED;
    assert_int_equal(record->add(record->context, &row, NOW), IPUS_BROKEN);
    return true;
}

static bool lists_only(ipus_record_t *record, void *of)
{
    found_t found;
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    *(size_t *)of = find(record, &query, &found);
    return true;
}

static bool adds_and_refuses(ipus_record_t *record, void *of)
{
    (void)of;
    int64_t taken = 0;
    const ipus_pool_t pool = {SPAN("windows"), {19000}, {19364}};
    world_person(record, "Jan", "Nowak", "44051401458");
    assert_int_equal(record->take(record->context, &pool, 1, 0, 10, &taken), IPUS_FINE);
    return false;
}

static bool is_first(ipus_record_t *record, void *of)
{
    (void)of;
    assert_int_equal(world_person(record, "Jan", "Nowak", "44051401458"), 1);
    return true;
}

static bool numbers_alone(ipus_record_t *record, void *of)
{
    (void)of;
    int64_t number = 0;
    assert_int_equal(record->series(record->context, "plan", 2026, &number), IPUS_BROKEN);
    return true;
}

static void what_is_refused_leaves_nothing(void **state)
{
    (void)state;
    size_t count = 9;
    assert_int_equal(world_write(dangles, NULL), STORE_REFUSED);
    assert_int_equal(world_write(lacks, NULL), STORE_BROKEN);
    assert_int_equal(world_write(locks, NULL), STORE_BROKEN);
    assert_int_equal(world_write(adds_and_refuses, NULL), STORE_REFUSED);
    assert_int_equal(world_read(lists_only, &count), STORE_DONE);
    assert_int_equal(count, 0);
    assert_int_equal(world_write(is_first, NULL), STORE_DONE);
    /* A reader writes nothing. */
    assert_int_equal(world_read(numbers_alone, NULL), STORE_BROKEN);
}

/* ---- names ----------------------------------------------------------------------------------- */

static size_t named(ipus_record_t *record, const char *text, int64_t *first)
{
    int64_t ids[8];
    size_t count = 0;
    assert_int_equal(store_people_named(record, span_of(text), ids, 8, &count), IPUS_FINE);
    *first = count > 0 ? ids[0] : 0;
    return count;
}

static bool names(ipus_record_t *record, void *of)
{
    (void)of;
    int64_t first = 0;
    int64_t zofia = world_person(record, "Zofia Maria", "Łęcka-Wiśniewska", "44051401458");
    int64_t jan = world_person(record, "Jan", "Wiśniewski", "02070803628");
    world_person(record, "Li", "Wu", NULL);
    assert_int_equal(named(record, "wis", &first), 2);
    assert_int_equal(named(record, "WIŚNIEWSKI", &first), 1);
    assert_int_equal(first, jan);
    assert_int_equal(named(record, "wisniewsk", &first), 2);
    assert_int_equal(named(record, "łęc zof", &first), 1);
    assert_int_equal(first, zofia);
    assert_int_equal(named(record, "maria wisniewska", &first), 1);
    assert_int_equal(named(record, "wisniewska jan", &first), 0);
    assert_int_equal(named(record, "li", &first), 1);
    assert_int_equal(named(record, "zo", &first), 0);
    assert_int_equal(named(record, " ", &first), 0);
    /* A changed name is found by, and the other one as before. */
    ipus_row_t row;
    assert_int_equal(record->get(record->context, IPUS_PERSON, zofia, false, &row), IPUS_FINE);
    ipus_set_text(&row, PERSON_FAMILY_NAME, SPAN("Nowak"));
    assert_int_equal(record->set(record->context, &row, NOW), IPUS_FINE);
    assert_int_equal(named(record, "lec", &first), 0);
    assert_int_equal(named(record, "nowak maria", &first), 1);
    return true;
}

static void people_are_found_by_name(void **state)
{
    (void)state;
    assert_int_equal(world_write(names, NULL), STORE_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_has_its_versions, world_make, world_remove),
        cmocka_unit_test_setup_teardown(nobody_is_there_twice, world_make, world_remove),
        cmocka_unit_test_setup_teardown(rows_are_found, world_make, world_remove),
        cmocka_unit_test_setup_teardown(pools_have_an_end, world_make, world_remove),
        cmocka_unit_test_setup_teardown(numbers_run_on, world_make, world_remove),
        cmocka_unit_test_setup_teardown(what_is_refused_leaves_nothing, world_make, world_remove),
        cmocka_unit_test_setup_teardown(people_are_found_by_name, world_make, world_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
