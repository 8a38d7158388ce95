#include "ipus/pools.h"
#include "ipus/allotments.h"
#include "ipus/places.h"
#include "ipus/shares.h"
#include "ipus/states.h"
#include "ipus/units.h"

/* ---- periods --------------------------------------------------------------------------------- */

static date_t later_of(date_t a, date_t b)
{
    return date_before(a, b) ? b : a;
}

/* The period of a service's pool in which a day lies; without a pool its cap is -1. */
static bool period_on(ipus_work_t *work, span_t service, date_t day, share_t *share)
{
    shares_t shares = ipus_shares_of_pool(work, service, day, day);
    *share = shares.at != NULL ? shares.at[0] : (share_t){.cap = -1};
    return shares.at != NULL || ipus_work_fine(work, IPUS_BROKEN);
}

static bool add_share(ipus_work_t *work, const ipus_row_t *granted, share_t *share)
{
    const ipus_pool_t pool = {ipus_text(granted, GRANTED_SERVICE), share->from, share->to};
    bool has = false;
    if (share->cap >= 0 && share->persons) {
        if (!ipus_places_has(work, ipus_number(granted, GRANTED_PERSON), &pool, &has)) {
            return false;
        }
        share->units = has ? 0 : IPUS_PLACE;
    }
    return true;
}

/* What a grant reserves: its quantity by days, never more of a period than limits let it use there,
 * or the place of its person. */
static bool shares_of_grant(ipus_work_t *work, const ipus_row_t *granted, shares_t *shares)
{
    span_t service = ipus_text(granted, GRANTED_SERVICE);
    date_t begins = ipus_date(granted, GRANTED_BEGINS);
    *shares = ipus_shares_of_pool(work, service, begins, ipus_date(granted, GRANTED_ENDS));
    for (size_t i = 0; shares->at != NULL && i < shares->count; i++) {
        share_t *share = &shares->at[i];
        share->most = share->cap < 0 || share->persons || shares->count == 1
                          ? -1
                          : ipus_limits_most(work, service, share->first, share->last);
    }
    if (shares->at == NULL ||
        !ipus_shares_split(work, *shares, ipus_number(granted, GRANTED_QUANTITY),
                           ipus_units_step(work, service, begins))) {
        return ipus_work_fine(work, IPUS_BROKEN);
    }
    for (size_t i = 0; i < shares->count; i++) {
        if (!add_share(work, granted, &shares->at[i])) {
            return false;
        }
    }
    return true;
}

static bool is_taken(const share_t *share)
{
    return share->cap >= 0 && share->units > 0;
}

bool ipus_pools_compete(ipus_work_t *work, const ipus_row_t *granted, bool *competes)
{
    shares_t shares;
    *competes = false;
    if (!shares_of_grant(work, granted, &shares)) {
        return false;
    }
    for (size_t i = 0; i < shares.count; i++) {
        const share_t *share = &shares.at[i];
        *competes = *competes ||
                    (is_taken(share) && date_within(work->command->today, share->from, share->to));
    }
    return true;
}

/* ---- taking ---------------------------------------------------------------------------------- */

/* The next pool is told of only where there is one. */
static bool refuse_used_up(ipus_work_t *work, const ipus_pool_t *pool, int64_t left, int64_t needed)
{
    date_t next = date_add(pool->to, 1);
    share_t after;
    if (!period_on(work, pool->service, next, &after)) {
        return false;
    }
    const span_t arguments[] = {pool->service,
                                ipus_work_date(work, pool->from),
                                ipus_work_date(work, pool->to),
                                ipus_work_units(work, left),
                                ipus_work_units(work, needed),
                                ipus_work_date(work, next)};
    return ipus_work_refuse_with(work, after.cap >= 0 ? IPUS_POOL_USED_UP : IPUS_LAST_POOL_USED_UP,
                                 -1, arguments, 6);
}

static bool take(ipus_work_t *work, const ipus_row_t *holder, const share_t *share, span_t service)
{
    const ipus_claim_t claim = {
        {service, share->from, share->to}, share->cap, share->units, share->persons};
    ipus_row_t row = {.id = 0};
    int64_t left = 0;
    return ipus_allotments_take(work, holder, &claim, &row, &left) &&
           (left < 0 || refuse_used_up(work, &claim.pool, left, share->units));
}

bool ipus_pools_may_take(ipus_work_t *work, const ipus_row_t *granted)
{
    shares_t shares;
    if (!shares_of_grant(work, granted, &shares)) {
        return false;
    }
    for (size_t i = 0; i < shares.count; i++) {
        const share_t *share = &shares.at[i];
        const ipus_pool_t pool = {ipus_text(granted, GRANTED_SERVICE), share->from, share->to};
        int64_t taken = 0;
        if (!is_taken(share)) {
            continue;
        }
        ipus_code_t code =
            work->record->take(work->record->context, &pool, 0, 0, INT64_MAX, &taken);
        int64_t left = share->cap > taken ? share->cap - taken : 0;
        if (!ipus_work_fine(work, code) || (left < share->units && !ipus_work_overrides(work) &&
                                            !refuse_used_up(work, &pool, left, share->units))) {
            return false;
        }
    }
    return true;
}

bool ipus_pools_take(ipus_work_t *work, const ipus_row_t *granted)
{
    shares_t shares;
    if (!shares_of_grant(work, granted, &shares)) {
        return false;
    }
    for (size_t i = 0; i < shares.count; i++) {
        if (is_taken(&shares.at[i]) &&
            !take(work, granted, &shares.at[i], ipus_text(granted, GRANTED_SERVICE))) {
            return false;
        }
    }
    return true;
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* What a grant has of the period of its order's day. */
typedef struct {
    share_t share;
    ipus_pool_t pool;
    ipus_allotments_t rows;
    size_t own; /* the row of that period; rows.count when there is none */
    int64_t lack;
} drawn_t;

static bool look_at_day(ipus_work_t *work, const ipus_row_t *granted, drawn_t *drawn)
{
    span_t service = ipus_text(granted, GRANTED_SERVICE);
    *drawn = (drawn_t){.lack = 0};
    if (!period_on(work, service, ipus_date(&work->row, ORDER_PLANNED_ON), &drawn->share)) {
        return false;
    }
    drawn->pool = (ipus_pool_t){service, drawn->share.from, drawn->share.to};
    if (drawn->share.cap < 0 || drawn->share.persons) {
        return true;
    }
    if (!ipus_allotments_of(work, ALLOTMENT_GRANTED, granted->id, &drawn->rows)) {
        return false;
    }
    int64_t has = 0, used = 0;
    for (drawn->own = 0; drawn->own < drawn->rows.count; drawn->own++) {
        const ipus_row_t *row = &drawn->rows.at[drawn->own];
        if (date_equal(ipus_date(row, ALLOTMENT_BEGINS), drawn->share.from) &&
            date_equal(ipus_date(row, ALLOTMENT_ENDS), drawn->share.to)) {
            has = ipus_number(row, ALLOTMENT_UNITS);
            break;
        }
    }
    if (has >= ipus_number(granted, GRANTED_QUANTITY)) {
        return true; /* all of it: an order is within its grant */
    }
    bool fine = ipus_allotments_used(work, ORDER_GRANTED, granted->id, &drawn->pool, &used);
    drawn->lack = used > has ? used - has : 0;
    return fine;
}

bool ipus_pools_lack(ipus_work_t *work, const ipus_row_t *granted, int64_t *lack, bool *competes)
{
    drawn_t drawn;
    bool fine = look_at_day(work, granted, &drawn);
    *lack = drawn.lack;
    *competes = date_within(work->command->today, drawn.share.from, drawn.share.to);
    return fine;
}

/* Gives back of another period what is not used there, up to `*rest`. */
static bool give_of(ipus_work_t *work, const ipus_row_t *granted, ipus_row_t *row, int64_t *rest)
{
    const ipus_pool_t pool = ipus_allotments_pool(row);
    int64_t used = 0;
    if (!ipus_allotments_used(work, ORDER_GRANTED, granted->id, &pool, &used)) {
        return false;
    }
    int64_t spare = ipus_number(row, ALLOTMENT_UNITS) - used;
    spare = spare < *rest ? spare : *rest;
    *rest -= spare > 0 ? spare : 0;
    return spare <= 0 || (ipus_allotments_shrink(work, row, spare) &&
                          (!date_within(work->command->today, pool.from, pool.to) ||
                           ipus_work_freed(work, pool.service)));
}

/* First from periods that are over, where nobody has any use of it, then from the latest on. */
static bool give_others(ipus_work_t *work, const ipus_row_t *granted, drawn_t *drawn)
{
    int64_t rest = drawn->lack;
    size_t count = drawn->rows.count;
    for (size_t i = 0; i < 2 * count && rest > 0; i++) {
        size_t place = i < count ? i : 2 * count - 1 - i;
        ipus_row_t *row = &drawn->rows.at[place];
        bool over = date_before(ipus_date(row, ALLOTMENT_ENDS), work->command->today);
        if (place != drawn->own && over == (i < count) && !give_of(work, granted, row, &rest)) {
            return false;
        }
    }
    return true;
}

/* Names the period whose pool has not enough, and the time in which the grant has its share. */
static bool refuse_exchange(ipus_work_t *work, const drawn_t *drawn, int64_t left)
{
    ipus_pool_t others = {.from = DATE_NEVER, .to = DATE_NONE};
    for (size_t i = 0; i < drawn->rows.count; i++) {
        const ipus_pool_t pool = ipus_allotments_pool(&drawn->rows.at[i]);
        if (i != drawn->own) {
            others.from = date_before(pool.from, others.from) ? pool.from : others.from;
            others.to = later_of(pool.to, others.to);
        }
    }
    if (date_is_none(others.to)) {
        return refuse_used_up(work, &drawn->pool, left, drawn->lack);
    }
    const span_t arguments[] = {drawn->pool.service,
                                ipus_work_date(work, drawn->pool.from),
                                ipus_work_date(work, drawn->pool.to),
                                ipus_work_units(work, left),
                                ipus_work_units(work, drawn->lack),
                                ipus_work_date(work, others.from),
                                ipus_work_date(work, others.to)};
    return ipus_work_refuse_with(work, IPUS_POOL_NOT_EXCHANGED, ORDER_PLANNED_ON, arguments, 7);
}

bool ipus_pools_exchange(ipus_work_t *work, const ipus_row_t *granted)
{
    drawn_t drawn;
    ipus_row_t none = {.id = 0};
    int64_t left = 0;
    if (!look_at_day(work, granted, &drawn)) {
        return false;
    }
    if (drawn.lack == 0) {
        return true;
    }
    ipus_row_t *own = drawn.own < drawn.rows.count ? &drawn.rows.at[drawn.own] : &none;
    const ipus_claim_t claim = {drawn.pool, drawn.share.cap, drawn.lack, false};
    return ipus_allotments_take(work, granted, &claim, own, &left) &&
           (left < 0 || refuse_exchange(work, &drawn, left)) && give_others(work, granted, &drawn);
}

/* ---- giving back ----------------------------------------------------------------------------- */

bool ipus_pools_give_back(ipus_work_t *work, const ipus_row_t *granted)
{
    ipus_allotments_t rows;
    share_t first;
    if (!ipus_allotments_of(work, ALLOTMENT_GRANTED, granted->id, &rows) ||
        !period_on(work, ipus_text(granted, GRANTED_SERVICE), ipus_date(granted, GRANTED_BEGINS),
                   &first)) {
        return false;
    }
    bool places = first.persons; /* its person may have one by another grant */
    for (size_t i = 0; i < rows.count; i++) {
        int64_t all = INT64_MAX;
        bool place = ipus_number(&rows.at[i], ALLOTMENT_PLACE) == 1;
        places = places || place;
        if (!place && !give_of(work, granted, &rows.at[i], &all)) {
            return false;
        }
    }
    return !places || ipus_places_settle(work, granted);
}

bool ipus_pools_pass_on(ipus_work_t *work, const ipus_row_t *from, const ipus_row_t *to)
{
    return ipus_pools_give_back(work, from) && ipus_pools_take(work, to);
}

/* ---- for the queue --------------------------------------------------------------------------- */

/* Today's period, and what of it an entry of the queue needs. */
static bool needed_today(ipus_work_t *work, const ipus_row_t *waiting, share_t *share)
{
    span_t service = ipus_text(waiting, WAITING_SERVICE);
    bool has = false;
    if (!period_on(work, service, work->command->today, share)) {
        return false;
    }
    share->units = ipus_number(waiting, WAITING_QUANTITY);
    if (share->cap < 0 || !share->persons) {
        return true;
    }
    const ipus_pool_t pool = {service, share->from, share->to};
    bool fine = ipus_places_has(work, ipus_number(waiting, WAITING_PERSON), &pool, &has);
    share->units = has ? 0 : IPUS_PLACE;
    return fine;
}

bool ipus_pools_room(ipus_work_t *work, const ipus_row_t *waiting, ipus_room_t *room)
{
    share_t share;
    if (!needed_today(work, waiting, &share)) {
        return false;
    }
    *room = (ipus_room_t){.cap = share.cap, .needed = share.units};
    if (share.cap < 0) {
        return true;
    }
    const ipus_pool_t pool = {ipus_text(waiting, WAITING_SERVICE), share.from, share.to};
    int64_t taken = 0;
    ipus_code_t code = work->record->take(work->record->context, &pool, 0, 0, INT64_MAX, &taken);
    room->left = share.cap > taken ? share.cap - taken : 0;
    return ipus_work_fine(work, code);
}

bool ipus_pools_may_hold(ipus_work_t *work, const ipus_row_t *waiting)
{
    ipus_room_t room;
    share_t share;
    if (!ipus_pools_room(work, waiting, &room) || !needed_today(work, waiting, &share)) {
        return false;
    }
    const ipus_pool_t pool = {ipus_text(waiting, WAITING_SERVICE), share.from, share.to};
    return room.cap < 0 || room.left >= room.needed || ipus_work_overrides(work) ||
           refuse_used_up(work, &pool, room.left, room.needed);
}

bool ipus_pools_hold(ipus_work_t *work, const ipus_row_t *waiting)
{
    share_t share;
    return needed_today(work, waiting, &share) &&
           (!is_taken(&share) || take(work, waiting, &share, ipus_text(waiting, WAITING_SERVICE)));
}

bool ipus_pools_release(ipus_work_t *work, const ipus_row_t *waiting)
{
    ipus_allotments_t rows;
    if (!ipus_allotments_of(work, ALLOTMENT_WAITING, waiting->id, &rows)) {
        return false;
    }
    for (size_t i = 0; i < rows.count; i++) {
        int64_t units = ipus_number(&rows.at[i], ALLOTMENT_UNITS);
        if (units > 0 && !ipus_allotments_shrink(work, &rows.at[i], units)) {
            return false;
        }
    }
    return true;
}
