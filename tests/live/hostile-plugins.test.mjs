// Rules written to break the server are saved while it answers others. Each is refused with its file and line,
// or cut off for its service alone; nobody else notices: the same bytes, and soon.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import {
  closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync,
  writeFileSync, writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { memory, sanitized, serve, until, workspace } from '../support/okienko.mjs';
import { ATTACKS, MARKUP, REMEMBERS, SLEEPERS, SLOW, SPEC, W } from '../support/attacks.mjs';

const ON = '2024-03-01', P = '/v1/koszalin', CLEANING = `${P}/services/window-cleaning/quote`;
const PERSON = { commune: '3261011', birth_date: '1960-05-10', household: 'other', dependent: true, disability: 'none',
  care_services: false, family_assistant: false, merit_status: 'none', foster_care: 'none' };
// What others ask meanwhile, and what they are answered when all is well.
const OTHERS = [
  [`${P}/services?on=${ON}&fields=id,price,pool,links`],
  [`${P}/services/laundry?on=${ON}`],
  [`${P}/services/laundry/quote`, { on: ON, facts: PERSON, order: { laundry_kg: 4 } }],
  ['/healthz'],
];
const BOUND_MS = sanitized ? 3000 : 1000; // the whole machine may be busy with other tests

let place, server, good, loaded, original;
const told = { asked: 0, slowest: 0, wrong: [] }, expected = [];
let asking = true;
const load = [];

const state = () => server.json(`${P}/plugins`, { 'Accept-Language': 'en' });
const path = (file) => join(place.plugins, file);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const quote = async (windows, more = {}) => {
  const answer = await server.post(CLEANING, { on: ON, facts: { ...PERSON, ...more }, order: { windows, windows_unsafe: false } },
    { 'Accept-Language': 'en' });
  return { status: answer.status, body: await answer.json() };
};

async function other(i) {
  const [target, body] = OTHERS[i % OTHERS.length];
  const began = performance.now();
  const answer = body ? await server.post(target, body) : await server.get(target);
  const text = await answer.text();
  told.asked++;
  told.slowest = Math.max(told.slowest, performance.now() - began);
  return `${answer.status} ${text}`;
}

// Changes a file, waits for what is to come of it, and puts everything back.
async function whileSaved(name, files, then) {
  const texts = files.map(([file, change]) => [path(file), readFileSync(path(file)), change]);
  const { loads } = await state();
  for (const [file, text, change] of texts) writeFileSync(file, change(text.toString()));
  try {
    await until(async () => (await state()).loads > loads, 20000);
    return await then(loads);
  } catch (error) {
    error.message = `${name}: ${error.message}\n${JSON.stringify((await state()).faults.slice(0, 3))}`;
    throw error;
  } finally {
    for (const [file, text] of texts) writeFileSync(file, text);
    await well();
  }
}
const well = () => until(async () => { const now = await state(); return now.state === 'good' && now.version === good; }, 20000);

before(async () => {
  place = workspace();
  server = await serve(place);
  ({ version: good } = await state());
  original = readFileSync(path(SPEC));
  for (let i = 0; i < OTHERS.length; i++) expected.push(await other(i));
  for (let n = 0; n < 2; n++) {
    load.push((async () => {
      for (let i = n; asking; i++) {
        const got = await other(i);
        if (got !== expected[i % OTHERS.length]) told.wrong.push(`${OTHERS[i % OTHERS.length][0]}: ${got.slice(0, 200)}`);
        await wait(5);
      }
    })());
  }
});
after(async () => { asking = false; await Promise.all(load); await server.stop(); place.remove(); });

test(`${ATTACKS.length} rules are refused, each with its file and line`, async () => {
  for (const [name, file, change, code, line] of ATTACKS) {
    const text = change(readFileSync(path(file), 'utf8'));
    const marked = text.toString().split('\n').findIndex((one) => one.includes('--!')) + 1;
    await whileSaved(name, [[file, () => text]], async () => {
      const at = line ?? marked;
      const found = await until(async () => (await state()).faults.find((fault) => (code.test ? code.test(fault.code) : fault.code === code)), 5000);
      if (found.file === file) assert.equal(found.line, at, `${name}: ${JSON.stringify(found)}`);
      else assert.ok(found.text.includes(`${file}:${at}:`), `${name}: ${at}, ${JSON.stringify(found)}`);
      const now = await state();
      assert.equal(now.state, 'stale', name);
      assert.equal(now.version, good, name);
      assert.ok(now.faults.every((fault) => fault.file && fault.code && !/[\p{Cc}\u202e]|\d{11}/u.test(fault.text)), name);
    });
    loaded ??= memory(server.pid);
  }
  console.log(`proved: ${ATTACKS.length} hostile rules refused`);
});

test('a rule that goes wrong for some people: 503 for them alone, others are answered exactly', async () => {
  const right = (await quote(4)).body, all = async (windows) => {
    const answer = await server.post(`${P}/quote`, { on: ON, facts: PERSON, order: { windows, windows_unsafe: false } });
    assert.equal(answer.status, 200);
    return answer.json();
  };
  const everything = (await all(13)).items.filter((one) => one.service !== 'window-cleaning');
  assert.equal(everything.length, 15);
  for (const [name, change] of SLEEPERS) {
    await whileSaved(name, [[W, change]], async () => {
      await until(async () => { const now = await state(); return now.state === 'good' && now.version !== good; }, 20000);
      for (let turn = 0; turn < 3; turn++) {
        const wrong = await quote(13);
        assert.equal(wrong.status, 503, name);
        assert.equal(wrong.body.type, 'urn:okienko:problem:rule-unavailable');
        const fine = (await quote(4)).body;
        assert.equal(fine.outcome, 'yes', name);
        assert.deepEqual(fine.fee.amount, right.fee.amount, name);
      }
      const answers = await all(13);
      assert.deepEqual(answers.items.filter((one) => one.service !== 'window-cleaning'), everything, name);
      assert.equal(answers.items.find((one) => one.service === 'window-cleaning').outcome, 'unavailable', name);
      assert.equal((await all(4)).counts.unavailable ?? 0, 0, name);
    });
  }
  assert.ok(!server.log().includes('44051401359') && !/[\0\x1b]/.test(server.log()), 'the log is masked');
  assert.match(server.log(), /window-cleaning\.lua:\d+/);
  console.log(`proved: ${SLEEPERS.length} rules cut off for one body alone`);
});

test('nothing of one applicant is seen by the next', async () => {
  await whileSaved('remembers', [[W, REMEMBERS]], async () => {
    await until(async () => { const now = await state(); return now.state === 'good' && now.version !== good; }, 20000);
    const first = (await quote(4)).body;
    assert.equal(first.outcome, 'yes');
    for (let i = 0; i < 30; i++) {
      await quote(4, { birth_date: `19${30 + i}-01-01`, dependent: i % 2 === 0 });
      assert.deepEqual((await quote(4)).body, first);
    }
  });
});

test('slow rules, none over its budget, hold up nobody for long', async () => {
  await whileSaved('slow', [[W, SLOW]], async () => {
    await until(async () => { const now = await state(); return now.state === 'good' && now.version !== good; }, 20000);
    for (const facts of [{}, { commune: '3261011' }, PERSON]) {
      const began = performance.now();
      assert.equal((await server.post(CLEANING, { on: ON, facts })).status, 200);
      assert.ok(performance.now() - began < BOUND_MS, `${performance.now() - began} ms`);
    }
  });
});

test('markup in a text comes out as text', async () => {
  await whileSaved('markup', [[W, MARKUP]], async () => {
    const listed = `${P}/services?on=${ON}&fields=id,name,summary`;
    const text = await until(async () => { const t = await (await server.get(listed)).text(); return t.includes('alert(1)') && t; });
    assert.ok(!text.includes('<'), 'no "<" in JSON');
    const item = JSON.parse(text).items.find((one) => one.id === 'window-cleaning');
    assert.equal(item.name, '<script>alert(1)</script>"\'&amp; mycie okien');
    const page = await (await server.get('/koszalin')).text();
    assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
    assert.ok(!page.includes('<script>alert') && !page.includes('<img'));
  });
});

// What is in a file's place, by the code of its fault.
const ODD = [
  ['a pipe', (at) => execFileSync('mkfifo', [at]), 'file-kind'],
  ['a folder', (at) => mkdirSync(at), 'file-kind'],
  ['a link to a file elsewhere', (at) => symlinkSync('/etc/passwd', at), 'file-link'],
  ['a link to nothing', (at) => symlinkSync('nowhere', at), 'file-link'],
  ['a link to itself', (at) => symlinkSync('odd.lua', at), 'file-link'],
  ['a device', (at) => execFileSync('mknod', [at, 'c', '1', '5']), 'file-kind'],
  ['ten gigabytes of nothing', (at) => { const f = openSync(at, 'w'); ftruncateSync(f, 10 * 2 ** 30); closeSync(f); }, 'file-size'],
];

test('what is no file is told and not waited for', async (t) => {
  for (const [name, make, code] of ODD) {
    const at = path('koszalin/services/odd.lua'), { loads } = await state();
    try { make(at); } catch { t.diagnostic(`${name} cannot be made here`); continue; }
    try {
      const found = await until(async () => { const now = await state(); return now.loads > loads && now.faults.find((f) => f.code === code); });
      assert.equal(found.file, 'koszalin/services/odd.lua', name);
      assert.equal((await state()).state, 'stale', name);
    } finally { rmSync(at, { recursive: true }); }
    await well();
  }
  console.log(`proved: ${ODD.length} things that are no files`);
});

test('half-written, cut, deleted, renamed over: the last good serves on', async () => {
  const text = readFileSync(path(W), 'utf8'), third = Math.floor(text.length / 3);
  const stale = async () => until(async () => (await state()).state === 'stale');
  // In three parts, with pauses longer than the server waits for quiet.
  const file = openSync(path(W), 'w');
  writeSync(file, text.slice(0, third));
  await stale();
  writeSync(file, text.slice(third, 2 * third));
  await wait(100);
  assert.equal((await quote(4)).body.fee.amount.grosze, 2000);
  writeSync(file, text.slice(2 * third));
  closeSync(file);
  await well();
  truncateSync(path(W), third);
  await stale();
  assert.equal((await quote(4)).body.fee.amount.grosze, 2000);
  writeFileSync(path(`${W}~`), text);
  renameSync(path(`${W}~`), path(W));
  await well();
  // A spec without its service is a fault; all of a service gone is a service less, and then it is back.
  rmSync(path(W));
  await until(async () => (await state()).faults.some((fault) => fault.code === 'spec-alone'));
  writeFileSync(path(W), text);
  await well();
  // Rewritten all the time for a second: in the end what stands there is served.
  const end = performance.now() + 1000;
  for (let i = 0; performance.now() < end; i++) {
    if (i % 3 === 0) rmSync(path(SPEC), { force: true });
    else writeFileSync(path(SPEC), i % 3 === 1 ? 'return tests {' : readFileSync(path(W)));
    await wait(1);
  }
  writeFileSync(path(SPEC), original);
  await well();
});

test('odd names and crowds of files harm nobody', async () => {
  const names = ['a\nb.lua', 'a\u202eb.lua', '-rf.lua', 'A.lua', `${'n'.repeat(200)}.lua`, 'x.2024-13-01.lua', '..lua', '$(id).lua'];
  const { loads } = await state();
  for (const one of names) writeFileSync(path(`koszalin/services/${one}`), 'return service {}');
  const now = await until(async () => { const at = await state(); return at.loads > loads && at.faults.length >= names.length - 1 && at; });
  assert.equal(now.state, 'stale');
  assert.ok(!server.log().includes('\u202e') && !server.log().includes('a\nb'), 'names in the log are masked');
  for (const one of names) rmSync(path(`koszalin/services/${one}`));
  await well();
  for (let i = 0; i < 1000; i++) {
    writeFileSync(path(`koszalin/services/n${i}.lua`), 'while true do end');
    if (i % 20 === 0) await wait(1); // the clients beside run in this process
  }
  await until(async () => (await state()).state === 'stale', 20000);
  for (let i = 0; i < 1000; i++) {
    rmSync(path(`koszalin/services/n${i}.lua`));
    if (i % 20 === 0) await wait(1);
  }
  await well();
  mkdirSync(path(`koszalin/${Array(60).fill('deep').join('/')}`), { recursive: true });
  rmSync(path('koszalin/deep'), { recursive: true });
  symlinkSync('/', path('everything'));
  await until(async () => JSON.stringify(await server.json('/readyz')).includes('everything'));
  rmSync(path('everything'));
  await until(async () => (await server.json('/readyz')).status === 'ready');
});

test('meanwhile nobody else noticed', async () => {
  asking = false;
  await Promise.all(load);
  assert.deepEqual(told.wrong, []);
  assert.ok(told.asked > 300, `${told.asked} asked`);
  assert.ok(told.slowest < BOUND_MS, `the slowest took ${told.slowest} ms`);
  assert.equal((await server.get('/readyz')).status, 200);
  const grown = memory(server.pid) - loaded;
  console.log(`proved: ${told.asked} good answers meanwhile, the slowest after ${told.slowest.toFixed(0)} ms; memory grew by ${(grown / 1024).toFixed(1)} MiB`);
  if (!sanitized) assert.ok(grown < 16 * 1024, `${grown} KiB more`);
});
