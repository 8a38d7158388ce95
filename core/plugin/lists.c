/* Lists that several files have: terms, notes. */
#include "plugin/reader.h"

bool plugin_read_unique(load_t *load, span_t id, int line, const span_t *ids, const int *lines,
                        size_t count)
{
    for (size_t i = 0; i < count && id.at != NULL; i++) {
        if (span_equal(ids[i], id)) {
            FAULT(load, line, DUPLICATE_ID, say(id), say_number(lines[i]));
            return false;
        }
    }
    return true;
}

SCHEMA(note_schema, "{ text, basis }", 0,
       {"text", true, plugin_mentions_read, offsetof(registry_note_t, text)},
       {"basis", true, plugin_read_basis, offsetof(registry_note_t, basis)});

void plugin_read_notes(load_t *load, const script_value_t *value, const char *key,
                       const registry_note_t **notes, size_t *count)
{
    if (!plugin_read_is_list(load, value, key, 0)) {
        return;
    }
    registry_note_t *list = plugin_load_new(load, value->item_count, sizeof(*list));
    if (list == NULL) {
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        plugin_read_table(load, &value->items[i], key, &note_schema, &list[i]);
        list[i].basis.example = list[i].basis.example || list[i].text.example;
    }
    *notes = list;
    *count = value->item_count;
}

/* The ids of a choice may begin with a digit, and be written as those of facts. */
static void read_value_id(load_t *load, const script_value_t *value, const char *key, void *span)
{
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_ID);
        return;
    }
    char bytes[66] = "a";
    size_t len = value->text.len < 64 ? value->text.len : 64;
    for (size_t i = 0; i < len; i++) {
        bytes[i + 1] = value->text.at[i] == '_' ? '-' : value->text.at[i];
    }
    if (value->text.len == 0 || value->text.at[0] == '-' || value->text.len > 63 ||
        !plugin_files_id((span_t){bytes, len + 1}, '-')) {
        FAULT(load, value->line, BAD_ID, say(value->text), say_word("-"));
        return;
    }
    *(span_t *)span = plugin_load_keep(load, value->text);
}

SCHEMA(term_schema, "{ id, name, basis }", 0,
       {"id", true, plugin_read_id, offsetof(registry_term_t, id)},
       {"name", true, plugin_read_texts, offsetof(registry_term_t, name)},
       {"summary", false, plugin_read_texts, offsetof(registry_term_t, summary)},
       {"number", false, plugin_read_count, offsetof(registry_term_t, number)},
       {"basis", true, plugin_read_basis, offsetof(registry_term_t, basis)});

/* An area of the Act has its number there; a choice of a fact is the fact's own. */
SCHEMA(plain_term_schema, "{ id, name }", 0,
       {"id", true, read_value_id, offsetof(registry_term_t, id)},
       {"name", true, plugin_read_texts, offsetof(registry_term_t, name)},
       {"summary", false, plugin_read_texts, offsetof(registry_term_t, summary)},
       {"number", false, plugin_read_count, offsetof(registry_term_t, number)},
       {"basis", false, plugin_read_basis, offsetof(registry_term_t, basis)});

void plugin_read_terms(load_t *load, const script_value_t *value, const char *key, bool plain,
                       registry_terms_t *terms)
{
    if (!plugin_read_is_list(load, value, key, 1)) {
        return;
    }
    registry_term_t *list = plugin_load_new(load, value->item_count, sizeof(*list));
    span_t *ids = plugin_load_new(load, value->item_count, sizeof(*ids));
    int *lines = plugin_load_new(load, value->item_count, sizeof(*lines));
    if (list == NULL || ids == NULL || lines == NULL) {
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        const script_value_t *item = &value->items[i];
        plugin_read_table(load, item, key, plain ? &plain_term_schema : &term_schema, &list[i]);
        plugin_read_unique(load, list[i].id, item->line, ids, lines, i);
        ids[i] = list[i].id;
        lines[i] = item->line;
    }
    *terms = (registry_terms_t){list, value->item_count};
}
