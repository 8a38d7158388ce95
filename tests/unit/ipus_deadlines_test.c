/* What comes up, what days alone do, and that no step is ever half done. */
#include "ipus_world.h"

#include <stdio.h>

typedef struct {
    char text[2000];
    size_t most, count;
} list_t;

static bool note(void *of, const ipus_deadline_t *deadline)
{
    static const char *const names[IPUS_DUE_COUNT] = {
        "plan",     "contact", "summary",   "end",        "answer", "offer",
        "return",   "meeting", "agreement", "objection",  "intake", "assessment",
        "delivery", "outcome", "approval",  "activation", "work",   "check",
        "settling", "reorder", "dispute",   "payment",    "refund"};
    list_t *list = of;
    char on[DATE_TEXT_LEN + 1];
    date_text(date_is_none(deadline->on) ? deadline->since : deadline->on, on);
    size_t len = strlen(list->text);
    int added = snprintf(list->text + len, sizeof list->text - len, "%s%s %s/%d %s",
                         date_is_none(deadline->on) ? "waits: " : "", names[deadline->what],
                         ipus_kind(deadline->kind)->plural, (int)deadline->id, on);
    char missed[24] = "";
    if (deadline->missed > 0) {
        (void)snprintf(missed, sizeof missed, ", missed %d", deadline->missed);
    }
    len += (size_t)added;
    (void)snprintf(list->text + len, sizeof list->text - len, "%s\n", missed);
    return ++list->count < list->most;
}

/* A coordinator's work, as the table of permissions has it. */
static bool may_all(void *of, ipus_kind_t kind, const char *step)
{
    (void)of;
    return kind != IPUS_AGREEMENT && kind != IPUS_CHARGE && strcmp(step, "approve") != 0 &&
           strcmp(step, "settle") != 0;
}

static bool may_direct(void *of, ipus_kind_t kind, const char *step)
{
    return !may_all(of, kind, step) || kind == IPUS_CHARGE;
}

static void assert_due(int64_t coordinator, const char *until, const char *expected)
{
    list_t list = {.most = 100};
    const ipus_agenda_t agenda = {
        .account = coordinator, .today = office.today, .until = day(until), .may = may_all};
    assert_int_equal(
        ipus_deadlines(memory_record(office.memory), &office.programme, &agenda, note, &list),
        IPUS_FINE);
    assert_string_equal(list.text, expected);
}

static void deadlines_are_read_off_the_record(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    int64_t ewa = office.actor.account;
    int64_t late = add_application(add_person("ABC 2"));
    DO(APPLICATION, late, "submit");
    office.actor.account = add_account("jan", 0);
    DO(APPLICATION, late, "assess");
    assert_due(0, "2026-03-21", "");
    assert_due(0, "2026-04-01", "plan applications/2 2026-03-22\nmeeting meetings/0 2026-04-01\n");
    assert_due(ewa, "2026-06-02", "contact plans/1 2026-06-02\nmeeting meetings/0 2026-04-01\n");
    office.today = day("2026-04-01");
    (void)MAKE(MEETING, NUM(MEETING_ABOUT, 0), DAY(MEETING_ON, "2026-03-31"));
    (void)MAKE(MEETING, NUM(MEETING_ABOUT, 0), DAY(MEETING_ON, "2026-03-01"));
    (void)PUT(ORDER, NUM(ORDER_PERSON, of.person), DAY(ORDER_ANSWER_BY, "2026-04-03"),
              NUM(ORDER_STATE, ORDER_IS_ISSUED));
    (void)PUT(ORDER, NUM(ORDER_PERSON, of.person), DAY(ORDER_LENT_UNTIL, "2026-04-04"),
              NUM(ORDER_STATE, ORDER_IS_ACCEPTED));
    (void)PUT(WAITING, NUM(WAITING_PERSON, of.person), DAY(WAITING_OFFER_UNTIL, "2026-04-05"),
              NUM(WAITING_STATE, WAITING_IS_OFFERED));
    (void)PUT(AGREEMENT, DAY(AGREEMENT_ENDS, "2026-04-06"),
              NUM(AGREEMENT_STATE, AGREEMENT_IS_SIGNED));
    (void)PUT(AGREEMENT, DAY(AGREEMENT_ENDS, "2026-04-06"),
              NUM(AGREEMENT_STATE, AGREEMENT_IS_ENDED));
    static const char of_ewa[] = "contact plans/1 2026-06-02\nsummary plans/1 2026-09-02\n"
                                 "end plans/1 2026-12-31\nanswer orders/1 2026-04-03\n"
                                 "offer waiting/1 2026-04-05\nreturn orders/2 2026-04-04\n"
                                 "meeting meetings/0 2026-06-30\n";
    assert_due(ewa, "2026-12-31", of_ewa);
    assert_due(office.actor.account, "2026-12-31",
               "plan applications/2 2026-03-22\nmeeting meetings/0 2026-06-30\n");
    assert_due(0, "2026-04-06",
               "plan applications/2 2026-03-22\nanswer orders/1 2026-04-03\n"
               "offer waiting/1 2026-04-05\nreturn orders/2 2026-04-04\n"
               "agreement agreements/1 2026-04-06\n");
    DO_WITH(PLAN, of.plan, "suspend", TXT(PLAN_REASON, "in hospital"));
    assert_due(ewa, "2026-12-31", of_ewa);
    DO_WITH(PLAN, of.plan, "terminate", TXT(PLAN_REASON, "moved away"));
    no_terms();
    assert_due(
        ewa, "2026-12-31", /* the plan that takes its place is owed from that day on */
        "plan applications/1 2026-05-01\nanswer orders/1 2026-04-03\noffer waiting/1 2026-04-05\n"
        "return orders/2 2026-04-04\n");
}

/* ---- what waits for somebody ----------------------------------------------------------------- */

static void assert_waits(int64_t account, bool (*may)(void *, ipus_kind_t, const char *),
                         int64_t provider, const char *expected)
{
    list_t list = {.most = 100};
    const ipus_agenda_t agenda = {.account = account,
                                  .provider = provider,
                                  .today = office.today,
                                  .until = office.today,
                                  .may = may};
    assert_int_equal(
        ipus_deadlines(memory_record(office.memory), &office.programme, &agenda, note, &list),
        IPUS_FINE);
    assert_string_equal(list.text, expected);
}

static void the_work_list_is_whole_for_each_role(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    int64_t ewa = office.actor.account, director = add_account("dyr", 2);
    (void)PUT(INTAKE, NUM(INTAKE_STATE, INTAKE_IS_RECEIVED), DAY(INTAKE_RECEIVED_ON, "2026-03-02"));
    int64_t fresh = add_application(add_person("ABC 2"));
    DO(APPLICATION, fresh, "submit");
    int64_t signed_plan = PUT(PLAN, NUM(PLAN_STATE, PLAN_IS_SIGNED), NUM(PLAN_COORDINATOR, ewa),
                              DAY(PLAN_SIGNED_ON, "2026-03-01"));
    (void)PUT(PLAN, NUM(PLAN_STATE, PLAN_IS_APPROVED), NUM(PLAN_COORDINATOR, ewa),
              DAY(PLAN_APPROVED_ON, "2026-03-01"));
    static const int64_t states[] = {ORDER_IS_ACCEPTED, ORDER_IS_DONE, ORDER_IS_CONFIRMED,
                                     ORDER_IS_NOT_DONE, ORDER_IS_REFUSED};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        (void)PUT(ORDER, NUM(ORDER_PERSON, of.person), NUM(ORDER_STATE, states[i]),
                  NUM(ORDER_PROVIDER, 1), NUM(ORDER_GRANTED, of.massage),
                  DAY(ORDER_PLANNED_ON, "2026-03-02"), DAY(ORDER_DONE_ON, "2026-03-02"),
                  DAY(ORDER_CONFIRMED_ON, "2026-03-02"));
    }
    (void)PUT(DELIVERY, NUM(DELIVERY_PERSON, of.person), NUM(DELIVERY_PROVIDER, 1),
              NUM(DELIVERY_STATE, DELIVERY_IS_DISPUTED), DAY(DELIVERY_ON, "2026-03-02"));
    (void)PUT(CHARGE, NUM(CHARGE_STATE, CHARGE_IS_DUE), DAY(CHARGE_ON, "2026-03-01"));
    (void)PUT(CHARGE, NUM(CHARGE_STATE, CHARGE_IS_OVERPAID), DAY(CHARGE_ON, "2026-03-01"));
    (void)PUT(REFUSAL, NUM(REFUSAL_STATE, REFUSAL_IS_ISSUED), DAY(REFUSAL_ISSUED_ON, "2026-03-01"));
    (void)PUT(REFUSAL, NUM(REFUSAL_STATE, REFUSAL_IS_OBJECTED),
              DAY(REFUSAL_OBJECTED_ON, "2026-03-01"));
    assert_int_equal(signed_plan, 2);
    assert_waits(ewa, may_all, 0,
                 "waits: intake intakes/1 2026-03-02\nwaits: assessment applications/2 2026-02-20\n"
                 "waits: delivery refusals/1 2026-03-01\nwaits: outcome refusals/2 2026-03-01\n"
                 "waits: activation plans/3 2026-03-01\nwaits: check orders/2 2026-03-02\n"
                 "waits: reorder orders/5 2026-03-02\nwaits: dispute deliveries/1 2026-03-02\n");
    assert_waits(director, may_direct, 0,
                 "waits: approval plans/2 2026-03-01\nwaits: settling orders/3 2026-03-02\n"
                 "waits: settling orders/4 2026-03-02\npayment charges/1 2026-03-01\n"
                 "refund charges/2 2026-03-01\n");
    assert_waits(ewa, may_direct, 0, /* nobody approves a plan of their own */
                 "waits: activation plans/3 2026-03-01\nwaits: check orders/2 2026-03-02\n"
                 "waits: settling orders/3 2026-03-02\nwaits: settling orders/4 2026-03-02\n"
                 "waits: reorder orders/5 2026-03-02\nwaits: dispute deliveries/1 2026-03-02\n"
                 "payment charges/1 2026-03-01\nrefund charges/2 2026-03-01\n");
    assert_waits(director, may_direct, 1, /* as the account of a provider asks */
                 "waits: work orders/1 2026-03-02\nwaits: dispute deliveries/1 2026-03-02\n");
}

static void every_contact_that_was_missed_counts(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1"); /* on 2 March, due each three months */
    office.today = day("2026-06-02");
    assert_due(office.actor.account, "2026-06-02",
               "contact plans/1 2026-06-02\nmeeting meetings/0 2026-04-01\n");
    office.today = day("2026-12-20");
    assert_due(office.actor.account, "2026-06-30",
               "contact plans/1 2026-06-02, missed 3\nmeeting meetings/0 2026-04-01\n");
    office.today = day("2027-03-03");
    assert_due(office.actor.account, "2026-06-30",
               "contact plans/1 2026-06-02, missed 4\nmeeting meetings/0 2026-04-01\n");
    (void)MAKE(CONTACT, NUM(CONTACT_PLAN, of.plan), DAY(CONTACT_ON, "2027-03-03"),
               NUM(CONTACT_BY, 0), TXT(CONTACT_CONTENT, "all is well"));
    assert_day(IPUS_PLAN, of.plan, PLAN_CONTACT_DUE, "2027-06-03");
}

static void a_term_that_is_missing_is_told(void **state)
{
    (void)state;
    set_term(TERM_ORDER_ANSWER_DAYS, 3);
    assert_string_equal(ipus_deadline_unset(&office.programme, office.today, 0), "offer_days");
    assert_string_equal(ipus_deadline_unset(&office.programme, office.today, 1), "appeal_days");
    assert_null(ipus_deadline_unset(&office.programme, office.today, 2));
}

static void a_list_stops_when_told_and_says_when_the_record_breaks(void **state)
{
    (void)state;
    (void)add_active("ABC 1");
    list_t list = {.most = 2};
    ipus_record_t *record = memory_record(office.memory);
    ipus_agenda_t agenda = {.today = office.today, .until = day("2027-01-01"), .may = may_all};
    assert_int_equal(ipus_deadlines(record, &office.programme, &agenda, note, &list), IPUS_FINE);
    assert_int_equal(list.count, 2);
    size_t broken = 0;
    for (size_t call = 1; call <= 60; call++) {
        memory_break(office.memory, call);
        agenda.account = office.actor.account;
        ipus_code_t code =
            ipus_deadlines(record, &office.programme, &agenda, note, &(list_t){.most = 99});
        broken += code == IPUS_BROKEN;
    }
    memory_break(office.memory, 0);
    assert_in_range(broken, 9, 59);
}

/* ---- day by day ------------------------------------------------------------------------------ */

static int do_daily(void)
{
    const ipus_command_t command = {
        .actor = {.host = true}, .today = office.today, .programme = &office.programme};
    for (int things = 0;; things++) {
        bool done = false;
        memory_begin(office.memory);
        assert_true(ipus_daily(&command, memory_record(office.memory), &done, &office.answer));
        memory_commit(office.memory);
        if (done) {
            return things;
        }
        assert_true(things < 100);
    }
}

static void what_is_over_ends_by_itself(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    int64_t card = MAKE(CARD, NUM(CARD_GRANTED, of.massage));
    office.today = day("2026-08-31");
    assert_int_equal(do_daily(), 0);
    office.today = day("2026-09-01");
    assert_int_equal(do_daily(), 2);
    assert_state(IPUS_GRANTED, of.massage, "ended");
    assert_state(IPUS_GRANTED, of.walking, "ended");
    assert_state(IPUS_CARD, card, "cancelled");
    assert_state(IPUS_PLAN, of.plan, "active");
    office.today = day("2027-01-01");
    assert_int_equal(do_daily(), 0);
    (void)MAKE(CLOSING, NUM(CLOSING_PLAN, of.plan), DAY(CLOSING_ON, "2026-12-30"),
               TXT(CLOSING_COURSE, "went well"), TXT(CLOSING_RESULTS, "stayed at home"));
    int64_t order = PUT(ORDER, NUM(ORDER_GRANTED, of.massage), NUM(ORDER_STATE, ORDER_IS_DONE));
    assert_int_equal(do_daily(), 0);
    ipus_record_t *record = memory_record(office.memory);
    ipus_row_t row = row_at(IPUS_ORDER, order);
    ipus_set(&row, ORDER_STATE, ORDER_IS_CONFIRMED);
    memory_begin(office.memory);
    assert_int_equal(record->set(record->context, &row, 0), IPUS_FINE);
    memory_commit(office.memory);
    assert_int_equal(do_daily(), 1);
    assert_state(IPUS_PLAN, of.plan, "finished");
}

/* ---- all or nothing -------------------------------------------------------------------------- */

/* Whatever call breaks, the step says so and leaves nothing behind; then it is done. */
static void try_every_break(ipus_kind_t kind, int64_t id, const char *step, const given_t *given,
                            size_t count)
{
    for (size_t call = 1;; call++) {
        assert_true(call < 1000);
        memory_break(office.memory, call);
        bool done = run_step(kind, id, step, given, count);
        memory_break(office.memory, 0);
        assert_false(office.answer.refused);
        if (done) {
            assert_true(call > 2);
            return;
        }
        assert_int_equal(office.answer.code, IPUS_BROKEN);
    }
}
#define BREAKS(kind, id, step) try_every_break(IPUS_##kind, id, step, NULL, 0)
#define BREAKS_WITH(kind, id, step, ...) try_every_break(IPUS_##kind, id, step, GIVEN(__VA_ARGS__))

static void no_step_is_half_done_when_the_record_breaks(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1");
    const given_t reason = TXT(PLAN_REASON, "x");
    BREAKS_WITH(PERSON, of.person, "change", TXT(PERSON_PESEL, "44051401458"));
    BREAKS_WITH(STATEMENT, 0, "make", NUM(STATEMENT_PERSON, of.person),
                TXT(STATEMENT_FACT, "lives_alone"), TXT(STATEMENT_VALUE, "true"),
                DAY(STATEMENT_DECLARED_ON, "2026-03-01"));
    BREAKS(PLAN, of.plan, "agree");
    BREAKS(PLAN, of.plan, "sign");
    office.actor.account = 0;
    BREAKS(PLAN, of.plan, "approve");
    BREAKS(PLAN, of.plan, "activate");
    BREAKS_WITH(CARD, 0, "make", NUM(CARD_GRANTED, of.massage));
    try_every_break(IPUS_PLAN, of.plan, "amend", &reason, 1);
    approve(2);
    BREAKS(PLAN, 2, "activate");
    BREAKS_WITH(MEETING, 0, "make", NUM(MEETING_ABOUT, 1), DAY(MEETING_ON, "2026-03-02"));
    BREAKS_WITH(CONTACT, 0, "make", NUM(CONTACT_PLAN, 2), DAY(CONTACT_ON, "2026-03-02"),
                NUM(CONTACT_BY, 0), TXT(CONTACT_CONTENT, "x"));
    BREAKS_WITH(CLOSING, 0, "make", NUM(CLOSING_PLAN, 2), DAY(CLOSING_ON, "2026-03-02"),
                TXT(CLOSING_COURSE, "x"), TXT(CLOSING_RESULTS, "x"));
    BREAKS(PLAN, 2, "finish");
    BREAKS(APPLICATION, of.application, "close");
    BREAKS(PERSON, of.person, "erase");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(deadlines_are_read_off_the_record),
        OFFICE_TEST(the_work_list_is_whole_for_each_role),
        OFFICE_TEST(every_contact_that_was_missed_counts),
        OFFICE_TEST(a_term_that_is_missing_is_told),
        OFFICE_TEST(a_list_stops_when_told_and_says_when_the_record_breaks),
        OFFICE_TEST(what_is_over_ends_by_itself),
        OFFICE_TEST(no_step_is_half_done_when_the_record_breaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
