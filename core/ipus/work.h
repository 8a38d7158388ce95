/* One step at work: what its effect reads and changes. Inside the ipus room only. */
#ifndef OKIENKO_IPUS_WORK_H
#define OKIENKO_IPUS_WORK_H

#include "ipus/ipus.h"

/* Services of which something was freed by a step: it is offered to the queue once, at its end. */
typedef struct ipus_freed {
    span_t service;
    struct ipus_freed *next;
} ipus_freed_t;

struct ipus_work {
    const ipus_command_t *command;
    ipus_record_t *record;
    ipus_row_t row; /* as it will be written: what was given is in it, its state is the new one */
    ipus_row_t before; /* as it was; of a new row nothing */
    ipus_answer_t *answer;
    ipus_freed_t **freed; /* by the whole step, with those that follow from it */
    bool asks;            /* nobody does the step: it is asked whether it could be done */
};

/* Refuses; returns false, for `return ipus_work_refuse(…)`. */
bool ipus_work_refuse(ipus_work_t *work, ipus_refusal_code_t code, int field, span_t first,
                      span_t second, span_t third);

/* The same with as many arguments as a sentence may have. */
bool ipus_work_refuse_with(ipus_work_t *work, ipus_refusal_code_t code, int field,
                           const span_t *arguments, size_t count);

/* Turns a code into true, or into false with the answer broken (or refused, when stale). */
bool ipus_work_fine(ipus_work_t *work, ipus_code_t code);

/* The row that a REF of the present row names; refused as an unknown reference when there is none.
 */
bool ipus_work_get(ipus_work_t *work, int field, ipus_row_t *row);

/* A row that must be there, since the record names it; and the rows of a query. */
bool ipus_work_load(ipus_work_t *work, ipus_kind_t kind, int64_t id, ipus_row_t *row);
bool ipus_work_find(ipus_work_t *work, const ipus_query_t *query,
                    bool (*each)(void *of, const ipus_row_t *row), void *of);

/* The first row of a kind with a value in a field that is in one of these states (bits, as
 * IPUS_STATES() makes them); its id is 0 when there is none. */
bool ipus_work_first(ipus_work_t *work, ipus_kind_t kind, int field, int64_t value, uint32_t states,
                     ipus_row_t *row);

/* Does the same with each row of a query, until it is refused. */
bool ipus_work_each(ipus_work_t *work, const ipus_query_t *query,
                    bool (*with)(ipus_work_t *work, const ipus_row_t *row));

/* Refuses because a row is open: `code` has "plural/id" for its first argument. */
bool ipus_work_refuse_for(ipus_work_t *work, ipus_refusal_code_t code, const ipus_row_t *row);

/* Refuses because another row says otherwise of the same. */
bool ipus_work_contradicts(ipus_work_t *work, int field, const ipus_row_t *row);

/* A step on another row that follows from this one, done by the host for whoever asked. Refused, it
 * refuses this one. `given` may be NULL. */
bool ipus_work_step(ipus_work_t *work, ipus_kind_t kind, int64_t id, const char *step,
                    const ipus_row_t *given);

/* Adds or sets another row beside the one at work, with its line in the journal. */
bool ipus_work_add(ipus_work_t *work, ipus_row_t *row);
bool ipus_work_set(ipus_work_t *work, ipus_row_t *row, const char *step);

/* Whether whoever asks may go beyond a limit, and says why (or could say so, when it is asked). */
bool ipus_work_overrides(const ipus_work_t *work);

/* A number, thousandths ("1.5") or a date as text, in the record's arena. */
span_t ipus_work_number(ipus_work_t *work, int64_t number);
span_t ipus_work_units(ipus_work_t *work, int64_t thousandths);
span_t ipus_work_date(ipus_work_t *work, date_t date);

/* The service of an id in force on a day, or refused. */
const registry_service_t *ipus_work_service(ipus_work_t *work, int field, span_t id, date_t on);

/* What a term of the procedure says on a day; false when the programme sets none. */
bool ipus_work_term(const ipus_work_t *work, registry_term_name_t term, date_t on, int64_t *value);

/* Its number in force today, or `otherwise`. */
int64_t ipus_work_number_of_term(const ipus_work_t *work, registry_term_name_t name,
                                 int64_t otherwise);

/* Notes that units, a seat or a thing of a service may be free again. */
bool ipus_work_freed(ipus_work_t *work, span_t service);

/* Whether the day in a field is not after the programme's last; refused otherwise. */
bool ipus_work_in_programme(ipus_work_t *work, int field);

/* What an order uses of its grant and of limits: what was delivered once that is known, before that
 * all of it; nothing when it was given back. */
static inline int64_t ipus_order_used(const ipus_row_t *order)
{
    return ipus_number(order, ORDER_COUNTS) != 1 ? 0
           : ipus_has(order, ORDER_DELIVERED)    ? ipus_number(order, ORDER_DELIVERED)
                                                 : ipus_number(order, ORDER_QUANTITY);
}

/* Whether there is a verdict, made of what stands in the record now; refused otherwise. */
bool ipus_work_verdict(ipus_work_t *work, int64_t person);

/* Refuses unless an application is in one of these states. */
bool ipus_application_in(ipus_work_t *work, const ipus_row_t *application, uint32_t states);

/* Refuses when an application is refused, withdrawn or closed: nothing comes of it any more. */
bool ipus_application_lasts(ipus_work_t *work, const ipus_row_t *application);

/* Whether no later decision on the same service of the same application took its place. */
bool ipus_decision_stands(ipus_work_t *work, const ipus_row_t *decision, bool *stands);

/* The day so many days later on which a period of the procedure ends: where the programme says so
 * it does not end on a Saturday, a Sunday or a closed day, but on the next working day. */
date_t ipus_work_days_after(const ipus_work_t *work, date_t since, int64_t days);

/* Refused when both days are known and the second is before the first. */
bool ipus_work_period(ipus_work_t *work, int begins, int ends);

/* Whether the value given for a field is one of its type, in its bounds. */
bool ipus_work_value(ipus_work_t *work, int field);

/* A field that may be given and is today otherwise. */
void ipus_work_day(ipus_work_t *work, int field);

/* A code for somebody to ask by, into a field. */
bool ipus_work_code(ipus_work_t *work, int field);

/* "IPUS/12/2026": the next number of a yearly series, into a field. */
bool ipus_work_numbered(ipus_work_t *work, ipus_row_t *row, int field, const char *series,
                        const char *prefix);

#endif
