/* One move of a walk: a step of the engine, the next day, the end of everything. */
#include "walk.h"

#include "ipus/states.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- the table of steps ---------------------------------------------------------------------- */

static uint64_t taken[IPUS_KIND_COUNT][64]; /* by step: bits of the states it was taken from */

static size_t step_place(ipus_kind_t kind, const ipus_step_t *step)
{
    size_t count = 0;
    return (size_t)(step - ipus_steps(kind, &count));
}

bool walk_took(ipus_kind_t kind, size_t place, int state)
{
    return (taken[kind][place] >> state & 1u) != 0;
}

/* ---- one step -------------------------------------------------------------------------------- */

date_t walk_today(const walk_t *walk)
{
    return date_add(walk->first, walk->day == 0 ? 0 : walk->scene->days[walk->day - 1]);
}

static void give(walk_t *walk, ipus_row_t *row, const give_t *it)
{
    const ipus_field_t *field = &ipus_kind(row->kind)->fields[it->field];
    switch (it->how) {
    case GIVE_NUMBER:
        ipus_set(row, it->field, it->number);
        break;
    case GIVE_TEXT:
        ipus_set_text(row, it->field, span_of(it->text));
        break;
    case GIVE_TODAY:
        ipus_set_date(row, it->field, walk_today(walk));
        break;
    case GIVE_DAY:
        ipus_set_date(row, it->field, date_add(walk->first, (int32_t)it->number));
        break;
    case GIVE_LAST:
        ipus_set(row, it->field, memory_count(walk->memory, (ipus_kind_t)it->number));
        break;
    case GIVE_UNITS:
        if (field->type == IPUS_SERVICE) {
            ipus_set_text(row, it->field, walk->service->id);
        } else if (field->type == IPUS_PROVIDER_TYPE) {
            ipus_set_text(row, it->field, walk->programme->providers.at[0].id);
        } else {
            ipus_set(row, it->field, it->number * walk->unit);
        }
        break;
    case GIVE_END:
        break;
    }
}

/* A fifth of ten złoty a unit, by what is settled. */
static void decide(walk_t *walk, ipus_verdict_t *verdict, const ipus_command_t *command)
{
    int64_t quantity = walk->unit;
    if (command->kind == IPUS_ORDER) {
        quantity = command->id == 0 ? ipus_number(&command->given, ORDER_QUANTITY)
                   : ipus_has(&command->given, ORDER_DELIVERED)
                       ? ipus_number(&command->given, ORDER_DELIVERED)
                       : walk_number(walk, IPUS_ORDER, ORDER_DELIVERED);
    }
    *verdict = (ipus_verdict_t){.facts = walk_number(walk, IPUS_PERSON, PERSON_FACTS),
                                .yes = true,
                                .quantity = quantity,
                                .price = 1000,
                                .value = 1000 * quantity / walk->unit,
                                .before_relief = 100 * quantity / walk->unit,
                                .fee = 100 * quantity / walk->unit,
                                .rules = SPAN("0123456789abcdef"),
                                .facts_json = SPAN("{}"),
                                .trace_json = SPAN("[]")};
}

int64_t walk_state(walk_t *walk, ipus_kind_t kind, int64_t id)
{
    ipus_row_t row;
    int field = ipus_kind(kind)->state;
    return field >= 0 && id != 0 && memory_row(walk->memory, kind, id, &row)
               ? ipus_number(&row, field)
               : -1;
}

ipus_actor_t walk_actor(const walk_t *walk)
{
    return (ipus_actor_t){.account = 2, .scope = IPUS_ANY, .may_override = !walk->scene->plain};
}

bool walk_run(walk_t *walk, ipus_kind_t kind, const char *name, int64_t id, const give_t *gives,
              bool alone)
{
    ipus_verdict_t verdict;
    ipus_command_t command = {.kind = kind,
                              .step = ipus_step_named(kind, span_of(name)),
                              .id = id,
                              .given = {.kind = kind},
                              .actor = walk_actor(walk),
                              .why = walk->scene->plain ? SPAN_NONE : SPAN("so it is"),
                              .today = walk_today(walk),
                              .now = (int64_t)walk_today(walk).days * 86400000,
                              .programme = walk->programme};
    if (command.step == NULL) {
        fprintf(stderr, "there is no step %s\n", name);
        exit(1);
    }
    for (; gives != NULL && gives->how != GIVE_END; gives++) {
        give(walk, &command.given, gives);
    }
    if (command.step->decides) {
        decide(walk, &verdict, &command);
        command.verdict = &verdict;
    }
    int64_t before = walk_state(walk, kind, id);
    bool done = alone ? memory_run(walk->memory, &command, &walk->answer)
                      : ipus_run(&command, memory_record(walk->memory), &walk->answer);
    if (!done && !walk->answer.refused) {
        fprintf(stderr, "%s: the record broke\n", name);
        exit(1);
    }
    walk->said[0] = '\0';
    if (done) {
        taken[kind][step_place(kind, command.step)] |= before < 0 ? 1u : UINT64_C(1) << before;
    } else {
        buf_t text = {0};
        ipus_refusal_text(&text, &walk->answer.refusal, LANG_EN);
        (void)snprintf(walk->said, sizeof walk->said, "%.*s", SPAN_ARGS(buf_span(&text)));
        buf_free(&text);
    }
    return done;
}

int64_t walk_do(walk_t *walk, ipus_kind_t kind, const char *step, int64_t id, const give_t *gives)
{
    return walk_run(walk, kind, step, id, gives, true) ? walk->answer.row.id : 0;
}

int64_t walk_number(walk_t *walk, ipus_kind_t kind, int field)
{
    ipus_row_t row;
    int64_t last = memory_count(walk->memory, kind);
    return last > 0 && memory_row(walk->memory, kind, last, &row) ? ipus_number(&row, field) : 0;
}

bool walk_any(walk_t *walk, ipus_kind_t kind, int64_t state)
{
    ipus_row_t row;
    for (int64_t id = 1; id <= memory_count(walk->memory, kind); id++) {
        if (memory_row(walk->memory, kind, id, &row) &&
            ipus_number(&row, ipus_kind(kind)->state) == state) {
            return true;
        }
    }
    return false;
}

/* The next day, with what the server does of itself on it. */
bool walk_next_day(walk_t *walk)
{
    if (walk->day == walk->scene->day_count) {
        return false;
    }
    walk->day++;
    const ipus_command_t command = {.actor = {.host = true},
                                    .today = walk_today(walk),
                                    .now = (int64_t)walk_today(walk).days * 86400000,
                                    .programme = walk->programme};
    for (bool done = false; !done;) {
        if (!ipus_daily(&command, memory_record(walk->memory), &done, &walk->answer)) {
            fprintf(stderr, "the daily work was refused\n");
            exit(1);
        }
    }
    return true;
}

/* A step that is refused leaves nothing behind. */
static bool run_or_back(walk_t *walk, ipus_kind_t kind, const char *step, int64_t id,
                        const give_t *gives)
{
    memory_mark_t mark = memory_mark(walk->memory);
    bool done = walk_run(walk, kind, step, id, gives, false);
    if (!done) {
        memory_back(walk->memory, mark);
    }
    return done;
}

bool walk_end_all(walk_t *walk)
{
    static const give_t why[] = {{GIVE_TEXT, PLAN_REASON, 0, "so it is"}, {GIVE_END, 0, 0, NULL}};
    for (int64_t id = memory_count(walk->memory, IPUS_PLAN); id > 0; id--) {
        (void)run_or_back(walk, IPUS_PLAN, "terminate", id, why);
    }
    return (run_or_back(walk, IPUS_APPLICATION, "close", 1, NULL) ||
            run_or_back(walk, IPUS_APPLICATION, "withdraw", 1, NULL)) &&
           run_or_back(walk, IPUS_PERSON, "erase", 1, NULL);
}
