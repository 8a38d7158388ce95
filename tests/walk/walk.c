/* The states of a scene, found from its beginning on, and what is asked of each of them. */
#include "walk.h"

#include "ipus/states.h"

#include <stdio.h>
#include <stdlib.h>

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
        return strcmp(move->step, "end") == 0 ? walk_end_all(walk) : walk_next_day(walk);
    }
    int64_t before = walk_state(walk, move->kind, target);
    if (is_closed(search, move, before) ||
        (target == 0 && memory_count(walk->memory, move->kind) >= move->most) ||
        !walk_run(walk, move->kind, move->step, target, move->gives, false)) {
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
        .actor = walk_actor(walk), .today = walk_today(walk), .programme = walk->programme};
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
            int64_t from = whole ? -1 : walk_state(walk, move->kind, target);
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

bool walk_search(const walk_t *walk, const break_t *broken, walk_found_t *found)
{
    search_t search = {.broken = broken, .walk = *walk};
    search.states = calloc(STATES_MOST, sizeof *search.states);
    search.slots = calloc(SLOTS, sizeof *search.slots);
    bool begun = search.states != NULL && search.slots != NULL && walk_scene(&search);
    *found = (walk_found_t){.states = search.count, .edges = search.edge_count};
    (void)snprintf(found->said, sizeof found->said, "%.*s",
                   (int)(begun ? search.fault.len : strlen(search.walk.said)),
                   begun ? (search.fault.len > 0 ? search.fault.at : "") : search.walk.said);
    found->faulty = search.fault.len > 0;
    buf_free(&search.fault);
    free(search.states);
    free(search.slots);
    free(search.edges);
    return begun;
}
