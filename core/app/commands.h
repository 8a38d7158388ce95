/* The subcommands, each in a file of its name. */
#ifndef OKIENKO_APP_COMMANDS_H
#define OKIENKO_APP_COMMANDS_H

#include "app/options.h"

extern const command_t app_command_serve;
extern const command_t app_command_check;
extern const command_t app_command_test;
extern const command_t app_command_quote;
extern const command_t app_command_new;
extern const command_t app_command_import;
extern const command_t app_command_export;
extern const command_t app_command_user;
extern const command_t app_command_person;
extern const command_t app_command_backup;
extern const command_t app_command_restore;
extern const command_t app_command_audit;
extern const command_t app_command_report;
extern const command_t app_command_demo;

/* The option that most of them share. */
#define OPTION_PLUGINS                                                                             \
    {                                                                                              \
        "--plugins", "DIR", false,                                                                 \
        {                                                                                          \
            "folder z programami (plugins)", "the folder of programmes (plugins)"                  \
        }                                                                                          \
    }
#define OPTION_JSON                                                                                \
    {                                                                                              \
        "--json", NULL, false,                                                                     \
        {                                                                                          \
            "wynik jako JSON, dla programów", "the result as JSON, for programs"                   \
        }                                                                                          \
    }
#define PLUGINS_FOLDER "plugins"

/* True when there is such a programme; otherwise it says so. */
bool app_commands_has_programme(const char *folder, const char *programme);

#endif
