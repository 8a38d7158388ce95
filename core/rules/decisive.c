/* On which checks an answer rests. */
#include "rules/run.h"

/* A child counts when the whole rests on it: the no ones of an all that is no, all of an all that
 * is yes; the yes ones of an any that is yes, all of an any that is no; in a none as in an any.
 * What is unknown rests on what is unknown in it. */
static bool counts(registry_node_kind_t kind, rules_answer_t whole, rules_answer_t child)
{
    if (whole == RULES_UNKNOWN) {
        return child == RULES_UNKNOWN;
    }
    switch (kind) {
    case NODE_ALL:
        return whole == RULES_YES || child == RULES_NO;
    case NODE_ANY:
        return whole == RULES_NO || child == RULES_YES;
    default:
        return whole == RULES_YES || child == RULES_YES; /* NODE_NONE */
    }
}

void rules_run_decisive(run_t *run, const registry_node_t *node, bool *decisive, int depth)
{
    if (node->kind == NODE_CHECK) {
        if (node->check >= 0 && node->check < RULES_CHECKS_MAX) {
            decisive[node->check] = true;
        } else if (node->child_count > 0) {
            rules_run_decisive(run, node->children[0], decisive, depth + 1);
        }
        return;
    }
    if (node->kind > NODE_NONE) {
        return;
    }
    rules_answer_t whole = rules_run_known(run, node, depth);
    for (size_t i = 0; i < node->child_count; i++) {
        if (counts(node->kind, whole, rules_run_known(run, node->children[i], depth + 1))) {
            rules_run_decisive(run, node->children[i], decisive, depth + 1);
        }
    }
}
