/* The one barrier behind which everything that may raise runs: memory cap, budget, faults. No error
 * leaves a pcall, and nothing in a plugin can catch one. */
#include "script/inside.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

/* Above a string's bytes: its header and the zero. */
#define STRING_HEADER 64

static void refuse(script_state_t *state)
{
    if (state->lua != NULL && state->refused_line == 0) {
        state->refused_line = script_where(state->lua, &state->refused_chunk);
    }
}

/* Lua's allocator. Without a block, `old_size` is the kind of object wanted, so that no string of a
 * state, whatever makes it, passes SCRIPT_TEXT_MAX. */
void *script_allocate(void *context, void *block, size_t old_size, size_t new_size)
{
    script_state_t *state = context;
    size_t old = block == NULL ? 0 : old_size;
    if (new_size == 0) {
        state->used -= old;
        free(block);
        return NULL;
    }
    bool too_long =
        block == NULL && old_size == LUA_TSTRING && new_size > SCRIPT_TEXT_MAX + STRING_HEADER;
    bool too_much = new_size > old && new_size - old > state->limits.memory_bytes - state->used;
    if (too_long || too_much) {
        refuse(state);
        return NULL;
    }
    void *given = realloc(block, new_size);
    if (given == NULL) {
        /* A block that only shrinks stays where it is: Lua counts on that. */
        given = new_size <= old ? block : NULL;
    }
    if (given != NULL) {
        state->used = state->used - old + new_size;
    }
    return given;
}

int script_where(lua_State *L, int *chunk)
{
    lua_Debug at;
    for (int level = 0; lua_getstack(L, level, &at) != 0; level++) {
        if (lua_getinfo(L, "Sl", &at) != 0 && at.currentline > 0 && at.source[0] == '=') {
            *chunk = script_chunk_number(at.source);
            return at.currentline;
        }
    }
    *chunk = 0;
    return 0;
}

static void on_count(lua_State *L, lua_Debug *at);

static void expire(lua_State *L)
{
    script_of(L)->expired = true;
    lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
    luaL_error(L, "takes too long");
}

static void spend(lua_State *L, uint64_t cost)
{
    script_state_t *state = script_of(L);
    state->spent += cost;
    if (state->expired || state->spent > state->allowed) {
        expire(L);
    }
    uint64_t now = clock_worked();
    if (state->deadline == 0) {
        /* The first look at the clock comes a few microseconds late and saves
         * every short call one. */
        state->deadline = now + state->allowed_ns;
    } else if (now > state->deadline) {
        expire(L);
    }
}

static void on_count(lua_State *L, lua_Debug *at)
{
    (void)at;
    spend(L, SCRIPT_HOOK_PERIOD);
}

void script_charge(lua_State *L, uint64_t cost)
{
    script_state_t *state = script_of(L);
    if (cost >= SCRIPT_HOOK_PERIOD) {
        spend(L, cost);
    } else {
        state->spent += cost;
    }
}

void script_budget(script_state_t *state, uint64_t instructions, uint64_t ns)
{
    state->spent = 0;
    state->allowed = instructions;
    state->allowed_ns = ns;
    state->deadline = 0;
    state->expired = false;
    lua_sethook(state->lua, on_count, LUA_MASKCOUNT, SCRIPT_HOOK_PERIOD);
}

static void set_message(script_fault_t *fault, span_t text)
{
    buf_t masked = {0};
    text_mask(&masked, text, sizeof fault->message - 1);
    size_t len = masked.len < sizeof fault->message ? masked.len : sizeof fault->message - 1;
    /* Not in the middle of a character. */
    while (len > 0 && !text_is_utf8((span_t){masked.at, len})) {
        len--;
    }
    if (len > 0) {
        memcpy(fault->message, masked.at, len);
    }
    fault->message[len] = '\0';
    buf_free(&masked);
}

static void set_place(script_fault_t *fault, const char *file, int line)
{
    snprintf(fault->file, sizeof fault->file, "%s", file);
    fault->line = line;
}

void script_fault_set(script_fault_t *fault, script_code_t code, const char *file, int line,
                      const char *format, ...)
{
    char text[sizeof fault->message];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fault->code = code;
    set_place(fault, file, line);
    set_message(fault, span_of(text));
}

int script_raise(lua_State *L, script_code_t code, const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    script_of(L)->raised = code;
    return luaL_error(L, "%s", text);
}

int script_raise_at(lua_State *L, script_code_t code, int chunk, int line, const char *format, ...)
{
    char text[200];
    script_state_t *state = script_of(L);
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    state->raised = code;
    state->blamed_chunk = chunk;
    state->blamed_line = line;
    lua_pushstring(L, text);
    return lua_error(L);
}

/* Cuts the place that Lua puts before a message, "7:12: what"; false where there is none. */
static bool cut_place(span_t *text, int *chunk, int *line)
{
    span_t rest = *text, first = SPAN_NONE, second = SPAN_NONE;
    uint64_t number = 0, where = 0;
    if (!span_cut(&rest, ':', &first) || !span_number(first, INT32_MAX, &number) ||
        rest.at == NULL || !span_cut(&rest, ':', &second) ||
        !span_number(second, INT32_MAX, &where) || !span_starts(rest, SPAN(" "))) {
        return false;
    }
    *text = span_from(rest, 1);
    *chunk = (int)number;
    *line = (int)where;
    return true;
}

/* Lua calls the type of an amount "userdata", having no name for light ones; the others have
 * theirs. */
static void name_money(script_fault_t *fault)
{
    static const char found[] = "a userdata value", better[] = "a money value";
    char *at = strstr(fault->message, found);
    if (at != NULL) {
        memcpy(at, better, sizeof better - 1);
        memmove(at + sizeof better - 1, at + sizeof found - 1, strlen(at + sizeof found - 1) + 1);
    }
}

static void set_raised_message(script_state_t *state, lua_State *L, int *chunk, int *line)
{
    script_fault_t *fault = &state->fault;
    int named_chunk = 0, named_line = 0;
    if (state->expired) {
        set_message(fault, SPAN("takes too long"));
    } else if (state->raised == SCRIPT_UNKNOWN) {
        fault->message[0] = '\0'; /* no fault, and often: no words about it */
    } else if (lua_type(L, 1) == LUA_TSTRING) {
        span_t text = {lua_tostring(L, 1), lua_rawlen(L, 1)};
        if (cut_place(&text, &named_chunk, &named_line) && *line == 0) {
            *chunk = named_chunk;
            *line = named_line;
        }
        set_message(fault, text);
        name_money(fault);
    } else {
        set_message(fault, SPAN("an error that is not a text"));
    }
}

/* The message handler: runs where the error was raised, allocates nothing of Lua's,
 * raises nothing. */
int script_on_error(lua_State *L)
{
    script_state_t *state = script_of(L);
    script_fault_t *fault = &state->fault;
    int chunk = state->blamed_chunk, line = state->blamed_line;
    if (chunk == 0) {
        line = script_where(L, &chunk);
    }
    fault->code = state->expired                 ? SCRIPT_TIME
                  : state->raised != SCRIPT_FINE ? state->raised
                                                 : SCRIPT_ERROR;
    set_raised_message(state, L, &chunk, &line);
    set_place(fault, script_file(state, chunk), line);
    return 0;
}

static void finish(script_state_t *state, int status, script_fault_t *fault)
{
    if (status == LUA_ERRMEM) {
        script_fault_set(&state->fault, state->expired ? SCRIPT_TIME : SCRIPT_MEMORY,
                         script_file(state, state->refused_chunk), state->refused_line,
                         "needs more memory than a plugin may have, or a text over 64 KiB");
    } else if (status == LUA_OK) {
        script_fault_set(&state->fault, SCRIPT_TIME, "", 0, "takes too long");
    } else if (status == LUA_ERRERR) {
        script_fault_set(&state->fault, SCRIPT_ERROR, "", 0, "calls nested too deep");
    }
    *fault = state->fault;
}

bool script_protect_call(script_state_t *state, int arguments, int results, script_fault_t *fault)
{
    state->raised = SCRIPT_FINE;
    state->blamed_chunk = 0;
    state->blamed_line = 0;
    state->refused_line = 0;
    state->refused_chunk = 0;
    int status = lua_pcall(state->lua, arguments, results, SLOT_BARRIER);
    if (status == LUA_OK && !state->expired) {
        return true;
    }
    finish(state, status, fault);
    lua_settop(state->lua, SLOT_TOP);
    return false;
}

bool script_protect(script_state_t *state, lua_CFunction body, void *context, script_fault_t *fault)
{
    lua_pushcfunction(state->lua, body);
    lua_pushlightuserdata(state->lua, context);
    return script_protect_call(state, 1, 0, fault);
}
