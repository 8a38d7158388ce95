/* Dates, money, text, languages and the clock against values worked out by hand. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static date_t day(const char *text)
{
    date_t date = DATE_NONE;
    assert_true(date_parse(span_of(text), &date));
    return date;
}

static void dates_go_both_ways(void **state)
{
    (void)state;
    char text[DATE_TEXT_LEN + 1];
    for (int32_t days = day("1800-01-01").days; days <= day("2299-12-31").days; days++) {
        date_text((date_t){days}, text);
        assert_int_equal(day(text).days, days);
    }
    assert_int_equal(day("1970-01-01").days, 0);
    assert_int_equal(date_weekday(day("2023-10-01")), 6);
    assert_int_equal(date_weekday(day("1899-12-31")), 6);
}

static void wrong_dates_are_refused(void **state)
{
    (void)state;
    const char *const wrong[] = {
        "",           "2023-10-1",  "2023-02-29", "2023-13-01",  "2023-00-10",
        "1799-12-31", "2300-01-01", "2023/10/01", " 2023-10-01", "2023-10-0a"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        date_t date;
        assert_false(date_parse(span_of(wrong[i]), &date));
    }
}

static void months_later_is_the_same_day_or_the_last_of_the_month(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {{"2026-03-02", 3, "2026-06-02"}, {"2026-01-31", 1, "2026-02-28"},
                 {"2024-01-31", 1, "2024-02-29"}, {"2024-02-29", 12, "2025-02-28"},
                 {"2026-11-30", 3, "2027-02-28"}, {"2026-12-01", 1, "2027-01-01"},
                 {"2026-05-31", 0, "2026-05-31"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(date_add_months(day(cases[i].from), cases[i].months).days,
                         day(cases[i].to).days);
    }
}

static void age_is_reached_on_the_birthday(void **state)
{
    (void)state;
    assert_int_equal(date_full_years(day("1949-03-02"), day("2024-03-01")), 74);
    assert_int_equal(date_full_years(day("1949-03-02"), day("2024-03-02")), 75);
    assert_int_equal(date_full_years(day("1948-02-29"), day("2023-02-27")), 74);
    assert_int_equal(date_full_years(day("1948-02-29"), day("2023-02-28")), 75);
    assert_int_equal(date_full_years(day("1948-02-29"), day("2024-02-28")), 75);
    assert_int_equal(date_full_years(day("1948-02-29"), day("2024-02-29")), 76);
    assert_int_equal(date_full_years(day("2024-03-02"), day("2024-03-01")), -1);
}

/* price, quantity in thousandths, share in hundredths of a per cent, fee:
 * the table of worked fees. */
static void shares_round_half_up(void **state)
{
    (void)state;
    const struct {
        int64_t price, quantity, share, grosz, zloty;
    } rows[] = {{8000, 1000, 2000, 1600, 1600}, {1200, 6000, 2000, 1440, 1400},
                {1995, 1000, 2000, 399, 400},   {37, 1000, 2000, 7, 0},
                {4999, 1000, 2000, 1000, 1000}, {12345, 1000, 2000, 2469, 2500},
                {1, 1000, 5000, 1, 0},          {100, 1500, 10000, 150, 200},
                {100, 1499, 10000, 150, 100},   {1000, 1000, 1250, 125, 100}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t fee = -1;
        assert_true(
            money_part(rows[i].price, rows[i].quantity, rows[i].share, MONEY_TO_GROSZ, &fee));
        assert_int_equal(fee, rows[i].grosz);
        assert_true(
            money_part(rows[i].price, rows[i].quantity, rows[i].share, MONEY_TO_ZLOTY, &fee));
        assert_int_equal(fee, rows[i].zloty);
    }
    int64_t fee = 0;
    assert_false(money_part(MONEY_MAX, 2000, 10000, MONEY_TO_GROSZ, &fee));
    assert_false(money_part(INT64_MAX, 1000, 10000, MONEY_TO_GROSZ, &fee));
    assert_false(money_part(-1, 1000, 10000, MONEY_TO_GROSZ, &fee));
}

static void assert_money(int64_t grosze, lang_t lang, const char *expected)
{
    buf_t buf = {0};
    money_text(&buf, grosze, lang);
    assert_string_equal(buf_zero_terminated(&buf), expected);
    buf_free(&buf);
}

static void money_reads_and_writes(void **state)
{
    (void)state;
    int64_t grosze = 0;
    assert_true(money_parse(SPAN("25.00"), &grosze));
    assert_int_equal(grosze, 2500);
    assert_true(money_parse(SPAN("0.37"), &grosze));
    assert_int_equal(grosze, 37);
    assert_true(money_parse(SPAN("25"), &grosze));
    assert_int_equal(grosze, 2500);
    const char *const wrong[] = {"", "25.0", "25,00", "-1.00", "25.", ".50", "1e3", "100000001.00"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(money_parse(span_of(wrong[i]), &grosze));
    }
    assert_money(2500, LANG_PL, "25,00\u00a0zł");
    assert_money(-7, LANG_EN, "-0.07\u00a0zł");
    assert_money(999999, LANG_PL, "9999,99\u00a0zł");
    assert_money(1000000, LANG_PL, "10\u00a0000,00\u00a0zł");
    assert_money(108796000, LANG_PL, "1\u00a0087\u00a0960,00\u00a0zł");
    assert_money(-108796000, LANG_UK, "-1\u00a0087\u00a0960,00\u00a0zł");
    assert_money(108796000, LANG_EN, "1,087,960.00\u00a0zł");
}

static void assert_fold(const char *text, const char *expected)
{
    buf_t buf = {0};
    text_fold(&buf, span_of(text));
    assert_string_equal(buf_zero_terminated(&buf), expected);
    buf_free(&buf);
}

static void text_folds_for_search(void **state)
{
    (void)state;
    assert_fold("Łódź", "lodz");
    assert_fold("  ZAŻÓŁĆ gęślą\tjaźń! ", "zazolc gesla jazn");
    assert_fold("„Szkoła dla rodziców” – warsztaty", "szkola dla rodzicow warsztaty");
    assert_fold("Миття вікон", "миття вікон");
    assert_fold("Сім'я ҐАНОК", "сімя ґанок");
    assert_fold("\xff\xfe", "");
    /* However it is typed. */
    assert_fold("opiekun\u0301 czes\u0301\u0107", "opiekun czesc");
    assert_fold("\u0218tefan \u0162epe\u0219 \u021aara", "stefan tepes tara");
    assert_fold("Nguyễn Hồ Thị Đạt", "nguyen ho thi dat");
    assert_fold("Nguye\u0302\u0303n", "nguyen");
    assert_fold("сім\u02bcя сім\u2019я сім'я", "сімя сімя сімя");
    assert_fold("и\u0306 й і\u0308 ї о\u0301", "й й ї ї о");
    assert_fold("Straße\u00a0ﬁn\u00adal m²", "strasse final m2");
}

static void assert_tidy(const char *text, const char *expected)
{
    buf_t buf = {0};
    text_tidy(&buf, span_of(text));
    assert_string_equal(buf_zero_terminated(&buf), expected);
    buf_free(&buf);
}

static void text_has_one_form(void **state)
{
    (void)state;
    assert_tidy("  Zo\u0301fia \u00a0 Anna\t", "Zófia Anna");
    assert_tidy("\u0141o\u015b", "\u0141o\u015b");
    assert_tidy("   ", "");
    assert_tidy("a\xff", "a\xff");
    buf_t buf = {0};
    text_compose(&buf, SPAN("e\u0301 \u212b\n  x"));
    assert_string_equal(buf_zero_terminated(&buf), "\u00e9 \u00c5\n  x");
    buf_free(&buf);
    assert_int_equal(text_characters(SPAN("żółć")), 4);
}

static void text_is_checked(void **state)
{
    (void)state;
    assert_true(text_is_utf8(SPAN("zażółć \U0001f600")));
    const char *const wrong[] = {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                 "\xe2\x82", "\x80",         "\xf8\x88\x80\x80\x80"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(text_is_utf8(span_of(wrong[i])));
    }
    assert_true(text_is_plain(SPAN("tak\nnie"), true));
    assert_false(text_is_plain(SPAN("tak\nnie"), false));
    assert_false(text_is_plain(SPAN("a\u202eb"), true));
    assert_false(text_is_plain(SPAN("a\0b"), true));
}

static void long_numbers_do_not_reach_the_log(void **state)
{
    (void)state;
    buf_t buf = {0};
    text_mask(&buf, SPAN("pesel 44051401458, rok 2023\n444051401458"), 100);
    assert_string_equal(buf_zero_terminated(&buf), "pesel ***********, rok 2023?***********");
    buf_clear(&buf);
    text_mask(&buf, SPAN("1234567890123"), 4);
    assert_string_equal(buf_zero_terminated(&buf), "***********");
    buf_free(&buf);
}

static void languages_are_negotiated(void **state)
{
    (void)state;
    const struct {
        const char *field;
        lang_t lang;
    } rows[] = {{"", LANG_PL},
                {"en", LANG_EN},
                {"uk-UA,uk;q=0.9,en;q=0.8", LANG_UK},
                {"de, en;q=0.3", LANG_EN},
                {"en;q=0.2, uk;q=0.7, pl;q=0.1", LANG_UK},
                {"de", LANG_PL},
                {"*", LANG_PL},
                {"pl;q=0, *", LANG_EN},
                {"english", LANG_PL},
                {"en;q=2, ,;;;=,uk;q=0.001", LANG_UK}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(lang_negotiate(span_of(rows[i].field)), rows[i].lang);
    }
}

static void ascii_letters_are_alike_in_any_case(void **state)
{
    (void)state;
    /* Every byte at every place of every short length: only letters change with the case bit. */
    char a[20], b[20];
    for (size_t len = 0; len <= sizeof a; len++) {
        for (size_t at = 0; at < len; at++) {
            for (int byte = 0; byte < 256; byte++) {
                memset(a, 'x', sizeof a);
                memset(b, 'X', sizeof b);
                a[at] = (char)byte;
                b[at] = (char)(byte ^ 0x20);
                bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
                assert_true(span_equal_nocase((span_t){a, len}, (span_t){b, len}) == letter);
            }
        }
    }
    assert_false(span_equal_nocase(SPAN("accept"), SPAN("accepts")));
}

static void warsaw_has_its_summer_time(void **state)
{
    (void)state;
    const int64_t hour = 3600000, day_ms = 24 * hour;
    int64_t winter = (int64_t)day("2026-01-15").days * day_ms;
    int64_t summer = (int64_t)day("2026-07-15").days * day_ms;
    assert_int_equal(clock_warsaw_date(winter + 23 * hour).days, day("2026-01-16").days);
    assert_int_equal(clock_warsaw_date(winter + 23 * hour - 1).days, day("2026-01-15").days);
    assert_int_equal(clock_warsaw_date(summer + 22 * hour).days, day("2026-07-16").days);
    assert_int_equal(clock_warsaw_date(summer + 22 * hour - 1).days, day("2026-07-15").days);
    /* 29 March 2026 has 23 hours, 25 October 2026 has 25. */
    int64_t spring = (int64_t)day("2026-03-28").days * day_ms + 23 * hour;
    assert_int_equal(clock_warsaw_midnight(spring) - spring, 23 * hour);
    int64_t autumn = (int64_t)day("2026-10-24").days * day_ms + 22 * hour;
    assert_int_equal(clock_warsaw_midnight(autumn) - autumn, 25 * hour);
}

static void an_arena_gives_zeroed_memory(void **state)
{
    (void)state;
    arena_t *arena = arena_new(256);
    for (size_t size = 1; size < 1000; size += 37) {
        unsigned char *bytes = arena_alloc(arena, size);
        assert_non_null(bytes);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(bytes[i], 0);
        }
        memset(bytes, 0xff, size);
    }
    arena_reset(arena);
    assert_int_equal(*(unsigned char *)arena_alloc(arena, 1), 0);
    assert_null(arena_array(arena, SIZE_MAX / 2, 4));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_later_is_the_same_day_or_the_last_of_the_month),
        cmocka_unit_test(dates_go_both_ways),
        cmocka_unit_test(wrong_dates_are_refused),
        cmocka_unit_test(age_is_reached_on_the_birthday),
        cmocka_unit_test(shares_round_half_up),
        cmocka_unit_test(money_reads_and_writes),
        cmocka_unit_test(text_folds_for_search),
        cmocka_unit_test(text_has_one_form),
        cmocka_unit_test(text_is_checked),
        cmocka_unit_test(long_numbers_do_not_reach_the_log),
        cmocka_unit_test(languages_are_negotiated),
        cmocka_unit_test(ascii_letters_are_alike_in_any_case),
        cmocka_unit_test(warsaw_has_its_summer_time),
        cmocka_unit_test(an_arena_gives_zeroed_memory),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
