/* What a desk keeps in memory of its record: accounts, tokens, what is taken of the pools, how many
 * wait. */
#include "desk/inside.h"

#include "base/log.h"

#include <stdio.h>

/* What was printed stands in logs for years. */
#define CODE_MS INT64_C(86400000)

bool desk_learn(desk_t *desk, const ipus_row_t *row)
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
    desk_t *desk;
    int64_t now;
    bool failed;
} loading_t;

static bool learn_row(void *of, const ipus_row_t *row)
{
    loading_t *loading = of;
    loading->failed = !desk_learn(loading->desk, row);
    return !loading->failed;
}

static bool learn_pool(void *of, const store_pool_t *pool)
{
    loading_t *loading = of;
    loading->failed = !desk_pools_put(loading->desk->pools, pool);
    return !loading->failed;
}

static bool learn_queue(void *of, const store_queue_t *queue)
{
    loading_t *loading = of;
    loading->failed = !desk_queues_put(loading->desk->queues, queue);
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
    if (code == IPUS_FINE && !loading->failed) {
        code = store_queues(record, learn_queue, loading);
    }
    return code == IPUS_FINE && !loading->failed;
}

bool desk_learn_all(desk_t *desk)
{
    loading_t loading = {.work = {.run = load}, .desk = desk};
    return store_run(desk->store, &loading.work, false) == STORE_DONE;
}

/* ---- the first account ------------------------------------------------------------------------
 */

bool desk_is_first_code(const desk_t *desk, span_t code, int64_t now)
{
    unsigned differs = desk->code[0] == '\0' || code.len != DESK_CODE_LEN;
    differs |= now > desk->code_until;
    for (size_t i = 0; i < DESK_CODE_LEN; i++) {
        differs |= (unsigned char)desk->code[i] ^ (unsigned char)(i < code.len ? code.at[i] : 0);
    }
    return differs == 0;
}

void desk_offer_code(desk_t *desk)
{
    if (access_account_count(desk->access) > 0) {
        return;
    }
    vault_code(desk->code, DESK_CODE_LEN);
    desk->code[DESK_CODE_LEN] = '\0';
    desk->code_until = desk->set->clock->wall(desk->set->clock) + CODE_MS;
    fprintf(
        stderr,
        desk->set->options.polish
            ? "%.*s: nie ma jeszcze żadnego konta. Kod do założenia pierwszego, ważny dobę: %s "
              "(POST /v1/%.*s/first)\n"
            : "%.*s: there is no account yet. The code to make the first one, good for a day: %s "
              "(POST /v1/%.*s/first)\n",
        SPAN_ARGS(desk->id), desk->code, SPAN_ARGS(desk->id));
}
