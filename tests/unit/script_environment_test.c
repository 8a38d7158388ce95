/* The environment: what it holds, that the page about it says the same, and that the same input
 * gives the same bytes in every process. */
#include "script_world.h"

#include <sys/wait.h>
#include <unistd.h>

/* The names in the first column of the page's tables, as they come: "| `assert` |". */
static void read_page(buf_t *names)
{
    FILE *page = fopen("docs/environment-of-a-plugin.md", "r");
    char line[512];
    assert_non_null(page);
    while (fgets(line, sizeof line, page) != NULL) {
        char *end = strncmp(line, "| `", 3) == 0 ? strchr(line + 3, '`') : NULL;
        if (end != NULL) {
            buf_add(names, (span_t){line + 3, (size_t)(end - line - 3)});
            buf_byte(names, '\n');
        }
    }
    fclose(page);
}

static int compare_lines(const void *a, const void *b)
{
    return span_compare(*(const span_t *)a, *(const span_t *)b);
}

static void print_sorted(buf_t *sorted, span_t lines)
{
    span_t all[500], line;
    size_t count = 0;
    while (span_cut(&lines, '\n', &line) && count < 500) {
        if (line.len > 0) {
            all[count++] = line;
        }
    }
    qsort(all, count, sizeof all[0], compare_lines);
    for (size_t i = 0; i < count; i++) {
        buf_add(sorted, all[i]);
        buf_byte(sorted, '\n');
    }
}

static void the_page_lists_the_environment(void **state)
{
    (void)state;
    buf_t page = {0}, sorted = {0}, real = {0};
    script_state_t *script = script_new(&script_limits_default, NULL, 0);
    assert_non_null(script);
    read_page(&page);
    print_sorted(&sorted, buf_span(&page));
    script_environment(script, &real);
    assert_string_equal(buf_zero_terminated(&sorted), buf_zero_terminated(&real));
    script_free(script);
    buf_free(&page);
    buf_free(&sorted);
    buf_free(&real);
}

static void words_and_definitions_are_listed(void **state)
{
    (void)state;
    world_t world = world_new();
    buf_t names = {0};
    world_load(&world, "return { a = 1 }");
    assert_true(script_define(world.script, "shared"));
    script_environment(world.script, &names);
    assert_non_null(strstr(buf_zero_terminated(&names), "\nservice\nshared\nstring\n"));
    buf_free(&names);
    world_free(&world);
}

static void dangerous_names_are_missing(void **state)
{
    (void)state;
    static const char *const names[] = {
        "pcall",  "xpcall", "load",     "loadstring", "dofile",         "require",
        "debug",  "io",     "os",       "coroutine",  "setmetatable",   "getmetatable",
        "rawset", "rawget", "rawequal", "rawlen",     "collectgarbage", "print",
        "warn",   "next",   "_G",       "_VERSION",   "package",        "loadfile",
        "module", "arg"};
    world_t world = world_new();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char source[64];
        snprintf(source, sizeof source, "\nreturn %s", names[i]);
        const script_value_t *value = world_load(&world, source);
        assert_int_equal(value->kind, SCRIPT_MISSING);
        assert_int_equal(value->line, 2);
    }
    world_free(&world);
}

/* Lines that must hold, each a chunk. */
static void the_library_does_what_it_says(void **state)
{
    (void)state;
    static const char *const holds[] = {
        "tostring({}) == 'table' and tostring(print_it) == 'missing' and tostring(pairs) == "
        "'function'",
        "tostring(is 'x') == 'word' and tostring(1.0) == '1.0' and tostring(nil) == 'nil'",
        "tostring(0/0) == 'nan' and tostring(-(0/0)) == 'nan' and tostring(1e15) == '1e+15'",
        "('%s %s %q'):format({}, true, 'a') == 'table true \"a\"'",
        "('%d|%5.2f|%-4s|%x'):format(3, 2.5, 'a', 255) == '3| 2.50|a   |ff'",
        "('a,b'):match('(%a),(%a)') == 'a' and ('a-b'):gsub('-', '+') == 'a+b'",
        "('key = value'):match('^(%w+)%s*=%s*(%w+)$') == 'key'",
        "('x'):rep(3, ',') == 'x,x,x' and ('x'):rep(0) == '' and ('x'):rep(-1) == ''",
        "('abc'):find('b', 1, true) == 2 and ('a.c'):find('.', 1, true) == 2 and not "
        "('abc'):find('x')",
        "('abc'):byte(-1) == 99 and ('abc'):sub(2, 2) == 'b' and string.char(97, 98) == 'ab'",
        "utf8.len('Łódź') == 4 and utf8.char(321) == 'Ł' and utf8.codepoint('Ł') == 321",
        "utf8.offset('Łx', 2) == 3 and #utf8.charpattern == 14 and ('Ła'):match(utf8.charpattern) "
        "== 'Ł'",
        "math.floor(2.5) == 2 and math.ceil(2.1) == 3 and math.abs(-3) == 3 and "
        "math.tointeger(3.0) == 3",
        "math.type(1) == 'integer' and math.ult(1, -1) and math.max(1, 2.5) == 2.5 and 1 < "
        "math.huge",
        "tonumber('12') == 12 and tonumber('0x10') == 16 and tonumber('z', 36) == 35 and "
        "tonumber('x') == nil",
        "select('#', nil, nil) == 2 and select(2, 'a', 'b') == 'b' and select(-1, 'a', 'b') == 'b'",
        "type(1) == 'number' and type(nil) == 'nil' and type('') == 'string' and type({}) == "
        "'table'",
        "table.concat({ 1, 'a', 2.5 }, '-') == '1-a-2.5' and table.pack(1, nil).n == 2",
        "({ table.unpack({ 1, 2, 3 }, 2) })[2] == 3 and assert(5) == 5",
    };
    world_t world = world_new();
    for (size_t i = 0; i < sizeof holds / sizeof holds[0]; i++) {
        char source[256];
        snprintf(source, sizeof source, "return %s", holds[i]);
        const script_value_t *value = world_load(&world, source);
        if (value->kind != SCRIPT_BOOLEAN || !value->boolean) {
            fail_msg("does not hold: %s", holds[i]);
        }
    }
    world_free(&world);
}

static void lists_are_changed_as_in_lua(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(
        &world,
        "local t = { 3, 1, 2 }\n"
        "table.sort(t) table.insert(t, 9) table.insert(t, 1, 0) local last = table.remove(t)\n"
        "table.remove(t, 1)\n"
        "local pairs_of = { { 'b', 1 }, { 'a', 2 }, { 'c', 1 }, { 'd', 2 }, { 'e', 1 } }\n"
        "table.sort(pairs_of, function(x, y) return x[2] < y[2] end)\n"
        "local order = {}\n"
        "for i, p in ipairs(pairs_of) do order[i] = p[1] end\n"
        "local wild = { 5, 3, 8, 1, 9, 2 }\n"
        "table.sort(wild, function() return true end)\n"
        "local prices = { pln '3', pln '1' } table.sort(prices)\n"
        "local walked = {}\n"
        "for k, v in pairs({ b = 1, a = 2, [10] = 3, [-1] = 4, 5 }) do walked[#walked + 1] = k .. "
        "'=' .. v end\n"
        "return { table.concat(t, ','), last, table.concat(order), #wild, prices[1],\n"
        "  table.concat(walked, ' ') }");
    assert_true(span_equal(value->items[0].text, SPAN("1,2,3")));
    assert_int_equal(value->items[1].integer, 9);
    assert_true(span_equal(value->items[2].text, SPAN("bcead")));
    assert_int_equal(value->items[3].integer, 6);
    assert_int_equal(value->items[4].integer, 100);
    assert_true(span_equal(value->items[5].text, SPAN("-1=4 1=5 10=3 a=2 b=1")));
    world_free(&world);
}

/* Whatever depends on hashing, addresses or the clock would differ between processes. */
static const char unstable[] =
    "local t, out = {}, {}\n"
    "for i = 1, 300 do t['key' .. (i * 7919 % 300)] = function() return i end end\n"
    "for k, v in pairs(t) do out[#out + 1] = k .. tostring(v) .. tostring(t) end\n"
    "local many = {} for i = 1, 2000 do many[i] = { (i * 31) % 7, i } end\n"
    "table.sort(many, function(a, b) return a[1] < b[1] end)\n"
    "local wild = {} for i = 1, 500 do wild[i] = i end\n"
    "local turn = 0\n"
    "table.sort(wild, function() turn = turn + 1 return turn % 3 == 0 end)\n"
    "return service { order = ('%s'):format(table.concat(out)), t = t, first = many[1][2], middle "
    "= many[1000][2],\n"
    "  wild = wild, [{}] = 1, [t] = 2, [1.5] = 3, c = nosuch { t }, f = function(v)\n"
    "    local n = '' for k in pairs({ b = 1, a = 2, c = 3 }) do n = n .. k end return n == 'abc' "
    "end }";

static void print_run(buf_t *out)
{
    world_t world = world_new();
    const script_value_t *value = world_load(&world, unstable);
    script_value_t result;
    world_print(out, value);
    world_seal(&world);
    size_t count = 0;
    while (script_function_line(world.script, (int)count) != 0) {
        assert_true(world_call(&world, (int)count, &result));
        world_print(out, &result);
        count++;
    }
    world_free(&world);
}

static const char *program;

static uint64_t hash_in_child(void)
{
    int ends[2];
    uint64_t hash = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        /* A program of its own: other addresses, another seed. */
        dup2(ends[1], STDOUT_FILENO);
        execl(program, "script_environment_test", "print", (char *)NULL);
        _exit(1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &hash, sizeof hash), sizeof hash);
    close(ends[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    return hash;
}

static void twenty_processes_give_the_same_bytes(void **state)
{
    (void)state;
    uint64_t first = hash_in_child();
    for (int i = 1; i < 20; i++) {
        assert_true(hash_in_child() == first);
    }
    buf_t here = {0};
    print_run(&here);
    assert_true(span_hash(buf_span(&here)) == first);
    print_message("%zu bytes in 21 processes\n", here.len);
    buf_free(&here);
}

/* With ever so little memory a state is refused or works; no size in between breaks it. */
static void any_memory_cap_is_survived(void **state)
{
    (void)state;
    int fine = 0, refused = 0;
    for (size_t bytes = 1000; bytes < 2000000; bytes += bytes < 50000 ? 777 : 17777) {
        script_limits_t limits = script_limits_default;
        limits.memory_bytes = bytes;
        limits.load_ns = UINT64_C(60000000000); /* under valgrind everything is slow */
        script_state_t *script = script_new(&limits, world_words, WORD_COUNT);
        if (script == NULL) {
            refused++;
            continue;
        }
        arena_t *arena = arena_new(4096);
        script_fault_t fault;
        bool loaded = script_load(script, "test.lua", span_of(unstable), arena, &fault) != NULL;
        bool sealed = loaded && script_seal(script, &fault);
        if (!sealed) {
            assert_int_equal(fault.code, SCRIPT_MEMORY);
        }
        script_define(script, "shared");
        fine += sealed;
        arena_free(arena);
        script_free(script);
    }
    print_message("%d caps refused, %d worked\n", refused, fine);
    assert_true(refused > 5 && fine > 5);
}

int main(int count, char **arguments)
{
    program = arguments[0];
    if (count == 2 && strcmp(arguments[1], "print") == 0) {
        buf_t out = {0};
        print_run(&out);
        uint64_t hash = span_hash(buf_span(&out));
        buf_free(&out);
        return write(STDOUT_FILENO, &hash, sizeof hash) == sizeof hash ? 0 : 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_lists_the_environment),
        cmocka_unit_test(words_and_definitions_are_listed),
        cmocka_unit_test(dangerous_names_are_missing),
        cmocka_unit_test(the_library_does_what_it_says),
        cmocka_unit_test(lists_are_changed_as_in_lua),
        cmocka_unit_test(twenty_processes_give_the_same_bytes),
        cmocka_unit_test(any_memory_cap_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
