/* Cases: PESEL, bounds of given facts, what is derived of what. */
#include "rules_build.h"

static world_t world;

static void assert_pesel(int64_t number, const char *birth, bool woman)
{
    date_t date = DATE_NONE;
    bool is_woman = !woman;
    assert_int_equal(rules_pesel(number, &date, &is_woman), RULES_VALUE_FINE);
    assert_int_equal(date.days, day(birth).days);
    assert_int_equal(is_woman, woman);
}

static rules_value_t pesel_fault(int64_t number)
{
    date_t date = DATE_NONE;
    bool woman = false;
    return rules_pesel(number, &date, &woman);
}

static void pesel_tells_birth_and_sex(void **state)
{
    (void)state;
    assert_pesel(INT64_C(44051401458), "1944-05-14", false);
    assert_pesel(INT64_C(99923100014), "1899-12-31", false);
    assert_pesel(INT64_C(410100086), "2100-01-01", true);
    assert_pesel(INT64_C(99723100094), "2299-12-31", false);
}

static void impossible_pesels_are_refused(void **state)
{
    (void)state;
    assert_int_equal(pesel_fault(0), RULES_VALUE_BAD_DATE); /* its checksum is right */
    assert_int_equal(pesel_fault(-1), RULES_VALUE_TOO_SMALL);
    assert_int_equal(pesel_fault(INT64_MIN), RULES_VALUE_TOO_SMALL);
    assert_int_equal(pesel_fault(INT64_C(100000000000)), RULES_VALUE_TOO_LARGE);
    assert_int_equal(pesel_fault(INT64_C(44051401459)), RULES_VALUE_CHECKSUM);
}

/* All weights have no factor in common with ten, so that one wrong digit always shows. */
static void one_wrong_digit_always_shows(void **state)
{
    (void)state;
    const int64_t valid[] = {INT64_C(44051401458), INT64_C(99923100014), INT64_C(410100086),
                             INT64_C(99723100094)};
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++) {
        for (int64_t place = 1; place <= INT64_C(10000000000); place *= 10) {
            int64_t digit = valid[i] / place % 10;
            for (int64_t other = 0; other < 10; other++) {
                rules_value_t value = pesel_fault(valid[i] + (other - digit) * place);
                assert_int_equal(value == RULES_VALUE_FINE, other == digit);
                assert_true(other == digit || value == RULES_VALUE_CHECKSUM);
            }
        }
    }
}

/* The check digit put behind ten digits. */
static int64_t with_check_digit(int64_t ten)
{
    static const int weights[] = {3, 1, 9, 7, 3, 1, 9, 7, 3, 1};
    int64_t rest = ten, sum = 0;
    for (int i = 0; i < 10; i++, rest /= 10) {
        sum += rest % 10 * weights[i];
    }
    return ten * 10 + (10 - sum % 10) % 10;
}

static void months_carry_their_century(void **state)
{
    (void)state;
    for (int coded = 0; coded < 100; coded++) {
        int month = coded % 20;
        rules_value_t value =
            pesel_fault(with_check_digit(INT64_C(5000150123) + coded * INT64_C(1000000)));
        assert_int_equal(value == RULES_VALUE_FINE, month >= 1 && month <= 12);
    }
    assert_pesel(with_check_digit(INT64_C(22290124)), "2000-02-29", true);
    assert_int_equal(pesel_fault(with_check_digit(INT64_C(2290124))), RULES_VALUE_BAD_DATE);
}

/* ---- giving ---------------------------------------------------------------------------------- */

static void given_facts_keep_to_their_bounds(void **state)
{
    (void)state;
    world_init(&world);
    static const registry_term_t values[3] = {{.id = TEXT("a")}};
    int windows = add_fact(&world, "windows", FACT_INTEGER);
    int hours = add_fact(&world, "hours", FACT_DECIMAL);
    int choice = add_fact(&world, "choice", FACT_CHOICE);
    int flag = add_fact(&world, "flag", FACT_BOOLEAN);
    world.facts[windows].min = 1;
    world.facts[windows].max = 40;
    world.facts[hours].step = 500;
    world.facts[choice].values = (registry_terms_t){values, 3};
    begin(&world, "2024-03-01");
    assert_int_equal(rules_case_set(&world.of, windows, 0), RULES_VALUE_TOO_SMALL);
    assert_int_equal(rules_case_set(&world.of, windows, 41), RULES_VALUE_TOO_LARGE);
    assert_false(world.of.facts[windows].known);
    give(&world, windows, 1);
    give(&world, windows, 40);
    assert_int_equal(rules_case_set(&world.of, hours, 1250), RULES_VALUE_STEP);
    give(&world, hours, 1500);
    assert_int_equal(rules_case_set(&world.of, choice, 3), RULES_VALUE_TOO_LARGE);
    assert_int_equal(rules_case_set(&world.of, choice, -1), RULES_VALUE_TOO_SMALL);
    give(&world, choice, 2);
    assert_int_equal(rules_case_set(&world.of, flag, 2), RULES_VALUE_TOO_LARGE);
    give(&world, flag, 1);
    begin(&world, "2024-03-01");
    for (size_t i = 0; i < world.programme.fact_count; i++) {
        assert_false(world.of.facts[i].known);
    }
}

/* ---- deriving -------------------------------------------------------------------------------- */

/* pesel, birth_date, age and sex, declared in an order in which each stands on a later one. */
typedef struct {
    int adult, age, sex, birth_date, pesel;
} person_t;

static person_t person_of(void)
{
    person_t person = {0, 1, 2, 3, 4};
    world_init(&world);
    add_condition(&world, "adult", leaf(NODE_AT_LEAST, person.age, 18));
    add_derived(&world, "age", FACT_INTEGER, DERIVE_YEARS_SINCE, person.birth_date);
    add_derived(&world, "sex", FACT_CHOICE, DERIVE_PESEL_SEX, person.pesel);
    add_derived(&world, "birth_date", FACT_DATE, DERIVE_PESEL_BIRTH_DATE, person.pesel);
    add_fact(&world, "pesel", FACT_PESEL);
    world.facts[person.birth_date].asked = true;
    world.facts[person.pesel].asked = false;
    world.facts[person.sex].derive_values[0] = 5;
    world.facts[person.sex].derive_values[1] = 6;
    return person;
}

static void everything_follows_from_pesel(void **state)
{
    (void)state;
    person_t person = person_of();
    begin(&world, "2024-05-13");
    give(&world, person.pesel, INT64_C(44051401458));
    assert_int_equal(rules_case_derive(&world.of), -1);
    assert_int_equal(world.of.facts[person.birth_date].number, day("1944-05-14").days);
    assert_int_equal(world.of.facts[person.age].number, 79);
    assert_int_equal(world.of.facts[person.sex].number, 6);
    assert_true(world.of.facts[person.adult].known);
    assert_int_equal(world.of.facts[person.adult].number, 1);
    begin(&world, "2100-01-01");
    give(&world, person.pesel, INT64_C(410100086));
    assert_int_equal(rules_case_derive(&world.of), -1);
    assert_int_equal(world.of.facts[person.sex].number, 5);
    assert_int_equal(world.of.facts[person.age].number, 0);
    assert_int_equal(world.of.facts[person.adult].number, 0);
}

/* The bounds of a birth date hold, by whichever way it is told. */
static void what_follows_keeps_to_its_bounds(void **state)
{
    (void)state;
    person_t person = person_of();
    world.facts[person.birth_date].min = day("1900-01-01").days;
    world.facts[person.birth_date].max = day("2100-12-31").days;
    begin(&world, "2024-05-13");
    assert_int_equal(rules_case_set(&world.of, person.birth_date, day("1899-12-31").days),
                     RULES_VALUE_TOO_SMALL);
    assert_int_equal(rules_case_set(&world.of, person.pesel, INT64_C(99923100014)),
                     RULES_VALUE_BAD_DATE);
    assert_int_equal(rules_case_set(&world.of, person.pesel, INT64_C(44051401458)),
                     RULES_VALUE_FINE);
}

static void age_changes_on_the_birthday(void **state)
{
    (void)state;
    person_t person = person_of();
    const struct {
        const char *birth, *on;
        rules_answer_t adult;
    } rows[] = {{"2006-03-02", "2024-03-01", RULES_NO},
                {"2006-03-02", "2024-03-02", RULES_YES},
                {"2004-02-29", "2022-02-27", RULES_NO},
                {"2004-02-29", "2022-02-28", RULES_YES}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin(&world, rows[i].on);
        give(&world, person.birth_date, day(rows[i].birth).days);
        assert_int_equal(answer_to(&world, is(person.adult)), rows[i].adult);
    }
}

static void what_differs_from_what_is_derived_is_told(void **state)
{
    (void)state;
    person_t person = person_of();
    begin(&world, "2024-03-01");
    give(&world, person.pesel, INT64_C(44051401458));
    give(&world, person.birth_date, day("1944-05-15").days);
    assert_int_equal(rules_case_derive(&world.of), person.birth_date);
    begin(&world, "2024-03-01");
    give(&world, person.pesel, INT64_C(44051401458));
    give(&world, person.birth_date, day("1944-05-14").days);
    assert_int_equal(rules_case_derive(&world.of), -1);
}

static void nobody_is_born_after_the_day(void **state)
{
    (void)state;
    person_t person = person_of();
    int since = add_fact(&world, "resident_until", FACT_DATE);
    begin(&world, "2024-03-01");
    assert_int_equal(rules_case_set(&world.of, person.birth_date, day("2024-03-02").days),
                     RULES_VALUE_BAD_DATE);
    give(&world, person.birth_date, day("2024-03-01").days);
    give(&world, since, day("2030-01-01").days);
    assert_int_equal(rules_case_set(&world.of, person.pesel, INT64_C(99723100094)),
                     RULES_VALUE_BAD_DATE);
    assert_int_equal(rules_case_set(&world.of, person.pesel, INT64_C(44051401459)),
                     RULES_VALUE_CHECKSUM);
    assert_int_equal(rules_case_set(&world.of, person.age, 80), RULES_VALUE_DERIVED);
    assert_int_equal(rules_case_set(&world.of, person.adult, 1), RULES_VALUE_DERIVED);
}

static void unknown_stays_unknown(void **state)
{
    (void)state;
    person_t person = person_of();
    begin(&world, "2024-03-01");
    assert_int_equal(rules_case_derive(&world.of), -1);
    for (int i = 0; i <= person.pesel; i++) {
        assert_false(world.of.facts[i].known);
    }
    assert_int_equal(answer_to(&world, NONE(is(person.adult))), RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "birth_date");
}

/* Deriving cannot fail; the fault is told by the decision that needs the fact, and by no other. */
static void a_derived_condition_outside_its_rows_is_told_where_needed(void **state)
{
    (void)state;
    world_init(&world);
    int age = add_fact(&world, "age", FACT_INTEGER);
    const registry_parameter_t *old_age =
        PARAMETER("old_age", row_of("2025-01-01", NULL, VALUE_INTEGER, 75));
    int old = add_condition(&world, "old", leaf_by(NODE_AT_LEAST, age, old_age));
    begin(&world, "2024-03-01");
    give(&world, age, 80);
    assert_int_equal(answer_to(&world, leaf(NODE_AT_LEAST, age, 18)), RULES_YES);
    world.service.eligibility = is(old);
    assert_fault(&world, RULES_OUTSIDE_ROWS);
    assert_ptr_equal(world.fault.parameter, old_age);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pesel_tells_birth_and_sex),
        cmocka_unit_test(impossible_pesels_are_refused),
        cmocka_unit_test(one_wrong_digit_always_shows),
        cmocka_unit_test(months_carry_their_century),
        cmocka_unit_test(given_facts_keep_to_their_bounds),
        cmocka_unit_test(everything_follows_from_pesel),
        cmocka_unit_test(what_follows_keeps_to_its_bounds),
        cmocka_unit_test(age_changes_on_the_birthday),
        cmocka_unit_test(what_differs_from_what_is_derived_is_told),
        cmocka_unit_test(nobody_is_born_after_the_day),
        cmocka_unit_test(unknown_stays_unknown),
        cmocka_unit_test(a_derived_condition_outside_its_rows_is_told_where_needed),
    };
    return cmocka_run_group_tests_name("rules: cases", tests, NULL, build_end);
}
