/* The fee: what the policy says, then the largest relief, each rounded once by the programme's
 * policy. The relief is taken of the rounded fee,
 * so that people can check it with what they see. */
#include "rules/run.h"

#define WHOLE INT64_C(100000) /* a hundred per cent, in thousandths of a point */
#define ONE INT64_C(1000)     /* a unit, in thousandths */

/* What the fee may be as far as is known; `most` -1 without a bound. `exact` is `least` as it was
 * before it was rounded by the policy. */
typedef struct {
    int64_t least, most, exact;
} range_t;

static const registry_fee_t *fee_of(const run_t *run, const registry_service_t *service)
{
    return registry_fee_on(run->of->programme, service, run->of->on);
}

static bool absurd(run_t *run, int line, const char *message)
{
    (void)rules_run_fail(run, RULES_ABSURD_FEE, line, message);
    return false;
}

/* An operand of a fee on the day: a percentage when `percent`, otherwise money. `*row` is NULL when
 * it stands in the text. */
static bool read_number(run_t *run, const registry_operand_t *operand, bool percent, int line,
                        const registry_row_t **row, int64_t *number)
{
    *row = NULL;
    *number = operand->number;
    if (operand->parameter == NULL) {
        return true;
    }
    *row = rules_run_row(run, operand->parameter, line);
    if (*row == NULL) {
        return false;
    }
    *number = (*row)->value.number;
    if (percent && (*row)->value.type == VALUE_INTEGER &&
        __builtin_mul_overflow(*number, INT64_C(1000), number)) {
        return absurd(run, line, "a percentage too large");
    }
    return true;
}

/* ---- price and quantity ---------------------------------------------------------------------- */

static bool read_quantity(run_t *run, const registry_service_t *service, rules_fee_t *fee)
{
    const int counts[] = {service->quantity, service->times != NULL ? *service->times : -1};
    fee->quantity = ONE;
    fee->quantity_assumed = false;
    for (size_t i = 0; i < 2; i++) {
        const rules_fact_t *fact = counts[i] < 0 ? NULL : &run->of->facts[counts[i]];
        if (fact == NULL || !fact->known) {
            fee->quantity_assumed = fee->quantity_assumed || fact != NULL;
            continue;
        }
        /* Only the first may have parts. */
        if (run->of->programme->facts[counts[i]]->type == FACT_DECIMAL) {
            fee->quantity = fact->number;
        } else if (__builtin_mul_overflow(fact->number, fee->quantity, &fee->quantity)) {
            return absurd(run, 0, "more units than can be counted");
        }
    }
    return true;
}

static bool read_price(run_t *run, const registry_service_t *service, int line, rules_fee_t *fee)
{
    fee->price = -1;
    fee->value = -1;
    fee->price_row = NULL;
    if (run->of->price >= 0) {
        fee->price = run->of->price;
    } else if (service->price == NULL) {
        return true;
    } else {
        fee->price_row = rules_run_row(run, service->price, line);
        if (fee->price_row == NULL) {
            return false;
        }
        fee->price = fee->price_row->value.number;
    }
    return money_percent(fee->price, fee->quantity, WHOLE, MONEY_TO_GROSZ, &fee->value) ||
           absurd(run, line, "price times quantity is not an amount that can be");
}

/* ---- policies -------------------------------------------------------------------------------- */

/* A part of an amount, a number of times, rounded as the programme does; `exact` is what it was to
 * the grosz. */
static bool part_of(run_t *run, int64_t amount, int64_t quantity, int64_t percent, int line,
                    int64_t *fee, int64_t *exact)
{
    /* The bound before rounding too, which may bring a little too much back to it. */
    money_rounding_t policy = run->of->programme->rounding;
    bool fine = amount <= MONEY_MAX && money_percent(amount, quantity, percent, policy, fee);
    *exact = fine ? *fee : 0;
    if (fine && policy != MONEY_TO_GROSZ) {
        fine = money_percent(amount, quantity, percent, MONEY_TO_GROSZ, exact);
    }
    return fine || absurd(run, line, "not an amount between 0 and 100 000 000 zł");
}

static bool share_fee(run_t *run, const registry_fee_t *policy, rules_fee_t *fee, range_t *range)
{
    if (!read_number(run, &policy->percent, true, policy->line, &fee->percent_row, &fee->percent)) {
        return false;
    }
    if (fee->price < 0) {
        return absurd(run, policy->line, "a share of a price, and there is no price");
    }
    bool fine = part_of(run, fee->price, fee->quantity, fee->percent, policy->line, &range->least,
                        &range->exact);
    range->most = range->least;
    return fine;
}

static bool flat_fee(run_t *run, const registry_fee_t *policy, rules_fee_t *fee, range_t *range)
{
    int64_t amount = 0;
    int64_t quantity = policy->per == PER_VISIT ? ONE : fee->quantity;
    const registry_row_t *row = NULL;
    bool fine = read_number(run, &policy->amount, false, policy->line, &row, &amount) &&
                part_of(run, amount, quantity, WHOLE, policy->line, &range->least, &range->exact);
    range->most = range->least;
    return fine;
}

static bool step_fee(run_t *run, const registry_fee_t *policy, const registry_step_t *step,
                     const rules_fee_t *fee, int64_t *amount, int64_t *exact)
{
    if (step->of_amount) {
        return part_of(run, step->value, fee->quantity, WHOLE, policy->line, amount, exact);
    }
    int64_t percent = 0;
    if (fee->price < 0 || __builtin_mul_overflow(step->value, INT64_C(10), &percent)) {
        return absurd(run, policy->line, "a share of a price, and there is no price");
    }
    return part_of(run, fee->price, fee->quantity, percent, policy->line, amount, exact);
}

/* The step of a known fact, or all of them while it is not known. */
static bool steps_fee(run_t *run, const registry_fee_t *policy, rules_fee_t *fee, range_t *range)
{
    fee->percent_row = rules_run_row(run, policy->steps, policy->line);
    if (fee->percent_row == NULL) {
        return false;
    }
    const registry_value_t *value = &fee->percent_row->value;
    const rules_fact_t *by = &run->of->facts[policy->by];
    bool any = false;
    for (size_t i = 0; i < value->count; i++) {
        const registry_step_t *step = &value->steps[i];
        int64_t amount = 0;
        if (by->known && by->number > step->up_to) {
            continue;
        }
        if (!step_fee(run, policy, step, fee, &amount, &range->exact)) {
            return false;
        }
        range->least = !any || amount < range->least ? amount : range->least;
        range->most = !any || amount > range->most ? amount : range->most;
        any = true;
        if (by->known) {
            fee->percent = step->of_amount ? -1 : step->value * 10;
            break;
        }
    }
    run->fee_waits_for = by->known ? -1 : policy->by;
    return any || absurd(run, policy->line, "no step for this number");
}

static bool function_fee(run_t *run, const registry_fee_t *policy, range_t *range)
{
    const rules_functions_t *port = run->of->functions;
    rules_answer_t answer = RULES_UNKNOWN;
    int64_t grosze = 0;
    if (port == NULL || port->fee == NULL) {
        (void)rules_run_fail(run, RULES_FUNCTION, policy->line,
                             "no free functions can be called here");
        return false;
    }
    if (!port->fee(port->context, policy->function, run->of, &answer, &grosze, &run->fee_waits_for,
                   run->fault)) {
        run->failed = true;
        return false;
    }
    if (answer != RULES_YES) {
        *range = (range_t){0, -1, 0};
        return true;
    }
    run->fee_waits_for = -1;
    bool fine = part_of(run, grosze, ONE, WHOLE, policy->line, &range->least, &range->exact);
    range->most = range->least;
    return fine;
}

static bool policy_fee(run_t *run, const registry_fee_t *policy, rules_fee_t *fee, range_t *range)
{
    *range = (range_t){0, 0, 0};
    if (policy == NULL) {
        return true;
    }
    switch (policy->kind) {
    case FEE_SHARE:
        return share_fee(run, policy, fee, range);
    case FEE_FLAT:
        return flat_fee(run, policy, fee, range);
    case FEE_STEPS:
        return steps_fee(run, policy, fee, range);
    case FEE_FUNCTION:
        return function_fee(run, policy, range);
    default:
        return true; /* FEE_FREE */
    }
}

/* ---- reliefs --------------------------------------------------------------------------------- */

/* What reliefs take off: surely, and at most if all that is unknown turned out well. */
typedef struct {
    int64_t sure, possible;
    bool example; /* of the sure one */
} taken_t;

static bool read_relief(run_t *run, const registry_relief_t *relief, int64_t *percent,
                        bool *example)
{
    const registry_row_t *row = NULL;
    if (!read_number(run, &relief->percent, true, relief->line, &row, percent)) {
        return false;
    }
    if (*percent < 0) {
        return absurd(run, relief->line, "a relief of less than nothing");
    }
    *percent = *percent < WHOLE ? *percent : WHOLE;
    *example = relief->basis.example || (row != NULL && row->basis.example);
    return true;
}

static bool take_reliefs(run_t *run, rules_decision_t *decision, taken_t *taken)
{
    const registry_programme_t *programme = run->of->programme;
    *taken = (taken_t){0, 0, false};
    decision->fee.relief = -1;
    for (size_t i = 0; i < programme->relief_count && i < RULES_RELIEFS_MAX; i++) {
        const registry_relief_t *relief = &programme->reliefs[i];
        int64_t percent = 0;
        bool example = false;
        if (!date_within(run->of->on, relief->from, relief->to)) {
            continue;
        }
        bool rows = run->example;
        if (!read_relief(run, relief, &percent, &example)) {
            return false;
        }
        run->example = rows; /* only the one that is taken counts */
        if (decision->reliefs[i] != RULES_NO && percent > taken->possible) {
            taken->possible = percent;
        }
        if (decision->reliefs[i] == RULES_YES && percent > taken->sure) {
            taken->sure = percent;
            taken->example = example;
            decision->fee.relief = (int)i;
        }
    }
    return true;
}

/* ---- the fee --------------------------------------------------------------------------------- */

static void add_part(rules_fee_t *fee, rules_part_kind_t kind, int64_t percent, int64_t sum)
{
    fee->parts[fee->part_count++] = (rules_part_t){
        .kind = kind,
        .percent = percent,
        .relief = kind == RULES_PART_RELIEF ? fee->relief : -1,
        .sum = sum,
    };
}

static void add_rounded(rules_fee_t *fee, rules_part_kind_t kind, int64_t percent, int64_t exact,
                        int64_t sum)
{
    add_part(fee, kind, percent, exact);
    if (exact != sum) {
        add_part(fee, RULES_PART_ROUNDING, -1, sum);
    }
}

/* `exact` is what is left after the relief, to the grosz. */
static void list_parts(const range_t *before, const taken_t *taken, int64_t exact, rules_fee_t *fee)
{
    fee->part_count = 0;
    if (fee->state != RULES_FEE_KNOWN) {
        return;
    }
    if (fee->value >= 0) {
        add_part(fee, RULES_PART_VALUE, -1, fee->value);
    }
    /* With everything taken off, what it is taken of need not be known. */
    if (fee->before_relief >= 0) {
        add_rounded(fee, fee->percent >= 0 ? RULES_PART_SHARE : RULES_PART_AMOUNT, fee->percent,
                    before->exact, fee->before_relief);
    }
    if (fee->relief >= 0) {
        add_rounded(fee, RULES_PART_RELIEF, taken->sure, exact, fee->amount);
    }
}

static bool settle(run_t *run, const range_t *before, const taken_t *taken, int line,
                   rules_fee_t *fee)
{
    int64_t exact = 0, of_least = 0;
    fee->before_relief = before->least == before->most ? before->most : -1;
    if (!part_of(run, before->least, ONE, WHOLE - taken->possible, line, &fee->least, &of_least)) {
        return false;
    }
    fee->most = -1;
    if (taken->sure == WHOLE) {
        fee->most = 0;
    } else if (before->most >= 0 &&
               !part_of(run, before->most, ONE, WHOLE - taken->sure, line, &fee->most, &exact)) {
        return false;
    }
    fee->state = fee->least == fee->most ? RULES_FEE_KNOWN : RULES_FEE_DEPENDS;
    fee->amount = fee->state == RULES_FEE_KNOWN ? fee->most : -1;
    list_parts(before, taken, exact, fee);
    return true;
}

bool rules_run_fee(run_t *run, const registry_service_t *service, rules_decision_t *decision)
{
    rules_fee_t *fee = &decision->fee;
    const registry_fee_t *policy = fee_of(run, service);
    int line = policy != NULL ? policy->line : 0;
    range_t before = {0, 0, 0};
    taken_t taken;
    fee->state = RULES_FEE_FAULT;
    fee->percent = -1;
    fee->percent_row = NULL;
    run->example = false;
    if (!read_quantity(run, service, fee) || !read_price(run, service, line, fee) ||
        !policy_fee(run, policy, fee, &before) || !take_reliefs(run, decision, &taken) ||
        !settle(run, &before, &taken, line, fee)) {
        return false;
    }
    fee->example = run->example || taken.example || (policy != NULL && policy->basis.example);
    return true;
}

/* ---- what it waits for ----------------------------------------------------------------------- */

static bool counts_units(const registry_fee_t *policy)
{
    return policy != NULL && (policy->kind == FEE_SHARE || policy->kind == FEE_STEPS ||
                              (policy->kind == FEE_FLAT && policy->per != PER_VISIT));
}

/* Facts of the unknown reliefs that would take off more than `sure`, the largest relief first. */
static void missing_reliefs(run_t *run, int64_t sure, rules_decision_t *decision)
{
    const registry_programme_t *programme = run->of->programme;
    int64_t percents[RULES_RELIEFS_MAX];
    size_t count =
        programme->relief_count < RULES_RELIEFS_MAX ? programme->relief_count : RULES_RELIEFS_MAX;
    bool example = false;
    for (size_t i = 0; i < count; i++) {
        percents[i] = -1;
        if (decision->reliefs[i] == RULES_UNKNOWN) {
            (void)read_relief(run, &programme->reliefs[i], &percents[i], &example);
        }
    }
    for (;;) {
        size_t largest = 0;
        for (size_t i = 1; i < count; i++) {
            largest = percents[i] > percents[largest] ? i : largest;
        }
        if (count == 0 || percents[largest] <= sure) {
            return;
        }
        percents[largest] = -1;
        rules_run_missing(run, programme->reliefs[largest].when, decision->missing,
                          &decision->missing_count);
    }
}

void rules_run_fee_missing(run_t *run, const registry_service_t *service,
                           rules_decision_t *decision)
{
    const rules_fee_t *fee = &decision->fee;
    if (fee->most == 0) {
        return;
    }
    rules_answer_t *checks = run_aside(run);
    if (fee->state == RULES_FEE_DEPENDS) {
        int64_t sure = 0;
        bool example = false;
        if (fee->relief >= 0) {
            (void)read_relief(run, &run->of->programme->reliefs[fee->relief], &sure, &example);
        }
        missing_reliefs(run, sure, decision);
        if (run->fee_waits_for >= 0) {
            rules_run_missing_fact(run, run->fee_waits_for, decision->missing,
                                   &decision->missing_count);
        }
    }
    if (fee->quantity_assumed && counts_units(fee_of(run, service))) {
        const int counts[] = {service->quantity, service->times != NULL ? *service->times : -1};
        for (size_t i = 0; i < 2; i++) {
            if (counts[i] >= 0 && !run->of->facts[counts[i]].known) {
                rules_run_missing_fact(run, counts[i], decision->missing, &decision->missing_count);
            }
        }
    }
    run->checks = checks;
}
