#include "app/record.h"

#include "app/commands.h"
#include "base/text.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

bool app_record_polish(void)
{
    return app_message_lang() == LANG_PL;
}

bool app_record_make_data(const char *folder)
{
    struct stat found;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        app_message_print(stderr, MESSAGE_FOLDER_MADE, folder, app_message_reason(errno));
        return false;
    }
    /* Told now, not when the first thing is to be kept. */
    bool is_folder = stat(folder, &found) == 0 && S_ISDIR(found.st_mode);
    if (!is_folder || access(folder, R_OK | W_OK | X_OK) != 0) {
        app_message_print(stderr, MESSAGE_FOLDER_WRITTEN, folder,
                          app_message_reason(is_folder ? errno : ENOTDIR));
        return false;
    }
    return true;
}

/* ---- opening --------------------------------------------------------------------------------- */

static int place(record_t *record, const options_t *options, const char *programme)
{
    *record = (record_t){.programme = programme};
    buf_print(&record->folder, "%s/%s", app_options_value(options, "--data", DATA_FOLDER),
              programme);
    if (buf_zero_terminated(&record->folder) == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return APP_FAULTS;
    }
    return APP_FINE;
}

int app_record_find(record_t *record, const options_t *options, const char *programme)
{
    int code = place(record, options, programme);
    if (code == APP_FINE && !store_exists(record->folder.at)) {
        app_message_print(stderr, MESSAGE_RECORD_NONE,
                          app_options_value(options, "--data", DATA_FOLDER), programme);
        return APP_USAGE;
    }
    return code;
}

int app_record_find_keyed(record_t *record, const options_t *options, const char *programme)
{
    buf_t why = {0};
    int code = app_record_find(record, options, programme);
    if (code == APP_FINE) {
        record->vault = store_key(app_options_value(options, "--data", DATA_FOLDER), false,
                                  app_record_polish(), &why);
    }
    buf_free(&why);
    return code;
}

static int open_key(record_t *record, const options_t *options, bool make)
{
    buf_t why = {0};
    record->vault = store_key(app_options_value(options, "--data", DATA_FOLDER), make,
                              app_record_polish(), &why);
    if (record->vault == NULL) {
        app_message_why(&why);
    }
    buf_free(&why);
    return record->vault != NULL ? APP_FINE : APP_FAULTS;
}

static int open_store(record_t *record, const options_t *options, bool read_only)
{
    buf_t why = {0};
    int code = open_key(record, options, !read_only);
    if (code == APP_FINE) {
        const store_options_t how = {.folder = record->folder.at,
                                     .programme = record->programme,
                                     .vault = record->vault,
                                     .clock = clock_system(),
                                     .read_only = read_only};
        record->store = store_open(NULL, &how, app_record_polish(), &why);
    }
    if (code == APP_FINE && record->store == NULL) {
        app_message_why(&why);
        code = APP_FAULTS;
    }
    buf_free(&why);
    return code;
}

int app_record_open(record_t *record, const options_t *options, const char *programme)
{
    int code = app_record_find(record, options, programme);
    return code == APP_FINE ? open_store(record, options, true) : code;
}

static int load_rules(record_t *record, const options_t *options)
{
    const char *plugins = app_options_value(options, "--plugins", PLUGINS_FOLDER);
    if (!app_commands_has_programme(plugins, record->programme)) {
        return APP_USAGE;
    }
    record->generation = plugin_load(plugins, record->programme);
    if (record->generation == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return APP_FAULTS;
    }
    if (plugin_programme(record->generation) == NULL) {
        app_message_print(stderr, MESSAGE_RULES_FAULTY, plugins, record->programme);
        return APP_FAULTS;
    }
    return APP_FINE;
}

int app_record_open_ruled(record_t *record, const options_t *options, const char *programme)
{
    int code = app_record_open(record, options, programme);
    return code == APP_FINE ? load_rules(record, options) : code;
}

int app_record_make(record_t *record, const options_t *options, const char *programme,
                    message_t instead)
{
    int code = place(record, options, programme);
    code = code == APP_FINE ? load_rules(record, options) : code;
    if (code != APP_FINE) {
        return code;
    }
    if (store_is_held(record->folder.at)) {
        app_message_print(stderr, instead, programme);
        return APP_FAULTS;
    }
    return app_record_make_data(app_options_value(options, "--data", DATA_FOLDER))
               ? open_store(record, options, false)
               : APP_FAULTS;
}

int app_record_open_alone(record_t *record, const options_t *options, const char *programme,
                          message_t instead)
{
    int code = app_record_find(record, options, programme);
    app_record_close(record);
    return code == APP_FINE ? app_record_make(record, options, programme, instead) : code;
}

int app_record_restoring(record_t *record, const options_t *options, const char *programme)
{
    int code = place(record, options, programme);
    if (code != APP_FINE) {
        return code;
    }
    if (store_is_held(record->folder.at)) {
        app_message_print(stderr, MESSAGE_RESTORE_HELD, programme);
        return APP_FAULTS;
    }
    return open_key(record, options, false);
}

void app_record_close(record_t *record)
{
    if (record->store != NULL) {
        store_close(record->store, NULL, NULL);
    }
    vault_close(record->vault);
    plugin_release(record->generation);
    buf_free(&record->folder);
    *record = (record_t){0};
}

/* ---- doing something ------------------------------------------------------------------------- */

int app_record_run(record_t *record, record_work_t *work, bool writes)
{
    work->record = record;
    store_result_t result = store_run(record->store, &work->work, writes);
    if (result == STORE_FULL) {
        app_message_print(stderr, MESSAGE_DISK_FULL);
    } else if (result == STORE_REFUSED && work->why.len > 0) {
        app_message_why(&work->why);
    } else if (result == STORE_NO_MEMORY || work->why.failed) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
    } else if (result != STORE_DONE) {
        app_message_print(stderr, MESSAGE_RECORD_BROKEN, record->folder.at);
    }
    buf_free(&work->why);
    return result == STORE_DONE ? APP_FINE : APP_FAULTS;
}

ipus_command_t app_record_command(const record_t *record, ipus_kind_t kind, const char *step,
                                  int64_t id)
{
    return (ipus_command_t){.kind = kind,
                            .step = ipus_step_named(kind, span_of(step)),
                            .id = id,
                            .given = {.kind = kind},
                            .actor = {.host = true},
                            .today = clock_today(clock_system()),
                            .now = clock_system()->wall(clock_system()),
                            .programme = plugin_programme(record->generation)};
}

bool app_record_step(record_work_t *work, const ipus_command_t *command, ipus_record_t *rows,
                     ipus_answer_t *answer)
{
    bool done = ipus_run(command, rows, answer);
    buf_clear(&work->why); /* whoever shares a commit runs twice */
    if (!done && answer->refused) {
        ipus_refusal_text(&work->why, &answer->refusal, app_message_lang());
    }
    return done;
}

bool app_record_refuse(record_work_t *work, message_t message)
{
    buf_clear(&work->why);
    app_message_add(&work->why, message);
    return false;
}

int app_record_give(ipus_row_t *row, int field, const char *text)
{
    const ipus_field_t *spec = &ipus_kind(row->kind)->fields[field];
    span_t given = span_of(text);
    if (given.len == 0 || given.len > spec->max || !text_is_plain(given, false)) {
        app_message_print(stderr, MESSAGE_FIELD_TEXT, spec->name, (int)spec->max);
        return APP_USAGE;
    }
    ipus_set_text(row, field, given);
    return APP_FINE;
}

int app_record_print(buf_t *text)
{
    bool printed =
        !text->failed && fwrite(text->at, 1, text->len, stdout) == text->len && fflush(stdout) == 0;
    if (!printed) {
        app_message_print(stderr, MESSAGE_OUTPUT,
                          app_message_reason(text->failed ? ENOMEM : errno));
    }
    buf_free(text);
    return printed ? APP_FINE : APP_FAULTS;
}
