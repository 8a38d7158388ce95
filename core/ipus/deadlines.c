/* What comes up: read off the days that steps have written, each by its index. */
#include "ipus/states.h"
#include "ipus/work.h"

typedef struct {
    ipus_record_t *record;
    int64_t coordinator;
    bool (*each)(void *of, const ipus_deadline_t *deadline);
    void *of;
    ipus_due_t what;
    int date, person; /* fields */
    bool stopped;
    ipus_code_t code;
} list_t;

static bool tell(list_t *list, const ipus_deadline_t *deadline)
{
    list->stopped = !list->each(list->of, deadline);
    return !list->stopped;
}

/* Rows without a coordinator of their own are those of whoever works on the case. */
static bool is_theirs(list_t *list, const ipus_row_t *row)
{
    bool on_case = true;
    if (list->coordinator != 0 && (row->kind == IPUS_ORDER || row->kind == IPUS_WAITING)) {
        list->code =
            ipus_on_case(list->record, ipus_number(row, list->person), list->coordinator, &on_case);
    }
    return on_case && list->code == IPUS_FINE;
}

static bool add_row(void *of, const ipus_row_t *row)
{
    list_t *list = of;
    const ipus_deadline_t deadline = {.what = list->what,
                                      .kind = row->kind,
                                      .id = row->id,
                                      .person =
                                          list->person < 0 ? 0 : ipus_number(row, list->person),
                                      .on = ipus_date(row, list->date)};
    bool theirs = is_theirs(list, row);
    return list->code == IPUS_FINE && (!theirs || tell(list, &deadline));
}

static const struct {
    ipus_due_t what;
    ipus_kind_t kind;
    int date, person, coordinator, state; /* fields; -1 without one, or whatever its state */
    int64_t in;
} sources[] = {
    {IPUS_DUE_PLAN, IPUS_APPLICATION, APPLICATION_DUE_ON, APPLICATION_PERSON,
     APPLICATION_COORDINATOR, -1, 0},
    {IPUS_DUE_CONTACT, IPUS_PLAN, PLAN_CONTACT_DUE, PLAN_PERSON, PLAN_COORDINATOR, -1, 0},
    {IPUS_DUE_SUMMARY, IPUS_PLAN, PLAN_SUMMARY_DUE, PLAN_PERSON, PLAN_COORDINATOR, -1, 0},
    {IPUS_DUE_END, IPUS_PLAN, PLAN_ENDS, PLAN_PERSON, PLAN_COORDINATOR, PLAN_STATE, PLAN_IS_ACTIVE},
    {IPUS_DUE_END, IPUS_PLAN, PLAN_ENDS, PLAN_PERSON, PLAN_COORDINATOR, PLAN_STATE,
     PLAN_IS_SUSPENDED},
    {IPUS_DUE_ANSWER, IPUS_ORDER, ORDER_ANSWER_BY, ORDER_PERSON, -1, ORDER_STATE, ORDER_IS_ISSUED},
    {IPUS_DUE_OFFER, IPUS_WAITING, WAITING_OFFER_UNTIL, WAITING_PERSON, -1, WAITING_STATE,
     WAITING_IS_OFFERED},
    {IPUS_DUE_RETURN, IPUS_ORDER, ORDER_LENT_UNTIL, ORDER_PERSON, -1, -1, 0},
    {IPUS_DUE_AGREEMENT, IPUS_AGREEMENT, AGREEMENT_ENDS, -1, -1, AGREEMENT_STATE,
     AGREEMENT_IS_SIGNED},
};

/* ---- the team's meetings --------------------------------------------------------------------- */

static bool latest(void *of, const ipus_row_t *row)
{
    date_t *last = of, on = ipus_date(row, MEETING_ON);
    *last = date_before(*last, on) ? on : *last;
    return true;
}

/* Counted from the last one, or from the beginning of the programme. */
static bool add_meeting(list_t *list, const registry_programme_t *programme, date_t today,
                        date_t until)
{
    const registry_row_t *every = registry_term_on(programme, TERM_MEETING_EVERY_MONTHS, today);
    date_t last = programme->from;
    ipus_query_t query = IPUS_QUERY(IPUS_MEETING);
    ipus_query_equal(&query, MEETING_ABOUT, 0);
    if (every == NULL) {
        return true;
    }
    list->code = list->record->find(list->record->context, &query, latest, &last);
    ipus_deadline_t deadline = {.what = IPUS_DUE_MEETING,
                                .kind = IPUS_MEETING,
                                .on = date_add_months(last, (int)every->value.number)};
    return list->code == IPUS_FINE && (date_before(until, deadline.on) || tell(list, &deadline));
}

ipus_code_t ipus_deadlines(ipus_record_t *record, const registry_programme_t *programme,
                           int64_t coordinator, date_t today, date_t until,
                           bool (*each)(void *of, const ipus_deadline_t *deadline), void *of)
{
    list_t list = {.record = record, .coordinator = coordinator, .each = each, .of = of};
    list.code = IPUS_FINE;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (coordinator != 0 && sources[i].kind == IPUS_AGREEMENT) {
            continue;
        }
        ipus_query_t query = IPUS_QUERY(sources[i].kind);
        query.range = sources[i].date;
        query.from = INT32_MIN;
        query.to = until.days;
        if (sources[i].state >= 0) {
            ipus_query_equal(&query, sources[i].state, sources[i].in);
        }
        if (coordinator != 0 && sources[i].coordinator >= 0) {
            ipus_query_equal(&query, sources[i].coordinator, coordinator);
        }
        list.what = sources[i].what;
        list.date = sources[i].date;
        list.person = sources[i].person;
        ipus_code_t code = record->find(record->context, &query, add_row, &list);
        if (code != IPUS_FINE || list.code != IPUS_FINE || list.stopped) {
            return code != IPUS_FINE ? code : list.code;
        }
    }
    (void)add_meeting(&list, programme, today, until);
    return list.code;
}
