/* The machine that runs every step: the row, its state, who asks, what is given, the effect, the
 * journal. What is special of a step is in its effect. */
#include "ipus/pools.h"
#include "ipus/states.h"

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

/* The names of the steps that are open, with commas between. */
static span_t open_steps(ipus_work_t *work)
{
    buf_t names = {0};
    size_t count = 0;
    const ipus_step_t *steps = ipus_steps(work->row.kind, &count);
    ipus_code_t code = IPUS_FINE;
    for (size_t i = 0; i < count; i++) {
        if (ipus_step_is_open(work->command, work->record, &work->before, &steps[i], &code)) {
            buf_add(&names, names.len > 0 ? SPAN(", ") : SPAN(""));
            buf_add(&names, span_of(steps[i].name));
        }
    }
    span_t kept = names.len > 0 ? arena_copy(work->record->arena, buf_span(&names)) : SPAN("–");
    buf_free(&names);
    return kept;
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
    return ipus_work_refuse(work, IPUS_NOT_IN_STATE, spec->state,
                            ipus_choice(spec->fields[spec->state].choices, state),
                            span_of(command->step->name), open_steps(work));
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

static bool run(ipus_work_t *work)
{
    const ipus_step_t *step = work->command->step;
    return load(work) && in_legal_state(work) && (step->may == NULL || step->may(work)) &&
           take_all(work) && (step->effect == NULL || step->effect(work)) && write_row(work) &&
           (step->then == NULL || step->then(work));
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
    ipus_answer_t answer = {.code = IPUS_FINE};
    ipus_work_t inner = {
        .command = &command, .record = work->record, .answer = &answer, .freed = work->freed};
    bool done = run(&inner);
    if (!done) {
        *work->answer = answer;
    }
    return done;
}

/* An entry of the queue may have been offered something by its own step. */
static bool offer_freed(ipus_work_t *work)
{
    return ipus_queue_offer_freed(work) &&
           (work->row.kind != IPUS_WAITING ||
            ipus_work_load(work, IPUS_WAITING, work->row.id, &work->answer->row));
}

bool ipus_run(const ipus_command_t *command, ipus_record_t *record, ipus_answer_t *answer)
{
    ipus_freed_t *freed = NULL;
    ipus_work_t work = {.command = command, .record = record, .answer = answer, .freed = &freed};
    *answer = (ipus_answer_t){.code = IPUS_FINE};
    return run(&work) && (freed == NULL || offer_freed(&work));
}

bool ipus_step_is_open(const ipus_command_t *command, ipus_record_t *record, const ipus_row_t *row,
                       const ipus_step_t *step, ipus_code_t *code)
{
    ipus_command_t asked = *command;
    ipus_answer_t answer = {.code = IPUS_FINE};
    ipus_work_t work = {.command = &asked,
                        .record = record,
                        .row = *row,
                        .before = *row,
                        .answer = &answer,
                        .asks = true};
    asked.kind = row->kind;
    asked.id = row->id;
    asked.step = step;
    int state = ipus_kind(row->kind)->state;
    bool legal = !ipus_step_makes(step) && (command->actor.host || !step->by_host) &&
                 (state < 0 || (step->from >> ipus_number(row, state) & 1u) != 0);
    bool open = legal && within_scope(&work, row) && (step->may == NULL || step->may(&work));
    if (answer.code != IPUS_FINE) {
        *code = answer.code;
    }
    return open;
}
