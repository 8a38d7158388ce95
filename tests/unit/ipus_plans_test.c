/* Plans and their editions, services granted, cards, contacts, and what the days alone do. */
#include "ipus_world.h"

#define PLANNED(of)                                                                                \
    NUM(PLAN_APPLICATION, (of).application), NUM(PLAN_DIAGNOSIS, (of).diagnosis),                  \
        TXT(PLAN_EFFECTS, "stays at home")

static void a_plan_keeps_to_the_terms_of_the_programme(void **state)
{
    (void)state;
    case_t of = add_qualified("ABC 1");
    int64_t draft = add_diagnosis(of.person, of.application);
    int64_t other = add_assessed(of.person);
    NO_MAKE("Wniosek jest w stanie „in_assessment”; na tym etapie nie można tego zrobić.", PLAN,
            NUM(PLAN_APPLICATION, other), NUM(PLAN_DIAGNOSIS, of.diagnosis), TXT(PLAN_EFFECTS, "x"),
            DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2026-03-31"));
    (void)decide(other, "massage", true);
    DO(APPLICATION, other, "qualify");
    NO_MAKE("Pole „diagnosis” dotyczy innej osoby albo innego wniosku.", PLAN,
            NUM(PLAN_APPLICATION, other), NUM(PLAN_DIAGNOSIS, of.diagnosis), TXT(PLAN_EFFECTS, "x"),
            DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2026-03-31"));
    NO_MAKE("Diagnoza potrzeb nie jest jeszcze podpisana.", PLAN,
            NUM(PLAN_APPLICATION, of.application), NUM(PLAN_DIAGNOSIS, draft),
            TXT(PLAN_EFFECTS, "x"), DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2026-03-31"));
    NO_MAKE("Plan nie może zaczynać się przed wnioskiem z 2026-02-20.", PLAN, PLANNED(of),
            DAY(PLAN_BEGINS, "2026-02-19"), DAY(PLAN_ENDS, "2026-03-31"));
    NO_MAKE("Plan trwa najwyżej 12 mies., czyli do 2027-03-01.", PLAN, PLANNED(of),
            DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2027-03-02"));
    NO_MAKE("Okres zaczyna się 2026-03-02, a kończy wcześniej: 2026-03-01.", PLAN, PLANNED(of),
            DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2026-03-01"));
    NO_MAKE("Kontakt jest co najmniej raz na 3 mies.", PLAN, PLANNED(of),
            DAY(PLAN_BEGINS, "2026-03-02"), DAY(PLAN_ENDS, "2026-12-31"),
            NUM(PLAN_CONTACT_MONTHS, 4));
    int64_t id = MAKE(PLAN, PLANNED(of), DAY(PLAN_BEGINS, "2026-03-02"),
                      DAY(PLAN_ENDS, "2027-03-01"), NUM(PLAN_CONTACT_MONTHS, 1));
    assert_text(IPUS_PLAN, id, PLAN_NUMBER, "IPUS/1/2026");
    assert_number(IPUS_PLAN, id, PLAN_EDITION, 1);
    assert_number(IPUS_PLAN, id, PLAN_PERSON, of.person);
    assert_number(IPUS_PLAN, id, PLAN_COORDINATOR, office.actor.account);
    assert_day(IPUS_PLAN, id, PLAN_DRAWN_ON, "2026-03-02");
    NO_WITH("Plan trwa najwyżej 12 mies., czyli do 2027-03-01.", PLAN, id, "change",
            DAY(PLAN_ENDS, "2027-03-02"));
    no_terms();
    NO_WITH("Program obowiązuje od 2026-01-01 do 2027-12-31, a podano 2028-01-01.", PLAN, id,
            "change", DAY(PLAN_ENDS, "2028-01-01"));
    DO_WITH(PLAN, id, "change", DAY(PLAN_ENDS, "2027-12-31"), NUM(PLAN_CONTACT_MONTHS, 6));
}

static void a_plan_is_agreed_signed_approved_and_carried_out(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1");
    case_t empty = add_plan("ABC 2");
    DO(GRANTED, empty.massage, "withdraw");
    DO(GRANTED, empty.walking, "withdraw");
    NO("Plan nie ma jeszcze żadnej usługi.", PLAN, empty.plan, "agree");
    DO_WITH(PLAN, of.plan, "change", DAY(PLAN_ENDS, "2026-08-30"));
    NO("Usługa musi mieścić się w okresie planu: od 2026-03-02 do 2026-08-30.", PLAN, of.plan,
       "agree");
    DO_WITH(PLAN, of.plan, "change", DAY(PLAN_ENDS, "2026-12-31"));
    DO_WITH(PLAN, of.plan, "agree", DAY(PLAN_AGREED_ON, "2026-02-27"));
    NO_WITH("Podpis nie może być wcześniejszy niż 2026-02-27.", PLAN, of.plan, "sign",
            DAY(PLAN_SIGNED_ON, "2026-02-26"));
    DO(PLAN, of.plan, "sign");
    DO(PLAN, of.plan, "reopen");
    assert_none(IPUS_PLAN, of.plan, PLAN_AGREED_ON);
    assert_none(IPUS_PLAN, of.plan, PLAN_SIGNED_ON);
    DO(PLAN, of.plan, "agree");
    NO_WITH("Usługi planu zmienia się tylko w jego projekcie.", GRANTED, of.massage, "change",
            NUM(GRANTED_QUANTITY, 1000));
    NO("Usługi planu zmienia się tylko w jego projekcie.", GRANTED, of.massage, "withdraw");
    DO(PLAN, of.plan, "sign");
    NO("Planu nie zatwierdza jego koordynator.", PLAN, of.plan, "approve");
    office.actor.account = add_account("dyr", 2);
    DO(PLAN, of.plan, "approve");
    assert_number(IPUS_PLAN, of.plan, PLAN_APPROVED_BY, office.actor.account);
    assert_day(IPUS_PLAN, of.plan, PLAN_APPROVED_ON, "2026-03-02");
    assert_day(IPUS_APPLICATION, of.application, APPLICATION_DUE_ON, "2026-03-22");
    assert_day(IPUS_APPLICATION, of.application, APPLICATION_MET_ON, "2026-03-02");
    NO("Usługi planu przyznaje jego uruchomienie.", GRANTED, of.massage, "grant");
    DO(PLAN, of.plan, "activate");
    assert_state(IPUS_GRANTED, of.massage, "granted");
    assert_state(IPUS_GRANTED, of.walking, "granted");
    assert_day(IPUS_GRANTED, of.walking, GRANTED_GRANTED_ON, "2026-03-02");
    assert_day(IPUS_PLAN, of.plan, PLAN_CONTACT_DUE, "2026-06-02");
    assert_day(IPUS_PLAN, of.plan, PLAN_SUMMARY_DUE, "2026-09-02");
}

static void a_plan_that_is_over_or_undecided_is_not_activated(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1");
    approve(of.plan);
    office.today = day("2027-01-01");
    NO("To zakończyło się już 2026-12-31.", PLAN, of.plan, "activate");
    office.today = day("2026-03-09");
    (void)decide(of.application, "walking", false);
    NO("W tej sprawie nie ma decyzji, która na to pozwala.", PLAN, of.plan, "activate");
    assert_state(IPUS_GRANTED, of.massage, "planned");
}

static void a_next_edition_takes_the_place_of_the_one_before(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    ipus_record_t *record = memory_record(office.memory);
    ipus_row_t used = row_at(IPUS_GRANTED, of.massage);
    ipus_set(&used, GRANTED_ORDERED, 4000);
    memory_begin(office.memory);
    assert_int_equal(record->set(record->context, &used, 0), IPUS_FINE);
    memory_commit(office.memory);
    int64_t card = MAKE(CARD, NUM(CARD_GRANTED, of.massage));
    office.today = day("2026-04-10");
    NO("Brakuje pola „reason”.", PLAN, of.plan, "amend");
    DO_WITH(PLAN, of.plan, "amend", TXT(PLAN_REASON, "needs more"));
    assert_state(IPUS_PLAN, of.plan, "active");
    int64_t next = 2, massage = 3, walking = 4;
    assert_text(IPUS_PLAN, next, PLAN_NUMBER, "IPUS/1/2026");
    assert_number(IPUS_PLAN, next, PLAN_EDITION, 2);
    assert_number(IPUS_PLAN, next, PLAN_AMENDS, of.plan);
    assert_day(IPUS_PLAN, next, PLAN_BEGINS, "2026-04-10");
    assert_text(IPUS_PLAN, next, PLAN_EFFECTS, "stays at home");
    assert_number(IPUS_GRANTED, massage, GRANTED_QUANTITY, 6000);
    assert_text(IPUS_GRANTED, massage, GRANTED_SCOPE, "an hour");
    assert_day(IPUS_GRANTED, massage, GRANTED_BEGINS, "2026-04-10");
    assert_state(IPUS_GRANTED, walking, "planned");
    NO_WITH("Jest już przygotowywane nowe wydanie tego planu: plans/2.", PLAN, of.plan, "amend",
            TXT(PLAN_REASON, "again"));
    NO_WITH("Jest już przygotowywane nowe wydanie tego planu: plans/2.", PLAN, of.plan, "terminate",
            TXT(PLAN_REASON, "again"));
    NO("Jest już przygotowywane nowe wydanie tego planu: plans/2.", PLAN, of.plan, "finish");
    DO(GRANTED, walking, "withdraw");
    approve(next);
    assert_state(IPUS_GRANTED, of.massage, "granted");
    DO(PLAN, next, "activate");
    assert_state(IPUS_PLAN, next, "active");
    assert_state(IPUS_PLAN, of.plan, "amended");
    assert_day(IPUS_PLAN, of.plan, PLAN_ENDED_ON, "2026-04-10");
    assert_none(IPUS_PLAN, of.plan, PLAN_CONTACT_DUE);
    assert_day(IPUS_PLAN, next, PLAN_CONTACT_DUE, "2026-06-02");
    assert_state(IPUS_GRANTED, of.massage, "ended");
    assert_state(IPUS_GRANTED, of.walking, "ended");
    assert_state(IPUS_GRANTED, massage, "granted");
    /* Nothing of it changed: it stands. */
    assert_state(IPUS_CARD, card, "issued");
    assert_number(IPUS_CARD, card, CARD_GRANTED, massage);
    DO_WITH(PLAN, next, "amend", TXT(PLAN_REASON, "once more"));
    DO_WITH(PLAN, 3, "terminate", TXT(PLAN_REASON, "not needed"));
    assert_state(IPUS_PLAN, next, "active");
    assert_state(IPUS_GRANTED, 5, "withdrawn");
    office.today = day("2027-01-01");
    NO_WITH("To zakończyło się już 2026-12-31.", PLAN, next, "amend", TXT(PLAN_REASON, "late"));
}

/* The pool is twelve a year of the one service; what the old edition held passes to the new one,
 * whoever waits. */
static void an_edition_keeps_its_units_while_others_wait(void **state)
{
    (void)state;
    registry_row_t pool = row_of("2026-01-01", NULL, VALUE_INTEGER, 12);
    pool.per = PER_YEAR;
    office.services[0].pool = build_parameter("pool", &pool, 1);
    const ipus_pool_t year = {SPAN("massage"), day("2026-01-01"), day("2026-12-31")};
    int64_t over = 0;
    case_t of = add_active("ABC 1");
    assert_int_equal(memory_taken(office.memory, &year, &over), 10000);
    int64_t provider = MAKE(PROVIDER, TXT(PROVIDER_NAME, "Ewa"), TXT(PROVIDER_TYPE, "firm"),
                            DAY(PROVIDER_SINCE, "2026-01-01"));
    (void)MAKE(OFFER, NUM(OFFER_PROVIDER, provider), TXT(OFFER_SERVICE, "massage"),
               DAY(OFFER_BEGINS, "2026-01-01"));
    int64_t order = MAKE(ORDER, NUM(ORDER_GRANTED, of.massage), NUM(ORDER_PROVIDER, provider),
                         DAY(ORDER_PLANNED_ON, "2026-03-20"), NUM(ORDER_QUANTITY, 1000));
    case_t other = add_qualified("ABC 2");
    office.verdict.facts = 0;
    int64_t waiting =
        MAKE(WAITING, NUM(WAITING_DECISION, other.massage), NUM(WAITING_QUANTITY, 3000));
    DO_WITH(PLAN, of.plan, "amend", TXT(PLAN_REASON, "needs less"));
    DO_WITH(GRANTED, 3, "change", NUM(GRANTED_QUANTITY, 9000));
    approve(2);
    DO(PLAN, 2, "activate");
    assert_state(IPUS_WAITING, waiting, "waiting");
    assert_int_equal(memory_taken(office.memory, &year, &over), 10000);
    DO_WITH(PLAN, 2, "amend", TXT(PLAN_REASON, "needs less"));
    DO_WITH(GRANTED, 5, "change", NUM(GRANTED_QUANTITY, 5000));
    approve(3);
    DO(PLAN, 3, "activate");
    assert_state(IPUS_WAITING, waiting, "offered");
    assert_int_equal(memory_taken(office.memory, &year, &over), 9000);
    int64_t late = MAKE(ORDER, NUM(ORDER_GRANTED, 5), NUM(ORDER_PROVIDER, provider),
                        DAY(ORDER_PLANNED_ON, "2026-03-20"), NUM(ORDER_QUANTITY, 1000));
    DO_WITH(PLAN, 3, "terminate", TXT(PLAN_REASON, "moved away"));
    assert_state(IPUS_ORDER, late, "cancelled");
    assert_state(IPUS_ORDER, order, "cancelled");
    assert_int_equal(memory_taken(office.memory, &year, &over), 3000);
    DO(APPLICATION, other.application, "withdraw");
    assert_state(IPUS_WAITING, waiting, "withdrawn");
    assert_int_equal(memory_taken(office.memory, &year, &over), 0);
    assert_int_equal(over, 0);
}

static void a_plan_ends_by_its_closing_and_without_open_orders(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    DO_WITH(PLAN, of.plan, "suspend", TXT(PLAN_REASON, "in hospital"));
    DO(PLAN, of.plan, "resume");
    NO("Najpierw rozmowa podsumowująca: opis przebiegu i rezultatów.", PLAN, of.plan, "finish");
#define CLOSES                                                                                     \
    NUM(CLOSING_PLAN, of.plan), DAY(CLOSING_ON, "2026-03-02"), TXT(CLOSING_COURSE, "went well"),   \
        TXT(CLOSING_RESULTS, "stayed at home")
    (void)MAKE(CLOSING, CLOSES);
    NO_MAKE("Ten plan ma już rozmowę podsumowującą.", CLOSING, CLOSES);
    int64_t order = PUT(ORDER, NUM(ORDER_GRANTED, of.massage), NUM(ORDER_STATE, ORDER_IS_DONE));
    assert_int_equal(order, 1);
    NO("Najpierw trzeba zakończyć to, co jeszcze trwa: orders/1.", PLAN, of.plan, "finish");
    case_t other = add_active("ABC 2");
    (void)MAKE(CLOSING, NUM(CLOSING_PLAN, other.plan), DAY(CLOSING_ON, "2026-03-02"),
               TXT(CLOSING_COURSE, "went well"), TXT(CLOSING_RESULTS, "stayed at home"));
    DO(PLAN, other.plan, "finish");
    assert_state(IPUS_PLAN, other.plan, "finished");
    assert_day(IPUS_PLAN, other.plan, PLAN_ENDED_ON, "2026-03-02");
    assert_none(IPUS_PLAN, other.plan, PLAN_SUMMARY_DUE);
    assert_state(IPUS_GRANTED, other.massage, "ended");
    NO_MAKE("Plan jest w stanie „finished”, a musi być realizowany.", CLOSING,
            NUM(CLOSING_PLAN, other.plan), DAY(CLOSING_ON, "2026-03-02"), TXT(CLOSING_COURSE, "x"),
            TXT(CLOSING_RESULTS, "x"));
    NO_MAKE("Plan jest w stanie „finished”, a musi być realizowany.", CONTACT,
            NUM(CONTACT_PLAN, other.plan), DAY(CONTACT_ON, "2026-03-02"), NUM(CONTACT_BY, 0),
            TXT(CONTACT_CONTENT, "x"));
}

static void terminating_cancels_what_nobody_has_promised_yet(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1");
    int64_t accepted = PUT(ORDER, NUM(ORDER_GRANTED, of.massage), NUM(ORDER_PERSON, of.person),
                           NUM(ORDER_STATE, ORDER_IS_ACCEPTED));
    NO_WITH("Najpierw trzeba zakończyć to, co jeszcze trwa: orders/1.", PLAN, of.plan, "terminate",
            TXT(PLAN_REASON, "moved away"));
    ipus_record_t *record = memory_record(office.memory);
    ipus_row_t row = row_at(IPUS_ORDER, accepted);
    ipus_set(&row, ORDER_STATE, ORDER_IS_SETTLED);
    memory_begin(office.memory);
    assert_int_equal(record->set(record->context, &row, 0), IPUS_FINE);
    memory_commit(office.memory);
    DO_WITH(PLAN, of.plan, "terminate", TXT(PLAN_REASON, "moved away"));
    assert_state(IPUS_PLAN, of.plan, "terminated");
    assert_state(IPUS_GRANTED, of.walking, "ended");
    assert_none(IPUS_PLAN, of.plan, PLAN_CONTACT_DUE);
}

static void a_row_of_a_plan_comes_from_a_decision_of_the_same_person(void **state)
{
    (void)state;
    case_t of = add_plan("ABC 1"), other = add_qualified("ABC 2");
    int64_t yes = 1, no = decide(other.application, "walking", false);
#define ROW(plan, decision, from, to)                                                              \
    NUM(GRANTED_DECISION, decision), NUM(GRANTED_PLAN, plan), NUM(GRANTED_QUANTITY, 1000),         \
        DAY(GRANTED_BEGINS, from), DAY(GRANTED_ENDS, to)
    NO_MAKE("Pole „plan” dotyczy innej osoby albo innego wniosku.", GRANTED,
            ROW(of.plan, other.massage, "2026-03-02", "2026-03-31"));
    NO_MAKE("W tej sprawie nie ma decyzji, która na to pozwala.", GRANTED,
            ROW(of.plan, no, "2026-03-02", "2026-03-31"));
    NO_MAKE("W tej sprawie nie ma decyzji, która na to pozwala.", GRANTED,
            ROW(of.plan, other.walking, "2026-03-02", "2026-03-31"));
    NO_MAKE("Usługa musi mieścić się w okresie planu: od 2026-03-02 do 2026-12-31.", GRANTED,
            ROW(of.plan, yes, "2026-03-01", "2026-03-31"));
    NO_MAKE("Wartość pola „quantity” musi być od 0,001 do 1000000.", GRANTED,
            NUM(GRANTED_DECISION, yes), NUM(GRANTED_PLAN, of.plan), NUM(GRANTED_QUANTITY, 0),
            DAY(GRANTED_BEGINS, "2026-03-02"), DAY(GRANTED_ENDS, "2026-03-31"));
    assert_number(IPUS_GRANTED, of.massage, GRANTED_PRICE, 4500);
    assert_text(IPUS_GRANTED, of.massage, GRANTED_SERVICE, "massage");
    int64_t waiting = PUT(WAITING, NUM(WAITING_PERSON, of.person), TXT(WAITING_SERVICE, "massage"),
                          NUM(WAITING_QUANTITY, 1000), NUM(WAITING_STATE, WAITING_IS_QUEUED));
    NO_MAKE(
        "Wskazana pozycja listy oczekujących nie jest otwartą propozycją tej usługi dla tej osoby.",
        GRANTED, ROW(of.plan, yes, "2026-03-02", "2026-03-31"), NUM(GRANTED_WAITING, waiting));
    int64_t offer = PUT(WAITING, NUM(WAITING_PERSON, of.person), TXT(WAITING_SERVICE, "massage"),
                        NUM(WAITING_QUANTITY, 1000), NUM(WAITING_STATE, WAITING_IS_OFFERED));
    (void)MAKE(GRANTED, ROW(of.plan, yes, "2026-03-02", "2026-03-31"), NUM(GRANTED_WAITING, offer));
    int64_t provider = MAKE(PROVIDER, TXT(PROVIDER_NAME, "Ewa"), TXT(PROVIDER_TYPE, "firm"),
                            DAY(PROVIDER_SINCE, "2026-01-01"));
    DO(PROVIDER, provider, "rest");
    NO_WITH("Ten wykonawca nie przyjmuje obecnie zleceń.", GRANTED, of.massage, "change",
            NUM(GRANTED_PROVIDER, provider));
}

static void without_a_plan_only_for_a_short_time_and_with_one_card(void **state)
{
    (void)state;
    case_t of = add_qualified("ABC 1");
#define ALONE(from, to)                                                                            \
    NUM(GRANTED_DECISION, of.massage), NUM(GRANTED_QUANTITY, 1000), DAY(GRANTED_BEGINS, from),     \
        DAY(GRANTED_ENDS, to)
    NO_MAKE("Na tak długo potrzebny jest plan: od 3 mies. wzwyż.", GRANTED,
            ALONE("2026-03-02", "2026-06-01"));
    int64_t id = MAKE(GRANTED, ALONE("2026-03-02", "2026-05-31"));
    NO_MAKE("Ta usługa nie jest teraz przyznana.", CARD, NUM(CARD_GRANTED, id));
    DO(GRANTED, id, "grant");
    assert_day(IPUS_APPLICATION, of.application, APPLICATION_MET_ON, "2026-03-02");
    int64_t card = MAKE(CARD, NUM(CARD_GRANTED, id));
    assert_text(IPUS_CARD, card, CARD_NUMBER, "KK/1/2026");
    assert_number(IPUS_CARD, card, CARD_PERSON, of.person);
    assert_day(IPUS_CARD, card, CARD_ENDS, "2026-05-31");
    NO_MAKE("Karta kwalifikacyjna tej usługi jest już wydana: cards/1.", CARD,
            NUM(CARD_GRANTED, id));
    DO(CARD, card, "cancel");
    int64_t again = MAKE(CARD, NUM(CARD_GRANTED, id));
    DO_WITH(GRANTED, id, "end", TXT(GRANTED_REASON, "well again"));
    assert_state(IPUS_CARD, again, "cancelled");
    assert_day(IPUS_GRANTED, id, GRANTED_ENDED_ON, "2026-03-02");
    set_term(TERM_CARD_WITHOUT_PLAN, 0);
    NO_MAKE("Program przyznaje usługi tylko w planie.", GRANTED, ALONE("2026-03-02", "2026-03-31"));
    no_terms();
    (void)MAKE(GRANTED, ALONE("2026-03-02", "2027-12-31"));
}

static void contacts_and_summaries_move_what_is_due(void **state)
{
    (void)state;
    case_t of = add_active("ABC 1"), other = add_active("ABC 2");
    DO_WITH(PLAN, other.plan, "suspend", TXT(PLAN_REASON, "in hospital"));
    office.today = day("2026-06-01");
#define TALKS(on)                                                                                  \
    NUM(CONTACT_PLAN, of.plan), DAY(CONTACT_ON, on), NUM(CONTACT_BY, 0),                           \
        TXT(CONTACT_CONTENT, "all is well")
    int64_t contact = MAKE(CONTACT, TALKS("2026-05-31"));
    assert_number(IPUS_CONTACT, contact, CONTACT_PERSON, of.person);
    assert_day(IPUS_PLAN, of.plan, PLAN_CONTACT_DUE, "2026-08-31");
    (void)MAKE(CONTACT, TALKS("2026-03-15"));
    assert_day(IPUS_PLAN, of.plan, PLAN_CONTACT_DUE, "2026-08-31");
    NO_MAKE("Dzień w polu „on_day” jeszcze nie nadszedł.", CONTACT, TALKS("2026-06-02"));
    (void)MAKE(MEETING, NUM(MEETING_ABOUT, 0), DAY(MEETING_ON, "2026-05-20"));
    assert_day(IPUS_PLAN, of.plan, PLAN_SUMMARY_DUE, "2026-09-02");
    (void)MAKE(MEETING, NUM(MEETING_ABOUT, 1), DAY(MEETING_ON, "2026-05-20"));
    assert_day(IPUS_PLAN, of.plan, PLAN_SUMMARY_DUE, "2026-11-20");
    assert_day(IPUS_PLAN, other.plan, PLAN_SUMMARY_DUE, "2026-11-20");
    (void)MAKE(MEETING, NUM(MEETING_ABOUT, 1), DAY(MEETING_ON, "2026-04-20"));
    assert_day(IPUS_PLAN, of.plan, PLAN_SUMMARY_DUE, "2026-11-20");
    NO_MAKE("Ocena jest od 1 do 5.", SURVEY, NUM(SURVEY_PERSON, of.person),
            DAY(SURVEY_ON, "2026-06-01"), NUM(SURVEY_SCORE, 6));
    NO_MAKE("Ocena jest od 1 do 5.", SURVEY, NUM(SURVEY_PERSON, of.person),
            DAY(SURVEY_ON, "2026-06-01"), NUM(SURVEY_SCORE, 0));
    (void)MAKE(SURVEY, NUM(SURVEY_PERSON, of.person), DAY(SURVEY_ON, "2026-06-01"),
               NUM(SURVEY_SCORE, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_plan_keeps_to_the_terms_of_the_programme),
        OFFICE_TEST(a_plan_is_agreed_signed_approved_and_carried_out),
        OFFICE_TEST(a_plan_that_is_over_or_undecided_is_not_activated),
        OFFICE_TEST(a_next_edition_takes_the_place_of_the_one_before),
        OFFICE_TEST(an_edition_keeps_its_units_while_others_wait),
        OFFICE_TEST(a_plan_ends_by_its_closing_and_without_open_orders),
        OFFICE_TEST(terminating_cancels_what_nobody_has_promised_yet),
        OFFICE_TEST(a_row_of_a_plan_comes_from_a_decision_of_the_same_person),
        OFFICE_TEST(without_a_plan_only_for_a_short_time_and_with_one_card),
        OFFICE_TEST(contacts_and_summaries_move_what_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
