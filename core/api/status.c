/* For whoever keeps the server running: /healthz, /readyz, /metrics. */
#include "api/inside.h"

#include <fcntl.h>
#include <unistd.h>

enum { PROGRAMMES_TOLD = 64 }; /* each by itself */

static void reply(api_call_t *call, unsigned status, const char *type)
{
    http_reply_t answer = {status, type, "Cache-Control: no-store\r\n", buf_span(&call->api->out)};
    http_reply(call->exchange, &answer);
}

void api_on_health(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    api_begin_bare(&call, context, exchange, request);
    json_writer_t writer = api_open(&call);
    json_raw(&writer, SPAN("{\"status\":\"ok\"}"));
    reply(&call, 200, "application/json");
}

static size_t serving(const plugin_slot_t *slots, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += slots[i].serving != NULL ? 1 : 0;
    }
    return sum;
}

/* Ready when at least one programme serves. One that cannot be loaded must not take the others off
 * the network: it is "degraded", named here and on its /plugins. */
void api_on_ready(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    api_begin_bare(&call, context, exchange, request);
    size_t count = 0;
    const plugin_slot_t *slots = plugin_host_slots(call.api->host, &count);
    size_t ready = serving(slots, count);
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "status");
    json_text(&writer, ready == 0       ? SPAN("unready")
                       : ready == count ? SPAN("ready")
                                        : SPAN("degraded"));
    json_name(&writer, "programmes");
    json_array(&writer);
    for (size_t i = 0; i < count; i++) {
        json_object(&writer);
        json_name(&writer, "id");
        json_text(&writer, slots[i].id);
        json_name(&writer, "serving");
        json_bool(&writer, slots[i].serving != NULL);
        json_object_end(&writer);
    }
    json_array_end(&writer);
    json_object_end(&writer);
    reply(&call, ready > 0 ? 200 : 503, "application/json");
}

static void head(buf_t *buf, const char *name, const char *type, const char *help)
{
    buf_print(buf, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

typedef double (*measure_t)(const plugin_slot_t *slot);

static double loads(const plugin_slot_t *slot)
{
    return (double)slot->loads;
}

static double failures(const plugin_slot_t *slot)
{
    return (double)slot->failures;
}

static double serves(const plugin_slot_t *slot)
{
    return slot->serving != NULL ? 1 : 0;
}

static double newest_good(const plugin_slot_t *slot)
{
    return slot->newest != NULL && plugin_good(slot->newest) ? 1 : 0;
}

static double load_seconds(const plugin_slot_t *slot)
{
    return (double)slot->load_us / 1e6;
}

static double loaded_at(const plugin_slot_t *slot)
{
    return (double)slot->loaded_at / 1e3;
}

static double memory(const plugin_slot_t *slot)
{
    return slot->serving != NULL ? (double)plugin_memory(slot->serving) : 0;
}

/* Of many programmes only those that somebody should look at, or that changed since the start: a
 * look at the counters must not hold the others up. */
static bool is_told(const plugin_slot_t *slot, size_t count)
{
    return count <= PROGRAMMES_TOLD || slot->loads > 1 || newest_good(slot) < 1;
}

static void plugin_metrics(const api_t *api, buf_t *buf)
{
    static const struct {
        const char *name, *type, *help;
        measure_t measure;
    } metrics[] = {
        {"okienko_plugin_loads_total", "counter", "Times the programme was loaded.", loads},
        {"okienko_plugin_load_failures_total", "counter", "Loads that had faults.", failures},
        {"okienko_plugin_serving", "gauge", "1 when some text of the programme serves.", serves},
        {"okienko_plugin_newest_good", "gauge", "1 when the newest text has no faults.",
         newest_good},
        {"okienko_plugin_load_seconds", "gauge", "How long the newest load took.", load_seconds},
        {"okienko_plugin_loaded_timestamp_seconds", "gauge", "When the newest load was.",
         loaded_at},
        {"okienko_plugin_memory_bytes", "gauge", "Memory of the serving generation.", memory},
    };
    size_t count = 0;
    const plugin_slot_t *slots = plugin_host_slots(api->host, &count);
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        head(buf, metrics[i].name, metrics[i].type, metrics[i].help);
        for (size_t j = 0; j < count; j++) {
            if (is_told(&slots[j], count)) {
                buf_print(buf, "%s{programme=\"%.*s\"} %.17g\n", metrics[i].name,
                          SPAN_ARGS(slots[j].id), metrics[i].measure(&slots[j]));
            }
        }
    }
    head(buf, "okienko_programmes", "gauge", "Programmes that serve.");
    buf_print(buf, "okienko_programmes %zu\n", serving(slots, count));
}

/* Pages of the whole and of what is resident, from /proc; nothing where that is missing. */
static void process_metrics(buf_t *buf)
{
    char text[128];
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t len = file < 0 ? -1 : read(file, text, sizeof text);
    if (file >= 0) {
        close(file);
    }
    span_t rest = {text, len > 0 ? (size_t)len : 0}, part = SPAN_NONE;
    uint64_t whole = 0, resident = 0;
    if (rest.len == 0 || !span_cut(&rest, ' ', &part) || !span_number(part, INT64_MAX, &whole) ||
        !span_cut(&rest, ' ', &part) || !span_number(part, INT64_MAX, &resident)) {
        return;
    }
    int64_t page = sysconf(_SC_PAGESIZE);
    head(buf, "process_virtual_memory_bytes", "gauge", "Virtual memory.");
    buf_print(buf, "process_virtual_memory_bytes %lld\n", (long long)whole * page);
    head(buf, "process_resident_memory_bytes", "gauge", "Resident memory.");
    buf_print(buf, "process_resident_memory_bytes %lld\n", (long long)resident * page);
}

void api_on_metrics(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    api_begin_bare(&call, context, exchange, request);
    const api_t *api = call.api;
    buf_t *buf = api_open(&call).buf;
    if (api->server != NULL) {
        http_metrics(api->server, buf);
    }
    head(buf, "okienko_quotes_total", "counter", "Quotes decided.");
    buf_print(buf, "okienko_quotes_total %llu\n", (unsigned long long)api->quotes);
    head(buf, "okienko_rule_faults_total", "counter", "Rules that could not be applied.");
    buf_print(buf, "okienko_rule_faults_total %llu\n", (unsigned long long)api->rule_faults);
    plugin_metrics(api, buf);
    process_metrics(buf);
    reply(&call, 200, "text/plain; version=0.0.4; charset=utf-8");
}
