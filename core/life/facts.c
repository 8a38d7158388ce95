/* What people declare: found by trying values of each open fact on the rules, in the order in which
 * the rules ask. */
#include "base/pesel.h"
#include "life/inside.h"

#define CANDIDATES 8
#define ROUNDS 64

static const registry_fact_t *fact_at(const life_t *life, int place)
{
    return life->programme->facts[place];
}

static void know(profile_t *profile, size_t place, int64_t number)
{
    profile->at[place] = (rules_fact_t){.known = true, .number = number};
}

void life_profile_of(const life_t *life, const somebody_t *body, profile_t *profile)
{
    uint64_t number = 0;
    memset(profile, 0, sizeof *profile);
    profile->on = life->today;
    for (size_t i = 0; i < life->programme->fact_count; i++) {
        const registry_fact_t *fact = fact_at(life, (int)i);
        if (fact->type == FACT_PESEL && body->pesel[0] != '\0') {
            (void)span_number(span_of(body->pesel), (uint64_t)PESEL_MAX, &number);
            know(profile, i, (int64_t)number);
        } else if (fact->derive == DERIVE_PESEL_BIRTH_DATE) {
            know(profile, i, body->birth.days);
        } else if (fact->derive == DERIVE_PESEL_SEX && fact->type == FACT_CHOICE) {
            know(profile, i, fact->derive_values[body->woman ? 0 : 1]);
        }
    }
}

rules_answer_t life_ask_rules(life_t *life, const registry_service_t *service,
                              const profile_t *profile)
{
    rules_fault_t fault;
    rules_case_begin(&life->of, life->programme, life->options.functions, profile->on);
    for (size_t i = 0; i < life->programme->fact_count; i++) {
        if (profile->at[i].known) {
            (void)rules_case_set(&life->of, (int)i, profile->at[i].number);
        }
    }
    (void)rules_case_derive(&life->of);
    if (!rules_decide(&life->of, service, &life->decision, &fault)) {
        life->decision.missing_count = 0;
        return RULES_UNKNOWN;
    }
    return life->decision.outcome;
}

/* ---- trying ---------------------------------------------------------------------------------- */

static int64_t in_steps(const registry_fact_t *fact, int64_t number)
{
    int64_t step = fact->step > 1 ? fact->step : 1;
    number = number / step * step;
    return number < fact->min ? number + step : number;
}

/* Of an order little is more usual than much. */
static size_t numbers_of(life_t *life, const registry_fact_t *fact, int64_t *numbers)
{
    const int64_t unit = fact->type == FACT_DECIMAL ? 1000 : 1;
    int64_t least = fact->min, most = fact->max;
    int64_t reach = most - least < 1000000 ? most - least : 1000000;
    int64_t few = least > 0 ? least : unit;
    const int64_t tried[CANDIDATES] = {
        fact->of_order ? few + life_draw_between(life, 0, 2) * unit
                       : least + life_draw_between(life, 0, reach / 4),
        fact->of_order ? few : least + life_draw_between(life, 0, reach),
        least,
        least + reach / 2,
        least + life_draw_between(life, 0, reach),
        most,
        few,
        few + unit};
    size_t count = 0;
    for (size_t i = 0; i < CANDIDATES; i++) {
        int64_t number = in_steps(fact, tried[i]);
        if (number >= least && number <= most) {
            numbers[count++] = number;
        }
    }
    return count;
}

static size_t days_of(life_t *life, const registry_fact_t *fact, date_t on, int64_t *numbers)
{
    const int64_t tried[] = {on.days - life_draw_between(life, 0, 2000),
                             on.days - life_draw_between(life, 0, 60),
                             on.days,
                             on.days + life_draw_between(life, 1, 60),
                             fact->min,
                             fact->max};
    size_t count = 0;
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        if (tried[i] >= fact->min && tried[i] <= fact->max) {
            numbers[count++] = tried[i];
        }
    }
    return count;
}

/* What a fact might be, in an order to be tried in. */
static size_t candidates(life_t *life, const registry_fact_t *fact, date_t on, int64_t *numbers)
{
    if (fact->type == FACT_DATE) {
        return days_of(life, fact, on, numbers);
    }
    if (fact->type != FACT_BOOLEAN && fact->type != FACT_CHOICE) {
        return fact->type == FACT_PESEL ? 0 : numbers_of(life, fact, numbers);
    }
    size_t values = fact->type == FACT_BOOLEAN ? 2 : fact->values.count;
    size_t first = (size_t)life_draw(life, values);
    size_t count = values < CANDIDATES ? values : CANDIDATES;
    for (size_t i = 0; i < count; i++) {
        numbers[i] = (int64_t)((first + i) % values);
    }
    return count;
}

/* The first of the open facts that may be filled in, or -1. */
static int open_fact(const life_t *life, const filling_t *filling, const bool *tried)
{
    for (size_t i = 0; i < life->decision.missing_count; i++) {
        int place = life->decision.missing[i];
        bool wanted = fact_at(life, place)->of_order ? filling->order : filling->person;
        if (wanted && !tried[place]) {
            return place;
        }
    }
    return -1;
}

/* The best of what is tried: a yes that is paid for where that is wanted, else what is no no. */
static rules_answer_t fill_one(life_t *life, const registry_service_t *service, profile_t *profile,
                               const filling_t *filling, int place)
{
    int64_t numbers[CANDIDATES], best = 0;
    size_t count = candidates(life, fact_at(life, place), profile->on, numbers);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        know(profile, (size_t)place, numbers[i]);
        bool fits = life_ask_rules(life, service, profile) != RULES_NO || !filling->wants_yes;
        best = i == 0 || (fits && !found) ? numbers[i] : best;
        found = found || fits;
        if (fits && (!filling->pays || life->decision.fee.relief < 0)) {
            return life->decision.outcome;
        }
    }
    if (count > 0) {
        know(profile, (size_t)place, best);
    }
    return life_ask_rules(life, service, profile);
}

rules_answer_t life_fill(life_t *life, const registry_service_t *service, profile_t *profile,
                         filling_t *filling)
{
    bool tried[RULES_FACTS_MAX] = {false};
    rules_answer_t answer = life_ask_rules(life, service, profile);
    filling->count = 0;
    for (int round = 0; round < ROUNDS && answer != RULES_NO; round++) {
        int place = open_fact(life, filling, tried);
        if (place < 0) {
            break;
        }
        tried[place] = true;
        answer = fill_one(life, service, profile, filling, place);
        if (profile->at[place].known) {
            filling->facts[filling->count++] = place;
        }
    }
    return answer;
}

/* ---- as JSON --------------------------------------------------------------------------------- */

void life_order_add(const life_t *life, const profile_t *profile, buf_t *buf)
{
    json_writer_t writer = {buf, false};
    json_object(&writer);
    for (size_t i = 0; i < life->programme->fact_count; i++) {
        if (fact_at(life, (int)i)->of_order && profile->at[i].known) {
            json_text(&writer, fact_at(life, (int)i)->id);
            buf_byte(buf, ':');
            writer.comma = false;
            verdict_value_add(&writer, fact_at(life, (int)i), profile->at[i].number);
        }
    }
    json_object_end(&writer);
}
