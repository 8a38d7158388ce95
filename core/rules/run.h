/* What the files of this room share: one evaluation while it runs. */
#ifndef OKIENKO_RULES_RUN_H
#define OKIENKO_RULES_RUN_H

#include "rules/rules.h"

/* How deep a condition may be nested together with the derived facts it stands on. A single one is
 * held to RULES_DEPTH_MAX when it is loaded. */
#define RUN_DEPTH_MAX 256
/* Free functions of one decision: of every check and every relief. All are remembered: one that is
 * not would be called again for each node that is looked at, a thousand times for one decision. */
#define RUN_FUNCTIONS_MAX (RULES_CHECKS_MAX + RULES_RELIEFS_MAX)

/* So many nodes are looked at to put the open questions into their best order; past that they come
 * in the order of the text. */
#define RUN_STEPS_MAX 20000

/* A free function is called once a decision, however often its answer is looked at. */
typedef struct {
    int function;
    rules_answer_t answer;
    int missing;
} run_function_t;

typedef struct {
    rules_case_t *of;
    rules_fault_t *fault;
    bool failed;            /* the first fault stands in `fault` */
    bool example;           /* a row read since this was last cleared is only an example */
    rules_answer_t *checks; /* where NODE_CHECKs write their answers; NULL: nowhere */
    bool *check_examples;   /* where they say that they rest on an example row */
    run_function_t functions[RUN_FUNCTIONS_MAX];
    size_t function_count;
    /* What unknown facts derived from conditions were found to be, so that each is looked into once
     * however often it is read: 0 or 1 + the answer, and 4 when it rests on an example. */
    uint8_t derived[RULES_FACTS_MAX];
    unsigned steps;
    int fee_waits_for; /* the fact without which the fee before reliefs is not known, or -1 */
} run_t;

/* Starts an evaluation; `checks` and `check_examples` may be NULL. */
static inline void run_begin(run_t *run, rules_case_t *of, rules_fault_t *fault,
                             rules_answer_t *checks, bool *check_examples)
{
    run->of = of;
    run->fault = fault;
    run->failed = false;
    run->example = false;
    run->checks = checks;
    run->check_examples = check_examples;
    run->function_count = 0;
    memset(run->derived, 0, of->programme->fact_count * sizeof run->derived[0]);
    run->steps = 0;
    run->fee_waits_for = -1;
}

/* For a condition that is not the service's own eligibility: its checks are not listed. Returns
 * what `checks` is to be set to afterwards. */
static inline rules_answer_t *run_aside(run_t *run)
{
    rules_answer_t *checks = run->checks;
    run->checks = NULL;
    return checks;
}

/* Notes a fault, unless there is one; always RULES_UNKNOWN. */
rules_answer_t rules_run_fail(run_t *run, rules_fault_code_t code, int line, const char *message);

/* The row of a parameter on the day of the case; NULL and a fault outside its rows. */
const registry_row_t *rules_run_row(run_t *run, const registry_parameter_t *parameter, int line);

/* The whole of a condition, nothing skipped: every check in it gets its answer, and a day outside
 * the rows of any parameter in it is a fault whatever is known. */
rules_answer_t rules_run_node(run_t *run, const registry_node_t *node, int depth);

/* The answer of a node that has been run already: checks by what they answered. */
rules_answer_t rules_run_known(run_t *run, const registry_node_t *node, int depth);

/* Whether the comparison of a leaf holds for a number in its fact's unit. */
bool rules_run_compare(run_t *run, const registry_node_t *node, int64_t number);

/* The free function of a node, called at most once; `*missing` is a fact or -1. */
rules_answer_t rules_run_function(run_t *run, const registry_node_t *node, int *missing);

/* A node that is answered by a free function. */
static inline bool run_is_function(const registry_node_t *node)
{
    return node->kind == NODE_FUNCTION || (node->kind == NODE_CHECK && node->child_count == 0);
}

/* A node that compares one fact. */
static inline bool run_is_leaf(const registry_node_t *node)
{
    return node->kind >= NODE_IS && node->kind <= NODE_AFTER;
}

/* all, any and none by Kleene's tables, for children that come one by one. */
typedef struct {
    registry_node_kind_t kind;
    rules_answer_t answer;
} run_fold_t;

static inline run_fold_t run_fold(registry_node_kind_t kind)
{
    return (run_fold_t){kind, kind == NODE_ANY ? RULES_NO : RULES_YES};
}

static inline void run_fold_in(run_fold_t *fold, rules_answer_t child)
{
    /* What settles the whole, and as what. */
    rules_answer_t settling = fold->kind == NODE_ALL ? RULES_NO : RULES_YES;
    rules_answer_t settled = fold->kind == NODE_ANY ? RULES_YES : RULES_NO;
    if (child == settling) {
        fold->answer = settled;
    } else if (child == RULES_UNKNOWN && fold->answer != settled) {
        fold->answer = RULES_UNKNOWN;
    }
}

/* ---- the steps of a decision ----------------------------------------------------------------- */

/* Marks the checks on which the answer of a tree rests; `decisive` is cleared by the caller. */
void rules_run_decisive(run_t *run, const registry_node_t *node, bool *decisive, int depth);

/* Adds the asked facts that an unknown condition waits for, the most deciding first, leaving out
 * those already there. */
void rules_run_missing(run_t *run, const registry_node_t *node, int *facts, size_t *count);

/* Adds the asked fact that leads to `fact`, or for a condition the facts it waits for. */
void rules_run_missing_fact(run_t *run, int fact, int *facts, size_t *count);

/* The fee, by what the reliefs have been answered. False with a fault. */
bool rules_run_fee(run_t *run, const registry_service_t *service, rules_decision_t *decision);

/* Adds the facts on which only the fee depends. */
void rules_run_fee_missing(run_t *run, const registry_service_t *service,
                           rules_decision_t *decision);

#endif
