/* A generation from the inside, and the steps of making one. Inside the plugin room only. */
#ifndef OKIENKO_PLUGIN_GENERATION_H
#define OKIENKO_PLUGIN_GENERATION_H

#include "plugin/reader.h"
#include "registry/share.h"

struct plugin_generation {
    size_t references;
    arena_t *arena;         /* holds everything below but the script's state and the programme */
    arena_t *rules;         /* the programme as it was loaded, until it is shared */
    size_t rules_bytes;     /* what that took */
    shared_t *shared;       /* what the programme is held in, or NULL */
    script_state_t *script; /* NULL once it is loaded when it has no free functions */
    const registry_programme_t *programme; /* NULL when nothing of it can be served */
    const registry_programme_t *base; /* its vocabulary, also when no service of it can be served */
    const registry_search_t *search;
    plugin_fault_t *faults;
    size_t fault_count;
    plugin_tests_t tests;
    span_t *left_out; /* ids of services that are there but faulty */
    size_t left_out_count;
    span_t *function_files; /* by function */
    size_t function_count;
    rules_functions_t functions;
    uint64_t hash; /* of the files it was made from */
};

/* Reads the folder; when its hash is `known` nothing is loaded and NULL comes back with
 * `*unchanged` set. */
plugin_generation_t *plugin_generation_load(const char *folder, span_t programme, uint64_t known,
                                            bool *unchanged);

/* The same with another text in place of one table of the catalogue. */
plugin_generation_t *plugin_generation_load_with(const char *folder, span_t programme,
                                                 registry_kind_t kind, span_t text);

/* One version of a service on its way into the programme. */
typedef struct {
    const file_t *file;
    const file_t *spec;          /* NULL when there is none */
    registry_service_t *service; /* NULL when its file could not be read */
    int number_line;             /* where it says its number */
    date_t until;                /* the last day before the next version of the same id */
    bool faulty;
} entry_t;

/* Lets go of the programme as it was loaded, for a copy of it in `shared`; without memory for that
 * it stays as it is. On the loop's thread, before anybody reads it. */
void plugin_generation_share(plugin_generation_t *generation, shared_t *shared);

/* Fills in the port through which rules call the generation's functions. */
void plugin_functions_open(plugin_generation_t *generation);

/* Reads the tests of a service and, when `run`, runs them and holds them to the gate. */
void plugin_specs_read(load_t *load, const script_value_t *value, const entry_t *entry, bool run,
                       plugin_generation_t *generation);

#endif
