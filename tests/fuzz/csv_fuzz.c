/* Any bytes at all: mistakes lie within the text, rows within the limits, and what was read,
 * written again, reads back the same. */
#include "csv/csv.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const csv_limits_t limits = {50, 8, 100};

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check(const csv_table_t *table, span_t text)
{
    int lines = 1;
    for (size_t i = 0; i < text.len; i++) {
        lines += text.at[i] == '\n';
    }
    require(table->count <= limits.rows && table->fault_count <= CSV_FAULTS_MAX);
    for (size_t i = 0; i < table->fault_count; i++) {
        require(table->faults[i].line >= 1 && table->faults[i].line <= lines);
    }
    for (size_t i = 0; i < table->count; i++) {
        const csv_row_t *row = &table->rows[i];
        require(row->count <= limits.columns && row->line >= 1 && row->line <= lines);
        require(i == 0 || row->line > table->rows[i - 1].line);
        for (size_t k = 0; k < row->count; k++) {
            require(row->fields[k].len <= limits.field_bytes);
        }
    }
}

/* A table without mistakes, unless a text would grow by the apostrophe that guards it. */
static void write_and_read(const csv_table_t *table, arena_t *arena)
{
    buf_t buf = {0};
    csv_writer_t writer = csv_begin(&buf);
    bool guarded = false;
    for (size_t i = 0; i < table->count; i++) {
        for (size_t k = 0; k < table->rows[i].count; k++) {
            guarded = guarded || csv_is_formula(table->rows[i].fields[k]);
            csv_text(&writer, table->rows[i].fields[k]);
        }
        csv_end_row(&writer);
    }
    csv_table_t again;
    require(!buf.failed && csv_read(&again, buf_span(&buf), limits, arena));
    require(guarded || (again.fault_count == 0 && again.count == table->count));
    for (size_t i = 0; i < again.count && !guarded; i++) {
        require(again.rows[i].count == table->rows[i].count);
        for (size_t k = 0; k < again.rows[i].count; k++) {
            require(span_equal(again.rows[i].fields[k], table->rows[i].fields[k]));
        }
    }
    buf_free(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    span_t text = {(const char *)data, size};
    arena_t *arena = arena_new(4096);
    csv_table_t table;
    require(arena != NULL && csv_read(&table, text, limits, arena));
    check(&table, text);
    if (table.fault_count == 0) {
        write_and_read(&table, arena);
    }
    arena_free(arena);
    return 0;
}
