/* okienko new: the beginning of a programme or of a service. */
#include "app/commands.h"
#include "app/message.h"
#include "plugin/plugin.h"

static const option_t new_options[] = {OPTION_PLUGINS};

static int run_new(const options_t *options)
{
    const char *folder = app_options_value(options, "--plugins", PLUGINS_FOLDER);
    bool programme = strcmp(options->arguments[0], "programme") == 0;
    if (!programme && strcmp(options->arguments[0], "service") != 0) {
        return app_options_refuse(options, options->arguments[0]);
    }
    buf_t written = {0}, why = {0};
    span_t id = span_of(options->arguments[1]);
    bool made = programme ? plugin_new_programme(folder, id, &written, &why, app_message_lang())
                          : plugin_new_service(folder, id, &written, &why, app_message_lang());
    if (made) {
        app_message_print(stdout, MESSAGE_WROTE);
        fwrite(written.at, 1, written.len, stdout);
        app_message_print(stdout, MESSAGE_NEW_NEXT, folder);
    } else {
        app_message_why(&why);
    }
    buf_free(&written);
    buf_free(&why);
    return made ? APP_FINE : APP_FAULTS;
}

const command_t app_command_new = {
    "new",
    "programme ID | service PROGRAM/ID",
    {"zakłada nowy program albo usługę; to, co napisze, przechodzi „okienko check”",
     "begins a programme or a service; what it writes passes \"okienko check\""},
    new_options,
    sizeof new_options / sizeof new_options[0],
    2,
    2,
    run_new};
