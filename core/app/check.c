/* okienko check, okienko test: what is wrong with the rules, and where. */
#include "app/commands.h"
#include "app/message.h"
#include "plugin/plugin.h"
#include "json/json.h"

#include <errno.h>

static const option_t check_options[] = {OPTION_PLUGINS, OPTION_JSON};

static void print_json(json_writer_t *json, const char *programme,
                       const plugin_generation_t *generation)
{
    size_t count = 0;
    const plugin_fault_t *faults = plugin_faults(generation, &count);
    plugin_tests_t tests = plugin_tests(generation);
    json_object(json);
    json_name(json, "programme");
    json_text(json, span_of(programme));
    json_name(json, "good");
    json_bool(json, plugin_good(generation));
    json_name(json, "tests_passed");
    json_int(json, (int64_t)tests.passed);
    json_name(json, "tests_failed");
    json_int(json, (int64_t)tests.failed);
    json_name(json, "faults");
    json_array(json);
    for (size_t i = 0; i < count; i++) {
        json_object(json);
        json_name(json, "file");
        json_text(json, faults[i].file);
        json_name(json, "line");
        json_int(json, faults[i].line);
        json_name(json, "code");
        json_text(json, span_of(faults[i].code));
        json_name(json, "text");
        json_text(json, texts_in(&faults[i].text, app_message_lang()));
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

static void print_faults(const plugin_generation_t *generation)
{
    size_t count = 0;
    const plugin_fault_t *faults = plugin_faults(generation, &count);
    buf_t lines = {0};
    for (size_t i = 0; i < count; i++) {
        plugin_fault_print(&lines, &faults[i], app_message_lang());
    }
    fwrite(lines.at, 1, lines.len, stdout);
    if (lines.failed) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
    }
    buf_free(&lines);
}

static size_t service_count(const plugin_generation_t *generation)
{
    const registry_programme_t *programme = plugin_programme(generation);
    return programme != NULL ? programme->service_count : 0;
}

static void print_check(const char *programme, const plugin_generation_t *generation)
{
    size_t faults = 0;
    plugin_faults(generation, &faults);
    if (faults > 0) {
        app_message_print(stdout, MESSAGE_CHECK_FAULTS, programme, faults);
    } else {
        app_message_print(stdout, MESSAGE_CHECK_FINE, programme, service_count(generation),
                          plugin_tests(generation).passed);
    }
}

static void print_test(const char *programme, const plugin_generation_t *generation)
{
    size_t faults = 0;
    plugin_faults(generation, &faults);
    plugin_tests_t tests = plugin_tests(generation);
    if (faults > 0) {
        app_message_print(stdout, MESSAGE_TEST_FAULTS, programme, tests.passed, tests.failed,
                          faults);
    } else {
        app_message_print(stdout, MESSAGE_TEST_FINE, programme, tests.passed);
    }
}

typedef void (*print_sum_t)(const char *programme, const plugin_generation_t *generation);

static int check_one(const char *folder, const char *programme, json_writer_t *json,
                     print_sum_t print_sum)
{
    plugin_generation_t *generation = plugin_load(folder, programme);
    if (generation == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return APP_USAGE;
    }
    if (json != NULL) {
        print_json(json, programme, generation);
    } else {
        print_faults(generation);
        print_sum(programme, generation);
    }
    int code = plugin_good(generation) ? APP_FINE : APP_FAULTS;
    plugin_release(generation);
    return code;
}

/* The programmes named on the command line, or all; NULL after saying why. */
static const char *const *programmes_of(const options_t *options, const char *folder,
                                        arena_t *arena, size_t *count)
{
    size_t found = 0;
    const char *const *names = plugin_find(folder, arena, &found);
    if (names == NULL) {
        app_message_print(stderr, MESSAGE_FOLDER, folder, app_message_reason(errno));
        return NULL;
    }
    if (found == 0) {
        app_message_print(stderr, MESSAGE_NO_PROGRAMMES, folder);
        return NULL;
    }
    for (size_t i = 0; i < options->argument_count; i++) {
        bool known = false;
        for (size_t k = 0; k < found; k++) {
            known = known || strcmp(options->arguments[i], names[k]) == 0;
        }
        if (!known) {
            app_message_print(stderr, MESSAGE_NO_PROGRAMME, folder, options->arguments[i]);
            return NULL;
        }
    }
    *count = options->argument_count > 0 ? options->argument_count : found;
    return options->argument_count > 0 ? options->arguments : names;
}

static int check_all(const options_t *options, print_sum_t print_sum)
{
    const char *folder = app_options_value(options, "--plugins", PLUGINS_FOLDER);
    arena_t *arena = arena_new(4096);
    size_t count = 0;
    const char *const *names = arena != NULL ? programmes_of(options, folder, arena, &count) : NULL;
    if (arena == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
    }
    if (names == NULL) {
        arena_free(arena);
        return APP_USAGE;
    }
    buf_t text = {0};
    json_writer_t writer = {.buf = &text};
    json_writer_t *json = app_options_given(options, "--json") ? &writer : NULL;
    int worst = APP_FINE;
    json_array(&writer);
    for (size_t i = 0; i < count; i++) {
        int code = check_one(folder, names[i], json, print_sum);
        worst = code > worst ? code : worst;
    }
    json_array_end(&writer);
    if (json != NULL && text.failed) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        worst = APP_USAGE;
    } else if (json != NULL) {
        fwrite(text.at, 1, text.len, stdout);
        fputc('\n', stdout);
    }
    buf_free(&text);
    arena_free(arena);
    return worst;
}

static int run_check(const options_t *options)
{
    return check_all(options, print_check);
}

static int run_test(const options_t *options)
{
    return check_all(options, print_test);
}

const command_t app_command_check = {
    "check",
    "[PROGRAM…]",
    {"sprawdza reguły: każdy błąd jako plik:wiersz: co i czego oczekiwano",
     "checks the rules: every fault as file:line: what, and what was expected"},
    check_options,
    sizeof check_options / sizeof check_options[0],
    0,
    64,
    run_check};

const command_t app_command_test = {"test",
                                    "[PROGRAM…]",
                                    {"sprawdza reguły i liczy testy, które stoją obok usług",
                                     "checks the rules and counts the tests beside the services"},
                                    check_options,
                                    sizeof check_options / sizeof check_options[0],
                                    0,
                                    64,
                                    run_test};
