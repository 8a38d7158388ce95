/* okienko person: all that is held of somebody, and erasing it. */
#include "app/commands.h"
#include "app/record.h"
#include "app/secret.h"
#include "office/record.h"
#include "json/json.h"

static const option_t person_options[] = {
    {"--pesel",
     NULL,
     false,
     {"zamiast ID: PESEL ze standardowego wejścia",
      "instead of ID: the PESEL from standard input"}},
    {"--yes", NULL, false, {"potwierdza usunięcie", "confirms the erasure"}},
    OPTION_DATA,
    OPTION_PLUGINS,
    OPTION_JSON,
};

typedef struct {
    record_work_t base;
    span_t pesel; /* or `id` */
    int64_t id;
    buf_t out;
} person_work_t;

/* ---- who ------------------------------------------------------------------------------------- */

static int take_id(const options_t *options, person_work_t *person)
{
    uint64_t id = 0;
    bool by_pesel = app_options_given(options, "--pesel");
    if (by_pesel == (options->argument_count == 3)) {
        app_message_print(stderr, MESSAGE_PERSON_WHICH);
        return APP_USAGE;
    }
    if (!by_pesel && (!span_number(span_of(options->arguments[2]), INT64_MAX, &id) || id == 0)) {
        app_message_print(stderr, MESSAGE_NUMBER, "ID");
        return APP_USAGE;
    }
    person->id = (int64_t)id;
    return APP_FINE;
}

/* What was typed is not repeated: it may be a PESEL. */
static bool refuse_unknown(person_work_t *person)
{
    return app_record_refuse(&person->base, MESSAGE_NO_PERSON);
}

static bool find_person(person_work_t *person, ipus_record_t *rows)
{
    if (person->pesel.at == NULL) {
        return true;
    }
    ipus_code_t code = rows->person(rows->context, PERSON_PESEL, person->pesel, &person->id);
    return code == IPUS_FINE || (code == IPUS_ABSENT && refuse_unknown(person));
}

static int run_work(record_t *record, person_work_t *person, bool by_pesel)
{
    secret_t pesel;
    if (by_pesel && !app_secret_read(&pesel, MESSAGE_PESEL)) {
        app_message_print(stderr, MESSAGE_PESEL_NONE);
        return APP_FAULTS;
    }
    person->pesel = by_pesel ? secret_span(&pesel) : SPAN_NONE;
    int code = app_record_run(record, &person->base, true);
    person->pesel = SPAN_NONE;
    app_secret_wipe(&pesel);
    return code;
}

/* ---- export ---------------------------------------------------------------------------------- */

static void put_value(buf_t *out, const cJSON *node, int depth);

static void indent(buf_t *out, int depth)
{
    for (int i = 0; i < depth; i++) {
        buf_literal(out, "  ");
    }
}

static bool is_empty(const cJSON *node)
{
    return cJSON_IsNull(node) || ((cJSON_IsArray(node) || cJSON_IsObject(node)) && !node->child);
}

/* Members of an object, items of an array, each on lines of their own; what is not there is left
 * out. */
static void put_children(buf_t *out, const cJSON *node, int depth)
{
    const cJSON *child = NULL;
    cJSON_ArrayForEach(child, node)
    {
        if (is_empty(child)) {
            continue;
        }
        indent(out, depth);
        if (child->string != NULL) {
            buf_print(out, "%s:", child->string);
        } else {
            buf_byte(out, '-');
        }
        put_value(out, child, depth + 1);
    }
}

static void put_text(buf_t *out, span_t text, int depth)
{
    span_t line = SPAN_NONE;
    bool many = memchr(text.at, '\n', text.len) != NULL;
    while (span_cut(&text, '\n', &line)) {
        if (many) {
            buf_byte(out, '\n');
            indent(out, depth);
        } else {
            buf_byte(out, ' ');
        }
        buf_add(out, line);
    }
    buf_byte(out, '\n');
}

static void put_value(buf_t *out, const cJSON *node, int depth)
{
    int64_t number = 0;
    span_t text = json_string(node);
    const cJSON *grosze = json_member(node, "grosze");
    if (grosze != NULL) {
        text = json_string(json_member(node, "text"));
    }
    if (text.at != NULL) {
        put_text(out, text, depth);
    } else if (json_integer(node, &number)) {
        buf_print(out, " %lld\n", (long long)number);
    } else if (cJSON_IsNumber(node)) {
        buf_print(out, " %.15g\n", node->valuedouble);
    } else if (cJSON_IsBool(node)) {
        buf_print(out, " %s\n", cJSON_IsTrue(node) ? "true" : "false");
    } else {
        buf_byte(out, '\n');
        put_children(out, node, depth);
    }
}

static bool run_export(store_work_t *work, ipus_record_t *rows)
{
    person_work_t *person = (person_work_t *)work;
    const record_t *record = person->base.record;
    buf_clear(&person->out);
    if (!find_person(person, rows)) {
        return false;
    }
    const office_export_t export = {.programme = span_of(record->programme),
                                    .person = person->id,
                                    .now = clock_system()->wall(clock_system()),
                                    .lang = app_message_lang()};
    ipus_code_t code = office_export(rows, &export, &person->out);
    if (code == IPUS_ABSENT) {
        return refuse_unknown(person);
    }
    return code == IPUS_FINE && !person->out.failed &&
           store_note_read(rows, 0, IPUS_PERSON, person->id, "person.export", export.now) ==
               IPUS_FINE;
}

/* For reading: the same without braces and quotes. */
static int print_readable(const buf_t *json)
{
    buf_t out = {0};
    cJSON *tree = json_read_own(buf_span(json));
    if (tree == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return APP_FAULTS;
    }
    put_children(&out, tree, 0);
    cJSON_Delete(tree);
    return app_record_print(&out);
}

static int export(const options_t *options, record_t *record)
{
    person_work_t person = {.base.work.run = run_export};
    int code = take_id(options, &person);
    code = code == APP_FINE ? app_record_open_alone(record, options, options->arguments[1],
                                                    MESSAGE_INSTEAD_EXPORT)
                            : code;
    code =
        code == APP_FINE ? run_work(record, &person, app_options_given(options, "--pesel")) : code;
    if (code == APP_FINE && app_options_given(options, "--json")) {
        buf_byte(&person.out, '\n');
        return app_record_print(&person.out);
    }
    code = code == APP_FINE ? print_readable(&person.out) : code;
    buf_free(&person.out);
    return code;
}

/* ---- erase ----------------------------------------------------------------------------------- */

static bool run_erase(store_work_t *work, ipus_record_t *rows)
{
    person_work_t *person = (person_work_t *)work;
    ipus_answer_t answer;
    if (!find_person(person, rows)) {
        return false;
    }
    const ipus_command_t command =
        app_record_command(person->base.record, IPUS_PERSON, "erase", person->id);
    return app_record_step(&person->base, &command, rows, &answer) &&
           store_erase(rows, person->id) == IPUS_FINE;
}

static int erase(const options_t *options, record_t *record)
{
    person_work_t person = {.base.work.run = run_erase};
    int code = take_id(options, &person);
    if (code == APP_FINE && !app_options_given(options, "--yes")) {
        app_message_print(stderr, MESSAGE_ERASE_YES);
        return APP_USAGE;
    }
    code = code == APP_FINE ? app_record_open_alone(record, options, options->arguments[1],
                                                    MESSAGE_INSTEAD_ERASE)
                            : code;
    code =
        code == APP_FINE ? run_work(record, &person, app_options_given(options, "--pesel")) : code;
    if (code != APP_FINE) {
        return code;
    }
    if (!app_options_given(options, "--json")) {
        app_message_print(stdout, MESSAGE_ERASED, (long long)person.id);
        return APP_FINE;
    }
    buf_print(&person.out, "{\"person\":%lld,\"state\":\"erased\"}\n", (long long)person.id);
    return app_record_print(&person.out);
}

/* ---- the command ----------------------------------------------------------------------------- */

static int run_person(const options_t *options)
{
    static const char *const of_erase[] = {"--yes"};
    bool erases = strcmp(options->arguments[0], "erase") == 0;
    if (!erases && strcmp(options->arguments[0], "export") != 0) {
        return app_options_refuse(options, options->arguments[0]);
    }
    if (!app_options_fit(options, 2, 3, of_erase, erases ? 0 : 1)) {
        return APP_USAGE;
    }
    record_t record = {0};
    int code = (erases ? erase : export)(options, &record);
    app_record_close(&record);
    return code;
}

const command_t app_command_person = {
    "person",
    "export PROGRAM ID | erase PROGRAM ID",
    {"wypisuje wszystko, co rejestr wie o osobie, albo usuwa jej dane na zawsze",
     "prints all that the record holds of a person, or erases it for ever"},
    person_options,
    sizeof person_options / sizeof person_options[0],
    2,
    3,
    run_person};
