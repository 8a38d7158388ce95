/* Passwords off the loop, few at a time: each takes 19 MiB and thirty milliseconds. */
#include "office/inside.h"

static void work(void *context)
{
    office_call_t *call = context;
    if (call->hash_checks) {
        call->hash_fits = vault_password_fits(call->password, call->hash);
    } else {
        call->hash_fits = vault_password_hash(call->password, call->hash);
    }
}

static void start(office_call_t *call);

static void done(void *context)
{
    office_call_t *call = context;
    office_t *office = call->office;
    vault_wipe((char *)call->password.at, call->password.len);
    office->hashing--;
    office_call_t *next = office->hash_first;
    if (next != NULL) {
        office->hash_first = next->next;
        office->hash_waiting--;
        start(next);
    }
    call->hashed(call);
}

static void start(office_call_t *call)
{
    office_t *office = call->office;
    office->hashing++;
    if (!loop_job(office->loop, work, done, call)) {
        office->hashing--;
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
    }
}

void office_hash(office_call_t *call)
{
    office_t *office = call->office;
    if (!office_hold(call)) {
        return;
    }
    if (office->hashing < OFFICE_HASHES_AT_ONCE) {
        start(call);
        return;
    }
    if (office->hash_waiting == OFFICE_HASHES_WAITING) {
        office_problem_wait(call, OFFICE_PROBLEM_BUSY, 1000);
        return;
    }
    call->next = NULL;
    if (office->hash_first == NULL) {
        office->hash_first = call;
    } else {
        office->hash_last->next = call;
    }
    office->hash_last = call;
    office->hash_waiting++;
}
