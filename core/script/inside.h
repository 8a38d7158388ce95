/* What the files of this room share; nobody else includes it.
 *
 * term     a userdata built by calling a word, or standing for a name that is missing
 * frozen   a table whose contents moved to a hidden one that its metatable reads; it stays the same
 * table guard    an upvalue of a free function and the value it has before every call chunk    a
 * loaded text; its number is its chunk name in Lua ("=7"), its file is for messages */
#ifndef OKIENKO_SCRIPT_INSIDE_H
#define OKIENKO_SCRIPT_INSIDE_H

#include "script/script.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#define SCRIPT_HOOK_PERIOD 1000
#define SCRIPT_TEXT_MAX ((size_t)64 * 1024) /* bytes of any one string in a state */
#define SCRIPT_LIST_MAX 10000               /* elements that a function of `table` walks */
#define SCRIPT_RESULTS_MAX 200              /* results of unpack, byte, codepoint */
#define SCRIPT_DEPTH_MAX 32
#define SCRIPT_VALUES_MAX 20000
#define SCRIPT_MISSING_MAX 200

/* The bottom of the stack, which stays for the life of a state. Inside a C function the stack is
 * that function's: there script_push_slot() reaches them. */
enum {
    SLOT_BARRIER = 1, /* the message handler */
    SLOT_ENVIRONMENT, /* the proxy that chunks have as _ENV */
    SLOT_GLOBALS,     /* what it reads: the hidden table of globals */
    SLOT_FUNCTIONS,   /* [i + 1] is free function i */
    SLOT_GUARDS,      /* [2 g + 1] closure, [2 g + 2] value of guard g */
    SLOT_LAST,        /* what the last chunk returned */
    SLOT_VIEW,        /* SCRIPT_ARGUMENTS_MAX views */
    SLOT_TOP = SLOT_VIEW + SCRIPT_ARGUMENTS_MAX - 1,
    SLOT_REGISTRY = 100 /* where they stand in the registry */
};

/* The host functions that free functions may hold: a table of the registry. */
#define SCRIPT_ALLOWED "okienko allowed"

typedef struct {
    int line;
    int first_guard; /* into guard_of */
    int guard_count;
    bool sealed;
    bool refused; /* said once by script_seal() */
} free_function_t;

struct script_state {
    lua_State *lua;
    script_limits_t limits;
    size_t used;
    char **words;
    size_t word_count;
    char **files; /* of the chunks */
    size_t file_count, file_cap;
    free_function_t *functions;
    size_t function_count, function_cap;
    free_function_t
        shared;    /* no function: the guards of all that was defined, reset before a load */
    int *upvalues; /* number of the upvalue that guard g sets */
    size_t guard_count, guard_cap;
    int *guard_of; /* guards of the functions, one run after another */
    size_t guard_of_count, guard_of_cap;
    script_missing_t missing[SCRIPT_MISSING_MAX];
    size_t missing_count;
    script_repeated_t repeated[SCRIPT_MISSING_MAX];
    size_t repeated_count;
    bool calling; /* a free function runs, not a chunk */
    /* The budget of what runs. */
    uint64_t spent, allowed, allowed_ns, deadline;
    bool expired;
    /* The fault of what runs, filled by the barrier. */
    script_fault_t fault;
    script_code_t raised;
    int blamed_line, blamed_chunk;
    int refused_line, refused_chunk; /* where an allocation was refused */
};

/* The first member of every userdata that a plugin can hold. */
typedef enum { USERDATA_WORD = 0x5701, USERDATA_MISSING, USERDATA_VIEW } userdata_kind_t;

typedef struct {
    userdata_kind_t kind;
    int word;
    int line;
    int chunk;
    int arguments; /* user values 1…; of a missing name, user value 1 is the name and they follow */
} term_t;

typedef struct {
    userdata_kind_t kind;
    const script_view_t *view; /* NULL between calls */
} view_t;

static inline script_state_t *script_of(lua_State *L)
{
    return *(script_state_t **)lua_getextraspace(L);
}

static inline void script_push_slot(lua_State *L, int slot)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, SLOT_REGISTRY + slot);
}

/* Grows an array of `size`-byte elements to hold one more than `count`; false without memory. */
bool script_grow(void *array, size_t *cap, size_t count, size_t size);

/* barrier.c: everything that may raise runs behind script_protect(). */
bool script_protect(script_state_t *state, lua_CFunction body, void *context,
                    script_fault_t *fault);
/* pcall of the function and arguments on the stack; sets `*fault` and clears the stack if it fails.
 */
bool script_protect_call(script_state_t *state, int arguments, int results, script_fault_t *fault);
int script_on_error(lua_State *L);
/* Raises with a code of its own. */
int script_raise(lua_State *L, script_code_t code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same where no function of a plugin runs: `line` of `chunk` is to blame. */
int script_raise_at(lua_State *L, script_code_t code, int chunk, int line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void script_fault_set(script_fault_t *fault, script_code_t code, const char *file, int line,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Where the innermost plugin function stands; line 0 where none runs. */
int script_where(lua_State *L, int *chunk);
const char *script_file(const script_state_t *state, int chunk);
/* By the chunk's name in Lua, "=7". */
/* Chunks are named "=1", "=2"… for Lua; 0 for a function that is in none. */
int script_chunk_number(const char *source);
const char *script_chunk_file(const script_state_t *state, const char *source);
void *script_allocate(void *state, void *block, size_t old_size, size_t new_size);
void script_budget(script_state_t *state, uint64_t instructions, uint64_t ns);
/* Counts work done in C as `cost` instructions; raises when the budget is used up. */
void script_charge(lua_State *L, uint64_t cost);

/* environment.c and the parts of the library. */
void script_environment_open(lua_State *L);
void script_base_open(lua_State *L, int globals, int original);
void script_strings_open(lua_State *L, int original);
void script_utf8_open(lua_State *L, int original);
void script_tables_open(lua_State *L, int original);
void script_math_open(lua_State *L, int original);
void script_money_open(lua_State *L, int globals);
void script_words_open(lua_State *L, int globals);
void script_views_open(lua_State *L);
/* A function of the original library, called by its bounded wrapper with the same arguments. */
int script_original(lua_State *L);
/* Sets table[name] to a closure of `wrapper` with the original function. */
void script_wrap(lua_State *L, int table, int original, const char *name, lua_CFunction wrapper);
/* Sets table[name] to the original as it is. */
void script_copy(lua_State *L, int table, int original, const char *name);
/* Pushes what tostring() gives. */
void script_push_text(lua_State *L, int index);
/* What type() gives. */
const char *script_type(lua_State *L, int index);

/* money.c */
void script_push_money(lua_State *L, int64_t grosze);
void script_push_money_text(lua_State *L, int64_t grosze);
static inline bool script_is_money(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TLIGHTUSERDATA;
}
static inline int64_t script_money(lua_State *L, int index)
{
    return (int64_t)(intptr_t)lua_touserdata(L, index);
}

/* words.c */
term_t *script_term(lua_State *L, int index);
/* Pushes the poison for a name that is missing; while a free function runs, raises instead. */
int script_push_missing(lua_State *L, const char *name);
int script_on_missing_global(lua_State *L);

/* freeze.c */
/* Pushes the hidden table of a frozen one, or the table itself. */
void script_push_content(lua_State *L, int index);
bool script_is_frozen(lua_State *L, int index);

/* source.c */
typedef enum { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_STRING, TOKEN_SYMBOL } token_kind_t;

typedef struct {
    token_kind_t kind;
    int line;
    span_t text;
    size_t match; /* of a bracket: where its pair stands; 0 without one */
} token_t;

typedef struct {
    token_t *at; /* the last one is TOKEN_END */
    size_t count;
    size_t cap;
} tokens_t;

bool script_source_check(span_t source, const char *file, script_fault_t *fault);
/* False without memory. */
bool script_tokens_read(tokens_t *tokens, span_t source);
bool script_tokens_check(const tokens_t *tokens, const char *file, script_fault_t *fault);
static inline bool script_token_is(const token_t *token, const char *text)
{
    return (token->kind == TOKEN_NAME || token->kind == TOKEN_SYMBOL) &&
           span_equal(token->text, span_of(text));
}

/* value.c: reads the value at `index` into `value`; raises on a fault. Lines are those of words,
 * negative, and zero elsewhere, until script_lines_set(). */
void script_value_read(lua_State *L, int index, int chunk, arena_t *arena, script_value_t *value);

/* repeated.c: fills in the state's list. False without memory. */
bool script_find_repeated(script_state_t *state, const tokens_t *tokens);

/* lines.c */
/* Behind the expression that begins at `at`: its comma, its bracket's end. */
size_t script_skip_expression(const tokens_t *tokens, size_t at);
bool script_lines_set(const script_state_t *state, const tokens_t *tokens, script_value_t *root,
                      arena_t *arena);

/* call.c */
int script_function_add(lua_State *L, int index);
/* Gives every upvalue that the function can reach its first value back. Raises nothing. */
void script_reset(script_state_t *state, const free_function_t *function);

#endif
