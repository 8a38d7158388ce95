/* How the waiting list of a service is ordered: by stated criteria, then by date. */
#include "plugin/reader.h"

static void read_date_order(load_t *load, const script_value_t *value, const char *key, void *into)
{
    static const char *const names[] = {"complete-application-date", "application-date"};
    if (plugin_read_choice(load, value, key, names, 2) >= 0) {
        *(span_t *)into = plugin_load_keep(load, value->text);
    }
}

static void read_points(load_t *load, const script_value_t *value, const char *key, void *into)
{
    int64_t points = 0;
    if (plugin_read_integer(load, value, key, 1, 1000, &points)) {
        *(int *)into = (int)points;
    }
}

static void read_when(load_t *load, const script_value_t *value, const char *key, void *into)
{
    (void)key;
    checks_t parts = {.in_check = true};
    *(const registry_node_t **)into = plugin_conditions_read(load, value, &parts);
}

SCHEMA(criterion_schema, "criteria", 0,
       {"id", true, plugin_read_id, offsetof(registry_criterion_t, id)},
       {"points", true, read_points, offsetof(registry_criterion_t, points)},
       {"when", true, read_when, offsetof(registry_criterion_t, when)},
       {"text", true, plugin_mentions_read, offsetof(registry_criterion_t, text)},
       {"basis", true, plugin_read_basis, offsetof(registry_criterion_t, basis)});

static void read_criteria(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    if (!plugin_read_is_list(load, value, key, 1)) {
        return;
    }
    size_t count = value->item_count;
    if (count > RULES_CRITERIA_MAX) {
        FAULT(load, value->line, LIST_LONG, say_word(key), say_number(RULES_CRITERIA_MAX));
        return;
    }
    registry_criterion_t *list = plugin_load_new(load, count, sizeof(*list));
    span_t *ids = plugin_load_new(load, count, sizeof(*ids));
    int *lines = plugin_load_new(load, count, sizeof(*lines));
    if (list == NULL || ids == NULL || lines == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        plugin_read_table(load, &value->items[i], key, &criterion_schema, &list[i]);
        if (list[i].when != NULL) {
            list[i].facts = plugin_conditions_facts(load, list[i].when, &list[i].fact_count);
            list[i].basis.example = list[i].basis.example || list[i].text.example ||
                                    plugin_conditions_example(load, list[i].when);
        }
        ids[i] = list[i].id;
        lines[i] = value->items[i].line;
        plugin_read_unique(load, ids[i], lines[i], ids, lines, i);
    }
    service->criteria = list;
    service->criterion_count = count;
}

SCHEMA(waiting_schema, "waiting", 0,
       {"order", true, read_date_order, offsetof(registry_service_t, waiting)},
       {"criteria", false, read_criteria, 0});

void plugin_waiting_read(load_t *load, const script_value_t *value, registry_service_t *service)
{
    plugin_read_table(load, value, "waiting", &waiting_schema, service);
}
