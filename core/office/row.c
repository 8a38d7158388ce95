/* Rows as JSON. */
#include "office/inside.h"

office_reading_t office_reading(office_call_t *call, ipus_record_t *record, bool opens)
{
    return (office_reading_t){.call = call,
                              .sight = {.asker = &call->asker,
                                        .record = record,
                                        .programme = call->programme,
                                        .today = call->today,
                                        .now = call->now},
                              .writer = {&call->out, false},
                              .opens = opens};
}

/* ---- values ---------------------------------------------------------------------------------- */

void office_put_time(json_writer_t *writer, int64_t at)
{
    char day[DATE_TEXT_LEN + 1];
    int64_t days = at / 86400000 - (at % 86400000 < 0), rest = at - days * 86400000;
    date_text((date_t){(int32_t)days}, day);
    json_raw(writer, SPAN(""));
    buf_print(writer->buf, "\"%sT%02d:%02d:%02d.%03dZ\"", day, (int)(rest / 3600000),
              (int)(rest / 60000 % 60), (int)(rest / 1000 % 60), (int)(rest % 1000));
}

static void put_ids(json_writer_t *writer, span_t ids)
{
    span_t id = SPAN_NONE;
    json_array(writer);
    while (span_cut(&ids, ' ', &id)) {
        if (id.len > 0) {
            json_text(writer, id);
        }
    }
    json_array_end(writer);
}

void office_put_value(json_writer_t *writer, const ipus_field_t *field, const ipus_value_t *value,
                      lang_t lang)
{
    if (value->is != IPUS_KNOWN) {
        json_null(writer);
        return;
    }
    switch (field->type) {
    case IPUS_JSON:
        json_raw(writer, value->text);
        break;
    case IPUS_SERVICES:
        put_ids(writer, value->text);
        break;
    case IPUS_UNITS:
        json_thousandths(writer, value->number);
        break;
    case IPUS_MONEY:
        json_money(writer, value->number, lang);
        break;
    case IPUS_DATE:
        json_date(writer, (date_t){(int32_t)value->number});
        break;
    case IPUS_TIME:
        office_put_time(writer, value->number);
        break;
    case IPUS_FLAG:
        json_bool(writer, value->number != 0);
        break;
    case IPUS_CHOICE:
    case IPUS_STATE:
        json_text(writer, ipus_choice(field->choices, value->number));
        break;
    case IPUS_NUMBER:
    case IPUS_REF:
        json_int(writer, value->number);
        break;
    default:
        json_text(writer, value->text);
        break;
    }
}

/* ---- steps ----------------------------------------------------------------------------------- */

void office_put_steps(office_reading_t *reading, const ipus_row_t *row)
{
    size_t count = 0;
    const ipus_step_t *steps = ipus_steps(row->kind, &count);
    json_array(&reading->writer);
    for (size_t i = 0; i < count; i++) {
        if (desk_is_open(&reading->sight, row, &steps[i])) {
            json_text(&reading->writer, span_of(steps[i].name));
        }
    }
    json_array_end(&reading->writer);
}

void office_put_tag(buf_t *buf, ipus_kind_t kind, int64_t id, int64_t version)
{
    buf_print(buf, "\"%s-%lld-%lld\"", ipus_kind(kind)->name, (long long)id, (long long)version);
}

/* ---- a row ----------------------------------------------------------------------------------- */

static bool get_open(office_reading_t *reading, ipus_kind_t kind, int64_t id, ipus_row_t *row)
{
    ipus_record_t *record = reading->sight.record;
    ipus_code_t code = record->get(record->context, kind, id, true, row);
    reading->sight.broken = reading->sight.broken || code == IPUS_BROKEN;
    return code == IPUS_FINE;
}

/* What another row has for whoever delivers. */
static void put_marked(office_reading_t *reading, const ipus_row_t *row)
{
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    json_object(&reading->writer);
    for (int i = 0; i < spec->count; i++) {
        if ((spec->fields[i].flags & IPUS_FOR_PROVIDER) != 0) {
            json_name(&reading->writer, spec->fields[i].name);
            office_put_value(&reading->writer, &spec->fields[i], &row->at[i], reading->call->lang);
        }
    }
    json_object_end(&reading->writer);
}

/* Whom an order is for, as far as whoever goes there needs it, and how it was agreed. */
static void put_delivery(office_reading_t *reading, const ipus_row_t *order)
{
    json_writer_t *writer = &reading->writer;
    int64_t id = ipus_number(order, ORDER_PERSON);
    ipus_row_t person, granted;
    buf_t name = {0};
    bool over = desk_is_over(&reading->call->asker, order);
    json_name(writer, "recipient");
    if (!over && get_open(reading, IPUS_PERSON, id, &person)) {
        const ipus_field_t *fields = ipus_kind(IPUS_PERSON)->fields;
        buf_add(&name, ipus_text(&person, PERSON_GIVEN_NAME));
        buf_byte(&name, ' ');
        buf_add(&name, ipus_text(&person, PERSON_FAMILY_NAME));
        json_object(writer);
        json_name(writer, "name");
        json_text(writer, buf_span(&name));
        json_name(writer, "phone");
        office_put_value(writer, &fields[PERSON_PHONE], &person.at[PERSON_PHONE], LANG_PL);
        json_name(writer, "address");
        office_put_value(writer, &fields[PERSON_ADDRESS], &person.at[PERSON_ADDRESS], LANG_PL);
        json_object_end(writer);
        desk_reads_person(&reading->call->reads, id);
    } else {
        json_null(writer);
    }
    buf_free(&name);
    json_name(writer, "agreed");
    if (!over && get_open(reading, IPUS_GRANTED, ipus_number(order, ORDER_GRANTED), &granted)) {
        put_marked(reading, &granted);
    } else {
        json_null(writer);
    }
}

static void put_fields(office_reading_t *reading, const ipus_row_t *row, bool confidential)
{
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    json_writer_t *writer = &reading->writer;
    bool over = desk_is_over(&reading->call->asker, row);
    for (int i = 0; i < spec->count; i++) {
        const ipus_field_t *field = &spec->fields[i];
        bool closed = ((field->flags & IPUS_CONFIDENTIAL) != 0 && !confidential) ||
                      ((field->flags & IPUS_SEALED) != 0 && over);
        if (!desk_is_told(&reading->call->asker, row->kind, i) ||
            (row->at[i].is == IPUS_LOCKED && !reading->opens)) {
            continue;
        }
        json_name(writer, field->name);
        if (closed) {
            json_null(writer);
        } else {
            office_put_value(writer, field, &row->at[i], reading->call->lang);
        }
        if ((field->flags & IPUS_SEALED) != 0 && row->at[i].is == IPUS_KNOWN && !closed) {
            desk_reads_row(&reading->call->reads, row);
        }
    }
}

/* What there is and may not be read here is named, so that nobody takes it for missing. */
static void put_confidential(office_reading_t *reading, const ipus_row_t *row)
{
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    json_name(&reading->writer, "confidential");
    json_array(&reading->writer);
    for (int i = 0; i < spec->count; i++) {
        if ((spec->fields[i].flags & IPUS_CONFIDENTIAL) != 0 && row->at[i].is != IPUS_NONE &&
            desk_is_told(&reading->call->asker, row->kind, i)) {
            json_text(&reading->writer, span_of(spec->fields[i].name));
        }
    }
    json_array_end(&reading->writer);
}

static bool has_confidential(const ipus_kind_spec_t *spec)
{
    for (int i = 0; i < spec->count; i++) {
        if ((spec->fields[i].flags & IPUS_CONFIDENTIAL) != 0) {
            return true;
        }
    }
    return false;
}

void office_put_row(office_reading_t *reading, const ipus_row_t *row, bool whole)
{
    json_writer_t *writer = &reading->writer;
    bool asks = has_confidential(ipus_kind(row->kind));
    bool confidential = asks && reading->opens && desk_sees_confidential(&reading->sight, row);
    json_object(writer);
    json_name(writer, "id");
    json_int(writer, row->id);
    json_name(writer, "version");
    json_int(writer, row->version);
    json_name(writer, "made_at");
    office_put_time(writer, row->made_at);
    json_name(writer, "changed_at");
    office_put_time(writer, row->changed_at);
    if (row->damaged) { /* what is sealed in it does not open */
        json_name(writer, "damaged");
        json_bool(writer, true);
    }
    put_fields(reading, row, confidential);
    if (asks && !confidential) {
        put_confidential(reading, row);
    }
    if (whole && row->kind == IPUS_ORDER && reading->call->asker.who.role == ACCESS_PROVIDER) {
        put_delivery(reading, row);
    }
    if (whole) {
        json_name(writer, "steps");
        office_put_steps(reading, row);
    }
    json_object_end(writer);
}
