#include "script/inside.h"

#include <stdlib.h>

const script_limits_t script_limits_default = {
    .memory_bytes = 8u * 1024 * 1024,
    .load_instructions = 1000000,
    .call_instructions = 100000,
    .load_ns = UINT64_C(200000000),
    .call_ns = UINT64_C(20000000),
};

bool script_grow(void *array, size_t *cap, size_t count, size_t size)
{
    if (count < *cap) {
        return true;
    }
    void **place = array;
    size_t larger = *cap == 0 ? 16 : *cap * 2;
    void *grown = realloc(*place, larger * size);
    if (grown == NULL) {
        return false;
    }
    *place = grown;
    *cap = larger;
    return true;
}

static bool copy_words(script_state_t *state, const char *const *words, size_t count)
{
    state->words = calloc(count + 1, sizeof *state->words);
    if (state->words == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        state->words[i] = strdup(words[i]);
        if (state->words[i] == NULL) {
            return false;
        }
        state->word_count++;
    }
    return true;
}

/* Fills the slots at the bottom of the stack, in their order. */
static int open_state(lua_State *L)
{
    script_environment_open(L); /* pushes the environment and its globals */
    lua_newtable(L);            /* SLOT_FUNCTIONS */
    lua_newtable(L);            /* SLOT_GUARDS */
    lua_pushnil(L);             /* SLOT_LAST */
    script_views_open(L);
    for (int slot = SLOT_ENVIRONMENT; slot <= SLOT_TOP; slot++) {
        lua_pushvalue(L, slot - SLOT_BARRIER);
        lua_rawseti(L, LUA_REGISTRYINDEX, SLOT_REGISTRY + slot);
    }
    return SLOT_TOP - SLOT_BARRIER;
}

script_state_t *script_new(const script_limits_t *limits, const char *const *words, size_t count)
{
    script_state_t *state = calloc(1, sizeof *state);
    if (state == NULL) {
        return NULL;
    }
    state->limits = *limits;
    state->lua = copy_words(state, words, count) ? lua_newstate(script_allocate, state) : NULL;
    if (state->lua == NULL) {
        script_free(state);
        return NULL;
    }
    *(script_state_t **)lua_getextraspace(state->lua) = state;
    lua_pushcfunction(state->lua, script_on_error);
    lua_pushcfunction(state->lua, open_state);
    if (lua_pcall(state->lua, 0, SLOT_TOP - SLOT_BARRIER, SLOT_BARRIER) != LUA_OK) {
        script_free(state);
        return NULL;
    }
    return state;
}

static void free_names(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
}

void script_free(script_state_t *state)
{
    if (state == NULL) {
        return;
    }
    if (state->lua != NULL) {
        lua_sethook(state->lua, NULL, 0, 0);
        lua_close(state->lua);
    }
    free_names(state->words, state->word_count);
    free_names(state->files, state->file_count);
    free(state->functions);
    free(state->upvalues);
    free(state->guard_of);
    free(state);
}

size_t script_memory(const script_state_t *state)
{
    return state->used;
}

int script_function_line(const script_state_t *state, int function)
{
    bool known = function >= 0 && (size_t)function < state->function_count;
    return known ? state->functions[function].line : 0;
}

const script_missing_t *script_missing(const script_state_t *state, size_t *count)
{
    *count = state->missing_count;
    return state->missing;
}

const script_repeated_t *script_repeated(const script_state_t *state, size_t *count)
{
    *count = state->repeated_count;
    return state->repeated;
}

const char *script_file(const script_state_t *state, int chunk)
{
    return chunk > 0 && (size_t)chunk <= state->file_count ? state->files[chunk - 1] : "";
}

int script_chunk_number(const char *source)
{
    uint64_t number = 0;
    bool ours = source[0] == '=' && span_number(span_of(source + 1), INT32_MAX, &number);
    return ours ? (int)number : 0;
}

const char *script_chunk_file(const script_state_t *state, const char *source)
{
    return script_file(state, script_chunk_number(source));
}
