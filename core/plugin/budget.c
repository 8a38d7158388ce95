/* What a programme may spend, and what it counts. */
#include "plugin/reader.h"

/* ---- budget ------------------------------------------------------------------------------------
 */

/* The ids of the services that there are, from their files' names: the files are read later. */
static const span_t *service_ids(load_t *load, size_t *count)
{
    const files_t *files = &load->files;
    span_t *ids = arena_array(load->scratch, files->service_count + 1, sizeof(*ids));
    load->no_memory = load->no_memory || ids == NULL;
    *count = 0;
    for (size_t i = 0; i < files->service_count && ids != NULL; i++) {
        const file_t *file = &files->services[i];
        bool known = file->spec || file->state == FILE_MISNAMED;
        for (size_t k = 0; k < *count && !known; k++) {
            known = span_equal(ids[k], file->id);
        }
        if (!known) {
            ids[(*count)++] = file->id;
        }
    }
    return ids;
}

static void read_services(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_budget_t *budget = into;
    if (!plugin_read_is_list(load, value, key, 1)) {
        return;
    }
    size_t known = 0;
    const span_t *ids = service_ids(load, &known);
    span_t *list = plugin_load_new(load, value->item_count, sizeof(*list));
    for (size_t i = 0; i < value->item_count && list != NULL && ids != NULL; i++) {
        const script_value_t *item = &value->items[i];
        size_t place = 0;
        if (item->kind != SCRIPT_TEXT) {
            plugin_read_wrong(load, item, key, NOUN_ID);
            continue;
        }
        while (place < known && !span_equal(ids[place], item->text)) {
            place++;
        }
        for (size_t k = 0; k < budget->service_count; k++) {
            if (span_equal(list[k], item->text)) {
                FAULT(load, item->line, TWICE, say(item->text));
            }
        }
        if (place == known) {
            plugin_read_unknown_id(load, item, key, ids, known, sizeof(*ids), "services/");
        } else {
            list[budget->service_count++] = plugin_load_keep(load, item->text);
        }
    }
    budget->services = list;
}

static void read_value(load_t *load, const script_value_t *value, const char *key, void *into)
{
    plugin_read_money(load, value, key, into);
}

SCHEMA(budget_schema, "budget", 0, {"id", true, plugin_read_id, offsetof(registry_budget_t, id)},
       {"name", true, plugin_read_texts, offsetof(registry_budget_t, name)},
       {"from", true, plugin_read_date, offsetof(registry_budget_t, from)},
       {"to", true, plugin_read_date, offsetof(registry_budget_t, to)},
       {"value", true, read_value, offsetof(registry_budget_t, value)},
       {"services", false, read_services, 0},
       {"basis", true, plugin_read_basis, offsetof(registry_budget_t, basis)});

/* Reads a list of tables with ids, `size` bytes each with the id first; NULL when it is none. */
static void *read_list(load_t *load, const script_value_t *value, const char *key,
                       const schema_t *schema, size_t size)
{
    if (!plugin_read_is_list(load, value, key, 0)) {
        return NULL;
    }
    char *list = plugin_load_new(load, value->item_count, size);
    span_t *ids = plugin_load_new(load, value->item_count, sizeof(*ids));
    int *lines = plugin_load_new(load, value->item_count, sizeof(*lines));
    for (size_t i = 0; i < value->item_count && list != NULL && ids != NULL && lines != NULL; i++) {
        const script_value_t *item = &value->items[i];
        plugin_read_table(load, item, key, schema, list + i * size);
        ids[i] = *(span_t *)(void *)(list + i * size);
        lines[i] = item->line;
        plugin_read_unique(load, ids[i], item->line, ids, lines, i);
    }
    return list;
}

void plugin_budget_read(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_programme_t *programme = into;
    registry_budget_t *list = read_list(load, value, key, &budget_schema, sizeof(*list));
    programme->budget = list;
    programme->budget_count = list == NULL ? 0 : value->item_count;
    for (size_t i = 0; i < programme->budget_count; i++) {
        plugin_read_from_to(load, value->items[i].line, list[i].from, list[i].to);
    }
}

/* ---- indicators --------------------------------------------------------------------------------
 */

static void read_counts(load_t *load, const script_value_t *value, const char *key, void *into)
{
    const char *names[COUNTS_COUNT];
    for (size_t i = 0; i < COUNTS_COUNT; i++) {
        names[i] = registry_counts_name((registry_counts_t)i);
    }
    int counts = plugin_read_choice(load, value, key, names, COUNTS_COUNT);
    *(registry_counts_t *)into = counts < 0 ? COUNTS_PERSONS : (registry_counts_t)counts;
}

static void read_every(load_t *load, const script_value_t *value, const char *key, void *into)
{
    static const char *const names[] = {"month", "quarter", "year"};
    int every = plugin_read_choice(load, value, key, names, 3);
    *(registry_per_t *)into = every < 0 ? PER_YEAR : (registry_per_t)(PER_MONTH + every);
}

SCHEMA(indicator_schema, "indicators", 0,
       {"id", true, plugin_read_id, offsetof(registry_indicator_t, id)},
       {"name", true, plugin_read_texts, offsetof(registry_indicator_t, name)},
       {"counts", true, read_counts, offsetof(registry_indicator_t, counts)},
       {"every", true, read_every, offsetof(registry_indicator_t, every)},
       {"basis", true, plugin_read_basis, offsetof(registry_indicator_t, basis)});

void plugin_indicators_read(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_programme_t *programme = into;
    programme->indicators =
        read_list(load, value, key, &indicator_schema, sizeof(registry_indicator_t));
    programme->indicator_count = programme->indicators == NULL ? 0 : value->item_count;
}
