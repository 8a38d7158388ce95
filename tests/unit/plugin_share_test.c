/* A real programme in shared blocks: everything of it is there, equal parts are there once, and all
 * is given back. */
#include "plugin/plugin.h"
#include "registry/share.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct {
    plugin_generation_t *generation;
    shared_t *shared;
} shared_world_t;

static shared_world_t world_new(const char *id)
{
    shared_world_t world = {plugin_load("plugins", id), shared_new()};
    assert_non_null(world.generation);
    assert_non_null(world.shared);
    assert_non_null(plugin_programme(world.generation));
    return world;
}

static void world_free(shared_world_t *world)
{
    plugin_release(world->generation);
    shared_release(world->shared);
}

static void a_programme_twice_is_there_once(void **state)
{
    static const char *const ids[] = {"koszalin", "starachowice", "goleniow"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        shared_world_t world = world_new(ids[i]);
        const registry_programme_t *own = plugin_programme(world.generation);
        const registry_programme_t *first = registry_share(world.shared, own);
        assert_non_null(first);
        size_t bytes = shared_bytes(world.shared);
        assert_ptr_equal(registry_share(world.shared, own), first);
        assert_int_equal(shared_bytes(world.shared), bytes);
        registry_unshare(world.shared, first);
        assert_true(span_equal(first->id, own->id));
        registry_unshare(world.shared, first);
        first = registry_share(world.shared, own);
        assert_int_equal(shared_bytes(world.shared), bytes);
        registry_unshare(world.shared, first);
        world_free(&world);
    }
}

static const registry_term_t *chosen(const registry_programme_t *programme,
                                     const registry_item_t *item, size_t column)
{
    const registry_terms_t terms =
        registry_column_terms(programme, CATALOG_EXTERNAL_SERVICES, column);
    for (size_t i = 0; i < terms.count && item->cells[column].count > 0; i++) {
        if (&terms.at[i] == item->cells[column].in.terms[0]) {
            return &terms.at[i];
        }
    }
    return NULL;
}

/* Read after the programme it was made of is gone. */
static void a_copy_needs_nothing_of_the_first(void **state)
{
    (void)state;
    shared_world_t world = world_new("koszalin");
    const registry_programme_t *copy =
        registry_share(world.shared, plugin_programme(world.generation));
    plugin_release(world.generation);
    world.generation = NULL;
    const registry_service_t *cleaning =
        registry_service_on(copy, SPAN("window-cleaning"), copy->from, NULL);
    assert_non_null(cleaning);
    assert_true(span_equal(cleaning->id, SPAN("window-cleaning")));
    assert_int_equal(cleaning->price->rows[0].value.number, 2500);
    assert_true(cleaning->package >= copy->packages.at &&
                cleaning->package < copy->packages.at + copy->packages.count);
    assert_true(span_equal(copy->facts[cleaning->quantity]->id, SPAN("windows")));
    const registry_catalog_t *catalog = registry_catalog(copy, CATALOG_EXTERNAL_SERVICES);
    const registry_table_t *table = &registry_tables[CATALOG_EXTERNAL_SERVICES];
    size_t found = 0;
    for (size_t i = 0; i < catalog->count; i++) {
        for (size_t column = 0; column < table->count; column++) {
            const registry_cell_t *cell = &catalog->items[i].cells[column];
            if (registry_column_has_terms(&table->columns[column]) && cell->count > 0) {
                assert_non_null(chosen(copy, &catalog->items[i], column));
                found++;
            }
        }
    }
    assert_true(found > 0);
    registry_unshare(world.shared, copy);
    world_free(&world);
}

/* Another name and another price of the same rules. */
static void what_differs_is_all_that_is_new(void **state)
{
    (void)state;
    shared_world_t world = world_new("goleniow");
    const registry_programme_t *own = plugin_programme(world.generation);
    const registry_programme_t *first = registry_share(world.shared, own);
    size_t alone = shared_bytes(world.shared);
    registry_programme_t other = *own;
    other.municipality = SPAN("Nowogard");
    const registry_programme_t *second = registry_share(world.shared, &other);
    assert_ptr_not_equal(second, first);
    assert_true(span_equal(second->municipality, SPAN("Nowogard")));
    assert_ptr_equal(second->services, first->services);
    assert_ptr_equal(second->facts, first->facts);
    assert_true(shared_bytes(world.shared) - alone < 2 * sizeof *second);
    registry_unshare(world.shared, first);
    assert_true(second->services[0].eligibility->kind <= NODE_FUNCTION);
    registry_unshare(world.shared, second);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_programme_twice_is_there_once),
        cmocka_unit_test(a_copy_needs_nothing_of_the_first),
        cmocka_unit_test(what_differs_is_all_that_is_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
