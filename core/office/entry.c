/* Ways in: signing in and out, tokens of programs, passwords, the first account. */
#include "office/inside.h"
#include "office/record.h"

#include <stdlib.h>

enum {
    LOGIN_MAX = 40,
    SCOPES_MAX = 400,
    NAME_MAX = 120,
    CODE_MAX = 40,
    FIRST_BURST = 5,
    FIRST_PER_MINUTE = 5,
    DAY_MS = 86400000,
};
enum { ABOUT_SESSION, ABOUT_PROGRAM };

static bool answered_mistakes(office_call_t *call)
{
    if (office_mistakes(call) > 0) {
        office_problem_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
        return true;
    }
    return false;
}

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
              SPAN_ARGS(call->desk->id), token, (long long)seconds,
              is_local(call) ? "" : "; Secure");
}

/* ---- who am I -------------------------------------------------------------------------------- */

static void put_who(office_call_t *call, const access_who_t *who)
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
    if (call->wants_token) {
        json_name(&writer, "token");
        json_text(&writer, span_of(call->token));
    }
    json_object_end(&writer);
}

static void on_who(office_call_t *call)
{
    if (call->who.account == 0) {
        office_problem(call, OFFICE_PROBLEM_SIGN_IN);
        return;
    }
    put_who(call, &call->who);
    office_reply(call);
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static const ipus_step_t *step_of(ipus_kind_t kind, const char *name)
{
    return ipus_step_named(kind, span_of(name));
}

/* The server itself adds the row: what it is made of was checked here. */
static void make_token(office_call_t *call, int about, int64_t account, int64_t expires_at)
{
    char digest[VAULT_TOKEN_DIGEST];
    vault_token_new(call->token);
    vault_token_digest(span_of(call->token), digest);
    ipus_row_t *given = &call->command.given;
    call->command.actor.host = true;
    call->command.actor.scope = IPUS_ANY;
    ipus_set(given, TOKEN_ACCOUNT, account);
    ipus_set(given, TOKEN_ABOUT, about);
    ipus_set_text(given, TOKEN_DIGEST, office_keep(call, span_of(digest)));
    ipus_set(given, TOKEN_EXPIRES_AT, expires_at);
    office_write(call);
}

static void then_signed_in(office_call_t *call, store_result_t result)
{
    if (!office_went_well(call, result)) {
        return;
    }
    access_who_t who;
    char digest[VAULT_TOKEN_DIGEST];
    vault_token_digest(span_of(call->token), digest);
    if (!office_desk_learn(call->desk, &call->answer.row) ||
        !access_known(call->desk->access, span_of(digest), &who)) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return;
    }
    call->status = 201;
    buf_clear(&call->out);
    put_who(call, &who);
    add_cookie(call, call->token, ACCESS_SESSION_MS / 1000);
    office_reply(call);
}

static void on_password_checked(office_call_t *call)
{
    access_tried(call->desk->access, call->login, office_peer(call), call->hash_fits);
    if (!call->hash_fits || call->account == 0) {
        office_problem(call, OFFICE_PROBLEM_WRONG_LOGIN);
        return;
    }
    office_begin_step(call, IPUS_TOKEN, step_of(IPUS_TOKEN, "make"), 0);
    call->command.actor.account = call->account;
    call->then = then_signed_in;
    make_token(call, ABOUT_SESSION, call->account, call->now + ACCESS_SESSION_MS);
}

static void copy_hash(office_call_t *call, span_t hash)
{
    size_t len = hash.len < sizeof call->hash ? hash.len : 0;
    if (len > 0) {
        memcpy(call->hash, hash.at, len);
    }
    call->hash[len] = '\0';
}

static void on_sign_in(office_call_t *call)
{
    static const char *const names[] = {"login", "password", "token"};
    bool fine = false;
    const cJSON *body = office_body(call, &fine);
    if (!fine) {
        return;
    }
    call->login = office_take_text(call, body, "login", LOGIN_MAX, true);
    call->password = office_take_text(call, body, "password", ACCESS_PASSWORD_BYTES, true);
    call->wants_token = cJSON_IsTrue(json_member(body, "token"));
    office_take_only(call, body, names, 3);
    if (answered_mistakes(call)) {
        return;
    }
    int64_t wait_ms = 0;
    if (!access_may_try(call->desk->access, call->login, office_peer(call), &wait_ms)) {
        office_problem_wait(call, OFFICE_PROBLEM_TOO_MANY, wait_ms);
        return;
    }
    /* A login that nobody has takes as long as a wrong password. */
    span_t hash = SPAN_NONE;
    if (!access_login(call->desk->access, call->login, &call->account, &hash)) {
        call->account = 0;
        hash = SPAN_NONE;
    }
    copy_hash(call, hash);
    call->hash_checks = true;
    call->hashed = on_password_checked;
    office_hash(call);
}

static void then_signed_out(office_call_t *call, store_result_t result)
{
    if (!office_went_well(call, result)) {
        return;
    }
    access_drop_token(call->desk->access, call->command.id);
    add_cookie(call, "", 0);
    call->status = 204;
    office_reply(call);
}

static void on_sign_out(office_call_t *call)
{
    if (call->who.account == 0) {
        office_problem(call, OFFICE_PROBLEM_SIGN_IN);
        return;
    }
    office_begin_step(call, IPUS_TOKEN, step_of(IPUS_TOKEN, "revoke"), call->who.token);
    call->command.actor.host = true;
    call->then = then_signed_out;
    office_write(call);
}

/* Told once: the record has only the digest. */
static void then_token(office_call_t *call, store_result_t result)
{
    if (!office_went_well(call, result)) {
        return;
    }
    office_desk_learn(call->desk, &call->answer.row);
    json_writer_t writer = {&call->out, false};
    buf_clear(&call->out);
    json_object(&writer);
    json_name(&writer, "id");
    json_int(&writer, call->answer.row.id);
    json_name(&writer, "version");
    json_int(&writer, call->answer.row.version);
    json_name(&writer, "token");
    json_text(&writer, span_of(call->token));
    json_name(&writer, "expires_at");
    office_put_time(&writer, ipus_number(&call->answer.row, TOKEN_EXPIRES_AT));
    json_object_end(&writer);
    call->status = 201;
    office_reply(call);
}

/* A program makes neither programs, that might do more than it may, nor passwords. */
static bool is_somebody(office_call_t *call)
{
    if (call->who.by_program) {
        office_problem(call, OFFICE_PROBLEM_NOT_ALLOWED);
        return false;
    }
    return true;
}

static void take_scopes(office_call_t *call, const cJSON *body)
{
    span_t scopes = office_take_text(call, body, "scopes", SCOPES_MAX, true), rest = scopes;
    span_t name = SPAN_NONE;
    while (span_cut(&rest, ' ', &name)) {
        if (name.len > 0 && access_permission(name) == NULL) {
            office_mistake_in(call, OFFICE_DETAIL_UNKNOWN_SCOPE, "scopes", SPAN_NONE, SPAN_NONE);
            return;
        }
    }
    ipus_set_text(&call->command.given, TOKEN_SCOPES, scopes);
}

static void on_token(office_call_t *call)
{
    static const char *const names[] = {"name", "scopes", "expires"};
    bool fine = false;
    const cJSON *body = is_somebody(call) ? office_body(call, &fine) : NULL;
    if (!fine) {
        return;
    }
    office_begin_step(call, IPUS_TOKEN, step_of(IPUS_TOKEN, "make"), 0);
    ipus_set_text(&call->command.given, TOKEN_NAME, office_take_text(call, body, "name", 80, true));
    span_t expires = office_take_text(call, body, "expires", DATE_TEXT_LEN, true);
    date_t day = DATE_NONE;
    if (expires.len > 0 && !date_parse(expires, &day)) {
        office_mistake_in(call, OFFICE_DETAIL_WANT_DATE, "expires", SPAN_NONE, SPAN_NONE);
    }
    take_scopes(call, body);
    office_take_only(call, body, names, 3);
    if (answered_mistakes(call)) {
        return;
    }
    call->then = then_token;
    make_token(call, ABOUT_PROGRAM, call->who.account, ((int64_t)day.days + 1) * DAY_MS);
}

/* ---- passwords ------------------------------------------------------------------------------- */

static void take_password(office_call_t *call, const cJSON *body, const char *name)
{
    call->password = office_take_text(call, body, name, ACCESS_PASSWORD_BYTES, true);
    if (call->password.at != NULL && !access_password_will_do(call->password, call->login)) {
        office_mistake_in(call, OFFICE_DETAIL_WEAK, name, SPAN_NONE, SPAN_NONE);
    }
}

typedef struct {
    const ipus_command_t *like;
    ipus_record_t *record;
    int64_t but;
    bool failed;
} revoking_t;

static bool revoke(void *of, const ipus_row_t *row)
{
    revoking_t *revoking = of;
    ipus_command_t command = *revoking->like;
    ipus_answer_t answer;
    if (row->id == revoking->but) {
        return true;
    }
    command.kind = IPUS_TOKEN;
    command.step = step_of(IPUS_TOKEN, "revoke");
    command.id = row->id;
    command.version = 0;
    command.given = (ipus_row_t){.kind = IPUS_TOKEN};
    revoking->failed = !ipus_run(&command, revoking->record, &answer);
    return !revoking->failed;
}

bool office_revoke(const ipus_command_t *command, ipus_record_t *record, int64_t account,
                   int64_t but)
{
    revoking_t revoking = {command, record, but, false};
    ipus_query_t query = IPUS_QUERY(IPUS_TOKEN);
    ipus_query_equal(&query, TOKEN_ACCOUNT, account);
    ipus_query_equal(&query, TOKEN_STATE, 0);
    return record->find(record->context, &query, revoke, &revoking) == IPUS_FINE &&
           !revoking.failed;
}

/* Whoever came in with the old password is out, but for whoever changes it. */
static bool revoke_others(office_call_t *call, ipus_record_t *record)
{
    return office_revoke(&call->command, record, call->command.id, call->who.token);
}

static void then_password(office_call_t *call, store_result_t result)
{
    if (result == STORE_DONE) {
        access_drop_tokens(call->desk->access, call->command.id, call->who.token);
    }
    office_step_done(call, result);
}

static void on_new_password(office_call_t *call)
{
    if (!call->hash_fits) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return;
    }
    office_begin_step(call, IPUS_ACCOUNT, step_of(IPUS_ACCOUNT, "password"), call->id);
    call->command.actor.host = true;
    ipus_set_text(&call->command.given, ACCOUNT_PASSWORD, office_keep(call, span_of(call->hash)));
    call->beside = revoke_others;
    call->then = then_password;
    office_write(call);
}

static void on_old_password(office_call_t *call)
{
    access_tried(call->desk->access, call->login, office_peer(call), call->hash_fits);
    if (!call->hash_fits) {
        problem_clear(&call->office->problem);
        office_mistake_in(call, OFFICE_DETAIL_WRONG_PASSWORD, "current", SPAN_NONE, SPAN_NONE);
        office_problem_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
        return;
    }
    call->password = call->text;
    call->hash_checks = false;
    call->hashed = on_new_password;
    office_hash(call);
}

/* One's own is changed by whoever knows it; the administrator sets anybody's. */
static void on_password(office_call_t *call)
{
    static const char *const names[] = {"password", "current"};
    bool own = call->id == call->who.account, fine = false;
    if (call->reach != ACCESS_ANY && !own) {
        office_problem(call, OFFICE_PROBLEM_NOT_ALLOWED);
        return;
    }
    const cJSON *body = is_somebody(call) ? office_body(call, &fine) : NULL;
    if (!fine) {
        return;
    }
    span_t hash = SPAN_NONE;
    if (!access_account(call->desk->access, call->id, &call->login, &hash)) {
        office_problem(call, OFFICE_PROBLEM_NOT_FOUND);
        return;
    }
    call->login = office_keep(call, call->login);
    take_password(call, body, "password");
    span_t current = office_take_text(call, body, "current", ACCESS_PASSWORD_BYTES, own);
    office_take_only(call, body, names, 2);
    if (answered_mistakes(call)) {
        return;
    }
    call->hashed = on_new_password;
    if (own) {
        int64_t wait_ms = 0;
        if (!access_may_try(call->desk->access, call->login, office_peer(call), &wait_ms)) {
            office_problem_wait(call, OFFICE_PROBLEM_TOO_MANY, wait_ms);
            return;
        }
        copy_hash(call, hash);
        call->text = call->password;
        call->password = current;
        call->hash_checks = true;
        call->hashed = on_old_password;
    }
    office_hash(call);
}

/* ---- the first account ----------------------------------------------------------------------- */

static bool stop_at_first(void *of, const ipus_row_t *row)
{
    (void)row;
    *(bool *)of = true;
    return false;
}

static bool refuse_second(office_call_t *call, ipus_record_t *record)
{
    bool found = false;
    ipus_query_t query = IPUS_QUERY(IPUS_ACCOUNT);
    query.limit = 1;
    if (record->find(record->context, &query, stop_at_first, &found) != IPUS_FINE) {
        return false;
    }
    if (found) {
        call->answer.refused = true;
        call->answer.refusal = (ipus_refusal_t){.code = IPUS_NOT_YOURS, .field = -1};
        return false;
    }
    return office_run_step(call, record);
}

static void on_first_hashed(office_call_t *call)
{
    if (!call->hash_fits) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return;
    }
    ipus_row_t *given = &call->command.given;
    call->command.actor.host = true;
    ipus_set(given, ACCOUNT_ROLE, ACCESS_ADMIN);
    ipus_set_text(given, ACCOUNT_PASSWORD, office_keep(call, span_of(call->hash)));
    call->run = refuse_second;
    office_write(call);
}

/* In the time that the comparison of a right code takes. */
static bool is_code(const office_call_t *call, span_t code)
{
    const office_desk_t *desk = call->desk;
    unsigned differs = desk->code[0] == '\0' || code.len != OFFICE_CODE_LEN;
    differs |= call->now > desk->code_until;
    for (size_t i = 0; i < OFFICE_CODE_LEN; i++) {
        differs |= (unsigned char)desk->code[i] ^ (unsigned char)(i < code.len ? code.at[i] : 0);
    }
    return differs == 0;
}

static void on_first(office_call_t *call)
{
    static const char *const names[] = {"code", "login", "name", "password"};
    int64_t wait_ms = 0;
    bool fine = false;
    if (!access_may_ask(call->desk->access, "first", office_peer(call), FIRST_BURST,
                        FIRST_PER_MINUTE, &wait_ms)) {
        office_problem_wait(call, OFFICE_PROBLEM_TOO_MANY, wait_ms);
        return;
    }
    const cJSON *body = office_body(call, &fine);
    if (!fine) {
        return;
    }
    office_begin_step(call, IPUS_ACCOUNT, step_of(IPUS_ACCOUNT, "make"), 0);
    span_t code = office_take_text(call, body, "code", CODE_MAX, true);
    call->login = office_take_text(call, body, "login", LOGIN_MAX, true);
    ipus_set_text(&call->command.given, ACCOUNT_LOGIN, call->login);
    ipus_set_text(&call->command.given, ACCOUNT_NAME,
                  office_take_text(call, body, "name", NAME_MAX, true));
    take_password(call, body, "password");
    office_take_only(call, body, names, 4);
    if (answered_mistakes(call)) {
        return;
    }
    if (!is_code(call, code)) {
        office_problem(call, OFFICE_PROBLEM_WRONG_CODE);
        return;
    }
    call->hashed = on_first_hashed;
    office_hash(call);
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
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/tokens",
     .permission = "sessions.manage",
     .handler = on_token,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "Makes a token for a program; it is told once."},
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/accounts/{id}/password",
     .permission = "sessions.manage",
     .handler = on_password,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "Sets a password."},
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/first",
     .handler = on_first,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "Makes the first account with the code that the server printed."},
};

office_doors_t office_doors_of_entry(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
