/* A desk: one programme's record open, its accounts in memory, its daily work. */
#include "office/inside.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>

#define SHUT_NS UINT64_C(10000000000) /* before a record is tried again */

static bool ask_folder(const office_t *office, span_t programme, bool (*asks)(const char *folder))
{
    buf_t folder = {0};
    buf_print(&folder, "%s/%.*s", office->options.data, SPAN_ARGS(programme));
    bool answer = buf_zero_terminated(&folder) != NULL && asks(folder.at);
    buf_free(&folder);
    return answer;
}

/* What was printed stands in logs for years. */
#define CODE_MS INT64_C(86400000)

bool office_desk_exists(const office_t *office, span_t programme)
{
    return ask_folder(office, programme, store_exists);
}

bool office_desk_held(const office_t *office, span_t programme)
{
    return ask_folder(office, programme, store_is_held);
}

/* Where a programme's desk is, or would stand. */
static size_t place_of(const office_t *office, span_t programme)
{
    size_t low = 0, high = office->desk_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (span_compare(office->desks[middle]->id, programme) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

office_desk_t *office_desk_open(const office_t *office, span_t programme)
{
    size_t place = place_of(office, programme);
    return place < office->desk_count && span_equal(office->desks[place]->id, programme)
               ? office->desks[place]
               : NULL;
}

/* ---- what is kept in memory ------------------------------------------------------------------ */

/* What tells how much is left of a programme's services: these alone are answered anew. */
static bool tells_left(void *context, span_t target)
{
    const office_desk_t *desk = context;
    if (!span_starts(target, SPAN("/v1/"))) {
        return target.len == 1 || target.at[1] == '?' ||
               span_starts(span_from(target, 1), desk->id);
    }
    target = span_from(target, 4);
    if (span_starts(target, SPAN("services"))) {
        return true;
    }
    if (!span_starts(target, desk->id)) {
        return false;
    }
    target = span_from(target, desk->id.len);
    return span_starts(target, SPAN("/services")) || span_starts(target, SPAN("/availability"));
}

static void on_pools(void *context, const store_pool_t *pools, size_t count)
{
    office_desk_t *desk = context;
    for (size_t i = 0; i < count; i++) {
        if (!office_pools_put(desk->pools, &pools[i])) {
            log_line(LOG_ERROR, "%.*s: out of memory for what is taken", SPAN_ARGS(desk->id));
        }
    }
    if (desk->office->http != NULL) {
        http_store_forget(desk->office->http, tells_left, desk);
        office_tell_pools(desk, pools, count);
    }
}

bool office_desk_learn(office_desk_t *desk, const ipus_row_t *row)
{
    if (row->kind == IPUS_ACCOUNT) {
        if (ipus_number(row, ACCOUNT_STATE) == 0) {
            desk->code[0] = '\0';
        }
        return access_put_account(
            desk->access, row->id, ipus_text(row, ACCOUNT_LOGIN), ipus_text(row, ACCOUNT_PASSWORD),
            (access_role_t)ipus_number(row, ACCOUNT_ROLE), ipus_number(row, ACCOUNT_PROVIDER),
            ipus_number(row, ACCOUNT_STATE) == 0);
    }
    if (ipus_number(row, TOKEN_STATE) != 0) {
        access_drop_token(desk->access, row->id);
        return true;
    }
    span_t unknown = SPAN_NONE;
    bool fine = access_put_token(desk->access, row->id, ipus_number(row, TOKEN_ACCOUNT),
                                 ipus_text(row, TOKEN_DIGEST), ipus_text(row, TOKEN_SCOPES),
                                 ipus_number(row, TOKEN_ABOUT) == 1,
                                 ipus_number(row, TOKEN_EXPIRES_AT), &unknown);
    if (!fine && unknown.len > 0) {
        log_line(LOG_WARNING, "%.*s: a token's scope is no permission any more, it is not let in",
                 SPAN_ARGS(desk->id));
        return true;
    }
    return fine;
}

typedef struct {
    store_work_t work;
    office_desk_t *desk;
    int64_t now;
    bool failed;
} loading_t;

static bool learn_row(void *of, const ipus_row_t *row)
{
    loading_t *loading = of;
    loading->failed = !office_desk_learn(loading->desk, row);
    return !loading->failed;
}

static bool learn_pool(void *of, const store_pool_t *pool)
{
    loading_t *loading = of;
    loading->failed = !office_pools_put(loading->desk->pools, pool);
    return !loading->failed;
}

static bool load(store_work_t *work, ipus_record_t *record)
{
    loading_t *loading = (loading_t *)work;
    ipus_query_t accounts = IPUS_QUERY(IPUS_ACCOUNT), tokens = IPUS_QUERY(IPUS_TOKEN);
    ipus_query_equal(&tokens, TOKEN_STATE, 0);
    ipus_code_t code = record->find(record->context, &accounts, learn_row, loading);
    if (code == IPUS_FINE && !loading->failed) {
        code = record->find(record->context, &tokens, learn_row, loading);
    }
    if (code == IPUS_FINE && !loading->failed) {
        code = store_pools(record, learn_pool, loading);
    }
    return code == IPUS_FINE && !loading->failed;
}

/* ---- opening and closing --------------------------------------------------------------------- */

static office_desk_t *desk_new(office_t *office, span_t programme)
{
    office_desk_t *desk = calloc(1, sizeof *desk);
    if (desk == NULL) {
        return NULL;
    }
    desk->office = office;
    char *id = span_copy(programme);
    desk->id = (span_t){id, programme.len};
    desk->access = access_new(office->clock);
    desk->pools = office_pools_new();
    if (id == NULL || desk->access == NULL || desk->pools == NULL) {
        office_desk_free(desk);
        return NULL;
    }
    return desk;
}

void office_desk_free(office_desk_t *desk)
{
    if (desk == NULL) {
        return;
    }
    access_free(desk->access);
    office_pools_free(desk->pools);
    free(desk->notes.at);
    free(desk->keeping.at);
    free((char *)desk->id.at);
    free((char *)desk->rules.at);
    free(desk);
}

static bool open_record(office_desk_t *desk, buf_t *why)
{
    office_t *office = desk->office;
    buf_t folder = {0};
    buf_print(&folder, "%s/%.*s", office->options.data, SPAN_ARGS(desk->id));
    store_options_t options = {.folder = buf_zero_terminated(&folder),
                               .programme = desk->id.at,
                               .vault = office->vault,
                               .clock = office->clock,
                               .alone = office->options.alone,
                               .on_pools = on_pools,
                               .context = desk};
    desk->store = options.folder == NULL
                      ? NULL
                      : store_open(office->loop, &options, office->options.polish, why);
    buf_free(&folder);
    return desk->store != NULL;
}

static bool keep_desk(office_t *office, office_desk_t *desk)
{
    if (office->desk_count == office->desk_cap) {
        size_t cap = office->desk_cap == 0 ? 16 : office->desk_cap * 2;
        office_desk_t **grown = realloc(office->desks, cap * sizeof(office_desk_t *));
        if (grown == NULL) {
            return false;
        }
        office->desks = grown;
        office->desk_cap = cap;
    }
    size_t place = place_of(office, desk->id);
    memmove(office->desks + place + 1, office->desks + place,
            (office->desk_count - place) * sizeof(office_desk_t *));
    office->desks[place] = desk;
    office->desk_count++;
    return true;
}

static void on_store_closed(void *context)
{
    office_t *office = context;
    office->stores_open--;
    office_settle(office);
}

void office_desk_close(office_desk_t *desk)
{
    if (desk->store != NULL) {
        store_t *store = desk->store;
        desk->store = NULL;
        store_close(store, on_store_closed, desk->office);
    }
}

/* Where there is no account a code lets the first one be made; it is told here alone. */
static void offer_code(office_desk_t *desk)
{
    if (access_account_count(desk->access) > 0) {
        return;
    }
    vault_code(desk->code, OFFICE_CODE_LEN);
    desk->code[OFFICE_CODE_LEN] = '\0';
    desk->code_until = desk->office->clock->wall(desk->office->clock) + CODE_MS;
    fprintf(
        stderr,
        desk->office->options.polish
            ? "%.*s: nie ma jeszcze żadnego konta. Kod do założenia pierwszego, ważny dobę: %s "
              "(POST /v1/%.*s/first)\n"
            : "%.*s: there is no account yet. The code to make the first one, good for a day: %s "
              "(POST /v1/%.*s/first)\n",
        SPAN_ARGS(desk->id), desk->code, SPAN_ARGS(desk->id));
}

office_shut_t *office_desk_shut(const office_t *office, span_t programme)
{
    for (size_t i = 0; i < office->shut_count; i++) {
        if (span_equal(span_of(office->shut[i].programme), programme)) {
            return &office->shut[i];
        }
    }
    return NULL;
}

static void shut(office_t *office, span_t programme)
{
    office_shut_t *known = office_desk_shut(office, programme);
    if (known == NULL) {
        office_shut_t *grown =
            realloc(office->shut, (office->shut_count + 1) * sizeof *office->shut);
        char *id = grown == NULL ? NULL : span_copy(programme);
        office->shut = grown == NULL ? office->shut : grown;
        if (id == NULL) {
            return;
        }
        known = &office->shut[office->shut_count++];
        known->programme = id;
    }
    known->again_at = office->clock->monotonic(office->clock) + SHUT_NS;
}

/* What was answered of its services without the record is answered anew. */
static void reopen(office_t *office, office_desk_t *desk)
{
    office_shut_t *known = office_desk_shut(office, desk->id);
    if (known != NULL) {
        free(known->programme);
        *known = office->shut[--office->shut_count];
        if (office->http != NULL) {
            http_store_forget(office->http, tells_left, desk);
        }
    }
}

static office_desk_t *open_desk(office_t *office, span_t programme, buf_t *why)
{
    office_desk_t *desk = desk_new(office, programme);
    if (desk == NULL || !open_record(desk, why)) {
        office_desk_free(desk);
        return NULL;
    }
    office->stores_open++;
    loading_t loading = {.work = {.run = load}, .desk = desk};
    if (store_run(desk->store, &loading.work, false) != STORE_DONE || !keep_desk(office, desk)) {
        store_t *store = desk->store;
        desk->store = NULL;
        store_close(store, on_store_closed, office);
        office_desk_free(desk);
        return NULL;
    }
    return desk;
}

office_desk_t *office_desk(office_t *office, span_t programme, buf_t *why)
{
    office_desk_t *desk = office_desk_open(office, programme);
    const office_shut_t *known = desk == NULL ? office_desk_shut(office, programme) : NULL;
    if (desk != NULL ||
        (known != NULL && office->clock->monotonic(office->clock) < known->again_at)) {
        return desk;
    }
    desk = open_desk(office, programme, why);
    if (desk == NULL) {
        shut(office, programme);
        return NULL;
    }
    reopen(office, desk);
    offer_code(desk);
    office_note_rules(desk);
    office_daily(desk);
    return desk;
}

/* ---- daily work ------------------------------------------------------------------------------ */

static bool run_daily(store_work_t *work, ipus_record_t *record)
{
    office_desk_t *desk = (office_desk_t *)((char *)work - offsetof(office_desk_t, daily_work));
    ipus_answer_t answer;
    desk->daily_done = false;
    return ipus_daily(&desk->daily, record, &desk->daily_done, &answer);
}

static void write_daily(office_desk_t *desk);

static void on_daily(store_work_t *work, store_result_t result)
{
    office_desk_t *desk = (office_desk_t *)((char *)work - offsetof(office_desk_t, daily_work));
    if (result == STORE_DONE && !desk->daily_done && desk->store != NULL) {
        store_write(desk->store, &desk->daily_work);
        return;
    }
    if (result != STORE_DONE) {
        log_line(LOG_WARNING, "%.*s: the daily work broke off, it is tried again later",
                 SPAN_ARGS(desk->id));
    }
    plugin_release(desk->daily_generation);
    desk->daily_generation = NULL;
    desk->daily_under_way = false;
    if (desk->daily_again && desk->store != NULL) {
        write_daily(desk);
    }
}

static void write_daily(office_desk_t *desk)
{
    const plugin_slot_t *slot = plugin_host_slot(desk->office->host, desk->id);
    desk->daily_again = false;
    if (slot == NULL || slot->serving == NULL) {
        return;
    }
    office_t *office = desk->office;
    desk->daily_generation = plugin_retain(slot->serving);
    const registry_programme_t *programme = plugin_programme(slot->serving);
    desk->daily = (ipus_command_t){.actor = {.host = true},
                                   .today = office_today(office, programme),
                                   .now = office->clock->wall(office->clock),
                                   .programme = programme};
    desk->daily_under_way = true;
    desk->daily_work = (store_work_t){.run = run_daily, .done = on_daily};
    store_write(desk->store, &desk->daily_work);
}

void office_daily(office_desk_t *desk)
{
    desk->daily_again = true;
    if (!desk->daily_under_way && desk->store != NULL) {
        write_daily(desk);
    }
}

/* ---- the rules' changes ---------------------------------------------------------------------- */

typedef struct {
    store_work_t work;
    int64_t now;
    span_t version;
} rules_work_t;

static bool run_rules(store_work_t *work, ipus_record_t *record)
{
    rules_work_t *rules = (rules_work_t *)work;
    return store_note_rules(record, rules->version, rules->now) == IPUS_FINE;
}

static void on_rules(store_work_t *work, store_result_t result)
{
    (void)result; /* a change that could not be noted is noted with the next */
    free(work);
}

void office_note_rules(office_desk_t *desk)
{
    const plugin_slot_t *slot = plugin_host_slot(desk->office->host, desk->id);
    if (desk->store == NULL || slot == NULL || slot->serving == NULL) {
        return;
    }
    span_t version = plugin_programme(slot->serving)->version;
    if (span_equal(version, desk->rules)) {
        return;
    }
    char *copy = span_copy(version);
    rules_work_t *rules = copy == NULL ? NULL : calloc(1, sizeof *rules + version.len);
    if (rules == NULL) {
        free(copy);
        return;
    }
    free((char *)desk->rules.at);
    desk->rules = (span_t){copy, version.len};
    char *kept = (char *)(rules + 1);
    memcpy(kept, version.at, version.len);
    *rules = (rules_work_t){.work = {.run = run_rules, .done = on_rules},
                            .now = desk->office->clock->wall(desk->office->clock),
                            .version = {kept, version.len}};
    store_write(desk->store, &rules->work);
}
