/* Which version of a service holds on the day, and why none does. */
#include "tell/tell.h"
#include "tell/texts.h"

bool tell_in_force(const tell_t *tell)
{
    return date_within(tell->on, tell->programme->from, tell->programme->to);
}

void tell_not_in_force(buf_t *buf, const tell_t *tell)
{
    char on[DATE_TEXT_LEN + 1], from[DATE_TEXT_LEN + 1], to[DATE_TEXT_LEN + 1];
    date_text(tell->on, on);
    date_text(tell->programme->from, from);
    date_text(tell->programme->to, to);
    const span_t arguments[TELL_ARGUMENTS] = {span_of(on), span_of(from), span_of(to)};
    tell_text(buf, TELL_TEXT_NOT_IN_FORCE, tell->lang, arguments);
}

void tell_not_yet(buf_t *buf, const tell_t *tell, const registry_service_t *service)
{
    char on[DATE_TEXT_LEN + 1], from[DATE_TEXT_LEN + 1];
    date_text(tell->on, on);
    date_text(service->from, from);
    const span_t arguments[TELL_ARGUMENTS] = {span_of(on), span_of(from), SPAN_NONE};
    tell_text(buf, TELL_TEXT_SERVICE_NOT_YET, tell->lang, arguments);
}

const registry_service_t *tell_service(const tell_t *tell, span_t id, bool *in_force)
{
    const registry_programme_t *programme = tell->programme;
    bool known = false;
    const registry_service_t *service = registry_service_on(programme, id, tell->on, &known);
    *in_force = service != NULL && tell_in_force(tell);
    for (size_t i = 0; service == NULL && known && i < programme->service_count; i++) {
        if (span_equal(programme->services[i].id, id)) {
            service = &programme->services[i];
        }
    }
    return service;
}

const registry_service_t *tell_next(const tell_t *tell, size_t *place, bool *in_force)
{
    const registry_programme_t *programme = tell->programme;
    while (*place < programme->service_count) {
        size_t first = (*place)++;
        const registry_service_t *service = &programme->services[first];
        bool seen = false;
        for (size_t i = first; i > 0 && !seen; i--) {
            seen = span_equal(programme->services[i - 1].id, service->id);
        }
        if (!seen) {
            return tell_service(tell, service->id, in_force);
        }
    }
    return NULL;
}

const registry_row_t *tell_row(const tell_t *tell, const registry_parameter_t *parameter)
{
    return parameter == NULL || !tell_in_force(tell) ? NULL : registry_row_on(parameter, tell->on);
}

tell_check_t tell_check(const registry_check_t *check, size_t place, lang_t lang)
{
    return (tell_check_t){check->id, texts_in(registry_text_at(&check->text, place), lang),
                          &check->basis, check->facts, check->fact_count};
}
