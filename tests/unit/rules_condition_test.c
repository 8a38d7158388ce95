/* Conditions: Kleene's tables in full, every comparison at its ends, dated parameters, units, free
 * functions, faults. */
#include "rules_build.h"

static world_t world;

static const rules_answer_t answers[] = {RULES_NO, RULES_YES, RULES_UNKNOWN};

/* What the tables say, from how many children answer how. */
static rules_answer_t by_the_table(registry_node_kind_t kind, int no, int yes, int unknown)
{
    switch (kind) {
    case NODE_ALL:
        return no > 0 ? RULES_NO : unknown > 0 ? RULES_UNKNOWN : RULES_YES;
    case NODE_ANY:
        return yes > 0 ? RULES_YES : unknown > 0 ? RULES_UNKNOWN : RULES_NO;
    default:
        return yes > 0 ? RULES_NO : unknown > 0 ? RULES_UNKNOWN : RULES_YES;
    }
}

static void try_table(registry_node_kind_t kind, const int facts[3], const int given[3])
{
    int counts[3] = {0, 0, 0};
    begin(&world, "2024-03-01");
    world.service.check_count = 0;
    for (int i = 0; i < 3; i++) {
        counts[given[i]]++;
        if (answers[given[i]] != RULES_UNKNOWN) {
            give(&world, facts[i], answers[given[i]] == RULES_YES);
        }
    }
    const registry_node_t *tree =
        GROUP(kind, reason(&world, "a", is(facts[0])), reason(&world, "b", is(facts[1])),
              reason(&world, "c", is(facts[2])));
    assert_int_equal(answer_to(&world, tree), by_the_table(kind, counts[0], counts[1], counts[2]));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(world.decision.checks[i], answers[given[i]]);
    }
}

static void kleene_tables_hold_for_three_children(void **state)
{
    (void)state;
    world_init(&world);
    const int facts[] = {add_fact(&world, "a", FACT_BOOLEAN), add_fact(&world, "b", FACT_BOOLEAN),
                         add_fact(&world, "c", FACT_BOOLEAN)};
    for (int number = 0; number < 27; number++) {
        const int given[] = {number / 9, number / 3 % 3, number % 3};
        try_table(NODE_ALL, facts, given);
        try_table(NODE_ANY, facts, given);
        try_table(NODE_NONE, facts, given);
    }
}

static void groups_without_children_are_what_logic_says(void **state)
{
    (void)state;
    world_init(&world);
    begin(&world, "2024-03-01");
    assert_int_equal(answer_to(&world, build_group(NODE_ALL, NULL, 0)), RULES_YES);
    assert_int_equal(answer_to(&world, build_group(NODE_ANY, NULL, 0)), RULES_NO);
    assert_int_equal(answer_to(&world, build_group(NODE_NONE, NULL, 0)), RULES_YES);
    assert_int_equal(answer_to(&world, NULL), RULES_YES);
}

/* "n" for no and "y" for yes with one less than `low`, it, one more, … to one more than `high`. */
static void assert_ends(const registry_node_t *node, int fact, int64_t from, const char *expected)
{
    for (size_t i = 0; expected[i] != '\0'; i++) {
        begin(&world, "2024-03-01");
        give(&world, fact, from + (int64_t)i);
        assert_int_equal(answer_to(&world, node), expected[i] == 'y' ? RULES_YES : RULES_NO);
    }
    begin(&world, "2024-03-01");
    assert_int_equal(answer_to(&world, node), RULES_UNKNOWN);
}

static void comparisons_hold_to_their_ends(void **state)
{
    (void)state;
    world_init(&world);
    int age = add_fact(&world, "age", FACT_INTEGER);
    int choice = add_fact(&world, "choice", FACT_CHOICE);
    static const registry_term_t values[4] = {{.id = TEXT("a")}, {.id = TEXT("b")}};
    world.facts[choice].values = (registry_terms_t){values, 4};
    assert_ends(leaf(NODE_AT_LEAST, age, 75), age, 74, "nyy");
    assert_ends(leaf(NODE_AT_MOST, age, 75), age, 74, "yyn");
    assert_ends(leaf(NODE_EQUALS, age, 75), age, 74, "nyn");
    assert_ends(leaf(NODE_BEFORE, age, 75), age, 74, "ynn");
    assert_ends(leaf(NODE_AFTER, age, 75), age, 74, "nny");
    assert_ends(between(age, 6, 8), age, 5, "nyyyn");
    assert_ends(leaf(NODE_EQUALS, choice, 2), choice, 0, "nnyn");
    const registry_node_t one_of = {
        .kind = NODE_ONE_OF, .fact = choice, .members = (const int64_t[]){1, 3}, .member_count = 2};
    assert_ends(&one_of, choice, 0, "nyny");
    int money = add_fact(&world, "income", FACT_MONEY);
    assert_ends(leaf(NODE_AT_MOST, money, 100000), money, 99999, "yyn");
    int date = add_fact(&world, "date", FACT_DATE);
    int32_t days = day("2024-02-29").days;
    assert_ends(leaf(NODE_BEFORE, date, days), date, days - 1, "ynn");
    assert_ends(leaf(NODE_AFTER, date, days), date, days - 1, "nny");
    int flag = add_fact(&world, "flag", FACT_BOOLEAN);
    assert_ends(is(flag), flag, 0, "ny");
    assert_ends(leaf(NODE_EQUALS, flag, 0), flag, 0, "yn");
}

static void units_are_compared_exactly(void **state)
{
    (void)state;
    world_init(&world);
    int whole = add_fact(&world, "rooms", FACT_INTEGER);
    int part = add_fact(&world, "hours", FACT_DECIMAL);
    world.facts[whole].min = -10;
    /* Thousandths in the row, whole numbers given, and the other way round. */
    assert_ends(leaf_by(NODE_AT_LEAST, whole, always(VALUE_DECIMAL, 2500)), whole, 2, "nyy");
    assert_ends(leaf_by(NODE_AT_MOST, whole, always(VALUE_DECIMAL, 2500)), whole, 2, "ynn");
    assert_ends(leaf_by(NODE_EQUALS, whole, always(VALUE_DECIMAL, 2500)), whole, 2, "nnn");
    assert_ends(leaf_by(NODE_EQUALS, whole, always(VALUE_DECIMAL, 3000)), whole, 2, "nyn");
    assert_ends(leaf_by(NODE_AT_LEAST, whole, always(VALUE_DECIMAL, -1500)), whole, -3, "nnyy");
    assert_ends(leaf_by(NODE_AT_LEAST, part, always(VALUE_INTEGER, 2)), part, 1999, "nyy");
    assert_ends(leaf_by(NODE_EQUALS, part, always(VALUE_INTEGER, 2)), part, 1999, "nyn");
    assert_ends(leaf_by(NODE_AT_LEAST, part, always(VALUE_DECIMAL, 2500)), part, 2499, "nyy");
    assert_ends(leaf(NODE_AT_MOST, part, 2500), part, 2499, "yyn");
    /* No multiplication may pass what fits. */
    world.facts[whole].max = INT64_MAX;
    begin(&world, "2024-03-01");
    give(&world, whole, INT64_MAX);
    assert_int_equal(
        answer_to(&world, leaf_by(NODE_AT_LEAST, whole, always(VALUE_DECIMAL, INT64_MAX))),
        RULES_YES);
    assert_int_equal(
        answer_to(&world, leaf_by(NODE_AT_MOST, part, always(VALUE_INTEGER, INT64_MAX))),
        RULES_UNKNOWN);
}

static void a_choice_may_be_compared_with_a_parameter(void **state)
{
    (void)state;
    world_init(&world);
    static const registry_term_t values[] = {{.id = TEXT("3261011")}, {.id = TEXT("other")}};
    int commune = add_fact(&world, "commune", FACT_CHOICE);
    world.facts[commune].values = (registry_terms_t){values, 2};
    registry_row_t row = row_of("2023-10-01", NULL, VALUE_TEXT, 0);
    row.value.text = SPAN("other");
    assert_ends(leaf_by(NODE_EQUALS, commune, PARAMETER("home", row)), commune, 0, "ny");
    row.value.text = SPAN("nowhere");
    assert_ends(leaf_by(NODE_EQUALS, commune, PARAMETER("home", row)), commune, 0, "nn");
}

static void parameters_are_those_of_the_day(void **state)
{
    (void)state;
    world_init(&world);
    int age = add_fact(&world, "age", FACT_INTEGER);
    const registry_parameter_t *old_age =
        PARAMETER("old_age", row_of("2024-01-01", "2024-12-31", VALUE_INTEGER, 70),
                  row_of("2025-01-01", "2025-12-31", VALUE_INTEGER, 75));
    world.service.eligibility = leaf_by(NODE_AT_LEAST, age, old_age);
    const struct {
        const char *on;
        int64_t age;
        rules_answer_t expected;
    } rows[] = {{"2024-01-01", 70, RULES_YES}, {"2024-01-01", 69, RULES_NO},
                {"2024-12-31", 70, RULES_YES}, {"2025-01-01", 70, RULES_NO},
                {"2025-01-01", 75, RULES_YES}, {"2025-12-31", 75, RULES_YES}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin(&world, rows[i].on);
        give(&world, age, rows[i].age);
        assert_int_equal(decide(&world)->outcome, rows[i].expected);
    }
    const char *const outside[] = {"2023-12-31", "2026-01-01"};
    for (size_t i = 0; i < 2; i++) {
        begin(&world, outside[i]);
        give(&world, age, 99);
        assert_fault(&world, RULES_OUTSIDE_ROWS);
        assert_ptr_equal(world.fault.parameter, old_age);
        begin(&world, outside[i]);
        assert_fault(&world, RULES_OUTSIDE_ROWS); /* whatever is known */
    }
}

static void the_first_fault_in_the_text_is_told(void **state)
{
    (void)state;
    world_init(&world);
    int a = add_fact(&world, "a", FACT_INTEGER);
    const registry_parameter_t *first =
        PARAMETER("first", row_of("2025-01-01", NULL, VALUE_INTEGER, 1));
    const registry_parameter_t *second =
        PARAMETER("second", row_of("2025-01-01", NULL, VALUE_INTEGER, 1));
    world.service.eligibility =
        ANY(reason(&world, "yes", leaf(NODE_AT_LEAST, a, 0)),
            ALL(leaf_by(NODE_AT_LEAST, a, first), leaf_by(NODE_AT_LEAST, a, second)));
    begin(&world, "2024-12-31");
    give(&world, a, 5);
    assert_fault(&world, RULES_OUTSIDE_ROWS);
    assert_ptr_equal(world.fault.parameter, first);
    registry_node_t ends = {.kind = NODE_BETWEEN,
                            .fact = a,
                            .low = {.number = 1},
                            .high = {.parameter = second},
                            .line = 17};
    world.service.eligibility = &ends;
    assert_fault(&world, RULES_OUTSIDE_ROWS);
    assert_ptr_equal(world.fault.parameter, second);
    assert_int_equal(world.fault.line, 17);
}

static void conditions_nested_too_deep_are_a_fault(void **state)
{
    (void)state;
    world_init(&world);
    const registry_node_t *node = is(add_fact(&world, "a", FACT_BOOLEAN));
    for (int i = 0; i < 200; i++) {
        node = i % 2 == 0 ? ALL(node) : ANY(node);
    }
    begin(&world, "2024-03-01");
    assert_int_equal(answer_to(&world, node), RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "a");
    for (int i = 0; i < 100; i++) {
        node = NONE(node);
    }
    world.service.eligibility = node;
    assert_fault(&world, RULES_FUNCTION);
}

/* ---- free functions -------------------------------------------------------------------------- */

typedef struct {
    int fact;
    int calls;
    bool fails;
    const registry_service_t *service;
} plugin_t;

/* "At least 3", as a plugin's function would say it. */
static bool at_least_three(void *context, int function, rules_case_t *of, rules_answer_t *answer,
                           int *missing, rules_fault_t *fault)
{
    plugin_t *plugin = context;
    assert_true(function >= 7);
    plugin->calls++;
    plugin->service = of->service;
    if (plugin->fails) {
        fault->code = RULES_FUNCTION;
        fault->line = 12;
        return false;
    }
    const rules_fact_t *fact = &of->facts[plugin->fact];
    *missing = plugin->fact;
    *answer = !fact->known ? RULES_UNKNOWN : fact->number >= 3 ? RULES_YES : RULES_NO;
    return true;
}

static void a_free_function_answers_through_the_port(void **state)
{
    (void)state;
    world_init(&world);
    plugin_t plugin = {.fact = add_fact(&world, "household", FACT_INTEGER)};
    world.functions = (rules_functions_t){.condition = at_least_three, .context = &plugin};
    world.service.eligibility = ALL(reason(&world, "many", by_function(7)));
    begin(&world, "2024-03-01");
    assert_int_equal(decide(&world)->outcome, RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "household");
    assert_int_equal(plugin.calls, 1);
    assert_ptr_equal(plugin.service, &world.service);
    give(&world, plugin.fact, 3);
    assert_int_equal(decide(&world)->outcome, RULES_YES);
    begin(&world, "2024-03-01");
    give(&world, plugin.fact, 2);
    assert_int_equal(decide(&world)->outcome, RULES_NO);
    assert_int_equal(world.decision.checks[0], RULES_NO);
    plugin.fails = true;
    assert_fault(&world, RULES_FUNCTION);
    assert_int_equal(world.fault.line, 12);
    world.functions.condition = NULL;
    assert_fault(&world, RULES_FUNCTION);
}

/* A check may be a function without a node of its own. */
static void a_check_may_be_a_function(void **state)
{
    (void)state;
    world_init(&world);
    plugin_t plugin = {.fact = add_fact(&world, "household", FACT_INTEGER)};
    world.functions = (rules_functions_t){.condition = at_least_three, .context = &plugin};
    const registry_node_t node = {.kind = NODE_CHECK, .function = 7, .check = 0};
    world.service.check_count = 1;
    world.service.eligibility = NONE(&node);
    begin(&world, "2024-03-01");
    assert_int_equal(decide(&world)->outcome, RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "household");
    give(&world, plugin.fact, 3);
    assert_int_equal(decide(&world)->outcome, RULES_NO);
    assert_true(world.decision.decisive[0]);
}

/* However many there are and however deep they stand: what is not known is looked at many times. */
static void each_free_function_is_called_once(void **state)
{
    (void)state;
    world_init(&world);
    plugin_t plugin = {.fact = add_fact(&world, "household", FACT_INTEGER)};
    world.functions = (rules_functions_t){.condition = at_least_three, .context = &plugin};
    const registry_node_t *tree = ANY(by_function(7));
    for (int i = 1; i < RULES_CHECKS_MAX; i++) {
        const registry_node_t *one = by_function(7 + i);
        tree = i % 4 == 0 ? ALL(ANY(tree), ANY(one)) : ANY(tree, one);
        tree = i > 20 && i % 4 == 0 ? NONE(tree) : tree;
    }
    world.service.eligibility = ALL(reason(&world, "many", tree));
    begin(&world, "2024-03-01");
    assert_int_equal(decide(&world)->outcome, RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "household");
    assert_int_equal(plugin.calls, RULES_CHECKS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kleene_tables_hold_for_three_children),
        cmocka_unit_test(groups_without_children_are_what_logic_says),
        cmocka_unit_test(comparisons_hold_to_their_ends),
        cmocka_unit_test(units_are_compared_exactly),
        cmocka_unit_test(a_choice_may_be_compared_with_a_parameter),
        cmocka_unit_test(parameters_are_those_of_the_day),
        cmocka_unit_test(the_first_fault_in_the_text_is_told),
        cmocka_unit_test(conditions_nested_too_deep_are_a_fault),
        cmocka_unit_test(a_free_function_answers_through_the_port),
        cmocka_unit_test(a_check_may_be_a_function),
        cmocka_unit_test(each_free_function_is_called_once),
    };
    return cmocka_run_group_tests_name("rules: conditions", tests, NULL, build_end);
}
