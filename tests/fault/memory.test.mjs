// Memory that runs out at any call: the program answers as ever or refuses with a word and a code of its
// own; never a signal, never another answer.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { availableParallelism } from 'node:os';
import { binary, root } from '../support/okienko.mjs';

const EVERY = 150; // the first calls one by one: they open what the rest of the run stands on
const POOL_THREADS = 4;
const SAMPLES = 150; // of the later ones, evenly

function run(args, fault) {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', LD_PRELOAD: process.env.OKIENKO_FAULT_MEMORY, ...fault };
  return new Promise((done) => execFile(binary, args, { cwd: root, env, timeout: 20000 },
    (error, out, err) => done({ code: error ? error.code ?? error.signal : 0, out, err })));
}

async function places(args) {
  const { code, out, err } = await run(args, { OKIENKO_FAIL_COUNT: '1' });
  assert.equal(code, 0, err);
  assert.ok(out);
  const total = Number(err.match(/allocations: (\d+)/)[1]);
  const step = Math.max(1, Math.floor((total - EVERY) / SAMPLES));
  const later = Array.from({ length: SAMPLES }, (_, i) => EVERY + 1 + i * step);
  return { told: out, left: [...Array.from({ length: EVERY }, (_, i) => i + 1), ...later].filter((at) => at <= total) };
}

async function sweep(args, also) {
  const { told, left } = await places(args), count = left.length, faults = [];
  let refused = 0;
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    for (let at = left.shift(); at !== undefined; at = left.shift()) {
      const { code, out, err } = await run(args, { OKIENKO_FAIL_AT: String(at), ...also });
      refused += code !== 0;
      if (![0, 1, 2].includes(code)) faults.push({ at, code, err });
      else if (code !== 0 && !(out + err).trim()) faults.push({ at, code, err: 'not a word' });
      else if (code === 0 && out !== told) faults.push({ at, code, err: `fine, but another answer: ${out}` });
    }
  }));
  console.log(`# ${args[0]}: ${count} places, ${refused} refusals`);
  // libuv aborts by itself, once, when pthread_atfork(3) or the threads of its pool have no memory at the start.
  const ours = faults.filter(({ at, code }) => !(code === 'SIGABRT' && at < 100));
  assert.deepEqual(ours, []);
  assert.ok(faults.length - ours.length <= 1 + POOL_THREADS);
  assert.ok(refused > 0);
}

const CHECK = ['check', 'koszalin'];
const QUOTE = ['quote', 'koszalin/window-cleaning', '--on', '2024-03-01', 'windows=4', 'commune=3261011'];
const IMPORT = ['import', '--dry-run', 'koszalin', 'plugins/koszalin/catalogue/bundles.csv'];

test('check: one call fails', () => sweep(CHECK, {}));
test('check: no memory from a call on', () => sweep(CHECK, { OKIENKO_FAIL_ON: '1' }));
test('quote: one call fails', () => sweep(QUOTE, {}));
test('quote: no memory from a call on', () => sweep(QUOTE, { OKIENKO_FAIL_ON: '1' }));
test('import: one call fails', () => sweep(IMPORT, {}));
