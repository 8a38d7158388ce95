/* Lists that several files have: terms, notes. */
#include "plugin/reader.h"

bool read_unique(load_t *load, span_t id, int line, const span_t *ids, const int *lines,
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
       {"text", true, mentions_read, offsetof(registry_note_t, text)},
       {"basis", true, read_basis, offsetof(registry_note_t, basis)});

void read_notes(load_t *load, const script_value_t *value, const char *key,
                const registry_note_t **notes, size_t *count)
{
    if (!read_is_list(load, value, key, 0)) {
        return;
    }
    registry_note_t *list = load_new(load, value->item_count, sizeof(*list));
    if (list == NULL) {
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        read_table(load, &value->items[i], key, &note_schema, &list[i]);
    }
    *notes = list;
    *count = value->item_count;
}

/* The ids of a choice may begin with a digit, and be written as those of facts. */
static void read_value_id(load_t *load, const script_value_t *value, const char *key, void *span)
{
    if (value->kind != SCRIPT_TEXT) {
        read_wrong(load, value, key, NOUN_ID);
        return;
    }
    char bytes[66] = "a";
    size_t len = value->text.len < 64 ? value->text.len : 64;
    for (size_t i = 0; i < len; i++) {
        bytes[i + 1] = value->text.at[i] == '_' ? '-' : value->text.at[i];
    }
    if (value->text.len == 0 || value->text.at[0] == '-' || value->text.len > 63 ||
        !files_id((span_t){bytes, len + 1}, '-')) {
        FAULT(load, value->line, BAD_ID, say(value->text), say_word("-"));
        return;
    }
    *(span_t *)span = load_keep(load, value->text);
}

SCHEMA(term_schema, "{ id, name, basis }", 0, {"id", true, read_id, offsetof(registry_term_t, id)},
       {"name", true, read_texts, offsetof(registry_term_t, name)},
       {"summary", false, read_texts, offsetof(registry_term_t, summary)},
       {"number", false, read_count, offsetof(registry_term_t, number)},
       {"basis", true, read_basis, offsetof(registry_term_t, basis)});

/* An area of the Act has its number there; a choice of a fact is the fact's own. */
SCHEMA(plain_term_schema, "{ id, name }", 0,
       {"id", true, read_value_id, offsetof(registry_term_t, id)},
       {"name", true, read_texts, offsetof(registry_term_t, name)},
       {"summary", false, read_texts, offsetof(registry_term_t, summary)},
       {"number", false, read_count, offsetof(registry_term_t, number)},
       {"basis", false, read_basis, offsetof(registry_term_t, basis)});

void read_terms(load_t *load, const script_value_t *value, const char *key, bool plain,
                registry_terms_t *terms)
{
    if (!read_is_list(load, value, key, 1)) {
        return;
    }
    registry_term_t *list = load_new(load, value->item_count, sizeof(*list));
    span_t *ids = load_new(load, value->item_count, sizeof(*ids));
    int *lines = load_new(load, value->item_count, sizeof(*lines));
    if (list == NULL || ids == NULL || lines == NULL) {
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        const script_value_t *item = &value->items[i];
        read_table(load, item, key, plain ? &plain_term_schema : &term_schema, &list[i]);
        read_unique(load, list[i].id, item->line, ids, lines, i);
        ids[i] = list[i].id;
        lines[i] = item->line;
    }
    *terms = (registry_terms_t){list, value->item_count};
}
