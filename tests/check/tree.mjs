// What the static checks share: a look at the source tree, and a door for ctest.
//
//   node tests/check/x.mjs ROOT [BUILD]     finds faults in ROOT: exit 1 and a line for each
//   node tests/check/x.mjs --can-fail       plants each of the check's seeds in a tree of its own
//                                           and fails unless the check says of it what it should
import { spawnSync } from 'node:child_process';
import {
  existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
const SKIPPED = 77;

export class Missing extends Error {} // the tool a check runs is not installed

export class Tree {
  constructor(root, build) {
    this.root = realpathSync(root);
    this.build = build && resolve(build);
    this.names = listed(this.root) ?? walked(this.root);
    if (!this.names.length) throw new Error(`${root} is empty`);
  }

  has(name) { return existsSync(join(this.root, name)); }
  size(name) { return statSync(join(this.root, name)).size; }
  bytes(name) { return readFileSync(join(this.root, name)); }
  text(name) { return readFileSync(join(this.root, name), 'utf8'); }
  lines(name) { return this.text(name).replace(/\n$/, '').split('\n'); }
  /** The names that one of the patterns fits, in order. */
  files(...patterns) { return this.names.filter((name) => patterns.some((pattern) => pattern.test(name))); }

  /** Runs a tool in the root; throws Missing when there is none. */
  run(tool, ...args) {
    const { error, status, stdout, stderr } = spawnSync(tool, args, { cwd: this.root, encoding: 'utf8' });
    if (error?.code === 'ENOENT') throw new Missing(`${tool} is not installed`);
    if (error) throw error;
    return { status, output: stdout + stderr };
  }
}

export const C_OF_CORE = /^core\/.*\.[ch]$/;
export const C_OF_TESTS = /^tests\/.*\.[ch]$/;

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** What git tracks or would track; null when the root is no clone. */
function listed(root) {
  const git = (...args) => spawnSync('git', ['-C', root, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (git('rev-parse', '--show-toplevel').stdout?.trim() !== root) return null;
  const { stdout } = git('ls-files', '-coz', '--exclude-standard');
  return [...new Set(stdout.split('\0'))].filter((name) => name && isFile(join(root, name))).sort();
}

function walked(root) {
  const found = spawnSync('find', ['.', '-type', 'f', '-not', '-path', './build*', '-not', '-path', './data/*',
    '-not', '-path', './.*', '-not', '-path', '*/node_modules/*'], { cwd: root, encoding: 'utf8' });
  return found.stdout.split('\n').filter(Boolean).map((name) => name.slice(2)).sort();
}

/** C with comments, strings and characters blanked, line for line. */
export function bareC(text) {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/g,
    (match) => (match[0] === '/' ? '' : match[0] + match[0]) + match.replace(/[^\n]/g, ''));
}

/** Every match in a text as { line, match }. */
export function* matches(text, pattern) {
  for (const match of text.matchAll(pattern)) {
    yield { line: text.slice(0, match.index).split('\n').length, match };
  }
}

/** A check: `find(tree)` returns faults as "file:line: what"; each seed is `{ files, says }`. */
export function check({ proves, find, seeds }) {
  try {
    process.exitCode = process.argv[2] === '--can-fail' ? plant(find, seeds) : look(find, proves);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    console.log(`SKIP: ${error.message}`);
    process.exitCode = SKIPPED;
  }
}

function look(find, proves) {
  const faults = find(new Tree(process.argv[2], process.argv[3]));
  faults.forEach((fault) => console.log(fault));
  console.log(faults.length ? `${faults.length} faults` : proves);
  return faults.length ? 1 : 0;
}

function plant(find, seeds) {
  let missed = 0;
  for (const { files, says } of seeds) {
    const root = mkdtempSync(join(tmpdir(), 'okienko-check-'));
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(join(root, dirname(name)), { recursive: true });
        writeFileSync(join(root, name), text);
      }
      const faults = find(new Tree(root));
      const seen = faults.some((fault) => says.test(fault));
      console.log(`${seen ? 'found' : 'MISSED'} ${says}`);
      if (!seen) {
        faults.forEach((fault) => console.log(`  but: ${fault}`));
        missed++;
      }
    } finally {
      rmSync(root, { recursive: true });
    }
  }
  return missed ? 1 : 0;
}
