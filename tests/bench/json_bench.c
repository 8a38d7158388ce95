/* How long a read takes, beside plain cJSON: a request's body, and texts that are meant to hurt. */
#include "base/buf.h"
#include "base/clock.h"
#include "json/json.h"

#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 9

static const char body[] =
    "{\"programme\":\"uslugi-opiekuncze\",\"commune\":\"Śródmieście\",\"applicant\":{"
    "\"name\":\"Zofia Łęcka\",\"born\":\"1949-03-02\",\"pesel\":\"49030201466\",\"alone\":true},"
    "\"household\":2,\"income\":182345,\"needs\":[\"zakupy\",\"posiłki\",\"higiena\"],"
    "\"hours\":12,\"from\":\"2024-03-01\",\"remarks\":\"proszę dzwonić po 15:30\",\"lang\":\"pl\"}";

typedef struct {
    json_reader_t *reader; /* NULL for plain cJSON */
    span_t text;
    json_code_t expected;
} task_t;

static void run(const task_t *task)
{
    if (task->reader == NULL) {
        cJSON_Delete(cJSON_ParseWithLength(task->text.at, task->text.len));
        return;
    }
    json_fault_t fault;
    json_read(task->reader, task->text, &fault);
    if (fault.code != task->expected) {
        fprintf(stderr, "code %d instead of %d\n", (int)fault.code, (int)task->expected);
        exit(1);
    }
}

/* Nanoseconds a run, the best of some rounds: what the machine's other work does not disturb. */
static double measure(const task_t *task, unsigned runs)
{
    clock_port_t *clock = clock_system();
    double best = 1e18;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begun = clock->monotonic(clock);
        for (unsigned i = 0; i < runs; i++) {
            run(task);
        }
        double each = (double)(clock->monotonic(clock) - begun) / runs;
        best = each < best ? each : best;
    }
    return best;
}

static void report(const char *what, const task_t *task, unsigned runs)
{
    double each = measure(task, runs);
    printf("%-32s %8zu B %10.0f ns %7.0f MB/s\n", what, task->text.len, each,
           (double)task->text.len * 1e3 / each);
}

/* `count` members with names that differ only at their end, the last as the first when `repeat`. */
static void add_members(buf_t *buf, unsigned count, bool repeat)
{
    for (unsigned i = 0; i < count; i++) {
        buf_print(buf, "%c\"%0*u\":1", i == 0 ? '{' : ',', 100, repeat && i + 1 == count ? 0 : i);
    }
    buf_byte(buf, '}');
}

int main(void)
{
    buf_t distinct = {0}, repeated = {0};
    span_t request = {body, sizeof body - 1};
    add_members(&distinct, JSON_KEYS_MAX, false);
    add_members(&repeated, JSON_KEYS_MAX, true);
    /* Plain cJSON first: a reader puts hooks under it. */
    report("plain cJSON, a body", &(task_t){.text = request}, 100000);
    report("plain cJSON, 1000 members", &(task_t){.text = buf_span(&distinct)}, 1000);
    json_reader_t *reader = json_reader_new();
    if (reader == NULL) {
        return 1;
    }
    report("json_read, a body", &(task_t){reader, request, JSON_OK}, 100000);
    report("json_read, 1000 members", &(task_t){reader, buf_span(&distinct), JSON_OK}, 1000);
    report("json_read, 1000th repeats 1st",
           &(task_t){reader, buf_span(&repeated), JSON_DUPLICATE_KEY}, 1000);
    json_reader_free(reader);
    buf_free(&distinct);
    buf_free(&repeated);
    return 0;
}
