/* Deciding: the rules' answer to a question, as a verdict. */
#include "verdict/verdict.h"

int verdict_derive(verdict_question_t *question, const rules_functions_t *functions)
{
    question->of.functions = functions;
    return rules_case_derive(&question->of);
}

void verdict_decide(verdict_question_t *question, const registry_service_t *service,
                    verdict_t *verdict)
{
    const rules_decision_t *decision = &verdict->decision;
    verdict->service = service;
    verdict->ranked = false;
    verdict->limits = NULL;
    if (!rules_decide(&question->of, service, &verdict->decision, &verdict->fault)) {
        verdict->state = VERDICT_FAILED;
        return;
    }
    bool open = decision->outcome == RULES_UNKNOWN ||
                (decision->outcome == RULES_YES && decision->fee.state != RULES_FEE_KNOWN);
    verdict->state = open ? VERDICT_OPEN : VERDICT_DECIDED;
}

void verdict_rank(verdict_question_t *question, verdict_t *verdict)
{
    const registry_service_t *service = verdict->service;
    rules_fault_t fault;
    verdict->points = 0;
    verdict->ranked =
        rules_waiting(&question->of, service, verdict->criteria, &verdict->points, &fault);
    if (service->limits != NULL) {
        verdict->limits = registry_row_on(service->limits, question->of.on);
    }
}

/* The version in force; otherwise says why there is none. */
static const registry_service_t *find_service(const verdict_question_t *question,
                                              verdict_t *verdict)
{
    const registry_programme_t *programme = question->of.programme;
    bool known = false;
    const registry_service_t *service =
        registry_service_on(programme, question->service, question->of.on, &known);
    bool in_force = date_within(question->of.on, programme->from, programme->to);
    verdict->state = known ? VERDICT_NOT_IN_FORCE : VERDICT_NO_SERVICE;
    return in_force ? service : NULL;
}

void verdict_of(verdict_question_t *question, const rules_functions_t *functions,
                verdict_t *verdict)
{
    verdict->service = NULL;
    const registry_service_t *service = find_service(question, verdict);
    if (service == NULL) {
        return;
    }
    verdict->service = service;
    int differs = question->mistake_count == 0 ? verdict_derive(question, functions) : -1;
    if (differs >= 0) {
        question->mistakes[question->mistake_count++] = (verdict_mistake_t){
            .wrong = VERDICT_DIFFERS,
            .fact = differs,
            .ordered = question->of.programme->facts[differs]->of_order,
        };
    }
    if (question->mistake_count > 0) {
        verdict->state = VERDICT_BAD_FACTS;
        return;
    }
    verdict_decide(question, service, verdict);
    if (verdict->state != VERDICT_FAILED) {
        verdict_rank(question, verdict);
    }
}

size_t verdict_checks(const verdict_t *verdict, verdict_check_t *checks)
{
    const registry_service_t *service = verdict->service;
    bool against[RULES_CHECKS_MAX];
    size_t count = 0;
    rules_sides(service, against);
    for (; count < service->check_count && count < RULES_CHECKS_MAX; count++) {
        checks[count] = (verdict_check_t){&service->checks[count], verdict->decision.checks[count],
                                          verdict->decision.decisive[count], against[count]};
    }
    return count;
}
