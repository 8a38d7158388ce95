/* Folders as they may be met: links, FIFOs, huge, cut, garbled. Always a fault or fine, at once,
 * and never a crash. */
#include "folder.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define CARE "example/services/care.lua"

static uint64_t now_ms(void)
{
    return clock_system()->monotonic(clock_system()) / 1000000;
}

/* Loads; the fault must be there, and the load must not have waited for anything. */
static void expect(const folder_t *folder, const char *code)
{
    uint64_t began = now_ms();
    plugin_generation_t *generation = plugin_load(folder->path, "example");
    assert_non_null(generation);
    assert_true(now_ms() - began < 2000);
    if (folder_fault(generation, code, 0) == NULL) {
        fprintf(stderr, "expected %s:\n", code);
        folder_print(generation);
    }
    assert_non_null(folder_fault(generation, code, 0));
    assert_false(plugin_good(generation));
    plugin_release(generation);
}

static void links_are_not_followed(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    assert_int_equal(rename(folder_at(&folder, CARE), folder_at(&folder, "care.txt")), 0);
    assert_int_equal(symlink("../../care.txt", folder_at(&folder, CARE)), 0);
    expect(&folder, "file-link");
    unlink(folder_at(&folder, CARE));
    assert_int_equal(symlink("/etc/passwd", folder_at(&folder, CARE)), 0);
    expect(&folder, "file-link");
    unlink(folder_at(&folder, CARE));
    assert_int_equal(symlink("nowhere", folder_at(&folder, CARE)), 0);
    expect(&folder, "file-link");
    unlink(folder_at(&folder, "act.lua"));
    assert_int_equal(symlink("/dev/zero", folder_at(&folder, "act.lua")), 0);
    expect(&folder, "file-link");
    folder_delete(&folder);
}

static void a_programme_is_no_link(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    assert_int_equal(rename(folder_at(&folder, "example"), folder_at(&folder, "real")), 0);
    assert_int_equal(symlink("real", folder_at(&folder, "example")), 0);
    expect(&folder, "file-link");
    unlink(folder_at(&folder, "example"));
    expect(&folder, "file-missing");
    folder_write(&folder, "example", "text", 4);
    expect(&folder, "file-kind");
    folder_delete(&folder);
}

static void what_is_no_file_is_not_waited_for(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    unlink(folder_at(&folder, CARE));
    assert_int_equal(mkfifo(folder_at(&folder, CARE), 0644), 0);
    expect(&folder, "file-kind");
    unlink(folder_at(&folder, CARE));
    assert_int_equal(mkdir(folder_at(&folder, CARE), 0755), 0);
    expect(&folder, "file-kind");
    folder_delete(&folder);
}

static void a_huge_sparse_file_is_not_read(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    int fd = open(folder_at(&folder, CARE), O_WRONLY);
    assert_int_equal(ftruncate(fd, (off_t)10 * 1024 * 1024 * 1024), 0);
    close(fd);
    expect(&folder, "file-size");
    assert_int_equal(truncate(folder_at(&folder, CARE), 64 * 1024 + 1), 0);
    expect(&folder, "file-size");
    assert_int_equal(truncate(folder_at(&folder, CARE), 64 * 1024), 0);
    expect(&folder, "file-not-text");
    folder_delete(&folder);
}

static void an_unreadable_file_is_told(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    uid_t user = geteuid();
    assert_int_equal(chmod(folder.path, 0755), 0);
    assert_int_equal(chmod(folder_at(&folder, CARE), 0), 0);
    if (user == 0) {
        assert_int_equal(seteuid(65534), 0);
    }
    expect(&folder, "file-unreadable");
    if (user == 0) {
        assert_int_equal(seteuid(user), 0);
    }
    folder_delete(&folder);
}

static void odd_texts_are_told(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    const struct {
        const char *text;
        size_t len;
        const char *code;
    } odd[] = {
        {"", 0, "file-empty"},
        {"  \t ", 4, "file-empty"},
        {"\n\n", 2, "return-word"},
        {"\x1bLua\x54\x00\x19\x93", 8, "file-not-text"},
        {"return service { id = \"\xff\xfe\" }", 29, "file-not-text"},
        {"return \0 1", 10, "file-not-text"},
        {"return 1, 2", 11, "script-result"},
        {"return", 6, "return-word"},
        {"return service", 14, "return-word"},
        {"return service(1)", 17, "wrong-type"},
        {"return service({}, {})", 22, "arguments"},
        {"local t = {} t[1] = t return service(t)", 39, "script-result"},
        {"return service { service }", 26, "item-without-key"},
        {"return string.rep('a', 1e9)", 27, "script-error"},
        {"error({})", 9, "script-error"},
    };
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        folder_write(&folder, CARE, odd[i].text, odd[i].len);
        plugin_generation_t *generation = plugin_load(folder.path, "example");
        if (folder_fault(generation, odd[i].code, 0) == NULL) {
            fprintf(stderr, "case %zu, expected %s:\n", i, odd[i].code);
            folder_print(generation);
            fail();
        }
        plugin_release(generation);
    }
    folder_delete(&folder);
}

/* A file cut at every 97th byte: a fault or, where only comments and space are lost, fine. */
static void half_written_files_are_told(void **state)
{
    (void)state;
    static const char *const files[] = {"act.lua",
                                        "example/programme.lua",
                                        "example/facts.lua",
                                        "example/shared.lua",
                                        "example/services/cleaning.lua",
                                        "example/services/cleaning.spec.lua"};
    folder_t folder = folder_copy(FIXTURES);
    size_t cuts = 0;
    for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++) {
        size_t len;
        char *text = folder_read(&folder, files[f], &len);
        for (size_t cut = 0; cut + 2 < len; cut += 97) {
            folder_write(&folder, files[f], text, cut);
            plugin_generation_t *generation = plugin_load(folder.path, "example");
            assert_non_null(generation);
            assert_false(plugin_good(generation));
            plugin_release(generation);
            cuts++;
        }
        folder_write(&folder, files[f], text, len);
        free(text);
    }
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    assert_true(plugin_good(generation));
    plugin_release(generation);
    folder_delete(&folder);
    printf("%zu cuts told\n", cuts);
}

static void names_are_checked(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    folder_write(&folder, "example/services/Taxi.lua", "return 1", 8);
    expect(&folder, "file-name");
    unlink(folder_at(&folder, "example/services/Taxi.lua"));
    folder_write(&folder, "example/services/taxi.2025-02-30.lua", "return 1", 8);
    expect(&folder, "file-name");
    unlink(folder_at(&folder, "example/services/taxi.2025-02-30.lua"));
    folder_write(&folder, "example/services/taxi.spec.lua", "return 1", 8);
    expect(&folder, "spec-alone");
    unlink(folder_at(&folder, "example/services/taxi.spec.lua"));
    folder_write(&folder, "example/fact.lua", "return 1", 8);
    expect(&folder, "file-unknown");
    unlink(folder_at(&folder, "example/fact.lua"));
    unlink(folder_at(&folder, "example/services/care.spec.lua"));
    expect(&folder, "spec-missing");
    unlink(folder_at(&folder, "example/facts.lua"));
    expect(&folder, "file-missing");
    folder_delete(&folder);
}

/* What editors leave behind is no part of a programme. */
static void leftovers_are_passed_over(void **state)
{
    (void)state;
    static const char *const names[] = {"example/services/.care.lua.swp",
                                        "example/services/.care.lua", "example/services/care.lua~",
                                        "example/services/#care.lua#", "example/README.md"};
    folder_t folder = folder_copy(FIXTURES);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        folder_write(&folder, names[i], "\xff", 1);
    }
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    assert_true(plugin_good(generation));
    plugin_release(generation);
    folder_delete(&folder);
}

static void folders_that_are_not_there(void **state)
{
    (void)state;
    static const char *const ids[] = {"", "..", "/etc", "nowhere", "a/b", "Example"};
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        plugin_generation_t *generation = plugin_load(FIXTURES, ids[i]);
        assert_non_null(folder_fault(generation, "file-missing", 0));
        plugin_release(generation);
    }
    plugin_generation_t *generation = plugin_load("/nowhere", "example");
    assert_non_null(folder_fault(generation, "file-missing", 0));
    plugin_release(generation);
}

/* Each version answers for its own days. */
static void versions_live_side_by_side(void **state)
{
    (void)state;
    plugin_generation_t *generation = plugin_load(FIXTURES, "example");
    const registry_programme_t *programme = plugin_programme(generation);
    date_t before = DATE_NONE, after = DATE_NONE;
    date_parse(SPAN("2025-06-30"), &before);
    date_parse(SPAN("2025-07-01"), &after);
    const registry_service_t *older =
        registry_service_on(programme, SPAN("delivery"), before, NULL);
    const registry_service_t *newer = registry_service_on(programme, SPAN("delivery"), after, NULL);
    assert_int_equal(older->revision, 1);
    assert_int_equal(newer->revision, 2);
    assert_false(span_equal(older->version, newer->version));
    assert_true(span_equal(newer->file, SPAN("services/delivery.2025-07-01.lua")));
    plugin_release(generation);
}

/* A service's version changes with what it stands on, and with nothing else. */
static void versions_cover_what_they_stand_on(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    plugin_generation_t *first = plugin_load(folder.path, "example");
    folder_replace(&folder, "example/services/cleaning.lua", "Sprzątanie w domu.", "Inaczej.");
    plugin_generation_t *second = plugin_load(folder.path, "example");
    folder_replace(&folder, "example/shared.lua", "Stary i sam", "Starszy i sam");
    plugin_generation_t *third = plugin_load(folder.path, "example");
    const registry_service_t *a = plugin_programme(first)->services;
    const registry_service_t *b = plugin_programme(second)->services;
    const registry_service_t *c = plugin_programme(third)->services;
    assert_false(span_equal(a[0].version, b[0].version));
    assert_true(span_equal(a[1].version, b[1].version));
    assert_false(span_equal(b[1].version, c[1].version));
    assert_false(span_equal(plugin_programme(first)->version, plugin_programme(second)->version));
    plugin_release(first);
    plugin_release(second);
    plugin_release(third);
    folder_delete(&folder);
}

/* A function that never ends stops at its budget; the other services decide on. */
static void a_function_that_runs_away_fails_alone(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    int line = folder_replace(&folder, CARE, "  return f.household <= 2",
                              "  while f.household == 7 do end\n  return f.household <= 2");
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    folder_print(generation);
    assert_true(plugin_good(generation));
    const registry_programme_t *programme = plugin_programme(generation);
    const registry_service_t *care = &programme->services[1], *other = &programme->services[0];
    rules_case_t of;
    rules_decision_t decision;
    rules_fault_t fault = {0};
    rules_case_begin(&of, programme, plugin_functions(generation), programme->from);
    rules_case_set(&of, registry_fact(programme, SPAN("household")), 7);
    rules_case_derive(&of);
    for (int i = 0; i < 3; i++) {
        assert_false(rules_decide(&of, care, &decision, &fault));
        assert_int_equal(fault.code, RULES_FUNCTION);
        assert_int_equal(fault.line, line);
        assert_non_null(strstr(fault.message, "example/services/care.lua:"));
        assert_true(rules_decide(&of, other, &decision, &fault));
    }
    plugin_release(generation);
    folder_delete(&folder);
}

/* Each within its own budget, many functions would still hold the loop. */
static void the_functions_of_a_decision_share_a_budget(void **state)
{
    (void)state;
    plugin_generation_t *generation = plugin_load(FIXTURES, "example");
    const registry_programme_t *programme = plugin_programme(generation);
    const registry_service_t *care = &programme->services[1];
    const rules_functions_t *port = plugin_functions(generation);
    int function = care->checks[0].node->function, missing = -1;
    rules_case_t of;
    rules_answer_t answer;
    rules_decision_t decision;
    rules_fault_t fault = {0};
    rules_case_begin(&of, programme, port, programme->from);
    rules_case_set(&of, registry_fact(programme, SPAN("household")), 2);
    rules_case_derive(&of);
    of.service = care;
    assert_true(port->condition(port->context, function, &of, &answer, &missing, &fault));
    assert_true(of.function_ns > 0);
    of.function_ns = UINT64_C(1000000000);
    assert_false(port->condition(port->context, function, &of, &answer, &missing, &fault));
    assert_int_equal(fault.code, RULES_FUNCTION);
    assert_non_null(strstr(fault.message, "together"));
    /* The next decision begins anew. */
    assert_true(rules_decide(&of, care, &decision, &fault));
    plugin_release(generation);
}

/* What a function reads is known before it runs, its helpers' reading too. */
static void functions_tell_what_they_read(void **state)
{
    (void)state;
    plugin_generation_t *generation = plugin_load(FIXTURES, "example");
    const registry_programme_t *programme = plugin_programme(generation);
    const registry_check_t *check = &programme->services[1].checks[0];
    assert_true(span_equal(check->id, SPAN("small")));
    assert_int_equal(check->fact_count, 2);
    assert_true(span_equal(programme->facts[check->facts[0]]->id, SPAN("household")));
    assert_true(span_equal(programme->facts[check->facts[1]]->id, SPAN("income")));
    plugin_release(generation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_are_not_followed),
        cmocka_unit_test(a_programme_is_no_link),
        cmocka_unit_test(what_is_no_file_is_not_waited_for),
        cmocka_unit_test(a_huge_sparse_file_is_not_read),
        cmocka_unit_test(an_unreadable_file_is_told),
        cmocka_unit_test(odd_texts_are_told),
        cmocka_unit_test(half_written_files_are_told),
        cmocka_unit_test(names_are_checked),
        cmocka_unit_test(leftovers_are_passed_over),
        cmocka_unit_test(folders_that_are_not_there),
        cmocka_unit_test(versions_live_side_by_side),
        cmocka_unit_test(versions_cover_what_they_stand_on),
        cmocka_unit_test(a_function_that_runs_away_fails_alone),
        cmocka_unit_test(the_functions_of_a_decision_share_a_budget),
        cmocka_unit_test(functions_tell_what_they_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
