/* Query parameters, typed. Whatever is not understood is refused by name,
 * all of it in one answer. */
#include "api/inside.h"

enum { PER_PAGE = 20, PER_PAGE_MAX = 100, PAGE_MAX = 1000000 };

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
    const parameter_t *parameter;
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
    if (!span_number(value, page ? PAGE_MAX : PER_PAGE_MAX, &number) || number == 0) {
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

static void take_term(reading_t *reading, span_t value)
{
    int which = reading->parameter->which;
    registry_terms_t terms = terms_of(reading->call->programme, which);
    const registry_term_t *term = registry_term(terms, value);
    size_t *count = &reading->query->term_counts[which];
    if (term == NULL) {
        not_a_term(reading, value, terms);
    } else if (*count == API_TERMS_MAX) {
        wrong(reading, API_DETAIL_TOO_MANY, SPAN("32"), SPAN_NONE, SPAN_NONE, SPAN_NONE);
    } else {
        reading->query->terms[which][(*count)++] = term;
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
    {"q", API_TAKES_LIST, false, take_text, 0},
    {"package", API_TAKES_LIST, true, take_term, API_BY_PACKAGE},
    {"area", API_TAKES_LIST, true, take_term, API_BY_AREA},
    {"group", API_TAKES_LIST, true, take_term, API_BY_GROUP},
    {"place", API_TAKES_LIST, true, take_term, API_BY_PLACE},
    {"free", API_TAKES_LIST, false, take_want, 0},
    {"available", API_TAKES_LIST, false, take_want, 1},
    {"sort", API_TAKES_LIST, false, take_sort, 0},
    {"page", API_TAKES_LIST, false, take_number, 0},
    {"per_page", API_TAKES_LIST, false, take_number, 1},
    {"group_by", API_TAKES_LIST, false, take_group_by, 0},
    {"fields", API_TAKES_FIELDS, false, take_fields, 0},
};
enum { PARAMETER_COUNT = sizeof parameters / sizeof *parameters };

static void unknown_parameter(api_call_t *call, span_t name, unsigned takes)
{
    const char *names[PARAMETER_COUNT];
    size_t count = 0;
    buf_t *scratch = &call->api->scratch;
    size_t start = scratch->len;
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        if (parameters[i].of & takes) {
            buf_add(scratch, count > 0 ? SPAN(", ") : SPAN(""));
            buf_add(scratch, span_of(parameters[i].name));
            names[count++] = parameters[i].name;
        }
    }
    span_t allowed = span_from(buf_span(scratch), start);
    if (start > 0) {
        name = (span_t){scratch->at, start}; /* the name stood in scratch, which may have moved */
    }
    api_mistake(call,
                &(api_mistake_t){
                    .detail = count > 0 ? API_DETAIL_UNKNOWN_PARAMETER : API_DETAIL_NO_PARAMETERS,
                    .field = name,
                    .nearest = span_of(text_nearest(name, names, count)),
                    .arguments = {allowed, SPAN_NONE, SPAN_NONE},
                });
}

static const parameter_t *find_parameter(span_t name, unsigned takes)
{
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        if (parameters[i].of & takes && span_equal(name, span_of(parameters[i].name))) {
            return &parameters[i];
        }
    }
    return NULL;
}

/* `name` and `value` as sent. */
static void take(reading_t *reading, span_t name, span_t value, unsigned takes, unsigned *seen)
{
    buf_t *scratch = &reading->call->api->scratch;
    buf_clear(scratch);
    bool named = http_unescape(scratch, name);
    reading->parameter = named ? find_parameter(buf_span(scratch), takes) : NULL;
    if (reading->parameter == NULL) {
        if (!named) {
            buf_clear(scratch);
            buf_literal(scratch, "?");
        }
        unknown_parameter(reading->call, buf_span(scratch), takes);
        return;
    }
    unsigned bit = 1u << (reading->parameter - parameters);
    if (*seen & bit && !reading->parameter->repeats) {
        wrong(reading, API_DETAIL_REPEATED_PARAMETER, SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
        return;
    }
    *seen |= bit;
    /* The value must outlive scratch, which messages are put together in. */
    buf_t *plain = &reading->call->api->out;
    buf_clear(plain);
    if (!http_unescape(plain, value)) {
        wrong(reading, API_DETAIL_BAD_ESCAPE, SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    } else if (plain->len == 0 && reading->parameter->take != take_text) {
        wrong(reading, API_DETAIL_EMPTY_VALUE, SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    } else {
        reading->parameter->take(reading, buf_span(plain));
    }
}

bool api_take_query(api_call_t *call, unsigned takes)
{
    api_query_t *query = &call->query;
    *query =
        (api_query_t){.on = DATE_NONE, .page = 1, .per_page = PER_PAGE, .group_by = API_BY_COUNT};
    reading_t reading = {call, query, NULL};
    span_t rest = call->request->query, name = SPAN_NONE, value = SPAN_NONE;
    unsigned seen = 0;
    while (http_query_next(&rest, &name, &value)) {
        take(&reading, name, value, takes, &seen);
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
