/* Who is erased, what goes with them, and whose time has come. */
#include "ipus/effects.h"
#include "ipus/states.h"

static const struct {
    ipus_kind_t kind;
    int person, days[2]; /* when something happened last */
    uint32_t open;
} of_person[] = {
    {IPUS_APPLICATION,
     APPLICATION_PERSON,
     {APPLICATION_RECEIVED_ON, APPLICATION_CLOSED_ON},
     IPUS_STATES(APPLICATION_IS_DRAFT) | IPUS_STATES(APPLICATION_IS_SUBMITTED) |
         IPUS_STATES(APPLICATION_IS_INCOMPLETE) | IPUS_STATES(APPLICATION_IS_IN_ASSESSMENT) |
         IPUS_STATES(APPLICATION_IS_QUALIFIED) | IPUS_STATES(APPLICATION_IS_ON_WAITING_LIST)},
    {IPUS_REFUSAL,
     REFUSAL_PERSON,
     {REFUSAL_OBJECTED_ON, REFUSAL_ANSWERED_ON},
     IPUS_STATES(REFUSAL_IS_OBJECTED)},
    {IPUS_PLAN,
     PLAN_PERSON,
     {PLAN_DRAWN_ON, PLAN_ENDED_ON},
     IPUS_STATES(PLAN_IS_DRAFT) | IPUS_STATES(PLAN_IS_AGREED) | IPUS_STATES(PLAN_IS_SIGNED) |
         IPUS_STATES(PLAN_IS_APPROVED) | IPUS_STATES(PLAN_IS_ACTIVE) |
         IPUS_STATES(PLAN_IS_SUSPENDED)},
    {IPUS_GRANTED,
     GRANTED_PERSON,
     {GRANTED_GRANTED_ON, GRANTED_ENDED_ON},
     IPUS_STATES(GRANTED_IS_PLANNED) | IPUS_STATES(GRANTED_IS_RUNNING)},
    {IPUS_WAITING,
     WAITING_PERSON,
     {WAITING_SINCE, WAITING_SINCE},
     IPUS_STATES(WAITING_IS_QUEUED) | IPUS_STATES(WAITING_IS_OFFERED)},
    {IPUS_ORDER,
     ORDER_PERSON,
     {ORDER_PLANNED_ON, ORDER_DONE_ON},
     IPUS_STATES(ORDER_IS_ISSUED) | IPUS_STATES(ORDER_IS_ACCEPTED) | IPUS_STATES(ORDER_IS_DONE) |
         IPUS_STATES(ORDER_IS_CONFIRMED)},
    {IPUS_CHARGE,
     CHARGE_PERSON,
     {CHARGE_ON, CHARGE_ON},
     IPUS_STATES(CHARGE_IS_DUE) | IPUS_STATES(CHARGE_IS_OVERPAID)},
};

/* What a row cannot be without stays as it is sealed: its key is destroyed. */
static void clear_sealed(ipus_row_t *row)
{
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    for (int i = 0; i < spec->count; i++) {
        if ((spec->fields[i].flags & (IPUS_SEALED | IPUS_NEEDED)) == IPUS_SEALED) {
            ipus_clear(row, i);
        }
    }
}

/* Forms have keys of their own, for they come before it is known whose they are. */
static bool erase_intake(ipus_work_t *work, const ipus_row_t *row)
{
    ipus_row_t intake = *row;
    clear_sealed(&intake);
    ipus_clear(&intake, INTAKE_CODE);
    return ipus_work_set(work, &intake, "erase");
}

static bool is_lent(void *of, const ipus_row_t *row)
{
    ipus_row_t *lent = of;
    if (ipus_has(row, ORDER_LENT_UNTIL)) {
        *lent = *row;
    }
    return lent->id == 0;
}

/* Whatever still goes on for somebody; its id is 0 when nothing does. */
static bool find_open(ipus_work_t *work, int64_t person, ipus_row_t *open)
{
    for (size_t i = 0; i < sizeof of_person / sizeof *of_person; i++) {
        if (!ipus_work_first(work, of_person[i].kind, of_person[i].person, person,
                             of_person[i].open, open)) {
            return false;
        }
        if (open->id != 0) {
            return true;
        }
    }
    ipus_query_t orders = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&orders, ORDER_PERSON, person);
    return ipus_work_find(work, &orders, is_lent, open);
}

bool ipus_person_may_erase(ipus_work_t *work)
{
    ipus_row_t open = {0};
    return find_open(work, work->row.id, &open) &&
           (open.id == 0 || ipus_work_refuse_for(work, IPUS_STILL_OPEN, &open));
}

bool ipus_person_erase(ipus_work_t *work)
{
    ipus_query_t intakes = IPUS_QUERY(IPUS_INTAKE);
    ipus_query_equal(&intakes, INTAKE_PERSON, work->row.id);
    clear_sealed(&work->row);
    return ipus_work_each(work, &intakes, erase_intake);
}

/* ---- whose time has come --------------------------------------------------------------------- */

typedef struct {
    ipus_work_t work;
    ipus_answer_t answer;
    int64_t years;
    date_t today;
    bool (*each)(void *of, const ipus_kept_t *kept);
    void *of;
    const int *days; /* fields */
    date_t last;
    bool speaks; /* for somebody who is in the record */
    bool fine;
} keeping_t;

static bool look_at_days(void *of, const ipus_row_t *row)
{
    keeping_t *keeping = of;
    for (int i = 0; i < 2; i++) {
        date_t day = ipus_date(row, keeping->days[i]);
        keeping->last = date_before(keeping->last, day) ? day : keeping->last;
    }
    return true;
}

/* Whoever speaks for somebody is needed as long as that other is. */
static bool look_at_relation(void *of, const ipus_row_t *row)
{
    keeping_t *keeping = of;
    ipus_row_t person;
    keeping->fine =
        ipus_work_load(&keeping->work, IPUS_PERSON, ipus_number(row, RELATION_PERSON), &person);
    keeping->speaks = keeping->fine && ipus_number(&person, PERSON_STATE) == PERSON_IS_ACTIVE;
    return keeping->fine && !keeping->speaks;
}

static bool read_last(keeping_t *keeping, const ipus_row_t *person)
{
    keeping->last = ipus_date(person, PERSON_REGISTERED_ON);
    for (size_t i = 0; i < sizeof of_person / sizeof *of_person; i++) {
        ipus_query_t query = IPUS_QUERY(of_person[i].kind);
        ipus_query_equal(&query, of_person[i].person, person->id);
        keeping->days = of_person[i].days;
        if (!ipus_work_find(&keeping->work, &query, look_at_days, keeping)) {
            return false;
        }
    }
    keeping->speaks = false;
    ipus_query_t relations = IPUS_QUERY(IPUS_RELATION);
    ipus_query_equal(&relations, RELATION_OTHER, person->id);
    return ipus_work_find(&keeping->work, &relations, look_at_relation, keeping) && keeping->fine;
}

static bool look_at_person(void *of, const ipus_row_t *row)
{
    keeping_t *keeping = of;
    ipus_row_t open = {0};
    keeping->fine = find_open(&keeping->work, row->id, &open);
    if (!keeping->fine || open.id != 0) {
        return keeping->fine;
    }
    keeping->fine = read_last(keeping, row);
    date_t until = date_add_months(keeping->last, (int)(12 * keeping->years));
    if (!keeping->fine || keeping->speaks || !date_before(until, keeping->today)) {
        return keeping->fine;
    }
    return keeping->each(keeping->of, &(ipus_kept_t){row->id, keeping->last, until});
}

ipus_code_t ipus_kept_too_long(ipus_record_t *record, const registry_programme_t *programme,
                               date_t today, int64_t after,
                               bool (*each)(void *of, const ipus_kept_t *kept), void *of)
{
    const registry_row_t *years = registry_term_on(programme, TERM_RETENTION_YEARS, today);
    if (years == NULL) {
        return IPUS_FINE;
    }
    const ipus_command_t command = {.programme = programme, .today = today};
    keeping_t keeping = {
        .years = years->value.number, .today = today, .each = each, .of = of, .fine = true};
    keeping.work = (ipus_work_t){.command = &command, .record = record, .answer = &keeping.answer};
    ipus_query_t people = IPUS_QUERY(IPUS_PERSON);
    ipus_query_equal(&people, PERSON_STATE, PERSON_IS_ACTIVE);
    people.after = after;
    ipus_code_t code = record->find(record->context, &people, look_at_person, &keeping);
    return code == IPUS_FINE && !keeping.fine ? IPUS_BROKEN : code;
}
