/* Money in plugins: `pln "25.00"`, percent(money, share) and the operators that make sense. An
 * amount is a light userdata that holds the grosze themselves: it cannot be changed, equal amounts
 * are equal, and it costs no allocation. Nothing else in a state that plugins see is a light
 * userdata. */
#include "script/inside.h"

#include "base/money.h"

#include <inttypes.h>
#include <math.h>

_Static_assert(sizeof(void *) >= sizeof(int64_t), "an amount is held in a pointer");

void script_push_money(lua_State *L, int64_t grosze)
{
    if (grosze > MONEY_MAX || grosze < -MONEY_MAX) {
        luaL_error(L, "an amount over a hundred million zloty");
    }
    /* A light userdata is a word that Lua never follows.
     * NOLINTNEXTLINE(performance-no-int-to-ptr) */
    lua_pushlightuserdata(L, (void *)(intptr_t)grosze);
}

void script_push_money_text(lua_State *L, int64_t grosze)
{
    int64_t size = grosze < 0 ? -grosze : grosze;
    lua_pushfstring(L, "%s%I.%d%d", grosze < 0 ? "-" : "", (LUAI_UACINT)(size / 100),
                    (int)(size % 100 / 10), (int)(size % 10));
}

static int make_money(lua_State *L)
{
    int64_t grosze = 0;
    if (lua_type(L, 1) != LUA_TSTRING || lua_gettop(L) != 1) {
        return luaL_error(L, "pln takes a text, as in pln \"25.00\"");
    }
    span_t text;
    text.at = lua_tolstring(L, 1, &text.len);
    if (!money_parse(text, &grosze)) {
        return luaL_error(L, "pln \"%s\" is not an amount such as \"25.00\" or \"25\"", text.at);
    }
    script_push_money(L, grosze);
    return 1;
}

/* Whole hundredths of a per cent, or an error. */
static int64_t check_share(lua_State *L, int index)
{
    double share = luaL_checknumber(L, index) * 100;
    if (!(share >= 0 && share <= 10000000)) {
        luaL_error(L, "percent takes a share from 0 to 100000");
    }
    double whole = nearbyint(share);
    if (fabs(share - whole) > 1e-6) {
        luaL_error(L, "percent takes a share with at most two decimals");
    }
    return (int64_t)whole;
}

static int percent(lua_State *L)
{
    if (!script_is_money(L, 1)) {
        return luaL_error(L, "percent takes money and a share, as in percent(price, 12.5)");
    }
    int64_t part = 0, share = check_share(L, 2), grosze = script_money(L, 1);
    if (grosze < 0) {
        return luaL_error(L, "percent of an amount below zero");
    }
    if (!money_part(grosze, 1000, share, MONEY_TO_GROSZ, &part)) {
        return luaL_error(L, "an amount over a hundred million zloty");
    }
    script_push_money(L, part);
    return 1;
}

static int both(lua_State *L, const char *verb)
{
    int other = script_is_money(L, 1) ? 2 : 1;
    if (!script_is_money(L, other)) {
        return luaL_error(L, "money can be %s money only, not %s", verb, script_type(L, other));
    }
    return 0;
}

static int add(lua_State *L)
{
    both(L, "added to");
    script_push_money(L, script_money(L, 1) + script_money(L, 2));
    return 1;
}

static int subtract(lua_State *L)
{
    both(L, "subtracted from");
    script_push_money(L, script_money(L, 1) - script_money(L, 2));
    return 1;
}

static int multiply(lua_State *L)
{
    int money = script_is_money(L, 1) ? 1 : 2, times = 3 - money;
    int64_t product = 0;
    if (!lua_isinteger(L, times)) {
        return luaL_error(L, "money can be multiplied by a whole number only; for a share write "
                             "percent(money, 12.5)");
    }
    if (__builtin_mul_overflow(script_money(L, money), lua_tointeger(L, times), &product)) {
        product = INT64_MAX;
    }
    script_push_money(L, product);
    return 1;
}

static int no_division(lua_State *L)
{
    return luaL_error(L, "money cannot be divided: for a share write percent(money, 12.5)");
}

static int no_minus(lua_State *L)
{
    return luaL_error(L, "money has no sign: subtract it instead");
}

static int no_operator(lua_State *L)
{
    return luaL_error(L, "money can be added, subtracted and multiplied by a whole number");
}

static int less(lua_State *L)
{
    both(L, "compared with");
    lua_pushboolean(L, script_money(L, 1) < script_money(L, 2));
    return 1;
}

static int less_or_equal(lua_State *L)
{
    both(L, "compared with");
    lua_pushboolean(L, script_money(L, 1) <= script_money(L, 2));
    return 1;
}

void script_money_open(lua_State *L, int globals)
{
    /* No __concat: Debian's 5.4.4 reads freed memory there. No __eq: equal amounts are one value.
     */
    static const luaL_Reg operators[] = {
        {"__add", add},          {"__sub", subtract},     {"__mul", multiply},
        {"__lt", less},          {"__le", less_or_equal}, {"__div", no_division},
        {"__idiv", no_division}, {"__mod", no_division},  {"__pow", no_operator},
        {"__unm", no_minus},     {"__len", no_operator},  {NULL, NULL}};
    lua_pushlightuserdata(L, NULL);
    lua_newtable(L);
    luaL_setfuncs(L, operators, 0);
    lua_pushliteral(L, "money");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    lua_pushcfunction(L, make_money);
    lua_setfield(L, globals, "pln");
    lua_pushcfunction(L, percent);
    lua_setfield(L, globals, "percent");
}
