/* What a plugin can name: an allow-list, the same for every chunk, that nobody can write to. A
 * table shown to plugins is empty; its metatable reads the hidden one. */
#include "script/inside.h"

#include <stdlib.h>

/* Upvalue: "math." and so on. */
static int on_write(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "…";
    return luaL_error(L, "%s%s cannot be changed", lua_tostring(L, lua_upvalueindex(1)), name);
}

static int on_write_global(lua_State *L)
{
    const char *name = lua_tostring(L, 2);
    return luaL_error(L, "'%s' is not local: write 'local %s = …'", name, name);
}

/* Pops the hidden table and a function for writes; pushes the shown table. */
static void show(lua_State *L)
{
    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -4);
    lua_setfield(L, -2, "__index");
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_replace(L, -3);
    lua_pop(L, 1);
}

int script_original(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void script_wrap(lua_State *L, int table, int original, const char *name, lua_CFunction wrapper)
{
    lua_getfield(L, original, name);
    lua_pushcclosure(L, wrapper, 1);
    lua_setfield(L, table, name);
}

void script_copy(lua_State *L, int table, int original, const char *name)
{
    lua_getfield(L, original, name);
    lua_setfield(L, table, name);
}

/* Pushes the original library that `open` makes. Nothing of it stays but what is copied. */
static int push_library(lua_State *L, lua_CFunction open)
{
    lua_pushcfunction(L, open);
    lua_call(L, 0, 1);
    return lua_gettop(L);
}

/* Remembers that free functions may hold the functions of the table on top: their upvalues never
 * change. */
static void allow_functions(lua_State *L)
{
    int table = lua_gettop(L);
    if (lua_getfield(L, LUA_REGISTRYINDEX, SCRIPT_ALLOWED) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, SCRIPT_ALLOWED);
    }
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        if (lua_iscfunction(L, -1)) {
            lua_pushboolean(L, true);
            lua_rawset(L, table + 1);
        } else {
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

/* A library as a field of the globals: pops its table of functions. */
static void add_library(lua_State *L, int globals, const char *name)
{
    allow_functions(L);
    lua_pushfstring(L, "%s.", name);
    lua_pushcclosure(L, on_write, 1);
    show(L);
    lua_setfield(L, globals, name);
}

static int on_write_text(lua_State *L)
{
    return luaL_error(L, "a text cannot be changed");
}

/* ("x"):upper() reads the allowed functions; nothing else of the string metatable is left. */
static void lock_string_metatable(lua_State *L, int strings)
{
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, strings);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, on_write_text);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static void open_libraries(lua_State *L, int globals)
{
    script_strings_open(L, push_library(L, luaopen_string));
    lock_string_metatable(L, lua_gettop(L));
    add_library(L, globals, "string");
    script_tables_open(L, push_library(L, luaopen_table));
    add_library(L, globals, "table");
    script_math_open(L, push_library(L, luaopen_math));
    add_library(L, globals, "math");
    script_utf8_open(L, push_library(L, luaopen_utf8));
    add_library(L, globals, "utf8");
    lua_settop(L, globals);
}

/* Pushes the environment of chunks and the hidden table of its globals. */
void script_environment_open(lua_State *L)
{
    lua_newtable(L);
    int globals = lua_gettop(L);
    open_libraries(L, globals);
    script_base_open(L, globals, push_library(L, luaopen_base));
    /* Lua's own globals are what a chunk would get if it were not given ours: leave none. */
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    script_money_open(L, globals);
    script_words_open(L, globals);
    lua_settop(L, globals);
    allow_functions(L);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, script_on_missing_global);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, globals);
    lua_pushvalue(L, globals);
    lua_pushcfunction(L, on_write_global);
    show(L);
    lua_insert(L, globals);
}

typedef struct {
    char *at[1000];
    size_t count;
} names_t;

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds "prefix.name" for each text key of the table on top. */
static void list_names(lua_State *L, const char *prefix, names_t *names)
{
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
        if (lua_type(L, -2) == LUA_TSTRING &&
            names->count < sizeof names->at / sizeof names->at[0]) {
            buf_t name = {0};
            buf_print(&name, "%s%s", prefix, lua_tostring(L, -2));
            if (buf_zero_terminated(&name) != NULL) {
                names->at[names->count++] = name.at;
            }
        }
        lua_pop(L, 1);
    }
}

static int list_environment(lua_State *L)
{
    static const char *const libraries[][2] = {
        {"math", "math."}, {"string", "string."}, {"table", "table."}, {"utf8", "utf8."}};
    names_t *names = lua_touserdata(L, 1);
    script_push_slot(L, SLOT_GLOBALS);
    list_names(L, "", names);
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
        lua_getfield(L, -1, libraries[i][0]);
        script_push_content(L, -1);
        list_names(L, libraries[i][1], names);
        lua_pop(L, 2);
    }
    return 0;
}

void script_environment(script_state_t *state, buf_t *list)
{
    script_fault_t fault;
    names_t names = {.count = 0};
    if (!script_protect(state, list_environment, &names, &fault)) {
        list->failed = true;
    }
    qsort(names.at, names.count, sizeof names.at[0], compare_names);
    for (size_t i = 0; i < names.count; i++) {
        buf_print(list, "%s\n", names.at[i]);
        free(names.at[i]);
    }
}
