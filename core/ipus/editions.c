/* Editions of a plan: the next is drawn up beside the one in force and takes its place. Its rows
 * follow the rows before them: what is granted is never counted twice. */
#include "ipus/effects.h"
#include "ipus/follow.h"
#include "ipus/pools.h"
#include "ipus/states.h"

#define NOT_BEGUN                                                                                  \
    (IPUS_STATES(PLAN_IS_DRAFT) | IPUS_STATES(PLAN_IS_AGREED) | IPUS_STATES(PLAN_IS_SIGNED) |      \
     IPUS_STATES(PLAN_IS_APPROVED))

static bool refuse_date(ipus_work_t *work, ipus_refusal_code_t code, int field, date_t date)
{
    return ipus_work_refuse(work, code, field, ipus_work_date(work, date), SPAN_NONE, SPAN_NONE);
}

void ipus_plan_ends_today(ipus_work_t *work, ipus_row_t *plan)
{
    ipus_set_date(plan, PLAN_ENDED_ON, work->command->today);
    ipus_clear(plan, PLAN_CONTACT_DUE);
    ipus_clear(plan, PLAN_SUMMARY_DUE);
}

/* ---- granting -------------------------------------------------------------------------------- */

typedef struct {
    ipus_work_t *work;
    const ipus_row_t *granted; /* that follows */
    bool fine;
} cards_t;

/* A card stands while what it says holds: the provider, and the day until which. */
static bool pass_card(void *of, const ipus_row_t *row)
{
    cards_t *cards = of;
    ipus_row_t card = *row;
    if (ipus_number(row, CARD_STATE) != CARD_IS_ISSUED) {
        return true;
    }
    bool holds = ipus_number(row, CARD_PROVIDER) == ipus_number(cards->granted, GRANTED_PROVIDER) &&
                 !date_before(ipus_date(cards->granted, GRANTED_ENDS), ipus_date(row, CARD_ENDS));
    ipus_set(&card, CARD_GRANTED, cards->granted->id);
    cards->fine = holds ? ipus_work_set(cards->work, &card, "pass-on")
                        : ipus_work_step(cards->work, IPUS_CARD, card.id, "cancel", NULL);
    return cards->fine;
}

static bool end_old(ipus_work_t *work, ipus_row_t *old, const ipus_row_t *planned)
{
    cards_t cards = {work, planned, true};
    ipus_query_t query = IPUS_QUERY(IPUS_CARD);
    ipus_query_equal(&query, CARD_GRANTED, old->id);
    ipus_set(old, GRANTED_STATE, GRANTED_IS_ENDED);
    ipus_set_date(old, GRANTED_ENDED_ON, work->command->today);
    return ipus_work_find(work, &query, pass_card, &cards) && cards.fine &&
           ipus_work_set(work, old, "end");
}

/* Everything that the row was for has been ordered under the edition before. */
static bool withdraw_empty(ipus_work_t *work, const ipus_row_t *planned)
{
    ipus_row_t row = *planned;
    ipus_set(&row, GRANTED_STATE, GRANTED_IS_WITHDRAWN);
    return ipus_work_set(work, &row, "withdraw");
}

bool ipus_granted_begin(ipus_work_t *work, const ipus_row_t *planned)
{
    ipus_row_t row = *planned, old;
    if (!ipus_granted_remains(work, &row) || !ipus_granted_followed(work, planned, &old)) {
        return false;
    }
    if (ipus_number(&row, GRANTED_QUANTITY) <= 0) {
        return withdraw_empty(work, planned);
    }
    if (old.id != 0 && !end_old(work, &old, planned)) {
        return false;
    }
    ipus_row_t begun = row;
    ipus_set(&begun, GRANTED_STATE, GRANTED_IS_RUNNING);
    ipus_set_date(&begun, GRANTED_GRANTED_ON, work->command->today);
    return ipus_limits_of_grant(work, &row) &&
           (old.id != 0 ? ipus_pools_pass_on(work, &old, &row) : ipus_granted_take(work, &row)) &&
           ipus_work_set(work, &begun, "grant");
}

/* ---- taking the place ------------------------------------------------------------------------ */

/* What is ordered whole goes on as it is, with its cards, in the edition in force; so does a
 * service that the new edition does not speak of. Whose row was withdrawn ends. */
static bool pass_over(ipus_work_t *work, const ipus_row_t *granted)
{
    ipus_row_t row = *granted;
    ipus_followers_t followers = {.old = granted->id};
    if (!ipus_granted_followers(work, work->row.id, &followers)) {
        return false;
    }
    bool over = date_before(ipus_date(granted, GRANTED_ENDS), work->command->today);
    if (over || (followers.any && ipus_granted_left(granted) > 0)) {
        return ipus_work_step(work, IPUS_GRANTED, granted->id, "end", NULL);
    }
    ipus_set(&row, GRANTED_PLAN, work->row.id);
    return ipus_work_set(work, &row, "carry-over");
}

bool ipus_plan_replaces(ipus_work_t *work)
{
    ipus_row_t old;
    if (!ipus_has(&work->row, PLAN_AMENDS)) {
        return true;
    }
    ipus_query_t running = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&running, GRANTED_PLAN, ipus_number(&work->row, PLAN_AMENDS));
    ipus_query_equal(&running, GRANTED_STATE, GRANTED_IS_RUNNING);
    if (!ipus_work_get(work, PLAN_AMENDS, &old) || !ipus_work_each(work, &running, pass_over)) {
        return false;
    }
    work->row.at[PLAN_CONTACT_DUE] = old.at[PLAN_CONTACT_DUE];
    work->row.at[PLAN_SUMMARY_DUE] = old.at[PLAN_SUMMARY_DUE];
    ipus_plan_ends_today(work, &old);
    ipus_set(&old, PLAN_STATE, PLAN_IS_AMENDED);
    return ipus_work_set(work, &old, "amended");
}

/* ---- the next edition ------------------------------------------------------------------------ */

bool ipus_plan_has_no_draft(ipus_work_t *work)
{
    ipus_row_t edition;
    return ipus_work_first(work, IPUS_PLAN, PLAN_AMENDS, work->row.id, NOT_BEGUN, &edition) &&
           (edition.id == 0 || ipus_work_refuse_for(work, IPUS_EDITION_OPEN, &edition));
}

/* Sealed texts are opened, to be sealed again in the new row. */
static bool open_row(ipus_work_t *work, ipus_kind_t kind, int64_t id, ipus_row_t *row)
{
    ipus_record_t *record = work->record;
    return ipus_work_fine(work, record->get(record->context, kind, id, true, row));
}

static const int of_next_plan[] = {PLAN_NUMBER,    PLAN_PERSON,        PLAN_APPLICATION,
                                   PLAN_DIAGNOSIS, PLAN_COORDINATOR,   PLAN_ENDS,
                                   PLAN_EFFECTS,   PLAN_CONTACT_MONTHS};
static const int of_next_row[] = {GRANTED_PERSON, GRANTED_DECISION, GRANTED_SERVICE,
                                  GRANTED_ENDS,   GRANTED_SCHEDULE, GRANTED_SCOPE,
                                  GRANTED_PLACE,  GRANTED_PROVIDER, GRANTED_PRICE};

static void copy_fields(ipus_row_t *to, const ipus_row_t *from, const int *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to->at[fields[i]] = from->at[fields[i]];
    }
}

static date_t later_of(date_t a, date_t b)
{
    return date_before(a, b) ? b : a;
}

typedef struct {
    ipus_work_t *work;
    int64_t plan;
    bool fine;
} edition_t;

/* What was not ordered yet, for the days that are left. */
static bool copy_service(void *of, const ipus_row_t *granted)
{
    edition_t *edition = of;
    ipus_work_t *work = edition->work;
    date_t today = work->command->today;
    int64_t left = ipus_granted_left(granted);
    ipus_row_t old, row = {.kind = IPUS_GRANTED};
    if (left <= 0 || date_before(ipus_date(granted, GRANTED_ENDS), today)) {
        return true;
    }
    if (open_row(work, IPUS_GRANTED, granted->id, &old)) {
        copy_fields(&row, &old, of_next_row, sizeof of_next_row / sizeof *of_next_row);
        ipus_set(&row, GRANTED_PLAN, edition->plan);
        ipus_set(&row, GRANTED_QUANTITY, left);
        ipus_set_date(&row, GRANTED_BEGINS, later_of(today, ipus_date(&old, GRANTED_BEGINS)));
        ipus_set(&row, GRANTED_STATE, GRANTED_IS_PLANNED);
        ipus_granted_follows(&row, &old);
        edition->fine = ipus_work_add(work, &row);
    } else {
        edition->fine = false;
    }
    return edition->fine;
}

bool ipus_plan_may_amend(ipus_work_t *work)
{
    date_t ends = ipus_date(&work->row, PLAN_ENDS);
    return ipus_plan_has_no_draft(work) && (!date_before(ends, work->command->today) ||
                                            refuse_date(work, IPUS_ALREADY_ENDED, -1, ends));
}

bool ipus_plan_amend(ipus_work_t *work)
{
    ipus_row_t old, next = {.kind = IPUS_PLAN};
    date_t today = work->command->today;
    if (!open_row(work, IPUS_PLAN, work->row.id, &old)) {
        return false;
    }
    copy_fields(&next, &old, of_next_plan, sizeof of_next_plan / sizeof *of_next_plan);
    ipus_set(&next, PLAN_EDITION, ipus_number(&old, PLAN_EDITION) + 1);
    ipus_set(&next, PLAN_AMENDS, old.id);
    ipus_set_date(&next, PLAN_DRAWN_ON, today);
    ipus_set_date(&next, PLAN_BEGINS, later_of(today, ipus_date(&old, PLAN_BEGINS)));
    next.at[PLAN_REASON] = work->row.at[PLAN_REASON];
    ipus_set(&next, PLAN_STATE, PLAN_IS_DRAFT);
    if (!ipus_work_add(work, &next)) {
        return false;
    }
    ipus_query_t running = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&running, GRANTED_PLAN, old.id);
    ipus_query_equal(&running, GRANTED_STATE, GRANTED_IS_RUNNING);
    edition_t edition = {work, next.id, true};
    return ipus_work_find(work, &running, copy_service, &edition) && edition.fine;
}
