/* How the rows of a next edition follow those of the edition before. Inside the ipus room only. */
#ifndef OKIENKO_IPUS_FOLLOW_H
#define OKIENKO_IPUS_FOLLOW_H

#include "ipus/work.h"

/* What was not ordered of a grant. */
int64_t ipus_granted_left(const ipus_row_t *granted);

/* Notes in a row which it follows, and how much of that was ordered. */
void ipus_granted_follows(ipus_row_t *row, const ipus_row_t *old);

/* The rows of a plan that follow one of the edition before. */
typedef struct {
    int64_t old;
    int64_t but; /* not this one */
    bool any, planned;
} ipus_followers_t;
bool ipus_granted_followers(ipus_work_t *work, int64_t plan, ipus_followers_t *followers);

/* The row that a planned one follows, while that runs; its id is 0 otherwise. */
bool ipus_granted_followed(ipus_work_t *work, const ipus_row_t *planned, ipus_row_t *old);

/* The row at work, in a draft edition, follows the row before it of the same service; said again,
 * its quantity is from now on. */
bool ipus_granted_follow(ipus_work_t *work);

/* What a planned row is still for: less by what was ordered meanwhile of the row it follows. */
bool ipus_granted_remains(ipus_work_t *work, ipus_row_t *planned);

#endif
