#include "access/inside.h"

#include <stdlib.h>

typedef struct {
    index_link_t by_id, by_login;
    int64_t id, provider;
    access_role_t role;
    bool active;
    span_t login, password_hash; /* in `text` */
    char text[];
} account_t;

/* Hexadecimal, of 32 bytes. */
#define DIGEST 64

typedef struct {
    index_link_t by_id, by_digest;
    int64_t id, account;
    int64_t ends, used; /* monotonic ms */
    bool by_program;
    uint64_t scopes[4];
    char digest[DIGEST];
} token_t;

access_t *access_new(clock_port_t *clock)
{
    access_t *access = calloc(1, sizeof *access);
    if (access == NULL) {
        return NULL;
    }
    access->clock = clock;
    if (!access_rates_init(&access->tried_logins) || !access_rates_init(&access->tried_addresses) ||
        !access_rates_init(&access->asked)) {
        access_free(access);
        return NULL;
    }
    return access;
}

void access_free(access_t *access)
{
    if (access == NULL) {
        return;
    }
    for (size_t i = 0; i < access->accounts.cap; i++) {
        for (index_link_t *link = access->accounts.at[i], *next = NULL; link != NULL; link = next) {
            next = link->next;
            free(INDEX_OF(link, account_t, by_id));
        }
    }
    for (size_t i = 0; i < access->tokens.cap; i++) {
        for (index_link_t *link = access->tokens.at[i], *next = NULL; link != NULL; link = next) {
            next = link->next;
            free(INDEX_OF(link, token_t, by_id));
        }
    }
    access_index_free(&access->accounts);
    access_index_free(&access->logins);
    access_index_free(&access->tokens);
    access_index_free(&access->digests);
    access_rates_deinit(&access->tried_logins);
    access_rates_deinit(&access->tried_addresses);
    access_rates_deinit(&access->asked);
    free(access);
}

/* ---- accounts -------------------------------------------------------------------------------- */

static account_t *account_of(const access_t *access, int64_t id)
{
    index_link_t *link = access_index_first(&access->accounts, access_index_hash(id));
    while (link != NULL && INDEX_OF(link, account_t, by_id)->id != id) {
        link = access_index_next(link);
    }
    return link == NULL ? NULL : INDEX_OF(link, account_t, by_id);
}

bool access_put_account(access_t *access, int64_t id, span_t login, span_t password_hash,
                        access_role_t role, int64_t provider, bool active)
{
    account_t *account = malloc(sizeof *account + login.len + password_hash.len);
    if (account == NULL || !access_index_reserve(&access->accounts) ||
        !access_index_reserve(&access->logins)) {
        free(account);
        return false;
    }
    *account = (account_t){.id = id, .provider = provider, .role = role, .active = active};
    char *hash = account->text + login.len;
    memcpy(account->text, login.len > 0 ? login.at : "", login.len);
    memcpy(hash, password_hash.len > 0 ? password_hash.at : "", password_hash.len);
    account->login = (span_t){account->text, login.len};
    account->password_hash = (span_t){hash, password_hash.len};

    account_t *before = account_of(access, id);
    if (before != NULL) {
        /* Who came in as something else, or before it was off, is out. */
        if (!active || before->role != role || before->provider != provider) {
            access_drop_tokens(access, id, 0);
        }
        access_index_remove(&access->accounts, &before->by_id);
        access_index_remove(&access->logins, &before->by_login);
        free(before);
    }
    access_index_add(&access->accounts, &account->by_id, access_index_hash(id));
    access_index_add(&access->logins, &account->by_login, span_hash(account->login));
    return true;
}

size_t access_account_count(const access_t *access)
{
    return access->accounts.count;
}

bool access_login(const access_t *access, span_t login, int64_t *account, span_t *password_hash)
{
    *account = 0;
    *password_hash = SPAN_NONE;
    index_link_t *link = access_index_first(&access->logins, span_hash(login));
    for (; link != NULL; link = access_index_next(link)) {
        const account_t *found = INDEX_OF(link, account_t, by_login);
        if (found->active && span_equal(found->login, login)) {
            *account = found->id;
            *password_hash = found->password_hash;
            return true;
        }
    }
    return false;
}

bool access_account(const access_t *access, int64_t id, span_t *login, span_t *password_hash)
{
    const account_t *account = account_of(access, id);
    *login = account == NULL ? SPAN_NONE : account->login;
    *password_hash = account == NULL ? SPAN_NONE : account->password_hash;
    return account != NULL;
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static token_t *token_of(const access_t *access, int64_t id)
{
    index_link_t *link = access_index_first(&access->tokens, access_index_hash(id));
    while (link != NULL && INDEX_OF(link, token_t, by_id)->id != id) {
        link = access_index_next(link);
    }
    return link == NULL ? NULL : INDEX_OF(link, token_t, by_id);
}

static void forget(access_t *access, token_t *token)
{
    access_index_remove(&access->tokens, &token->by_id);
    access_index_remove(&access->digests, &token->by_digest);
    free(token);
}

static bool has_ended(const token_t *token, int64_t now)
{
    return now >= token->ends || (!token->by_program && now - token->used >= ACCESS_IDLE_MS);
}

typedef struct {
    int64_t now, account, but;
} parting_t;

static bool has_ended_by(const token_t *token, const parting_t *parting)
{
    return has_ended(token, parting->now);
}

static bool is_of(const token_t *token, const parting_t *parting)
{
    return token->account == parting->account && token->id != parting->but;
}

static void forget_if(access_t *access, bool (*parts)(const token_t *, const parting_t *),
                      const parting_t *parting)
{
    for (size_t i = 0; i < access->tokens.cap; i++) {
        for (index_link_t *link = access->tokens.at[i], *next = NULL; link != NULL; link = next) {
            next = link->next;
            token_t *token = INDEX_OF(link, token_t, by_id);
            if (parts(token, parting)) {
                forget(access, token);
            }
        }
    }
}

/* So that sessions which nobody comes back to do not pile up. */
static void sweep(access_t *access, int64_t now)
{
    if (access->tokens.count >= access->sweep_at) {
        forget_if(access, has_ended_by, &(parting_t){.now = now});
        access->sweep_at = 2 * access->tokens.count + 64;
    }
}

void access_drop_tokens(access_t *access, int64_t account, int64_t but)
{
    forget_if(access, is_of, &(parting_t){.account = account, .but = but});
}

/* A bit per name; false when one is no permission. */
static bool scopes_read(span_t names, uint64_t scopes[4], span_t *unknown)
{
    size_t count = 0;
    const access_permission_t *all = access_permissions(&count);
    bool any = false;
    span_t name;
    while (span_cut(&names, ' ', &name)) {
        if (name.len == 0) {
            continue;
        }
        const access_permission_t *permission = access_permission(name);
        if (permission == NULL) {
            *unknown = name;
            return false;
        }
        size_t bit = (size_t)(permission - all);
        scopes[bit / 64] |= UINT64_C(1) << bit % 64;
        any = true;
    }
    for (size_t i = 0; !any && i < 4; i++) {
        scopes[i] = UINT64_MAX;
    }
    return true;
}

/* The instant of the monotonic clock that a moment of the wall clock is now. Only here are the two
 * compared. A session cannot outlast its longest life, whatever either clock said when it began. */
static int64_t end_of(const access_t *access, int64_t now, int64_t expires_at, bool by_program)
{
    int64_t wall = access->clock->wall(access->clock);
    int64_t longest = by_program ? INT64_MAX - now : ACCESS_SESSION_MS;
    int64_t left = wall >= 0 && expires_at > wall ? expires_at - wall : 0;
    return now + (left < longest ? left : longest);
}

bool access_put_token(access_t *access, int64_t id, int64_t account, span_t digest, span_t scopes,
                      bool by_program, int64_t expires_at, span_t *unknown)
{
    int64_t now = access_now(access);
    *unknown = SPAN_NONE;
    token_t made = {.id = id, .account = account, .used = now, .by_program = by_program};
    if (!scopes_read(scopes, made.scopes, unknown)) {
        return false;
    }
    sweep(access, now);
    if (digest.len != DIGEST) { /* no token has such a one */
        access_drop_token(access, id);
        return true;
    }
    token_t *token = malloc(sizeof *token);
    if (token == NULL || !access_index_reserve(&access->tokens) ||
        !access_index_reserve(&access->digests)) {
        free(token);
        return false;
    }
    access_drop_token(access, id);
    *token = made;
    token->ends = end_of(access, now, expires_at, by_program);
    memcpy(token->digest, digest.at, DIGEST);
    access_index_add(&access->tokens, &token->by_id, access_index_hash(id));
    access_index_add(&access->digests, &token->by_digest, span_hash(digest));
    return true;
}

void access_drop_token(access_t *access, int64_t id)
{
    token_t *token = token_of(access, id);
    if (token != NULL) {
        forget(access, token);
    }
}

/* In a time that does not tell how much was alike. */
static bool same_digest(const char *a, const char *b)
{
    volatile unsigned char different = 0;
    for (size_t i = 0; i < DIGEST; i++) {
        different = different | (unsigned char)(a[i] ^ b[i]);
    }
    return different == 0;
}

static token_t *token_by_digest(const access_t *access, span_t digest)
{
    if (digest.len != DIGEST) {
        return NULL;
    }
    index_link_t *link = access_index_first(&access->digests, span_hash(digest));
    while (link != NULL && !same_digest(INDEX_OF(link, token_t, by_digest)->digest, digest.at)) {
        link = access_index_next(link);
    }
    return link == NULL ? NULL : INDEX_OF(link, token_t, by_digest);
}

bool access_known(access_t *access, span_t digest, access_who_t *who)
{
    *who = (access_who_t){.role = ACCESS_RESIDENT};
    int64_t now = access_now(access);
    token_t *token = token_by_digest(access, digest);
    if (token == NULL) {
        return false;
    }
    if (has_ended(token, now)) {
        forget(access, token);
        return false;
    }
    const account_t *account = account_of(access, token->account);
    if (account == NULL || !account->active) {
        return false;
    }
    token->used = now;
    *who = (access_who_t){account->id,   token->id,         account->provider,
                          account->role, token->by_program, {0}};
    memcpy(who->scopes, token->scopes, sizeof who->scopes);
    return true;
}

/* ---- passwords ------------------------------------------------------------------------------- */

bool access_password_will_do(span_t password, span_t login)
{
    size_t characters = 0;
    for (size_t i = 0; i < password.len; i++) {
        characters += ((unsigned char)password.at[i] & 0xc0) != 0x80;
    }
    return characters >= ACCESS_PASSWORD_MIN && password.len <= ACCESS_PASSWORD_BYTES &&
           !span_equal_nocase(password, login);
}
