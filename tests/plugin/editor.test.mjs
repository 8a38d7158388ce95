// A programme written from the guide alone, in Lua alone: checked, quoted on the command line and served, with
// exact numbers. Its own tests stand beside its services.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { okienko, root, serve } from '../support/okienko.mjs';

const plugins = join(root, 'tests/plugin/editor');
const folder = mkdtempSync(join(tmpdir(), 'okienko-test-'));
let server;
before(async () => { server = await serve({ plugins, data: join(folder, 'data') }); });
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const resident = { resident: true, birth_date: '1980-05-05', children: 0 };
const large = { ...resident, children: 3 };

const cases = [
  // service, day, facts, order, fee in grosze, relief
  ['ride', '2026-03-02', resident, { rides: 1 }, 750, null],
  ['ride', '2026-12-31', resident, { rides: 4 }, 3000, null],
  ['ride', '2027-01-01', resident, { rides: 4 }, 3200, null],
  ['ride', '2027-01-01', large, { rides: 1 }, 400, 'large-family'],
  ['care', '2026-03-02', { ...resident, income: '1010.00' }, { hours: 5 }, 0, null],
  ['care', '2026-03-02', { ...resident, income: '1010.01' }, { hours: 5 }, 5000, null],
  ['care', '2026-03-02', { ...resident, income: '2000.00' }, { hours: 0.5 }, 500, null],
  ['care', '2026-03-02', { ...resident, income: '2000.01' }, { hours: 2.5 }, 4500, null],
  ['care', '2026-03-02', { ...resident, income: '3000.01' }, { hours: 2.5 }, 10000, null],
  ['care', '2026-03-02', { ...large, income: '3000.01' }, { hours: 2.5 }, 5000, 'large-family'],
  ['club-class', '2026-03-07', resident, {}, 1200, null],
  ['club-class', '2026-03-07', large, {}, 600, 'large-family'],
];

test('it passes the check and its own tests', async () => {
  const { code, out } = await okienko(['check', '--plugins', plugins, '--json']);
  assert.equal(code, 0, out);
  const [{ good, faults, tests_failed: failed, tests_passed: passed }] = JSON.parse(out);
  assert.deepEqual({ good, faults, failed }, { good: true, faults: [], failed: 0 });
  assert.equal(passed, 12);
});

test('fees per ride and in steps of income, and the relief of half, are served to the grosz', async () => {
  for (const [service, on, facts, order, grosze, relief] of cases) {
    const response = await server.post(`/v1/brzozowo/services/${service}/quote`, { on, facts, order });
    const { outcome, fee } = await response.json(), about = JSON.stringify({ service, on, facts, order });
    assert.equal(outcome, 'yes', about);
    assert.deepEqual([fee.state, fee.amount.grosze, fee.relief?.id ?? null], ['known', grosze, relief], about);
  }
  console.log(`# ${cases.length} quotes`);
});

test('the command line says the same', async () => {
  const { code, out } = await okienko(['quote', '--plugins', plugins, '--on', '2026-03-02', 'brzozowo/care',
    'resident=true', 'children=3', 'income=3000.01', 'hours=2.5'], { locale: 'pl_PL.UTF-8' });
  assert.equal(code, 0);
  assert.match(out, /50,00\szł/);
  assert.match(out, /Co najmniej\s3\sdzieci\sw rodzinie/);
});

test('what is not known of the income leaves the fee open, between nothing and the price', async () => {
  const response = await server.post('/v1/brzozowo/services/care/quote',
    { on: '2026-03-02', facts: { resident: true, children: 0 }, order: { hours: 2 } });
  const { fee, missing } = await response.json();
  assert.deepEqual([fee.state, fee.least.grosze, fee.most.grosze], ['depends', 0, 8000]);
  assert.ok(missing.some(({ id }) => id === 'income'));
});

test('the limits of a household, five hours a day among them, and of a group are served as data and in words', async () => {
  const limits = async (service) => (await server.json(`/v1/brzozowo/services/${service}?on=2026-03-02`)).limits.rules;
  const care = await limits('care');
  assert.deepEqual(care.map(({ kind, most, per, whose }) => [kind, most, per, whose]),
    [['units', 20, 'month', 'household'], ['units', 5, 'day', 'household']]);
  const [group] = await limits('club-class');
  assert.deepEqual([group.kind, group.most, group.least], ['seats', 15, 6]);
  assert.ok([...care, group].every(({ text }) => text.length > 5));
  const tooLong = await server.post('/v1/brzozowo/services/care/quote', { on: '2026-03-02', order: { hours: 5.5 } });
  assert.equal(tooLong.status, 422);
});

test('on a Saturday the ride and the class are there until one, and care is not', async () => {
  const on = async (service, day) => server.json(`/v1/brzozowo/services/${service}/availability?on=${day}`);
  for (const [service, open] of [['ride', true], ['club-class', true], ['care', false]]) {
    const answer = await on(service, '2026-03-07');
    assert.equal(answer.open, open, JSON.stringify(answer));
    if (open) assert.equal(answer.hours.at(-1).to, '13:00');
  }
  assert.equal((await on('club-class', '2026-03-06')).open, false);
});
