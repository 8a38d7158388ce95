/* string and utf8, bounded: the count hook does not run inside their C code, so whatever could burn
 * time there is priced before it begins, and paid from the same budget as instructions. */
#include "script/inside.h"

#define SUBJECT_MAX 4096
#define PATTERN_MAX 256
/* Steps of matching that cost as much as one instruction. */
#define STEPS_AN_INSTRUCTION 8
#define COST_MAX UINT64_C(1000000000000)

static void charge_bytes(lua_State *L, size_t bytes)
{
    script_charge(L, bytes / 64);
}

static int plain(lua_State *L)
{
    size_t len = 0;
    luaL_checklstring(L, 1, &len);
    charge_bytes(L, len);
    return script_original(L);
}

static uint64_t capped(uint64_t cost)
{
    return cost < COST_MAX ? cost : COST_MAX;
}

/* The end of a set "[…]" that begins at `at`, or of the pattern. */
static size_t set_end(span_t pattern, size_t at)
{
    at++;
    if (at < pattern.len && pattern.at[at] == '^') {
        at++;
    }
    do {
        if (at >= pattern.len) {
            return pattern.len;
        }
        at += pattern.at[at] == '%' ? 2 : 1;
    } while (at >= pattern.len || pattern.at[at] != ']');
    return at + 1;
}

/* The end of the single item at `at`, which matches one character in `*width` steps. */
static size_t item_end(span_t pattern, size_t at, uint64_t *width)
{
    size_t end = at + 1;
    if (pattern.at[at] == '[') {
        end = set_end(pattern, at);
    } else if (pattern.at[at] == '%') {
        end = at + 2;
    }
    end = end < pattern.len ? end : pattern.len;
    *width = end - at;
    return end;
}

/* The most steps that the rest of a pattern from `at` can take from one place in a subject of `n`
 * bytes: every repetition tries the rest once for each length it can have. */
static uint64_t worst(span_t pattern, size_t at, uint64_t n)
{
    if (at >= pattern.len) {
        return 1;
    }
    char c = pattern.at[at];
    if (c == '(' || c == ')') {
        return worst(pattern, at + 1, n);
    }
    char next = at + 1 < pattern.len ? pattern.at[at + 1] : '\0';
    if (c == '%' && next == 'b') {
        return capped(worst(pattern, at + 4, n) + n);
    }
    if (c == '%' && next >= '0' && next <= '9') {
        return capped(worst(pattern, at + 2, n) + n);
    }
    if (c == '%' && next == 'f') {
        return capped(worst(pattern, at + 2, n) + pattern.len);
    }
    uint64_t width = 1;
    size_t end = item_end(pattern, at, &width);
    char suffix = end < pattern.len ? pattern.at[end] : '\0';
    if (suffix == '*' || suffix == '+' || suffix == '-') {
        return capped((n + 1) * (worst(pattern, end + 1, n) + width));
    }
    if (suffix == '?') {
        return capped(2 * worst(pattern, end + 1, n) + width);
    }
    return capped(worst(pattern, end, n) + width);
}

static void price_pattern(lua_State *L, span_t subject, span_t pattern)
{
    if (subject.len > SUBJECT_MAX) {
        luaL_error(L, "a pattern is matched against at most %d bytes", SUBJECT_MAX);
    }
    if (pattern.len > PATTERN_MAX) {
        luaL_error(L, "a pattern has at most %d bytes", PATTERN_MAX);
    }
    bool anchored = pattern.len > 0 && pattern.at[0] == '^';
    uint64_t steps = worst(pattern, anchored ? 1 : 0, subject.len);
    steps = anchored ? steps : capped(steps * (subject.len + 1));
    uint64_t cost = steps / STEPS_AN_INSTRUCTION;
    if (cost > script_of(L)->allowed / 2) {
        luaL_error(
            L,
            "this pattern could take too long on %d bytes: fewer of * + - ?, a shorter text, "
            "or ^ at its beginning",
            (int)subject.len);
    }
    script_charge(L, cost);
}

static void price_match(lua_State *L)
{
    span_t subject, pattern;
    subject.at = luaL_checklstring(L, 1, &subject.len);
    pattern.at = luaL_checklstring(L, 2, &pattern.len);
    price_pattern(L, subject, pattern);
}

static int string_match(lua_State *L)
{
    price_match(L);
    return script_original(L);
}

static int string_find(lua_State *L)
{
    if (!lua_toboolean(L, 4)) {
        return string_match(L);
    }
    size_t len = 0, part = 0;
    luaL_checklstring(L, 1, &len);
    luaL_checklstring(L, 2, &part);
    script_charge(L, (uint64_t)len * (part + 1) / 64);
    return script_original(L);
}

static int string_gsub(lua_State *L)
{
    price_match(L);
    size_t len = 0, with = 0;
    luaL_checklstring(L, 1, &len);
    if (lua_type(L, 3) == LUA_TSTRING) {
        lua_tolstring(L, 3, &with);
        /* Each match may put in the text and, for each %1 in it, the whole subject. */
        script_charge(L, (uint64_t)(len + 1) * (with + 1) / 64);
    }
    return script_original(L);
}

static int string_rep(lua_State *L)
{
    size_t len = 0, separator = 0;
    luaL_checklstring(L, 1, &len);
    lua_Integer times = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &separator);
    if (times <= 0 || len + separator == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((lua_Unsigned)times > SCRIPT_TEXT_MAX / (len + separator)) {
        return luaL_error(L, "the text would be longer than 64 KiB");
    }
    charge_bytes(L, (len + separator) * (size_t)times);
    return script_original(L);
}

/* Raises for a conversion that would show an address. */
static void check_format(lua_State *L, span_t format)
{
    for (size_t i = 0; i + 1 < format.len; i++) {
        if (format.at[i] != '%') {
            continue;
        }
        i++;
        while (i < format.len && strchr("-+ #0123456789.", format.at[i]) != NULL) {
            i++;
        }
        if (i < format.len && format.at[i] == 'p') {
            luaL_error(L, "format has no %%p: an address differs from run to run");
        }
    }
}

static int string_format(lua_State *L)
{
    span_t format;
    format.at = luaL_checklstring(L, 1, &format.len);
    check_format(L, format);
    size_t bytes = format.len;
    int count = lua_gettop(L);
    for (int i = 2; i <= count; i++) {
        if (lua_type(L, i) != LUA_TNUMBER && lua_type(L, i) != LUA_TSTRING) {
            script_push_text(L, i);
            lua_replace(L, i);
        }
        bytes += lua_type(L, i) == LUA_TSTRING ? lua_rawlen(L, i) : 0;
    }
    if (bytes > SCRIPT_TEXT_MAX) {
        return luaL_error(L, "the text would be longer than 64 KiB");
    }
    charge_bytes(L, bytes);
    return script_original(L);
}

static int string_char(lua_State *L)
{
    if (lua_gettop(L) > SCRIPT_RESULTS_MAX) {
        return luaL_error(L, "char takes at most %d codes", SCRIPT_RESULTS_MAX);
    }
    return script_original(L);
}

/* byte and codepoint: as many results as there are places from i to j. */
static int results_of_text(lua_State *L)
{
    size_t len = 0;
    luaL_checklstring(L, 1, &len);
    lua_Integer from = luaL_optinteger(L, 2, 1), to = luaL_optinteger(L, 3, from);
    from = from < 0 ? from + (lua_Integer)len + 1 : from;
    to = to < 0 ? to + (lua_Integer)len + 1 : to;
    from = from < 1 ? 1 : from;
    to = to > (lua_Integer)len ? (lua_Integer)len : to;
    if (to >= from && to - from >= SCRIPT_RESULTS_MAX) {
        return luaL_error(L, "at most %d places at once", SCRIPT_RESULTS_MAX);
    }
    return script_original(L);
}

typedef struct {
    const char *name;
    lua_CFunction wrapper;
} bounded_t;

static void wrap_all(lua_State *L, int original, const bounded_t *functions)
{
    lua_newtable(L);
    int table = lua_gettop(L);
    for (; functions->name != NULL; functions++) {
        script_wrap(L, table, original, functions->name, functions->wrapper);
    }
}

void script_strings_open(lua_State *L, int original)
{
    static const bounded_t functions[] = {{"byte", results_of_text},
                                          {"char", string_char},
                                          {"find", string_find},
                                          {"format", string_format},
                                          {"gmatch", string_match},
                                          {"gsub", string_gsub},
                                          {"len", plain},
                                          {"lower", plain},
                                          {"upper", plain},
                                          {"match", string_match},
                                          {"rep", string_rep},
                                          {"reverse", plain},
                                          {"sub", plain},
                                          {NULL, NULL}};
    wrap_all(L, original, functions);
}

void script_utf8_open(lua_State *L, int original)
{
    static const bounded_t functions[] = {
        {"char", string_char}, {"len", plain},   {"codepoint", results_of_text},
        {"offset", plain},     {"codes", plain}, {NULL, NULL}};
    wrap_all(L, original, functions);
    script_copy(L, lua_gettop(L), original, "charpattern");
}
