/* Deciding: three-valued conditions with their reasons, fees with their reliefs, and which
 * questions are still open. Pure: the same programme, facts and day give the same decision for
 * ever. Reads only the registry; free functions of a plugin are called through a port.
 *
 * Words: a case is what is known of one person and one order on one day. An answer is yes, no or
 * unknown (Kleene). A check is decisive when the outcome rests on it. */
#ifndef OKIENKO_RULES_RULES_H
#define OKIENKO_RULES_RULES_H

#include "registry/registry.h"

/* Counts up when the same rules and facts would be answered otherwise. */
#define RULES_CONTRACT 1

#define RULES_FACTS_MAX 256   /* facts of one programme */
#define RULES_CHECKS_MAX 64   /* checks of one service */
#define RULES_RELIEFS_MAX 64  /* reliefs of one programme */
#define RULES_CRITERIA_MAX 32 /* of one service's waiting list */
#define RULES_DEPTH_MAX 32    /* nodes within nodes of one condition; held to when it is loaded */

typedef enum { RULES_NO, RULES_YES, RULES_UNKNOWN } rules_answer_t;

typedef struct {
    bool known;
    int64_t number; /* in the unit of the fact's type */
    bool example;   /* derived by a row that is only an example */
} rules_fact_t;

typedef enum {
    RULES_FINE,
    RULES_OUTSIDE_ROWS, /* `parameter` has no row on the day */
    RULES_FUNCTION,     /* a free function failed: `message`, `line` */
    RULES_ABSURD_FEE,   /* not money between 0 and MONEY_MAX */
} rules_fault_code_t;

typedef struct {
    rules_fault_code_t code;
    const registry_parameter_t *parameter;
    int line;
    char message[240];
} rules_fault_t;

typedef struct rules_case rules_case_t;

/* The port to a plugin's free functions, filled in by the plugin room. A result for a condition:
 * yes, no or unknown (then `*missing` is the fact). For a fee: RULES_YES with grosze, or
 * RULES_UNKNOWN. False with `*fault` when the function failed. */
typedef struct {
    bool (*condition)(void *context, int function, rules_case_t *of, rules_answer_t *answer,
                      int *missing, rules_fault_t *fault);
    bool (*fee)(void *context, int function, rules_case_t *of, rules_answer_t *answer,
                int64_t *grosze, int *missing, rules_fault_t *fault);
    void *context;
} rules_functions_t;

/* On the caller's stack or reused; filled by rules_case_begin() and then rules_case_set(). */
struct rules_case {
    const registry_programme_t *programme;
    const registry_service_t *service; /* of the function being called; set by rules_decide() */
    const rules_functions_t *functions;
    date_t on;
    int64_t price; /* grosze of a unit where an agreed price holds; -1: the price of the day */
    uint64_t function_ns; /* the port's own account of this decision; rules_decide() sets it to 0 */
    rules_fact_t facts[RULES_FACTS_MAX];
};

/* A programme has at most RULES_FACTS_MAX facts; the plugin room holds it to that. */
void rules_case_begin(rules_case_t *of, const registry_programme_t *programme,
                      const rules_functions_t *functions, date_t on);

/* What is wrong with a value for a fact. */
typedef enum {
    RULES_VALUE_FINE,
    RULES_VALUE_TOO_SMALL,
    RULES_VALUE_TOO_LARGE,
    RULES_VALUE_STEP,     /* not a multiple of the step */
    RULES_VALUE_CHECKSUM, /* PESEL */
    RULES_VALUE_BAD_DATE, /* PESEL with an impossible date, or one outside the bounds of the birth
                           * date that follows; a date after the day for a birth date */
    RULES_VALUE_DERIVED,  /* a fact that is only derived cannot be given */
} rules_value_t;

/* Gives a fact, in the unit of its type, checked against its bounds. */
rules_value_t rules_case_set(rules_case_t *of, int fact, int64_t number);

/* Fills in what is derived. A derived fact that was also given and differs: returns its place, else
 * -1. Call once, after the last set. */
int rules_case_derive(rules_case_t *of);

typedef enum { RULES_FEE_KNOWN, RULES_FEE_DEPENDS, RULES_FEE_FAULT } rules_fee_state_t;

/* How a known fee comes about, step by step as one would write it down. */
typedef enum {
    RULES_PART_VALUE,    /* price × quantity */
    RULES_PART_SHARE,    /* so many per cent of it */
    RULES_PART_AMOUNT,   /* an amount instead: flat, of a step, of a function, or nothing */
    RULES_PART_RELIEF,   /* so many per cent off */
    RULES_PART_ROUNDING, /* by the programme's policy, where that changes something */
} rules_part_kind_t;

typedef struct {
    rules_part_kind_t kind;
    int64_t percent; /* of SHARE and RELIEF, thousandths of a per cent point; otherwise -1 */
    int relief;      /* of RELIEF: place in programme->reliefs; otherwise -1 */
    int64_t sum;     /* grosze after this part; after the last one the fee */
} rules_part_t;

#define RULES_PARTS_MAX 8

typedef struct {
    rules_fee_state_t state;
    int64_t quantity;      /* thousandths of a unit */
    bool quantity_assumed; /* not said in the order: one unit */
    int64_t price;         /* grosze a unit; -1 when there is no price */
    const registry_row_t *price_row;
    int64_t value;   /* grosze: price × quantity; -1 without a price */
    int64_t percent; /* of the value, thousandths of a per cent point; -1 when not a share */
    const registry_row_t *percent_row;
    int64_t before_relief; /* grosze; -1 while it is not known */
    int relief;            /* of programme->reliefs, or -1 */
    int64_t amount;        /* grosze to pay when RULES_FEE_KNOWN, otherwise -1 */
    int64_t least, most;   /* grosze; the same when it is known, otherwise as far as facts not
                            * known may move it. `most` is -1 when a free function waits */
    bool example;          /* something it rests on is only an example */
    rules_part_t parts[RULES_PARTS_MAX]; /* when RULES_FEE_KNOWN */
    size_t part_count;
} rules_fee_t;

typedef struct {
    rules_answer_t outcome;
    rules_answer_t checks[RULES_CHECKS_MAX];
    bool decisive[RULES_CHECKS_MAX];
    rules_answer_t reliefs[RULES_RELIEFS_MAX];
    /* Facts to ask for, the most deciding first: those without which the outcome stays unknown,
     * then those on which only the fee depends, unless the outcome is no. Only facts that are asked
     * (registry_fact_t.asked). */
    int missing[RULES_FACTS_MAX];
    size_t missing_count;
    size_t missing_outcome_count; /* how many of them the outcome needs */
    rules_fee_t fee;
    bool example; /* something in the decision rests on an example */
} rules_decision_t;

/* Decides one service. A case that cannot be decided on that day (RULES_OUTSIDE_ROWS) is a fault
 * whatever is known of it, and the parameter is the first in the order of the text. A relief is
 * taken of the fee as rounded. False with `*fault` when a rule could not be applied; then nothing
 * of
 * `*decision` holds. No memory is allocated. About a microsecond. */
bool rules_decide(rules_case_t *of, const registry_service_t *service, rules_decision_t *decision,
                  rules_fault_t *fault);

/* Which checks speak against: a yes of theirs stands in the way. `against` is by check. */
void rules_sides(const registry_service_t *service, bool *against);

/* The checks that would have to be no for a yes, where an unknown outcome waits for such alone.
 * Returns how many, 0 otherwise; writes at most `max`. For a case just decided. */
size_t rules_open_exclusions(rules_case_t *of, const registry_service_t *service,
                             const rules_decision_t *decision, int *checks, size_t max);

/* What a person has on the waiting list of a service: the points of the criteria that are yes. What
 * is not known gives none; `answers`, of RULES_CRITERIA_MAX, says so. False with `*fault`. */
bool rules_waiting(rules_case_t *of, const registry_service_t *service, rules_answer_t *answers,
                   int64_t *points, rules_fault_t *fault);

/* Eleven digits: the weights and the month's century (see docs/glossary.md, PESEL). */
rules_value_t rules_pesel(int64_t number, date_t *birth, bool *woman);

/* The questions a service may ever need, without repetition: what its checks, its fee and the
 * reliefs read, through derived facts to those that are asked, then what its order asks. Returns
 * how many; writes at most `max`. */
size_t rules_questions(const registry_programme_t *programme, const registry_service_t *service,
                       int *facts, size_t max);

#endif
