/* act.lua and programme.lua. */
#include "plugin/reader.h"

/* ---- act.lua -----------------------------------------------------------------------------------
 */

static void read_plain_terms(load_t *load, const script_value_t *value, const char *key, void *into)
{
    plugin_read_terms(load, value, key, true, into);
}

SCHEMA(act_schema, "act", 0,
       {"areas", true, read_plain_terms, offsetof(registry_programme_t, areas)});

void plugin_act_read(load_t *load, const script_value_t *value)
{
    const script_value_t *table = plugin_read_word(load, value, WORD_ACT);
    if (table != NULL) {
        plugin_read_table(load, table, "act", &act_schema, load->programme);
    }
}

/* ---- parts of programme.lua --------------------------------------------------------------------
 */

static void read_own_terms(load_t *load, const script_value_t *value, const char *key, void *into)
{
    plugin_read_terms(load, value, key, false, into);
}

static void read_terc(load_t *load, const script_value_t *value, const char *key, void *into)
{
    uint64_t number;
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_TEXT);
    } else if (value->text.len != 7 || !span_number(value->text, 9999999, &number)) {
        FAULT(load, value->line, BAD_TERC, say(value->text));
    } else {
        *(span_t *)into = plugin_load_keep(load, value->text);
    }
}

SCHEMA(municipality_schema, "municipality", 0,
       {"name", true, plugin_read_line, offsetof(registry_programme_t, municipality)},
       {"terc", true, read_terc, offsetof(registry_programme_t, terc)});
SCHEMA(contact_schema, "contact", 0,
       {"address", false, plugin_read_line, offsetof(registry_programme_t, address)},
       {"phone", false, plugin_read_line, offsetof(registry_programme_t, phone)},
       {"email", false, plugin_read_line, offsetof(registry_programme_t, email)},
       {"web", false, plugin_read_line, offsetof(registry_programme_t, web)},
       {"basis", false, plugin_read_basis, offsetof(registry_programme_t, contact_basis)});
SCHEMA(period_schema, "period", 0,
       {"from", true, plugin_read_date, offsetof(registry_programme_t, from)},
       {"to", true, plugin_read_date, offsetof(registry_programme_t, to)});

/* A table inside the programme's table fills the same structure. */
#define PART(name, schema)                                                                         \
    static void read_##name(load_t *load, const script_value_t *value, const char *key,            \
                            void *into)                                                            \
    {                                                                                              \
        (void)into;                                                                                \
        plugin_read_table(load, value, key, &(schema), load->programme);                           \
    }
PART(municipality, municipality_schema)
PART(contact, contact_schema)

static void read_period(load_t *load, const script_value_t *value, const char *key, void *into)
{
    (void)into;
    registry_programme_t *programme = load->programme;
    plugin_read_table(load, value, key, &period_schema, programme);
    plugin_read_from_to(load, value->line, programme->from, programme->to);
}

static void read_rounding_to(load_t *load, const script_value_t *value, const char *key, void *into)
{
    static const char *const names[] = {"grosz", "zloty"};
    *(money_rounding_t *)into =
        plugin_read_choice(load, value, key, names, 2) == 1 ? MONEY_TO_ZLOTY : MONEY_TO_GROSZ;
}

static void read_rounding_per(load_t *load, const script_value_t *value, const char *key,
                              void *into)
{
    static const char *const names[] = {"line", "total"};
    *(bool *)into = plugin_read_choice(load, value, key, names, 2) == 1;
}

SCHEMA(rounding_schema, "rounding", 0,
       {"to", true, read_rounding_to, offsetof(registry_programme_t, rounding)},
       {"per", true, read_rounding_per, offsetof(registry_programme_t, round_total)},
       {"basis", true, plugin_read_basis, offsetof(registry_programme_t, rounding_basis)});
PART(rounding, rounding_schema)

static void read_price_when(load_t *load, const script_value_t *value, const char *key, void *into)
{
    static const char *const names[] = {"settlement", "granting"};
    *(bool *)into = plugin_read_choice(load, value, key, names, 2) == 1;
}

SCHEMA(price_at_schema, "price_at", 0,
       {"when", true, read_price_when, offsetof(registry_programme_t, price_at_granting)},
       {"basis", true, plugin_read_basis, offsetof(registry_programme_t, price_at_basis)});
PART(price_at, price_at_schema)

static void read_parameters(load_t *load, const script_value_t *value, const char *key, void *into)
{
    (void)key;
    plugin_parameters_read(load, value, false, into);
}

static void read_procedure(load_t *load, const script_value_t *value, const char *key, void *into)
{
    (void)into;
    plugin_read_notes(load, value, key, &load->programme->procedure,
                      &load->programme->procedure_count);
}

SCHEMA(closed_schema, "closed", 0,
       {"from", true, plugin_read_date, offsetof(registry_closed_t, from)},
       {"to", true, plugin_read_date, offsetof(registry_closed_t, to)},
       {"text", true, plugin_read_texts, offsetof(registry_closed_t, text)},
       {"basis", true, plugin_read_basis, offsetof(registry_closed_t, basis)});

static void read_closed(load_t *load, const script_value_t *value, const char *key, void *into)
{
    (void)into;
    if (!plugin_read_is_list(load, value, key, 0)) {
        return;
    }
    registry_closed_t *list = plugin_load_new(load, value->item_count, sizeof(*list));
    for (size_t i = 0; i < value->item_count && list != NULL; i++) {
        list[i].from = list[i].to = DATE_NONE;
        plugin_read_table(load, &value->items[i], key, &closed_schema, &list[i]);
        plugin_read_from_to(load, value->items[i].line, list[i].from, list[i].to);
    }
    load->programme->closed = list;
    load->programme->closed_count = list == NULL ? 0 : value->item_count;
}

/* ---- units -------------------------------------------------------------------------------------
 */

/* Polish and Ukrainian one, few, many; English one, many. */
static void read_forms_in(load_t *load, const script_value_t *value, const char *key,
                          registry_unit_t *unit, lang_t lang)
{
    static const size_t wanted[LANG_COUNT] = {3, 2, 3};
    if (!plugin_read_is_list(load, value, key, 1)) {
        return;
    }
    if (value->item_count != wanted[lang]) {
        FAULT(load, value->line, FORMS_COUNT, say_word(key), say_number((int64_t)wanted[lang]),
              say_number((int64_t)value->item_count));
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        plugin_read_line(load, &value->items[i], key, &unit->forms[i].in[lang]);
    }
}

SCHEMA(forms_schema, "forms", 0, {"pl", true, NULL, 0}, {"en", false, NULL, 0},
       {"uk", false, NULL, 0});
SCHEMA(unit_schema, "units", 0, {"id", true, plugin_read_id, offsetof(registry_unit_t, id)},
       {"name", true, plugin_read_texts, offsetof(registry_unit_t, name)},
       {"forms", true, NULL, 0});

static void read_unit(load_t *load, const script_value_t *item, registry_unit_t *unit)
{
    if (!plugin_read_table(load, item, "units", &unit_schema, unit)) {
        return;
    }
    const script_value_t *forms = plugin_read_field(item, "forms");
    if (forms == NULL || !plugin_read_table(load, forms, "forms", &forms_schema, unit)) {
        return;
    }
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        const script_value_t *list = plugin_read_field(forms, lang_code(lang));
        if (list != NULL) {
            read_forms_in(load, list, lang_code(lang), unit, lang);
        }
    }
}

static void read_units(load_t *load, const script_value_t *value, const char *key, void *into)
{
    (void)into;
    if (!plugin_read_is_list(load, value, key, 1)) {
        return;
    }
    registry_unit_t *list = plugin_load_new(load, value->item_count, sizeof(*list));
    span_t *ids = plugin_load_new(load, value->item_count, sizeof(*ids));
    int *lines = plugin_load_new(load, value->item_count, sizeof(*lines));
    if (list == NULL || ids == NULL || lines == NULL) {
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        read_unit(load, &value->items[i], &list[i]);
        plugin_read_unique(load, list[i].id, value->items[i].line, ids, lines, i);
        ids[i] = list[i].id;
        lines[i] = value->items[i].line;
    }
    load->programme->units = list;
    load->programme->unit_count = value->item_count;
}

/* ---- programme.lua -----------------------------------------------------------------------------
 */

SCHEMA(programme_schema, "programme", 0,
       {"id", true, plugin_read_id, offsetof(registry_programme_t, id)},
       {"name", true, plugin_read_texts, offsetof(registry_programme_t, name)},
       {"municipality", true, read_municipality, 0},
       {"centre", true, plugin_read_texts, offsetof(registry_programme_t, centre)},
       {"contact", false, read_contact, 0}, {"resolution", false, plugin_heads_read, 0},
       {"period", true, read_period, 0},
       {"packages", true, read_own_terms, offsetof(registry_programme_t, packages)},
       {"groups", true, read_own_terms, offsetof(registry_programme_t, groups)},
       {"places", true, read_own_terms, offsetof(registry_programme_t, places)},
       {"providers", true, read_own_terms, offsetof(registry_programme_t, providers)},
       {"challenges", false, read_own_terms, offsetof(registry_programme_t, challenges)},
       {"modes", false, read_own_terms, offsetof(registry_programme_t, modes)},
       {"units", true, read_units, 0},
       {"parameters", false, read_parameters, offsetof(registry_programme_t, parameters)},
       {"terms", false, plugin_terms_read, offsetof(registry_programme_t, terms)},
       {"budget", false, plugin_budget_read, 0}, {"indicators", false, plugin_indicators_read, 0},
       {"diagnosis", false, NULL, 0}, {"fee", true, NULL, 0}, {"reliefs", false, NULL, 0},
       {"rounding", true, read_rounding, 0}, {"price_at", true, read_price_at, 0},
       {"closed", false, read_closed, 0}, {"procedure", false, read_procedure, 0});

void plugin_programme_read(load_t *load, const script_value_t *value)
{
    registry_programme_t *programme = load->programme;
    const script_value_t *table = plugin_read_word(load, value, WORD_PROGRAMME);
    if (table == NULL ||
        !plugin_read_table(load, table, "programme", &programme_schema, programme)) {
        return;
    }
    span_t folder = load->files.programme;
    if (programme->id.at != NULL && !span_equal(programme->id, folder)) {
        FAULT(load, plugin_read_field(table, "id")->line, ID_FOLDER, say(programme->id),
              say(folder));
    } else if (plugin_files_reserved(programme->id)) {
        FAULT(load, plugin_read_field(table, "id")->line, RESERVED_ID, say(programme->id));
    }
}

void plugin_programme_read_rules(load_t *load, const script_value_t *value)
{
    if (value->kind != SCRIPT_WORD || value->item_count != 1 ||
        value->items[0].kind != SCRIPT_TABLE) {
        return;
    }
    const script_value_t *fee = plugin_read_field(&value->items[0], "fee");
    const script_value_t *reliefs = plugin_read_field(&value->items[0], "reliefs");
    const script_value_t *diagnosis = plugin_read_field(&value->items[0], "diagnosis");
    if (diagnosis != NULL) {
        plugin_diagnosis_read(load, diagnosis);
    }
    if (fee != NULL) {
        load->programme->fee = plugin_fee_read(load, fee);
    }
    plugin_heads_read_rules(load, plugin_read_field(&value->items[0], "resolution"));
    if (reliefs != NULL) {
        plugin_reliefs_read(load, reliefs);
    }
}
