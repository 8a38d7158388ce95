/* Tokens: of sessions, and of programs, which are told theirs once. */
#include "office/inside.h"

enum { SCOPES_MAX = 400, TOKEN_NAME_MAX = 80, LONGEST_DAYS = 731 };

desk_step_t *office_begin_token(office_call_t *call, const office_token_t *token,
                                char secret[static VAULT_TOKEN])
{
    char digest[VAULT_TOKEN_DIGEST];
    desk_step_t *step = office_begin_own_step(call, IPUS_TOKEN, "make", 0);
    if (step == NULL) {
        return NULL;
    }
    vault_token_new(secret);
    vault_token_digest(span_of(secret), digest);
    ipus_row_t *given = &step->command.given;
    ipus_set(given, TOKEN_ACCOUNT, token->account);
    ipus_set(given, TOKEN_ABOUT, token->about);
    ipus_set_text(given, TOKEN_DIGEST, office_keep(call, span_of(digest)));
    ipus_set(given, TOKEN_EXPIRES_AT, token->expires_at);
    return step;
}

bool office_is_somebody(office_call_t *call)
{
    if (call->asker.who.by_program) {
        office_refuse(call, OFFICE_PROBLEM_NOT_BY_PROGRAM);
    }
    return !call->asker.who.by_program;
}

/* ---- of programs ----------------------------------------------------------------------------- */

typedef struct {
    char secret[VAULT_TOKEN];
} program_t;

/* Told once: the record has only the digest. */
static office_next_t then_token(office_call_t *call)
{
    const desk_step_t *step = call->step;
    program_t *program = call->own;
    if (!desk_step_learn(call->desk, step)) {
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    json_writer_t writer = {&call->out, false};
    buf_clear(&call->out);
    json_object(&writer);
    json_name(&writer, "id");
    json_int(&writer, step->answer.row.id);
    json_name(&writer, "version");
    json_int(&writer, step->answer.row.version);
    json_name(&writer, "token");
    json_text(&writer, span_of(program->secret));
    json_name(&writer, "expires_at");
    office_put_time(&writer, ipus_number(&step->answer.row, TOKEN_EXPIRES_AT));
    json_object_end(&writer);
    vault_wipe(program->secret, sizeof program->secret);
    call->status = 201;
    return OFFICE_DONE;
}

static span_t take_scopes(office_call_t *call, const cJSON *body)
{
    span_t scopes = office_take_text(call, body, "scopes", SCOPES_MAX, true), rest = scopes;
    span_t name = SPAN_NONE;
    while (span_cut(&rest, ' ', &name)) {
        if (name.len > 0 && access_permission(name) == NULL) {
            office_mistake_in(call, OFFICE_DETAIL_UNKNOWN_SCOPE, "scopes", SPAN_NONE, SPAN_NONE);
            break;
        }
    }
    return scopes;
}

/* The last day on which it is good: not one that is over, nor one that nobody will remember. */
static date_t take_last_day(office_call_t *call, const cJSON *body)
{
    span_t text = office_take_text(call, body, "expires", DATE_TEXT_LEN, true);
    date_t day = DATE_NONE, first = clock_warsaw_date(call->now),
           last = date_add(first, LONGEST_DAYS);
    if (text.len == 0) {
        return first;
    }
    if (!date_parse(text, &day) || !date_within(day, first, last)) {
        char bounds[2][DATE_TEXT_LEN + 1];
        buf_t period = {0};
        date_text(first, bounds[0]);
        date_text(last, bounds[1]);
        buf_print(&period, "%s – %s", bounds[0], bounds[1]);
        office_mistake_in(call, OFFICE_DETAIL_WANT_DATE_WITHIN, "expires", buf_span(&period),
                          SPAN_NONE);
        buf_free(&period);
        return first;
    }
    return day;
}

static office_next_t on_token(office_call_t *call)
{
    static const char *const names[] = {"name", "scopes", "expires"};
    const cJSON *body = NULL;
    program_t *program = office_own(call, sizeof *program);
    if (program == NULL || !office_is_somebody(call) || !office_body(call, &body)) {
        return OFFICE_REFUSED;
    }
    span_t name = office_take_text(call, body, "name", TOKEN_NAME_MAX, true);
    date_t day = take_last_day(call, body);
    span_t scopes = take_scopes(call, body);
    office_take_only(call, body, names, 3);
    if (office_has_mistakes(call, OFFICE_PROBLEM_BAD_BODY)) {
        return OFFICE_REFUSED;
    }
    desk_step_t *step =
        office_begin_token(call,
                           &(office_token_t){OFFICE_PROGRAM, call->asker.who.account,
                                             clock_warsaw_begins(date_add(day, 1))},
                           program->secret);
    if (step == NULL) {
        return OFFICE_REFUSED;
    }
    ipus_set_text(&step->command.given, TOKEN_NAME, name);
    ipus_set_text(&step->command.given, TOKEN_SCOPES, scopes);
    return office_write_step(call, then_token);
}

/* ---- the doors ------------------------------------------------------------------------------- */

static const office_door_t doors[] = {
    {.method = HTTP_POST,
     .pattern = "/v1/{programme}/tokens",
     .permission = "sessions.manage",
     .handler = on_token,
     .flags = OFFICE_WRITES,
     .kind = IPUS_KIND_COUNT,
     .summary = "Makes a token for a program; it is told once."},
};

office_doors_t office_doors_of_tokens(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
