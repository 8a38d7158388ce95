/* The effects of the queue, of orders and of what comes of them, and what they share. Inside the
 * ipus room only. */
#ifndef OKIENKO_IPUS_ORDERS_H
#define OKIENKO_IPUS_ORDERS_H

#include "ipus/pools.h"
#include "ipus/states.h"

/* ---- shared ---------------------------------------------------------------------------------- */

/* A term's number in force today, or `otherwise` where the programme sets none. */
int64_t orders_term(const ipus_work_t *work, registry_term_name_t name, int64_t otherwise);

/* Whether the verdict was made of what stands in the record now. */
bool orders_verdict(ipus_work_t *work, int64_t person);

/* Gives units, seat and item of the order at work back: it counts no more. */
bool orders_give_back(ipus_work_t *work);

/* The entry of the queue at work when it leaves the state it is still read in, else 0. */
int64_t orders_leaving(const ipus_work_t *work);

/* ---- the queue ------------------------------------------------------------------------------- */

/* The same as queue_offer(), telling whether there was anything to offer. */
bool queue_offer_any(ipus_work_t *work, span_t service, bool *offered);

bool waiting_make(ipus_work_t *work);
bool waiting_made(ipus_work_t *work); /* once it is written */
bool waiting_offer(ipus_work_t *work);
bool waiting_accept(ipus_work_t *work);
bool waiting_leave(ipus_work_t *work); /* declined, expired, withdrawn */

/* ---- seats and things ------------------------------------------------------------------------ */

bool group_make(ipus_work_t *work);
bool group_start(ipus_work_t *work);
bool group_cancel(ipus_work_t *work);
bool item_make(ipus_work_t *work);

/* For the order at work: takes the seat and the item it needs, and gives them back. */
bool lending_take(ipus_work_t *work);
bool lending_lend(ipus_work_t *work); /* the item, once the order is written */
bool lending_give_back(ipus_work_t *work, bool seat);
/* For the order at work, whose day has moved: whether its group meets then, and when what it lends
 * is due back. */
bool lending_move(ipus_work_t *work);

/* How many seats and items of a service nobody has or was offered; -1 where it has neither. */
bool lending_free(ipus_work_t *work, span_t service, int64_t *count);

bool order_extend(ipus_work_t *work);
bool order_return(ipus_work_t *work);

/* ---- orders ---------------------------------------------------------------------------------- */

bool order_make(ipus_work_t *work);
bool order_accept(ipus_work_t *work);
bool order_refuse(ipus_work_t *work);
bool order_fail(ipus_work_t *work);
bool order_cancel(ipus_work_t *work);
bool order_finish(ipus_work_t *work);
bool order_confirm(ipus_work_t *work);
bool delivery_make(ipus_work_t *work);

/* ---- money ----------------------------------------------------------------------------------- */

bool order_settle(ipus_work_t *work);
bool charge_cancel(ipus_work_t *work);
bool payment_make(ipus_work_t *work);
bool correction_make(ipus_work_t *work);

#endif
