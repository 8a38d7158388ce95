/* What stands behind "?", read parameter by parameter. Every mistake is told at once. */
#include "office/inside.h"

enum { NAMES_MAX = 144 };

static void unknown_parameter(office_call_t *call, span_t name,
                              const office_parameter_t *parameters, size_t count)
{
    const char *names[NAMES_MAX] = {NULL};
    buf_t allowed = {0};
    for (size_t i = 0; i < count; i++) {
        names[i] = parameters[i].name;
        buf_add(&allowed, i > 0 ? SPAN(", ") : SPAN(""));
        buf_add(&allowed, span_of(names[i]));
    }
    office_mistake(call, OFFICE_DETAIL_UNKNOWN_PARAMETER, name,
                   count > 0 ? buf_span(&allowed) : SPAN("–"),
                   span_of(text_nearest(name, names, count)));
    buf_free(&allowed);
}

void office_take_query(office_call_t *call, office_parameter_t *parameters, size_t count)
{
    span_t rest = call->request->query, name = SPAN_NONE, value = SPAN_NONE;
    buf_t plain = {0};
    while (http_query_next(&rest, &name, &value)) {
        size_t place = 0;
        while (place < count && !span_equal(name, span_of(parameters[place].name))) {
            place++;
        }
        buf_clear(&plain);
        if (place == count) {
            unknown_parameter(call, name, parameters, count);
        } else if (parameters[place].value.at != NULL) {
            office_mistake(call, OFFICE_DETAIL_REPEATED_PARAMETER, name, SPAN_NONE, SPAN_NONE);
        } else if (!http_unescape(&plain, value)) {
            office_mistake(call, OFFICE_DETAIL_BAD_ESCAPE, name, SPAN_NONE, SPAN_NONE);
        } else {
            parameters[place].value = office_keep(call, buf_span(&plain));
        }
    }
    buf_free(&plain);
}

date_t office_query_date(office_call_t *call, const office_parameter_t *parameter)
{
    date_t date = DATE_NONE;
    if (parameter->value.at != NULL && !date_parse(parameter->value, &date)) {
        office_mistake(call, OFFICE_DETAIL_WANT_DATE, span_of(parameter->name), SPAN_NONE,
                       SPAN_NONE);
    }
    return date;
}

int64_t office_query_number(office_call_t *call, const office_parameter_t *parameter, int64_t most,
                            int64_t otherwise)
{
    uint64_t number = 0;
    if (parameter->value.at == NULL) {
        return otherwise;
    }
    if (!span_number(parameter->value, (uint64_t)most, &number)) {
        buf_t text = {0};
        buf_int(&text, most);
        office_mistake(call, OFFICE_DETAIL_WANT_NUMBER, span_of(parameter->name), buf_span(&text),
                       SPAN_NONE);
        buf_free(&text);
        return otherwise;
    }
    return (int64_t)number;
}

bool office_take_no_query(office_call_t *call)
{
    office_take_query(call, NULL, 0);
    return !office_has_mistakes(call, OFFICE_PROBLEM_BAD_QUERY);
}

int office_query_limit(office_call_t *call, const office_parameter_t *parameter, int most,
                       int otherwise)
{
    int64_t limit = office_query_number(call, parameter, most, otherwise);
    if (limit == 0) {
        buf_t text = {0};
        buf_int(&text, most);
        office_mistake(call, OFFICE_DETAIL_WANT_LIMIT, span_of(parameter->name), buf_span(&text),
                       SPAN_NONE);
        buf_free(&text);
    }
    return (int)limit;
}
