/* Free functions: what they read, give back, and cannot keep. */
#include "script_world.h"

#include <time.h>

static int only_function(world_t *world, const char *source)
{
    const script_value_t *value = world_load(world, source);
    const script_value_t *f = world_field(value, "f");
    assert_int_equal(f->kind, SCRIPT_FUNCTION);
    world_seal(world);
    return f->function;
}

static void functions_read_facts(void **state)
{
    (void)state;
    world_t world = world_new();
    int f = only_function(
        &world, "return {\n  f = function(v) return v.age >= 75 and v.name == 'Łucja' and\n"
                "    v.share == 12.5 and v.price == pln '25' and type(v) == 'view' end }");
    script_value_t result;
    assert_true(world_call(&world, f, &result));
    assert_int_equal(result.kind, SCRIPT_BOOLEAN);
    assert_true(result.boolean);
    world.age = 74;
    assert_true(world_call(&world, f, &result));
    assert_false(result.boolean);
    assert_int_equal(script_function_line(world.script, f), 2);
    assert_int_equal(script_function_line(world.script, 99), 0);
    world_free(&world);
}

static void a_fact_not_given_is_unknown(void **state)
{
    (void)state;
    world_t world = world_new();
    int f =
        only_function(&world, "return { f = function(v)\n  return v.age > 80 or v.gone > 3 end }");
    script_value_t result;
    assert_false(world_call(&world, f, &result));
    assert_int_equal(world.fault.code, SCRIPT_UNKNOWN);
    world.age = 81;
    assert_true(world_call(&world, f, &result));
    assert_true(result.boolean);
    world_free(&world);
}

/* expression, kind, integer; `v` is the view. */
static void amounts_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        script_kind_t kind;
        int64_t integer;
    } cases[] = {{"pln '25.00' + pln '0.37'", SCRIPT_MONEY, 2537},
                 {"pln '1' - pln '2.50'", SCRIPT_MONEY, -150},
                 {"pln '25.00' * 3", SCRIPT_MONEY, 7500},
                 {"3 * v.price", SCRIPT_MONEY, 7500},
                 {"percent(pln '25.00', 20)", SCRIPT_MONEY, 500},
                 {"percent(pln '0.01', 50)", SCRIPT_MONEY, 1},
                 {"percent(pln '0.01', 49.99)", SCRIPT_MONEY, 0},
                 {"percent(pln '10.00', v.share)", SCRIPT_MONEY, 125},
                 {"percent(pln '10.00', 0.29)", SCRIPT_MONEY, 3},
                 {"percent(pln '10.00', 150)", SCRIPT_MONEY, 1500},
                 {"math.max(pln '0', pln '1' - pln '2')", SCRIPT_MONEY, 0},
                 {"math.min(pln '3', pln '1', pln '2')", SCRIPT_MONEY, 100},
                 {"math.max(1, 3, 2)", SCRIPT_INTEGER, 3},
                 {"pln '1.00' == pln '1'", SCRIPT_BOOLEAN, 1},
                 {"pln '1' < pln '2'", SCRIPT_BOOLEAN, 1},
                 {"pln '2' <= pln '1'", SCRIPT_BOOLEAN, 0},
                 {"tostring(pln '1' - pln '2.05') == '-1.05'", SCRIPT_BOOLEAN, 1},
                 {"('%s'):format(pln '1234.50') == '1234.50'", SCRIPT_BOOLEAN, 1},
                 {"type(pln '1') == 'money'", SCRIPT_BOOLEAN, 1},
                 {"pln '1' == 1", SCRIPT_BOOLEAN, 0},
                 {"tonumber(pln '1') == nil", SCRIPT_BOOLEAN, 1},
                 {"nil", SCRIPT_NIL, 0},
                 {"7 // 2", SCRIPT_INTEGER, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world_t world = world_new();
        char source[200];
        snprintf(source, sizeof source, "return { f = function(v) return %s end }",
                 cases[i].expression);
        script_value_t result;
        if (!world_call(&world, only_function(&world, source), &result)) {
            fail_msg("%s: %s", cases[i].expression, world.fault.message);
        }
        assert_int_equal(result.kind, cases[i].kind);
        assert_int_equal(result.kind == SCRIPT_BOOLEAN ? result.boolean : result.integer,
                         cases[i].integer);
        world_free(&world);
    }
}

static void wrong_amounts_say_why(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"percent(pln '1', 12.345)", "percent takes a share with at most two decimals"},
        {"percent(pln '1', -1)", "percent takes a share from 0 to 100000"},
        {"percent(pln '1', 0/0)", "percent takes a share from 0 to 100000"},
        {"percent(5, 1)", "percent takes money and a share, as in percent(price, 12.5)"},
        {"percent(pln '1' - pln '2', 1)", "percent of an amount below zero"},
        {"math.max(pln '1', 2)", "money can be compared with money only, not number"},
        {"v.price / 2", "money cannot be divided: for a share write percent(money, 12.5)"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world_t world = world_new();
        char source[200];
        snprintf(source, sizeof source, "return { f = function(v) return %s end }", cases[i][0]);
        script_value_t result;
        assert_false(world_call(&world, only_function(&world, source), &result));
        assert_string_equal(world.fault.message, cases[i][1]);
        world_free(&world);
    }
}

/* Each would answer something else the second time, if anything were kept. */
static void nothing_is_kept_between_calls(void **state)
{
    (void)state;
    static const char *const keepers[] = {
        "local seen return { f = function(v) if seen then return 1 end seen = v.age return 0 end }",
        "local n = 0 return { f = function() n = n + 1 return n - 1 end }",
        "local n = 0 local function add() n = n + 1 return n end\n"
        "return { f = function() return add() - 1 end }",
        "local n = 0 local function make() return function() n = n + 1 return n end end\n"
        "local add = make() return { f = function() return add() - 1 end }",
        "local function make() local n = 0 return function() n = n + 1 return n - 1 end end\n"
        "return { f = make() }",
        "local n = 0 local t = { deep = { add = function() n = n + 1 return n end } }\n"
        "return { f = function() return t.deep.add() - 1 end }",
        "local view return { f = function(v) local old = view view = v\n"
        "  if old then return old.age end return 0 end }",
        "local kept return { f = function(v) local old = kept kept = function() return v.age end\n"
        "  if old then return old() end return 0 end }",
        "local kept return { f = function(v) local old = kept kept = { v.age }\n"
        "  return old and old[1] or 0 end }",
        "local help = function() return 0 end\n"
        "return { f = function(v) local r = help() help = function() return v.age end return r end "
        "}",
        "local kept = { n = 0 } return { f = function(v) local r = kept.n kept = { n = v.age } "
        "return r end }",
        "local kept = pln '0' return { f = function(v) local r = kept kept = kept + v.price\n"
        "  return r == pln '0' and 0 or 1 end }",
        "local n = 0 return { f = function() local r = n n = 1 return r end, g = function() n = 5 "
        "end }",
    };
    for (size_t i = 0; i < sizeof keepers / sizeof keepers[0]; i++) {
        world_t world = world_new();
        int f = only_function(&world, keepers[i]);
        for (int turn = 0; turn < 3; turn++) {
            script_value_t result;
            if (!world_call(&world, f, &result)) {
                fail_msg("keeper %zu: %s", i, world.fault.message);
            }
            if (result.integer != 0) {
                fail_msg("keeper %zu kept %lld", i, (long long)result.integer);
            }
        }
        world_free(&world);
    }
}

/* One function of a file leaves something in an upvalue that another one reads. */
static void functions_do_not_tell_each_other(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value =
        world_load(&world, "local n = 0\nreturn { f = function() return n end,\n"
                           "  g = function(v) n = v.age error 'left' end }");
    int f = world_field(value, "f")->function, g = world_field(value, "g")->function;
    world_seal(&world);
    script_value_t result;
    assert_false(world_call(&world, g, &result));
    assert_true(world_call(&world, f, &result));
    assert_int_equal(result.integer, 0);
    world_free(&world);
}

static void frozen_tables_still_read(void **state)
{
    (void)state;
    world_t world = world_new();
    int f = only_function(
        &world,
        "local rows = { 5, 6, 7, key = 'k', nested = { 1 } }\n"
        "return { f = function() local n = 0\n"
        "  for i, x in ipairs(rows) do n = n + i * x end\n"
        "  for k, x in pairs(rows) do if k == 'key' then n = n + 100 end end\n"
        "  assert(#rows == 3 and rows[2] == 6 and rows.nested[1] == 1 and rows.none == nil)\n"
        "  assert(table.concat(rows, ',') == '5,6,7' and select('#', table.unpack(rows)) == 3)\n"
        "  return n end }");
    script_value_t result;
    for (int i = 0; i < 3; i++) {
        if (!world_call(&world, f, &result)) {
            fail_msg("%d: %s", world.fault.line, world.fault.message);
        }
        assert_int_equal(result.integer, 5 + 12 + 21 + 100);
    }
    world_free(&world);
}

static void only_sealed_functions_are_called(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(&world, "return { f = function() return 1 end }");
    script_value_t result;
    assert_false(world_call(&world, world_field(value, "f")->function, &result));
    assert_false(world_call(&world, -1, &result));
    assert_false(world_call(&world, 7, &result));
    world_free(&world);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void a_million_calls_leave_nothing(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value =
        world_load(&world, "local base = pln '5' return {\n"
                           "  f = function(v) return v.age >= 75 end,\n"
                           "  g = function(v) local t = { v.name, v.age } return base * #t + "
                           "percent(v.price, 20) end,\n"
                           "  h = function(v) return v.gone end,\n"
                           "  i = function(v) return ('%s-%d'):format(v.name, v.age) == 'x' end,\n"
                           "  j = function(v) error(v.name .. v.age) end }");
    int functions[5];
    const char *const names[5] = {"f", "g", "h", "i", "j"};
    for (int i = 0; i < 5; i++) {
        functions[i] = world_field(value, names[i])->function;
    }
    world_seal(&world);
    int rounds =
        getenv("SCRIPT_CALLS") != NULL ? (int)strtol(getenv("SCRIPT_CALLS"), NULL, 10) : 200000;
    size_t most = 0;
    script_value_t result;
    for (int k = 0; k < 5; k++) {
        double start = now();
        for (int i = 0; i < rounds; i++) {
            world.age = i;
            world_call(&world, functions[k], &result);
            most = script_memory(world.script) > most ? script_memory(world.script) : most;
        }
        print_message("%s: %.0f ns a call\n", names[k], (now() - start) / rounds);
    }
    print_message("at most %zu bytes\n", most);
    assert_true(most < 256 * 1024);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_read_facts),
        cmocka_unit_test(a_fact_not_given_is_unknown),
        cmocka_unit_test(amounts_are_exact),
        cmocka_unit_test(wrong_amounts_say_why),
        cmocka_unit_test(nothing_is_kept_between_calls),
        cmocka_unit_test(functions_do_not_tell_each_other),
        cmocka_unit_test(frozen_tables_still_read),
        cmocka_unit_test(only_sealed_functions_are_called),
        cmocka_unit_test(a_million_calls_leave_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
