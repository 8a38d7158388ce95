#include "base/utf8.h"
#include "csv/csv.h"

#define SEPARATOR ';'
#define MARK "\xef\xbb\xbf"

typedef struct {
    const char *at, *end;
    int line;
    size_t column;
    span_t *fields; /* of the row being read */
    csv_limits_t limits;
    csv_table_t *table;
    arena_t *arena;
    bool stopped, no_memory;
} scan_t;

static void fault(scan_t *scan, csv_fault_code_t code, int line)
{
    csv_table_t *table = scan->table;
    if (table->fault_count < CSV_FAULTS_MAX) {
        table->faults[table->fault_count++] = (csv_fault_t){code, line, scan->column};
    }
}

static bool line_ends(const scan_t *scan)
{
    return *scan->at == '\n' ||
           (*scan->at == '\r' && scan->at + 1 < scan->end && scan->at[1] == '\n');
}

static bool field_ends(const scan_t *scan)
{
    return scan->at == scan->end || *scan->at == SEPARATOR || line_ends(scan);
}

static bool is_control(char byte)
{
    return ((unsigned char)byte < 0x20 && byte != '\t') || byte == 0x7f;
}

/* A field without quotes, or what stands behind a closing one. */
static span_t scan_bare(scan_t *scan)
{
    span_t field = {scan->at, 0};
    bool quote = false, control = false;
    for (; !field_ends(scan); scan->at++) {
        quote = quote || *scan->at == '"';
        control = control || is_control(*scan->at);
    }
    field.len = (size_t)(scan->at - field.at);
    if (quote) {
        fault(scan, CSV_QUOTE_INSIDE, scan->line);
    }
    if (control) {
        fault(scan, CSV_CONTROL, scan->line);
    }
    return field;
}

/* Without the doubled quotes, of which there are `doubled`. */
static span_t undouble(scan_t *scan, span_t field, size_t doubled)
{
    char *copy = doubled == 0 ? NULL : arena_array(scan->arena, field.len, 1);
    if (doubled == 0 || copy == NULL) {
        scan->no_memory = scan->no_memory || doubled > 0;
        return field;
    }
    size_t len = 0;
    for (size_t i = 0; i < field.len; i++) {
        copy[len++] = field.at[i];
        i += field.at[i] == '"' ? 1 : 0;
    }
    return (span_t){copy, len};
}

static span_t scan_quoted(scan_t *scan)
{
    int began = scan->line;
    size_t doubled = 0;
    bool control = false;
    span_t field = {++scan->at, 0};
    for (; scan->at < scan->end; scan->at++) {
        char byte = *scan->at;
        if (byte == '"' && (scan->at + 1 == scan->end || scan->at[1] != '"')) {
            break;
        }
        if (byte == '"') {
            doubled++;
            scan->at++;
        } else if (byte == '\n') {
            scan->line++;
        } else {
            control = control || (is_control(byte) && !line_ends(scan));
        }
    }
    field.len = (size_t)(scan->at - field.at);
    if (scan->at == scan->end) {
        fault(scan, CSV_QUOTE_OPEN, began);
        scan->stopped = true;
    } else {
        scan->at++;
    }
    if (control) {
        fault(scan, CSV_CONTROL, began);
    }
    if (!field_ends(scan)) {
        fault(scan, CSV_AFTER_QUOTE, scan->line);
        while (!field_ends(scan)) {
            scan->at++;
        }
    }
    return undouble(scan, field, doubled);
}

static void scan_field(scan_t *scan)
{
    int began = scan->line;
    span_t field = scan->at < scan->end && *scan->at == '"' ? scan_quoted(scan) : scan_bare(scan);
    if (field.len > scan->limits.field_bytes) {
        fault(scan, CSV_FIELD_LONG, began);
        field = SPAN_NONE;
    }
    if (scan->column < scan->limits.columns) {
        scan->fields[scan->column] = field;
    } else if (scan->column == scan->limits.columns) {
        fault(scan, CSV_COLUMNS_MANY, began);
    }
}

/* Keeps the row, unless nothing is in it. */
static void keep_row(scan_t *scan, size_t count, int line)
{
    csv_table_t *table = scan->table;
    bool empty = true;
    for (size_t i = 0; i < count; i++) {
        empty = empty && span_trim(scan->fields[i]).len == 0;
    }
    if (empty) {
        return;
    }
    if (table->count == scan->limits.rows) {
        scan->column = 0;
        fault(scan, CSV_ROWS_MANY, line);
        scan->stopped = true;
        return;
    }
    span_t *fields = arena_array(scan->arena, count, sizeof *fields);
    scan->no_memory = scan->no_memory || fields == NULL;
    if (fields != NULL) {
        memcpy(fields, scan->fields, count * sizeof *fields);
        table->rows[table->count++] = (csv_row_t){fields, count, line};
    }
}

static void scan_row(scan_t *scan)
{
    int line = scan->line;
    scan->column = 0;
    scan_field(scan);
    while (!scan->stopped && scan->at < scan->end && *scan->at == SEPARATOR) {
        scan->at++;
        scan->column++;
        scan_field(scan);
    }
    size_t count = scan->column + 1;
    keep_row(scan, count < scan->limits.columns ? count : scan->limits.columns, line);
    if (scan->at < scan->end && !scan->stopped) {
        scan->at += *scan->at == '\r' ? 2 : 1;
        scan->line++;
    }
}

/* False, with the fault, at the first byte that is no UTF-8. */
static bool is_utf8(scan_t *scan)
{
    const uint8_t *at = (const uint8_t *)scan->at, *end = (const uint8_t *)scan->end;
    int line = 1;
    bool well = true;
    while (at < end && well) {
        line += *at == '\n' ? 1 : 0;
        at += *at < 0x80 ? 1 : utf8_sequence(at, end, &well);
    }
    if (!well) {
        fault(scan, CSV_NOT_UTF8, line);
    }
    return well;
}

static size_t row_bound(span_t text, size_t most)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.len && lines < most; i++) {
        lines += text.at[i] == '\n' ? 1 : 0;
    }
    return lines;
}

bool csv_read(csv_table_t *table, span_t text, csv_limits_t limits, arena_t *arena)
{
    *table = (csv_table_t){.faults = arena_array(arena, CSV_FAULTS_MAX, sizeof(csv_fault_t))};
    text = span_from(text, span_starts(text, SPAN(MARK)) ? sizeof(MARK) - 1 : 0);
    table->rows = arena_array(arena, row_bound(text, limits.rows), sizeof *table->rows);
    scan_t scan = {.at = text.at,
                   .end = text.len > 0 ? text.at + text.len : text.at,
                   .line = 1,
                   .fields = arena_array(arena, limits.columns, sizeof(span_t)),
                   .limits = limits,
                   .table = table,
                   .arena = arena};
    if (table->faults == NULL || table->rows == NULL || scan.fields == NULL) {
        return false;
    }
    scan.stopped = !is_utf8(&scan);
    while (scan.at < scan.end && !scan.stopped && !scan.no_memory) {
        scan_row(&scan);
    }
    return !scan.no_memory;
}
