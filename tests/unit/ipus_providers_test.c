/* Providers, agreements, accounts and their ways in. */
#include "ipus_world.h"

#include <stdio.h>

#define FIRM                                                                                       \
    TXT(PROVIDER_NAME, "Ewa and sons"), TXT(PROVIDER_TYPE, "firm"),                                \
        DAY(PROVIDER_SINCE, "2026-01-01")

static void a_provider_is_of_the_programmes_kinds(void **state)
{
    (void)state;
    NO_MAKE("Program nie zna rodzaju wykonawcy „circus”.", PROVIDER, TXT(PROVIDER_NAME, "x"),
            TXT(PROVIDER_TYPE, "circus"), DAY(PROVIDER_SINCE, "2026-01-01"));
    int64_t id = MAKE(PROVIDER, FIRM);
#define OFFERS(service)                                                                            \
    NUM(OFFER_PROVIDER, id), TXT(OFFER_SERVICE, service), DAY(OFFER_BEGINS, "2026-01-01")
    NO_MAKE("W dniu 2026-03-02 program nie ma usługi „flying”.", OFFER, OFFERS("flying"));
    NO_MAKE("Okres zaczyna się 2026-01-01, a kończy wcześniej: 2025-12-31.", OFFER,
            OFFERS("massage"), DAY(OFFER_ENDS, "2025-12-31"));
    (void)MAKE(OFFER, OFFERS("massage"), NUM(OFFER_CAPACITY, 40000), NUM(OFFER_PER, 2));
    DO(PROVIDER, id, "rest");
    NO_MAKE("Ten wykonawca nie przyjmuje obecnie zleceń.", OFFER, OFFERS("walking"));
    DO(PROVIDER, id, "resume");
    (void)MAKE(OFFER, OFFERS("walking"));
}

#define ELEMENTS                                                                                   \
    NUM(AGREEMENT_PROVIDER, provider), NUM(AGREEMENT_MODE, 2), TXT(AGREEMENT_PROGRAMME, "PUS"),    \
        DAY(AGREEMENT_MADE_ON, "2026-02-01"), TXT(AGREEMENT_MADE_AT_PLACE, "the town"),            \
        TXT(AGREEMENT_PARTIES, "town and firm"), TXT(AGREEMENT_GOAL, "help"),                      \
        TXT(AGREEMENT_SUBJECT, "massage"), DAY(AGREEMENT_BEGINS, "2026-02-01"),                    \
        DAY(AGREEMENT_ENDS, "2026-12-31"), TXT(AGREEMENT_LIABILITY, "by the code"),                \
        TXT(AGREEMENT_SCOPE, "who does what"), TXT(AGREEMENT_MANAGEMENT, "the town"),              \
        TXT(AGREEMENT_FINANCE, "monthly")

static void an_agreement_has_ten_elements(void **state)
{
    (void)state;
    static const struct {
        int field;
        const char *name;
    } elements[] = {{AGREEMENT_PROGRAMME, "programme"},
                    {AGREEMENT_MADE_ON, "made_on"},
                    {AGREEMENT_MADE_AT_PLACE, "made_in"},
                    {AGREEMENT_PARTIES, "parties"},
                    {AGREEMENT_GOAL, "goal"},
                    {AGREEMENT_SUBJECT, "subject"},
                    {AGREEMENT_BEGINS, "begins"},
                    {AGREEMENT_ENDS, "ends"},
                    {AGREEMENT_LIABILITY, "liability"},
                    {AGREEMENT_SCOPE, "scope"},
                    {AGREEMENT_MANAGEMENT, "management"},
                    {AGREEMENT_FINANCE, "finance"}};
    int64_t provider = MAKE(PROVIDER, FIRM);
    const given_t all[] = {ELEMENTS};
    size_t count = sizeof all / sizeof *all;
    int64_t id = do_step(IPUS_AGREEMENT, 0, "make", all, count);
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        char sentence[80];
        given_t without[sizeof all / sizeof *all];
        size_t left = 0;
        for (size_t k = 0; k < count; k++) {
            if (all[k].field != elements[i].field) {
                without[left++] = all[k];
            }
        }
        (void)snprintf(sentence, sizeof sentence, "Brakuje pola „%s”.", elements[i].name);
        refuse_step(sentence, IPUS_AGREEMENT, 0, "make", without, left);
        NO_WITH(sentence, AGREEMENT, id, "change", NOT(elements[i].field));
    }
    NO_WITH("Dzień w polu „made_on” jeszcze nie nadszedł.", AGREEMENT, id, "change",
            DAY(AGREEMENT_MADE_ON, "2026-03-03"));
    DO(AGREEMENT, id, "sign");
    DO(AGREEMENT, id, "end");
    assert_day(IPUS_AGREEMENT, id, AGREEMENT_ENDS, "2026-03-02");
    int64_t later = do_step(IPUS_AGREEMENT, 0, "make", all, count);
    DO_WITH(AGREEMENT, later, "change", DAY(AGREEMENT_BEGINS, "2026-05-01"));
    DO(AGREEMENT, later, "sign");
    DO(AGREEMENT, later, "end");
    assert_day(IPUS_AGREEMENT, later, AGREEMENT_ENDS, "2026-05-01");
}

static void a_login_is_one_accounts(void **state)
{
    (void)state;
    enum { OF_PROVIDER = 3 };
    int64_t provider = MAKE(PROVIDER, FIRM), ewa = add_account("ewa", 0);
#define ACCOUNT_OF(login, role)                                                                    \
    TXT(ACCOUNT_LOGIN, login), TXT(ACCOUNT_NAME, "Ewa"), NUM(ACCOUNT_ROLE, role)
    NO_MAKE("Jest już konto o tym loginie.", ACCOUNT, ACCOUNT_OF("ewa", 1));
    NO_MAKE("Login ma małe litery łacińskie, cyfry, kropki i myślniki.", ACCOUNT,
            ACCOUNT_OF("Ewa", 1));
    NO_MAKE("Wykonawcę wskazuje się dla konta wykonawcy i tylko dla niego.", ACCOUNT,
            ACCOUNT_OF("jan", OF_PROVIDER));
    NO_MAKE("Wykonawcę wskazuje się dla konta wykonawcy i tylko dla niego.", ACCOUNT,
            ACCOUNT_OF("jan", 0), NUM(ACCOUNT_PROVIDER, provider));
    int64_t jan =
        MAKE(ACCOUNT, ACCOUNT_OF("jan.n-1", OF_PROVIDER), NUM(ACCOUNT_PROVIDER, provider));
    NO_WITH("Wykonawcę wskazuje się dla konta wykonawcy i tylko dla niego.", ACCOUNT, jan, "change",
            NUM(ACCOUNT_ROLE, 0));
    DO_WITH(ACCOUNT, jan, "change", NUM(ACCOUNT_ROLE, 0), NOT(ACCOUNT_PROVIDER));
    assert_state(IPUS_ACCOUNT, ewa, "active");
}

static void nobody_disables_themselves_and_a_disabled_account_has_no_way_in(void **state)
{
    (void)state;
    int64_t admin = add_account("admin", 6), ewa = add_account("ewa", 0);
    int64_t token = PUT(TOKEN, NUM(TOKEN_ACCOUNT, ewa), NUM(TOKEN_STATE, TOKEN_IS_STANDING));
    int64_t other = PUT(TOKEN, NUM(TOKEN_ACCOUNT, admin), NUM(TOKEN_STATE, TOKEN_IS_STANDING));
    office.actor.account = admin;
    NO("Nie można wyłączyć własnego konta.", ACCOUNT, admin, "disable");
    DO(ACCOUNT, ewa, "disable");
    assert_state(IPUS_TOKEN, token, "revoked");
    assert_state(IPUS_TOKEN, other, "standing");
    DO(ACCOUNT, ewa, "enable");
    DO(TOKEN, other, "revoke");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_provider_is_of_the_programmes_kinds),
        OFFICE_TEST(an_agreement_has_ten_elements),
        OFFICE_TEST(a_login_is_one_accounts),
        OFFICE_TEST(nobody_disables_themselves_and_a_disabled_account_has_no_way_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
