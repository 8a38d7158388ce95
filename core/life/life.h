/* A made-up office at work: people who never lived come, declare, apply, are granted services, use
 * them and pay; day by day, by the programme's own rules and by steps of the engine alone. For
 * trying Okienko out, for measuring it, and for holding the engine to what it promises.
 *
 * The same options give the same steps. What a person declares is found by trying values of the
 * facts on the rules, so nothing here knows any fact, service or town. Nobody in it is real: family
 * names and addresses say so, and a PESEL is valid by its checksum alone. */
#ifndef OKIENKO_LIFE_LIFE_H
#define OKIENKO_LIFE_LIFE_H

#include "ipus/ipus.h"
#include "rules/rules.h"

typedef struct {
    const registry_programme_t *programme;
    const rules_functions_t *functions; /* of its rules; NULL where it has none */
    uint64_t seed;
    date_t from; /* the first day; the programme is in force on all of them */
    int32_t days;
    int64_t persons; /* who come in those days; some of them with a matter that needs no name */
    /* Of a hundred steps of a plausible day, how many more are tried at random: another state,
     * another row, another's account, values out of place. Most have to be refused. */
    int mischief;
} life_options_t;

/* Where it is lived. All on one thread. */
typedef struct {
    void *context;
    /* To read by, between steps; its arena need not outlive the next step. */
    ipus_record_t *(*record)(void *context);
    /* One step, as ipus_run(): kept when true, undone when false. */
    bool (*run)(void *context, const ipus_command_t *command, ipus_answer_t *answer);
    /* One thing of the daily work, as ipus_daily(). */
    bool (*daily)(void *context, const ipus_command_t *command, bool *done, ipus_answer_t *answer);
} life_port_t;

typedef struct {
    int64_t steps, refused; /* tried and done; tried and refused */
    int64_t daily;          /* things of the host's own work */
    int64_t mischief, mischief_refused;
    int64_t refusals[IPUS_REFUSAL_COUNT];
    int64_t last[IPUS_KIND_COUNT]; /* ids of each kind that were seen: how many it has */
} life_figures_t;

typedef struct life life_t;

/* NULL without memory. */
life_t *life_new(const life_options_t *options);
void life_free(life_t *life);

/* Sets the office up in an empty record: accounts of every role, providers with their agreements
 * and what they offer, groups and things to lend. False when the record broke or memory ran out, as
 * for each day; then nothing more may be asked of it. */
bool life_begin(life_t *life, const life_port_t *port);

/* The next day with its daily work; `*over` after the last. */
bool life_day(life_t *life, const life_port_t *port, bool *over);

date_t life_today(const life_t *life);
const life_figures_t *life_figures(const life_t *life);

#endif
