/* Plans: drawn up of what was decided, agreed, signed, approved, carried out, and ended. */
#include "life/inside.h"

#define SERVICES_MAX 4

static void contact(life_t *life, const event_t *event);
static void ends(life_t *life, const event_t *event);

static date_t earlier_of(date_t a, date_t b)
{
    return date_before(a, b) ? a : b;
}

/* ---- how much -------------------------------------------------------------------------------- */

static int64_t days_of(registry_per_t per)
{
    static const int64_t days[] = {
        [PER_DAY] = 1, [PER_WEEK] = 7, [PER_MONTH] = 31, [PER_QUARTER] = 92, [PER_YEAR] = 366};
    return per >= PER_DAY && per <= PER_YEAR ? days[per] : 1500;
}

/* So many visits at most in so many days; never more than somebody would ask for. */
static int64_t visits_at_most(const registry_service_t *service, date_t on, int64_t days,
                              int64_t of_visit)
{
    int64_t most = days / 14 + 1;
    const registry_row_t *row = registry_row_on(service->limits, on);
    for (size_t i = 0; row != NULL && i < row->value.count; i++) {
        const registry_limit_t *limit = &row->value.limits[i];
        int64_t periods = days / days_of(limit->per) + 1, so_many = most;
        if (limit->kind == LIMIT_VISITS) {
            so_many = limit->most * periods * 1000 / (service->quantity < 0 ? of_visit : 1000);
        } else if (limit->kind == LIMIT_UNITS && limit->per != PER_VISIT) {
            so_many = limit->most * periods / of_visit;
        } else if (limit->kind == LIMIT_GAP) {
            so_many = days / (limit->gap_days + 31 * limit->gap_months + 1) + 1;
        } else if (limit->kind == LIMIT_LOAN) {
            so_many = 1;
        }
        most = so_many < most ? so_many : most;
    }
    return most;
}

/* A grant of a decision: in a plan, or alone when `plan` is 0. Its id, or 0. */
static int64_t granted_made(life_t *life, const ipus_row_t *decision, int64_t plan,
                            const ipus_row_t *waiting, date_t from, date_t to)
{
    ipus_row_t given = {.kind = IPUS_GRANTED}, open;
    ipus_record_t *record = life->port->record(life->port->context);
    ipus_verdict_t verdict;
    if (record->get(record->context, IPUS_DECISION, decision->id, true, &open) != IPUS_FINE) {
        return 0;
    }
    const registry_service_t *service =
        registry_service_on(life->programme, ipus_text(&open, DECISION_SERVICE), life->today, NULL);
    const verdict_subject_t subject = {.person = ipus_number(&open, DECISION_PERSON),
                                       .on = life->today,
                                       .service = ipus_text(&open, DECISION_SERVICE),
                                       .order = ipus_text(&open, DECISION_ORDER_FACTS),
                                       .quantity = -1,
                                       .price = -1};
    if (service == NULL || life_verdict_of(life, &subject, &verdict) == RULES_UNKNOWN) {
        return 0;
    }
    int64_t of_visit = verdict.quantity > 0 ? verdict.quantity : 1000;
    int64_t most = visits_at_most(service, from, to.days - from.days + 1, of_visit);
    int64_t quantity = life_draw_between(life, 1, most < 12 ? most : 12) * of_visit;
    ipus_set(&given, GRANTED_DECISION, decision->id);
    if (plan != 0) {
        ipus_set(&given, GRANTED_PLAN, plan);
    }
    if (waiting != NULL) {
        quantity = ipus_number(waiting, WAITING_QUANTITY);
        ipus_set(&given, GRANTED_WAITING, waiting->id);
    }
    ipus_set(&given, GRANTED_QUANTITY, quantity);
    ipus_set_date(&given, GRANTED_BEGINS, from);
    ipus_set_date(&given, GRANTED_ENDS, to);
    ipus_set_text(&given, GRANTED_SCOPE, life_sentence(life));
    int64_t performer = life_performer_for(life, service);
    if (performer != 0) {
        ipus_set(&given, GRANTED_PROVIDER, performer);
    }
    return life_make(life, &given);
}

/* ---- drawing up ------------------------------------------------------------------------------ */

typedef struct {
    ipus_row_t at[SERVICES_MAX];
    size_t count;
} decisions_t;

static bool keep_yes(void *of, const ipus_row_t *row)
{
    decisions_t *decisions = of;
    decisions->at[decisions->count++] = *row;
    return decisions->count < SERVICES_MAX;
}

static decisions_t decided(life_t *life, int64_t application)
{
    decisions_t decisions = {.count = 0};
    ipus_query_t query = IPUS_QUERY(IPUS_DECISION);
    ipus_query_equal(&query, DECISION_APPLICATION, application);
    ipus_query_equal(&query, DECISION_OUTCOME, 1);
    (void)life_rows_of(life, &query, keep_yes, &decisions);
    return decisions;
}

static const registry_service_t *service_decided(life_t *life, int64_t decision)
{
    ipus_row_t row;
    return life_row_of(life, IPUS_DECISION, decision, &row)
               ? registry_service_on(life->programme, ipus_text(&row, DECISION_SERVICE),
                                     life->today, NULL)
               : NULL;
}

/* But for what there is nothing left of by now: that is waited for. */
static decisions_t to_be_had(life_t *life, int64_t application)
{
    decisions_t all = decided(life, application), left = {.count = 0};
    for (size_t i = 0; i < all.count; i++) {
        const registry_service_t *service = service_decided(life, all.at[i].id);
        if (service != NULL && life_is_short(life, service->id)) {
            (void)life_wait_for(life, all.at[i].id, life_draw_between(life, 1, 3) * 1000);
        } else if (service != NULL) {
            left.at[left.count++] = all.at[i];
        }
    }
    return left;
}

static bool stays_short(life_t *life, int64_t *months)
{
    int64_t from = life_term_of(life, TERM_PLAN_NEEDED_FROM_MONTHS, 4);
    *months = life_draw_between(life, 1, from - 1);
    return from > 1 && life_term_of(life, TERM_CARD_WITHOUT_PLAN, 1) != 0;
}

static date_t end_after(const life_t *life, date_t from, int64_t months)
{
    return earlier_of(date_add(date_add_months(from, (int)months), -1), life->programme->to);
}

static void card_issued(life_t *life, int64_t granted)
{
    ipus_row_t given = {.kind = IPUS_CARD};
    ipus_set(&given, CARD_GRANTED, granted);
    (void)life_make(life, &given);
    life_soon(life, life_use_granted, granted, 1, 10);
}

/* Where nothing is left of it, they wait. */
static void waits_instead(life_t *life, const ipus_row_t *decision, int64_t granted)
{
    ipus_row_t row;
    if (life_row_of(life, IPUS_GRANTED, granted, &row)) {
        int64_t quantity = ipus_number(&row, GRANTED_QUANTITY);
        (void)life_plainly(life, IPUS_GRANTED, granted, "withdraw");
        (void)life_wait_for(life, decision->id, quantity);
    }
}

static bool granted_alone(life_t *life, const ipus_row_t *decision, const ipus_row_t *waiting,
                          int64_t months)
{
    int64_t id =
        granted_made(life, decision, 0, waiting, life->today, end_after(life, life->today, months));
    if (id == 0) {
        return false;
    }
    if (life_plainly(life, IPUS_GRANTED, id, "grant")) {
        card_issued(life, id);
        return true;
    }
    waits_instead(life, decision, id);
    return false;
}

static int64_t plan_made(life_t *life, const ipus_row_t *application, date_t from, date_t to)
{
    ipus_row_t given = {.kind = IPUS_PLAN}, diagnosis;
    if (!life_one_of(life, IPUS_DIAGNOSIS, DIAGNOSIS_APPLICATION, application->id,
                     DIAGNOSIS_IS_SIGNED, false, &diagnosis)) {
        return 0;
    }
    ipus_set(&given, PLAN_APPLICATION, application->id);
    ipus_set(&given, PLAN_DIAGNOSIS, diagnosis.id);
    ipus_set_date(&given, PLAN_BEGINS, from);
    ipus_set_date(&given, PLAN_ENDS, to);
    int64_t every = life_term_of(life, TERM_CONTACT_EVERY_MONTHS, 3);
    if (life_chance(life, 30)) {
        ipus_set(&given, PLAN_CONTACT_MONTHS, life_draw_between(life, 1, every));
    }
    return life_make(life, &given);
}

/* ---- carrying out ---------------------------------------------------------------------------- */

static void as_coordinator_of(life_t *life, const ipus_row_t *plan)
{
    life_as_coordinator(life, ipus_number(plan, PLAN_COORDINATOR));
}

typedef struct {
    int64_t ids[SERVICES_MAX * 2];
    size_t count;
} ids_t;

static bool keep_id(void *of, const ipus_row_t *row)
{
    ids_t *ids = of;
    ids->ids[ids->count++] = row->id;
    return ids->count < SERVICES_MAX * 2;
}

static ids_t running_of(life_t *life, int64_t plan)
{
    ids_t ids = {.count = 0};
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PLAN, plan);
    ipus_query_equal(&query, GRANTED_STATE, GRANTED_IS_RUNNING);
    (void)life_rows_of(life, &query, keep_id, &ids);
    return ids;
}

static void cards_issued(life_t *life, int64_t plan)
{
    ids_t ids = running_of(life, plan);
    for (size_t i = 0; i < ids.count; i++) {
        if (life_chance(life, 80)) {
            card_issued(life, ids.ids[i]);
        } else {
            life_soon(life, life_use_granted, ids.ids[i], 1, 12);
        }
    }
}

/* What could not be granted is waited for instead. */
static bool gives_up(life_t *life, const ipus_row_t *plan)
{
    decisions_t decisions = decided(life, ipus_number(plan, PLAN_APPLICATION));
    (void)life_with_reason(life, IPUS_PLAN, plan->id, "terminate", PLAN_REASON);
    for (size_t i = 0; i < decisions.count; i++) {
        (void)life_wait_for(life, decisions.at[i].id, life_draw_between(life, 1, 3) * 1000);
    }
    return false;
}

static bool activate(life_t *life, const ipus_row_t *plan)
{
    as_coordinator_of(life, plan);
    if (!life_plainly(life, IPUS_PLAN, plan->id, "activate")) {
        return gives_up(life, plan);
    }
    cards_issued(life, plan->id);
    life_soon(life, contact, plan->id, 20, 90);
    life_on_day(life, ends, plan->id, date_add(ipus_date(plan, PLAN_ENDS), -4));
    return true;
}

static void activated(life_t *life, const event_t *event)
{
    ipus_row_t plan;
    if (life_row_of(life, IPUS_PLAN, event->id, &plan) &&
        ipus_number(&plan, PLAN_STATE) == PLAN_IS_APPROVED) {
        (void)activate(life, &plan);
    }
}

static bool approve(life_t *life, int64_t plan)
{
    life_as_role(life, ROLE_DIRECTOR);
    return life_plainly(life, IPUS_PLAN, plan, "approve");
}

static void approved(life_t *life, const event_t *event)
{
    if (approve(life, event->id)) {
        life_soon(life, activated, event->id, 0, 5);
    }
}

/* Now and then it is read once more before it is signed. */
static void signed_(life_t *life, const event_t *event)
{
    ipus_row_t plan, given = {.kind = IPUS_PLAN};
    if (!life_row_of(life, IPUS_PLAN, event->id, &plan)) {
        return;
    }
    as_coordinator_of(life, &plan);
    if (event->tries == 0 && life_chance(life, 8)) {
        (void)life_plainly(life, IPUS_PLAN, event->id, "reopen");
        ipus_set_text(&given, PLAN_EFFECTS, life_sentence(life));
        (void)life_step(life, IPUS_PLAN, "change", event->id, &given);
        (void)life_plainly(life, IPUS_PLAN, event->id, "agree");
        life_again(life, event, 2);
    } else if (life_plainly(life, IPUS_PLAN, event->id, "sign")) {
        life_soon(life, approved, event->id, 0, 4);
    }
}

static void agree(life_t *life, int64_t plan)
{
    if (life_plainly(life, IPUS_PLAN, plan, "agree")) {
        life_soon(life, signed_, plan, 0, 5);
    } else {
        (void)life_with_reason(life, IPUS_PLAN, plan, "terminate", PLAN_REASON);
    }
}

void life_plan_begun(life_t *life, const event_t *event)
{
    ipus_row_t application;
    int64_t months = 0;
    if (!life_row_of(life, IPUS_APPLICATION, event->id, &application) ||
        ipus_number(&application, APPLICATION_STATE) != APPLICATION_IS_QUALIFIED) {
        return;
    }
    life_as_coordinator(life, ipus_number(&application, APPLICATION_COORDINATOR));
    decisions_t decisions = to_be_had(life, event->id);
    if (decisions.count == 0) {
        return;
    }
    if (stays_short(life, &months) && life_chance(life, 35)) {
        for (size_t i = 0; i < decisions.count; i++) {
            (void)granted_alone(life, &decisions.at[i], NULL, months);
        }
        life_soon(life, life_close_application, event->id, (int)months * 31, (int)months * 31 + 30);
        return;
    }
    months = life_draw_between(life, 3, life_term_of(life, TERM_PLAN_MONTHS_AT_MOST, 12));
    date_t from = date_add(life->today, (int32_t)life_draw(life, 14));
    date_t to = end_after(life, from, months);
    int64_t plan = date_before(to, from) ? 0 : plan_made(life, &application, from, to);
    if (plan == 0) {
        return;
    }
    for (size_t i = 0; i < decisions.count; i++) {
        (void)granted_made(life, &decisions.at[i], plan, NULL, from, to);
    }
    agree(life, plan);
}

/* All in one go: an offer does not wait long. */
static void planned_at_once(life_t *life, const ipus_row_t *application, const ipus_row_t *decision,
                            const ipus_row_t *waiting)
{
    ipus_row_t row;
    date_t to = end_after(life, life->today, life_draw_between(life, 3, 9));
    int64_t plan = plan_made(life, application, life->today, to);
    if (plan == 0 || granted_made(life, decision, plan, waiting, life->today, to) == 0 ||
        !life_plainly(life, IPUS_PLAN, plan, "agree") ||
        !life_plainly(life, IPUS_PLAN, plan, "sign") || !approve(life, plan) ||
        !life_row_of(life, IPUS_PLAN, plan, &row)) {
        return;
    }
    (void)activate(life, &row);
}

void life_offer_taken(life_t *life, const ipus_row_t *waiting)
{
    ipus_row_t application, decision;
    int64_t months = 0;
    if (!life_row_of(life, IPUS_APPLICATION, ipus_number(waiting, WAITING_APPLICATION),
                     &application) ||
        !life_row_of(life, IPUS_DECISION, ipus_number(waiting, WAITING_DECISION), &decision)) {
        return;
    }
    life_as_coordinator(life, ipus_number(&application, APPLICATION_COORDINATOR));
    if (ipus_number(&application, APPLICATION_STATE) == APPLICATION_IS_ON_WAITING_LIST) {
        (void)life_plainly(life, IPUS_APPLICATION, application.id, "qualify");
    }
    if (stays_short(life, &months) && life_chance(life, 50)) {
        (void)granted_alone(life, &decision, waiting, months);
        life_soon(life, life_close_application, application.id, (int)months * 31,
                  (int)months * 31 + 30);
    } else {
        planned_at_once(life, &application, &decision, waiting);
    }
}

/* ---- keeping in touch, changing, ending ------------------------------------------------------ */

static void resume(life_t *life, const event_t *event)
{
    life_as_coordinator(life, 0);
    (void)life_plainly(life, IPUS_PLAN, event->id, "resume");
}

/* A next edition, carried out at once. */
static void amend(life_t *life, int64_t plan)
{
    ipus_row_t next;
    if (!life_with_reason(life, IPUS_PLAN, plan, "amend", PLAN_REASON) ||
        !life_one_of(life, IPUS_PLAN, PLAN_AMENDS, plan, PLAN_IS_DRAFT, true, &next)) {
        return;
    }
    if (!life_plainly(life, IPUS_PLAN, next.id, "agree")) {
        (void)life_with_reason(life, IPUS_PLAN, next.id, "terminate", PLAN_REASON);
        return;
    }
    (void)life_plainly(life, IPUS_PLAN, next.id, "sign");
    if (approve(life, next.id)) {
        (void)activate(life, &next);
    }
}

static void change(life_t *life, int64_t plan)
{
    switch (life_draw(life, 24)) {
    case 0:
        if (life_with_reason(life, IPUS_PLAN, plan, "suspend", PLAN_REASON)) {
            life_soon(life, resume, plan, 7, 40);
        }
        break;
    case 1:
    case 2:
        amend(life, plan);
        break;
    case 3:
        (void)life_with_reason(life, IPUS_PLAN, plan, "terminate", PLAN_REASON);
        break;
    default:
        break;
    }
}

static void survey(life_t *life, int64_t person)
{
    ipus_row_t given = {.kind = IPUS_SURVEY};
    ipus_set(&given, SURVEY_PERSON, person);
    ipus_set_date(&given, SURVEY_ON, life->today);
    ipus_set(&given, SURVEY_SCORE,
             life_chance(life, 80) ? life_draw_between(life, 4, 5) : life_draw_between(life, 1, 3));
    (void)life_make(life, &given);
}

static void note(life_t *life, int64_t person)
{
    ipus_row_t given = {.kind = IPUS_NOTE};
    ipus_set(&given, NOTE_PERSON, person);
    ipus_set(&given, NOTE_ABOUT, (int64_t)life_draw(life, 3));
    ipus_set_date(&given, NOTE_ON, life->today);
    (void)life_make(life, &given);
}

static void contact(life_t *life, const event_t *event)
{
    ipus_row_t plan, given = {.kind = IPUS_CONTACT};
    if (!life_row_of(life, IPUS_PLAN, event->id, &plan) ||
        (ipus_number(&plan, PLAN_STATE) != PLAN_IS_ACTIVE &&
         ipus_number(&plan, PLAN_STATE) != PLAN_IS_SUSPENDED)) {
        return;
    }
    as_coordinator_of(life, &plan);
    ipus_set(&given, CONTACT_PLAN, event->id);
    ipus_set_date(&given, CONTACT_ON, life->today);
    ipus_set(&given, CONTACT_BY, (int64_t)life_draw(life, 6));
    (void)life_make(life, &given);
    if (life_chance(life, 20)) {
        survey(life, ipus_number(&plan, PLAN_PERSON));
    }
    if (life_chance(life, 5)) {
        note(life, ipus_number(&plan, PLAN_PERSON));
    }
    int64_t months = ipus_has(&plan, PLAN_CONTACT_MONTHS)
                         ? ipus_number(&plan, PLAN_CONTACT_MONTHS)
                         : life_term_of(life, TERM_CONTACT_EVERY_MONTHS, 3);
    life_soon(life, contact, event->id, (int)months * 20, (int)months * 31);
    change(life, event->id);
}

static void ends(life_t *life, const event_t *event)
{
    ipus_row_t plan, given = {.kind = IPUS_CLOSING};
    if (!life_row_of(life, IPUS_PLAN, event->id, &plan)) {
        return;
    }
    int64_t application = ipus_number(&plan, PLAN_APPLICATION);
    as_coordinator_of(life, &plan);
    if (event->tries == 0) {
        ipus_set(&given, CLOSING_PLAN, event->id);
        ipus_set_date(&given, CLOSING_ON, life->today);
        if (life_make(life, &given) == 0) {
            return;
        }
        survey(life, ipus_number(&plan, PLAN_PERSON));
        life_soon(life, life_close_application, application, 30, 50);
    }
    /* Others finish by themselves when their time is over. */
    if (life_chance(life, 60) && !life_plainly(life, IPUS_PLAN, event->id, "finish")) {
        life_again(life, event, 8);
    }
}
