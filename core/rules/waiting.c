/* The place on a waiting list, as far as the stated criteria decide it. */
#include "rules/run.h"

bool rules_waiting(rules_case_t *of, const registry_service_t *service, rules_answer_t *answers,
                   int64_t *points, rules_fault_t *fault)
{
    run_t run;
    run_begin(&run, of, fault, NULL, NULL);
    fault->code = RULES_FINE;
    of->service = service;
    *points = 0;
    for (size_t i = 0; i < service->criterion_count && i < RULES_CRITERIA_MAX; i++) {
        const registry_criterion_t *criterion = &service->criteria[i];
        answers[i] =
            criterion->when != NULL ? rules_run_node(&run, criterion->when, 0) : RULES_UNKNOWN;
        *points += answers[i] == RULES_YES ? criterion->points : 0;
    }
    return !run.failed;
}
