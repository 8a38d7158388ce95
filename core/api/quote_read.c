/* The body of a quote: facts of the person, facts of the order, the day. Every wrong field is told
 * at once; what was sent is never repeated. */
#include "api/inside.h"

/* Places in a body are told as JSON Pointers (RFC 6901). */
static void add_pointer(buf_t *field, const char *name)
{
    buf_byte(field, '/');
    for (; *name != '\0'; name++) {
        if (*name == '~') {
            buf_literal(field, "~0");
        } else if (*name == '/') {
            buf_literal(field, "~1");
        } else {
            buf_byte(field, *name);
        }
    }
}

static span_t pointer(api_call_t *call, const char *group, const char *name)
{
    buf_t *field = &call->api->scratch;
    buf_clear(field);
    if (group != NULL) {
        add_pointer(field, group);
    }
    if (name != NULL) {
        add_pointer(field, name);
    }
    return buf_span(field);
}

static void wrong_at(api_call_t *call, span_t field, api_detail_t detail, span_t nearest)
{
    api_mistake(call, &(api_mistake_t){.detail = detail, .field = field, .nearest = nearest});
}

static void wrong_fact(api_call_t *call, int place, api_detail_t detail)
{
    span_t field = pointer(call, call->programme->facts[place]->of_order ? "order" : "facts",
                           call->view->fact_names[place]);
    wrong_at(call, field, detail, SPAN_NONE);
}

/* A fact that is worked out; says from which, when it is one. */
static void wrong_derived(api_call_t *call, int place)
{
    const registry_programme_t *programme = call->programme;
    const registry_fact_t *fact = programme->facts[place];
    span_t from =
        fact->derive == DERIVE_CONDITION ? SPAN("…") : programme->facts[fact->derive_from]->id;
    api_mistake_t mistake = {.detail = API_DETAIL_DERIVED,
                             .field = pointer(call, "facts", call->view->fact_names[place]),
                             .nearest = fact->derive == DERIVE_CONDITION ? SPAN_NONE : from,
                             .arguments = {from}};
    api_mistake(call, &mistake);
}

/* Appends a bound as people read it, without the quotes of a date. */
static span_t bound_text(buf_t *buf, const registry_fact_t *fact, int64_t number)
{
    size_t start = buf->len;
    json_writer_t writer = {buf, false};
    verdict_value_add(&writer, fact, number);
    span_t text = buf->failed ? SPAN_NONE : span_from(buf_span(buf), start);
    if (text.len >= 2 && text.at[0] == '"') {
        text = (span_t){text.at + 1, text.len - 2};
    }
    return text;
}

static void add_allowed(json_writer_t *writer, const registry_fact_t *fact)
{
    if (fact->type == FACT_CHOICE) {
        json_array(writer);
        for (size_t i = 0; i < fact->values.count; i++) {
            json_text(writer, fact->values.at[i].id);
        }
        json_array_end(writer);
    } else if (fact->type == FACT_BOOLEAN) {
        json_raw(writer, SPAN("[true,false,null]"));
    } else if (fact->type != FACT_PESEL) {
        json_object(writer);
        json_name(writer, "min");
        verdict_value_add(writer, fact, fact->min);
        json_name(writer, "max");
        verdict_value_add(writer, fact, fact->max);
        if (fact->type == FACT_DECIMAL) {
            json_name(writer, "step");
            json_thousandths(writer, fact->step);
        }
        json_object_end(writer);
    }
}

/* Tells what would have been right. */
static void out_of_bounds(api_call_t *call, int place, api_detail_t detail, span_t nearest)
{
    const registry_fact_t *fact = call->programme->facts[place];
    buf_t low = {0}, high = {0}, allowed = {0};
    api_mistake_t mistake = {.detail = detail, .nearest = nearest};
    if (fact->type == FACT_CHOICE) {
        mistake.arguments[0] = span_of(call->view->choices[place]);
    } else if (detail == API_DETAIL_STEP) {
        mistake.arguments[0] = bound_text(&low, fact, fact->step);
    } else if (detail == API_DETAIL_TOO_LARGE) {
        mistake.arguments[0] = bound_text(&high, fact, fact->max);
    } else if (fact->type != FACT_BOOLEAN && fact->type != FACT_PESEL) {
        mistake.arguments[0] = bound_text(&low, fact, fact->min);
        mistake.arguments[1] = bound_text(&high, fact, fact->max);
    }
    json_writer_t writer = {&allowed, false};
    add_allowed(&writer, fact);
    mistake.allowed = buf_span(&allowed);
    mistake.field =
        pointer(call, fact->of_order ? "order" : "facts", call->view->fact_names[place]);
    api_mistake(call, &mistake);
    buf_free(&low);
    buf_free(&high);
    buf_free(&allowed);
}

void api_quote_tell(api_call_t *call, int fact, verdict_wrong_t wrong)
{
    static const api_detail_t types[] = {
        [FACT_BOOLEAN] = API_DETAIL_WANT_BOOLEAN, [FACT_INTEGER] = API_DETAIL_WANT_INTEGER,
        [FACT_DECIMAL] = API_DETAIL_WANT_DECIMAL, [FACT_MONEY] = API_DETAIL_WANT_MONEY,
        [FACT_DATE] = API_DETAIL_WANT_DATE,       [FACT_CHOICE] = API_DETAIL_WANT_CHOICE,
        [FACT_PESEL] = API_DETAIL_WANT_PESEL,
    };
    switch (wrong) {
    case VERDICT_TYPE:
        out_of_bounds(call, fact, types[call->programme->facts[fact]->type], SPAN_NONE);
        break;
    case VERDICT_TOO_SMALL:
        out_of_bounds(call, fact, API_DETAIL_TOO_SMALL, SPAN_NONE);
        break;
    case VERDICT_TOO_LARGE:
        out_of_bounds(call, fact, API_DETAIL_TOO_LARGE, SPAN_NONE);
        break;
    case VERDICT_STEP:
        out_of_bounds(call, fact, API_DETAIL_STEP, SPAN_NONE);
        break;
    case VERDICT_CHECKSUM:
        wrong_fact(call, fact, API_DETAIL_CHECKSUM);
        break;
    case VERDICT_BAD_DATE:
        wrong_fact(call, fact, API_DETAIL_FACT_DATE_WRONG);
        break;
    case VERDICT_DERIVED:
        wrong_derived(call, fact);
        break;
    case VERDICT_DIFFERS:
        wrong_fact(call, fact, API_DETAIL_DIFFERS);
        break;
    default: /* told by its name */
        break;
    }
}

void api_quote_tell_name(api_call_t *call, bool ordered, span_t name, verdict_wrong_t wrong)
{
    static const api_detail_t details[] = {
        [VERDICT_UNKNOWN_FACT] = API_DETAIL_UNKNOWN_FACT,
        [VERDICT_OF_PERSON] = API_DETAIL_BELONGS_TO_FACTS,
        [VERDICT_OF_ORDER] = API_DETAIL_BELONGS_TO_ORDER,
        [VERDICT_NOT_OF_SERVICE] = API_DETAIL_NOT_OF_SERVICE,
    };
    span_t near = SPAN_NONE;
    if (wrong == VERDICT_UNKNOWN_FACT) {
        near = span_of(text_nearest(name, call->view->fact_names, call->programme->fact_count));
    }
    buf_t member = {0};
    buf_add(&member, name);
    wrong_at(call, pointer(call, ordered ? "order" : "facts", buf_zero_terminated(&member)),
             details[wrong], near);
    buf_free(&member);
}

/* One member of "facts" or of "order". */
static void take_fact(api_call_t *call, bool of_order, const cJSON *node)
{
    int place = api_view_fact(call->view, span_of(node->string));
    verdict_wrong_t wrong = VERDICT_FINE;
    if (place < 0) {
        wrong = VERDICT_UNKNOWN_FACT;
    } else if (call->programme->facts[place]->of_order != of_order) {
        wrong = of_order ? VERDICT_OF_PERSON : VERDICT_OF_ORDER;
    } else if (of_order && call->service != NULL &&
               !api_view_service(call->view, call->service)->may_order[place]) {
        wrong = VERDICT_NOT_OF_SERVICE;
    }
    if (wrong != VERDICT_FINE) {
        api_quote_tell_name(call, of_order, span_of(node->string), wrong);
        return;
    }
    wrong = verdict_give(&call->api->question, place, node);
    if (wrong != VERDICT_FINE) {
        api_quote_tell(call, place, wrong);
    }
}

static void take_group(api_call_t *call, const char *group, bool of_order, const cJSON *node)
{
    if (cJSON_IsNull(node)) {
        return;
    }
    if (!cJSON_IsObject(node)) {
        wrong_at(call, pointer(call, group, NULL), API_DETAIL_NOT_OBJECT, SPAN_NONE);
        return;
    }
    for (const cJSON *fact = node->child; fact != NULL; fact = fact->next) {
        take_fact(call, of_order, fact);
    }
}

static date_t take_day(api_call_t *call, const cJSON *node)
{
    date_t on = DATE_NONE;
    if (node != NULL && !cJSON_IsNull(node) &&
        (json_string(node).at == NULL || !date_parse(json_string(node), &on))) {
        wrong_at(call, pointer(call, "on", NULL), API_DETAIL_BAD_DATE, SPAN_NONE);
        return DATE_NONE;
    }
    return on;
}

static void take_body(api_call_t *call, const cJSON *body)
{
    static const char *const names[] = {"facts", "order", "on"};
    if (!cJSON_IsObject(body)) {
        wrong_at(call, SPAN_NONE, API_DETAIL_NOT_OBJECT, SPAN_NONE);
        return;
    }
    api_settle_day(call, take_day(call, json_member(body, "on")));
    if (call->service != NULL) {
        /* That day may have another version, which asks for other things. */
        call->service = api_service_at(call, call->service_id, &call->service_in_force);
    }
    verdict_question_begin(&call->api->question, call->programme, call->on);
    for (const cJSON *member = body->child; member != NULL; member = member->next) {
        span_t name = span_of(member->string);
        if (span_equal(name, SPAN("facts"))) {
            take_group(call, "facts", false, member);
        } else if (span_equal(name, SPAN("order"))) {
            take_group(call, "order", true, member);
        } else if (!span_equal(name, SPAN("on"))) {
            api_mistake(call, &(api_mistake_t){.detail = API_DETAIL_UNKNOWN_MEMBER,
                                               .field = pointer(call, member->string, NULL),
                                               .nearest = span_of(text_nearest(name, names, 3)),
                                               .allowed = SPAN("[\"facts\",\"order\",\"on\"]"),
                                               .arguments = {SPAN("facts, order, on")}});
        }
    }
}

bool api_quote_read(api_call_t *call)
{
    if (!json_is_type(call->request->content_type)) {
        api_problem(call, API_PROBLEM_NOT_JSON, SPAN_NONE, SPAN_NONE);
        return false;
    }
    json_fault_t fault;
    const cJSON *body = json_read(call->api->reader, call->request->body, &fault);
    if (body == NULL) {
        api_problem_json(call, &fault);
        return false;
    }
    take_body(call, body);
    if (call->api->problem.count == 0) {
        const rules_functions_t *functions = plugin_functions(call->view->generation);
        int differs = verdict_derive(&call->api->question, functions);
        if (differs >= 0) {
            api_quote_tell(call, differs, VERDICT_DIFFERS);
        }
    }
    if (call->api->problem.count > 0) {
        api_problem_mistakes(call, API_PROBLEM_BAD_FACTS);
        return false;
    }
    return true;
}
