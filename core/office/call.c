/* A call on its way: through its door, through transactions, to its answer. */
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
    call->asker = desk_stranger();
    call->now = office->clock->wall(office->clock);
    problem_clear(&office->problem);
    office->calls++;
    return call;
}

void office_settle(office_t *office)
{
    if (office->on_closed != NULL && office->calls == 0) {
        void (*on_closed)(void *) = office->on_closed;
        office->on_closed = NULL;
        desk_set_close(office->desks, on_closed, office->closed_context);
    }
}

static void call_free(office_call_t *call)
{
    office_t *office = call->office;
    if (call->generation != NULL) {
        plugin_release(call->generation);
    }
    buf_free(&call->out);
    buf_free(&call->fields);
    buf_free(&call->refusal.members);
    arena_free(call->arena);
    free(call);
    office->calls--;
    office_settle(office);
}

void office_enter(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    office_call_t *call = call_new(context, exchange, request);
    if (call == NULL) {
        http_problem(exchange, 503, NULL);
    } else {
        office_go_on(call, office_pass(call));
    }
}

/* ---- transactions ---------------------------------------------------------------------------- */

bool office_hold(office_call_t *call)
{
    if (!call->is_held && !http_hold(call->exchange)) {
        office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
        return false;
    }
    call->is_held = true;
    return true;
}

static bool run(store_work_t *work, ipus_record_t *record)
{
    office_call_t *call = (office_call_t *)work;
    buf_clear(&call->out);
    call->reads.count = 0;
    call->refusal.by_engine = false;
    if (call->step != NULL) {
        call->step->answer.refused = call->step->key_reused = false;
    }
    return call->run(call, record);
}

bool office_absent(office_call_t *call)
{
    office_refuse_engine(call, &(ipus_refusal_t){.code = IPUS_NO_SUCH_ROW, .field = -1});
    return false;
}

static office_next_t refuse_result(office_call_t *call, store_result_t result)
{
    const desk_step_t *step = call->step;
    if (result == STORE_REFUSED && step != NULL && step->answer.refused) {
        return step->answer.refusal.code == IPUS_FACTS_MOVED && call->again != NULL
                   ? call->again(call)
                   : office_refuse_engine(call, &step->answer.refusal);
    }
    if (result == STORE_REFUSED && step != NULL && step->key_reused) {
        return office_refuse(call, OFFICE_PROBLEM_KEY_REUSED);
    }
    if (result == STORE_REFUSED && call->refusal.by_engine) {
        return OFFICE_REFUSED;
    }
    /* What nobody refused and the disk did not break had no memory. */
    return office_refuse_for(call,
                             result == STORE_FULL     ? OFFICE_PROBLEM_FULL
                             : result == STORE_BUSY   ? OFFICE_PROBLEM_BUSY
                             : result == STORE_BROKEN ? OFFICE_PROBLEM_RECORD
                                                      : OFFICE_PROBLEM_NO_MEMORY,
                             1000);
}

static void done(store_work_t *work, store_result_t result)
{
    office_call_t *call = (office_call_t *)work;
    bool fine = result == STORE_DONE && !call->out.failed;
    problem_clear(&call->office->problem);
    office_go_on(call, fine ? call->then(call) : refuse_result(call, result));
}

static office_next_t queue(office_call_t *call, bool (*how)(desk_t *desk, store_work_t *work))
{
    call->work = (store_work_t){.run = run, .done = done};
    return !office_hold(call)             ? OFFICE_REFUSED
           : how(call->desk, &call->work) ? OFFICE_WAITS
                                          : office_refuse(call, OFFICE_PROBLEM_RECORD);
}

office_next_t office_read(office_call_t *call, bool (*run_it)(office_call_t *, ipus_record_t *),
                          office_next_t (*then)(office_call_t *))
{
    call->run = run_it;
    call->then = then;
    return queue(call, desk_read);
}

office_next_t office_write(office_call_t *call, bool (*run_it)(office_call_t *, ipus_record_t *),
                           office_next_t (*then)(office_call_t *))
{
    call->run = run_it;
    call->then = then;
    return queue(call, desk_write);
}

office_next_t office_then_done(office_call_t *call)
{
    (void)call;
    return OFFICE_DONE;
}

office_next_t office_then_noted(office_call_t *call)
{
    (void)call;
    return OFFICE_NOTED;
}

/* ---- answers --------------------------------------------------------------------------------- */

static office_next_t reply(office_call_t *call)
{
    buf_print(&call->fields, "Content-Language: %s\r\nVary: Accept-Language\r\n",
              lang_code(call->lang));
    const char *fields = buf_zero_terminated(&call->fields);
    if (call->out.failed || fields == NULL) {
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    const char *type = call->type != NULL ? call->type : "application/json";
    http_reply_t told = {call->status, call->status == 204 || call->status == 304 ? NULL : type,
                         fields, buf_span(&call->out)};
    http_reply(call->exchange, &told);
    return OFFICE_DONE;
}

static void on_kept(desk_wait_t *wait)
{
    office_go_on((office_call_t *)((char *)wait - offsetof(office_call_t, wait)), OFFICE_DONE);
}

static office_next_t keep_reads(office_call_t *call)
{
    call->wait.kept = on_kept;
    if (call->reads.count == 0) {
        return OFFICE_DONE;
    }
    switch (desk_note(call->desk, &call->asker, call->now, &call->reads, &call->wait)) {
    case DESK_NOTING:
        return OFFICE_WAITS;
    case DESK_TOO_MANY:
        return office_refuse_for(call, OFFICE_PROBLEM_RECORD, 1000);
    default:
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
}

void office_go_on(office_call_t *call, office_next_t next)
{
    next = next == OFFICE_NOTED ? keep_reads(call) : next;
    if (next == OFFICE_WAITS) {
        return;
    }
    next = next == OFFICE_DONE ? reply(call) : next;
    if (next == OFFICE_REFUSED) {
        office_tell_refusal(call);
    }
    call_free(call);
}
