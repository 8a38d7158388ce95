/* People: found without a secret in an address, told all that is held of them; and the public form,
 * by which they come. */
#include "office/inside.h"
#include "office/record.h"

enum {
    FOUND_MAX = 20,
    DUE = 100,
    DUE_MAX = 1000,
    NAME_MAX = 160,
    INTAKE_BURST = 5,
    INTAKE_PER_MINUTE = 6,
    STATUS_BURST = 20,
    STATUS_PER_MINUTE = 20,
};

/* ---- finding --------------------------------------------------------------------------------- */

static bool put_person(office_reading_t *reading, int64_t id)
{
    ipus_row_t person;
    ipus_record_t *record = reading->record;
    ipus_code_t code = record->get(record->context, IPUS_PERSON, id, true, &person);
    if (code == IPUS_FINE && office_sees(reading, &person)) {
        office_put_row(reading, &person, false);
    }
    return code == IPUS_FINE || code == IPUS_ABSENT;
}

static bool run_find(office_call_t *call, ipus_record_t *record)
{
    office_reading_t reading = {.call = call, .record = record, .writer = {&call->out, false}};
    int64_t ids[FOUND_MAX];
    size_t count = 0;
    ipus_code_t code = IPUS_FINE;
    if (call->field < 0) {
        code = store_people_named(record, call->text, ids, FOUND_MAX, &count);
    } else {
        code = record->person(record->context, call->field, call->text, &ids[0]);
        count = code == IPUS_FINE;
    }
    json_object(&reading.writer);
    json_name(&reading.writer, "items");
    json_array(&reading.writer);
    bool fine = code == IPUS_FINE || code == IPUS_ABSENT;
    for (size_t i = 0; i < count && fine; i++) {
        fine = put_person(&reading, ids[i]);
    }
    json_array_end(&reading.writer);
    json_object_end(&reading.writer);
    return fine;
}

static void then_noted(office_call_t *call, store_result_t result)
{
    if (office_went_well(call, result)) {
        office_reply_noted(call);
    }
}

static void on_find(office_call_t *call)
{
    static const char *const names[] = {"pesel", "document", "name"};
    static const int fields[] = {PERSON_PESEL, PERSON_DOCUMENT, -1};
    bool fine = false;
    const cJSON *body = office_body(call, &fine);
    if (!fine) {
        return;
    }
    size_t given = 0;
    for (size_t i = 0; i < 3; i++) {
        span_t text = office_take_text(call, body, names[i], NAME_MAX, false);
        if (text.len > 0) {
            call->text = text;
            call->field = fields[i];
            given++;
        }
    }
    office_take_only(call, body, names, 3);
    if (given != 1 && office_mistakes(call) == 0) {
        office_mistake(call, OFFICE_DETAIL_ONE_OF, SPAN_NONE, SPAN("pesel, document, name"),
                       SPAN_NONE);
    }
    if (office_mistakes(call) > 0) {
        office_problem_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
        return;
    }
    call->opens = true;
    call->what = "person.find";
    call->run = run_find;
    call->then = then_noted;
    office_read(call);
}

/* ---- all that is held ------------------------------------------------------------------------ */

static bool run_export(office_call_t *call, ipus_record_t *record)
{
    const office_export_t export = {
        .programme = call->desk->id, .person = call->id, .now = call->now, .lang = call->lang};
    ipus_code_t code = office_export(record, &export, &call->out);
    if (code == IPUS_ABSENT) {
        call->answer.refused = true;
        call->answer.refusal = (ipus_refusal_t){.code = IPUS_NO_SUCH_ROW, .field = -1};
    }
    if (code == IPUS_FINE) {
        office_note_person(call, call->id);
    }
    return code == IPUS_FINE;
}

static void on_export(office_call_t *call)
{
    office_take_query(call, NULL, 0);
    if (office_mistakes(call) > 0) {
        office_problem_mistakes(call, OFFICE_PROBLEM_BAD_QUERY);
        return;
    }
    call->opens = true;
    call->what = "person.export";
    call->run = run_export;
    call->then = then_noted;
    office_read(call);
}

/* ---- who has been kept long enough ----------------------------------------------------------- */

typedef struct {
    json_writer_t writer;
    int limit, count;
    int64_t last;
    bool more;
} due_t;

static bool put_due(void *of, const ipus_kept_t *kept)
{
    due_t *due = of;
    json_writer_t *writer = &due->writer;
    due->more = due->count == due->limit;
    if (due->more) {
        return false;
    }
    json_object(writer);
    json_name(writer, "person");
    json_int(writer, kept->person);
    json_name(writer, "last");
    json_date(writer, kept->last);
    json_name(writer, "until");
    json_date(writer, kept->until);
    json_object_end(writer);
    due->last = kept->person;
    due->count++;
    return !writer->buf->failed;
}

static bool run_due(office_call_t *call, ipus_record_t *record)
{
    due_t due = {.writer = {&call->out, false}, .limit = call->limit};
    json_object(&due.writer);
    json_name(&due.writer, "items");
    json_array(&due.writer);
    ipus_code_t code =
        ipus_kept_too_long(record, call->programme, call->today, call->id, put_due, &due);
    json_array_end(&due.writer);
    json_name(&due.writer, "next");
    if (due.more) {
        json_int(&due.writer, due.last);
    } else {
        json_null(&due.writer);
    }
    json_object_end(&due.writer);
    return code == IPUS_FINE;
}

static void then_plain(office_call_t *call, store_result_t result)
{
    if (office_went_well(call, result)) {
        office_reply(call);
    }
}

static void on_due(office_call_t *call)
{
    office_parameter_t query[] = {{"after", SPAN_NONE}, {"limit", SPAN_NONE}};
    office_take_query(call, query, 2);
    call->id = office_query_number(call, &query[0], INT64_MAX, 0);
    call->limit = (int)office_query_number(call, &query[1], DUE_MAX, DUE);
    if (office_mistakes(call) > 0) {
        office_problem_mistakes(call, OFFICE_PROBLEM_BAD_QUERY);
        return;
    }
    call->limit = call->limit == 0 ? 1 : call->limit;
    call->run = run_due;
    call->then = then_plain;
    office_read(call);
}

/* ---- the public form ------------------------------------------------------------------------- */

static bool may_ask(office_call_t *call, const char *what, unsigned burst, unsigned per_minute)
{
    int64_t wait_ms = 0;
    if (call->who.account == 0 &&
        !access_may_ask(call->desk->access, what, office_peer(call), burst, per_minute, &wait_ms)) {
        office_problem_wait(call, OFFICE_PROBLEM_TOO_MANY, wait_ms);
        return false;
    }
    return true;
}

/* Where to ask how it stands. */
static void put_status_address(office_call_t *call, json_writer_t *writer)
{
    span_t code = ipus_text(&call->answer.row, INTAKE_CODE);
    buf_t address = {0};
    buf_print(&address, "/v1/%.*s/intakes/status/", SPAN_ARGS(call->desk->id));
    for (size_t i = 0; i < code.len; i++) {
        char letter = code.at[i];
        buf_byte(&address, letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter);
    }
    json_name(writer, "status");
    json_text(writer, buf_span(&address));
    buf_free(&address);
}

static void then_intake(office_call_t *call, store_result_t result)
{
    if (!office_went_well(call, result)) {
        return;
    }
    json_writer_t writer = {&call->out, false};
    buf_clear(&call->out);
    json_object(&writer);
    json_name(&writer, "code");
    json_text(&writer, ipus_text(&call->answer.row, INTAKE_CODE));
    json_name(&writer, "state");
    json_text(&writer, SPAN("received"));
    put_status_address(call, &writer);
    json_object_end(&writer);
    call->status = 201;
    office_reply(call);
}

static void on_intake(office_call_t *call)
{
    if (!may_ask(call, "intake", INTAKE_BURST, INTAKE_PER_MINUTE)) {
        return;
    }
    office_begin_step(call, IPUS_INTAKE, ipus_step_named(IPUS_INTAKE, SPAN("make")), 0);
    if (office_take_fields(call)) {
        call->command.why = SPAN_NONE;
        call->then = then_intake;
        office_write(call);
    }
}

typedef struct {
    ipus_record_t *record;
    json_writer_t writer;
    bool found, broken;
} status_t;

static bool put_intake(void *of, const ipus_row_t *row)
{
    status_t *status = of;
    json_writer_t *writer = &status->writer;
    ipus_row_t application;
    status->found = true;
    json_object(writer);
    json_name(writer, "state");
    json_text(writer, ipus_choice(ipus_kind(IPUS_INTAKE)->fields[INTAKE_STATE].choices,
                                  ipus_number(row, INTAKE_STATE)));
    json_name(writer, "received_on");
    json_date(writer, ipus_date(row, INTAKE_RECEIVED_ON));
    json_name(writer, "application");
    ipus_code_t code =
        !ipus_has(row, INTAKE_APPLICATION)
            ? IPUS_ABSENT
            : status->record->get(status->record->context, IPUS_APPLICATION,
                                  ipus_number(row, INTAKE_APPLICATION), false, &application);
    status->broken = code == IPUS_BROKEN;
    if (code == IPUS_FINE) {
        json_text(writer,
                  ipus_choice(ipus_kind(IPUS_APPLICATION)->fields[APPLICATION_STATE].choices,
                              ipus_number(&application, APPLICATION_STATE)));
    } else {
        json_null(writer);
    }
    json_object_end(writer);
    return false;
}

static bool run_status(office_call_t *call, ipus_record_t *record)
{
    status_t status = {record, {&call->out, false}, false, false};
    ipus_query_t query = IPUS_QUERY(IPUS_INTAKE);
    ipus_query_text(&query, INTAKE_CODE, call->text);
    query.limit = 1;
    ipus_code_t code = record->find(record->context, &query, put_intake, &status);
    if (code == IPUS_FINE && !status.found) {
        call->answer.refused = true;
        call->answer.refusal = (ipus_refusal_t){.code = IPUS_NO_SUCH_ROW, .field = -1};
    }
    return code == IPUS_FINE && status.found && !status.broken;
}

static void on_status(office_call_t *call)
{
    if (!may_ask(call, "intake-status", STATUS_BURST, STATUS_PER_MINUTE)) {
        return;
    }
    /* Codes are capitals, addresses are not. */
    call->text = office_keep(call, call->request->parameters[1]);
    for (size_t i = 0; call->text.at != NULL && i < call->text.len; i++) {
        char *letter = (char *)call->text.at + i;
        *letter = *letter >= 'a' && *letter <= 'z' ? (char)(*letter - 'a' + 'A') : *letter;
    }
    call->run = run_status;
    call->then = then_plain;
    office_read(call);
}

/* ---- the doors ------------------------------------------------------------------------------- */

static const office_door_t doors[] = {
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/persons/find",
     .permission = "person.find",
     .handler = on_find,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "Finds people by PESEL, document or name."},
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/persons/due",
     .permission = "person.erase",
     .handler = on_due,
     .kind = IPUS_KIND_COUNT,
     .summary = "Those kept for as long as the programme says: they may be erased.",
     .query = "after limit"},
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/persons/{id}/export",
     .permission = "person.export",
     .handler = on_export,
     .kind = IPUS_KIND_COUNT,
     .summary = "All that is held of a person."},
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
     .handler = on_status,
     .kind = IPUS_KIND_COUNT,
     .summary = "How a form stands."},
};

office_doors_t office_doors_of_people(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
