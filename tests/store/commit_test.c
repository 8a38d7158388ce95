/* The writer: many works a commit, each whole or absent, answered after the commit; the queue, the
 * pools told of, the end. */
#include "world.h"

#include <unistd.h>

#define WORKS 500

typedef struct {
    store_work_t work;
    int number;
    bool refuses, breaks;
    int runs;
    store_result_t result;
} job_t;

static job_t jobs[WORKS];
static int answered, told, closed;
static int64_t last_taken;
static loop_t *loop;

static bool run_job(store_work_t *work, ipus_record_t *record)
{
    job_t *job = (job_t *)work;
    const ipus_pool_t pool = {SPAN("windows"), {19000}, {19364}};
    int64_t taken = 0, series = 0;
    job->runs++;
    char name[20];
    snprintf(name, sizeof name, "Person%d", job->number);
    world_person(record, name, "Nowak", NULL);
    assert_int_equal(record->series(record->context, "job", 0, &series), IPUS_FINE);
    assert_int_equal(record->take(record->context, &pool, 1000, 0, INT64_MAX / 2, &taken),
                     IPUS_FINE);
    if (job->breaks) {
        ipus_row_t row = {.kind = IPUS_MEETING};
        assert_int_equal(record->add(record->context, &row, NOW), IPUS_BROKEN);
    }
    return !job->refuses;
}

/* What an answer says must be there for whoever reads now. */
static bool count_people(store_work_t *work, ipus_record_t *record);

typedef struct {
    store_work_t work;
    int64_t people, pool;
} count_t;

static bool add_one(void *of, const ipus_row_t *row)
{
    (void)row;
    ++*(int64_t *)of;
    return true;
}

static bool sum_pools(void *of, const store_pool_t *pool)
{
    *(int64_t *)of += pool->taken;
    return true;
}

static bool count_people(store_work_t *work, ipus_record_t *record)
{
    count_t *count = (count_t *)work;
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    count->people = count->pool = 0;
    return record->find(record->context, &query, add_one, &count->people) == IPUS_FINE &&
           store_pools(record, sum_pools, &count->pool) == IPUS_FINE;
}

static int done_so_far;

static void on_done(store_work_t *work, store_result_t result)
{
    job_t *job = (job_t *)work;
    job->result = result;
    answered++;
    done_so_far += result == STORE_DONE;
    if (answered % 100 == 0) {
        count_t count = {.work.run = count_people};
        assert_int_equal(store_run(world.store, &count.work, false), STORE_DONE);
        assert_true(count.people >= done_so_far);
        assert_int_equal(count.pool, count.people * 1000);
        assert_true(last_taken >= done_so_far * 1000);
    }
}

static void on_pools(void *context, const store_pool_t *pools, size_t count)
{
    (void)context;
    told += (int)count;
    assert_true(span_equal(pools[count - 1].service, SPAN("windows")));
    last_taken = pools[count - 1].taken;
}

static void on_closed(void *context)
{
    (void)context;
    closed++;
    world.store = NULL;
}

static void open_with_loop(bool alone)
{
    world_close();
    world.options.alone = alone;
    world.options.on_pools = on_pools;
    answered = told = closed = done_so_far = 0;
    last_taken = 0;
    buf_t why = {0};
    loop = loop_new();
    world.store = store_open(loop, &world.options, false, &why);
    assert_non_null(world.store);
}

static void close_with_loop(void)
{
    store_close(world.store, on_closed, NULL);
    loop_run(loop);
    loop_free(loop);
    assert_int_equal(closed, 1);
}

static void send_all(void)
{
    for (int i = 0; i < WORKS; i++) {
        jobs[i] = (job_t){.work = {.run = run_job, .done = on_done},
                          .number = i,
                          .refuses = i % 7 == 3,
                          .breaks = i % 50 == 1};
        store_write(world.store, &jobs[i].work);
    }
}

static void assert_all(bool alone)
{
    int64_t done = 0;
    assert_int_equal(answered, WORKS);
    for (int i = 0; i < WORKS; i++) {
        store_result_t wanted = jobs[i].breaks    ? STORE_BROKEN
                                : jobs[i].refuses ? STORE_REFUSED
                                                  : STORE_DONE;
        assert_int_equal(jobs[i].result, wanted);
        /* Again when somebody who shared the commit was refused after writing. */
        assert_in_range(jobs[i].runs, 1, alone ? 1 : 2);
        done += wanted == STORE_DONE;
    }
    count_t count = {.work.run = count_people};
    assert_int_equal(store_run(world.store, &count.work, false), STORE_DONE);
    assert_int_equal(count.people, done);
    assert_int_equal(count.pool, done * 1000);
    assert_int_equal(last_taken, done * 1000);
    store_figures_t figures = store_figures(world.store);
    assert_int_equal(figures.works, WORKS);
    assert_true(alone ? figures.commits >= (uint64_t)done : figures.commits < WORKS / 4);
    assert_int_equal(figures.waiting, 0);
}

static void each_work_is_whole_or_absent(void **state)
{
    (void)state;
    open_with_loop(false);
    send_all();
    assert_int_equal(answered, 0);
    loop_run(loop);
    assert_all(false);
    assert_true(told >= 1 && told < WORKS / 4);
    close_with_loop();
    world_open();
}

static void the_same_one_by_one(void **state)
{
    (void)state;
    open_with_loop(true);
    send_all();
    loop_run(loop);
    assert_all(true);
    close_with_loop();
    world_open();
}

static void what_waits_is_done_before_the_end(void **state)
{
    (void)state;
    open_with_loop(false);
    send_all();
    store_close(world.store, on_closed, NULL);
    job_t late = {.work = {.run = run_job, .done = on_done}};
    store_write(world.store, &late.work);
    loop_run(loop);
    loop_free(loop);
    assert_int_equal(closed, 1);
    assert_int_equal(answered, WORKS + 1);
    assert_int_equal(late.result, STORE_BUSY);
    world_open();
    count_t count = {.work.run = count_people};
    assert_int_equal(store_run(world.store, &count.work, false), STORE_DONE);
    assert_int_equal(count.people, 421);
}

static int reads_done;

static void on_read(store_work_t *work, store_result_t result)
{
    count_t *count = (count_t *)work;
    assert_int_equal(result, STORE_DONE);
    assert_int_equal(count->pool, count->people * 1000); /* of one moment */
    reads_done++;
}

static void readers_see_one_moment(void **state)
{
    (void)state;
    static count_t counts[100];
    open_with_loop(false);
    reads_done = 0;
    for (int i = 0; i < 100; i++) {
        jobs[i] = (job_t){.work = {.run = run_job, .done = on_done}, .number = i};
        store_write(world.store, &jobs[i].work);
        counts[i] = (count_t){.work = {.run = count_people, .done = on_read}};
        store_read(world.store, &counts[i].work);
    }
    loop_run(loop);
    assert_int_equal(reads_done, 100);
    close_with_loop();
    world_open();
}

static void in_memory_all_is_the_same(void **state)
{
    (void)state;
    world_close();
    world.options.folder = ":memory:";
    open_with_loop(false);
    static count_t count;
    count = (count_t){.work = {.run = count_people, .done = on_read}};
    send_all();
    store_read(world.store, &count.work);
    loop_run(loop);
    assert_int_equal(count.people, 421);
    close_with_loop();
}

/* ---- who may have it ------------------------------------------------------------------------- */

static void assert_refused(const store_options_t *options, const char *says)
{
    buf_t why = {0};
    assert_null(store_open(NULL, options, false, &why));
    if (buf_zero_terminated(&why) == NULL || strstr(why.at, says) == NULL) {
        fail_msg("%s", why.at);
    }
    buf_free(&why);
}

static void only_its_own_server_has_it(void **state)
{
    (void)state;
    assert_refused(&world.options, "in use by another server");
    store_options_t reading = world.options;
    reading.read_only = true;
    buf_t why = {0};
    store_t *beside = store_open(NULL, &reading, false, &why);
    assert_non_null(beside);
    count_t count = {.work.run = count_people};
    assert_int_equal(store_run(beside, &count.work, false), STORE_DONE);
    job_t job = {.work.run = run_job};
    assert_int_equal(store_run(beside, &job.work, true), STORE_BUSY);
    store_close(beside, NULL, NULL);
    world_close();
    store_options_t other = world.options;
    other.programme = "village";
    assert_refused(&other, "programme \"town\", not of \"village\"");
    char file[100];
    snprintf(file, sizeof file, "%s/other.key", world.data);
    vault_t *vault = vault_open(file, true, false, &why);
    other = world.options;
    other.vault = vault;
    assert_refused(&other, "not the one that this record was sealed with");
    vault_close(vault);
    /* Not a database, then one cut in the middle. */
    FILE *broken = fopen(world_file("record.db"), "r+");
    assert_int_equal(fwrite("something else altogether", 1, 25, broken), 25);
    fclose(broken);
    assert_refused(&world.options, "record.db");
    reading.folder = "/tmp/okienko-nothing-here";
    assert_refused(&reading, "Cannot open");
    buf_free(&why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_work_is_whole_or_absent, world_make, world_remove),
        cmocka_unit_test_setup_teardown(the_same_one_by_one, world_make, world_remove),
        cmocka_unit_test_setup_teardown(what_waits_is_done_before_the_end, world_make,
                                        world_remove),
        cmocka_unit_test_setup_teardown(readers_see_one_moment, world_make, world_remove),
        cmocka_unit_test_setup_teardown(in_memory_all_is_the_same, world_make, world_remove),
        cmocka_unit_test_setup_teardown(only_its_own_server_has_it, world_make, world_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
