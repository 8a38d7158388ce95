/* Chunks that mean harm, or come from somebody who does not know better: each ends with an exact
 * code on an exact line, and after each a good chunk gives its exact answer in the same process. */
#include "script_world.h"

#include "base/clock.h"

typedef enum { AT_LOAD, AT_SEAL, AT_CALL, FINE } stage_t;

typedef struct {
    const char *name;
    stage_t stage;
    script_code_t code;
    int line;
    const char *message; /* a part of it */
    const char *source;
} hostile_t;

static const hostile_t hostile[] = {
    /* Time */
    {"endless while", AT_LOAD, SCRIPT_TIME, 2, "takes too long", "local x = 0\nwhile true do end"},
    {"endless repeat", AT_LOAD, SCRIPT_TIME, 1, "takes too long", "repeat until false"},
    {"endless for", AT_LOAD, SCRIPT_TIME, 1, "takes too long", "for i = 1, math.huge do end"},
    {"endless goto", AT_LOAD, SCRIPT_TIME, 2, "takes too long", "::again::\ngoto again"},
    {"endless tail call", AT_LOAD, SCRIPT_TIME, 1, "takes too long",
     "local function f() return f() end return f()"},
    {"endless while in a call", AT_CALL, SCRIPT_TIME, 3, "takes too long",
     "return { f = function()\n  local n = 1\n  while n do n = n + 1 end\nend }"},
    {"endless mutual tail calls", AT_CALL, SCRIPT_TIME, 2, "takes too long",
     "local a, b\na = function() return b() end b = function() return a() end\nreturn { f = "
     "function() return "
     "a() end }"},
    {"endless own iterator", AT_LOAD, SCRIPT_TIME, 1, "takes too long",
     "for _ in function() return 1 end do end"},
    {"pairs of a growing table", AT_LOAD, SCRIPT_TIME, 2, "takes too long",
     "local t = { 1 }\nwhile true do for k in pairs(t) do t[k + 1] = 1 end if #t > 50 then t = { 1 "
     "} end end"},
    {"sort with an endless comparison", AT_LOAD, SCRIPT_TIME, 1, "takes too long",
     "table.sort({ 1, 2 }, function() while true do end end)"},
    {"gsub with an endless function", AT_LOAD, SCRIPT_TIME, 1, "takes too long",
     "string.gsub('abc', '.', function() while true do end end)"},
    {"many long finds", AT_LOAD, SCRIPT_TIME, 2, "takes too long",
     "local s = ('a'):rep(2000)\nwhile true do s:find('ab', 1, true) end"},
    {"many sorts", AT_LOAD, SCRIPT_TIME, 2, "takes too long",
     "local t = {} for i = 1, 9000 do t[i] = i end\nwhile true do table.sort(t) end"},
    {"many long texts", AT_LOAD, SCRIPT_TIME, 2, "takes too long",
     "local s = ('a'):rep(60000)\nwhile true do local x = s:upper() end"},
    {"many inserts at the front", AT_LOAD, SCRIPT_TIME, 2, "takes too long",
     "local t = {} for i = 1, 9000 do t[i] = i end\nwhile true do table.insert(t, 1, 0) "
     "table.remove(t, 1) end"},
    {"string.rep of nothing", FINE, SCRIPT_FINE, 0, "", "return { f = #string.rep('', 1e15) }"},

    /* Patterns */
    {"pattern catastrophe", AT_LOAD, SCRIPT_ERROR, 2,
     "this pattern could take too long on 3000 bytes",
     "local s = ('a'):rep(3000)\nreturn s:find('.-.-.-b')"},
    {"pattern catastrophe of stars", AT_LOAD, SCRIPT_ERROR, 1, "this pattern could take too long",
     "return (('a'):rep(100)):match('a*a*a*a*a*b')"},
    {"pattern of optional items", AT_LOAD, SCRIPT_ERROR, 1, "this pattern could take too long",
     "return (('a'):rep(40)):match(('a?'):rep(40) .. ('a'):rep(40))"},
    {"pattern catastrophe in gsub", AT_LOAD, SCRIPT_ERROR, 1, "this pattern could take too long",
     "return (('a'):rep(2000)):gsub('(.-)(.-)b', '%1')"},
    {"pattern catastrophe in gmatch", AT_LOAD, SCRIPT_ERROR, 1, "this pattern could take too long",
     "for _ in (('a'):rep(2000)):gmatch('.-.-b') do end"},
    {"balanced pattern on a long text", AT_LOAD, SCRIPT_ERROR, 1,
     "this pattern could take too long", "return (('('):rep(4000)):find('%b()%b()*%b()*x')"},
    {"frontier pattern that is broken", AT_LOAD, SCRIPT_ERROR, 1,
     "missing '[' after '%f' in pattern", "return ('a'):find('%f')"},
    {"set without an end", AT_LOAD, SCRIPT_ERROR, 1, "malformed pattern (missing ']')",
     "return ('a'):find('[^')"},
    {"percent at the end", AT_LOAD, SCRIPT_ERROR, 1, "malformed pattern (ends with '%')",
     "return ('a'):find('a%')"},
    {"half a balanced pattern", AT_LOAD, SCRIPT_ERROR, 1, "missing arguments to '%b'",
     "return ('a'):find('%b')"},
    {"back reference to nothing", AT_LOAD, SCRIPT_ERROR, 1, "invalid capture index",
     "return ('a'):find('%9')"},
    {"pattern on a text too long", AT_LOAD, SCRIPT_ERROR, 1, "at most 4096 bytes",
     "return (('a'):rep(4097)):find('b')"},
    {"pattern too long", AT_LOAD, SCRIPT_ERROR, 1, "a pattern has at most 256 bytes",
     "return ('a'):find(('b'):rep(257))"},
    {"pattern catastrophe in a call", AT_CALL, SCRIPT_ERROR, 2, "this pattern could take too long",
     "return { f = function(v)\n  return v.name:rep(20):match('.-.-.-x') end }"},

    /* Memory and size */
    {"string.rep bomb", AT_LOAD, SCRIPT_ERROR, 1, "longer than 64 KiB", "return ('x'):rep(1e9)"},
    {"string.rep that overflows", AT_LOAD, SCRIPT_ERROR, 1, "longer than 64 KiB",
     "return ('x'):rep(math.maxinteger, ('y'):rep(1000))"},
    {"doubling a text", AT_LOAD, SCRIPT_MEMORY, 2, "a text over 64 KiB",
     "local s = 'x'\nwhile true do s = s .. s end"},
    {"gsub that swells", AT_LOAD, SCRIPT_MEMORY, 2, "a text over 64 KiB",
     "local s = ('x'):rep(4000)\nreturn (s:gsub('x', ('y'):rep(100)))"},
    {"table.concat bomb", AT_LOAD, SCRIPT_ERROR, 3, "longer than 64 KiB",
     "local t, s = {}, ('x'):rep(1000)\nfor i = 1, 100 do t[i] = s end\nreturn table.concat(t)"},
    {"table.concat of a made-up range", AT_LOAD, SCRIPT_ERROR, 1, "at most 10000 elements",
     "return table.concat({}, '', 1, 1e15)"},
    {"table.concat around the end of numbers", AT_LOAD, SCRIPT_ERROR, 1, "at most 10000 elements",
     "return table.concat({}, '', math.mininteger, math.maxinteger)"},
    {"table.unpack bomb", AT_LOAD, SCRIPT_ERROR, 1, "at most 200 elements",
     "return { table.unpack({}, 1, 1e7) }"},
    {"string.byte bomb", AT_LOAD, SCRIPT_ERROR, 1, "at most 200 places",
     "return { ('x'):rep(9999):byte(1, -1) }"},
    {"utf8.codepoint bomb", AT_LOAD, SCRIPT_ERROR, 1, "at most 200 places",
     "return { utf8.codepoint(('x'):rep(9999), 1, -1) }"},
    {"format bomb", AT_LOAD, SCRIPT_ERROR, 2, "longer than 64 KiB",
     "local s = ('x'):rep(40000)\nreturn ('%s%s'):format(s, s)"},
    {"format with a huge width", AT_LOAD, SCRIPT_ERROR, 1, "invalid conversion",
     "return ('%999d'):format(1)"},
    {"growing table", AT_LOAD, SCRIPT_MEMORY, 2, "needs more memory",
     "local t = {}\nfor i = 1, 1e9 do t[i] = i end"},
    {"growing nest of tables", AT_LOAD, SCRIPT_MEMORY, 2, "needs more memory",
     "local t = {}\nwhile true do t = { t } end"},
    {"growing closures", AT_LOAD, SCRIPT_MEMORY, 2, "needs more memory",
     "local t, n = {}, 0\nwhile true do n = n + 1 t[n] = function() return n end end"},
    {"growing words", AT_LOAD, SCRIPT_MEMORY, 2, "needs more memory",
     "local w = is 'x'\nwhile true do w = all { w } end"},
    {"deep recursion", AT_LOAD, SCRIPT_MEMORY, 1, "needs more memory",
     "local function f(n) return 1 + f(n + 1) end return f(1)"},
    {"deep recursion in a call", AT_CALL, SCRIPT_TIME, 2, "takes too long",
     "local function f(a, b, c, d, e, g, h, i)\n  return 1 + f(a, b, c, d, e, g, h, i, 1) end\n"
     "return { f = function() return f() end }"},
    {"recursion through sort", AT_LOAD, SCRIPT_ERROR, 2, "C stack overflow",
     "local function f()\n  table.sort({ 1, 2 }, f) end\nf()"},
    {"recursion through gsub", AT_LOAD, SCRIPT_ERROR, 2, "C stack overflow",
     "local function f()\n  return (('x'):gsub('x', f)) end\nf()"},
    {"nested brackets", AT_LOAD, SCRIPT_SYNTAX, 3, "nested too deep",
     "local x\n\nreturn "
     "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((("
     "(((("
     "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((("
     "((((((((((("
     "((((((((((((((((((((((((((((((1"},
    {"result too deep", AT_LOAD, SCRIPT_RESULT, 0, "nested more than 32 deep",
     "local t = {} for i = 1, 40 do t = { t } end return t"},
    {"result with too many values", AT_LOAD, SCRIPT_RESULT, 0, "more than 20000 values",
     "local t = {} for i = 1, 20001 do t[i] = i end return t"},
    {"result that doubles", AT_LOAD, SCRIPT_RESULT, 0, "more than 20000 values",
     "local t = {} for i = 1, 30 do t = { t, t } end return t"},
    {"result that is a cycle", AT_LOAD, SCRIPT_RESULT, 0, "contains itself",
     "local t = {} t.a = { b = t } return t"},
    {"word that contains itself", AT_LOAD, SCRIPT_RESULT, 2, "contains itself",
     "local t = {}\nt.a = all { t } return service(t)"},
    {"two results", AT_LOAD, SCRIPT_RESULT, 0, "more than one value", "return {}, {}"},

    /* Numbers */
    {"huge literal", FINE, SCRIPT_FINE, 0, "", "return { f = 1e308 * 10 > 1 }"},
    {"division by zero", AT_LOAD, SCRIPT_ERROR, 1, "attempt to divide by zero", "return 1 // 0"},
    {"modulo by zero", AT_CALL, SCRIPT_ERROR, 2, "attempt to perform 'n%0'",
     "return { f = function(v)\n return v.age % 0 end }"},
    {"infinity as a fee", AT_CALL, SCRIPT_RESULT, 1, "not finite",
     "return { f = function() return 1 / 0 end }"},
    {"no number as a fee", AT_CALL, SCRIPT_RESULT, 1, "not finite",
     "return { f = function() return 0 / 0 end }"},
    {"text plus number", AT_LOAD, SCRIPT_ERROR, 1,
     "attempt to perform arithmetic on a string value", "return '1' + 1"},
    {"money overflow", AT_LOAD, SCRIPT_ERROR, 1, "over a hundred million",
     "return pln '100000000' * 2"},
    {"money overflow of 64 bits", AT_LOAD, SCRIPT_ERROR, 1, "over a hundred million",
     "return pln '100000000' * math.maxinteger"},
    {"money and a float", AT_LOAD, SCRIPT_ERROR, 1, "multiplied by a whole number only",
     "return pln '1' * 0.5"},
    {"money and a number", AT_LOAD, SCRIPT_ERROR, 1, "money can be added to money only, not number",
     "return pln '1' + 1"},
    {"money divided", AT_LOAD, SCRIPT_ERROR, 1, "money cannot be divided", "return pln '1' / 2"},
    {"money below zero", AT_LOAD, SCRIPT_ERROR, 1, "money has no sign", "return -pln '1'"},
    {"money from a number", AT_LOAD, SCRIPT_ERROR, 1, "pln takes a text", "return pln(25)"},
    {"money that is none", AT_LOAD, SCRIPT_ERROR, 1, "pln \"25,00\" is not an amount",
     "return pln '25,00'"},
    {"money next to a text", AT_LOAD, SCRIPT_ERROR, 1, "attempt to concatenate a money value",
     "return 'x' .. pln '1'"},
    {"money against a number", AT_LOAD, SCRIPT_ERROR, 1, "compared with money only, not number",
     "return pln '1' < 2"},

    /* Not text */
    {"bytecode", AT_LOAD, SCRIPT_BINARY, 1, "compiled Lua", "\x1bLuaT"},
    {"byte order mark", AT_LOAD, SCRIPT_BINARY, 1, "byte order mark", "\xef\xbb\xbfreturn 1"},
    {"control byte", AT_LOAD, SCRIPT_BINARY, 2, "a control character (1)", "return {\n'\x01'}"},
    {"escape sequence byte", AT_LOAD, SCRIPT_BINARY, 1, "a control character (27)",
     "-- \x1b[2J\nreturn 1"},
    {"not UTF-8", AT_LOAD, SCRIPT_BINARY, 2, "not UTF-8", "return {\n'\xff'}"},
    {"overlong UTF-8", AT_LOAD, SCRIPT_BINARY, 1, "not UTF-8", "return '\xc0\xaf'"},
    {"shebang", AT_LOAD, SCRIPT_SYNTAX, 1, "unexpected symbol near '#'",
     "#!/usr/bin/lua\nreturn 1"},
    {"unterminated string", AT_LOAD, SCRIPT_SYNTAX, 2, "unfinished string", "return {\n\"abc\n}"},
    {"unterminated long string", AT_LOAD, SCRIPT_SYNTAX, 2, "unfinished long string",
     "return [[\nabc"},
    {"unterminated comment", AT_LOAD, SCRIPT_SYNTAX, 2, "unfinished long comment", "--[[\nabc"},
    {"unterminated table", AT_LOAD, SCRIPT_SYNTAX, 2, "unexpected symbol near <eof>", "return {\n"},
    {"goto to nowhere", AT_LOAD, SCRIPT_SYNTAX, 1, "no visible label 'x'", "goto x"},
    {"bit operator", AT_LOAD, SCRIPT_SYNTAX, 2, "operators on bits", "local a =\n 1 | 2"},
    {"bit complement", AT_LOAD, SCRIPT_SYNTAX, 1, "operators on bits", "return ~1"},

    /* Ways out */
    {"_ENV replaced", AT_LOAD, SCRIPT_SYNTAX, 1, "the name _ENV", "local _ENV = {} return x"},
    {"_ENV constant (a bug of 5.4.4)", AT_LOAD, SCRIPT_SYNTAX, 1, "the name _ENV",
     "local _ENV <const> = 1 x = 1"},
    {"_ENV taken away", AT_LOAD, SCRIPT_SYNTAX, 1, "the name _ENV", "_ENV = nil"},
    {"_ENV from a function", AT_LOAD, SCRIPT_SYNTAX, 2, "the name _ENV",
     "return { f = function()\n _ENV = {} end }"},
    {"_ENV as an argument", AT_LOAD, SCRIPT_SYNTAX, 1, "the name _ENV",
     "local function f(_ENV) return x end"},
    {"to be closed", AT_LOAD, SCRIPT_SYNTAX, 2, "<close> cannot be used",
     "local a\nlocal x <close> = nil"},
    {"to be closed, spaced", AT_LOAD, SCRIPT_SYNTAX, 3, "<close> cannot be used",
     "local x\n--[[\n]] < close > = nil"},
    {"for with a closing value", AT_LOAD, SCRIPT_ERROR, 1, "got a non-closable value",
     "for k in ipairs, {}, 0, {} do end"},
    {"setting a metatable", AT_LOAD, SCRIPT_ERROR, 1, "'setmetatable' is not local",
     "setmetatable = function() end"},
    {"a __gc field is only a field", FINE, SCRIPT_FINE, 0, "",
     "return { f = 1, __gc = function() while true do end end, __close = function() end }"},
    {"__index is only a field", FINE, SCRIPT_FINE, 0, "",
     "local t = { __index = function() return 1 end } return { f = t.x == nil }"},
    {"assigning a global", AT_LOAD, SCRIPT_ERROR, 2, "'counter' is not local",
     "local x\ncounter = 1"},
    {"assigning a global in a call", AT_CALL, SCRIPT_ERROR, 2, "'counter' is not local",
     "return { f = function()\n counter = 1 end }"},
    {"defining a global function", AT_LOAD, SCRIPT_ERROR, 1, "'f' is not local",
     "function f() end"},
    {"replacing a word", AT_LOAD, SCRIPT_ERROR, 1, "'check' is not local", "check = 1"},
    {"writing to math", AT_LOAD, SCRIPT_ERROR, 1, "math.floor cannot be changed", "math.floor = 1"},
    {"writing to string", AT_LOAD, SCRIPT_ERROR, 1, "string.upper cannot be changed",
     "function string.upper() return 'x' end"},
    {"writing to string through a text", AT_LOAD, SCRIPT_ERROR, 1, "a text cannot be changed",
     "('').x = 1"},
    {"inserting into string", AT_LOAD, SCRIPT_ERROR, 1, "cannot be changed",
     "table.insert(string, 1)"},
    {"sorting the libraries", AT_LOAD, SCRIPT_ERROR, 1, "cannot be changed", "table.sort(table)"},
    {"writing to a word's value", AT_LOAD, SCRIPT_ERROR, 1, "cannot be changed",
     "local w = is 'x' w.y = 1"},
    {"reading a word's value", AT_LOAD, SCRIPT_ERROR, 1, "attempt to index a word value",
     "local w = is 'x' return w[1]"},
    {"calling a word's value", AT_LOAD, SCRIPT_ERROR, 1, "attempt to call a word value",
     "return (is 'x') 'y'"},
    {"a word in a call", AT_CALL, SCRIPT_ERROR, 2, "'is' is a word of the file",
     "return { f = function()\n return is 'x' end }"},
    {"a missing name in a call", AT_CALL, SCRIPT_ERROR, 2, "there is no 'agge'",
     "return { f = function()\n return agge end }"},
    {"pcall in a call", AT_CALL, SCRIPT_ERROR, 1, "there is no 'pcall'",
     "return { f = function() return pcall(error) end }"},
    {"load in a call", AT_CALL, SCRIPT_ERROR, 1, "there is no 'load'",
     "return { f = function() return load('x')() end }"},
    {"a coroutine in a call", AT_CALL, SCRIPT_ERROR, 1, "there is no 'coroutine'",
     "return { f = function() return coroutine.wrap(error)() end }"},
    {"string.dump", AT_LOAD, SCRIPT_ERROR, 1, "attempt to call a nil value (field 'dump')",
     "return string.dump(function() end)"},
    {"an address by format", AT_LOAD, SCRIPT_ERROR, 1, "format has no %p",
     "return ('%-8p'):format({})"},
    {"table.move", AT_LOAD, SCRIPT_ERROR, 1, "attempt to call a nil value (field 'move')",
     "return table.move({}, 1, 1e15, 2)"},
    {"math.random", AT_LOAD, SCRIPT_ERROR, 1, "attempt to call a nil value (field 'random')",
     "return math.random()"},
    {"pairs with a table as key", AT_LOAD, SCRIPT_ERROR, 1, "not table",
     "for k in pairs({ [{}] = 1 }) do end"},
    {"pairs with a fraction as key", AT_LOAD, SCRIPT_ERROR, 1, "not number",
     "for k in pairs({ [1.5] = 1 }) do end"},

    /* Errors */
    {"error with a table", AT_LOAD, SCRIPT_ERROR, 2, "an error that is not a text",
     "local x\nerror({})"},
    {"error with nil", AT_LOAD, SCRIPT_ERROR, 1, "an error that is not a text", "error()"},
    {"error with a function", AT_CALL, SCRIPT_ERROR, 2, "an error that is not a text",
     "return { f = function()\n error(error) end }"},
    {"error with money", AT_LOAD, SCRIPT_ERROR, 1, "an error that is not a text", "error(pln '1')"},
    {"error with a PESEL", AT_CALL, SCRIPT_ERROR, 2, "PESEL ***********!",
     "return { f = function()\n error('PESEL 44051401359!') end }"},
    {"error with control bytes", AT_LOAD, SCRIPT_ERROR, 1, "a?b?[2J", "error('a\\nb\\27[2J')"},
    {"error that names another line", AT_LOAD, SCRIPT_ERROR, 2, "1:99: fooled",
     "local x\nerror('1:99: fooled')"},
    {"error with a level", AT_LOAD, SCRIPT_ERROR, 1, "error takes one text", "error('x', 2)"},
    {"error in a helper", AT_CALL, SCRIPT_ERROR, 2, "attempt to index a nil value (local 'x')",
     "local function help(x)\n  return x.y\nend\nreturn { f = function() local z = help() return z "
     "end }"},
    {"assert", AT_LOAD, SCRIPT_ERROR, 3, "no rows", "local t = {}\n\nassert(t[1], 'no rows')"},

    /* Between two calls */
    {"iterator kept", AT_SEAL, SCRIPT_KEEPS_STATE, 2, "holds an iterator",
     "local next_word = ('a b c'):gmatch('%a')\nreturn { f = function() return next_word() == 'a' "
     "end }"},
    {"pairs iterator kept", AT_SEAL, SCRIPT_KEEPS_STATE, 2, "holds an iterator",
     "local walk = pairs({ 1, 2 })\nreturn { f = function() return walk() end }"},
    {"iterator kept in a table", AT_SEAL, SCRIPT_KEEPS_STATE, 2, "holds an iterator",
     "local t = { deep = { ('a b'):gmatch('%a') } }\nreturn { f = function() return t.deep[1]() "
     "end }"},
    {"iterator kept as a key", AT_SEAL, SCRIPT_KEEPS_STATE, 2, "holds an iterator",
     "local t = { [('a b'):gmatch('%a')] = 1 }\nreturn { f = function() return t end }"},
    {"iterator kept by a helper", AT_SEAL, SCRIPT_KEEPS_STATE, 3, "holds an iterator",
     "local it = ('a b'):gmatch('%a')\nlocal function help() return it() end\nreturn { f = "
     "function() return help() end }"},
    {"writing to a table of the file", AT_CALL, SCRIPT_ERROR, 2, "'last' cannot be set",
     "local kept = {}\nreturn { f = function(v) kept.last = v.age return 1 end }"},
    {"writing to a list of the file", AT_CALL, SCRIPT_ERROR, 2, "tables are read-only",
     "local kept = {}\nreturn { f = function(v) kept[#kept + 1] = v.age return 1 end }"},
    {"inserting into a list of the file", AT_CALL, SCRIPT_ERROR, 2, "cannot be changed",
     "local kept = { 1 }\nreturn { f = function(v) table.insert(kept, v.age) return 1 end }"},
    {"writing to a nested table of the file", AT_CALL, SCRIPT_ERROR, 2, "cannot be set",
     "local kept = { a = { b = {} } }\nreturn { f = function(v) kept.a.b.c = 1 return 1 end }"},
    {"writing to the value of the file", AT_CALL, SCRIPT_ERROR, 2, "cannot be set",
     "local me = {}\nme.f = function(v) me.seen = v return 1 end\nreturn me"},
    {"removing from a list of the file", AT_CALL, SCRIPT_ERROR, 2, "cannot be changed",
     "local kept = { 1 }\nreturn { f = function(v) table.remove(kept) return #kept end }"},

    /* Views */
    {"writing to a view", AT_CALL, SCRIPT_ERROR, 2, "cannot be changed",
     "return { f = function(v)\n v.age = 1 end }"},
    {"length of a view", AT_CALL, SCRIPT_ERROR, 2, "has no length",
     "return { f = function(v)\n return #v end }"},
    {"pairs of a view", AT_CALL, SCRIPT_ERROR, 2, "table expected",
     "return { f = function(v)\n for k in pairs(v) do end end }"},
    {"ipairs of a view", AT_CALL, SCRIPT_ERROR, 2, "table expected",
     "return { f = function(v)\n for k in ipairs(v) do end end }"},
    {"a fact that does not exist", AT_CALL, SCRIPT_ERROR, 2, "there is no fact 'agge'",
     "return { f = function(v)\n return v.agge end }"},
    {"a fact by number", AT_CALL, SCRIPT_ERROR, 2, "read by its name",
     "return { f = function(v)\n return v[1] end }"},
    {"a fact not given", AT_CALL, SCRIPT_UNKNOWN, 2, "",
     "return { f = function(v)\n return v.gone or true end }"},
    {"a fact not given, in a comparison", AT_CALL, SCRIPT_UNKNOWN, 1, "",
     "return { f = function(v) table.sort({ 1, 2 }, function() return v.gone end) return true end "
     "}"},

    /* Results of a call */
    {"a text as result", AT_CALL, SCRIPT_RESULT, 2, "gives back string",
     "return {\n f = function() return '1' end }"},
    {"a table as result", AT_CALL, SCRIPT_RESULT, 1, "gives back table",
     "return { f = function() return {} end }"},
    {"a function as result", AT_CALL, SCRIPT_RESULT, 1, "gives back function",
     "return { f = function() return error end }"},
    {"a view as result", AT_CALL, SCRIPT_RESULT, 1, "gives back view",
     "return { f = function(v) return v end }"},
    {"two values as result", AT_CALL, SCRIPT_RESULT, 1, "more than one value",
     "return { f = function() return 1, 2 end }"},
    {"a value and nil as result", AT_CALL, SCRIPT_RESULT, 1, "more than one value",
     "return { f = function() return 1, nil end }"},
};

static const char good[] =
    "local base = { 20, 30 }\nreturn service { id = 'good', f = function(v)\n"
    "  local n = 0 for _, x in ipairs(base) do n = n + x end\n"
    "  return percent(v.price, n) * v.age end }";

/* 50 % of 25.00, times 75. */
static void check_good(void)
{
    world_t world = world_new();
    const script_value_t *value = world_load(&world, good);
    int function = world_field(value, "f")->function;
    world_seal(&world);
    script_value_t result;
    assert_true(world_call(&world, function, &result));
    assert_int_equal(result.kind, SCRIPT_MONEY);
    assert_int_equal(result.integer, 93750);
    world_free(&world);
}

static stage_t run(world_t *world, const hostile_t *chunk)
{
    const script_value_t *value = world_try(world, chunk->source);
    if (value == NULL) {
        return AT_LOAD;
    }
    const script_value_t *f = value->kind == SCRIPT_TABLE ? world_field(value, "f") : value;
    if (!script_seal(world->script, &world->fault)) {
        return AT_SEAL;
    }
    script_value_t result;
    if (f->kind == SCRIPT_FUNCTION && !world_call(world, f->function, &result)) {
        return AT_CALL;
    }
    return FINE;
}

static void check_hostile(const hostile_t *chunk)
{
    world_t world = world_new();
    for (int turn = 0; turn < 2; turn++) {
        stage_t stage = run(&world, chunk);
        bool as_expected = stage == chunk->stage && world.fault.code == chunk->code &&
                           world.fault.line == chunk->line &&
                           strstr(world.fault.message, chunk->message) != NULL;
        if (!as_expected) {
            fail_msg("%s (turn %d): stage %d, code %d, line %d: %s", chunk->name, turn, stage,
                     world.fault.code, world.fault.line, world.fault.message);
        }
    }
    world_free(&world);
}

static void every_hostile_chunk_ends_as_expected(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        check_hostile(&hostile[i]);
        check_good();
    }
    print_message("%zu hostile chunks\n", sizeof hostile / sizeof hostile[0]);
}

/* One state through all of them that fail while loading: it stays usable. */
static void one_state_survives_them_all(void **state)
{
    (void)state;
    world_t world = world_new();
    const script_value_t *value = world_load(&world, good);
    int function = world_field(value, "f")->function;
    world_seal(&world);
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        if (hostile[i].stage == AT_LOAD) {
            assert_null(world_try(&world, hostile[i].source));
        }
        script_value_t result;
        if (!world_call(&world, function, &result)) {
            fail_msg("after %s: %s", hostile[i].name, world.fault.message);
        }
        assert_int_equal(result.integer, 93750);
    }
    world_free(&world);
}

static void a_text_over_the_limit_is_refused(void **state)
{
    (void)state;
    world_t world = world_new();
    size_t size = SCRIPT_CHUNK_MAX + 1;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, ' ', size);
    assert_null(
        script_load(world.script, "test.lua", (span_t){text, size}, world.arena, &world.fault));
    assert_int_equal(world.fault.code, SCRIPT_BINARY);
    assert_non_null(
        script_load(world.script, "test.lua", (span_t){text, size - 1}, world.arena, &world.fault));
    text[5] = '\0';
    assert_null(
        script_load(world.script, "test.lua", (span_t){text, 10}, world.arena, &world.fault));
    assert_int_equal(world.fault.code, SCRIPT_BINARY);
    free(text);
    world_free(&world);
}

/* With no limit to instructions the clock ends them. */
static void the_clock_ends_what_counts_do_not(void **state)
{
    (void)state;
    static const char *const endless[] = {
        "while true do end", "local s = ('a'):rep(2000) while true do s:find('.-b') end",
        "local t = {} while true do t = { t[1] } end",
        "local function f(...) return f(1, ...) end return f()",
        "while true do local x = ('a'):rep(60000) .. 'b' end"};
    script_limits_t limits = script_limits_default;
    limits.load_instructions = limits.call_instructions = UINT64_MAX / 2;
    limits.load_ns = limits.call_ns = UINT64_C(30000000);
    for (size_t i = 0; i < sizeof endless / sizeof endless[0]; i++) {
        world_t world = {.script = script_new(&limits, world_words, WORD_COUNT),
                         .arena = arena_new(4096)};
        clock_port_t *clock = clock_system();
        uint64_t start = clock->monotonic(clock);
        assert_null(world_try(&world, endless[i]));
        uint64_t took = clock->monotonic(clock) - start;
        assert_int_equal(world.fault.code, SCRIPT_TIME);
        assert_int_equal(world.fault.line, 1);
        print_message("ended after %d ms\n", (int)(took / 1000000));
        world_free(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hostile_chunk_ends_as_expected),
        cmocka_unit_test(one_state_survives_them_all),
        cmocka_unit_test(the_clock_ends_what_counts_do_not),
        cmocka_unit_test(a_text_over_the_limit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
