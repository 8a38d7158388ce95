/* Passing a door: which programme, who asks, whether they may, whether what they send is sound. */
#include "office/inside.h"

static bool find_programme(office_call_t *call)
{
    office_t *office = call->office;
    const plugin_slot_t *slot = plugin_host_slot(office->host, call->request->parameters[0]);
    if (slot == NULL || slot->serving == NULL) {
        office_refuse(call,
                      slot == NULL ? OFFICE_PROBLEM_UNKNOWN_PROGRAMME : OFFICE_PROBLEM_NOT_SERVING);
        return false;
    }
    call->desk = desk_find(office->desks, slot->id);
    if (call->desk == NULL) {
        office_refuse(call, OFFICE_PROBLEM_RECORD);
        return false;
    }
    call->generation = plugin_retain(slot->serving);
    call->programme = plugin_programme(slot->serving);
    call->today = desk_today(office->desks, call->programme);
    return true;
}

/* The value of the programme's cookie. */
static span_t find_cookie(const office_call_t *call)
{
    span_t rest = http_header(call->exchange, "cookie"), pair = SPAN_NONE, name = SPAN_NONE;
    while (span_cut(&rest, ';', &pair)) {
        pair = span_trim(pair);
        if (span_cut(&pair, '=', &name) && span_starts(name, SPAN("okienko_")) &&
            span_equal(span_from(name, 8), desk_programme(call->desk))) {
            return pair;
        }
    }
    return SPAN_NONE;
}

/* A token that is not known is as good as none. */
static void find_caller(office_call_t *call)
{
    span_t token = http_header(call->exchange, "authorization");
    if (token.len > 7 && span_equal_nocase((span_t){token.at, 7}, SPAN("bearer "))) {
        token = span_trim(span_from(token, 7));
    } else {
        token = find_cookie(call);
        call->by_cookie = token.len > 0;
    }
    if (token.len > 0) {
        desk_known(call->desk, token, &call->asker);
    }
}

static bool is_allowed(office_call_t *call)
{
    if (call->door->permission == NULL) {
        return true;
    }
    call->asker.reach = desk_may(&call->asker, call->door->permission);
    if (call->asker.reach == ACCESS_NEVER) {
        office_refuse_permission(call, call->door->permission);
    }
    return call->asker.reach != ACCESS_NEVER;
}

/* A page of another origin can send a cookie along, but neither JSON nor our origin. */
static bool is_own_page(const office_call_t *call)
{
    span_t origin = http_header(call->exchange, "origin"),
           host = http_header(call->exchange, "host");
    if (origin.at == NULL) {
        return true;
    }
    const char *mark = memmem(origin.at, origin.len, "://", 3);
    return mark != NULL &&
           span_equal_nocase(span_from(origin, (size_t)(mark - origin.at) + 3), host);
}

static bool is_sound(office_call_t *call)
{
    if ((call->door->flags & OFFICE_WRITES) == 0) {
        return true;
    }
    if (call->by_cookie && !is_own_page(call)) {
        office_refuse(call, OFFICE_PROBLEM_OTHER_ORIGIN);
        return false;
    }
    bool empty = (call->door->flags & OFFICE_EMPTY) != 0;
    bool wants_json = (call->by_cookie && !empty) || call->request->body.len > 0;
    if (wants_json && !json_is_type(call->request->content_type)) {
        office_refuse(call, OFFICE_PROBLEM_NOT_JSON);
        return false;
    }
    return true;
}

/* The number in the path, where there is one. */
static bool find_id(office_call_t *call)
{
    if (strstr(call->door->pattern, "/{id}") == NULL ||
        office_id(call->request->parameters[1], &call->id)) {
        return true;
    }
    office_refuse(call, OFFICE_PROBLEM_NOT_FOUND);
    return false;
}

office_next_t office_pass(office_call_t *call)
{
    if (!find_programme(call)) {
        return OFFICE_REFUSED;
    }
    find_caller(call);
    return is_allowed(call) && is_sound(call) && find_id(call) ? call->door->handler(call)
                                                               : OFFICE_REFUSED;
}
