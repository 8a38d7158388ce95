/* The order of names. The lists are in the order that the Unicode collation gives for Polish. */
#include "api/inside.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int compare(const char *left, const char *right)
{
    buf_t a = {0}, b = {0};
    api_collate(&a, span_of(left));
    api_collate(&b, span_of(right));
    int order = span_compare(buf_span(&a), buf_span(&b));
    buf_free(&a);
    buf_free(&b);
    return order;
}

static void test_order(void **state)
{
    (void)state;
    static const char *const ordered[] = {
        "",     " a",     "„Ala”",  "(b)",        "1 maja",   "12",    "2",     "a",
        "a b",  "ab",     "ala",    "Ania",       "az",       "ą",     "ąb",    "b",
        "cz",   "ćma",    "daleko", "ełk",        "łapa",     "mycie", "ó",     "pa",
        "s",    "świt",   "t",      "usługa „x”", "usługa a", "z",     "zz",    "źle",
        "żaba", "абетка", "вода",   "ґанок",      "дім",      "єнот",  "щастя", "яблуко",
    };
    for (size_t i = 1; i < sizeof ordered / sizeof *ordered; i++) {
        assert_true(compare(ordered[i - 1], ordered[i]) < 0);
    }
}

static void test_case_does_not_count(void **state)
{
    (void)state;
    assert_int_equal(compare("ŻÓŁĆ", "żółć"), 0);
    assert_int_equal(compare("Їжак", "їжак"), 0);
}

static void test_broken_text_is_no_trouble(void **state)
{
    (void)state;
    assert_true(compare("a", "\xc5") < 0);
    assert_true(compare("\xf0\x9f", "\xf0\x9f\x98\x80") == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_case_does_not_count),
        cmocka_unit_test(test_broken_text_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
