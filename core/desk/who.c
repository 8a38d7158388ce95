/* Who asks, what of the record they see, which steps are open to them. */
#include "desk/inside.h"

#include "ipus/states.h"

/* ---- who ------------------------------------------------------------------------------------- */

desk_asker_t desk_stranger(void)
{
    return (desk_asker_t){.who.role = ACCESS_RESIDENT};
}

bool desk_known(desk_t *desk, span_t token, desk_asker_t *asker)
{
    char digest[VAULT_TOKEN_DIGEST];
    *asker = desk_stranger();
    vault_token_digest(token, digest);
    return access_known(desk->access, span_of(digest), &asker->who);
}

access_reach_t desk_may(const desk_asker_t *asker, const char *permission)
{
    return access_reach(&asker->who, access_permission(span_of(permission)));
}

/* ---- what they see --------------------------------------------------------------------------- */

int64_t desk_person_of(const ipus_row_t *row)
{
    if (row->kind == IPUS_PERSON) {
        return row->id;
    }
    int field = ipus_field(row->kind, SPAN("person"));
    return field < 0 ? 0 : ipus_number(row, field);
}

static bool is_own(const access_who_t *who, const ipus_row_t *row)
{
    if (row->kind == IPUS_ACCOUNT) {
        return row->id == who->account;
    }
    if (row->kind == IPUS_TOKEN) {
        return ipus_number(row, TOKEN_ACCOUNT) == who->account;
    }
    int field = ipus_field(row->kind, SPAN("provider"));
    int64_t provider = row->kind == IPUS_PROVIDER ? row->id
                       : field < 0                ? 0
                                                  : ipus_number(row, field);
    return provider != 0 && provider == who->provider;
}

static bool is_on_case(desk_sight_t *sight, int64_t person)
{
    if (person == 0) {
        return false;
    }
    if (person != sight->person) {
        sight->person = person;
        sight->on_case = false;
        ipus_code_t code =
            ipus_on_case(sight->record, person, sight->asker->who.account, &sight->on_case);
        sight->broken = sight->broken || code != IPUS_FINE;
    }
    return sight->on_case;
}

bool desk_sees(desk_sight_t *sight, const ipus_row_t *row)
{
    if (row->kind == IPUS_TOKEN && ipus_number(row, TOKEN_ABOUT) > 1) {
        return false;
    }
    switch (sight->asker->reach) {
    case ACCESS_ANY:
        return true;
    case ACCESS_OWN:
        return is_own(&sight->asker->who, row);
    case ACCESS_ON_CASE:
        return is_on_case(sight, desk_person_of(row));
    default:
        return false;
    }
}

bool desk_sees_confidential(desk_sight_t *sight, const ipus_row_t *row)
{
    access_reach_t reach = desk_may(sight->asker, "confidential.read");
    return reach == ACCESS_ANY ||
           (reach == ACCESS_ON_CASE && is_on_case(sight, desk_person_of(row)));
}

static bool is_secret(ipus_kind_t kind, int field)
{
    return (kind == IPUS_ACCOUNT && field == ACCOUNT_PASSWORD) ||
           (kind == IPUS_TOKEN && field == TOKEN_DIGEST);
}

/* Where a kind marks nothing for providers, they are told all. */
bool desk_is_told(const desk_asker_t *asker, ipus_kind_t kind, int field)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    if (is_secret(kind, field)) {
        return false;
    }
    if (asker->who.role != ACCESS_PROVIDER || kind == IPUS_ACCOUNT || kind == IPUS_TOKEN ||
        kind == IPUS_PROVIDER) {
        return true;
    }
    bool marks = false;
    for (int i = 0; i < spec->count; i++) {
        marks = marks || (spec->fields[i].flags & IPUS_FOR_PROVIDER) != 0;
    }
    return !marks || (spec->fields[field].flags & IPUS_FOR_PROVIDER) != 0;
}

bool desk_is_over(const desk_asker_t *asker, const ipus_row_t *row)
{
    const uint32_t open = IPUS_STATES(ORDER_IS_ISSUED) | IPUS_STATES(ORDER_IS_ACCEPTED) |
                          IPUS_STATES(ORDER_IS_DONE) | IPUS_STATES(ORDER_IS_CONFIRMED);
    return asker->who.role == ACCESS_PROVIDER && row->kind == IPUS_ORDER &&
           (open >> ipus_number(row, ORDER_STATE) & 1u) == 0 && !ipus_has(row, ORDER_LENT_UNTIL);
}
