#include "ipus/doors.h"
#include "ipus/units.h"

static const ipus_door_spec_t specs[] = {
#define DOOR(id, step, day, rules, units, limits, pool)                                            \
    {(step), (day), IPUS_DOOR_RULES_##rules, IPUS_DOOR_UNITS_##units, (limits), (pool)},
#include "ipus/doors.def"
#undef DOOR
};

const ipus_door_spec_t *ipus_doors_spec(ipus_door_t door)
{
    return &specs[door];
}

bool ipus_doors_units(ipus_work_t *work, ipus_door_t door, int field, span_t id, date_t on,
                      int64_t units)
{
    if (specs[door].units == IPUS_DOOR_UNITS_NOTHING) {
        return true;
    }
    const registry_service_t *service = ipus_work_service(work, field, id, on);
    return service != NULL && (specs[door].units == IPUS_DOOR_UNITS_WHOLE
                                   ? ipus_units_are_whole(work, field, service, units)
                                   : ipus_units_may_be_ordered(work, field, service, units));
}
