/* The office before anybody comes: its accounts, its providers, what they offer, what there is to
 * sit on and to lend; and what it does on its own, by its rhythms. */
#include "life/inside.h"

#include <stdio.h>

#define ITEMS 12
#define GROUP_DAYS 120

const registry_limit_t *life_limit_of(const registry_service_t *service, date_t on,
                                      registry_limit_kind_t kind)
{
    const registry_row_t *row = registry_row_on(service->limits, on);
    for (size_t i = 0; row != NULL && i < row->value.count; i++) {
        if (row->value.limits[i].kind == kind) {
            return &row->value.limits[i];
        }
    }
    return NULL;
}

/* ---- accounts -------------------------------------------------------------------------------- */

static int64_t account_made(life_t *life, int role, int number, int64_t provider)
{
    ipus_row_t given = {.kind = IPUS_ACCOUNT};
    span_t name = ipus_choice(ipus_kind(IPUS_ACCOUNT)->fields[ACCOUNT_ROLE].choices, role);
    somebody_t body;
    char login[40], full[120];
    life_somebody_named(life, life_chance(life, 60), &body);
    snprintf(login, sizeof login, "%.*s-%d", SPAN_ARGS(name), number);
    snprintf(full, sizeof full, "%s %s", body.given.at, body.family.at);
    ipus_set_text(&given, ACCOUNT_LOGIN, span_of(login));
    ipus_set_text(&given, ACCOUNT_NAME, span_of(full));
    ipus_set(&given, ACCOUNT_ROLE, role);
    if (provider != 0) {
        ipus_set(&given, ACCOUNT_PROVIDER, provider);
    }
    return life_make(life, &given);
}

static void accounts_made(life_t *life)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (role != ROLE_PERFORMER) {
            life->accounts[role] = account_made(life, role, 1, 0);
        }
    }
    life->coordinators[0] = life->accounts[ROLE_COORDINATOR];
    for (int i = 1; i < COORDINATORS; i++) {
        life->coordinators[i] = account_made(life, ROLE_COORDINATOR, i + 1, 0);
    }
}

/* ---- providers ------------------------------------------------------------------------------- */

static bool delivers(const registry_service_t *service, const registry_term_t *type)
{
    for (size_t i = 0; i < service->provider_count; i++) {
        if (service->providers[i] == type) {
            return true;
        }
    }
    return false;
}

int64_t life_performer_for(life_t *life, const registry_service_t *service)
{
    size_t first = (size_t)life_draw(life, life->performer_count);
    for (size_t i = 0; i < life->performer_count; i++) {
        const performer_t *performer = &life->performers[(first + i) % life->performer_count];
        if (service->provider_count == 0 ||
            delivers(service, &life->programme->providers.at[performer->type])) {
            return performer->id;
        }
    }
    return life->performer_count > 0 ? life->performers[0].id : 0;
}

static void agreement_made(life_t *life, int64_t provider, span_t services, int64_t number)
{
    ipus_row_t given = {.kind = IPUS_AGREEMENT};
    char text[60];
    date_t ends = date_add_months(life->today, 12);
    snprintf(text, sizeof text, "POKAZ/%lld", (long long)number);
    ipus_set(&given, AGREEMENT_PROVIDER, provider);
    ipus_set(&given, AGREEMENT_MODE, (int64_t)life_draw(life, 5));
    ipus_set_text(&given, AGREEMENT_NUMBER, span_of(text));
    ipus_set_text(&given, AGREEMENT_MADE_AT_PLACE, life->programme->municipality);
    ipus_set_date(&given, AGREEMENT_MADE_ON, life->today);
    ipus_set_date(&given, AGREEMENT_BEGINS, life->today);
    ipus_set_date(&given, AGREEMENT_ENDS, ends);
    ipus_set(&given, AGREEMENT_AMOUNT, life_draw_between(life, 100, 900) * 10000);
    if (services.len > 0) {
        ipus_set_text(&given, AGREEMENT_SERVICES, services);
    }
    int64_t id = life_make(life, &given);
    if (id != 0 && life_chance(life, 90)) {
        (void)life_plainly(life, IPUS_AGREEMENT, id, "sign");
    }
}

static void offer_made(life_t *life, int64_t provider, const registry_service_t *service)
{
    ipus_row_t given = {.kind = IPUS_OFFER};
    ipus_set(&given, OFFER_PROVIDER, provider);
    ipus_set_text(&given, OFFER_SERVICE, service->id);
    ipus_set(&given, OFFER_CAPACITY, life_draw_between(life, 2, 20) * 1000);
    ipus_set(&given, OFFER_PER, 1);
    ipus_set_date(&given, OFFER_BEGINS, life->today);
    (void)life_make(life, &given);
}

static void performer_made(life_t *life, size_t type)
{
    const registry_programme_t *programme = life->programme;
    ipus_row_t given = {.kind = IPUS_PROVIDER};
    somebody_t body;
    char name[160], leader[120];
    buf_t services = {0};
    life_somebody_named(life, life_chance(life, 50), &body);
    snprintf(name, sizeof name, "Wykonawca Pokazowy %zu", life->performer_count + 1);
    snprintf(leader, sizeof leader, "%s %s", body.given.at, body.family.at);
    ipus_set_text(&given, PROVIDER_NAME, span_of(name));
    ipus_set_text(&given, PROVIDER_TYPE, programme->providers.at[type].id);
    ipus_set_text(&given, PROVIDER_ADDRESS, SPAN("ul. Przykładowa 5"));
    ipus_set_text(&given, PROVIDER_LEADER, span_of(leader));
    ipus_set_date(&given, PROVIDER_SINCE, life->today);
    int64_t id = life_make(life, &given);
    for (size_t i = 0; i < programme->service_count && id != 0; i++) {
        const registry_service_t *service = &programme->services[i];
        if (delivers(service, &programme->providers.at[type]) &&
            registry_in_force(programme, service, life->today)) {
            offer_made(life, id, service);
            buf_add(&services, services.len > 0 ? SPAN(" ") : SPAN(""));
            buf_add(&services, service->id);
        }
    }
    if (id != 0) {
        agreement_made(life, id, buf_span(&services), (int64_t)life->performer_count + 1);
        life_as_role(life, ROLE_COUNT - 1);
        int number = (int)life->performer_count + 1;
        life->performers[life->performer_count++] =
            (performer_t){id, account_made(life, ROLE_PERFORMER, number, id), type};
        life_as_role(life, ROLE_ORGANISER);
    }
    life->failed = life->failed || services.failed;
    buf_free(&services);
}

/* ---- groups and things ----------------------------------------------------------------------- */

static void group_goes_on(life_t *life, const event_t *event)
{
    ipus_row_t group;
    if (!life_row_of(life, IPUS_GROUP, event->id, &group)) {
        return;
    }
    bool over = date_before(ipus_date(&group, GROUP_ENDS), life->today);
    int64_t state = ipus_number(&group, GROUP_STATE);
    life_as_role(life, ROLE_ORGANISER);
    if (over && state == GROUP_IS_RUNNING) {
        (void)life_plainly(life, IPUS_GROUP, event->id, "finish");
    } else if (over) {
        (void)life_plainly(life, IPUS_GROUP, event->id, "cancel");
    } else if (state == GROUP_IS_PLANNED &&
               ipus_number(&group, GROUP_TAKEN) >= ipus_number(&group, GROUP_LEAST)) {
        (void)life_plainly(life, IPUS_GROUP, event->id, "start");
    }
    if (!over) {
        life_soon(life, group_goes_on, event->id, 7, 21);
    }
}

typedef struct {
    date_t on;
    int64_t id;
} free_group_t;

static bool has_seat(void *of, const ipus_row_t *group)
{
    free_group_t *free = of;
    int64_t state = ipus_number(group, GROUP_STATE);
    bool meets =
        (state == GROUP_IS_PLANNED || state == GROUP_IS_RUNNING) &&
        ipus_number(group, GROUP_TAKEN) < ipus_number(group, GROUP_SEATS) &&
        date_within(free->on, ipus_date(group, GROUP_BEGINS), ipus_date(group, GROUP_ENDS));
    free->id = meets ? group->id : 0;
    return !meets;
}

int64_t life_group_for(life_t *life, const registry_service_t *service, date_t on)
{
    const registry_limit_t *seats = life_limit_of(service, on, LIMIT_SEATS);
    free_group_t free = {.on = on};
    ipus_query_t query = IPUS_QUERY(IPUS_GROUP);
    ipus_query_text(&query, GROUP_SERVICE, service->id);
    query.descending = true;
    query.limit = 8;
    if (seats == NULL || !life_rows_of(life, &query, has_seat, &free) || free.id != 0) {
        return free.id;
    }
    ipus_row_t given = {.kind = IPUS_GROUP};
    life_as_role(life, ROLE_ORGANISER);
    ipus_set_text(&given, GROUP_SERVICE, service->id);
    ipus_set_text(&given, GROUP_NAME, SPAN("Grupa pokazowa"));
    ipus_set(&given, GROUP_SEATS, seats->most);
    ipus_set_date(&given, GROUP_BEGINS, on);
    ipus_set_date(&given, GROUP_ENDS, date_add(on, GROUP_DAYS));
    int64_t id = life_make(life, &given);
    if (id != 0) {
        life_soon(life, group_goes_on, id, 7, 21);
    }
    return id;
}

static void items_made(life_t *life, const registry_service_t *service)
{
    for (int i = 0; i < ITEMS; i++) {
        char name[120], number[40];
        ipus_row_t given = {.kind = IPUS_ITEM};
        snprintf(name, sizeof name, "Rzecz pokazowa %d", i + 1);
        snprintf(number, sizeof number, "POKAZ-%lld", (long long)life->figures.last[IPUS_ITEM] + 1);
        ipus_set_text(&given, ITEM_SERVICE, service->id);
        ipus_set_text(&given, ITEM_NAME, span_of(name));
        ipus_set_text(&given, ITEM_NUMBER, span_of(number));
        (void)life_make(life, &given);
    }
}

/* A thing is looked after. */
static void item_repaired(life_t *life, const event_t *event)
{
    life_as_role(life, ROLE_ORGANISER);
    (void)life_plainly(life, IPUS_ITEM, event->id, "restore");
}

/* ---- rhythms --------------------------------------------------------------------------------- */

static void meets(life_t *life, int about)
{
    ipus_row_t given = {.kind = IPUS_MEETING};
    life_as_role(life, ROLE_ORGANISER);
    ipus_set(&given, MEETING_ABOUT, about);
    ipus_set_date(&given, MEETING_ON, life->today);
    ipus_set_text(&given, MEETING_CONCLUSIONS, life_sentence(life));
    (void)life_make(life, &given);
}

static void team_meets(life_t *life, const event_t *event)
{
    meets(life, 0);
    life_soon(life, team_meets, event->id,
              (int)life_term_of(life, TERM_MEETING_EVERY_MONTHS, 3) * 28,
              (int)life_term_of(life, TERM_MEETING_EVERY_MONTHS, 3) * 31);
}

static void director_is_told(life_t *life, const event_t *event)
{
    meets(life, 1);
    life_soon(life, director_is_told, event->id,
              (int)life_term_of(life, TERM_SUMMARY_EVERY_MONTHS, 6) * 28,
              (int)life_term_of(life, TERM_SUMMARY_EVERY_MONTHS, 6) * 31);
}

static void volunteer_made(life_t *life)
{
    ipus_row_t given = {.kind = IPUS_VOLUNTEER};
    somebody_t body;
    char name[120];
    life_somebody_named(life, life_chance(life, 60), &body);
    snprintf(name, sizeof name, "%s %s", body.given.at, body.family.at);
    ipus_set_text(&given, VOLUNTEER_NAME, span_of(name));
    ipus_set(&given, VOLUNTEER_ABOUT, life_chance(life, 40) ? 1 : 0);
    ipus_set_date(&given, VOLUNTEER_BEGINS, life->today);
    (void)life_make(life, &given);
}

/* What a month brings by itself. */
static void month_passes(life_t *life, const event_t *event)
{
    life_as_role(life, ROLE_ORGANISER);
    volunteer_made(life);
    int64_t item = life_draw_between(life, 1, life->figures.last[IPUS_ITEM]);
    if (life->figures.last[IPUS_ITEM] > 0 && life_plainly(life, IPUS_ITEM, item, "repair")) {
        life_soon(life, item_repaired, item, 5, 20);
    }
    life_soon(life, month_passes, event->id, 28, 31);
}

/* A year later they are made anew. */
static void agreements_end(life_t *life, const event_t *event)
{
    ipus_row_t row;
    life_as_role(life, ROLE_ORGANISER);
    for (size_t i = 0; i < life->performer_count; i++) {
        if (life_one_of(life, IPUS_AGREEMENT, AGREEMENT_PROVIDER, life->performers[i].id,
                        AGREEMENT_IS_SIGNED, true, &row)) {
            (void)life_plainly(life, IPUS_AGREEMENT, row.id, "end");
        }
        agreement_made(life, life->performers[i].id, SPAN_NONE,
                       life->figures.last[IPUS_AGREEMENT] + 1);
    }
    life_on_day(life, agreements_end, event->id, date_add_months(life->today, 12));
}

void life_office_made(life_t *life)
{
    const registry_programme_t *programme = life->programme;
    life->actor = (ipus_actor_t){.account = 0};
    accounts_made(life);
    life_as_role(life, ROLE_ORGANISER);
    for (size_t i = 0; i < programme->providers.count && i < PERFORMERS_MAX; i++) {
        performer_made(life, i);
    }
    for (size_t i = 0; i < programme->service_count; i++) {
        const registry_service_t *service = &programme->services[i];
        if (registry_in_force(programme, service, life->today) &&
            life_limit_of(service, life->today, LIMIT_LOAN) != NULL) {
            items_made(life, service);
        }
    }
    life_soon(life, team_meets, 0, 20, 40);
    life_soon(life, director_is_told, 0, 80, 100);
    life_soon(life, month_passes, 0, 5, 20);
    life_on_day(life, agreements_end, 0, date_add_months(life->today, 12));
}
