/* What may have to be asked, for one service or for the whole programme. */
#include "api/inside.h"

#include <stdlib.h>

typedef struct {
    const registry_service_t *service;
    bool facts[RULES_FACTS_MAX];
} need_t;

typedef struct {
    need_t *of;
    size_t count;
    size_t needed[RULES_FACTS_MAX]; /* how many services need the fact */
} needs_t;

static void put_question(json_writer_t *writer, const api_call_t *call, int fact,
                         const needs_t *needs)
{
    json_raw(writer, call->view->questions[call->lang][fact]);
    json_name(writer, "services");
    json_array(writer);
    for (size_t i = 0; i < needs->count; i++) {
        if (needs->of[i].facts[fact]) {
            json_text(writer, needs->of[i].service->id);
        }
    }
    json_array_end(writer);
    json_object_end(writer);
}

/* Which service needs which fact; `order` is that of the first service,
 * then of first appearance. */
static size_t gather(const api_call_t *call, needs_t *needs, int *order)
{
    size_t found = 0;
    for (size_t i = 0; i < needs->count; i++) {
        int facts[RULES_FACTS_MAX];
        size_t count =
            rules_questions(call->programme, needs->of[i].service, facts, RULES_FACTS_MAX);
        for (size_t j = 0; j < count && j < RULES_FACTS_MAX; j++) {
            needs->of[i].facts[facts[j]] = true;
            if (needs->needed[facts[j]]++ == 0) {
                order[found++] = facts[j];
            }
        }
    }
    return found;
}

/* First what most services need; a stable insertion sort of a few dozen. */
static void by_need(const needs_t *needs, int *order, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        int fact = order[i];
        size_t at = i;
        while (at > 0 && needs->needed[order[at - 1]] < needs->needed[fact]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = fact;
    }
}

static void put_questions(json_writer_t *writer, const api_call_t *call, needs_t *needs)
{
    int order[RULES_FACTS_MAX];
    size_t count = gather(call, needs, order);
    if (needs->count > 1) {
        by_need(needs, order, count);
    }
    json_name(writer, "questions");
    json_array(writer);
    for (size_t i = 0; i < count; i++) {
        put_question(writer, call, order[i], needs);
    }
    json_array_end(writer);
}

/* Room for so many services; false when it has answered that there is none. */
static bool make_needs(api_call_t *call, needs_t *needs, size_t count)
{
    *needs = (needs_t){calloc(count, sizeof *needs->of), 0, {0}};
    if (needs->of == NULL) {
        api_problem(call, API_PROBLEM_NO_MEMORY, SPAN_NONE, SPAN_NONE);
        return false;
    }
    return true;
}

void api_on_questionnaire(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    needs_t needs;
    if (!api_begin(&call, context, exchange, request) || !api_take_query(&call, API_TAKES_ON) ||
        !api_take_service(&call) || !make_needs(&call, &needs, 1)) {
        return;
    }
    needs.of[needs.count++].service = call.service;
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    json_raw(&writer, api_view_service(call.view, call.service)->in[call.lang].head);
    api_part_service_day(&writer, &call, call.service, call.service_in_force);
    put_questions(&writer, &call, &needs);
    json_object_end(&writer);
    free(needs.of);
    api_send(&call);
}

void api_on_questionnaires(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    needs_t needs;
    if (!api_begin(&call, context, exchange, request) || !api_take_query(&call, API_TAKES_ON) ||
        !make_needs(&call, &needs, call.programme->service_count + 1)) {
        return;
    }
    size_t place = 0;
    bool in_force = false;
    const registry_service_t *service = NULL;
    while ((service = api_next_service(&call, &place, &in_force)) != NULL) {
        needs.of[needs.count++].service = service;
    }
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    json_name(&writer, "version");
    json_text(&writer, call.programme->version);
    api_part_day(&writer, &call);
    put_questions(&writer, &call, &needs);
    json_object_end(&writer);
    free(needs.of);
    api_send(&call);
}
