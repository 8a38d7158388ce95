/* The programmes that come with the server pass their own check and tests, fast enough to be loaded
 * while people wait. */
#include "folder.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LOAD_MS_MAX 1000
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LOAD_MS_MAX 1000
#endif
#endif
#ifndef LOAD_MS_MAX
#define LOAD_MS_MAX 50
#endif

static void load_timed(const char *id)
{
    clock_port_t *clock = clock_system();
    uint64_t best = UINT64_MAX;
    for (int i = 0; i < 5; i++) {
        uint64_t began = clock->monotonic(clock);
        plugin_generation_t *generation = plugin_load("plugins", id);
        uint64_t took = clock->monotonic(clock) - began;
        best = took < best ? took : best;
        folder_print(generation);
        assert_true(plugin_good(generation));
        if (i == 0) {
            printf("%s: %zu services, %zu tests, %zu KB\n", id,
                   plugin_programme(generation)->service_count, plugin_tests(generation).passed,
                   plugin_memory(generation) / 1024);
        }
        plugin_release(generation);
    }
    printf("%s: loaded, checked and tested in %llu us\n", id, (unsigned long long)best / 1000);
    assert_true(best / 1000000 < LOAD_MS_MAX);
}

static void programmes_pass(void **state)
{
    (void)state;
    DIR *plugins = opendir("plugins");
    size_t count = 0;
    assert_non_null(plugins);
    for (struct dirent *entry = readdir(plugins); entry != NULL; entry = readdir(plugins)) {
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.') {
            load_timed(entry->d_name);
            count++;
        }
    }
    closedir(plugins);
    assert_true(count > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(programmes_pass)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
