/* The files that decide are handed over only as those of the version that is asked for. */
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define CLEANING "example/services/cleaning.lua"

static const plugin_text_t *text_named(const plugin_texts_t *texts, const char *name)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (span_equal(texts->at[i].name, span_of(name))) {
            return &texts->at[i];
        }
    }
    return NULL;
}

static void files_that_moved_on_are_not_those_of_the_version(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    arena_t *arena = arena_new(1 << 16);
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    const span_t version = plugin_programme(generation)->version;
    plugin_texts_t texts;
    assert_true(plugin_texts_read(folder.path, SPAN("example"), version, arena, &texts));
    const plugin_text_t *cleaning = text_named(&texts, "services/cleaning.lua");
    size_t len = 0;
    char *file = folder_read(&folder, CLEANING, &len);
    assert_non_null(cleaning);
    assert_string_equal(cleaning->kind, "service");
    assert_true(span_equal(cleaning->text, (span_t){file, len}));
    assert_non_null(text_named(&texts, "programme.lua"));
    assert_null(text_named(&texts, "services/cleaning.spec.lua"));
    free(file);

    assert_true(folder_replace(&folder, CLEANING, "Sprzątanie w domu.", "Sprzątanie u siebie."));
    assert_false(plugin_texts_read(folder.path, SPAN("example"), version, arena, &texts));
    assert_int_equal(texts.count, 0);
    assert_true(folder_replace(&folder, CLEANING, "Sprzątanie u siebie.", "Sprzątanie w domu."));
    assert_true(plugin_texts_read(folder.path, SPAN("example"), version, arena, &texts));
    plugin_release(generation);
    arena_free(arena);
    folder_delete(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_moved_on_are_not_those_of_the_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
