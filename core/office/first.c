/* The first account, by the code that the server printed. */
#include "office/inside.h"

enum { NAME_MAX = 120, CODE_MAX = 40, FIRST_BURST = 5, FIRST_PER_MINUTE = 5 };

typedef struct {
    desk_hash_t hash; /* first, so that one is found from the other */
    office_call_t *call;
} first_t;

static bool stop_at_first(void *of, const ipus_row_t *row)
{
    (void)row;
    *(bool *)of = true;
    return false;
}

static bool run_first(office_call_t *call, ipus_record_t *record)
{
    bool found = false;
    ipus_query_t query = IPUS_QUERY(IPUS_ACCOUNT);
    query.limit = 1;
    if (record->find(record->context, &query, stop_at_first, &found) != IPUS_FINE) {
        return false;
    }
    if (found) {
        office_refuse_engine(call, &(ipus_refusal_t){.code = IPUS_NOT_YOURS, .field = -1});
        return false;
    }
    return office_run_step(call, record);
}

static office_next_t hashed(first_t *first)
{
    office_call_t *call = first->call;
    if (!first->hash.fits) {
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    ipus_set_text(&call->step->command.given, ACCOUNT_PASSWORD,
                  office_keep(call, span_of(first->hash.hash)));
    vault_wipe(first->hash.hash, sizeof first->hash.hash);
    return office_write(call, run_first, office_then_step);
}

static void on_hashed(desk_hash_t *hash)
{
    first_t *first = (first_t *)hash;
    office_go_on(first->call, hashed(first));
}

static office_next_t on_first(office_call_t *call)
{
    static const char *const names[] = {"code", "login", "name", "password"};
    int64_t wait_ms = 0;
    const cJSON *body = NULL;
    if (!access_may_ask(desk_access(call->desk), "first", office_peer(call), FIRST_BURST,
                        FIRST_PER_MINUTE, &wait_ms)) {
        return office_refuse_for(call, OFFICE_PROBLEM_TOO_MANY, wait_ms);
    }
    first_t *first = office_own(call, sizeof *first);
    desk_step_t *step = office_begin_own_step(call, IPUS_ACCOUNT, "make", 0);
    if (first == NULL || step == NULL || !office_body(call, &body)) {
        return OFFICE_REFUSED;
    }
    ipus_row_t *given = &step->command.given;
    span_t written = office_take_text(call, body, "code", CODE_MAX, true);
    span_t login = office_take_text(call, body, "login", OFFICE_LOGIN_MAX, true);
    ipus_set(given, ACCOUNT_ROLE, ACCESS_ADMIN);
    ipus_set_text(given, ACCOUNT_LOGIN, login);
    ipus_set_text(given, ACCOUNT_NAME, office_take_text(call, body, "name", NAME_MAX, true));
    first->hash.password = office_take_password(call, body, "password", login);
    office_take_only(call, body, names, 4);
    if (office_has_mistakes(call, OFFICE_PROBLEM_BAD_BODY)) {
        return OFFICE_REFUSED;
    }
    char code[CODE_MAX];
    size_t len = desk_code(written, code, sizeof code);
    if (!desk_is_first_code(call->desk, (span_t){code, len}, call->now)) {
        return office_refuse(call, OFFICE_PROBLEM_WRONG_CODE);
    }
    first->call = call;
    first->hash.hashed = on_hashed;
    return office_hash(call, &first->hash);
}

/* ---- the doors ------------------------------------------------------------------------------- */

static const office_door_t doors[] = {
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/first",
     .handler = on_first,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "Makes the first account with the code that the server printed."},
};

office_doors_t office_doors_of_first(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
