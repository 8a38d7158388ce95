/* The search: folding, beginnings, several words, ranking, hostile queries, many services. */
#include "registry/search.h"
#include "registry_build.h"

#include <stdio.h>

static const registry_term_t home_package = {.id = TEXT("home"), .name = {{TEXT("POMOC+")}}};
static const registry_term_t seniors = {.id = TEXT("seniors"),
                                        .name = {{TEXT("seniorzy"), TEXT("seniors"), {NULL, 0}}}};
static const registry_term_t family = {.id = TEXT("family"),
                                       .name = {{TEXT("wspieranie rodziny")}}};
static const registry_term_t *const groups[] = {&seniors};
static const registry_term_t *const areas[] = {&family};

static const registry_service_t town[] = {
    {.id = TEXT("windows"),
     .name = {{TEXT("mycie okien"), TEXT("Window cleaning"), TEXT("Миття вікон")}},
     .summary = {.text = {{TEXT("Umycie szyb, ram i parapetów.")}}},
     .package = &home_package,
     .groups = groups,
     .group_count = 1},
    {.id = TEXT("trip"),
     .name = {{TEXT("Wycieczka: Łódź")}},
     .summary = {.text = {{TEXT("Wyjazd w okresie letnim z taksówką")}}},
     .areas = areas,
     .area_count = 1},
    {.id = TEXT("taxi"),
     .name = {{TEXT("taksówka"), TEXT("taxi"), TEXT("таксі")}},
     .summary = {.text = {{TEXT("Przejazd; okna się nie myje")}}},
     .package = &home_package},
    {.id = TEXT("zoo"), .name = {{TEXT("ogród zoologiczny")}}, .summary = {.text = {{TEXT("xa")}}}},
    {.id = TEXT("zoo-more"),
     .name = {{TEXT("xb zoo")}},
     .summary = {.text = {{TEXT("xa ogród zoo")}}}},
    {.id = TEXT("taxi-more"), .name = {{TEXT("taksówkarz na telefon")}}},
};

static size_t places[64];
static char found_text[512];

/* The places found as "0 3 1". */
static const char *find_in(const registry_search_t *search, const char *query)
{
    size_t count = registry_search(search, span_of(query), places, 64);
    size_t len = 0;
    found_text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        len += (size_t)snprintf(found_text + len, sizeof found_text - len, i > 0 ? " %zu" : "%zu",
                                places[i]);
    }
    return found_text;
}

static const registry_search_t *search_of_town(void)
{
    const registry_programme_t programme = {.services = town,
                                            .service_count = sizeof town / sizeof town[0]};
    (void)build_copy(NULL, 0);
    const registry_search_t *search = registry_search_new(build_arena, &programme);
    assert_non_null(search);
    return search;
}

static void words_are_found_in_every_language(void **state)
{
    (void)state;
    const registry_search_t *search = search_of_town();
    assert_string_equal(find_in(search, "lodz"), "1");
    assert_string_equal(find_in(search, "ŁÓDŹ"), "1");
    assert_string_equal(find_in(search, "window"), "0");
    assert_string_equal(find_in(search, "вікон"), "0");
    assert_string_equal(find_in(search, "МИТ"), "0");
    assert_string_equal(find_in(search, "parapetow"), "0");
    assert_string_equal(find_in(search, "pomoc"), "0 2");
    assert_string_equal(find_in(search, "Senior"), "0");
    assert_string_equal(find_in(search, "wspieranie"), "1");
    assert_string_equal(find_in(search, "nie-ma"), "");
    assert_string_equal(find_in(search, "odz"), "");
}

static void every_word_must_begin_a_word(void **state)
{
    (void)state;
    const registry_search_t *search = search_of_town();
    assert_string_equal(find_in(search, "mycie okien"), "0");
    assert_string_equal(find_in(search, "okien mycie"), "0");
    assert_string_equal(find_in(search, "my ok"), "0 2");
    assert_string_equal(find_in(search, "mycie taksowka"), "");
    assert_string_equal(find_in(search, "taxi таксі taks"), "2");
    assert_string_equal(find_in(search, "taxi taxi taxi"), "2");
}

static void better_hits_come_first(void **state)
{
    (void)state;
    const registry_search_t *search = search_of_town();
    /* Whole in the name, begun in the name, whole elsewhere. */
    assert_string_equal(find_in(search, "taksówka"), "2 5 1");
    assert_string_equal(find_in(search, "taks"), "2 5 1");
    /* Elsewhere a whole word comes before a beginning, in the name either before both. */
    assert_string_equal(find_in(search, "okie"), "0");
    assert_string_equal(find_in(search, "ok"), "0 1 2");
    assert_string_equal(find_in(search, "w"), "0 1");
    /* The best of several hits in one service counts, and the sum over the words. */
    assert_string_equal(find_in(search, "x"), "4 3");
    assert_string_equal(find_in(search, "zo"), "3 4");
    assert_string_equal(find_in(search, "ogrod zoo"), "3 4");
    assert_string_equal(find_in(search, "xa zoo"), "4 3");
    assert_int_equal(registry_search(search, SPAN("taks"), places, 1), 3);
    assert_int_equal(places[0], 2);
    assert_int_equal(registry_search(search, SPAN("taks"), NULL, 0), 3);
}

static void hostile_queries_are_bounded(void **state)
{
    (void)state;
    const registry_search_t *search = search_of_town();
    static char query[100000];
    assert_string_equal(find_in(search, ""), "");
    assert_string_equal(find_in(search, " \t.,;"), "");
    assert_string_equal(find_in(search, "\xff\xc3\xe2\x82"), "");
    memset(query, 'a', sizeof query - 1);
    assert_string_equal(find_in(search, query), "");
    for (size_t i = 0; i + 1 < sizeof query; i += 2) {
        query[i] = (char)('a' + i / 2 % 26);
        query[i + 1] = ' ';
    }
    query[sizeof query - 1] = '\0';
    assert_string_equal(find_in(search, query), "");
    /* A long sentence is found by its beginning; "ó" is cut in two at the bound. */
    memset(query, ' ', 511);
    memcpy(query, "taxi", 4);
    memcpy(query + 511, "\u00f3zoo", 6);
    assert_string_equal(find_in(search, query), "2");
}

static void an_empty_programme_finds_nothing(void **state)
{
    (void)state;
    const registry_programme_t programme = {0};
    (void)build_copy(NULL, 0);
    const registry_search_t *search = registry_search_new(build_arena, &programme);
    assert_non_null(search);
    assert_string_equal(find_in(search, "a"), "");
}

static void thousands_of_services_are_found_exactly(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    registry_service_t *services = calloc(COUNT, sizeof *services);
    char(*names)[48] = calloc(COUNT, sizeof *names);
    assert_non_null(services);
    assert_non_null(names);
    for (size_t i = 0; i < COUNT; i++) {
        (void)snprintf(names[i], sizeof names[i], "usługa numer%zu grupa%zu", i, i % 10);
        services[i].name = polish(names[i]);
    }
    const registry_programme_t programme = {.services = services, .service_count = COUNT};
    arena_t *arena = arena_new(1 << 20);
    const registry_search_t *search = registry_search_new(arena, &programme);
    assert_non_null(search);
    assert_int_equal(registry_search(search, SPAN("usluga"), places, 64), COUNT);
    for (size_t i = 0; i < 64; i++) {
        assert_int_equal(places[i], i);
    }
    assert_int_equal(registry_search(search, SPAN("numer499"), places, 64), 11);
    assert_int_equal(places[0], 499);
    assert_int_equal(places[1], 4990);
    assert_int_equal(registry_search(search, SPAN("grupa7 numer42"), places, 64), 11);
    assert_int_equal(places[0], 427);
    arena_free(arena);
    free(names);
    free(services);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_in_every_language),
        cmocka_unit_test(every_word_must_begin_a_word),
        cmocka_unit_test(better_hits_come_first),
        cmocka_unit_test(hostile_queries_are_bounded),
        cmocka_unit_test(an_empty_programme_finds_nothing),
        cmocka_unit_test(thousands_of_services_are_found_exactly),
    };
    return cmocka_run_group_tests_name("registry: search", tests, NULL, build_end);
}
