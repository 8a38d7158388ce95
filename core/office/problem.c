/* What went wrong with a call: noted where it is found, told when the call has ended. */
#include "office/inside.h"

enum { FIELD_MAX = 128 };

/* ---- noting ---------------------------------------------------------------------------------- */

static office_refusal_t *note(office_call_t *call, office_problem_t problem)
{
    office_refusal_t *refusal = &call->refusal;
    buf_t members = refusal->members;
    buf_clear(&members);
    *refusal = (office_refusal_t){.problem = problem, .members = members};
    return refusal;
}

office_next_t office_refuse(office_call_t *call, office_problem_t problem)
{
    note(call, problem);
    return OFFICE_REFUSED;
}

office_next_t office_refuse_for(office_call_t *call, office_problem_t problem, int64_t wait_ms)
{
    note(call, problem)->wait_ms = wait_ms < 1000 ? 1000 : wait_ms;
    return OFFICE_REFUSED;
}

office_next_t office_refuse_with(office_call_t *call, office_problem_t problem, span_t detail,
                                 const char *member, span_t json)
{
    office_refusal_t *refusal = note(call, problem);
    json_writer_t writer = {&refusal->members, false};
    refusal->detail = detail.len > 0 ? arena_copy(call->arena, detail) : SPAN_NONE;
    json_name(&writer, member);
    json_raw(&writer, json);
    return OFFICE_REFUSED;
}

office_next_t office_refuse_json(office_call_t *call, const json_fault_t *fault)
{
    if (fault->code == JSON_NO_MEMORY) {
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    office_refusal_t *refusal =
        note(call, json_fault_is_legal(fault->code) ? OFFICE_PROBLEM_UNSUPPORTED_JSON
                                                    : OFFICE_PROBLEM_BAD_JSON);
    json_writer_t writer = {&refusal->members, false};
    refusal->detail = json_fault_text(fault->code, call->lang);
    json_name(&writer, "line");
    json_int(&writer, fault->line);
    json_name(&writer, "column");
    json_int(&writer, fault->column);
    return OFFICE_REFUSED;
}

/* Whoever is not signed in may have it; who is lacks it. */
office_next_t office_refuse_permission(office_call_t *call, const char *permission)
{
    bool stranger = call->asker.who.account == 0;
    office_refusal_t *refusal =
        note(call, stranger ? OFFICE_PROBLEM_SIGN_IN : OFFICE_PROBLEM_NOT_ALLOWED);
    json_writer_t writer = {&refusal->members, false};
    json_name(&writer, "permission");
    json_text(&writer, span_of(permission));
    return OFFICE_REFUSED;
}

office_next_t office_refuse_engine(office_call_t *call, const ipus_refusal_t *refusal)
{
    office_refusal_t *noted = note(call, OFFICE_PROBLEM_NOT_FOUND);
    noted->by_engine = true;
    noted->engine = *refusal;
    return OFFICE_REFUSED;
}

office_next_t office_refuse_mistakes(office_call_t *call, office_problem_t problem)
{
    note(call, problem)->has_mistakes = true;
    return OFFICE_REFUSED;
}

/* ---- telling --------------------------------------------------------------------------------- */

static unsigned status_of(ipus_refused_t sort)
{
    static const unsigned statuses[] = {[IPUS_REFUSED_ABSENT] = 404,
                                        [IPUS_REFUSED_FORBIDDEN] = 403,
                                        [IPUS_REFUSED_STALE] = 412,
                                        [IPUS_REFUSED_INVALID] = 422,
                                        [IPUS_REFUSED_CONFLICT] = 409};
    return statuses[sort];
}

static problem_kind_t kind_of(const office_call_t *call)
{
    const office_refusal_t *refusal = &call->refusal;
    if (!refusal->by_engine) {
        return (problem_kind_t){office_problem_status(refusal->problem),
                                office_problem_type(refusal->problem),
                                office_problem_title(refusal->problem, call->lang)};
    }
    buf_t *text = &call->office->scratch;
    buf_clear(text);
    ipus_refusal_text(text, &refusal->engine, call->lang);
    return (problem_kind_t){status_of(ipus_refusal_sort(refusal->engine.code)),
                            ipus_refusal_name(refusal->engine.code), buf_span(text)};
}

static void put_field(json_writer_t *writer, const char *name)
{
    char field[FIELD_MAX] = "/";
    size_t len = strlen(name);
    len = len < FIELD_MAX - 1 ? len : FIELD_MAX - 1;
    memcpy(field + 1, name, len);
    json_name(writer, "field");
    json_text(writer, (span_t){field, len + 1});
}

static void add_fields(office_call_t *call, unsigned status)
{
    buf_clear(&call->fields);
    if (status == 401) {
        buf_literal(&call->fields, "WWW-Authenticate: Bearer\r\n");
    }
    if (call->refusal.wait_ms > 0) {
        buf_print(&call->fields, "Retry-After: %lld\r\n",
                  (long long)((call->refusal.wait_ms + 999) / 1000));
    }
}

void office_tell_refusal(office_call_t *call)
{
    const office_refusal_t *refusal = &call->refusal;
    problem_t *made = &call->office->problem;
    problem_kind_t kind = kind_of(call);
    json_writer_t writer = problem_begin(
        made, &kind, refusal->has_mistakes ? problem_first_detail(made) : refusal->detail);
    if (refusal->has_mistakes) {
        problem_add_mistakes(made, &writer);
    }
    if (refusal->by_engine && refusal->engine.field >= 0) {
        put_field(&writer, ipus_kind(call->step->command.kind)->fields[refusal->engine.field].name);
    }
    if (refusal->members.len > 0) {
        json_raw(&writer, buf_span(&refusal->members));
    }
    add_fields(call, kind.status);
    problem_send(made, &writer, call->exchange, kind.status, call->lang,
                 call->fields.len > 0 ? buf_zero_terminated(&call->fields) : NULL);
}

/* ---- mistakes -------------------------------------------------------------------------------- */

void office_mistake(office_call_t *call, office_detail_t detail, span_t field, span_t argument,
                    span_t nearest)
{
    buf_t text = {0};
    office_detail(&text, detail, call->lang, argument);
    problem_note(&call->office->problem, &(problem_mistake_t){.field = field,
                                                              .code = office_detail_code(detail),
                                                              .detail = buf_span(&text),
                                                              .nearest = nearest});
    buf_free(&text);
}

void office_mistake_in(office_call_t *call, office_detail_t detail, const char *member,
                       span_t argument, span_t nearest)
{
    buf_t field = {0};
    buf_byte(&field, '/');
    for (const char *at = member; *at != '\0'; at++) {
        if (*at == '~' || *at == '/') {
            buf_add(&field, *at == '~' ? SPAN("~0") : SPAN("~1"));
        } else {
            buf_byte(&field, *at);
        }
    }
    office_mistake(call, detail, buf_span(&field), argument, nearest);
    buf_free(&field);
}

size_t office_mistakes(const office_call_t *call)
{
    return call->office->problem.count;
}

bool office_has_mistakes(office_call_t *call, office_problem_t problem)
{
    bool has = office_mistakes(call) > 0;
    if (call->no_memory) { /* what was not taken for that is nobody's mistake */
        office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
        return true;
    }
    if (has) {
        office_refuse_mistakes(call, problem);
    }
    return has;
}
