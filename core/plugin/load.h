/* What the readers of one load share: where they are, where they put things, how they complain.
 * Each reader turns script values into the registry's plain data and says every fault it meets;
 * none of them stops at the first. Inside the plugin room only. */
#ifndef OKIENKO_PLUGIN_LOAD_H
#define OKIENKO_PLUGIN_LOAD_H

#include "plugin/fault.h"
#include "plugin/files.h"
#include "script/script.h"

#define LOAD_DEPTH_MAX 32 /* of conditions in each other */
#define LOAD_LIST_MAX 256
#define LOAD_NS_MAX UINT64_C(10000000000) /* for one programme with all its tests */

/* The vocabulary of plugins. The order is that of script_new()'s list. */
#define WORD_LIST(X)                                                                               \
    X(ACT, "act")                                                                                  \
    X(PROGRAMME, "programme")                                                                      \
    X(FACTS, "facts")                                                                              \
    X(CONDITIONS, "conditions")                                                                    \
    X(SERVICE, "service")                                                                          \
    X(TESTS, "tests")                                                                              \
    X(ALL, "all")                                                                                  \
    X(ANY, "any")                                                                                  \
    X(NONE, "none")                                                                                \
    X(CHECK, "check")                                                                              \
    X(IS, "is")                                                                                    \
    X(EQUALS, "equals")                                                                            \
    X(ONE_OF, "one_of")                                                                            \
    X(AT_LEAST, "at_least")                                                                        \
    X(AT_MOST, "at_most")                                                                          \
    X(BETWEEN, "between")                                                                          \
    X(BEFORE, "before")                                                                            \
    X(AFTER, "after")                                                                              \
    X(PARAM, "param")                                                                              \
    X(SHARE, "share")                                                                              \
    X(FLAT, "flat")                                                                                \
    X(STEPS, "steps")                                                                              \
    X(FREE, "free")                                                                                \
    X(RELIEF, "relief")                                                                            \
    X(YEARS_SINCE, "years_since")                                                                  \
    X(PESEL_BIRTH_DATE, "pesel_birth_date")                                                        \
    X(PESEL_SEX, "pesel_sex")

typedef enum {
#define X(word, name) WORD_##word,
    WORD_LIST(X)
#undef X
        WORD_COUNT
} word_t;

extern const char *const plugin_word_names[WORD_COUNT];

/* How the steps of a `steps` parameter were written, until a fee says which fact they go by. */
typedef enum { STEPS_OF_MONEY, STEPS_OF_INTEGERS, STEPS_OF_THOUSANDTHS } steps_kind_t;

typedef struct steps_note {
    registry_step_t *steps;
    size_t count;
    steps_kind_t kind;
    bool percents; /* some step is a share of the price */
    struct steps_note *next;
} steps_note_t;

typedef struct {
    arena_t *arena;   /* the generation's: what is kept */
    arena_t *scratch; /* the load's: files, script values */
    files_t files;
    faults_t faults;
    script_state_t *script;
    const file_t *file;                /* being read */
    registry_programme_t *programme;   /* being built */
    const registry_service_t *service; /* being read, or NULL: its parameters come first */
    bool in_shared;                    /* parameters are looked up where a condition is used */
    const script_value_t *shared;      /* the table of shared.lua, or NULL */
    bool *shared_faulty;               /* its fields told already, not again in each service */
    bool in_derive;
    steps_note_t *steps;
    const file_t **function_files; /* by function: the file in which it was first seen */
    size_t function_count;
    uint64_t deadline; /* monotonic ns */
    bool late;         /* said once */
    bool no_memory;
} load_t;

/* ---- memory ---------------------------------------------------------------------------------- */

/* From the generation's arena. NULL without memory (and for nothing), which the load remembers. */
void *plugin_load_new(load_t *load, size_t count, size_t size);
span_t plugin_load_keep(load_t *load, span_t text);

/* ---- faults ---------------------------------------------------------------------------------- */

void plugin_load_fault(load_t *load, int line, fault_code_t code, const char *nearest,
                       const fault_say_t *args, size_t count);

#define FAULT_ARGS(...)                                                                            \
    (const fault_say_t[]){__VA_ARGS__},                                                            \
        sizeof((const fault_say_t[]){__VA_ARGS__}) / sizeof(fault_say_t)
#define FAULT(load, line, code, ...)                                                               \
    plugin_load_fault((load), (line), FAULT_##code, NULL, FAULT_ARGS(__VA_ARGS__))
#define FAULT_NEAR(load, line, code, nearest, ...)                                                 \
    plugin_load_fault((load), (line), FAULT_##code, (nearest), FAULT_ARGS(__VA_ARGS__))

/* True, and told once, when the whole load has taken too long. */
bool plugin_load_is_late(load_t *load);

/* A script fault, in plain words. */
void plugin_load_script_fault(load_t *load, const script_fault_t *fault);
/* Every name of the last chunk that means nothing. */
void plugin_load_missing_names(load_t *load, const script_state_t *state);
/* Every key that a table of the last chunk has twice. */
void plugin_load_repeated_keys(load_t *load, const script_state_t *state);
/* True when the file was read; otherwise says why not. Makes it the file that faults are about. */
bool plugin_load_say_file(load_t *load, const file_t *file, const char *word, bool required);

/* ---- facts read by functions (reads.c) ------------------------------------------------------- */

/* Remembers in which file the functions of a value stand. */
void plugin_reads_note(load_t *load, const script_value_t *value, const file_t *file);

/* Marks the facts that a free function may read: those named in its text, or above the chunk's
 * `return`, where its helpers stand. */
void plugin_reads_mark(load_t *load, int function, bool *marked);

#endif
