/* Passwords: trying them, setting them. */
#include "office/inside.h"

/* ---- for whoever takes one ------------------------------------------------------------------- */

bool office_may_try(office_call_t *call, span_t login)
{
    int64_t wait_ms = 0;
    bool may = access_may_try(desk_access(call->desk), login, office_peer(call), &wait_ms);
    if (!may) {
        office_refuse_for(call, OFFICE_PROBLEM_TOO_MANY, wait_ms);
    }
    return may;
}

office_next_t office_hash(office_call_t *call, desk_hash_t *hash)
{
    desk_hashing_t hashing =
        office_hold(call) ? desk_hash(call->office->desks, hash) : DESK_HASH_NO_MEMORY;
    return hashing == DESK_HASHING     ? OFFICE_WAITS
           : hashing == DESK_HASH_BUSY ? office_refuse_for(call, OFFICE_PROBLEM_BUSY, 1000)
                                       : office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
}

void office_hash_against(desk_hash_t *hash, span_t known)
{
    size_t len = known.len < sizeof hash->hash ? known.len : 0;
    if (len > 0) {
        memcpy(hash->hash, known.at, len);
    }
    hash->hash[len] = '\0';
    hash->checks = true;
}

span_t office_take_password(office_call_t *call, const cJSON *body, const char *name, span_t login)
{
    span_t password = office_take_text(call, body, name, ACCESS_PASSWORD_BYTES, true);
    if (password.at != NULL && !access_password_will_do(password, login)) {
        office_mistake_in(call, OFFICE_DETAIL_WEAK, name, SPAN_NONE, SPAN_NONE);
    }
    return password;
}

/* ---- setting one ----------------------------------------------------------------------------- */

typedef struct {
    desk_hash_t hash; /* first, so that one is found from the other */
    office_call_t *call;
    span_t login, password;
} setting_t;

/* Whoever came in with the old password is out, but for whoever changes it. */
static bool revoke_others(desk_step_t *step, ipus_record_t *record)
{
    const office_call_t *call = step->of;
    return desk_revoke(&step->command, record, step->command.id, call->asker.who.token);
}

static office_next_t then_set(office_call_t *call)
{
    access_drop_tokens(desk_access(call->desk), call->step->command.id, call->asker.who.token);
    return office_then_step(call);
}

static office_next_t hashed(setting_t *setting)
{
    office_call_t *call = setting->call;
    if (!setting->hash.fits) {
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    desk_step_t *step = office_begin_own_step(call, IPUS_ACCOUNT, "password", call->id);
    if (step == NULL) {
        return OFFICE_REFUSED;
    }
    ipus_set_text(&step->command.given, ACCOUNT_PASSWORD,
                  office_keep(call, span_of(setting->hash.hash)));
    vault_wipe(setting->hash.hash, sizeof setting->hash.hash);
    step->beside = revoke_others;
    return office_write_step(call, then_set);
}

static void on_hashed(desk_hash_t *hash)
{
    setting_t *setting = (setting_t *)hash;
    office_go_on(setting->call, hashed(setting));
}

static office_next_t set(setting_t *setting)
{
    setting->hash.password = setting->password;
    setting->hash.checks = false;
    setting->hash.hashed = on_hashed;
    return office_hash(setting->call, &setting->hash);
}

static office_next_t checked(setting_t *setting)
{
    office_call_t *call = setting->call;
    access_tried(desk_access(call->desk), setting->login, office_peer(call), setting->hash.fits);
    if (setting->hash.fits) {
        return set(setting);
    }
    problem_clear(&call->office->problem);
    office_mistake_in(call, OFFICE_DETAIL_WRONG_PASSWORD, "current", SPAN_NONE, SPAN_NONE);
    return office_refuse_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
}

static void on_checked(desk_hash_t *hash)
{
    setting_t *setting = (setting_t *)hash;
    office_go_on(setting->call, checked(setting));
}

/* One's own is changed by whoever knows it; the administrator sets anybody's. */
static office_next_t on_password(office_call_t *call)
{
    static const char *const names[] = {"password", "current"};
    bool own = call->id == call->asker.who.account;
    const cJSON *body = NULL;
    if (call->asker.reach != ACCESS_ANY && !own) {
        return office_refuse_permission(call, call->door->permission);
    }
    setting_t *setting = office_own(call, sizeof *setting);
    if (setting == NULL || !office_is_somebody(call) || !office_body(call, &body)) {
        return OFFICE_REFUSED;
    }
    span_t known = SPAN_NONE;
    setting->call = call;
    if (!access_account(desk_access(call->desk), call->id, &setting->login, &known)) {
        return office_refuse(call, OFFICE_PROBLEM_NOT_FOUND);
    }
    setting->login = office_keep(call, setting->login);
    setting->password = office_take_password(call, body, "password", setting->login);
    span_t current = office_take_text(call, body, "current", ACCESS_PASSWORD_BYTES, own);
    office_take_only(call, body, names, 2);
    if (office_has_mistakes(call, OFFICE_PROBLEM_BAD_BODY)) {
        return OFFICE_REFUSED;
    }
    if (!own) {
        return set(setting);
    }
    if (!office_may_try(call, setting->login)) {
        return OFFICE_REFUSED;
    }
    office_hash_against(&setting->hash, known);
    setting->hash.password = current;
    setting->hash.hashed = on_checked;
    return office_hash(call, &setting->hash);
}

/* ---- the doors ------------------------------------------------------------------------------- */

static const office_door_t doors[] = {
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/accounts/{id}/password",
     .permission = "sessions.manage",
     .handler = on_password,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "Sets a password."},
};

office_doors_t office_doors_of_passwords(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
