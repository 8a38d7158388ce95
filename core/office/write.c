/* Doing a step and answering it. */
#include "office/inside.h"

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
