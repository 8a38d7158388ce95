/* The reports: which there are, and each as JSON or as a table for a spreadsheet. */
#include "csv/csv.h"
#include "office/record.h"
#include "json/json.h"

/* SPAN() is no constant expression. */
#define FIXED(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* All reports in one. */
static const char whole_name[] = OFFICE_REPORT_WHOLE;
static const texts_t whole_title = {{FIXED("Informacja o realizacji programu"),
                                     FIXED("Information on the programme"),
                                     FIXED("Інформація про виконання програми")}};
static const texts_t whole_about = {
    {FIXED("Wszystkie sprawozdania razem, dla informacji po zakończeniu programu (art. 6 ustawy)."),
     FIXED("All reports together, for the information after the programme's end (art. 6)."),
     FIXED("Усі звіти разом, для інформації після завершення програми (ст. 6 закону).")}};
static const texts_t total = {{FIXED("Razem"), FIXED("Total"), FIXED("Разом")}};

static const char *const type_names[] = {[STORE_TEXT] = "text",
                                         [STORE_WORD] = "word",
                                         [STORE_SERVICE_ID] = "service",
                                         [STORE_INDICATOR_ID] = "indicator",
                                         [STORE_BUDGET_ID] = "budget",
                                         [STORE_COUNT] = "count",
                                         [STORE_UNITS] = "units",
                                         [STORE_MONEY] = "money",
                                         [STORE_DAY] = "date"};

/* ---- what there is --------------------------------------------------------------------------- */

static void put_head(json_writer_t *writer, lang_t lang, const char *name, const texts_t *title,
                     const texts_t *about)
{
    json_name(writer, "report");
    json_text(writer, span_of(name));
    json_name(writer, "title");
    json_text(writer, texts_in(title, lang));
    json_name(writer, "about");
    json_text(writer, texts_in(about, lang));
}

static void put_columns(json_writer_t *writer, lang_t lang, const store_report_t *report)
{
    json_name(writer, "columns");
    json_array(writer);
    for (size_t i = 0; i < report->column_count; i++) {
        const store_column_t *column = &report->columns[i];
        json_object(writer);
        json_name(writer, "name");
        json_text(writer, span_of(column->name));
        json_name(writer, "type");
        json_text(writer, span_of(type_names[column->type]));
        json_name(writer, "title");
        json_text(writer, texts_in(&column->title, lang));
        json_object_end(writer);
    }
    json_array_end(writer);
}

void office_report_list(lang_t lang, buf_t *out)
{
    json_writer_t writer = {out, false};
    size_t count = 0;
    const store_report_t *reports = store_reports(&count);
    json_object(&writer);
    json_name(&writer, "items");
    json_array(&writer);
    for (size_t i = 0; i < count; i++) {
        json_object(&writer);
        put_head(&writer, lang, reports[i].name, &reports[i].title, &reports[i].about);
        put_columns(&writer, lang, &reports[i]);
        json_object_end(&writer);
    }
    json_object(&writer);
    put_head(&writer, lang, whole_name, &whole_title, &whole_about);
    json_object_end(&writer);
    json_array_end(&writer);
    json_object_end(&writer);
}

/* ---- one of them, on the store's thread ------------------------------------------------------ */

typedef struct {
    const office_report_t *asked;
    buf_t *out;
    ipus_record_t *record;
    const store_report_t *report; /* at hand */
    json_writer_t json;
    csv_writer_t csv;
    int64_t totals[STORE_COLUMNS_MAX];
} printing_t;

static bool has_totals(const store_report_t *report)
{
    for (size_t i = 0; i < report->column_count; i++) {
        if (report->columns[i].sums) {
            return true;
        }
    }
    return false;
}

static void put_number(printing_t *printing, store_column_type_t type, int64_t number)
{
    json_writer_t *writer = &printing->json;
    if (type == STORE_UNITS) {
        json_thousandths(writer, number);
    } else if (type == STORE_MONEY) {
        json_money(writer, number, printing->asked->lang);
    } else if (type == STORE_DAY) {
        json_date(writer, (date_t){(int32_t)number});
    } else {
        json_int(writer, number);
    }
}

static void put_cell(printing_t *printing, const store_column_t *column, const store_cell_t *cell)
{
    json_writer_t *writer = &printing->json;
    json_name(writer, column->name);
    if (cell->is_null) {
        json_null(writer);
    } else if (column->type == STORE_TEXT) {
        json_text(writer, cell->text);
    } else if (column->type <= STORE_BUDGET_ID) {
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, cell->text);
        json_name(writer, "name");
        json_text(writer,
                  cell->name != NULL ? texts_in(cell->name, printing->asked->lang) : cell->text);
        json_object_end(writer);
    } else {
        put_number(printing, column->type, cell->number);
    }
}

static void table_number(printing_t *printing, store_column_type_t type, int64_t number)
{
    csv_writer_t *writer = &printing->csv;
    if (type == STORE_UNITS) {
        csv_thousandths(writer, number);
    } else if (type == STORE_MONEY) {
        csv_money(writer, number);
    } else if (type == STORE_DAY) {
        csv_date(writer, (date_t){(int32_t)number});
    } else {
        csv_int(writer, number);
    }
}

static void table_cell(printing_t *printing, const store_column_t *column, const store_cell_t *cell)
{
    csv_writer_t *writer = &printing->csv;
    if (cell->is_null) {
        csv_text(writer, SPAN(""));
    } else if (column->type <= STORE_BUDGET_ID) {
        csv_text(writer,
                 cell->name != NULL ? texts_in(cell->name, printing->asked->lang) : cell->text);
    } else {
        table_number(printing, column->type, cell->number);
    }
}

static bool print_row(void *of, const store_cell_t *cells)
{
    printing_t *printing = of;
    const store_report_t *report = printing->report;
    bool is_table = printing->asked->is_table;
    if (!is_table) {
        json_object(&printing->json);
    }
    for (size_t i = 0; i < report->column_count; i++) {
        printing->totals[i] += report->columns[i].sums ? cells[i].number : 0;
        (is_table ? table_cell : put_cell)(printing, &report->columns[i], &cells[i]);
    }
    if (is_table) {
        csv_end_row(&printing->csv);
    } else {
        json_object_end(&printing->json);
    }
    return !printing->out->failed;
}

static void put_period(printing_t *printing)
{
    json_name(&printing->json, "from");
    json_date(&printing->json, printing->asked->from);
    json_name(&printing->json, "to");
    json_date(&printing->json, printing->asked->to);
}

static ipus_code_t run_rows(printing_t *printing)
{
    const office_report_t *asked = printing->asked;
    memset(printing->totals, 0, sizeof printing->totals);
    return store_report(printing->record, printing->report, asked->programme, asked->from,
                        asked->to, print_row, printing);
}

static ipus_code_t put_report(printing_t *printing)
{
    const store_report_t *report = printing->report;
    json_writer_t *writer = &printing->json;
    json_object(writer);
    put_head(writer, printing->asked->lang, report->name, &report->title, &report->about);
    put_period(printing);
    put_columns(writer, printing->asked->lang, report);
    json_name(writer, "rows");
    json_array(writer);
    ipus_code_t code = run_rows(printing);
    json_array_end(writer);
    json_name(writer, "totals");
    json_object(writer);
    for (size_t i = 0; i < report->column_count; i++) {
        if (report->columns[i].sums) {
            json_name(writer, report->columns[i].name);
            put_number(printing, report->columns[i].type, printing->totals[i]);
        }
    }
    json_object_end(writer);
    json_object_end(writer);
    return code;
}

static ipus_code_t table_report(printing_t *printing)
{
    const store_report_t *report = printing->report;
    csv_writer_t *writer = &printing->csv;
    lang_t lang = printing->asked->lang;
    for (size_t i = 0; i < report->column_count; i++) {
        csv_text(writer, texts_in(&report->columns[i].title, lang));
    }
    csv_end_row(writer);
    ipus_code_t code = run_rows(printing);
    if (!has_totals(report)) {
        return code;
    }
    for (size_t i = 0; i < report->column_count; i++) {
        if (report->columns[i].sums) {
            table_number(printing, report->columns[i].type, printing->totals[i]);
        } else {
            csv_text(writer, i == 0 ? texts_in(&total, lang) : SPAN(""));
        }
    }
    csv_end_row(writer);
    return code;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static ipus_code_t put_whole(printing_t *printing)
{
    size_t count = 0;
    const store_report_t *reports = store_reports(&count);
    ipus_code_t code = IPUS_FINE;
    json_object(&printing->json);
    put_head(&printing->json, printing->asked->lang, whole_name, &whole_title, &whole_about);
    put_period(printing);
    json_name(&printing->json, "reports");
    json_array(&printing->json);
    for (size_t i = 0; i < count && code == IPUS_FINE; i++) {
        printing->report = &reports[i];
        code = put_report(printing);
    }
    json_array_end(&printing->json);
    json_object_end(&printing->json);
    return code;
}

/* One table below the other, each under its title. */
static ipus_code_t table_whole(printing_t *printing)
{
    size_t count = 0;
    const store_report_t *reports = store_reports(&count);
    ipus_code_t code = IPUS_FINE;
    for (size_t i = 0; i < count && code == IPUS_FINE; i++) {
        printing->report = &reports[i];
        if (i > 0) {
            csv_end_row(&printing->csv);
        }
        csv_text(&printing->csv, texts_in(&reports[i].title, printing->asked->lang));
        csv_end_row(&printing->csv);
        code = table_report(printing);
    }
    return code;
}

ipus_code_t office_report(ipus_record_t *record, const office_report_t *asked, buf_t *out)
{
    printing_t printing = {.asked = asked, .out = out, .record = record, .report = asked->report};
    if (!asked->is_table) {
        printing.json = (json_writer_t){out, false};
        return (asked->report != NULL ? put_report : put_whole)(&printing);
    }
    printing.csv = csv_begin(out);
    return (asked->report != NULL ? table_report : table_whole)(&printing);
}

void office_report_period(const registry_programme_t *programme, date_t today, date_t *from,
                          date_t *to)
{
    *from = programme->from;
    *to = date_before(today, programme->to) ? today : programme->to;
}
