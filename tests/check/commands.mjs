// Every command that scripts, tests and the README call is installed by scripts/packages, or stands in the
// smallest Debian there is (its essential packages). A command's name is its sign there: command:curl.
import { check, matches } from './tree.mjs';

// bash, coreutils, findutils, grep, sed, util-linux, libc-bin, dpkg, tar: nobody has to install those.
const ESSENTIAL = new Set(`
  [ basename bash cat chmod chown cp cut date dd df dirname dpkg du echo env expr false find flock grep gzip head
  hostname id install kill ln ls mkdir mkfifo mknod mktemp mount mv nice nproc od paste prlimit printf pwd readlink
  realpath renice rm rmdir script sed seq setsid sh sleep sort split stat sync tail tar taskset tee test timeout touch
  tr true truncate uname unexpand uniq wc xargs`.trim().split(/\s+/));
// The clone itself comes by git; apt and its kin are how the rest comes; localedef is libc-bin's.
const GIVEN = new Set(['git', 'apt-get', 'apt-cache', 'sudo', 'localedef']);
// Asked for first and done without; or used only where they stand already.
const OPTIONAL = new Set(['dpkg-buildflags', 'wrk']);
const BUILTIN = new Set(`. : break builtin case cd command continue declare do done elif else esac eval exec exit export
  fi for function if in let local mapfile read return select set shift source then time times trap type ulimit umask
  unset until wait while { } ! [[ ]] ((`.split(/\s+/));
// Brought by a package of another name than its sign.
const BROUGHT = new Map([['ctest', 'cmake'], ['ar', 'cc'], ['nm', 'cc'], ['objdump', 'cc'], ['strip', 'cc'], ['gcc', 'cc']]);

const SCRIPT = /^(scripts\/(?!packages$)[\w/.-]+|\.ci\/[\w-]+)$/;
const BLOCK = /^```sh\n([^]*?)^```/gm;
const SPAWNS = /\b(?:spawn|spawnSync|execFile|execFileSync|promisify\(execFile\)\)?|tree\.run)\(\s*'([\w.-]+)'/g;
const UNDER = /\bunder: \['([\w.-]+)'/g;
const SHELL = /'(?:ba)?sh', \['-e?c', '([^']*)'/g;

// A word that begins a command: assignments and keywords may stand before it.
const FIRST = /(?<=(?:^|[|;({`]|&&)[ \t]*(?:(?:then|do|else|if|while|until|!|exec|env|time|nice|\w+=[^\s$(]*)[ \t]+)*)[a-z][a-z0-9.-]*(?=[\s;]|$)/gm;

/** Commands of a shell text with their lines: first words behind a line's start, a pipe, && || ; $( and the like. */
function* commands(text) {
  const bare = text
    .replace(/^#!.*|(^|\s)#[^\n]*/gm, '$1')
    .replace(/\\\n/g, '  ')
    .replace(/<<'?(\w+)'?[^]*?^\1$/gm, '')
    .replace(/'[^']*'/g, (quoted) => quoted.replace(/[^\n]/g, 'Q'))
    .replace(/\$\(\(.*?\)\)|\(\(.*?\)\)|\[\[.*?\]\]/g, 'true')
    .replace(/=\([^)]*\)/g, '=Q')
    .replace(/"[^"]*"/g, (quoted) => (quoted.includes('$(') ? quoted : quoted.replace(/[^\n]/g, 'Q')));
  for (const { line, match } of matches(bare, FIRST)) {
    yield { line, word: match[0] };
  }
}

function* called(tree) {
  for (const name of tree.files(SCRIPT)) {
    for (const one of commands(tree.text(name))) yield { name, ...one };
  }
  for (const name of tree.files(/^README\.md$/)) {
    const text = tree.text(name);
    for (const { line, match } of matches(text, BLOCK)) {
      for (const one of commands(match[1])) yield { name, line: line + one.line, word: one.word };
    }
  }
  for (const name of tree.files(/^tests\/(?!check\/commands).*\.mjs$/)) {
    const text = tree.text(name);
    for (const pattern of [SPAWNS, UNDER]) {
      for (const { line, match } of matches(text, pattern)) yield { name, line, word: match[1] };
    }
    for (const { line, match } of matches(text, SHELL)) {
      for (const { word } of commands(match[1])) yield { name, line, word };
    }
  }
}

check({
  proves: 'every command that scripts, tests and the README call is in scripts/packages or essential in Debian',
  find(tree) {
    const listed = new Set([...tree.text('scripts/packages').matchAll(/command:([\w.-]+)/g)].map(([, name]) => name));
    const functions = new Set(tree.files(SCRIPT).flatMap((name) =>
      [...tree.text(name).matchAll(/^\s*(\w+)\(\) \{/gm)].map(([, own]) => own)));
    const known = (word) => [ESSENTIAL, GIVEN, OPTIONAL, BUILTIN, functions, listed].some((set) => set.has(word)) ||
      listed.has(BROUGHT.get(word));
    return [...called(tree)].filter(({ word }) => !known(word))
      .map(({ name, line, word }) => `${name}:${line}: nothing in scripts/packages brings ${word}`);
  },
  seeds: [
    [{ 'README.md': '# x\n```sh\nA=1 curl -s x |\n  jq .\n```\n' }, /README\.md:\d: nothing in scripts\/packages brings jq/],
    [{ 'README.md': '```sh\nTOKEN=$(curl x)\n```\n' }, /brings curl/],
    [{ 'tests/a/x.test.mjs': "\nexecFileSync('strace', ['-f']);" }, /x\.test\.mjs:2: .* brings strace/],
    [{ 'tests/a/x.test.mjs': "serve({ under: ['faketime', '1'] })" }, /brings faketime/],
    [{ 'tests/a/x.test.mjs': "execFileSync('sh', ['-c', 'true && jq .'])" }, /brings jq/],
    [{ 'scripts/x': '#!/bin/bash\nif ! rsync a b; then\n  exit 1\nfi\n' }, /scripts\/x:2: .* brings rsync/],
  ].map(([files, says]) => ({ files: { 'scripts/packages': 'build command:cc gcc\n', ...files }, says })),
});
