/* okienko audit verify: whether the journals hold. */
#include "app/commands.h"
#include "app/record.h"
#include "json/json.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

static const option_t audit_options[] = {OPTION_DATA, OPTION_JSON};

static void put_json(json_writer_t *json, const char *programme, const store_audit_t *audit)
{
    const struct {
        const char *name;
        int64_t number;
    } members[] = {{"entries", audit->entries},
                   {"rows", audit->rows},
                   {"broken_at", audit->broken_at},
                   {"moved", audit->moved}};
    json_object(json);
    json_name(json, "programme");
    json_text(json, span_of(programme));
    json_name(json, "holds");
    json_bool(json, audit->broken_at == 0 && audit->moved == 0);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_name(json, members[i].name);
        json_int(json, members[i].number);
    }
    json_object_end(json);
}

static void print(const char *programme, const store_audit_t *audit)
{
    if (audit->broken_at != 0) {
        app_message_print(stdout, MESSAGE_AUDIT_BROKEN, programme, (long long)audit->broken_at,
                          (long long)audit->entries);
    }
    if (audit->moved != 0) {
        app_message_print(stdout, MESSAGE_AUDIT_MOVED, programme, (long long)audit->moved);
    }
    if (audit->broken_at == 0 && audit->moved == 0) {
        app_message_print(stdout, MESSAGE_AUDIT_HOLDS, programme, (long long)audit->entries,
                          (long long)audit->rows);
    }
}

static int verify_one(const options_t *options, const char *programme, json_writer_t *json)
{
    record_t record = {0};
    buf_t why = {0};
    store_audit_t audit;
    int code = app_record_find(&record, options, programme);
    if (code == APP_FINE && !store_audit(record.folder.at, &audit, app_record_polish(), &why)) {
        app_message_why(&why);
        code = APP_FAULTS;
    } else if (code == APP_FINE) {
        if (json != NULL) {
            put_json(json, programme, &audit);
        } else {
            print(programme, &audit);
        }
        code = audit.broken_at == 0 && audit.moved == 0 ? APP_FINE : APP_FAULTS;
    }
    buf_free(&why);
    app_record_close(&record);
    return code;
}

/* Every record there is. */
static int verify_all(const options_t *options, json_writer_t *json)
{
    const char *data = app_options_value(options, "--data", DATA_FOLDER);
    struct dirent **entries = NULL;
    int count = scandir(data, &entries, NULL, alphasort), code = APP_FINE;
    if (count < 0) {
        app_message_print(stderr, MESSAGE_FOLDER, data, app_message_reason(errno));
        return APP_USAGE;
    }
    for (int i = 0; i < count; i++) {
        buf_t folder = {0};
        buf_print(&folder, "%s/%s", data, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && buf_zero_terminated(&folder) != NULL &&
            store_exists(folder.at)) {
            int one = verify_one(options, entries[i]->d_name, json);
            code = one > code ? one : code;
        }
        buf_free(&folder);
        free(entries[i]);
    }
    free(entries);
    return code;
}

static int run_audit(const options_t *options)
{
    if (strcmp(options->arguments[0], "verify") != 0) {
        return app_options_refuse(options, options->arguments[0]);
    }
    buf_t out = {0};
    json_writer_t writer = {.buf = &out};
    json_writer_t *json = app_options_given(options, "--json") ? &writer : NULL;
    int code = APP_FINE;
    json_array(&writer);
    for (size_t i = 1; i < options->argument_count; i++) {
        int one = verify_one(options, options->arguments[i], json);
        code = one > code ? one : code;
    }
    if (options->argument_count == 1) {
        code = verify_all(options, json);
    }
    json_array_end(&writer);
    buf_byte(&out, '\n');
    if (json != NULL && app_record_print(&out) != APP_FINE) {
        return APP_FAULTS;
    }
    buf_free(&out);
    return code;
}

const command_t app_command_audit = {
    "audit",
    "verify [PROGRAM…]",
    {"sprawdza dziennik rejestru: czy łańcuch wpisów jest cały, a pozycje są takie, jak mówi",
     "checks a record's journal: whether the chain is whole and the entries are as it says"},
    audit_options,
    sizeof audit_options / sizeof audit_options[0],
    1,
    64,
    run_audit};
