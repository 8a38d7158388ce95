#include "csv/csv.h"

bool csv_is_formula(span_t text)
{
    return text.len > 0 && memchr("=+-@\t\r", text.at[0], 6) != NULL;
}

csv_writer_t csv_begin(buf_t *buf)
{
    buf_literal(buf, "\xef\xbb\xbf");
    return (csv_writer_t){buf, false};
}

static buf_t *next(csv_writer_t *writer)
{
    if (writer->inside) {
        buf_byte(writer->buf, ';');
    }
    writer->inside = true;
    return writer->buf;
}

/* Spaces at an end are quoted too: some readers drop them otherwise. */
static bool needs_quotes(span_t text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (memchr(";\"\n\r\t", text.at[i], 5) != NULL) {
            return true;
        }
    }
    return text.len != span_trim(text).len;
}

void csv_text(csv_writer_t *writer, span_t text)
{
    buf_t *buf = next(writer);
    bool quotes = needs_quotes(text);
    buf_add(buf, quotes ? SPAN("\"") : SPAN(""));
    buf_add(buf, csv_is_formula(text) ? SPAN("'") : SPAN(""));
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') {
            buf_byte(buf, '"');
        }
        buf_byte(buf, text.at[i]);
    }
    buf_add(buf, quotes ? SPAN("\"") : SPAN(""));
}

void csv_int(csv_writer_t *writer, int64_t number)
{
    buf_int(next(writer), number);
}

/* `digits` behind the comma; those that are zero at the end stand only when `all` do. */
static void decimal(buf_t *buf, int64_t number, int digits, bool all)
{
    uint64_t whole = number < 0 ? 0 - (uint64_t)number : (uint64_t)number, scale = 1;
    for (int i = 0; i < digits; i++) {
        scale *= 10;
    }
    buf_print(buf, "%s%llu", number < 0 ? "-" : "", (unsigned long long)(whole / scale));
    uint64_t rest = whole % scale;
    if (rest == 0 && !all) {
        return;
    }
    while (!all && rest % 10 == 0) {
        rest /= 10;
        digits--;
    }
    buf_print(buf, ",%0*llu", digits, (unsigned long long)rest);
}

void csv_thousandths(csv_writer_t *writer, int64_t thousandths)
{
    decimal(next(writer), thousandths, 3, false);
}

void csv_money(csv_writer_t *writer, int64_t grosze)
{
    decimal(next(writer), grosze, 2, true);
}

void csv_date(csv_writer_t *writer, date_t date)
{
    buf_t *buf = next(writer);
    if (!date_is_none(date) && !date_equal(date, DATE_NEVER)) {
        char text[DATE_TEXT_LEN + 1];
        date_text(date, text);
        buf_add(buf, span_of(text));
    }
}

void csv_end_row(csv_writer_t *writer)
{
    buf_literal(writer->buf, "\r\n");
    writer->inside = false;
}
