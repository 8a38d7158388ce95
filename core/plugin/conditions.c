/* Conditions: words become a tree of nodes that is evaluated without Lua. */
#include "plugin/reader.h"

#include <stdio.h>

static const registry_node_t *read_node(load_t *load, const script_value_t *value,
                                        checks_t *checks);

static registry_node_t *new_node(load_t *load, registry_node_kind_t kind, int line)
{
    registry_node_t *node = plugin_load_new(load, 1, sizeof(*node));
    if (node != NULL) {
        node->kind = kind;
        node->line = line;
        node->fact = -1;
        node->check = -1;
        node->function = -1;
    }
    return node;
}

/* ---- comparisons -------------------------------------------------------------------------------
 */

typedef struct {
    word_t word;
    registry_node_kind_t kind;
    size_t arguments;
    unsigned types; /* of facts, a bit each */
} comparison_t;

#define ON(type) (1U << FACT_##type)
#define ORDERED (ON(INTEGER) | ON(DECIMAL) | ON(MONEY) | ON(DATE))

static const comparison_t comparisons[] = {
    {WORD_IS, NODE_IS, 1, ON(BOOLEAN)},
    {WORD_EQUALS, NODE_EQUALS, 2, ORDERED | ON(BOOLEAN) | ON(CHOICE)},
    {WORD_ONE_OF, NODE_ONE_OF, 2, ORDERED | ON(CHOICE)},
    {WORD_AT_LEAST, NODE_AT_LEAST, 2, ORDERED},
    {WORD_AT_MOST, NODE_AT_MOST, 2, ORDERED},
    {WORD_BETWEEN, NODE_BETWEEN, 3, ORDERED},
    {WORD_BEFORE, NODE_BEFORE, 2, ON(DATE)},
    {WORD_AFTER, NODE_AFTER, 2, ON(DATE)},
};

static const comparison_t *comparison_of(const script_value_t *value)
{
    for (size_t i = 0; i < sizeof(comparisons) / sizeof(comparisons[0]); i++) {
        if (value->kind == SCRIPT_WORD && value->word == (int)comparisons[i].word) {
            return &comparisons[i];
        }
    }
    return NULL;
}

static bool read_members(load_t *load, const script_value_t *list, const registry_fact_t *fact,
                         registry_node_t *node)
{
    if (!plugin_read_is_list(load, list, "one_of", 1)) {
        return false;
    }
    int64_t *members = plugin_load_new(load, list->item_count, sizeof(*members));
    if (members == NULL) {
        return false;
    }
    bool fine = true;
    size_t count = 0;
    for (size_t i = 0; i < list->item_count; i++) {
        int64_t number;
        if (!plugin_facts_literal(load, &list->items[i], fact, true, &number)) {
            fine = false;
            continue;
        }
        for (size_t k = 0; k < count; k++) {
            if (members[k] == number) {
                FAULT(load, list->items[i].line, TWICE, plugin_read_found(&list->items[i]));
            }
        }
        members[count++] = number;
    }
    node->members = members;
    node->member_count = count;
    return fine;
}

static bool read_operands(load_t *load, const script_value_t *value, const registry_fact_t *fact,
                          registry_node_t *node)
{
    if (node->kind == NODE_IS) {
        return true;
    }
    if (node->kind == NODE_ONE_OF) {
        return read_members(load, &value->items[1], fact, node);
    }
    bool fine = plugin_operand_read(load, &value->items[1], fact, &node->low);
    if (node->kind == NODE_BETWEEN) {
        fine = plugin_operand_read(load, &value->items[2], fact, &node->high) && fine;
        if (fine && node->low.parameter == NULL && node->high.parameter == NULL &&
            node->low.number > node->high.number) {
            FAULT(load, value->line, BETWEEN_ORDER, plugin_read_found(&value->items[1]),
                  plugin_read_found(&value->items[2]));
        }
    }
    return fine;
}

static const registry_node_t *read_comparison(load_t *load, const script_value_t *value,
                                              const comparison_t *how)
{
    const char *word = plugin_word_names[how->word];
    if (value->item_count != how->arguments) {
        FAULT(load, value->line, ARGUMENTS, say_word(word), say_number((int64_t)how->arguments),
              say_number((int64_t)value->item_count));
        return NULL;
    }
    int fact = plugin_read_fact(load, &value->items[0], word);
    registry_node_t *node = fact < 0 ? NULL : new_node(load, how->kind, value->line);
    if (node == NULL) {
        return NULL;
    }
    const registry_fact_t *of = load->programme->facts[fact];
    node->fact = fact;
    if ((how->types & (1U << of->type)) == 0) {
        FAULT(load, value->line, CONDITION_TYPE, say_word(word), say(of->id),
              say_word(registry_fact_type_name(of->type)));
        return NULL;
    }
    return read_operands(load, value, of, node) ? node : NULL;
}

/* ---- all, any, none ----------------------------------------------------------------------------
 */

static const registry_node_t *read_group(load_t *load, const script_value_t *value,
                                         registry_node_kind_t kind, checks_t *checks)
{
    const char *word = plugin_word_names[value->word];
    if (value->item_count != 1) {
        FAULT(load, value->line, ARGUMENTS, say_word(word), say_number(1),
              say_number((int64_t)value->item_count));
        return NULL;
    }
    const script_value_t *list = &value->items[0];
    if (!plugin_read_is_list(load, list, word, 1)) {
        return NULL;
    }
    registry_node_t *node = new_node(load, kind, value->line);
    const registry_node_t **children =
        plugin_load_new(load, list->item_count, sizeof(registry_node_t *));
    if (node == NULL || children == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < list->item_count; i++) {
        children[node->child_count] = read_node(load, &list->items[i], checks);
        node->child_count += children[node->child_count] != NULL;
    }
    node->children = children;
    return node->child_count == 0 ? NULL : node;
}

/* ---- check -------------------------------------------------------------------------------------
 */

typedef struct {
    span_t id;
    registry_text_t text;
    registry_basis_t basis;
} check_head_t;

SCHEMA(check_schema, "check", 1, {"id", true, plugin_read_id, offsetof(check_head_t, id)},
       {"text", true, plugin_mentions_read, offsetof(check_head_t, text)},
       {"basis", true, plugin_read_basis, offsetof(check_head_t, basis)}, {"when", false, NULL, 0});

static const registry_node_t *read_function(load_t *load, const script_value_t *value)
{
    if (value->kind != SCRIPT_FUNCTION) {
        plugin_read_wrong(load, value, "when", NOUN_FUNCTION);
        return NULL;
    }
    if (load->in_derive) {
        FAULT(load, value->line, FUNCTION_IN_DERIVE, say_word("derive"));
        return NULL;
    }
    registry_node_t *node = new_node(load, NODE_FUNCTION, value->line);
    if (node != NULL) {
        node->function = value->function;
    }
    return node;
}

/* What a check is about: its one condition, or its function. */
static const registry_node_t *read_content(load_t *load, const script_value_t *table,
                                           const check_head_t *head, checks_t *checks)
{
    const script_value_t *when = plugin_read_field(table, "when");
    if ((when != NULL) + (table->item_count > 0) != 1) {
        FAULT(load, table->line, CHECK_CONDITION, say(head->id));
        return NULL;
    }
    if (when != NULL) {
        return read_function(load, when);
    }
    bool before = checks->in_check;
    checks->in_check = true;
    const registry_node_t *node = read_node(load, &table->items[0], checks);
    checks->in_check = before;
    return node;
}

static int add_check(load_t *load, const check_head_t *head, const registry_node_t *node, int line,
                     checks_t *checks)
{
    for (size_t i = 0; i < checks->count && head->id.at != NULL; i++) {
        if (span_equal(checks->at[i].id, head->id)) {
            FAULT(load, line, DUPLICATE_ID, say(head->id), say_number(checks->at[i].line));
            return -1;
        }
    }
    if (checks->count == checks->max) {
        FAULT(load, line, LIST_LONG, say_word("check"), say_number((int64_t)checks->max));
        return -1;
    }
    registry_check_t *check = &checks->at[checks->count];
    *check = (registry_check_t){
        .id = head->id, .text = head->text, .basis = head->basis, .node = node, .line = line};
    check->facts = plugin_conditions_facts(load, node, &check->fact_count);
    check->basis.example = check->basis.example || head->text.example ||
                           (node != NULL && plugin_conditions_example(load, node));
    return (int)checks->count++;
}

static const registry_node_t *read_check(load_t *load, const script_value_t *value,
                                         checks_t *checks)
{
    const script_value_t *table = plugin_read_word(load, value, WORD_CHECK);
    check_head_t head = {0};
    if (table == NULL || !plugin_read_table(load, table, "check", &check_schema, &head)) {
        return NULL;
    }
    registry_node_t *node = new_node(load, NODE_CHECK, value->line);
    const registry_node_t **child = plugin_load_new(load, 1, sizeof(registry_node_t *));
    if (node == NULL || child == NULL) {
        return NULL;
    }
    child[0] = read_content(load, table, &head, checks);
    node->children = child;
    node->child_count = 1;
    if (checks->at != NULL && !checks->in_check) {
        /* Listed even when its content is faulty, so that its id is known. */
        node->check = add_check(load, &head, child[0], value->line, checks);
    }
    return child[0] == NULL ? NULL : node;
}

/* ---- trees -------------------------------------------------------------------------------------
 */

static bool same_value(const script_value_t *a, const script_value_t *b)
{
    if (a->kind != b->kind || a->boolean != b->boolean || a->word != b->word ||
        a->function != b->function || a->integer != b->integer || a->number != b->number ||
        !span_equal(a->text, b->text) || a->item_count != b->item_count ||
        a->field_count != b->field_count) {
        return false;
    }
    for (size_t i = 0; i < a->item_count; i++) {
        if (!same_value(&a->items[i], &b->items[i])) {
            return false;
        }
    }
    /* Their order is that of the text, which only the value's own chunk has. */
    for (size_t i = 0; i < a->field_count; i++) {
        size_t k = 0;
        while (k < b->field_count && !span_equal(a->fields[i].name, b->fields[k].name)) {
            k++;
        }
        if (k == b->field_count || !same_value(&a->fields[i].value, &b->fields[k].value)) {
            return false;
        }
    }
    return true;
}

/* A condition of shared.lua whose faults were told there. */
static bool told_already(const load_t *load, const script_value_t *value)
{
    for (size_t i = 0; load->shared_faulty != NULL && i < load->shared->field_count; i++) {
        if (load->shared_faulty[i] && same_value(&load->shared->fields[i].value, value)) {
            return true;
        }
    }
    return false;
}

static const registry_node_t *read_condition(load_t *load, const script_value_t *value,
                                             checks_t *checks)
{
    const comparison_t *comparison = comparison_of(value);
    if (comparison != NULL) {
        if (!checks->in_check) {
            FAULT(load, value->line, OUTSIDE_CHECK, say_word(plugin_word_names[value->word]));
            return NULL;
        }
        return read_comparison(load, value, comparison);
    }
    switch (value->kind == SCRIPT_WORD ? value->word : -1) {
    case WORD_ALL:
        return read_group(load, value, NODE_ALL, checks);
    case WORD_ANY:
        return read_group(load, value, NODE_ANY, checks);
    case WORD_NONE:
        return read_group(load, value, NODE_NONE, checks);
    case WORD_CHECK:
        return read_check(load, value, checks);
    default:
        break;
    }
    if (value->kind == SCRIPT_MISSING) {
        plugin_read_wrong(load, value, "", NOUN_CONDITION);
    } else {
        FAULT(load, value->line, NOT_CONDITION, plugin_read_found(value));
    }
    return NULL;
}

static const registry_node_t *read_node(load_t *load, const script_value_t *value, checks_t *checks)
{
    if (told_already(load, value)) {
        return NULL;
    }
    if (checks->depth == LOAD_DEPTH_MAX) {
        FAULT(load, value->line, TOO_DEEP, say_number(LOAD_DEPTH_MAX));
        return NULL;
    }
    checks->depth++;
    const registry_node_t *node = read_condition(load, value, checks);
    checks->depth--;
    return node;
}

const registry_node_t *plugin_conditions_read(load_t *load, const script_value_t *value,
                                              checks_t *checks)
{
    return read_node(load, value, checks);
}

/* ---- what a condition reads --------------------------------------------------------------------
 */

static void mark_function(load_t *load, int function, bool *marked)
{
    bool read[RULES_FACTS_MAX] = {false};
    plugin_reads_mark(load, function, read);
    for (size_t i = 0; i < load->programme->fact_count; i++) {
        if (read[i]) {
            plugin_facts_mark(load, (int)i, marked);
        }
    }
}

static void mark(load_t *load, const registry_node_t *node, bool *marked)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (node->children[i] != NULL) {
            mark(load, node->children[i], marked);
        }
    }
    if (node->kind == NODE_FUNCTION) {
        mark_function(load, node->function, marked);
    } else if (node->kind >= NODE_IS && node->fact >= 0) {
        plugin_facts_mark(load, node->fact, marked);
    }
}

bool plugin_conditions_example(const load_t *load, const registry_node_t *node)
{
    if (registry_is_example(node->low.parameter) || registry_is_example(node->high.parameter)) {
        return true;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        if (node->children[i] != NULL && plugin_conditions_example(load, node->children[i])) {
            return true;
        }
    }
    const registry_fact_t *fact = node->kind >= NODE_IS && node->kind != NODE_FUNCTION
                                      ? load->programme->facts[node->fact]
                                      : NULL;
    return fact != NULL && fact->derive == DERIVE_CONDITION && fact->derive_node != NULL &&
           plugin_conditions_example(load, fact->derive_node);
}

static const int *list_marked(load_t *load, const bool *marked, size_t *count)
{
    size_t used = 0;
    for (size_t i = 0; i < load->programme->fact_count; i++) {
        used += marked[i];
    }
    int *facts = plugin_load_new(load, used, sizeof(*facts));
    *count = 0;
    for (size_t i = 0; i < load->programme->fact_count && facts != NULL; i++) {
        if (marked[i]) {
            facts[(*count)++] = (int)i;
        }
    }
    return facts;
}

const int *plugin_conditions_facts(load_t *load, const registry_node_t *node, size_t *count)
{
    bool marked[RULES_FACTS_MAX] = {false};
    if (node != NULL) {
        mark(load, node, marked);
    }
    return list_marked(load, marked, count);
}

const int *plugin_facts_behind(load_t *load, int fact, int function, size_t *count)
{
    bool marked[RULES_FACTS_MAX] = {false};
    if (fact >= 0) {
        plugin_facts_mark(load, fact, marked);
    }
    if (function >= 0) {
        mark_function(load, function, marked);
    }
    return list_marked(load, marked, count);
}

/* ---- shared.lua --------------------------------------------------------------------------------
 */

void plugin_shared_read(load_t *load, const script_value_t *value)
{
    const script_value_t *table = plugin_read_word(load, value, WORD_CONDITIONS);
    if (table == NULL) {
        return;
    }
    load->shared = table;
    for (size_t i = 0; i < table->item_count; i++) {
        FAULT(load, table->items[i].line, ITEM_WITHOUT_KEY, say_word("conditions"));
    }
    bool *faulty = arena_array(load->scratch, table->field_count, sizeof(*faulty));
    if (faulty == NULL) {
        load->no_memory = load->no_memory || table->field_count > 0;
        return;
    }
    load->in_shared = true;
    for (size_t i = 0; i < table->field_count; i++) {
        const script_field_t *field = &table->fields[i];
        size_t raised = load->faults.raised;
        /* Bare conditions may be shared too: whether they stand in a check, and whether ids of
         * checks meet, is seen where they are used. */
        checks_t checks = {.in_check = true};
        if (field->odd || !plugin_files_id(field->name, '_')) {
            FAULT(load, field->line, BAD_ID, say(field->name), say_word("_"));
        }
        read_node(load, &field->value, &checks);
        faulty[i] = load->faults.raised != raised;
    }
    load->in_shared = false;
    load->shared_faulty = faulty;
}
