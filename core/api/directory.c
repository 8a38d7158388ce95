/* GET /v1/programmes and GET /v1/services: over all programmes. */
#include "api/inside.h"

/* ---- programmes ------------------------------------------------------------------------------ */

static bool wanted(const plugin_slot_t *slot, const api_query_t *query, span_t folded)
{
    return slot->serving != NULL &&
           (query->terc_len == 0 || span_starts(plugin_programme(slot->serving)->terc,
                                                (span_t){query->terc, query->terc_len})) &&
           (query->text_len == 0 || folded.len > 0) && plugin_slot_has(slot, folded);
}

/* The wanted ones of the page in `*page`; returns how many are wanted in all. */
static size_t choose(const api_call_t *call, span_t folded,
                     const plugin_slot_t *page[static API_PER_PAGE_MAX], size_t *written)
{
    size_t count = 0, total = 0;
    const plugin_slot_t *slots = plugin_host_slots(call->api->host, &count);
    uint64_t first = (call->query.page - 1) * call->query.per_page;
    *written = 0;
    for (size_t i = 0; i < count; i++) {
        if (wanted(&slots[i], &call->query, folded)) {
            if (total >= first && *written < call->query.per_page) {
                page[(*written)++] = &slots[i];
            }
            total++;
        }
    }
    return total;
}

void api_on_programmes(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    api_begin_bare(&call, context, exchange, request);
    if (!api_take_query(&call, API_TAKES_ON | API_TAKES_PAGE | API_TAKES_TERC)) {
        return;
    }
    const plugin_slot_t *page[API_PER_PAGE_MAX];
    size_t written = 0;
    buf_t folded = {0};
    text_fold(&folded, (span_t){call.query.text, call.query.text_len});
    size_t total = choose(&call, buf_span(&folded), page, &written);
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    api_part_page(&writer, &call.query, total);
    json_name(&writer, "items");
    json_array(&writer);
    for (size_t i = 0; i < written; i++) {
        call.programme = plugin_programme(page[i]->serving);
        api_settle_day(&call, call.query.on);
        json_object(&writer);
        api_part_identity(&writer, &call);
        json_object_end(&writer);
    }
    json_array_end(&writer);
    json_object_end(&writer);
    writer.buf->failed = writer.buf->failed || folded.failed;
    buf_free(&folded);
    api_send(&call);
}

/* ---- services -------------------------------------------------------------------------------- */

/* The version of its id that the programme's own list would show. */
static bool shows(void *context, const registry_programme_t *programme,
                  const registry_service_t *service)
{
    api_call_t *call = context;
    bool in_force = false;
    if (call->programme != programme) {
        call->programme = programme;
        api_settle_day(call, call->query.on);
    }
    return api_service_at(call, service->id, &in_force) == service && (in_force || !call->in_force);
}

static void put_found(json_writer_t *writer, api_call_t *call, const registry_found_t *found)
{
    bool in_force = false;
    call->programme = found->programme;
    api_settle_day(call, call->query.on);
    api_service_at(call, found->service->id, &in_force);
    json_object(writer);
    json_name(writer, "programme");
    json_text(writer, found->programme->id);
    json_name(writer, "municipality");
    json_text(writer, found->programme->municipality);
    json_name(writer, "terc");
    json_text(writer, found->programme->terc);
    json_name(writer, "service");
    json_text(writer, found->service->id);
    api_part_text(writer, "name", &found->service->name, call->lang);
    api_part_text(writer, "summary", registry_text_on(&found->service->summary, call->on),
                  call->lang);
    json_name(writer, "in_force");
    json_bool(writer, in_force);
    json_name(writer, "link");
    /* Ids are [a-z0-9-]: nothing to escape. */
    json_raw(writer, SPAN("\"/v1/"));
    buf_add(writer->buf, found->programme->id);
    buf_literal(writer->buf, "/services/");
    buf_add(writer->buf, found->service->id);
    buf_byte(writer->buf, '"');
    json_object_end(writer);
}

void api_on_directory(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    api_begin_bare(&call, context, exchange, request);
    if (!api_take_query(&call, API_TAKES_ON | API_TAKES_PAGE)) {
        return;
    }
    registry_found_t found[API_PER_PAGE_MAX];
    size_t count = 0;
    const registry_wanted_t wanted_page = {
        .query = {call.query.text, call.query.text_len},
        .first = (size_t)((call.query.page - 1) * call.query.per_page),
        .max = (size_t)call.query.per_page,
        .shows = shows,
        .context = &call,
    };
    size_t total =
        registry_directory_find(plugin_host_directory(call.api->host), &wanted_page, found, &count);
    if (total == SIZE_MAX) {
        api_problem(&call, API_PROBLEM_NO_MEMORY, SPAN_NONE, SPAN_NONE);
        return;
    }
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    api_part_page(&writer, &call.query, total);
    json_name(&writer, "items");
    json_array(&writer);
    for (size_t i = 0; i < count; i++) {
        put_found(&writer, &call, &found[i]);
    }
    json_array_end(&writer);
    json_object_end(&writer);
    api_send(&call);
}
