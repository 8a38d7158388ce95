// Rules that somebody wrote to break the server, each as a change of one file of a programme: its name, the
// file, the change, and the code of the fault that must come of it. The fault is told for the line that has
// "--!" in it, or for the line given last; a rule that only its tests stop is told by its line in their faults.
export const W = 'koszalin/services/window-cleaning.lua', SPEC = 'koszalin/services/window-cleaning.spec.lua',
  SHARED = 'koszalin/shared.lua', FACTS = 'koszalin/facts.lua', PROGRAMME = 'koszalin/programme.lua', ACT = 'act.lua';

export const swap = (from, to) => (text) => {
  if (!text.includes(from)) throw new Error(`the file has no ${from}`);
  return text.replace(from, () => to);
};
const both = (one, other) => (text) => other(one(text));
const before = (more) => (text) => `${more}\n${text}`;
const whole = (text) => () => text;
const top = (more) => swap('return service {', `${more}\nreturn service {`);
const inside = (more) => swap('    shared.resident,\n', `    shared.resident,\n    ${more},\n`);
const key = (line) => swap('  asks = {', `  ${line}\n  asks = {`);
const condition = (when) =>
  inside(`check { id = "odd", text = { pl = "x" }, basis = "example",\n      when = ${when} }`);
const fee = (how) => key(`fee = ${how},`);
const name = (lua) => swap('"mycie okien"', lua);
const price = (...rows) => swap('price   = { { from = "2023-10-01", value = pln "25.00", basis = "example" } }',
  `price = {\n${rows.map((row) => `{ ${row}, basis = "example" }`).join(',\n')} }`);
const nest = (open, shut, times, core) => open.repeat(times) + core + shut.repeat(times);

// Which of the two ends first depends on the machine.
const BUDGET = /^script-(time|memory)$/;
const endless = 'while true do end --!', fromStart = 'from = "2023-10-01"';

export const ATTACKS = [
  // Never ending.
  ['a loop at load', W, top(endless), BUDGET],
  ['a call of itself', W, top('local function f() return f() end --!\nf()'), BUDGET],
  ['a loop of labels', W, top('::again::\ngoto again --!'), BUDGET],
  ['a loop in a condition', W, condition(`function(f)\n${endless}\nend`), 'test-stopped'],
  ['a loop in a fee', W, fee(`function(order)\n${endless}\nend`), 'test-stopped'],
  ['a loop in a helper', W, both(top('local function spin()\n  repeat until false --!\nend'),
    condition('function(f) return spin() end')), 'test-stopped'],
  ['a loop in the tests', SPEC, before(endless), BUDGET],
  ['a loop in what services share', SHARED, before('for i = 1, math.huge do end --!'), BUDGET],
  ['a loop in the facts', FACTS, before(endless), BUDGET],
  ['a loop in the programme', PROGRAMME, before(endless), BUDGET],
  ['a loop in the areas of the act', ACT, before(endless), BUDGET],
  ['an order that is never found', W, top(`table.sort({ 3, 1, 2 }, function()\n${endless}\nend)`), BUDGET],
  ['many sorts', W, top('local t = {} for i = 1, 9999 do t[i] = -i end\n'
    + 'while true do table.sort(t, function(a, b) return a > b end) end --!'), BUDGET],
  ['many searches', W, top('local s = ("a"):rep(4000)\nwhile true do s:find("b", 1, true) end --!'), BUDGET],

  // Too large.
  ['tables without end', W, top('local t = {}\nwhile true do t[#t + 1] = {} end --!'), BUDGET],
  ['large tables without end', W, top('local t = {}\nwhile true do t = { t, t, t, t, t, t, t, t, t, t, t, t } end --!'),
    BUDGET],
  ['a text that doubles', W, top('local s = "x"\nwhile true do s = s .. s end --!'), BUDGET],
  ['a text repeated', W, top('local s = ("x"):rep(2^40) --!'), 'script-error'],
  ['texts put together', W, top('local t = {} for i = 1, 9999 do t[i] = ("y"):rep(99) end\n'
    + 'local s = table.concat(t) --!'), 'script-error'],
  ['a pattern that goes back and back', W, top('local s = ("a"):rep(4000):match(".-.-.-.-.-b") --!'), 'script-error'],
  ['tables in a condition', W, condition('function(f)\nlocal t = {} for i = 1, 1e9 do t[i] = { i } end --!\nend'),
    'test-stopped'],
  ['closures in a fee', W, fee('function()\nlocal t = {} while true do t = { function() return t end } end --!\nend'),
    'test-stopped'],
  ['many values', W, top('local t = {} for i = 1, 9999 do t[i] = i end\nlocal a = table.unpack(t) --!'), 'script-error'],
  ['recursion', W, top('local function f(n) return { f(n + 1) } end --!\nf(1)'), BUDGET],
  ['a width of two thousand', W, top('local s = ("%2000d"):format(1) --!'), 'script-error'],
  ['ten thousand checks', W, both(top('local checks = {}\nfor i = 1, 10000 do checks[i] = check { id = "c" .. i, '
    + 'is "dependent", text = { pl = "x" }, basis = "example" } end'), inside('all(checks)')), 'script-result', 7],
  ['a hundred checks', W, both(top('local checks = {}\nfor i = 1, 100 do checks[i] = check { id = "c" .. i, '
    + 'is "dependent", text = { pl = "x" }, basis = "example" } end --!'), inside('all(checks)')), 'list-long'],
  ['a name without end', W, name('("m"):rep(60000) --!\n'), 'bad-text'],
  ['200 brackets', W, top(`local x = ${nest('(', ')', 200, '1')} --!`), 'syntax'],
  ['200 tables in each other', W, key(`notes = ${nest('{', '}', 200, '')}, --!`), 'syntax'],
  ['200 conditions in each other', W, inside(`${nest('all { ', ' }', 200, 'is "dependent"')} --!\n`), 'syntax'],
  ['150 functions in each other', W, top(`local f = ${nest('function() return ', ' end', 150, '1')} --!`), 'syntax'],
  ['conditions nested at load', W, both(top('local x = is "dependent"\nfor i = 1, 200 do x = all { x } end'),
    inside('check { id = "t", x, text = { pl = "x" }, basis = "example" }')), 'script-result', 7],
  ['300 locals', W, top(Array.from({ length: 300 }, (_, i) => `local a${i} = ${i}${i === 197 ? ' --!' : ''}`).join('\n')),
    'syntax'],

  // No text, or half of one.
  ['bytecode', W, whole(Buffer.from('1b4c7561540019930d0a1a0a', 'hex')), 'file-not-text', 1],
  ['a picture', W, whole(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), 'file-not-text', 2],
  ['zero bytes', W, both(top('--!'), (text) => text.replace('--!', '--!\0\0\0\0')), 'file-not-text'],
  ['half of the file', W, (text) => `${text.slice(0, text.indexOf('  eligibility'))} --!`, 'syntax'],
  ['an empty file', W, whole(''), 'file-empty', 0],
  ['nothing but white space', W, whole('\n\n  \n'), 'return-word', 4],
  ['a comment without an end', W, (text) => `${before('--[[')(text)} --!`, 'syntax'],
  ['a file of 70 000 bytes', W, top(`--${'x'.repeat(70000)}`), 'file-size', 0],

  // Money and days.
  ...[['no number', '0/0'], ['infinite', '1/0'], ['a text', '"5.00"'], ['a table', '{ pln "1.00" }'],
    ['a function', 'error'], ['the order', 'order'], ['two amounts', 'pln "1.00", pln "2.00"']].map(([what, value]) =>
    [`a fee that is ${what}`, W, fee(`function(order) --!\n  return ${value} end`), 'test-stopped']),
  ...[['negative', '-1'], ['a number', '5'], ['a float', '2.5'], ['a truth', 'true'], ['nothing', 'nil'],
    ['less than nothing', 'pln "1.00" - pln "2.00"']].map(([what, value]) =>
    [`a fee that is ${what}`, W, fee(`function() --!\n  return ${value} end`), 'test-absurd-fee']),
  ['a fee beyond all money', W, fee('function(order)\n  return pln "99999999.00" * order.windows * 1000 --!\nend'),
    'test-stopped'],
  ['a condition that is a number', W, condition('function(f) --!\n  return 1 end'), 'test-stopped'],
  ['a price below nothing', W, price(`${fromStart}, value = pln "-5.00" --!\n`), 'bad-amount'],
  ['a price that is a float', W, price(`${fromStart}, value = 25.0 --!\n`), 'wrong-type'],
  ['a price that is no number', W, price(`${fromStart}, value = 0/0 --!\n`), 'wrong-type'],
  ['days out of order', W, price('from = "2024-10-01", value = pln "1.00"', `${fromStart}, value = pln "25.00" --!\n`),
    'rows-order'],
  ['a day that is none', W, price('from = "2023-02-30", value = pln "25.00" --!\n'), 'bad-date'],
  ['a day twice', W, price(`${fromStart}, value = pln "25.00"`, `${fromStart}, value = pln "26.00" --!\n`),
    'rows-same-day'],
  ['an end before its beginning', W, price(`${fromStart}, to = "2020-01-01", value = pln "25.00" --!\n`), 'dates-order'],

  // From one applicant to another, and out of the sandbox.
  ...[['a table', 'kept.last'], ['what is shared', 'shared.last'], ['the libraries', 'string.last'],
    ['a text', '("").last'], ['a global', 'last'], ['the facts', 'f.last']].map(([what, place]) =>
    [`an applicant kept in ${what}`, W, both(top('local kept = {}'),
      condition(`function(f)\n  ${place} = f.commune --!\n  return true end`)), 'test-stopped']),
  ['an iterator kept', W, both(top('local walk = ("a b c"):gmatch("%a")'),
    condition('function(f) --!\n  return walk() ~= nil end')), 'keeps-state'],
  ['a fact of the person as one of the order', W, fee('function(order)\n  return order.pesel --!\nend'), 'test-stopped'],
  ['a word in a condition', W, condition('function(f)\n  return equals("commune", "3261011") --!\nend'), 'test-stopped'],
  ['the string metatable', W, top('getmetatable("").__index = {} --!'), 'script-error'],
  ['another metatable', W, top('local t = setmetatable({}, { __gc = function() while true do end end }) --!'),
    'unknown-name'],
  ...['coroutine.wrap(error)', 'io.open("/etc/passwd")', 'os.execute("true")', 'require "socket"', 'debug.getregistry()',
    'load("x")', 'dofile("/etc/passwd")', 'collectgarbage()', 'rawset(string, "x", 1)', 'pcall(error)'].map((call) =>
    [`a call of ${call}`, W, top(`local x = ${call} --!`), 'unknown-name']),
  ['an error that is a table', W, top('error({ code = 1 }) --!'), 'script-error'],
  ['an error that is a function', W, condition('function(f)\n  error(error) --!\nend'), 'test-stopped'],
  ['an error that tells a PESEL', SPEC, before('error("44051401359 is told") --!'), 'script-error'],

  // What is read and makes no sense.
  ['an id twice', W, both(inside('shared.resident'), swap('  eligibility = all {', '  eligibility = all { --!')),
    'duplicate-id'],
  ['the id of another service', W, swap('id = "window-cleaning", revision = 1, number = 5,',
    'id = "laundry", revision = 1, number = 5, --!\n'), 'id-file'],
  ['no tests', SPEC, whole('return tests {}\n'), 'list-empty', 1],
  ['tests that are a service', SPEC, whole('return service {}\n'), 'return-word', 1],
  ['a name that turns the line around', W, name('"mycie \u202eneiko" --!\n'), 'bad-text'],
  ['a name with an escape', W, name('"mycie\\27[2J okien" --!\n'), 'bad-text'],
  ['a name that is no UTF-8', W, name('"mycie \\xff\\xfe" --!\n'), 'bad-text'],
  ['a name that is a function', W, name('function() end --!\n'), 'wrong-type'],
  ['an id that climbs', W, swap('package = "pomoc-plus",', 'package = "../../etc/passwd", --!\n'), 'unknown-term'],
  ['a list that holds itself', W, both(top('local loop = {}\nloop[1] = { text = loop, basis = "x" }'),
    swap('waiting = { order = "complete-application-date" }', 'waiting = loop')), 'script-result', 8],
  ['a condition that holds itself', W, both(top('local ring = {}\nring[1] = all(ring)'), inside('all(ring)')),
    'script-result', 7],
  ['a key that is a table', W, key('[{}] = 1,'), 'unknown-key', 6],
];

// Rules that pass their tests and go wrong for some people only: thirteen windows.
const thirteen = (what) => `function(order, p)\n  if order.windows == 13 then ${what} end\n`
  + '  return percent(p.price * order.windows, 20) end';
export const SLEEPERS = [
  ['a loop', fee(thirteen('while true do end'))],
  ['a memory bomb', fee(thirteen('local t = {} while true do t = { t, t, t, t, t, t, t, t } end'))],
  ['a text that doubles', fee(thirteen('local s = "x" while true do s = s .. s end'))],
  ['a pattern bomb', fee(thirteen('local x = ("a"):rep(4000):match(".-.-.-.-.-b")'))],
  ['recursion', fee(thirteen('local function f() return 1 + f() end return f()'))],
  ['many sorts', fee(thirteen('local t = {} for i = 1, 999 do t[i] = -i end while true do table.sort(t) end'))],
  ['an error that is a table', fee(thirteen('error({})'))],
  ['an error of bytes', fee(thirteen('error("\\0\\27[2J\\xff 44051401359")'))],
  ['no number', fee(thirteen('return 0/0'))],
  ['a negative number', fee(thirteen('return -5'))],
  ['a fee beyond all money', fee(thirteen('return pln "99999999.00" * 99'))],
  ['a text', fee(thirteen('return "5.00"'))],
  ['a fact that does not exist', fee(thirteen('return order.agge'))],
  ['a loop in a condition', condition('function(f)\n  while f.windows == 13 do end\n  return true end')],
  ['a text in a condition', condition('function(f)\n  if f.windows == 13 then return "yes" end\n  return true end')],
];

// What would answer one applicant from another's facts, if functions kept anything: it answers all alike.
export const REMEMBERS = both(top('local seen, times = nil, 0\nlocal kept = { n = 0 }'),
  condition('function(f)\n  local before = seen\n  seen = f.birth_date\n  times = times + 1\n'
    + '  return before == nil and times == 1 and kept.n == 0 end'));

// Much work in each of many functions, none of them over its budget.
export const SLOW = inside(`any {\n${Array.from({ length: 26 }, (_, i) => `      check { id = "slow-${i}", text = { pl = "x" }, `
  + 'basis = "example", when = function(f)\n        local n = 0 for i = 1, 15000 do n = n + i end\n'
  + '        return f.dependent or not f.dependent end }').join(',\n')}\n    }`);

export const MARKUP = both(name('"<script>alert(1)</script>\\"\'&amp; mycie okien"'),
  swap('Umycie szyb', '</script><img src=x onerror=alert(2)>'));
