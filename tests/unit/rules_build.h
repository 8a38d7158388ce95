/* A programme with one service, for the tests of the rules:
 * facts and checks are added one by one. */
#ifndef OKIENKO_TESTS_RULES_BUILD_H
#define OKIENKO_TESTS_RULES_BUILD_H

#include "registry_build.h"
#include "rules/rules.h"

#include <stdio.h>

typedef struct {
    registry_programme_t programme;
    registry_service_t service;
    registry_fact_t facts[RULES_FACTS_MAX];
    const registry_fact_t *listed[RULES_FACTS_MAX];
    registry_check_t checks[RULES_CHECKS_MAX];
    registry_relief_t reliefs[RULES_RELIEFS_MAX];
    rules_functions_t functions;
    rules_case_t of;
    rules_decision_t decision;
    rules_fault_t fault;
    char text[1024];
} world_t;

static inline void world_init(world_t *world)
{
    memset(world, 0, sizeof *world);
    for (size_t i = 0; i < RULES_FACTS_MAX; i++) {
        world->listed[i] = &world->facts[i];
    }
    world->programme.facts = world->listed;
    world->programme.reliefs = world->reliefs;
    world->programme.from = day("2023-10-01");
    world->programme.to = day("2026-09-30");
    world->service.id = SPAN("service");
    world->service.from = world->programme.from;
    world->service.checks = world->checks;
    world->service.quantity = -1;
}

/* An asked fact with the bounds that its type has when none are written. */
static inline int add_fact(world_t *world, const char *id, registry_fact_type_t type)
{
    int place = (int)world->programme.fact_count++;
    world->facts[place] = (registry_fact_t){.id = span_of(id),
                                            .type = type,
                                            .asked = true,
                                            .max = 1000000000,
                                            .step = 1,
                                            .derive_from = -1};
    if (type == FACT_DATE) {
        world->facts[place].min = day("1900-01-01").days;
        world->facts[place].max = day("2299-12-31").days;
    }
    return place;
}

static inline int add_derived(world_t *world, const char *id, registry_fact_type_t type,
                              registry_derive_t derive, int from)
{
    int place = add_fact(world, id, type);
    world->facts[place].asked = false;
    world->facts[place].derive = derive;
    world->facts[place].derive_from = from;
    return place;
}

static inline int add_condition(world_t *world, const char *id, const registry_node_t *node)
{
    int place = add_derived(world, id, FACT_BOOLEAN, DERIVE_CONDITION, -1);
    world->facts[place].derive_node = node;
    return place;
}

/* A check of the service, as a node. */
static inline const registry_node_t *reason(world_t *world, const char *id,
                                            const registry_node_t *condition)
{
    int place = (int)world->service.check_count++;
    const registry_node_t *node = check(place, condition);
    world->checks[place] = (registry_check_t){.id = span_of(id), .node = node};
    return node;
}

static inline int add_relief(world_t *world, const char *id, int64_t percent,
                             const registry_node_t *when)
{
    int place = (int)world->programme.relief_count++;
    world->reliefs[place] = (registry_relief_t){.id = span_of(id),
                                                .percent = {.number = percent},
                                                .when = when,
                                                .from = world->programme.from,
                                                .to = world->programme.to};
    return place;
}

static inline void begin(world_t *world, const char *on)
{
    rules_case_begin(&world->of, &world->programme, &world->functions, day(on));
}

static inline void give(world_t *world, int fact, int64_t number)
{
    assert_int_equal(rules_case_set(&world->of, fact, number), RULES_VALUE_FINE);
}

/* Derives and decides; a fault is a failure of the test. */
static inline const rules_decision_t *decide(world_t *world)
{
    assert_int_equal(rules_case_derive(&world->of), -1);
    bool fine = rules_decide(&world->of, &world->service, &world->decision, &world->fault);
    if (!fine) {
        fail_msg("fault %d: %s", world->fault.code, world->fault.message);
    }
    return &world->decision;
}

static inline void assert_fault(world_t *world, rules_fault_code_t code)
{
    (void)rules_case_derive(&world->of);
    assert_false(rules_decide(&world->of, &world->service, &world->decision, &world->fault));
    assert_int_equal(world->fault.code, code);
}

/* The answer to one condition, as the service's eligibility. */
static inline rules_answer_t answer_to(world_t *world, const registry_node_t *node)
{
    world->service.eligibility = node;
    return decide(world)->outcome;
}

/* Ids of the missing facts of the last decision, "commune age | relief". */
static inline const char *missing_text(world_t *world)
{
    const rules_decision_t *decision = &world->decision;
    size_t len = 0;
    world->text[0] = '\0';
    for (size_t i = 0; i < decision->missing_count; i++) {
        span_t id = world->facts[decision->missing[i]].id;
        const char *gap = i == decision->missing_outcome_count ? (i > 0 ? " | " : "| ")
                          : i > 0                              ? " "
                                                               : "";
        len += (size_t)snprintf(world->text + len, sizeof world->text - len, "%s%.*s", gap,
                                SPAN_ARGS(id));
    }
    return world->text;
}

/* Ids of the decisive checks. */
static inline const char *decisive_text(world_t *world)
{
    size_t len = 0;
    world->text[0] = '\0';
    for (size_t i = 0; i < world->service.check_count; i++) {
        if (world->decision.decisive[i]) {
            len += (size_t)snprintf(world->text + len, sizeof world->text - len, "%s%.*s",
                                    len > 0 ? " " : "", SPAN_ARGS(world->checks[i].id));
        }
    }
    return world->text;
}

#endif
