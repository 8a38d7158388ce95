#include "http/server.h"

/* Microseconds; from a stored answer to a slow disk. */
static const uint64_t bounds[HTTP_LATENCY_BOUNDS] = {50,    100,    250,    1000,   5000,
                                                     20000, 100000, 500000, 2000000};

void http_metrics_measure(http_metrics_t *metrics, unsigned count, uint64_t nanoseconds)
{
    size_t bucket = 0;
    while (bucket < HTTP_LATENCY_BOUNDS && nanoseconds > bounds[bucket] * 1000) {
        bucket++;
    }
    metrics->latency[bucket] += count;
    metrics->latency_sum += count * nanoseconds;
}

static void add(buf_t *buf, const char *type, const char *name, const char *help, uint64_t value)
{
    buf_print(buf, "# HELP okienko_http_%s %s\n# TYPE okienko_http_%s %s\nokienko_http_%s %llu\n",
              name, help, name, type, name, (unsigned long long)value);
}

static void add_requests(const http_metrics_t *metrics, buf_t *buf)
{
    buf_literal(buf, "# HELP okienko_http_requests_total Requests answered.\n"
                     "# TYPE okienko_http_requests_total counter\n");
    for (unsigned method = 0; method <= HTTP_METHOD_COUNT; method++) {
        const char *name =
            method == HTTP_METHOD_COUNT ? "other" : http_method_name((http_method_t)method);
        for (unsigned class = 1; class < 6; class ++) {
            if (metrics->requests[method][class] > 0) {
                buf_print(buf, "okienko_http_requests_total{method=\"%s\",status=\"%uxx\"} %llu\n",
                          name, class, (unsigned long long)metrics->requests[method][class]);
            }
        }
    }
}

static void add_latency(const http_metrics_t *metrics, buf_t *buf)
{
    buf_literal(buf, "# HELP okienko_http_request_seconds From the last byte read to the answer.\n"
                     "# TYPE okienko_http_request_seconds histogram\n");
    uint64_t sum = 0;
    for (size_t i = 0; i < HTTP_LATENCY_BOUNDS; i++) {
        sum += metrics->latency[i];
        buf_print(buf, "okienko_http_request_seconds_bucket{le=\"%llu.%06llu\"} %llu\n",
                  (unsigned long long)bounds[i] / 1000000, (unsigned long long)bounds[i] % 1000000,
                  (unsigned long long)sum);
    }
    sum += metrics->latency[HTTP_LATENCY_BOUNDS];
    buf_print(buf,
              "okienko_http_request_seconds_bucket{le=\"+Inf\"} %llu\n"
              "okienko_http_request_seconds_sum %llu.%09llu\n"
              "okienko_http_request_seconds_count %llu\n",
              (unsigned long long)sum, (unsigned long long)metrics->latency_sum / 1000000000,
              (unsigned long long)metrics->latency_sum % 1000000000, (unsigned long long)sum);
}

void http_metrics(const http_server_t *server, buf_t *buf)
{
    const http_metrics_t *metrics = &server->metrics;
    add_requests(metrics, buf);
    add_latency(metrics, buf);
    add(buf, "gauge", "connections", "Connections open now.", server->connections);
    add(buf, "counter", "connections_total", "Connections accepted.", metrics->accepted);
    add(buf, "counter", "connections_refused_total", "Connections past the cap.", metrics->refused);
    add(buf, "counter", "received_bytes_total", "Bytes read.", metrics->bytes_in);
    add(buf, "counter", "sent_bytes_total", "Bytes written or queued.", metrics->bytes_out);
    add(buf, "counter", "cache_hits_total", "Requests answered from the cache.",
        metrics->cache_hits);
    add(buf, "counter", "cache_misses_total", "Requests whose answer was not kept.",
        metrics->cache_misses);
    add(buf, "gauge", "feeds", "Answers without an end, open now.", metrics->feeds);
    add(buf, "counter", "feeds_dropped_total", "Those whose client read too slowly.",
        metrics->feeds_dropped);
    add(buf, "gauge", "cache_bytes", "Memory of the answers kept.",
        http_cache_bytes(server->cache));
    add(buf, "gauge", "cache_answers", "Answers kept.", http_cache_count(server->cache));
}
