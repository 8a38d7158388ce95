/* Rows of a next edition follow those of the edition before it: what is granted is counted once. */
#include "ipus/follow.h"
#include "ipus/states.h"

int64_t ipus_granted_left(const ipus_row_t *granted)
{
    return ipus_number(granted, GRANTED_QUANTITY) - ipus_number(granted, GRANTED_ORDERED);
}

static bool note_follower(void *of, const ipus_row_t *row)
{
    ipus_followers_t *followers = of;
    if (row->id != followers->but && ipus_number(row, GRANTED_FOLLOWS) == followers->old) {
        followers->any = true;
        followers->planned =
            followers->planned || ipus_number(row, GRANTED_STATE) == GRANTED_IS_PLANNED;
    }
    return true;
}

bool ipus_granted_followers(ipus_work_t *work, int64_t plan, ipus_followers_t *followers)
{
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PLAN, plan);
    return ipus_work_find(work, &query, note_follower, followers);
}

void ipus_granted_follows(ipus_row_t *row, const ipus_row_t *old)
{
    ipus_set(row, GRANTED_FOLLOWS, old->id);
    ipus_set(row, GRANTED_FOLLOWED_AT, ipus_number(old, GRANTED_ORDERED));
}

typedef struct {
    ipus_work_t *work;
    bool fine;
} following_t;

/* The first of the service that has something left and that no other row takes over. */
static bool follow_first(void *of, const ipus_row_t *old)
{
    following_t *following = of;
    ipus_work_t *work = following->work;
    ipus_followers_t others = {.old = old->id, .but = work->row.id};
    if (ipus_granted_left(old) <= 0) {
        return true;
    }
    following->fine = ipus_granted_followers(work, ipus_number(&work->row, GRANTED_PLAN), &others);
    if (following->fine && !others.planned) {
        ipus_granted_follows(&work->row, old);
        return false;
    }
    return following->fine;
}

bool ipus_granted_follow(ipus_work_t *work)
{
    ipus_row_t plan, old;
    following_t following = {work, true};
    if (ipus_has(&work->row, GRANTED_FOLLOWS)) {
        bool there = ipus_work_get(work, GRANTED_FOLLOWS, &old);
        ipus_set(&work->row, GRANTED_FOLLOWED_AT, there ? ipus_number(&old, GRANTED_ORDERED) : 0);
        return there;
    }
    if (!ipus_has(&work->row, GRANTED_PLAN) || !ipus_work_get(work, GRANTED_PLAN, &plan)) {
        return !ipus_has(&work->row, GRANTED_PLAN);
    }
    if (!ipus_has(&plan, PLAN_AMENDS)) {
        return true;
    }
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PLAN, ipus_number(&plan, PLAN_AMENDS));
    ipus_query_equal(&query, GRANTED_STATE, GRANTED_IS_RUNNING);
    ipus_query_text(&query, GRANTED_SERVICE, ipus_text(&work->row, GRANTED_SERVICE));
    return ipus_work_find(work, &query, follow_first, &following) && following.fine;
}

bool ipus_granted_followed(ipus_work_t *work, const ipus_row_t *planned, ipus_row_t *old)
{
    old->id = 0;
    if (!ipus_has(planned, GRANTED_FOLLOWS)) {
        return true;
    }
    bool fine = ipus_work_load(work, IPUS_GRANTED, ipus_number(planned, GRANTED_FOLLOWS), old);
    old->id = fine && ipus_number(old, GRANTED_STATE) == GRANTED_IS_RUNNING ? old->id : 0;
    return fine;
}

bool ipus_granted_remains(ipus_work_t *work, ipus_row_t *planned)
{
    ipus_row_t old;
    if (!ipus_granted_followed(work, planned, &old)) {
        return false;
    }
    if (old.id != 0) {
        int64_t since =
            ipus_number(&old, GRANTED_ORDERED) - ipus_number(planned, GRANTED_FOLLOWED_AT);
        ipus_set(planned, GRANTED_QUANTITY, ipus_number(planned, GRANTED_QUANTITY) - since);
    }
    return true;
}
