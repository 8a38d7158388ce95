/* Conditions: yes, no or unknown over a tree of nodes, by Kleene's tables. */
#include "rules/run.h"

#include <stdio.h>

rules_answer_t rules_run_fail(run_t *run, rules_fault_code_t code, int line, const char *message)
{
    if (!run->failed) {
        run->failed = true;
        run->fault->code = code;
        run->fault->parameter = NULL;
        run->fault->line = line;
        (void)snprintf(run->fault->message, sizeof run->fault->message, "%s", message);
    }
    return RULES_UNKNOWN;
}

const registry_row_t *rules_run_row(run_t *run, const registry_parameter_t *parameter, int line)
{
    const registry_row_t *row = registry_row_on(parameter, run->of->on);
    if (row == NULL) {
        if (!run->failed) {
            rules_run_fail(run, RULES_OUTSIDE_ROWS, line, "");
            run->fault->parameter = parameter;
        }
        return NULL;
    }
    run->example = run->example || row->basis.example;
    return row;
}

/* ---- comparing ------------------------------------------------------------------------------- */

/* A number of one of two units: whole, or thousandths of it. */
typedef struct {
    int64_t number;
    bool thousandths;
} amount_t;

/* The sign of whole − thousandths / 1000, exact for all numbers. */
static int compare_mixed(int64_t whole, int64_t thousandths)
{
    int64_t floor = thousandths / 1000, rest = thousandths % 1000;
    if (rest < 0) {
        floor--;
        rest += 1000;
    }
    if (whole != floor) {
        return whole < floor ? -1 : 1;
    }
    return rest > 0 ? -1 : 0;
}

static int compare_amounts(amount_t a, amount_t b)
{
    if (a.thousandths == b.thousandths) {
        return (a.number > b.number) - (a.number < b.number);
    }
    return a.thousandths ? -compare_mixed(b.number, a.number) : compare_mixed(a.number, b.number);
}

/* The place of a choice's value by its id; -1, which is no value, when there is none. */
static int64_t choice_of(const registry_fact_t *fact, span_t id)
{
    for (size_t i = 0; i < fact->values.count; i++) {
        if (span_equal(fact->values.at[i].id, id)) {
            return (int64_t)i;
        }
    }
    return -1;
}

/* What a fact is compared with on the day. A number in the text is in the fact's unit; one in a row
 * is in the unit of its own type. False with a fault outside the rows. */
static bool read_operand(run_t *run, const registry_node_t *node, const registry_operand_t *operand,
                         amount_t *amount)
{
    const registry_fact_t *fact = run->of->programme->facts[node->fact];
    if (operand->parameter == NULL) {
        *amount = (amount_t){operand->number, fact->type == FACT_DECIMAL};
        return true;
    }
    const registry_row_t *row = rules_run_row(run, operand->parameter, node->line);
    if (row == NULL) {
        return false;
    }
    const registry_value_t *value = &row->value;
    amount->number = value->type == VALUE_TEXT ? choice_of(fact, value->text) : value->number;
    amount->thousandths = value->type == VALUE_DECIMAL;
    return true;
}

static bool is_member(const registry_node_t *node, int64_t number)
{
    for (size_t i = 0; i < node->member_count; i++) {
        if (node->members[i] == number) {
            return true;
        }
    }
    return false;
}

bool rules_run_compare(run_t *run, const registry_node_t *node, int64_t number)
{
    if (node->kind == NODE_IS) {
        return number != 0;
    }
    if (node->kind == NODE_ONE_OF) {
        return is_member(node, number);
    }
    amount_t fact = {number, run->of->programme->facts[node->fact]->type == FACT_DECIMAL};
    amount_t low = {0}, high = {0};
    if (!read_operand(run, node, &node->low, &low) ||
        (node->kind == NODE_BETWEEN && !read_operand(run, node, &node->high, &high))) {
        return false;
    }
    int order = compare_amounts(fact, low);
    switch (node->kind) {
    case NODE_EQUALS:
        return order == 0;
    case NODE_AT_LEAST:
        return order >= 0;
    case NODE_AT_MOST:
        return order <= 0;
    case NODE_BETWEEN:
        return order >= 0 && compare_amounts(fact, high) <= 0;
    case NODE_BEFORE:
        return order < 0;
    default:
        return order > 0; /* NODE_AFTER */
    }
}

/* A fact that is derived from a condition and not known yet is looked into once more: what was
 * wrong there is told where it is needed. */
static bool look_into(run_t *run, const registry_node_t *node, int depth, int64_t *number)
{
    const registry_fact_t *fact = run->of->programme->facts[node->fact];
    uint8_t *found = &run->derived[node->fact];
    if (fact->derive != DERIVE_CONDITION) {
        return false;
    }
    if (*found == 0) {
        rules_answer_t *checks = run_aside(run);
        bool example = run->example;
        run->example = false;
        rules_answer_t answer = rules_run_node(run, fact->derive_node, depth + 1);
        *found = (uint8_t)((1u + answer) | (run->example ? 4u : 0u));
        run->example = example;
        run->checks = checks;
    }
    run->example = run->example || (*found & 4) != 0;
    *number = (*found & 3) == 1 + RULES_YES;
    return (*found & 3) != 1 + RULES_UNKNOWN;
}

static rules_answer_t run_leaf(run_t *run, const registry_node_t *node, int depth)
{
    const rules_fact_t *fact = &run->of->facts[node->fact];
    int64_t number = fact->number;
    run->example = run->example || fact->example;
    bool known = fact->known || look_into(run, node, depth, &number);
    if (run->failed) {
        return RULES_UNKNOWN;
    }
    /* Compared even when unknown, so that a day outside the rows is told whatever is known. */
    bool holds = rules_run_compare(run, node, known ? number : 0);
    return !known || run->failed ? RULES_UNKNOWN : holds ? RULES_YES : RULES_NO;
}

/* ---- free functions -------------------------------------------------------------------------- */

rules_answer_t rules_run_function(run_t *run, const registry_node_t *node, int *missing)
{
    for (size_t i = 0; i < run->function_count; i++) {
        if (run->functions[i].function == node->function) {
            *missing = run->functions[i].missing;
            return run->functions[i].answer;
        }
    }
    run_function_t called = {node->function, RULES_UNKNOWN, -1};
    const rules_functions_t *port = run->of->functions;
    if (port == NULL || port->condition == NULL) {
        return rules_run_fail(run, RULES_FUNCTION, node->line,
                              "no free functions can be called here");
    }
    if (run->failed) {
        return RULES_UNKNOWN;
    }
    if (run->function_count == RUN_FUNCTIONS_MAX) {
        return rules_run_fail(run, RULES_FUNCTION, node->line,
                              "too many functions for one decision");
    }
    if (!port->condition(port->context, node->function, run->of, &called.answer, &called.missing,
                         run->fault)) {
        run->failed = true;
        return RULES_UNKNOWN;
    }
    run->functions[run->function_count++] = called;
    *missing = called.missing;
    return called.answer;
}

/* ---- trees ----------------------------------------------------------------------------------- */

static rules_answer_t run_children(run_t *run, const registry_node_t *node, int depth)
{
    run_fold_t fold = run_fold(node->kind);
    for (size_t i = 0; i < node->child_count && !run->failed; i++) {
        run_fold_in(&fold, rules_run_node(run, node->children[i], depth + 1));
    }
    return fold.answer;
}

static rules_answer_t run_check(run_t *run, const registry_node_t *node, int depth)
{
    int missing = -1;
    bool example = run->example;
    run->example = false;
    rules_answer_t answer = run_is_function(node)
                                ? rules_run_function(run, node, &missing)
                                : rules_run_node(run, node->children[0], depth + 1);
    if (run->checks != NULL && node->check >= 0 && node->check < RULES_CHECKS_MAX) {
        run->checks[node->check] = answer;
        run->check_examples[node->check] = run->example;
    }
    run->example = run->example || example;
    return answer;
}

rules_answer_t rules_run_node(run_t *run, const registry_node_t *node, int depth)
{
    int missing = -1;
    if (depth > RUN_DEPTH_MAX) {
        return rules_run_fail(run, RULES_FUNCTION, node->line, "conditions are nested too deep");
    }
    switch (node->kind) {
    case NODE_ALL:
    case NODE_ANY:
    case NODE_NONE:
        return run_children(run, node, depth);
    case NODE_CHECK:
        return run_check(run, node, depth);
    case NODE_FUNCTION:
        return rules_run_function(run, node, &missing);
    default:
        return run_leaf(run, node, depth);
    }
}

rules_answer_t rules_run_known(run_t *run, const registry_node_t *node, int depth)
{
    if (node->kind == NODE_CHECK && run->checks != NULL && node->check >= 0 &&
        node->check < RULES_CHECKS_MAX) {
        return run->checks[node->check];
    }
    if (node->kind == NODE_CHECK && node->child_count > 0) {
        return rules_run_known(run, node->children[0], depth + 1);
    }
    if (node->kind > NODE_NONE) {
        return rules_run_node(run, node, depth);
    }
    run_fold_t fold = run_fold(node->kind);
    for (size_t i = 0; i < node->child_count; i++) {
        run_fold_in(&fold, rules_run_known(run, node->children[i], depth + 1));
    }
    return fold.answer;
}
