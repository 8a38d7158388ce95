/* The search over many programmes, held to the searches within each of them while programmes come,
 * change and go. */
#include "registry/search.h"
#include "registry_build.h"

#include <stdio.h>

enum { PROGRAMMES = 40, SERVICES = 12, ALL = PROGRAMMES * SERVICES, STEPS = 400 };

typedef struct {
    char id[16];
    arena_t *arena; /* NULL: not in */
    registry_programme_t programme;
    const registry_search_t *search;
} town_t;

static town_t towns[PROGRAMMES];
static unsigned state_of_dice = 7;

static unsigned dice(unsigned below)
{
    state_of_dice = state_of_dice * 1103515245u + 12345u;
    return (state_of_dice >> 16) % below;
}

static span_t print(arena_t *arena, const char *format, unsigned a, unsigned b)
{
    char text[64];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int len = snprintf(text, sizeof text, format, a, b);
#pragma GCC diagnostic pop
    return arena_copy(arena, (span_t){text, (size_t)len});
}

/* Services of few words, so that most of them are in several services and towns. */
static void build_town(town_t *town, unsigned number)
{
    unsigned count = dice(SERVICES + 1);
    town->arena = arena_new(4096);
    registry_service_t *services = arena_array(town->arena, SERVICES, sizeof *services);
    for (unsigned i = 0; i < count; i++) {
        services[i].id = print(town->arena, "s%u-%u", i, 0);
        services[i].from = day("2024-01-01");
        services[i].name.in[LANG_PL] = print(town->arena, "usługa w%u w%u", dice(30), dice(200));
        services[i].summary.text.in[LANG_PL] =
            print(town->arena, "dla w%u i w%u", dice(30), dice(200));
    }
    town->programme =
        (registry_programme_t){.id = span_of(town->id),
                               .from = day("2024-01-01"),
                               .municipality = print(town->arena, "Gmina%u", number, 0),
                               .services = services,
                               .service_count = count};
    town->search = registry_search_new(town->arena, &town->programme);
    assert_non_null(town->search);
}

static registry_found_t found[ALL];

static size_t find(registry_directory_t *directory, const char *query, size_t first, size_t max,
                   size_t *count)
{
    const registry_wanted_t wanted = {.query = span_of(query), .first = first, .max = max};
    return registry_directory_find(directory, &wanted, found, count);
}

/* What is found of each town is what its own search finds, in that order. */
static void compare(registry_directory_t *directory, const char *query)
{
    size_t count = 0, expected = 0;
    size_t total = find(directory, query, 0, ALL, &count);
    assert_int_equal(total, count);
    for (size_t i = 0; i < PROGRAMMES; i++) {
        size_t places[SERVICES], next = 0;
        size_t own = towns[i].arena == NULL
                         ? 0
                         : registry_search(towns[i].search, span_of(query), places, SERVICES);
        for (size_t k = 0; k < count; k++) {
            if (found[k].programme == &towns[i].programme) {
                assert_true(next < own);
                assert_ptr_equal(found[k].service, &towns[i].programme.services[places[next++]]);
            }
        }
        assert_int_equal(next, own);
        expected += own;
    }
    assert_int_equal(total, expected);
}

static void it_keeps_up_with_what_comes_and_goes(void **state)
{
    (void)state;
    static const char *const queries[] = {"w1", "usl", "w2 w3", "dla w7", "w", "w19 u", "nic"};
    registry_directory_t *directory = registry_directory_new();
    assert_non_null(directory);
    for (unsigned step = 0; step < STEPS; step++) {
        unsigned number = dice(PROGRAMMES);
        town_t *town = &towns[number];
        snprintf(town->id, sizeof town->id, "t%02u", number);
        town_t older = *town;
        if (dice(4) == 0) {
            registry_directory_drop(directory, span_of(town->id));
            town->arena = NULL;
        } else {
            town_t newer = {0};
            memcpy(newer.id, town->id, sizeof newer.id);
            *town = newer;
            build_town(town, number);
            assert_true(registry_directory_put(directory, span_of(town->id), &town->programme,
                                               town->search));
        }
        arena_free(older.arena);
        compare(directory, queries[step % (sizeof queries / sizeof *queries)]);
    }
    for (size_t i = 0; i < PROGRAMMES; i++) {
        arena_free(towns[i].arena);
        towns[i].arena = NULL;
    }
    registry_directory_free(directory);
}

static void pages_lie_one_behind_the_other(void **state)
{
    (void)state;
    registry_directory_t *directory = registry_directory_new();
    for (unsigned i = 0; i < PROGRAMMES; i++) {
        snprintf(towns[i].id, sizeof towns[i].id, "t%02u", i);
        build_town(&towns[i], i);
        registry_directory_put(directory, span_of(towns[i].id), &towns[i].programme,
                               towns[i].search);
    }
    registry_found_t all[ALL];
    size_t count = 0;
    size_t total = find(directory, "w1", 0, ALL, &count);
    memcpy(all, found, count * sizeof *all);
    assert_true(total > 30);
    for (size_t first = 0; first < total + 10; first += 7) {
        assert_int_equal(find(directory, "w1", first, 7, &count), total);
        assert_int_equal(count, first >= total ? 0 : total - first < 7 ? total - first : 7);
        for (size_t i = 0; i < count; i++) {
            assert_ptr_equal(found[i].service, all[first + i].service);
        }
    }
    /* Without words all of them, by the programmes' ids; with the town's name those of the town. */
    size_t services = 0;
    for (size_t i = 0; i < PROGRAMMES; i++) {
        services += towns[i].programme.service_count;
    }
    assert_int_equal(find(directory, "", 0, ALL, &count), services);
    for (size_t i = 1; i < count; i++) {
        assert_true(span_compare(found[i - 1].programme->id, found[i].programme->id) <= 0);
    }
    assert_int_equal(find(directory, "GMINA17", 0, ALL, &count), towns[17].programme.service_count);
    assert_int_equal(find(directory, "...", 0, ALL, &count), 0);
    for (size_t i = 0; i < PROGRAMMES; i++) {
        arena_free(towns[i].arena);
        towns[i].arena = NULL;
    }
    registry_directory_free(directory);
}

static bool second_version_shows(void *context, const registry_programme_t *programme,
                                 const registry_service_t *service)
{
    (*(int *)context)++;
    return registry_in_force(programme, service, day("2025-06-01"));
}

static void of_several_versions_one_is_shown(void **state)
{
    (void)state;
    const registry_service_t services[] = {
        {.id = TEXT("a"), .number = 1, .from = day("2024-01-01"), .name = polish("pranie")},
        {.id = TEXT("b"), .number = 2, .from = day("2024-01-01"), .name = polish("pranie firan")},
        {.id = TEXT("a"), .number = 3, .from = day("2025-01-01"), .name = polish("pranie nowe")}};
    registry_programme_t programme = {.id = TEXT("town"),
                                      .from = day("2024-01-01"),
                                      .to = day("2026-12-31"),
                                      .municipality = TEXT("Gmina"),
                                      .services = services,
                                      .service_count = 3};
    build_copy("", 0);
    assert_true(registry_index(build_arena, &programme));
    const registry_search_t *search = registry_search_new(build_arena, &programme);
    registry_directory_t *directory = registry_directory_new();
    assert_true(registry_directory_put(directory, programme.id, &programme, search));
    int asked = 0;
    const registry_wanted_t wanted = {
        .query = SPAN("pranie"), .max = ALL, .shows = second_version_shows, .context = &asked};
    size_t count = 0;
    assert_int_equal(registry_directory_find(directory, &wanted, found, &count), 2);
    assert_ptr_equal(found[0].service, &services[1]);
    assert_ptr_equal(found[1].service, &services[2]);
    assert_int_equal(asked, 2);
    registry_directory_free(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_keeps_up_with_what_comes_and_goes),
        cmocka_unit_test(pages_lie_one_behind_the_other),
        cmocka_unit_test(of_several_versions_one_is_shown),
    };
    return cmocka_run_group_tests_name("directory", tests, NULL, build_end);
}
