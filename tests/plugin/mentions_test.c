/* Texts that mention parameters say the value of the day, each language in its own way. */
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define CLEANING "example/services/cleaning.lua"

static plugin_generation_t *load_with(const char *file, const char *find, const char *replacement)
{
    folder_t folder = folder_copy(FIXTURES);
    assert_true(folder_replace(&folder, file, find, replacement) > 0);
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    folder_print(generation);
    assert_true(plugin_good(generation));
    folder_delete(&folder);
    return generation;
}

static date_t day(const char *text)
{
    date_t date;
    assert_true(date_parse(span_of(text), &date));
    return date;
}

static void says(const registry_text_t *text, const char *on, lang_t lang, const char *expected)
{
    span_t said = texts_in(registry_text_on(text, day(on)), lang);
    if (!span_equal(said, span_of(expected))) {
        fail_msg("on %s: \"%.*s\", not \"%s\"", on, SPAN_ARGS(said), expected);
    }
}

/* The text of the summary of cleaning, with `written` in all three languages. */
static void summary_says(const char *written, const char *on, const char *pl, const char *en,
                         const char *uk)
{
    char replacement[512];
    snprintf(replacement, sizeof replacement, "summary = { pl = \"%s\", en = \"%s\", uk = \"%s\" }",
             written, written, written);
    plugin_generation_t *generation =
        load_with(CLEANING, "summary = { pl = \"Sprzątanie w domu.\" }", replacement);
    const registry_service_t *service =
        registry_service_on(plugin_programme(generation), SPAN("cleaning"), day(on), NULL);
    says(&service->summary, on, LANG_PL, pl);
    says(&service->summary, on, LANG_EN, en);
    says(&service->summary, on, LANG_UK, uk);
    plugin_release(generation);
}

static void values_are_written_in_each_language(void **state)
{
    (void)state;
    summary_says("{old_age} lat", "2024-03-01", "75 lat", "75 lat", "75 lat");
    summary_says("{ price }.", "2024-12-31", "25,00\u00a0zł.", "25.00\u00a0zł.", "25,00\u00a0zł.");
    summary_says("{price}", "2025-01-01", "30,00\u00a0zł", "30.00\u00a0zł", "30,00\u00a0zł");
    summary_says("{share}%", "2024-06-01", "20%", "20%", "20%");
    summary_says("{share}%", "2025-06-01", "22,5%", "22.5%", "22,5%");
    summary_says("od {opening}", "2024-06-01", "od 1\u00a0czerwca 2020", "od 1\u00a0June 2020",
                 "od 1\u00a0червня 2020");
    summary_says("{{old_age}, {order_ahead}}", "2024-06-01", "{old_age}, 3}", "{old_age}, 3}",
                 "{old_age}, 3}");
}

static void texts_change_with_every_row_they_mention(void **state)
{
    (void)state;
    plugin_generation_t *generation =
        load_with(CLEANING, "pl = \"uwaga\"", "pl = \"{price}, {share} %\", en = \"{great_age}\"");
    const registry_service_t *service = registry_service_on(
        plugin_programme(generation), SPAN("cleaning"), day("2024-03-01"), NULL);
    const registry_text_t *note = &service->notes[0].text;
    assert_int_equal(note->later_count, 1);
    says(note, "2023-01-01", LANG_PL, "25,00\u00a0zł, 20 %");
    says(note, "2024-12-31", LANG_PL, "25,00\u00a0zł, 20 %");
    says(note, "2025-01-01", LANG_PL, "30,00\u00a0zł, 22,5 %");
    says(note, "2025-01-01", LANG_EN, "90");
    says(note, "2025-01-01", LANG_UK, "30,00\u00a0zł, 22,5 %");
    assert_int_equal(service->exclusions[0].text.later_count, 0);
    plugin_release(generation);
}

static void words_take_the_form_of_the_number(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    assert_true(folder_replace(&folder, "example/programme.lua", "value = 90, basis = by }",
                               "value = 90, basis = by },\n"
                               "{ from = \"2024-05-01\", value = 92, basis = by },\n"
                               "{ from = \"2024-06-01\", to = \"2026-06-30\", value = 91, "
                               "basis = by }") > 0);
    assert_true(folder_replace(&folder, "example/programme.lua", "pl = \"Ukończone 90 lat\"",
                               "pl = \"{great_age|rok|lata|lat}\", "
                               "en = \"{great_age|year|years}\", "
                               "uk = \"{great_age|рік|роки|років}\"") > 0);
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    folder_print(generation);
    assert_true(plugin_good(generation));
    const registry_text_t *text = &plugin_programme(generation)->reliefs[0].text;
    says(text, "2024-04-30", LANG_PL, "90\u00a0lat");
    says(text, "2024-05-01", LANG_PL, "92\u00a0lata");
    says(text, "2024-05-31", LANG_UK, "92\u00a0роки");
    says(text, "2024-06-01", LANG_PL, "91\u00a0lat");
    says(text, "2024-06-01", LANG_UK, "91\u00a0рік");
    says(text, "2024-06-01", LANG_EN, "91\u00a0years");
    says(text, "2026-07-01", LANG_PL, "…");
    plugin_release(generation);
    folder_delete(&folder);
}

static void shared_texts_mention_the_service_that_uses_them(void **state)
{
    (void)state;
    plugin_generation_t *generation = load_with("example/shared.lua", "pl = \"Stary i sam\"",
                                                "pl = \"Ma {old_age|rok|lata|lat}\"");
    const registry_service_t *service = registry_service_on(
        plugin_programme(generation), SPAN("cleaning"), day("2024-03-01"), NULL);
    bool found = false;
    for (size_t i = 0; i < service->check_count; i++) {
        if (span_equal(service->checks[i].id, SPAN("old-alone"))) {
            says(&service->checks[i].text, "2024-03-01", LANG_PL, "Ma 75\u00a0lat");
            found = true;
        }
    }
    assert_true(found);
    plugin_release(generation);
}

static void reliefs_mention_the_programme(void **state)
{
    (void)state;
    plugin_generation_t *generation =
        load_with("example/programme.lua", "pl = \"Połowa\"", "pl = \"Połowa z {share} %\"");
    const registry_programme_t *programme = plugin_programme(generation);
    says(&programme->reliefs[1].text, "2024-03-01", LANG_PL, "Połowa z 20 %");
    says(&programme->reliefs[1].text, "2025-03-01", LANG_PL, "Połowa z 22,5 %");
    plugin_release(generation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_in_each_language),
        cmocka_unit_test(texts_change_with_every_row_they_mention),
        cmocka_unit_test(words_take_the_form_of_the_number),
        cmocka_unit_test(shared_texts_mention_the_service_that_uses_them),
        cmocka_unit_test(reliefs_mention_the_programme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
