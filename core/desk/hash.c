/* Passwords off the loop, few at a time: each takes 19 MiB and thirty milliseconds. */
#include "desk/inside.h"

enum { AT_ONCE = 2, WAITING_MAX = 64 };

static void work(void *context)
{
    desk_hash_t *hash = context;
    if (hash->checks) {
        hash->fits = vault_password_fits(hash->password, hash->hash);
    } else {
        hash->fits = vault_password_hash(hash->password, hash->hash);
    }
}

static bool start(desk_hash_t *hash);

static void done(void *context)
{
    desk_hash_t *hash = context;
    desk_set_t *set = hash->set;
    vault_wipe((char *)hash->password.at, hash->password.len);
    set->hashing--;
    while (set->hash_first != NULL && set->hashing < AT_ONCE) {
        desk_hash_t *next = set->hash_first;
        set->hash_first = next->next;
        set->hash_waiting--;
        if (!start(next)) {
            next->fits = false;
            next->hashed(next);
        }
    }
    hash->hashed(hash);
}

static bool start(desk_hash_t *hash)
{
    bool started = loop_job(hash->set->loop, work, done, hash);
    hash->set->hashing += started;
    return started;
}

desk_hashing_t desk_hash(desk_set_t *set, desk_hash_t *hash)
{
    hash->set = set;
    hash->next = NULL;
    hash->fits = false;
    if (set->hashing < AT_ONCE) {
        return start(hash) ? DESK_HASHING : DESK_HASH_NO_MEMORY;
    }
    if (set->hash_waiting == WAITING_MAX) {
        return DESK_HASH_BUSY;
    }
    if (set->hash_first == NULL) {
        set->hash_first = hash;
    } else {
        set->hash_last->next = hash;
    }
    set->hash_last = hash;
    set->hash_waiting++;
    return DESK_HASHING;
}
