/* What days alone do to plans: what was granted runs out, and a plan that was closed is finished.
 */
#include "ipus/effects.h"
#include "ipus/states.h"

static bool keep_one(void *of, const ipus_row_t *row)
{
    *(ipus_row_t *)of = *row;
    return false;
}

static ipus_query_t past_end(const ipus_work_t *work, ipus_kind_t kind, int ends, int state,
                             int64_t in)
{
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_equal(&query, state, in);
    query.range = ends;
    query.from = INT32_MIN;
    query.to = work->command->today.days - 1;
    return query;
}

static bool end_granted(ipus_work_t *work, bool *did)
{
    ipus_row_t granted = {0};
    ipus_query_t query =
        past_end(work, IPUS_GRANTED, GRANTED_ENDS, GRANTED_STATE, GRANTED_IS_RUNNING);
    if (!ipus_work_find(work, &query, keep_one, &granted)) {
        return false;
    }
    *did = granted.id != 0;
    return !*did || ipus_work_step(work, IPUS_GRANTED, granted.id, "end", NULL);
}

typedef struct {
    ipus_work_t *work;
    int64_t plan;
    bool fine;
} finished_t;

/* Its services have ended by themselves; without a closing, or with a next edition being drawn up,
 * it is for somebody to look at. */
static bool is_finished(void *of, const ipus_row_t *plan)
{
    finished_t *finished = of;
    ipus_row_t closing, edition, order;
    finished->fine =
        ipus_work_first(finished->work, IPUS_CLOSING, CLOSING_PLAN, plan->id, UINT32_MAX,
                        &closing) &&
        ipus_work_first(finished->work, IPUS_PLAN, PLAN_AMENDS, plan->id,
                        IPUS_STATES(PLAN_IS_DRAFT) | IPUS_STATES(PLAN_IS_AGREED) |
                            IPUS_STATES(PLAN_IS_SIGNED) | IPUS_STATES(PLAN_IS_APPROVED),
                        &edition) &&
        ipus_plan_order_in(finished->work, plan, PLAN_ORDERS_OPEN, &order);
    finished->plan =
        finished->fine && closing.id != 0 && edition.id == 0 && order.id == 0 ? plan->id : 0;
    return finished->fine && finished->plan == 0;
}

static bool finish_plan(ipus_work_t *work, int64_t state, bool *did)
{
    finished_t finished = {.work = work, .fine = true};
    ipus_query_t query = past_end(work, IPUS_PLAN, PLAN_ENDS, PLAN_STATE, state);
    if (!ipus_work_find(work, &query, is_finished, &finished) || !finished.fine) {
        return false;
    }
    *did = finished.plan != 0;
    return !*did || ipus_work_step(work, IPUS_PLAN, finished.plan, "finish", NULL);
}

bool ipus_plans_daily(ipus_work_t *work, bool *did)
{
    return end_granted(work, did) && (*did || finish_plan(work, PLAN_IS_ACTIVE, did)) &&
           (*did || finish_plan(work, PLAN_IS_SUSPENDED, did));
}
