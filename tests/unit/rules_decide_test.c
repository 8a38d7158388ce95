/* Whole decisions: on which checks they rest, what is missing and in which order, what a service
 * may ever ask. */
#include "rules_build.h"

static world_t world;

/* The window cleaning of the guide: a resident who is dependent, or severely disabled, or old and
 * alone, and no glass that cannot be reached safely. */
typedef struct {
    int resident, dependent, severe, birth_date, age, alone, unsafe;
} windows_t;

static windows_t window_cleaning(void)
{
    world_init(&world);
    windows_t facts = {.resident = add_fact(&world, "resident", FACT_BOOLEAN),
                       .dependent = add_fact(&world, "dependent", FACT_BOOLEAN),
                       .severe = add_fact(&world, "severe", FACT_BOOLEAN),
                       .birth_date = add_fact(&world, "birth_date", FACT_DATE),
                       .alone = add_fact(&world, "alone", FACT_BOOLEAN),
                       .unsafe = add_fact(&world, "unsafe", FACT_BOOLEAN)};
    facts.age = add_derived(&world, "age", FACT_INTEGER, DERIVE_YEARS_SINCE, facts.birth_date);
    const registry_node_t *resident = reason(&world, "resident", is(facts.resident));
    const registry_node_t *dependent = reason(&world, "dependent", is(facts.dependent));
    const registry_node_t *severe = reason(&world, "severe", is(facts.severe));
    const registry_node_t *old_alone =
        reason(&world, "old-alone", ALL(leaf(NODE_AT_LEAST, facts.age, 75), is(facts.alone)));
    const registry_node_t *unsafe = reason(&world, "unsafe", is(facts.unsafe));
    world.service.eligibility = ALL(resident, ANY(dependent, severe, old_alone), NONE(unsafe));
    begin(&world, "2024-03-01");
    return facts;
}

static void the_outcome_rests_on_these_checks(void **state)
{
    (void)state;
    windows_t facts = window_cleaning();
    decide(&world);
    assert_string_equal(decisive_text(&world), "resident dependent severe old-alone unsafe");
    give(&world, facts.dependent, 1);
    decide(&world);
    assert_string_equal(decisive_text(&world), "resident unsafe");
    give(&world, facts.resident, 1);
    give(&world, facts.unsafe, 0);
    assert_int_equal(decide(&world)->outcome, RULES_YES);
    assert_string_equal(decisive_text(&world), "resident dependent unsafe");
    give(&world, facts.severe, 1);
    decide(&world);
    assert_string_equal(decisive_text(&world), "resident dependent severe unsafe");
    give(&world, facts.unsafe, 1);
    assert_int_equal(decide(&world)->outcome, RULES_NO);
    assert_string_equal(decisive_text(&world), "unsafe");
    give(&world, facts.resident, 0);
    decide(&world);
    assert_string_equal(decisive_text(&world), "resident unsafe");
    begin(&world, "2024-03-01");
    give(&world, facts.dependent, 0);
    give(&world, facts.severe, 0);
    give(&world, facts.alone, 0);
    assert_int_equal(decide(&world)->outcome, RULES_NO);
    assert_string_equal(decisive_text(&world), "dependent severe old-alone");
    assert_int_equal(world.decision.checks[0], RULES_UNKNOWN);
    assert_int_equal(world.decision.checks[3], RULES_NO);
}

static void the_most_deciding_question_comes_first(void **state)
{
    (void)state;
    windows_t facts = window_cleaning();
    decide(&world);
    assert_string_equal(missing_text(&world), "resident unsafe dependent severe birth_date alone");
    give(&world, facts.resident, 1);
    decide(&world);
    assert_string_equal(missing_text(&world), "unsafe dependent severe birth_date alone");
    give(&world, facts.unsafe, 0);
    decide(&world);
    /* One yes settles it; age and living alone need each other. */
    assert_string_equal(missing_text(&world), "dependent severe birth_date alone");
    give(&world, facts.dependent, 0);
    give(&world, facts.severe, 0);
    decide(&world);
    assert_string_equal(missing_text(&world), "birth_date alone");
    give(&world, facts.birth_date, day("1949-03-01").days);
    decide(&world);
    assert_string_equal(missing_text(&world), "alone");
    give(&world, facts.alone, 1);
    assert_int_equal(decide(&world)->outcome, RULES_YES);
    assert_string_equal(missing_text(&world), "");
}

static void decided_branches_ask_nothing(void **state)
{
    (void)state;
    windows_t facts = window_cleaning();
    give(&world, facts.dependent, 1);
    decide(&world);
    assert_string_equal(missing_text(&world), "resident unsafe");
    begin(&world, "2024-03-01");
    give(&world, facts.birth_date, day("1949-03-02").days); /* 74 */
    decide(&world);
    assert_string_equal(missing_text(&world), "resident unsafe dependent severe");
}

/* A fact that stands in two branches may settle both at once, though each takes two facts. */
static void one_fact_may_settle_two_branches(void **state)
{
    (void)state;
    world_init(&world);
    int a = add_fact(&world, "a", FACT_BOOLEAN), b = add_fact(&world, "b", FACT_BOOLEAN);
    int shared = add_fact(&world, "shared", FACT_BOOLEAN);
    begin(&world, "2024-03-01");
    (void)answer_to(&world, ALL(ANY(is(a), is(shared)), ANY(is(b), is(shared))));
    assert_string_equal(missing_text(&world), "shared a b");
}

static void derived_facts_lead_to_asked_ones(void **state)
{
    (void)state;
    world_init(&world);
    int a = add_fact(&world, "a", FACT_BOOLEAN), b = add_fact(&world, "b", FACT_BOOLEAN);
    int c = add_fact(&world, "c", FACT_BOOLEAN);
    int inner = add_condition(&world, "inner", ALL(is(a), is(b)));
    int outer = add_condition(&world, "outer", ANY(is(inner), is(c)));
    begin(&world, "2024-03-01");
    assert_int_equal(answer_to(&world, NONE(is(outer))), RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "c a b");
    give(&world, a, 0);
    assert_int_equal(answer_to(&world, NONE(is(outer))), RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "c");
    assert_int_equal(answer_to(&world, leaf(NODE_EQUALS, inner, 0)), RULES_YES);
    give(&world, c, 1);
    assert_int_equal(answer_to(&world, NONE(is(outer))), RULES_NO);
}

/* Each of forty facts stands twice on the one before: looked into again each time, that would be
 * two to the fortieth looks. */
static void derived_facts_are_looked_into_once(void **state)
{
    (void)state;
    world_init(&world);
    int a = add_fact(&world, "a", FACT_BOOLEAN), b = add_fact(&world, "b", FACT_BOOLEAN);
    int last = add_condition(&world, "first", ANY(is(a), is(b)));
    for (int i = 0; i < 40; i++) {
        last = add_condition(&world, "next", ALL(ANY(is(last), is(a)), ANY(is(b), is(last))));
    }
    begin(&world, "2024-03-01");
    assert_int_equal(answer_to(&world, is(last)), RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "a b");
    give(&world, a, 0);
    assert_int_equal(answer_to(&world, is(last)), RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "b");
    give(&world, b, 1);
    assert_int_equal(answer_to(&world, is(last)), RULES_YES);
}

static void a_fact_nobody_asks_is_not_asked_for(void **state)
{
    (void)state;
    world_init(&world);
    int silent = add_fact(&world, "silent", FACT_BOOLEAN);
    int a = add_fact(&world, "a", FACT_BOOLEAN);
    world.facts[silent].asked = false;
    begin(&world, "2024-03-01");
    assert_int_equal(answer_to(&world, ALL(is(silent), is(a))), RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "a");
    give(&world, a, 1);
    assert_int_equal(answer_to(&world, ALL(is(silent), is(a))), RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "");
    give(&world, silent, 1);
    assert_int_equal(answer_to(&world, ALL(is(silent), is(a))), RULES_YES);
}

/* ---- examples -------------------------------------------------------------------------------- */

static void a_decision_on_examples_says_so(void **state)
{
    (void)state;
    world_init(&world);
    int a = add_fact(&world, "a", FACT_BOOLEAN), age = add_fact(&world, "age", FACT_INTEGER);
    registry_row_t row = row_of("2023-10-01", NULL, VALUE_INTEGER, 75);
    row.basis.example = true;
    const registry_node_t *plain = reason(&world, "plain", is(a));
    const registry_node_t *old =
        reason(&world, "old", leaf_by(NODE_AT_LEAST, age, PARAMETER("old_age", row)));
    world.service.eligibility = ANY(plain, old);
    begin(&world, "2024-03-01");
    give(&world, a, 1);
    give(&world, age, 20);
    assert_false(decide(&world)->example); /* it does not rest on the old age */
    give(&world, a, 0);
    assert_true(decide(&world)->example);
    give(&world, a, 1);
    world.checks[0].basis.example = true;
    assert_true(decide(&world)->example);
    world.checks[0].basis.example = false;
    /* Behind a derived fact as well, known or not. */
    int grown = add_condition(&world, "grown", leaf_by(NODE_AT_LEAST, age, PARAMETER("old", row)));
    world.service.eligibility = ANY(check(0, is(grown)));
    begin(&world, "2024-03-01");
    assert_true(decide(&world)->example);
    give(&world, age, 80);
    assert_int_equal(decide(&world)->outcome, RULES_YES);
    assert_true(world.decision.example);
}

/* ---- questions ------------------------------------------------------------------------------- */

static const char *questions_text(void)
{
    int facts[64];
    size_t len = 0;
    size_t count = rules_questions(&world.programme, &world.service, facts, 64);
    world.text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        len += (size_t)snprintf(world.text + len, sizeof world.text - len, "%s%.*s",
                                i > 0 ? " " : "", SPAN_ARGS(world.facts[facts[i]].id));
    }
    assert_int_equal(rules_questions(&world.programme, &world.service, NULL, 0), count);
    return world.text;
}

static void a_service_knows_its_questions(void **state)
{
    (void)state;
    windows_t facts = window_cleaning();
    int income = add_fact(&world, "income", FACT_MONEY);
    int household = add_fact(&world, "household", FACT_INTEGER);
    int floor = add_fact(&world, "floor", FACT_INTEGER);
    int windows = add_fact(&world, "windows", FACT_INTEGER);
    int poor = add_condition(&world, "poor", leaf(NODE_AT_MOST, income, 100000));
    int asks[] = {floor, windows};
    int read[] = {facts.age, household};
    world.service.asks = asks;
    world.service.ask_count = 2;
    world.service.quantity = windows;
    assert_string_equal(questions_text(),
                        "resident dependent severe birth_date alone unsafe floor windows");
    add_relief(&world, "poor", 100000, is(poor));
    int by_plugin = add_relief(&world, "plugin", 50000, by_function(1));
    world.reliefs[by_plugin].facts = read;
    world.reliefs[by_plugin].fact_count = 2;
    assert_string_equal(
        questions_text(),
        "resident dependent severe birth_date alone unsafe income household floor windows");
    registry_fee_t fee = {.kind = FEE_STEPS, .by = household};
    world.service.fee = &fee;
    world.facts[facts.alone].asked = false;
    assert_string_equal(
        questions_text(),
        "resident dependent severe birth_date unsafe household income floor windows");
}

static void the_waiting_list_counts_what_is_known(void **state)
{
    (void)state;
    world_init(&world);
    int alone = add_fact(&world, "alone", FACT_BOOLEAN);
    int age = add_fact(&world, "age", FACT_INTEGER);
    const registry_criterion_t criteria[] = {
        {.id = SPAN("alone"), .points = 10, .when = is(alone)},
        {.id = SPAN("old"), .points = 5, .when = leaf(NODE_AT_LEAST, age, 80)},
        {.id = SPAN("plugin"), .points = 1, .when = by_function(1)},
    };
    world.service.criteria = criteria;
    world.service.criterion_count = 2;
    rules_answer_t answers[RULES_CRITERIA_MAX];
    int64_t points = -1;
    begin(&world, "2024-03-01");
    give(&world, alone, 1);
    assert_true(rules_waiting(&world.of, &world.service, answers, &points, &world.fault));
    assert_int_equal(points, 10);
    assert_int_equal(answers[1], RULES_UNKNOWN);
    give(&world, age, 80);
    assert_true(rules_waiting(&world.of, &world.service, answers, &points, &world.fault));
    assert_int_equal(points, 15);
    give(&world, alone, 0);
    assert_true(rules_waiting(&world.of, &world.service, answers, &points, &world.fault));
    assert_int_equal(points, 5);
    world.service.criterion_count = 3; /* a function that nobody provides */
    assert_false(rules_waiting(&world.of, &world.service, answers, &points, &world.fault));
    assert_int_equal(world.fault.code, RULES_FUNCTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_outcome_rests_on_these_checks),
        cmocka_unit_test(the_most_deciding_question_comes_first),
        cmocka_unit_test(decided_branches_ask_nothing),
        cmocka_unit_test(one_fact_may_settle_two_branches),
        cmocka_unit_test(derived_facts_lead_to_asked_ones),
        cmocka_unit_test(derived_facts_are_looked_into_once),
        cmocka_unit_test(a_fact_nobody_asks_is_not_asked_for),
        cmocka_unit_test(a_decision_on_examples_says_so),
        cmocka_unit_test(a_service_knows_its_questions),
        cmocka_unit_test(the_waiting_list_counts_what_is_known),
    };
    return cmocka_run_group_tests_name("rules: decisions", tests, NULL, build_end);
}
