/* A call: who asks, what of which programme, whether that is allowed; then its answer. */
#include "office/inside.h"

#include <stdlib.h>

/* ---- beginning and end ----------------------------------------------------------------------- */

static office_call_t *call_new(const office_door_t *door, http_exchange_t *exchange,
                               const http_request_t *request)
{
    office_call_t *call = calloc(1, sizeof *call);
    if (call == NULL) {
        return NULL;
    }
    call->arena = arena_new(2048);
    if (call->arena == NULL) {
        free(call);
        return NULL;
    }
    office_t *office = door->office;
    call->office = office;
    call->door = door;
    call->exchange = exchange;
    call->request = request;
    call->lang = request->lang;
    call->status = 200;
    call->who.role = ACCESS_RESIDENT;
    call->now = office->clock->wall(office->clock);
    problem_clear(&office->problem);
    office->calls++;
    return call;
}

void office_call_free(office_call_t *call)
{
    office_t *office = call->office;
    if (call->generation != NULL) {
        plugin_release(call->generation);
    }
    vault_wipe(call->hash, sizeof call->hash);
    vault_wipe(call->token, sizeof call->token);
    buf_free(&call->out);
    buf_free(&call->fields);
    arena_free(call->arena);
    free(call);
    office->calls--;
    office_settle(office);
}

span_t office_keep(office_call_t *call, span_t text)
{
    return arena_copy(call->arena, text);
}

span_t office_peer(office_call_t *call)
{
    if (call->peer[0] == '\0') {
        http_peer(call->exchange, call->peer);
    }
    return span_of(call->peer);
}

bool office_id(span_t text, int64_t *id)
{
    uint64_t number = 0;
    if (!span_number(text, INT64_MAX, &number) || number == 0) {
        return false;
    }
    *id = (int64_t)number;
    return true;
}

/* ---- entering -------------------------------------------------------------------------------- */

static bool find_programme(office_call_t *call)
{
    office_t *office = call->office;
    span_t id = call->request->parameters[0];
    const plugin_slot_t *slot = plugin_host_slot(office->host, id);
    if (slot == NULL || slot->serving == NULL) {
        office_problem(call, slot == NULL ? OFFICE_PROBLEM_UNKNOWN_PROGRAMME
                                          : OFFICE_PROBLEM_NOT_SERVING);
        return false;
    }
    buf_t why = {0};
    call->desk = office->is_closing ? NULL : office_desk(office, slot->id, &why);
    buf_free(&why);
    if (call->desk == NULL || call->desk->store == NULL) {
        office_problem(call, OFFICE_PROBLEM_RECORD);
        return false;
    }
    call->generation = plugin_retain(slot->serving);
    call->programme = plugin_programme(slot->serving);
    call->today = office_today(office, call->programme);
    return true;
}

/* The value of the programme's cookie. */
static span_t find_cookie(const office_call_t *call)
{
    span_t rest = http_header(call->exchange, "cookie"), pair = SPAN_NONE, name = SPAN_NONE;
    while (span_cut(&rest, ';', &pair)) {
        pair = span_trim(pair);
        if (span_cut(&pair, '=', &name) && span_starts(name, SPAN("okienko_")) &&
            span_equal(span_from(name, 8), call->desk->id)) {
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
    if (token.len == 0) {
        return;
    }
    char digest[VAULT_TOKEN_DIGEST];
    vault_token_digest(token, digest);
    access_who_t who;
    if (access_known(call->desk->access, span_of(digest), &who)) {
        call->who = who;
    }
}

access_reach_t office_may(const office_call_t *call, const char *permission)
{
    const access_permission_t *found = access_permission(span_of(permission));
    return found == NULL ? ACCESS_NEVER : access_reach(&call->who, found);
}

ipus_scope_t office_scope(access_reach_t reach)
{
    return reach == ACCESS_OWN ? IPUS_OWN : reach == ACCESS_ON_CASE ? IPUS_ON_CASE : IPUS_ANY;
}

static bool is_allowed(office_call_t *call)
{
    if (call->door->permission == NULL) {
        return true;
    }
    call->reach = office_may(call, call->door->permission);
    if (call->reach == ACCESS_NEVER) {
        office_problem(call, call->who.account == 0 ? OFFICE_PROBLEM_SIGN_IN
                                                    : OFFICE_PROBLEM_NOT_ALLOWED);
        return false;
    }
    return true;
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
        office_problem(call, OFFICE_PROBLEM_OTHER_ORIGIN);
        return false;
    }
    bool empty = (call->door->flags & OFFICE_EMPTY) != 0;
    bool wants_json = (call->by_cookie && !empty) || call->request->body.len > 0;
    if (wants_json && !json_is_type(call->request->content_type)) {
        office_problem(call, OFFICE_PROBLEM_NOT_JSON);
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
    office_problem(call, OFFICE_PROBLEM_NOT_FOUND);
    return false;
}

void office_enter(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    const office_door_t *door = context;
    office_call_t *call = call_new(door, exchange, request);
    if (call == NULL) {
        http_problem(exchange, 503, NULL);
        return;
    }
    if (!find_programme(call)) {
        return;
    }
    find_caller(call);
    if (is_allowed(call) && is_sound(call) && find_id(call)) {
        door->handler(call);
    }
}

/* ---- transactions ---------------------------------------------------------------------------- */

bool office_hold(office_call_t *call)
{
    if (call->is_held) {
        return true;
    }
    if (!http_hold(call->exchange)) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return false;
    }
    call->is_held = true;
    return true;
}

static bool run(store_work_t *work, ipus_record_t *record)
{
    office_call_t *call = (office_call_t *)work;
    buf_clear(&call->out);
    call->people_count = 0;
    call->answer = (ipus_answer_t){.code = IPUS_FINE};
    return call->run(call, record);
}

static void done(store_work_t *work, store_result_t result)
{
    office_call_t *call = (office_call_t *)work;
    call->then(call, result);
}

static void queue(office_call_t *call, void (*how)(store_t *store, store_work_t *work))
{
    if (!office_hold(call)) {
        return;
    }
    if (call->desk->store == NULL) {
        office_problem(call, OFFICE_PROBLEM_RECORD);
        return;
    }
    call->work = (store_work_t){.run = run, .done = done};
    how(call->desk->store, &call->work);
}

void office_read(office_call_t *call)
{
    queue(call, store_read);
}

void office_write(office_call_t *call)
{
    queue(call, store_write);
}

bool office_went_well(office_call_t *call, store_result_t result)
{
    if (result == STORE_DONE && !call->out.failed) {
        return true;
    }
    if (result == STORE_REFUSED && call->answer.refused) {
        office_problem_refused(call);
    } else if (result == STORE_REFUSED && call->key_reused) {
        office_problem(call, OFFICE_PROBLEM_KEY_REUSED);
    } else {
        office_problem_wait(call,
                            result == STORE_FULL   ? OFFICE_PROBLEM_FULL
                            : result == STORE_BUSY ? OFFICE_PROBLEM_BUSY
                            : result == STORE_DONE ? OFFICE_PROBLEM_NO_MEMORY
                                                   : OFFICE_PROBLEM_RECORD,
                            1000);
    }
    return false;
}

/* ---- answers --------------------------------------------------------------------------------- */

void office_reply(office_call_t *call)
{
    if (call->out.failed || call->fields.failed) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return;
    }
    buf_print(&call->fields, "Content-Language: %s\r\nVary: Accept-Language\r\n",
              lang_code(call->lang));
    const char *type = call->type != NULL ? call->type : "application/json";
    http_reply_t reply = {call->status, call->status == 204 ? NULL : type,
                          buf_zero_terminated(&call->fields), buf_span(&call->out)};
    http_reply(call->exchange, &reply);
    office_call_free(call);
}

static void note(office_call_t *call, office_read_t read)
{
    for (size_t i = 0; i < call->people_count; i++) {
        if (call->people[i].kind == read.kind && call->people[i].id == read.id) {
            return;
        }
    }
    if (read.id != 0 && call->people_count < OFFICE_READ_PEOPLE) {
        call->people[call->people_count++] = read;
    }
}

void office_note_person(office_call_t *call, int64_t person)
{
    note(call, (office_read_t){IPUS_PERSON, person});
}

void office_note_row(office_call_t *call, const ipus_row_t *row)
{
    int64_t person = office_person_of(row);
    if (person == 0 && row->kind == IPUS_INTAKE) {
        note(call, (office_read_t){IPUS_INTAKE, row->id});
    } else {
        office_note_person(call, person);
    }
}
