/* Services granted: planned by a plan or alone, granted, ended; and their qualification cards. */
#include "ipus/doors.h"
#include "ipus/effects.h"
#include "ipus/follow.h"
#include "ipus/pools.h"
#include "ipus/states.h"

static bool refuse(ipus_work_t *work, ipus_refusal_code_t code, int field)
{
    return ipus_work_refuse(work, code, field, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

/* ---- planning -------------------------------------------------------------------------------- */

static bool decided(ipus_work_t *work, const ipus_row_t *decision)
{
    ipus_row_t application;
    bool stands = false;
    if (!ipus_decision_stands(work, decision, &stands) ||
        !ipus_work_load(work, IPUS_APPLICATION, ipus_number(decision, DECISION_APPLICATION),
                        &application) ||
        !ipus_application_lasts(work, &application)) {
        return false;
    }
    return (stands && ipus_number(decision, DECISION_OUTCOME) == 1) ||
           refuse(work, IPUS_DECISION_MISSING, GRANTED_DECISION);
}

/* Without a plan: only where the programme has cards of their own, and not for long. */
static bool short_enough(ipus_work_t *work)
{
    date_t begins = ipus_date(&work->row, GRANTED_BEGINS);
    int64_t allowed = 1, months = 0;
    (void)ipus_work_term(work, TERM_CARD_WITHOUT_PLAN, begins, &allowed);
    if (allowed == 0) {
        return refuse(work, IPUS_PLAN_ALWAYS_NEEDED, GRANTED_PLAN);
    }
    if (!ipus_work_term(work, TERM_PLAN_NEEDED_FROM_MONTHS, begins, &months)) {
        return true;
    }
    date_t last = date_add(date_add_months(begins, (int)months), -2);
    return !date_before(last, ipus_date(&work->row, GRANTED_ENDS)) ||
           ipus_work_refuse(work, IPUS_PLAN_NEEDED, GRANTED_ENDS, ipus_work_number(work, months),
                            SPAN_NONE, SPAN_NONE);
}

static bool in_draft(ipus_work_t *work)
{
    const ipus_row_t *row = &work->row;
    ipus_row_t plan;
    if (!ipus_has(row, GRANTED_PLAN)) {
        return short_enough(work);
    }
    if (!ipus_work_get(work, GRANTED_PLAN, &plan)) {
        return false;
    }
    if (ipus_number(&plan, PLAN_PERSON) != ipus_number(row, GRANTED_PERSON)) {
        return ipus_work_refuse(work, IPUS_NOT_THEIR_APPLICATION, GRANTED_PLAN, SPAN("plan"),
                                SPAN_NONE, SPAN_NONE);
    }
    if (ipus_number(&plan, PLAN_STATE) != PLAN_IS_DRAFT) {
        return refuse(work, IPUS_PLAN_NOT_DRAFT, GRANTED_PLAN);
    }
    date_t from = ipus_date(&plan, PLAN_BEGINS), to = ipus_date(&plan, PLAN_ENDS);
    return (date_within(ipus_date(row, GRANTED_BEGINS), from, to) &&
            date_within(ipus_date(row, GRANTED_ENDS), from, to)) ||
           ipus_work_refuse(work, IPUS_ROW_OUTSIDE_PLAN, GRANTED_BEGINS, ipus_work_date(work, from),
                            ipus_work_date(work, to), SPAN_NONE);
}

static bool is_open_offer(ipus_work_t *work, const ipus_row_t *granted, int field)
{
    ipus_row_t waiting;
    return ipus_work_load(work, IPUS_WAITING, ipus_number(granted, GRANTED_WAITING), &waiting) &&
           ((ipus_number(&waiting, WAITING_STATE) == WAITING_IS_OFFERED &&
             ipus_number(&waiting, WAITING_PERSON) == ipus_number(granted, GRANTED_PERSON) &&
             span_equal(ipus_text(&waiting, WAITING_SERVICE),
                        ipus_text(granted, GRANTED_SERVICE))) ||
            refuse(work, IPUS_OFFER_NOT_OPEN, field));
}

static bool takes_up_an_offer(ipus_work_t *work)
{
    return !ipus_has(&work->row, GRANTED_WAITING) ||
           is_open_offer(work, &work->row, GRANTED_WAITING);
}

static bool provider_is_active(ipus_work_t *work)
{
    ipus_row_t provider;
    if (!ipus_has(&work->row, GRANTED_PROVIDER)) {
        return true;
    }
    return ipus_work_get(work, GRANTED_PROVIDER, &provider) &&
           (ipus_number(&provider, PROVIDER_STATE) == PROVIDER_IS_ACTIVE ||
            refuse(work, IPUS_PROVIDER_RESTS, GRANTED_PROVIDER));
}

static bool is_counted(ipus_work_t *work)
{
    const ipus_row_t *row = &work->row;
    return ipus_work_in_programme(work, GRANTED_ENDS) &&
           ipus_doors_units(work, IPUS_DOOR_ROW, GRANTED_QUANTITY, ipus_text(row, GRANTED_SERVICE),
                            ipus_date(row, GRANTED_BEGINS), ipus_number(row, GRANTED_QUANTITY));
}

/* Whoever agrees to a plan agrees to the rows that they read: a row moves its plan's version. What
 * follows from a step of the plan itself is part of that. */
static bool move_plan(ipus_work_t *work)
{
    ipus_row_t plan;
    return !ipus_has(&work->row, GRANTED_PLAN) || work->command->actor.host ||
           (ipus_work_get(work, GRANTED_PLAN, &plan) && ipus_work_set(work, &plan, "row"));
}

bool ipus_granted_make(ipus_work_t *work)
{
    ipus_row_t *row = &work->row;
    ipus_row_t decision;
    if (!ipus_work_get(work, GRANTED_DECISION, &decision) || !decided(work, &decision)) {
        return false;
    }
    row->at[GRANTED_PERSON] = decision.at[DECISION_PERSON];
    row->at[GRANTED_SERVICE] = decision.at[DECISION_SERVICE];
    row->at[GRANTED_PRICE] = decision.at[DECISION_PRICE];
    return in_draft(work) && is_counted(work) && takes_up_an_offer(work) &&
           provider_is_active(work) && ipus_granted_follow(work) && move_plan(work);
}

static bool is_of_draft(ipus_work_t *work)
{
    ipus_row_t plan;
    return !ipus_has(&work->row, GRANTED_PLAN) || work->command->actor.host ||
           (ipus_work_get(work, GRANTED_PLAN, &plan) &&
            (ipus_number(&plan, PLAN_STATE) == PLAN_IS_DRAFT ||
             refuse(work, IPUS_PLAN_NOT_DRAFT, GRANTED_PLAN)));
}

/* A row of a plan is changed and withdrawn while the plan is a draft. */
bool ipus_granted_may_change(ipus_work_t *work)
{
    return is_of_draft(work);
}

bool ipus_granted_change(ipus_work_t *work)
{
    bool said = work->command->given.at[GRANTED_QUANTITY].is == IPUS_KNOWN;
    return in_draft(work) && is_counted(work) && provider_is_active(work) &&
           (!said || ipus_granted_follow(work)) && move_plan(work);
}

bool ipus_granted_withdraw(ipus_work_t *work)
{
    return move_plan(work);
}

/* ---- granting and ending --------------------------------------------------------------------- */

static bool still_decided(ipus_work_t *work, const ipus_row_t *granted)
{
    ipus_row_t decision;
    return ipus_work_load(work, IPUS_DECISION, ipus_number(granted, GRANTED_DECISION), &decision) &&
           decided(work, &decision);
}

/* A grant of today's period beside the queue is a jump. */
static bool in_turn(ipus_work_t *work, const ipus_row_t *granted)
{
    bool competes = false;
    return ipus_pools_compete(work, granted, &competes) &&
           (!competes || ipus_queue_in_turn(work, ipus_text(granted, GRANTED_SERVICE)));
}

/* The units of an offer are freed for the grant that takes it up. It may have held more of today's
 * period than the grant takes: that goes to the next. */
static bool take_up(ipus_work_t *work, const ipus_row_t *granted)
{
    int64_t waiting = ipus_number(granted, GRANTED_WAITING);
    return is_open_offer(work, granted, -1) &&
           ipus_work_step(work, IPUS_WAITING, waiting, "accept", NULL) &&
           ipus_work_freed(work, ipus_text(granted, GRANTED_SERVICE));
}

bool ipus_granted_take(ipus_work_t *work, const ipus_row_t *granted)
{
    return (ipus_has(granted, GRANTED_WAITING) ? take_up(work, granted) : in_turn(work, granted)) &&
           ipus_pools_take(work, granted);
}

/* What an edition before has of a service passes on, and an offer holds what it is for. */
static bool has_room(ipus_work_t *work, const ipus_row_t *granted)
{
    bool competes = false;
    if (ipus_has(granted, GRANTED_WAITING)) {
        return is_open_offer(work, granted, -1);
    }
    return ipus_pools_compete(work, granted, &competes) &&
           (!competes || ipus_queue_is_turn(work, ipus_text(granted, GRANTED_SERVICE))) &&
           ipus_pools_may_take(work, granted);
}

bool ipus_granted_may_begin(ipus_work_t *work, const ipus_row_t *planned)
{
    ipus_row_t row = *planned;
    return still_decided(work, planned) && ipus_granted_remains(work, &row) &&
           (ipus_number(&row, GRANTED_QUANTITY) <= 0 ||
            (ipus_limits_of_grant(work, &row) &&
             (ipus_has(planned, GRANTED_FOLLOWS) || has_room(work, &row))));
}

bool ipus_granted_may_grant(ipus_work_t *work)
{
    return (!ipus_has(&work->row, GRANTED_PLAN) ||
            refuse(work, IPUS_GRANTED_BY_PLAN, GRANTED_PLAN)) &&
           ipus_granted_may_begin(work, &work->row);
}

bool ipus_granted_grant(ipus_work_t *work)
{
    ipus_row_t *row = &work->row;
    ipus_row_t decision;
    ipus_set_date(row, GRANTED_GRANTED_ON, work->command->today);
    return ipus_work_load(work, IPUS_DECISION, ipus_number(row, GRANTED_DECISION), &decision) &&
           ipus_granted_take(work, row) &&
           ipus_application_planned(work, ipus_number(&decision, DECISION_APPLICATION));
}

static bool cancel_card(ipus_work_t *work, const ipus_row_t *card)
{
    return ipus_number(card, CARD_STATE) != CARD_IS_ISSUED ||
           ipus_work_step(work, IPUS_CARD, card->id, "cancel", NULL);
}

static bool end_today(ipus_work_t *work, ipus_row_t *granted)
{
    ipus_query_t cards = IPUS_QUERY(IPUS_CARD);
    ipus_query_equal(&cards, CARD_GRANTED, granted->id);
    ipus_set_date(granted, GRANTED_ENDED_ON, work->command->today);
    return ipus_work_each(work, &cards, cancel_card);
}

bool ipus_granted_end(ipus_work_t *work)
{
    return end_today(work, &work->row) && ipus_pools_give_back(work, &work->row);
}

/* ---- cards ----------------------------------------------------------------------------------- */

bool ipus_card_make(ipus_work_t *work)
{
    ipus_row_t *row = &work->row;
    ipus_row_t granted, other;
    if (!ipus_work_get(work, CARD_GRANTED, &granted) ||
        !ipus_work_first(work, IPUS_CARD, CARD_GRANTED, granted.id, IPUS_STATES(CARD_IS_ISSUED),
                         &other)) {
        return false;
    }
    if (ipus_number(&granted, GRANTED_STATE) != GRANTED_IS_RUNNING ||
        date_before(ipus_date(&granted, GRANTED_ENDS), work->command->today)) {
        return refuse(work, IPUS_NOT_GRANTED, CARD_GRANTED);
    }
    if (other.id != 0) {
        return ipus_work_refuse_for(work, IPUS_CARD_EXISTS, &other);
    }
    row->at[CARD_PERSON] = granted.at[GRANTED_PERSON];
    row->at[CARD_PROVIDER] = granted.at[GRANTED_PROVIDER];
    row->at[CARD_ENDS] = granted.at[GRANTED_ENDS];
    ipus_set_date(row, CARD_ISSUED_ON, work->command->today);
    return ipus_work_numbered(work, row, CARD_NUMBER, "card", "KK");
}
