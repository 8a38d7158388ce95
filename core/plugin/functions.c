/* The port through which rules call a plugin's free functions: views of the facts, of what is
 * ordered and of the parameters of the day, each read on demand. */
#include "plugin/generation.h"

#include "base/clock.h"

#include <stdio.h>

/* What the free functions of one decision may take together: many, each within its own budget,
 * would still hold the loop. */
#define DECISION_NS UINT64_C(20000000)

/* One call. What a view could not give is remembered, because the script only says that it was
 * stopped. */
typedef struct {
    const plugin_generation_t *generation;
    rules_case_t *of;
    int missing;                         /* the fact that was read and is not known */
    const registry_parameter_t *outside; /* the parameter that has no row on the day */
    char date[DATE_TEXT_LEN + 1];
    char digits[16];
} call_t;

/* ---- values ------------------------------------------------------------------------------------
 */

static void give_decimal(script_value_t *value, int64_t number)
{
    if (number % 1000 == 0) {
        *value = (script_value_t){.kind = SCRIPT_INTEGER, .integer = number / 1000};
    } else {
        *value = (script_value_t){.kind = SCRIPT_FLOAT, .number = (double)number / 1000};
    }
}

static void give_date(call_t *call, script_value_t *value, int64_t number)
{
    date_text((date_t){(int32_t)number}, call->date);
    *value = (script_value_t){.kind = SCRIPT_TEXT, .text = span_of(call->date)};
}

static void give_fact(call_t *call, const registry_fact_t *fact, int64_t number,
                      script_value_t *value)
{
    switch (fact->type) {
    case FACT_BOOLEAN:
        *value = (script_value_t){.kind = SCRIPT_BOOLEAN, .boolean = number != 0};
        break;
    case FACT_INTEGER:
        *value = (script_value_t){.kind = SCRIPT_INTEGER, .integer = number};
        break;
    case FACT_DECIMAL:
        give_decimal(value, number);
        break;
    case FACT_MONEY:
        *value = (script_value_t){.kind = SCRIPT_MONEY, .integer = number};
        break;
    case FACT_DATE:
        give_date(call, value, number);
        break;
    case FACT_CHOICE:
        *value = (script_value_t){.kind = SCRIPT_NIL};
        if (number >= 0 && (size_t)number < fact->values.count) {
            *value = (script_value_t){.kind = SCRIPT_TEXT, .text = fact->values.at[number].id};
        }
        break;
    case FACT_PESEL:
        snprintf(call->digits, sizeof(call->digits), "%011lld", (long long)number);
        *value = (script_value_t){.kind = SCRIPT_TEXT, .text = span_of(call->digits)};
        break;
    }
}

static script_read_t give_parameter(call_t *call, const registry_value_t *of, script_value_t *value)
{
    switch (of->type) {
    case VALUE_BOOLEAN:
        *value = (script_value_t){.kind = SCRIPT_BOOLEAN, .boolean = of->number != 0};
        return SCRIPT_GIVEN;
    case VALUE_INTEGER:
        *value = (script_value_t){.kind = SCRIPT_INTEGER, .integer = of->number};
        return SCRIPT_GIVEN;
    case VALUE_DECIMAL:
        give_decimal(value, of->number);
        return SCRIPT_GIVEN;
    case VALUE_MONEY:
        *value = (script_value_t){.kind = SCRIPT_MONEY, .integer = of->number};
        return SCRIPT_GIVEN;
    case VALUE_DATE:
        give_date(call, value, of->number);
        return SCRIPT_GIVEN;
    case VALUE_TEXT:
        *value = (script_value_t){.kind = SCRIPT_TEXT, .text = of->text};
        return SCRIPT_GIVEN;
    case VALUE_LIMITS:
    case VALUE_STEPS:
        break;
    }
    return SCRIPT_NO_SUCH;
}

/* ---- views -------------------------------------------------------------------------------------
 */

static script_read_t read_fact_view(void *context, span_t name, script_value_t *value)
{
    call_t *call = context;
    int fact = registry_fact(call->of->programme, name);
    if (fact < 0) {
        return SCRIPT_NO_SUCH;
    }
    if (!call->of->facts[fact].known) {
        call->missing = fact;
        return SCRIPT_NOT_GIVEN;
    }
    give_fact(call, call->of->programme->facts[fact], call->of->facts[fact].number, value);
    return SCRIPT_GIVEN;
}

static script_read_t read_order_view(void *context, span_t name, script_value_t *value)
{
    const call_t *call = context;
    int fact = registry_fact(call->of->programme, name);
    if (fact < 0 || !call->of->programme->facts[fact]->of_order) {
        return SCRIPT_NO_SUCH;
    }
    return read_fact_view(context, name, value);
}

static script_read_t read_parameter_view(void *context, span_t name, script_value_t *value)
{
    call_t *call = context;
    const registry_parameter_t *parameter =
        registry_parameter(call->of->programme, call->of->service, name);
    if (parameter == NULL) {
        return SCRIPT_NO_SUCH;
    }
    const registry_row_t *row = registry_row_on(parameter, call->of->on);
    if (row == NULL) {
        call->outside = parameter;
        return SCRIPT_NOT_GIVEN;
    }
    return give_parameter(call, &row->value, value);
}

/* ---- calls -------------------------------------------------------------------------------------
 */

static span_t file_of(const plugin_generation_t *generation, int function)
{
    bool known = function >= 0 && (size_t)function < generation->function_count;
    return known ? generation->function_files[function] : SPAN("?");
}

static bool fail(call_t *call, rules_fault_t *fault, rules_fault_code_t code, int function,
                 int line, const char *message)
{
    span_t file = file_of(call->generation, function);
    fault->code = code;
    fault->parameter = NULL;
    fault->line = line;
    int len = snprintf(fault->message, sizeof fault->message, "%.*s:%d: ", SPAN_ARGS(file), line);
    size_t begun = len < 0 ? 0 : (size_t)len; /* a message that is too long is cut */
    if (begun < sizeof fault->message) {
        snprintf(fault->message + begun, sizeof fault->message - begun, "%s", message);
    }
    return false;
}

typedef enum { CALL_VALUE, CALL_UNKNOWN, CALL_FAILED } call_result_t;

static call_result_t run(call_t *call, int function, const script_view_t *views, size_t count,
                         script_value_t *result, rules_fault_t *fault)
{
    if (call->of->function_ns > DECISION_NS) {
        fail(call, fault, RULES_FUNCTION, function,
             script_function_line(call->generation->script, function),
             "the functions of this service take too long together");
        return CALL_FAILED;
    }
    script_fault_t stopped = {0};
    uint64_t began = clock_worked();
    bool came_back =
        script_call(call->generation->script, function, views, count, result, &stopped);
    call->of->function_ns += clock_worked() - began;
    if (came_back) {
        return CALL_VALUE;
    }
    if (stopped.code != SCRIPT_UNKNOWN) {
        fail(call, fault, RULES_FUNCTION, function, stopped.line, stopped.message);
        return CALL_FAILED;
    }
    if (call->outside != NULL) {
        fail(call, fault, RULES_OUTSIDE_ROWS, function, stopped.line, "outside all rows");
        fault->parameter = call->outside;
        return CALL_FAILED;
    }
    return CALL_UNKNOWN;
}

static bool call_condition(void *context, int function, rules_case_t *of, rules_answer_t *answer,
                           int *missing, rules_fault_t *fault)
{
    call_t call = {.generation = context, .of = of, .missing = -1};
    const script_view_t views[] = {{"fact", read_fact_view, &call},
                                   {"parameter", read_parameter_view, &call}};
    script_value_t result = {0};
    call_result_t got = run(&call, function, views, 2, &result, fault);
    *answer = RULES_UNKNOWN;
    *missing = call.missing;
    if (got != CALL_VALUE) {
        return got == CALL_UNKNOWN;
    }
    if (result.kind != SCRIPT_BOOLEAN) {
        return fail(&call, fault, RULES_FUNCTION, function,
                    script_function_line(call.generation->script, function),
                    "a condition must give true or false");
    }
    *answer = result.boolean ? RULES_YES : RULES_NO;
    *missing = -1;
    return true;
}

static bool call_fee(void *context, int function, rules_case_t *of, rules_answer_t *answer,
                     int64_t *grosze, int *missing, rules_fault_t *fault)
{
    call_t call = {.generation = context, .of = of, .missing = -1};
    const script_view_t views[] = {{"order", read_order_view, &call},
                                   {"parameter", read_parameter_view, &call},
                                   {"fact", read_fact_view, &call}};
    script_value_t result = {0};
    call_result_t got = run(&call, function, views, 3, &result, fault);
    *answer = RULES_UNKNOWN;
    *missing = call.missing;
    if (got != CALL_VALUE) {
        return got == CALL_UNKNOWN;
    }
    int line = script_function_line(call.generation->script, function);
    if (result.kind != SCRIPT_MONEY) {
        return fail(&call, fault, RULES_ABSURD_FEE, function, line,
                    "a fee must be money, as in pln \"5.00\"");
    }
    if (result.integer < 0 || result.integer > MONEY_MAX) {
        return fail(&call, fault, RULES_ABSURD_FEE, function, line,
                    "a fee must be between 0 and 100 000 000 zł");
    }
    *answer = RULES_YES;
    *grosze = result.integer;
    *missing = -1;
    return true;
}

void plugin_functions_open(plugin_generation_t *generation)
{
    generation->functions =
        (rules_functions_t){.condition = call_condition, .fee = call_fee, .context = generation};
}
