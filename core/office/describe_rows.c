/* The schemas of rows and of what steps take, made of the kinds and their steps. */
#include "office/describe.h"

static void put_choices(json_writer_t *writer, const char *choices, bool nullable)
{
    span_t rest = span_of(choices), name = SPAN_NONE;
    json_name(writer, "enum");
    json_array(writer);
    while (span_cut(&rest, ',', &name)) {
        json_text(writer, name);
    }
    if (nullable) {
        json_null(writer);
    }
    json_array_end(writer);
}

static void put_type(json_writer_t *writer, const char *type, bool nullable)
{
    json_name(writer, "type");
    if (!nullable) {
        json_text(writer, span_of(type));
        return;
    }
    json_array(writer);
    json_text(writer, span_of(type));
    json_text(writer, SPAN("null"));
    json_array_end(writer);
}

static void put_money(json_writer_t *writer, bool read, bool nullable)
{
    json_name(writer, "anyOf");
    json_array(writer);
    if (read) {
        json_raw(writer, SPAN("{\"$ref\":\"#/components/schemas/Money\"}"));
    } else {
        json_raw(writer, SPAN("{\"type\":\"integer\"}"));
        json_raw(writer, SPAN("{\"type\":\"string\",\"pattern\":\"^-?[0-9]+([.][0-9]{2})?$\"}"));
    }
    if (nullable) {
        json_raw(writer, SPAN("{\"type\":\"null\"}"));
    }
    json_array_end(writer);
}

/* `read`: as it is told, where anything may be null; otherwise as it is given. */
static void put_schema(json_writer_t *writer, const ipus_field_t *field, bool read, bool nullable)
{
    json_object(writer);
    switch (field->type) {
    case IPUS_JSON:
        break;
    case IPUS_SERVICES:
        put_type(writer, "array", nullable);
        json_raw(writer, SPAN("\"items\":{\"type\":\"string\"}"));
        break;
    case IPUS_NUMBER:
    case IPUS_REF:
        put_type(writer, "integer", nullable);
        break;
    case IPUS_UNITS:
        put_type(writer, "number", nullable);
        break;
    case IPUS_MONEY:
        put_money(writer, read, nullable);
        break;
    case IPUS_DATE:
        put_type(writer, "string", nullable);
        json_raw(writer, SPAN("\"format\":\"date\""));
        break;
    case IPUS_FLAG:
        put_type(writer, "boolean", nullable);
        break;
    case IPUS_CHOICE:
    case IPUS_STATE:
        put_choices(writer, field->choices, nullable);
        break;
    default:
        put_type(writer, "string", nullable);
        if (field->type == IPUS_TEXT || field->type == IPUS_LINES) {
            json_name(writer, "maxLength");
            json_int(writer, (int64_t)field->max);
        }
        break;
    }
    json_object_end(writer);
}

void office_describe_row(json_writer_t *writer, ipus_kind_t kind)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    json_raw(writer, SPAN("\"type\":\"object\",\"required\":[\"id\",\"version\"]"));
    json_name(writer, "properties");
    json_object(writer);
    json_raw(writer, SPAN("\"id\":{\"type\":\"integer\"},\"version\":{\"type\":\"integer\"},"
                          "\"made_at\":{\"type\":\"string\"},\"changed_at\":{\"type\":\"string\"},"
                          "\"damaged\":{\"type\":\"boolean\"},"
                          "\"steps\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                          "\"confidential\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"));
    for (int i = 0; i < spec->count; i++) {
        json_name(writer, spec->fields[i].name);
        put_schema(writer, &spec->fields[i], true, true);
    }
    json_object_end(writer);
}

/* `also`: what is needed beside single members, such as one of two. */
void office_describe_step(json_writer_t *writer, ipus_kind_t kind, const ipus_step_t *step,
                          const cJSON *also)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    bool needed = false;
    json_raw(writer, SPAN("\"type\":\"object\",\"additionalProperties\":false"));
    if (office_step_needs(kind, step)) {
        json_name(writer, "required");
        json_array(writer);
        for (int i = 0; i < spec->count; i++) {
            if (ipus_step_takes(kind, step, i, &needed) && needed) {
                json_text(writer, span_of(spec->fields[i].name));
            }
        }
        json_array_end(writer);
    }
    for (const cJSON *more = also == NULL ? NULL : also->child; more != NULL; more = more->next) {
        json_name(writer, more->string);
        json_tree(writer, more);
    }
    json_name(writer, "properties");
    json_object(writer);
    for (int i = 0; i < spec->count; i++) {
        if (ipus_step_takes(kind, step, i, &needed)) {
            json_name(writer, spec->fields[i].name);
            put_schema(writer, &spec->fields[i], false, !needed);
        }
    }
    json_raw(writer, SPAN("\"override\":{\"type\":\"string\",\"maxLength\":1000}"));
    json_object_end(writer);
}

bool office_step_needs(ipus_kind_t kind, const ipus_step_t *step)
{
    bool any = false;
    for (int i = 0; i < ipus_kind(kind)->count && !any; i++) {
        bool needed = false;
        any = ipus_step_takes(kind, step, i, &needed) && needed;
    }
    return any;
}

/* ---- what lists are narrowed by -------------------------------------------------------------- */

typedef struct {
    json_writer_t *writer;
    ipus_kind_t kind;
} filters_t;

static void put_filter(void *of, const char *name, const char *end, int field)
{
    const filters_t *filters = of;
    json_writer_t *writer = filters->writer;
    buf_t whole = {0};
    buf_print(&whole, "%s%s", name, end);
    json_object(writer);
    json_name(writer, "name");
    json_text(writer, buf_span(&whole));
    json_raw(writer, SPAN("\"in\":\"query\",\"description\":"));
    writer->comma = false;
    json_text(writer, strcmp(end, "_from") == 0 ? SPAN("Only rows from this day on.")
                      : strcmp(end, "_to") == 0 ? SPAN("Only rows up to this day.")
                                                : SPAN("Only rows with this value."));
    json_name(writer, "schema");
    put_schema(writer, &ipus_kind(filters->kind)->fields[field], false, false);
    json_object_end(writer);
    buf_free(&whole);
}

void office_describe_filters(json_writer_t *writer, ipus_kind_t kind)
{
    filters_t filters = {writer, kind};
    json_raw(writer, SPAN("{\"$ref\":\"#/components/parameters/after\"},"
                          "{\"$ref\":\"#/components/parameters/limit\"},"
                          "{\"$ref\":\"#/components/parameters/newest\"},"
                          "{\"$ref\":\"#/components/parameters/open\"}"));
    office_each_filter(kind, put_filter, &filters);
}
