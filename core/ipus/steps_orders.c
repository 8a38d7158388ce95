/* The queue, the things that people compete for, orders and what they cost.
 *
 *   waiting   waiting > offered > accepted;  offered > declined, expired;  open ones > withdrawn
 *   order     issued > accepted > done > confirmed > settled
 *             issued > refused;  issued, accepted > cancelled;  not_done > settled
 *             issued, accepted, done, confirmed > not_done;  settled > not_done (annulled)
 *   delivery  reported > confirmed;  reported > disputed > confirmed;  any > cancelled
 *   charge    due, paid, waived, overpaid, exempt: by its sums;  due <> cancelled
 */
#include "ipus/charges.h"
#include "ipus/orders.h"
#include "ipus/steps.h"

static const ipus_step_t waiting[] = {
    {.name = "make", .to = WAITING_IS_QUEUED, .decides = true, .effect = ipus_waiting_make},
    {.name = "offer",
     .from = IPUS_STATES(WAITING_IS_QUEUED),
     .to = WAITING_IS_OFFERED,
     .may = ipus_waiting_may_offer,
     .effect = ipus_waiting_offer},
    /* Taken up by a grant that names it. */
    {.name = "accept",
     .from = IPUS_STATES(WAITING_IS_OFFERED),
     .to = WAITING_IS_ACCEPTED,
     .by_host = true,
     .effect = ipus_waiting_accept},
    {.name = "decline",
     .from = IPUS_STATES(WAITING_IS_OFFERED),
     .to = WAITING_IS_DECLINED,
     TAKES(MAY(WAITING_REASON)),
     .effect = ipus_waiting_leave},
    {.name = "expire",
     .from = IPUS_STATES(WAITING_IS_OFFERED),
     .to = WAITING_IS_EXPIRED,
     .by_host = true,
     .effect = ipus_waiting_leave},
    {.name = "withdraw",
     .from = IPUS_STATES(WAITING_IS_QUEUED) | IPUS_STATES(WAITING_IS_OFFERED),
     .to = WAITING_IS_WITHDRAWN,
     TAKES(MAY(WAITING_REASON)),
     .effect = ipus_waiting_leave},
};

static const ipus_step_t group[] = {
    {.name = "make", .to = GROUP_IS_PLANNED, .effect = ipus_group_make},
    {.name = "change",
     .from = IPUS_STATES(GROUP_IS_PLANNED) | IPUS_STATES(GROUP_IS_RUNNING),
     .to = -1},
    {.name = "start",
     .from = IPUS_STATES(GROUP_IS_PLANNED),
     .to = GROUP_IS_RUNNING,
     .may = ipus_group_may_start},
    {.name = "finish", .from = IPUS_STATES(GROUP_IS_RUNNING), .to = GROUP_IS_FINISHED},
    {.name = "cancel",
     .from = IPUS_STATES(GROUP_IS_PLANNED) | IPUS_STATES(GROUP_IS_RUNNING),
     .to = GROUP_IS_CANCELLED,
     .may = ipus_group_may_cancel},
};

static const ipus_step_t item[] = {
    {.name = "make", .to = ITEM_IS_AVAILABLE, .effect = ipus_item_make},
    {.name = "change",
     .from = IPUS_STATES(ITEM_IS_AVAILABLE) | IPUS_STATES(ITEM_IS_IN_REPAIR),
     .to = -1},
    {.name = "repair", .from = IPUS_STATES(ITEM_IS_AVAILABLE), .to = ITEM_IS_IN_REPAIR},
    {.name = "restore", .from = IPUS_STATES(ITEM_IS_IN_REPAIR), .to = ITEM_IS_AVAILABLE},
    {.name = "remove",
     .from = IPUS_STATES(ITEM_IS_AVAILABLE) | IPUS_STATES(ITEM_IS_IN_REPAIR),
     .to = ITEM_IS_GONE},
};

static const ipus_step_t order[] = {
    {.name = "make",
     .to = ORDER_IS_ISSUED,
     .decides = true,
     .effect = ipus_order_make,
     .then = ipus_lending_lend},
    {.name = "accept",
     .from = IPUS_STATES(ORDER_IS_ISSUED),
     .to = ORDER_IS_ACCEPTED,
     TAKES(MAY(ORDER_PLANNED_ON)),
     .effect = ipus_order_accept},
    {.name = "refuse",
     .from = IPUS_STATES(ORDER_IS_ISSUED),
     .to = ORDER_IS_REFUSED,
     TAKES(NEEDS(ORDER_REASON)),
     .effect = ipus_order_refuse},
    {.name = "extend",
     .from = IPUS_STATES(ORDER_IS_ACCEPTED) | IPUS_STATES(ORDER_IS_DONE),
     .to = -1,
     .may = ipus_order_may_extend,
     .effect = ipus_order_extend},
    {.name = "return",
     .from = IPUS_STATES(ORDER_IS_ACCEPTED) | IPUS_STATES(ORDER_IS_DONE) |
             IPUS_STATES(ORDER_IS_CONFIRMED) | IPUS_STATES(ORDER_IS_SETTLED),
     .to = -1,
     .may = ipus_order_may_return,
     .effect = ipus_order_return},
    {.name = "finish",
     .from = IPUS_STATES(ORDER_IS_ACCEPTED),
     .to = ORDER_IS_DONE,
     TAKES(MAY(ORDER_DONE_ON), MAY(ORDER_DELIVERED)),
     .effect = ipus_order_finish},
    {.name = "confirm",
     .from = IPUS_STATES(ORDER_IS_DONE),
     .to = ORDER_IS_CONFIRMED,
     TAKES(MAY(ORDER_CONFIRMED_ON)),
     .may = ipus_order_may_confirm,
     .effect = ipus_order_confirm},
    {.name = "fail",
     .from = IPUS_STATES(ORDER_IS_ISSUED) | IPUS_STATES(ORDER_IS_ACCEPTED) |
             IPUS_STATES(ORDER_IS_DONE) | IPUS_STATES(ORDER_IS_CONFIRMED),
     .to = ORDER_IS_NOT_DONE,
     TAKES(NEEDS(ORDER_REASON), MAY(ORDER_NO_SHOW)),
     .effect = ipus_order_undo},
    {.name = "correct",
     .from = IPUS_STATES(ORDER_IS_DONE) | IPUS_STATES(ORDER_IS_CONFIRMED),
     .to = -1,
     TAKES(NEEDS(ORDER_DELIVERED), NEEDS(ORDER_REASON)),
     .effect = ipus_order_correct},
    {.name = "cancel",
     .from = IPUS_STATES(ORDER_IS_ISSUED) | IPUS_STATES(ORDER_IS_ACCEPTED),
     .to = ORDER_IS_CANCELLED,
     TAKES(NEEDS(ORDER_REASON)),
     .effect = ipus_order_cancel},
    /* By what became of its deliveries. */
    {.name = "recount",
     .from = IPUS_STATES(ORDER_IS_DONE),
     .to = -1,
     .by_host = true,
     TAKES(NEEDS(ORDER_DELIVERED)),
     .effect = ipus_order_correct},
    {.name = "settle",
     .from = IPUS_STATES(ORDER_IS_CONFIRMED) | IPUS_STATES(ORDER_IS_NOT_DONE),
     .to = ORDER_IS_SETTLED,
     .decides = true,
     .effect = ipus_order_settle},
    {.name = "forgo",
     .from = IPUS_STATES(ORDER_IS_CONFIRMED),
     .to = ORDER_IS_SETTLED,
     TAKES(NEEDS(ORDER_REASON)),
     .effect = ipus_order_forgo},
    {.name = "amend",
     .from = IPUS_STATES(ORDER_IS_SETTLED),
     .to = -1,
     .decides = true,
     TAKES(NEEDS(ORDER_DELIVERED), NEEDS(ORDER_REASON)),
     .may = ipus_order_may_amend,
     .effect = ipus_order_amend},
    {.name = "annul",
     .from = IPUS_STATES(ORDER_IS_SETTLED),
     .to = ORDER_IS_NOT_DONE,
     TAKES(NEEDS(ORDER_REASON)),
     .may = ipus_order_may_amend,
     .effect = ipus_order_annul},
};

static const ipus_step_t delivery[] = {
    {.name = "make", .to = DELIVERY_IS_REPORTED, .effect = ipus_delivery_make},
    {.name = "confirm",
     .from = IPUS_STATES(DELIVERY_IS_REPORTED) | IPUS_STATES(DELIVERY_IS_DISPUTED),
     .to = DELIVERY_IS_CONFIRMED,
     .may = ipus_delivery_may_move,
     .effect = ipus_delivery_confirm},
    {.name = "dispute",
     .from = IPUS_STATES(DELIVERY_IS_REPORTED),
     .to = DELIVERY_IS_DISPUTED,
     TAKES(MAY(DELIVERY_REASON)),
     .may = ipus_delivery_may_move},
    /* With the units that both agree upon. */
    {.name = "answer",
     .from = IPUS_STATES(DELIVERY_IS_DISPUTED),
     .to = DELIVERY_IS_CONFIRMED,
     TAKES(NEEDS(DELIVERY_UNITS), NEEDS(DELIVERY_REASON)),
     .may = ipus_delivery_may_move,
     .effect = ipus_delivery_confirm},
    {.name = "cancel",
     .from = IPUS_STATES(DELIVERY_IS_REPORTED) | IPUS_STATES(DELIVERY_IS_CONFIRMED) |
             IPUS_STATES(DELIVERY_IS_DISPUTED),
     .to = DELIVERY_IS_CANCELLED,
     TAKES(NEEDS(DELIVERY_REASON)),
     .may = ipus_delivery_may_cancel,
     .effect = ipus_delivery_cancel},
};

/* Made by settling alone. */
static const ipus_step_t charge[] = {
    {.name = "cancel",
     .from = IPUS_STATES(CHARGE_IS_DUE),
     .to = CHARGE_IS_CANCELLED,
     .may = ipus_charge_may_cancel},
    {.name = "restore",
     .from = IPUS_STATES(CHARGE_IS_CANCELLED),
     .to = CHARGE_IS_DUE,
     .effect = ipus_charge_restore},
};
static const ipus_step_t payment[] = {
    {.name = "make", .to = -1, .effect = ipus_payment_make},
    {.name = "undo",
     .to = -1,
     TAKES(NEEDS(PAYMENT_UNDONE_WHY)),
     .may = ipus_payment_may_undo,
     .effect = ipus_payment_undo},
};
static const ipus_step_t refund[] = {
    {.name = "make", .to = -1, .effect = ipus_refund_make},
    {.name = "undo",
     .to = -1,
     TAKES(NEEDS(REFUND_UNDONE_WHY)),
     .may = ipus_refund_may_undo,
     .effect = ipus_refund_undo},
};
static const ipus_step_t waiver[] = {
    {.name = "make", .to = -1, .effect = ipus_waiver_make},
    {.name = "undo",
     .to = -1,
     TAKES(NEEDS(WAIVER_UNDONE_WHY)),
     .may = ipus_waiver_may_undo,
     .effect = ipus_waiver_undo},
};
static const ipus_step_t correction[] = {
    {.name = "make", .to = -1, .effect = ipus_correction_make}};

steps_t ipus_steps_of_orders(ipus_kind_t kind)
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
    case IPUS_REFUND:
        return STEPS(refund);
    case IPUS_WAIVER:
        return STEPS(waiver);
    case IPUS_CORRECTION:
        return STEPS(correction);
    default:
        return (steps_t){NULL, 0};
    }
}
