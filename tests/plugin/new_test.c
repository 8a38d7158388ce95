/* Beginnings pass the check and their own tests as they are, in each language. */
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect_good(const folder_t *folder, const char *programme, size_t services)
{
    plugin_generation_t *generation = plugin_load(folder->path, programme);
    folder_print(generation);
    assert_true(plugin_good(generation));
    assert_int_equal(plugin_programme(generation)->service_count, services);
    assert_int_equal(plugin_tests(generation).passed, 3 * services);
    plugin_release(generation);
}

static void beginnings_pass_as_they_are(void **state)
{
    (void)state;
    static const char *const comments[] = {"-- Jedna usługa", "-- One service", "-- Одна послуга"};
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        folder_t folder = folder_empty();
        buf_t written = {0}, why = {0};
        assert_true(plugin_new_programme(folder.path, SPAN("a-town"), &written, &why, lang));
        expect_good(&folder, "a-town", 1);
        assert_true(plugin_new_service(folder.path, SPAN("a-town/telecare"), &written, &why, lang));
        expect_good(&folder, "a-town", 2);
        char *text = folder_read(&folder, "a-town/services/telecare.lua", NULL);
        assert_true(strncmp(text, comments[lang], strlen(comments[lang])) == 0);
        assert_null(strchr(text, '@'));
        assert_null(strstr(text, "--["));
        free(text);
        assert_int_equal(why.len, 0);
        buf_free(&written);
        buf_free(&why);
        folder_delete(&folder);
    }
}

static void nothing_is_overwritten(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    buf_t written = {0}, why = {0};
    char *before = folder_read(&folder, "example/services/care.lua", NULL);
    assert_false(plugin_new_service(folder.path, SPAN("example/care"), &written, &why, LANG_EN));
    assert_true(why.len > 0);
    buf_clear(&why);
    assert_false(plugin_new_programme(folder.path, SPAN("example"), &written, &why, LANG_PL));
    assert_true(why.len > 0);
    assert_int_equal(written.len, 0);
    char *after = folder_read(&folder, "example/services/care.lua", NULL);
    assert_string_equal(before, after);
    free(before);
    free(after);
    buf_free(&written);
    buf_free(&why);
    folder_delete(&folder);
}

static void a_service_fits_any_programme(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    buf_t written = {0}, why = {0};
    assert_true(plugin_new_service(folder.path, SPAN("example/taxi"), &written, &why, LANG_EN));
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    folder_print(generation);
    assert_true(plugin_good(generation));
    plugin_release(generation);
    buf_free(&written);
    buf_free(&why);
    folder_delete(&folder);
}

static void bad_names_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {
        "", "/", "a", "a/", "/a", "../a/b", "a/../b", "A/b", "a/b/c", "example/a.b", "nowhere/a"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        buf_t written = {0}, why = {0};
        assert_false(plugin_new_service(FIXTURES, span_of(names[i]), &written, &why, LANG_UK));
        assert_true(why.len > 0);
        assert_int_equal(written.len, 0);
        buf_free(&written);
        buf_free(&why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beginnings_pass_as_they_are),
        cmocka_unit_test(nothing_is_overwritten),
        cmocka_unit_test(a_service_fits_any_programme),
        cmocka_unit_test(bad_names_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
