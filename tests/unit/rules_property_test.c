/* Random conditions over random facts against an evaluator written as naively as can be. A fixed
 * seed: the same trees every time. What is held:
 * - the outcome and every check are what the naive evaluator says;
 * - an outcome that is yes or no stays so whatever else becomes known, and asks for nothing;
 * - an unknown outcome asks for facts that are not known yet, and answering them always ends, after
 *   fewer questions than in the order of declaration;
 * - what an outcome does not rest on may answer anything. */
#include "rules_build.h"

enum { TREES = 4000, CASES = 8, BOOLEANS = 6, INTEGERS = 3, DERIVED = 2 };
enum { ASKED = BOOLEANS + INTEGERS, FACTS = ASKED + DERIVED };

static world_t world;
static uint64_t seed;

/* xorshift64*, good enough to choose with. */
static uint32_t chance(uint32_t below)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

/* ---- random programmes ----------------------------------------------------------------------- */

static const registry_node_t *random_leaf(int facts)
{
    int fact = (int)chance((uint32_t)facts);
    if (fact >= BOOLEANS && fact < ASKED) {
        switch (chance(5)) {
        case 0:
            return leaf(NODE_AT_LEAST, fact, chance(5));
        case 1:
            return leaf(NODE_AT_MOST, fact, chance(5));
        case 2:
            return leaf_by(NODE_EQUALS, fact, always(VALUE_DECIMAL, chance(5) * INT64_C(1000)));
        case 3:
            return leaf_by(NODE_AFTER, fact, always(VALUE_INTEGER, chance(5)));
        default:
            return between(fact, 1, 1 + chance(3));
        }
    }
    return chance(4) == 0 ? leaf(NODE_EQUALS, fact, chance(2)) : is(fact);
}

/* `checks` until the first check on the way down, as an author may write it. */
static const registry_node_t *random_tree(int depth, int facts, bool checks)
{
    if (checks && world.service.check_count < RULES_CHECKS_MAX && chance(3) == 0) {
        return reason(&world, "check", random_tree(depth, facts, false));
    }
    if (depth == 0 || chance(5) == 0) {
        return random_leaf(facts);
    }
    const registry_node_t *children[4] = {NULL};
    size_t count = 1 + chance(4);
    for (size_t i = 0; i < count; i++) {
        children[i] = random_tree(depth - 1, facts, checks);
    }
    static const registry_node_kind_t kinds[] = {NODE_ALL, NODE_ANY, NODE_NONE};
    return build_group(kinds[chance(3)], children, count);
}

static void random_programme(void)
{
    world_init(&world);
    for (int i = 0; i < BOOLEANS; i++) {
        add_fact(&world, "b", FACT_BOOLEAN);
    }
    for (int i = 0; i < INTEGERS; i++) {
        world.facts[add_fact(&world, "i", FACT_INTEGER)].max = 5;
    }
    add_condition(&world, "d", random_tree(2, ASKED, false));
    add_condition(&world, "e", random_tree(2, ASKED + 1, false));
    world.service.eligibility = random_tree(1 + (int)chance(5), FACTS, true);
}

/* ---- the naive evaluator --------------------------------------------------------------------- */

typedef struct {
    bool known[FACTS];
    int64_t number[FACTS];
} naive_t;

static rules_answer_t naive_answer(const naive_t *facts, const registry_node_t *node);

static bool naive_fact(const naive_t *facts, int fact, int64_t *number)
{
    if (fact < ASKED) {
        *number = facts->number[fact];
        return facts->known[fact];
    }
    rules_answer_t answer = naive_answer(facts, world.facts[fact].derive_node);
    *number = answer == RULES_YES ? 1 : 0;
    return answer != RULES_UNKNOWN;
}

static double naive_operand(const registry_operand_t *operand)
{
    if (operand->parameter == NULL) {
        return (double)operand->number;
    }
    const registry_value_t *value = &operand->parameter->rows[0].value;
    return (double)value->number / (value->type == VALUE_DECIMAL ? 1000 : 1);
}

static rules_answer_t naive_leaf(const naive_t *facts, const registry_node_t *node)
{
    int64_t number = 0;
    if (!naive_fact(facts, node->fact, &number)) {
        return RULES_UNKNOWN;
    }
    double low = naive_operand(&node->low), high = naive_operand(&node->high);
    double fact = (double)number;
    bool holds = (node->kind == NODE_IS && fact > 0) ||
                 (node->kind == NODE_EQUALS && !(fact < low) && !(fact > low)) ||
                 (node->kind == NODE_AT_LEAST && fact >= low) ||
                 (node->kind == NODE_AT_MOST && fact <= low) ||
                 (node->kind == NODE_AFTER && fact > low) ||
                 (node->kind == NODE_BETWEEN && fact >= low && fact <= high);
    return holds ? RULES_YES : RULES_NO;
}

static rules_answer_t naive_answer(const naive_t *facts, const registry_node_t *node)
{
    if (node->kind == NODE_CHECK) {
        return naive_answer(facts, node->children[0]);
    }
    if (node->kind > NODE_CHECK) {
        return naive_leaf(facts, node);
    }
    int count[3] = {0, 0, 0};
    for (size_t i = 0; i < node->child_count; i++) {
        count[naive_answer(facts, node->children[i])]++;
    }
    if (node->kind == NODE_ALL ? count[RULES_NO] > 0 : count[RULES_YES] > 0) {
        return node->kind == NODE_ANY ? RULES_YES : RULES_NO;
    }
    if (count[RULES_UNKNOWN] > 0) {
        return RULES_UNKNOWN;
    }
    return node->kind == NODE_ANY ? RULES_NO : RULES_YES;
}

/* ---- what is held ---------------------------------------------------------------------------- */

static int64_t random_value(int fact)
{
    return chance(fact < BOOLEANS ? 2 : 6);
}

static rules_answer_t decide_naive_case(const naive_t *facts)
{
    begin(&world, "2024-03-01");
    for (int i = 0; i < ASKED; i++) {
        if (facts->known[i]) {
            give(&world, i, facts->number[i]);
        }
    }
    return decide(&world)->outcome;
}

static void holds_as_the_naive_one_says(const naive_t *facts)
{
    rules_answer_t outcome = decide_naive_case(facts);
    assert_int_equal(outcome, naive_answer(facts, world.service.eligibility));
    for (size_t i = 0; i < world.service.check_count; i++) {
        assert_int_equal(world.decision.checks[i], naive_answer(facts, world.checks[i].node));
    }
    assert_int_equal(outcome != RULES_UNKNOWN, world.decision.missing_outcome_count == 0);
}

static void stays_decided(naive_t facts)
{
    rules_answer_t outcome = decide_naive_case(&facts);
    if (outcome == RULES_UNKNOWN) {
        return;
    }
    for (int i = 0; i < ASKED; i++) {
        if (!facts.known[i]) {
            facts.known[i] = true;
            facts.number[i] = random_value(i);
            assert_int_equal(decide_naive_case(&facts), outcome);
        }
    }
}

/* Answers the first missing fact until there is an outcome; returns how many it took. */
static int ends_when_answered(naive_t facts)
{
    int asked = 0;
    while (decide_naive_case(&facts) == RULES_UNKNOWN) {
        int fact = world.decision.missing[0];
        assert_in_range(fact, 0, ASKED - 1);
        assert_false(facts.known[fact]);
        facts.known[fact] = true;
        facts.number[fact] = random_value(fact);
        assert_in_range(++asked, 1, ASKED);
    }
    return asked;
}

/* The same, asking in the order of declaration only what matters at all. */
static int ends_in_plain_order(naive_t facts)
{
    int asked = 0;
    while (decide_naive_case(&facts) == RULES_UNKNOWN) {
        int fact = ASKED;
        for (size_t i = 0; i < world.decision.missing_outcome_count; i++) {
            fact = world.decision.missing[i] < fact ? world.decision.missing[i] : fact;
        }
        facts.known[fact] = true;
        facts.number[fact] = random_value(fact);
        asked++;
    }
    return asked;
}

static naive_t random_case(void)
{
    naive_t facts = {0};
    uint32_t known = chance(101);
    for (int i = 0; i < ASKED; i++) {
        facts.known[i] = chance(100) < known;
        facts.number[i] = random_value(i);
    }
    return facts;
}

static void random_decisions_keep_their_promises(void **state)
{
    (void)state;
    long asked = 0, plain = 0;
    seed = UINT64_C(20231001);
    for (int tree = 0; tree < TREES; tree++) {
        random_programme();
        for (int i = 0; i < CASES; i++) {
            naive_t facts = random_case();
            holds_as_the_naive_one_says(&facts);
            stays_decided(facts);
            asked += ends_when_answered(facts);
            plain += ends_in_plain_order(facts);
        }
        (void)build_end(NULL);
    }
    print_message("%d trees, %d cases: %ld questions, in plain order %ld\n", TREES, TREES * CASES,
                  asked, plain);
    assert_true(asked < plain);
}

/* Every check that a decided outcome does not rest on may answer anything: nothing changes. */
static rules_answer_t answer_by_checks(const registry_node_t *node, const rules_answer_t *checks)
{
    if (node->kind == NODE_CHECK) {
        return checks[node->check];
    }
    int count[3] = {0, 0, 0};
    for (size_t i = 0; i < node->child_count; i++) {
        count[answer_by_checks(node->children[i], checks)]++;
    }
    rules_answer_t settled = node->kind == NODE_ANY ? RULES_YES : RULES_NO;
    if (node->kind == NODE_ALL ? count[RULES_NO] > 0 : count[RULES_YES] > 0) {
        return settled;
    }
    return count[RULES_UNKNOWN] > 0 ? RULES_UNKNOWN : settled == RULES_YES ? RULES_NO : RULES_YES;
}

/* A tree whose leaves are checks of single facts, each used once. */
static const registry_node_t *tree_of_checks(int depth)
{
    if (world.service.check_count < RULES_CHECKS_MAX && (depth == 0 || chance(4) == 0)) {
        return reason(&world, "check", random_leaf(ASKED));
    }
    const registry_node_t *children[3] = {NULL};
    size_t count = depth == 0 ? 0 : 1 + chance(3);
    for (size_t i = 0; i < count; i++) {
        children[i] = tree_of_checks(depth - 1);
    }
    static const registry_node_kind_t kinds[] = {NODE_ALL, NODE_ANY, NODE_NONE};
    return build_group(kinds[chance(3)], children, count);
}

static void the_outcome_rests_on_what_is_decisive(void **state)
{
    (void)state;
    seed = UINT64_C(20230525);
    for (int tree = 0; tree < TREES; tree++) {
        random_programme();
        world.service.check_count = 0;
        world.service.eligibility = tree_of_checks(3);
        naive_t facts = random_case();
        rules_answer_t outcome = decide_naive_case(&facts);
        rules_answer_t checks[RULES_CHECKS_MAX];
        for (int again = 0; again < 4 && outcome != RULES_UNKNOWN; again++) {
            for (size_t i = 0; i < world.service.check_count; i++) {
                checks[i] = world.decision.decisive[i] ? world.decision.checks[i]
                                                       : (rules_answer_t)chance(3);
            }
            assert_int_equal(answer_by_checks(world.service.eligibility, checks), outcome);
        }
        (void)build_end(NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_decisions_keep_their_promises),
        cmocka_unit_test(the_outcome_rests_on_what_is_decisive),
    };
    return cmocka_run_group_tests_name("rules: properties", tests, NULL, build_end);
}
