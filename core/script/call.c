/* Calls of free functions, and the views that are their arguments. */
#include "script/inside.h"

#include <math.h>

int script_function_add(lua_State *L, int index)
{
    script_state_t *state = script_of(L);
    lua_Debug at;
    if (!script_grow(&state->functions, &state->function_cap, state->function_count,
                     sizeof *state->functions)) {
        script_raise(L, SCRIPT_MEMORY, "no memory");
    }
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &at);
    script_push_slot(L, SLOT_FUNCTIONS);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, (lua_Integer)state->function_count + 1);
    lua_pop(L, 1);
    state->functions[state->function_count] = (free_function_t){.line = at.linedefined};
    return (int)state->function_count++;
}

static void push_read(lua_State *L, const script_value_t *value)
{
    switch (value->kind) {
    case SCRIPT_BOOLEAN:
        lua_pushboolean(L, value->boolean);
        break;
    case SCRIPT_INTEGER:
        lua_pushinteger(L, value->integer);
        break;
    case SCRIPT_FLOAT:
        lua_pushnumber(L, value->number);
        break;
    case SCRIPT_TEXT:
        lua_pushlstring(L, value->text.at, value->text.len);
        break;
    case SCRIPT_MONEY:
        script_push_money(L, value->integer);
        break;
    default:
        lua_pushnil(L);
    }
}

static int read_view(lua_State *L)
{
    const script_view_t *view = ((const view_t *)lua_touserdata(L, 1))->view;
    if (view == NULL) {
        return luaL_error(L, "a value of an earlier call cannot be read");
    }
    if (lua_type(L, 2) != LUA_TSTRING) {
        return luaL_error(L, "a %s is read by its name", view->title);
    }
    span_t name;
    name.at = lua_tolstring(L, 2, &name.len);
    script_value_t value = {.kind = SCRIPT_NIL};
    switch (view->read(view->context, name, &value)) {
    case SCRIPT_GIVEN:
        push_read(L, &value);
        return 1;
    case SCRIPT_NOT_GIVEN:
        script_of(L)->raised = SCRIPT_UNKNOWN;
        lua_pushnil(L);
        return lua_error(L);
    default:
        return luaL_error(L, "there is no %s '%s'", view->title, name.at);
    }
}

static int write_view(lua_State *L)
{
    return luaL_error(L, "what is given to a function cannot be changed");
}

static int measure_view(lua_State *L)
{
    return luaL_error(L, "what is given to a function has no length");
}

void script_views_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"__index", read_view}, {"__newindex", write_view}, {"__len", measure_view}, {NULL, NULL}};
    lua_newtable(L);
    luaL_setfuncs(L, functions, 0);
    lua_pushliteral(L, "view");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    for (int i = 0; i < SCRIPT_ARGUMENTS_MAX; i++) {
        view_t *view = lua_newuserdatauv(L, sizeof *view, 0);
        *view = (view_t){.kind = USERDATA_VIEW};
        lua_pushvalue(L, -2 - i);
        lua_setmetatable(L, -2);
    }
    lua_remove(L, -1 - SCRIPT_ARGUMENTS_MAX);
}

void script_reset(script_state_t *state, const free_function_t *function)
{
    lua_State *L = state->lua;
    for (int i = 0; i < function->guard_count; i++) {
        int guard = state->guard_of[function->first_guard + i];
        lua_rawgeti(L, SLOT_GUARDS, 2 * (lua_Integer)guard + 1);
        lua_rawgeti(L, SLOT_GUARDS, 2 * (lua_Integer)guard + 2);
        lua_setupvalue(L, -2, state->upvalues[guard]);
        lua_pop(L, 1);
    }
}

static void set_views(script_state_t *state, const script_view_t *views, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        view_t *view = lua_touserdata(state->lua, SLOT_VIEW + (int)i);
        view->view = views == NULL ? NULL : &views[i];
    }
}

/* The value on top of the stack; false when it is none that a free function may give. */
static bool read_result(lua_State *L, script_value_t *result)
{
    *result = (script_value_t){.kind = SCRIPT_NIL};
    switch (lua_type(L, -1)) {
    case LUA_TNIL:
        return true;
    case LUA_TBOOLEAN:
        result->kind = SCRIPT_BOOLEAN;
        result->boolean = lua_toboolean(L, -1);
        return true;
    case LUA_TLIGHTUSERDATA:
        result->kind = SCRIPT_MONEY;
        result->integer = script_money(L, -1);
        return true;
    case LUA_TNUMBER:
        result->number = lua_tonumber(L, -1);
        if (lua_isinteger(L, -1)) {
            result->kind = SCRIPT_INTEGER;
            result->integer = lua_tointeger(L, -1);
            return true;
        }
        result->kind = SCRIPT_FLOAT;
        return isfinite(result->number);
    default:
        return false;
    }
}

static bool refuse_result(script_state_t *state, int function, const char *got,
                          script_fault_t *fault)
{
    lua_Debug at;
    lua_rawgeti(state->lua, SLOT_FUNCTIONS, (lua_Integer)function + 1);
    lua_getinfo(state->lua, ">S", &at);
    script_fault_set(fault, SCRIPT_RESULT, script_chunk_file(state, at.source),
                     state->functions[function].line,
                     "gives back %s; expected one boolean, number or money", got);
    return false;
}

static bool take_result(script_state_t *state, int function, script_value_t *result,
                        script_fault_t *fault)
{
    lua_State *L = state->lua;
    int count = lua_gettop(L) - SLOT_TOP;
    if (count == 0) {
        *result = (script_value_t){.kind = SCRIPT_NIL};
        return true;
    }
    bool fine = count == 1 && read_result(L, result);
    if (!fine) {
        const char *got = count > 1                        ? "more than one value"
                          : lua_type(L, -1) == LUA_TNUMBER ? "a number that is not finite"
                                                           : script_type(L, -1);
        lua_settop(L, SLOT_TOP);
        return refuse_result(state, function, got, fault);
    }
    lua_settop(L, SLOT_TOP);
    return true;
}

bool script_call(script_state_t *state, int function, const script_view_t *views, size_t count,
                 script_value_t *result, script_fault_t *fault)
{
    lua_State *L = state->lua;
    bool known = function >= 0 && (size_t)function < state->function_count &&
                 state->functions[function].sealed && count <= SCRIPT_ARGUMENTS_MAX;
    if (!known) {
        script_fault_set(fault, SCRIPT_ERROR, "", 0, "no sealed function of that number");
        return false;
    }
    fault->code = SCRIPT_FINE;
    script_reset(state, &state->functions[function]);
    set_views(state, views, count);
    lua_rawgeti(L, SLOT_FUNCTIONS, (lua_Integer)function + 1);
    for (size_t i = 0; i < count; i++) {
        lua_pushvalue(L, SLOT_VIEW + (int)i);
    }
    script_budget(state, state->limits.call_instructions, state->limits.call_ns);
    state->calling = true;
    bool came_back = script_protect_call(state, (int)count, LUA_MULTRET, fault);
    state->calling = false;
    set_views(state, NULL, count);
    return came_back && take_result(state, function, result, fault);
}
