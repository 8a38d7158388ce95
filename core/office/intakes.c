/* The public form, and how it stands. */
#include "office/inside.h"

enum {
    INTAKE_BURST = 5,
    INTAKE_PER_MINUTE = 6,
    STATUS_BURST = 20,
    STATUS_PER_MINUTE = 20,
    CODE_MAX = 20,
};

static bool may_ask(office_call_t *call, const char *what, unsigned burst, unsigned per_minute)
{
    int64_t wait_ms = 0;
    if (call->asker.who.account == 0 &&
        !access_may_ask(desk_access(call->desk), what, office_peer(call), burst, per_minute,
                        &wait_ms)) {
        office_refuse_for(call, OFFICE_PROBLEM_TOO_MANY, wait_ms);
        return false;
    }
    return true;
}

/* ---- sending it ------------------------------------------------------------------------------ */

/* Where to ask how it stands. */
static void put_status_address(const office_call_t *call, json_writer_t *writer, span_t code)
{
    buf_t address = {0};
    buf_print(&address, "/v1/%.*s/intakes/status/", SPAN_ARGS(desk_programme(call->desk)));
    for (size_t i = 0; i < code.len; i++) {
        char letter = code.at[i];
        buf_byte(&address, letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter);
    }
    json_name(writer, "status");
    json_text(writer, buf_span(&address));
    buf_free(&address);
}

static bool tell_intake(desk_step_t *step, ipus_record_t *record, buf_t *out)
{
    (void)record;
    json_writer_t writer = {out, false};
    span_t code = ipus_text(&step->answer.row, INTAKE_CODE);
    json_object(&writer);
    json_name(&writer, "code");
    json_text(&writer, code);
    json_name(&writer, "state");
    json_text(&writer, SPAN("received"));
    put_status_address(step->of, &writer, code);
    json_object_end(&writer);
    return true;
}

static office_next_t then_intake(office_call_t *call)
{
    call->status = 201;
    if (call->out.len == 0) {
        buf_literal(&call->out, "{}"); /* somebody was erased since: what it said is gone */
    }
    return OFFICE_DONE;
}

/* Whoever makes a mistake may mend it: only a form that is sound uses up what one may send. */
static office_next_t on_intake(office_call_t *call)
{
    desk_step_t *step =
        office_begin_step(call, IPUS_INTAKE, ipus_step_named(IPUS_INTAKE, SPAN("make")), 0);
    if (step == NULL || !office_take_key(call) || !office_take_fields(call) ||
        !may_ask(call, "intake", INTAKE_BURST, INTAKE_PER_MINUTE)) {
        return OFFICE_REFUSED;
    }
    step->command.why = SPAN_NONE;
    step->tell = tell_intake;
    return office_write_step(call, then_intake);
}

/* ---- how it stands --------------------------------------------------------------------------- */

typedef struct {
    char code[CODE_MAX];
    size_t len;
} status_t;

static void put_state(json_writer_t *writer, const char *name, ipus_kind_t kind, int field,
                      int state)
{
    json_name(writer, name);
    if (state >= 0) {
        json_text(writer, ipus_choice(ipus_kind(kind)->fields[field].choices, state));
    } else {
        json_null(writer);
    }
}

static bool run_status(office_call_t *call, ipus_record_t *record)
{
    const status_t *status = call->own;
    json_writer_t writer = {&call->out, false};
    desk_case_t found;
    ipus_code_t code = desk_case(record, (span_t){status->code, status->len}, &found);
    if (code != IPUS_FINE) {
        return code == IPUS_ABSENT ? office_absent(call) : false;
    }
    json_object(&writer);
    put_state(&writer, "state", IPUS_INTAKE, INTAKE_STATE, found.intake);
    json_name(&writer, "received_on");
    json_date(&writer, found.received_on);
    put_state(&writer, "application", IPUS_APPLICATION, APPLICATION_STATE, found.application);
    json_object_end(&writer);
    return true;
}

static office_next_t on_status(office_call_t *call)
{
    status_t *status = office_own(call, sizeof *status);
    if (status == NULL || !may_ask(call, "intake-status", STATUS_BURST, STATUS_PER_MINUTE)) {
        return OFFICE_REFUSED;
    }
    buf_t written = {0};
    if (http_unescape(&written, call->request->parameters[1])) {
        status->len = desk_code(buf_span(&written), status->code, sizeof status->code);
    }
    buf_free(&written);
    return office_read(call, run_status, office_then_done);
}

/* ---- the doors ------------------------------------------------------------------------------- */

static const office_door_t doors[] = {
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/intakes",
     .permission = "intake.make",
     .handler = on_intake,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "The public form; answers with a code."},
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/intakes/status/{code}",
     .permission = "intake.status",
     .flags = OFFICE_SPELLED,
     .handler = on_status,
     .kind = IPUS_KIND_COUNT,
     .summary = "How a form stands."},
};

office_doors_t office_doors_of_intakes(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
