/* The doors at which a case is held to rules, one table: ipus/doors.def. Inside the ipus room, and
 * for the test that holds the guide to it. */
#ifndef OKIENKO_IPUS_DOORS_H
#define OKIENKO_IPUS_DOORS_H

#include "ipus/work.h"

typedef enum {
#define DOOR(id, ...) IPUS_DOOR_##id,
#include "ipus/doors.def"
#undef DOOR
    IPUS_DOOR_COUNT
} ipus_door_t;

typedef enum {
    IPUS_DOOR_RULES_NOTHING,
    IPUS_DOOR_RULES_RECORDED,
    IPUS_DOOR_RULES_DECIDES
} ipus_door_rules_t;
typedef enum {
    IPUS_DOOR_UNITS_NOTHING,
    IPUS_DOOR_UNITS_WHOLE,
    IPUS_DOOR_UNITS_ORDERED
} ipus_door_units_t;

typedef struct {
    const char *step, *day;
    ipus_door_rules_t rules;
    ipus_door_units_t units;
    const char *limits, *pool;
} ipus_door_spec_t;

const ipus_door_spec_t *ipus_doors_spec(ipus_door_t door);

/* Holds a quantity that is given for a field to what the door asks of it, by the service's version
 * of a day. */
bool ipus_doors_units(ipus_work_t *work, ipus_door_t door, int field, span_t service, date_t on,
                      int64_t units);

#endif
