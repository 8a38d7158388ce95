/* From an application to a decision. */
#include "ipus_world.h"

static void an_intake_has_a_code_to_ask_by(void **state)
{
    (void)state;
    int64_t id = MAKE(INTAKE, TXT(INTAKE_NAME, "Maria"), TXT(INTAKE_REACH, "600 100 200"));
    ipus_row_t row = row_at(IPUS_INTAKE, id);
    assert_int_equal(row.at[INTAKE_CODE].text.len, 12);
    assert_day(IPUS_INTAKE, id, INTAKE_RECEIVED_ON, "2026-03-02");
    NO("Brakuje pola „application”.", INTAKE, id, "take");
    NO_WITH("Pole „application” wskazuje pozycję, której nie ma.", INTAKE, id, "take",
            NUM(INTAKE_APPLICATION, 1));
    int64_t person = add_person("ABC 1"), application = add_application(person);
    DO_WITH(INTAKE, id, "take", NUM(INTAKE_APPLICATION, application));
    assert_state(IPUS_INTAKE, id, "taken");
    assert_number(IPUS_INTAKE, id, INTAKE_PERSON, person);
    int64_t spam = MAKE(INTAKE, TXT(INTAKE_NAME, "Jan"), TXT(INTAKE_REACH, "600 100 300"),
                        TXT(INTAKE_CONTENT, "x"));
    NO("W stanie „received” nie można wykonać kroku „erase”. Dozwolone kroki: take, reject.",
       INTAKE, spam, "erase");
    DO(INTAKE, spam, "reject");
    DO(INTAKE, spam, "erase");
    assert_state(IPUS_INTAKE, spam, "rejected");
    assert_none(IPUS_INTAKE, spam, INTAKE_CONTENT);
    NO("W stanie „taken” nie można wykonać kroku „reject”. Dozwolone kroki: –.", INTAKE, id,
       "reject");
}

static void the_applicant_is_the_person_or_related(void **state)
{
    (void)state;
    static const char sentence[] = "Wnioskodawcą jest sama osoba albo jej przedstawiciel lub "
                                   "opiekun wpisany do rejestru.";
    int64_t person = add_person("ABC 1"), other = add_person("ABC 2");
#define APPLIES(role, ...)                                                                         \
    NUM(APPLICATION_PERSON, person), DAY(APPLICATION_RECEIVED_ON, "2026-02-20"),                   \
        NUM(APPLICATION_APPLICANT_ROLE, role), __VA_ARGS__
    (void)MAKE(APPLICATION, APPLIES(0, NUM(APPLICATION_APPLICANT, person)));
    NO_MAKE(sentence, APPLICATION, APPLIES(0, NUM(APPLICATION_APPLICANT, other)));
    NO_MAKE(sentence, APPLICATION, APPLIES(1, NUM(APPLICATION_CHANNEL, 0)));
    NO_MAKE(sentence, APPLICATION, APPLIES(1, NUM(APPLICATION_APPLICANT, other)));
    int64_t relation = MAKE(RELATION, NUM(RELATION_PERSON, person), NUM(RELATION_OTHER, other),
                            NUM(RELATION_ROLE, 1));
    NO_MAKE(sentence, APPLICATION, APPLIES(1, NUM(APPLICATION_APPLICANT, other)));
    (void)MAKE(APPLICATION, APPLIES(2, NUM(APPLICATION_APPLICANT, other)));
    DO_WITH(RELATION, relation, "change", DAY(RELATION_ENDS, "2026-03-02"));
    (void)MAKE(APPLICATION, APPLIES(2, NUM(APPLICATION_APPLICANT, other)));
    office.today = day("2026-03-03");
    NO_MAKE(sentence, APPLICATION, APPLIES(2, NUM(APPLICATION_APPLICANT, other)));
}

static void a_plan_is_owed_from_the_day_of_the_application(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1"), id = add_application(person);
    ipus_row_t row = row_at(IPUS_APPLICATION, id);
    assert_int_equal(row.at[APPLICATION_CODE].text.len, 12);
    DO(APPLICATION, id, "submit");
    assert_day(IPUS_APPLICATION, id, APPLICATION_COMPLETE_ON, "2026-02-20");
    assert_day(IPUS_APPLICATION, id, APPLICATION_DUE_ON, "2026-03-22");
    NO("Brakuje pola „reason”.", APPLICATION, id, "return");
    DO_WITH(APPLICATION, id, "return", TXT(APPLICATION_REASON, "no signature"));
    assert_none(IPUS_APPLICATION, id, APPLICATION_COMPLETE_ON);
    office.today = day("2026-03-05");
    DO(APPLICATION, id, "complete");
    assert_day(IPUS_APPLICATION, id, APPLICATION_COMPLETE_ON, "2026-03-05");
    assert_day(IPUS_APPLICATION, id, APPLICATION_DUE_ON, "2026-03-22");
    NO("Trzeba wskazać koordynatora.", APPLICATION, id, "assess");
    int64_t ewa = add_account("ewa", 0), jan = add_account("jan", 0);
    DO(ACCOUNT, jan, "disable");
    NO_WITH("Konto w polu „coordinator” jest wyłączone.", APPLICATION, id, "assess",
            NUM(APPLICATION_COORDINATOR, jan));
    office.actor.account = ewa;
    DO(APPLICATION, id, "assess");
    assert_number(IPUS_APPLICATION, id, APPLICATION_COORDINATOR, ewa);
    assert_number(IPUS_ASSIGNMENT, 1, ASSIGNMENT_ACCOUNT, ewa);
    int64_t again = add_application(person);
    DO(APPLICATION, again, "submit");
    DO(APPLICATION, again, "assess");
    assert_int_equal(memory_count(office.memory, IPUS_ASSIGNMENT), 1);
    NO_WITH("Konto w polu „coordinator” jest wyłączone.", APPLICATION, again, "change",
            NUM(APPLICATION_COORDINATOR, jan));
    DO(ACCOUNT, jan, "enable");
    DO_WITH(APPLICATION, again, "change", NUM(APPLICATION_COORDINATOR, jan));
    assert_number(IPUS_ASSIGNMENT, 2, ASSIGNMENT_ACCOUNT, jan);
    no_terms();
    int64_t free = add_application(person);
    DO(APPLICATION, free, "submit");
    assert_none(IPUS_APPLICATION, free, APPLICATION_DUE_ON);
}

static void a_decision_is_what_the_rules_said_of_the_facts_as_they_are(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1"), application = add_application(person);
#define DECIDES NUM(DECISION_APPLICATION, application), TXT(DECISION_SERVICE, "massage")
    NO_MAKE("Wniosek jest w stanie „draft”; na tym etapie nie można tego zrobić.", DECISION,
            DECIDES);
    application = add_assessed(person);
    NO_MAKE("W dniu 2025-12-31 program nie ma usługi „massage”.", DECISION, DECIDES,
            DAY(DECISION_ON, "2025-12-31"));
    office.verdict.relief = SPAN("care-leaver");
    int64_t id = decide(application, "massage", true);
    assert_number(IPUS_DECISION, id, DECISION_PERSON, person);
    assert_number(IPUS_DECISION, id, DECISION_OUTCOME, 1);
    assert_number(IPUS_DECISION, id, DECISION_OVERRIDES, 0);
    assert_number(IPUS_DECISION, id, DECISION_PRICE, 4500);
    assert_number(IPUS_DECISION, id, DECISION_FEE, 900);
    assert_text(IPUS_DECISION, id, DECISION_RELIEF, "care-leaver");
    assert_text(IPUS_DECISION, id, DECISION_RULES, "0123456789abcdef");
    assert_text(IPUS_DECISION, id, DECISION_FACTS, "{}");
    assert_text(IPUS_DECISION, id, DECISION_TRACE, "[]");
    assert_day(IPUS_DECISION, id, DECISION_ON, "2026-03-02");
    (void)MAKE(STATEMENT, NUM(STATEMENT_PERSON, person), TXT(STATEMENT_FACT, "lives_alone"),
               TXT(STATEMENT_VALUE, "true"), DAY(STATEMENT_DECLARED_ON, "2026-03-01"));
    NO_MAKE("Oświadczenia tej osoby zmieniły się w trakcie decydowania.", DECISION, DECIDES);
    office.decides = NULL;
    NO_MAKE("Reguły nie dały wyniku: brakuje oświadczeń albo danych programu.", DECISION, DECIDES);
}

static void only_some_may_decide_otherwise_than_the_rules(void **state)
{
    (void)state;
    int64_t application = add_assessed(add_person("ABC 1"));
    const given_t given[] = {DECIDES, NUM(DECISION_OUTCOME, 1),
                             TXT(DECISION_REASON, "a flood on the street")};
    office.verdict.yes = false;
    refuse_step("Inaczej niż wynika z reguł może zdecydować tylko uprawniona osoba.", IPUS_DECISION,
                0, "override", given, 4);
    office.actor.may_override = true;
    refuse_step("Brakuje pola „reason”.", IPUS_DECISION, 0, "override", given, 3);
    int64_t id = do_step(IPUS_DECISION, 0, "override", given, 4);
    assert_number(IPUS_DECISION, id, DECISION_OUTCOME, 1);
    assert_number(IPUS_DECISION, id, DECISION_OVERRIDES, 1);
    assert_text(IPUS_DECISION, id, DECISION_TRACE, "[]");
    DO(APPLICATION, application, "qualify");
    refuse_step("Nie ma takiej pozycji w rejestrze.", IPUS_DECISION, id, "override", given, 4);
}

static void an_application_goes_by_the_last_decision(void **state)
{
    (void)state;
    static const char none[] = "W tej sprawie nie ma decyzji, która na to pozwala.";
    int64_t application = add_assessed(add_person("ABC 1"));
    NO(none, APPLICATION, application, "qualify");
    (void)decide(application, "massage", true);
    NO_WITH(none, APPLICATION, application, "refuse", TXT(APPLICATION_REASON, "x"));
    (void)decide(application, "massage", false);
    NO(none, APPLICATION, application, "qualify");
    NO("Z tego wniosku nikt nie czeka na liście oczekujących.", APPLICATION, application, "wait");
    int64_t waiting =
        PUT(WAITING, NUM(WAITING_APPLICATION, application), TXT(WAITING_SERVICE, "massage"),
            NUM(WAITING_QUANTITY, 1000), NUM(WAITING_STATE, WAITING_IS_QUEUED));
    DO(APPLICATION, application, "wait");
    DO_WITH(APPLICATION, application, "refuse", TXT(APPLICATION_REASON, "not alone"));
    assert_none(IPUS_APPLICATION, application, APPLICATION_DUE_ON);
    assert_state(IPUS_WAITING, waiting, "withdrawn");
    DO(APPLICATION, application, "close");
}

static void nothing_comes_of_an_application_that_is_over(void **state)
{
    (void)state;
    int64_t application = add_assessed(add_person("ABC 1"));
    int64_t decision = decide(application, "massage", true);
    DO(APPLICATION, application, "withdraw");
    NO_MAKE("Wniosek jest w stanie „withdrawn”; na tym etapie nie można tego zrobić.", GRANTED,
            NUM(GRANTED_DECISION, decision), NUM(GRANTED_QUANTITY, 1000),
            DAY(GRANTED_BEGINS, "2026-03-02"), DAY(GRANTED_ENDS, "2026-03-31"));
    NO_MAKE("Wniosek jest w stanie „withdrawn”; na tym etapie nie można tego zrobić.", WAITING,
            NUM(WAITING_DECISION, decision), NUM(WAITING_QUANTITY, 1000));
}

static void withdrawing_undoes_what_was_planned(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1");
    int64_t other = add_assessed(of.person);
    DO(APPLICATION, of.application, "withdraw");
    assert_state(IPUS_PLAN, of.plan, "terminated");
    assert_state(IPUS_GRANTED, of.massage, "withdrawn");
    assert_day(IPUS_APPLICATION, of.application, APPLICATION_CLOSED_ON, "2026-03-02");
    assert_none(IPUS_APPLICATION, of.application, APPLICATION_DUE_ON);
    assert_state(IPUS_APPLICATION, other, "in_assessment");
}

static void nothing_is_withdrawn_or_closed_while_something_runs(void **state)
{
    (void)state;
    static const char plan_runs[] = "Najpierw trzeba zakończyć to, co jeszcze trwa: plans/1.";
    case_t of = add_active("ABC 1");
    NO(plan_runs, APPLICATION, of.application, "withdraw");
    NO(plan_runs, APPLICATION, of.application, "close");
    DO_WITH(PLAN, of.plan, "terminate", TXT(PLAN_REASON, "moved away"));
    DO(APPLICATION, of.application, "close");
    assert_state(IPUS_APPLICATION, of.application, "closed");
    NO_MAKE("Wniosek jest w stanie „closed”; na tym etapie nie można tego zrobić.", DIAGNOSIS,
            NUM(DIAGNOSIS_PERSON, of.person), NUM(DIAGNOSIS_APPLICATION, of.application),
            DAY(DIAGNOSIS_MADE_ON, "2026-03-01"), TXT(DIAGNOSIS_NEEDS, "x"));
    case_t alone = add_qualified("ABC 2");
    int64_t granted =
        MAKE(GRANTED, NUM(GRANTED_DECISION, alone.massage), NUM(GRANTED_QUANTITY, 1000),
             DAY(GRANTED_BEGINS, "2026-03-02"), DAY(GRANTED_ENDS, "2026-04-30"));
    NO("Najpierw trzeba zakończyć to, co jeszcze trwa: granted/3.", APPLICATION, alone.application,
       "close");
    DO(GRANTED, granted, "grant");
    NO("Najpierw trzeba zakończyć to, co jeszcze trwa: granted/3.", APPLICATION, alone.application,
       "withdraw");
    DO(GRANTED, granted, "end");
    DO(APPLICATION, alone.application, "withdraw");
}

static void a_diagnosis_is_of_the_application_and_signed_after_it_was_made(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1"), other = add_person("ABC 2");
    int64_t application = add_application(person);
    NO_MAKE("Pole „application” dotyczy innej osoby albo innego wniosku.", DIAGNOSIS,
            NUM(DIAGNOSIS_PERSON, other), NUM(DIAGNOSIS_APPLICATION, application),
            DAY(DIAGNOSIS_MADE_ON, "2026-02-25"), TXT(DIAGNOSIS_NEEDS, "x"));
    int64_t id = add_diagnosis(person, application);
    NO_WITH("Podpis nie może być wcześniejszy niż 2026-02-25.", DIAGNOSIS, id, "sign",
            DAY(DIAGNOSIS_SIGNED_ON, "2026-02-24"));
    NO_WITH("Dzień w polu „signed_on” jeszcze nie nadszedł.", DIAGNOSIS, id, "sign",
            DAY(DIAGNOSIS_SIGNED_ON, "2026-03-03"));
    DO(DIAGNOSIS, id, "sign");
    assert_day(IPUS_DIAGNOSIS, id, DIAGNOSIS_SIGNED_ON, "2026-03-02");
    NO("W stanie „signed” nie można wykonać kroku „change”. Dozwolone kroki: –.", DIAGNOSIS, id,
       "change");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(an_intake_has_a_code_to_ask_by),
        OFFICE_TEST(the_applicant_is_the_person_or_related),
        OFFICE_TEST(a_plan_is_owed_from_the_day_of_the_application),
        OFFICE_TEST(a_decision_is_what_the_rules_said_of_the_facts_as_they_are),
        OFFICE_TEST(only_some_may_decide_otherwise_than_the_rules),
        OFFICE_TEST(an_application_goes_by_the_last_decision),
        OFFICE_TEST(nothing_comes_of_an_application_that_is_over),
        OFFICE_TEST(withdrawing_undoes_what_was_planned),
        OFFICE_TEST(nothing_is_withdrawn_or_closed_while_something_runs),
        OFFICE_TEST(a_diagnosis_is_of_the_application_and_signed_after_it_was_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
