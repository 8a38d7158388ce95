/* Words build terms: userdata that remember the word, its arguments and the line, and that a plugin
 * can neither read nor change. A name that is missing builds a term too,
 * so that one run finds all. */
#include "script/inside.h"

#include <stdio.h>

static const char key_word = 0, key_missing = 0;

term_t *script_term(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TUSERDATA) {
        return NULL;
    }
    term_t *term = lua_touserdata(L, index);
    return term->kind == USERDATA_WORD || term->kind == USERDATA_MISSING ? term : NULL;
}

/* Pushes a term with `values` user values. */
static term_t *push_term(lua_State *L, userdata_kind_t kind, int values)
{
    term_t *term = lua_newuserdatauv(L, sizeof *term, values);
    *term = (term_t){.kind = kind};
    term->line = script_where(L, &term->chunk);
    lua_rawgetp(L, LUA_REGISTRYINDEX, kind == USERDATA_WORD ? &key_word : &key_missing);
    lua_setmetatable(L, -2);
    return term;
}

/* The arguments from stack index `first` become user values from `place`. */
static int keep_arguments(lua_State *L, int first, int last, int place)
{
    for (int i = first; i <= last; i++) {
        lua_pushvalue(L, i);
        lua_setiuservalue(L, -2, place + i - first);
    }
    return last - first + 1;
}

static void check_count(lua_State *L, int count)
{
    if (count > SCRIPT_RESULTS_MAX) {
        luaL_error(L, "more than %d arguments", SCRIPT_RESULTS_MAX);
    }
}

/* Upvalue: the word's index. */
static int call_word(lua_State *L)
{
    script_state_t *state = script_of(L);
    int word = (int)lua_tointeger(L, lua_upvalueindex(1)), count = lua_gettop(L);
    if (state->calling) {
        return luaL_error(L, "'%s' is a word of the file and says nothing inside a function",
                          state->words[word]);
    }
    check_count(L, count);
    term_t *term = push_term(L, USERDATA_WORD, count);
    term->word = word;
    term->arguments = keep_arguments(L, 1, count, 1);
    return 1;
}

static void note_missing(script_state_t *state, const char *name, int line)
{
    if (state->missing_count < SCRIPT_MISSING_MAX) {
        script_missing_t *missing = &state->missing[state->missing_count++];
        snprintf(missing->name, sizeof missing->name, "%s", name);
        missing->line = line;
    }
}

int script_push_missing(lua_State *L, const char *name)
{
    script_state_t *state = script_of(L);
    if (state->calling) {
        return luaL_error(L, "there is no '%s'", name);
    }
    term_t *term = push_term(L, USERDATA_MISSING, 1);
    lua_pushstring(L, name);
    lua_setiuservalue(L, -2, 1);
    note_missing(state, name, term->line);
    return 1;
}

int script_on_missing_global(lua_State *L)
{
    return script_push_missing(L, luaL_tolstring(L, 2, NULL));
}

/* A call of a missing name is the missing name again, with what it was called with. */
static int call_missing(lua_State *L)
{
    int count = lua_gettop(L);
    check_count(L, count);
    term_t *callee = lua_touserdata(L, 1);
    term_t *term = push_term(L, USERDATA_MISSING, count);
    term->line = callee->line;
    term->chunk = callee->chunk;
    lua_getiuservalue(L, 1, 1);
    lua_setiuservalue(L, -2, 1);
    term->arguments = keep_arguments(L, 2, count, 2);
    return 1;
}

/* Any operator with a missing name gives the missing name. */
static int same_missing(lua_State *L)
{
    term_t *term = script_term(L, 1);
    lua_pushvalue(L, term != NULL && term->kind == USERDATA_MISSING ? 1 : 2);
    return 1;
}

static int write_term(lua_State *L)
{
    return luaL_error(L, "what a word builds cannot be changed");
}

static void add_metatable(lua_State *L, const void *key, const char *name,
                          const luaL_Reg *functions)
{
    lua_newtable(L);
    luaL_setfuncs(L, functions, 0);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void script_words_open(lua_State *L, int globals)
{
    static const luaL_Reg word[] = {{"__newindex", write_term}, {NULL, NULL}};
    static const luaL_Reg missing[] = {{"__index", same_missing},
                                       {"__newindex", write_term},
                                       {"__call", call_missing},
                                       {"__add", same_missing},
                                       {"__sub", same_missing},
                                       {"__mul", same_missing},
                                       {"__div", same_missing},
                                       {"__idiv", same_missing},
                                       {"__mod", same_missing},
                                       {"__pow", same_missing},
                                       {"__unm", same_missing},
                                       {"__len", same_missing},
                                       {NULL, NULL}};
    add_metatable(L, &key_word, "word", word);
    add_metatable(L, &key_missing, "missing name", missing);
    script_state_t *state = script_of(L);
    for (size_t i = 0; i < state->word_count; i++) {
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushcclosure(L, call_word, 1);
        lua_setfield(L, globals, state->words[i]);
    }
}
