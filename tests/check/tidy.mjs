// clang-tidy over core/, with the commands of a build but assertions on, which tell the analyzer what holds;
// as many files at once as there are processors.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { check, C_OF_CORE, repository } from './tree.mjs';

const processors = availableParallelism?.() ?? cpus().length;

/** The sources of core/ that the build compiles; all of them when there is no build. */
function sources(tree) {
  const commands = tree.build && join(tree.build, 'compile_commands.json');
  const names = tree.files(C_OF_CORE).filter((name) => name.endsWith('.c'));
  if (!commands || !existsSync(commands)) return { names, tail: ['--', '-std=c17'] };
  const built = new Set(JSON.parse(readFileSync(commands, 'utf8')).map(({ file }) => file));
  return { names: names.filter((name) => built.has(join(tree.root, name))), tail: ['-p', tree.build] };
}

check({
  proves: 'clang-tidy is content with core/',
  find(tree) {
    tree.run('clang-tidy', '--version');
    const { names, tail } = sources(tree);
    if (!names.length) return ['CMakeLists.txt:1: the build compiles nothing of core/'];
    const { status, stdout, stderr } = spawnSync('xargs', [`-P${processors}`, '-I{}', 'clang-tidy', '--quiet', '--extra-arg=-UNDEBUG', '{}', ...tail],
      { cwd: tree.root, encoding: 'utf8', maxBuffer: 1 << 26, input: names.join('\n') });
    const said = stdout.split('\n').filter(Boolean).map((line) => line.replace(`${tree.root}/`, ''));
    return status && !said.length ? [stderr] : said;
  },
  seeds: [{
    files: {
      '.clang-tidy': readFileSync(join(repository, '.clang-tidy')),
      'core/a/x.c': 'int x(int a);\nint x(int a)\n{\n    int *p = 0;\n    return a ? *p : 0;\n}\n',
    },
    says: /core\/a\/x\.c:5:.*Dereference of null pointer/,
  }],
});
