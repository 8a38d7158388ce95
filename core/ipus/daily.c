/* The host's own daily work. */
#include "ipus/effects.h"
#include "ipus/orders.h"

static bool keep_row(void *of, const ipus_row_t *row)
{
    *(ipus_row_t *)of = *row;
    return false;
}

/* An offer that nobody took up in time. */
static bool find_run_out(ipus_work_t *work, ipus_row_t *row)
{
    ipus_query_t query = IPUS_QUERY(IPUS_WAITING);
    ipus_query_equal(&query, WAITING_STATE, WAITING_IS_OFFERED);
    query.range = WAITING_OFFER_UNTIL;
    query.from = INT32_MIN;
    query.to = work->command->today.days - 1;
    query.limit = 1;
    return ipus_work_find(work, &query, keep_row, row);
}

bool ipus_daily(const ipus_command_t *command, ipus_record_t *record, bool *done,
                ipus_answer_t *answer)
{
    ipus_freed_t *freed = NULL;
    ipus_work_t work = {.command = command, .record = record, .answer = answer, .freed = &freed};
    ipus_row_t row = {0};
    *answer = (ipus_answer_t){.code = IPUS_FINE};
    *done = false;
    if (!find_run_out(&work, &row)) {
        return false;
    }
    if (row.id != 0) {
        return ipus_work_step(&work, IPUS_WAITING, row.id, "expire", NULL) &&
               ipus_queue_offer_freed(&work);
    }
    bool did = false;
    if (!ipus_refusals_daily(&work, &did) || (!did && !ipus_plans_daily(&work, &did))) {
        return false;
    }
    if (did) {
        return ipus_queue_offer_freed(&work);
    }
    const registry_programme_t *programme = command->programme;
    span_t last = SPAN_NONE;
    for (size_t i = 0; i < programme->service_count; i++) {
        /* Versions of a service stand beside one another. */
        bool another = !span_equal(last, programme->services[i].id);
        last = programme->services[i].id;
        bool offered = false;
        if (another && !ipus_queue_offer_any(&work, last, &offered)) {
            return false;
        }
        if (offered) {
            return true;
        }
    }
    *done = true;
    return true;
}
