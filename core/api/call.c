/* The beginning and the end of every answer: which programme, which day, which service. */
#include "api/inside.h"

enum { NAMES_MAX = 64, ID_MAX = 64 };

static void begin(api_call_t *call, api_t *api, http_exchange_t *exchange,
                  const http_request_t *request)
{
    call->api = api;
    call->exchange = exchange;
    call->request = request;
    call->lang = request->lang;
    call->slot = NULL;
    call->view = NULL;
    call->programme = NULL;
    problem_clear(&api->problem);
    call->problem = &api->problem;
    call->service_id = SPAN_NONE;
    call->service = NULL;
    call->service_in_force = false;
    call->in_force = false;
    call->demo_day = false;
    call->today = clock_today(api->clock);
    call->on = call->today;
}

void api_begin_bare(api_call_t *call, api_t *api, http_exchange_t *exchange,
                    const http_request_t *request)
{
    begin(call, api, exchange, request);
}

static void unknown_programme(api_call_t *call, span_t id)
{
    size_t count = 0;
    const plugin_slot_t *slots = plugin_host_slots(call->api->host, &count);
    char room[NAMES_MAX][ID_MAX];
    const char *names[NAMES_MAX];
    size_t known = 0;
    for (size_t i = 0; i < count && known < NAMES_MAX; i++) {
        /* A slip is hardly in the first letter, and not every one of many names is to be compared.
         */
        if (slots[i].id.len < ID_MAX && (count <= NAMES_MAX || slots[i].id.at[0] == id.at[0])) {
            memcpy(room[known], slots[i].id.at, slots[i].id.len);
            room[known][slots[i].id.len] = '\0';
            names[known] = room[known];
            known++;
        }
    }
    api_problem(call, API_PROBLEM_UNKNOWN_PROGRAMME, SPAN_NONE,
                span_of(text_nearest(id, names, known)));
}

bool api_begin_slot(api_call_t *call, api_t *api, http_exchange_t *exchange,
                    const http_request_t *request)
{
    begin(call, api, exchange, request);
    call->slot = plugin_host_slot(api->host, request->parameters[0]);
    if (call->slot == NULL) {
        unknown_programme(call, request->parameters[0]);
    }
    return call->slot != NULL;
}

bool api_begin(api_call_t *call, api_t *api, http_exchange_t *exchange,
               const http_request_t *request)
{
    if (!api_begin_slot(call, api, exchange, request)) {
        return false;
    }
    if (call->slot->serving == NULL) {
        api_problem(call, API_PROBLEM_NOT_SERVING, SPAN_NONE, SPAN_NONE);
        return false;
    }
    call->view = api_view_of(api, call->slot);
    if (call->view == NULL) {
        api_problem(call, API_PROBLEM_NO_MEMORY, SPAN_NONE, SPAN_NONE);
        return false;
    }
    call->programme = call->view->programme;
    return true;
}

void api_settle_day(api_call_t *call, date_t asked)
{
    const registry_programme_t *programme = call->programme;
    call->on = call->today;
    call->demo_day = false;
    if (!date_is_none(asked)) {
        call->on = asked;
    } else if (programme != NULL) {
        call->on = registry_day(programme, call->today, call->api->options.demo);
        call->demo_day = !date_equal(call->on, call->today);
    }
    call->in_force = programme != NULL && date_within(call->on, programme->from, programme->to);
}

const registry_service_t *api_service_at(const api_call_t *call, span_t id, bool *in_force)
{
    tell_t asked = api_asked(call);
    return tell_service(&asked, id, in_force);
}

const registry_service_t *api_next_service(const api_call_t *call, size_t *place, bool *in_force)
{
    tell_t asked = api_asked(call);
    return tell_next(&asked, place, in_force);
}

/* True when what serves left the service out because of a fault in one of its files,
 * "<programme>/services/<service>.…". */
static bool left_out(const api_call_t *call)
{
    size_t count = 0;
    const plugin_fault_t *faults = plugin_faults(call->view->generation, &count);
    for (size_t i = 0; i < count; i++) {
        span_t file = faults[i].file, id = call->service_id;
        size_t slash = call->programme->id.len;
        file = slash < file.len ? span_from(file, slash) : SPAN_NONE;
        if (span_starts(file, SPAN("/services/")) && span_starts(span_from(file, 10), id) &&
            file.len > 10 + id.len && file.at[10 + id.len] == '.') {
            return true;
        }
    }
    return false;
}

bool api_take_service(api_call_t *call)
{
    call->service_id = call->request->parameters[1];
    call->service = api_service_at(call, call->service_id, &call->service_in_force);
    if (call->service == NULL && left_out(call)) {
        api_problem(call, API_PROBLEM_SERVICE_NOT_SERVING, SPAN_NONE, SPAN_NONE);
    } else if (call->service == NULL) {
        const api_view_t *view = call->view;
        api_problem(call, API_PROBLEM_UNKNOWN_SERVICE, SPAN_NONE,
                    span_of(text_nearest(call->service_id, view->service_names,
                                         view->programme->service_count)));
    }
    return call->service != NULL;
}

json_writer_t api_open(api_call_t *call)
{
    buf_clear(&call->api->out);
    return (json_writer_t){&call->api->out, false};
}

void api_send(api_call_t *call)
{
    buf_t *out = &call->api->out;
    http_answer_t *answer =
        out->failed ? NULL : http_answer_new("application/json", call->lang, buf_span(out));
    if (answer == NULL) {
        api_problem(call, API_PROBLEM_NO_MEMORY, SPAN_NONE, SPAN_NONE);
        return;
    }
    http_send(call->exchange, answer);
    http_answer_release(answer);
}
