// C looks as clang-format would have it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { C_OF_CORE, C_OF_TESTS, check, repository } from './tree.mjs';

check({
  proves: 'C is laid out as .clang-format says',
  find(tree) {
    const names = tree.files(C_OF_CORE, C_OF_TESTS);
    if (!names.length) return [];
    const { status, output } = tree.run('clang-format', '--dry-run', '--Werror', ...names);
    return status ? [...new Set(output.split('\n').filter((line) => line.includes(': error: '))
      .map((line) => line.replace(/:\d+: error: .*/, ': run clang-format -i')))] : [];
  },
  seeds: [{
    files: { '.clang-format': readFileSync(join(repository, '.clang-format')), 'core/a/x.c': 'int x(void) {return 1;}\n' },
    says: /core\/a\/x\.c:1: run clang-format -i/,
  }],
});
