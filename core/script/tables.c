/* table: concat, insert, remove, sort, unpack, pack, on at most SCRIPT_LIST_MAX elements. */
#include "script/inside.h"

static lua_Integer list_len(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TTABLE);
    lua_Integer len = luaL_len(L, index);
    if (len > SCRIPT_LIST_MAX) {
        luaL_error(L, "the list has more than %d elements", SCRIPT_LIST_MAX);
    }
    return len;
}

static void check_writable(lua_State *L)
{
    if (script_is_frozen(L, 1)) {
        luaL_error(L, "this table was made while the file was loaded and cannot be changed");
    }
}

/* Elements from argument `first` to `last`, at most `max`. */
static void check_range(lua_State *L, int first, int last, lua_Integer max)
{
    lua_Integer from = luaL_optinteger(L, first, 1);
    lua_Integer to = lua_isnoneornil(L, last) ? list_len(L, 1) : luaL_checkinteger(L, last);
    if (from <= to && (lua_Unsigned)to - (lua_Unsigned)from >= (lua_Unsigned)max) {
        luaL_error(L, "at most %d elements at once", (int)max);
    }
}

/* The bytes that elements from..to and what stands between them would come to. */
static void check_concat(lua_State *L, size_t separator)
{
    lua_Integer from = luaL_optinteger(L, 3, 1);
    lua_Integer to = lua_isnoneornil(L, 4) ? luaL_len(L, 1) : lua_tointeger(L, 4);
    size_t bytes = 0;
    for (lua_Integer i = from; i <= to; i++) {
        int type = lua_geti(L, 1, i);
        if (type == LUA_TLIGHTUSERDATA) {
            luaL_error(L, "element %d is money: tostring() makes a text of it", (int)i);
        }
        bytes += separator + (type == LUA_TSTRING ? lua_rawlen(L, -1) : 24);
        lua_pop(L, 1);
        if (i == LUA_MAXINTEGER || bytes > SCRIPT_TEXT_MAX) {
            break;
        }
    }
    script_charge(L, bytes / 32);
    if (bytes > SCRIPT_TEXT_MAX) {
        luaL_error(L, "the text would be longer than 64 KiB");
    }
}

static int table_concat(lua_State *L)
{
    size_t separator = 0;
    list_len(L, 1);
    luaL_optlstring(L, 2, "", &separator);
    check_range(L, 3, 4, SCRIPT_LIST_MAX);
    check_concat(L, separator);
    return script_original(L);
}

static int table_insert(lua_State *L)
{
    check_writable(L);
    lua_Integer len = list_len(L, 1);
    if (lua_gettop(L) == 3) {
        script_charge(L, (uint64_t)len / 4);
    }
    return script_original(L);
}

static int table_remove(lua_State *L)
{
    check_writable(L);
    lua_Integer len = list_len(L, 1);
    if (lua_gettop(L) == 2) {
        script_charge(L, (uint64_t)len / 4);
    }
    return script_original(L);
}

static int table_unpack(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    check_range(L, 2, 3, SCRIPT_RESULTS_MAX);
    return script_original(L);
}

static int table_pack(lua_State *L)
{
    return script_original(L);
}

/* What is sorted: a copy of the elements at stack index `values`, 1 to `count`. */
typedef struct {
    lua_State *L;
    int values;
    int compare; /* stack index of the function, or 0 */
} sort_t;

static bool comes_before(const sort_t *sort, int a, int b)
{
    lua_State *L = sort->L;
    if (sort->compare != 0) {
        lua_pushvalue(L, sort->compare);
    }
    lua_rawgeti(L, sort->values, a);
    lua_rawgeti(L, sort->values, b);
    bool before = false;
    if (sort->compare != 0) {
        lua_call(L, 2, 1);
        before = lua_toboolean(L, -1);
        lua_pop(L, 1);
    } else {
        if (lua_type(L, -1) == LUA_TSTRING) {
            script_charge(L, lua_rawlen(L, -1) / 64);
        }
        before = lua_compare(L, -2, -1, LUA_OPLT) != 0;
        lua_pop(L, 2);
    }
    return before;
}

/* Merges the runs from[low..middle) and from[middle..high) into `to`. */
static void merge(const sort_t *sort, const int *from, int *to, size_t low, size_t middle,
                  size_t high)
{
    size_t left = low, right = middle;
    for (size_t i = low; i < high; i++) {
        bool take_right =
            left == middle || (right < high && comes_before(sort, from[right], from[left]));
        to[i] = take_right ? from[right++] : from[left++];
    }
}

/* Merge sort: stable and the same in every run, unlike Lua's, which draws its pivots from the
 * clock; a comparison that contradicts itself cannot make it read outside. */
static const int *sorted_order(const sort_t *sort, int *order, int *spare, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = low + 2 * width < count ? low + 2 * width : count;
            merge(sort, order, spare, low, middle, high);
        }
        int *swapped = order;
        order = spare;
        spare = swapped;
    }
    return order;
}

static int table_sort(lua_State *L)
{
    check_writable(L);
    size_t count = (size_t)list_len(L, 1);
    if (!lua_isnoneornil(L, 2)) {
        luaL_checktype(L, 2, LUA_TFUNCTION);
    }
    lua_settop(L, 2);
    int *order = lua_newuserdatauv(L, (count + 1) * 2 * sizeof *order, 0);
    lua_createtable(L, (int)count, 0);
    sort_t sort = {L, 4, lua_isnil(L, 2) ? 0 : 2};
    for (size_t i = 0; i < count; i++) {
        order[i] = (int)i + 1;
        lua_geti(L, 1, (lua_Integer)i + 1);
        lua_rawseti(L, sort.values, (lua_Integer)i + 1);
    }
    script_charge(L, (uint64_t)count * 4);
    const int *sorted = sorted_order(&sort, order, order + count + 1, count);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, sort.values, sorted[i]);
        lua_seti(L, 1, (lua_Integer)i + 1);
    }
    return 0;
}

void script_tables_open(lua_State *L, int original)
{
    static const luaL_Reg functions[] = {{"concat", table_concat},
                                         {"insert", table_insert},
                                         {"remove", table_remove},
                                         {"unpack", table_unpack},
                                         {"pack", table_pack},
                                         {"sort", table_sort},
                                         {NULL, NULL}};
    lua_newtable(L);
    int table = lua_gettop(L);
    for (const luaL_Reg *f = functions; f->name != NULL; f++) {
        script_wrap(L, table, original, f->name, f->func);
    }
}
