/* Refusals of applications: delivered, objected to in time or final. */
#include "ipus/effects.h"
#include "ipus/states.h"

bool ipus_refusal_add(ipus_work_t *work, const ipus_row_t *application)
{
    ipus_row_t row = {.kind = IPUS_REFUSAL};
    ipus_set(&row, REFUSAL_APPLICATION, application->id);
    row.at[REFUSAL_PERSON] = application->at[APPLICATION_PERSON];
    ipus_set_date(&row, REFUSAL_ISSUED_ON, work->command->today);
    ipus_set(&row, REFUSAL_STATE, REFUSAL_IS_ISSUED);
    return ipus_work_numbered(work, &row, REFUSAL_NUMBER, "refusal", "OD") &&
           ipus_work_add(work, &row);
}

static bool not_before(ipus_work_t *work, int field, int earlier)
{
    date_t first = ipus_date(&work->row, earlier);
    return !date_before(ipus_date(&work->row, field), first) ||
           ipus_work_refuse(work, IPUS_SIGNED_TOO_EARLY, field, ipus_work_date(work, first),
                            SPAN_NONE, SPAN_NONE);
}

/* From that day the time to object runs. */
bool ipus_refusal_deliver(ipus_work_t *work)
{
    int64_t days = 0;
    ipus_work_day(work, REFUSAL_DELIVERED_ON);
    date_t on = ipus_date(&work->row, REFUSAL_DELIVERED_ON);
    if (ipus_work_term(work, TERM_APPEAL_DAYS, on, &days)) {
        ipus_set_date(&work->row, REFUSAL_OBJECT_BY, ipus_work_days_after(work, on, days));
    }
    return not_before(work, REFUSAL_DELIVERED_ON, REFUSAL_ISSUED_ON);
}

bool ipus_refusal_object(ipus_work_t *work)
{
    ipus_work_day(work, REFUSAL_OBJECTED_ON);
    date_t last = ipus_date(&work->row, REFUSAL_OBJECT_BY);
    bool late =
        !date_is_none(last) && date_before(last, ipus_date(&work->row, REFUSAL_OBJECTED_ON));
    return not_before(work, REFUSAL_OBJECTED_ON, REFUSAL_ISSUED_ON) &&
           (!late || ipus_work_overrides(work) ||
            ipus_work_refuse(work, IPUS_OBJECTED_LATE, REFUSAL_OBJECTED_ON,
                             ipus_work_date(work, last), SPAN_NONE, SPAN_NONE));
}

bool ipus_refusal_answer(ipus_work_t *work)
{
    ipus_set_date(&work->row, REFUSAL_ANSWERED_ON, work->command->today);
    return true;
}

bool ipus_refusal_allow(ipus_work_t *work)
{
    return ipus_refusal_answer(work) &&
           ipus_work_step(work, IPUS_APPLICATION, ipus_number(&work->row, REFUSAL_APPLICATION),
                          "reopen", NULL);
}

static bool keep_one(void *of, const ipus_row_t *row)
{
    *(ipus_row_t *)of = *row;
    return false;
}

bool ipus_refusals_daily(ipus_work_t *work, bool *did)
{
    ipus_row_t row = {0};
    ipus_query_t query = IPUS_QUERY(IPUS_REFUSAL);
    ipus_query_equal(&query, REFUSAL_STATE, REFUSAL_IS_DELIVERED);
    query.range = REFUSAL_OBJECT_BY;
    query.from = INT32_MIN;
    query.to = work->command->today.days - 1;
    query.limit = 1;
    if (!ipus_work_find(work, &query, keep_one, &row)) {
        return false;
    }
    *did = row.id != 0;
    return !*did || ipus_work_step(work, IPUS_REFUSAL, row.id, "expire", NULL);
}
