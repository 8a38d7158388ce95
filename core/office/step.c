/* Making, changing and every other step: If-Match, Idempotency-Key, the transaction, the answer. */
#include "office/inside.h"

#include <stdlib.h>

/* ---- what the head says ---------------------------------------------------------------------- */

/* "order-12-3": 3. Zero for "*", which asks for no version. */
static bool read_match(const office_call_t *call, span_t match, int64_t *version)
{
    *version = 0;
    if (span_equal(match, SPAN("*"))) {
        return true;
    }
    buf_t start = {0};
    buf_print(&start, "\"%s-%lld-", ipus_kind(call->command.kind)->name,
              (long long)call->command.id);
    bool fits = !start.failed && span_starts(match, buf_span(&start)) &&
                match.len > start.len + 1 && match.at[match.len - 1] == '"' &&
                office_id((span_t){match.at + start.len, match.len - start.len - 1}, version);
    buf_free(&start);
    return fits;
}

static bool take_match(office_call_t *call)
{
    if (call->command.id == 0) {
        return true;
    }
    span_t match = http_header(call->exchange, "if-match");
    if (match.at == NULL) {
        office_problem(call, OFFICE_PROBLEM_NEEDS_MATCH);
        return false;
    }
    if (!read_match(call, match, &call->command.version)) {
        office_problem(call, OFFICE_PROBLEM_STALE);
        return false;
    }
    return true;
}

/* Whoever has no account has no keys either: they might meet another's. */
static bool take_key(office_call_t *call)
{
    span_t key = http_header(call->exchange, "idempotency-key");
    if (key.at == NULL || call->who.account == 0 || call->request->method != HTTP_POST) {
        return true;
    }
    if (key.len == 0 || key.len > OFFICE_KEY_MAX) {
        office_problem(call, OFFICE_PROBLEM_BAD_KEY);
        return false;
    }
    call->key = office_keep(call, key);
    call->digest = span_hash(call->request->path) * 31 + span_hash(call->request->body);
    return true;
}

void office_begin_step(office_call_t *call, ipus_kind_t kind, const ipus_step_t *step, int64_t id)
{
    call->command =
        (ipus_command_t){.kind = kind,
                         .step = step,
                         .id = id,
                         .given = {.kind = kind},
                         .actor = {.account = call->who.account,
                                   .provider = call->who.provider,
                                   .scope = office_scope(call->reach),
                                   .may_override = office_may(call, "override") != ACCESS_NEVER},
                         .today = call->today,
                         .now = call->now,
                         .programme = call->programme};
    call->run = office_run_step;
    call->then = office_step_done;
}

/* ---- the transaction ------------------------------------------------------------------------- */

static span_t keep(office_call_t *call, span_t text)
{
    return text.at == NULL ? SPAN_NONE : arena_copy(call->arena, text);
}

/* The record's texts end with the transaction. */
static void keep_answer(office_call_t *call)
{
    ipus_answer_t *answer = &call->answer;
    for (int i = 0; i < IPUS_REFUSAL_ARGUMENTS; i++) {
        answer->refusal.arguments[i] = keep(call, answer->refusal.arguments[i]);
    }
    bool learns = answer->row.kind == IPUS_ACCOUNT || answer->row.kind == IPUS_TOKEN ||
                  answer->row.kind == IPUS_INTAKE;
    const ipus_kind_spec_t *spec = ipus_kind(answer->row.kind);
    for (int i = 0; learns && i < spec->count; i++) {
        answer->row.at[i].text = keep(call, answer->row.at[i].text);
    }
}

/* {"id":12,"version":3,"state":"accepted","steps":[…]}: no personal datum, so that it may be
 * remembered. */
static bool put_summary(office_call_t *call, ipus_record_t *record)
{
    const ipus_row_t *row = &call->answer.row;
    office_reading_t reading = {.call = call, .record = record, .writer = {&call->out, false}};
    int state = ipus_kind(row->kind)->state;
    json_object(&reading.writer);
    json_name(&reading.writer, "id");
    json_int(&reading.writer, row->id);
    json_name(&reading.writer, "version");
    json_int(&reading.writer, row->version);
    json_name(&reading.writer, "state");
    if (state >= 0) {
        json_text(&reading.writer, ipus_choice(ipus_kind(row->kind)->fields[state].choices,
                                               ipus_number(row, state)));
    } else {
        json_null(&reading.writer);
    }
    json_name(&reading.writer, "steps");
    office_put_steps(&reading, row);
    json_object_end(&reading.writer);
    return !reading.broken;
}

static bool refuse_not_yours(office_call_t *call)
{
    call->answer.refused = true;
    call->answer.refusal = (ipus_refusal_t){.code = IPUS_NOT_YOURS, .field = -1};
    return false;
}

/* Accounts and tokens are nobody's provider's: one's own are told here. */
static bool is_in_reach(office_call_t *call, ipus_record_t *record)
{
    ipus_kind_t kind = call->command.kind;
    if (call->reach != ACCESS_OWN || (kind != IPUS_ACCOUNT && kind != IPUS_TOKEN) ||
        call->command.id == 0) {
        return true;
    }
    ipus_row_t row;
    if (record->get(record->context, kind, call->command.id, false, &row) != IPUS_FINE) {
        return refuse_not_yours(call);
    }
    int64_t account = kind == IPUS_ACCOUNT ? row.id : ipus_number(&row, TOKEN_ACCOUNT);
    call->command.actor.scope = IPUS_ANY;
    return account == call->who.account || refuse_not_yours(call);
}

bool office_run_step(office_call_t *call, ipus_record_t *record)
{
    call->replayed = call->key_reused = false;
    if (call->key.len > 0) {
        unsigned status = 0;
        span_t answer = SPAN_NONE;
        ipus_code_t code = store_replay(record, call->who.account, call->key, call->digest,
                                        call->now, &status, &answer);
        if (code == IPUS_FINE) {
            call->replayed = true;
            buf_add(&call->out, answer);
            return true;
        }
        call->key_reused = code == IPUS_TWICE;
        if (code != IPUS_ABSENT) {
            return false;
        }
    }
    bool fine = is_in_reach(call, record) && ipus_run(&call->command, record, &call->answer) &&
                (call->beside == NULL || call->beside(call, record));
    fine = fine && put_summary(call, record);
    if (fine && call->key.len > 0) {
        fine = store_remember(record, call->who.account, call->key, call->digest, call->now,
                              call->command.id == 0 ? 201 : 200, buf_span(&call->out)) == IPUS_FINE;
    }
    keep_answer(call);
    return fine && !call->out.failed;
}

/* ---- the answer ------------------------------------------------------------------------------ */

/* What was remembered tells the row and its version. */
static void read_replay(const office_call_t *call, int64_t *id, int64_t *version)
{
    cJSON *told = json_read_own(buf_span(&call->out));
    json_integer(json_member(told, "id"), id);
    json_integer(json_member(told, "version"), version);
    cJSON_Delete(told);
}

static void add_fields(office_call_t *call)
{
    int64_t id = call->answer.row.id, version = call->answer.row.version;
    call->status = call->command.id == 0 ? 201 : 200;
    if (call->replayed && call->out.len == 0) {
        buf_literal(&call->out, "{}"); /* somebody was erased since: what it said is gone */
        return;
    }
    if (call->replayed) {
        read_replay(call, &id, &version);
    }
    buf_literal(&call->fields, "ETag: ");
    office_put_tag(&call->fields, call->command.kind, id, version);
    buf_literal(&call->fields, "\r\n");
    if (call->command.id == 0) {
        buf_print(&call->fields, "Location: /v1/%.*s/", SPAN_ARGS(call->desk->id));
        for (const char *at = ipus_kind(call->command.kind)->plural; *at != '\0'; at++) {
            buf_byte(&call->fields, *at == '_' ? '-' : *at);
        }
        buf_print(&call->fields, "/%lld\r\n", (long long)id);
    }
}

void office_step_done(office_call_t *call, store_result_t result)
{
    bool moved = result == STORE_REFUSED && call->answer.refused &&
                 call->answer.refusal.code == IPUS_FACTS_MOVED;
    if (moved && call->tries < OFFICE_DECIDING_TRIES) {
        office_decide(call);
        return;
    }
    if (!office_went_well(call, result)) {
        return;
    }
    ipus_kind_t kind = call->command.kind;
    if (!call->replayed && (kind == IPUS_ACCOUNT || kind == IPUS_TOKEN)) {
        office_desk_learn(call->desk, &call->answer.row);
    }
    add_fields(call);
    office_reply(call);
}

/* To erase is to destroy the key, in the transaction of the step. */
static bool erase(office_call_t *call, ipus_record_t *record)
{
    return store_erase(record, call->command.id) == IPUS_FINE;
}

static bool may_override(office_call_t *call)
{
    if (call->command.why.len > 0 && !call->command.actor.may_override) {
        office_problem(call, OFFICE_PROBLEM_NOT_ALLOWED);
        return false;
    }
    return true;
}

/* What only the rules know to be right or wrong. */
static bool is_sound(office_call_t *call)
{
    const ipus_row_t *given = &call->command.given;
    if (call->command.kind == IPUS_ORDER && ipus_has(given, ORDER_ORDER_FACTS)) {
        return office_check_order(call, ipus_text(given, ORDER_ORDER_FACTS));
    }
    if (call->command.kind != IPUS_STATEMENT || call->command.id != 0) {
        return true;
    }
    office_check_fact(call, given->at[STATEMENT_FACT].text, given->at[STATEMENT_VALUE].text);
    if (office_mistakes(call) > 0) {
        office_problem_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
        return false;
    }
    return true;
}

void office_on_step(office_call_t *call)
{
    const office_door_t *door = call->door;
    office_begin_step(call, door->kind, door->step, call->id);
    if (!take_match(call) || !take_key(call) || !office_take_fields(call) || !may_override(call) ||
        !is_sound(call)) {
        return;
    }
    if (door->kind == IPUS_PERSON && strcmp(door->step->name, "erase") == 0) {
        call->beside = erase;
    }
    if (door->step->decides) {
        office_decide(call);
    } else {
        office_write(call);
    }
}
