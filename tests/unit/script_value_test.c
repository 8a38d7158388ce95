/* What a chunk returns: words, lines, missing names, shared tables. */
#include "script_world.h"

static void words_keep_their_arguments(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value =
        world_load(&world, "return service { a = is \"x\", b = equals(\"y\", 2),\n"
                           "  c = all { 1.5, true, nil }, d = any(), e = pln \"2.50\" }");
    assert_int_equal(value->kind, SCRIPT_WORD);
    assert_int_equal(value->word, WORD_SERVICE);
    assert_int_equal(value->item_count, 1);
    const script_value_t *a = world_field(value, "a");
    assert_int_equal(a->word, WORD_IS);
    assert_true(span_equal(a->items[0].text, SPAN("x")));
    const script_value_t *b = world_field(value, "b");
    assert_int_equal(b->item_count, 2);
    assert_int_equal(b->items[1].kind, SCRIPT_INTEGER);
    assert_int_equal(b->items[1].integer, 2);
    const script_value_t *c = &world_field(value, "c")->items[0];
    assert_int_equal(c->item_count, 2);
    assert_int_equal(c->items[0].kind, SCRIPT_FLOAT);
    assert_true(c->items[0].number == 1.5);
    assert_int_equal(c->items[1].kind, SCRIPT_BOOLEAN);
    assert_int_equal(world_field(value, "d")->item_count, 0);
    assert_int_equal(world_field(value, "e")->kind, SCRIPT_MONEY);
    assert_int_equal(world_field(value, "e")->integer, 250);
    world_free(&world);
}

static void check_lines(const script_value_t *table, const char *expected)
{
    buf_t lines = {0};
    for (size_t i = 0; i < table->field_count; i++) {
        buf_print(&lines, "%.*s:%d/%d ", SPAN_ARGS(table->fields[i].name), table->fields[i].line,
                  table->fields[i].value.line);
    }
    for (size_t i = 0; i < table->item_count; i++) {
        buf_print(&lines, "%d ", table->items[i].line);
    }
    assert_string_equal(buf_zero_terminated(&lines), expected);
    buf_free(&lines);
}

static void every_field_has_its_line(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(&world, "local x = 'return {' -- return { zz = 1 }\n"
                                                     "--[==[ return {\n"
                                                     "]] ]==] return service {\n"
                                                     "  z = 1, [\"y\"] = [[\n"
                                                     "a]], b =\n"
                                                     "    2; f = function(a, b)\n"
                                                     "    if a then return { q = 1 }, 2 end\n"
                                                     "    end, c = 'a\\z\n"
                                                     "      b', t = ({\n"
                                                     "    1,\n"
                                                     "    (2),\n"
                                                     "    { k = 1 }, -- , 3\n"
                                                     "    all {\n"
                                                     "      is 'x' },\n"
                                                     "    [5] = #x,\n"
                                                     "  }),\n"
                                                     "}\n");
    check_lines(&value->items[0], "z:4/4 y:4/4 b:5/6 f:6/6 c:8/8 t:9/9 ");
    const script_value_t *t = world_field(value, "t");
    check_lines(t, "10 11 12 13 15 ");
    assert_int_equal(world_field(&t->items[2], "k")->line, 12);
    assert_int_equal(t->items[3].items[0].items[0].line, 14);
    world_free(&world);
}

static void arguments_in_brackets_have_lines(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(&world, "return (service({\n"
                                                     "  a = equals(\n"
                                                     "    'x',\n"
                                                     "    { b = 1,\n"
                                                     "      c = 2 }),\n"
                                                     "}))");
    const script_value_t *a = world_field(value, "a");
    assert_int_equal(a->line, 2);
    assert_int_equal(a->items[0].line, 3);
    check_lines(&a->items[1], "b:4/4 c:5/5 ");
    world_free(&world);
}

static void what_is_built_elsewhere_keeps_its_line(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(&world, "local common = check { id = 'a',\n"
                                                     "  text = {\n"
                                                     "    en = 'x' } }\n"
                                                     "local list = {}\n"
                                                     "for i = 1, 2 do\n"
                                                     "  list[i] = is('x' .. i)\n"
                                                     "end\n"
                                                     "local rows = {\n"
                                                     "  { b = 1, a = 2 } }\n"
                                                     "return service {\n"
                                                     "  common = common,\n"
                                                     "  list = list, rows =\n"
                                                     "    rows }");
    check_lines(&value->items[0], "common:11/1 list:12/12 rows:12/12 ");
    const script_value_t *common = world_field(value, "common");
    check_lines(&common->items[0], "id:1/1 text:2/2 ");
    check_lines(world_field(common, "text"), "en:3/3 ");
    check_lines(world_field(value, "list"), "6 6 ");
    /* Not in the constructor: sorted by name, with the line of what holds them. */
    check_lines(&world_field(value, "rows")->items[0], "a:12/12 b:12/12 ");
    world_free(&world);
}

static void lines_end_as_lua_ends_them(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value =
        world_load(&world, "return {\r\n a = 1,\r\n b = 2,\r c = '\\\r\n',\n\r d = 4 }");
    check_lines(value, "a:2/2 b:3/3 c:4/4 d:6/6 ");
    world_free(&world);
}

static void odd_keys_and_holes_are_seen(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(
        &world, "return { 1, 2, nil, 4, [0] = 5, [-1] = 6, [2.5] = 7, [true] = 8, [{}] = 9,\n"
                "  z = 10, a = 11, [print_me] = 12 }");
    assert_int_equal(value->item_count, 2);
    const struct {
        const char *name;
        bool odd;
    } expected[] = {{"4", true}, {"z", false},  {"a", false},      {"true", true}, {"-1", true},
                    {"0", true}, {"2.5", true}, {"missing", true}, {"table", true}};
    size_t count = sizeof expected / sizeof expected[0];
    assert_int_equal(value->field_count, count);
    for (size_t i = 0; i < count; i++) {
        const script_field_t *field = &value->fields[i];
        bool found = false;
        for (size_t k = 0; k < count; k++) {
            found = found || (span_equal(field->name, span_of(expected[k].name)) &&
                              field->odd == expected[k].odd);
        }
        assert_true(found);
    }
    world_free(&world);
}

static void a_key_written_twice_counts_once(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(&world, "return { a = 1,\n b = 2,\n a = 3 }");
    check_lines(value, "a:3/3 b:2/2 ");
    assert_int_equal(value->fields[0].value.integer, 3);
    world_free(&world);
}

static void all_missing_names_are_reported(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(&world, "local unused = misspelt + 1\n"
                                                     "return service {\n"
                                                     "  a = chek { id = 'x',\n"
                                                     "    y = iz 'z' },\n"
                                                     "  b = sharde.resident.deep(1),\n"
                                                     "}");
    const script_value_t *a = world_field(value, "a");
    assert_int_equal(a->kind, SCRIPT_MISSING);
    assert_true(span_equal(a->text, SPAN("chek")));
    assert_int_equal(a->line, 3);
    const script_value_t *y = world_field(&a->items[0], "y");
    assert_int_equal(y->kind, SCRIPT_MISSING);
    assert_int_equal(y->line, 4);
    const script_value_t *b = world_field(value, "b");
    assert_int_equal(b->kind, SCRIPT_MISSING);
    assert_true(span_equal(b->text, SPAN("sharde")));
    assert_int_equal(b->line, 5);
    size_t count = 0;
    const script_missing_t *missing = script_missing(world.script, &count);
    assert_int_equal(count, 4);
    assert_string_equal(missing[0].name, "misspelt");
    assert_int_equal(missing[0].line, 1);
    world_load(&world, "return 1");
    script_missing(world.script, &count);
    assert_int_equal(count, 0);
    world_free(&world);
}

static void wrong_values_are_told(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value =
        world_load(&world, "return { a = 0/0, b = -1/0, c = check, d = string.upper }");
    assert_true(span_equal(world_field(value, "a")->text, SPAN("not a number")));
    assert_true(span_equal(world_field(value, "b")->text, SPAN("an infinite number")));
    assert_int_equal(world_field(value, "c")->kind, SCRIPT_OTHER);
    assert_int_equal(world_field(value, "d")->kind, SCRIPT_OTHER);
    world_free(&world);
}

static void shared_tables_are_frozen_and_read(void **state)
{
    (void)state;
    world_t world = world_new();
    assert_false(script_define(world.script, "shared"));
    world_load(&world, "local kept = 0\n"
                       "return all { resident = is 'resident', list = { 3, 4 }, half = function(n) "
                       "kept = kept + n "
                       "return kept end }");
    assert_true(script_define(world.script, "shared"));
    assert_false(script_define(world.script, "shared"));
    const script_value_t *value =
        world_load(&world, "return { a = shared.resident,\n"
                           "  b = shared.nosuch,\n"
                           "  n = #shared.list, h = shared.half(5), g = shared.half(5),\n"
                           "  f = function() return shared.half(1) + shared.list[2] end,\n"
                           "  bad = function()\n"
                           "    return shared.other end }");
    assert_int_equal(world_field(value, "a")->word, WORD_IS);
    assert_int_equal(world_field(value, "a")->line, 1);
    assert_int_equal(world_field(value, "b")->kind, SCRIPT_MISSING);
    assert_true(span_equal(world_field(value, "b")->text, SPAN("shared.nosuch")));
    assert_int_equal(world_field(value, "b")->line, 2);
    assert_int_equal(world_field(value, "n")->integer, 2);
    assert_int_equal(world_field(value, "g")->integer, 10);
    int f = world_field(value, "f")->function, bad = world_field(value, "bad")->function;
    /* What one chunk did to a shared function's upvalue, the next does not see. */
    assert_int_equal(world_field(world_load(&world, "return { h = shared.half(5) }"), "h")->integer,
                     5);
    assert_null(world_try(&world, "local x\nshared.resident = 1"));
    assert_int_equal(world.fault.line, 2);
    assert_null(world_try(&world, "table.insert(shared.list, 1)"));
    world_seal(&world);
    script_value_t result;
    for (int i = 0; i < 3; i++) {
        assert_true(world_call(&world, f, &result));
        assert_int_equal(result.integer, 5);
    }
    assert_false(world_call(&world, bad, &result));
    assert_int_equal(world.fault.line, 6);
    assert_string_equal(world.fault.message, "there is no 'shared.other'");
    world_free(&world);
}

static void a_fault_names_the_file_it_is_in(void **state)
{
    (void)state;
    world_t world = world_new();
    assert_non_null(script_load(world.script, "facts.lua",
                                SPAN("return {\n  fail = function(x)\n    error 'no' end }"),
                                world.arena, &world.fault));
    assert_true(script_define(world.script, "shared"));
    assert_null(script_load(world.script, "service.lua", SPAN("shared.fail(1)"), world.arena,
                            &world.fault));
    assert_string_equal(world.fault.file, "facts.lua");
    assert_int_equal(world.fault.line, 3);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_keep_their_arguments),
        cmocka_unit_test(every_field_has_its_line),
        cmocka_unit_test(arguments_in_brackets_have_lines),
        cmocka_unit_test(what_is_built_elsewhere_keeps_its_line),
        cmocka_unit_test(lines_end_as_lua_ends_them),
        cmocka_unit_test(odd_keys_and_holes_are_seen),
        cmocka_unit_test(a_key_written_twice_counts_once),
        cmocka_unit_test(all_missing_names_are_reported),
        cmocka_unit_test(wrong_values_are_told),
        cmocka_unit_test(shared_tables_are_frozen_and_read),
        cmocka_unit_test(a_fault_names_the_file_it_is_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
