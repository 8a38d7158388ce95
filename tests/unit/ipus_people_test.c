/* People: who is who, who speaks for whom, what was declared, and values of every type. */
#include "ipus_world.h"

#include <stdio.h>

#define MAN_1944 "44051401458"

static void a_pesel_tells_sex_and_birth_date(void **state)
{
    (void)state;
    int64_t id = MAKE(PERSON, TXT(PERSON_GIVEN_NAME, "Jan"), TXT(PERSON_FAMILY_NAME, "Nowak"),
                      TXT(PERSON_PESEL, MAN_1944));
    assert_text(IPUS_PERSON, id, PERSON_BIRTH_DATE, "1944-05-14");
    assert_number(IPUS_PERSON, id, PERSON_BIRTH_YEAR, 1944);
    assert_number(IPUS_PERSON, id, PERSON_SEX, 1);
    assert_day(IPUS_PERSON, id, PERSON_REGISTERED_ON, "2026-03-02");
    assert_number(IPUS_PERSON, id, PERSON_FACTS, 0);
    NO_MAKE("Ta osoba jest już w rejestrze: persons/1.", PERSON, TXT(PERSON_GIVEN_NAME, "Jan"),
            TXT(PERSON_FAMILY_NAME, "Nowak"), TXT(PERSON_PESEL, MAN_1944));
    NO_MAKE("To nie jest poprawny numer PESEL: proszę porównać go z dokumentem.", PERSON,
            TXT(PERSON_GIVEN_NAME, "Jan"), TXT(PERSON_FAMILY_NAME, "Nowak"),
            TXT(PERSON_PESEL, "44051401459"));
    NO_MAKE("To nie jest poprawny numer PESEL: proszę porównać go z dokumentem.", PERSON,
            TXT(PERSON_GIVEN_NAME, "Jan"), TXT(PERSON_FAMILY_NAME, "Nowak"),
            TXT(PERSON_PESEL, "4405140145"));
    NO_MAKE("Potrzebny jest numer PESEL albo dokument tożsamości.", PERSON,
            TXT(PERSON_GIVEN_NAME, "Jan"), TXT(PERSON_FAMILY_NAME, "Nowak"));
    NO_MAKE("Pole „birth_date” nie zgadza się z numerem PESEL.", PERSON,
            TXT(PERSON_GIVEN_NAME, "Jan"), TXT(PERSON_FAMILY_NAME, "Nowak"),
            TXT(PERSON_PESEL, "02070803628"), TXT(PERSON_BIRTH_DATE, "1902-07-09"));
    NO_MAKE("Pole „sex” nie zgadza się z numerem PESEL.", PERSON, TXT(PERSON_GIVEN_NAME, "Jan"),
            TXT(PERSON_FAMILY_NAME, "Nowak"), TXT(PERSON_PESEL, "02070803628"), NUM(PERSON_SEX, 1));
    NO_WITH("Pole „sex” nie zgadza się z numerem PESEL.", PERSON, id, "change", NUM(PERSON_SEX, 0));
}

static void a_document_will_do_and_a_change_is_checked_the_same(void **state)
{
    (void)state;
    int64_t first = add_person("ABC 1"), second = add_person("ABC 2");
    NO_WITH("Ta osoba jest już w rejestrze: persons/1.", PERSON, second, "change",
            TXT(PERSON_DOCUMENT, "ABC 1"));
    NO_WITH("Potrzebny jest numer PESEL albo dokument tożsamości.", PERSON, first, "change",
            NOT(PERSON_DOCUMENT));
    NO_WITH("Data urodzenia musi być dniem, który był: RRRR-MM-DD.", PERSON, first, "change",
            TXT(PERSON_BIRTH_DATE, "2026-03-03"));
    NO_WITH("Data urodzenia musi być dniem, który był: RRRR-MM-DD.", PERSON, first, "change",
            TXT(PERSON_BIRTH_DATE, "1950-02-30"));
    DO_WITH(PERSON, first, "change", TXT(PERSON_BIRTH_DATE, "1950-02-28"), NUM(PERSON_SEX, 0));
    assert_number(IPUS_PERSON, first, PERSON_BIRTH_YEAR, 1950);
    assert_number(IPUS_PERSON, first, PERSON_FACTS, 1);
    DO_WITH(PERSON, first, "change", TXT(PERSON_PESEL, MAN_1944));
    assert_text(IPUS_PERSON, first, PERSON_BIRTH_DATE, "1944-05-14");
    assert_number(IPUS_PERSON, first, PERSON_SEX, 1);
    DO_WITH(PERSON, first, "change", NOT(PERSON_DOCUMENT));
    assert_text(IPUS_PERSON, first, PERSON_PESEL, MAN_1944);
}

static void values_keep_to_their_types(void **state)
{
    (void)state;
    char with_tab[] = "a\tb", long_name[82];
    memset(long_name, 'a', sizeof long_name);
    long_name[81] = '\0';
    int64_t id = add_person("ABC 1");
    NO_WITH("Tekst w polu „given_name” zawiera znaki, których nie można zapisać.", PERSON, id,
            "change", TXT(PERSON_GIVEN_NAME, with_tab));
    NO_WITH("Tekst w polu „given_name” zawiera znaki, których nie można zapisać.", PERSON, id,
            "change", TXT(PERSON_GIVEN_NAME, "\xff"));
    NO_WITH("Pole „given_name” jest puste.", PERSON, id, "change", TXT(PERSON_GIVEN_NAME, "  "));
    NO_WITH("Tekst w polu „given_name” jest za długi: najwyżej 80 bajtów.", PERSON, id, "change",
            TXT(PERSON_GIVEN_NAME, long_name));
    NO_WITH("Pole „sex” może mieć jedną z wartości: woman,man.", PERSON, id, "change",
            NUM(PERSON_SEX, 2));
    NO_WITH("Pole „sex” może mieć jedną z wartości: woman,man.", PERSON, id, "change",
            NUM(PERSON_SEX, -1));
    NO_WITH("Wartość pola „assisted_before” musi być od 0 do 1.", PERSON, id, "change",
            NUM(PERSON_ASSISTED_BEFORE, 2));
    NO_WITH("Brakuje pola „given_name”.", PERSON, id, "change", NOT(PERSON_GIVEN_NAME));
    NO_MAKE("Dzień w polu „since” jeszcze nie nadszedł.", HOUSEHOLD,
            DAY(HOUSEHOLD_SINCE, "2026-03-03"));
    NO_MAKE("Wartość pola „since” musi być od 1900-01-01 do 2200-12-31.", HOUSEHOLD,
            DAY(HOUSEHOLD_SINCE, "1899-12-31"));
    NO_WITH("Pole „household” wskazuje pozycję, której nie ma.", PERSON, id, "change",
            NUM(PERSON_HOUSEHOLD, 1));
    NO_WITH("Krok „change” nie przyjmuje pola „facts”.", PERSON, id, "change",
            NUM(PERSON_FACTS, 1));
    NO_MAKE("Program nie zna faktu „lives_in_a_castle”.", STATEMENT, NUM(STATEMENT_PERSON, id),
            TXT(STATEMENT_FACT, "lives_in_a_castle"), TXT(STATEMENT_VALUE, "true"),
            DAY(STATEMENT_DECLARED_ON, "2026-03-01"));
    NO_MAKE("W dniu 2026-03-02 program nie ma usługi „flying”.", APPLICATION,
            NUM(APPLICATION_PERSON, id), NUM(APPLICATION_APPLICANT_ROLE, 0),
            DAY(APPLICATION_RECEIVED_ON, "2026-03-01"),
            TXT(APPLICATION_SERVICES, "massage flying"));
    NO("Nie ma takiej pozycji w rejestrze.", PERSON, 7, "erase");
    NO("Nie ma takiej pozycji w rejestrze.", PERSON, id, "make");
    NO("Nie ma takiej pozycji w rejestrze.", PERSON, 0, "change");
}

static void a_relation_has_two_people_and_an_order_of_days(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1"), other = add_person("ABC 2");
    NO_MAKE("Nikt nie jest przedstawicielem ani opiekunem samego siebie.", RELATION,
            NUM(RELATION_PERSON, person), NUM(RELATION_OTHER, person), NUM(RELATION_ROLE, 1));
    NO_MAKE("Okres zaczyna się 2026-03-02, a kończy wcześniej: 2026-03-01.", RELATION,
            NUM(RELATION_PERSON, person), NUM(RELATION_OTHER, other), NUM(RELATION_ROLE, 1),
            DAY(RELATION_ENDS, "2026-03-01"));
    int64_t id = MAKE(RELATION, NUM(RELATION_PERSON, person), NUM(RELATION_OTHER, other),
                      NUM(RELATION_ROLE, 1));
    assert_day(IPUS_RELATION, id, RELATION_BEGINS, "2026-03-02");
    DO_WITH(RELATION, id, "change", DAY(RELATION_ENDS, "2026-03-02"));
}

static void one_assignment_stands_for_a_person_and_an_account(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1"), account = add_account("ewa", 0);
    int64_t id = MAKE(ASSIGNMENT, NUM(ASSIGNMENT_PERSON, person), NUM(ASSIGNMENT_ACCOUNT, account));
    assert_day(IPUS_ASSIGNMENT, id, ASSIGNMENT_BEGINS, "2026-03-02");
    NO_MAKE("To konto prowadzi już tę sprawę.", ASSIGNMENT, NUM(ASSIGNMENT_PERSON, person),
            NUM(ASSIGNMENT_ACCOUNT, account));
    office.today = day("2026-04-01");
    DO(ASSIGNMENT, id, "end");
    assert_day(IPUS_ASSIGNMENT, id, ASSIGNMENT_ENDS, "2026-04-01");
    NO("To zakończyło się już 2026-04-01.", ASSIGNMENT, id, "end");
    (void)MAKE(ASSIGNMENT, NUM(ASSIGNMENT_PERSON, person), NUM(ASSIGNMENT_ACCOUNT, account));
    DO(ACCOUNT, account, "disable");
    NO_MAKE("Konto w polu „account” jest wyłączone.", ASSIGNMENT,
            NUM(ASSIGNMENT_PERSON, add_person("ABC 2")), NUM(ASSIGNMENT_ACCOUNT, account));
}

static int64_t state_fact(int64_t person, const char *value, const char *on)
{
    return MAKE(STATEMENT, NUM(STATEMENT_PERSON, person), TXT(STATEMENT_FACT, "lives_alone"),
                TXT(STATEMENT_VALUE, value), DAY(STATEMENT_DECLARED_ON, on));
}

static void a_statement_replaces_the_one_before(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1"), other = add_person("ABC 2");
    int64_t first = state_fact(person, "true", "2026-01-10");
    int64_t of_other = state_fact(other, "true", "2026-01-10");
    int64_t second = state_fact(person, "false", "2026-02-10");
    assert_state(IPUS_STATEMENT, first, "standing"); /* of its own days */
    assert_day(IPUS_STATEMENT, first, STATEMENT_ENDS, "2026-02-09");
    assert_text(IPUS_STATEMENT, first, STATEMENT_VALUE, "true");
    assert_state(IPUS_STATEMENT, of_other, "standing");
    assert_state(IPUS_STATEMENT, second, "standing");
    assert_day(IPUS_STATEMENT, second, STATEMENT_BEGINS, "2026-02-10");
    assert_number(IPUS_PERSON, person, PERSON_FACTS, 2);
    int64_t same_day = state_fact(person, "true", "2026-02-10");
    assert_state(IPUS_STATEMENT, second, "replaced");
    assert_none(IPUS_STATEMENT, second, STATEMENT_ENDS);
    DO(STATEMENT, same_day, "withdraw");
    assert_state(IPUS_STATEMENT, same_day, "withdrawn");
    assert_number(IPUS_PERSON, person, PERSON_FACTS, 4);
    NO_MAKE("Okres zaczyna się 2026-02-10, a kończy wcześniej: 2026-02-01.", STATEMENT,
            NUM(STATEMENT_PERSON, person), TXT(STATEMENT_FACT, "lives_alone"),
            TXT(STATEMENT_VALUE, "true"), DAY(STATEMENT_DECLARED_ON, "2026-02-10"),
            DAY(STATEMENT_ENDS, "2026-02-01"));
    NO_MAKE("Dzień w polu „declared_on” jeszcze nie nadszedł.", STATEMENT,
            NUM(STATEMENT_PERSON, person), TXT(STATEMENT_FACT, "lives_alone"),
            TXT(STATEMENT_VALUE, "true"), DAY(STATEMENT_DECLARED_ON, "2026-03-03"));
}

static void only_somebody_with_nothing_open_is_erased(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1");
    struct {
        int64_t id;
        const char *sentence;
    } open[] = {
        {PUT(APPLICATION, NUM(APPLICATION_PERSON, person),
             NUM(APPLICATION_STATE, APPLICATION_IS_ON_WAITING_LIST)),
         "applications/1"},
        {PUT(PLAN, NUM(PLAN_PERSON, person), NUM(PLAN_STATE, PLAN_IS_SUSPENDED)), "plans/1"},
        {PUT(GRANTED, NUM(GRANTED_PERSON, person), NUM(GRANTED_STATE, GRANTED_IS_PLANNED)),
         "granted/1"},
        {PUT(WAITING, NUM(WAITING_PERSON, person), NUM(WAITING_STATE, WAITING_IS_OFFERED)),
         "waiting/1"},
        {PUT(ORDER, NUM(ORDER_PERSON, person), NUM(ORDER_STATE, ORDER_IS_CONFIRMED)), "orders/1"},
        {PUT(CHARGE, NUM(CHARGE_PERSON, person), NUM(CHARGE_STATE, CHARGE_IS_DUE)), "charges/1"},
    };
    static const struct {
        ipus_kind_t kind;
        int state, ended;
    } ends[] = {{IPUS_APPLICATION, APPLICATION_STATE, APPLICATION_IS_CLOSED},
                {IPUS_PLAN, PLAN_STATE, PLAN_IS_FINISHED},
                {IPUS_GRANTED, GRANTED_STATE, GRANTED_IS_ENDED},
                {IPUS_WAITING, WAITING_STATE, WAITING_IS_EXPIRED},
                {IPUS_ORDER, ORDER_STATE, ORDER_IS_SETTLED},
                {IPUS_CHARGE, CHARGE_STATE, CHARGE_IS_PAID}};
    ipus_record_t *record = memory_record(office.memory);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char sentence[120];
        (void)snprintf(sentence, sizeof sentence,
                       "Najpierw trzeba zakończyć to, co jeszcze trwa: %s.", open[i].sentence);
        NO(sentence, PERSON, person, "erase");
        ipus_row_t row = row_at(ends[i].kind, open[i].id);
        ipus_set(&row, ends[i].state, ends[i].ended);
        memory_begin(office.memory);
        assert_int_equal(record->set(record->context, &row, 0), IPUS_FINE);
        memory_commit(office.memory);
    }
    int64_t intake = PUT(INTAKE, NUM(INTAKE_PERSON, person), TXT(INTAKE_CODE, "ABCDEFGHJKMN"),
                         TXT(INTAKE_NAME, "x"), TXT(INTAKE_REACH, "x"), TXT(INTAKE_CONTENT, "x"));
    DO(PERSON, person, "erase");
    assert_state(IPUS_PERSON, person, "erased");
    assert_none(IPUS_INTAKE, intake, INTAKE_CODE);
    assert_none(IPUS_INTAKE, intake, INTAKE_CONTENT);
    assert_none(IPUS_PERSON, person, PERSON_DOCUMENT);
    assert_day(IPUS_PERSON, person, PERSON_REGISTERED_ON, "2026-03-02");
    NO_MAKE("Dane osoby w polu „person” zostały usunięte.", NOTE, NUM(NOTE_PERSON, person),
            NUM(NOTE_ABOUT, 0), DAY(NOTE_ON, "2026-03-02"), TXT(NOTE_CONTENT, "x"));
    (void)add_person("ABC 1");
}

typedef struct {
    char text[200];
    size_t most;
} kept_t;

static bool note_kept(void *of, const ipus_kept_t *kept)
{
    kept_t *list = of;
    char last[DATE_TEXT_LEN + 1], until[DATE_TEXT_LEN + 1];
    date_text(kept->last, last);
    date_text(kept->until, until);
    size_t len = strlen(list->text);
    (void)snprintf(list->text + len, sizeof list->text - len, "%d %s %s\n", (int)kept->person, last,
                   until);
    return --list->most > 0;
}

static void assert_kept(const char *today, int64_t after, size_t most, const char *expected)
{
    kept_t list = {.most = most};
    assert_int_equal(ipus_kept_too_long(memory_record(office.memory), &office.programme, day(today),
                                        after, note_kept, &list),
                     IPUS_FINE);
    assert_string_equal(list.text, expected);
}

static void after_its_time_a_person_may_be_erased(void **state)
{
    (void)state;
    int64_t alone = add_person("ABC 1"), served = add_person("ABC 2"), open = add_person("ABC 3");
    int64_t carer = add_person("ABC 4"), lends = add_person("ABC 5");
    assert_kept("2040-01-01", 0, 9, "");
    set_term(TERM_RETENTION_YEARS, 5);
    (void)PUT(APPLICATION, NUM(APPLICATION_PERSON, served),
              DAY(APPLICATION_RECEIVED_ON, "2026-03-02"), DAY(APPLICATION_CLOSED_ON, "2027-03-02"),
              NUM(APPLICATION_STATE, APPLICATION_IS_CLOSED));
    (void)PUT(CHARGE, NUM(CHARGE_PERSON, served), DAY(CHARGE_ON, "2027-05-01"),
              NUM(CHARGE_STATE, CHARGE_IS_PAID));
    (void)PUT(PLAN, NUM(PLAN_PERSON, open), NUM(PLAN_STATE, PLAN_IS_SUSPENDED));
    (void)PUT(RELATION, NUM(RELATION_PERSON, open), NUM(RELATION_OTHER, carer));
    (void)PUT(ORDER, NUM(ORDER_PERSON, lends), NUM(ORDER_STATE, ORDER_IS_SETTLED),
              DAY(ORDER_LENT_UNTIL, "2026-06-01"));
    NO("Najpierw trzeba zakończyć to, co jeszcze trwa: orders/1.", PERSON, lends, "erase");
    assert_kept("2031-03-02", 0, 9, "");
    assert_kept("2031-03-03", 0, 9, "1 2026-03-02 2031-03-02\n");
    static const char both[] = "1 2026-03-02 2031-03-02\n2 2027-05-01 2032-05-01\n";
    assert_kept("2040-01-01", 0, 9, both);
    assert_kept("2040-01-01", 0, 1, "1 2026-03-02 2031-03-02\n");
    assert_kept("2040-01-01", alone, 9, "2 2027-05-01 2032-05-01\n");
    DO(PERSON, alone, "erase");
    assert_kept("2040-01-01", 0, 9, "2 2027-05-01 2032-05-01\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_pesel_tells_sex_and_birth_date),
        OFFICE_TEST(a_document_will_do_and_a_change_is_checked_the_same),
        OFFICE_TEST(values_keep_to_their_types),
        OFFICE_TEST(a_relation_has_two_people_and_an_order_of_days),
        OFFICE_TEST(one_assignment_stands_for_a_person_and_an_account),
        OFFICE_TEST(a_statement_replaces_the_one_before),
        OFFICE_TEST(only_somebody_with_nothing_open_is_erased),
        OFFICE_TEST(after_its_time_a_person_may_be_erased),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
