/* The resolutions behind a programme: one, or dated rows. Each may call the programme otherwise and
 * set another policy of the fee; what it does not say holds on. */
#include "plugin/reader.h"
#include "registry/head.h"

SCHEMA(head_schema, "resolution", 0,
       {"from", false, plugin_read_date, offsetof(registry_head_t, from)},
       {"number", true, plugin_read_line, offsetof(registry_head_t, number)},
       {"date", true, plugin_read_date, offsetof(registry_head_t, resolved)},
       {"by", true, plugin_read_texts, offsetof(registry_head_t, by)},
       {"name", false, plugin_read_texts, offsetof(registry_head_t, name)}, {"fee", false, NULL, 0},
       {"basis", true, plugin_read_basis, offsetof(registry_head_t, basis)});

static void read_head(load_t *load, const script_value_t *value, registry_head_t *head)
{
    head->from = DATE_NONE;
    head->line = value->line;
    plugin_read_table(load, value, "resolution", &head_schema, head);
}

/* A row among others needs its day, after that of the row before it. */
static void order_heads(load_t *load, const registry_head_t *head, const registry_head_t *before)
{
    char day[DATE_TEXT_LEN + 1], earlier[DATE_TEXT_LEN + 1];
    if (date_is_none(head->from)) {
        FAULT(load, head->line, MISSING_KEY, say_word("from"), say_word("resolution"),
              say_noun(NOUN_DATE));
        return;
    }
    if (before == NULL || date_is_none(before->from) || date_before(before->from, head->from)) {
        return;
    }
    date_text(head->from, day);
    date_text(before->from, earlier);
    if (date_equal(before->from, head->from)) {
        FAULT(load, head->line, ROWS_SAME_DAY, say_word(day));
    } else {
        FAULT(load, head->line, ROWS_ORDER, say_word(day), say_word(earlier));
    }
}

void plugin_heads_read(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_programme_t *programme = into;
    bool rows = value->kind == SCRIPT_TABLE && value->item_count > 0;
    if (rows && !plugin_read_is_list(load, value, key, 1)) {
        return;
    }
    size_t count = rows ? value->item_count : 1;
    registry_head_t *heads = plugin_load_new(load, count, sizeof(*heads));
    for (size_t i = 0; i < count && heads != NULL; i++) {
        read_head(load, rows ? &value->items[i] : value, &heads[i]);
        if (rows) {
            order_heads(load, &heads[i], i > 0 ? &heads[i - 1] : NULL);
        }
        if (heads[i].name.in[LANG_PL].at == NULL) {
            heads[i].name = i > 0 ? heads[i - 1].name : programme->name;
        }
    }
    programme->heads = heads;
    programme->head_count = heads != NULL ? count : 0;
}

void plugin_heads_read_rules(load_t *load, const script_value_t *value)
{
    const registry_programme_t *programme = load->programme;
    registry_head_t *heads = (registry_head_t *)programme->heads; /* still ours to fill in */
    for (size_t i = 0; i < programme->head_count; i++) {
        const script_value_t *row = value->item_count > 0 ? &value->items[i] : value;
        const script_value_t *fee =
            row->kind == SCRIPT_TABLE ? plugin_read_field(row, "fee") : NULL;
        heads[i].fee = fee != NULL ? plugin_fee_read(load, fee)
                       : i > 0     ? heads[i - 1].fee
                                   : programme->fee;
    }
}
