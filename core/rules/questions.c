/* Every question that a service may come to. */
#include "registry/head.h"
#include "rules/run.h"

typedef struct {
    const registry_programme_t *programme;
    bool seen[RULES_FACTS_MAX];
    int *facts;
    size_t max;
    size_t count;
} questions_t;

static void ask_node(questions_t *questions, const registry_node_t *node);

/* What leads to a fact: itself when it is asked, otherwise what it is derived from. */
static void ask_fact(questions_t *questions, int fact)
{
    while (fact >= 0 && !questions->seen[fact]) {
        const registry_fact_t *found = questions->programme->facts[fact];
        questions->seen[fact] = true;
        if (found->asked) {
            if (questions->count < questions->max) {
                questions->facts[questions->count] = fact;
            }
            questions->count++;
            return;
        }
        if (found->derive == DERIVE_CONDITION) {
            ask_node(questions, found->derive_node);
            return;
        }
        fact = found->derive == DERIVE_NONE ? -1 : found->derive_from;
    }
}

static void ask_facts(questions_t *questions, const int *facts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ask_fact(questions, facts[i]);
    }
}

static void ask_node(questions_t *questions, const registry_node_t *node)
{
    if (run_is_leaf(node)) {
        ask_fact(questions, node->fact);
    }
    for (size_t i = 0; i < node->child_count; i++) {
        ask_node(questions, node->children[i]);
    }
}

/* What is written of a condition, and then what its free functions may read. */
static void ask_condition(questions_t *questions, const registry_node_t *node, const int *facts,
                          size_t count)
{
    if (node != NULL) {
        ask_node(questions, node);
    }
    ask_facts(questions, facts, count);
}

static void ask_fee(questions_t *questions, const registry_fee_t *fee)
{
    if (fee != NULL && fee->kind == FEE_STEPS) {
        ask_fact(questions, fee->by);
    }
    if (fee != NULL) {
        ask_facts(questions, fee->facts, fee->fact_count);
    }
}

size_t rules_questions(const registry_programme_t *programme, const registry_service_t *service,
                       int *facts, size_t max)
{
    questions_t questions = {.programme = programme, .facts = facts, .max = max};
    for (size_t i = 0; i < service->check_count; i++) {
        const registry_check_t *check = &service->checks[i];
        ask_condition(&questions, check->node, check->facts, check->fact_count);
    }
    if (service->eligibility != NULL) {
        ask_node(&questions, service->eligibility);
    }
    ask_fee(&questions, service->fee != NULL ? service->fee : programme->fee);
    for (size_t i = 0; i < programme->head_count && service->fee == NULL; i++) {
        ask_fee(&questions, programme->heads[i].fee);
    }
    for (size_t i = 0; i < programme->relief_count; i++) {
        const registry_relief_t *relief = &programme->reliefs[i];
        ask_condition(&questions, relief->when, relief->facts, relief->fact_count);
    }
    ask_facts(&questions, service->asks, service->ask_count);
    if (service->quantity >= 0) {
        ask_fact(&questions, service->quantity);
    }
    if (service->times != NULL) {
        ask_fact(&questions, *service->times);
    }
    for (size_t i = 0; i < service->criterion_count; i++) {
        const registry_criterion_t *criterion = &service->criteria[i];
        ask_condition(&questions, criterion->when, criterion->facts, criterion->fact_count);
    }
    return questions.count;
}
