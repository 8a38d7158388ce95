/* okienko backup, okienko restore: a copy of a record in one file, and putting one back. */
#include "app/commands.h"
#include "app/record.h"
#include "json/json.h"

#include <errno.h>
#include <unistd.h>

static const option_t backup_options[] = {OPTION_DATA, OPTION_JSON};

/* ---- backup ---------------------------------------------------------------------------------- */

static int tell_copy(const options_t *options, const store_copy_t *copy)
{
    const char *file = options->arguments[1];
    if (!app_options_given(options, "--json")) {
        app_message_print(stdout, MESSAGE_BACKUP, file, (long long)((copy->bytes + 1023) / 1024),
                          (long long)copy->entries);
        return APP_FINE;
    }
    buf_t out = {0};
    json_writer_t json = {.buf = &out};
    json_object(&json);
    json_name(&json, "file");
    json_text(&json, span_of(file));
    json_name(&json, "bytes");
    json_int(&json, copy->bytes);
    json_name(&json, "entries");
    json_int(&json, copy->entries);
    json_object_end(&json);
    buf_byte(&out, '\n');
    return app_record_print(&out);
}

static int run_backup(const options_t *options)
{
    record_t record = {0};
    buf_t why = {0};
    store_copy_t copy;
    int code = app_record_find_keyed(&record, options, options->arguments[0]);
    if (code == APP_FINE && !store_backup(record.folder.at, options->arguments[1], record.vault,
                                          &copy, app_record_polish(), &why)) {
        app_message_why(&why);
        code = APP_FAULTS;
    }
    code = code == APP_FINE ? tell_copy(options, &copy) : code;
    buf_free(&why);
    app_record_close(&record);
    return code;
}

const command_t app_command_backup = {
    "backup",
    "PROGRAM FILE",
    {"zapisuje kopię rejestru programu, całą i sprawdzoną, także gdy działa serwer; klucza w niej "
     "nie ma",
     "writes a copy of a programme's record, whole and checked, also beside a server; the key is "
     "not in it"},
    backup_options,
    sizeof backup_options / sizeof backup_options[0],
    2,
    2,
    run_backup};

/* ---- restore --------------------------------------------------------------------------------- */

static int tell_restored(const options_t *options, buf_t *kept)
{
    const char *aside = kept->len > 0 ? buf_zero_terminated(kept) : NULL;
    if (!app_options_given(options, "--json")) {
        app_message_print(stdout, MESSAGE_RESTORED, options->arguments[0], options->arguments[1]);
        if (aside != NULL) {
            app_message_print(stdout, MESSAGE_RESTORED_ASIDE, aside);
        }
        return APP_FINE;
    }
    buf_t out = {0};
    json_writer_t json = {.buf = &out};
    json_object(&json);
    json_name(&json, "file");
    json_text(&json, span_of(options->arguments[1]));
    json_name(&json, "kept");
    if (aside != NULL) {
        json_text(&json, span_of(aside));
    } else {
        json_null(&json);
    }
    json_object_end(&json);
    buf_byte(&out, '\n');
    return app_record_print(&out);
}

static int run_restore(const options_t *options)
{
    record_t record = {0};
    buf_t why = {0}, kept = {0};
    if (access(options->arguments[1], R_OK) != 0) {
        app_message_print(stderr, MESSAGE_FILE, options->arguments[1], app_message_reason(errno));
        return APP_USAGE;
    }
    int code = app_record_restoring(&record, options, options->arguments[0]);
    if (code == APP_FINE && !store_restore(record.folder.at, options->arguments[1], record.vault,
                                           &kept, app_record_polish(), &why)) {
        app_message_why(&why);
        code = APP_FAULTS;
    }
    code = code == APP_FINE ? tell_restored(options, &kept) : code;
    buf_free(&why);
    buf_free(&kept);
    app_record_close(&record);
    return code;
}

const command_t app_command_restore = {
    "restore",
    "PROGRAM FILE",
    {"wstawia kopię w miejsce rejestru programu, z którym nie pracuje serwer; dotychczasowy "
     "zachowuje obok",
     "puts a copy in the place of a programme's record that no server has; keeps the present one "
     "beside it"},
    backup_options,
    sizeof backup_options / sizeof backup_options[0],
    2,
    2,
    run_restore};
