#include "app/app.h"

#include "app/commands.h"
#include "app/message.h"
#include "base/text.h"

#include <malloc.h>

static const command_t *const commands[] = {
    &app_command_serve,  &app_command_check,  &app_command_test,    &app_command_quote,
    &app_command_new,    &app_command_import, &app_command_export,  &app_command_user,
    &app_command_person, &app_command_backup, &app_command_restore, &app_command_audit,
    &app_command_report, &app_command_demo};
#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static void print_overview(FILE *file)
{
    int lang = app_message_lang() == LANG_PL ? 0 : 1;
    fprintf(file, "okienko %s – %s\n\n", OKIENKO_VERSION,
            lang == 0 ? "serwer Centrum Usług Społecznych"
                      : "the server of a Social Services Centre");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        fprintf(file, "  okienko %-8s %s\n", commands[i]->name, commands[i]->about[lang]);
    }
    fprintf(file, "\n%s\n",
            lang == 0 ? "Każde polecenie ma --help. Kod wyjścia: 0 dobrze, 1 błędy w regułach lub "
                        "odmowa, 2 złe wywołanie."
                      : "Each has --help. Exit code: 0 fine, 1 faults in the rules or a refusal, 2 "
                        "called wrongly.");
}

static int unknown(const char *name)
{
    const char *names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = commands[i]->name;
    }
    app_message_print(stderr, MESSAGE_UNKNOWN_COMMAND, name);
    const char *meant = text_nearest(span_of(name), names, COMMAND_COUNT);
    if (meant != NULL) {
        app_message_print(stderr, MESSAGE_MEANT, meant);
    }
    return APP_USAGE;
}

/* glibc would give each thread a heap of its own and keep what they free: half of a small server.
 * The loop has one, all others share one; a block of a programme's size goes back when it is freed.
 */
static void bound_heaps(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 65536);
    mallopt(M_TRIM_THRESHOLD, 131072);
#endif
}

int app_main(int argc, char **argv)
{
    bound_heaps();
    if (argc < 2) {
        print_overview(stderr);
        return APP_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_overview(stdout);
        return APP_FINE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("okienko " OKIENKO_VERSION);
        return APP_FINE;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(argv[1], commands[i]->name) == 0) {
            options_t options;
            bool help = false;
            int code = app_options_read(&options, commands[i], argc, argv, &help);
            if (help) {
                app_options_help(commands[i]);
                return APP_FINE;
            }
            return code == APP_FINE ? commands[i]->run(&options) : code;
        }
    }
    return unknown(argv[1]);
}
