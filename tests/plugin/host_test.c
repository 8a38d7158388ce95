/* The host with a real loop over a temporary folder: what is saved goes live, what is broken does
 * not, and the last good version serves on meanwhile. */
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define CLEANING "example/services/cleaning.lua"
#define WAIT_MS 3000

typedef struct {
    loop_t *loop;
    loop_timer_t *deadline;
    folder_t folder;
    plugin_host_t *host;
    int changes;
    bool late;
} stage_t;

static void on_change(void *context, span_t id)
{
    stage_t *stage = context;
    (void)id;
    stage->changes++;
    loop_stop(stage->loop);
}

static void on_deadline(void *context)
{
    stage_t *stage = context;
    stage->late = true;
    loop_stop(stage->loop);
}

static stage_t stage_open(stage_t *stage)
{
    buf_t why = {0};
    *stage = (stage_t){.loop = loop_new(), .folder = folder_copy(FIXTURES)};
    stage->host =
        plugin_host_open(stage->loop, stage->folder.path, clock_system(), on_change, stage, &why);
    assert_non_null(stage->host);
    stage->deadline = loop_timer_open(stage->loop, WAIT_MS, 0, on_deadline, stage);
    buf_free(&why);
    return *stage;
}

static void stage_close(stage_t *stage)
{
    plugin_host_close(stage->host);
    loop_timer_close(stage->deadline);
    loop_run(stage->loop);
    loop_free(stage->loop);
    folder_delete(&stage->folder);
}

/* Runs the loop until the next change; false when none came. */
static bool changes(stage_t *stage)
{
    int before = stage->changes;
    stage->late = false;
    loop_timer_again(stage->deadline, WAIT_MS, 0);
    while (stage->changes == before && !stage->late) {
        loop_run(stage->loop);
    }
    return !stage->late;
}

static const plugin_slot_t *slot(stage_t *stage)
{
    return plugin_host_slot(stage->host, SPAN("example"));
}

static int revision(stage_t *stage)
{
    const registry_programme_t *programme = plugin_programme(slot(stage)->serving);
    return registry_service_on(programme, SPAN("cleaning"), programme->from, NULL)->revision;
}

static void save(stage_t *stage, const char *find, const char *replacement)
{
    assert_int_not_equal(folder_replace(&stage->folder, CLEANING, find, replacement), 0);
}

static void good_changes_go_live(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    assert_int_equal(revision(&stage), 2);
    uint64_t slowest = 0;
    for (int i = 3; i < 9; i++) {
        char find[32], replacement[32];
        snprintf(find, sizeof(find), "revision = %d", i - 1);
        snprintf(replacement, sizeof(replacement), "revision = %d", i);
        uint64_t began = clock_system()->monotonic(clock_system());
        save(&stage, find, replacement);
        assert_true(changes(&stage));
        uint64_t took = (clock_system()->monotonic(clock_system()) - began) / 1000;
        slowest = took > slowest ? took : slowest;
        assert_int_equal(revision(&stage), i);
    }
    printf("from save to swap at most %llu ms, of it loading %llu us\n",
           (unsigned long long)slowest / 1000, (unsigned long long)slot(&stage)->load_us);
    assert_true(slowest < 300000);
    stage_close(&stage);
}

static void bad_changes_keep_the_old(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    plugin_generation_t *older = slot(&stage)->serving;
    save(&stage, "revision = 2", "revision = 3, nonsense = 1");
    assert_true(changes(&stage));
    assert_ptr_equal(slot(&stage)->serving, older);
    assert_false(plugin_good(slot(&stage)->newest));
    assert_non_null(folder_fault(slot(&stage)->newest, "unknown-key", 0));
    assert_int_equal(slot(&stage)->failures, 1);
    save(&stage, "revision = 3, nonsense = 1", "revision = 3");
    assert_true(changes(&stage));
    assert_true(plugin_good(slot(&stage)->serving));
    assert_int_equal(revision(&stage), 3);
    stage_close(&stage);
}

static void a_request_in_flight_keeps_its_generation(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    plugin_generation_t *mine = plugin_retain(slot(&stage)->serving);
    save(&stage, "revision = 2", "revision = 3");
    assert_true(changes(&stage));
    assert_ptr_not_equal(slot(&stage)->serving, mine);
    assert_int_equal(plugin_programme(mine)->services[0].revision, 2);
    plugin_release(mine);
    stage_close(&stage);
}

static void files_vanish_and_come_back(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    plugin_generation_t *older = slot(&stage)->serving;
    char kept[2 * FOLDER_PATH_MAX];
    snprintf(kept, sizeof(kept), "%s", folder_at(&stage.folder, "facts.txt"));
    assert_int_equal(rename(folder_at(&stage.folder, "example/facts.lua"), kept), 0);
    assert_true(changes(&stage));
    assert_ptr_equal(slot(&stage)->serving, older);
    assert_non_null(folder_fault(slot(&stage)->newest, "file-missing", 0));
    assert_int_equal(rename(kept, folder_at(&stage.folder, "example/facts.lua")), 0);
    assert_true(changes(&stage));
    assert_true(plugin_good(slot(&stage)->serving));
    stage_close(&stage);
}

static void a_service_that_is_deleted_goes(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    unlink(folder_at(&stage.folder, "example/services/care.lua"));
    unlink(folder_at(&stage.folder, "example/services/care.spec.lua"));
    assert_true(changes(&stage));
    assert_true(plugin_good(slot(&stage)->serving));
    assert_int_equal(plugin_programme(slot(&stage)->serving)->service_count, 3);
    stage_close(&stage);
}

/* As editors save: a new file renamed over the old one. */
static void renaming_over_goes_live(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    size_t len;
    char *text = folder_read(&stage.folder, CLEANING, &len);
    char *two = strstr(text, "revision = 2");
    two[strlen("revision = ")] = '7';
    folder_write(&stage.folder, "example/services/.cleaning.tmp", text, len);
    free(text);
    assert_int_equal(rename(folder_at(&stage.folder, "example/services/.cleaning.tmp"),
                            folder_at(&stage.folder, CLEANING)),
                     0);
    assert_true(changes(&stage));
    assert_int_equal(revision(&stage), 7);
    stage_close(&stage);
}

static void programmes_come_and_go(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    buf_t written = {0}, why = {0};
    assert_true(plugin_new_programme(stage.folder.path, SPAN("another"), &written, &why, LANG_PL));
    while (plugin_host_slot(stage.host, SPAN("another")) == NULL ||
           plugin_host_slot(stage.host, SPAN("another"))->serving == NULL) {
        assert_true(changes(&stage));
    }
    size_t count;
    const plugin_slot_t *slots = plugin_host_slots(stage.host, &count);
    assert_int_equal(count, 2);
    assert_true(span_equal(slots[0].id, SPAN("another")));
    assert_int_equal(slots[1].loads, 1); /* the one that did not change was not loaded again */
    assert_int_equal(
        rename(folder_at(&stage.folder, "another"), folder_at(&stage.folder, ".another")), 0);
    while (plugin_host_slot(stage.host, SPAN("another")) != NULL) {
        assert_true(changes(&stage));
    }
    assert_non_null(slot(&stage)->serving);
    buf_free(&written);
    buf_free(&why);
    stage_close(&stage);
}

/* A start with a faulty service serves the others; mending it brings it in; a worse folder does not
 * take away what serves. */
static void a_faulty_start_serves_the_rest(void **state)
{
    (void)state;
    stage_t stage = {.loop = loop_new(), .folder = folder_copy(FIXTURES)};
    buf_t why = {0};
    folder_replace(&stage.folder, CLEANING, "revision = 2", "revision = \"\"");
    stage.host =
        plugin_host_open(stage.loop, stage.folder.path, clock_system(), on_change, &stage, &why);
    stage.deadline = loop_timer_open(stage.loop, WAIT_MS, 0, on_deadline, &stage);
    assert_int_equal(plugin_programme(slot(&stage)->serving)->service_count, 3);
    plugin_generation_t *partial = slot(&stage)->serving;
    folder_replace(&stage.folder, "example/services/care.lua", "revision = 1", "revision = {}");
    assert_true(changes(&stage));
    assert_ptr_equal(slot(&stage)->serving, partial);
    save(&stage, "revision = \"\"", "revision = 5");
    assert_true(changes(&stage));
    assert_ptr_equal(slot(&stage)->serving, partial);
    folder_replace(&stage.folder, "example/services/care.lua", "revision = {}", "revision = 2");
    assert_true(changes(&stage));
    assert_true(plugin_good(slot(&stage)->serving));
    assert_int_equal(revision(&stage), 5);
    stage_close(&stage);
}

static void closing_while_loading_is_clean(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    save(&stage, "revision = 2", "revision = 3");
    plugin_host_reload(stage.host);
    plugin_host_reload(stage.host);
    stage_close(&stage);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    (void)state;
    loop_t *loop = loop_new();
    buf_t why = {0};
    assert_null(plugin_host_open(loop, "/nowhere", clock_system(), on_change, NULL, &why));
    assert_true(why.len > 0);
    buf_free(&why);
    loop_run(loop);
    loop_free(loop);
}

/* A folder that is being edited all the time never takes the service away. */
static void a_storm_of_saves_is_survived(void **state)
{
    (void)state;
    stage_t stage;
    stage_open(&stage);
    size_t len;
    char *text = folder_read(&stage.folder, CLEANING, &len);
    for (size_t cut = len; cut > len / 2; cut -= 31) {
        folder_write(&stage.folder, CLEANING, text, cut);
        plugin_host_reload(stage.host);
        usleep(500);
        loop_timer_again(stage.deadline, 1, 0);
        loop_run(stage.loop);
        assert_non_null(plugin_programme(slot(&stage)->serving));
        assert_int_equal(plugin_programme(slot(&stage)->serving)->service_count, 4);
    }
    folder_write(&stage.folder, CLEANING, text, len);
    free(text);
    while (!plugin_good(slot(&stage)->newest)) {
        assert_true(changes(&stage));
    }
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_changes_go_live),
        cmocka_unit_test(bad_changes_keep_the_old),
        cmocka_unit_test(a_request_in_flight_keeps_its_generation),
        cmocka_unit_test(files_vanish_and_come_back),
        cmocka_unit_test(a_service_that_is_deleted_goes),
        cmocka_unit_test(renaming_over_goes_live),
        cmocka_unit_test(programmes_come_and_go),
        cmocka_unit_test(a_faulty_start_serves_the_rest),
        cmocka_unit_test(closing_while_loading_is_clean),
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
        cmocka_unit_test(a_storm_of_saves_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
