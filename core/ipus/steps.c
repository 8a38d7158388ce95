#include "ipus/steps.h"

const ipus_step_t *ipus_steps(ipus_kind_t kind, size_t *count)
{
    static steps_t (*const themes[])(ipus_kind_t) = {ipus_steps_of_people, ipus_steps_of_cases,
                                                     ipus_steps_of_orders, ipus_steps_of_providers};
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        steps_t steps = themes[i](kind);
        if (steps.count > 0) {
            *count = steps.count;
            return steps.at;
        }
    }
    *count = 0;
    return NULL;
}

const ipus_step_t *ipus_step_named(ipus_kind_t kind, span_t name)
{
    size_t count = 0;
    const ipus_step_t *steps = ipus_steps(kind, &count);
    for (size_t i = 0; i < count; i++) {
        if (span_equal(span_of(steps[i].name), name)) {
            return &steps[i];
        }
    }
    return NULL;
}

static bool is_named(const ipus_step_t *step, const char *name)
{
    return strcmp(step->name, name) == 0;
}

bool ipus_step_makes(const ipus_step_t *step)
{
    return is_named(step, "make") || is_named(step, "override");
}

bool ipus_step_takes(ipus_kind_t kind, const ipus_step_t *step, int field, bool *needed)
{
    unsigned flags = ipus_kind(kind)->fields[field].flags;
    *needed = false;
    if (is_named(step, "make")) {
        *needed = (flags & IPUS_NEEDED) != 0;
        return (flags & (IPUS_NEEDED | IPUS_GIVEN)) != 0;
    }
    if (is_named(step, "change")) {
        return (flags & IPUS_CHANGES) != 0;
    }
    for (int i = 0; i < step->take_count; i++) {
        if (step->takes[i].field == field) {
            *needed = step->takes[i].needed;
            return true;
        }
    }
    return false;
}
