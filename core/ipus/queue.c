/* The waiting list: by points, then by the day the service's rules count from, then by entry. What
 * is free goes to the first alone; when that does not suffice for the first, it is kept together
 * until it does, unless an official lets somebody go ahead and says why. */
#include "ipus/doors.h"
#include "ipus/orders.h"

#include <stdlib.h>

typedef struct {
    int64_t id, score, since;
} place_t;

typedef struct {
    place_t *at;
    size_t count, cap;
    arena_t *arena;
    bool failed;
} places_t;

static bool keep_place(void *of, const ipus_row_t *row)
{
    places_t *places = of;
    if (places->count == places->cap) {
        size_t cap = places->cap > 0 ? places->cap * 2 : 16;
        place_t *at = arena_array(places->arena, cap, sizeof *at);
        if (at == NULL) {
            places->failed = true;
            return false;
        }
        if (places->count > 0) {
            memcpy(at, places->at, places->count * sizeof *at);
        }
        places->at = at;
        places->cap = cap;
    }
    places->at[places->count++] =
        (place_t){row->id, ipus_number(row, WAITING_SCORE), ipus_number(row, WAITING_SINCE)};
    return true;
}

static int by_turn(const void *a, const void *b)
{
    const place_t *left = a, *right = b;
    if (left->score != right->score) {
        return left->score > right->score ? -1 : 1;
    }
    if (left->since != right->since) {
        return left->since < right->since ? -1 : 1;
    }
    return left->id < right->id ? -1 : left->id > right->id;
}

/* Who waits. */
static bool read_queue(ipus_work_t *work, span_t service, places_t *places)
{
    ipus_query_t query = IPUS_QUERY(IPUS_WAITING);
    ipus_query_text(&query, WAITING_SERVICE, service);
    ipus_query_equal(&query, WAITING_STATE, WAITING_IS_QUEUED);
    *places = (places_t){.arena = work->record->arena};
    if (!ipus_work_find(work, &query, keep_place, places)) {
        return false;
    }
    if (places->count > 1) {
        qsort(places->at, places->count, sizeof *places->at, by_turn);
    }
    return !places->failed || ipus_work_fine(work, IPUS_BROKEN);
}

/* ---- offering -------------------------------------------------------------------------------- */

static void set_offered(const ipus_work_t *work, ipus_row_t *waiting)
{
    date_t today = work->command->today;
    int64_t days = ipus_work_number_of_term(work, TERM_OFFER_DAYS, 0);
    ipus_set(waiting, WAITING_STATE, WAITING_IS_OFFERED);
    ipus_set_date(waiting, WAITING_OFFERED_ON, today);
    ipus_set_date(waiting, WAITING_OFFER_UNTIL,
                  days > 0 ? date_add(today, (int32_t)days) : DATE_NONE);
}

/* Whether what somebody waits for may be promised now. */
static bool is_free(ipus_work_t *work, const ipus_row_t *waiting, bool *free)
{
    ipus_room_t room;
    int64_t things = 0;
    if (!ipus_pools_room(work, waiting, &room) ||
        !ipus_lending_free(work, ipus_text(waiting, WAITING_SERVICE), &things)) {
        return false;
    }
    *free = (room.cap < 0 || room.left >= room.needed) && things != 0;
    return true;
}

bool ipus_queue_offer_any(ipus_work_t *work, span_t service, bool *offered)
{
    places_t places;
    *offered = false;
    if (!read_queue(work, service, &places)) {
        return false;
    }
    for (size_t i = 0; i < places.count; i++) {
        ipus_row_t row;
        bool free = false;
        if (!ipus_work_load(work, IPUS_WAITING, places.at[i].id, &row) ||
            !is_free(work, &row, &free)) {
            return false;
        }
        if (!free) {
            return true;
        }
        set_offered(work, &row);
        if (!ipus_pools_hold(work, &row) || !ipus_work_set(work, &row, "offer")) {
            return false;
        }
        *offered = true;
    }
    return true;
}

bool ipus_queue_offer_freed(ipus_work_t *work)
{
    bool offered = false;
    for (const ipus_freed_t *freed = *work->freed; freed != NULL; freed = freed->next) {
        if (!ipus_queue_offer_any(work, freed->service, &offered)) {
            return false;
        }
    }
    return true;
}

/* At most so many bytes, and no character cut in two. */
static span_t cut(span_t text, size_t max)
{
    size_t len = text.len < max ? text.len : max;
    while (len > 0 && len < text.len && ((unsigned char)text.at[len] & 0xc0) == 0x80) {
        len--;
    }
    return (span_t){text.at, len};
}

/* Each of the first so many is told that somebody went ahead, and why. */
static bool pass(ipus_work_t *work, const places_t *places, size_t count)
{
    const size_t max = ipus_kind(IPUS_WAITING)->fields[WAITING_PASSED_WHY].max;
    for (size_t i = 0; i < count; i++) {
        ipus_row_t row;
        if (!ipus_work_load(work, IPUS_WAITING, places->at[i].id, &row)) {
            return false;
        }
        ipus_set(&row, WAITING_PASSED, ipus_number(&row, WAITING_PASSED) + 1);
        ipus_set_text(&row, WAITING_PASSED_WHY, cut(work->command->why, max));
        if (!ipus_work_set(work, &row, "pass")) {
            return false;
        }
    }
    return true;
}

static bool is_turn(ipus_work_t *work, span_t service, places_t *places)
{
    return read_queue(work, service, places) &&
           (places->count == 0 || ipus_work_overrides(work) ||
            ipus_work_refuse(work, IPUS_OTHERS_WAIT, -1, service,
                             ipus_work_number(work, (int64_t)places->count), SPAN_NONE));
}

bool ipus_queue_is_turn(ipus_work_t *work, span_t service)
{
    places_t places;
    return is_turn(work, service, &places);
}

bool ipus_queue_in_turn(ipus_work_t *work, span_t service)
{
    places_t places;
    return is_turn(work, service, &places) &&
           (!ipus_work_overrides(work) || pass(work, &places, places.count));
}

/* ---- steps ----------------------------------------------------------------------------------- */

static bool note_since(void *of, const ipus_row_t *row)
{
    int64_t state = ipus_number(row, WAITING_STATE);
    if (state != WAITING_IS_QUEUED && state != WAITING_IS_OFFERED) {
        return true;
    }
    *(date_t *)of = ipus_date(row, WAITING_SINCE);
    return false;
}

static bool refuse_twice(ipus_work_t *work)
{
    span_t service = ipus_text(&work->row, WAITING_SERVICE);
    ipus_query_t query = IPUS_QUERY(IPUS_WAITING);
    ipus_query_equal(&query, WAITING_PERSON, ipus_number(&work->row, WAITING_PERSON));
    ipus_query_text(&query, WAITING_SERVICE, service);
    date_t since = DATE_NONE;
    if (!ipus_work_find(work, &query, note_since, &since)) {
        return false;
    }
    return date_is_none(since) || ipus_work_refuse(work, IPUS_ALREADY_WAITING, -1, service,
                                                   ipus_work_date(work, since), SPAN_NONE);
}

/* From the decision: whose it is, and since when they wait. */
static bool fill_in(ipus_work_t *work)
{
    ipus_row_t decision, application, *row = &work->row;
    if (!ipus_work_get(work, WAITING_DECISION, &decision) ||
        !ipus_work_load(work, IPUS_APPLICATION, ipus_number(&decision, DECISION_APPLICATION),
                        &application) ||
        !ipus_application_lasts(work, &application)) {
        return false;
    }
    const registry_service_t *service = ipus_work_service(
        work, WAITING_DECISION, ipus_text(&decision, DECISION_SERVICE), work->command->today);
    if (service == NULL) {
        return false;
    }
    bool complete = span_equal(service->waiting, SPAN("complete-application-date"));
    date_t since =
        ipus_date(&application, complete ? APPLICATION_COMPLETE_ON : APPLICATION_RECEIVED_ON);
    row->at[WAITING_PERSON] = application.at[APPLICATION_PERSON];
    ipus_set(row, WAITING_APPLICATION, application.id);
    ipus_set_text(row, WAITING_SERVICE, service->id);
    ipus_set_date(row, WAITING_SINCE, date_is_none(since) ? work->command->today : since);
    ipus_set(row, WAITING_PASSED, 0);
    return ipus_number(&decision, DECISION_OUTCOME) == 1 ||
           ipus_work_refuse(work, IPUS_DECISION_NO, WAITING_DECISION, SPAN_NONE, SPAN_NONE,
                            SPAN_NONE);
}

/* Nobody queues for what is there, nor for what can never come. */
static bool is_needed(ipus_work_t *work)
{
    span_t service = ipus_text(&work->row, WAITING_SERVICE);
    ipus_room_t room;
    places_t places;
    bool free = false;
    if (!ipus_pools_room(work, &work->row, &room) || !is_free(work, &work->row, &free) ||
        !read_queue(work, service, &places)) {
        return false;
    }
    if (room.cap >= 0 && room.needed > room.cap) {
        return ipus_work_refuse(work, IPUS_WAITING_TOO_MUCH, WAITING_QUANTITY, service,
                                ipus_work_units(work, room.cap),
                                ipus_work_units(work, room.needed));
    }
    return !free || places.count > 0 ||
           ipus_work_refuse(work, IPUS_NOT_NEEDED, -1, service, ipus_work_units(work, room.needed),
                            SPAN_NONE);
}

bool ipus_waiting_make(ipus_work_t *work)
{
    if (!fill_in(work) || !ipus_work_verdict(work, ipus_number(&work->row, WAITING_PERSON))) {
        return false;
    }
    ipus_set(&work->row, WAITING_SCORE, work->command->verdict->score);
    ipus_set_text(&work->row, WAITING_INPUTS, work->command->verdict->inputs);
    /* Whoever comes first by points may fit where the one who was first did not. */
    return ipus_doors_units(work, IPUS_DOOR_WAITING, WAITING_QUANTITY,
                            ipus_text(&work->row, WAITING_SERVICE), work->command->today,
                            ipus_number(&work->row, WAITING_QUANTITY)) &&
           refuse_twice(work) && is_needed(work) &&
           ipus_work_freed(work, ipus_text(&work->row, WAITING_SERVICE));
}

/* Who waits before the entry at work: so many of the first places. */
static bool read_ahead(ipus_work_t *work, places_t *places, size_t *ahead)
{
    const place_t own = {work->row.id, ipus_number(&work->row, WAITING_SCORE),
                         ipus_number(&work->row, WAITING_SINCE)};
    if (!read_queue(work, ipus_text(&work->row, WAITING_SERVICE), places)) {
        return false;
    }
    *ahead = 0;
    while (*ahead < places->count && by_turn(&places->at[*ahead], &own) < 0) {
        (*ahead)++;
    }
    return true;
}

/* Out of turn, and beyond what is left of the pool, it wants a reason. */
bool ipus_waiting_may_offer(ipus_work_t *work)
{
    span_t service = ipus_text(&work->row, WAITING_SERVICE);
    int64_t things = 0;
    places_t places;
    size_t ahead = 0;
    if (!ipus_lending_free(work, service, &things) || !read_ahead(work, &places, &ahead)) {
        return false;
    }
    if (things == 0) {
        return ipus_work_refuse(work, IPUS_NOTHING_FREE, -1, service, SPAN_NONE, SPAN_NONE);
    }
    if (ahead > 0 && !ipus_work_overrides(work)) {
        return ipus_work_refuse(work, IPUS_JUMP_UNEXPLAINED, -1,
                                ipus_work_number(work, (int64_t)ahead), SPAN_NONE, SPAN_NONE);
    }
    return ipus_pools_may_hold(work, &work->row);
}

bool ipus_waiting_offer(ipus_work_t *work)
{
    places_t places;
    size_t ahead = 0;
    if (!read_ahead(work, &places, &ahead)) {
        return false;
    }
    set_offered(work, &work->row);
    return pass(work, &places, ahead) && ipus_pools_hold(work, &work->row);
}

bool ipus_waiting_accept(ipus_work_t *work)
{
    ipus_clear(&work->row, WAITING_OFFER_UNTIL);
    return ipus_pools_release(work, &work->row);
}

bool ipus_waiting_leave(ipus_work_t *work)
{
    ipus_clear(&work->row, WAITING_OFFER_UNTIL);
    return ipus_pools_release(work, &work->row) &&
           ipus_work_freed(work, ipus_text(&work->row, WAITING_SERVICE));
}
