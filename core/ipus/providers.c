/* Who delivers, and who works with the record. */
#include "ipus/effects.h"
#include "ipus/states.h"

enum { ROLE_PROVIDER = 3, ROLE_ADMIN = 6 }; /* of the choices of ACCOUNT_ROLE */

bool ipus_offer_make(ipus_work_t *work)
{
    ipus_row_t provider;
    return ipus_work_get(work, OFFER_PROVIDER, &provider) &&
           (ipus_number(&provider, PROVIDER_STATE) == PROVIDER_IS_ACTIVE ||
            ipus_work_refuse(work, IPUS_PROVIDER_RESTS, OFFER_PROVIDER, SPAN_NONE, SPAN_NONE,
                             SPAN_NONE));
}

/* Its ten elements are needed when it is made and cannot be taken from it later. */
bool ipus_agreement_end(ipus_work_t *work)
{
    date_t today = work->command->today;
    date_t begins = ipus_date(&work->row, AGREEMENT_BEGINS);
    if (date_before(today, ipus_date(&work->row, AGREEMENT_ENDS))) {
        ipus_set_date(&work->row, AGREEMENT_ENDS, date_before(today, begins) ? begins : today);
    }
    return true;
}

/* ---- accounts -------------------------------------------------------------------------------- */

static bool is_login(span_t login)
{
    for (size_t i = 0; i < login.len; i++) {
        char c = login.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-')) {
            return false;
        }
    }
    return true;
}

static bool note_it(void *of, const ipus_row_t *row)
{
    (void)row;
    *(bool *)of = true;
    return false;
}

/* ---- whom an account lets in ------------------------------------------------------------------
 */

static bool revoke(ipus_work_t *work, const ipus_row_t *token)
{
    return ipus_work_step(work, IPUS_TOKEN, token->id, "revoke", NULL);
}

/* Nobody is left signed in by an account that is off, or that was another's work. */
static bool revoke_all(ipus_work_t *work)
{
    ipus_query_t tokens = IPUS_QUERY(IPUS_TOKEN);
    ipus_query_equal(&tokens, TOKEN_ACCOUNT, work->row.id);
    ipus_query_equal(&tokens, TOKEN_STATE, TOKEN_IS_STANDING);
    return ipus_work_each(work, &tokens, revoke);
}

typedef struct {
    int64_t but;
    bool found;
} admins_t;

static bool note_admin(void *of, const ipus_row_t *row)
{
    admins_t *admins = of;
    admins->found = row->id != admins->but && ipus_number(row, ACCOUNT_ROLE) == ROLE_ADMIN;
    return !admins->found;
}

/* Without an administrator nobody could ever let anybody in again. */
static bool is_not_last_admin(ipus_work_t *work, const ipus_row_t *account)
{
    admins_t admins = {account->id, ipus_number(account, ACCOUNT_ROLE) != ROLE_ADMIN};
    ipus_query_t query = IPUS_QUERY(IPUS_ACCOUNT);
    ipus_query_equal(&query, ACCOUNT_STATE, ACCOUNT_IS_ACTIVE);
    return admins.found || (ipus_work_find(work, &query, note_admin, &admins) &&
                            (admins.found || ipus_work_refuse(work, IPUS_LAST_ADMIN, -1, SPAN_NONE,
                                                              SPAN_NONE, SPAN_NONE)));
}

bool ipus_account_may_disable(ipus_work_t *work)
{
    return (work->command->actor.account != work->row.id ||
            ipus_work_refuse(work, IPUS_OWN_ACCOUNT, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE)) &&
           is_not_last_admin(work, &work->row);
}

bool ipus_account_disable(ipus_work_t *work)
{
    return revoke_all(work);
}

/* ---- what an account is ------------------------------------------------------------------------
 */

/* The account of a provider is one provider's; nobody else's is. */
static bool is_whole(ipus_work_t *work)
{
    bool of_provider = ipus_number(&work->row, ACCOUNT_ROLE) == ROLE_PROVIDER;
    return of_provider == ipus_has(&work->row, ACCOUNT_PROVIDER) ||
           ipus_work_refuse(work, IPUS_ACCOUNT_PROVIDER, ACCOUNT_PROVIDER, SPAN_NONE, SPAN_NONE,
                            SPAN_NONE);
}

/* Nobody takes another role by themselves, nor leaves the office without an administrator. */
bool ipus_account_change(ipus_work_t *work)
{
    bool role_moves =
        ipus_number(&work->row, ACCOUNT_ROLE) != ipus_number(&work->before, ACCOUNT_ROLE);
    bool moves = role_moves || ipus_number(&work->row, ACCOUNT_PROVIDER) !=
                                   ipus_number(&work->before, ACCOUNT_PROVIDER);
    if (role_moves && work->command->actor.account == work->row.id) {
        return ipus_work_refuse(work, IPUS_OWN_ROLE, ACCOUNT_ROLE, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    return is_whole(work) && (!role_moves || is_not_last_admin(work, &work->before)) &&
           (!moves || revoke_all(work));
}

bool ipus_account_make(ipus_work_t *work)
{
    span_t login = ipus_text(&work->row, ACCOUNT_LOGIN);
    bool taken = false;
    ipus_query_t query = IPUS_QUERY(IPUS_ACCOUNT);
    ipus_query_text(&query, ACCOUNT_LOGIN, login);
    if (!is_login(login)) {
        return ipus_work_refuse(work, IPUS_LOGIN_WRONG, ACCOUNT_LOGIN, SPAN_NONE, SPAN_NONE,
                                SPAN_NONE);
    }
    if (!ipus_work_find(work, &query, note_it, &taken)) {
        return false;
    }
    return taken ? ipus_work_refuse(work, IPUS_LOGIN_TAKEN, ACCOUNT_LOGIN, SPAN_NONE, SPAN_NONE,
                                    SPAN_NONE)
                 : is_whole(work);
}
