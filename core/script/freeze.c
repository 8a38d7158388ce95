/* Freezing: a table keeps its identity, but its contents move to a hidden table that its metatable
 * reads, so that whoever holds it, in an upvalue or another table, holds it frozen. Sealing walks
 * all that free functions can reach, freezes it, and notes the upvalues to reset before every call.
 */
#include "script/inside.h"

#include <stdlib.h>

bool script_is_frozen(lua_State *L, int index)
{
    if (lua_getmetatable(L, index) == 0) {
        return false;
    }
    lua_pop(L, 1);
    return true;
}

void script_push_content(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    if (lua_getmetatable(L, index) != 0) {
        lua_pushliteral(L, "__index");
        lua_rawget(L, -2);
        lua_remove(L, -2);
        if (lua_istable(L, -1)) {
            return;
        }
        lua_pop(L, 1);
    }
    lua_pushvalue(L, index);
}

static int write_frozen(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TSTRING) {
        return luaL_error(L, "'%s' cannot be set: tables are read-only once the file is loaded",
                          lua_tostring(L, 2));
    }
    return luaL_error(L, "tables are read-only once the file is loaded");
}

static int measure_frozen(lua_State *L)
{
    script_push_content(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
    return 1;
}

/* Moves the contents of the table at `table` to a new one, which is pushed. */
static void move_contents(lua_State *L, int table)
{
    lua_createtable(L, (int)lua_rawlen(L, table), 0);
    int hidden = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, hidden);
    }
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, table);
    }
}

static void freeze_table(lua_State *L, int table)
{
    if (script_is_frozen(L, table)) {
        return;
    }
    lua_createtable(L, 0, 4);
    move_contents(L, table);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_frozen);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, measure_frozen);
    lua_setfield(L, -2, "__len");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, table);
}

/* A walk over all that can be reached: a queue of objects and the set of those seen, as tables on
 * the stack. Guards go to `owner`, unless it is NULL. */
typedef struct {
    lua_State *L;
    int queue, seen;
    lua_Integer first, last;
    free_function_t *owner;
    int chunk, line;
} reach_t;

static reach_t reach_begin(lua_State *L)
{
    luaL_checkstack(L, 12, "nested too deep");
    lua_newtable(L);
    lua_newtable(L);
    return (reach_t){.L = L, .queue = lua_gettop(L) - 1, .seen = lua_gettop(L)};
}

/* Pops a value and queues it when it can hold others and was not seen. */
static void reach_add(reach_t *reach)
{
    lua_State *L = reach->L;
    int type = lua_type(L, -1);
    if (type != LUA_TTABLE && type != LUA_TFUNCTION && type != LUA_TUSERDATA) {
        lua_pop(L, 1);
        return;
    }
    lua_pushvalue(L, -1);
    if (lua_rawget(L, reach->seen) != LUA_TNIL) {
        lua_pop(L, 2);
        return;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushboolean(L, true);
    lua_rawset(L, reach->seen);
    lua_rawseti(L, reach->queue, ++reach->last);
}

static void reach_table(reach_t *reach, int table)
{
    lua_State *L = reach->L;
    freeze_table(L, table);
    script_push_content(L, table);
    int content = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, content) != 0) {
        reach_add(reach);
        lua_pushvalue(L, -1);
        reach_add(reach);
    }
    lua_pop(L, 1);
}

static void reach_userdata(reach_t *reach, int index)
{
    lua_State *L = reach->L;
    for (int i = 1; lua_getiuservalue(L, index, i) != LUA_TNONE; i++) {
        reach_add(reach);
    }
    lua_pop(L, 1);
}

/* Pushes guard numbers by upvalue: a table of the registry, so that joined upvalues are one guard.
 */
static void push_known_guards(lua_State *L)
{
    static const char key = 0;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &key) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &key);
    }
}

static void no_memory(lua_State *L)
{
    script_raise(L, SCRIPT_MEMORY, "no memory");
}

/* A new guard for upvalue `number` of the function at `function`, whose value is on top. */
static int add_guard(lua_State *L, int function, int number)
{
    script_state_t *state = script_of(L);
    if (!script_grow(&state->upvalues, &state->guard_cap, state->guard_count,
                     sizeof *state->upvalues)) {
        no_memory(L);
    }
    lua_Integer guard = (lua_Integer)state->guard_count;
    script_push_slot(L, SLOT_GUARDS);
    lua_pushvalue(L, function);
    lua_rawseti(L, -2, 2 * guard + 1);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, 2 * guard + 2);
    lua_pop(L, 1);
    state->upvalues[state->guard_count++] = number;
    return (int)guard;
}

/* Notes that `reach->owner` needs the upvalue, whose value is on top, reset. */
static void guard_upvalue(reach_t *reach, int function, int number)
{
    lua_State *L = reach->L;
    script_state_t *state = script_of(L);
    const void *id = lua_upvalueid(L, function, number);
    push_known_guards(L);
    lua_rawgetp(L, -1, id);
    lua_Integer guard = lua_tointeger(L, -1) - 1;
    lua_pop(L, 1);
    if (guard < 0) {
        lua_pushvalue(L, -2);
        guard = add_guard(L, function, number);
        lua_pop(L, 1);
        lua_pushinteger(L, guard + 1);
        lua_rawsetp(L, -2, id);
    }
    lua_pop(L, 1);
    if (!script_grow(&state->guard_of, &state->guard_of_cap, state->guard_of_count,
                     sizeof *state->guard_of)) {
        no_memory(L);
    }
    state->guard_of[state->guard_of_count++] = (int)guard;
    reach->owner->guard_count++;
}

/* Host functions with upvalues of their own are iterators, unless they are of the environment. */
static void check_host_function(reach_t *reach, int function)
{
    lua_State *L = reach->L;
    if (lua_getupvalue(L, function, 1) == NULL) {
        return;
    }
    lua_pop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, SCRIPT_ALLOWED);
    lua_pushvalue(L, function);
    bool allowed = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    if (!allowed) {
        script_raise_at(
            L, SCRIPT_KEEPS_STATE, reach->chunk, reach->line,
            "a function holds an iterator, which would go on from one call to the next");
    }
}

static bool is_environment(lua_State *L, int index)
{
    script_push_slot(L, SLOT_ENVIRONMENT);
    bool same = lua_rawequal(L, -1, index) != 0;
    lua_pop(L, 1);
    return same;
}

static void reach_function(reach_t *reach, int function)
{
    lua_State *L = reach->L;
    if (lua_iscfunction(L, function)) {
        check_host_function(reach, function);
        return;
    }
    for (int i = 1; lua_getupvalue(L, function, i) != NULL; i++) {
        /* A chunk cannot name _ENV, so that its upvalue stays what it is. */
        if (reach->owner != NULL && !is_environment(L, lua_gettop(L))) {
            guard_upvalue(reach, function, i);
        }
        reach_add(reach);
    }
}

/* From the value on top, which it pops, over all that can be reached. Leaves the stack as it was.
 */
static void reach_all(lua_State *L, free_function_t *owner, int chunk)
{
    int top = lua_gettop(L) - 1;
    reach_t reach = reach_begin(L);
    reach.owner = owner;
    reach.chunk = chunk;
    if (owner != NULL) {
        reach.line = owner->line;
        owner->first_guard = (int)script_of(L)->guard_of_count;
        owner->guard_count = 0;
    }
    lua_pushvalue(L, top + 1);
    reach_add(&reach);
    while (reach.first < reach.last) {
        lua_rawgeti(L, reach.queue, ++reach.first);
        int here = lua_gettop(L);
        switch (lua_type(L, here)) {
        case LUA_TTABLE:
            reach_table(&reach, here);
            break;
        case LUA_TFUNCTION:
            reach_function(&reach, here);
            break;
        default:
            reach_userdata(&reach, here);
        }
        lua_settop(L, here - 1);
    }
    lua_settop(L, top);
}

static int seal_functions(lua_State *L)
{
    script_state_t *state = script_of(L);
    for (size_t i = 0; i < state->function_count; i++) {
        lua_Debug at;
        free_function_t *function = &state->functions[i];
        if (function->sealed || function->refused) {
            continue;
        }
        function->refused = true;
        script_push_slot(L, SLOT_FUNCTIONS);
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        lua_remove(L, -2);
        lua_pushvalue(L, -1);
        lua_getinfo(L, ">S", &at);
        reach_all(L, function, script_chunk_number(at.source));
        function->sealed = true;
        function->refused = false;
    }
    lua_gc(L, LUA_GCCOLLECT);
    return 0;
}

bool script_seal(script_state_t *state, script_fault_t *fault)
{
    *fault = (script_fault_t){.code = SCRIPT_FINE};
    script_budget(state, UINT64_MAX, state->limits.load_ns);
    return script_protect(state, seal_functions, NULL, fault);
}

/* Upvalue: the name of the table. */
static int on_missing_field(lua_State *L)
{
    const char *field = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    lua_pushfstring(L, "%s.%s", lua_tostring(L, lua_upvalueindex(1)), field);
    return script_push_missing(L, lua_tostring(L, -1));
}

/* Pushes the table that the last chunk returned, or the first argument of its word; nil without
 * one. */
static void push_defined(lua_State *L)
{
    script_push_slot(L, SLOT_LAST);
    const term_t *term = script_term(L, -1);
    if (term != NULL && term->kind == USERDATA_WORD && term->arguments > 0) {
        lua_getiuservalue(L, -1, 1);
        lua_remove(L, -2);
    }
}

static int define(lua_State *L)
{
    const char *name = lua_touserdata(L, 1);
    push_defined(L);
    script_push_slot(L, SLOT_GLOBALS);
    lua_pushstring(L, name);
    if (!lua_istable(L, 2) || lua_rawget(L, 3) != LUA_TNIL) {
        return luaL_error(L, "no table to define, or the name is taken");
    }
    lua_settop(L, 3);
    lua_pushvalue(L, 2);
    reach_all(L, NULL, 0);
    script_push_content(L, 2);
    lua_createtable(L, 0, 1);
    lua_pushstring(L, name);
    lua_pushcclosure(L, on_missing_field, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pushstring(L, name);
    lua_pushvalue(L, 2);
    lua_rawset(L, 3);
    /* From here on every chunk finds what is shared as it is now. */
    script_push_slot(L, SLOT_ENVIRONMENT);
    reach_all(L, &script_of(L)->shared, 0);
    return 0;
}

bool script_define(script_state_t *state, const char *name)
{
    script_fault_t fault;
    script_budget(state, UINT64_MAX, state->limits.load_ns);
    return script_protect(state, define, (void *)name, &fault);
}
