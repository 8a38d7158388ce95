/* The office's part of /openapi.json: of doors that a kind has, made of its table; of the others,
 * what office/routes.json says of them. */
#include "office/describe.h"
#include "office/embedded.h"

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

/* ---- parts ----------------------------------------------------------------------------------- */

typedef struct {
    json_writer_t *writer;
    const office_door_t *door;
    const cJSON *said; /* of office/routes.json; NULL: nothing */
    bool one;          /* of a list, by its number */
} describing_t;

static void put_parameter(json_writer_t *writer, const char *name)
{
    json_object(writer);
    json_name(writer, "$ref");
    buf_t ref = {0};
    buf_print(&ref, "#/components/parameters/%s", name);
    json_text(writer, buf_span(&ref));
    buf_free(&ref);
    json_object_end(writer);
}

static void put_parameters(const describing_t *of)
{
    json_writer_t *writer = of->writer;
    const office_door_t *door = of->door;
    const cJSON *query = json_member(of->said, "query");
    json_name(writer, "parameters");
    json_array(writer);
    put_parameter(writer, "programme");
    if (of->one) {
        put_parameter(writer, "id");
    }
    if (strstr(door->pattern, "{code}") != NULL) {
        put_parameter(writer, "code");
    }
    if (strstr(door->pattern, "{name}") != NULL) {
        put_parameter(writer, "report");
    }
    if (door->method == HTTP_GET && door->step == NULL && door->kind < IPUS_KIND_COUNT) {
        put_parameter(writer, "ifNoneMatch");
        if (!of->one) {
            office_describe_filters(writer, door->kind);
        }
    }
    for (const cJSON *one = query == NULL ? NULL : query->child; one != NULL; one = one->next) {
        json_tree(writer, one);
    }
    if (door->step != NULL && of->one) {
        put_parameter(writer, "ifMatch");
    }
    if (door->method == HTTP_POST &&
        (door->step != NULL || json_member(of->said, "step") != NULL)) {
        put_parameter(writer, "idempotencyKey");
    }
    put_parameter(writer, "language");
    json_array_end(writer);
}

static void put_summary(const describing_t *of)
{
    const office_door_t *door = of->door;
    json_writer_t *writer = of->writer;
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
    json_name(writer, "security");
    json_raw(writer, door->permission != NULL ? SPAN("[{\"token\":[]},{\"session\":[]}]")
                                              : SPAN("[{},{\"token\":[]},{\"session\":[]}]"));
}

/* What the public form takes is its kind's step, though the door is its own. */
static const ipus_step_t *step_of(const describing_t *of, ipus_kind_t *kind)
{
    span_t name = json_string(json_member(of->said, "step")), rest = name, first = SPAN_NONE;
    *kind = of->door->kind;
    if (name.at == NULL) {
        return of->door->step;
    }
    span_cut(&rest, '.', &first);
    for (int at = 0; at < IPUS_KIND_COUNT; at++) {
        if (span_equal(first, span_of(ipus_kind((ipus_kind_t)at)->name))) {
            *kind = (ipus_kind_t)at;
        }
    }
    return ipus_step_named(*kind, rest);
}

static void put_body(const describing_t *of)
{
    json_writer_t *writer = of->writer;
    const cJSON *body = json_member(of->said, "body");
    ipus_kind_t kind = IPUS_KIND_COUNT;
    const ipus_step_t *step = step_of(of, &kind);
    if (body == NULL && step == NULL) {
        return;
    }
    bool needed = body != NULL || office_step_needs(kind, step);
    json_raw(writer, SPAN("\"requestBody\":{\"required\":"));
    buf_add(writer->buf, needed ? SPAN("true") : SPAN("false"));
    buf_literal(writer->buf, ",\"content\":{\"application/json\":{\"schema\":");
    writer->comma = false;
    if (body != NULL) {
        json_tree(writer, body);
    } else {
        json_object(writer);
        office_describe_step(writer, kind, step, json_member(of->said, "also"));
        json_object_end(writer);
    }
    buf_literal(writer->buf, "}}}");
}

/* ---- answers --------------------------------------------------------------------------------- */

static void put_ref(json_writer_t *writer, const char *start, const char *name)
{
    json_object(writer);
    json_name(writer, "$ref");
    buf_t ref = {0};
    buf_print(&ref, "#/components/schemas/%s%s", start, name);
    json_text(writer, buf_span(&ref));
    buf_free(&ref);
    json_object_end(writer);
}

static void put_answer_schema(const describing_t *of)
{
    json_writer_t *writer = of->writer;
    const cJSON *answer = json_member(of->said, "answer");
    json_name(writer, "schema");
    if (answer != NULL) {
        json_tree(writer, answer);
    } else if (of->door->step != NULL) {
        put_ref(writer, "", "Stepped");
    } else if (of->one) {
        put_ref(writer, "Record.", ipus_kind(of->door->kind)->name);
    } else {
        json_object(writer);
        json_raw(writer, SPAN("\"type\":\"object\",\"additionalProperties\":false,"
                              "\"required\":[\"items\",\"next\"],\"properties\":{\"next\":"
                              "{\"type\":[\"integer\",\"null\"],\"description\":\"What to give "
                              "as `after` for more.\"},\"items\":{\"type\":\"array\",\"items\":"));
        writer->comma = false;
        put_ref(writer, "Record.", ipus_kind(of->door->kind)->name);
        buf_literal(writer->buf, "}}");
        json_object_end(writer);
    }
}

static bool makes_row(const describing_t *of)
{
    return of->door->method == HTTP_POST && !of->one && strstr(of->door->pattern, "/find") == NULL;
}

static void put_headers(const describing_t *of)
{
    bool row = of->door->step != NULL || (of->one && of->door->kind < IPUS_KIND_COUNT);
    json_raw(of->writer, SPAN("\"headers\":{\"Content-Language\":{\"$ref\":"
                              "\"#/components/headers/Content-Language\"}"));
    if (row) {
        buf_literal(of->writer->buf, ",\"ETag\":{\"$ref\":\"#/components/headers/ETag\"}");
    }
    if (of->door->step != NULL && makes_row(of)) {
        buf_literal(of->writer->buf, ",\"Location\":{\"$ref\":\"#/components/headers/Location\"}");
    }
    buf_byte(of->writer->buf, '}');
    of->writer->comma = true;
}

static void put_responses(const describing_t *of)
{
    json_writer_t *writer = of->writer;
    const office_door_t *door = of->door;
    bool gone = door->method == HTTP_DELETE;
    json_name(writer, "responses");
    json_object(writer);
    json_name(writer, gone ? "204" : makes_row(of) ? "201" : "200");
    json_object(writer);
    json_raw(writer, SPAN("\"description\":\"The answer.\""));
    if (json_member(of->said, "events") != NULL) {
        json_raw(writer, SPAN("\"content\":{\"text/event-stream\":{\"schema\":"
                              "{\"type\":\"string\"}}}"));
    } else if (!gone) {
        put_headers(of);
        json_raw(writer, SPAN("\"content\":{\"application/json\":{"));
        writer->comma = false;
        put_answer_schema(of);
        buf_literal(writer->buf, "}");
        if ((door->flags & OFFICE_TABLE) != 0) {
            buf_literal(writer->buf, ",\"text/csv\":{\"schema\":{\"type\":\"string\"}}");
        }
        buf_literal(writer->buf, "}");
    }
    json_object_end(writer);
    if (door->method == HTTP_GET && of->one && door->kind < IPUS_KIND_COUNT) {
        json_raw(writer,
                 SPAN("\"304\":{\"description\":\"What If-None-Match names is still right.\"}"));
    }
    json_raw(writer, SPAN("\"4XX\":{\"$ref\":\"#/components/responses/Problem\"},"
                          "\"default\":{\"$ref\":\"#/components/responses/Problem\"}"));
    json_object_end(writer);
}

/* ---- paths ----------------------------------------------------------------------------------- */

static const cJSON *said_of(const cJSON *routes, const char *method, const char *pattern)
{
    buf_t key = {0};
    buf_print(&key, "%s %s", method, pattern + strlen("/v1/{programme}"));
    const char *name = buf_zero_terminated(&key);
    const cJSON *said = name == NULL ? NULL : json_member(routes, name);
    buf_free(&key);
    return said;
}

static void put_door(json_writer_t *writer, const office_door_t *door, const cJSON *routes)
{
    static const char *const methods[HTTP_METHOD_COUNT] = {
        [HTTP_GET] = "get", [HTTP_POST] = "post", [HTTP_PATCH] = "patch", [HTTP_DELETE] = "delete"};
    const char *method = methods[door->method];
    const describing_t of = {writer, door, said_of(routes, method, door->pattern),
                             strstr(door->pattern, "{id}") != NULL};
    json_name(writer, method);
    json_object(writer);
    buf_t operation = {0};
    put_operation(&operation, method, door->pattern);
    json_name(writer, "operationId");
    json_text(writer, buf_span(&operation));
    buf_free(&operation);
    json_raw(writer, SPAN("\"tags\":[\"office\"]"));
    put_summary(&of);
    put_parameters(&of);
    put_body(&of);
    put_responses(&of);
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

/* NULL without memory: then the buffer is spoilt, and with it the answer. */
static cJSON *read_routes(buf_t *buf)
{
    cJSON *routes = cJSON_ParseWithLength(embedded_routes_json, embedded_routes_json_len);
    buf->failed = buf->failed || routes == NULL;
    return routes;
}

void office_describe_paths(const office_t *office, buf_t *buf)
{
    json_writer_t writer = {buf, true};
    cJSON *routes = read_routes(buf);
    for (size_t i = 0; i < office->door_count && !buf->failed; i++) {
        if (!is_first_of_pattern(office, i)) {
            continue;
        }
        json_name(&writer, office->doors[i].pattern);
        json_object(&writer);
        for (size_t j = i; j < office->door_count; j++) {
            if (strcmp(office->doors[j].pattern, office->doors[i].pattern) == 0) {
                put_door(&writer, &office->doors[j], routes);
            }
        }
        json_object_end(&writer);
    }
    cJSON_Delete(routes);
}

void office_describe_schemas(const office_t *office, buf_t *buf)
{
    (void)office;
    json_writer_t writer = {buf, true};
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        buf_t name = {0};
        buf_print(&name, "Record.%s", ipus_kind((ipus_kind_t)kind)->name);
        json_name(&writer, buf_zero_terminated(&name) != NULL ? name.at : "Record");
        buf_free(&name);
        json_object(&writer);
        office_describe_row(&writer, (ipus_kind_t)kind);
        json_object_end(&writer);
    }
    cJSON *routes = read_routes(buf);
    const cJSON *schemas = json_member(routes, "schemas");
    for (const cJSON *one = schemas == NULL ? NULL : schemas->child; one != NULL; one = one->next) {
        json_name(&writer, one->string);
        json_tree(&writer, one);
    }
    cJSON_Delete(routes);
}
