/* assert, error, ipairs, pairs, select, tonumber, tostring, type; and math. */
#include "script/inside.h"

#include <math.h>
#include <stdlib.h>

const char *script_type(lua_State *L, int index)
{
    if (script_is_money(L, index)) {
        return "money";
    }
    if (lua_type(L, index) != LUA_TUSERDATA) {
        return luaL_typename(L, index);
    }
    switch (*(const userdata_kind_t *)lua_touserdata(L, index)) {
    case USERDATA_VIEW:
        return "view";
    case USERDATA_MISSING:
        return "missing";
    default:
        return "word";
    }
}

void script_push_text(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        if (!lua_isinteger(L, index) && isnan(lua_tonumber(L, index))) {
            lua_pushliteral(L, "nan"); /* whatever its sign */
            break;
        }
        lua_pushvalue(L, index);
        lua_tostring(L, -1);
        break;
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        break;
    case LUA_TLIGHTUSERDATA:
        script_push_money_text(L, script_money(L, index));
        break;
    default:
        lua_pushstring(L, script_type(L, index));
    }
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    script_push_text(L, 1);
    return 1;
}

static int base_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, script_type(L, 1));
    return 1;
}

static int base_error(lua_State *L)
{
    if (lua_gettop(L) > 1) {
        return luaL_error(L, "error takes one text");
    }
    if (lua_type(L, 1) != LUA_TSTRING) {
        lua_settop(L, 1);
        return lua_error(L);
    }
    return luaL_error(L, "%s", lua_tostring(L, 1));
}

static int base_assert(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1)) {
        return lua_gettop(L);
    }
    if (lua_type(L, 2) == LUA_TSTRING) {
        return luaL_error(L, "%s", lua_tostring(L, 2));
    }
    return luaL_error(L, "assert does not hold");
}

static int base_select(lua_State *L)
{
    if (lua_gettop(L) - 1 > SCRIPT_RESULTS_MAX) {
        return luaL_error(L, "select takes at most %d values", SCRIPT_RESULTS_MAX);
    }
    return script_original(L);
}

static int walk_list(lua_State *L)
{
    lua_Integer next = luaL_checkinteger(L, 2) + 1;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushinteger(L, next);
    return lua_geti(L, 1, next) == LUA_TNIL ? 1 : 2;
}

static int base_ipairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushcfunction(L, walk_list);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* A key of a table that pairs walks: a text, or a whole number where `text.at` is NULL. */
typedef struct {
    span_t text;
    lua_Integer number;
} walked_t;

static int compare_keys(const void *a, const void *b)
{
    const walked_t *one = a, *two = b;
    if (one->text.at == NULL || two->text.at == NULL) {
        bool before = one->text.at == NULL && (two->text.at != NULL || one->number < two->number);
        return before ? -1 : 1;
    }
    return span_compare(one->text, two->text);
}

static size_t count_keys(lua_State *L, int table)
{
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING && !lua_isinteger(L, -1)) {
            luaL_error(L, "pairs walks tables whose keys are texts and whole numbers, not %s",
                       script_type(L, -1));
        }
        count++;
    }
    return count;
}

/* Pushes a list of the keys in order: whole numbers ascending, then texts by their bytes. Meanwhile
 * the strings stay alive in the table whose keys they are. */
static void push_sorted_keys(lua_State *L, int table, size_t count)
{
    walked_t *keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    size_t at = 0;
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pop(L, 1);
        bool text = lua_type(L, -1) == LUA_TSTRING;
        keys[at] = (walked_t){.number = text ? 0 : lua_tointeger(L, -1)};
        if (text) {
            keys[at].text.at = lua_tolstring(L, -1, &keys[at].text.len);
        }
        at++;
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        if (keys[i].text.at != NULL) {
            lua_pushlstring(L, keys[i].text.at, keys[i].text.len);
        } else {
            lua_pushinteger(L, keys[i].number);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2);
}

/* Upvalues: the table, its keys, how many were given. */
static int walk_pairs(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        at++;
        if (lua_rawgeti(L, lua_upvalueindex(2), at) == LUA_TNIL) {
            return 1;
        }
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) {
            break;
        }
        lua_pop(L, 2); /* taken out since */
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int base_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    script_push_content(L, 1);
    int table = lua_gettop(L);
    size_t count = count_keys(L, table);
    script_charge(L, count * 4);
    push_sorted_keys(L, table, count);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, walk_pairs, 3);
    return 1;
}

void script_base_open(lua_State *L, int globals, int original)
{
    static const luaL_Reg functions[] = {{"assert", base_assert},
                                         {"error", base_error},
                                         {"ipairs", base_ipairs},
                                         {"pairs", base_pairs},
                                         {"tostring", base_tostring},
                                         {"type", base_type},
                                         {NULL, NULL}};
    lua_pushvalue(L, globals);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
    script_copy(L, globals, original, "tonumber");
    script_wrap(L, globals, original, "select", base_select);
}

/* The least or greatest of amounts; of numbers as in Lua. */
static int extreme(lua_State *L, bool greatest)
{
    if (!script_is_money(L, 1)) {
        return script_original(L);
    }
    int64_t best = script_money(L, 1);
    for (int i = 2; i <= lua_gettop(L); i++) {
        if (!script_is_money(L, i)) {
            return luaL_error(L, "money can be compared with money only, not %s",
                              script_type(L, i));
        }
        int64_t grosze = script_money(L, i);
        best = (greatest ? grosze > best : grosze < best) ? grosze : best;
    }
    script_push_money(L, best);
    return 1;
}

static int math_max(lua_State *L)
{
    return extreme(L, true);
}

static int math_min(lua_State *L)
{
    return extreme(L, false);
}

void script_math_open(lua_State *L, int original)
{
    static const char *const plain[] = {"abs", "ceil", "floor",      "tointeger", "type",
                                        "ult", "huge", "maxinteger", "mininteger"};
    lua_newtable(L);
    int table = lua_gettop(L);
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        script_copy(L, table, original, plain[i]);
    }
    script_wrap(L, table, original, "max", math_max);
    script_wrap(L, table, original, "min", math_min);
}
