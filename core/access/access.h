/* Who may do what: one table of permissions (access/permissions.def), accounts, sessions and tokens
 * of one programme as they stand in memory, the rates at which secrets may be tried. It keeps
 * nothing itself: the record has the rows, and whoever opens it fills this in.
 *
 * Everything on the loop's thread, but for the table, which is read anywhere. Instants are of the
 * monotonic clock for what is counted here, so that a clock that jumps neither keeps a session for
 * ever nor ends them all; only what outlives the process is kept in UTC. */
#ifndef OKIENKO_ACCESS_ACCESS_H
#define OKIENKO_ACCESS_ACCESS_H

#include "base/clock.h"
#include "base/span.h"

/* ---- the table ------------------------------------------------------------------------------- */

/* In the order of ACCOUNT_ROLE's choices, the anonymous resident last. */
typedef enum {
    ACCESS_KIPUS,
    ACCESS_OUS,
    ACCESS_DIRECTOR,
    ACCESS_PROVIDER,
    ACCESS_EDITOR,
    ACCESS_IOD,
    ACCESS_ADMIN,
    ACCESS_RESIDENT,
    ACCESS_ROLE_COUNT
} access_role_t;

typedef enum {
    ACCESS_NEVER,
    ACCESS_ANY,     /* every row */
    ACCESS_OWN,     /* rows of the account's own provider; of one's own account */
    ACCESS_ON_CASE, /* rows of people one is assigned to */
} access_reach_t;

/* Permissions are named as what they allow: "order.read", "order.accept", "report.read". */
typedef struct {
    const char *name;
    access_reach_t reach[ACCESS_ROLE_COUNT];
} access_permission_t;

const access_permission_t *access_permissions(size_t *count);
/* NULL when there is none of that name: nothing that is not in the table may be done. */
const access_permission_t *access_permission(span_t name);
const char *access_role_name(access_role_t role); /* "kipus", …, "resident" */

/* ---- who asks -------------------------------------------------------------------------------- */

typedef struct access access_t;

typedef struct {
    int64_t account;  /* 0 for a resident */
    int64_t token;    /* its row */
    int64_t provider; /* of an account of a provider */
    access_role_t role;
    bool by_program;    /* a token with scopes */
    uint64_t scopes[4]; /* bit per permission: what a program may use of its account's */
} access_who_t;

access_t *access_new(clock_port_t *clock); /* NULL without memory */
void access_free(access_t *access);

/* Accounts as the record has them; a second call with the same id replaces, and ends the tokens of
 * one that is disabled or has another role or provider. False without memory. */
bool access_put_account(access_t *access, int64_t id, span_t login, span_t password_hash,
                        access_role_t role, int64_t provider, bool active);

/* A session or token; `expires_at` in UTC ms, looked at now: how much is left then counts by the
 * monotonic clock, and is never more than ACCESS_SESSION_MS for a session. `scopes` are names with
 * spaces between, empty for all that its account may. False without memory, or (then `*unknown` is
 * set) when a scope is no permission. */
bool access_put_token(access_t *access, int64_t id, int64_t account, span_t digest, span_t scopes,
                      bool by_program, int64_t expires_at, span_t *unknown);
void access_drop_token(access_t *access, int64_t id);
/* All of an account but one (0: all). */
void access_drop_tokens(access_t *access, int64_t account, int64_t but);

size_t access_account_count(const access_t *access);
/* The hash of a login's password, until accounts change; empty (and false) when there is none or it
 * is disabled. */
bool access_login(const access_t *access, span_t login, int64_t *account, span_t *password_hash);

/* The login and hash of an account, also of one that is disabled, until accounts change. */
bool access_account(const access_t *access, int64_t id, span_t *login, span_t *password_hash);

/* Who stands behind a token, by its digest; false when it is unknown, has expired or its account is
 * disabled; `*who` is a resident then. Counts as use: a session that is not used ends after
 * `ACCESS_IDLE_MS`; a program's token does not. */
#define ACCESS_IDLE_MS INT64_C(1800000)
#define ACCESS_SESSION_MS INT64_C(43200000)
bool access_known(access_t *access, span_t digest, access_who_t *who);

/* How far somebody's permission reaches; a program also needs it among its scopes. Never, of none.
 */
access_reach_t access_reach(const access_who_t *who, const access_permission_t *permission);

/* Whether a password may be set: long enough in characters, not too long in bytes, and not the
 * login. */
#define ACCESS_PASSWORD_MIN 12
#define ACCESS_PASSWORD_BYTES 200
bool access_password_will_do(span_t password, span_t login);

/* ---- rates ----------------------------------------------------------------------------------- */

/* Whether another try is allowed now for this login and address; counts it, as a failure until
 * access_tried() says otherwise, so that tries at once are no way around. After ACCESS_TRIES
 * failures in a row a login waits ACCESS_LOCK_MS from the last one, whoever asks, and an address
 * with ACCESS_ADDRESS_TRIES of them as well; failures that long past are forgotten. `*wait_ms` says
 * how long. Unknown logins are treated just the same. Of an IPv6 address the network counts.
 * Bounded memory: the oldest are forgotten. */
#define ACCESS_TRIES 5
#define ACCESS_ADDRESS_TRIES 20
#define ACCESS_LOCK_MS INT64_C(900000)
bool access_may_try(access_t *access, span_t login, span_t address, int64_t *wait_ms);
void access_tried(access_t *access, span_t login, span_t address, bool succeeded);

/* Who an address is: of IPv6 the network, as one subscriber has all of its addresses. `network` is
 * room for it. */
#define ACCESS_NETWORK 46
span_t access_network(span_t address, char network[static ACCESS_NETWORK]);

/* At most `burst` at once and `per_minute` (both at least 1) on the average, by what and address;
 * for the public form and for asking how an application stands. */
bool access_may_ask(access_t *access, const char *what, span_t address, unsigned burst,
                    unsigned per_minute, int64_t *wait_ms);

#endif
