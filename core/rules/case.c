/* A case: what is given of one person and one order, and what follows from it. */
#include "rules/run.h"

void rules_case_begin(rules_case_t *of, const registry_programme_t *programme,
                      const rules_functions_t *functions, date_t on)
{
    of->programme = programme;
    of->service = NULL;
    of->functions = functions;
    of->on = on;
    of->price = -1;
    of->function_ns = 0;
    memset(of->facts, 0, programme->fact_count * sizeof of->facts[0]);
}

/* A date from which years are counted is a beginning: it cannot lie after the day asked about. */
static bool years_are_counted_from(const registry_programme_t *programme, int fact)
{
    for (size_t i = 0; i < programme->fact_count; i++) {
        if (programme->facts[i]->derive == DERIVE_YEARS_SINCE &&
            programme->facts[i]->derive_from == fact) {
            return true;
        }
    }
    return false;
}

/* What follows is held to the bounds of its own fact, as if it had been given. */
static rules_value_t check_pesel(const rules_case_t *of, int place, int64_t number)
{
    date_t birth = DATE_NONE;
    bool woman = false;
    rules_value_t value = rules_pesel(number, &birth, &woman);
    if (value != RULES_VALUE_FINE) {
        return value;
    }
    for (size_t i = 0; i < of->programme->fact_count; i++) {
        const registry_fact_t *fact = of->programme->facts[i];
        if (fact->derive == DERIVE_PESEL_BIRTH_DATE && fact->derive_from == place &&
            (birth.days < fact->min || birth.days > fact->max)) {
            return RULES_VALUE_BAD_DATE;
        }
    }
    return date_before(of->on, birth) ? RULES_VALUE_BAD_DATE : RULES_VALUE_FINE;
}

/* The bounds of a fact by its type, whatever its text says. */
static void bounds(const registry_fact_t *fact, int64_t *min, int64_t *max)
{
    *min = fact->min;
    *max = fact->max;
    if (fact->type == FACT_BOOLEAN) {
        *min = 0;
        *max = 1;
    } else if (fact->type == FACT_CHOICE) {
        *min = 0;
        *max = (int64_t)fact->values.count - 1;
    }
}

static rules_value_t check_value(const rules_case_t *of, int place, int64_t number)
{
    const registry_fact_t *fact = of->programme->facts[place];
    int64_t min = 0, max = 0;
    if (fact->derive != DERIVE_NONE && !fact->asked) {
        return RULES_VALUE_DERIVED;
    }
    if (fact->type == FACT_PESEL) {
        return check_pesel(of, place, number);
    }
    bounds(fact, &min, &max);
    if (number < min) {
        return RULES_VALUE_TOO_SMALL;
    }
    if (number > max) {
        return RULES_VALUE_TOO_LARGE;
    }
    if (fact->step > 1 && number % fact->step != 0) {
        return RULES_VALUE_STEP;
    }
    if (fact->type == FACT_DATE && number > of->on.days &&
        years_are_counted_from(of->programme, place)) {
        return RULES_VALUE_BAD_DATE;
    }
    return RULES_VALUE_FINE;
}

rules_value_t rules_case_set(rules_case_t *of, int fact, int64_t number)
{
    rules_value_t value = check_value(of, fact, number);
    if (value == RULES_VALUE_FINE) {
        of->facts[fact] = (rules_fact_t){.known = true, .number = number};
    }
    return value;
}

/* ---- deriving -------------------------------------------------------------------------------- */

static rules_fact_t derive_from_fact(const rules_case_t *of, const registry_fact_t *fact)
{
    const rules_fact_t *source = &of->facts[fact->derive_from];
    date_t birth = DATE_NONE;
    bool woman = false;
    if (!source->known) {
        return (rules_fact_t){.known = false};
    }
    if (fact->derive == DERIVE_YEARS_SINCE) {
        int age = date_full_years((date_t){(int32_t)source->number}, of->on);
        return (rules_fact_t){.known = true, .number = age};
    }
    if (rules_pesel(source->number, &birth, &woman) != RULES_VALUE_FINE) {
        return (rules_fact_t){.known = false};
    }
    if (fact->derive == DERIVE_PESEL_BIRTH_DATE) {
        return (rules_fact_t){.known = true, .number = birth.days};
    }
    return (rules_fact_t){.known = true, .number = fact->derive_values[woman ? 0 : 1]};
}

/* A condition that cannot be applied leaves its fact unknown; rules_decide() then says why. */
static rules_fact_t derive_from_condition(rules_case_t *of, const registry_fact_t *fact)
{
    rules_fault_t fault;
    run_t run;
    run_begin(&run, of, &fault, NULL, NULL);
    rules_answer_t answer = rules_run_node(&run, fact->derive_node, 0);
    bool known = !run.failed && answer != RULES_UNKNOWN;
    return (rules_fact_t){
        .known = known, .number = known && answer == RULES_YES, .example = run.example};
}

/* One pass in the order of declaration. True when something new is known. */
static bool derive_pass(rules_case_t *of, int *conflict)
{
    bool more = false;
    for (size_t i = 0; i < of->programme->fact_count; i++) {
        const registry_fact_t *fact = of->programme->facts[i];
        if (fact->derive == DERIVE_NONE) {
            continue;
        }
        rules_fact_t derived = fact->derive == DERIVE_CONDITION ? derive_from_condition(of, fact)
                                                                : derive_from_fact(of, fact);
        if (!derived.known) {
            continue;
        }
        if (!of->facts[i].known) {
            of->facts[i] = derived;
            more = true;
        } else if (of->facts[i].number != derived.number && *conflict < 0) {
            *conflict = (int)i;
        }
    }
    return more;
}

int rules_case_derive(rules_case_t *of)
{
    int conflict = -1;
    /* A fact may stand on one declared behind it. Each pass adds one at least, and what is known
     * stays, so that this ends. */
    while (derive_pass(of, &conflict)) {
    }
    return conflict;
}
