/* What is walked, and what an office did not get out of before. */
#include "walk.h"

#include "ipus/states.h"

#define TXT(field)                                                                                 \
    {                                                                                              \
        GIVE_TEXT, field, 0, "so it is"                                                            \
    }
#define TEXT(field, words)                                                                         \
    {                                                                                              \
        GIVE_TEXT, field, 0, words                                                                 \
    }
#define NUM(field, number)                                                                         \
    {                                                                                              \
        GIVE_NUMBER, field, number, NULL                                                           \
    }
#define NOW(field)                                                                                 \
    {                                                                                              \
        GIVE_TODAY, field, 0, NULL                                                                 \
    }
#define DAY(field, days)                                                                           \
    {                                                                                              \
        GIVE_DAY, field, days, NULL                                                                \
    }
#define LAST(field, kind)                                                                          \
    {                                                                                              \
        GIVE_LAST, field, IPUS_##kind, NULL                                                        \
    }
#define UNITS(field, units)                                                                        \
    {                                                                                              \
        GIVE_UNITS, field, units, NULL                                                             \
    }
#define GIVES(...)                                                                                 \
    (const give_t[])                                                                               \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            GIVE_END, 0, 0, NULL                                                                   \
        }                                                                                          \
    }

#define PLAIN(kind, name)                                                                          \
    {                                                                                              \
        IPUS_##kind, name, 0,                                                                      \
        {                                                                                          \
            {                                                                                      \
                GIVE_END, 0, 0, NULL                                                               \
            }                                                                                      \
        }                                                                                          \
    }
#define WITH(kind, name, ...)                                                                      \
    {                                                                                              \
        IPUS_##kind, name, 0,                                                                      \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define MAKE(kind, most, ...)                                                                      \
    {                                                                                              \
        IPUS_##kind, "make", most,                                                                 \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
/* The plan broken off, the application closed, the person erased, in one: each of it has a scene.
 */
#define ALL_ENDS                                                                                   \
    {                                                                                              \
        IPUS_KIND_COUNT, "end", 0,                                                                 \
        {                                                                                          \
            {                                                                                      \
                GIVE_END, 0, 0, NULL                                                               \
            }                                                                                      \
        }                                                                                          \
    }
#define NEXT_DAY                                                                                   \
    {                                                                                              \
        IPUS_KIND_COUNT, "day", 0,                                                                 \
        {                                                                                          \
            {                                                                                      \
                GIVE_END, 0, 0, NULL                                                               \
            }                                                                                      \
        }                                                                                          \
    }

enum { COORDINATOR = 1, DIRECTOR = 2, LENGTH = 60 };

/* ---- beginnings ------------------------------------------------------------------------------ */

static bool lay_people(walk_t *walk)
{
    return walk_do(walk, IPUS_ACCOUNT, "make", 0,
                   GIVES(TEXT(ACCOUNT_LOGIN, "ewa"), TXT(ACCOUNT_NAME), NUM(ACCOUNT_ROLE, 0))) &&
           walk_do(walk, IPUS_ACCOUNT, "make", 0,
                   GIVES(TEXT(ACCOUNT_LOGIN, "dyr"), TXT(ACCOUNT_NAME), NUM(ACCOUNT_ROLE, 2))) &&
           (walk->person = walk_do(
                walk, IPUS_PERSON, "make", 0,
                GIVES(TXT(PERSON_GIVEN_NAME), TXT(PERSON_FAMILY_NAME), TXT(PERSON_DOCUMENT)))) != 0;
}

static bool lay_application(walk_t *walk)
{
    return lay_people(walk) &&
           walk_do(walk, IPUS_APPLICATION, "make", 0,
                   GIVES(LAST(APPLICATION_PERSON, PERSON), NUM(APPLICATION_APPLICANT_ROLE, 0),
                         NOW(APPLICATION_RECEIVED_ON), NUM(APPLICATION_COORDINATOR, COORDINATOR)));
}

static bool lay_decision(walk_t *walk)
{
    return walk_do(walk, IPUS_DECISION, "make", 0,
                   GIVES(LAST(DECISION_APPLICATION, APPLICATION), UNITS(DECISION_SERVICE, 0)));
}

/* Nothing is left of the pool. */
static bool empty_pool(walk_t *walk)
{
    date_t today = walk_today(walk), from = DATE_NONE, to = DATE_NONE;
    const registry_row_t *pool =
        walk->service->pool != NULL ? registry_row_on(walk->service->pool, today) : NULL;
    if (pool == NULL) {
        return false;
    }
    registry_period(walk->programme, pool->per, today, &from, &to);
    const ipus_pool_t taken = {walk->service->id, from, to};
    ipus_record_t *record = memory_record(walk->memory);
    int64_t now = 0;
    memory_begin(walk->memory);
    bool done = record->take(record->context, &taken, pool->value.number * 1000, 0, INT64_MAX,
                             &now) == IPUS_FINE;
    memory_commit(walk->memory);
    return done;
}

static bool lay_queue(walk_t *walk)
{
    return lay_application(walk) && walk_do(walk, IPUS_APPLICATION, "submit", 1, NULL) &&
           walk_do(walk, IPUS_APPLICATION, "assess", 1, NULL) && lay_decision(walk) &&
           empty_pool(walk);
}

static bool lay_qualified(walk_t *walk)
{
    return lay_application(walk) && walk_do(walk, IPUS_APPLICATION, "submit", 1, NULL) &&
           walk_do(walk, IPUS_APPLICATION, "assess", 1, NULL) && lay_decision(walk) &&
           walk_do(walk, IPUS_APPLICATION, "qualify", 1, NULL) &&
           walk_do(walk, IPUS_DIAGNOSIS, "make", 0,
                   GIVES(LAST(DIAGNOSIS_PERSON, PERSON), LAST(DIAGNOSIS_APPLICATION, APPLICATION),
                         NOW(DIAGNOSIS_MADE_ON), TXT(DIAGNOSIS_NEEDS))) &&
           walk_do(walk, IPUS_DIAGNOSIS, "sign", 1, NULL) &&
           walk_do(walk, IPUS_PROVIDER, "make", 0,
                   GIVES(TXT(PROVIDER_NAME), UNITS(PROVIDER_TYPE, 0), NOW(PROVIDER_SINCE)));
}

static bool lay_full(walk_t *walk)
{
    return lay_qualified(walk) && empty_pool(walk);
}
#define PLAN_GIVES                                                                                 \
    LAST(PLAN_APPLICATION, APPLICATION), LAST(PLAN_DIAGNOSIS, DIAGNOSIS), DAY(PLAN_BEGINS, 0),     \
        DAY(PLAN_ENDS, LENGTH), TXT(PLAN_EFFECTS), NUM(PLAN_COORDINATOR, COORDINATOR)
#define ROW_GIVES                                                                                  \
    LAST(GRANTED_DECISION, DECISION), LAST(GRANTED_PLAN, PLAN), UNITS(GRANTED_QUANTITY, 3),        \
        DAY(GRANTED_BEGINS, 0), DAY(GRANTED_ENDS, LENGTH), LAST(GRANTED_PROVIDER, PROVIDER)

static bool lay_active(walk_t *walk)
{
    if (!lay_qualified(walk) || !walk_do(walk, IPUS_PLAN, "make", 0, GIVES(PLAN_GIVES)) ||
        !walk_do(walk, IPUS_GRANTED, "make", 0, GIVES(ROW_GIVES))) {
        return false;
    }
    static const char *const steps[] = {"agree", "sign", "approve", "activate"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (walk_do(walk, IPUS_PLAN, steps[i], 1, NULL) == 0) {
            return false;
        }
    }
    return true;
}

/* The first day on which it is delivered, of those that an order may name. */
static bool lay_order(walk_t *walk)
{
    enum { DAYS = 15 };
    for (int day = 0; day < DAYS; day++) {
        if (walk_do(walk, IPUS_ORDER, "make", 0,
                    GIVES(LAST(ORDER_GRANTED, GRANTED), UNITS(ORDER_QUANTITY, 3),
                          DAY(ORDER_PLANNED_ON, day)))) {
            return true;
        }
    }
    (void)walk_do(walk, IPUS_ITEM, "make", 0, GIVES(UNITS(ITEM_SERVICE, 0), TXT(ITEM_NAME)));
    (void)walk_do(walk, IPUS_GROUP, "make", 0,
                  GIVES(UNITS(GROUP_SERVICE, 0), TXT(GROUP_NAME), NUM(GROUP_SEATS, 8),
                        DAY(GROUP_BEGINS, 0), LAST(GROUP_PROVIDER, PROVIDER)));
    for (int day = 0; day < DAYS; day++) {
        if (walk_do(walk, IPUS_ORDER, "make", 0,
                    GIVES(LAST(ORDER_GRANTED, GRANTED), UNITS(ORDER_QUANTITY, 1),
                          DAY(ORDER_PLANNED_ON, day))) ||
            walk_do(walk, IPUS_ORDER, "make", 0,
                    GIVES(LAST(ORDER_GRANTED, GRANTED), UNITS(ORDER_QUANTITY, 1),
                          LAST(ORDER_GROUP, GROUP), DAY(ORDER_PLANNED_ON, day)))) {
            return true;
        }
    }
    return false;
}

static bool lay_ordered(walk_t *walk)
{
    return lay_active(walk) && lay_order(walk);
}

static bool lay_confirmed(walk_t *walk)
{
    if (!lay_ordered(walk) || !walk_do(walk, IPUS_ORDER, "accept", 1, NULL)) {
        return false;
    }
    walk->day = 1;
    return walk_do(walk, IPUS_ORDER, "finish", 1, NULL) &&
           walk_do(walk, IPUS_ORDER, "confirm", 1, NULL);
}

static bool lay_settled(walk_t *walk)
{
    return lay_confirmed(walk) && walk_do(walk, IPUS_ORDER, "settle", 1, NULL);
}
/* ---- what ends everything -------------------------------------------------------------------- */

#define TO_THE_END                                                                                 \
    PLAIN(PERSON, "erase"), WITH(APPLICATION, "withdraw", TXT(APPLICATION_REASON)),                \
        PLAIN(APPLICATION, "close"), WITH(PLAN, "terminate", TXT(PLAN_REASON)), NEXT_DAY

static const move_t of_application[] = {
    TO_THE_END,
    PLAIN(APPLICATION, "submit"),
    WITH(APPLICATION, "return", TXT(APPLICATION_REASON)),
    PLAIN(APPLICATION, "complete"),
    WITH(APPLICATION, "assess", NUM(APPLICATION_COORDINATOR, COORDINATOR)),
    PLAIN(APPLICATION, "qualify"),
    PLAIN(APPLICATION, "wait"),
    WITH(APPLICATION, "refuse", TXT(APPLICATION_REASON)),
    MAKE(DECISION, 2, LAST(DECISION_APPLICATION, APPLICATION), UNITS(DECISION_SERVICE, 0)),
    {IPUS_DECISION,
     "override",
     2,
     {LAST(DECISION_APPLICATION, APPLICATION), UNITS(DECISION_SERVICE, 0), NUM(DECISION_OUTCOME, 0),
      TXT(DECISION_REASON)}},
    WITH(REFUSAL, "deliver", NOW(REFUSAL_DELIVERED_ON)),
    WITH(REFUSAL, "object", TXT(REFUSAL_OBJECTION)),
    WITH(REFUSAL, "uphold", TXT(REFUSAL_ANSWER)),
    WITH(REFUSAL, "allow", TXT(REFUSAL_ANSWER)),
};

static const move_t of_queue[] = {
    TO_THE_END,
    MAKE(WAITING, 2, LAST(WAITING_DECISION, DECISION), UNITS(WAITING_QUANTITY, 1)),
    PLAIN(WAITING, "offer"),
    PLAIN(WAITING, "decline"),
    PLAIN(WAITING, "withdraw"),
    PLAIN(APPLICATION, "wait"),
    PLAIN(APPLICATION, "qualify"),
    WITH(APPLICATION, "refuse", TXT(APPLICATION_REASON)),
    {IPUS_DECISION,
     "override",
     2,
     {LAST(DECISION_APPLICATION, APPLICATION), UNITS(DECISION_SERVICE, 0), NUM(DECISION_OUTCOME, 0),
      TXT(DECISION_REASON)}},
};

static const move_t of_plan[] = {
    TO_THE_END,
    MAKE(PLAN, 1, PLAN_GIVES),
    MAKE(GRANTED, 1, ROW_GIVES),
    MAKE(GRANTED, 1, LAST(GRANTED_DECISION, DECISION), UNITS(GRANTED_QUANTITY, 1),
         DAY(GRANTED_BEGINS, 0), DAY(GRANTED_ENDS, 30)),
    WITH(PLAN, "change", DAY(PLAN_ENDS, 2 * LENGTH)),
    PLAIN(PLAN, "agree"),
    PLAIN(PLAN, "reopen"),
    PLAIN(PLAN, "sign"),
    PLAIN(PLAN, "approve"),
    PLAIN(PLAN, "activate"),
    WITH(PLAN, "suspend", TXT(PLAN_REASON)),
    PLAIN(PLAN, "resume"),
    PLAIN(PLAN, "finish"),
    WITH(GRANTED, "change", DAY(GRANTED_ENDS, 2 * LENGTH)),
    WITH(GRANTED, "change", DAY(GRANTED_BEGINS, 0), DAY(GRANTED_ENDS, LENGTH)),
    PLAIN(GRANTED, "grant"),
    PLAIN(GRANTED, "end"),
    PLAIN(GRANTED, "withdraw"),
    MAKE(CLOSING, 1, LAST(CLOSING_PLAN, PLAN), NOW(CLOSING_ON), TXT(CLOSING_COURSE),
         TXT(CLOSING_RESULTS)),
    MAKE(CARD, 1, LAST(CARD_GRANTED, GRANTED)),
    PLAIN(CARD, "cancel"),
};

static const move_t of_edition[] = {
    TO_THE_END,
    WITH(PLAN, "suspend", TXT(PLAN_REASON)),
    PLAIN(PLAN, "resume"),
    WITH(PLAN, "amend", TXT(PLAN_REASON)),
    PLAIN(PLAN, "agree"),
    PLAIN(PLAN, "reopen"),
    PLAIN(PLAN, "sign"),
    PLAIN(PLAN, "approve"),
    PLAIN(PLAN, "activate"),
    PLAIN(PLAN, "finish"),
    PLAIN(GRANTED, "end"),
    MAKE(CLOSING, 1, LAST(CLOSING_PLAN, PLAN), NOW(CLOSING_ON), TXT(CLOSING_COURSE),
         TXT(CLOSING_RESULTS)),
};

#define OF_ORDER                                                                                   \
    PLAIN(ORDER, "accept"), WITH(ORDER, "refuse", TXT(ORDER_REASON)),                              \
        WITH(ORDER, "fail", TXT(ORDER_REASON)), WITH(ORDER, "cancel", TXT(ORDER_REASON)),          \
        PLAIN(ORDER, "finish"), WITH(ORDER, "finish", UNITS(ORDER_DELIVERED, 2)),                  \
        WITH(ORDER, "finish", UNITS(ORDER_DELIVERED, 1)),                                          \
        WITH(ORDER, "correct", UNITS(ORDER_DELIVERED, 2), TXT(ORDER_REASON)),                      \
        WITH(ORDER, "correct", UNITS(ORDER_DELIVERED, 1), TXT(ORDER_REASON)),                      \
        PLAIN(ORDER, "confirm"), WITH(ORDER, "forgo", TXT(ORDER_REASON)), PLAIN(ORDER, "return"),  \
        PLAIN(ORDER, "extend"), WITH(ORDER, "annul", TXT(ORDER_REASON))

#define OF_DELIVERY                                                                                \
    MAKE(DELIVERY, 1, LAST(DELIVERY_ORDERED, ORDER), NOW(DELIVERY_ON), UNITS(DELIVERY_UNITS, 3)),  \
        MAKE(DELIVERY, 1, LAST(DELIVERY_ORDERED, ORDER), NOW(DELIVERY_ON),                         \
             UNITS(DELIVERY_UNITS, 1)),                                                            \
        PLAIN(DELIVERY, "confirm"), PLAIN(DELIVERY, "dispute"),                                    \
        WITH(DELIVERY, "answer", UNITS(DELIVERY_UNITS, 2), TXT(DELIVERY_REASON)),                  \
        WITH(DELIVERY, "answer", UNITS(DELIVERY_UNITS, 1), TXT(DELIVERY_REASON)),                  \
        WITH(DELIVERY, "cancel", TXT(DELIVERY_REASON))

#define OF_SETTLED                                                                                 \
    PLAIN(ORDER, "settle"), WITH(ORDER, "amend", UNITS(ORDER_DELIVERED, 2), TXT(ORDER_REASON)),    \
        WITH(ORDER, "amend", UNITS(ORDER_DELIVERED, 1), TXT(ORDER_REASON)),                        \
        PLAIN(CHARGE, "cancel")

static const move_t of_order[] = {ALL_ENDS, NEXT_DAY, OF_ORDER, OF_DELIVERY, OF_SETTLED};
static const move_t of_unsettleable[] = {ALL_ENDS, NEXT_DAY, OF_ORDER};

static const move_t of_money[] = {
    ALL_ENDS,
    NEXT_DAY,
    PLAIN(ORDER, "return"),
    MAKE(PAYMENT, 2, LAST(PAYMENT_CHARGE, CHARGE), NOW(PAYMENT_ON), NUM(PAYMENT_AMOUNT, 100)),
    WITH(PAYMENT, "undo", TXT(PAYMENT_UNDONE_WHY)),
    MAKE(REFUND, 2, LAST(REFUND_CHARGE, CHARGE), NOW(REFUND_ON), NUM(REFUND_AMOUNT, 100)),
    WITH(REFUND, "undo", TXT(REFUND_UNDONE_WHY)),
    MAKE(WAIVER, 1, LAST(WAIVER_CHARGE, CHARGE), TXT(WAIVER_REASON)),
    WITH(WAIVER, "undo", TXT(WAIVER_UNDONE_WHY)),
    MAKE(CORRECTION, 1, LAST(CORRECTION_CHARGE, CHARGE), NOW(CORRECTION_ON),
         NUM(CORRECTION_AMOUNT, -200), TXT(CORRECTION_REASON)),
    PLAIN(CHARGE, "cancel"),
    PLAIN(CHARGE, "restore"),
};

/* ---- what is right --------------------------------------------------------------------------- */

static bool is_over(walk_t *walk)
{
    return walk_number(walk, IPUS_APPLICATION, APPLICATION_STATE) > APPLICATION_IS_ON_WAITING_LIST;
}

/* A plan that was approved can still be carried out. */
static bool plan_is_active(walk_t *walk)
{
    return walk_any(walk, IPUS_PLAN, PLAN_IS_ACTIVE);
}

static bool no_plan_waits(walk_t *walk)
{
    return is_over(walk) || !walk_any(walk, IPUS_PLAN, PLAN_IS_APPROVED);
}

/* Two units were delivered, whatever anybody wrote: an order that anything came of can say so. */
static bool two_were_delivered(walk_t *walk)
{
    int64_t state = walk_number(walk, IPUS_ORDER, ORDER_STATE);
    return (state == ORDER_IS_CONFIRMED || state == ORDER_IS_SETTLED) &&
           walk_number(walk, IPUS_ORDER, ORDER_DELIVERED) == 2 * walk->unit;
}

static bool nothing_came_of_it(walk_t *walk)
{
    int64_t state = walk_number(walk, IPUS_ORDER, ORDER_STATE);
    return walk_number(walk, IPUS_PERSON, PERSON_STATE) == PERSON_IS_ERASED ||
           state == ORDER_IS_REFUSED || state == ORDER_IS_CANCELLED || state == ORDER_IS_NOT_DONE ||
           walk_number(walk, IPUS_ORDER, ORDER_QUANTITY) < 2 * walk->unit ||
           (state == ORDER_IS_SETTLED && walk_number(walk, IPUS_ORDER, ORDER_DELIVERED) == 0);
}

static bool nothing_is_paid(walk_t *walk)
{
    int64_t state = walk_number(walk, IPUS_CHARGE, CHARGE_STATE);
    return walk_number(walk, IPUS_CHARGE, CHARGE_PAID) ==
               walk_number(walk, IPUS_CHARGE, CHARGE_REFUNDED) &&
           state != CHARGE_IS_PAID;
}

static bool paid_is_paid(walk_t *walk)
{
    int64_t kept = walk_number(walk, IPUS_CHARGE, CHARGE_PAID) -
                   walk_number(walk, IPUS_CHARGE, CHARGE_REFUNDED);
    return walk_number(walk, IPUS_CHARGE, CHARGE_STATE) != CHARGE_IS_PAID ||
           (kept > 0 && kept == walk_number(walk, IPUS_CHARGE, CHARGE_FEE) +
                                    walk_number(walk, IPUS_CHARGE, CHARGE_CORRECTED));
}

static bool is_erased(walk_t *walk)
{
    return walk_number(walk, IPUS_PERSON, PERSON_STATE) == PERSON_IS_ERASED;
}

#define MOVES(list) .moves = list, .move_count = sizeof list / sizeof *list

const scene_t scenes[] = {
    {.name = "application",
     .begin = lay_application,
     .days = {15, 40},
     .day_count = 2,
     MOVES(of_application)},
    {.name = "queue",
     .by_service = true,
     .begin = lay_queue,
     .days = {15, 40},
     .day_count = 2,
     MOVES(of_queue)},
    {.name = "plan",
     .begin = lay_qualified,
     .days = {LENGTH + 1},
     .day_count = 1,
     MOVES(of_plan),
     .right = plan_is_active,
     .over = no_plan_waits},
    {.name = "full",
     .by_service = true,
     .plain = true,
     .begin = lay_full,
     .days = {LENGTH + 1},
     .day_count = 1,
     MOVES(of_plan)},
    {.name = "edition",
     .begin = lay_active,
     .days = {LENGTH + 1},
     .day_count = 1,
     MOVES(of_edition)},
    {.name = "order",
     .by_service = true,
     .begin = lay_ordered,
     .days = {16, LENGTH + 1},
     .day_count = 2,
     MOVES(of_order),
     .right = two_were_delivered,
     .over = nothing_came_of_it},
    {.name = "unsettleable",
     .by_service = true,
     .begin = lay_confirmed,
     .days = {16, LENGTH + 1},
     .day_count = 2,
     MOVES(of_unsettleable)},
    {.name = "money",
     .by_service = true,
     .begin = lay_settled,
     .days = {16, LENGTH + 1},
     .day_count = 2,
     MOVES(of_money),
     .right = nothing_is_paid,
     .over = is_erased,
     .holds = paid_is_paid},
};
const size_t scene_count = sizeof scenes / sizeof *scenes;

const break_t breaks[] = {
    {"an approved plan that cannot be activated",
     "plan",
     {"plan.reopen"},
     PLAN_IS_APPROVED,
     false,
     false},
    {"a dispute over wrong units",
     "order",
     {"delivery.answer", "delivery.cancel", "order.correct", "order.amend"},
     -1,
     false,
     false},
    {"a settled order with wrong units", "order", {"order.amend", "order.annul"}, -1, false, false},
    {"more was paid than is owed", "money", {"refund.make", "payment.undo"}, -1, false, false},
    {"a wrong payment", "money", {"payment.undo"}, -1, false, false},
    {"a charge waived whole counts as paid", "money", {NULL}, -1, false, true},
    {"an order that cannot be settled",
     "unsettleable",
     {"order.forgo", "order.fail"},
     -1,
     false,
     false},
    {"steps that are then refused", "plan", {NULL}, -1, true, false},
};
const size_t break_count = sizeof breaks / sizeof *breaks;
