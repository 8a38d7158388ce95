/* A disk that fails and a power that is cut: what was acknowledged is there, whole and once;
 * everything else is whole or absent; reading goes on, and writing too once the disk does.
 * FAULT_ROUNDS=n makes the rounds n times as many. */
#include "fault_vfs.h"
#include "world.h"

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST 4096

/* Each work adds an account of its own number, takes a unit, and remembers an answer: if one of the
 * three is there, all are. */
typedef struct {
    store_work_t work;
    int number;
    store_result_t result;
} job_t;

static void name_of(int number, char name[20])
{
    snprintf(name, 20, "work-%d", number);
}

static bool run_job(store_work_t *work, ipus_record_t *record)
{
    const job_t *job = (const job_t *)work;
    const ipus_pool_t pool = {SPAN("windows"), {19000}, {19364}};
    char name[20];
    int64_t taken = 0;
    unsigned status = 0;
    span_t answer = SPAN_NONE;
    name_of(job->number, name);
    if (store_replay(record, 1, span_of(name), 5, NOW, &status, &answer) != IPUS_ABSENT) {
        return false;
    }
    ipus_row_t row = {.kind = IPUS_ACCOUNT};
    ipus_set_text(&row, ACCOUNT_LOGIN, span_of(name));
    ipus_set_text(&row, ACCOUNT_NAME, SPAN("Somebody with a rather long name"));
    ipus_set(&row, ACCOUNT_ROLE, 0);
    ipus_set(&row, ACCOUNT_STATE, 0);
    return record->add(record->context, &row, NOW) == IPUS_FINE &&
           record->take(record->context, &pool, 1000, 0, INT64_MAX / 2, &taken) == IPUS_FINE &&
           store_remember(record, 1, span_of(name), 5, NOW, 201, span_of(name)) == IPUS_FINE;
}

static store_result_t run_alone(int number)
{
    job_t job = {.work.run = run_job, .number = number};
    return store_run(world.store, &job.work, true);
}

/* ---- what is there --------------------------------------------------------------------------- */

typedef struct {
    int times[MOST];
    int64_t accounts, taken;
} found_t;

static bool note_account(void *of, const ipus_row_t *row)
{
    found_t *found = of;
    uint64_t number = 0;
    span_t login = ipus_text(row, ACCOUNT_LOGIN);
    assert_true(span_number(span_from(login, 5), MOST - 1, &number));
    found->times[number]++;
    found->accounts++;
    assert_int_equal(row->at[ACCOUNT_NAME].is, IPUS_KNOWN);
    return true;
}

static bool note_pool(void *of, const store_pool_t *pool)
{
    ((found_t *)of)->taken += pool->taken;
    return true;
}

static bool look(ipus_record_t *record, void *of)
{
    found_t *found = of;
    *found = (found_t){0};
    ipus_query_t query = IPUS_QUERY(IPUS_ACCOUNT);
    query.open = true;
    return record->find(record->context, &query, note_account, found) == IPUS_FINE &&
           store_pools(record, note_pool, found) == IPUS_FINE;
}

static bool compare_answers(ipus_record_t *record, void *of)
{
    const found_t *found = of;
    for (int i = 0; i < MOST; i++) {
        char name[20];
        unsigned status = 0;
        span_t answer = SPAN_NONE;
        name_of(i, name);
        assert_int_equal(store_replay(record, 1, span_of(name), 5, NOW, &status, &answer),
                         found->times[i] > 0 ? IPUS_FINE : IPUS_ABSENT);
        assert_true(found->times[i] == 0 || span_equal(answer, span_of(name)));
    }
    return true;
}

/* Opened afresh (which checks the file): `acknowledged` are there, `refused` (or NULL) are not. */
static found_t found;
static void assert_whole(const bool *acknowledged, const bool *refused)
{
    assert_int_equal(world_read(look, &found), STORE_DONE);
    for (int i = 0; i < MOST; i++) {
        if (acknowledged[i] && found.times[i] != 1) {
            fail_msg("work %d was acknowledged and is there %d times", i, found.times[i]);
        }
        assert_true(found.times[i] <= 1);
        assert_true(refused == NULL || !refused[i] || found.times[i] == 0);
    }
    assert_int_equal(found.taken, found.accounts * 1000);
    assert_int_equal(world_write(compare_answers, &found), STORE_DONE);
    store_audit_t audit = {0};
    buf_t why = {0};
    assert_true(store_audit(world.folder, world.vault, &audit, false, &why));
    assert_int_equal(audit.broken_at, 0);
    assert_int_equal(audit.moved, 0);
    assert_int_equal(audit.rows, found.accounts);
    buf_free(&why);
}

static int rounds_of(int rounds)
{
    const char *more = getenv("FAULT_ROUNDS");
    uint64_t times = 1;
    return more != NULL && span_number(span_of(more), 10000, &times) ? rounds * (int)times : rounds;
}

/* ---- a disk that fails ----------------------------------------------------------------------- */

static bool acknowledged[MOST];
static job_t jobs[64];

static void on_done(store_work_t *work, store_result_t result)
{
    job_t *job = (job_t *)work;
    job->result = result;
    acknowledged[job->number] = result == STORE_DONE;
}

static void on_closed(void *context)
{
    *(bool *)context = true;
}

static loop_t *open_with_loop(void)
{
    world_close();
    loop_t *loop = loop_new();
    buf_t why = {0};
    world.store = store_open(loop, &world.options, false, &why);
    if (world.store == NULL) {
        fail_msg("%s", buf_zero_terminated(&why));
    }
    return loop;
}

static void close_with_loop(loop_t *loop)
{
    bool closed = false;
    store_close(world.store, on_closed, &closed);
    loop_run(loop);
    loop_free(loop);
    assert_true(closed);
    world.store = NULL;
}

static void send(loop_t *loop, int from, int count)
{
    for (int i = 0; i < count; i++) {
        jobs[i] = (job_t){.work = {.run = run_job, .done = on_done}, .number = from + i};
        store_write(world.store, &jobs[i].work);
    }
    loop_run(loop);
}

static bool shuts(fault_t fault, int number, bool for_ever)
{
    world_make(NULL);
    memset(acknowledged, 0, sizeof acknowledged);
    loop_t *loop = open_with_loop();
    send(loop, 0, 10);
    fault_vfs_arm(fault, number, for_ever);
    send(loop, 10, 20);
    send(loop, 30, 1);
    /* Whatever the disk says, what was there can be read. */
    if (fault != FAULT_OPEN) {
        assert_int_equal(world_read(look, &found), STORE_DONE);
    }
    int operations = fault_vfs_disarm();
    for (int i = 0; i < 10; i++) {
        assert_true(acknowledged[i]);
    }
    send(loop, 40, 3);
    for (int i = 40; i < 43; i++) {
        assert_true(acknowledged[i]); /* without a restart */
    }
    assert_false(store_figures(world.store).disk_refuses);
    bool failed[MOST] = {false};
    for (int i = 10; i < 31; i++) {
        failed[i] = !acknowledged[i];
    }
    /* Those that were told no are not there either, as the log was mended before it went on. */
    assert_whole(acknowledged, failed);
    close_with_loop(loop);
    world_open();
    assert_whole(acknowledged, failed);
    world_remove(NULL);
    return operations >= number;
}

static void assert_fault(fault_t fault)
{
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        int number = 1;
        /* The first ones one by one, then in strides. */
        while (shuts(fault, number, for_ever != 0)) {
            number += number < 8 ? 1 : rounds_of(1) > 1 ? 1 : number / 3;
        }
        print_message("  fault %d %s: through after %d operations\n", fault,
                      for_ever ? "for ever" : "once", number);
    }
}

static void writes_fail(void **state)
{
    (void)state;
    assert_fault(FAULT_EIO);
}

static void the_disk_is_full(void **state)
{
    (void)state;
    assert_fault(FAULT_FULL);
    assert_fault(FAULT_SHORT);
}

static void syncs_fail(void **state)
{
    (void)state;
    assert_fault(FAULT_SYNC);
}

static void full_is_told_as_full(void **state)
{
    (void)state;
    world_make(NULL);
    assert_int_equal(run_alone(1), STORE_DONE);
    fault_vfs_arm(FAULT_FULL, 1, true);
    assert_int_equal(run_alone(2), STORE_FULL);
    fault_vfs_arm(FAULT_EIO, 1, true);
    assert_int_equal(run_alone(3), STORE_BROKEN);
    fault_vfs_disarm();
    assert_int_equal(run_alone(2), STORE_DONE);
    world_remove(NULL);
}

/* A start on a disk that is full says so, and does not send anybody for a copy. */
static void a_full_disk_at_the_start_is_told(void **state)
{
    (void)state;
    int refused = 0;
    for (int number = 1; number < 12; number++) {
        buf_t why = {0};
        world_make(NULL);
        assert_int_equal(run_alone(1), STORE_DONE);
        world_close();
        fault_vfs_arm(FAULT_FULL, number, true);
        world.store = store_open(NULL, &world.options, false, &why);
        fault_vfs_disarm();
        if (world.store == NULL) {
            refused++;
            if (strstr(buf_zero_terminated(&why), "disk is full") == NULL) {
                fail_msg("%d: %s", number, why.at);
            }
        }
        buf_free(&why);
        world_close();
        world_remove(NULL);
    }
    world_make(NULL);
    world_close();
    unlink(world_file("record.db"));
    buf_t why = {0};
    fault_vfs_arm(FAULT_FULL, 1, true); /* a new one */
    assert_null(store_open(NULL, &world.options, false, &why));
    fault_vfs_disarm();
    assert_non_null(strstr(buf_zero_terminated(&why), "disk is full"));
    print_message("  a full disk at the start: refused %d times, and told so\n", refused + 1);
    buf_free(&why);
    world_remove(NULL);
}

/* ---- power ----------------------------------------------------------------------------------- */

#define CUTS 64

static struct {
    uint64_t seed;
    int writes, until, cuts, most;
    bool known[CUTS][MOST];
} power;

static void cut_folder(int cut, char folder[200])
{
    snprintf(folder, 200, "%s/cut%d", world.data, cut);
}

/* On the writer's thread: what is acknowledged by now was so before this write. */
static void maybe_cut(void)
{
    if (power.cuts >= power.most || ++power.writes < power.until) {
        return;
    }
    power.seed = power.seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    power.until = power.writes + 1 + (int)((power.seed >> 33) % 60);
    char folder[200];
    cut_folder(power.cuts, folder);
    mkdir(folder, 0700);
    memcpy(power.known[power.cuts], acknowledged, sizeof acknowledged);
    fault_vfs_cut(folder);
    power.cuts++;
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"record.db", "record.db-wal", "record.db-shm", "lock",
                                        "erased"};
    char path[300];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void assert_after_power(int cut)
{
    char whole[sizeof world.folder];
    memcpy(whole, world.folder, sizeof whole);
    world_close();
    cut_folder(cut, world.folder); /* which the options point to */
    world_open();
    assert_whole(power.known[cut], NULL);
    assert_int_equal(run_alone(MOST - 1), STORE_DONE);
    world_close();
    remove_folder(world.folder);
    memcpy(world.folder, whole, sizeof whole);
}

static void lose_power(uint64_t seed)
{
    world_make(NULL);
    world_close();
    remove_folder(world.folder);
    memset(acknowledged, 0, sizeof acknowledged);
    memset(&power, 0, sizeof power);
    power.seed = seed;
    power.most = 16;
    fault_vfs_watch(world.folder, seed);
    loop_t *loop = open_with_loop();
    fault_vfs_on_write(maybe_cut);
    for (int i = 0; i < 40 && power.cuts < power.most; i++) {
        send(loop, i * 20, 20);
        if (i % 9 == 8) { /* with a checkpoint between */
            close_with_loop(loop);
            loop = open_with_loop();
        }
    }
    fault_vfs_on_write(NULL);
    close_with_loop(loop);
    fault_vfs_end();
    assert_true(power.cuts > 0);
    for (int i = 0; i < power.cuts; i++) {
        assert_after_power(i);
    }
    world_remove(NULL);
}

static void power_is_cut(void **state)
{
    (void)state;
    for (int i = 0; i < rounds_of(8); i++) {
        lose_power((uint64_t)i + 1);
    }
}

/* ---- memory ---------------------------------------------------------------------------------- */

static sqlite3_mem_methods memory;
static int allocations, failing = -1;
static bool fails_for_ever;

static bool lacks(void)
{
    int number = allocations++;
    return failing >= 0 && (number == failing || (fails_for_ever && number > failing));
}

static void *allocate(int size)
{
    return lacks() ? NULL : memory.xMalloc(size);
}

static void *reallocate(void *at, int size)
{
    return lacks() ? NULL : memory.xRealloc(at, size);
}

static void memory_runs_out(void **state)
{
    (void)state;
    bool through = false;
    for (int number = 0; !through; number += rounds_of(1) > 1 ? 1 : 1 + number / 6) {
        for (int for_ever = 0; for_ever < 2; for_ever++) {
            world_make(NULL);
            memset(acknowledged, 0, sizeof acknowledged);
            acknowledged[1] = run_alone(1) == STORE_DONE;
            assert_true(acknowledged[1]);
            allocations = 0;
            fails_for_ever = for_ever != 0;
            failing = number;
            store_result_t result = run_alone(2);
            failing = -1;
            through = allocations <= number;
            acknowledged[2] = result == STORE_DONE;
            assert_true(result == STORE_DONE || result == STORE_NO_MEMORY);
            acknowledged[3] = run_alone(3) == STORE_DONE;
            assert_true(acknowledged[3]);
            const bool failed[MOST] = {[2] = result != STORE_DONE};
            assert_whole(acknowledged, failed);
            world_remove(NULL);
        }
    }
}

int main(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory);
    sqlite3_mem_methods counted = memory;
    counted.xMalloc = allocate;
    counted.xRealloc = reallocate;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &counted);
    fault_vfs_install();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_is_told_as_full), cmocka_unit_test(a_full_disk_at_the_start_is_told),
        cmocka_unit_test(writes_fail),          cmocka_unit_test(the_disk_is_full),
        cmocka_unit_test(syncs_fail),           cmocka_unit_test(power_is_cut),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
