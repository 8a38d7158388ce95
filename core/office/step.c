/* Making, changing and every other step: If-Match, Idempotency-Key, the transaction, the answer. */
#include "office/inside.h"

enum { KEY_MAX = 128 };

/* ---- what the head says ---------------------------------------------------------------------- */

/* Papers that people agree to and money: whoever moves them has read what they move. */
static bool must_be_read(ipus_kind_t kind)
{
    return kind == IPUS_PLAN || kind == IPUS_CHARGE || kind == IPUS_PAYMENT;
}

/* "order-12-3": 3. Of a list the newest of this row, as no older one can be the present. */
static bool read_match(const ipus_command_t *command, span_t match, int64_t *version)
{
    buf_t start = {0};
    buf_print(&start, "\"%s-%lld-", ipus_kind(command->kind)->name, (long long)command->id);
    span_t tag;
    while (!start.failed && span_cut(&match, ',', &tag)) {
        int64_t number = 0;
        tag = span_trim(tag);
        if (span_starts(tag, buf_span(&start)) && tag.len > start.len + 1 &&
            tag.at[tag.len - 1] == '"' &&
            office_id((span_t){tag.at + start.len, tag.len - start.len - 1}, &number) &&
            number > *version) {
            *version = number;
        }
    }
    buf_free(&start);
    return *version > 0;
}

static bool take_match(office_call_t *call)
{
    ipus_command_t *command = &call->step->command;
    if (command->id == 0) {
        return true;
    }
    span_t match = span_trim(http_header(call->exchange, "if-match"));
    bool any = span_equal(match, SPAN("*")); /* whatever its version is */
    if (match.len == 0 || (any && must_be_read(command->kind))) {
        office_refuse(call, OFFICE_PROBLEM_NEEDS_MATCH);
        return false;
    }
    if (!any && !read_match(command, match, &command->version)) {
        office_refuse(call, OFFICE_PROBLEM_STALE);
        return false;
    }
    return true;
}

bool office_take_key(office_call_t *call)
{
    span_t key = http_header(call->exchange, "idempotency-key");
    if (key.at == NULL || call->request->method != HTTP_POST) {
        return true;
    }
    if (key.len == 0 || key.len > KEY_MAX) {
        office_refuse(call, OFFICE_PROBLEM_BAD_KEY);
        return false;
    }
    if (!desk_step_take_key(call->step, key, call->request->path, call->request->body)) {
        office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
        return false;
    }
    return true;
}

/* ---- the step -------------------------------------------------------------------------------- */

/* {"id":12,"version":3,"state":"accepted","steps":[…]}: no personal datum, so that it may be
 * remembered. */
static bool tell_summary(desk_step_t *step, ipus_record_t *record, buf_t *out)
{
    const ipus_row_t *row = &step->answer.row;
    office_reading_t reading = office_reading(step->of, record, false);
    reading.writer.buf = out;
    int state = ipus_kind(row->kind)->state;
    json_object(&reading.writer);
    json_name(&reading.writer, "id");
    json_int(&reading.writer, row->id);
    json_name(&reading.writer, "version");
    json_int(&reading.writer, row->version);
    json_name(&reading.writer, "state");
    if (state >= 0) {
        json_text(&reading.writer, ipus_choice(ipus_kind(row->kind)->fields[state].choices,
                                               ipus_number(row, state)));
    } else {
        json_null(&reading.writer);
    }
    json_name(&reading.writer, "steps");
    office_put_steps(&reading, row);
    json_object_end(&reading.writer);
    return !reading.sight.broken;
}

static desk_step_t *begin(office_call_t *call, const desk_asker_t *asker, ipus_kind_t kind,
                          const ipus_step_t *what, int64_t id)
{
    desk_step_t *step = arena_alloc(call->arena, sizeof *step);
    call->step = step;
    if (step == NULL) {
        office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
        return NULL;
    }
    desk_step_begin(step, asker, kind, what, id);
    step->arena = call->arena;
    step->tell = tell_summary;
    step->of = call;
    step->command.today = call->today;
    step->command.now = call->now;
    step->command.programme = call->programme;
    return step;
}

desk_step_t *office_begin_step(office_call_t *call, ipus_kind_t kind, const ipus_step_t *step,
                               int64_t id)
{
    return begin(call, &call->asker, kind, step, id);
}

desk_step_t *office_begin_own_step(office_call_t *call, ipus_kind_t kind, const char *name,
                                   int64_t id)
{
    desk_asker_t asker = call->asker;
    asker.host = true;
    return begin(call, &asker, kind, ipus_step_named(kind, span_of(name)), id);
}

bool office_run_step(office_call_t *call, ipus_record_t *record)
{
    return desk_step_run(call->step, &call->asker, record, &call->out);
}

office_next_t office_write_step(office_call_t *call, office_next_t (*then)(office_call_t *))
{
    return office_write(call, office_run_step, then);
}

/* ---- the answer ------------------------------------------------------------------------------ */

/* What was remembered tells the row and its version. */
static void read_replay(const office_call_t *call, int64_t *id, int64_t *version)
{
    cJSON *told = json_read_own(buf_span(&call->out));
    json_integer(json_member(told, "id"), id);
    json_integer(json_member(told, "version"), version);
    cJSON_Delete(told);
}

static void add_fields(office_call_t *call)
{
    const desk_step_t *step = call->step;
    int64_t id = step->answer.row.id, version = step->answer.row.version;
    if (step->replayed) {
        read_replay(call, &id, &version);
    }
    buf_literal(&call->fields, "ETag: ");
    office_put_tag(&call->fields, step->command.kind, id, version);
    buf_literal(&call->fields, "\r\n");
    if (step->command.id == 0) {
        buf_print(&call->fields, "Location: /v1/%.*s/", SPAN_ARGS(desk_programme(call->desk)));
        for (const char *at = ipus_kind(step->command.kind)->plural; *at != '\0'; at++) {
            buf_byte(&call->fields, *at == '_' ? '-' : *at);
        }
        buf_print(&call->fields, "/%lld\r\n", (long long)id);
    }
}

office_next_t office_then_step(office_call_t *call)
{
    const desk_step_t *step = call->step;
    desk_step_learn(call->desk, step);
    call->status = step->command.id == 0 ? 201 : 200;
    if (step->replayed && call->out.len == 0) {
        buf_literal(&call->out, "{}"); /* somebody was erased since: what it said is gone */
    } else {
        add_fields(call);
    }
    return OFFICE_DONE;
}

/* ---- asking for it --------------------------------------------------------------------------- */

/* To erase is to destroy the key, in the transaction of the step. */
static bool erase(desk_step_t *step, ipus_record_t *record)
{
    return store_erase(record, step->command.id) == IPUS_FINE;
}

static bool may_override(office_call_t *call)
{
    const ipus_command_t *command = &call->step->command;
    bool may = command->why.len == 0 || command->actor.may_override;
    if (!may) {
        office_refuse_permission(call, "override");
    }
    return may;
}

/* What only the rules know to be right or wrong. */
static bool is_sound(office_call_t *call)
{
    const ipus_command_t *command = &call->step->command;
    const ipus_row_t *given = &command->given;
    if (command->kind == IPUS_ORDER && ipus_has(given, ORDER_ORDER_FACTS)) {
        return office_check_order(call, ipus_text(given, ORDER_ORDER_FACTS));
    }
    if (command->kind != IPUS_STATEMENT || command->id != 0) {
        return true;
    }
    return office_check_fact(call, given->at[STATEMENT_FACT].text, given->at[STATEMENT_VALUE].text);
}

office_next_t office_on_step(office_call_t *call)
{
    const office_door_t *door = call->door;
    desk_step_t *step = office_begin_step(call, door->kind, door->step, call->id);
    if (step == NULL || !take_match(call) || !office_take_key(call) || !office_take_fields(call) ||
        !may_override(call) || !is_sound(call)) {
        return OFFICE_REFUSED;
    }
    if (door->kind == IPUS_PERSON && strcmp(door->step->name, "erase") == 0) {
        step->beside = erase;
    }
    return door->step->decides ? office_decide(call) : office_write_step(call, office_then_step);
}
