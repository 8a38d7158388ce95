/* The host's slots: by id in order, found by hash, each with a seat that stays. What serves is in
 * the directory of all services as well. Inside the plugin room only. */
#ifndef OKIENKO_PLUGIN_SLOTS_H
#define OKIENKO_PLUGIN_SLOTS_H

#include "plugin/generation.h"

typedef struct {
    plugin_slot_t *at; /* by id */
    size_t count, cap;
    uint16_t *places; /* by seat: place in `at` */
    uint16_t *chains; /* by hash of id: seat + 1, 0 for none */
    uint16_t *next;   /* by seat: the next seat + 1 of its chain */
    bool *taken;      /* by seat */
    registry_directory_t *directory;
    shared_t *shared; /* what is equal in programmes */
} slots_t;

/* False without memory; then, and always, to be cleared. */
bool plugin_slots_open(slots_t *slots);
void plugin_slots_clear(slots_t *slots);

plugin_slot_t *plugin_slots_find(const slots_t *slots, span_t id);

/* NULL without memory, and past PLUGIN_PROGRAMMES_MAX. Slots move. */
plugin_slot_t *plugin_slots_add(slots_t *slots, span_t id);
void plugin_slots_remove(slots_t *slots, plugin_slot_t *slot);

/* Lets a generation serve in the place of the one before; takes a reference. */
void plugin_slots_serve(slots_t *slots, plugin_slot_t *slot, plugin_generation_t *generation);

#endif
