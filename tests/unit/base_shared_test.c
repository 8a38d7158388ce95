/* Equal bytes are kept once, as long as somebody holds them. */
#include "base/shared.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void equal_bytes_are_one_block(void **state)
{
    (void)state;
    shared_t *shared = shared_new();
    size_t empty = shared_bytes(shared);
    bool is_new = false;
    char *first = shared_take(shared, SPAN("dwanaście"), &is_new);
    assert_true(is_new);
    assert_string_equal(first, "dwanaście");
    assert_ptr_equal(shared_take(shared, SPAN("dwanaście"), &is_new), first);
    assert_false(is_new);
    char *other = shared_take(shared, SPAN("dwanaści"), NULL);
    assert_ptr_not_equal(other, first);
    assert_false(shared_is_last(first));
    shared_give(shared, first);
    assert_true(shared_is_last(first));
    shared_give(shared, first);
    shared_give(shared, other);
    assert_int_equal(shared_bytes(shared), empty);
    shared_release(shared);
}

static void many_blocks_are_found_again(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    static void *blocks[MANY];
    shared_t *shared = shared_retain(shared_new());
    shared_release(shared);
    for (int i = 0; i < MANY; i++) {
        blocks[i] = shared_take(shared, (span_t){(const char *)&i, sizeof i}, NULL);
        assert_non_null(blocks[i]);
    }
    for (int i = 0; i < MANY; i++) {
        assert_ptr_equal(shared_take(shared, (span_t){(const char *)&i, sizeof i}, NULL),
                         blocks[i]);
        shared_give(shared, blocks[i]);
        shared_give(shared, blocks[i]);
    }
    bool is_new = false;
    int zero = 0;
    void *again = shared_take(shared, (span_t){(const char *)&zero, sizeof zero}, &is_new);
    assert_true(is_new);
    shared_give(shared, again);
    shared_release(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_bytes_are_one_block),
        cmocka_unit_test(many_blocks_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
