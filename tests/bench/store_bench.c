/* Orders a second, durable, with so many in flight: many a commit against one a commit, on the disk
 * of the folder given (or the present one). An order reads its grant and the person's orders, takes
 * of a pool, adds and changes a row, with journal and answer. */
#include "loop/loop.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define PEOPLE 20000
#define MOST 256

typedef struct {
    store_work_t work;
    int64_t person, number;
    uint64_t began;
} order_t;

static struct {
    loop_t *loop;
    store_t *store;
    order_t orders[MOST];
    int64_t granted[PEOPLE + 1];
    int64_t next, wanted, done;
    uint64_t *took;
    int64_t first_key;
} bench;

static uint64_t now_ns(void)
{
    return clock_system()->monotonic(clock_system());
}

static int64_t now_ms(void)
{
    return clock_system()->wall(clock_system());
}

static bool enter(ipus_record_t *record, const ipus_row_t *row, const char *step)
{
    const ipus_entry_t entry = {.at = now_ms(),
                                .account = 1,
                                .kind = row->kind,
                                .id = row->id,
                                .version = row->version,
                                .step = step};
    return record->journal(record->context, &entry) == IPUS_FINE;
}

static bool add(ipus_record_t *record, ipus_row_t *row)
{
    return record->add(record->context, row, now_ms()) == IPUS_FINE && enter(record, row, "make");
}

static bool make_people(store_work_t *work, ipus_record_t *record)
{
    (void)work;
    ipus_row_t provider = {.kind = IPUS_PROVIDER};
    ipus_set_text(&provider, PROVIDER_NAME, SPAN("Helpers"));
    ipus_set_text(&provider, PROVIDER_TYPE, SPAN("ngo"));
    ipus_set(&provider, PROVIDER_SINCE, 19000);
    ipus_set(&provider, PROVIDER_STATE, 0);
    bool fine = add(record, &provider);
    for (int64_t i = 1; i <= PEOPLE && fine; i++) {
        ipus_row_t person = {.kind = IPUS_PERSON}, application = {.kind = IPUS_APPLICATION},
                   decision = {.kind = IPUS_DECISION}, granted = {.kind = IPUS_GRANTED};
        ipus_set_text(&person, PERSON_GIVEN_NAME, SPAN("Jan"));
        ipus_set_text(&person, PERSON_FAMILY_NAME, SPAN("Kowalski"));
        ipus_set(&person, PERSON_STATE, 0);
        fine = fine && add(record, &person);
        ipus_set(&application, APPLICATION_PERSON, person.id);
        ipus_set(&application, APPLICATION_APPLICANT_ROLE, 0);
        ipus_set(&application, APPLICATION_RECEIVED_ON, 19000);
        ipus_set(&application, APPLICATION_STATE, 4);
        fine = fine && add(record, &application);
        ipus_set(&decision, DECISION_PERSON, person.id);
        ipus_set(&decision, DECISION_APPLICATION, application.id);
        ipus_set_text(&decision, DECISION_SERVICE, SPAN("window-cleaning"));
        fine = fine && add(record, &decision);
        ipus_set(&granted, GRANTED_PERSON, person.id);
        ipus_set(&granted, GRANTED_DECISION, decision.id);
        ipus_set_text(&granted, GRANTED_SERVICE, SPAN("window-cleaning"));
        ipus_set(&granted, GRANTED_QUANTITY, 1000000);
        ipus_set(&granted, GRANTED_BEGINS, 19000);
        ipus_set(&granted, GRANTED_ENDS, 19364);
        ipus_set(&granted, GRANTED_ORDERED, 0);
        ipus_set(&granted, GRANTED_STATE, 1);
        fine = fine && add(record, &granted);
        bench.granted[person.id] = granted.id;
    }
    return fine;
}

static bool count_row(void *of, const ipus_row_t *row)
{
    *(int64_t *)of += ipus_number(row, ORDER_QUANTITY);
    return true;
}

static bool find_orders(ipus_record_t *record, int64_t person, int64_t *units)
{
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_PERSON, person);
    ipus_query_text(&query, ORDER_SERVICE, SPAN("window-cleaning"));
    ipus_query_equal(&query, ORDER_COUNTS, 1);
    query.range = ORDER_PLANNED_ON;
    query.from = 19000;
    query.to = 19364;
    *units = 0;
    return record->find(record->context, &query, count_row, units) == IPUS_FINE;
}

static bool place_order(store_work_t *work, ipus_record_t *record)
{
    const order_t *it = (const order_t *)work;
    char key[40];
    int len = snprintf(key, sizeof key, "order-%016llx",
                       (unsigned long long)((uint64_t)it->number * UINT64_C(0x9e3779b97f4a7c15)));
    const span_t asked = {key, (size_t)len};
    unsigned status = 0;
    span_t answer = SPAN_NONE;
    ipus_row_t granted, order = {.kind = IPUS_ORDER};
    int64_t units = 0, taken = 0;
    const ipus_pool_t pool = {SPAN("window-cleaning"), {19000}, {19364}};
    if (store_replay(record, 1, asked, 7, now_ms(), &status, &answer) != IPUS_ABSENT ||
        record->get(record->context, IPUS_GRANTED, bench.granted[it->person], false, &granted) !=
            IPUS_FINE ||
        !find_orders(record, it->person, &units) ||
        record->take(record->context, &pool, 1000, 0, INT64_MAX / 2, &taken) != IPUS_FINE) {
        return false;
    }
    ipus_set(&order, ORDER_GRANTED, granted.id);
    ipus_set(&order, ORDER_PERSON, it->person);
    ipus_set_text(&order, ORDER_SERVICE, SPAN("window-cleaning"));
    ipus_set(&order, ORDER_PROVIDER, 1);
    ipus_set(&order, ORDER_PLANNED_ON, 19000 + it->number % 365);
    ipus_set(&order, ORDER_QUANTITY, 1000);
    ipus_set(&order, ORDER_ANSWER_BY, 19000 + it->number % 7);
    ipus_set(&order, ORDER_COUNTS, 1);
    ipus_set(&order, ORDER_STATE, 0);
    ipus_set(&granted, GRANTED_ORDERED, ipus_number(&granted, GRANTED_ORDERED) + 1000);
    return add(record, &order) && record->set(record->context, &granted, now_ms()) == IPUS_FINE &&
           enter(record, &granted, "order") &&
           store_remember(record, 1, asked, 7, now_ms(), 201,
                          SPAN("{\"id\":12345,\"state\":\"issued\",\"links\":[\"self\"]}")) ==
               IPUS_FINE;
}

static void send_next(order_t *order);

static void on_done(store_work_t *work, store_result_t result)
{
    order_t *it = (order_t *)work;
    if (result != STORE_DONE) {
        fprintf(stderr, "an order failed: %d\n", (int)result);
        exit(1);
    }
    bench.took[bench.done++] = now_ns() - it->began;
    send_next(it);
}

static void send_next(order_t *order)
{
    if (bench.next >= bench.wanted) {
        return;
    }
    order->number = bench.first_key + bench.next++;
    order->person = 1 + (int64_t)(((uint64_t)order->number * 7919) % PEOPLE);
    order->began = now_ns();
    store_write(bench.store, &order->work);
}

static double cpu_us(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

static int by_time(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static double measure(int in_flight, int64_t count, const char *what)
{
    bench.next = bench.done = 0;
    bench.wanted = count;
    store_figures_t before = store_figures(bench.store);
    double cpu = cpu_us();
    uint64_t began = now_ns();
    for (int i = 0; i < in_flight; i++) {
        bench.orders[i].work = (store_work_t){.run = place_order, .done = on_done};
        send_next(&bench.orders[i]);
    }
    loop_run(bench.loop);
    double seconds = (double)(now_ns() - began) / 1e9, rate = (double)count / seconds;
    store_figures_t after = store_figures(bench.store);
    bench.first_key += count;
    qsort(bench.took, (size_t)count, sizeof *bench.took, by_time);
    printf("%-8s %3d in flight  %8.0f works/s  p50 %6.2f ms  p99 %6.2f ms  %5.1f a commit"
           "  %4.0f us CPU\n",
           what, in_flight, rate, (double)bench.took[count / 2] / 1e6,
           (double)bench.took[count * 99 / 100] / 1e6,
           (double)count / (double)(after.commits - before.commits),
           (cpu_us() - cpu) / (double)count);
    return rate;
}

static void nothing(void *context)
{
    (void)context;
}

static vault_t *vault;
static char folder[300];

static void open_record(bool alone)
{
    buf_t why = {0};
    const store_options_t options = {.folder = folder,
                                     .programme = "bench",
                                     .vault = vault,
                                     .clock = clock_system(),
                                     .alone = alone};
    bench.store = store_open(bench.loop, &options, false, &why);
    if (bench.store == NULL) {
        fprintf(stderr, "%.*s\n", SPAN_ARGS(buf_span(&why)));
        exit(1);
    }
    buf_free(&why);
}

static void close_record(void)
{
    store_close(bench.store, nothing, NULL);
    loop_run(bench.loop);
}

static void clean(const char *base)
{
    static const char *const names[] = {"bench/record.db",
                                        "bench/record.db-wal",
                                        "bench/record.db-shm",
                                        "bench/lock",
                                        "bench",
                                        "key",
                                        ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", base, names[i]);
        remove(path);
    }
}

int main(int argc, char **argv)
{
    char base[200], key[260];
    snprintf(base, sizeof base, "%s/store-bench-XXXXXX", argc > 1 ? argv[1] : ".");
    if (mkdtemp(base) == NULL) {
        perror(base);
        return 1;
    }
    snprintf(key, sizeof key, "%s/key", base);
    snprintf(folder, sizeof folder, "%s/bench", base);
    buf_t why = {0};
    vault = vault_open(key, true, false, &why);
    bench.loop = loop_new();
    bench.took = calloc(200000, sizeof *bench.took);
    bench.first_key = 1;
    open_record(false);
    store_work_t people = {.run = make_people};
    if (store_run(bench.store, &people, true) != STORE_DONE) {
        fprintf(stderr, "no people\n");
        return 1;
    }
    measure(64, 10000, "warming");
    double best = 0, sum = 0;
    const int rounds = 3;
    for (int i = 0; i < rounds; i++) {
        close_record();
        open_record(true);
        double alone = measure(64, 3000, "alone");
        close_record();
        open_record(false);
        double together = measure(64, 30000, "together");
        sum += together / alone;
        best = together / alone > best ? together / alone : best;
    }
    measure(1, 1000, "together");
    measure(256, 30000, "together");
    close_record();
    printf("together against alone: %.1f times on the average, %.1f at best\n", sum / rounds, best);
    loop_free(bench.loop);
    vault_close(vault);
    free(bench.took);
    clean(base);
    return 0;
}
