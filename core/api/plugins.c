/* GET /v1/{programme}/plugins: which text serves, and what is wrong with the newest one. */
#include "api/inside.h"

static void put_instant(json_writer_t *writer, const char *name, int64_t wall)
{
    date_t day = {(int32_t)(wall / 86400000)};
    int64_t seconds = wall / 1000 % 86400;
    char date[DATE_TEXT_LEN + 1];
    date_text(day, date);
    json_name(writer, name);
    json_raw(writer, SPAN(""));
    buf_print(writer->buf, "\"%sT%02d:%02d:%02dZ\"", date, (int)(seconds / 3600),
              (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static void put_tests(json_writer_t *writer, const plugin_generation_t *generation)
{
    plugin_tests_t tests = {0, 0};
    if (generation != NULL) {
        tests = plugin_tests(generation);
    }
    json_name(writer, "tests");
    json_object(writer);
    json_name(writer, "passed");
    json_int(writer, (int64_t)tests.passed);
    json_name(writer, "failed");
    json_int(writer, (int64_t)tests.failed);
    json_object_end(writer);
}

static void put_faults(json_writer_t *writer, const plugin_generation_t *generation, lang_t lang)
{
    size_t count = 0;
    const plugin_fault_t *faults = generation == NULL ? NULL : plugin_faults(generation, &count);
    json_name(writer, "faults");
    json_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_object(writer);
        json_name(writer, "file");
        json_text(writer, faults[i].file);
        json_name(writer, "line");
        json_int(writer, faults[i].line);
        json_name(writer, "code");
        json_text(writer, span_of(faults[i].code));
        api_part_text(writer, "text", &faults[i].text, lang);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static size_t faults_of(const plugin_generation_t *generation, span_t programme, span_t file)
{
    size_t count = 0, sum = 0;
    const plugin_fault_t *faults = plugin_faults(generation, &count);
    for (size_t i = 0; i < count; i++) {
        span_t at = faults[i].file;
        bool of_programme = span_starts(at, programme) && at.len > programme.len;
        sum += of_programme && span_equal(span_from(at, programme.len + 1), file) ? 1 : 0;
    }
    return sum;
}

static void put_files(json_writer_t *writer, const api_call_t *call)
{
    const registry_programme_t *programme = call->view == NULL ? NULL : call->view->programme;
    size_t count = programme == NULL ? 0 : programme->service_count;
    json_name(writer, "files");
    json_array(writer);
    for (size_t i = 0; i < count; i++) {
        const registry_service_t *service = &programme->services[i];
        json_object(writer);
        json_name(writer, "file");
        json_text(writer, service->file);
        json_name(writer, "service");
        json_text(writer, service->id);
        json_name(writer, "version");
        json_text(writer, service->version);
        json_name(writer, "revision");
        json_int(writer, service->revision);
        json_name(writer, "from");
        json_date(writer, service->from);
        json_name(writer, "examples");
        json_int(writer, (int64_t)call->view->services[i].examples);
        json_name(writer, "faults");
        json_int(writer,
                 call->slot->newest == NULL
                     ? 0
                     : (int64_t)faults_of(call->slot->newest, call->slot->id, service->file));
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void put_newest(json_writer_t *writer, const api_call_t *call)
{
    const plugin_slot_t *slot = call->slot;
    put_instant(writer, "loaded_at", slot->loaded_at);
    json_name(writer, "load_us");
    json_int(writer, (int64_t)slot->load_us);
    put_tests(writer, slot->newest);
    put_faults(writer, slot->newest, call->lang);
}

/* good: the newest text serves; stale: an older one does, because of its faults; partial: it serves
 * without the services that have faults; failing: nothing serves. */
static span_t state(const api_call_t *call)
{
    const plugin_slot_t *slot = call->slot;
    if (call->view == NULL) {
        return SPAN("failing");
    }
    if (slot->newest != slot->serving) {
        return SPAN("stale");
    }
    return plugin_good(slot->serving) ? SPAN("good") : SPAN("partial");
}

void api_on_plugins(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin_slot(&call, context, exchange, request) || !api_take_query(&call, 0)) {
        return;
    }
    const plugin_slot_t *slot = call.slot;
    call.view = api_view_of(call.api, slot);
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, slot->id);
    json_name(&writer, "state");
    json_text(&writer, state(&call));
    api_part_span(&writer, "version",
                  call.view == NULL ? SPAN_NONE : call.view->programme->version);
    put_newest(&writer, &call);
    json_name(&writer, "loads");
    json_int(&writer, (int64_t)slot->loads);
    json_name(&writer, "failures");
    json_int(&writer, (int64_t)slot->failures);
    json_name(&writer, "examples");
    json_int(&writer, call.view == NULL ? 0 : (int64_t)call.view->examples);
    json_name(&writer, "memory_bytes");
    json_int(&writer, call.view == NULL ? 0 : (int64_t)plugin_memory(call.view->generation));
    put_files(&writer, &call);
    json_object_end(&writer);
    api_send(&call);
}
