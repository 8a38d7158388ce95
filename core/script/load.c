/* Runs one chunk and reads what it returns. */
#include "script/inside.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    span_t source;
    int chunk;
    arena_t *arena;
    script_value_t *value;
} load_t;

/* The text line by line, so that a fault that Lua gives no place to has the line read last. */
typedef struct {
    span_t rest;
    int line;
} lines_t;

static const char *give_line(lua_State *L, void *context, size_t *size)
{
    (void)L;
    lines_t *lines = context;
    if (lines->rest.len == 0) {
        *size = 0;
        return NULL;
    }
    const char *end = memchr(lines->rest.at, '\n', lines->rest.len);
    const char *line = lines->rest.at;
    *size = end != NULL ? (size_t)(end - line) + 1 : lines->rest.len;
    lines->rest = span_from(lines->rest, *size);
    lines->line++;
    return line;
}

static void compile(lua_State *L, load_t *load)
{
    char name[24];
    lines_t lines = {.rest = load->source};
    snprintf(name, sizeof name, "=%d", load->chunk);
    int status = lua_load(L, give_line, &lines, name, "t");
    if (status == LUA_ERRSYNTAX) {
        script_of(L)->raised = SCRIPT_SYNTAX;
        lua_error(L);
    } else if (status == LUA_ERRMEM) {
        script_raise_at(L, SCRIPT_MEMORY, load->chunk, lines.line,
                        "needs more memory than a plugin may have");
    } else if (status != LUA_OK) {
        script_raise_at(L, SCRIPT_SYNTAX, load->chunk, lines.line, "nested too deep");
    }
    script_push_slot(L, SLOT_ENVIRONMENT);
    lua_setupvalue(L, -2, 1);
}

static int run_chunk(lua_State *L)
{
    load_t *load = lua_touserdata(L, 1);
    lua_settop(L, 0);
    compile(L, load);
    lua_call(L, 0, LUA_MULTRET);
    if (lua_gettop(L) > 1) {
        return script_raise_at(L, SCRIPT_RESULT, load->chunk, 0, "returns more than one value");
    }
    lua_settop(L, 1);
    script_value_read(L, 1, load->chunk, load->arena, load->value);
    lua_rawseti(L, LUA_REGISTRYINDEX, SLOT_REGISTRY + SLOT_LAST);
    return 0;
}

static bool add_file(script_state_t *state, const char *file)
{
    if (!script_grow(&state->files, &state->file_cap, state->file_count, sizeof *state->files)) {
        return false;
    }
    state->files[state->file_count] = strdup(file);
    return state->files[state->file_count] != NULL && ++state->file_count > 0;
}

static void forget_functions(script_state_t *state, size_t count)
{
    while (state->function_count > count) {
        lua_pushnil(state->lua);
        lua_rawseti(state->lua, SLOT_FUNCTIONS, (lua_Integer)state->function_count);
        state->function_count--;
    }
}

static bool run(script_state_t *state, load_t *load, tokens_t *tokens, const char *file,
                script_fault_t *fault)
{
    load->value = arena_alloc(load->arena, sizeof *load->value);
    if (!add_file(state, file) || load->value == NULL ||
        !script_tokens_read(tokens, load->source)) {
        script_fault_set(fault, SCRIPT_MEMORY, file, 0, "no memory");
        return false;
    }
    if (!script_tokens_check(tokens, file, fault)) {
        return false;
    }
    load->chunk = (int)state->file_count;
    script_reset(state, &state->shared);
    script_budget(state, state->limits.load_instructions, state->limits.load_ns);
    if (!script_protect(state, run_chunk, load, fault)) {
        return false;
    }
    if (!script_lines_set(state, tokens, load->value, load->arena) ||
        !script_find_repeated(state, tokens)) {
        script_fault_set(fault, SCRIPT_MEMORY, file, 0, "no memory");
        return false;
    }
    return true;
}

const script_value_t *script_load(script_state_t *state, const char *file, span_t source,
                                  arena_t *arena, script_fault_t *fault)
{
    *fault = (script_fault_t){.code = SCRIPT_FINE};
    state->missing_count = 0;
    state->repeated_count = 0;
    lua_pushnil(state->lua);
    lua_rawseti(state->lua, LUA_REGISTRYINDEX, SLOT_REGISTRY + SLOT_LAST);
    if (!script_source_check(source, file, fault)) {
        return NULL;
    }
    size_t functions = state->function_count;
    tokens_t tokens = {0};
    load_t load = {.source = source, .arena = arena};
    bool fine = run(state, &load, &tokens, file, fault);
    free(tokens.at);
    if (!fine) {
        forget_functions(state, functions);
        if (fault->file[0] == '\0') {
            snprintf(fault->file, sizeof fault->file, "%s", file);
        }
        return NULL;
    }
    return load.value;
}
