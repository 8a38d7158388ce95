/* The individual plan: drawn up, agreed, signed, approved, carried out, amended by a next edition,
 * and ended. */
#include "ipus/effects.h"
#include "ipus/pools.h"
#include "ipus/states.h"

#define NOT_BEGUN                                                                                  \
    (IPUS_STATES(PLAN_IS_DRAFT) | IPUS_STATES(PLAN_IS_AGREED) | IPUS_STATES(PLAN_IS_SIGNED) |      \
     IPUS_STATES(PLAN_IS_APPROVED))
#define LIVING (NOT_BEGUN | IPUS_STATES(PLAN_IS_ACTIVE) | IPUS_STATES(PLAN_IS_SUSPENDED))
#define EVERY_STATE UINT32_MAX

static bool refuse_date(ipus_work_t *work, ipus_refusal_code_t code, int field, date_t date)
{
    return ipus_work_refuse(work, code, field, ipus_work_date(work, date), SPAN_NONE, SPAN_NONE);
}

static bool each_service(ipus_work_t *work, int64_t plan, int64_t state,
                         bool (*with)(ipus_work_t *work, const ipus_row_t *granted))
{
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PLAN, plan);
    ipus_query_equal(&query, GRANTED_STATE, state);
    return ipus_work_each(work, &query, with);
}

/* ---- drawing up ------------------------------------------------------------------------------ */

static bool fits_the_terms(ipus_work_t *work, date_t applied)
{
    const ipus_row_t *row = &work->row;
    date_t begins = ipus_date(row, PLAN_BEGINS);
    int64_t months = 0;
    if (date_before(begins, applied)) {
        return refuse_date(work, IPUS_PLAN_TOO_EARLY, PLAN_BEGINS, applied);
    }
    if (!ipus_work_in_programme(work, PLAN_ENDS)) {
        return false;
    }
    if (ipus_work_term(work, TERM_PLAN_MONTHS_AT_MOST, begins, &months)) {
        date_t last = date_add(date_add_months(begins, (int)months), -1);
        if (date_before(last, ipus_date(row, PLAN_ENDS))) {
            return ipus_work_refuse(work, IPUS_PLAN_TOO_LONG, PLAN_ENDS,
                                    ipus_work_number(work, months), ipus_work_date(work, last),
                                    SPAN_NONE);
        }
    }
    if (!ipus_has(row, PLAN_CONTACT_MONTHS) ||
        !ipus_work_term(work, TERM_CONTACT_EVERY_MONTHS, begins, &months)) {
        return true;
    }
    int64_t every = ipus_number(row, PLAN_CONTACT_MONTHS);
    return (every >= 1 && every <= months) ||
           ipus_work_refuse(work, IPUS_CONTACT_TOO_RARE, PLAN_CONTACT_MONTHS,
                            ipus_work_number(work, months), SPAN_NONE, SPAN_NONE);
}

static bool rests_on_diagnosis(ipus_work_t *work)
{
    ipus_row_t diagnosis;
    if (!ipus_work_get(work, PLAN_DIAGNOSIS, &diagnosis)) {
        return false;
    }
    if (ipus_number(&diagnosis, DIAGNOSIS_APPLICATION) !=
        ipus_number(&work->row, PLAN_APPLICATION)) {
        return ipus_work_refuse(work, IPUS_NOT_THEIR_APPLICATION, PLAN_DIAGNOSIS, SPAN("diagnosis"),
                                SPAN_NONE, SPAN_NONE);
    }
    return ipus_number(&diagnosis, DIAGNOSIS_STATE) == DIAGNOSIS_IS_SIGNED ||
           ipus_work_refuse(work, IPUS_DIAGNOSIS_NOT_SIGNED, PLAN_DIAGNOSIS, SPAN_NONE, SPAN_NONE,
                            SPAN_NONE);
}

static bool coordinated(ipus_work_t *work, const ipus_row_t *application)
{
    ipus_row_t *row = &work->row;
    if (!ipus_has(row, PLAN_COORDINATOR)) {
        row->at[PLAN_COORDINATOR] = application->at[APPLICATION_COORDINATOR];
    }
    if (!ipus_has(row, PLAN_COORDINATOR) && work->command->actor.account != 0) {
        ipus_set(row, PLAN_COORDINATOR, work->command->actor.account);
    }
    if (!ipus_has(row, PLAN_COORDINATOR)) {
        return ipus_work_refuse(work, IPUS_COORDINATOR_MISSING, PLAN_COORDINATOR, SPAN_NONE,
                                SPAN_NONE, SPAN_NONE);
    }
    return ipus_account_is_on(work, PLAN_COORDINATOR) &&
           ipus_assignment_ensure(work, ipus_number(row, PLAN_PERSON),
                                  ipus_number(row, PLAN_COORDINATOR));
}

/* A case has one plan at a time; what comes after it is its next edition. */
static bool is_alone(ipus_work_t *work)
{
    ipus_row_t other;
    if (!ipus_work_first(work, IPUS_PLAN, PLAN_APPLICATION,
                         ipus_number(&work->row, PLAN_APPLICATION), LIVING, &other)) {
        return false;
    }
    return other.id == 0 || ipus_work_refuse(work, IPUS_PLAN_EXISTS, PLAN_APPLICATION,
                                             ipus_text(&other, PLAN_NUMBER),
                                             ipus_work_number(work, other.id), SPAN_NONE);
}

bool ipus_plan_make(ipus_work_t *work)
{
    ipus_row_t *row = &work->row;
    ipus_row_t application;
    if (!ipus_work_get(work, PLAN_APPLICATION, &application) ||
        !ipus_application_in(work, &application, IPUS_STATES(APPLICATION_IS_QUALIFIED)) ||
        !is_alone(work) || !rests_on_diagnosis(work) ||
        !fits_the_terms(work, ipus_date(&application, APPLICATION_RECEIVED_ON))) {
        return false;
    }
    row->at[PLAN_PERSON] = application.at[APPLICATION_PERSON];
    ipus_set(row, PLAN_EDITION, 1);
    ipus_set_date(row, PLAN_DRAWN_ON, work->command->today);
    return coordinated(work, &application) &&
           ipus_work_numbered(work, row, PLAN_NUMBER, "plan", "IPUS");
}

bool ipus_plan_change(ipus_work_t *work)
{
    ipus_row_t application;
    return ipus_work_get(work, PLAN_APPLICATION, &application) &&
           fits_the_terms(work, ipus_date(&application, APPLICATION_RECEIVED_ON)) &&
           coordinated(work, &application);
}

/* ---- agreeing -------------------------------------------------------------------------------- */

static bool lies_within(ipus_work_t *work, const ipus_row_t *granted)
{
    date_t from = ipus_date(&work->row, PLAN_BEGINS), to = ipus_date(&work->row, PLAN_ENDS);
    return (date_within(ipus_date(granted, GRANTED_BEGINS), from, to) &&
            date_within(ipus_date(granted, GRANTED_ENDS), from, to)) ||
           ipus_work_refuse(work, IPUS_ROW_OUTSIDE_PLAN, -1, ipus_work_date(work, from),
                            ipus_work_date(work, to), SPAN_NONE);
}

bool ipus_plan_may_agree(ipus_work_t *work)
{
    ipus_row_t first;
    if (!ipus_work_first(work, IPUS_GRANTED, GRANTED_PLAN, work->row.id,
                         IPUS_STATES(GRANTED_IS_PLANNED), &first)) {
        return false;
    }
    if (first.id == 0) {
        return ipus_work_refuse(work, IPUS_PLAN_EMPTY, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    return each_service(work, work->row.id, GRANTED_IS_PLANNED, lies_within) &&
           each_service(work, work->row.id, GRANTED_IS_PLANNED, ipus_granted_may_begin);
}

bool ipus_plan_agree(ipus_work_t *work)
{
    ipus_work_day(work, PLAN_AGREED_ON);
    return true;
}

bool ipus_plan_reopen(ipus_work_t *work)
{
    ipus_clear(&work->row, PLAN_AGREED_ON);
    ipus_clear(&work->row, PLAN_SIGNED_ON);
    ipus_clear(&work->row, PLAN_APPROVED_ON);
    ipus_clear(&work->row, PLAN_APPROVED_BY);
    return ipus_number(&work->before, PLAN_STATE) != PLAN_IS_APPROVED ||
           ipus_application_unplanned(work, &work->row, false);
}

bool ipus_plan_sign(ipus_work_t *work)
{
    ipus_work_day(work, PLAN_SIGNED_ON);
    date_t agreed = ipus_date(&work->row, PLAN_AGREED_ON);
    return !date_before(ipus_date(&work->row, PLAN_SIGNED_ON), agreed) ||
           refuse_date(work, IPUS_SIGNED_TOO_EARLY, PLAN_SIGNED_ON, agreed);
}

bool ipus_plan_may_approve(ipus_work_t *work)
{
    int64_t account = work->command->actor.account;
    return account == 0 || account != ipus_number(&work->row, PLAN_COORDINATOR) ||
           ipus_work_refuse(work, IPUS_OWN_PLAN, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

bool ipus_plan_approve(ipus_work_t *work)
{
    ipus_row_t *row = &work->row;
    int64_t account = work->command->actor.account;
    ipus_set_date(row, PLAN_APPROVED_ON, work->command->today);
    if (account != 0) {
        ipus_set(row, PLAN_APPROVED_BY, account);
    }
    return ipus_application_planned(work, ipus_number(row, PLAN_APPLICATION));
}

/* ---- carrying out ---------------------------------------------------------------------------- */

static bool end_service(ipus_work_t *work, const ipus_row_t *granted)
{
    return ipus_work_step(work, IPUS_GRANTED, granted->id, "end", NULL);
}

static bool undo_service(ipus_work_t *work, const ipus_row_t *granted)
{
    return ipus_work_step(work, IPUS_GRANTED, granted->id, "withdraw", NULL);
}

bool ipus_plan_may_activate(ipus_work_t *work)
{
    date_t ends = ipus_date(&work->row, PLAN_ENDS);
    return date_before(ends, work->command->today)
               ? refuse_date(work, IPUS_ALREADY_ENDED, -1, ends)
               : each_service(work, work->row.id, GRANTED_IS_PLANNED, ipus_granted_may_begin);
}

bool ipus_plan_activate(ipus_work_t *work)
{
    date_t today = work->command->today;
    if (!each_service(work, work->row.id, GRANTED_IS_PLANNED, ipus_granted_begin) ||
        !ipus_plan_replaces(work)) {
        return false;
    }
    if (!ipus_has(&work->row, PLAN_CONTACT_DUE)) {
        ipus_plan_contact_after(work, &work->row, today);
    }
    if (!ipus_has(&work->row, PLAN_SUMMARY_DUE)) {
        ipus_plan_summary_after(work, &work->row, today);
    }
    return true;
}

/* ---- ending ---------------------------------------------------------------------------------- */

typedef struct {
    ipus_work_t *work;
    uint32_t states;
    ipus_row_t *order;
    bool fine;
} ordered_t;

static bool look_for_order(void *of, const ipus_row_t *granted)
{
    ordered_t *ordered = of;
    ordered->fine = ipus_work_first(ordered->work, IPUS_ORDER, ORDER_GRANTED, granted->id,
                                    ordered->states, ordered->order);
    return ordered->fine && ordered->order->id == 0;
}

bool ipus_plan_order_in(ipus_work_t *work, const ipus_row_t *plan, uint32_t states,
                        ipus_row_t *order)
{
    ipus_row_t edition = *plan;
    ordered_t ordered = {work, states, order, true};
    order->id = 0;
    for (;;) {
        ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
        ipus_query_equal(&query, GRANTED_PLAN, edition.id);
        if (!ipus_work_find(work, &query, look_for_order, &ordered) || !ordered.fine) {
            return false;
        }
        if (order->id != 0 || !ipus_has(&edition, PLAN_AMENDS)) {
            return true;
        }
        if (!ipus_work_load(work, IPUS_PLAN, ipus_number(&edition, PLAN_AMENDS), &edition)) {
            return false;
        }
    }
}

static bool no_order_in(ipus_work_t *work, uint32_t states)
{
    ipus_row_t order;
    return ipus_plan_order_in(work, &work->row, states, &order) &&
           (order.id == 0 || ipus_work_refuse_for(work, IPUS_STILL_OPEN, &order));
}

bool ipus_plan_may_finish(ipus_work_t *work)
{
    ipus_row_t closing;
    if (!ipus_plan_has_no_draft(work) ||
        !ipus_work_first(work, IPUS_CLOSING, CLOSING_PLAN, work->row.id, EVERY_STATE, &closing)) {
        return false;
    }
    if (closing.id == 0) {
        return ipus_work_refuse(work, IPUS_CLOSING_MISSING, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    return no_order_in(work, PLAN_ORDERS_OPEN);
}

bool ipus_plan_finish(ipus_work_t *work)
{
    ipus_plan_ends_today(work, &work->row);
    return each_service(work, work->row.id, GRANTED_IS_RUNNING, end_service);
}

static bool cancel_issued(ipus_work_t *work)
{
    ipus_row_t order, given = {.kind = IPUS_ORDER};
    given.at[ORDER_REASON] = work->row.at[PLAN_REASON];
    do {
        if (!ipus_plan_order_in(work, &work->row, IPUS_STATES(ORDER_IS_ISSUED), &order) ||
            (order.id != 0 && !ipus_work_step(work, IPUS_ORDER, order.id, "cancel", &given))) {
            return false;
        }
    } while (order.id != 0);
    return true;
}

static bool has_begun(const ipus_work_t *work)
{
    return (NOT_BEGUN >> ipus_number(&work->before, PLAN_STATE) & 1u) == 0;
}

/* What a provider has promised is not taken from somebody behind their back. An edition that never
 * began leaves alone what was ordered under the one it was to replace. */
bool ipus_plan_may_terminate(ipus_work_t *work)
{
    return ipus_plan_has_no_draft(work) &&
           (!has_begun(work) || no_order_in(work, IPUS_STATES(ORDER_IS_ACCEPTED)));
}

bool ipus_plan_terminate(ipus_work_t *work)
{
    ipus_plan_ends_today(work, &work->row);
    return (!has_begun(work) || cancel_issued(work)) &&
           ipus_application_unplanned(work, &work->row, has_begun(work)) &&
           each_service(work, work->row.id, GRANTED_IS_RUNNING, end_service) &&
           each_service(work, work->row.id, GRANTED_IS_PLANNED, undo_service);
}
