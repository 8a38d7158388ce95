/* Which facts to ask for, and in which order, so that few are asked. For each part of a condition
 * two things are worked out: which facts could settle it alone, as yes and as no; and how many
 * facts it takes at least to make it yes and to make it no. A fact that could settle the whole
 * alone comes first; otherwise the one that belongs to the shortest way to any answer; otherwise
 * the one that is written first. */
#include "rules/run.h"

#define WORDS (RULES_FACTS_MAX / 64)
/* So many facts that nobody can be asked for them. */
#define NEVER 1000000u

typedef struct {
    uint64_t bits[WORDS];
} fact_set_t;

/* The two ways out of one part of a condition, by RULES_NO and RULES_YES. */
typedef struct {
    rules_answer_t answer;
    fact_set_t alone[2]; /* facts that could settle it so by themselves */
    unsigned least[2];   /* how many facts it takes; 0 when it is so already */
} outlook_t;

/* What is found out of the facts of one condition. */
typedef struct {
    run_t *run;
    fact_set_t seen;
    int facts[RULES_FACTS_MAX]; /* in the order of the tree */
    unsigned costs[RULES_FACTS_MAX];
    size_t count;
} survey_t;

/* The answer of one child that settles an all, any or none, and what the whole then is. An all is
 * no by one child that is no, and yes by all that are yes; the others likewise. */
typedef struct {
    rules_answer_t child, whole;
} ways_t;

static ways_t by_one_child(registry_node_kind_t kind)
{
    return kind == NODE_ALL   ? (ways_t){RULES_NO, RULES_NO}
           : kind == NODE_ANY ? (ways_t){RULES_YES, RULES_YES}
                              : (ways_t){RULES_YES, RULES_NO};
}

static rules_answer_t opposite(rules_answer_t answer)
{
    return answer == RULES_NO ? RULES_YES : RULES_NO;
}

static void set_add(fact_set_t *set, int fact)
{
    unsigned place = (unsigned)fact;
    set->bits[place / 64] |= UINT64_C(1) << (place % 64);
}

static bool set_has(const fact_set_t *set, int fact)
{
    unsigned place = (unsigned)fact;
    return (set->bits[place / 64] >> (place % 64) & 1) != 0;
}

/* The facts in either, or in both. */
static void set_join(fact_set_t *set, const fact_set_t *other, bool both)
{
    for (int i = 0; i < WORDS; i++) {
        set->bits[i] = both ? set->bits[i] & other->bits[i] : set->bits[i] | other->bits[i];
    }
}

static unsigned add_up(unsigned a, unsigned b)
{
    return a + b < NEVER ? a + b : NEVER;
}

/* ---- what leads to a fact -------------------------------------------------------------------- */

/* The fact that is asked, or derived from a condition, from which `fact` would come; -1 when there
 * is none. */
static int source_of(const registry_programme_t *programme, int fact)
{
    /* As many steps as there are facts, in case they go round. */
    for (size_t step = 0; fact >= 0 && step <= programme->fact_count; step++) {
        const registry_fact_t *found = programme->facts[fact];
        if (found->asked || found->derive == DERIVE_CONDITION) {
            return fact;
        }
        fact = found->derive == DERIVE_NONE ? -1 : found->derive_from;
    }
    return -1;
}

/* The fact to ask for when `fact` is wanted, or -1; or the condition it would come from. */
static int asked_for(const run_t *run, int fact, const registry_node_t **condition)
{
    const registry_programme_t *programme = run->of->programme;
    int source = source_of(programme, fact);
    *condition = NULL;
    if (source < 0 || run->of->facts[source].known) {
        return -1;
    }
    if (!programme->facts[source]->asked) {
        *condition = programme->facts[source]->derive_node;
        return -1;
    }
    return source;
}

/* How a leaf answers when the boolean fact it reads is false, and when it is true. */
static void leaf_ways(run_t *run, const registry_node_t *node, rules_answer_t ways[2])
{
    for (int truth = 0; truth < 2; truth++) {
        bool holds = run_is_function(node) ? truth != 0 : rules_run_compare(run, node, truth);
        ways[truth] = holds ? RULES_YES : RULES_NO;
    }
}

/* ---- outlook --------------------------------------------------------------------------------- */

static void outlook_node(run_t *run, const registry_node_t *node, outlook_t *outlook, int depth);

/* An unknown leaf or free function that waits for `fact`. */
static void outlook_waiting(run_t *run, const registry_node_t *node, int fact, outlook_t *outlook,
                            int depth)
{
    const registry_node_t *condition = NULL;
    int asked = asked_for(run, fact, &condition);
    *outlook = (outlook_t){.answer = RULES_UNKNOWN, .least = {NEVER, NEVER}};
    for (int way = 0; asked >= 0 && way < 2; way++) {
        set_add(&outlook->alone[way], asked);
        outlook->least[way] = 1;
    }
    if (condition == NULL) {
        return;
    }
    outlook_t inner;
    rules_answer_t ways[2];
    rules_answer_t *checks = run_aside(run);
    outlook_node(run, condition, &inner, depth + 1);
    run->checks = checks;
    if (inner.answer != RULES_UNKNOWN) {
        return;
    }
    leaf_ways(run, node, ways);
    for (int truth = 0; truth < 2; truth++) {
        if (inner.least[truth] < outlook->least[ways[truth]]) {
            outlook->least[ways[truth]] = inner.least[truth];
        }
        set_join(&outlook->alone[ways[truth]], &inner.alone[truth], false);
    }
}

static void outlook_children(run_t *run, const registry_node_t *node, outlook_t *outlook, int depth)
{
    ways_t one = by_one_child(node->kind);
    ways_t each = {opposite(one.child), opposite(one.whole)};
    bool first = true;
    *outlook = (outlook_t){.answer = RULES_UNKNOWN};
    outlook->least[one.whole] = NEVER;
    for (size_t i = 0; i < node->child_count; i++) {
        outlook_t child;
        outlook_node(run, node->children[i], &child, depth + 1);
        if (child.answer != RULES_UNKNOWN) {
            continue; /* not the one that settles it: the whole is unknown */
        }
        if (child.least[one.child] < outlook->least[one.whole]) {
            outlook->least[one.whole] = child.least[one.child];
        }
        outlook->least[each.whole] = add_up(outlook->least[each.whole], child.least[each.child]);
        set_join(&outlook->alone[one.whole], &child.alone[one.child], false);
        set_join(&outlook->alone[each.whole], &child.alone[each.child], !first);
        first = false;
    }
}

static void outlook_node(run_t *run, const registry_node_t *node, outlook_t *outlook, int depth)
{
    int missing = -1;
    if (++run->steps > RUN_STEPS_MAX) {
        *outlook = (outlook_t){.answer = RULES_UNKNOWN, .least = {NEVER, NEVER}};
        return;
    }
    rules_answer_t answer = run_is_function(node) ? rules_run_function(run, node, &missing)
                                                  : rules_run_known(run, node, depth);
    if (answer != RULES_UNKNOWN) {
        outlook->answer = answer; /* nobody reads the rest */
    } else if (run_is_function(node)) {
        outlook_waiting(run, node, missing, outlook, depth);
    } else if (node->kind == NODE_CHECK) {
        outlook_node(run, node->children[0], outlook, depth + 1);
    } else if (run_is_leaf(node)) {
        outlook_waiting(run, node, node->fact, outlook, depth);
    } else {
        outlook_children(run, node, outlook, depth);
    }
}

/* ---- survey ---------------------------------------------------------------------------------- */

static void survey_fact(survey_t *survey, int fact, unsigned cost)
{
    if (!set_has(&survey->seen, fact)) {
        set_add(&survey->seen, fact);
        survey->facts[survey->count] = fact;
        survey->costs[survey->count++] = cost;
        return;
    }
    for (size_t i = 0; i < survey->count; i++) {
        if (survey->facts[i] == fact && cost < survey->costs[i]) {
            survey->costs[i] = cost;
        }
    }
}

/* Goes through what is unknown in a tree. `beyond` is, by the answer of this node, how many facts
 * more the whole would take. */
static void survey_node(survey_t *survey, const registry_node_t *node, const unsigned beyond[2],
                        int depth);

static void survey_waiting(survey_t *survey, const registry_node_t *node, int fact,
                           const unsigned beyond[2], int depth)
{
    run_t *run = survey->run;
    const registry_node_t *condition = NULL;
    int asked = asked_for(run, fact, &condition);
    if (asked >= 0) {
        survey_fact(survey, asked, add_up(beyond[0] < beyond[1] ? beyond[0] : beyond[1], 1));
    }
    if (condition == NULL) {
        return;
    }
    rules_answer_t ways[2];
    leaf_ways(run, node, ways);
    const unsigned inner[2] = {beyond[ways[0]], beyond[ways[1]]};
    rules_answer_t *checks = run_aside(run);
    survey_node(survey, condition, inner, depth + 1);
    run->checks = checks;
}

static void survey_children(survey_t *survey, const registry_node_t *node, const unsigned beyond[2],
                            int depth)
{
    run_t *run = survey->run;
    ways_t one = by_one_child(node->kind);
    ways_t each = {opposite(one.child), opposite(one.whole)};
    outlook_t child;
    unsigned all = 0;
    for (size_t i = 0; i < node->child_count; i++) {
        outlook_node(run, node->children[i], &child, depth + 1);
        all = child.answer == RULES_UNKNOWN ? add_up(all, child.least[each.child]) : all;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        outlook_node(run, node->children[i], &child, depth + 1);
        if (child.answer != RULES_UNKNOWN) {
            continue;
        }
        unsigned others = all >= NEVER ? NEVER : all - child.least[each.child];
        unsigned inner[2];
        inner[one.child] = beyond[one.whole];
        inner[each.child] = add_up(beyond[each.whole], others);
        survey_node(survey, node->children[i], inner, depth + 1);
    }
}

static void survey_node(survey_t *survey, const registry_node_t *node, const unsigned beyond[2],
                        int depth)
{
    run_t *run = survey->run;
    int missing = -1;
    if (++run->steps > RUN_STEPS_MAX) {
        return;
    }
    if (run_is_function(node)) {
        if (rules_run_function(run, node, &missing) == RULES_UNKNOWN) {
            survey_waiting(survey, node, missing, beyond, depth);
        }
        return;
    }
    if (rules_run_known(run, node, depth) != RULES_UNKNOWN) {
        return;
    }
    if (node->kind == NODE_CHECK) {
        survey_node(survey, node->children[0], beyond, depth + 1);
    } else if (run_is_leaf(node)) {
        survey_waiting(survey, node, node->fact, beyond, depth);
    } else {
        survey_children(survey, node, beyond, depth);
    }
}

/* By cost; of equal ones the first in the tree stays first. */
static void survey_sort(survey_t *survey)
{
    for (size_t i = 1; i < survey->count; i++) {
        int fact = survey->facts[i];
        unsigned cost = survey->costs[i];
        size_t to = i;
        for (; to > 0 && survey->costs[to - 1] > cost; to--) {
            survey->facts[to] = survey->facts[to - 1];
            survey->costs[to] = survey->costs[to - 1];
        }
        survey->facts[to] = fact;
        survey->costs[to] = cost;
    }
}

/* ---- what is asked --------------------------------------------------------------------------- */

static void add_fact(int fact, int *facts, size_t *count)
{
    for (size_t i = 0; i < *count; i++) {
        if (facts[i] == fact) {
            return;
        }
    }
    facts[(*count)++] = fact;
}

/* The same facts in the order of the text, each derived one looked into once. */
static void list_node(survey_t *survey, const registry_node_t *node, int depth)
{
    run_t *run = survey->run;
    const registry_node_t *condition = NULL;
    int fact = -1;
    rules_answer_t answer = run_is_function(node) ? rules_run_function(run, node, &fact)
                                                  : rules_run_known(run, node, depth);
    if (answer != RULES_UNKNOWN) {
        return;
    }
    fact = run_is_leaf(node) ? node->fact : fact;
    int asked = asked_for(run, fact, &condition);
    if (asked >= 0) {
        survey_fact(survey, asked, 0);
    }
    if (condition != NULL && !set_has(&survey->seen, fact)) {
        set_add(&survey->seen, fact);
        rules_answer_t *checks = run_aside(run);
        list_node(survey, condition, depth + 1);
        run->checks = checks;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        list_node(survey, node->children[i], depth + 1);
    }
}

static void survey_begin(survey_t *survey, run_t *run)
{
    survey->run = run;
    survey->seen = (fact_set_t){0};
    survey->count = 0;
}

void rules_run_missing(run_t *run, const registry_node_t *node, int *facts, size_t *count)
{
    outlook_t outlook;
    survey_t survey;
    const unsigned nothing[2] = {0, 0};
    outlook_node(run, node, &outlook, 0);
    if (outlook.answer != RULES_UNKNOWN) {
        return;
    }
    survey_begin(&survey, run);
    survey_node(&survey, node, nothing, 0);
    for (size_t i = 0; i < survey.count; i++) {
        if (set_has(&outlook.alone[RULES_NO], survey.facts[i]) ||
            set_has(&outlook.alone[RULES_YES], survey.facts[i])) {
            survey.costs[i] = 1;
        }
    }
    if (run->steps > RUN_STEPS_MAX) {
        survey_begin(&survey, run);
        list_node(&survey, node, 0);
    }
    survey_sort(&survey);
    for (size_t i = 0; i < survey.count; i++) {
        add_fact(survey.facts[i], facts, count);
    }
}

void rules_run_missing_fact(run_t *run, int fact, int *facts, size_t *count)
{
    const registry_node_t *condition = NULL;
    int asked = asked_for(run, fact, &condition);
    if (asked >= 0) {
        add_fact(asked, facts, count);
    } else if (condition != NULL) {
        rules_run_missing(run, condition, facts, count);
    }
}
