/* How often passwords may be tried and the public asked. */
#include "access_clock.h"

#include <malloc.h>

static access_t *access;
static int64_t wait;

static int begin(void **state)
{
    (void)state;
    access = access_at_noon();
    return 0;
}

static int end(void **state)
{
    (void)state;
    access_free(access);
    return 0;
}

static bool may(const char *login, const char *address)
{
    return access_may_try(access, span_of(login), span_of(address), &wait);
}

static bool fails(const char *login, const char *address)
{
    bool allowed = may(login, address);
    if (allowed) {
        access_tried(access, span_of(login), span_of(address), false);
    }
    return allowed;
}

static void a_login_waits_after_five_failures(void **state)
{
    (void)state;
    char address[] = "192.0.2.0";
    for (int i = 0; i < ACCESS_TRIES; i++) {
        address[8]++;
        pass(1000);
        assert_true(fails("ala", address));
        assert_int_equal(wait, 0);
    }
    pass(MINUTE);
    assert_false(may("ala", "198.51.100.1"));
    assert_int_equal(wait, ACCESS_LOCK_MS - MINUTE);
    /* Others go on, and asking again makes it no longer. */
    assert_true(may("ola", "192.0.2.1"));
    pass(ACCESS_LOCK_MS - MINUTE - 1);
    assert_false(may("ala", "198.51.100.1"));
    assert_int_equal(wait, 1);
    pass(1);
    for (int i = 0; i < ACCESS_TRIES; i++) {
        assert_true(fails("ala", "198.51.100.1"));
    }
    assert_false(fails("ala", "198.51.100.1"));
}

static void a_success_ends_the_row(void **state)
{
    (void)state;
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < ACCESS_TRIES - 1; i++) {
            assert_true(fails("ala", round % 2 == 0 ? "192.0.2.1" : "192.0.2.2"));
        }
        assert_true(may("ala", "192.0.2.3"));
        access_tried(access, SPAN("ala"), SPAN("192.0.2.3"), true);
        pass(ACCESS_LOCK_MS / 3);
    }
}

static void unknown_logins_are_treated_the_same(void **state)
{
    (void)state;
    span_t hash;
    int64_t account = 0, of_known = 0, of_unknown = 0;
    assert_true(access_put_account(access, 1, SPAN("ala"), SPAN("h"), ACCESS_OUS, 0, true));
    assert_false(access_login(access, SPAN("nobody"), &account, &hash));
    for (int i = 0; i <= ACCESS_TRIES; i++) {
        bool known = access_may_try(access, SPAN("ala"), SPAN("192.0.2.1"), &of_known);
        bool unknown = access_may_try(access, SPAN("nobody"), SPAN("192.0.2.2"), &of_unknown);
        assert_int_equal(known, i < ACCESS_TRIES);
        assert_int_equal(known, unknown);
        assert_int_equal(of_known, of_unknown);
    }
}

static void tries_at_once_are_no_way_around(void **state)
{
    (void)state;
    int allowed = 0;
    for (int i = 0; i < 100; i++) {
        allowed += may("ala", "192.0.2.1");
    }
    assert_int_equal(allowed, ACCESS_TRIES);
}

static void an_address_waits_after_twenty_failures(void **state)
{
    (void)state;
    char login[16];
    for (int i = 0; i < ACCESS_ADDRESS_TRIES; i++) {
        snprintf(login, sizeof login, "login%d", i);
        /* Signing in with an account of one's own takes back no failure. */
        assert_true(may("own", "192.0.2.1"));
        access_tried(access, SPAN("own"), SPAN("192.0.2.1"), true);
        assert_true(fails(login, "192.0.2.1"));
    }
    assert_false(may("another", "192.0.2.1"));
    assert_int_equal(wait, ACCESS_LOCK_MS);
    assert_true(may("another", "192.0.2.2"));
    pass(ACCESS_LOCK_MS);
    assert_true(may("another", "192.0.2.1"));
}

static void a_network_of_ipv6_is_one_address(void **state)
{
    (void)state;
    char login[16], address[48];
    for (int i = 0; i < ACCESS_ADDRESS_TRIES; i++) {
        snprintf(login, sizeof login, "login%d", i);
        snprintf(address, sizeof address, "2001:db8:1:2:%x::%x", i + 1, 7 * i);
        assert_true(fails(login, address));
    }
    assert_false(may("another", "2001:db8:1:2::1"));
    assert_true(may("another", "2001:db8:1:3::1"));
    /* Of mapped ones each is its own. */
    for (int i = 0; i < ACCESS_ADDRESS_TRIES; i++) {
        snprintf(login, sizeof login, "mapped%d", i);
        assert_true(fails(login, "::ffff:192.0.2.1"));
    }
    assert_false(may("another", "::ffff:192.0.2.1"));
    assert_true(may("another", "::ffff:192.0.2.2"));
}

/* Neither a lock that never ends nor one that ends at once. */
static void clocks_jump(void **state)
{
    (void)state;
    static const int64_t jumps[] = {4000 * DAY, -4000 * DAY};
    for (size_t jump = 0; jump < 2; jump++) {
        for (int i = 0; i < ACCESS_TRIES; i++) {
            assert_true(fails("ala", "192.0.2.1"));
        }
        wall_ms += jumps[jump];
        assert_false(may("ala", "192.0.2.1"));
        assert_int_equal(wait, ACCESS_LOCK_MS);
        pass(ACCESS_LOCK_MS);
    }
}

static void the_public_asks_by_bursts(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_true(access_may_ask(access, "intake", SPAN("192.0.2.1"), 3, 6, &wait));
    }
    assert_false(access_may_ask(access, "intake", SPAN("192.0.2.1"), 3, 6, &wait));
    assert_int_equal(wait, 10000);
    /* Another thing, another address. */
    assert_true(access_may_ask(access, "status", SPAN("192.0.2.1"), 3, 6, &wait));
    assert_true(access_may_ask(access, "intake", SPAN("192.0.2.2"), 3, 6, &wait));
    pass(9999);
    assert_false(access_may_ask(access, "intake", SPAN("192.0.2.1"), 3, 6, &wait));
    assert_int_equal(wait, 1);
    pass(1);
    assert_true(access_may_ask(access, "intake", SPAN("192.0.2.1"), 3, 6, &wait));
    assert_false(access_may_ask(access, "intake", SPAN("192.0.2.1"), 3, 6, &wait));

    /* In a day of asking as often as one can: six a minute, and the burst. */
    int allowed = 0;
    pass(DAY);
    for (int second = 0; second < 3600; second++) {
        for (int i = 0; i < 5; i++) {
            allowed += access_may_ask(access, "intake", SPAN("192.0.2.1"), 3, 6, &wait);
        }
        pass(1000);
    }
    assert_int_equal(allowed, 6 * 60 + 2);
}

static void a_hundred_thousand_addresses_take_no_memory(void **state)
{
    (void)state;
    char name[128];
    struct mallinfo2 before = mallinfo2();
    for (int i = 0; i < 100000; i++) {
        snprintf(name, sizeof name, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        assert_true(fails(name, name));
        assert_true(access_may_ask(access, "intake", span_of(name), 1, 1, &wait));
        assert_false(access_may_ask(access, "intake", span_of(name), 1, 1, &wait));
    }
    struct mallinfo2 after = mallinfo2();
    assert_int_equal(after.uordblks, before.uordblks);
    assert_int_equal(after.hblkhd, before.hblkhd);

    /* The latest are remembered, the first forgotten. */
    assert_false(access_may_ask(access, "intake", span_of(name), 1, 1, &wait));
    assert_true(access_may_ask(access, "intake", SPAN("10.0.0.0"), 1, 1, &wait));

    /* Of endless names the beginning and the length tell. */
    memset(name, 'x', sizeof name);
    for (int i = 0; i < ACCESS_TRIES; i++) {
        name[sizeof name - 1] = (char)('0' + i);
        assert_true(access_may_try(access, (span_t){name, sizeof name}, SPAN("192.0.2.1"), &wait));
    }
    assert_false(access_may_try(access, (span_t){name, sizeof name}, SPAN("192.0.2.1"), &wait));
    assert_true(access_may_try(access, (span_t){name, 127}, SPAN("192.0.2.1"), &wait));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_login_waits_after_five_failures, begin, end),
        cmocka_unit_test_setup_teardown(a_success_ends_the_row, begin, end),
        cmocka_unit_test_setup_teardown(unknown_logins_are_treated_the_same, begin, end),
        cmocka_unit_test_setup_teardown(tries_at_once_are_no_way_around, begin, end),
        cmocka_unit_test_setup_teardown(an_address_waits_after_twenty_failures, begin, end),
        cmocka_unit_test_setup_teardown(a_network_of_ipv6_is_one_address, begin, end),
        cmocka_unit_test_setup_teardown(clocks_jump, begin, end),
        cmocka_unit_test_setup_teardown(the_public_asks_by_bursts, begin, end),
        cmocka_unit_test_setup_teardown(a_hundred_thousand_addresses_take_no_memory, begin, end),
    };
    return cmocka_run_group_tests_name("access rate", tests, NULL, NULL);
}
