/* Reads what a chunk returned into values of the arena: raw, bounded, in an order that does not
 * depend on Lua's hashing. Runs behind the barrier. */
#include "script/inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    lua_State *L;
    arena_t *arena;
    int chunk;
    int line; /* of the innermost word, for faults */
    size_t count;
    const void *path[SCRIPT_DEPTH_MAX];
    int depth;
} reader_t;

static void read_value(reader_t *reader, int index, script_value_t *value);

static void fail(reader_t *reader, const char *why)
{
    script_raise_at(reader->L, SCRIPT_RESULT, reader->chunk, reader->line, "%s", why);
}

static void *need(reader_t *reader, void *memory)
{
    if (memory == NULL) {
        script_raise_at(reader->L, SCRIPT_MEMORY, reader->chunk, reader->line, "no memory");
    }
    return memory;
}

static span_t copy_text(reader_t *reader, int index)
{
    span_t text;
    text.at = lua_tolstring(reader->L, index, &text.len);
    span_t copy = arena_copy(reader->arena, text);
    need(reader, (void *)copy.at);
    return copy;
}

static void enter(reader_t *reader, int index)
{
    const void *here = lua_topointer(reader->L, index);
    for (int i = 0; i < reader->depth; i++) {
        if (reader->path[i] == here) {
            fail(reader, "a table that contains itself");
        }
    }
    if (reader->depth == SCRIPT_DEPTH_MAX) {
        fail(reader, "tables and words nested more than 32 deep");
    }
    reader->path[reader->depth++] = here;
    luaL_checkstack(reader->L, 8, "nested too deep");
}

static void count_values(reader_t *reader, size_t more)
{
    reader->count += more;
    if (reader->count > SCRIPT_VALUES_MAX) {
        fail(reader, "more than 20000 values");
    }
}

/* A key that is not one of 1…items, as a field without a value: text as it is, others printed. */
static void read_key(reader_t *reader, script_field_t *field)
{
    lua_State *L = reader->L;
    field->odd = lua_type(L, -1) != LUA_TSTRING;
    field->value.kind = SCRIPT_OTHER;
    if (lua_type(L, -1) == LUA_TNUMBER) {
        field->value.kind = lua_isinteger(L, -1) ? SCRIPT_INTEGER : SCRIPT_FLOAT;
        field->value.integer = lua_tointeger(L, -1);
        field->value.number = lua_tonumber(L, -1);
    } else if (lua_type(L, -1) == LUA_TBOOLEAN) {
        field->value.kind = SCRIPT_BOOLEAN;
        field->value.boolean = lua_toboolean(L, -1);
    }
    script_push_text(L, -1);
    field->name = copy_text(reader, -1);
    lua_pop(L, 1);
}

/* Text keys by their bytes, then the odd ones: by kind, by number. Until its value is read, a
 * field's value holds the key. */
static int compare_fields(const void *a, const void *b)
{
    const script_field_t *one = a, *two = b;
    if (one->odd != two->odd) {
        return one->odd ? 1 : -1;
    }
    if (!one->odd || one->value.kind != two->value.kind) {
        return one->odd ? (int)one->value.kind - (int)two->value.kind
                        : span_compare(one->name, two->name);
    }
    if (one->value.kind == SCRIPT_INTEGER) {
        return (one->value.integer > two->value.integer) -
               (one->value.integer < two->value.integer);
    }
    if (one->value.kind == SCRIPT_FLOAT) {
        return (one->value.number > two->value.number) - (one->value.number < two->value.number);
    }
    return span_compare(one->name, two->name);
}

static void push_key(lua_State *L, const script_field_t *field)
{
    if (!field->odd) {
        lua_pushlstring(L, field->name.at, field->name.len);
    } else if (field->value.kind == SCRIPT_INTEGER) {
        lua_pushinteger(L, field->value.integer);
    } else if (field->value.kind == SCRIPT_FLOAT) {
        lua_pushnumber(L, field->value.number);
    } else {
        lua_pushboolean(L, field->value.boolean);
    }
}

static bool is_item(lua_State *L, int key, size_t items)
{
    return lua_isinteger(L, key) && lua_tointeger(L, key) >= 1 &&
           (lua_Unsigned)lua_tointeger(L, key) <= items;
}

static void read_keys(reader_t *reader, int table, script_value_t *value)
{
    lua_State *L = reader->L;
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pop(L, 1);
        count += !is_item(L, -1, value->item_count);
    }
    count_values(reader, count);
    if (count == 0) {
        return;
    }
    value->fields = need(reader, arena_array(reader->arena, count, sizeof *value->fields));
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pop(L, 1);
        if (!is_item(L, -1, value->item_count)) {
            read_key(reader, &value->fields[value->field_count++]);
        }
    }
    qsort(value->fields, count, sizeof *value->fields, compare_fields);
}

static void read_fields(reader_t *reader, int table, script_value_t *value)
{
    lua_State *L = reader->L;
    read_keys(reader, table, value);
    for (size_t i = 0; i < value->field_count; i++) {
        script_field_t *field = &value->fields[i];
        if (field->value.kind == SCRIPT_OTHER && field->odd) {
            field->value.text = SPAN("a key that is neither text nor number");
            continue; /* tables and functions as keys have no order: their values are not read */
        }
        push_key(L, field);
        lua_rawget(L, table);
        field->value = (script_value_t){.kind = SCRIPT_NIL};
        read_value(reader, lua_gettop(L), &field->value);
        lua_pop(L, 1);
    }
}

static void read_table(reader_t *reader, int index, script_value_t *value)
{
    lua_State *L = reader->L;
    enter(reader, index);
    value->kind = SCRIPT_TABLE;
    script_push_content(L, index);
    int table = lua_gettop(L);
    size_t items = 0;
    while (items <= SCRIPT_VALUES_MAX &&
           lua_rawgeti(L, table, (lua_Integer)items + 1) != LUA_TNIL) {
        items++;
        lua_pop(L, 1);
    }
    lua_settop(L, table);
    count_values(reader, items);
    if (items > 0) {
        value->items = need(reader, arena_array(reader->arena, items, sizeof *value->items));
    }
    for (; value->item_count < items; value->item_count++) {
        lua_rawgeti(L, table, (lua_Integer)value->item_count + 1);
        read_value(reader, table + 1, &value->items[value->item_count]);
        lua_pop(L, 1);
    }
    read_fields(reader, table, value);
    lua_pop(L, 1);
    reader->depth--;
}

static void read_term(reader_t *reader, int index, const term_t *term, script_value_t *value)
{
    lua_State *L = reader->L;
    int first = term->kind == USERDATA_MISSING ? 2 : 1, outer = reader->line;
    enter(reader, index);
    value->kind = term->kind == USERDATA_MISSING ? SCRIPT_MISSING : SCRIPT_WORD;
    value->word = term->word;
    if (term->chunk == reader->chunk) {
        value->line = -term->line;
        reader->line = term->line;
    }
    if (value->kind == SCRIPT_MISSING) {
        lua_getiuservalue(L, index, 1);
        value->text = copy_text(reader, -1);
        lua_pop(L, 1);
    }
    size_t count = (size_t)term->arguments;
    count_values(reader, count);
    if (count > 0) {
        value->items = need(reader, arena_array(reader->arena, count, sizeof *value->items));
    }
    for (; value->item_count < count; value->item_count++) {
        lua_getiuservalue(L, index, first + (int)value->item_count);
        read_value(reader, lua_gettop(L), &value->items[value->item_count]);
        lua_pop(L, 1);
    }
    reader->line = outer;
    reader->depth--;
}

static void read_number(lua_State *L, int index, script_value_t *value)
{
    value->number = lua_tonumber(L, index);
    if (lua_isinteger(L, index)) {
        value->kind = SCRIPT_INTEGER;
        value->integer = lua_tointeger(L, index);
    } else if (isfinite(value->number)) {
        value->kind = SCRIPT_FLOAT;
    } else {
        value->text = isnan(value->number) ? SPAN("not a number") : SPAN("an infinite number");
        value->number = 0;
    }
}

static void read_function(reader_t *reader, int index, script_value_t *value)
{
    lua_State *L = reader->L;
    lua_Debug at;
    if (lua_iscfunction(L, index)) {
        value->text = SPAN("a word or function that is not called");
        return;
    }
    value->kind = SCRIPT_FUNCTION;
    value->function = script_function_add(L, index);
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &at);
    if (script_chunk_number(at.source) == reader->chunk) {
        value->line = -at.linedefined;
    }
}

static void read_value(reader_t *reader, int index, script_value_t *value)
{
    lua_State *L = reader->L;
    value->kind = SCRIPT_OTHER;
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        value->kind = SCRIPT_NIL;
        break;
    case LUA_TBOOLEAN:
        value->kind = SCRIPT_BOOLEAN;
        value->boolean = lua_toboolean(L, index);
        break;
    case LUA_TNUMBER:
        read_number(L, index, value);
        break;
    case LUA_TSTRING:
        value->kind = SCRIPT_TEXT;
        value->text = copy_text(reader, index);
        break;
    case LUA_TLIGHTUSERDATA:
        value->kind = SCRIPT_MONEY;
        value->integer = script_money(L, index);
        break;
    case LUA_TTABLE:
        read_table(reader, index, value);
        break;
    case LUA_TFUNCTION:
        read_function(reader, index, value);
        break;
    default:
        if (script_term(L, index) != NULL) {
            read_term(reader, index, script_term(L, index), value);
        }
    }
}

void script_value_read(lua_State *L, int index, int chunk, arena_t *arena, script_value_t *value)
{
    reader_t reader = {.L = L, .arena = arena, .chunk = chunk};
    read_value(&reader, lua_absindex(L, index), value);
}
