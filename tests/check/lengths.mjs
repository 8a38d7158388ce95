// Ceilings: what is longer no longer fits in a head.
import { bareC, check, C_OF_CORE, C_OF_TESTS } from './tree.mjs';

const FILE = 600, OFFICE = 350, FUNCTION = 80, PLUGIN = 250, LIST = 400, COLUMNS = 100, COLUMNS_OF_TESTS = 120;

/** A body opens at depth 0 behind a ")", and closes at depth 0 again. */
function* functions(text) {
  const code = bareC(text).replace(/^[ \t]*#(?:\\\n|[^\n])*/gm, (directive) => directive.replace(/[^\n]/g, ''));
  let depth = 0, line = 1, last = '', opened = 0;
  for (const char of code) {
    if (char === '\n') line++;
    if (char === '{' && depth++ === 0) opened = last === ')' ? line : 0;
    if (char === '}' && --depth === 0 && opened) yield { line: opened, length: line - opened + 1 };
    if (char.trim()) last = char;
  }
}

check({
  proves: `files to ${FILE} lines, of the office to ${OFFICE}, functions to ${FUNCTION}, plugins to ${PLUGIN}, lines to ${COLUMNS} columns`,
  find(tree) {
    const faults = [];
    const ceiling = (name, line, what, length, most) => {
      if (length > most) faults.push(`${name}:${line}: ${what} of ${length}, at most ${most}`);
    };
    for (const name of tree.files(C_OF_CORE, C_OF_TESTS)) {
      const lines = tree.lines(name);
      ceiling(name, 1, 'a file', lines.length, name.startsWith('core/office/') ? OFFICE : FILE);
      lines.forEach((text, at) => ceiling(name, at + 1, 'a line', [...text].length,
        C_OF_CORE.test(name) ? COLUMNS : COLUMNS_OF_TESTS));
      for (const { line, length } of functions(tree.text(name))) {
        ceiling(name, line, 'a function', length, FUNCTION);
      }
    }
    for (const name of tree.files(/^plugins\/.*\.lua$/)) {
      const rules = name.includes('/services/'); // the others list a programme's facts and packages
      ceiling(name, 1, 'a plugin', tree.lines(name).length, rules ? PLUGIN : LIST);
    }
    return faults;
  },
  seeds: [
    ['core/a/x.c', '\n'.repeat(FILE + 1), /x\.c:1: a file of 601/],
    ['core/office/x.c', '\n'.repeat(OFFICE + 1), /x\.c:1: a file of 351/],
    ['tests/unit/x_test.c', `int x(void)\n{${'\n'.repeat(FUNCTION)}}\n`, /x_test\.c:2: a function of 81/],
    ['core/a/x.c', `#define F(x) do {\nint t[] = {\n1};\nvoid f(void) {${'\n    ;'.repeat(FUNCTION)}\n}\n`, /x\.c:4: a function of 82/],
    ['core/a/x.h', `\n/* ${'ż'.repeat(COLUMNS)} */\n`, /x\.h:2: a line of 106/],
    ['plugins/a/services/x.lua', '\n'.repeat(PLUGIN + 1), /x\.lua:1: a plugin of 251/],
    ['plugins/a/facts.lua', '\n'.repeat(LIST + 1), /facts\.lua:1: a plugin of 401/],
  ].map(([name, text, says]) => ({ files: { [name]: text }, says })),
});
