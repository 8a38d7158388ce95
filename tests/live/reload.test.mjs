// Rules are edited while the server runs: a saved price is live at once, a fault leaves the old rules
// serving, a seventeenth service is one file and its tests, a second programme one folder.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { okienko, root, serve, until, workspace } from '../support/okienko.mjs';

const ON = '2024-03-01';
let place, server;

before(async () => { place = workspace(); server = await serve(place); });
after(async () => { await server.stop(); place.remove(); });

const file = (name) => join(place.plugins, 'koszalin/services', name);
const price = async (on = ON) =>
  (await server.json(`/v1/koszalin/services/window-cleaning/availability?on=${on}`)).price.grosze;
const edit = (name, from, to) => {
  const text = readFileSync(file(name), 'utf8');
  assert.ok(text.includes(from), `${name} has ${from}`);
  writeFileSync(file(name), text.replace(from, to));
};
// The tests beside a service state its fee, so a price changes together with them.
const setPrice = (from, to) => {
  const spec = readFileSync(file('window-cleaning.spec.lua'), 'utf8');
  const fees = spec.replace(/fee = pln "(\d+)\.(\d\d)"/g, (whole, zloty, grosze) => {
    const fee = (Number(zloty) * 100 + Number(grosze)) / from * to;
    return `fee = pln "${(fee / 100).toFixed(2)}"`;
  });
  edit('window-cleaning.lua', `pln "${(from / 100).toFixed(2)}"`, `pln "${(to / 100).toFixed(2)}"`);
  writeFileSync(file('window-cleaning.spec.lua'), fees);
};

test('a saved price is live within 300 ms, and no request fails meanwhile', async () => {
  assert.equal(await price(), 2500);
  let asking = true, asked = 0;
  const failed = [];
  const load = Array.from({ length: 8 }, async () => {
    while (asking) {
      const answer = await server.get(`/v1/koszalin/services?on=${ON}`);
      await answer.arrayBuffer();
      asked++;
      if (answer.status !== 200) failed.push(answer.status);
    }
  });
  await new Promise((done) => setTimeout(done, 100));
  const saved = performance.now();
  setPrice(2500, 5000);
  await until(async () => (await price()) === 5000);
  const took = performance.now() - saved;
  asking = false;
  await Promise.all(load);
  assert.deepEqual(failed, []);
  console.log(`# live after ${took.toFixed(0)} ms, ${asked} requests meanwhile`);
  // Generous here, since tests run beside others and under sanitizers; the figure is in docs/performance.md.
  assert.ok(took < 3000, `${took} ms`);
  setPrice(5000, 2500);
  await until(async () => (await price()) === 2500);
  // Each of the eight asked more than once; how often depends on what else the machine does.
  assert.ok(asked > 16, `asked ${asked} times`);
});

test("the README's first change: a new price begins in 2026, the days before keep theirs", async () => {
  const row = '{ from = "2023-10-01", value = pln "25.00", basis = "example" }';
  const more = `${row},\n            { from = "2026-01-01", value = pln "30.00", basis = "example" }`;
  assert.ok(readFileSync(join(root, 'README.md'), 'utf8').includes(more), 'the README shows these rows');
  edit('window-cleaning.lua', row, more);
  await until(async () => (await price('2026-01-01')) === 3000);
  assert.equal(await price('2025-12-31'), 2500);
  edit('window-cleaning.lua', 'pln "30.00"', 'pln "30,00"');
  await until(async () => (await server.json('/v1/koszalin/plugins')).faults.length === 1);
  assert.equal(await price('2026-01-01'), 3000);
  edit('window-cleaning.lua', more.replace('30.00', '30,00'), row);
  await until(async () => (await price('2026-01-01')) === 2500);
});

test('a fault is told with its line, and the old rules serve on', async () => {
  const before = await server.json('/v1/koszalin');
  edit('window-cleaning.lua', 'package = "pomoc-plus"', 'pakage = "pomoc-plus"');
  const state = await until(async () => {
    const answer = await server.json('/v1/koszalin/plugins', { 'Accept-Language': 'en' });
    return answer.faults.length > 0 && answer;
  });
  const line = readFileSync(file('window-cleaning.lua'), 'utf8').split('\n').findIndex((l) => l.includes('pakage')) + 1;
  const fault = state.faults.find((f) => f.line === line);
  assert.ok(fault, JSON.stringify(state.faults));
  assert.match(fault.file, /koszalin\/services\/window-cleaning\.lua$/);
  assert.match(fault.text, /package/);
  assert.equal(await price(), 2500);
  assert.equal((await server.json('/v1/koszalin')).version, before.version);
  edit('window-cleaning.lua', 'pakage = "pomoc-plus"', 'package = "pomoc-plus"');
  await until(async () => (await server.json('/v1/koszalin/plugins')).faults.length === 0);
});

test('a test that fails keeps a rule from going live', async () => {
  edit('window-cleaning.lua', 'pln "25.00"', 'pln "26.00"');
  const state = await until(async () => {
    const answer = await server.json('/v1/koszalin/plugins');
    return answer.faults.length > 0 && answer;
  });
  assert.ok(state.faults.every((f) => f.file.endsWith('window-cleaning.spec.lua')), JSON.stringify(state.faults));
  assert.equal(await price(), 2500);
  edit('window-cleaning.lua', 'pln "26.00"', 'pln "25.00"');
  await until(async () => (await server.json('/v1/koszalin/plugins')).faults.length === 0);
});

test('a seventeenth service is one file and its tests', async () => {
  const count = async () => (await server.json(`/v1/koszalin/services?on=${ON}`)).total;
  assert.equal(await count(), 16);
  const made = await okienko(['new', 'service', 'koszalin/tablet-lessons', '--plugins', place.plugins]);
  assert.equal(made.code, 0, made.err);
  await until(async () => (await count()) === 17);
  assert.equal((await server.get(`/v1/koszalin/services/tablet-lessons?on=${ON}`)).status, 200);
  const quote = await server.post('/v1/koszalin/services/tablet-lessons/quote', { on: ON });
  assert.equal(quote.status, 200);
  assert.equal((await okienko(['check', '--plugins', place.plugins])).code, 0);
  unlinkSync(file('tablet-lessons.lua'));
  unlinkSync(file('tablet-lessons.spec.lua'));
  await until(async () => (await count()) === 16);
  assert.equal((await server.get(`/v1/koszalin/services/tablet-lessons?on=${ON}`)).status, 404);
});

test('a second programme is one folder', async () => {
  assert.equal((await server.get('/v1/suwalki')).status, 404);
  const made = await okienko(['new', 'programme', 'suwalki', '--plugins', place.plugins]);
  assert.equal(made.code, 0, made.err);
  await until(async () => (await server.get('/v1/suwalki')).status === 200);
  assert.ok((await server.json('/v1/programmes')).items.some((p) => p.id === 'suwalki'));
  assert.equal((await server.json(`/v1/koszalin/services?on=${ON}`)).total, 16);
  rmSync(join(place.plugins, 'suwalki'), { recursive: true });
  await until(async () => (await server.get('/v1/suwalki')).status === 404);
});

test('an editor that writes a new file and renames it over the old one is followed', async () => {
  const text = readFileSync(file('window-cleaning.lua'), 'utf8');
  writeFileSync(file('window-cleaning.lua~'), text.replace('revision = 1', 'revision = 2'));
  renameSync(file('window-cleaning.lua~'), file('window-cleaning.lua'));
  const revision = async () => (await server.json(`/v1/koszalin/services/window-cleaning?on=${ON}`)).revision;
  await until(async () => (await revision()) === 2);
  writeFileSync(file('window-cleaning.lua'), text);
  await until(async () => (await revision()) === 1);
});

test('SIGHUP reads the rules again', async () => {
  const loads = async () => (await server.json('/v1/koszalin/plugins')).loads;
  const had = await loads();
  server.kill('SIGHUP');
  await until(async () => (await loads()) !== had || (await server.get('/readyz')).status === 200);
  assert.equal(await price(), 2500);
});

test('versions of a service stand side by side, each day answered by the right one', async () => {
  const text = readFileSync(file('laundry.lua'), 'utf8');
  const spec = readFileSync(file('laundry.spec.lua'), 'utf8');
  writeFileSync(file('laundry.2024-03-15.lua'), text.replace('revision = 1', 'revision = 2'));
  // The same cases a month later, when the new version is in force.
  writeFileSync(file('laundry.2024-03-15.spec.lua'), spec.replaceAll('-03-0', '-04-0'));
  const revision = async (on) => (await server.json(`/v1/koszalin/services/laundry?on=${on}`)).revision;
  await until(async () => (await revision('2024-03-15')) === 2);
  assert.equal(await revision('2024-03-14'), 1);
  assert.equal((await server.json(`/v1/koszalin/services?on=${ON}`)).total, 16);
});
