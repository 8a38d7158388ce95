/* How often passwords may be tried and the public asked. */
#include "access/inside.h"

#include <arpa/inet.h>

_Static_assert(ACCESS_NETWORK == INET6_ADDRSTRLEN, "room for an address");

span_t access_network(span_t address, char network[static ACCESS_NETWORK])
{
    struct in6_addr bytes;
    if (address.len >= INET6_ADDRSTRLEN) {
        return address;
    }
    memcpy(network, address.len > 0 ? address.at : "", address.len);
    network[address.len] = '\0';
    if (inet_pton(AF_INET6, network, &bytes) != 1) {
        return address;
    }
    size_t len = 8;
    if (IN6_IS_ADDR_V4MAPPED(&bytes)) {
        len = sizeof bytes;
    }
    memcpy(network, bytes.s6_addr, len);
    return (span_t){network, len};
}

/* How long a name still waits. Failures older than the wait itself are no row of failures. */
static int64_t wait_of(const rates_t *rates, span_t name, unsigned limit, int64_t now)
{
    const rate_t *rate = access_rates_find(rates, name);
    if (rate == NULL || rate->tries < limit || now - rate->at >= ACCESS_LOCK_MS) {
        return 0;
    }
    return rate->at + ACCESS_LOCK_MS - now;
}

/* Counted as failed until it is known better: tries that run at once are as many. */
static void count(rates_t *rates, span_t name, int64_t now)
{
    rate_t *rate = access_rates_take(rates, name);
    if (rate->tries == 0 || now - rate->at >= ACCESS_LOCK_MS) {
        rate->tries = 0;
        rate->at = now;
    }
    rate->tries++;
}

bool access_may_try(access_t *access, span_t login, span_t address, int64_t *wait_ms)
{
    char network[ACCESS_NETWORK];
    span_t who = access_network(address, network);
    int64_t now = access_now(access);
    int64_t of_login = wait_of(&access->tried_logins, login, ACCESS_TRIES, now);
    int64_t of_address = wait_of(&access->tried_addresses, who, ACCESS_ADDRESS_TRIES, now);
    *wait_ms = of_login > of_address ? of_login : of_address;
    if (*wait_ms > 0) {
        return false;
    }
    count(&access->tried_logins, login, now);
    count(&access->tried_addresses, who, now);
    return true;
}

void access_tried(access_t *access, span_t login, span_t address, bool succeeded)
{
    char network[ACCESS_NETWORK];
    int64_t now = access_now(access);
    rate_t *of_login = access_rates_find(&access->tried_logins, login);
    rate_t *of_address =
        access_rates_find(&access->tried_addresses, access_network(address, network));
    if (of_login != NULL) {
        of_login->tries = succeeded ? 0 : of_login->tries;
        of_login->at = now;
    }
    if (of_address != NULL && !succeeded) {
        of_address->at = now;
    } else if (of_address != NULL && of_address->tries > 0) {
        /* Only this try is taken back: one good account does not pay for trying others. */
        of_address->tries--;
    }
}

bool access_may_ask(access_t *access, const char *what, span_t address, unsigned burst,
                    unsigned per_minute, int64_t *wait_ms)
{
    char network[ACCESS_NETWORK], name[RATE_NAME_MAX];
    span_t who = access_network(address, network);
    size_t len = strnlen(what, sizeof name / 3) + 1;
    memcpy(name, what, len - 1);
    name[len - 1] = '\0';
    size_t rest = who.len < sizeof name - len ? who.len : sizeof name - len;
    memcpy(name + len, who.at, rest);

    /* `at` is when all that was asked for so far would be used up at the average. */
    rate_t *rate = access_rates_take(&access->asked, (span_t){name, len + rest});
    int64_t now = access_now(access), each = 60000 / per_minute;
    int64_t at = rate->at > now ? rate->at : now;
    int64_t early = at - now - (int64_t)(burst - 1) * each;
    *wait_ms = early > 0 ? early : 0;
    if (early <= 0) {
        rate->at = at + each;
    }
    return early <= 0;
}
