/* GET /openapi.json: core/api/openapi.json, which the build embeds, with the loaded programmes and
 * their facts filled in, so that a new fact is in the document as soon as it is in the rules. */
#include "api/embedded.h"
#include "api/inside.h"

enum { PROGRAMMES_TOLD = 16 };

static void number_bounds(json_writer_t *writer, const registry_fact_t *fact)
{
    json_name(writer, "minimum");
    verdict_value_add(writer, fact, fact->min);
    json_name(writer, "maximum");
    verdict_value_add(writer, fact, fact->max);
    if (fact->type == FACT_DECIMAL) {
        json_name(writer, "multipleOf");
        json_thousandths(writer, fact->step);
    }
}

static void put_type(json_writer_t *writer, const registry_fact_t *fact)
{
    switch (fact->type) {
    case FACT_BOOLEAN:
        json_raw(writer, SPAN("\"type\":[\"boolean\",\"null\"]"));
        break;
    case FACT_INTEGER:
        json_raw(writer, SPAN("\"type\":[\"integer\",\"null\"]"));
        number_bounds(writer, fact);
        break;
    case FACT_DECIMAL:
        json_raw(writer, SPAN("\"type\":[\"number\",\"null\"]"));
        number_bounds(writer, fact);
        break;
    case FACT_MONEY:
        json_raw(writer, SPAN("\"anyOf\":[{\"type\":\"integer\""));
        number_bounds(writer, fact);
        buf_literal(writer->buf,
                    "},{\"type\":\"string\",\"pattern\":\"^[0-9]{1,9}([.][0-9]{2})?$\"},"
                    "{\"type\":\"null\"}]");
        break;
    case FACT_DATE:
        json_raw(writer, SPAN("\"type\":[\"string\",\"null\"],\"format\":\"date\""));
        break;
    case FACT_CHOICE:
        json_name(writer, "enum");
        json_array(writer);
        for (size_t i = 0; i < fact->values.count; i++) {
            json_text(writer, fact->values.at[i].id);
        }
        json_null(writer);
        json_array_end(writer);
        break;
    case FACT_PESEL:
        json_raw(writer, SPAN("\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9]{11}$\""));
        break;
    }
}

static void put_fact(json_writer_t *writer, const registry_fact_t *fact, lang_t lang)
{
    span_t name = texts_in(&fact->name, lang), question = texts_in(&fact->question, lang);
    json_text(writer, fact->id);
    buf_byte(writer->buf, ':');
    writer->comma = false;
    json_object(writer);
    put_type(writer, fact);
    if (name.len > 0) {
        json_name(writer, "title");
        json_text(writer, name);
    }
    if (question.len > 0) {
        json_name(writer, "description");
        json_text(writer, question);
    }
    json_name(writer, "x-sensitivity");
    json_text(writer, span_of(registry_sensitivity_name(fact->sensitivity)));
    json_object_end(writer);
}

/* "Facts.<programme>" or "Order.<programme>". */
static void put_schema(json_writer_t *writer, const registry_programme_t *programme, bool of_order,
                       lang_t lang)
{
    json_raw(writer, of_order ? SPAN("\"Order.") : SPAN("\"Facts."));
    buf_add(writer->buf, programme->id);
    buf_literal(writer->buf, "\":");
    writer->comma = false;
    json_object(writer);
    json_raw(writer, SPAN("\"type\":\"object\",\"additionalProperties\":false"));
    json_name(writer, "properties");
    json_object(writer);
    for (size_t i = 0; i < programme->fact_count; i++) {
        const registry_fact_t *fact = programme->facts[i];
        if (fact->of_order == of_order && (fact->asked || fact->derive == DERIVE_NONE)) {
            put_fact(writer, fact, lang);
        }
    }
    json_object_end(writer);
    json_object_end(writer);
}

/* The programmes whose facts are told one by one; of more the document would be too long to read.
 */
static const plugin_slot_t *told(const api_call_t *call, size_t *count)
{
    const plugin_slot_t *slots = plugin_host_slots(call->api->host, count);
    *count = *count > PROGRAMMES_TOLD ? 0 : *count;
    return slots;
}

static void put_any(json_writer_t *writer, api_call_t *call, bool of_order)
{
    size_t count = 0, all = 0;
    const plugin_slot_t *slots = told(call, &count);
    plugin_host_slots(call->api->host, &all);
    json_name(writer, of_order ? "Order" : "Facts");
    json_object(writer);
    if (all > count) {
        json_raw(writer, SPAN("\"type\":\"object\""));
        json_object_end(writer);
        return;
    }
    json_name(writer, "anyOf");
    json_array(writer);
    for (size_t i = 0; i < count; i++) {
        if (api_view_of(call->api, &slots[i]) != NULL) {
            json_raw(writer, of_order ? SPAN("{\"$ref\":\"#/components/schemas/Order.")
                                      : SPAN("{\"$ref\":\"#/components/schemas/Facts."));
            buf_add(writer->buf, slots[i].id);
            buf_literal(writer->buf, "\"}");
        }
    }
    json_raw(writer, SPAN("{\"type\":\"object\",\"maxProperties\":0}"));
    json_array_end(writer);
    json_object_end(writer);
}

static void put_schemas(buf_t *buf, api_call_t *call)
{
    json_writer_t writer = {buf, false};
    size_t count = 0;
    const plugin_slot_t *slots = told(call, &count);
    put_any(&writer, call, false);
    put_any(&writer, call, true);
    for (size_t i = 0; i < count; i++) {
        const api_view_t *view = api_view_of(call->api, &slots[i]);
        if (view != NULL) {
            put_schema(&writer, view->programme, false, call->lang);
            put_schema(&writer, view->programme, true, call->lang);
        }
    }
}

static void put_programmes(buf_t *buf, api_call_t *call)
{
    size_t count = 0;
    const plugin_slot_t *slots = plugin_host_slots(call->api->host, &count);
    json_writer_t writer = {buf, false};
    for (size_t i = 0; i < count; i++) {
        json_text(&writer, slots[i].id);
    }
    if (count == 0) {
        json_text(&writer, SPAN_NONE);
    }
}

/* Copies up to and without `mark`, which it cuts off with what stood before it. */
static void copy_until(buf_t *buf, span_t *rest, span_t mark)
{
    const char *found = memmem(rest->at, rest->len, mark.at, mark.len);
    size_t len = found == NULL ? rest->len : (size_t)(found - rest->at);
    buf_add(buf, (span_t){rest->at, len});
    *rest = span_from(*rest, found == NULL ? len : len + mark.len);
}

static void put_others(buf_t *buf, const api_call_t *call, bool schemas)
{
    const api_options_t *options = &call->api->options;
    if (options->describe != NULL) {
        options->describe(options->context, buf, schemas);
    }
}

void api_on_openapi(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    api_begin_bare(&call, context, exchange, request);
    if (!api_take_query(&call, 0)) {
        return;
    }
    span_t rest = {embedded_openapi_json, embedded_openapi_json_len};
    buf_t *buf = api_open(&call).buf;
    copy_until(buf, &rest, SPAN(",\n    \"@paths\": {}"));
    put_others(buf, &call, false);
    copy_until(buf, &rest, SPAN("\"@programmes\""));
    put_programmes(buf, &call);
    copy_until(buf, &rest, SPAN("\"@schemas\": {}"));
    put_schemas(buf, &call);
    put_others(buf, &call, true);
    buf_add(buf, rest);
    api_send(&call);
}
