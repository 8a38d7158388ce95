/* A walk over everything that an office can come to: each step is tried on each row of every state
 * that earlier steps lead to, by the engine itself over a record in memory. */
#ifndef OKIENKO_TESTS_WALK_H
#define OKIENKO_TESTS_WALK_H

#include "record.h"

#define GIVES_MAX 8
#define DAYS_MAX 5

typedef enum {
    GIVE_END,
    GIVE_NUMBER,
    GIVE_TEXT,
    GIVE_TODAY,
    GIVE_DAY,
    GIVE_LAST,
    GIVE_UNITS
} give_how_t;

/* A field of a move: a number, a text, today, a day of the scene, the last row of a kind, units of
 * the service; for the id of a service or a provider's type, the one that is walked. */
typedef struct {
    give_how_t how;
    int field;
    int64_t number;
    const char *text;
} give_t;

/* Something that somebody may try: a step on each row of a kind, or the making of one (at most so
 * many rows there are to be of it). `kind` IPUS_KIND_COUNT is the next day of the scene. */
typedef struct {
    ipus_kind_t kind;
    const char *step;
    int most;
    give_t gives[GIVES_MAX];
} move_t;

typedef struct walk walk_t;

typedef struct {
    const char *name;
    bool by_service;               /* walked for each service, or once for a programme */
    bool plain;                    /* by somebody who may not override */
    bool (*begin)(walk_t *walk);   /* lays the first rows; false: not for this service */
    int days[DAYS_MAX], day_count; /* after the first */
    const move_t *moves;
    size_t move_count;
    /* Where things are as they were in truth: from every state that is not past it (`over`) such a
     * state can be reached; NULL: it is enough that somebody can be erased. */
    bool (*right)(walk_t *walk);
    bool (*over)(walk_t *walk);
    bool (*holds)(walk_t *walk); /* in every state; NULL: nothing beside */
} scene_t;

extern const scene_t scenes[];
extern const size_t scene_count;

struct walk {
    memory_t *memory;
    const registry_programme_t *programme;
    const registry_service_t *service;
    const scene_t *scene;
    date_t first;
    int day;              /* 0: the first */
    int64_t person, unit; /* the person's row; a unit of the service, thousandths */
    ipus_answer_t answer;
    char said[400];
};

date_t walk_today(const walk_t *walk);

/* A step of the scene's beginning; the id of its row, 0 when it was refused. */
int64_t walk_do(walk_t *walk, ipus_kind_t kind, const char *step, int64_t id, const give_t *gives);

/* The number of a field of the last row of a kind; 0 without one. */
int64_t walk_number(walk_t *walk, ipus_kind_t kind, int field);
bool walk_any(walk_t *walk, ipus_kind_t kind, int64_t state);

/* ---- moves ----------------------------------------------------------------------------------- */

/* A step, in a transaction of its own when it is `alone`; refused, `said` has why. */
bool walk_run(walk_t *walk, ipus_kind_t kind, const char *name, int64_t id, const give_t *gives,
              bool alone);
bool walk_next_day(walk_t *walk); /* with what the server does of itself on it */
bool walk_end_all(walk_t *walk);
ipus_actor_t walk_actor(const walk_t *walk);
int64_t walk_state(walk_t *walk, ipus_kind_t kind, int64_t id); /* -1 without one */

/* Whether a step of the tables was taken, from a state (0 for those that make a row). */
bool walk_took(ipus_kind_t kind, size_t place, int state);

/* ---- put back -------------------------------------------------------------------------------- */

#define CLOSED_MAX 8

/* Ways out that are closed ("plan.reopen"), from one state or all (-1). */
typedef struct {
    const char *name, *scene;
    const char *closed[CLOSED_MAX];
    int from;
    bool by_state; /* the list of steps goes by the state alone */
    bool paid;     /* a charge of which nothing is left to pay counts as paid */
} break_t;

/* ---- the whole of a scene -------------------------------------------------------------------- */

typedef struct {
    size_t states, edges;
    bool faulty;
    char said[800]; /* the fault, with the shortest path to it; or why the scene does not begin */
} walk_found_t;

/* False when it does not begin for this service. */
bool walk_search(const walk_t *walk, const break_t *broken, walk_found_t *found);

extern const break_t breaks[];
extern const size_t break_count;

#endif
