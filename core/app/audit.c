/* okienko audit verify: whether the journals hold. */
#include "app/commands.h"
#include "app/record.h"
#include "json/json.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

static const option_t audit_options[] = {
    OPTION_DATA,
    OPTION_JSON,
    {"--expect",
     "N:DIGEST",
     false,
     {"koniec dziennika zanotowany wcześniej; ma się w nim znaleźć",
      "an end of the journal that was noted before; it has to be in it"}},
};

static void put_json(json_writer_t *json, const char *programme, const store_audit_t *audit)
{
    const struct {
        const char *name;
        int64_t number;
    } members[] = {{"entries", audit->entries},       {"rows", audit->rows},
                   {"broken_at", audit->broken_at},   {"moved", audit->moved},
                   {"locked", audit->locked},         {"unindexed", audit->unindexed},
                   {"miscounted", audit->miscounted}, {"damaged", audit->damaged}};
    buf_t end = {0};
    store_end_put(&end, &audit->end);
    json_object(json);
    json_name(json, "programme");
    json_text(json, span_of(programme));
    json_name(json, "holds");
    json_bool(json, store_audit_holds(audit));
    json_name(json, "keyed");
    json_bool(json, audit->keyed);
    json_name(json, "end");
    json_text(json, buf_span(&end));
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_name(json, members[i].name);
        json_int(json, members[i].number);
    }
    if (audit->expected.number > 0) {
        json_name(json, "expected");
        json_bool(json, !audit->unexpected);
    }
    json_object_end(json);
    buf_free(&end);
}

static void print(const char *programme, const store_audit_t *audit)
{
    buf_t text = {0}, end = {0};
    store_audit_say(audit, app_record_polish(), &text);
    store_end_put(&end, &audit->end);
    if (text.len > 0 && buf_zero_terminated(&text) != NULL) {
        app_message_print(stdout, MESSAGE_AUDIT_FAULTS, programme, text.at);
    } else {
        app_message_print(stdout, MESSAGE_AUDIT_HOLDS, programme, (long long)audit->entries,
                          (long long)audit->rows);
    }
    if (!audit->keyed) {
        app_message_print(stdout, MESSAGE_AUDIT_UNKEYED, programme);
    }
    if (buf_zero_terminated(&end) != NULL) {
        app_message_print(stdout, MESSAGE_AUDIT_END, programme, end.at);
    }
    buf_free(&text);
    buf_free(&end);
}

static int verify_one(const options_t *options, const char *programme, json_writer_t *json)
{
    record_t record = {0};
    buf_t why = {0};
    const char *expected = app_options_value(options, "--expect", NULL);
    store_audit_t audit = {0};
    if (expected != NULL && !store_end_read(span_of(expected), &audit.expected)) {
        app_message_print(stderr, MESSAGE_AUDIT_EXPECT);
        return APP_USAGE;
    }
    int code = app_record_find_keyed(&record, options, programme);
    if (code == APP_FINE &&
        !store_audit(record.folder.at, record.vault, &audit, app_record_polish(), &why)) {
        app_message_why(&why);
        code = APP_FAULTS;
    } else if (code == APP_FINE) {
        if (json != NULL) {
            put_json(json, programme, &audit);
        } else {
            print(programme, &audit);
        }
        code = store_audit_holds(&audit) ? APP_FINE : APP_FAULTS;
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
    if (app_options_given(options, "--expect") && options->argument_count != 2) {
        app_message_print(stderr, MESSAGE_AUDIT_EXPECT);
        return APP_USAGE;
    }
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
    {"sprawdza rejestr: czy łańcuch dziennika jest cały, pozycje są takie, jak mówi, klucze się "
     "otwierają, a pule i skorowidze zgadzają się z pozycjami",
     "checks a record: whether the journal's chain is whole, the rows are as it says, keys open, "
     "and pools and indices agree with the rows"},
    audit_options,
    sizeof audit_options / sizeof audit_options[0],
    1,
    64,
    run_audit};
