/* A table of the catalogue of any bytes within a good programme: never a crash, always a
 * generation, and a table that is taken says of every item what it must. The first byte chooses the
 * kind. */
#include "plugin/plugin.h"

#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check(const registry_programme_t *programme, registry_kind_t kind)
{
    const registry_catalog_t *catalog = registry_catalog(programme, kind);
    require(!catalog->faulty);
    for (size_t i = 0; i < catalog->count; i++) {
        const registry_item_t *item = &catalog->items[i];
        require(item->id.len > 0 && item->basis.text.len > 0);
        require(item->cells[0].count == 1 && registry_item_name(item)->in[LANG_PL].len > 0);
        require(registry_item(catalog, item->id) == item);
    }
    registry_range_t range = registry_catalog_range(programme, kind);
    require(range.end - range.first == catalog->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* From the tree's root, or from build/tests/fuzz, where ctest runs it. */
    static const char *const folders[] = {"tests/plugin/fixtures/plugins",
                                          "../../../tests/plugin/fixtures/plugins"};
    if (size == 0) {
        return 0;
    }
    registry_kind_t kind = data[0] % CATALOG_KINDS;
    span_t text = {(const char *)data + 1, size - 1};
    const char *folder = folders[access(folders[0], R_OK) == 0 ? 0 : 1];
    plugin_generation_t *generation = plugin_load_with(folder, "example", kind, text);
    require(generation != NULL && plugin_programme(generation) != NULL);
    if (plugin_good(generation)) {
        check(plugin_programme(generation), kind);
    }
    plugin_release(generation);
    return 0;
}
