#include "ipus/places.h"
#include "ipus/allotments.h"
#include "ipus/states.h"

static ipus_query_t grants_of(int64_t person, span_t service)
{
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PERSON, person);
    ipus_query_text(&query, GRANTED_SERVICE, service);
    return query;
}

typedef struct {
    ipus_work_t *work;
    const ipus_pool_t *pool;
    bool found, fine;
} place_t;

static bool find_place(void *of, const ipus_row_t *granted)
{
    place_t *place = of;
    ipus_allotments_t rows;
    place->fine = ipus_allotments_of(place->work, ALLOTMENT_GRANTED, granted->id, &rows);
    for (size_t i = 0; place->fine && i < rows.count; i++) {
        const ipus_pool_t pool = ipus_allotments_pool(&rows.at[i]);
        place->found = place->found || (ipus_number(&rows.at[i], ALLOTMENT_UNITS) > 0 &&
                                        date_equal(pool.from, place->pool->from) &&
                                        date_equal(pool.to, place->pool->to));
    }
    return place->fine && !place->found;
}

bool ipus_places_has(ipus_work_t *work, int64_t person, const ipus_pool_t *pool, bool *has)
{
    ipus_query_t query = grants_of(person, pool->service);
    place_t place = {work, pool, false, true};
    bool fine = ipus_work_find(work, &query, find_place, &place) && place.fine;
    *has = place.found;
    return fine;
}

/* ---- settling -------------------------------------------------------------------------------- */

typedef struct {
    ipus_work_t *work;
    const ipus_row_t *ended;
    ipus_pool_t pool;
    int64_t heir; /* a grant that runs in the period */
    bool fine;
} settling_t;

static bool runs_beside(const settling_t *settling, const ipus_row_t *granted)
{
    return granted->id != settling->ended->id &&
           ipus_number(granted, GRANTED_STATE) == GRANTED_IS_RUNNING;
}

static bool note_heir(void *of, const ipus_row_t *granted)
{
    settling_t *settling = of;
    bool touches = !date_before(settling->pool.to, ipus_date(granted, GRANTED_BEGINS)) &&
                   !date_before(ipus_date(granted, GRANTED_ENDS), settling->pool.from);
    settling->heir = runs_beside(settling, granted) && touches ? granted->id : 0;
    return settling->heir == 0;
}

static bool settle(settling_t *settling, ipus_row_t *place)
{
    ipus_work_t *work = settling->work;
    int64_t person = ipus_number(settling->ended, GRANTED_PERSON), used = 0;
    settling->pool = ipus_allotments_pool(place);
    settling->heir = 0;
    ipus_query_t query = grants_of(person, settling->pool.service);
    if (!ipus_work_find(work, &query, note_heir, settling)) {
        return false;
    }
    if (settling->heir != 0) {
        ipus_set(place, ALLOTMENT_GRANTED, settling->heir);
        return ipus_work_set(work, place, "pass-on");
    }
    return ipus_allotments_used(work, ORDER_PERSON, person, &settling->pool, &used) &&
           (used > 0 || (ipus_allotments_shrink(work, place, IPUS_PLACE) &&
                         ipus_work_freed(work, settling->pool.service)));
}

static bool settle_grant(void *of, const ipus_row_t *granted)
{
    settling_t *settling = of;
    ipus_allotments_t rows = {0};
    if (runs_beside(settling, granted)) {
        return true;
    }
    settling->fine = ipus_allotments_of(settling->work, ALLOTMENT_GRANTED, granted->id, &rows);
    for (size_t i = 0; settling->fine && i < rows.count; i++) {
        bool held = ipus_number(&rows.at[i], ALLOTMENT_PLACE) == 1 &&
                    ipus_number(&rows.at[i], ALLOTMENT_UNITS) > 0;
        settling->fine = !held || settle(settling, &rows.at[i]);
    }
    return settling->fine;
}

bool ipus_places_settle(ipus_work_t *work, const ipus_row_t *ended)
{
    settling_t settling = {.work = work, .ended = ended, .fine = true};
    ipus_query_t query =
        grants_of(ipus_number(ended, GRANTED_PERSON), ipus_text(ended, GRANTED_SERVICE));
    return ipus_work_find(work, &query, settle_grant, &settling) && settling.fine;
}
