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

extern const break_t breaks[];
extern const size_t break_count;

#endif
