/* Tables as a spreadsheet saves them: CSV with semicolons, in UTF-8. Reading is strict and tells
 * every mistake with its line and column; writing gives what a Polish spreadsheet opens as it is.
 *
 * Words: a row is a list of fields; a field that begins with a quote ends with one, and a quote in
 * it stands twice. A line ends with LF or CR LF. A byte-order mark at the beginning is passed over.
 */
#ifndef OKIENKO_CSV_CSV_H
#define OKIENKO_CSV_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"

/* ---- reading --------------------------------------------------------------------------------- */

typedef enum {
    CSV_NOT_UTF8,     /* nothing of the text is read */
    CSV_CONTROL,      /* NUL, a lone CR, another control character; a tab may stand */
    CSV_QUOTE_OPEN,   /* a quoted field without an end; nothing behind it is read */
    CSV_QUOTE_INSIDE, /* a quote in a field that does not begin with one */
    CSV_AFTER_QUOTE,  /* something between the closing quote and the end of the field */
    CSV_FIELD_LONG,
    CSV_COLUMNS_MANY, /* what is too much of the row is passed over */
    CSV_ROWS_MANY,    /* nothing behind is read */
} csv_fault_code_t;

typedef struct {
    csv_fault_code_t code;
    int line;      /* of the text, from 1 */
    size_t column; /* of the table, from 0 */
} csv_fault_t;

typedef struct {
    const span_t *fields; /* into the text, or into the arena where quotes were doubled */
    size_t count;
    int line; /* on which it begins */
} csv_row_t;

typedef struct {
    size_t rows, columns, field_bytes;
} csv_limits_t;

#define CSV_FAULTS_MAX 100

typedef struct {
    csv_row_t *rows; /* those with nothing but spaces in their fields are left out */
    size_t count;
    csv_fault_t *faults; /* the first CSV_FAULTS_MAX of them, by place */
    size_t fault_count;
} csv_table_t;

/* Reads the whole text, which must outlive the table. False without memory. A field with a mistake
 * is there with what could be made of it. */
bool csv_read(csv_table_t *table, span_t text, csv_limits_t limits, arena_t *arena);

/* True for what a spreadsheet would reckon instead of show: "=", "+", "-", "@", a tab or CR first.
 */
bool csv_is_formula(span_t text);

/* ---- writing --------------------------------------------------------------------------------- */

typedef struct {
    buf_t *buf; /* the caller's; its `failed` tells that memory ran out */
    bool inside;
} csv_writer_t;

/* Writes the byte-order mark, without which a spreadsheet takes UTF-8 for something else. */
csv_writer_t csv_begin(buf_t *buf);

/* A text. One that would be a formula gets an apostrophe in front, which spreadsheets show or hide
 * but never reckon with. */
void csv_text(csv_writer_t *writer, span_t text);
void csv_int(csv_writer_t *writer, int64_t number);
/* With a decimal comma: 1500 is "1,5"; 2500 grosze are "25,00". */
void csv_thousandths(csv_writer_t *writer, int64_t thousandths);
void csv_money(csv_writer_t *writer, int64_t grosze);
void csv_date(csv_writer_t *writer, date_t date); /* empty for none and never */
void csv_end_row(csv_writer_t *writer);           /* CR LF, as RFC 4180 has it */

#endif
