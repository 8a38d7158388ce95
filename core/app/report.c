/* okienko report: the office's reports over a period, also beside a server. */
#include "app/commands.h"
#include "app/record.h"
#include "office/record.h"
#include "json/json.h"

static const option_t report_options[] = {
    {"--from",
     "DATE",
     false,
     {"pierwszy dzień, RRRR-MM-DD (początek programu)",
      "the first day, YYYY-MM-DD (the programme's beginning)"}},
    {"--to",
     "DATE",
     false,
     {"ostatni dzień (dziś albo koniec programu)", "the last day (today, or the programme's end)"}},
    {"--csv", NULL, false, {"tabela dla arkusza", "a table for a spreadsheet"}},
    OPTION_DATA,
    OPTION_PLUGINS,
    OPTION_JSON,
};

typedef struct {
    record_work_t base;
    office_report_t asked;
    buf_t out;
} report_work_t;

static bool run_work(store_work_t *work, ipus_record_t *rows)
{
    report_work_t *report = (report_work_t *)work;
    buf_clear(&report->out);
    return office_report(rows, &report->asked, &report->out) == IPUS_FINE && !report->out.failed;
}

/* ---- for people ------------------------------------------------------------------------------ */

/* A cell as words: of an id its name, of money its text. */
static void put_cell(buf_t *out, const cJSON *cell)
{
    int64_t number = 0;
    const cJSON *name = json_member(cell, "name");
    span_t text = json_string(name != NULL ? name : json_member(cell, "text"));
    text = text.at != NULL ? text : json_string(cell);
    if (text.at != NULL) {
        buf_add(out, text);
    } else if (json_integer(cell, &number)) {
        buf_int(out, number);
    } else if (cJSON_IsNumber(cell)) {
        buf_print(out, "%.15g", cell->valuedouble);
    }
}

/* One line a row, under each column's title; what is null or no sum is left out. */
static void put_rows(buf_t *out, const cJSON *report, const cJSON *row, const char *mark)
{
    const cJSON *column = NULL;
    buf_t cell = {0};
    buf_print(out, "%s", mark);
    cJSON_ArrayForEach(column, json_member(report, "columns"))
    {
        span_t name = json_string(json_member(column, "name"));
        buf_clear(&cell);
        put_cell(&cell, json_member(row, name.at));
        if (cell.len > 0) {
            buf_print(out, " %.*s: %.*s;", SPAN_ARGS(json_string(json_member(column, "title"))),
                      SPAN_ARGS(buf_span(&cell)));
        }
    }
    buf_free(&cell);
    if (out->len > 0 && out->at[out->len - 1] == ';') {
        out->len--;
    }
    buf_byte(out, '\n');
}

static void put_report(buf_t *out, const cJSON *report)
{
    const cJSON *row = NULL, *totals = json_member(report, "totals");
    buf_print(out, "%.*s, %.*s – %.*s\n", SPAN_ARGS(json_string(json_member(report, "title"))),
              SPAN_ARGS(json_string(json_member(report, "from"))),
              SPAN_ARGS(json_string(json_member(report, "to"))));
    cJSON_ArrayForEach(row, json_member(report, "rows"))
    {
        put_rows(out, report, row, " ");
    }
    if (totals != NULL && totals->child != NULL) {
        put_rows(out, report, totals, " =");
    }
}

static int print_readable(const buf_t *json)
{
    buf_t out = {0};
    cJSON *tree = json_read_own(buf_span(json));
    const cJSON *reports = json_member(tree, "reports"), *one = NULL;
    if (tree == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return APP_FAULTS;
    }
    if (reports == NULL) {
        put_report(&out, tree);
    }
    cJSON_ArrayForEach(one, reports)
    {
        put_report(&out, one);
    }
    cJSON_Delete(tree);
    return app_record_print(&out);
}

/* ---- the command ----------------------------------------------------------------------------- */

static int take_name(const char *name, office_report_t *asked)
{
    size_t count = 0;
    const store_report_t *reports = store_reports(&count);
    asked->report = store_report_named(span_of(name));
    if (asked->report != NULL || strcmp(name, OFFICE_REPORT_WHOLE) == 0) {
        return APP_FINE;
    }
    buf_t all = {0};
    for (size_t i = 0; i < count; i++) {
        buf_print(&all, "%s, ", reports[i].name);
    }
    buf_literal(&all, OFFICE_REPORT_WHOLE);
    const char *names = buf_zero_terminated(&all);
    app_message_print(stderr, MESSAGE_REPORT_NAME, name, names != NULL ? names : "");
    buf_free(&all);
    return APP_USAGE;
}

static int take_day(const options_t *options, const char *name, date_t *day)
{
    const char *text = app_options_value(options, name, NULL);
    if (text != NULL && !date_parse(span_of(text), day)) {
        app_message_print(stderr, MESSAGE_DAY, name);
        return APP_USAGE;
    }
    return APP_FINE;
}

static int take_period(const options_t *options, const record_t *record, office_report_t *asked)
{
    asked->programme = plugin_programme(record->generation);
    office_report_period(asked->programme, clock_today(clock_system()), &asked->from, &asked->to);
    int code = take_day(options, "--from", &asked->from);
    code = code == APP_FINE ? take_day(options, "--to", &asked->to) : code;
    if (code == APP_FINE && date_before(asked->to, asked->from)) {
        app_message_print(stderr, MESSAGE_PERIOD);
        return APP_USAGE;
    }
    return code;
}

static int run_report(const options_t *options)
{
    bool csv = app_options_given(options, "--csv"), json = app_options_given(options, "--json");
    report_work_t report = {.base.work.run = run_work,
                            .asked = {.lang = app_message_lang(), .is_table = csv}};
    record_t record = {0};
    if (csv && json) {
        app_message_print(stderr, MESSAGE_EITHER, "--csv", "--json");
        return APP_USAGE;
    }
    int code = take_name(options->arguments[1], &report.asked);
    code = code == APP_FINE ? app_record_open_ruled(&record, options, options->arguments[0]) : code;
    code = code == APP_FINE ? take_period(options, &record, &report.asked) : code;
    code = code == APP_FINE ? app_record_run(&record, &report.base, false) : code;
    if (code == APP_FINE && json) {
        buf_byte(&report.out, '\n');
    }
    code = code != APP_FINE ? code
           : csv || json    ? app_record_print(&report.out)
                            : print_readable(&report.out);
    buf_free(&report.out);
    app_record_close(&record);
    return code;
}

const command_t app_command_report = {"report",
                                      "PROGRAM NAME",
                                      {"wypisuje sprawozdanie z rejestru, także gdy działa serwer",
                                       "prints a report of the record, also beside a server"},
                                      report_options,
                                      sizeof report_options / sizeof report_options[0],
                                      2,
                                      2,
                                      run_report};
