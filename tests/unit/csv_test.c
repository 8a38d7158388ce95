/* Tables as spreadsheets save them: what is read, what is refused and where, what is written. */
#include "csv/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const csv_limits_t limits = {5, 4, 40};
static arena_t *arena;

static csv_table_t read_bytes(span_t text)
{
    csv_table_t table;
    assert_true(csv_read(&table, text, limits, arena));
    return table;
}

static csv_table_t read_text(const char *text)
{
    return read_bytes(span_of(text));
}

static void expect(const csv_table_t *table, size_t row, size_t field, const char *text)
{
    assert_true(row < table->count && field < table->rows[row].count);
    span_t found = table->rows[row].fields[field];
    assert_int_equal(found.len, strlen(text));
    assert_memory_equal(found.len > 0 ? found.at : "", text, found.len);
}

static void fields_and_lines(void **state)
{
    (void)state;
    const char *const same[] = {"a;b\n1;2\n", "a;b\r\n1;2\r\n", "a;b\n1;2",
                                "\357\273\277a;b\r\n1;2", "\n;\na;b\n;;;\n\"1\";2\n\n"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        csv_table_t table = read_text(same[i]);
        assert_int_equal(table.fault_count, 0);
        assert_int_equal(table.count, 2);
        expect(&table, 0, 0, "a");
        expect(&table, 0, 1, "b");
        expect(&table, 1, 0, "1");
        expect(&table, 1, 1, "2");
    }
    csv_table_t table = read_text(same[4]);
    assert_int_equal(table.rows[0].line, 3);
    assert_int_equal(table.rows[1].line, 5);
}

static void quotes(void **state)
{
    (void)state;
    csv_table_t table = read_text("\"a;\"\"b\"\"\";\"two\r\nlines\"\n\"\";\"\"\"\"\nc; \"");
    assert_int_equal(table.count, 3);
    expect(&table, 0, 0, "a;\"b\"");
    expect(&table, 0, 1, "two\r\nlines");
    expect(&table, 1, 0, "");
    expect(&table, 1, 1, "\"");
    assert_int_equal(table.rows[1].line, 3);
    assert_int_equal(table.fault_count, 1);
    assert_int_equal(table.faults[0].code, CSV_QUOTE_INSIDE);
}

static void nothing_is_a_table_without_rows(void **state)
{
    (void)state;
    const char *const empty[] = {"", "\xef\xbb\xbf", "\n\n\r\n", ";;;\n;"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        csv_table_t table = read_text(empty[i]);
        assert_int_equal(table.count, 0);
        assert_int_equal(table.fault_count, 0);
    }
}

static void every_mistake_has_its_place(void **state)
{
    (void)state;
    static const struct {
        span_t text;
        csv_fault_code_t code;
        int line;
        size_t column;
    } cases[] = {
        {{"a;b\n1;\xc5\n", 8}, CSV_NOT_UTF8, 2, 0},
        {{"\377\376a\0", 4}, CSV_NOT_UTF8, 1, 0},
        {{"a;b\n1;x\0y\n", 10}, CSV_CONTROL, 2, 1},
        {{"a;b\n\"x\0\";2\n", 11}, CSV_CONTROL, 2, 0},
        {{"a;b\r1;2\n", 8}, CSV_CONTROL, 1, 1},
        {{"a;b\n1;\"x\ny;z\n", 13}, CSV_QUOTE_OPEN, 2, 1},
        {{"a;b\n1;\"", 7}, CSV_QUOTE_OPEN, 2, 1},
        {{"a;b\n1;x\"y\n", 10}, CSV_QUOTE_INSIDE, 2, 1},
        {{"a;b\n\"x\"y;2\n", 11}, CSV_AFTER_QUOTE, 2, 0},
        {{"a;b\n1;2;3;4;5;6\n", 16}, CSV_COLUMNS_MANY, 2, 4},
        {{"1\n2\n3\n4\n5\n6\n7\n", 14}, CSV_ROWS_MANY, 6, 0},
        {{"a\n01234567890123456789012345678901234567890\n", 44}, CSV_FIELD_LONG, 2, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        csv_table_t table = read_bytes(cases[i].text);
        assert_int_equal(table.fault_count, 1);
        assert_int_equal(table.faults[0].code, cases[i].code);
        assert_int_equal(table.faults[0].line, cases[i].line);
        assert_int_equal(table.faults[0].column, cases[i].column);
    }
}

static void mistakes_are_told_all_at_once(void **state)
{
    (void)state;
    csv_table_t table = read_text("a;b\nx\"y;\"1\"2\n3;4\n\"z\"q;5\n");
    assert_int_equal(table.fault_count, 3);
    assert_int_equal(table.count, 4);
    expect(&table, 2, 1, "4");
    char many[1200];
    for (size_t i = 0; i < sizeof many; i++) {
        many[i] = "a\";"[i % 3];
    }
    table = read_bytes((span_t){many, sizeof many});
    assert_int_equal(table.fault_count, CSV_FAULTS_MAX);
}

static void a_huge_field_costs_no_more_than_its_bytes(void **state)
{
    (void)state;
    size_t len = 1 << 20;
    char *text = malloc(len);
    assert_non_null(text);
    memset(text, '"', len);
    text[len - 1] = '\n'; /* an odd number of quotes: the field is never closed */
    csv_table_t table = read_bytes((span_t){text, len});
    assert_true(table.fault_count >= 1);
    assert_int_equal(table.faults[0].code, CSV_QUOTE_OPEN);
    free(text);
}

static void what_is_written_opens_as_it_is(void **state)
{
    (void)state;
    buf_t buf = {0};
    csv_writer_t writer = csv_begin(&buf);
    date_t day;
    assert_true(date_parse(SPAN("2024-02-29"), &day));
    csv_text(&writer, SPAN("Złota; \"Rączka\""));
    csv_int(&writer, -7);
    csv_thousandths(&writer, 1500);
    csv_thousandths(&writer, -2005);
    csv_thousandths(&writer, 3000);
    csv_end_row(&writer);
    csv_money(&writer, 123450);
    csv_money(&writer, -5);
    csv_date(&writer, day);
    csv_date(&writer, DATE_NONE);
    csv_text(&writer, SPAN("zwykły"));
    csv_end_row(&writer);
    span_t expected = SPAN("\xef\xbb\xbf\"Złota; \"\"Rączka\"\"\";-7;1,5;-2,005;3\r\n"
                           "1234,50;-0,05;2024-02-29;;zwykły\r\n");
    assert_int_equal(buf.len, expected.len);
    assert_memory_equal(buf.at, expected.at, expected.len);
    buf_free(&buf);
}

static void no_text_becomes_a_formula(void **state)
{
    (void)state;
    const char *const bad[] = {"=1+1", "+48 94", "-2", "@SUM(A1)", "\t=1", "\r=1", "=\"a;b\""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_true(csv_is_formula(span_of(bad[i])));
        buf_t buf = {0};
        csv_writer_t writer = csv_begin(&buf);
        csv_text(&writer, span_of(bad[i]));
        span_t written = span_from(buf_span(&buf), 3);
        assert_true(span_starts(written, SPAN("'")) || span_starts(written, SPAN("\"'")));
        buf_free(&buf);
    }
    assert_false(csv_is_formula(SPAN("a=1")));
    assert_false(csv_is_formula(SPAN("")));
}

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new(4096);
    return arena == NULL;
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_lines),
        cmocka_unit_test(quotes),
        cmocka_unit_test(nothing_is_a_table_without_rows),
        cmocka_unit_test(every_mistake_has_its_place),
        cmocka_unit_test(mistakes_are_told_all_at_once),
        cmocka_unit_test(a_huge_field_costs_no_more_than_its_bytes),
        cmocka_unit_test(what_is_written_opens_as_it_is),
        cmocka_unit_test(no_text_becomes_a_formula),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
