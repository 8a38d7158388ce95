/* GET of one row, and of many. */
#include "office/inside.h"

enum { LIMIT = 50, LIMIT_MAX = 500, LIMIT_OPEN = 60, PARAMETERS_MAX = 80, NAME_MAX = 48 };

/* ---- one ------------------------------------------------------------------------------------- */

typedef struct {
    int64_t version;
} one_t;

static bool run_one(office_call_t *call, ipus_record_t *record)
{
    office_reading_t reading = office_reading(call, record, true);
    ipus_row_t row;
    ipus_code_t code = record->get(record->context, call->door->kind, call->id, true, &row);
    if (code == IPUS_ABSENT) {
        return office_absent(call);
    }
    if (code != IPUS_FINE) {
        return false;
    }
    /* Whoever may not see a row is not told that there is one. */
    if (!desk_sees(&reading.sight, &row)) {
        return reading.sight.broken ? false : office_absent(call);
    }
    ((one_t *)call->own)->version = row.version;
    desk_reads_row(&call->reads, &row);
    office_put_row(&reading, &row, true);
    return !reading.sight.broken;
}

/* Whether the client has one of these already. */
static bool has_already(span_t tags, span_t tag)
{
    span_t one = SPAN_NONE;
    while (span_cut(&tags, ',', &one)) {
        one = span_trim(one);
        one = span_starts(one, SPAN("W/")) ? span_from(one, 2) : one;
        if (span_equal(one, tag) || span_equal(one, SPAN("*"))) {
            return true;
        }
    }
    return false;
}

static office_next_t then_one(office_call_t *call)
{
    buf_t tag = {0};
    office_put_tag(&tag, call->door->kind, call->id, ((one_t *)call->own)->version);
    buf_literal(&call->fields, "ETag: ");
    buf_add(&call->fields, buf_span(&tag));
    buf_literal(&call->fields, "\r\n");
    if (has_already(http_header(call->exchange, "if-none-match"), buf_span(&tag))) {
        call->status = 304;
        buf_clear(&call->out);
    }
    buf_free(&tag);
    return OFFICE_NOTED;
}

office_next_t office_on_one(office_call_t *call)
{
    if (!office_take_no_query(call) || office_own(call, sizeof(one_t)) == NULL) {
        return OFFICE_REFUSED;
    }
    call->reads.what = ipus_kind(call->door->kind)->name;
    return office_read(call, run_one, then_one);
}

/* ---- many ------------------------------------------------------------------------------------ */

/* What is asked for. */
typedef struct {
    ipus_query_t query;
    int limit;
} list_t;

typedef struct {
    office_reading_t reading;
    const list_t *asked;
    int64_t last;
    int count;
    bool more;
} listing_t;

static bool list_row(void *of, const ipus_row_t *row)
{
    listing_t *listing = of;
    if (!desk_sees(&listing->reading.sight, row)) {
        return !listing->reading.sight.broken;
    }
    if (listing->count == listing->asked->limit) {
        listing->more = true;
        return false;
    }
    office_put_row(&listing->reading, row, false);
    listing->last = row->id;
    listing->count++;
    return !listing->reading.sight.broken && !listing->reading.writer.buf->failed;
}

static bool run_list(office_call_t *call, ipus_record_t *record)
{
    const list_t *asked = call->own;
    listing_t listing = {.reading = office_reading(call, record, asked->query.open),
                         .asked = asked};
    json_writer_t *writer = &listing.reading.writer;
    json_object(writer);
    json_name(writer, "items");
    json_array(writer);
    ipus_code_t code = record->find(record->context, &asked->query, list_row, &listing);
    json_array_end(writer);
    json_name(writer, "next");
    if (listing.more) {
        json_int(writer, listing.last);
    } else {
        json_null(writer);
    }
    json_object_end(writer);
    return code == IPUS_FINE && !listing.reading.sight.broken;
}

/* ---- what a list may be narrowed by ---------------------------------------------------------- */

typedef struct {
    const office_call_t *call;
    office_parameter_t at[PARAMETERS_MAX];
    char names[PARAMETERS_MAX][NAME_MAX];
    int fields[PARAMETERS_MAX]; /* -1: of every list */
    size_t count;
} filters_t;

enum { AFTER, MOST, NEWEST, OPEN, OF_ALL };

static void add_filter(filters_t *filters, const char *name, const char *end, int field)
{
    size_t len = strlen(name), more = strlen(end);
    if (filters->count == PARAMETERS_MAX || len + more >= NAME_MAX) {
        return;
    }
    char *kept = filters->names[filters->count];
    memcpy(kept, name, len);
    memcpy(kept + len, end, more + 1);
    filters->at[filters->count] = (office_parameter_t){kept, SPAN_NONE};
    filters->fields[filters->count++] = field;
}

void office_each_filter(ipus_kind_t kind, office_filter_t each, void *of)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    for (int i = 0; i < spec->count; i++) {
        const ipus_field_t *field = &spec->fields[i];
        if ((field->flags & IPUS_LISTED) == 0 && i != spec->owner) {
            continue;
        }
        each(of, field->name, "", i);
        if (field->type == IPUS_DATE) {
            each(of, field->name, "_from", i);
            each(of, field->name, "_to", i);
        }
    }
}

/* Nobody looks for rows by what they are not told of them. */
static void add_told(void *of, const char *name, const char *end, int field)
{
    filters_t *filters = of;
    if (desk_is_told(&filters->call->asker, filters->call->door->kind, field)) {
        add_filter(filters, name, end, field);
    }
}

static void gather_filters(filters_t *filters, const office_call_t *call)
{
    static const char *const of_all[] = {
        [AFTER] = "after", [MOST] = "limit", [NEWEST] = "newest", [OPEN] = "open"};
    filters->call = call;
    filters->count = 0;
    for (size_t i = 0; i < OF_ALL; i++) {
        add_filter(filters, of_all[i], "", -1);
    }
    office_each_filter(call->door->kind, add_told, filters);
}

/* One value as its field reads it; mistakes name the parameter. */
static bool read_filter(office_call_t *call, const office_parameter_t *parameter,
                        const ipus_field_t *field, int64_t *number)
{
    int64_t id = 0;
    int place = 0;
    date_t date = DATE_NONE;
    bool fine = true;
    office_detail_t detail = OFFICE_DETAIL_WANT_REF;
    switch (field->type) {
    case IPUS_REF:
        fine = office_id(parameter->value, &id);
        break;
    case IPUS_STATE:
    case IPUS_CHOICE:
        place = ipus_choice_place(field->choices, parameter->value);
        fine = place >= 0;
        id = place;
        detail = OFFICE_DETAIL_WANT_CHOICE;
        break;
    case IPUS_FLAG:
        id = span_equal(parameter->value, SPAN("true"));
        fine = id != 0 || span_equal(parameter->value, SPAN("false"));
        detail = OFFICE_DETAIL_WANT_FLAG;
        break;
    case IPUS_DATE:
        fine = date_parse(parameter->value, &date);
        id = date.days;
        detail = OFFICE_DETAIL_WANT_DATE;
        break;
    default:
        break;
    }
    if (!fine) {
        office_mistake(call, detail, span_of(parameter->name),
                       field->choices == NULL ? SPAN_NONE : span_of(field->choices), SPAN_NONE);
    }
    *number = id;
    return fine;
}

static void apply_range(ipus_query_t *query, int field, bool from, int64_t day)
{
    if (query->range != field) {
        query->range = field;
        query->from = INT32_MIN + 1;
        query->to = INT32_MAX;
    }
    *(from ? &query->from : &query->to) = day;
}

static void apply_filter(office_call_t *call, const filters_t *filters, size_t place)
{
    const office_parameter_t *parameter = &filters->at[place];
    int at = filters->fields[place];
    const ipus_field_t *field = &ipus_kind(call->door->kind)->fields[at];
    ipus_query_t *query = &((list_t *)call->own)->query;
    size_t plain = strlen(field->name), len = strlen(parameter->name);
    int64_t number = 0;
    if (!read_filter(call, parameter, field, &number)) {
        return;
    }
    if (len > plain) {
        if (query->range >= 0 && query->range != at) {
            office_mistake(call, OFFICE_DETAIL_REPEATED_PARAMETER, span_of(parameter->name),
                           SPAN_NONE, SPAN_NONE);
            return;
        }
        apply_range(query, at, strcmp(parameter->name + plain, "_from") == 0, number);
    } else if (query->equal_count == IPUS_QUERY_EQUALS) {
        office_mistake(call, OFFICE_DETAIL_REPEATED_PARAMETER, span_of(parameter->name), SPAN_NONE,
                       SPAN_NONE);
    } else if (ipus_is_text(field->type)) {
        ipus_query_text(query, at, parameter->value);
    } else {
        ipus_query_equal(query, at, number);
    }
}

static bool is_true(office_call_t *call, const office_parameter_t *parameter)
{
    bool is = span_equal(parameter->value, SPAN("true"));
    if (parameter->value.at != NULL && !is && !span_equal(parameter->value, SPAN("false"))) {
        office_mistake(call, OFFICE_DETAIL_WANT_FLAG, span_of(parameter->name), SPAN_NONE,
                       SPAN_NONE);
    }
    return is;
}

/* A provider's own rows are found by its number, not looked for among all. */
static void narrow_to_own(office_call_t *call)
{
    ipus_query_t *query = &((list_t *)call->own)->query;
    int provider = ipus_field(call->door->kind, SPAN("provider"));
    if (call->asker.reach == ACCESS_OWN && call->door->kind != IPUS_ACCOUNT && provider >= 0 &&
        query->equal_count < IPUS_QUERY_EQUALS) {
        ipus_query_equal(query, provider, call->asker.who.provider);
    }
}

office_next_t office_on_list(office_call_t *call)
{
    filters_t filters;
    list_t *list = office_own(call, sizeof *list);
    if (list == NULL) {
        return OFFICE_REFUSED;
    }
    gather_filters(&filters, call);
    office_take_query(call, filters.at, filters.count);
    list->query = IPUS_QUERY(call->door->kind);
    for (size_t i = OF_ALL; i < filters.count; i++) {
        if (filters.at[i].value.at != NULL) {
            apply_filter(call, &filters, i);
        }
    }
    list->query.after = office_query_number(call, &filters.at[AFTER], INT64_MAX, 0);
    list->query.descending = is_true(call, &filters.at[NEWEST]);
    list->query.open = is_true(call, &filters.at[OPEN]);
    int most = list->query.open ? LIMIT_OPEN : LIMIT_MAX;
    list->limit = office_query_limit(call, &filters.at[MOST], most, LIMIT);
    if (office_has_mistakes(call, OFFICE_PROBLEM_BAD_QUERY)) {
        return OFFICE_REFUSED;
    }
    narrow_to_own(call);
    call->reads.what = ipus_kind(call->door->kind)->name;
    return office_read(call, run_list, office_then_noted);
}
