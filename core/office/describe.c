/* The office's part of /openapi.json, made of the tables that its routes are made of. */
#include "office/inside.h"

static bool is_capital_start(char before)
{
    return before == '/' || before == '{' || before == '-' || before == '}';
}

/* "postPersonsIdErase". */
static void put_operation(buf_t *buf, const char *method, const char *pattern)
{
    buf_add(buf, span_of(method));
    char before = '/';
    for (const char *at = pattern + strlen("/v1/{programme}"); *at != '\0'; at++) {
        if (*at != '/' && *at != '{' && *at != '}' && *at != '-') {
            bool up = is_capital_start(before) && *at >= 'a' && *at <= 'z';
            buf_byte(buf, up ? (char)(*at - 'a' + 'A') : *at);
        }
        before = *at;
    }
}

/* ---- schemas --------------------------------------------------------------------------------- */

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

static void put_row_schema(json_writer_t *writer, ipus_kind_t kind)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    json_raw(writer, SPAN("\"type\":\"object\",\"required\":[\"id\",\"version\"]"));
    json_name(writer, "properties");
    json_object(writer);
    json_raw(writer, SPAN("\"id\":{\"type\":\"integer\"},\"version\":{\"type\":\"integer\"},"
                          "\"made_at\":{\"type\":\"string\"},\"changed_at\":{\"type\":\"string\"},"
                          "\"steps\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                          "\"confidential\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"));
    for (int i = 0; i < spec->count; i++) {
        json_name(writer, spec->fields[i].name);
        put_schema(writer, &spec->fields[i], true, true);
    }
    json_object_end(writer);
}

static void put_step_schema(json_writer_t *writer, const office_door_t *door)
{
    const ipus_kind_spec_t *spec = ipus_kind(door->kind);
    bool needed = false;
    json_raw(writer, SPAN("\"type\":\"object\",\"additionalProperties\":false"));
    json_name(writer, "required");
    json_array(writer);
    for (int i = 0; i < spec->count; i++) {
        if (ipus_step_takes(door->kind, door->step, i, &needed) && needed) {
            json_text(writer, span_of(spec->fields[i].name));
        }
    }
    json_array_end(writer);
    json_name(writer, "properties");
    json_object(writer);
    for (int i = 0; i < spec->count; i++) {
        if (ipus_step_takes(door->kind, door->step, i, &needed)) {
            json_name(writer, spec->fields[i].name);
            put_schema(writer, &spec->fields[i], false, !needed);
        }
    }
    json_raw(writer, SPAN("\"override\":{\"type\":\"string\",\"maxLength\":1000}"));
    json_object_end(writer);
}

static void put_schema_name(json_writer_t *writer, ipus_kind_t kind)
{
    buf_t name = {0};
    buf_print(&name, "Record.%s", ipus_kind(kind)->name);
    json_name(writer, buf_zero_terminated(&name) != NULL ? name.at : "Record");
    buf_free(&name);
}

void office_describe_schemas(const office_t *office, buf_t *buf)
{
    (void)office;
    json_writer_t writer = {buf, true};
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        put_schema_name(&writer, (ipus_kind_t)kind);
        json_object(&writer);
        put_row_schema(&writer, (ipus_kind_t)kind);
        json_object_end(&writer);
    }
}

/* ---- paths ----------------------------------------------------------------------------------- */

static void put_query(json_writer_t *writer, const char *names)
{
    span_t rest = span_of(names), name = SPAN_NONE;
    while (span_cut(&rest, ' ', &name)) {
        json_object(writer);
        json_name(writer, "name");
        json_text(writer, name);
        json_raw(writer, SPAN("\"in\":\"query\",\"schema\":{\"type\":\"string\"}"));
        json_object_end(writer);
    }
}

static void put_parameters(json_writer_t *writer, const office_door_t *door)
{
    const char *pattern = door->pattern;
    json_name(writer, "parameters");
    json_array(writer);
    json_raw(writer, SPAN("{\"$ref\":\"#/components/parameters/programme\"}"));
    if (strstr(pattern, "{id}") != NULL) {
        json_raw(writer, SPAN("{\"name\":\"id\",\"in\":\"path\",\"required\":true,"
                              "\"schema\":{\"type\":\"integer\"}}"));
    }
    if (strstr(pattern, "{code}") != NULL) {
        json_raw(writer, SPAN("{\"name\":\"code\",\"in\":\"path\",\"required\":true,"
                              "\"schema\":{\"type\":\"string\"}}"));
    }
    if (strstr(pattern, "{name}") != NULL) {
        json_raw(writer, SPAN("{\"name\":\"name\",\"in\":\"path\",\"required\":true,"
                              "\"schema\":{\"type\":\"string\"}}"));
    }
    put_query(writer, door->query);
    json_array_end(writer);
}

static void put_summary(json_writer_t *writer, const office_door_t *door)
{
    json_name(writer, "summary");
    buf_t text = {0};
    if (door->step != NULL) {
        buf_print(&text, "The step \"%s\" of a row of %s.", door->step->name,
                  ipus_kind(door->kind)->plural);
    } else if (door->kind < IPUS_KIND_COUNT) {
        buf_print(&text, "Reads %s.", ipus_kind(door->kind)->plural);
    } else {
        buf_add(&text, span_of(door->summary));
    }
    json_text(writer, buf_span(&text));
    buf_free(&text);
    json_name(writer, "x-permission");
    if (door->permission != NULL) {
        json_text(writer, span_of(door->permission));
    } else {
        json_null(writer);
    }
}

static void put_answer_schema(json_writer_t *writer, const office_door_t *door)
{
    json_name(writer, "schema");
    json_object(writer);
    if (door->step == NULL && door->kind < IPUS_KIND_COUNT) {
        bool one = strstr(door->pattern, "{id}") != NULL;
        buf_t ref = {0};
        buf_print(&ref, "#/components/schemas/Record.%s", ipus_kind(door->kind)->name);
        if (!one) {
            json_raw(writer,
                     SPAN("\"type\":\"object\",\"properties\":{\"next\":{\"type\":"
                          "[\"integer\",\"null\"]},\"items\":{\"type\":\"array\",\"items\":{"));
            writer->comma = false;
        }
        json_name(writer, "$ref");
        json_text(writer, buf_span(&ref));
        if (!one) {
            buf_literal(writer->buf, "}}}");
        }
        buf_free(&ref);
    } else if (door->step != NULL) {
        json_raw(writer, SPAN("\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},"
                              "\"version\":{\"type\":\"integer\"},\"state\":{\"type\":[\"string\","
                              "\"null\"]},\"steps\":{\"type\":\"array\",\"items\":{\"type\":"
                              "\"string\"}}}"));
    } else {
        json_raw(writer, SPAN("\"type\":\"object\""));
    }
    json_object_end(writer);
}

static void put_responses(json_writer_t *writer, const office_door_t *door)
{
    bool made = door->method == HTTP_POST && strstr(door->pattern, "{id}") == NULL &&
                strstr(door->pattern, "/find") == NULL;
    json_name(writer, "responses");
    json_object(writer);
    json_name(writer, door->method == HTTP_DELETE ? "204" : made ? "201" : "200");
    json_object(writer);
    json_raw(writer, SPAN("\"description\":\"The answer.\""));
    if (door->method != HTTP_DELETE) {
        json_raw(writer, SPAN("\"content\":{\"application/json\":{"));
        writer->comma = false;
        put_answer_schema(writer, door);
        buf_literal(writer->buf, "}");
        if ((door->flags & OFFICE_TABLE) != 0) {
            buf_literal(writer->buf, ",\"text/csv\":{\"schema\":{\"type\":\"string\"}}");
        }
        buf_literal(writer->buf, "}");
    }
    json_object_end(writer);
    json_name(writer, "default");
    json_raw(writer,
             SPAN("{\"description\":\"A problem.\",\"content\":{\"application/problem+json\""
                  ":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}"));
    json_object_end(writer);
}

static void put_door(json_writer_t *writer, const office_door_t *door)
{
    static const char *const methods[HTTP_METHOD_COUNT] = {
        [HTTP_GET] = "get", [HTTP_POST] = "post", [HTTP_PATCH] = "patch", [HTTP_DELETE] = "delete"};
    const char *method = methods[door->method];
    json_name(writer, method);
    json_object(writer);
    buf_t operation = {0};
    put_operation(&operation, method, door->pattern);
    json_name(writer, "operationId");
    json_text(writer, buf_span(&operation));
    buf_free(&operation);
    json_raw(writer, SPAN("\"tags\":[\"office\"]"));
    put_summary(writer, door);
    put_parameters(writer, door);
    if (door->step != NULL) {
        json_raw(writer, SPAN("\"requestBody\":{\"content\":{\"application/json\":{\"schema\":"));
        writer->comma = false;
        json_object(writer);
        put_step_schema(writer, door);
        json_object_end(writer);
        buf_literal(writer->buf, "}}}");
    } else if ((door->flags & OFFICE_WRITES) != 0 && (door->flags & OFFICE_EMPTY) == 0) {
        json_raw(writer, SPAN("\"requestBody\":{\"content\":{\"application/json\":{\"schema\":"
                              "{\"type\":\"object\"}}}}"));
    }
    put_responses(writer, door);
    json_object_end(writer);
}

static bool is_first_of_pattern(const office_t *office, size_t place)
{
    for (size_t i = 0; i < place; i++) {
        if (strcmp(office->doors[i].pattern, office->doors[place].pattern) == 0) {
            return false;
        }
    }
    return true;
}

void office_describe_paths(const office_t *office, buf_t *buf)
{
    json_writer_t writer = {buf, true};
    for (size_t i = 0; i < office->door_count; i++) {
        if (!is_first_of_pattern(office, i)) {
            continue;
        }
        json_name(&writer, office->doors[i].pattern);
        json_object(&writer);
        for (size_t j = i; j < office->door_count; j++) {
            if (strcmp(office->doors[j].pattern, office->doors[i].pattern) == 0) {
                put_door(&writer, &office->doors[j]);
            }
        }
        json_object_end(&writer);
    }
}
