/* The queue, the things that people compete for, orders and what they cost.
 *
 *   waiting   waiting > offered > accepted;  offered > declined, expired;  open ones > withdrawn
 *   order     issued > accepted > done > confirmed > settled
 *             issued > refused;  issued, accepted > not_done, cancelled;  not_done > settled
 *   charge    due <> paid;  exempt;  due > cancelled
 */
#include "ipus/steps.h"

enum { QUEUED, OFFERED, ACCEPTED_OFFER, DECLINED, EXPIRED, LEFT };
enum { GROUP_PLANNED, GROUP_RUNNING, GROUP_FINISHED, GROUP_CANCELLED };
enum { ITEM_AVAILABLE, ITEM_LENT, ITEM_REPAIR, ITEM_GONE };
enum { ISSUED, ACCEPTED, REFUSED, DONE, CONFIRMED, NOT_DONE, SETTLED, CANCELLED };
enum { REPORTED, AGREED, DISPUTED };
enum { DUE, PAID, EXEMPT, CHARGE_CANCELLED };

static const ipus_step_t waiting[] = {
    {.name = "make", .to = QUEUED, .decides = true},
    {.name = "offer", .from = IPUS_STATES(QUEUED), .to = OFFERED},
    /* Taken up by a grant that names it. */
    {.name = "accept", .from = IPUS_STATES(OFFERED), .to = ACCEPTED_OFFER, .by_host = true},
    {.name = "decline", .from = IPUS_STATES(OFFERED), .to = DECLINED, TAKES(MAY(WAITING_REASON))},
    {.name = "expire", .from = IPUS_STATES(OFFERED), .to = EXPIRED, .by_host = true},
    {.name = "withdraw",
     .from = IPUS_STATES(QUEUED) | IPUS_STATES(OFFERED),
     .to = LEFT,
     TAKES(MAY(WAITING_REASON))},
};

static const ipus_step_t group[] = {
    {.name = "make", .to = GROUP_PLANNED},
    {.name = "change", .from = IPUS_STATES(GROUP_PLANNED) | IPUS_STATES(GROUP_RUNNING), .to = -1},
    {.name = "start", .from = IPUS_STATES(GROUP_PLANNED), .to = GROUP_RUNNING},
    {.name = "finish", .from = IPUS_STATES(GROUP_RUNNING), .to = GROUP_FINISHED},
    {.name = "cancel",
     .from = IPUS_STATES(GROUP_PLANNED) | IPUS_STATES(GROUP_RUNNING),
     .to = GROUP_CANCELLED},
};

static const ipus_step_t item[] = {
    {.name = "make", .to = ITEM_AVAILABLE},
    {.name = "change", .from = IPUS_STATES(ITEM_AVAILABLE) | IPUS_STATES(ITEM_REPAIR), .to = -1},
    {.name = "repair", .from = IPUS_STATES(ITEM_AVAILABLE), .to = ITEM_REPAIR},
    {.name = "restore", .from = IPUS_STATES(ITEM_REPAIR), .to = ITEM_AVAILABLE},
    {.name = "remove",
     .from = IPUS_STATES(ITEM_AVAILABLE) | IPUS_STATES(ITEM_REPAIR),
     .to = ITEM_GONE},
};

static const ipus_step_t order[] = {
    {.name = "make", .to = ISSUED},
    {.name = "accept", .from = IPUS_STATES(ISSUED), .to = ACCEPTED, TAKES(MAY(ORDER_PLANNED_ON))},
    {.name = "refuse", .from = IPUS_STATES(ISSUED), .to = REFUSED, TAKES(NEEDS(ORDER_REASON))},
    {.name = "extend", .from = IPUS_STATES(ACCEPTED) | IPUS_STATES(DONE), .to = -1},
    {.name = "return",
     .from = IPUS_STATES(ACCEPTED) | IPUS_STATES(DONE) | IPUS_STATES(CONFIRMED),
     .to = -1},
    {.name = "finish",
     .from = IPUS_STATES(ACCEPTED),
     .to = DONE,
     TAKES(MAY(ORDER_DONE_ON), MAY(ORDER_DELIVERED))},
    {.name = "confirm", .from = IPUS_STATES(DONE), .to = CONFIRMED, TAKES(MAY(ORDER_CONFIRMED_ON))},
    {.name = "fail",
     .from = IPUS_STATES(ISSUED) | IPUS_STATES(ACCEPTED),
     .to = NOT_DONE,
     TAKES(NEEDS(ORDER_REASON), MAY(ORDER_NO_SHOW))},
    {.name = "cancel",
     .from = IPUS_STATES(ISSUED) | IPUS_STATES(ACCEPTED),
     .to = CANCELLED,
     TAKES(NEEDS(ORDER_REASON))},
    {.name = "settle",
     .from = IPUS_STATES(CONFIRMED) | IPUS_STATES(NOT_DONE),
     .to = SETTLED,
     .decides = true},
};

static const ipus_step_t delivery[] = {
    {.name = "make", .to = REPORTED},
    {.name = "confirm", .from = IPUS_STATES(REPORTED) | IPUS_STATES(DISPUTED), .to = AGREED},
    {.name = "dispute", .from = IPUS_STATES(REPORTED), .to = DISPUTED},
};

/* Made by settling alone. */
static const ipus_step_t charge[] = {
    {.name = "cancel", .from = IPUS_STATES(DUE), .to = CHARGE_CANCELLED},
};
static const ipus_step_t payment[] = {{.name = "make", .to = -1}};
static const ipus_step_t correction[] = {{.name = "make", .to = -1}};

steps_t steps_of_orders(ipus_kind_t kind)
{
    switch (kind) {
    case IPUS_WAITING:
        return STEPS(waiting);
    case IPUS_GROUP:
        return STEPS(group);
    case IPUS_ITEM:
        return STEPS(item);
    case IPUS_ORDER:
        return STEPS(order);
    case IPUS_DELIVERY:
        return STEPS(delivery);
    case IPUS_CHARGE:
        return STEPS(charge);
    case IPUS_PAYMENT:
        return STEPS(payment);
    case IPUS_CORRECTION:
        return STEPS(correction);
    default:
        return (steps_t){NULL, 0};
    }
}
