/* The effects of the queue, of orders and of what comes of them, and what they share. Inside the
 * ipus room only. */
#ifndef OKIENKO_IPUS_ORDERS_H
#define OKIENKO_IPUS_ORDERS_H

#include "ipus/pools.h"
#include "ipus/states.h"

/* ---- the queue ------------------------------------------------------------------------------- */

bool ipus_waiting_make(ipus_work_t *work);
bool ipus_waiting_may_offer(ipus_work_t *work);
bool ipus_waiting_offer(ipus_work_t *work);
bool ipus_waiting_accept(ipus_work_t *work);
bool ipus_waiting_leave(ipus_work_t *work); /* declined, expired, withdrawn */

/* ---- seats and things ------------------------------------------------------------------------ */

bool ipus_group_make(ipus_work_t *work);
bool ipus_group_may_start(ipus_work_t *work);
bool ipus_group_may_cancel(ipus_work_t *work);
bool ipus_item_make(ipus_work_t *work);

/* For the order at work: takes the seat and the item it needs, and gives them back. */
bool ipus_lending_take(ipus_work_t *work);
bool ipus_lending_lend(ipus_work_t *work); /* the item, once the order is written */
bool ipus_lending_give_back(ipus_work_t *work, bool seat);
/* For the order at work, whose day has moved: whether its group meets then, and when what it lends
 * is due back. */
bool ipus_lending_move(ipus_work_t *work);

/* How many seats and items of a service nobody has or was offered; -1 where it has neither. */
bool ipus_lending_free(ipus_work_t *work, span_t service, int64_t *count);

bool ipus_order_may_extend(ipus_work_t *work);
bool ipus_order_extend(ipus_work_t *work);
bool ipus_order_may_return(ipus_work_t *work);
bool ipus_order_return(ipus_work_t *work);

/* ---- orders ---------------------------------------------------------------------------------- */

/* The order at work uses otherwise than `before`: its grant counts that, and one that has ended
 * gives back what is not used. */
bool ipus_order_recount(ipus_work_t *work, int64_t before);

bool ipus_order_make(ipus_work_t *work);
bool ipus_order_accept(ipus_work_t *work);
bool ipus_order_refuse(ipus_work_t *work);
bool ipus_order_fail(ipus_work_t *work);
bool ipus_order_cancel(ipus_work_t *work);
bool ipus_order_finish(ipus_work_t *work);
bool ipus_order_may_confirm(ipus_work_t *work);
bool ipus_order_confirm(ipus_work_t *work);
bool ipus_delivery_make(ipus_work_t *work);

/* ---- put right ------------------------------------------------------------------------------- */

bool ipus_order_correct(ipus_work_t *work);
bool ipus_order_undo(ipus_work_t *work); /* failed after all */
bool ipus_order_forgo(ipus_work_t *work);
bool ipus_order_may_amend(ipus_work_t *work);
bool ipus_order_amend(ipus_work_t *work);
bool ipus_order_annul(ipus_work_t *work);
bool ipus_delivery_may_move(ipus_work_t *work);
bool ipus_delivery_confirm(ipus_work_t *work);
bool ipus_delivery_may_cancel(ipus_work_t *work);
bool ipus_delivery_cancel(ipus_work_t *work);

/* ---- money ----------------------------------------------------------------------------------- */

bool ipus_order_settle(ipus_work_t *work);

#endif
