#include "app/options.h"

#include "app/message.h"

#include <assert.h>

static size_t place(const command_t *command, const char *name, size_t len)
{
    for (size_t i = 0; i < command->option_count; i++) {
        if (strlen(command->options[i].name) == len &&
            memcmp(command->options[i].name, name, len) == 0) {
            return i;
        }
    }
    return command->option_count;
}

static int refuse(const command_t *command)
{
    app_message_print(stderr, MESSAGE_SEE_HELP, command->name);
    return APP_USAGE;
}

/* One option at argv[*at], with its value behind "=" or in the next word. */
static int read_option(options_t *options, int argc, char **argv, int *at)
{
    const command_t *command = options->command;
    const char *word = argv[*at];
    const char *equals = strchr(word, '=');
    size_t len = equals != NULL ? (size_t)(equals - word) : strlen(word);
    size_t found = place(command, word, len);
    if (found == command->option_count) {
        app_message_print(stderr, MESSAGE_UNKNOWN_OPTION, word);
        return refuse(command);
    }
    const option_t *option = &command->options[found];
    const char *value = equals != NULL ? equals + 1 : NULL;
    if (option->value == NULL && value != NULL) {
        app_message_print(stderr, MESSAGE_OPTION_BARE, option->name);
        return refuse(command);
    }
    if (option->value != NULL && value == NULL && *at + 1 < argc) {
        value = argv[++*at];
    }
    if (option->value != NULL && (value == NULL || value[0] == '\0')) {
        app_message_print(stderr, MESSAGE_OPTION_VALUE, option->name, option->value);
        return refuse(command);
    }
    size_t most = option->many ? OPTIONS_VALUES_MAX : 1;
    if (options->counts[found] == most) {
        app_message_print(stderr, MESSAGE_OPTION_TWICE, option->name);
        return refuse(command);
    }
    options->values[found][options->counts[found]++] = value;
    return APP_FINE;
}

int app_options_read(options_t *options, const command_t *command, int argc, char **argv,
                     bool *help)
{
    *options = (options_t){.command = command};
    assert(command->option_count <= sizeof options->counts / sizeof options->counts[0]);
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            *help = true;
            return APP_FINE;
        }
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            int code = read_option(options, argc, argv, &i);
            if (code != APP_FINE) {
                return code;
            }
        } else if (options->argument_count == command->arguments_max ||
                   options->argument_count == sizeof options->arguments / sizeof(char *)) {
            app_message_print(stderr, MESSAGE_ARGUMENT, argv[i]);
            return refuse(command);
        } else {
            options->arguments[options->argument_count++] = argv[i];
        }
    }
    if (options->argument_count < command->arguments_min) {
        app_message_print(stderr, MESSAGE_ARGUMENT_MISSING, command->arguments);
        return refuse(command);
    }
    return APP_FINE;
}

const char *const *app_options_values(const options_t *options, const char *name, size_t *count)
{
    size_t found = place(options->command, name, strlen(name));
    assert(found < options->command->option_count);
    *count = options->counts[found];
    return options->values[found];
}

const char *app_options_value(const options_t *options, const char *name, const char *otherwise)
{
    size_t count = 0;
    const char *const *values = app_options_values(options, name, &count);
    return count > 0 ? values[count - 1] : otherwise;
}

bool app_options_given(const options_t *options, const char *name)
{
    size_t count = 0;
    app_options_values(options, name, &count);
    return count > 0;
}

bool app_options_fit(const options_t *options, size_t least, size_t most,
                     const char *const *not_its, size_t count)
{
    const command_t *command = options->command;
    for (size_t i = 0; i < count; i++) {
        if (app_options_given(options, not_its[i])) {
            app_message_print(stderr, MESSAGE_OPTION_ELSEWHERE, not_its[i], command->name,
                              options->arguments[0]);
            refuse(command);
            return false;
        }
    }
    if (options->argument_count < least) {
        app_message_print(stderr, MESSAGE_ARGUMENT_MISSING, command->arguments);
        refuse(command);
        return false;
    }
    if (options->argument_count > most) {
        app_options_refuse(options, options->arguments[most]);
        return false;
    }
    return true;
}

int app_options_refuse(const options_t *options, const char *word)
{
    app_message_print(stderr, MESSAGE_ARGUMENT, word);
    return refuse(options->command);
}

void app_options_help(const command_t *command)
{
    int lang = app_message_lang() == LANG_PL ? 0 : 1;
    buf_t usage = {0};
    buf_print(&usage, "%s%s%s%s", command->name, command->option_count > 0 ? " [--…]" : "",
              command->arguments[0] != '\0' ? " " : "", command->arguments);
    app_message_print(stdout, MESSAGE_USAGE, buf_zero_terminated(&usage));
    buf_free(&usage);
    printf("\n%s\n\n", command->about[lang]);
    for (size_t i = 0; i < command->option_count; i++) {
        const option_t *option = &command->options[i];
        char head[64];
        snprintf(head, sizeof head, "%s %s", option->name,
                 option->value != NULL ? option->value : "");
        printf("  %-24s %s\n", head, option->help[lang]);
    }
    printf("  %-24s %s\n", "--help", lang == 0 ? "ta pomoc" : "this help");
}
