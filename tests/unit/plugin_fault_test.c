/* Everything that can be said to an author: three languages, the same holes, stable names. */
#include "plugin/fault.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static size_t holes(const char *format)
{
    size_t count = 0;
    for (const char *at = strchr(format, '%'); at != NULL; at = strchr(at + 1, '%')) {
        assert_int_equal(at[1], 's');
        count++;
    }
    return count;
}

static void formats_agree_in_all_languages(void **state)
{
    (void)state;
    for (fault_code_t code = 0; code < FAULT_COUNT; code++) {
        size_t wanted = holes(plugin_fault_format(code, LANG_PL));
        assert_true(wanted <= FAULT_ARGUMENTS_MAX);
        for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
            const char *format = plugin_fault_format(code, lang);
            assert_true(text_is_plain(span_of(format), false));
            assert_int_equal(holes(format), wanted);
        }
    }
}

static void names_are_stable_and_different(void **state)
{
    (void)state;
    for (fault_code_t a = 0; a < FAULT_COUNT; a++) {
        for (const char *c = plugin_fault_name(a); *c != '\0'; c++) {
            assert_true((*c >= 'a' && *c <= 'z') || *c == '-');
        }
        for (fault_code_t b = 0; b < a; b++) {
            assert_string_not_equal(plugin_fault_name(a), plugin_fault_name(b));
        }
    }
}

static void a_fault_is_said_once_in_three_languages(void **state)
{
    (void)state;
    faults_t faults = {.arena = arena_new(4096)};
    fault_say_t args[] = {say_word("cenre"), say_word("programme"), say_word("centre, period")};
    plugin_faults_add(&faults, SPAN("a/programme.lua"), 7, FAULT_UNKNOWN_KEY, "centre", args, 3);
    plugin_faults_add(&faults, SPAN("a/programme.lua"), 7, FAULT_UNKNOWN_KEY, "centre", args, 3);
    plugin_faults_add(&faults, SPAN("a/facts.lua"), 9, FAULT_UNKNOWN_KEY, NULL, args, 3);
    plugin_faults_finish(&faults, SPAN("a"));
    assert_int_equal(faults.count, 2);
    assert_int_equal(faults.raised, 3);
    buf_t text = {0};
    plugin_fault_print(&text, &faults.at[1], LANG_EN);
    assert_string_equal(buf_zero_terminated(&text),
                        "a/programme.lua:7: unknown key \"cenre\"; programme has the keys: centre, "
                        "period – was \"centre\" meant?\n");
    buf_clear(&text);
    plugin_fault_print(&text, &faults.at[1], LANG_PL);
    assert_string_equal(
        buf_zero_terminated(&text),
        "a/programme.lua:7: nieznane pole „cenre”; programme ma pola: centre, period "
        "– może chodziło o „centre”?\n");
    buf_free(&text);
    arena_free(faults.arena);
}

/* A number that may be a PESEL is never repeated, nor is a text without end. */
static void what_is_repeated_is_masked_and_cut(void **state)
{
    (void)state;
    faults_t faults = {.arena = arena_new(4096)};
    char text[4000];
    memset(text, 'x', sizeof(text));
    fault_say_t args[] = {say_word("44051401359"), say((span_t){text, sizeof(text)})};
    plugin_faults_add(&faults, SPAN("a"), 1, FAULT_TEST_CONFLICT, NULL, args, 2);
    span_t said = faults.at[0].text.in[LANG_EN];
    assert_null(memmem(said.at, said.len, "44051401359", 11));
    assert_true(said.len < 1000);
    arena_free(faults.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_agree_in_all_languages),
        cmocka_unit_test(names_are_stable_and_different),
        cmocka_unit_test(a_fault_is_said_once_in_three_languages),
        cmocka_unit_test(what_is_repeated_is_masked_and_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
