/* What effects use to read what is around their row. */
#include "ipus/work.h"

#include <stdio.h>

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

bool ipus_work_refuse_for(ipus_work_t *work, ipus_refusal_code_t code, const ipus_row_t *row)
{
    char text[64];
    int len =
        snprintf(text, sizeof text, "%s/%lld", ipus_kind(row->kind)->plural, (long long)row->id);
    span_t name = arena_copy(work->record->arena, (span_t){text, (size_t)len});
    return ipus_work_refuse(work, code, -1, name, SPAN_NONE, SPAN_NONE);
}

bool ipus_work_step(ipus_work_t *work, ipus_kind_t kind, int64_t id, const char *step,
                    const ipus_row_t *given)
{
    ipus_command_t command = *work->command;
    command.kind = kind;
    command.step = ipus_step_named(kind, span_of(step));
    command.id = id;
    command.version = 0;
    command.given = given != NULL ? *given : (ipus_row_t){.kind = kind};
    command.null = 0;
    command.actor.host = true;
    command.verdict = NULL;
    ipus_answer_t answer;
    bool done = ipus_run(&command, work->record, &answer);
    if (!done) {
        *work->answer = answer;
    }
    return done;
}

bool ipus_work_term(const ipus_work_t *work, registry_term_name_t term, date_t on, int64_t *value)
{
    const registry_row_t *row = registry_term_on(work->command->programme, term, on);
    if (row != NULL) {
        *value = row->value.number;
    }
    return row != NULL;
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
