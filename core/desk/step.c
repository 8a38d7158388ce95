/* A step of the record: done once, however often the same key asks for it. */
#include "desk/inside.h"

#include <stdio.h>

static ipus_scope_t scope_of(access_reach_t reach)
{
    return reach == ACCESS_OWN ? IPUS_OWN : reach == ACCESS_ON_CASE ? IPUS_ON_CASE : IPUS_ANY;
}

void desk_step_begin(desk_step_t *step, const desk_asker_t *asker, ipus_kind_t kind,
                     const ipus_step_t *what, int64_t id)
{
    *step = (desk_step_t){0};
    step->command =
        (ipus_command_t){.kind = kind,
                         .step = what,
                         .id = id,
                         .given = {.kind = kind},
                         .actor = {.account = asker->who.account,
                                   .provider = asker->who.provider,
                                   .scope = asker->host ? IPUS_ANY : scope_of(asker->reach),
                                   .host = asker->host,
                                   .may_override = desk_may(asker, "override") != ACCESS_NEVER}};
}

/* ---- asking again ---------------------------------------------------------------------------- */

/* Of all that a stranger sends, so that only who sent just the same is told the answer. */
static bool take_strangers_key(desk_step_t *step, span_t key, span_t path, span_t body)
{
    char digest[VAULT_TOKEN_DIGEST];
    buf_t all = {0};
    buf_print(&all, "%zu %zu ", key.len, path.len);
    buf_add(&all, key);
    buf_add(&all, path);
    buf_add(&all, body);
    if (!all.failed) {
        vault_token_digest(buf_span(&all), digest);
        step->key = arena_copy(step->arena, span_of(digest));
    }
    vault_wipe(all.at, all.len);
    buf_free(&all);
    return step->key.at != NULL;
}

bool desk_step_take_key(desk_step_t *step, span_t key, span_t path, span_t body)
{
    step->request = span_hash(path) * 31 + span_hash(body);
    if (step->command.actor.account == 0) {
        return take_strangers_key(step, key, path, body);
    }
    step->key = arena_copy(step->arena, key);
    return step->key.at != NULL;
}

/* ---- the transaction ------------------------------------------------------------------------- */

static span_t keep(const desk_step_t *step, span_t text)
{
    return text.at == NULL ? SPAN_NONE : arena_copy(step->arena, text);
}

/* The record's texts end with the transaction. */
static void keep_answer(desk_step_t *step)
{
    ipus_answer_t *answer = &step->answer;
    for (int i = 0; i < IPUS_REFUSAL_ARGUMENTS; i++) {
        answer->refusal.arguments[i] = keep(step, answer->refusal.arguments[i]);
    }
    bool learns = answer->row.kind == IPUS_ACCOUNT || answer->row.kind == IPUS_TOKEN;
    const ipus_kind_spec_t *spec = ipus_kind(answer->row.kind);
    for (int i = 0; learns && i < spec->count; i++) {
        answer->row.at[i].text = keep(step, answer->row.at[i].text);
    }
}

static bool refuse_not_yours(desk_step_t *step)
{
    step->answer.refused = true;
    step->answer.refusal = (ipus_refusal_t){.code = IPUS_NOT_YOURS, .field = -1};
    return false;
}

/* Accounts and tokens are nobody's provider's: one's own are told here. */
static bool is_in_reach(desk_step_t *step, const desk_asker_t *asker, ipus_record_t *record)
{
    ipus_kind_t kind = step->command.kind;
    if (step->command.actor.host || asker->reach != ACCESS_OWN ||
        (kind != IPUS_ACCOUNT && kind != IPUS_TOKEN) || step->command.id == 0) {
        return true;
    }
    ipus_row_t row;
    if (record->get(record->context, kind, step->command.id, false, &row) != IPUS_FINE) {
        return refuse_not_yours(step);
    }
    int64_t account = kind == IPUS_ACCOUNT ? row.id : ipus_number(&row, TOKEN_ACCOUNT);
    step->command.actor.scope = IPUS_ANY;
    return account == asker->who.account || refuse_not_yours(step);
}

static bool run_anew(desk_step_t *step, const desk_asker_t *asker, ipus_record_t *record,
                     buf_t *out)
{
    bool fine = is_in_reach(step, asker, record) &&
                ipus_run(&step->command, record, &step->answer) &&
                (step->beside == NULL || step->beside(step, record));
    fine = fine && step->tell(step, record, out);
    if (fine && step->key.len > 0) {
        fine = !out->failed && store_remember(record, asker->who.account, step->key, step->request,
                                              step->command.now, step->command.id == 0 ? 201 : 200,
                                              buf_span(out)) == IPUS_FINE;
    }
    keep_answer(step);
    return fine && !out->failed;
}

bool desk_step_run(desk_step_t *step, const desk_asker_t *asker, ipus_record_t *record, buf_t *out)
{
    step->answer = (ipus_answer_t){.code = IPUS_FINE};
    step->replayed = step->key_reused = false;
    if (step->key.len > 0) {
        unsigned status = 0;
        span_t answer = SPAN_NONE;
        ipus_code_t code = store_replay(record, asker->who.account, step->key, step->request,
                                        step->command.now, &status, &answer);
        if (code == IPUS_FINE) {
            step->replayed = true;
            buf_add(out, answer);
            return !out->failed;
        }
        step->key_reused = code == IPUS_TWICE;
        if (code != IPUS_ABSENT) {
            return false;
        }
    }
    return run_anew(step, asker, record, out);
}

bool desk_step_learn(desk_t *desk, const desk_step_t *step)
{
    ipus_kind_t kind = step->command.kind;
    return step->replayed || (kind != IPUS_ACCOUNT && kind != IPUS_TOKEN) ||
           desk_learn(desk, &step->answer.row);
}

/* ---- which steps are open -------------------------------------------------------------------- */

bool desk_is_open(desk_sight_t *sight, const ipus_row_t *row, const ipus_step_t *step)
{
    enum { NAME_MAX = 80 };
    const desk_asker_t *asker = sight->asker;
    char permission[NAME_MAX];
    int len =
        snprintf(permission, sizeof permission, "%s.%s", ipus_kind(row->kind)->name, step->name);
    desk_asker_t doing = *asker;
    doing.reach =
        len > 0 && (size_t)len < sizeof permission ? desk_may(asker, permission) : ACCESS_NEVER;
    if (step->by_host || doing.reach == ACCESS_NEVER || row->kind == IPUS_DECISION) {
        return false;
    }
    desk_step_t asked;
    ipus_code_t code = IPUS_FINE;
    desk_step_begin(&asked, &doing, row->kind, step, row->id);
    asked.command.today = sight->today;
    asked.command.now = sight->now;
    asked.command.programme = sight->programme;
    if (row->kind == IPUS_ACCOUNT || row->kind == IPUS_TOKEN) {
        asked.command.actor.scope = IPUS_ANY;
    }
    bool open = ipus_step_is_open(&asked.command, sight->record, row, step, &code);
    sight->broken = sight->broken || code != IPUS_FINE;
    return open;
}

/* ---- revoking -------------------------------------------------------------------------------- */

typedef struct {
    const ipus_command_t *like;
    ipus_record_t *record;
    int64_t but;
    bool failed;
} revoking_t;

static bool revoke(void *of, const ipus_row_t *row)
{
    revoking_t *revoking = of;
    ipus_command_t command = *revoking->like;
    ipus_answer_t answer;
    if (row->id == revoking->but) {
        return true;
    }
    command.kind = IPUS_TOKEN;
    command.step = ipus_step_named(IPUS_TOKEN, SPAN("revoke"));
    command.id = row->id;
    command.version = 0;
    command.given = (ipus_row_t){.kind = IPUS_TOKEN};
    revoking->failed = !ipus_run(&command, revoking->record, &answer);
    return !revoking->failed;
}

bool desk_revoke(const ipus_command_t *command, ipus_record_t *record, int64_t account, int64_t but)
{
    revoking_t revoking = {command, record, but, false};
    ipus_query_t query = IPUS_QUERY(IPUS_TOKEN);
    ipus_query_equal(&query, TOKEN_ACCOUNT, account);
    ipus_query_equal(&query, TOKEN_STATE, 0);
    return record->find(record->context, &query, revoke, &revoking) == IPUS_FINE &&
           !revoking.failed;
}
