/* The same life in a record in memory and in one on the disk: step for step the same is done and
 * refused, and row for row the same stands there in the end. So the same seed makes the same record
 * wherever it is made. */
#include "../store/world.h"
#include "life/life.h"
#include "plugin/plugin.h"
#include "record.h"

#define DAYS 150
#define PERSONS 520
#define MISCHIEF 30

static const registry_programme_t *programme;
static const rules_functions_t *functions;

/* ---- in memory ------------------------------------------------------------------------------- */

static ipus_record_t *memory_rows(void *context)
{
    return memory_record(context);
}

static bool memory_step(void *context, const ipus_command_t *command, ipus_answer_t *answer)
{
    return memory_run(context, command, answer);
}

static bool memory_daily(void *context, const ipus_command_t *command, bool *done,
                         ipus_answer_t *answer)
{
    memory_begin(context);
    bool did = ipus_daily(command, memory_record(context), done, answer);
    (did ? memory_commit : memory_rollback)(context);
    return did;
}

/* ---- on the disk ----------------------------------------------------------------------------- */

typedef struct {
    life_t *life;
    ipus_record_t *rows;
    const ipus_command_t *command;
    ipus_answer_t *answer;
    bool *done;
    bool begins, over;
} disk_t;

static ipus_record_t *disk_rows(void *context)
{
    return ((disk_t *)context)->rows;
}

static bool disk_part(void *of, ipus_record_t *rows)
{
    disk_t *disk = of;
    return disk->done != NULL ? ipus_daily(disk->command, rows, disk->done, disk->answer)
                              : ipus_run(disk->command, rows, disk->answer);
}

static bool disk_daily(void *context, const ipus_command_t *command, bool *done,
                       ipus_answer_t *answer)
{
    disk_t *disk = context;
    disk->command = command;
    disk->answer = answer;
    disk->done = done;
    return store_part(disk->rows, disk_part, disk);
}

static bool disk_step(void *context, const ipus_command_t *command, ipus_answer_t *answer)
{
    return disk_daily(context, command, NULL, answer);
}

static bool disk_day(ipus_record_t *rows, void *of)
{
    disk_t *disk = of;
    const life_port_t port = {disk, disk_rows, disk_step, disk_daily};
    disk->rows = rows;
    return disk->begins ? life_begin(disk->life, &port) : life_day(disk->life, &port, &disk->over);
}

/* ---- the same -------------------------------------------------------------------------------- */

/* For residents to ask by, and drawn by chance. */
static bool is_code(ipus_kind_t kind, int field)
{
    return strcmp(ipus_kind(kind)->fields[field].name, "code") == 0;
}

static void assert_same_row(const ipus_row_t *a, const ipus_row_t *b)
{
    assert_int_equal(a->version, b->version);
    assert_int_equal(a->changed_at, b->changed_at);
    for (int i = 0; i < ipus_kind(a->kind)->count; i++) {
        const ipus_value_t *left = &a->at[i], *right = &b->at[i];
        if (left->is != right->is || left->number != right->number ||
            (!is_code(a->kind, i) && !span_equal(left->text, right->text))) {
            fail_msg("%s %lld: %s", ipus_kind(a->kind)->name, (long long)a->id,
                     ipus_kind(a->kind)->fields[i].name);
        }
    }
}

static bool compare(ipus_record_t *rows, void *of)
{
    memory_t *memory = of;
    int64_t compared = 0;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        int64_t count = memory_count(memory, (ipus_kind_t)kind);
        ipus_row_t kept, stored;
        for (int64_t id = 1; id <= count; id++, compared++) {
            assert_true(memory_row(memory, (ipus_kind_t)kind, id, &kept));
            assert_int_equal(rows->get(rows->context, (ipus_kind_t)kind, id, true, &stored),
                             IPUS_FINE);
            assert_same_row(&kept, &stored);
        }
        assert_int_equal(rows->get(rows->context, (ipus_kind_t)kind, count + 1, false, &stored),
                         IPUS_ABSENT);
    }
    print_message("%lld rows are the same\n", (long long)compared);
    assert_true(compared > 5000);
    return true;
}

static void a_seed_makes_the_same_record_everywhere(void **state)
{
    (void)state;
    const life_options_t options = {programme, functions, 7,       programme->from,
                                    DAYS,      PERSONS,   MISCHIEF};
    memory_t *memory = memory_new();
    const life_port_t port = {memory, memory_rows, memory_step, memory_daily};
    life_t *life = life_new(&options);
    disk_t disk = {.life = life_new(&options), .begins = true};
    bool over = !life_begin(life, &port);
    assert_false(over);
    while (!over) {
        assert_true(life_day(life, &port, &over));
    }
    assert_int_equal(world_write(disk_day, &disk), STORE_DONE);
    for (disk.begins = false; !disk.over;) {
        assert_int_equal(world_write(disk_day, &disk), STORE_DONE);
    }
    assert_memory_equal(life_figures(life), life_figures(disk.life), sizeof(life_figures_t));
    assert_int_equal(world_read(compare, memory), STORE_DONE);
    life_free(life);
    life_free(disk.life);
    memory_free(memory);
}

/* ---- a part of a work ------------------------------------------------------------------------ */

static bool add_then_fail(void *of, ipus_record_t *rows)
{
    *(int64_t *)of = world_person(rows, "Anna", "Wymyślona", "44051401359");
    return false;
}

static bool add_one(void *of, ipus_record_t *rows)
{
    *(int64_t *)of = world_person(rows, "Jan", "Wymyślony", "44051401359");
    return true;
}

static bool in_parts(ipus_record_t *rows, void *of)
{
    int64_t *ids = of;
    ids[0] = world_person(rows, "Maria", "Wymyślona", NULL);
    assert_false(store_part(rows, add_then_fail, &ids[1]));
    assert_true(store_part(rows, add_one, &ids[2]));
    return true;
}

static void a_part_that_fails_is_undone_alone(void **state)
{
    (void)state;
    int64_t ids[3] = {0};
    store_audit_t audit = {0};
    buf_t why = {0};
    assert_int_equal(world_write(in_parts, ids), STORE_DONE);
    assert_int_equal(ids[1], ids[0] + 1);
    assert_int_equal(ids[2], ids[1]);
    world_close();
    assert_true(store_audit(world.folder, world.vault, &audit, false, &why));
    assert_int_equal(audit.broken_at, 0);
    assert_int_equal(audit.moved, 0);
    assert_int_equal(audit.entries, 2);
    world_open();
}

int main(void)
{
    plugin_generation_t *generation = plugin_load("plugins", "koszalin");
    programme = generation != NULL ? plugin_programme(generation) : NULL;
    functions = generation != NULL ? plugin_functions(generation) : NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_part_that_fails_is_undone_alone, world_make,
                                        world_remove),
        cmocka_unit_test_setup_teardown(a_seed_makes_the_same_record_everywhere, world_make,
                                        world_remove),
    };
    int failed = programme == NULL ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
    plugin_release(generation);
    return failed;
}
