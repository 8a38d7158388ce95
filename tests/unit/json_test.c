/* The strict reader against texts of every kind with the verdict and the place each deserves, and
 * the writer against the reader. */
#include "base/buf.h"
#include "json/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])
#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }
#define EXACT_MAX INT64_C(9007199254740991) /* 2^53-1 */

typedef struct {
    span_t text;
    json_code_t code;
} verdict_t;

static const verdict_t verdicts[] = {
#include "json_verdicts.def"
};

static int new_reader(void **state)
{
    *state = json_reader_new();
    return *state == NULL;
}

static int free_reader(void **state)
{
    json_reader_free(*state);
    return 0;
}

/* Reads from memory of exactly that size, so that a sanitizer sees a byte too many. */
static const cJSON *read_copy(json_reader_t *reader, span_t text, json_fault_t *fault)
{
    char *copy = malloc(text.len + (text.len == 0));
    assert_non_null(copy);
    memcpy(copy, text.at, text.len);
    const cJSON *root = json_read(reader, (span_t){copy, text.len}, fault);
    free(copy);
    return root;
}

static void assert_verdict(json_reader_t *reader, span_t text, json_code_t code)
{
    json_fault_t fault = {.code = JSON_NO_MEMORY};
    const cJSON *root = read_copy(reader, text, &fault);
    if (fault.code != code || (root != NULL) != (code == JSON_OK)) {
        fail_msg("\"%.*s\" gives %d, not %d", SPAN_ARGS(text), (int)fault.code, (int)code);
    }
    assert_true(fault.offset <= text.len);
}

static void texts_get_their_verdict(void **state)
{
    for (size_t i = 0; i < COUNT(verdicts); i++) {
        assert_verdict(*state, verdicts[i].text, verdicts[i].code);
    }
    assert_verdict(*state, SPAN(""), JSON_EMPTY);
    json_fault_t fault;
    assert_null(json_read(*state, SPAN_NONE, &fault));
    assert_int_equal(fault.code, JSON_EMPTY);
    print_message("%zu texts\n", COUNT(verdicts));
}

/* No beginning of a good object is good itself, nor reads past its end. */
static void a_cut_text_is_refused(void **state)
{
    span_t whole =
        SPAN("{\"a\\u0061\\ud83d\\ude00\":[-1.5e+10,true,false,null,\"\xc5\x82\xf0\x9f\x98"
             "\x80\\n\"],\"b\":{\"c\":12}}");
    assert_verdict(*state, whole, JSON_OK);
    for (size_t len = 0; len < whole.len; len++) {
        json_fault_t fault;
        assert_null(read_copy(*state, (span_t){whole.at, len}, &fault));
        assert_int_not_equal(fault.code, JSON_OK);
        assert_int_not_equal(fault.code, JSON_TRAILING);
        assert_true(fault.offset <= len);
    }
}

/* Each kind of special byte at each place of the eight that are looked at together. */
static void strings_are_looked_at_byte_by_byte(void **state)
{
    const struct {
        char byte;
        json_code_t code;
    } rows[] = {{'\x01', JSON_CONTROL},  {'\x1f', JSON_CONTROL}, {'\x80', JSON_NOT_UTF8},
                {'\xff', JSON_NOT_UTF8}, {'"', JSON_TRAILING},   {' ', JSON_OK},
                {'!', JSON_OK},          {'#', JSON_OK},         {'[', JSON_OK},
                {'\\', JSON_BAD_ESCAPE}, {']', JSON_OK},         {'\x7f', JSON_OK},
                {'\0', JSON_CONTROL}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t at = 1; at <= 20; at++) {
            char text[] = "\"zzzzzzzzzzzzzzzzzzzzz\"";
            text[at] = rows[i].byte;
            json_fault_t fault;
            read_copy(*state, (span_t){text, sizeof text - 1}, &fault);
            assert_int_equal(fault.code, rows[i].code);
            size_t place = rows[i].code == JSON_OK         ? 0
                           : rows[i].code == JSON_TRAILING ? at + 1
                                                           : at;
            assert_int_equal(fault.offset, place);
        }
    }
}

static void faults_have_their_place(void **state)
{
    const struct {
        span_t text;
        json_code_t code;
        size_t offset;
        unsigned line, column;
    } rows[] = {
        {SPAN(""), JSON_EMPTY, 0, 1, 1},
        {SPAN(" \n "), JSON_EMPTY, 3, 2, 2},
        {SPAN("\xef\xbb\xbf{}"), JSON_SYNTAX, 0, 1, 1},
        {SPAN("{\n  \"a\": 1,\n  b\n}"), JSON_SYNTAX, 14, 3, 3},
        {SPAN("[1,\n2,\n]"), JSON_SYNTAX, 7, 3, 1},
        {SPAN("[1,\r\n2 3]"), JSON_SYNTAX, 7, 2, 3},
        {SPAN("[tru]"), JSON_SYNTAX, 4, 1, 5},
        {SPAN("[1"), JSON_SYNTAX, 2, 1, 3},
        {SPAN("\"ab"), JSON_SYNTAX, 3, 1, 4},
        {SPAN("[01]"), JSON_SYNTAX, 2, 1, 3},
        {SPAN("[-x]"), JSON_SYNTAX, 2, 1, 3},
        {SPAN("[1.x]"), JSON_SYNTAX, 3, 1, 4},
        {SPAN("[1e-x]"), JSON_SYNTAX, 4, 1, 5},
        {SPAN("[0,1e400]"), JSON_NUMBER, 3, 1, 4},
        {SPAN("[\n-9007199254740992]"), JSON_NUMBER, 2, 2, 1},
        {SPAN("[\"ab\xc5\"]"), JSON_NOT_UTF8, 4, 1, 5},
        {SPAN("[\"\xc5\x82\xf0\x9f\x98\"]"), JSON_NOT_UTF8, 4, 1, 5},
        {SPAN("{\"a\\q\":1}"), JSON_BAD_ESCAPE, 3, 1, 4},
        {SPAN("\"\\ud83d\\ude00\\udc00\""), JSON_NO_CHARACTER, 13, 1, 14},
        {SPAN("\"\\ud83d\\u0041\""), JSON_NO_CHARACTER, 1, 1, 2},
        {SPAN("[\"a\nb\"]"), JSON_CONTROL, 3, 1, 4},
        {SPAN("{}\n\n x"), JSON_TRAILING, 5, 3, 2},
        {SPAN("{\"a\":1,\n \"b\":2,\n \"a\":3, \"b\":4}"), JSON_DUPLICATE_KEY, 17, 3, 2},
        {SPAN("{\"a\":1,\"b\":[{\"c\":1,\n\"\\u0063\":2}],\"a\":3}"), JSON_DUPLICATE_KEY, 20, 2, 1},
        {SPAN("{\"a\":1,\"a\":2,}"), JSON_SYNTAX, 13, 1, 14},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_fault_t fault;
        assert_null(read_copy(*state, rows[i].text, &fault));
        assert_int_equal(fault.code, rows[i].code);
        assert_int_equal(fault.offset, rows[i].offset);
        assert_int_equal(fault.line, rows[i].line);
        assert_int_equal(fault.column, rows[i].column);
    }
}

static void fill(buf_t *buf, span_t piece, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        buf_add(buf, piece);
    }
}

static void depth_is_bounded(void **state)
{
    buf_t buf = {0};
    json_fault_t fault;
    fill(&buf, SPAN("["), JSON_DEPTH_MAX);
    fill(&buf, SPAN("]"), JSON_DEPTH_MAX);
    assert_verdict(*state, buf_span(&buf), JSON_OK);
    buf_clear(&buf);
    fill(&buf, SPAN("["), 1000000);
    assert_null(read_copy(*state, buf_span(&buf), &fault));
    assert_int_equal(fault.code, JSON_TOO_DEEP);
    assert_int_equal(fault.offset, JSON_DEPTH_MAX);
    buf_clear(&buf);
    fill(&buf, SPAN("{\"a\":"), JSON_DEPTH_MAX);
    buf_literal(&buf, "0");
    fill(&buf, SPAN("}"), JSON_DEPTH_MAX);
    assert_verdict(*state, buf_span(&buf), JSON_OK);
    buf_clear(&buf);
    fill(&buf, SPAN("{\"a\":"), JSON_DEPTH_MAX);
    buf_literal(&buf, "[]");
    fill(&buf, SPAN("}"), JSON_DEPTH_MAX);
    assert_verdict(*state, buf_span(&buf), JSON_TOO_DEEP);
    /* Depth is how deep, not how often. */
    buf_clear(&buf);
    fill(&buf, SPAN("[[[],"), 10);
    buf_literal(&buf, "0");
    fill(&buf, SPAN("],{}]"), 10);
    assert_verdict(*state, buf_span(&buf), JSON_OK);
    buf_free(&buf);
}

/* `{"k0":0,…}`; the name at `again`, if it is one, is that of `original`. */
static void add_members(buf_t *buf, unsigned count, unsigned again, unsigned original)
{
    for (unsigned i = 0; i < count; i++) {
        buf_print(buf, "%c\"k%u\":%u", i == 0 ? '{' : ',', i == again ? original : i, i);
    }
    buf_byte(buf, '}');
}

static void members_are_counted(void **state)
{
    buf_t buf = {0};
    add_members(&buf, JSON_KEYS_MAX, JSON_KEYS_MAX, 0);
    assert_verdict(*state, buf_span(&buf), JSON_OK);
    buf_clear(&buf);
    add_members(&buf, JSON_KEYS_MAX + 1, JSON_KEYS_MAX + 1, 0);
    assert_verdict(*state, buf_span(&buf), JSON_TOO_MANY_KEYS);
    /* Over all objects of the text, with the place of the first too many. */
    buf_clear(&buf);
    buf_byte(&buf, '[');
    fill(&buf, SPAN("{\"a\":0},\n"), JSON_KEYS_MAX);
    size_t place = buf.len + 1;
    buf_literal(&buf, "{\"a\":0}]");
    json_fault_t fault;
    assert_null(read_copy(*state, buf_span(&buf), &fault));
    assert_int_equal(fault.code, JSON_TOO_MANY_KEYS);
    assert_int_equal(fault.offset, place);
    assert_int_equal(fault.line, JSON_KEYS_MAX + 1);
    assert_int_equal(fault.column, 2);
    buf_free(&buf);
}

/* A body of the most bytes that HTTP takes, "[1,1,1…", would make a tree of 32 times its size. */
static void values_are_counted(void **state)
{
    buf_t buf = {0};
    buf_byte(&buf, '[');
    fill(&buf, SPAN("1,"), JSON_VALUES_MAX - 2);
    buf_literal(&buf, "1]");
    assert_verdict(*state, buf_span(&buf), JSON_OK);
    /* The first too many is told, in a list as in a member, and before what is wrong behind it. */
    buf_clear(&buf);
    buf_literal(&buf, "{\"a\":[");
    fill(&buf, SPAN("[],"), JSON_VALUES_MAX - 2);
    size_t place = buf.len;
    buf_literal(&buf, "1],\"b\":2,,");
    json_fault_t fault;
    assert_null(read_copy(*state, buf_span(&buf), &fault));
    assert_int_equal(fault.code, JSON_TOO_MANY_VALUES);
    assert_int_equal(fault.offset, place);
    buf_clear(&buf);
    buf_byte(&buf, '[');
    fill(&buf, SPAN("1,"), 500 * 1024);
    buf_literal(&buf, "1]");
    assert_verdict(*state, buf_span(&buf), JSON_TOO_MANY_VALUES);
    buf_free(&buf);
}

/* Few names and many are compared in different ways: both find the same one, wherever it stands. */
static void repeated_names_are_found_anywhere(void **state)
{
    buf_t buf = {0};
    for (unsigned count = 2; count < 80; count++) {
        for (unsigned again = 1; again < count; again += 1 + again / 3) {
            buf_clear(&buf);
            add_members(&buf, count, again, again / 2);
            char needle[16];
            int len = snprintf(needle, sizeof needle, "\"k%u\":%u,", again / 2, again);
            /* The last member has a brace behind it, so only its front is looked for. */
            const char *place = memmem(buf.at, buf.len, needle, (size_t)len - 1);
            json_fault_t fault;
            const cJSON *root = json_read(*state, buf_span(&buf), &fault);
            assert_null(root);
            assert_int_equal(fault.code, JSON_DUPLICATE_KEY);
            assert_int_equal(fault.offset, (size_t)(place - buf.at));
        }
    }
    buf_free(&buf);
}

/* Of two names that repeat, the fault is at the one whose repetition comes first in the text. */
static void the_first_repeated_name_is_named(void **state)
{
    buf_t buf = {0};
    for (unsigned others = 0; others < 60; others += 20) {
        buf_clear(&buf);
        buf_literal(&buf, "{\"z\":1,\"a\":1,");
        size_t place = buf.len;
        buf_literal(&buf, "\"z\":2,\"a\":2");
        for (unsigned i = 0; i < others; i++) {
            buf_print(&buf, ",\"k%u\":0", i);
        }
        buf_literal(&buf, ",\"a\":3,\"z\":3}");
        json_fault_t fault;
        assert_null(json_read(*state, buf_span(&buf), &fault));
        assert_int_equal(fault.code, JSON_DUPLICATE_KEY);
        assert_int_equal(fault.offset, place);
    }
    buf_free(&buf);
}

static void long_texts_are_read(void **state)
{
    buf_t buf = {0};
    const size_t length = 200000;
    json_fault_t fault;
    buf_byte(&buf, '"');
    fill(&buf, SPAN("\xc5\xbc\xc3\xb3\\u0142w"), length / 4);
    buf_byte(&buf, '"');
    const cJSON *root = json_read(*state, buf_span(&buf), &fault);
    assert_non_null(root);
    assert_int_equal(json_string(root).len, length / 4 * 7);
    buf_clear(&buf);
    buf_byte(&buf, '[');
    fill(&buf, SPAN("    1234567,\n        "), JSON_VALUES_MAX - 2);
    buf_literal(&buf, "1]");
    root = json_read(*state, buf_span(&buf), &fault);
    assert_non_null(root);
    assert_int_equal(cJSON_GetArraySize(root), JSON_VALUES_MAX - 1);
    buf_free(&buf);
}

static void members_are_looked_up(void **state)
{
    json_fault_t fault;
    const cJSON *root = json_read(*state,
                                  SPAN("{\"Name\":\"x\",\"name\":\"\\u0141\\ud83d\\ude00\","
                                       "\"n\":null,\"list\":[\"name\"]}"),
                                  &fault);
    assert_non_null(root);
    assert_int_equal(fault.code, JSON_OK);
    assert_true(span_equal(json_string(json_member(root, "name")), SPAN("Ł\U0001f600")));
    assert_true(span_equal(json_string(json_member(root, "Name")), SPAN("x")));
    assert_null(json_member(root, "NAME"));
    assert_null(json_string(json_member(root, "n")).at);
    assert_null(json_string(NULL).at);
    assert_null(json_member(json_member(root, "list"), "name"));
    assert_null(json_member(NULL, "name"));
}

static void integers_are_exact(void **state)
{
    const struct {
        span_t text;
        bool whole;
        int64_t number;
    } rows[] = {
        {SPAN("0"), true, 0},
        {SPAN("-0"), true, 0},
        {SPAN("2147483648"), true, INT64_C(2147483648)},
        {SPAN("9007199254740991"), true, EXACT_MAX},
        {SPAN("-9007199254740991"), true, -EXACT_MAX},
        {SPAN("1.0"), true, 1},
        {SPAN("12e2"), true, 1200},
        {SPAN("9007199254740992.0"), false, 0},
        {SPAN("-9007199254740992.0"), false, 0},
        {SPAN("1e300"), false, 0},
        {SPAN("0.5"), false, 0},
        {SPAN("-1.25"), false, 0},
        {SPAN("\"1\""), false, 0},
        {SPAN("true"), false, 0},
        {SPAN("null"), false, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_fault_t fault;
        int64_t number = 77;
        assert_int_equal(json_integer(json_read(*state, rows[i].text, &fault), &number),
                         rows[i].whole);
        assert_true(number == (rows[i].whole ? rows[i].number : 77));
    }
    int64_t number;
    assert_false(json_integer(NULL, &number));
}

/* A good text after a bad one or one that was given up halfway is read as if alone, and in the same
 * memory. */
static void a_reader_is_used_again(void **state)
{
    const char *const before[] = {"{\"a\":{\"b\":1,\"c\":", "{\"a\":1,\"a\":2}", "[[[[[[", "{}",
                                  ""};
    json_fault_t fault;
    const void *place = NULL;
    for (int round = 0; round < 300; round++) {
        for (size_t i = 0; i < COUNT(before); i++) {
            json_read(*state, span_of(before[i]), &fault);
            const cJSON *root =
                json_read(*state, SPAN("{\"\\u0061\":[1,2],\"b\":{\"c\":\"d\"}}"), &fault);
            assert_int_equal(fault.code, JSON_OK);
            assert_int_equal(cJSON_GetArraySize(json_member(root, "a")), 2);
            assert_string_equal(json_string(json_member(json_member(root, "b"), "c")).at, "d");
            assert_true(place == NULL || place == root);
            place = root;
        }
    }
}

static void assert_written(span_t text, const char *expected)
{
    buf_t buf = {0};
    json_add_text(&buf, text);
    assert_string_equal(buf_zero_terminated(&buf), expected);
    buf_free(&buf);
}

static void text_is_escaped(void **state)
{
    (void)state;
    assert_written(SPAN(""), "\"\"");
    assert_written(SPAN_NONE, "\"\"");
    assert_written(SPAN("Łódź, їжак, \U0001f600"), "\"Łódź, їжак, \U0001f600\"");
    assert_written(SPAN("\"\\/"), "\"\\\"\\\\/\"");
    assert_written(SPAN("\b\f\n\r\t\v\0\x1f\x7f"), "\"\\b\\f\\n\\r\\t\\u000b\\u0000\\u001f\x7f\"");
    assert_written(SPAN("</script>&"), "\"\\u003c/script\\u003e\\u0026\"");
    assert_written(SPAN("\u2027\u2028\u2029\u202a"), "\"\u2027\\u2028\\u2029\u202a\"");
    /* One U+FFFD for a sequence that begins well, one for each byte that cannot begin one. */
    assert_written(SPAN("a\xe2\x82z"), "\"a\ufffdz\"");
    assert_written(SPAN("\xf0\x9f\x98"), "\"\ufffd\"");
    assert_written(SPAN("\xc0\xaf"), "\"\ufffd\ufffd\"");
    assert_written(SPAN("\xed\xa0\x80"), "\"\ufffd\ufffd\ufffd\"");
    assert_written(SPAN("\xf4\x90\x80\x80"), "\"\ufffd\ufffd\ufffd\ufffd\"");
    assert_written(SPAN("\xff\xc5\xc5\x82"), "\"\ufffd\ufffdł\"");
}

static void items_get_their_commas(void **state)
{
    (void)state;
    buf_t buf = {0};
    json_writer_t writer = {.buf = &buf};
    json_object(&writer);
    json_name(&writer, "a\"b");
    json_array(&writer);
    json_int(&writer, 1);
    json_bool(&writer, true);
    json_array(&writer);
    json_array_end(&writer);
    json_object(&writer);
    json_object_end(&writer);
    json_null(&writer);
    json_array_end(&writer);
    json_name(&writer, "b");
    json_text(&writer, SPAN("<"));
    json_name(&writer, "c");
    json_raw(&writer, SPAN("[0]"));
    json_name(&writer, "d");
    json_bool(&writer, false);
    json_object_end(&writer);
    assert_string_equal(buf_zero_terminated(&buf),
                        "{\"a\\\"b\":[1,true,[],{},null],\"b\":\"\\u003c\",\"c\":[0],\"d\":false}");
    buf_free(&buf);
}

static void extreme_integers_are_written_whole(void **state)
{
    buf_t buf = {0};
    json_writer_t writer = {.buf = &buf};
    json_array(&writer);
    json_int(&writer, EXACT_MAX);
    json_int(&writer, -EXACT_MAX);
    json_array_end(&writer);
    json_fault_t fault;
    const cJSON *root = json_read(*state, buf_span(&buf), &fault);
    assert_non_null(root);
    int64_t number = 0;
    assert_true(json_integer(cJSON_GetArrayItem(root, 0), &number));
    assert_true(number == EXACT_MAX);
    assert_true(json_integer(cJSON_GetArrayItem(root, 1), &number));
    assert_true(number == -EXACT_MAX);
    buf_clear(&buf);
    writer = (json_writer_t){.buf = &buf};
    json_int(&writer, INT64_MIN);
    assert_string_equal(buf_zero_terminated(&buf), "-9223372036854775808");
    assert_verdict(*state, buf_span(&buf), JSON_NUMBER);
    buf_free(&buf);
}

/* The characters up to U+2FFF but U+0000, as text and as a name. */
static void what_is_written_is_read_back(void **state)
{
    buf_t buf = {0};
    json_fault_t fault;
    for (uint32_t point = 1; point < 0x3000; point++) {
        char text[4] = {(char)point}; /* a zero stays behind it */
        size_t len = 1;
        if (point >= 0x800) {
            text[0] = (char)(0xe0 | (point >> 12));
            text[1] = (char)(0x80 | ((point >> 6) & 0x3f));
            text[2] = (char)(0x80 | (point & 0x3f));
            len = 3;
        } else if (point >= 0x80) {
            text[0] = (char)(0xc0 | (point >> 6));
            text[1] = (char)(0x80 | (point & 0x3f));
            len = 2;
        }
        buf_clear(&buf);
        json_writer_t writer = {.buf = &buf};
        json_object(&writer);
        json_name(&writer, text);
        json_text(&writer, (span_t){text, len});
        json_object_end(&writer);
        const cJSON *root = json_read(*state, buf_span(&buf), &fault);
        assert_true(span_equal(json_string(json_member(root, text)), (span_t){text, len}));
    }
    buf_free(&buf);
}

static void every_fault_has_its_sentence(void **state)
{
    (void)state;
    for (int code = JSON_OK; code <= JSON_NO_MEMORY; code++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            span_t text = json_fault_text((json_code_t)code, (lang_t)lang);
            assert_true(text.len > 10 && text.at[text.len - 1] == '.');
            for (int other = 0; other < code; other++) {
                assert_false(span_equal(text, json_fault_text((json_code_t)other, (lang_t)lang)));
            }
        }
    }
    assert_string_equal(json_fault_text(JSON_EMPTY, LANG_EN).at, "The request body is empty.");
}

static int allocations_left;

static void *scarce_malloc(size_t size)
{
    return allocations_left-- > 0 ? malloc(size) : NULL;
}

/* Comes last: from here on cJSON takes its memory from the test,
 * so that each node can be refused. */
static void missing_memory_is_reported(void **state)
{
    cJSON_Hooks scarce = {.malloc_fn = scarce_malloc, .free_fn = free};
    cJSON_InitHooks(&scarce);
    span_t text = SPAN("{\"a\":[1,\"b\",{\"c\":null}],\"d\":true}");
    json_fault_t fault = {.code = JSON_OK};
    int given = 0;
    cJSON *root = NULL;
    for (; root == NULL; given++) {
        assert_true(given < 100);
        allocations_left = given;
        root = (cJSON *)json_read(*state, text, &fault);
        assert_int_equal(fault.code, root != NULL ? JSON_OK : JSON_NO_MEMORY);
        assert_int_equal(fault.line, 1);
    }
    cJSON_Delete(root);
    print_message("%d allocations refused in turn\n", given - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_get_their_verdict),
        cmocka_unit_test(a_cut_text_is_refused),
        cmocka_unit_test(strings_are_looked_at_byte_by_byte),
        cmocka_unit_test(faults_have_their_place),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(members_are_counted),
        cmocka_unit_test(values_are_counted),
        cmocka_unit_test(repeated_names_are_found_anywhere),
        cmocka_unit_test(the_first_repeated_name_is_named),
        cmocka_unit_test(long_texts_are_read),
        cmocka_unit_test(members_are_looked_up),
        cmocka_unit_test(integers_are_exact),
        cmocka_unit_test(a_reader_is_used_again),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(items_get_their_commas),
        cmocka_unit_test(extreme_integers_are_written_whole),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(every_fault_has_its_sentence),
        cmocka_unit_test(missing_memory_is_reported),
    };
    return cmocka_run_group_tests_name("json", tests, new_reader, free_reader);
}
