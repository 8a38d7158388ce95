/* What a service costs, and who pays less. */
#include "plugin/reader.h"

/* ---- policies ----------------------------------------------------------------------------------
 */

static void read_percent(load_t *load, const script_value_t *value, const char *key, void *into)
{
    plugin_percent_read(load, value, key, into);
}

static void read_amount(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_operand_t *operand = into;
    if (value->kind != SCRIPT_WORD || value->word != WORD_PARAM) {
        plugin_read_money(load, value, key, &operand->number);
        return;
    }
    operand->parameter = plugin_parameter_read(load, value);
    for (size_t i = 0; operand->parameter != NULL && i < operand->parameter->count; i++) {
        registry_value_type_t type = operand->parameter->rows[i].value.type;
        if (type != VALUE_MONEY) {
            FAULT(load, value->line, PARAMETER_TYPE, say(operand->parameter->id),
                  say_noun(plugin_value_noun(type)), say_noun(NOUN_MONEY));
            return;
        }
    }
}

static void read_flat_per(load_t *load, const script_value_t *value, const char *key, void *into)
{
    static const char *const names[] = {"unit", "visit"};
    *(registry_per_t *)into =
        plugin_read_choice(load, value, key, names, 2) == 1 ? PER_VISIT : PER_NONE;
}

static void read_by(load_t *load, const script_value_t *value, const char *key, void *into)
{
    int fact = plugin_read_fact(load, value, key);
    *(int *)into = fact;
    registry_fact_type_t type = fact < 0 ? FACT_MONEY : load->programme->facts[fact]->type;
    if (type != FACT_MONEY && type != FACT_INTEGER && type != FACT_DECIMAL) {
        FAULT(load, value->line, CONDITION_TYPE, say_word("steps"),
              say(load->programme->facts[fact]->id), say_word(registry_fact_type_name(type)));
        *(int *)into = -1;
    }
}

static void read_steps(load_t *load, const script_value_t *value, const char *key, void *into)
{
    if (value->kind != SCRIPT_WORD || value->word != WORD_PARAM) {
        plugin_read_wrong(load, value, key, NOUN_PARAMETER);
        return;
    }
    const registry_parameter_t *parameter = plugin_parameter_read(load, value);
    for (size_t i = 0; parameter != NULL && i < parameter->count; i++) {
        registry_value_type_t type = parameter->rows[i].value.type;
        if (type != VALUE_STEPS) {
            FAULT(load, value->line, PARAMETER_TYPE, say(parameter->id),
                  say_noun(plugin_value_noun(type)), say_noun(NOUN_STEPS));
            return;
        }
    }
    *(const registry_parameter_t **)into = parameter;
}

SCHEMA(share_schema, "share", 0, {"percent", true, read_percent, offsetof(registry_fee_t, percent)},
       {"basis", true, plugin_read_basis, offsetof(registry_fee_t, basis)});
SCHEMA(flat_schema, "flat", 0, {"amount", true, read_amount, offsetof(registry_fee_t, amount)},
       {"per", true, read_flat_per, offsetof(registry_fee_t, per)},
       {"basis", true, plugin_read_basis, offsetof(registry_fee_t, basis)});
SCHEMA(steps_schema, "steps", 0, {"by", true, read_by, offsetof(registry_fee_t, by)},
       {"rows", true, read_steps, offsetof(registry_fee_t, steps)},
       {"basis", true, plugin_read_basis, offsetof(registry_fee_t, basis)});
SCHEMA(free_schema, "free", 0, {"basis", true, plugin_read_basis, offsetof(registry_fee_t, basis)});

/* ---- steps against their fact ------------------------------------------------------------------
 */

static steps_note_t *note_of(const load_t *load, const registry_step_t *steps)
{
    steps_note_t *note = load->steps;
    while (note != NULL && note->steps != steps) {
        note = note->next;
    }
    return note;
}

/* Whole numbers become thousandths for a decimal fact; everything else must fit as written. */
static void fit_steps(load_t *load, const registry_fee_t *fee)
{
    if (fee->by < 0 || fee->steps == NULL) {
        return;
    }
    const registry_fact_t *fact = load->programme->facts[fee->by];
    steps_kind_t wanted = fact->type == FACT_MONEY     ? STEPS_OF_MONEY
                          : fact->type == FACT_INTEGER ? STEPS_OF_INTEGERS
                                                       : STEPS_OF_THOUSANDTHS;
    for (size_t i = 0; i < fee->steps->count; i++) {
        steps_note_t *note = note_of(load, fee->steps->rows[i].value.steps);
        if (note != NULL && note->kind == STEPS_OF_INTEGERS && wanted == STEPS_OF_THOUSANDTHS) {
            for (size_t k = 0; k < note->count; k++) {
                if (note->steps[k].up_to != INT64_MAX) {
                    note->steps[k].up_to *= 1000;
                }
            }
            note->kind = STEPS_OF_THOUSANDTHS;
        }
        bool single = note != NULL && note->count == 1; /* no up_to at all */
        if (note != NULL && note->kind != wanted && !single) {
            FAULT(load, fee->line, VALUE_TYPE, say(fact->id),
                  say_noun(plugin_facts_noun(fact->type)),
                  say_noun(note->kind == STEPS_OF_MONEY ? NOUN_MONEY : NOUN_NUMBER));
        }
    }
}

bool plugin_fee_needs_price(const load_t *load, const registry_fee_t *fee)
{
    if (fee->kind != FEE_STEPS || fee->steps == NULL) {
        return fee->kind == FEE_SHARE;
    }
    for (size_t i = 0; i < fee->steps->count; i++) {
        const steps_note_t *note = note_of(load, fee->steps->rows[i].value.steps);
        if (note != NULL && note->percents) {
            return true;
        }
    }
    return false;
}

/* ---- a fee -------------------------------------------------------------------------------------
 */

static void read_policy(load_t *load, const script_value_t *value, registry_fee_t *fee)
{
    static const struct {
        word_t word;
        registry_fee_kind_t kind;
        const schema_t *schema;
    } policies[] = {{WORD_SHARE, FEE_SHARE, &share_schema},
                    {WORD_FLAT, FEE_FLAT, &flat_schema},
                    {WORD_STEPS, FEE_STEPS, &steps_schema},
                    {WORD_FREE, FEE_FREE, &free_schema}};
    for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
        if (value->kind == SCRIPT_WORD && value->word == (int)policies[i].word) {
            const script_value_t *table = plugin_read_word(load, value, policies[i].word);
            fee->kind = policies[i].kind;
            if (table != NULL) {
                plugin_read_table(load, table, "fee", policies[i].schema, fee);
                fit_steps(load, fee);
            }
            return;
        }
    }
    if (value->kind == SCRIPT_MISSING) {
        plugin_read_wrong(load, value, "fee", NOUN_FEE);
    } else {
        FAULT(load, value->line, NOT_FEE, plugin_read_found(value));
    }
}

const registry_fee_t *plugin_fee_read(load_t *load, const script_value_t *value)
{
    registry_fee_t *fee = plugin_load_new(load, 1, sizeof(*fee));
    if (fee == NULL) {
        return NULL;
    }
    *fee = (registry_fee_t){.kind = FEE_FREE, .by = -1, .function = -1, .line = value->line};
    if (value->kind == SCRIPT_FUNCTION) {
        fee->kind = FEE_FUNCTION;
        fee->function = value->function;
    } else {
        read_policy(load, value, fee);
    }
    fee->basis.example = fee->basis.example || registry_is_example(fee->percent.parameter) ||
                         registry_is_example(fee->amount.parameter) ||
                         registry_is_example(fee->steps);
    fee->facts = plugin_facts_behind(load, fee->by, fee->function, &fee->fact_count);
    return fee;
}

/* ---- reliefs -----------------------------------------------------------------------------------
 */

static void read_when(load_t *load, const script_value_t *value, const char *key, void *into)
{
    (void)key;
    checks_t parts = {.in_check = true};
    *(const registry_node_t **)into = plugin_conditions_read(load, value, &parts);
}

SCHEMA(relief_schema, "relief", 0, {"id", true, plugin_read_id, offsetof(registry_relief_t, id)},
       {"percent", true, read_percent, offsetof(registry_relief_t, percent)},
       {"when", true, read_when, offsetof(registry_relief_t, when)},
       {"text", true, plugin_mentions_read, offsetof(registry_relief_t, text)},
       {"basis", true, plugin_read_basis, offsetof(registry_relief_t, basis)},
       {"from", false, plugin_read_date, offsetof(registry_relief_t, from)},
       {"to", false, plugin_read_date, offsetof(registry_relief_t, to)});

static void read_relief(load_t *load, const script_value_t *item, registry_relief_t *relief)
{
    const script_value_t *table = plugin_read_word(load, item, WORD_RELIEF);
    relief->from = load->programme->from;
    relief->to = load->programme->to;
    relief->line = item->line;
    if (table == NULL || !plugin_read_table(load, table, "relief", &relief_schema, relief)) {
        return;
    }
    bool dated = plugin_read_field(table, "from") != NULL || plugin_read_field(table, "to") != NULL;
    if (dated && date_before(relief->to, relief->from)) {
        char from[DATE_TEXT_LEN + 1], to[DATE_TEXT_LEN + 1];
        date_text(relief->from, from);
        date_text(relief->to, to);
        FAULT(load, item->line, DATES_ORDER, say_word(to), say_word(from));
    }
    relief->facts = plugin_conditions_facts(load, relief->when, &relief->fact_count);
    relief->basis.example = relief->basis.example || relief->text.example ||
                            registry_is_example(relief->percent.parameter) ||
                            (relief->when != NULL && plugin_conditions_example(load, relief->when));
}

void plugin_reliefs_read(load_t *load, const script_value_t *value)
{
    if (!plugin_read_is_list(load, value, "reliefs", 0)) {
        return;
    }
    if (value->item_count > RULES_RELIEFS_MAX) {
        FAULT(load, value->line, LIST_LONG, say_word("reliefs"), say_number(RULES_RELIEFS_MAX));
        return;
    }
    registry_relief_t *list = plugin_load_new(load, value->item_count, sizeof(*list));
    span_t *ids = plugin_load_new(load, value->item_count, sizeof(*ids));
    int *lines = plugin_load_new(load, value->item_count, sizeof(*lines));
    if (list == NULL || ids == NULL || lines == NULL) {
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        read_relief(load, &value->items[i], &list[i]);
        plugin_read_unique(load, list[i].id, value->items[i].line, ids, lines, i);
        ids[i] = list[i].id;
        lines[i] = value->items[i].line;
    }
    load->programme->reliefs = list;
    load->programme->relief_count = value->item_count;
}
