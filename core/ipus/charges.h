/* What is owed and what was paid of a charge. Inside the ipus room only.
 *
 * Owed is the fee with its corrections; due is what is left of that after what was waived and what
 * was paid and not paid back. */
#ifndef OKIENKO_IPUS_CHARGES_H
#define OKIENKO_IPUS_CHARGES_H

#include "ipus/work.h"

int64_t ipus_charge_owed(const ipus_row_t *charge);
int64_t ipus_charge_due(const ipus_row_t *charge);      /* never below nothing */
int64_t ipus_charge_overpaid(const ipus_row_t *charge); /* to be paid back */

/* Sets the state by these, but of one that is cancelled. */
void ipus_charge_weigh(ipus_row_t *charge);

/* Other units than were charged: the fee of the verdict, by a line of correction. */
bool ipus_charge_recount(ipus_work_t *work, ipus_row_t *charge, const ipus_verdict_t *verdict);

span_t ipus_charge_money(ipus_work_t *work, int64_t grosze);

bool ipus_charge_may_cancel(ipus_work_t *work);
bool ipus_charge_restore(ipus_work_t *work);
bool ipus_payment_make(ipus_work_t *work);
bool ipus_payment_may_undo(ipus_work_t *work);
bool ipus_payment_undo(ipus_work_t *work);
bool ipus_correction_make(ipus_work_t *work);
bool ipus_refund_make(ipus_work_t *work);
bool ipus_refund_may_undo(ipus_work_t *work);
bool ipus_refund_undo(ipus_work_t *work);
bool ipus_waiver_make(ipus_work_t *work);
bool ipus_waiver_may_undo(ipus_work_t *work);
bool ipus_waiver_undo(ipus_work_t *work);

#endif
