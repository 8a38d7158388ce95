/* Fees: shares, flat, steps, free, free functions; reliefs full, partial, dated, unknown; what is
 * refused as absurd. */
#include "rules_build.h"

static world_t world;
static registry_fee_t policy;
static int quantity;

/* A service at a price, with a share of 20 % and a quantity in whole units. */
static void world_of_price(int64_t grosze)
{
    world_init(&world);
    quantity = add_fact(&world, "windows", FACT_INTEGER);
    world.service.quantity = quantity;
    world.service.price = always(VALUE_MONEY, grosze);
    policy = (registry_fee_t){.kind = FEE_SHARE, .percent = {.number = 20000}};
    world.programme.fee = &policy;
    begin(&world, "2024-03-01");
}

static const rules_fee_t *fee(void)
{
    return &decide(&world)->fee;
}

static void assert_known(int64_t grosze)
{
    const rules_fee_t *found = fee();
    assert_int_equal(found->state, RULES_FEE_KNOWN);
    assert_int_equal(found->amount, grosze);
    assert_int_equal(found->least, grosze);
    assert_int_equal(found->most, grosze);
}

static void assert_depends(int64_t least, int64_t most)
{
    const rules_fee_t *found = fee();
    assert_int_equal(found->state, RULES_FEE_DEPENDS);
    assert_int_equal(found->least, least);
    assert_int_equal(found->most, most);
    assert_int_equal(found->amount, -1);
}

static void the_table_of_worked_fees(void **state)
{
    (void)state;
    const struct {
        int64_t price, quantity, fee;
    } rows[] = {{8000, 1, 1600},  {1200, 6, 1440}, {1995, 1, 399}, {37, 1, 7}, {4999, 1, 1000},
                {12345, 1, 2469}, {13, 1, 3},      {13, 3, 8},     {0, 5, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        world_of_price(rows[i].price);
        give(&world, quantity, rows[i].quantity);
        assert_known(rows[i].fee);
        assert_int_equal(world.decision.fee.value, rows[i].price * rows[i].quantity);
        assert_int_equal(world.decision.fee.quantity, rows[i].quantity * 1000);
        assert_int_equal(world.decision.fee.percent, 20000);
        assert_int_equal(world.decision.fee.before_relief, rows[i].fee);
        assert_int_equal(world.decision.fee.relief, -1);
        int exempt = add_relief(&world, "exempt", 100000, NULL);
        assert_known(0);
        assert_int_equal(world.decision.fee.relief, exempt);
        assert_int_equal(world.decision.fee.before_relief, rows[i].fee);
    }
    /* Three lines of 0.13 zł are 0.09 zł together, one of three units 0.08 zł. */
    world_of_price(13);
    give(&world, quantity, 1);
    assert_int_equal(3 * fee()->amount, 9);
}

static void percentages_come_from_rows_of_either_type(void **state)
{
    (void)state;
    world_of_price(1000);
    give(&world, quantity, 1);
    policy.percent.parameter = always(VALUE_INTEGER, 20);
    assert_known(200);
    assert_int_equal(world.decision.fee.percent, 20000);
    assert_non_null(world.decision.fee.percent_row);
    policy.percent.parameter = always(VALUE_DECIMAL, 12500);
    assert_known(125);
    policy.percent.parameter = always(VALUE_DECIMAL, 12345);
    assert_known(123); /* 123.45 */
    world.service.price = always(VALUE_MONEY, 100000);
    assert_known(12345);
    policy.percent.parameter = always(VALUE_INTEGER, INT64_MAX);
    assert_fault(&world, RULES_ABSURD_FEE);
}

static void fractions_of_a_unit_round_once(void **state)
{
    (void)state;
    world_of_price(4001);
    world.facts[quantity].type = FACT_DECIMAL;
    world.facts[quantity].step = 500;
    give(&world, quantity, 1500);
    assert_known(1200); /* 1200.3, of a value of 6001.5 shown as 60.02 */
    assert_int_equal(world.decision.fee.value, 6002);
    world.programme.rounding = MONEY_TO_ZLOTY;
    assert_known(1200);
    give(&world, quantity, 500);
    assert_known(400);
    assert_int_equal(world.decision.fee.value, 2001);
    world_of_price(4250); /* 8.50 zł */
    give(&world, quantity, 1);
    world.programme.rounding = MONEY_TO_ZLOTY;
    assert_known(900);
}

static void the_price_is_that_of_the_day(void **state)
{
    (void)state;
    world_of_price(0);
    registry_row_t second = row_of("2025-01-01", NULL, VALUE_MONEY, 3000);
    second.basis.example = true;
    world.service.price =
        PARAMETER("price", row_of("2024-01-01", "2024-12-31", VALUE_MONEY, 2500), second);
    begin(&world, "2024-12-31");
    assert_known(500);
    assert_false(world.decision.fee.example);
    assert_false(world.decision.example);
    begin(&world, "2025-01-01");
    assert_known(600);
    assert_true(world.decision.fee.example);
    assert_true(world.decision.example);
    begin(&world, "2023-12-31");
    assert_fault(&world, RULES_OUTSIDE_ROWS);
    assert_ptr_equal(world.fault.parameter, world.service.price);
    assert_int_equal(world.decision.fee.state, RULES_FEE_FAULT);
}

static void a_quantity_not_said_is_one_and_asked_for(void **state)
{
    (void)state;
    world_of_price(2500);
    assert_known(500);
    assert_true(world.decision.fee.quantity_assumed);
    assert_string_equal(missing_text(&world), "| windows");
    give(&world, quantity, 4);
    assert_known(2000);
    assert_false(world.decision.fee.quantity_assumed);
    assert_string_equal(missing_text(&world), "");
    world_of_price(2500);
    policy.kind = FEE_FREE;
    assert_known(0);
    assert_string_equal(missing_text(&world), "");
    world.service.quantity = -1;
    policy.kind = FEE_SHARE;
    assert_known(500);
    assert_false(world.decision.fee.quantity_assumed);
}

static void a_flat_fee_counts_units_or_visits(void **state)
{
    (void)state;
    world_of_price(2500);
    policy = (registry_fee_t){.kind = FEE_FLAT, .amount = {.number = 500}, .per = PER_VISIT};
    assert_known(500);
    assert_string_equal(missing_text(&world), "");
    give(&world, quantity, 4);
    assert_known(500);
    assert_int_equal(world.decision.fee.percent, -1);
    policy.per = PER_NONE;
    assert_known(2000);
    policy.amount.parameter = always(VALUE_MONEY, 125);
    assert_known(500);
    registry_fee_t own = {.kind = FEE_FREE};
    world.service.fee = &own;
    assert_known(0);
}

static const registry_parameter_t *steps_of(const registry_step_t *steps, size_t count)
{
    registry_row_t row = row_of("2023-10-01", NULL, VALUE_STEPS, 0);
    row.value.steps = steps;
    row.value.count = count;
    return PARAMETER("steps", row);
}

static void steps_go_by_a_fact(void **state)
{
    (void)state;
    world_of_price(2500);
    give(&world, quantity, 4);
    int income = add_fact(&world, "income", FACT_MONEY);
    static const registry_step_t steps[] = {{.up_to = 100000, .value = 0},
                                            {.up_to = 200000, .value = 1250},
                                            {.up_to = 300000, .of_amount = true, .value = 900},
                                            {.up_to = INT64_MAX, .value = 5000}};
    policy = (registry_fee_t){.kind = FEE_STEPS, .by = income, .steps = steps_of(steps, 4)};
    assert_depends(0, 5000);
    assert_int_equal(world.decision.fee.before_relief, -1);
    assert_string_equal(missing_text(&world), "| income");
    const struct {
        int64_t income, fee, percent;
    } rows[] = {
        {0, 0, 0},          {100000, 0, 0},     {100001, 1250, 12500}, {200000, 1250, 12500},
        {200001, 3600, -1}, {300000, 3600, -1}, {300001, 5000, 50000}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        give(&world, income, rows[i].income);
        assert_known(rows[i].fee);
        assert_int_equal(world.decision.fee.percent, rows[i].percent);
    }
    policy.steps = steps_of(steps, 3); /* no last step: nothing is guessed */
    assert_fault(&world, RULES_ABSURD_FEE);
}

/* ---- reliefs --------------------------------------------------------------------------------- */

static void the_largest_relief_counts(void **state)
{
    (void)state;
    world_of_price(9999); /* 19.998, rounded to 20.00 */
    give(&world, quantity, 1);
    int a = add_fact(&world, "a", FACT_BOOLEAN), b = add_fact(&world, "b", FACT_BOOLEAN);
    int half = add_relief(&world, "half", 50000, is(a));
    int most = add_relief(&world, "most", 87500, is(b));
    give(&world, a, 0);
    give(&world, b, 0);
    assert_known(2000);
    give(&world, a, 1);
    assert_known(1000);
    assert_int_equal(world.decision.fee.relief, half);
    give(&world, b, 1);
    assert_known(250);
    assert_int_equal(world.decision.fee.relief, most);
    assert_int_equal(world.decision.fee.before_relief, 2000);
    world.reliefs[most].percent.parameter = always(VALUE_INTEGER, 50);
    assert_known(1000);
    assert_int_equal(world.decision.fee.relief, half); /* of equals the first */
    world.reliefs[most].percent.parameter = always(VALUE_INTEGER, 500);
    assert_known(0);
    world.reliefs[most].percent.parameter = always(VALUE_INTEGER, -1);
    assert_fault(&world, RULES_ABSURD_FEE);
}

static void reliefs_have_their_days(void **state)
{
    (void)state;
    world_of_price(10000);
    int relief = add_relief(&world, "winter", 100000, NULL);
    world.reliefs[relief].from = day("2024-01-01");
    world.reliefs[relief].to = day("2024-02-29");
    const struct {
        const char *on;
        int64_t fee;
    } rows[] = {{"2023-12-31", 2000}, {"2024-01-01", 0}, {"2024-02-29", 0}, {"2024-03-01", 2000}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin(&world, rows[i].on);
        assert_known(rows[i].fee);
        assert_int_equal(world.decision.reliefs[relief], rows[i].fee == 0 ? RULES_YES : RULES_NO);
    }
    /* Outside its days not even its parameters are looked at. */
    world.reliefs[relief].percent.parameter =
        PARAMETER("relief", row_of("2024-01-01", "2024-02-29", VALUE_INTEGER, 100));
    assert_known(2000);
}

static void an_unknown_relief_leaves_the_fee_open(void **state)
{
    (void)state;
    world_of_price(10000);
    give(&world, quantity, 1);
    int a = add_fact(&world, "a", FACT_BOOLEAN), b = add_fact(&world, "b", FACT_BOOLEAN);
    int c = add_fact(&world, "c", FACT_BOOLEAN);
    add_relief(&world, "half", 50000, is(a));
    add_relief(&world, "all", 100000, ALL(is(b), is(c)));
    assert_depends(0, 2000);
    /* The relief that could take off most is asked for first. */
    assert_string_equal(missing_text(&world), "| b c a");
    assert_int_equal(world.decision.fee.before_relief, 2000);
    give(&world, a, 1);
    assert_depends(0, 1000);
    assert_string_equal(missing_text(&world), "| b c");
    /* One that takes off no more than what is sure changes nothing. */
    add_relief(&world, "other-half", 50000, is(add_fact(&world, "d", FACT_BOOLEAN)));
    assert_depends(0, 1000);
    assert_string_equal(missing_text(&world), "| b c");
    give(&world, b, 1);
    assert_depends(0, 1000);
    assert_string_equal(missing_text(&world), "| c");
    give(&world, c, 0);
    assert_known(1000);
    assert_string_equal(missing_text(&world), "");
    world.programme.relief_count = 2;
    begin(&world, "2024-03-01");
    give(&world, b, 1);
    give(&world, c, 1);
    assert_known(0); /* whatever the other one and the quantity */
    assert_string_equal(missing_text(&world), "");
    begin(&world, "2024-03-01");
    give(&world, b, 0);
    assert_depends(1000, 2000);
    assert_string_equal(missing_text(&world), "| a windows");
    world.service.price = always(VALUE_MONEY, 0);
    assert_known(0);
    assert_string_equal(missing_text(&world), "");
}

static void the_fee_of_a_refused_is_nobodys_question(void **state)
{
    (void)state;
    world_of_price(10000);
    int a = add_fact(&world, "a", FACT_BOOLEAN), b = add_fact(&world, "b", FACT_BOOLEAN);
    add_relief(&world, "half", 50000, is(b));
    world.service.eligibility = ALL(reason(&world, "a", is(a)));
    assert_int_equal(decide(&world)->outcome, RULES_UNKNOWN);
    assert_string_equal(missing_text(&world), "a | b windows");
    give(&world, a, 0);
    assert_int_equal(decide(&world)->outcome, RULES_NO);
    assert_string_equal(missing_text(&world), "");
}

static void only_the_relief_taken_makes_an_example(void **state)
{
    (void)state;
    world_of_price(10000);
    int first = add_relief(&world, "first", 10000, NULL);
    int second = add_relief(&world, "second", 20000, NULL);
    world.reliefs[first].basis.example = true;
    assert_known(1600);
    assert_false(world.decision.fee.example);
    registry_row_t row = row_of("2023-10-01", NULL, VALUE_INTEGER, 20);
    row.basis.example = true;
    world.reliefs[second].percent.parameter = PARAMETER("relief", row);
    assert_known(1600);
    assert_true(world.decision.fee.example);
    world.reliefs[second].percent.parameter = NULL;
    policy.basis.example = true;
    assert_known(1600);
    assert_true(world.decision.fee.example);
}

/* ---- absurd and free functions --------------------------------------------------------------- */

static void absurd_fees_are_refused(void **state)
{
    (void)state;
    world_of_price(MONEY_MAX);
    policy.line = 41;
    give(&world, quantity, 2);
    assert_fault(&world, RULES_ABSURD_FEE);
    assert_int_equal(world.fault.line, 41);
    world.service.price = always(VALUE_MONEY, -1);
    assert_fault(&world, RULES_ABSURD_FEE);
    world.service.price = NULL;
    assert_fault(&world, RULES_ABSURD_FEE);
    policy = (registry_fee_t){.kind = FEE_FLAT, .amount = {.number = -5}};
    assert_fault(&world, RULES_ABSURD_FEE);
    policy.amount.number = MONEY_MAX + 1;
    assert_fault(&world, RULES_ABSURD_FEE);
    world.facts[quantity].max = INT64_MAX;
    give(&world, quantity, INT64_MAX);
    policy.amount.number = 1;
    assert_fault(&world, RULES_ABSURD_FEE);
}

typedef struct {
    bool fails;
    int64_t grosze;
    int missing; /* or -1 */
} plugin_t;

static bool fee_of_plugin(void *context, int function, rules_case_t *of, rules_answer_t *answer,
                          int64_t *grosze, int *missing, rules_fault_t *fault)
{
    const plugin_t *plugin = context;
    assert_int_equal(function, 3);
    assert_ptr_equal(of->service, &world.service);
    fault->code = plugin->fails ? RULES_FUNCTION : fault->code;
    *answer = plugin->missing < 0 || of->facts[plugin->missing].known ? RULES_YES : RULES_UNKNOWN;
    *missing = plugin->missing;
    *grosze = plugin->grosze;
    return !plugin->fails;
}

static void a_free_function_may_say_the_fee(void **state)
{
    (void)state;
    world_of_price(2500);
    int income = add_fact(&world, "income", FACT_MONEY);
    plugin_t plugin = {.grosze = 1234, .missing = -1};
    world.functions = (rules_functions_t){.fee = fee_of_plugin, .context = &plugin};
    policy = (registry_fee_t){.kind = FEE_FUNCTION, .function = 3};
    assert_known(1234);
    assert_string_equal(missing_text(&world), "");
    plugin.missing = income;
    assert_depends(0, -1);
    assert_string_equal(missing_text(&world), "| income");
    give(&world, income, 1);
    assert_known(1234);
    world.programme.rounding = MONEY_TO_ZLOTY;
    assert_known(1200);
    plugin.grosze = -1;
    assert_fault(&world, RULES_ABSURD_FEE);
    plugin.grosze = MONEY_MAX + 1;
    assert_fault(&world, RULES_ABSURD_FEE);
    plugin.grosze = MONEY_MAX;
    assert_known(MONEY_MAX);
    plugin.fails = true;
    assert_fault(&world, RULES_FUNCTION);
    begin(&world, "2024-03-01");
    plugin.fails = false;
    add_relief(&world, "all", 100000, NULL);
    assert_known(0); /* whatever the function would say */
    world.functions.fee = NULL;
    assert_fault(&world, RULES_FUNCTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_of_worked_fees),
        cmocka_unit_test(percentages_come_from_rows_of_either_type),
        cmocka_unit_test(fractions_of_a_unit_round_once),
        cmocka_unit_test(the_price_is_that_of_the_day),
        cmocka_unit_test(a_quantity_not_said_is_one_and_asked_for),
        cmocka_unit_test(a_flat_fee_counts_units_or_visits),
        cmocka_unit_test(steps_go_by_a_fact),
        cmocka_unit_test(the_largest_relief_counts),
        cmocka_unit_test(reliefs_have_their_days),
        cmocka_unit_test(an_unknown_relief_leaves_the_fee_open),
        cmocka_unit_test(the_fee_of_a_refused_is_nobodys_question),
        cmocka_unit_test(only_the_relief_taken_makes_an_example),
        cmocka_unit_test(absurd_fees_are_refused),
        cmocka_unit_test(a_free_function_may_say_the_fee),
    };
    return cmocka_run_group_tests_name("rules: fees", tests, NULL, build_end);
}
