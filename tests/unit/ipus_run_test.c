/* The machine around every step: versions, whose rows they are, and the journal. */
#include "ipus_world.h"

static void a_version_that_has_moved_is_stale(void **state)
{
    (void)state;
    int64_t id = add_person("ABC 1");
    ipus_command_t command = {.kind = IPUS_PERSON,
                              .step = ipus_step_named(IPUS_PERSON, SPAN("change")),
                              .id = id,
                              .version = 1,
                              .given = {.kind = IPUS_PERSON},
                              .today = office.today,
                              .programme = &office.programme};
    ipus_set(&command.given, PERSON_SEX, 0);
    assert_true(memory_run(office.memory, &command, &office.answer));
    assert_int_equal(office.answer.row.version, 2);
    assert_false(memory_run(office.memory, &command, &office.answer));
    assert_int_equal(office.answer.refusal.code, IPUS_VERSION_MOVED);
    assert_int_equal(ipus_refusal_sort(IPUS_VERSION_MOVED), IPUS_REFUSED_STALE);
    buf_t said = {0};
    ipus_refusal_text(&said, &office.answer.refusal, LANG_EN);
    assert_string_equal(buf_zero_terminated(&said),
                        "Somebody changed this entry meanwhile: it is now version 2.");
    buf_free(&said);
}

static void a_case_belongs_to_those_assigned_to_it(void **state)
{
    (void)state;
    static const char not_yours[] = "To nie jest Państwa sprawa ani zlecenie.";
    int64_t person = add_person("ABC 1"), other = add_person("ABC 2"), ewa = add_account("ewa", 0);
    int64_t assignment =
        MAKE(ASSIGNMENT, NUM(ASSIGNMENT_PERSON, person), NUM(ASSIGNMENT_ACCOUNT, ewa));
    office.actor = (ipus_actor_t){.account = ewa, .scope = IPUS_ON_CASE};
    (void)add_application(person);
#define NOTES(of)                                                                                  \
    NUM(NOTE_PERSON, of), NUM(NOTE_ABOUT, 1), DAY(NOTE_ON, "2026-03-02"), TXT(NOTE_CONTENT, "x")
    int64_t note = MAKE(NOTE, NOTES(person));
    NO_MAKE(not_yours, NOTE, NOTES(other));
    NO_WITH(not_yours, PERSON, other, "change", NUM(PERSON_SEX, 0));
    DO_WITH(PERSON, person, "change", NUM(PERSON_SEX, 0));
    DO(ASSIGNMENT, assignment, "end");
    NO_WITH(not_yours, NOTE, note, "change", TXT(NOTE_CONTENT, "y"));
    bool on_case = true;
    assert_int_equal(ipus_on_case(memory_record(office.memory), person, ewa, &on_case), IPUS_FINE);
    assert_false(on_case);
}

static void a_provider_has_its_own_rows_alone(void **state)
{
    (void)state;
    int64_t own = MAKE(PROVIDER, TXT(PROVIDER_NAME, "Ewa"), TXT(PROVIDER_TYPE, "firm"),
                       DAY(PROVIDER_SINCE, "2026-01-01"));
    int64_t other = MAKE(PROVIDER, TXT(PROVIDER_NAME, "Jan"), TXT(PROVIDER_TYPE, "firm"),
                         DAY(PROVIDER_SINCE, "2026-01-01"));
    office.actor = (ipus_actor_t){.account = 9, .provider = own, .scope = IPUS_OWN};
    DO_WITH(PROVIDER, own, "change", TXT(PROVIDER_NAME, "Ewa and sons"));
    static const char absent[] = "Nie ma takiej pozycji w rejestrze.";
    NO_WITH(absent, PROVIDER, other, "change", TXT(PROVIDER_NAME, "x"));
    NO_WITH(absent, PROVIDER, other + 1, "change", TXT(PROVIDER_NAME, "x"));
    (void)MAKE(OFFER, NUM(OFFER_PROVIDER, own), TXT(OFFER_SERVICE, "massage"),
               DAY(OFFER_BEGINS, "2026-01-01"));
    NO_MAKE("Pole „provider” wskazuje pozycję, której nie ma.", OFFER, NUM(OFFER_PROVIDER, other),
            TXT(OFFER_SERVICE, "massage"), DAY(OFFER_BEGINS, "2026-01-01"));
    ipus_command_t stale = {.kind = IPUS_PROVIDER,
                            .step = ipus_step_named(IPUS_PROVIDER, SPAN("change")),
                            .id = other,
                            .version = 9,
                            .given = {.kind = IPUS_PROVIDER},
                            .actor = office.actor,
                            .today = office.today,
                            .programme = &office.programme};
    assert_false(memory_run(office.memory, &stale, &office.answer));
    assert_int_equal(office.answer.refusal.code, IPUS_NO_SUCH_ROW);
}

static void what_is_the_hosts_nobody_else_does(void **state)
{
    (void)state;
    int found = 0;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        size_t count = 0;
        const ipus_step_t *steps = ipus_steps((ipus_kind_t)kind, &count);
        for (size_t i = 0; i < count; i++) {
            if (steps[i].by_host) {
                ipus_command_t command = {.kind = (ipus_kind_t)kind,
                                          .step = &steps[i],
                                          .given = {.kind = (ipus_kind_t)kind},
                                          .actor = {.account = 1, .may_override = true},
                                          .today = office.today,
                                          .programme = &office.programme};
                assert_false(memory_run(office.memory, &command, &office.answer));
                assert_int_equal(office.answer.refusal.code, IPUS_NOT_YOURS);
                found++;
            }
        }
    }
    assert_true(found >= 5);
}

/* Whatever a step did, to its own row and to others, each has its line under the account that
 * asked. */
static void every_row_written_is_in_the_journal(void **state)
{
    (void)state;
    static const struct {
        ipus_kind_t kind;
        const char *step;
    } expected[] = {{IPUS_PERSON, "declare"},
                    {IPUS_STATEMENT, "make"},
                    {IPUS_STATEMENT, "replace"},
                    {IPUS_PERSON, "declare"},
                    {IPUS_STATEMENT, "make"}};
    int64_t person = add_person("ABC 1");
    size_t before = 0, after = 0;
    (void)memory_journal(office.memory, &before);
    office.actor.account = 7;
    for (int i = 0; i < 2; i++) {
        (void)MAKE(STATEMENT, NUM(STATEMENT_PERSON, person), TXT(STATEMENT_FACT, "lives_alone"),
                   TXT(STATEMENT_VALUE, "true"), DAY(STATEMENT_DECLARED_ON, "2026-03-01"));
    }
    const ipus_entry_t *journal = memory_journal(office.memory, &after);
    assert_int_equal(after - before, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < after - before; i++) {
        assert_int_equal(journal[before + i].kind, expected[i].kind);
        assert_string_equal(journal[before + i].step, expected[i].step);
        assert_int_equal(journal[before + i].account, 7);
        assert_false(journal[before + i].overridden);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_version_that_has_moved_is_stale),
        OFFICE_TEST(a_case_belongs_to_those_assigned_to_it),
        OFFICE_TEST(a_provider_has_its_own_rows_alone),
        OFFICE_TEST(what_is_the_hosts_nobody_else_does),
        OFFICE_TEST(every_row_written_is_in_the_journal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
