#include "table.h"

typedef struct {
    store_work_t work;
    table_t *table;
    date_t from, to;
} reading_t;

static bool keep_line(void *of, const store_cell_t *cells)
{
    table_t *table = of;
    if (table->count == table->cap) {
        table->cap = table->cap * 2 + 16;
        table->lines = realloc(table->lines, table->cap * sizeof *table->lines);
        assert_non_null(table->lines);
    }
    line_t *line = &table->lines[table->count++];
    *line = (line_t){.has_name = cells[0].name != NULL};
    for (size_t i = 0; i < table->report->column_count; i++) {
        line->numbers[i] = cells[i].number;
        line->is_null[i] = cells[i].is_null;
        if (i < 2 && cells[i].text.at != NULL) {
            snprintf(line->ids[i], sizeof line->ids[i], "%.*s", SPAN_ARGS(cells[i].text));
        }
    }
    return true;
}

static bool run_reading(store_work_t *work, ipus_record_t *record)
{
    reading_t *reading = (reading_t *)work;
    return store_report(record, reading->table->report, made.programme, reading->from, reading->to,
                        keep_line, reading->table) == IPUS_FINE;
}

table_t table_read(const char *report, const char *from, const char *to)
{
    table_t table = {.report = store_report_named(span_of(report))};
    assert_non_null(table.report);
    reading_t reading = {
        .work.run = run_reading, .table = &table, .from = made_day(from), .to = made_day(to)};
    assert_int_equal(store_run(made.store, &reading.work, false), STORE_DONE);
    return table;
}

void table_free(table_t *table)
{
    free(table->lines);
    *table = (table_t){0};
}

static size_t column_of(const table_t *table, const char *name)
{
    for (size_t i = 0; i < table->report->column_count; i++) {
        if (strcmp(table->report->columns[i].name, name) == 0) {
            return i;
        }
    }
    fail_msg("no column %s", name);
    return 0;
}

const line_t *table_line(const table_t *table, const char *first, const char *second)
{
    for (size_t i = 0; i < table->count; i++) {
        const line_t *line = &table->lines[i];
        if (strcmp(line->ids[0], first) == 0 &&
            (second == NULL || strcmp(line->ids[1], second) == 0)) {
            return line;
        }
    }
    return NULL;
}

int64_t table_at(const table_t *table, const char *first, const char *second, const char *column)
{
    const line_t *line = table_line(table, first, second);
    size_t place = column_of(table, column);
    if (line == NULL || line->is_null[place]) {
        fail_msg("%s: no %s of %s", table->report->name, column, first);
    }
    return line->numbers[place];
}

int64_t table_sum(const table_t *table, const char *column)
{
    size_t place = column_of(table, column);
    int64_t sum = 0;
    for (size_t i = 0; i < table->count; i++) {
        sum += table->lines[i].numbers[place];
    }
    return sum;
}

bool table_equal(const table_t *a, const table_t *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        const line_t *left = &a->lines[i], *right = &b->lines[i];
        for (size_t j = 0; j < a->report->column_count; j++) {
            if (left->numbers[j] != right->numbers[j] || left->is_null[j] != right->is_null[j]) {
                return false;
            }
        }
        if (strcmp(left->ids[0], right->ids[0]) != 0 || strcmp(left->ids[1], right->ids[1]) != 0) {
            return false;
        }
    }
    return true;
}

void table_print(const table_t *table)
{
    printf("%s:\n", table->report->name);
    for (size_t i = 0; i < table->count; i++) {
        printf("  %s %s", table->lines[i].ids[0], table->lines[i].ids[1]);
        for (size_t j = 0; j < table->report->column_count; j++) {
            if (table->report->columns[j].type >= STORE_COUNT) {
                printf(table->lines[i].is_null[j] ? " -" : " %lld",
                       (long long)table->lines[i].numbers[j]);
            }
        }
        printf("\n");
    }
}
