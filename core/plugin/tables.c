/* Parameters whose values are tables: limits, and steps of a fee. */
#include "plugin/reader.h"

#define UNITS_MAX (INT64_C(1000000) * 1000)

/* ---- limits ------------------------------------------------------------------------------------
 */

static const char *const per_names[] = {"visit",   "day",  "week",     "month",
                                        "quarter", "year", "programme"};
static const char *const whose_names[] = {"person", "household", "case"};
static const char *const kind_names[] = {"units", "visits", "gap", "seats", "loan", "items"};

static void read_per(load_t *load, const script_value_t *value, const char *key, void *into)
{
    int per = plugin_read_choice(load, value, key, per_names, 7);
    *(registry_per_t *)into = per < 0 ? PER_YEAR : (registry_per_t)(PER_VISIT + per);
}

static void read_whose(load_t *load, const script_value_t *value, const char *key, void *into)
{
    int whose = plugin_read_choice(load, value, key, whose_names, 3);
    *(registry_whose_t *)into = whose < 0 ? WHOSE_PERSON : (registry_whose_t)whose;
}

SCHEMA(limit_schema, "limits", 0, {"units", false, NULL, 0}, {"visits", false, NULL, 0},
       {"gap", false, NULL, 0}, {"seats", false, NULL, 0}, {"loan", false, NULL, 0},
       {"items", false, NULL, 0}, {"per", false, read_per, offsetof(registry_limit_t, per)},
       {"whose", false, read_whose, offsetof(registry_limit_t, whose)}, {"least", false, NULL, 0},
       {"extensions", false, NULL, 0});

/* "14 days", "2 months", "1 year". */
static void read_span(load_t *load, const script_value_t *value, const char *key,
                      registry_limit_t *limit)
{
    static const char *const words[] = {"day", "week", "month", "year"};
    static const int days[] = {1, 7, 0, 0}, months[] = {0, 0, 1, 12};
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_TEXT);
        return;
    }
    span_t rest = value->text, number, word;
    uint64_t count = 0;
    if (span_cut(&rest, ' ', &number) && span_cut(&rest, ' ', &word) && rest.at == NULL &&
        span_number(number, 1000, &count) && count > 0) {
        span_t single = word;
        single.len -= word.len > 1 && word.at[word.len - 1] == 's';
        for (size_t i = 0; i < 4; i++) {
            if (span_equal(single, span_of(words[i]))) {
                limit->gap_days = (int)count * days[i];
                limit->gap_months = (int)count * months[i];
                return;
            }
        }
    }
    FAULT(load, value->line, BAD_SPAN, say(value->text));
}

static void read_size(load_t *load, const script_value_t *table, registry_limit_t *limit)
{
    const char *key = kind_names[limit->kind];
    const script_value_t *value = plugin_read_field(table, key);
    if (limit->kind == LIMIT_GAP || limit->kind == LIMIT_LOAN) {
        read_span(load, value, key, limit);
    } else if (limit->kind == LIMIT_UNITS) {
        plugin_read_thousandths(load, value, key, 1, UNITS_MAX, &limit->most);
    } else {
        plugin_read_integer(load, value, key, 1, 1000000, &limit->most);
    }
}

/* Keys that go with one kind only. */
static void read_extras(load_t *load, const script_value_t *table, registry_limit_t *limit)
{
    const script_value_t *per = plugin_read_field(table, "per");
    const script_value_t *least = plugin_read_field(table, "least");
    const script_value_t *extensions = plugin_read_field(table, "extensions");
    const char *kind = kind_names[limit->kind];
    bool counted = limit->kind == LIMIT_UNITS || limit->kind == LIMIT_VISITS;
    int64_t number;
    if (counted && per == NULL) {
        FAULT(load, table->line, MISSING_KEY, say_word("per"), say_word(kind),
              say_word("visit, day, week, month, quarter, year, programme"));
    } else if (per != NULL &&
               (!counted || (limit->kind == LIMIT_VISITS && limit->per == PER_VISIT))) {
        FAULT(load, per->line, LIMIT_KEY, say_word("per"), say_word(kind));
    }
    if (least != NULL && limit->kind != LIMIT_SEATS) {
        FAULT(load, least->line, LIMIT_KEY, say_word("least"), say_word(kind));
    } else if (least != NULL) {
        plugin_read_integer(load, least, "least", 1, limit->most > 0 ? limit->most : 1000000,
                            &limit->least);
    }
    if (extensions != NULL && limit->kind != LIMIT_LOAN) {
        FAULT(load, extensions->line, LIMIT_KEY, say_word("extensions"), say_word(kind));
    } else if (extensions != NULL &&
               plugin_read_integer(load, extensions, "extensions", 0, 100, &number)) {
        limit->extensions = (int)number;
    }
}

static void read_limit(load_t *load, const script_value_t *table, registry_limit_t *limit)
{
    size_t kinds = 0, raised = load->faults.raised;
    if (!plugin_read_table(load, table, "limits", &limit_schema, limit)) {
        return;
    }
    for (size_t i = 0; i < sizeof(kind_names) / sizeof(kind_names[0]); i++) {
        if (plugin_read_field(table, kind_names[i]) != NULL) {
            limit->kind = (registry_limit_kind_t)i;
            kinds++;
        }
    }
    if (kinds == 0 && load->faults.raised > raised) {
        return; /* its kind is most likely what was mistyped */
    }
    if (kinds != 1) {
        FAULT(load, table->line, LIMIT_KIND, say_number((int64_t)kinds));
        return;
    }
    read_size(load, table, limit);
    read_extras(load, table, limit);
}

const registry_limit_t *plugin_limits_read(load_t *load, const script_value_t *value, size_t *count)
{
    if (!plugin_read_is_list(load, value, "limits", 1)) {
        return NULL;
    }
    registry_limit_t *limits = plugin_load_new(load, value->item_count, sizeof(*limits));
    for (size_t i = 0; i < value->item_count && limits != NULL; i++) {
        read_limit(load, &value->items[i], &limits[i]);
    }
    *count = limits == NULL ? 0 : value->item_count;
    return limits;
}

/* ---- steps -------------------------------------------------------------------------------------
 */

SCHEMA(step_schema, "{ up_to, percent }", 0, {"up_to", false, NULL, 0}, {"percent", false, NULL, 0},
       {"amount", false, NULL, 0});

/* The kind in which all steps are written: that of the first, or thousandths when one has parts. */
static steps_kind_t kind_of(const script_value_t *list)
{
    steps_kind_t kind = STEPS_OF_INTEGERS;
    for (size_t i = 0; i < list->item_count; i++) {
        const script_value_t *item = &list->items[i];
        const script_value_t *up_to =
            item->kind == SCRIPT_TABLE ? plugin_read_field(item, "up_to") : NULL;
        if (up_to != NULL && up_to->kind == SCRIPT_MONEY) {
            return STEPS_OF_MONEY;
        }
        if (up_to != NULL && up_to->kind == SCRIPT_FLOAT) {
            kind = STEPS_OF_THOUSANDTHS;
        }
    }
    return kind;
}

static bool read_up_to(load_t *load, const script_value_t *value, steps_kind_t kind,
                       int64_t *number)
{
    switch (kind) {
    case STEPS_OF_MONEY:
        return plugin_read_money(load, value, "up_to", number);
    case STEPS_OF_INTEGERS:
        return plugin_read_integer(load, value, "up_to", 0, INT64_C(1000000000), number);
    case STEPS_OF_THOUSANDTHS:
        break;
    }
    return plugin_read_thousandths(load, value, "up_to", 0, INT64_C(1000000000000), number);
}

static void read_step(load_t *load, const script_value_t *table, steps_kind_t kind, bool last,
                      registry_step_t *step)
{
    step->up_to = INT64_MAX;
    if (!plugin_read_table(load, table, "steps", &step_schema, step)) {
        return;
    }
    const script_value_t *up_to = plugin_read_field(table, "up_to");
    const script_value_t *percent = plugin_read_field(table, "percent");
    const script_value_t *amount = plugin_read_field(table, "amount");
    if ((up_to == NULL) != last) {
        FAULT(load, table->line, STEPS_LAST, say_word(""));
    } else if (up_to != NULL) {
        read_up_to(load, up_to, kind, &step->up_to);
    }
    if ((percent == NULL) == (amount == NULL)) {
        FAULT(load, table->line, STEP_KIND, say_word(""));
    } else if (amount != NULL) {
        step->of_amount = true;
        plugin_read_money(load, amount, "amount", &step->value);
    } else if (plugin_read_thousandths(load, percent, "percent", 0, 100 * 1000, &step->value)) {
        if (step->value % 10 != 0) {
            plugin_read_wrong(load, percent, "percent", NOUN_PERCENT);
        }
        step->value /= 10; /* hundredths of a per cent */
    }
}

const registry_step_t *plugin_steps_read(load_t *load, const script_value_t *value, size_t *count)
{
    if (!plugin_read_is_list(load, value, "steps", 1)) {
        return NULL;
    }
    registry_step_t *steps = plugin_load_new(load, value->item_count, sizeof(*steps));
    steps_note_t *note = plugin_load_new(load, 1, sizeof(*note));
    if (steps == NULL || note == NULL) {
        return NULL;
    }
    *note = (steps_note_t){.steps = steps, .count = value->item_count, .kind = kind_of(value)};
    for (size_t i = 0; i < value->item_count; i++) {
        const script_value_t *item = &value->items[i];
        read_step(load, item, note->kind, i + 1 == value->item_count, &steps[i]);
        note->percents = note->percents || !steps[i].of_amount;
        if (i > 0 && steps[i].up_to <= steps[i - 1].up_to && steps[i - 1].up_to != INT64_MAX) {
            FAULT(load, item->line, STEPS_ORDER, say_word(""));
        }
    }
    note->next = load->steps;
    load->steps = note;
    *count = value->item_count;
    return steps;
}
