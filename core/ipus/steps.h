/* The tables of steps, by theme. Inside the ipus room only. */
#ifndef OKIENKO_IPUS_STEPS_H
#define OKIENKO_IPUS_STEPS_H

#include "ipus/work.h"

typedef struct {
    const ipus_step_t *at;
    size_t count;
} steps_t;

/* What a step takes, with its count. */
#define TAKES(...)                                                                                 \
    .takes = {__VA_ARGS__},                                                                        \
    .take_count = (int)(sizeof((ipus_take_t[]){__VA_ARGS__}) / sizeof(ipus_take_t))
#define NEEDS(field)                                                                               \
    {                                                                                              \
        (field), true                                                                              \
    }
#define MAY(field)                                                                                 \
    {                                                                                              \
        (field), false                                                                             \
    }
#define STEPS(table) ((steps_t){(table), sizeof(table) / sizeof *(table)})

/* Each gives the steps of its kinds and none of the others. */
steps_t ipus_steps_of_people(ipus_kind_t kind); /* people, households, statements, notes */
steps_t
ipus_steps_of_cases(ipus_kind_t kind); /* applications, diagnoses, decisions, plans, grants */
steps_t ipus_steps_of_orders(ipus_kind_t kind);    /* waiting, groups, items, orders, charges */
steps_t ipus_steps_of_providers(ipus_kind_t kind); /* providers, agreements, volunteers, accounts */

#endif
