/* The template renderer: escaping everywhere, lists, emptiness, and templates that are not
 * well-formed. */
#include "web/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static template_view_t *view;
static arena_t *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(4096);
    view = web_template_view_new(arena);
    return view == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void assert_renders(const char *text, const char *expected)
{
    buf_t out = {0};
    bool fine = web_template_render(&out, span_of(text), view);
    if (expected == NULL) {
        assert_false(fine);
    } else {
        assert_true(fine);
        assert_string_equal(out.len > 0 ? buf_zero_terminated(&out) : "", expected);
    }
    buf_free(&out);
}

static void every_value_is_escaped(void **state)
{
    (void)state;
    web_template_set(view, "name", SPAN("<script>alert('1')</script>&\""));
    assert_renders("<p title=\"{{name}}\">",
                   "<p title=\"&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;\">");
    assert_renders("{{unknown}}", "");
}

static void lists_repeat_and_see_what_holds_them(void **state)
{
    (void)state;
    web_template_set(view, "town", SPAN("T"));
    for (int i = 1; i <= 2; i++) {
        template_view_t *item = web_template_item(view, "items");
        web_template_print(item, "n", "%d", i);
        web_template_set(web_template_item(item, "inner"), "n", SPAN("x"));
    }
    assert_renders("{{#items}}[{{n}}{{town}}{{#inner}}{{n}}{{/inner}}]{{/items}}", "[1Tx][2Tx]");
}

static void emptiness_is_shown(void **state)
{
    (void)state;
    web_template_set(view, "empty", SPAN(""));
    web_template_set(view, "full", SPAN("a"));
    assert_renders("{{#empty}}no{{/empty}}{{^empty}}yes{{/empty}}", "yes");
    assert_renders("{{#full}}yes{{/full}}{{^full}}no{{/full}}{{^none}}!{{/none}}", "yes!");
}

static void ill_formed_templates_are_refused(void **state)
{
    (void)state;
    assert_renders("{{#a}}never closed", NULL);
    assert_renders("never opened{{/a}}", NULL);
    assert_renders("a {{ b", "a {{ b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_value_is_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_repeat_and_see_what_holds_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(emptiness_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ill_formed_templates_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
