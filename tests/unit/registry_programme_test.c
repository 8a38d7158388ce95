/* Rows by day, services by version, forms of units, names. */
#include "registry_build.h"

static const registry_row_t *row_at(const registry_parameter_t *parameter, const char *on)
{
    return registry_row_on(parameter, day(on));
}

static void a_row_holds_from_its_day_to_its_last(void **state)
{
    (void)state;
    const registry_parameter_t *gap =
        PARAMETER("old_age", row_of("2023-10-01", "2023-12-31", VALUE_INTEGER, 1),
                  row_of("2024-02-01", "2024-12-31", VALUE_INTEGER, 2),
                  row_of("2025-01-01", NULL, VALUE_INTEGER, 3));
    assert_null(row_at(gap, "2023-09-30"));
    assert_int_equal(row_at(gap, "2023-10-01")->value.number, 1);
    assert_int_equal(row_at(gap, "2023-12-31")->value.number, 1);
    assert_null(row_at(gap, "2024-01-01"));
    assert_null(row_at(gap, "2024-01-31"));
    assert_int_equal(row_at(gap, "2024-02-01")->value.number, 2);
    assert_int_equal(row_at(gap, "2024-12-31")->value.number, 2);
    assert_int_equal(row_at(gap, "2025-01-01")->value.number, 3);
    assert_int_equal(row_at(gap, "2299-12-31")->value.number, 3);
    assert_null(registry_row_on(NULL, day("2024-01-01")));
    assert_null(row_at(build_parameter("none", NULL, 0), "2024-01-01"));
}

static void a_service_has_its_own_parameters_first(void **state)
{
    (void)state;
    const registry_parameter_t own[] = {{.id = SPAN("share")}};
    const registry_parameter_t common[] = {{.id = SPAN("share")}, {.id = SPAN("age")}};
    registry_programme_t programme = {.parameters = {common, 2}};
    registry_service_t service = {.parameters = {own, 1}};
    assert_ptr_equal(registry_parameter(&programme, &service, SPAN("share")), own);
    assert_ptr_equal(registry_parameter(&programme, &service, SPAN("age")), common + 1);
    assert_ptr_equal(registry_parameter(&programme, NULL, SPAN("share")), common);
    assert_null(registry_parameter(&programme, &service, SPAN("shar")));
}

static void a_term_is_there_when_it_is_set(void **state)
{
    (void)state;
    const registry_programme_t programme = {
        .terms = {PARAMETER("offer_days", row_of("2024-01-01", "2024-12-31", VALUE_INTEGER, 7)), 1},
    };
    assert_int_equal(registry_term_on(&programme, TERM_OFFER_DAYS, day("2024-06-01"))->value.number,
                     7);
    assert_null(registry_term_on(&programme, TERM_OFFER_DAYS, day("2025-01-01")));
    assert_null(registry_term_on(&programme, TERM_APPEAL_DAYS, day("2024-06-01")));
    assert_null(registry_parameter(&programme, NULL, SPAN("offer_days")));
}

static const registry_service_t *version(const registry_programme_t *programme, const char *id,
                                         const char *on, bool expected)
{
    bool known = !expected;
    const registry_service_t *found = registry_service_on(programme, span_of(id), day(on), &known);
    assert_int_equal(known, expected);
    return found;
}

static void check_versions(const registry_programme_t *programme)
{
    const registry_service_t *services = programme->services;
    assert_null(version(programme, "taxi", "2023-09-30", true));
    assert_ptr_equal(version(programme, "taxi", "2023-10-01", true), &services[1]);
    assert_ptr_equal(version(programme, "taxi", "2025-12-31", true), &services[1]);
    assert_ptr_equal(version(programme, "taxi", "2026-01-01", true), &services[3]);
    assert_ptr_equal(version(programme, "hair", "2026-01-01", true), &services[2]);
    assert_ptr_equal(version(programme, "windows", "2026-01-01", true), &services[0]);
    assert_null(version(programme, "tax", "2026-01-01", false));
    assert_null(version(programme, "zoo", "2026-01-01", false));
    assert_null(version(programme, "", "2026-01-01", false));
    assert_true(registry_in_force(programme, &services[1], day("2025-12-31")));
    assert_false(registry_in_force(programme, &services[1], day("2026-01-01")));
    assert_true(registry_in_force(programme, &services[3], day("2026-01-01")));
}

/* A later version may have another number, so that versions need not lie side by side. */
static void each_day_has_its_version(void **state)
{
    (void)state;
    const registry_service_t services[] = {
        {.id = SPAN("windows"), .number = 1, .from = day("2023-10-01")},
        {.id = SPAN("taxi"), .number = 2, .from = day("2023-10-01")},
        {.id = SPAN("hair"), .number = 3, .from = day("2024-01-01")},
        {.id = SPAN("taxi"), .number = 4, .from = day("2026-01-01")},
    };
    registry_programme_t programme = {.services = services, .service_count = 4};
    check_versions(&programme);
    arena_t *arena = arena_new(1024);
    assert_true(registry_index(arena, &programme));
    assert_non_null(programme.by_id);
    check_versions(&programme);
    programme.service_count = 0;
    assert_true(registry_index(arena, &programme));
    assert_null(version(&programme, "taxi", "2026-01-01", false));
    arena_free(arena);
}

static void terms_and_facts_are_found_by_id(void **state)
{
    (void)state;
    const registry_term_t at[] = {{.id = SPAN("seniors")}, {.id = SPAN("disabled")}};
    const registry_fact_t age = {.id = SPAN("age")}, commune = {.id = SPAN("commune")};
    const registry_fact_t *const facts[] = {&age, &commune};
    registry_programme_t programme = {.facts = facts, .fact_count = 2};
    assert_ptr_equal(registry_term((registry_terms_t){at, 2}, SPAN("disabled")), at + 1);
    assert_null(registry_term((registry_terms_t){at, 2}, SPAN("senior")));
    assert_int_equal(registry_fact(&programme, SPAN("commune")), 1);
    assert_int_equal(registry_fact(&programme, SPAN("communes")), -1);
}

static const registry_unit_t window_unit = {
    .id = TEXT("window"),
    .name = {{TEXT("okno (szt.)"), TEXT("window (each)"), TEXT("вікно (шт.)")}},
    .forms = {{{TEXT("okno"), TEXT("window"), TEXT("вікно")}},
              {{TEXT("okna"), TEXT("windows"), TEXT("вікна")}},
              {{TEXT("okien"), {NULL, 0}, TEXT("вікон")}}},
};

static void assert_form(const registry_unit_t *unit, int64_t thousandths, lang_t lang,
                        const char *expected)
{
    span_t form = registry_unit_form(unit, thousandths, lang);
    assert_int_equal(form.len, strlen(expected));
    assert_memory_equal(form.at, expected, form.len);
}

static void units_have_their_plurals(void **state)
{
    (void)state;
    const struct {
        int64_t number;
        const char *pl, *en, *uk;
    } rows[] = {
        {0, "okien", "windows", "вікон"},   {1, "okno", "window", "вікно"},
        {2, "okna", "windows", "вікна"},    {4, "okna", "windows", "вікна"},
        {5, "okien", "windows", "вікон"},   {11, "okien", "windows", "вікон"},
        {12, "okien", "windows", "вікон"},  {14, "okien", "windows", "вікон"},
        {21, "okien", "windows", "вікно"},  {22, "okna", "windows", "вікна"},
        {25, "okien", "windows", "вікон"},  {101, "okien", "windows", "вікно"},
        {111, "okien", "windows", "вікон"}, {112, "okien", "windows", "вікон"},
        {122, "okna", "windows", "вікна"},  {1000000, "okien", "windows", "вікон"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_form(&window_unit, rows[i].number * 1000, LANG_PL, rows[i].pl);
        assert_form(&window_unit, rows[i].number * 1000, LANG_EN, rows[i].en);
        assert_form(&window_unit, rows[i].number * 1000, LANG_UK, rows[i].uk);
    }
    assert_form(&window_unit, 1500, LANG_PL, "okna");
    assert_form(&window_unit, 500, LANG_EN, "windows");
    assert_form(&window_unit, 5001, LANG_UK, "вікна");
    assert_form(&window_unit, INT64_MIN, LANG_PL, "okna");
}

static void a_language_without_forms_speaks_polish(void **state)
{
    (void)state;
    registry_unit_t unit = {
        .name = polish("wizyta"),
        .forms = {polish("wizyta"), polish("wizyty"), polish("wizyt")},
    };
    assert_form(&unit, 21000, LANG_UK, "wizyt");
    assert_form(&unit, 5000, LANG_EN, "wizyt");
    assert_form(&unit, 2000, LANG_EN, "wizyty");
    memset(unit.forms, 0, sizeof unit.forms);
    assert_form(&unit, 5000, LANG_EN, "wizyta");
}

static void enumerations_have_names(void **state)
{
    (void)state;
    assert_string_equal(registry_per_name(PER_VISIT), "visit");
    assert_string_equal(registry_per_name(PER_PROGRAMME), "programme");
    assert_string_equal(registry_whose_name(WHOSE_CASE), "case");
    assert_string_equal(registry_fact_type_name(FACT_PESEL), "pesel");
    assert_string_equal(registry_sensitivity_name(FACT_CRIMINAL), "criminal");
    for (int i = 0; i < BASIS_COUNT; i++) {
        assert_non_null(registry_basis_names[i]);
    }
    assert_string_equal(registry_basis_names[BASIS_PROVIDERS], "providers");
}

static void an_example_is_one_in_either_language(void **state)
{
    (void)state;
    const char *const examples[] = {"example", "przykład", "Przykład", "PRZYKŁAD", "Example"};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        registry_basis_t basis;
        registry_basis_set(&basis, span_of(examples[i]));
        assert_true(basis.example);
        assert_true(span_equal(basis.text, SPAN("example")));
    }
    const char *const documents[] = {"przykładowy regulamin", "uchwała nr 1, przykład 2", "exampl"};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        registry_basis_t basis;
        registry_basis_set(&basis, span_of(documents[i]));
        assert_false(basis.example);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_example_is_one_in_either_language),
        cmocka_unit_test(a_row_holds_from_its_day_to_its_last),
        cmocka_unit_test(a_service_has_its_own_parameters_first),
        cmocka_unit_test(a_term_is_there_when_it_is_set),
        cmocka_unit_test(each_day_has_its_version),
        cmocka_unit_test(terms_and_facts_are_found_by_id),
        cmocka_unit_test(units_have_their_plurals),
        cmocka_unit_test(a_language_without_forms_speaks_polish),
        cmocka_unit_test(enumerations_have_names),
    };
    return cmocka_run_group_tests_name("registry: programme", tests, NULL, build_end);
}
