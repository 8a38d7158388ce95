/* facts.lua: what may be asked of a person, and what follows from what. */
#include "plugin/reader.h"

#include "base/text.h"

#include <stdio.h>

static const char *const type_names[] = {"boolean", "integer", "decimal", "money",
                                         "date",    "choice",  "pesel"};
static const char *const about_names[] = {"person", "order"};
static const char *const sensitivity_names[] = {"ordinary", "personal", "special", "criminal"};

#define PESEL_LARGEST INT64_C(99999999999)

noun_t plugin_facts_noun(registry_fact_type_t type)
{
    static const noun_t by_type[] = {NOUN_BOOLEAN, NOUN_INTEGER, NOUN_DECIMAL, NOUN_MONEY,
                                     NOUN_DATE,    NOUN_CHOICE,  NOUN_TEXT};
    return by_type[type];
}

/* ---- one fact ----------------------------------------------------------------------------------
 */

static void read_type(load_t *load, const script_value_t *value, const char *key, void *into)
{
    int type = plugin_read_choice(load, value, key, type_names, 7);
    *(registry_fact_type_t *)into = type < 0 ? FACT_BOOLEAN : (registry_fact_type_t)type;
}

static void read_about(load_t *load, const script_value_t *value, const char *key, void *into)
{
    *(bool *)into = plugin_read_choice(load, value, key, about_names, 2) == 1;
}

void plugin_read_sensitivity(load_t *load, const script_value_t *value, const char *key, void *into)
{
    int sensitivity = plugin_read_choice(load, value, key, sensitivity_names, 4);
    *(registry_sensitivity_t *)into =
        sensitivity < 0 ? FACT_ORDINARY : (registry_sensitivity_t)sensitivity;
}

static void read_values(load_t *load, const script_value_t *value, const char *key, void *into)
{
    plugin_read_terms(load, value, key, true, into);
}

static void read_known_to(load_t *load, const script_value_t *value, const char *key, void *into)
{
    static const char *const names[] = {"person", "office"};
    *(bool *)into = plugin_read_choice(load, value, key, names, 2) == 1;
}

SCHEMA(fact_schema, "{ id, type, name, … }", 0,
       {"id", true, plugin_read_fact_id, offsetof(registry_fact_t, id)},
       {"type", true, read_type, offsetof(registry_fact_t, type)},
       {"about", false, read_about, offsetof(registry_fact_t, of_order)},
       {"name", true, plugin_read_texts, offsetof(registry_fact_t, name)},
       {"question", false, plugin_read_texts, offsetof(registry_fact_t, question)},
       {"help", false, plugin_read_texts, offsetof(registry_fact_t, help)},
       {"source", false, plugin_read_texts, offsetof(registry_fact_t, source)},
       {"known_to", false, read_known_to, offsetof(registry_fact_t, known_to_office)},
       {"sensitivity", false, plugin_read_sensitivity, offsetof(registry_fact_t, sensitivity)},
       {"values", false, read_values, offsetof(registry_fact_t, values)}, {"step", false, NULL, 0},
       {"min", false, NULL, 0}, {"max", false, NULL, 0}, {"derive", false, NULL, 0});

static void default_bounds(registry_fact_t *fact)
{
    date_t first = DATE_NONE, last = DATE_NEVER;
    date_make(1900, 1, 1, &first);
    date_make(2299, 12, 31, &last);
    fact->min = fact->type == FACT_DATE ? first.days : 0;
    fact->step = 1;
    switch (fact->type) {
    case FACT_BOOLEAN:
        fact->max = 1;
        break;
    case FACT_INTEGER:
        fact->max = 1000000;
        break;
    case FACT_DECIMAL:
        fact->max = INT64_C(1000000) * 1000;
        break;
    case FACT_MONEY:
        fact->max = INT64_C(10000000) * 100;
        break;
    case FACT_DATE:
        fact->max = last.days;
        break;
    case FACT_CHOICE:
        fact->max = fact->values.count == 0 ? 0 : (int64_t)fact->values.count - 1;
        break;
    case FACT_PESEL:
        fact->max = PESEL_LARGEST;
        break;
    }
}

static void only_for(load_t *load, const script_value_t *table, const char *key, const char *types)
{
    const script_value_t *value = plugin_read_field(table, key);
    if (value != NULL) {
        FAULT(load, value->line, FACT_TYPE_ONLY, say_word(key), say_word(types));
    }
}

static void read_bounds(load_t *load, const script_value_t *table, registry_fact_t *fact)
{
    const script_value_t *min = plugin_read_field(table, "min");
    const script_value_t *max = plugin_read_field(table, "max");
    const script_value_t *step = plugin_read_field(table, "step");
    default_bounds(fact);
    if (fact->type == FACT_BOOLEAN || fact->type == FACT_CHOICE || fact->type == FACT_PESEL) {
        only_for(load, table, "min", "integer, decimal, money, date");
        only_for(load, table, "max", "integer, decimal, money, date");
    } else {
        bool fine = min == NULL || plugin_facts_literal(load, min, fact, false, &fact->min);
        fine = (max == NULL || plugin_facts_literal(load, max, fact, false, &fact->max)) && fine;
        const script_value_t *given = max != NULL ? max : min;
        if (fine && given != NULL && fact->min > fact->max) {
            FAULT(load, given->line, MIN_OVER_MAX,
                  min == NULL ? say_number(fact->min) : plugin_read_found(min),
                  max == NULL ? say_number(fact->max) : plugin_read_found(max));
        }
    }
    if (fact->type != FACT_DECIMAL) {
        only_for(load, table, "step", "decimal");
    } else if (step != NULL) {
        plugin_read_thousandths(load, step, "step", 1, INT64_C(1000000) * 1000, &fact->step);
    }
    if (fact->type != FACT_CHOICE) {
        only_for(load, table, "values", "choice");
    } else if (plugin_read_field(table, "values") == NULL) {
        FAULT(load, table->line, MISSING_KEY, say_word("values"), say(fact->id),
              say_noun(NOUN_LIST));
    }
}

/* ---- literals ----------------------------------------------------------------------------------
 */

static bool choice_literal(load_t *load, const script_value_t *value, const registry_fact_t *fact,
                           int64_t *number)
{
    buf_t all = {0};
    for (size_t i = 0; i < fact->values.count; i++) {
        if (span_equal(fact->values.at[i].id, value->text)) {
            *number = (int64_t)i;
            buf_free(&all);
            return true;
        }
        buf_print(&all, "%s%.*s", i == 0 ? "" : ", ", SPAN_ARGS(fact->values.at[i].id));
    }
    const char *nearest = fact->values.count == 0
                              ? NULL
                              : plugin_nearest_id(load, value->text, &fact->values.at[0].id,
                                                  fact->values.count, sizeof(registry_term_t));
    FAULT_NEAR(load, value->line, UNKNOWN_VALUE, nearest, say(fact->id), say(value->text),
               say(buf_span(&all)));
    buf_free(&all);
    return false;
}

static bool literal_fits(const script_value_t *value, const registry_fact_t *fact, int64_t *number)
{
    date_t date;
    uint64_t digits;
    switch (fact->type) {
    case FACT_BOOLEAN:
        *number = value->boolean;
        return value->kind == SCRIPT_BOOLEAN;
    case FACT_INTEGER:
        *number = value->integer;
        return value->kind == SCRIPT_INTEGER;
    case FACT_DECIMAL:
        return plugin_thousandths(value, number);
    case FACT_MONEY:
        *number = value->integer;
        return value->kind == SCRIPT_MONEY;
    case FACT_DATE:
        if (value->kind != SCRIPT_TEXT || !date_parse(value->text, &date)) {
            return false;
        }
        *number = date.days;
        return true;
    case FACT_CHOICE:
        return value->kind == SCRIPT_TEXT;
    case FACT_PESEL:
        if (value->kind != SCRIPT_TEXT || value->text.len != 11 ||
            !span_number(value->text, (uint64_t)PESEL_LARGEST, &digits)) {
            return false;
        }
        *number = (int64_t)digits;
        return true;
    }
    return false;
}

void plugin_facts_print(buf_t *buf, const registry_fact_t *fact, int64_t number)
{
    char date[DATE_TEXT_LEN + 1];
    switch (fact->type) {
    case FACT_BOOLEAN:
        buf_print(buf, "%s", number != 0 ? "true" : "false");
        break;
    case FACT_INTEGER:
    case FACT_PESEL:
        buf_int(buf, number);
        break;
    case FACT_DECIMAL:
        buf_print(buf, "%g", (double)number / 1000);
        break;
    case FACT_MONEY:
        money_text(buf, number, LANG_PL);
        break;
    case FACT_DATE:
        date_text((date_t){(int32_t)number}, date);
        buf_print(buf, "%s", date);
        break;
    case FACT_CHOICE:
        if (number >= 0 && (size_t)number < fact->values.count) {
            buf_add(buf, fact->values.at[number].id);
        }
        break;
    }
}

static void say_outside(load_t *load, int line, const registry_fact_t *fact, int64_t number)
{
    buf_t low = {0}, high = {0}, is = {0};
    plugin_facts_print(&low, fact, fact->min);
    plugin_facts_print(&high, fact, fact->max);
    plugin_facts_print(&is, fact, number);
    FAULT(load, line, VALUE_BOUNDS, say(fact->id), say(buf_span(&low)), say(buf_span(&high)),
          say(buf_span(&is)));
    buf_free(&low);
    buf_free(&high);
    buf_free(&is);
}

bool plugin_facts_literal(load_t *load, const script_value_t *value, const registry_fact_t *fact,
                          bool bounded, int64_t *number)
{
    if (value->kind == SCRIPT_MISSING) {
        plugin_read_wrong(load, value, "?", NOUN_NONE);
        return false;
    }
    int64_t read = 0;
    if (!literal_fits(value, fact, &read)) {
        FAULT(load, value->line, VALUE_TYPE, say(fact->id), say_noun(plugin_facts_noun(fact->type)),
              plugin_read_found(value));
        return false;
    }
    if (fact->type == FACT_CHOICE && !choice_literal(load, value, fact, &read)) {
        return false;
    }
    if (bounded && (read < fact->min || read > fact->max)) {
        say_outside(load, value->line, fact, read);
        return false;
    }
    *number = read;
    return true;
}

/* ---- derived facts -----------------------------------------------------------------------------
 */

typedef struct {
    word_t word;
    registry_derive_t derive;
    registry_fact_type_t from, makes;
} derivation_t;

static const derivation_t derivations[] = {
    {WORD_YEARS_SINCE, DERIVE_YEARS_SINCE, FACT_DATE, FACT_INTEGER},
    {WORD_PESEL_BIRTH_DATE, DERIVE_PESEL_BIRTH_DATE, FACT_PESEL, FACT_DATE},
    {WORD_PESEL_SEX, DERIVE_PESEL_SEX, FACT_PESEL, FACT_CHOICE},
};

static int value_place(const registry_fact_t *fact, span_t id)
{
    for (size_t i = 0; i < fact->values.count; i++) {
        if (span_equal(fact->values.at[i].id, id)) {
            return (int)i;
        }
    }
    return -1;
}

static void derive_from_fact(load_t *load, const script_value_t *value, registry_fact_t *fact,
                             const derivation_t *how)
{
    const char *word = plugin_word_names[how->word];
    if (fact->type != how->makes) {
        FAULT(load, value->line, DERIVE_TYPE, say_word(word), say_word(type_names[how->makes]),
              say_word(type_names[fact->type]));
        return;
    }
    if (value->item_count != 1) {
        FAULT(load, value->line, ARGUMENTS, say_word(word), say_number(1),
              say_number((int64_t)value->item_count));
        return;
    }
    int from = plugin_read_fact(load, &value->items[0], word);
    if (from < 0) {
        return;
    }
    const registry_fact_t *source = load->programme->facts[from];
    if (source->type != how->from) {
        FAULT(load, value->line, DERIVE_FROM_TYPE, say_word(word), say_word(type_names[how->from]),
              say(source->id), say_word(type_names[source->type]));
        return;
    }
    if (how->derive == DERIVE_PESEL_SEX) {
        fact->derive_values[0] = value_place(fact, SPAN("woman"));
        fact->derive_values[1] = value_place(fact, SPAN("man"));
        if (fact->derive_values[0] < 0 || fact->derive_values[1] < 0) {
            FAULT(load, value->line, DERIVE_SEX, say_word(word));
            return;
        }
    }
    fact->derive = how->derive;
    fact->derive_from = from;
}

static void read_derive(load_t *load, const script_value_t *value, registry_fact_t *fact)
{
    for (size_t i = 0; i < sizeof(derivations) / sizeof(derivations[0]); i++) {
        if (value->kind == SCRIPT_WORD && value->word == (int)derivations[i].word) {
            derive_from_fact(load, value, fact, &derivations[i]);
            return;
        }
    }
    if (value->kind == SCRIPT_FUNCTION) {
        FAULT(load, value->line, FUNCTION_IN_DERIVE, say(fact->id));
        return;
    }
    if (value->kind != SCRIPT_WORD) {
        plugin_read_wrong(load, value, "derive", NOUN_DERIVE);
        return;
    }
    if (fact->type != FACT_BOOLEAN) {
        FAULT(load, value->line, DERIVE_TYPE, say_noun(NOUN_CONDITION), say_word("boolean"),
              say_word(type_names[fact->type]));
        return;
    }
    checks_t parts = {.in_check = true};
    load->in_derive = true;
    fact->derive_node = plugin_conditions_read(load, value, &parts);
    load->in_derive = false;
    fact->derive = fact->derive_node == NULL ? DERIVE_NONE : DERIVE_CONDITION;
}

/* What a fact directly follows from, as marks. */
static void mark_node(load_t *load, const registry_node_t *node, bool *marked)
{
    for (size_t i = 0; i < node->child_count; i++) {
        mark_node(load, node->children[i], marked);
    }
    if (node->kind == NODE_FUNCTION) {
        plugin_reads_mark(load, node->function, marked);
    } else if (node->kind >= NODE_IS) {
        marked[node->fact] = true;
    }
}

static void mark_sources(load_t *load, const registry_fact_t *fact, bool *marked)
{
    if (fact->derive == DERIVE_CONDITION) {
        mark_node(load, fact->derive_node, marked);
    } else if (fact->derive != DERIVE_NONE) {
        marked[fact->derive_from] = true;
    }
}

/* 0 not seen, 1 on the way, 2 done. True when a fact was met on its own way. */
static bool finds_cycle(load_t *load, size_t fact, char *seen)
{
    if (seen[fact] != 0) {
        return seen[fact] == 1;
    }
    seen[fact] = 1;
    bool marked[RULES_FACTS_MAX] = {false};
    bool cycle = false;
    mark_sources(load, load->programme->facts[fact], marked);
    for (size_t i = 0; i < load->programme->fact_count; i++) {
        cycle = (marked[i] && finds_cycle(load, i, seen)) || cycle;
    }
    seen[fact] = 2;
    return cycle;
}

static void check_cycles(load_t *load, const script_value_t *list, registry_fact_t *facts)
{
    for (size_t i = 0; i < load->programme->fact_count; i++) {
        char seen[RULES_FACTS_MAX] = {0};
        if (finds_cycle(load, i, seen)) {
            const script_value_t *derive = plugin_read_field(&list->items[i], "derive");
            FAULT(load, derive == NULL ? list->items[i].line : derive->line, DERIVE_CYCLE,
                  say(facts[i].id));
            facts[i].derive = DERIVE_NONE;
        }
    }
}

void plugin_facts_mark(load_t *load, int fact, bool *marked)
{
    const registry_fact_t *of = load->programme->facts[fact];
    if (marked[fact]) {
        return;
    }
    bool sources[RULES_FACTS_MAX] = {false};
    mark_sources(load, of, sources);
    for (size_t i = 0; i < load->programme->fact_count; i++) {
        if (sources[i]) {
            plugin_facts_mark(load, (int)i, marked);
        }
    }
    marked[fact] = of->asked || of->derive == DERIVE_NONE;
}

/* ---- the file ----------------------------------------------------------------------------------
 */

void plugin_facts_read(load_t *load, const script_value_t *value)
{
    const script_value_t *list = plugin_read_word(load, value, WORD_FACTS);
    if (list == NULL || !plugin_read_is_list(load, list, "facts", 1)) {
        return;
    }
    size_t count = list->item_count;
    registry_fact_t *facts = plugin_load_new(load, count, sizeof(*facts));
    const registry_fact_t **listed = plugin_load_new(load, count, sizeof(registry_fact_t *));
    span_t *ids = plugin_load_new(load, count, sizeof(*ids));
    int *lines = plugin_load_new(load, count, sizeof(*lines));
    if (facts == NULL || listed == NULL || ids == NULL || lines == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const script_value_t *item = &list->items[i];
        listed[i] = &facts[i];
        facts[i].derive_from = -1;
        if (plugin_read_table(load, item, "facts", &fact_schema, &facts[i])) {
            facts[i].asked = facts[i].question.in[LANG_PL].at != NULL;
            read_bounds(load, item, &facts[i]);
        }
        plugin_read_unique(load, facts[i].id, item->line, ids, lines, i);
        ids[i] = facts[i].id;
        lines[i] = item->line;
    }
    load->programme->facts = listed;
    load->programme->fact_count = count;
    for (size_t i = 0; i < count; i++) {
        const script_value_t *derive = list->items[i].kind == SCRIPT_TABLE
                                           ? plugin_read_field(&list->items[i], "derive")
                                           : NULL;
        if (derive != NULL) {
            read_derive(load, derive, &facts[i]);
        }
    }
    check_cycles(load, list, facts);
}
