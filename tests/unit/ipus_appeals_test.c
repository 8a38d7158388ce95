/* Refused applications and objections to that; plans taken back from approval and described after
 * they were broken off; and the days on which periods end. */
#include "ipus_world.h"

#define REASON(kind) TXT(kind##_REASON, "so it is")

static int64_t add_refused(void)
{
    int64_t application = add_assessed(add_person("ABC 1"));
    (void)decide(application, "massage", false);
    DO_WITH(APPLICATION, application, "refuse", REASON(APPLICATION));
    return application;
}

static void a_refusal_is_delivered_and_final_when_nobody_objects(void **state)
{
    (void)state;
    set_term(TERM_APPEAL_DAYS, 14);
    (void)add_refused();
    assert_text(IPUS_REFUSAL, 1, REFUSAL_NUMBER, "OD/1/2026");
    assert_none(IPUS_REFUSAL, 1, REFUSAL_OBJECT_BY);
    NO_WITH("Podpis nie może być wcześniejszy niż 2026-03-02.", REFUSAL, 1, "deliver",
            DAY(REFUSAL_DELIVERED_ON, "2026-03-01"));
    office.today = day("2026-03-06");
    DO_WITH(REFUSAL, 1, "deliver", DAY(REFUSAL_DELIVERED_ON, "2026-03-05"));
    assert_day(IPUS_REFUSAL, 1, REFUSAL_OBJECT_BY, "2026-03-19");
    office.today = day("2026-03-20");
    NO_WITH("Sprzeciw można było wnieść do 2026-03-19.", REFUSAL, 1, "object",
            TXT(REFUSAL_OBJECTION, "I need it"));
    bool done = false;
    const ipus_command_t daily = {
        .actor = {.host = true}, .today = office.today, .programme = &office.programme};
    memory_begin(office.memory);
    assert_true(ipus_daily(&daily, memory_record(office.memory), &done, &office.answer));
    memory_commit(office.memory);
    assert_state(IPUS_REFUSAL, 1, "final");
}

static void an_objection_is_answered(void **state)
{
    (void)state;
    int64_t application = add_refused();
    int64_t person = row_at(IPUS_APPLICATION, application).at[APPLICATION_PERSON].number;
    DO(APPLICATION, application, "close");
    DO_WITH(REFUSAL, 1, "object", TXT(REFUSAL_OBJECTION, "I need it"));
    NO("Najpierw trzeba zakończyć to, co jeszcze trwa: refusals/1.", PERSON, person, "erase");
    office.today = day("2026-03-10");
    DO_WITH(REFUSAL, 1, "allow", TXT(REFUSAL_ANSWER, "there is a paper after all"));
    assert_state(IPUS_APPLICATION, application, "in_assessment");
    assert_day(IPUS_APPLICATION, application, APPLICATION_DUE_ON, "2026-04-09");
    (void)decide(application, "massage", false);
    DO_WITH(APPLICATION, application, "refuse", REASON(APPLICATION));
    assert_text(IPUS_REFUSAL, 2, REFUSAL_NUMBER, "OD/2/2026");
    DO_WITH(REFUSAL, 2, "object", TXT(REFUSAL_OBJECTION, "again"));
    DO_WITH(REFUSAL, 2, "uphold", TXT(REFUSAL_ANSWER, "nothing new"));
    DO(APPLICATION, application, "close");
    DO(PERSON, person, "erase");
}

/* ---- plans ----------------------------------------------------------------------------------- */

static void an_approved_plan_that_cannot_begin_is_opened_again(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1");
    approve(of.plan);
    assert_day(IPUS_APPLICATION, of.application, APPLICATION_MET_ON, "2026-03-02");
    office.today = day("2027-01-01");
    NO("To zakończyło się już 2026-12-31.", PLAN, of.plan, "activate");
    DO(PLAN, of.plan, "reopen");
    assert_state(IPUS_PLAN, of.plan, "draft");
    assert_none(IPUS_PLAN, of.plan, PLAN_APPROVED_ON);
    assert_none(IPUS_APPLICATION, of.application, APPLICATION_MET_ON);
    assert_day(IPUS_APPLICATION, of.application, APPLICATION_DUE_ON, "2026-03-22");
}

static void a_plan_that_is_broken_off_gives_the_deadline_back(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    office.today = day("2026-06-01");
    DO_WITH(PLAN, of.plan, "terminate", REASON(PLAN));
    assert_none(IPUS_APPLICATION, of.application, APPLICATION_MET_ON);
    assert_day(IPUS_APPLICATION, of.application, APPLICATION_DUE_ON, "2026-07-01");
    (void)MAKE(CLOSING, NUM(CLOSING_PLAN, of.plan), DAY(CLOSING_ON, "2026-06-01"),
               TXT(CLOSING_COURSE, "three months"), TXT(CLOSING_RESULTS, "walks again"));
    DO(APPLICATION, of.application, "close");
    assert_none(IPUS_APPLICATION, of.application, APPLICATION_DUE_ON);
}

static void an_edition_that_is_dropped_leaves_the_deadline_met(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    DO_WITH(PLAN, of.plan, "amend", REASON(PLAN));
    DO_WITH(PLAN, of.plan + 1, "terminate", REASON(PLAN));
    assert_day(IPUS_APPLICATION, of.application, APPLICATION_MET_ON, "2026-03-02");
}

/* ---- days ------------------------------------------------------------------------------------ */

/* 22 March 2026 is a Sunday. */
static void periods_end_on_working_days_where_the_programme_says_so(void **state)
{
    (void)state;
    static const registry_closed_t closed = {.from = {0}, .to = {0}};
    registry_closed_t monday = closed;
    monday.from = monday.to = day("2026-03-23");
    set_term(TERM_ENDS_ON_WORKING_DAYS, 1);
    int64_t application = add_application(add_person("ABC 1"));
    DO(APPLICATION, application, "submit");
    assert_day(IPUS_APPLICATION, application, APPLICATION_DUE_ON, "2026-03-23");
    office.programme.closed = &monday;
    office.programme.closed_count = 1;
    application = add_application(add_person("ABC 2"));
    DO(APPLICATION, application, "submit");
    assert_day(IPUS_APPLICATION, application, APPLICATION_DUE_ON, "2026-03-24");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_refusal_is_delivered_and_final_when_nobody_objects),
        OFFICE_TEST(an_objection_is_answered),
        OFFICE_TEST(an_approved_plan_that_cannot_begin_is_opened_again),
        OFFICE_TEST(a_plan_that_is_broken_off_gives_the_deadline_back),
        OFFICE_TEST(an_edition_that_is_dropped_leaves_the_deadline_met),
        OFFICE_TEST(periods_end_on_working_days_where_the_programme_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
