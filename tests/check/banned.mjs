// Calls that overflow, hide an error, hang on the locale or leave the process; and what to call instead.
import { bareC, check, C_OF_CORE, C_OF_TESTS, matches } from './tree.mjs';

const INSTEAD = {
  strcpy: 'buf_add', strcat: 'buf_add', strncpy: 'buf_add', sprintf: 'buf_print', vsprintf: 'buf_vprint',
  strtok: 'span_cut', gets: 'fgets', atoi: 'span_number', atol: 'span_number', alloca: 'an arena',
  system: 'nothing', popen: 'nothing', setlocale: 'nothing: the C locale stays', rand: 'the random port',
  srand: 'the random port',
};
const CALL = new RegExp(`(?<![\\w.]|->)(${Object.keys(INSTEAD).join('|')})\\s*\\(`, 'g');

check({
  proves: `none of ${Object.keys(INSTEAD).join(' ')} is called`,
  find: (tree) => tree.files(C_OF_CORE, C_OF_TESTS).flatMap((name) =>
    [...matches(bareC(tree.text(name)), CALL)].map(({ line, match }) =>
      `${name}:${line}: ${match[1]}() is banned; use ${INSTEAD[match[1]]}`)),
  seeds: Object.keys(INSTEAD).map((call) => ({
    files: { 'core/a/x.c': `/* "\n */\nint x = ${call} (1);\n` },
    says: new RegExp(`core/a/x\\.c:3: ${call}\\(\\) is banned`),
  })),
});
