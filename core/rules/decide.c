/* One decision: every check, on which of them it rests, the fee, and what to ask. */
#include "rules/run.h"

static void answer_reliefs(run_t *run, rules_decision_t *decision)
{
    const registry_programme_t *programme = run->of->programme;
    rules_answer_t *checks = run_aside(run);
    for (size_t i = 0; i < programme->relief_count && i < RULES_RELIEFS_MAX && !run->failed; i++) {
        const registry_relief_t *relief = &programme->reliefs[i];
        if (!date_within(run->of->on, relief->from, relief->to)) {
            decision->reliefs[i] = RULES_NO;
        } else if (relief->when == NULL) {
            decision->reliefs[i] = RULES_YES;
        } else {
            decision->reliefs[i] = rules_run_node(run, relief->when, 0);
        }
    }
    run->checks = checks;
}

/* The fee of someone who may not have the service is nobody's question. */
static void answer_missing(run_t *run, const registry_service_t *service,
                           rules_decision_t *decision)
{
    decision->missing_count = 0;
    if (decision->outcome == RULES_UNKNOWN) {
        rules_run_missing(run, service->eligibility, decision->missing, &decision->missing_count);
    }
    decision->missing_outcome_count = decision->missing_count;
    if (decision->outcome != RULES_NO) {
        rules_run_fee_missing(run, service, decision);
    }
}

static bool rests_on_example(const registry_service_t *service, const rules_decision_t *decision,
                             const bool *check_examples)
{
    bool example = decision->fee.example;
    for (size_t i = 0; i < service->check_count && i < RULES_CHECKS_MAX; i++) {
        example = example || (decision->decisive[i] &&
                              (check_examples[i] || service->checks[i].basis.example));
    }
    return example;
}

bool rules_decide(rules_case_t *of, const registry_service_t *service, rules_decision_t *decision,
                  rules_fault_t *fault)
{
    run_t run;
    bool check_examples[RULES_CHECKS_MAX];
    run_begin(&run, of, fault, decision->checks, check_examples);
    fault->code = RULES_FINE;
    of->service = service;
    of->function_ns = 0;
    for (size_t i = 0; i < service->check_count && i < RULES_CHECKS_MAX; i++) {
        decision->checks[i] = RULES_UNKNOWN;
        decision->decisive[i] = false;
        check_examples[i] = false;
    }
    decision->outcome =
        service->eligibility != NULL ? rules_run_node(&run, service->eligibility, 0) : RULES_YES;
    answer_reliefs(&run, decision);
    if (run.failed || !rules_run_fee(&run, service, decision)) {
        return false;
    }
    if (service->eligibility != NULL) {
        rules_run_decisive(&run, service->eligibility, decision->decisive, 0);
    }
    decision->example = rests_on_example(service, decision, check_examples);
    answer_missing(&run, service, decision);
    return true;
}
