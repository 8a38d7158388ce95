/* What was sent, read field by field as kinds.def has them. Every mistake is told at once. */
#include "office/inside.h"

enum { NAMES_MAX = 48 };

bool office_body(office_call_t *call, const cJSON **body)
{
    json_fault_t fault;
    *body = NULL;
    if (call->request->body.len == 0) {
        return true;
    }
    *body = json_read(call->office->reader, call->request->body, &fault);
    if (*body == NULL) {
        office_refuse_json(call, &fault);
        return false;
    }
    if (!cJSON_IsObject(*body)) {
        office_mistake(call, OFFICE_DETAIL_NOT_OBJECT, SPAN_NONE, SPAN_NONE, SPAN_NONE);
        office_refuse_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
        return false;
    }
    return true;
}

/* ---- a step's fields ------------------------------------------------------------------------- */

static void unknown_member(office_call_t *call, const char *name, const char *const *names,
                           size_t count)
{
    buf_t allowed = {0};
    for (size_t i = 0; i < count; i++) {
        buf_add(&allowed, i > 0 ? SPAN(", ") : SPAN(""));
        buf_add(&allowed, span_of(names[i]));
    }
    office_mistake_in(call, OFFICE_DETAIL_UNKNOWN_MEMBER, name,
                      allowed.len > 0 ? buf_span(&allowed) : SPAN("–"),
                      span_of(text_nearest(span_of(name), names, count)));
    buf_free(&allowed);
}

void office_take_only(office_call_t *call, const cJSON *body, const char *const *names,
                      size_t count)
{
    for (const cJSON *member = body == NULL ? NULL : body->child; member != NULL;
         member = member->next) {
        bool known = false;
        for (size_t i = 0; i < count && !known; i++) {
            known = strcmp(names[i], member->string) == 0;
        }
        if (!known) {
            unknown_member(call, member->string, names, count);
        }
    }
}

static void take_member(office_call_t *call, int field, const cJSON *node, bool needed)
{
    ipus_command_t *command = &call->step->command;
    const ipus_field_t *spec = &ipus_kind(command->kind)->fields[field];
    if (!cJSON_IsNull(node)) {
        office_take_value(call, command->kind, field, node, &command->given.at[field]);
    } else if (needed || (command->id != 0 && (spec->flags & IPUS_NEEDED) != 0)) {
        office_mistake_in(call, OFFICE_DETAIL_NOT_NULL, spec->name, SPAN_NONE, SPAN_NONE);
    } else if (command->id != 0) {
        command->null |= UINT32_C(1) << field;
    }
}

static void take_why(office_call_t *call, const cJSON *body)
{
    enum { WHY_MAX = 1000 };
    call->step->command.why = office_take_text(call, body, "override", WHY_MAX, false);
}

bool office_take_fields(office_call_t *call)
{
    const cJSON *body = NULL;
    if (!office_body(call, &body)) {
        return false;
    }
    const ipus_kind_spec_t *spec = ipus_kind(call->step->command.kind);
    const char *names[NAMES_MAX] = {NULL};
    size_t count = 0;
    for (int i = 0; i < spec->count; i++) {
        bool needed = false;
        if (!ipus_step_takes(call->step->command.kind, call->step->command.step, i, &needed)) {
            continue;
        }
        names[count++] = spec->fields[i].name;
        const cJSON *node = json_member(body, spec->fields[i].name);
        if (node != NULL) {
            take_member(call, i, node, needed);
        } else if (needed) {
            office_mistake_in(call, OFFICE_DETAIL_MISSING, spec->fields[i].name, SPAN_NONE,
                              SPAN_NONE);
        }
    }
    names[count++] = "override";
    take_why(call, body);
    office_take_only(call, body, names, count);
    return !office_has_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
}

span_t office_take_text(office_call_t *call, const cJSON *body, const char *name, size_t max,
                        bool needed)
{
    const cJSON *node = json_member(body, name);
    if (node == NULL || cJSON_IsNull(node)) {
        if (needed) {
            office_mistake_in(call, OFFICE_DETAIL_MISSING, name, SPAN_NONE, SPAN_NONE);
        }
        return SPAN_NONE;
    }
    span_t text = json_string(node);
    if (text.at == NULL || !text_is_plain(text, false) || text.len == 0) {
        office_mistake_in(call, OFFICE_DETAIL_WANT_TEXT, name, SPAN_NONE, SPAN_NONE);
        return SPAN_NONE;
    }
    if (text_characters(text) > max) {
        buf_t most = {0};
        buf_int(&most, (int64_t)max);
        office_mistake_in(call, OFFICE_DETAIL_TOO_LONG, name, buf_span(&most), SPAN_NONE);
        buf_free(&most);
        return SPAN_NONE;
    }
    return office_keep(call, text);
}
