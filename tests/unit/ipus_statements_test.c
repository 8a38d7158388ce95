/* What was declared: each day has one statement of a fact at most, and two sources of who somebody
 * is may not contradict, whichever came first. */
#include "ipus_world.h"

#include <stdio.h>

#define MAN_1944 "44051401458"

/* ---- days ------------------------------------------------------------------------------------ */

static int64_t say(int64_t person, const char *value, date_t from, date_t to)
{
    const given_t given[] = {NUM(STATEMENT_PERSON, person),
                             TXT(STATEMENT_FACT, "lives_alone"),
                             TXT(STATEMENT_VALUE, value),
                             DAY(STATEMENT_DECLARED_ON, "2026-01-01"),
                             {STATEMENT_BEGINS, from.days, NULL, false},
                             {STATEMENT_ENDS, to.days, NULL, false}};
    bool ends = !date_is_none(to);
    return do_step(IPUS_STATEMENT, 0, "make", given, ends ? 6 : 5);
}

typedef struct {
    date_t on;
    int found;
    int64_t value;
} told_t;

static bool tell(void *of, const ipus_row_t *row)
{
    told_t *told = of;
    date_t begins = ipus_date(row, STATEMENT_BEGINS), ends = ipus_date(row, STATEMENT_ENDS);
    if (!date_before(told->on, begins) &&
        (!ipus_has(row, STATEMENT_ENDS) || !date_before(ends, told->on))) {
        uint64_t number = 0;
        assert_true(span_number(ipus_text(row, STATEMENT_VALUE), 1000000, &number));
        told->found++;
        told->value = (int64_t)number;
    }
    return true;
}

/* What stands of a day: a value, or -1. Two would be an overlap. */
static int64_t told_on(int64_t person, date_t on)
{
    ipus_record_t *record = memory_record(office.memory);
    ipus_query_t query = IPUS_QUERY(IPUS_STATEMENT);
    told_t told = {.on = on};
    ipus_query_equal(&query, STATEMENT_PERSON, person);
    ipus_query_equal(&query, STATEMENT_STATE, STATEMENT_IS_STANDING);
    query.open = true;
    assert_int_equal(record->find(record->context, &query, tell, &told), IPUS_FINE);
    assert_true(told.found <= 1);
    return told.found == 0 ? -1 : told.value;
}

static void one_dated_ahead_leaves_today_alone(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1");
    int64_t first = say(person, "1", day("2026-02-12"), DATE_NONE);
    (void)say(person, "2", day("2026-07-01"), DATE_NONE);
    assert_int_equal(told_on(person, day("2026-02-11")), -1);
    assert_int_equal(told_on(person, day("2026-02-12")), 1);
    assert_int_equal(told_on(person, day("2026-06-30")), 1);
    assert_int_equal(told_on(person, day("2026-07-01")), 2);
    assert_day(IPUS_STATEMENT, first, STATEMENT_ENDS, "2026-06-30");
}

static void one_in_between_splits(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1");
    (void)say(person, "1", day("2026-01-01"), DATE_NONE);
    (void)say(person, "2", day("2026-03-01"), day("2026-03-31"));
    assert_int_equal(told_on(person, day("2026-02-28")), 1);
    assert_int_equal(told_on(person, day("2026-03-01")), 2);
    assert_int_equal(told_on(person, day("2026-03-31")), 2);
    assert_int_equal(told_on(person, day("2026-04-01")), 1);
    assert_int_equal(told_on(person, day("2029-04-01")), 1);
}

enum { DAYS = 60, ROUNDS = 400, SAID = 25 };

static uint32_t draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Against the plainest of models: each day remembers the last that was said of it. */
static void each_day_has_the_last_word_on_it(void **state)
{
    (void)state;
    uint32_t seed = 7;
    date_t first = day("2026-01-01");
    for (int round = 0; round < ROUNDS; round++) {
        char document[20], value[20];
        int64_t model[DAYS];
        (void)snprintf(document, sizeof document, "DOC %d", round);
        int64_t person = add_person(document);
        memset(model, -1, sizeof model);
        for (int i = 1; i <= SAID; i++) {
            int from = (int)draw(&seed, DAYS), days = (int)draw(&seed, 12);
            bool open = draw(&seed, 4) == 0;
            (void)snprintf(value, sizeof value, "%d", i);
            (void)say(person, value, date_add(first, from),
                      open ? DATE_NONE : date_add(first, from + days));
            for (int at = from; at < DAYS && (open || at <= from + days); at++) {
                model[at] = i;
            }
        }
        for (int at = 0; at < DAYS; at++) {
            assert_int_equal(told_on(person, date_add(first, at)), model[at]);
        }
    }
}

/* ---- who somebody is ------------------------------------------------------------------------- */

static registry_fact_t facts[3];
static const registry_fact_t *listed[3];
static registry_term_t sexes[2];

static int identities_open(void **state)
{
    (void)office_open(state);
    sexes[0] = (registry_term_t){.id = SPAN("female")};
    sexes[1] = (registry_term_t){.id = SPAN("male")};
    facts[0] = (registry_fact_t){.id = SPAN("number"), .type = FACT_PESEL};
    facts[1] = (registry_fact_t){.id = SPAN("born"),
                                 .type = FACT_DATE,
                                 .derive = DERIVE_PESEL_BIRTH_DATE,
                                 .min = day("1900-01-01").days,
                                 .max = day("2100-12-31").days};
    facts[2] = (registry_fact_t){.id = SPAN("gender"),
                                 .type = FACT_CHOICE,
                                 .derive = DERIVE_PESEL_SEX,
                                 .values = {sexes, 2},
                                 .derive_values = {0, 1}};
    for (int i = 0; i < 3; i++) {
        listed[i] = &facts[i];
    }
    office.programme.facts = listed;
    office.programme.fact_count = 3;
    return 0;
}

#define STATE(person, fact, value)                                                                 \
    NUM(STATEMENT_PERSON, person), TXT(STATEMENT_FACT, fact), TXT(STATEMENT_VALUE, value),         \
        DAY(STATEMENT_DECLARED_ON, "2026-03-01")
#define BUT(where)                                                                                 \
    "To nie zgadza się z tym, co już zapisano: " where                                             \
    ". Najpierw trzeba poprawić albo wycofać tamten wpis."

static void a_statement_may_not_contradict_the_person(void **state)
{
    (void)state;
    int64_t by_document = MAKE(PERSON, TXT(PERSON_GIVEN_NAME, "Jan"),
                               TXT(PERSON_FAMILY_NAME, "Nowak"), TXT(PERSON_DOCUMENT, "ABC 1"),
                               TXT(PERSON_BIRTH_DATE, "1990-02-02"), NUM(PERSON_SEX, 1));
    int64_t by_number = MAKE(PERSON, TXT(PERSON_GIVEN_NAME, "Jan"),
                             TXT(PERSON_FAMILY_NAME, "Nowak"), TXT(PERSON_PESEL, MAN_1944));
    NO_MAKE(BUT("persons/1"), STATEMENT, STATE(by_document, "born", "\"1930-01-01\""));
    NO_MAKE(BUT("persons/1"), STATEMENT, STATE(by_document, "gender", "\"female\""));
    NO_MAKE(BUT("persons/1"), STATEMENT, STATE(by_document, "number", "\"" MAN_1944 "\""));
    NO_MAKE(BUT("persons/2"), STATEMENT, STATE(by_number, "born", "\"1944-05-15\""));
    NO_MAKE(BUT("persons/2"), STATEMENT, STATE(by_number, "gender", "\"female\""));
    NO_MAKE(BUT("persons/2"), STATEMENT, STATE(by_number, "number", "\"02070803628\""));
    (void)MAKE(STATEMENT, STATE(by_document, "born", "\"1990-02-02\""));
    (void)MAKE(STATEMENT, STATE(by_document, "gender", "\"male\""));
    (void)MAKE(STATEMENT, STATE(by_number, "number", "\"" MAN_1944 "\""));
    (void)MAKE(STATEMENT, STATE(by_number, "born", "\"1944-05-14\""));
}

static void nor_the_person_what_was_stated(void **state)
{
    (void)state;
    int64_t person = add_person("ABC 1");
    int64_t born = MAKE(STATEMENT, STATE(person, "born", "\"1930-01-01\""));
    NO_WITH(BUT("statements/1"), PERSON, person, "change", TXT(PERSON_BIRTH_DATE, "1990-02-02"));
    NO_WITH(BUT("statements/1"), PERSON, person, "change", TXT(PERSON_PESEL, MAN_1944));
    NO_MAKE(BUT("statements/1"), STATEMENT, STATE(person, "number", "\"" MAN_1944 "\""));
    DO_WITH(PERSON, person, "change", TXT(PERSON_BIRTH_DATE, "1930-01-01"));
    DO(STATEMENT, born, "withdraw");
    DO_WITH(PERSON, person, "change", TXT(PERSON_PESEL, MAN_1944));
    DO_WITH(PERSON, person, "change", TXT(PERSON_GIVEN_NAME, "Adam"));
    NO_MAKE(BUT("persons/1"), STATEMENT, STATE(person, "born", "\"1930-01-01\""));
}

static void a_birth_date_keeps_to_the_bounds_of_its_fact(void **state)
{
    (void)state;
    NO_MAKE("Data urodzenia musi być od 1900-01-01 do 2100-12-31.", PERSON,
            TXT(PERSON_GIVEN_NAME, "Jan"), TXT(PERSON_FAMILY_NAME, "Nowak"),
            TXT(PERSON_DOCUMENT, "ABC 1"), TXT(PERSON_BIRTH_DATE, "1899-12-31"));
    NO_MAKE("Data urodzenia musi być od 1900-01-01 do 2100-12-31.", PERSON,
            TXT(PERSON_GIVEN_NAME, "Jan"), TXT(PERSON_FAMILY_NAME, "Nowak"),
            TXT(PERSON_PESEL, "99923100007"));
}

int main(void)
{
#define IDENTITY_TEST(name) cmocka_unit_test_setup_teardown(name, identities_open, office_close)
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(one_dated_ahead_leaves_today_alone),
        OFFICE_TEST(one_in_between_splits),
        OFFICE_TEST(each_day_has_the_last_word_on_it),
        IDENTITY_TEST(a_statement_may_not_contradict_the_person),
        IDENTITY_TEST(nor_the_person_what_was_stated),
        IDENTITY_TEST(a_birth_date_keeps_to_the_bounds_of_its_fact),
    };
    return cmocka_run_group_tests_name("statements", tests, NULL, NULL);
}
