/* Query parameters, typed. Whatever is not understood is refused by name,
 * all of it in one answer. */
#include "api/inside.h"

enum { PER_PAGE = 20, PAGE_MAX = 1000000 };

typedef struct reading reading_t;

typedef struct {
    const char *name;
    unsigned of; /* API_TAKES_… */
    bool repeats;
    void (*take)(reading_t *reading, span_t value);
    int which; /* of the filters */
} parameter_t;

struct reading {
    api_call_t *call;
    api_query_t *query;
    unsigned takes;
    const parameter_t *parameter;
    parameter_t columns[CATALOG_COLUMNS_MAX]; /* of call->kind, to choose by */
    size_t column_count;
};

static void wrong(const reading_t *reading, api_detail_t detail, span_t first, span_t second,
                  span_t allowed, span_t nearest)
{
    api_mistake(reading->call, &(api_mistake_t){.detail = detail,
                                                .field = span_of(reading->parameter->name),
                                                .nearest = nearest,
                                                .allowed = allowed,
                                                .arguments = {first, second, SPAN_NONE}});
}

/* Refuses a value and tells the names that are allowed: in words, and as JSON. */
static void not_among(const reading_t *reading, span_t value, const char *const *names,
                      size_t count)
{
    buf_t *scratch = &reading->call->api->scratch;
    buf_clear(scratch);
    for (size_t i = 0; i < count; i++) {
        buf_add(scratch, i > 0 ? SPAN(", ") : SPAN(""));
        buf_add(scratch, span_of(names[i]));
    }
    size_t words = scratch->len;
    json_writer_t writer = {scratch, false};
    json_array(&writer);
    for (size_t i = 0; i < count; i++) {
        json_text(&writer, span_of(names[i]));
    }
    json_array_end(&writer);
    if (!scratch->failed) {
        wrong(reading, API_DETAIL_UNKNOWN_VALUE, (span_t){scratch->at, words}, SPAN_NONE,
              span_from(buf_span(scratch), words), span_of(text_nearest(value, names, count)));
    }
}

static int choose(const reading_t *reading, span_t value, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (span_equal(value, span_of(names[i]))) {
            return (int)i;
        }
    }
    not_among(reading, value, names, count);
    return -1;
}

static void take_on(reading_t *reading, span_t value)
{
    if (!date_parse(value, &reading->query->on)) {
        reading->query->on = DATE_NONE;
        wrong(reading, API_DETAIL_BAD_DATE, SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
}

static void take_text(reading_t *reading, span_t value)
{
    if (value.len > API_TEXT_MAX) {
        wrong(reading, API_DETAIL_TOO_LONG, SPAN("200"), SPAN_NONE, SPAN_NONE, SPAN_NONE);
        return;
    }
    if (value.len > 0) {
        memcpy(reading->query->text, value.at, value.len);
    }
    reading->query->text_len = value.len;
}

/* A code, or its beginning: those of a voivodeship, of a district. */
static void take_terc(reading_t *reading, span_t value)
{
    uint64_t number = 0;
    if (value.len > API_TERC_MAX || !span_number(value, UINT64_MAX, &number)) {
        wrong(reading, API_DETAIL_BAD_CODE, SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
        return;
    }
    memcpy(reading->query->terc, value.at, value.len);
    reading->query->terc_len = value.len;
}

static void take_want(reading_t *reading, span_t value)
{
    static const char *const names[] = {"true", "false"};
    int found = choose(reading, value, names, 2);
    api_want_t want = found == 0 ? API_TRUE : found == 1 ? API_FALSE : API_ANY;
    *(reading->parameter->which == 0 ? &reading->query->free : &reading->query->available) = want;
}

static void take_sort(reading_t *reading, span_t value)
{
    static const char *const names[] = {"number",  "name",  "price",  "left",
                                        "-number", "-name", "-price", "-left"};
    int found = choose(reading, value, names, 8);
    if (found >= 0) {
        reading->query->sort = (api_sort_t)(API_SORT_NUMBER + found % 4);
        reading->query->descending = found >= 4;
    }
}

static void take_number(reading_t *reading, span_t value)
{
    bool page = reading->parameter->which == 0;
    uint64_t number = 0;
    if (!span_number(value, page ? PAGE_MAX : API_PER_PAGE_MAX, &number) || number == 0) {
        wrong(reading, API_DETAIL_BAD_NUMBER, SPAN("1"), page ? SPAN("1000000") : SPAN("100"),
              page ? SPAN("{\"min\":1,\"max\":1000000}") : SPAN("{\"min\":1,\"max\":100}"),
              SPAN_NONE);
        return;
    }
    *(page ? &reading->query->page : &reading->query->per_page) = number;
}

static void take_group_by(reading_t *reading, span_t value)
{
    static const char *const names[] = {"package", "area", "group", "place"};
    int found = choose(reading, value, names, 4);
    if (found >= 0) {
        reading->query->group_by = (api_by_t)found;
    }
}

static registry_terms_t terms_of(const registry_programme_t *programme, int which)
{
    switch (which) {
    case API_BY_PACKAGE:
        return programme->packages;
    case API_BY_AREA:
        return programme->areas;
    case API_BY_GROUP:
        return programme->groups;
    default:
        return programme->places;
    }
}

enum { TERM_NAMES_MAX = 128, TERM_NAME_MAX = 64 };

static void not_a_term(reading_t *reading, span_t value, registry_terms_t terms)
{
    char room[TERM_NAMES_MAX][TERM_NAME_MAX];
    const char *names[TERM_NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < terms.count && count < TERM_NAMES_MAX; i++) {
        if (terms.at[i].id.len < TERM_NAME_MAX) {
            memcpy(room[count], terms.at[i].id.at, terms.at[i].id.len);
            room[count][terms.at[i].id.len] = '\0';
            names[count] = room[count];
            count++;
        }
    }
    not_among(reading, value, names, count);
}

static void choose_term(reading_t *reading, span_t value, registry_terms_t terms,
                        const registry_term_t *chosen[static API_TERMS_MAX], size_t *count)
{
    const registry_term_t *term = registry_term(terms, value);
    if (term == NULL) {
        not_a_term(reading, value, terms);
    } else if (*count == API_TERMS_MAX) {
        wrong(reading, API_DETAIL_TOO_MANY, SPAN("32"), SPAN_NONE, SPAN_NONE, SPAN_NONE);
    } else {
        chosen[(*count)++] = term;
    }
}

static void take_term(reading_t *reading, span_t value)
{
    int which = reading->parameter->which;
    choose_term(reading, value, terms_of(reading->call->programme, which),
                reading->query->terms[which], &reading->query->term_counts[which]);
}

static void take_column(reading_t *reading, span_t value)
{
    const api_call_t *call = reading->call;
    size_t column = (size_t)reading->parameter->which;
    choose_term(reading, value, registry_column_terms(call->programme, call->kind, column),
                reading->query->chosen[column], &reading->query->chosen_counts[column]);
}

static void take_group_column(reading_t *reading, span_t value)
{
    const char *names[CATALOG_COLUMNS_MAX];
    for (size_t i = 0; i < reading->column_count; i++) {
        names[i] = reading->columns[i].name;
    }
    int found = choose(reading, value, names, reading->column_count);
    if (found >= 0) {
        reading->query->group_column = (size_t)reading->columns[found].which;
    }
}

static void take_kind(reading_t *reading, span_t value)
{
    const char *names[CATALOG_KINDS + 1] = {[CATALOG_KINDS] = "services"};
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        names[kind] = registry_tables[kind].name;
    }
    int found = choose(reading, value, names, CATALOG_KINDS + 1);
    if (found >= 0) {
        reading->query->kinds |= 1u << found;
    }
}

static void take_fields(reading_t *reading, span_t value)
{
    const char *names[64];
    size_t count = api_member_count();
    for (size_t i = 0; i < count; i++) {
        names[i] = api_member_name(i);
    }
    span_t part = SPAN_NONE;
    while (span_cut(&value, ',', &part)) {
        int found = choose(reading, part, names, count);
        if (found < 0) {
            return;
        }
        reading->query->fields |= UINT64_C(1) << found;
    }
}

static const parameter_t parameters[] = {
    {"on", API_TAKES_ON, false, take_on, 0},
    {"q", API_TAKES_PAGE, false, take_text, 0},
    {"terc", API_TAKES_TERC, false, take_terc, 0},
    {"package", API_TAKES_LIST, true, take_term, API_BY_PACKAGE},
    {"area", API_TAKES_LIST, true, take_term, API_BY_AREA},
    {"group", API_TAKES_LIST, true, take_term, API_BY_GROUP},
    {"place", API_TAKES_LIST, true, take_term, API_BY_PLACE},
    {"free", API_TAKES_LIST, false, take_want, 0},
    {"available", API_TAKES_LIST, false, take_want, 1},
    {"sort", API_TAKES_LIST, false, take_sort, 0},
    {"kind", API_TAKES_SEARCH, true, take_kind, 0},
    {"page", API_TAKES_PAGE, false, take_number, 0},
    {"per_page", API_TAKES_PAGE, false, take_number, 1},
    {"group_by", API_TAKES_LIST, false, take_group_by, 0},
    {"group_by", API_TAKES_CATALOG, false, take_group_column, 0},
    {"fields", API_TAKES_FIELDS, false, take_fields, 0},
};
enum {
    PARAMETER_COUNT = sizeof parameters / sizeof *parameters,
    TAKEN_MAX = PARAMETER_COUNT + CATALOG_COLUMNS_MAX
};
_Static_assert(TAKEN_MAX <= 32, "a bit for each in `seen`");

static void list_columns(reading_t *reading)
{
    const registry_table_t *table = &registry_tables[reading->call->kind];
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i].filter != NULL) {
            reading->columns[reading->column_count++] = (parameter_t){
                table->columns[i].filter, API_TAKES_CATALOG, true, take_column, (int)i};
        }
    }
}

/* Those that may stand in this query; how many. */
static size_t list_taken(const reading_t *reading, const parameter_t *taken[static TAKEN_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        if (parameters[i].of & reading->takes) {
            taken[count++] = &parameters[i];
        }
    }
    for (size_t i = 0; i < reading->column_count; i++) {
        taken[count++] = &reading->columns[i];
    }
    return count;
}

static void unknown_parameter(const reading_t *reading, span_t name)
{
    const parameter_t *taken[TAKEN_MAX];
    const char *names[TAKEN_MAX];
    size_t count = list_taken(reading, taken);
    buf_t *scratch = &reading->call->api->scratch;
    size_t start = scratch->len;
    for (size_t i = 0; i < count; i++) {
        buf_add(scratch, i > 0 ? SPAN(", ") : SPAN(""));
        buf_add(scratch, span_of(taken[i]->name));
        names[i] = taken[i]->name;
    }
    span_t allowed = span_from(buf_span(scratch), start);
    if (start > 0) {
        name = (span_t){scratch->at, start}; /* the name stood in scratch, which may have moved */
    }
    api_mistake(reading->call,
                &(api_mistake_t){
                    .detail = count > 0 ? API_DETAIL_UNKNOWN_PARAMETER : API_DETAIL_NO_PARAMETERS,
                    .field = name,
                    .nearest = span_of(text_nearest(name, names, count)),
                    .arguments = {allowed, SPAN_NONE, SPAN_NONE},
                });
}

/* Its place among those that may stand here goes to `*bit`; NULL. */
static const parameter_t *find_parameter(const reading_t *reading, span_t name, unsigned *bit)
{
    const parameter_t *taken[TAKEN_MAX];
    size_t count = list_taken(reading, taken);
    for (size_t i = 0; i < count; i++) {
        if (span_equal(name, span_of(taken[i]->name))) {
            *bit = 1u << i;
            return taken[i];
        }
    }
    return NULL;
}

/* `name` and `value` as sent. */
static void take(reading_t *reading, span_t name, span_t value, unsigned *seen)
{
    buf_t *scratch = &reading->call->api->scratch;
    buf_clear(scratch);
    bool named = http_unescape(scratch, name);
    unsigned bit = 0;
    reading->parameter = named ? find_parameter(reading, buf_span(scratch), &bit) : NULL;
    if (reading->parameter == NULL) {
        reading->call->problem->failed |= scratch->failed;
        if (!named) {
            buf_clear(scratch);
            buf_literal(scratch, "?");
        }
        unknown_parameter(reading, buf_span(scratch));
        return;
    }
    if (*seen & bit && !reading->parameter->repeats) {
        wrong(reading, API_DETAIL_REPEATED_PARAMETER, SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
        return;
    }
    *seen |= bit;
    /* The value must outlive scratch, which messages are put together in. */
    buf_t *plain = &reading->call->api->out;
    buf_clear(plain);
    if (!http_unescape(plain, value)) {
        reading->call->problem->failed |= plain->failed;
        wrong(reading, API_DETAIL_BAD_ESCAPE, SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    } else if (plain->len == 0 && reading->parameter->take != take_text) {
        wrong(reading, API_DETAIL_EMPTY_VALUE, SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    } else {
        reading->parameter->take(reading, buf_span(plain));
    }
}

/* The lists of terms stay as they are: their counts tell what is in them, and quotes come by the
 * hundred thousand. */
static void query_clear(api_query_t *query)
{
    query->on = DATE_NONE;
    query->text_len = 0;
    query->terc_len = 0;
    memset(query->term_counts, 0, sizeof query->term_counts);
    memset(query->chosen_counts, 0, sizeof query->chosen_counts);
    query->free = query->available = API_ANY;
    query->sort = API_SORT_NONE;
    query->descending = false;
    query->page = 1;
    query->per_page = PER_PAGE;
    query->group_by = API_BY_COUNT;
    query->fields = 0;
    query->group_column = CATALOG_COLUMNS_MAX;
    query->kinds = 0;
}

bool api_take_query(api_call_t *call, unsigned takes)
{
    api_query_t *query = &call->query;
    query_clear(query);
    reading_t reading;
    reading.call = call;
    reading.query = query;
    reading.takes = takes;
    reading.parameter = NULL;
    reading.column_count = 0;
    span_t rest = call->request->query, name = SPAN_NONE, value = SPAN_NONE;
    unsigned seen = 0;
    if (takes & API_TAKES_CATALOG) {
        list_columns(&reading);
    }
    while (http_query_next(&rest, &name, &value)) {
        take(&reading, name, value, &seen);
    }
    if (call->api->problem.count > 0) {
        api_problem_mistakes(call, API_PROBLEM_BAD_QUERY);
        return false;
    }
    if (takes & API_TAKES_ON) {
        api_settle_day(call, query->on);
    }
    return true;
}
