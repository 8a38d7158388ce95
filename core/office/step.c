/* Asking for a step: If-Match, Idempotency-Key, what is given. */
#include "office/inside.h"

enum { KEY_MAX = 128 };

/* ---- what the head says ---------------------------------------------------------------------- */

/* Papers that people agree to and money: whoever moves them has read what they move. */
static bool must_be_read(ipus_kind_t kind)
{
    return kind == IPUS_PLAN || kind == IPUS_CHARGE || kind == IPUS_PAYMENT;
}

/* "order-12-3": 3. Of a list the newest of this row, as no older one can be the present. */
static bool read_match(const ipus_command_t *command, span_t match, int64_t *version)
{
    buf_t start = {0};
    buf_print(&start, "\"%s-%lld-", ipus_kind(command->kind)->name, (long long)command->id);
    span_t tag;
    while (!start.failed && span_cut(&match, ',', &tag)) {
        int64_t number = 0;
        tag = span_trim(tag);
        if (span_starts(tag, buf_span(&start)) && tag.len > start.len + 1 &&
            tag.at[tag.len - 1] == '"' &&
            office_id((span_t){tag.at + start.len, tag.len - start.len - 1}, &number) &&
            number > *version) {
            *version = number;
        }
    }
    buf_free(&start);
    return *version > 0;
}

static bool take_match(office_call_t *call)
{
    ipus_command_t *command = &call->step->command;
    if (command->id == 0) {
        return true;
    }
    span_t match = span_trim(http_header(call->exchange, "if-match"));
    bool any = span_equal(match, SPAN("*")); /* whatever its version is */
    if (match.len == 0 || (any && must_be_read(command->kind))) {
        office_refuse(call, OFFICE_PROBLEM_NEEDS_MATCH);
        return false;
    }
    if (!any && !read_match(command, match, &command->version)) {
        office_refuse(call, OFFICE_PROBLEM_STALE);
        return false;
    }
    return true;
}

bool office_take_key(office_call_t *call)
{
    span_t key = http_header(call->exchange, "idempotency-key");
    if (key.at == NULL || call->request->method != HTTP_POST) {
        return true;
    }
    if (key.len == 0 || key.len > KEY_MAX) {
        office_refuse(call, OFFICE_PROBLEM_BAD_KEY);
        return false;
    }
    if (!desk_step_take_key(call->step, key, call->request->path, call->request->body)) {
        office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
        return false;
    }
    return true;
}

/* ---- asking for it --------------------------------------------------------------------------- */

/* To erase is to destroy the key, in the transaction of the step. */
static bool erase(desk_step_t *step, ipus_record_t *record)
{
    return store_erase(record, step->command.id) == IPUS_FINE;
}

static bool may_override(office_call_t *call)
{
    const ipus_command_t *command = &call->step->command;
    bool may = command->why.len == 0 || command->actor.may_override;
    if (!may) {
        office_refuse_permission(call, "override");
    }
    return may;
}

/* What only the rules know to be right or wrong. */
static bool is_sound(office_call_t *call)
{
    const ipus_command_t *command = &call->step->command;
    const ipus_row_t *given = &command->given;
    if (command->kind == IPUS_ORDER && ipus_has(given, ORDER_ORDER_FACTS)) {
        return office_check_order(call, ipus_text(given, ORDER_ORDER_FACTS));
    }
    if (command->kind != IPUS_STATEMENT || command->id != 0) {
        return true;
    }
    return office_check_fact(call, given->at[STATEMENT_FACT].text, given->at[STATEMENT_VALUE].text);
}

office_next_t office_on_step(office_call_t *call)
{
    const office_door_t *door = call->door;
    desk_step_t *step = office_begin_step(call, door->kind, door->step, call->id);
    if (step == NULL || !take_match(call) || !office_take_key(call) || !office_take_fields(call) ||
        !may_override(call) || !is_sound(call)) {
        return OFFICE_REFUSED;
    }
    if (door->kind == IPUS_PERSON && strcmp(door->step->name, "erase") == 0) {
        step->beside = erase;
    }
    return door->step->decides ? office_decide(call) : office_write_step(call, office_then_step);
}
