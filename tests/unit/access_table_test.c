/* The table of permissions, and what a token makes of it. */
#include "access_clock.h"

static access_reach_t reach(access_role_t role, const char *name)
{
    const access_permission_t *permission = access_permission(span_of(name));
    assert_non_null(permission);
    access_who_t who = {.account = 1, .role = role};
    return access_reach(&who, permission);
}

static void every_permission_is_found_by_its_name(void **state)
{
    (void)state;
    size_t count = 0;
    const access_permission_t *all = access_permissions(&count);
    assert_true(count > 100);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(access_permission(span_of(all[i].name)), &all[i]);
        char longer[64];
        snprintf(longer, sizeof longer, "%sx", all[i].name);
        assert_null(access_permission(span_of(longer)));
        assert_null(access_permission((span_t){all[i].name, 3}));
    }
    assert_null(access_permission(SPAN_NONE));
    assert_null(access_permission(SPAN("person")));
    assert_null(access_permission(SPAN("PERSON.READ")));
    access_who_t who = {.role = ACCESS_ADMIN};
    assert_int_equal(access_reach(&who, NULL), ACCESS_NEVER);
}

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

/* That a role may do these things and none besides. */
static void assert_only(access_role_t role, const char *const *names)
{
    size_t count = 0;
    const access_permission_t *all = access_permissions(&count);
    for (size_t i = 0; i < count; i++) {
        if (is_one_of(all[i].name, names) != (all[i].reach[role] != ACCESS_NEVER)) {
            fail_msg("%s: %s", access_role_name(role), all[i].name);
        }
    }
    for (; *names != NULL; names++) {
        assert_non_null(access_permission(span_of(*names)));
    }
}

static void those_who_may_little_may_nothing_else(void **state)
{
    (void)state;
    static const char *const resident[] = {"intake.make", "intake.status", NULL};
    static const char *const editor[] = {"rules.read",   "account.read",    "token.read",
                                         "token.revoke", "sessions.manage", NULL};
    static const char *const admin[] = {"account.read",
                                        "account.make",
                                        "account.change",
                                        "account.disable",
                                        "account.enable",
                                        "token.read",
                                        "token.revoke",
                                        "sessions.manage",
                                        "backup.make",
                                        "rules.read",
                                        NULL};
    static const char *const provider[] = {"order.read",      "order.accept", "order.refuse",
                                           "order.finish",    "order.fail",   "delivery.read",
                                           "delivery.make",   "offer.read",   "agreement.read",
                                           "group.read",      "card.read",    "provider.read",
                                           "account.read",    "token.read",   "token.revoke",
                                           "sessions.manage", "my-day.read",  NULL};
    assert_only(ACCESS_RESIDENT, resident);
    assert_only(ACCESS_EDITOR, editor);
    assert_only(ACCESS_ADMIN, admin);
    assert_only(ACCESS_PROVIDER, provider);
    for (const char *const *name = provider; *name != NULL; name++) {
        assert_int_equal(reach(ACCESS_PROVIDER, *name), ACCESS_OWN);
    }
}

static void what_is_confidential_is_read_on_the_case_alone(void **state)
{
    (void)state;
    static const char *const names[] = {"note.read", "confidential.read"};
    for (size_t i = 0; i < 2; i++) {
        for (access_role_t role = 0; role < ACCESS_ROLE_COUNT; role++) {
            assert_int_equal(reach(role, names[i]),
                             role <= ACCESS_DIRECTOR ? ACCESS_ON_CASE : ACCESS_NEVER);
        }
    }
    assert_int_equal(reach(ACCESS_KIPUS, "assignment.make"), ACCESS_ON_CASE);
}

static void nobody_both_draws_and_approves_a_plan(void **state)
{
    (void)state;
    for (access_role_t role = 0; role < ACCESS_ROLE_COUNT; role++) {
        assert_true(reach(role, "plan.make") == ACCESS_NEVER ||
                    reach(role, "plan.approve") == ACCESS_NEVER);
    }
    assert_int_equal(reach(ACCESS_OUS, "plan.approve"), ACCESS_ANY);
    assert_int_equal(reach(ACCESS_DIRECTOR, "plan.approve"), ACCESS_ANY);
}

static void a_program_may_what_its_scopes_say(void **state)
{
    (void)state;
    access_t *access = access_at_noon();
    char digest[65] = {0};
    memset(digest, 'a', 64);
    span_t unknown;
    access_who_t who;
    assert_true(access_put_account(access, 7, SPAN("ala"), SPAN("h"), ACCESS_KIPUS, 0, true));
    assert_true(access_put_token(access, 1, 7, span_of(digest), SPAN(" order.read  plan.approve "),
                                 true, wall_ms + DAY, &unknown));
    assert_true(access_known(access, span_of(digest), &who));
    assert_true(who.by_program);
    assert_int_equal(access_reach(&who, access_permission(SPAN("order.read"))), ACCESS_ANY);
    /* Not named; and named, but not its account's. */
    assert_int_equal(access_reach(&who, access_permission(SPAN("order.make"))), ACCESS_NEVER);
    assert_int_equal(access_reach(&who, access_permission(SPAN("plan.approve"))), ACCESS_NEVER);

    size_t count = 0, allowed = 0;
    const access_permission_t *all = access_permissions(&count);
    for (size_t i = 0; i < count; i++) {
        allowed += access_reach(&who, &all[i]) != ACCESS_NEVER;
    }
    assert_int_equal(allowed, 1);

    assert_true(
        access_put_token(access, 1, 7, span_of(digest), SPAN(""), true, wall_ms + DAY, &unknown));
    assert_true(access_known(access, span_of(digest), &who));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(access_reach(&who, &all[i]), all[i].reach[ACCESS_KIPUS]);
    }

    assert_false(access_put_token(access, 2, 7, span_of(digest), SPAN("order.read order.eat"), true,
                                  wall_ms + DAY, &unknown));
    assert_true(span_equal(unknown, SPAN("order.eat")));
    access_free(access);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_permission_is_found_by_its_name),
        cmocka_unit_test(those_who_may_little_may_nothing_else),
        cmocka_unit_test(what_is_confidential_is_read_on_the_case_alone),
        cmocka_unit_test(nobody_both_draws_and_approves_a_plan),
        cmocka_unit_test(a_program_may_what_its_scopes_say),
    };
    return cmocka_run_group_tests_name("access table", tests, NULL, NULL);
}
