/* What a step decides of, as the record has it. */
#include "verdict/verdict.h"

typedef struct {
    ipus_record_t *record;
    const ipus_command_t *command;
    verdict_subject_t *subject;
} subject_t;

static ipus_code_t get(const subject_t *of, ipus_kind_t kind, int64_t id, ipus_row_t *row)
{
    return of->record->get(of->record->context, kind, id, true, row);
}

static ipus_code_t of_decision(const subject_t *of)
{
    const ipus_row_t *given = &of->command->given;
    ipus_row_t application;
    ipus_code_t code =
        get(of, IPUS_APPLICATION, ipus_number(given, DECISION_APPLICATION), &application);
    if (code == IPUS_FINE) {
        of->subject->person = ipus_number(&application, APPLICATION_PERSON);
        of->subject->service = ipus_text(given, DECISION_SERVICE);
        of->subject->order = ipus_text(given, DECISION_ORDER_FACTS);
        if (ipus_has(given, DECISION_ON)) {
            of->subject->on = ipus_date(given, DECISION_ON);
        }
    }
    return code;
}

static ipus_code_t of_waiting(const subject_t *of)
{
    ipus_row_t decision;
    ipus_code_t code =
        get(of, IPUS_DECISION, ipus_number(&of->command->given, WAITING_DECISION), &decision);
    if (code == IPUS_FINE) {
        of->subject->person = ipus_number(&decision, DECISION_PERSON);
        of->subject->service = ipus_text(&decision, DECISION_SERVICE);
        of->subject->order = ipus_text(&decision, DECISION_ORDER_FACTS);
    }
    return code;
}

/* The price of a unit as it was at granting, where the programme holds to that. */
static void hold_price(const subject_t *of, const ipus_row_t *granted)
{
    if (of->command->programme->price_at_granting && ipus_has(granted, GRANTED_PRICE)) {
        of->subject->price = ipus_number(granted, GRANTED_PRICE);
    }
}

static ipus_code_t of_new_order(const subject_t *of)
{
    const ipus_row_t *given = &of->command->given;
    ipus_row_t granted;
    ipus_code_t code = get(of, IPUS_GRANTED, ipus_number(given, ORDER_GRANTED), &granted);
    if (code == IPUS_FINE) {
        of->subject->person = ipus_number(&granted, GRANTED_PERSON);
        of->subject->service = ipus_text(&granted, GRANTED_SERVICE);
        of->subject->order = ipus_text(given, ORDER_ORDER_FACTS);
        of->subject->on = ipus_date(given, ORDER_PLANNED_ON);
        of->subject->quantity = ipus_number(given, ORDER_QUANTITY);
        hold_price(of, &granted);
    }
    return code;
}

/* An order is settled by the day it was done, for what was delivered, or is now said to have been.
 */
static ipus_code_t of_order(const subject_t *of)
{
    ipus_row_t order, granted;
    ipus_code_t code = get(of, IPUS_ORDER, of->command->id, &order);
    if (code == IPUS_FINE) {
        code = get(of, IPUS_GRANTED, ipus_number(&order, ORDER_GRANTED), &granted);
    }
    if (code != IPUS_FINE) {
        return code;
    }
    int day = ipus_has(&order, ORDER_DONE_ON) ? ORDER_DONE_ON : ORDER_PLANNED_ON;
    const ipus_row_t *given = &of->command->given;
    int units = ipus_has(&order, ORDER_DELIVERED) ? ORDER_DELIVERED : ORDER_QUANTITY;
    of->subject->person = ipus_number(&order, ORDER_PERSON);
    of->subject->service = ipus_text(&order, ORDER_SERVICE);
    of->subject->order = ipus_text(&order, ORDER_ORDER_FACTS);
    of->subject->on = ipus_date(&order, day);
    of->subject->quantity = ipus_has(given, ORDER_DELIVERED) ? ipus_number(given, ORDER_DELIVERED)
                                                             : ipus_number(&order, units);
    of->subject->row_version = order.version;
    hold_price(of, &granted);
    return code;
}

ipus_code_t verdict_subject(ipus_record_t *record, const ipus_command_t *command,
                            verdict_subject_t *subject)
{
    const subject_t of = {record, command, subject};
    *subject = (verdict_subject_t){.on = command->today, .quantity = -1, .price = -1};
    switch (command->kind) {
    case IPUS_ORDER:
        return command->id == 0 ? of_new_order(&of) : of_order(&of);
    case IPUS_WAITING:
        return of_waiting(&of);
    default:
        return of_decision(&of);
    }
}
