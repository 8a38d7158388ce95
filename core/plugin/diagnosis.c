/* The sheet of the needs diagnosis: facts, and what is written in words. */
#include "plugin/reader.h"

static void read_fact_of(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_entry_t *entry = into;
    entry->fact = plugin_read_fact(load, value, key);
    if (entry->fact >= 0) {
        const registry_fact_t *fact = load->programme->facts[entry->fact];
        entry->id = fact->id;
        entry->name = fact->name;
        entry->sensitivity = fact->sensitivity;
    }
}

static void read_holds(load_t *load, const script_value_t *value, const char *key, void *into)
{
    const char *const names[] = {registry_holds_name(HOLDS_TEXT),
                                 registry_holds_name(HOLDS_SERVICES)};
    *(registry_holds_t *)into =
        plugin_read_choice(load, value, key, names, 2) == 1 ? HOLDS_SERVICES : HOLDS_TEXT;
}

SCHEMA(fact_schema, "{ fact, basis }", 0, {"fact", true, read_fact_of, 0},
       {"basis", true, plugin_read_basis, offsetof(registry_entry_t, basis)});
SCHEMA(entry_schema, "{ id, name, holds, basis }", 0,
       {"id", true, plugin_read_fact_id, offsetof(registry_entry_t, id)},
       {"name", true, plugin_read_texts, offsetof(registry_entry_t, name)},
       {"holds", true, read_holds, offsetof(registry_entry_t, holds)},
       {"sensitivity", false, plugin_read_sensitivity, offsetof(registry_entry_t, sensitivity)},
       {"basis", true, plugin_read_basis, offsetof(registry_entry_t, basis)});

void plugin_diagnosis_read(load_t *load, const script_value_t *value)
{
    if (!plugin_read_is_list(load, value, "diagnosis", 0)) {
        return;
    }
    registry_entry_t *list = plugin_load_new(load, value->item_count, sizeof(*list));
    span_t *ids = plugin_load_new(load, value->item_count, sizeof(*ids));
    int *lines = plugin_load_new(load, value->item_count, sizeof(*lines));
    if (list == NULL || ids == NULL || lines == NULL) {
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        const script_value_t *item = &value->items[i];
        bool of_fact = item->kind == SCRIPT_TABLE && plugin_read_field(item, "fact") != NULL;
        list[i].fact = -1;
        plugin_read_table(load, item, "diagnosis", of_fact ? &fact_schema : &entry_schema,
                          &list[i]);
        ids[i] = list[i].id;
        lines[i] = item->line;
        plugin_read_unique(load, ids[i], lines[i], ids, lines, i);
    }
    load->programme->diagnosis = list;
    load->programme->diagnosis_count = value->item_count;
}
