/* What facts are compared with: literals and dated parameters, of a type that fits. */
#include "plugin/reader.h"

const char *plugin_parameter_nearest(load_t *load, span_t name)
{
    span_t ids[2 * LOAD_LIST_MAX];
    size_t count = 0;
    const registry_parameters_t *lists[] = {
        load->service != NULL ? &load->service->parameters : NULL, &load->programme->parameters};
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; lists[k] != NULL && i < lists[k]->count && count < 2 * LOAD_LIST_MAX;
             i++) {
            ids[count++] = lists[k]->at[i].id;
        }
    }
    return plugin_nearest_id(load, name, ids, count, sizeof(span_t));
}

const registry_parameter_t *plugin_parameter_read(load_t *load, const script_value_t *value)
{
    if (value->item_count != 1 || value->items[0].kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value->item_count == 1 ? &value->items[0] : value, "param",
                          NOUN_PARAMETER);
        return NULL;
    }
    span_t name = value->items[0].text;
    const registry_parameter_t *found = registry_parameter(load->programme, load->service, name);
    if (found == NULL && !load->in_shared) {
        FAULT_NEAR(load, value->line, UNKNOWN_PARAMETER, plugin_parameter_nearest(load, name),
                   say(name));
    }
    return found;
}

static bool is_parameter(const script_value_t *value)
{
    return value->kind == SCRIPT_WORD && value->word == WORD_PARAM;
}

static bool type_fits(registry_fact_type_t fact, registry_value_type_t value)
{
    switch (fact) {
    case FACT_BOOLEAN:
        return value == VALUE_BOOLEAN;
    case FACT_INTEGER:
    case FACT_DECIMAL:
        return value == VALUE_INTEGER || value == VALUE_DECIMAL;
    case FACT_MONEY:
        return value == VALUE_MONEY;
    case FACT_DATE:
        return value == VALUE_DATE;
    case FACT_CHOICE:
        return value == VALUE_TEXT;
    case FACT_PESEL:
        break;
    }
    return false;
}

static bool has_value(const registry_fact_t *fact, span_t id)
{
    for (size_t i = 0; i < fact->values.count; i++) {
        if (span_equal(fact->values.at[i].id, id)) {
            return true;
        }
    }
    return false;
}

/* Every row of a parameter against the fact it is compared with. */
static bool rows_fit(load_t *load, int line, const registry_parameter_t *parameter,
                     const registry_fact_t *fact)
{
    for (size_t i = 0; i < parameter->count; i++) {
        const registry_value_t *value = &parameter->rows[i].value;
        if (!type_fits(fact->type, value->type)) {
            FAULT(load, line, PARAMETER_TYPE, say(parameter->id),
                  say_noun(plugin_value_noun(value->type)),
                  say_noun(plugin_facts_noun(fact->type)));
            return false;
        }
        if (fact->type == FACT_CHOICE && !has_value(fact, value->text)) {
            const char *nearest = plugin_nearest_id(load, value->text, &fact->values.at[0].id,
                                                    fact->values.count, sizeof(registry_term_t));
            FAULT_NEAR(load, line, UNKNOWN_VALUE, nearest, say(fact->id), say(value->text),
                       say_word("values"));
            return false;
        }
    }
    return true;
}

bool plugin_operand_read(load_t *load, const script_value_t *value, const registry_fact_t *fact,
                         registry_operand_t *operand)
{
    if (!is_parameter(value)) {
        return plugin_facts_literal(load, value, fact, true, &operand->number);
    }
    operand->parameter = plugin_parameter_read(load, value);
    return operand->parameter != NULL && rows_fit(load, value->line, operand->parameter, fact);
}

static bool is_percent(const registry_value_t *value)
{
    return value->type == VALUE_INTEGER   ? value->number >= 0 && value->number <= 100
           : value->type == VALUE_DECIMAL ? value->number >= 0 && value->number <= 100 * 1000
                                          : false;
}

void plugin_percent_read(load_t *load, const script_value_t *value, const char *key,
                         registry_operand_t *operand)
{
    if (!is_parameter(value)) {
        if (value->kind != SCRIPT_INTEGER && value->kind != SCRIPT_FLOAT) {
            plugin_read_wrong(load, value, key, NOUN_PERCENT);
            return;
        }
        plugin_read_thousandths(load, value, key, 0, 100 * 1000, &operand->number);
        return;
    }
    operand->parameter = plugin_parameter_read(load, value);
    for (size_t i = 0; operand->parameter != NULL && i < operand->parameter->count; i++) {
        const registry_value_t *row = &operand->parameter->rows[i].value;
        if (!is_percent(row)) {
            FAULT(load, value->line, PARAMETER_TYPE, say(operand->parameter->id),
                  row->type == VALUE_INTEGER ? say_number(row->number)
                                             : say_noun(plugin_value_noun(row->type)),
                  say_noun(NOUN_PERCENT));
            return;
        }
    }
}
