#!/usr/bin/env node
// Which rooms a settlement crosses, from the trace of a real one: `node tests/trace/settle.mjs`. Builds an okienko that
// notes every function it enters (build/trace), lives a case up to its settlement, and holds what is entered then to one
// way: each wall is passed by its door once, in this order. Beside them only rooms that serve all others may be seen.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'build/trace'), built = join(folder, 'build/okienko'), log = join(folder, 'entered');

// The doors of the walls, as a request meets them.
const DOORS = [['http', 'http_dispatch'], ['office', 'office_enter'], ['desk', 'desk_find'], ['verdict', 'verdict_of'],
  ['rules', 'rules_decide'], ['ipus', 'ipus_run'], ['store', 'store_remember']];
const SERVE_ALL = new Set(['base', 'json', 'registry', 'problem', 'access', 'vault', 'loop', 'plugin']);
// The words of a decision are the api's, told by a port.
const WORDS = new Set(['api', 'tell']);

const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28, encoding: 'utf8' });

function build() {
  mkdirSync(folder, { recursive: true });
  const tracer = join(folder, 'trace.o');
  run('cc', ['-O1', '-g', '-c', join(root, 'tests/trace/trace.c'), '-o', tracer]);
  if (!existsSync(join(folder, 'build/CMakeCache.txt'))) {
    run('cmake', ['-S', root, '-B', join(folder, 'build'), '-DCMAKE_BUILD_TYPE=None',
      '-DCMAKE_C_FLAGS=-O1 -g1 -finstrument-functions', `-DCMAKE_EXE_LINKER_FLAGS=${tracer}`]);
  }
  run('cmake', ['--build', join(folder, 'build'), '--target', 'okienko']);
}

/** Lives a case; calls `settle` for the step that is looked at. */
async function live(settle) {
  const { apply, day, open, register, weekday } = await import('../office/office.mjs');
  const office = await open();
  try {
    const kipus = await office.hire('kipus'), ous = await office.hire('ous'), director = await office.hire('director');
    const person = await register(kipus), application = await apply(kipus, person);
    const order_facts = { windows: 4, windows_unsafe: false };
    const decision = await kipus.make('/decisions', { application, service: 'window-cleaning', order_facts });
    const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: 'x' });
    await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
    await kipus.step(`/applications/${application}`, 'qualify');
    const plan = await kipus.make('/plans', { application, diagnosis, begins: day(), ends: day(300), effects: 'x' });
    const provider = await ous.make('/providers', { name: 'S', type: 'social-enterprise', since: day() });
    await ous.make('/offers', { provider, service: 'window-cleaning', begins: day() });
    const granted = await kipus.make('/granted', { plan, decision, quantity: 20, begins: day(), ends: day(300), provider });
    for (const step of ['agree', 'sign']) await kipus.step(`/plans/${plan}`, step);
    await director.step(`/plans/${plan}`, 'approve');
    await kipus.step(`/plans/${plan}`, 'activate');
    const order = await kipus.make('/orders', { granted, provider, planned_on: weekday(), quantity: 4, order_facts });
    for (const [step, body] of [['accept', {}], ['finish', { delivered: 4 }], ['confirm', {}]]) {
      await kipus.step(`/orders/${order}`, step, body);
    }
    const { etag } = await ous.get(`/orders/${order}`);
    await settle(office.server.pid, () => ous.post(`/orders/${order}/settle`, {}, { 'If-Match': etag, 'Idempotency-Key': 'once' }));
  } finally {
    await office.close();
  }
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function trace() {
  rmSync(log, { force: true });
  process.env.OKIENKO = built;
  process.env.OKIENKO_TRACE = log;
  await live(async (pid, ask) => {
    await sleep(300); // what went before has ended
    process.kill(pid, 'SIGUSR2');
    await sleep(100);
    const { status, body } = await ask();
    assert.equal(status, 200, JSON.stringify(body));
    process.kill(pid, 'SIGUSR2');
    for (let tries = 0; !(existsSync(log) && readFileSync(log, 'utf8').endsWith('end\n')); tries++) {
      assert.ok(tries < 100, 'the trace was not written');
      await sleep(50);
    }
  });
  return readFileSync(log, 'utf8').split('\n').slice(0, -2);
}

/** [room, function] of each address that was entered, in order. */
function named(addresses) {
  const names = new Map(), known = [...new Set(addresses)];
  for (let at = 0; at < known.length; at += 1000) {
    const lines = run('addr2line', ['-f', '-e', built, ...known.slice(at, at + 1000)]).trimEnd().split('\n');
    known.slice(at, at + 1000).forEach((address, i) => names.set(address, [lines[2 * i + 1].match(/core\/(\w+)\//)?.[1], lines[2 * i]]));
  }
  return addresses.map((address) => names.get(address)).filter(([room]) => room);
}

build();
const entered = named(await trace());
const passed = entered.filter(([, name]) => DOORS.some(([, door]) => door === name)).map(([, name]) => name);
const rooms = [...new Set(entered.map(([room]) => room))];
console.log(`${entered.length} functions entered; rooms as they are first seen: ${rooms.join(', ')}`);
for (const [room, door] of DOORS) console.log(`  ${room.padEnd(8)} ${door}: ${passed.filter((name) => name === door).length}`);
const walls = new Set(DOORS.map(([room]) => room));
assert.deepEqual(rooms.filter((room) => !walls.has(room) && !SERVE_ALL.has(room) && !WORDS.has(room)), [], 'no other room');
assert.deepEqual(passed, DOORS.map(([, door]) => door), 'each wall once, in this order');
console.log(`proved: a settlement goes ${DOORS.map(([room]) => room).join(', ')}, each once`);
