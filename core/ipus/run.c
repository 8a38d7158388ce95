/* The machine that runs every step: the row, its state, who asks, what is given, the effect, the
 * journal. What is special of a step is in its effect. */
#include "ipus/states.h"
#include "ipus/work.h"

#include <stdio.h>

/* ---- what effects use ------------------------------------------------------------------------ */

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
    return work->command->actor.may_override && work->command->why.len > 0;
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
    ipus_code_t code = work->record->add(work->record->context, row, work->command->now);
    return ipus_work_fine(work, code) && enter(work, row, "make");
}

bool ipus_work_set(ipus_work_t *work, ipus_row_t *row, const char *step)
{
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

/* ---- scope ----------------------------------------------------------------------------------- */

static int field_of(ipus_kind_t kind, const char *name)
{
    return ipus_field(kind, span_of(name));
}

static bool is_providers(const ipus_actor_t *actor, const ipus_row_t *row)
{
    int field = row->kind == IPUS_PROVIDER ? -1 : field_of(row->kind, "provider");
    int64_t provider = field >= 0                   ? ipus_number(row, field)
                       : row->kind == IPUS_PROVIDER ? row->id
                                                    : 0;
    return provider != 0 && provider == actor->provider;
}

/* A row that is about to be made belongs to whoever the row it hangs on belongs to: its effect has
 * filled that in, so this is looked at after the effect for new rows, before it for others. What is
 * another provider's is not told to be there. */
static bool within_scope(ipus_work_t *work, const ipus_row_t *row)
{
    const ipus_actor_t *actor = &work->command->actor;
    if (actor->host || actor->scope == IPUS_ANY) {
        return true;
    }
    if (actor->scope == IPUS_OWN) {
        return is_providers(actor, row) ||
               ipus_work_refuse(work, row->id != 0 ? IPUS_NO_SUCH_ROW : IPUS_NOT_YOURS, -1,
                                SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    bool yours = false;
    int field = field_of(row->kind, "person");
    int64_t person = row->kind == IPUS_PERSON ? row->id : field < 0 ? 0 : ipus_number(row, field);
    return ipus_work_fine(work, ipus_on_case(work->record, person, actor->account, &yours)) &&
           (yours || ipus_work_refuse(work, IPUS_NOT_YOURS, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE));
}

/* ---- before the effect ----------------------------------------------------------------------- */

static bool load(ipus_work_t *work)
{
    const ipus_command_t *command = work->command;
    work->row = (ipus_row_t){.kind = command->kind};
    if (command->step->by_host && !command->actor.host) {
        return ipus_work_refuse(work, IPUS_NOT_YOURS, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    if (ipus_step_makes(command->step) != (command->id == 0)) {
        return ipus_work_refuse(work, IPUS_NO_SUCH_ROW, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    if (command->id == 0) {
        return true;
    }
    ipus_code_t code =
        work->record->get(work->record->context, command->kind, command->id, false, &work->before);
    if (code == IPUS_ABSENT) {
        return ipus_work_refuse(work, IPUS_NO_SUCH_ROW, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    work->row = work->before;
    if (!ipus_work_fine(work, code) || !within_scope(work, &work->before)) {
        return false;
    }
    return command->version == 0 || command->version == work->before.version ||
           ipus_work_refuse(work, IPUS_VERSION_MOVED, -1,
                            ipus_work_number(work, work->before.version), SPAN_NONE, SPAN_NONE);
}

static bool in_legal_state(ipus_work_t *work)
{
    const ipus_command_t *command = work->command;
    const ipus_kind_spec_t *spec = ipus_kind(command->kind);
    if (command->id == 0 || spec->state < 0) {
        return true;
    }
    int64_t state = ipus_number(&work->before, spec->state);
    if ((command->step->from >> state & 1u) != 0) {
        return true;
    }
    buf_t legal = {0};
    ipus_legal(&legal, command->kind, state);
    span_t steps = legal.len > 0 ? arena_copy(work->record->arena, buf_span(&legal)) : SPAN("–");
    buf_free(&legal);
    return ipus_work_refuse(work, IPUS_NOT_IN_STATE, spec->state,
                            ipus_choice(spec->fields[spec->state].choices, state),
                            span_of(command->step->name), steps);
}

static bool keep_first(void *of, const ipus_row_t *row)
{
    (void)row;
    *(bool *)of = true;
    return false;
}

ipus_code_t ipus_on_case(ipus_record_t *record, int64_t person, int64_t account, bool *on_case)
{
    *on_case = false;
    ipus_query_t query = IPUS_QUERY(IPUS_ASSIGNMENT);
    ipus_query_equal(&query, ASSIGNMENT_PERSON, person);
    ipus_query_equal(&query, ASSIGNMENT_ACCOUNT, account);
    ipus_query_equal(&query, ASSIGNMENT_ENDS, IPUS_NULL);
    return record->find(record->context, &query, keep_first, on_case);
}

/* ---- what is given --------------------------------------------------------------------------- */

static bool refuse_field(ipus_work_t *work, ipus_refusal_code_t code, int field, span_t second)
{
    return ipus_work_refuse(work, code, field,
                            span_of(ipus_kind(work->command->kind)->fields[field].name), second,
                            SPAN_NONE);
}

/* Nothing new is begun for somebody who was erased, nor on what is another provider's. */
static bool names_a_row(ipus_work_t *work, int field)
{
    const ipus_field_t *spec = &ipus_kind(work->row.kind)->fields[field];
    ipus_row_t named;
    if (spec->type != IPUS_REF) {
        return true;
    }
    if (!ipus_work_get(work, field, &named)) {
        return false;
    }
    const ipus_actor_t *actor = &work->command->actor;
    bool shown = actor->host || actor->scope != IPUS_OWN || is_providers(actor, &named);
    if (!shown) {
        return refuse_field(work, IPUS_NO_SUCH_REFERENCE, field, SPAN_NONE);
    }
    return spec->of != IPUS_PERSON || ipus_number(&named, PERSON_STATE) == PERSON_IS_ACTIVE ||
           refuse_field(work, IPUS_PERSON_GONE, field, SPAN_NONE);
}

static bool take(ipus_work_t *work, int field)
{
    const ipus_command_t *command = work->command;
    const ipus_value_t *given = &command->given.at[field];
    bool cleared = (command->null >> field & 1u) != 0, needed = false;
    bool takes = ipus_step_takes(command->kind, command->step, field, &needed);
    takes = takes || command->actor.host;
    if (given->is == IPUS_NONE && !cleared) {
        return needed ? refuse_field(work, IPUS_FIELD_MISSING, field, SPAN_NONE) : true;
    }
    if (!takes) {
        return refuse_field(work, IPUS_FIELD_NOT_TAKEN, field, span_of(command->step->name));
    }
    if (cleared) {
        unsigned flags = ipus_kind(command->kind)->fields[field].flags;
        if (needed || (flags & IPUS_NEEDED) != 0) {
            return refuse_field(work, IPUS_FIELD_MISSING, field, SPAN_NONE);
        }
        ipus_clear(&work->row, field);
        return true;
    }
    work->row.at[field] = *given;
    return ipus_work_value(work, field) && names_a_row(work, field);
}

static bool take_all(ipus_work_t *work)
{
    const ipus_kind_spec_t *spec = ipus_kind(work->command->kind);
    for (int i = 0; i < spec->count; i++) {
        if (!take(work, i)) {
            return false;
        }
    }
    if (spec->state >= 0 && work->command->step->to >= 0) {
        ipus_set(&work->row, spec->state, work->command->step->to);
    }
    int begins = field_of(work->row.kind, "begins"), ends = field_of(work->row.kind, "ends");
    return begins < 0 || ends < 0 || ipus_work_period(work, begins, ends);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool write_row(ipus_work_t *work)
{
    bool is_new = work->command->id == 0;
    if (is_new && !within_scope(work, &work->row)) {
        return false;
    }
    bool written = is_new ? ipus_work_add(work, &work->row)
                          : ipus_work_set(work, &work->row, work->command->step->name);
    work->answer->row = work->row;
    return written;
}

bool ipus_run(const ipus_command_t *command, ipus_record_t *record, ipus_answer_t *answer)
{
    ipus_work_t work = {.command = command, .record = record, .answer = answer};
    *answer = (ipus_answer_t){.code = IPUS_FINE};
    if (!load(&work) || !in_legal_state(&work) || !take_all(&work)) {
        return false;
    }
    if (command->step->effect != NULL && !command->step->effect(&work)) {
        return false;
    }
    return write_row(&work) && (command->step->then == NULL || command->step->then(&work));
}
