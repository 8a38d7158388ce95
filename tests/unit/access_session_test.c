/* Accounts, sessions and tokens in memory, and clocks that jump. */
#include "access_clock.h"

static access_t *access;
static access_who_t who;

/* 64 hexadecimal digits. */
static span_t digest_of(unsigned number)
{
    static char digest[65];
    snprintf(digest, sizeof digest, "%064x", number);
    return (span_t){digest, 64};
}

static bool put(int64_t id, int64_t account, bool by_program, int64_t lasts)
{
    span_t unknown;
    return access_put_token(access, id, account, digest_of((unsigned)id), SPAN_NONE, by_program,
                            wall_ms + lasts, &unknown);
}

static bool known(int64_t id)
{
    return access_known(access, digest_of((unsigned)id), &who);
}

static int begin(void **state)
{
    (void)state;
    access = access_at_noon();
    return access_put_account(access, 7, SPAN("ala"), SPAN("hash of ala"), ACCESS_PROVIDER, 3, true)
               ? 0
               : -1;
}

static int end(void **state)
{
    (void)state;
    access_free(access);
    return 0;
}

static void accounts_are_found_by_login(void **state)
{
    (void)state;
    int64_t account = -1;
    span_t hash;
    assert_int_equal(access_account_count(access), 1);
    assert_true(access_login(access, SPAN("ala"), &account, &hash));
    assert_int_equal(account, 7);
    assert_true(span_equal(hash, SPAN("hash of ala")));
    static const char *const others[] = {"", "al", "alaa", "Ala", "ola"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(access_login(access, span_of(others[i]), &account, &hash));
        assert_int_equal(account, 0);
        assert_int_equal(hash.len, 0);
    }
    /* Replaced: a new name, and disabled. */
    assert_true(access_put_account(access, 7, SPAN("ola"), SPAN("other"), ACCESS_OUS, 0, true));
    assert_false(access_login(access, SPAN("ala"), &account, &hash));
    assert_true(access_login(access, SPAN("ola"), &account, &hash));
    assert_true(access_put_account(access, 7, SPAN("ola"), SPAN("other"), ACCESS_OUS, 0, false));
    assert_false(access_login(access, SPAN("ola"), &account, &hash));
    assert_int_equal(hash.len, 0);
    assert_int_equal(access_account_count(access), 1);
}

static void a_token_says_who_stands_behind_it(void **state)
{
    (void)state;
    assert_true(put(11, 7, false, HOUR));
    assert_true(known(11));
    assert_int_equal(who.account, 7);
    assert_int_equal(who.token, 11);
    assert_int_equal(who.provider, 3);
    assert_int_equal(who.role, ACCESS_PROVIDER);
    assert_false(who.by_program);
    assert_false(known(12));
    assert_int_equal(who.role, ACCESS_RESIDENT);
    assert_int_equal(who.account, 0);
    assert_false(access_known(access, SPAN_NONE, &who));
    assert_false(access_known(access, (span_t){digest_of(11).at, 63}, &who));

    /* Another password changes nothing; another role or provider ends what there is. */
    assert_true(access_put_account(access, 7, SPAN("ala"), SPAN("x"), ACCESS_PROVIDER, 3, true));
    assert_true(known(11));
    assert_true(access_put_account(access, 7, SPAN("ala"), SPAN(""), ACCESS_PROVIDER, 4, true));
    assert_false(known(11));
    assert_true(put(11, 7, false, HOUR));
    assert_true(access_put_account(access, 7, SPAN("ala"), SPAN(""), ACCESS_IOD, 0, true));
    assert_false(known(11));
    assert_true(put(11, 7, false, HOUR));
    assert_true(known(11));
    assert_int_equal(who.role, ACCESS_IOD);
    /* Off for a while: it does not come back with the account. */
    assert_true(access_put_account(access, 7, SPAN("ala"), SPAN(""), ACCESS_IOD, 0, false));
    assert_false(known(11));
    assert_int_equal(who.role, ACCESS_RESIDENT);
    assert_true(access_put_account(access, 7, SPAN("ala"), SPAN(""), ACCESS_IOD, 0, true));
    assert_false(known(11));
    assert_true(put(11, 7, false, HOUR));
    access_drop_token(access, 11);
    access_drop_token(access, 11);
    assert_false(known(11));
    /* Of nobody, and of no digest. */
    assert_true(put(13, 99, false, HOUR));
    assert_false(known(13));
    span_t unknown;
    assert_true(
        access_put_token(access, 14, 7, SPAN("short"), SPAN_NONE, true, wall_ms + HOUR, &unknown));
    assert_false(access_known(access, SPAN("short"), &who));
}

static void sessions_end_when_idle_or_old(void **state)
{
    (void)state;
    assert_true(put(1, 7, false, ACCESS_SESSION_MS));
    assert_true(put(2, 7, true, ACCESS_SESSION_MS));
    pass(ACCESS_IDLE_MS - 1);
    assert_true(known(1));
    pass(ACCESS_IDLE_MS - 1);
    assert_true(known(1));
    pass(ACCESS_IDLE_MS);
    assert_false(known(1));
    /* A program may rest. */
    assert_true(known(2));

    assert_true(put(3, 7, false, ACCESS_SESSION_MS));
    int64_t spent = 0;
    for (; spent + MINUTE < ACCESS_SESSION_MS; spent += MINUTE) {
        pass(MINUTE);
        assert_true(known(3));
    }
    pass(ACCESS_SESSION_MS - spent);
    assert_false(known(3));
    assert_false(known(2));

    assert_true(put(4, 7, true, 0));
    assert_false(known(4));
    assert_true(put(5, 7, true, -DAY));
    assert_false(known(5));
    assert_true(put(6, 7, true, INT64_MAX - wall_ms));
    pass(1000 * DAY);
    assert_true(known(6));
}

/* While the server runs no jump of the clock matters. */
static void clocks_jump_beside_a_running_server(void **state)
{
    (void)state;
    static const int64_t jumps[] = {DAY, -DAY, 4000 * DAY, -4000 * DAY};
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        assert_true(put(1, 7, false, ACCESS_SESSION_MS));
        assert_true(put(2, 7, true, 3 * DAY));
        wall_ms += jumps[i];
        assert_true(known(1));
        assert_true(known(2));
        pass(ACCESS_IDLE_MS);
        assert_false(known(1));
        assert_true(known(2));
        pass(3 * DAY);
        assert_false(known(2));
    }
}

/* A server that begins with a wrong clock reads what an earlier one kept in UTC. */
static void clocks_jumped_before_the_server_began(void **state)
{
    (void)state;
    int64_t expires = wall_ms + ACCESS_SESSION_MS;
    span_t unknown;
    wall_ms -= 400 * DAY;
    assert_true(access_put_token(access, 1, 7, digest_of(1), SPAN_NONE, false, expires, &unknown));
    int64_t spent = 0;
    for (; spent < ACCESS_SESSION_MS - MINUTE; spent += MINUTE) {
        assert_true(known(1));
        pass(MINUTE);
    }
    pass(MINUTE);
    assert_false(known(1));

    wall_ms = expires - HOUR;
    assert_true(access_put_token(access, 2, 7, digest_of(2), SPAN_NONE, true, expires, &unknown));
    assert_true(known(2));
    wall_ms += 400 * DAY;
    assert_true(access_put_token(access, 3, 7, digest_of(3), SPAN_NONE, true, expires, &unknown));
    assert_true(known(2));
    assert_false(known(3));
    wall_ms = -DAY;
    assert_true(access_put_token(access, 4, 7, digest_of(4), SPAN_NONE, true, INT64_MAX, &unknown));
    assert_false(known(4));
}

static void many_tokens_are_kept_apart(void **state)
{
    (void)state;
    for (int64_t id = 1; id <= 20000; id++) {
        assert_true(put(id, 7, false, HOUR));
    }
    for (int64_t id = 1; id <= 20000; id += 2) {
        access_drop_token(access, id);
    }
    for (int64_t id = 1; id <= 20000; id++) {
        assert_int_equal(known(id), id % 2 == 0);
        assert_true(who.token == (id % 2 == 0 ? id : 0));
    }
    /* Nobody comes back to them; later ones are not among them. */
    pass(HOUR);
    assert_true(put(20001, 7, false, HOUR));
    assert_true(known(20001));
    assert_false(known(2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(accounts_are_found_by_login, begin, end),
        cmocka_unit_test_setup_teardown(a_token_says_who_stands_behind_it, begin, end),
        cmocka_unit_test_setup_teardown(sessions_end_when_idle_or_old, begin, end),
        cmocka_unit_test_setup_teardown(clocks_jump_beside_a_running_server, begin, end),
        cmocka_unit_test_setup_teardown(clocks_jumped_before_the_server_began, begin, end),
        cmocka_unit_test_setup_teardown(many_tokens_are_kept_apart, begin, end),
    };
    return cmocka_run_group_tests_name("access session", tests, NULL, NULL);
}
