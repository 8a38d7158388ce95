/* What effects use: refusing, texts of numbers, reading what is around their row, writing it. */
#include "ipus/work.h"
#include "ipus/states.h"

#include <stdio.h>

/* ---- refusing -------------------------------------------------------------------------------- */

bool ipus_work_refuse(ipus_work_t *work, ipus_refusal_code_t code, int field, span_t first,
                      span_t second, span_t third)
{
    return ipus_work_refuse_with(work, code, field, (span_t[]){first, second, third}, 3);
}

bool ipus_work_refuse_with(ipus_work_t *work, ipus_refusal_code_t code, int field,
                           const span_t *arguments, size_t count)
{
    work->answer->refused = true;
    work->answer->refusal = (ipus_refusal_t){.code = code, .field = field};
    memcpy(work->answer->refusal.arguments, arguments, count * sizeof *arguments);
    return false;
}

bool ipus_work_overrides(const ipus_work_t *work)
{
    return work->command->actor.may_override && (work->asks || work->command->why.len > 0);
}

bool ipus_work_fine(ipus_work_t *work, ipus_code_t code)
{
    if (code == IPUS_FINE) {
        return true;
    }
    if (code == IPUS_STALE) {
        return ipus_work_refuse(work, IPUS_VERSION_MOVED, -1, SPAN("?"), SPAN_NONE, SPAN_NONE);
    }
    work->answer->code = IPUS_BROKEN;
    return false;
}

/* ---- texts ----------------------------------------------------------------------------------- */

span_t ipus_work_number(ipus_work_t *work, int64_t number)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%lld", (long long)number);
    return arena_copy(work->record->arena, (span_t){text, (size_t)len});
}

span_t ipus_work_units(ipus_work_t *work, int64_t thousandths)
{
    char text[32];
    int len = snprintf(text, sizeof text, "%lld.%03d", (long long)(thousandths / 1000),
                       (int)(thousandths % 1000));
    while (text[len - 1] == '0') {
        len--;
    }
    len -= text[len - 1] == '.';
    return arena_copy(work->record->arena, (span_t){text, (size_t)len});
}

span_t ipus_work_date(ipus_work_t *work, date_t date)
{
    char text[DATE_TEXT_LEN + 1];
    date_text(date, text);
    return arena_copy(work->record->arena, (span_t){text, DATE_TEXT_LEN});
}

/* ---- rows ------------------------------------------------------------------------------------ */

bool ipus_work_get(ipus_work_t *work, int field, ipus_row_t *row)
{
    const ipus_field_t *spec = &ipus_kind(work->row.kind)->fields[field];
    ipus_code_t code = work->record->get(work->record->context, spec->of,
                                         ipus_number(&work->row, field), false, row);
    if (code == IPUS_ABSENT) {
        return ipus_work_refuse(work, IPUS_NO_SUCH_REFERENCE, field, span_of(spec->name), SPAN_NONE,
                                SPAN_NONE);
    }
    return ipus_work_fine(work, code);
}

bool ipus_work_load(ipus_work_t *work, ipus_kind_t kind, int64_t id, ipus_row_t *row)
{
    return ipus_work_fine(work, work->record->get(work->record->context, kind, id, false, row));
}

bool ipus_work_find(ipus_work_t *work, const ipus_query_t *query,
                    bool (*each)(void *of, const ipus_row_t *row), void *of)
{
    return ipus_work_fine(work, work->record->find(work->record->context, query, each, of));
}

static bool enter(ipus_work_t *work, const ipus_row_t *row, const char *step)
{
    const ipus_command_t *command = work->command;
    const ipus_entry_t entry = {.at = command->now,
                                .account = command->actor.account,
                                .kind = row->kind,
                                .id = row->id,
                                .version = row->version,
                                .step = step,
                                .overridden = command->why.len > 0};
    return ipus_work_fine(work, work->record->journal(work->record->context, &entry));
}

bool ipus_work_add(ipus_work_t *work, ipus_row_t *row)
{
    row->changed_by = work->command->actor.account;
    ipus_code_t code = work->record->add(work->record->context, row, work->command->now);
    return ipus_work_fine(work, code) && enter(work, row, "make");
}

bool ipus_work_set(ipus_work_t *work, ipus_row_t *row, const char *step)
{
    row->changed_by = work->command->actor.account;
    ipus_code_t code = work->record->set(work->record->context, row, work->command->now);
    return ipus_work_fine(work, code) && enter(work, row, step);
}

const registry_service_t *ipus_work_service(ipus_work_t *work, int field, span_t id, date_t on)
{
    const registry_service_t *service = registry_service_on(work->command->programme, id, on, NULL);
    if (service == NULL) {
        ipus_work_refuse(work, IPUS_NO_SUCH_SERVICE, field, id, ipus_work_date(work, on),
                         SPAN_NONE);
    }
    return service;
}

typedef struct {
    uint32_t states;
    ipus_row_t *row;
} first_t;

static bool keep_first(void *of, const ipus_row_t *row)
{
    const first_t *first = of;
    int state = ipus_kind(row->kind)->state;
    if (state >= 0 && (first->states >> ipus_number(row, state) & 1u) == 0) {
        return true;
    }
    *first->row = *row;
    return false;
}

bool ipus_work_first(ipus_work_t *work, ipus_kind_t kind, int field, int64_t value, uint32_t states,
                     ipus_row_t *row)
{
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_equal(&query, field, value);
    row->id = 0;
    return ipus_work_find(work, &query, keep_first, &(first_t){states, row});
}

typedef struct {
    ipus_work_t *work;
    bool (*with)(ipus_work_t *work, const ipus_row_t *row);
    bool fine;
} each_t;

static bool do_with(void *of, const ipus_row_t *row)
{
    each_t *each = of;
    each->fine = each->with(each->work, row);
    return each->fine;
}

bool ipus_work_each(ipus_work_t *work, const ipus_query_t *query,
                    bool (*with)(ipus_work_t *work, const ipus_row_t *row))
{
    each_t each = {work, with, true};
    return ipus_work_find(work, query, do_with, &each) && each.fine;
}

static span_t address_of(ipus_work_t *work, const ipus_row_t *row)
{
    char text[64];
    int len =
        snprintf(text, sizeof text, "%s/%lld", ipus_kind(row->kind)->plural, (long long)row->id);
    return arena_copy(work->record->arena, (span_t){text, (size_t)len});
}

bool ipus_work_refuse_for(ipus_work_t *work, ipus_refusal_code_t code, const ipus_row_t *row)
{
    return ipus_work_refuse(work, code, -1, address_of(work, row), SPAN_NONE, SPAN_NONE);
}

bool ipus_work_contradicts(ipus_work_t *work, int field, const ipus_row_t *row)
{
    return ipus_work_refuse(work, IPUS_CONTRADICTS, field, address_of(work, row), SPAN_NONE,
                            SPAN_NONE);
}

bool ipus_work_term(const ipus_work_t *work, registry_term_name_t term, date_t on, int64_t *value)
{
    const registry_row_t *row = registry_term_on(work->command->programme, term, on);
    if (row != NULL) {
        *value = row->value.number;
    }
    return row != NULL;
}

int64_t ipus_work_number_of_term(const ipus_work_t *work, registry_term_name_t name,
                                 int64_t otherwise)
{
    int64_t value = otherwise;
    (void)ipus_work_term(work, name, work->command->today, &value);
    return value;
}

date_t ipus_work_days_after(const ipus_work_t *work, date_t since, int64_t days)
{
    date_t last = date_add(since, (int32_t)days);
    int64_t moves = 0;
    (void)ipus_work_term(work, TERM_ENDS_ON_WORKING_DAYS, last, &moves);
    return moves != 0 ? registry_working_day(work->command->programme, last) : last;
}

bool ipus_work_in_programme(ipus_work_t *work, int field)
{
    const registry_programme_t *programme = work->command->programme;
    date_t on = ipus_date(&work->row, field);
    return !date_before(programme->to, on) ||
           ipus_work_refuse(work, IPUS_PROGRAMME_OVER, field, ipus_work_date(work, programme->from),
                            ipus_work_date(work, programme->to), ipus_work_date(work, on));
}

void ipus_work_day(ipus_work_t *work, int field)
{
    if (!ipus_has(&work->row, field)) {
        ipus_set_date(&work->row, field, work->command->today);
    }
}

static bool set_copy(ipus_work_t *work, ipus_row_t *row, int field, const char *text, size_t len)
{
    span_t copy = arena_copy(work->record->arena, (span_t){text, len});
    ipus_set_text(row, field, copy);
    return ipus_work_fine(work, copy.at != NULL ? IPUS_FINE : IPUS_BROKEN);
}

bool ipus_work_code(ipus_work_t *work, int field)
{
    char text[12];
    work->record->code(work->record->context, text, sizeof text);
    return set_copy(work, &work->row, field, text, sizeof text);
}

bool ipus_work_numbered(ipus_work_t *work, ipus_row_t *row, int field, const char *series,
                        const char *prefix)
{
    int year = 0, month = 0, day = 0;
    int64_t number = 0;
    date_split(work->command->today, &year, &month, &day);
    if (!ipus_work_fine(work, work->record->series(work->record->context, series, year, &number))) {
        return false;
    }
    char text[40];
    int len = snprintf(text, sizeof text, "%s/%lld/%d", prefix, (long long)number, year);
    return set_copy(work, row, field, text, (size_t)len);
}

/* ---- the queue ------------------------------------------------------------------------------- */

bool ipus_work_freed(ipus_work_t *work, span_t service)
{
    for (const ipus_freed_t *freed = *work->freed; freed != NULL; freed = freed->next) {
        if (span_equal(freed->service, service)) {
            return true;
        }
    }
    ipus_freed_t *freed = arena_array(work->record->arena, 1, sizeof *freed);
    if (freed == NULL) {
        return ipus_work_fine(work, IPUS_BROKEN);
    }
    *freed = (ipus_freed_t){service, *work->freed};
    *work->freed = freed;
    return true;
}

/* ---- decisions and applications -------------------------------------------------------------- */

bool ipus_work_verdict(ipus_work_t *work, int64_t person)
{
    const ipus_verdict_t *verdict = work->command->verdict;
    ipus_row_t row;
    if (verdict == NULL) {
        return ipus_work_refuse(work, IPUS_UNDECIDED, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    bool same_row = verdict->row_version == 0 || verdict->row_version == work->before.version;
    return ipus_work_load(work, IPUS_PERSON, person, &row) &&
           ((ipus_number(&row, PERSON_FACTS) == verdict->facts && same_row) ||
            ipus_work_refuse(work, IPUS_FACTS_MOVED, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE));
}

static bool note_it(void *of, const ipus_row_t *row)
{
    (void)row;
    *(bool *)of = false;
    return false;
}

bool ipus_decision_stands(ipus_work_t *work, const ipus_row_t *decision, bool *stands)
{
    ipus_query_t later = IPUS_QUERY(IPUS_DECISION);
    ipus_query_equal(&later, DECISION_APPLICATION, ipus_number(decision, DECISION_APPLICATION));
    ipus_query_text(&later, DECISION_SERVICE, ipus_text(decision, DECISION_SERVICE));
    later.after = decision->id;
    later.limit = 1;
    *stands = true;
    return ipus_work_find(work, &later, note_it, stands);
}

bool ipus_application_in(ipus_work_t *work, const ipus_row_t *application, uint32_t states)
{
    int64_t state = ipus_number(application, APPLICATION_STATE);
    if ((states >> state & 1u) != 0) {
        return true;
    }
    const char *choices = ipus_kind(IPUS_APPLICATION)->fields[APPLICATION_STATE].choices;
    return ipus_work_refuse(work, IPUS_APPLICATION_NOT_READY, -1, ipus_choice(choices, state),
                            SPAN_NONE, SPAN_NONE);
}

bool ipus_application_lasts(ipus_work_t *work, const ipus_row_t *application)
{
    return ipus_application_in(work, application,
                               ~(IPUS_STATES(APPLICATION_IS_REFUSED) |
                                 IPUS_STATES(APPLICATION_IS_WITHDRAWN) |
                                 IPUS_STATES(APPLICATION_IS_CLOSED)));
}
