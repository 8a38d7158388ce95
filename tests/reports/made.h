/* A record made through the engine's steps alone, with the rules of a programme that comes along:
 * each function does what an office would do, and fails the test when it is refused. */
#ifndef OKIENKO_TESTS_REPORTS_MADE_H
#define OKIENKO_TESTS_REPORTS_MADE_H

#include "plugin/plugin.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct {
    store_t *store;
    vault_t *vault;
    plugin_generation_t *generation;
    const registry_programme_t *programme;
    date_t today;
    int64_t coordinator, director, provider;
    int64_t plan, application; /* the last ones made */
    int64_t group, seats_left; /* the group that is being filled */
    char group_of[64], data[64];
    int serial;
    int32_t waited; /* days since whoever comes applied */
    ipus_verdict_t verdict;
    const char *why; /* of an override, or NULL */
    ipus_answer_t answer;
    char said[400]; /* why the last step was refused */
} made_t;

extern made_t made;

typedef struct {
    int field;
    int64_t number;
    const char *text; /* NULL: the number */
} given_t;

#define NUM(field, number) ((given_t){(field), (number), NULL})
#define TXT(field, text) ((given_t){(field), 0, (text)})
#define DAY(field, text) ((given_t){(field), made_day(text).days, NULL})
#define WITH(...)                                                                                  \
    (const given_t[]){__VA_ARGS__}, sizeof((const given_t[]){__VA_ARGS__}) / sizeof(given_t)
#define WITHOUT NULL, 0

void made_open(const char *programme, const char *today);
void made_close(void);

date_t made_day(const char *text);
void made_on(const char *day); /* that day comes */

/* One step; gives the row's id, or 0 when it is refused. */
int64_t made_try(ipus_kind_t kind, int64_t id, const char *step, const given_t *given,
                 size_t count);
int64_t made_step(ipus_kind_t kind, int64_t id, const char *step, const given_t *given,
                  size_t count);

int64_t made_provider(const char *name);
/* `disability` by its place; born in that year. */
int64_t made_person(bool woman, int disability, int born, bool assisted_before);
/* An application in assessment with a decision; gives the decision. */
int64_t made_decision(int64_t person, const char *service, bool yes);
/* Granted by a card alone, or by a plan of its own that is then active; by a card 0 when nothing
 * is left. Units in thousandths. */
int64_t made_grant(int64_t person, const char *service, int64_t units, const char *begins,
                   const char *ends);
int64_t made_plan(int64_t person, const char *service, int64_t units, const char *begins,
                  const char *ends);
/* An order that the provider has accepted. Where the service is for groups one is found. */
int64_t made_order(int64_t granted, const char *service, int64_t units, const char *on);
/* Done today, confirmed and settled by the rules' own fee; `exempt`: by the first relief. */
void made_deliver(int64_t order, const char *service, int64_t units, bool exempt);

/* False when something of theirs is still open. */
bool made_erase(int64_t person);

#endif
