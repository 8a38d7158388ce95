/* Finding people, all that is held of one, who has been kept long enough. */
#include "office/inside.h"
#include "office/record.h"

enum {
    FOUND_MAX = 20,
    DUE = 100,
    DUE_MAX = 1000,
    NAME_MAX = 160,
};

/* ---- finding --------------------------------------------------------------------------------- */

static bool put_person(office_reading_t *reading, int64_t id)
{
    ipus_row_t person;
    ipus_record_t *record = reading->sight.record;
    ipus_code_t code = record->get(record->context, IPUS_PERSON, id, true, &person);
    if (code == IPUS_FINE && desk_sees(&reading->sight, &person)) {
        office_put_row(reading, &person, false);
    }
    return code == IPUS_FINE || code == IPUS_ABSENT;
}

typedef struct {
    span_t text;
    int field; /* PERSON_PESEL, PERSON_DOCUMENT; -1: a name */
} find_t;

static bool run_find(office_call_t *call, ipus_record_t *record)
{
    const find_t *find = call->own;
    office_reading_t reading = office_reading(call, record, true);
    int64_t ids[FOUND_MAX];
    size_t count = 0;
    ipus_code_t code = IPUS_FINE;
    if (find->field < 0) {
        code = store_people_named(record, find->text, ids, FOUND_MAX, &count);
    } else {
        code = record->person(record->context, find->field, find->text, &ids[0]);
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

static office_next_t on_find(office_call_t *call)
{
    static const char *const names[] = {"pesel", "document", "name"};
    static const int fields[] = {PERSON_PESEL, PERSON_DOCUMENT, -1};
    const cJSON *body = NULL;
    find_t *find = office_own(call, sizeof *find);
    if (find == NULL || !office_body(call, &body)) {
        return OFFICE_REFUSED;
    }
    size_t given = 0;
    for (size_t i = 0; i < 3; i++) {
        span_t text = office_take_text(call, body, names[i], NAME_MAX, false);
        if (text.len > 0) {
            find->text = text;
            find->field = fields[i];
            given++;
        }
    }
    office_take_only(call, body, names, 3);
    if (given != 1 && office_mistakes(call) == 0) {
        office_mistake(call, OFFICE_DETAIL_ONE_OF, SPAN_NONE, SPAN("pesel, document, name"),
                       SPAN_NONE);
    }
    if (office_has_mistakes(call, OFFICE_PROBLEM_BAD_BODY)) {
        return OFFICE_REFUSED;
    }
    call->reads.what = "person.find";
    return office_read(call, run_find, office_then_noted);
}

/* ---- all that is held ------------------------------------------------------------------------ */

static bool run_export(office_call_t *call, ipus_record_t *record)
{
    const office_export_t export = {.programme = desk_programme(call->desk),
                                    .person = call->id,
                                    .now = call->now,
                                    .lang = call->lang};
    ipus_code_t code = office_export(record, &export, &call->out);
    if (code == IPUS_ABSENT) {
        return office_absent(call);
    }
    desk_reads_person(&call->reads, call->id);
    return code == IPUS_FINE;
}

static office_next_t on_export(office_call_t *call)
{
    call->reads.what = "person.export";
    return office_take_no_query(call) ? office_read(call, run_export, office_then_noted)
                                      : OFFICE_REFUSED;
}

/* ---- who has been kept long enough ----------------------------------------------------------- */

typedef struct {
    int64_t after;
    int limit;
} page_t;

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
    const page_t *page = call->own;
    due_t due = {.writer = {&call->out, false}, .limit = page->limit};
    json_object(&due.writer);
    json_name(&due.writer, "items");
    json_array(&due.writer);
    ipus_code_t code =
        ipus_kept_too_long(record, call->programme, call->today, page->after, put_due, &due);
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

static office_next_t on_due(office_call_t *call)
{
    office_parameter_t query[] = {{"after", SPAN_NONE}, {"limit", SPAN_NONE}};
    page_t *page = office_own(call, sizeof *page);
    if (page == NULL) {
        return OFFICE_REFUSED;
    }
    office_take_query(call, query, 2);
    page->after = office_query_number(call, &query[0], INT64_MAX, 0);
    page->limit = office_query_limit(call, &query[1], DUE_MAX, DUE);
    return office_has_mistakes(call, OFFICE_PROBLEM_BAD_QUERY)
               ? OFFICE_REFUSED
               : office_read(call, run_due, office_then_done);
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
     .summary = "Those kept for as long as the programme says: they may be erased."},
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/persons/{id}/export",
     .permission = "person.export",
     .handler = on_export,
     .kind = IPUS_KIND_COUNT,
     .summary = "All that is held of a person."},
};

office_doors_t office_doors_of_people(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
