/* A verdict told outside of a request: what the record keeps of it, and what its asker has to be
 * told. The same words as a quote's, by the same functions. */
#include "api/inside.h"

/* A call as far as telling reads it. A generation that serves no longer has no view any more: one
 * is made for the occasion. */
static bool begin(api_call_t *call, api_t *api, plugin_generation_t *generation, date_t on,
                  lang_t lang)
{
    const registry_programme_t *programme = plugin_programme(generation);
    *call = (api_call_t){.api = api, .lang = lang, .programme = programme, .today = on, .on = on};
    call->slot = plugin_host_slot(api->host, programme->id);
    bool serves = call->slot != NULL && call->slot->serving == generation;
    call->view = serves ? api_view_of(api, call->slot) : api_view_new(api->shared, generation);
    call->in_force = date_within(on, programme->from, programme->to);
    return call->view != NULL;
}

static void end(api_call_t *call)
{
    if (call->slot == NULL || call->slot->serving != call->view->generation) {
        api_view_free(call->view);
    }
}

bool api_tell_verdict(void *context, plugin_generation_t *generation, date_t on,
                      const verdict_t *verdict, lang_t lang, buf_t *json)
{
    api_call_t call;
    if (!begin(&call, context, generation, on, lang)) {
        return false;
    }
    json_writer_t writer = {json, false};
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    json_name(&writer, "on");
    json_date(&writer, on);
    json_name(&writer, "in_force");
    json_bool(&writer, true);
    api_quote_write(&writer, &call, verdict, true);
    json_object_end(&writer);
    end(&call);
    return !json->failed;
}

bool api_tell_missing(void *context, plugin_generation_t *generation, date_t on,
                      const verdict_t *verdict, lang_t lang, buf_t *json)
{
    api_call_t call;
    if (!begin(&call, context, generation, on, lang)) {
        return false;
    }
    json_writer_t writer = {json, false};
    api_quote_write_missing(&writer, &call, verdict, true);
    end(&call);
    return !json->failed;
}

bool api_tell_mistakes(void *context, plugin_generation_t *generation,
                       const verdict_question_t *question, lang_t lang, problem_t *problem)
{
    api_call_t call;
    if (!begin(&call, context, generation, question->of.on, lang)) {
        return false;
    }
    call.problem = problem;
    for (size_t i = 0; i < question->mistake_count; i++) {
        const verdict_mistake_t *mistake = &question->mistakes[i];
        if (mistake->wrong < VERDICT_UNKNOWN_FACT) {
            api_quote_tell(&call, mistake->fact, mistake->wrong);
        } else {
            span_t name =
                mistake->fact < 0 ? mistake->name : call.programme->facts[mistake->fact]->id;
            api_quote_tell_name(&call, mistake->ordered, name, mistake->wrong);
        }
    }
    end(&call);
    return true;
}

void api_tell_fault(void *context, plugin_generation_t *generation, const verdict_t *verdict)
{
    api_call_t call;
    if (begin(&call, context, generation, DATE_NONE, LANG_EN)) {
        api_tell_rule_fault(context, call.view, verdict->service, &verdict->fault);
        end(&call);
    }
}
