/* What is left of a service, whether it is open, and the first day it can be had: one answer. */
#include "tell/tell.h"
#include "tell/texts.h"

static int64_t waiting_for(const tell_t *tell, const registry_service_t *service)
{
    const registry_usage_t *usage = tell->usage;
    return usage->waiting == NULL ? TELL_NOT_KNOWN
                                  : usage->waiting(usage->context, tell->programme, service);
}

/* The first open day, notice given, in whose period something is left. `today` is what is left of
 * the period that the day of asking lies in. */
static date_t first_day(const tell_t *tell, const registry_service_t *service,
                        const registry_left_t *today)
{
    const registry_programme_t *programme = tell->programme;
    date_t day = registry_earliest(programme, service, tell->on);
    while (!date_is_none(day)) {
        registry_left_t left = *today;
        if (!left.has_pool || !date_within(day, left.from, left.to)) {
            const registry_service_t *then = registry_service_on(programme, service->id, day, NULL);
            left = registry_left(programme, then != NULL ? then : service, day, tell->usage);
        }
        if (!left.has_pool || left.left > 0) {
            return day;
        }
        if (!left.known) {
            return DATE_NONE;
        }
        day = registry_first_open(programme, service, date_add(left.to, 1));
    }
    return DATE_NONE;
}

tell_left_t tell_left(const tell_t *tell, const registry_service_t *service, bool in_force)
{
    tell_left_t left = {.earliest = DATE_NONE};
    if (tell_in_force(tell)) {
        left.pool = registry_left(tell->programme, service, tell->on, tell->usage);
    }
    if (in_force) {
        left.waiting = waiting_for(tell, service);
        left.open = registry_open_on(tell->programme, service, tell->on, &left.closed);
        left.earliest = left.waiting > 0 ? DATE_NONE : first_day(tell, service, &left.pool);
        left.available =
            (!left.pool.has_pool || left.pool.left > 0) && !date_is_none(left.earliest);
    }
    return left;
}

void tell_pool(buf_t *buf, const tell_t *tell, const registry_service_t *service,
               const registry_left_t *pool)
{
    static const char *const of[LANG_COUNT] = {"z", "of", "з"};
    span_t unit = registry_pool_form(service->unit, pool->of, pool->left, tell->lang);
    buf_print(buf, "%lld %.*s %s %lld", (long long)pool->left, SPAN_ARGS(unit), of[tell->lang],
              (long long)pool->pool);
}

void tell_closed(buf_t *buf, const tell_t *tell, const tell_left_t *left)
{
    if (left->closed != NULL) {
        buf_add(buf, texts_in(&left->closed->text, tell->lang));
    } else {
        tell_text(buf, TELL_TEXT_CLOSED_WEEKDAY, tell->lang, NULL);
    }
}
