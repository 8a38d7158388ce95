/* For and against: which checks stand in the way by a yes, and what a yes still waits for. */
#include "rules/run.h"

static void note_side(const registry_node_t *node, bool against, bool *sides)
{
    if (node->kind == NODE_CHECK && node->check >= 0) {
        if (node->check < RULES_CHECKS_MAX) {
            sides[node->check] = against;
        }
        return;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        note_side(node->children[i], node->kind == NODE_NONE ? !against : against, sides);
    }
}

void rules_sides(const registry_service_t *service, bool *against)
{
    for (size_t i = 0; i < service->check_count && i < RULES_CHECKS_MAX; i++) {
        against[i] = false;
    }
    if (service->eligibility != NULL) {
        note_side(service->eligibility, false, against);
    }
}

size_t rules_open_exclusions(rules_case_t *of, const registry_service_t *service,
                             const rules_decision_t *decision, int *checks, size_t max)
{
    bool against[RULES_CHECKS_MAX];
    rules_answer_t answers[RULES_CHECKS_MAX];
    rules_fault_t fault;
    run_t run;
    size_t count = 0;
    if (decision->outcome != RULES_UNKNOWN || service->eligibility == NULL) {
        return 0;
    }
    rules_sides(service, against);
    for (size_t i = 0; i < service->check_count && i < RULES_CHECKS_MAX; i++) {
        bool open = against[i] && decision->decisive[i] && decision->checks[i] == RULES_UNKNOWN;
        answers[i] = open ? RULES_NO : decision->checks[i];
        if (open && count < max) {
            checks[count] = (int)i;
        }
        count += open;
    }
    run_begin(&run, of, &fault, answers, NULL);
    bool yes = rules_run_known(&run, service->eligibility, 0) == RULES_YES;
    return yes && !run.failed ? count : 0;
}
