/* Over the three programmes: walk [--all] [--breaks]. What is told: the states and edges, each step
 * of the tables that was taken or, with the reason, was not, and the shortest path to a fault. */
#include "walk.h"

#include "ipus/states.h"
#include "plugin/plugin.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { STATES_MOST = 200000, PATH_MOST = 64, ROWS_MOST = 12 };

/* A state, by what conditions read of it, and how it was first come to. */
typedef struct {
    uint64_t key;
    int32_t parent, move, target, depth;
    bool right, over, erased, holds, can_right, can_erase;
} state_t;

typedef struct {
    int32_t from, to;
} edge_t;

typedef struct {
    walk_t walk;
    const break_t *broken;
    state_t *states;
    int32_t *slots; /* by key: index + 1 */
    edge_t *edges;
    size_t count, edge_count, edge_cap;
    buf_t fault;
} search_t;

#define SLOTS (1u << 20)

/* ---- the table of steps ---------------------------------------------------------------------- */

static uint64_t taken[IPUS_KIND_COUNT][64]; /* by step: bits of the states it was taken from */

static size_t step_place(ipus_kind_t kind, const ipus_step_t *step)
{
    size_t count = 0;
    return (size_t)(step - ipus_steps(kind, &count));
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
        quantity = ipus_has(&command->given, ORDER_DELIVERED)
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

static int64_t state_of(walk_t *walk, ipus_kind_t kind, int64_t id)
{
    ipus_row_t row;
    int field = ipus_kind(kind)->state;
    return field >= 0 && id != 0 && memory_row(walk->memory, kind, id, &row)
               ? ipus_number(&row, field)
               : -1;
}

static bool run(walk_t *walk, ipus_kind_t kind, const char *name, int64_t id, const give_t *gives,
                bool alone)
{
    ipus_verdict_t verdict;
    ipus_command_t command = {.kind = kind,
                              .step = ipus_step_named(kind, span_of(name)),
                              .id = id,
                              .given = {.kind = kind},
                              .actor = {.account = 2, .scope = IPUS_ANY, .may_override = true},
                              .why = SPAN("so it is"),
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
    int64_t before = state_of(walk, kind, id);
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
    return run(walk, kind, step, id, gives, true) ? walk->answer.row.id : 0;
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
static bool next_day(walk_t *walk)
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
    bool done = run(walk, kind, step, id, gives, false);
    if (!done) {
        memory_back(walk->memory, mark);
    }
    return done;
}

static bool end_all(walk_t *walk)
{
    static const give_t why[] = {{GIVE_TEXT, PLAN_REASON, 0, "so it is"}, {GIVE_END, 0, 0, NULL}};
    for (int64_t id = memory_count(walk->memory, IPUS_PLAN); id > 0; id--) {
        (void)run_or_back(walk, IPUS_PLAN, "terminate", id, why);
    }
    return (run_or_back(walk, IPUS_APPLICATION, "close", 1, NULL) ||
            run_or_back(walk, IPUS_APPLICATION, "withdraw", 1, NULL)) &&
           run_or_back(walk, IPUS_PERSON, "erase", 1, NULL);
}

/* Without a verdict nothing is decided; closed ways are not gone. */
static bool is_closed(const search_t *search, const move_t *move, int64_t state)
{
    const break_t *broken = search->broken;
    char name[64];
    if (move->kind == IPUS_KIND_COUNT || broken == NULL) {
        return false;
    }
    (void)snprintf(name, sizeof name, "%s.%s", ipus_kind(move->kind)->name, move->step);
    for (int i = 0; i < CLOSED_MAX && broken->closed[i] != NULL; i++) {
        if (strcmp(broken->closed[i], name) == 0 && (broken->from < 0 || broken->from == state)) {
            return true;
        }
    }
    return false;
}

/* More of the same leads nowhere else: where a step makes rows of itself, two are enough. */
static bool is_enough(walk_t *walk)
{
    return memory_count(walk->memory, IPUS_REFUSAL) > 2 ||
           memory_count(walk->memory, IPUS_CORRECTION) > 2 ||
           memory_count(walk->memory, IPUS_PLAN) > 3 ||
           walk_number(walk, IPUS_ORDER, ORDER_EXTENSIONS) > 2;
}

static bool try_move(search_t *search, const move_t *move, int64_t target)
{
    walk_t *walk = &search->walk;
    if (move->kind == IPUS_KIND_COUNT) {
        return strcmp(move->step, "end") == 0 ? end_all(walk) : next_day(walk);
    }
    int64_t before = state_of(walk, move->kind, target);
    if (is_closed(search, move, before) ||
        (target == 0 && memory_count(walk->memory, move->kind) >= move->most) ||
        !run(walk, move->kind, move->step, target, move->gives, false)) {
        return false;
    }
    ipus_row_t charge;
    int64_t last = memory_count(walk->memory, IPUS_CHARGE);
    if (search->broken != NULL && search->broken->paid && last > 0 &&
        memory_row(walk->memory, IPUS_CHARGE, last, &charge)) {
        int64_t state = ipus_number(&charge, CHARGE_STATE);
        if (state == CHARGE_IS_WAIVED || state == CHARGE_IS_EXEMPT) {
            ipus_record_t *record = memory_record(walk->memory);
            ipus_set(&charge, CHARGE_STATE, CHARGE_IS_PAID);
            (void)record->set(record->context, &charge, 0);
        }
    }
    return true;
}

/* ---- states ---------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0xff51afd7ed558ccd);
    return hash ^ hash >> 29;
}

/* Days as seen from today, where something is still to come of them; those on which something
 * happened by their presence; texts and counters that only grow not at all. */
static uint64_t value_key(const walk_t *walk, ipus_kind_t kind, int field,
                          const ipus_value_t *value)
{
    ipus_type_t type = ipus_kind(kind)->fields[field].type;
    if (value->is == IPUS_NONE || (kind == IPUS_PERSON && field == PERSON_FACTS)) {
        return 0;
    }
    unsigned flags = ipus_kind(kind)->fields[field].flags;
    if (ipus_is_text(type) || value->is == IPUS_LOCKED) {
        return 0;
    }
    if (type == IPUS_DATE && (flags == 0 || (flags & IPUS_HAPPENED) != 0)) {
        return 1;
    }
    int64_t today = walk_today(walk).days;
    return type != IPUS_DATE ? 2 + (uint64_t)value->number
                             : 2 + (uint64_t)(value->number > today) * 2 + (value->number == today);
}

static uint64_t key_of(walk_t *walk)
{
    uint64_t key = mix(17, (uint64_t)walk->day);
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        for (int64_t id = 1; id <= memory_count(walk->memory, (ipus_kind_t)kind); id++) {
            ipus_row_t row;
            if (!memory_row(walk->memory, (ipus_kind_t)kind, id, &row)) {
                continue;
            }
            key = mix(key, (uint64_t)kind * 64 + (uint64_t)id);
            for (int field = 0; field < ipus_kind((ipus_kind_t)kind)->count; field++) {
                key = mix(key, value_key(walk, (ipus_kind_t)kind, field, &row.at[field]));
            }
        }
    }
    return key;
}

static int32_t *slot_of(search_t *search, uint64_t key)
{
    for (size_t at = key % SLOTS;; at = (at + 1) % SLOTS) {
        int32_t *slot = &search->slots[at];
        if (*slot == 0 || search->states[*slot - 1].key == key) {
            return slot;
        }
    }
}

/* The state that stands in the record now; it is new when it was not come to before. */
static int32_t note_state(search_t *search, int32_t parent, int32_t move, int32_t target)
{
    walk_t *walk = &search->walk;
    uint64_t key = key_of(walk);
    int32_t *slot = slot_of(search, key);
    if (*slot != 0) {
        return *slot - 1;
    }
    if (search->count == STATES_MOST) {
        fprintf(stderr, "%s: more states than %d\n", walk->scene->name, STATES_MOST);
        exit(1);
    }
    bool wants = walk->scene->right != NULL;
    search->states[search->count] =
        (state_t){.key = key,
                  .parent = parent,
                  .move = move,
                  .target = target,
                  .depth = parent < 0 ? 0 : search->states[parent].depth + 1,
                  .right = !wants || walk->scene->right(walk),
                  .over = !wants || walk->scene->over(walk),
                  .holds = walk->scene->holds == NULL || walk->scene->holds(walk),
                  .erased = walk_number(walk, IPUS_PERSON, PERSON_STATE) == PERSON_IS_ERASED};
    *slot = (int32_t)++search->count;
    return *slot - 1;
}

static void note_edge(search_t *search, int32_t from, int32_t to)
{
    if (search->edge_count == search->edge_cap) {
        search->edge_cap = search->edge_cap > 0 ? search->edge_cap * 2 : 4096;
        search->edges = realloc(search->edges, search->edge_cap * sizeof *search->edges);
        if (search->edges == NULL) {
            exit(1);
        }
    }
    search->edges[search->edge_count++] = (edge_t){from, to};
}

/* ---- paths ----------------------------------------------------------------------------------- */

static size_t path_to(const search_t *search, int32_t state, int32_t path[static PATH_MOST])
{
    size_t len = 0;
    for (; search->states[state].parent >= 0; state = search->states[state].parent) {
        if (len == PATH_MOST) {
            fprintf(stderr, "%s: a path of more than %d steps:", search->walk.scene->name,
                    PATH_MOST);
            for (size_t i = len; i-- > 0;) {
                const move_t *move = &search->walk.scene->moves[search->states[path[i]].move];
                fprintf(stderr, " %s", move->step);
            }
            fprintf(stderr, "\n");
            exit(1);
        }
        path[len++] = state;
    }
    return len;
}

static void tell_path(search_t *search, int32_t state, buf_t *text)
{
    int32_t path[PATH_MOST];
    size_t len = path_to(search, state, path);
    buf_print(text, "%s:", search->walk.scene->name);
    while (len-- > 0) {
        const state_t *at = &search->states[path[len]];
        const move_t *move = &search->walk.scene->moves[at->move];
        if (move->kind == IPUS_KIND_COUNT) {
            buf_print(text, " > %s", move->step);
        } else {
            buf_print(text, " > %s.%s", ipus_kind(move->kind)->name, move->step);
        }
    }
}

static void fault(search_t *search, int32_t state, const char *what)
{
    if (search->fault.len == 0) {
        tell_path(search, state, &search->fault);
        buf_print(&search->fault, ": %s", what);
    }
}

/* The record as it was in a state, by the steps that led to it. */
static void go_to(search_t *search, int32_t state, int begun)
{
    int32_t path[PATH_MOST];
    size_t len = path_to(search, state, path);
    walk_t *walk = &search->walk;
    memory_rollback(walk->memory);
    memory_begin(walk->memory);
    walk->day = begun;
    while (len-- > 0) {
        const state_t *at = &search->states[path[len]];
        if (!try_move(search, &walk->scene->moves[at->move], at->target)) {
            fprintf(stderr, "a path cannot be gone twice\n");
            exit(1);
        }
    }
}

/* ---- the list of steps ----------------------------------------------------------------------- */

static bool is_open(search_t *search, const ipus_row_t *row, const ipus_step_t *step)
{
    walk_t *walk = &search->walk;
    const ipus_command_t command = {
        .actor = {.account = 2, .scope = IPUS_ANY, .may_override = true},
        .today = walk_today(walk),
        .programme = walk->programme};
    ipus_code_t code = IPUS_FINE;
    int state = ipus_kind(row->kind)->state;
    if (search->broken != NULL && search->broken->by_state) {
        return state < 0 || (step->from >> ipus_number(row, state) & 1u) != 0;
    }
    return ipus_step_is_open(&command, memory_record(walk->memory), row, step, &code);
}

/* Whether a move on a row is accepted by something that may be given. */
typedef struct {
    ipus_kind_t kind;
    const char *step;
    int64_t id;
    bool accepted;
} tried_t;

static void hold_against_list(search_t *search, int32_t state, const tried_t *tried, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ipus_row_t row;
        char what[160];
        if (!memory_row(search->walk.memory, tried[i].kind, tried[i].id, &row)) {
            continue;
        }
        const ipus_step_t *step = ipus_step_named(tried[i].kind, span_of(tried[i].step));
        bool open = is_open(search, &row, step);
        if (open != tried[i].accepted) {
            (void)snprintf(what, sizeof what, "%s %lld: \"%s\" is %s and %s",
                           ipus_kind(row.kind)->name, (long long)row.id, step->name,
                           open ? "in its steps" : "not in its steps",
                           tried[i].accepted ? "accepted" : "refused");
            fault(search, state, what);
        }
    }
}

/* ---- the walk -------------------------------------------------------------------------------- */

enum { TRIED_MOST = 512 };

static void note_tried(tried_t *tried, size_t *count, const move_t *move, int64_t id, bool accepted)
{
    for (size_t i = 0; i < *count; i++) {
        if (tried[i].kind == move->kind && tried[i].id == id &&
            strcmp(tried[i].step, move->step) == 0) {
            tried[i].accepted = tried[i].accepted || accepted;
            return;
        }
    }
    if (*count < TRIED_MOST) {
        tried[(*count)++] = (tried_t){move->kind, move->step, id, accepted};
    }
}

static void expand(search_t *search, int32_t state, int begun)
{
    walk_t *walk = &search->walk;
    tried_t tried[TRIED_MOST];
    size_t tried_count = 0;
    go_to(search, state, begun);
    memory_mark_t mark = memory_mark(walk->memory);
    int day = walk->day;
    for (size_t i = 0; i < walk->scene->move_count; i++) {
        const move_t *move = &walk->scene->moves[i];
        bool whole = move->kind == IPUS_KIND_COUNT || move->most > 0;
        int64_t rows = whole ? 1 : memory_count(walk->memory, move->kind);
        for (int64_t at = 1; at <= rows; at++) {
            int64_t target = whole ? 0 : at;
            int64_t from = whole ? -1 : state_of(walk, move->kind, target);
            bool closed = is_closed(search, move, from);
            bool done = !closed && try_move(search, move, target);
            if (done && !is_enough(walk)) {
                note_edge(search, state, note_state(search, state, (int32_t)i, (int32_t)target));
            }
            memory_back(walk->memory, mark);
            walk->day = day;
            if (!whole && !closed) {
                note_tried(tried, &tried_count, move, target, done);
            }
        }
    }
    hold_against_list(search, state, tried, tried_count);
}

/* Backwards from where one wants to get, until nothing more is added. */
static void mark_back(search_t *search, bool erased)
{
    bool moved = true;
    for (size_t i = 0; i < search->count; i++) {
        state_t *state = &search->states[i];
        *(erased ? &state->can_erase : &state->can_right) = erased ? state->erased : state->right;
    }
    while (moved) {
        moved = false;
        for (size_t i = search->edge_count; i-- > 0;) {
            state_t *from = &search->states[search->edges[i].from];
            const state_t *to = &search->states[search->edges[i].to];
            bool *can = erased ? &from->can_erase : &from->can_right;
            if (!*can && (erased ? to->can_erase : to->can_right)) {
                *can = moved = true;
            }
        }
    }
}

static void judge(search_t *search)
{
    mark_back(search, true);
    mark_back(search, false);
    for (size_t i = 0; i < search->count && search->fault.len == 0; i++) {
        const state_t *state = &search->states[i];
        if (!state->holds) {
            fault(search, (int32_t)i, "what is said there is not so");
        } else if (!state->can_erase) {
            fault(search, (int32_t)i, "no way from here to an end and an erasure");
        } else if (!state->over && !state->can_right) {
            fault(search, (int32_t)i, "no way from here to what is right");
        }
    }
}

/* False when the scene does not begin for this service; a fault is left in `fault`. */
static bool walk_scene(search_t *search)
{
    walk_t *walk = &search->walk;
    walk->memory = memory_new();
    walk->day = 0;
    bool begun = walk->scene->begin(walk);
    int day = walk->day;
    if (begun) {
        memory_begin(walk->memory);
        (void)note_state(search, -1, -1, 0);
        for (size_t i = 0; i < search->count; i++) {
            if (i % 5000 == 4999 && getenv("WALK_TELLS") != NULL) {
                fprintf(stderr, "%s: %zu of %zu\n", walk->scene->name, i, search->count);
            }
            expand(search, (int32_t)i, day);
        }
        judge(search);
    }
    memory_free(walk->memory);
    return begun;
}

/* ---- programmes ------------------------------------------------------------------------------ */

static struct {
    size_t scenes, states, edges, passed_over;
} total;

static bool search_over(const registry_programme_t *programme, const registry_service_t *service,
                        const scene_t *scene, const break_t *broken, buf_t *why)
{
    search_t search = {.broken = broken};
    search.states = calloc(STATES_MOST, sizeof *search.states);
    search.slots = calloc(SLOTS, sizeof *search.slots);
    date_t first = date_add(programme->from, 120);
    first = date_before(first, service->from) ? service->from : first;
    search.walk = (walk_t){.programme = programme,
                           .service = service,
                           .scene = scene,
                           .first = registry_working_day(programme, first),
                           .unit = 1000};
    bool begun = search.states != NULL && search.slots != NULL && walk_scene(&search);
    if (!begun && broken == NULL) {
        total.passed_over++;
        printf("%.*s, %.*s: \"%s\" does not begin: %s\n", SPAN_ARGS(programme->id),
               SPAN_ARGS(service->id), scene->name, search.walk.said);
    } else if (broken == NULL) {
        total.scenes++;
        if (getenv("WALK_TELLS") != NULL) {
            printf("%.*s, %.*s: %s: %zu states, %zu edges\n", SPAN_ARGS(programme->id),
                   SPAN_ARGS(service->id), scene->name, search.count, search.edge_count);
        }
        total.states += search.count;
        total.edges += search.edge_count;
    }
    buf_add(why, buf_span(&search.fault));
    bool fine = begun && search.fault.len == 0;
    buf_free(&search.fault);
    free(search.states);
    free(search.slots);
    free(search.edges);
    return fine || (!begun && broken == NULL);
}

static bool walk_programme(const char *id, bool all)
{
    plugin_generation_t *generation = plugin_load("plugins", id);
    const registry_programme_t *programme =
        generation != NULL ? plugin_programme(generation) : NULL;
    bool fine = programme != NULL;
    for (size_t i = 0; fine && i < scene_count; i++) {
        /* The long form walks every service, the short one a few of them. */
        size_t services = scenes[i].by_service ? programme->service_count : 1;
        size_t step = all ? 1 : (services + 1) / 2;
        for (size_t j = 0; fine && j < services; j += step) {
            buf_t why = {0};
            fine = search_over(programme, &programme->services[j], &scenes[i], NULL, &why);
            if (!fine) {
                printf("%s, %.*s: %.*s\n", id, SPAN_ARGS(programme->services[j].id),
                       SPAN_ARGS(buf_span(&why)));
            }
            buf_free(&why);
        }
    }
    plugin_release(generation);
    return fine;
}

static bool walk_broken(const char *id)
{
    plugin_generation_t *generation = plugin_load("plugins", id);
    const registry_programme_t *programme =
        generation != NULL ? plugin_programme(generation) : NULL;
    bool all = programme != NULL;
    for (size_t i = 0; programme != NULL && i < break_count; i++) {
        const scene_t *scene = scenes;
        while (strcmp(scene->name, breaks[i].scene) != 0) {
            scene++;
        }
        buf_t why = {0};
        bool found = false; /* by the first service that shows it */
        for (size_t j = 0; j < programme->service_count && !found; j++) {
            found = !search_over(programme, &programme->services[j], scene, &breaks[i], &why) &&
                    why.len > 0;
        }
        printf("%s: %s (%.*s)\n", found ? "found" : "MISSED", breaks[i].name,
               SPAN_ARGS(buf_span(&why)));
        all = all && found;
        buf_free(&why);
    }
    plugin_release(generation);
    return all;
}

/* ---- steps that no scene takes --------------------------------------------------------------- */

static const struct {
    const char *name, *why; /* "order.extend", or a kind's "token." */
} elsewhere[] = {
    {"person.change", "a row's own fields"},
    {"household.", "has no state"},
    {"relation.", "has no state"},
    {"assignment.", "made beside a step"},
    {"statement.", "moves facts alone"},
    {"note.", "has no state"},
    {"referral.", "has no state"},
    {"intake.", "before anybody is a person of the record"},
    {"survey.", "has no state"},
    {"contact.", "has no state"},
    {"meeting.", "of nobody's case"},
    {"provider.", "of nobody's case"},
    {"offer.", "of nobody's case"},
    {"agreement.", "of nobody's case"},
    {"volunteer.", "of nobody's case"},
    {"account.", "of nobody's case"},
    {"token.", "of nobody's case"},
    {"group.", "of nobody's case"},
    {"item.", "of nobody's case"},
    {"waiting.", "walked by tests/unit/ipus_queue_test.c, where pools run out"},
    {"application.change", "a row's own fields"},
    {"application.wait", "where pools run out"},
    {"diagnosis.", "before the scenes begin"},
    {"order.return", "of what is lent"},
    {"order.extend", "of what is lent"},
};

static const char *reason_of(const char *name)
{
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        if (strncmp(name, elsewhere[i].name, strlen(elsewhere[i].name)) == 0) {
            return elsewhere[i].why;
        }
    }
    return NULL;
}

static bool tell_steps(void)
{
    size_t reached = 0, left = 0, unknown = 0;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        size_t count = 0;
        const ipus_kind_spec_t *spec = ipus_kind((ipus_kind_t)kind);
        const ipus_step_t *steps = ipus_steps((ipus_kind_t)kind, &count);
        for (size_t i = 0; i < count; i++) {
            uint64_t wanted = steps[i].from == 0 ? 1 : steps[i].from;
            for (int state = 0; state < 32; state++) {
                if ((wanted >> state & 1u) == 0 || steps[i].by_host) {
                    continue;
                }
                char name[80];
                (void)snprintf(name, sizeof name, "%s.%s", spec->name, steps[i].name);
                if ((taken[kind][i] >> state & 1u) != 0) {
                    reached++;
                    continue;
                }
                const char *why = reason_of(name);
                span_t from = steps[i].from == 0
                                  ? SPAN("nothing")
                                  : ipus_choice(spec->fields[spec->state].choices, state);
                printf("  not taken: %s from %.*s (%s)\n", name, SPAN_ARGS(from),
                       why != NULL ? why : "UNKNOWN");
                left++;
                unknown += why == NULL;
            }
        }
    }
    printf("steps of the tables: %zu taken, %zu not, %zu without a reason\n", reached, left,
           unknown);
    return unknown == 0;
}

int main(int argc, char **argv)
{
    static const char *const programmes[] = {"koszalin", "starachowice", "goleniow"};
    bool all = argc > 1 && strcmp(argv[1], "--all") == 0;
    clock_t began = clock();
    if (argc > 1 && strcmp(argv[1], "--breaks") == 0) {
        return walk_broken("koszalin") ? 0 : 1;
    }
    for (size_t i = 0; i < sizeof programmes / sizeof *programmes; i++) {
        if (!walk_programme(programmes[i], all)) {
            return 1;
        }
    }
    printf("%zu scenes (%zu do not begin), %zu states, %zu edges: each leads to an end and an "
           "erasure; "
           "%.1f s\n",
           total.scenes, total.passed_over, total.states, total.edges,
           (double)(clock() - began) / CLOCKS_PER_SEC);
    return tell_steps() ? 0 : 1;
}
