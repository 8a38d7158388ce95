#include "ipus/units.h"

/* The fact that counts a service's units; NULL where each visit is one. */
static const registry_fact_t *fact_of(const ipus_work_t *work, const registry_service_t *service)
{
    const registry_programme_t *programme = work->command->programme;
    bool counted = service->quantity >= 0 && (size_t)service->quantity < programme->fact_count;
    const registry_fact_t *fact = counted ? programme->facts[service->quantity] : NULL;
    bool counts = fact != NULL && (fact->type == FACT_INTEGER || fact->type == FACT_DECIMAL);
    return counts ? fact : NULL;
}

/* Facts are counted in thousandths when they are decimals, else whole. */
static int64_t thousandths(const registry_fact_t *fact, int64_t number)
{
    return fact->type == FACT_DECIMAL ? number : number * 1000;
}

static int64_t step_of(const ipus_work_t *work, const registry_service_t *service)
{
    const registry_fact_t *fact = fact_of(work, service);
    return fact != NULL && fact->step > 0 ? thousandths(fact, fact->step) : 1000;
}

int64_t ipus_units_step(const ipus_work_t *work, span_t id, date_t on)
{
    const registry_service_t *service = registry_service_on(work->command->programme, id, on, NULL);
    return service != NULL ? step_of(work, service) : 1;
}

bool ipus_units_are_whole(ipus_work_t *work, int field, const registry_service_t *service,
                          int64_t units)
{
    int64_t step = step_of(work, service);
    return units % step == 0 ||
           ipus_work_refuse(work, IPUS_QUANTITY_BROKEN, field, service->id,
                            ipus_work_units(work, units), ipus_work_units(work, step));
}

/* A quantity that is the product of two facts has the bounds of neither. */
bool ipus_units_may_be_ordered(ipus_work_t *work, int field, const registry_service_t *service,
                               int64_t units)
{
    const registry_fact_t *fact = fact_of(work, service);
    if (!ipus_units_are_whole(work, field, service, units)) {
        return false;
    }
    if (fact == NULL || service->times != NULL) {
        return true;
    }
    int64_t least = thousandths(fact, fact->min), most = thousandths(fact, fact->max);
    const span_t arguments[] = {service->id, ipus_work_units(work, units),
                                ipus_work_units(work, least), ipus_work_units(work, most)};
    return (units >= least && units <= most) ||
           ipus_work_refuse_with(work, IPUS_QUANTITY_OUTSIDE, field, arguments, 4);
}
