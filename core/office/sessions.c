/* Signing in and out. */
#include "office/inside.h"

/* ---- cookies --------------------------------------------------------------------------------- */

/* A browser keeps a Secure cookie from a server without encryption only on its own machine. */
static bool is_local(const office_call_t *call)
{
    static const char *const local[] = {"127.0.0.1", "localhost", "[::1]"};
    span_t host = http_header(call->exchange, "host");
    for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
        span_t name = span_of(local[i]);
        if (span_starts(host, name) && (host.len == name.len || host.at[name.len] == ':')) {
            return true;
        }
    }
    return false;
}

static void add_cookie(office_call_t *call, const char *token, int64_t seconds)
{
    buf_print(&call->fields,
              "Set-Cookie: okienko_%.*s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld%s\r\n",
              SPAN_ARGS(desk_programme(call->desk)), token, (long long)seconds,
              is_local(call) ? "" : "; Secure");
}

/* ---- who am I -------------------------------------------------------------------------------- */

/* `token`: told too, or NULL. */
static void put_who(office_call_t *call, const access_who_t *who, const char *token)
{
    json_writer_t writer = {&call->out, false};
    json_object(&writer);
    json_name(&writer, "account");
    if (who->account != 0) {
        json_int(&writer, who->account);
    } else {
        json_null(&writer);
    }
    json_name(&writer, "role");
    json_text(&writer, span_of(access_role_name(who->role)));
    json_name(&writer, "provider");
    if (who->provider != 0) {
        json_int(&writer, who->provider);
    } else {
        json_null(&writer);
    }
    json_name(&writer, "permissions");
    json_object(&writer);
    static const char *const reaches[] = {"never", "any", "own", "on-case"};
    size_t count = 0;
    const access_permission_t *permissions = access_permissions(&count);
    for (size_t i = 0; i < count; i++) {
        access_reach_t reach = access_reach(who, &permissions[i]);
        if (reach != ACCESS_NEVER) {
            json_name(&writer, permissions[i].name);
            json_text(&writer, span_of(reaches[reach]));
        }
    }
    json_object_end(&writer);
    if (token != NULL) {
        json_name(&writer, "token");
        json_text(&writer, span_of(token));
    }
    json_object_end(&writer);
}

static office_next_t on_who(office_call_t *call)
{
    if (call->asker.who.account == 0) {
        return office_refuse(call, OFFICE_PROBLEM_SIGN_IN);
    }
    put_who(call, &call->asker.who, NULL);
    return OFFICE_DONE;
}

/* ---- signing in ------------------------------------------------------------------------------ */

typedef struct {
    desk_hash_t hash; /* first, so that one is found from the other */
    office_call_t *call;
    span_t login;
    int64_t account;
    bool tells_token;
    char token[VAULT_TOKEN];
} sign_in_t;

static office_next_t then_signed_in(office_call_t *call)
{
    desk_asker_t asker;
    sign_in_t *in = call->own;
    if (!desk_step_learn(call->desk, call->step) ||
        !desk_known(call->desk, span_of(in->token), &asker)) {
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    call->status = 201;
    buf_clear(&call->out);
    put_who(call, &asker.who, in->tells_token ? in->token : NULL);
    add_cookie(call, in->token, ACCESS_SESSION_MS / 1000);
    vault_wipe(in->token, sizeof in->token);
    return OFFICE_DONE;
}

static office_next_t checked(sign_in_t *in)
{
    office_call_t *call = in->call;
    access_tried(desk_access(call->desk), in->login, office_peer(call), in->hash.fits);
    if (!in->hash.fits || in->account == 0) {
        return office_refuse(call, OFFICE_PROBLEM_WRONG_LOGIN);
    }
    desk_step_t *step = office_begin_token(
        call, &(office_token_t){OFFICE_SESSION, in->account, call->now + ACCESS_SESSION_MS},
        in->token);
    if (step == NULL) {
        return OFFICE_REFUSED;
    }
    step->command.actor.account = in->account;
    return office_write_step(call, then_signed_in);
}

static void on_checked(desk_hash_t *hash)
{
    sign_in_t *in = (sign_in_t *)hash;
    office_go_on(in->call, checked(in));
}

static office_next_t on_sign_in(office_call_t *call)
{
    static const char *const names[] = {"login", "password", "token"};
    const cJSON *body = NULL;
    sign_in_t *in = office_own(call, sizeof *in);
    if (in == NULL || !office_body(call, &body)) {
        return OFFICE_REFUSED;
    }
    in->call = call;
    in->login = office_take_text(call, body, "login", OFFICE_LOGIN_MAX, true);
    in->hash.password = office_take_text(call, body, "password", ACCESS_PASSWORD_BYTES, true);
    in->tells_token = cJSON_IsTrue(json_member(body, "token"));
    office_take_only(call, body, names, 3);
    if (office_has_mistakes(call, OFFICE_PROBLEM_BAD_BODY) || !office_may_try(call, in->login)) {
        return OFFICE_REFUSED;
    }
    /* A login that nobody has takes as long as a wrong password. */
    span_t known = SPAN_NONE;
    if (!access_login(desk_access(call->desk), in->login, &in->account, &known)) {
        in->account = 0;
        known = SPAN_NONE;
    }
    office_hash_against(&in->hash, known);
    in->hash.hashed = on_checked;
    return office_hash(call, &in->hash);
}

/* ---- signing out ----------------------------------------------------------------------------- */

static office_next_t then_signed_out(office_call_t *call)
{
    access_drop_token(desk_access(call->desk), call->step->command.id);
    add_cookie(call, "", 0);
    call->status = 204;
    return OFFICE_DONE;
}

static office_next_t on_sign_out(office_call_t *call)
{
    if (call->asker.who.account == 0) {
        return office_refuse(call, OFFICE_PROBLEM_SIGN_IN);
    }
    return office_begin_own_step(call, IPUS_TOKEN, "revoke", call->asker.who.token) == NULL
               ? OFFICE_REFUSED
               : office_write_step(call, then_signed_out);
}

/* ---- the doors ------------------------------------------------------------------------------- */

static const office_door_t doors[] = {
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/session",
     .handler = on_who,
     .kind = IPUS_KIND_COUNT,
     .summary = "Who is signed in, and what they may do."},
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/session",
     .handler = on_sign_in,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "Signs in."},
    {.method = HTTP_DELETE,
     .pattern = "/v1/{programme}/session",
     .handler = on_sign_out,
     .flags = OFFICE_WRITES | OFFICE_EMPTY,
     .kind = IPUS_KIND_COUNT,
     .summary = "Signs out."},
};

office_doors_t office_doors_of_sessions(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
