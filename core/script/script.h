/* A sandbox for plugins: one Lua state with its own environment, budgets and memory cap, whose
 * chunks give back plain C values with the line each of them stands on. It knows no vocabulary: the
 * words a plugin may use are a list of names, and calling a word only builds a value that remembers
 * the word, its arguments and its line.
 *
 * A state belongs to one thread at a time. It is filled on a pool thread (script_load,
 * script_define, script_seal) and then handed over to whoever calls its functions.
 *
 * Words: a chunk is one Lua text. A word is a host function that builds data. A free function is a
 * Lua function in a chunk's value, called later through script_call(). A view is an argument of a
 * free function that looks like a table and reads through C on demand. */
#ifndef OKIENKO_SCRIPT_SCRIPT_H
#define OKIENKO_SCRIPT_SCRIPT_H

#include "base/arena.h"
#include "base/buf.h"

#define SCRIPT_CHUNK_MAX (64 * 1024) /* bytes of one text */
#define SCRIPT_ARGUMENTS_MAX 4

typedef struct script_state script_state_t;

typedef struct {
    size_t memory_bytes;        /* for the whole state; default 8 MiB */
    uint64_t load_instructions; /* VM instructions of one chunk; default 1 000 000 */
    uint64_t call_instructions; /* of one call of a free function; default 100 000 */
    uint64_t load_ns;           /* processor time of a chunk; default 200 ms */
    uint64_t call_ns;           /* of a call; default 20 ms */
} script_limits_t;

extern const script_limits_t script_limits_default;

typedef enum {
    SCRIPT_NIL,
    SCRIPT_BOOLEAN,
    SCRIPT_INTEGER,
    SCRIPT_FLOAT, /* a finite number that is not an integer subtype */
    SCRIPT_TEXT,  /* any bytes; the reader checks that they are plain text */
    SCRIPT_MONEY, /* grosze in `integer`, made by `pln "25.00"` */
    SCRIPT_TABLE,
    SCRIPT_WORD,     /* `word` and its arguments in `items` */
    SCRIPT_FUNCTION, /* `function` is for script_call() */
    SCRIPT_MISSING, /* a name that is neither word, local nor defined: in `text`, as used on `line`;
                       what it was called with in `items`, so that faults in there are found too */
    SCRIPT_OTHER    /* NaN, infinity, host function, a word that was not called: `text` says what */
} script_kind_t;

typedef struct script_field script_field_t;

typedef struct script_value {
    script_kind_t kind;
    int line; /* where it stands in the chunk, from 1; that of what holds it when it is built
                 elsewhere */
    bool boolean;
    int word; /* index into the words of script_new() */
    int function;
    int64_t integer;
    double number;
    span_t text;
    struct script_value *items; /* [1], [2]… of a table without a gap; the arguments of a word */
    size_t item_count;
    script_field_t *fields; /* the other keys, in the order of the text */
    size_t field_count;
} script_value_t;

struct script_field {
    span_t name; /* a string key as it is; any other key printed, with `odd` set */
    bool odd;
    int line;
    script_value_t value;
};

typedef enum {
    SCRIPT_FINE,
    SCRIPT_SYNTAX,      /* does not compile; `message` is Lua's, without the chunk name and line */
    SCRIPT_ERROR,       /* raised while it ran */
    SCRIPT_BINARY,      /* not text: bytecode, control bytes, not UTF-8, or over SCRIPT_CHUNK_MAX */
    SCRIPT_TIME,        /* budget of instructions or time used up */
    SCRIPT_MEMORY,      /* over the cap */
    SCRIPT_KEEPS_STATE, /* a free function holds something it could change between two calls */
    SCRIPT_UNKNOWN,     /* a view lacks what was asked: no fault, the answer is "unknown" */
    SCRIPT_RESULT       /* too deep, too many values, cyclic */
} script_code_t;

typedef struct {
    script_code_t code;
    int line;          /* 0 where no line of a plugin is to blame */
    char file[96];     /* whose line it is: that of another chunk when a shared function raised */
    char message[240]; /* English, one line, masked (base/text.h) */
} script_fault_t;

/* `words` are copied; each becomes a global function. The environment is the words, what
 * script_define() adds, `pln`, and the pure part of Lua's library listed in
 * docs/environment-of-a-plugin.md. NULL without memory. */
script_state_t *script_new(const script_limits_t *limits, const char *const *words, size_t count);
void script_free(script_state_t *state);

/* Runs one chunk in a fresh environment and reads what it returns into `arena`. NULL with `*fault`
 * set. `file` is for messages. The first fault that stopped the chunk is reported; names that are
 * missing do not stop it (SCRIPT_MISSING). */
const script_value_t *script_load(script_state_t *state, const char *file, span_t source,
                                  arena_t *arena, script_fault_t *fault);

typedef struct {
    char name[64]; /* cut when longer */
    int line;
} script_missing_t;

/* Every name that was missing while the last script_load() ran, in the order of use, also where it
 * is not in the value (`local x = misspelt`). Valid until the next load; at most 200. */
const script_missing_t *script_missing(const script_state_t *state, size_t *count);

/* A key that a table of the last chunk's text has twice; Lua keeps the last one. */
typedef struct {
    char name[64]; /* cut when longer */
    int line;      /* where it stands again */
    int first;
} script_repeated_t;

/* Every one of them, valid until the next load; at most 200. */
const script_repeated_t *script_repeated(const script_state_t *state, size_t *count);

/* Makes the fields of the table that the last script_load() returned, or that were the first
 * argument of the word it returned, readable as `name.field` in later chunks, frozen; a field that
 * it lacks reads as SCRIPT_MISSING. False without such a table, when the name is taken, or without
 * memory. */
bool script_define(script_state_t *state, const char *name);

/* Ends loading: everything that free functions can reach is frozen, and a function that could still
 * carry something from one call to the next is refused. False with the first fault; called again,
 * it goes on with the functions after that one, which stays refused. More chunks may be loaded
 * afterwards (tests of a service); their functions can be called after another script_seal(). */
bool script_seal(script_state_t *state, script_fault_t *fault);

typedef enum { SCRIPT_GIVEN, SCRIPT_NOT_GIVEN, SCRIPT_NO_SUCH } script_read_t;

/* Reads `name`: SCRIPT_GIVEN sets a nil, boolean, integer, float, text or money. SCRIPT_NOT_GIVEN
 * ends the call with SCRIPT_UNKNOWN; SCRIPT_NO_SUCH raises an error that names it. `read` must not
 * call into the same state. */
typedef struct {
    const char *title; /* "fact", "parameter": for messages */
    script_read_t (*read)(void *context, span_t name, script_value_t *value);
    void *context;
} script_view_t;

/* Calls a free function with views. True when it came back with one boolean, integer, float or
 * money (or nil), which is set; any other result is a SCRIPT_RESULT fault. Nothing the function did
 * is seen by the next call. `*fault` has the line. After a fault of time or memory the state stays
 * usable. */
bool script_call(script_state_t *state, int function, const script_view_t *views, size_t count,
                 script_value_t *result, script_fault_t *fault);

/* The line on which a free function begins. */
int script_function_line(const script_state_t *state, int function);

/* Bytes in use, for the metrics. */
size_t script_memory(const script_state_t *state);

/* Appends the names of the environment, sorted, one a line: "assert", "math.abs"…, the words and
 * what was defined as well. */
void script_environment(script_state_t *state, buf_t *names);

#endif
