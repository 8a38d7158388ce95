/* The work list: what comes up by the days that steps have written, and what waits for somebody,
 * each row by its index. */
#include "ipus/states.h"
#include "ipus/work.h"

/* Many of these may wait in a large office; the rest is in the lists of their kind. */
enum { WAITING_MOST = 200 };

typedef enum {
    OF_CASE,   /* of the coordinator, or whoever works on the person's case */
    OF_OFFICE, /* of whoever may do the step */
} whose_t;

typedef struct {
    ipus_due_t what;
    ipus_kind_t kind;
    int date, person, coordinator; /* fields; -1 without one */
    int64_t in;                    /* the state; -1 whatever it is */
    whose_t whose;
    const char *step; /* that answers it; NULL: it is due on its day, whoever looks */
} source_t;

typedef struct {
    ipus_record_t *record;
    const ipus_agenda_t *agenda;
    const registry_programme_t *programme;
    bool (*each)(void *of, const ipus_deadline_t *deadline);
    void *of;
    const source_t *source;
    bool stopped;
    ipus_code_t code;
} list_t;

static bool tell(list_t *list, const ipus_deadline_t *deadline)
{
    list->stopped = !list->each(list->of, deadline);
    return !list->stopped;
}

/* ---- whose it is ----------------------------------------------------------------------------- */

/* Rows without a coordinator of their own are those of whoever works on the case; a provider's are
 * looked for by its number. */
static bool is_theirs(list_t *list, const ipus_row_t *row)
{
    const source_t *source = list->source;
    bool on_case = true;
    if (list->agenda->account != 0 && list->agenda->provider == 0 && source->whose == OF_CASE &&
        source->coordinator < 0 && source->person >= 0) {
        list->code = ipus_on_case(list->record, ipus_number(row, source->person),
                                  list->agenda->account, &on_case);
    }
    bool own = source->what == IPUS_DUE_APPROVAL &&
               ipus_number(row, PLAN_COORDINATOR) == list->agenda->account;
    return on_case && !own && list->code == IPUS_FINE;
}

static bool note_it(void *of, const ipus_row_t *row)
{
    (void)row;
    *(bool *)of = true;
    return false;
}

/* A refused order is work as long as its grant runs and nobody ordered anew. */
static bool is_left(list_t *list, const ipus_row_t *order)
{
    ipus_row_t granted;
    bool later = false;
    ipus_record_t *record = list->record;
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_GRANTED, ipus_number(order, ORDER_GRANTED));
    query.after = order->id;
    query.limit = 1;
    list->code = record->get(record->context, IPUS_GRANTED, ipus_number(order, ORDER_GRANTED),
                             false, &granted);
    if (list->code == IPUS_FINE) {
        list->code = record->find(record->context, &query, note_it, &later);
    }
    return list->code == IPUS_FINE && !later &&
           ipus_number(&granted, GRANTED_STATE) == GRANTED_IS_RUNNING;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* How often a rhythm was not kept by now: once for each time that it came round. */
static int missed(const list_t *list, const ipus_row_t *plan, date_t due)
{
    const registry_row_t *term = registry_term_on(list->programme, TERM_CONTACT_EVERY_MONTHS, due);
    int64_t months = ipus_number(plan, PLAN_CONTACT_MONTHS);
    months = months > 0 ? months : term != NULL ? term->value.number : 0;
    int count = 0;
    for (date_t next = due; months > 0 && date_before(next, list->agenda->today); count++) {
        next = date_add_months(due, (int)(months * (count + 1)));
    }
    return count;
}

static bool add_row(void *of, const ipus_row_t *row)
{
    list_t *list = of;
    const source_t *source = list->source;
    date_t day = ipus_date(row, source->date);
    const ipus_deadline_t deadline = {
        .what = source->what,
        .kind = row->kind,
        .id = row->id,
        .person = source->person < 0 ? 0 : ipus_number(row, source->person),
        .on = source->step == NULL ? day : DATE_NONE,
        .since = source->step == NULL ? DATE_NONE : day,
        .missed = source->what == IPUS_DUE_CONTACT ? missed(list, row, day) : 0};
    bool theirs = is_theirs(list, row) && (source->what != IPUS_DUE_REORDER || is_left(list, row));
    return list->code == IPUS_FINE && (!theirs || tell(list, &deadline));
}

#define APPLICATION_CASE APPLICATION_PERSON, APPLICATION_COORDINATOR
#define PLAN_CASE PLAN_PERSON, PLAN_COORDINATOR
#define REFUSAL_CASE REFUSAL_PERSON, -1
#define ORDER_CASE ORDER_PERSON, -1

static const source_t sources[] = {
    {IPUS_DUE_PLAN, IPUS_APPLICATION, APPLICATION_DUE_ON, APPLICATION_CASE, -1, OF_CASE, NULL},
    {IPUS_DUE_CONTACT, IPUS_PLAN, PLAN_CONTACT_DUE, PLAN_CASE, -1, OF_CASE, NULL},
    {IPUS_DUE_SUMMARY, IPUS_PLAN, PLAN_SUMMARY_DUE, PLAN_CASE, -1, OF_CASE, NULL},
    {IPUS_DUE_END, IPUS_PLAN, PLAN_ENDS, PLAN_CASE, PLAN_IS_ACTIVE, OF_CASE, NULL},
    {IPUS_DUE_END, IPUS_PLAN, PLAN_ENDS, PLAN_CASE, PLAN_IS_SUSPENDED, OF_CASE, NULL},
    {IPUS_DUE_ANSWER, IPUS_ORDER, ORDER_ANSWER_BY, ORDER_CASE, ORDER_IS_ISSUED, OF_CASE, NULL},
    {IPUS_DUE_OFFER, IPUS_WAITING, WAITING_OFFER_UNTIL, WAITING_PERSON, -1, WAITING_IS_OFFERED,
     OF_CASE, NULL},
    {IPUS_DUE_RETURN, IPUS_ORDER, ORDER_LENT_UNTIL, ORDER_CASE, -1, OF_CASE, NULL},
    {IPUS_DUE_OBJECTION, IPUS_REFUSAL, REFUSAL_OBJECT_BY, REFUSAL_CASE, REFUSAL_IS_DELIVERED,
     OF_CASE, NULL},
    {IPUS_DUE_AGREEMENT, IPUS_AGREEMENT, AGREEMENT_ENDS, -1, -1, AGREEMENT_IS_SIGNED, OF_OFFICE,
     NULL},
    /* What waits, since that day. */
    {IPUS_DUE_INTAKE, IPUS_INTAKE, INTAKE_RECEIVED_ON, -1, -1, INTAKE_IS_RECEIVED, OF_OFFICE,
     "take"},
    {IPUS_DUE_ASSESSMENT, IPUS_APPLICATION, APPLICATION_RECEIVED_ON, APPLICATION_PERSON, -1,
     APPLICATION_IS_SUBMITTED, OF_OFFICE, "assess"},
    {IPUS_DUE_DELIVERY, IPUS_REFUSAL, REFUSAL_ISSUED_ON, REFUSAL_CASE, REFUSAL_IS_ISSUED, OF_OFFICE,
     "deliver"},
    {IPUS_DUE_OUTCOME, IPUS_REFUSAL, REFUSAL_OBJECTED_ON, REFUSAL_CASE, REFUSAL_IS_OBJECTED,
     OF_OFFICE, "uphold"},
    {IPUS_DUE_APPROVAL, IPUS_PLAN, PLAN_SIGNED_ON, PLAN_PERSON, -1, PLAN_IS_SIGNED, OF_OFFICE,
     "approve"},
    {IPUS_DUE_ACTIVATION, IPUS_PLAN, PLAN_APPROVED_ON, PLAN_CASE, PLAN_IS_APPROVED, OF_CASE,
     "activate"},
    {IPUS_DUE_WORK, IPUS_ORDER, ORDER_PLANNED_ON, ORDER_CASE, ORDER_IS_ACCEPTED, OF_CASE, "finish"},
    {IPUS_DUE_CHECK, IPUS_ORDER, ORDER_DONE_ON, ORDER_CASE, ORDER_IS_DONE, OF_CASE, "confirm"},
    {IPUS_DUE_SETTLING, IPUS_ORDER, ORDER_CONFIRMED_ON, ORDER_CASE, ORDER_IS_CONFIRMED, OF_OFFICE,
     "settle"},
    {IPUS_DUE_SETTLING, IPUS_ORDER, ORDER_PLANNED_ON, ORDER_CASE, ORDER_IS_NOT_DONE, OF_OFFICE,
     "settle"},
    {IPUS_DUE_REORDER, IPUS_ORDER, ORDER_PLANNED_ON, ORDER_CASE, ORDER_IS_REFUSED, OF_CASE, "make"},
    {IPUS_DUE_DISPUTE, IPUS_DELIVERY, DELIVERY_ON, DELIVERY_PERSON, -1, DELIVERY_IS_DISPUTED,
     OF_CASE, "answer"},
    {IPUS_DUE_PAYMENT, IPUS_CHARGE, CHARGE_ON, CHARGE_PERSON, -1, CHARGE_IS_DUE, OF_OFFICE, NULL},
    {IPUS_DUE_REFUND, IPUS_CHARGE, CHARGE_ON, CHARGE_PERSON, -1, CHARGE_IS_OVERPAID, OF_OFFICE,
     NULL},
};

static ipus_query_t query_of(const source_t *source, const ipus_agenda_t *agenda)
{
    ipus_query_t query = IPUS_QUERY(source->kind);
    bool waits = source->step != NULL;
    int state = ipus_kind(source->kind)->state;
    if (waits) {
        query.limit = WAITING_MOST;
    } else {
        query.range = source->date;
        query.from = INT32_MIN;
        query.to = agenda->until.days;
    }
    if (source->what == IPUS_DUE_PLAN) {
        ipus_query_equal(&query, APPLICATION_MET_ON, IPUS_NULL);
    }
    if (source->in >= 0) {
        ipus_query_equal(&query, state, source->in);
    }
    if (agenda->account != 0 && source->whose == OF_CASE && source->coordinator >= 0) {
        ipus_query_equal(&query, source->coordinator, agenda->account);
    }
    if (agenda->provider != 0) {
        ipus_query_equal(&query, ipus_field(source->kind, SPAN("provider")), agenda->provider);
    }
    return query;
}

/* A provider is told of its orders; whoever sees all of it of everything. */
static bool concerns(const source_t *source, const ipus_agenda_t *agenda)
{
    const char *step = source->step;
    if (agenda->provider != 0) {
        return source->what == IPUS_DUE_ANSWER || source->what == IPUS_DUE_WORK ||
               source->what == IPUS_DUE_DISPUTE;
    }
    if (agenda->account == 0 || source->whose == OF_CASE) {
        return source->what != IPUS_DUE_WORK;
    }
    if (step == NULL) {
        step = source->kind == IPUS_AGREEMENT ? "end" : "cancel";
    }
    return agenda->may == NULL || agenda->may(agenda->of, source->kind, step);
}

/* ---- the team's meetings --------------------------------------------------------------------- */

static bool latest(void *of, const ipus_row_t *row)
{
    date_t *last = of, on = ipus_date(row, MEETING_ON);
    *last = date_before(*last, on) ? on : *last;
    return true;
}

/* Counted from the last one, or from the beginning of the programme. */
static bool add_meeting(list_t *list)
{
    const ipus_agenda_t *agenda = list->agenda;
    const registry_row_t *every =
        registry_term_on(list->programme, TERM_MEETING_EVERY_MONTHS, agenda->today);
    date_t last = list->programme->from;
    ipus_query_t query = IPUS_QUERY(IPUS_MEETING);
    ipus_query_equal(&query, MEETING_ABOUT, 0);
    if (every == NULL || agenda->provider != 0) {
        return true;
    }
    list->code = list->record->find(list->record->context, &query, latest, &last);
    ipus_deadline_t deadline = {.what = IPUS_DUE_MEETING,
                                .kind = IPUS_MEETING,
                                .on = date_add_months(last, (int)every->value.number),
                                .since = DATE_NONE};
    return list->code == IPUS_FINE &&
           (date_before(agenda->until, deadline.on) || tell(list, &deadline));
}

ipus_code_t ipus_deadlines(ipus_record_t *record, const registry_programme_t *programme,
                           const ipus_agenda_t *agenda,
                           bool (*each)(void *of, const ipus_deadline_t *deadline), void *of)
{
    list_t list = {
        .record = record, .agenda = agenda, .programme = programme, .each = each, .of = of};
    list.code = IPUS_FINE;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        list.source = &sources[i];
        if (!concerns(list.source, agenda)) {
            continue;
        }
        ipus_query_t query = query_of(list.source, agenda);
        ipus_code_t code = record->find(record->context, &query, add_row, &list);
        if (code != IPUS_FINE || list.code != IPUS_FINE || list.stopped) {
            return code != IPUS_FINE ? code : list.code;
        }
    }
    (void)add_meeting(&list);
    return list.code;
}

/* ---- what the programme does not say --------------------------------------------------------- */

const char *ipus_deadline_unset(const registry_programme_t *programme, date_t today, size_t place)
{
    static const registry_term_name_t terms[] = {
        TERM_PLAN_WITHIN_DAYS,     TERM_CONTACT_EVERY_MONTHS, TERM_SUMMARY_EVERY_MONTHS,
        TERM_MEETING_EVERY_MONTHS, TERM_ORDER_ANSWER_DAYS,    TERM_OFFER_DAYS,
        TERM_APPEAL_DAYS};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        if (registry_term_on(programme, terms[i], today) == NULL && place-- == 0) {
            return registry_term_text(terms[i]);
        }
    }
    return NULL;
}
