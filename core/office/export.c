/* All that is held of a person. */
#include "office/inside.h"
#include "office/record.h"

typedef struct {
    json_writer_t writer;
    lang_t lang;
} exporting_t;

static bool put_row(void *of, const ipus_row_t *row)
{
    exporting_t *exporting = of;
    json_writer_t *writer = &exporting->writer;
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    json_object(writer);
    json_name(writer, "id");
    json_int(writer, row->id);
    json_name(writer, "version");
    json_int(writer, row->version);
    json_name(writer, "made_at");
    office_put_time(writer, row->made_at);
    json_name(writer, "changed_at");
    office_put_time(writer, row->changed_at);
    for (int i = 0; i < spec->count; i++) {
        json_name(writer, spec->fields[i].name);
        office_put_value(writer, &spec->fields[i], &row->at[i], exporting->lang);
    }
    json_object_end(writer);
    return !writer->buf->failed;
}

static bool put_entry(void *of, const store_entry_t *entry)
{
    json_writer_t *writer = &((exporting_t *)of)->writer;
    json_object(writer);
    json_name(writer, "number");
    json_int(writer, entry->number);
    json_name(writer, "at");
    office_put_time(writer, entry->entry.at);
    json_name(writer, "account");
    json_int(writer, entry->entry.account);
    json_name(writer, entry->is_read ? "read" : "step");
    json_text(writer, span_of(entry->is_read ? entry->what : entry->entry.step));
    if (!entry->is_read) {
        json_name(writer, "of");
        json_text(writer, span_of(ipus_kind(entry->entry.kind)->name));
        json_name(writer, "id");
        json_int(writer, entry->entry.id);
    }
    json_object_end(writer);
    return !writer->buf->failed;
}

static ipus_code_t put_kind(exporting_t *exporting, ipus_record_t *record, ipus_kind_t kind,
                            int64_t person)
{
    int field = ipus_field(kind, SPAN("person"));
    if (field < 0) {
        return IPUS_FINE;
    }
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_equal(&query, field, person);
    query.open = true;
    json_name(&exporting->writer, ipus_kind(kind)->plural);
    json_array(&exporting->writer);
    ipus_code_t code = record->find(record->context, &query, put_row, exporting);
    json_array_end(&exporting->writer);
    return code;
}

ipus_code_t office_export(ipus_record_t *record, const office_export_t *export, buf_t *json)
{
    exporting_t exporting = {.writer = {json, false}, .lang = export->lang};
    json_writer_t *writer = &exporting.writer;
    ipus_row_t person;
    ipus_code_t code = record->get(record->context, IPUS_PERSON, export->person, true, &person);
    if (code != IPUS_FINE) {
        return code;
    }
    json_object(writer);
    json_name(writer, "programme");
    json_text(writer, export->programme);
    json_name(writer, "made_at");
    office_put_time(writer, export->now);
    json_name(writer, "person");
    put_row(&exporting, &person);
    for (int kind = 0; kind < IPUS_KIND_COUNT && code == IPUS_FINE; kind++) {
        code = put_kind(&exporting, record, (ipus_kind_t)kind, export->person);
    }
    json_name(writer, "journal");
    json_array(writer);
    if (code == IPUS_FINE) {
        code = store_journal(record, export->person, 0, 0, put_entry, &exporting);
    }
    json_array_end(writer);
    json_object_end(writer);
    return code;
}
