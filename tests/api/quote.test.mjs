// Quotes: the arithmetic of fees, the three answers with their reasons, what is still missing, and what
// there is for a person in the whole programme.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve, until, workspace } from '../support/okienko.mjs';

const ON = '2024-03-01', P = '/v1/koszalin', W = `${P}/services/window-cleaning`;
let place, server;
before(async () => { place = workspace(); server = await serve(place); });
after(async () => { await server.stop(); place.remove(); });

const quote = async (path, body, lang = 'pl') => {
  const answer = await server.post(`${path}/quote`, body, { 'Accept-Language': lang });
  assert.equal(answer.status, 200, JSON.stringify(body));
  return answer.json();
};
// Nothing that frees from the fee, and old enough not to matter.
const PAYS = { care_services: false, family_assistant: false, merit_status: 'none', foster_care: 'none',
  birth_date: '1960-01-01' };
const RIGHT = { commune: '3261011', dependent: true, disability: 'none', household: 'other', ...PAYS };

test('yes, with every reason, and the fee', async () => {
  const answer = await quote(W, { on: ON, facts: RIGHT, order: { windows: 4, windows_unsafe: false } }, 'en');
  assert.equal(answer.outcome, 'yes');
  assert.deepEqual(answer.missing, []);
  assert.equal(answer.fee.state, 'known');
  assert.deepEqual(answer.fee.amount, { grosze: 2000, text: '20.00\u00a0zł' });
  assert.deepEqual(answer.fee.value, { grosze: 10000, text: '100.00\u00a0zł' });
  assert.equal(answer.fee.share_percent, 20);
  assert.equal(answer.fee.quantity, 4);
  assert.equal(answer.fee.quantity_text, '4\u00a0windows');
  assert.equal(answer.fee.quantity_assumed, false);
  assert.equal(answer.fee.relief, null);
  const of = (id) => answer.checks.find((one) => one.id === id);
  assert.equal(of('resident').answer, 'yes');
  assert.equal(of('windows-unsafe').answer, 'no');
  assert.equal(of('severe-disability').answer, 'no');
  assert.ok(answer.checks.some((one) => one.decisive));
  assert.match(answer.version, /^[0-9a-f]{16}$/);
  assert.ok(answer.documents.length > 0 && answer.limits.rules.length === 2);
});

test('no says which condition is not met, and what stands in the way', async () => {
  const elsewhere = await quote(W, { on: ON, facts: { commune: 'other' } });
  assert.equal(elsewhere.outcome, 'no');
  assert.match(elsewhere.outcome_text, /Niespełnione: Mieszkaniec Koszalina\.$/);
  assert.ok(elsewhere.checks.find((one) => one.id === 'resident').decisive);
  const unsafe = await quote(W, { on: ON, facts: RIGHT, order: { windows: 1, windows_unsafe: true } }, 'en');
  assert.equal(unsafe.outcome, 'no');
  assert.match(unsafe.outcome_text, /Ruled out by: .*balcony glazing\.$/);
});

test('unknown asks, the most telling question first; null is not known', async () => {
  const nothing = await quote(W, { on: ON });
  assert.equal(nothing.outcome, 'unknown');
  const needed = nothing.missing.filter((one) => one.for === 'outcome').map((one) => one.id);
  assert.ok(needed.includes('commune') && needed.includes('windows_unsafe'));
  assert.equal(nothing.missing.findIndex((one) => one.for === 'fee'), needed.length);
  assert.deepEqual(await quote(W, { on: ON, facts: null, order: null }), nothing);
  assert.deepEqual(await quote(W, { on: ON, facts: { commune: null, dependent: null } }), nothing);
  // Whoever answers what is asked first comes to an end.
  const facts = {}, order = {}, answers = { commune: '3261011', disability: 'none', household: 'alone',
    birth_date: '1940-05-05', merit_status: 'none', foster_care: 'none', windows: 3 };
  for (let asked = 0; ; asked++) {
    const answer = await quote(W, { on: ON, facts, order });
    if (!answer.missing.length) { assert.equal(answer.outcome, 'yes'); assert.equal(answer.fee.amount.grosze, 1500); break; }
    const { id, about } = answer.missing[0];
    (about === 'order' ? order : facts)[id] = answers[id] ?? false;
    assert.ok(asked < 12);
  }
});

test('the fees of the domain: price, quantity, share', async () => {
  const set = async (price) => {
    for (const name of ['window-cleaning.lua']) {
      const file = join(place.plugins, 'koszalin/services', name), text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(/pln "[\d.]+"/, `pln "${price}"`));
    }
    // The tests beside it name fees of another price.
    const spec = join(place.plugins, 'koszalin/services/window-cleaning.spec.lua');
    writeFileSync(spec, readFileSync(join(place.plugins, '../spec.lua'), 'utf8').replace(/fee = pln "([\d.]+)"/g,
      (whole, fee) => (Number(fee) === 0 ? whole : `fee = pln "${round(price, Number(fee) / 5).toFixed(2)}"`)));
  };
  const round = (price, units) => Math.floor(Math.round(Number(price) * 100) * units * 20 / 100 + 0.5) / 100;
  const spec = join(place.plugins, 'koszalin/services/window-cleaning.spec.lua');
  const original = readFileSync(spec, 'utf8');
  const service = readFileSync(spec.replace('.spec', ''), 'utf8');
  writeFileSync(join(place.plugins, '../spec.lua'), original);
  const cases = [['80.00', 1, 1600], ['12.00', 6, 1440], ['19.95', 1, 399], ['0.37', 1, 7], ['49.99', 1, 1000],
    ['123.45', 1, 2469], ['0.13', 3, 8], ['0.13', 1, 3], ['25.00', 40, 20000]];
  for (const [price, windows, fee] of cases) {
    await set(price);
    await until(async () => (await server.json(`${W}?on=${ON}`)).price.grosze === Math.round(Number(price) * 100));
    const answer = await quote(W, { on: ON, facts: RIGHT, order: { windows, windows_unsafe: false } });
    assert.equal(answer.fee.amount.grosze, fee, `${price} x ${windows}`);
    const exempt = await quote(W, { on: ON, facts: { ...RIGHT, foster_care: 'in-care' },
      order: { windows, windows_unsafe: false } });
    assert.equal(exempt.fee.amount.grosze, 0);
    assert.equal(exempt.fee.relief.percent, 100);
  }
  writeFileSync(spec, original);
  writeFileSync(spec.replace('.spec', ''), service);
  await until(async () => (await server.json(`${W}?on=${ON}`)).price.grosze === 2500);
  console.log(`proved: ${cases.length} fees of the domain`);
});

test('a text says the value that its parameter has on the day', async () => {
  const shared = ['old-alone', 'pl', 'Osoba, która ukończyła 75\u00a0lat i mieszka sama'];
  const text = async (on, lang) => (await quote(W, { on }, lang)).checks.find((one) => one.id === shared[0]).text;
  assert.ok((await text(ON, 'pl')).startsWith(shared[2]));
  const file = join(place.plugins, 'koszalin/services/window-cleaning.lua'), before_ = readFileSync(file, 'utf8');
  writeFileSync(file, before_.replace('value = 75, basis = "example" }',
    'value = 75, basis = "example" },\n{ from = "2025-01-01", value = 72, basis = "example" }'));
  await until(async () => (await text('2025-01-01', 'pl')).includes('72\u00a0lata'));
  assert.ok((await text('2024-12-31', 'pl')).includes('75\u00a0lat'));
  assert.ok((await text('2025-01-01', 'uk')).includes('72\u00a0роки'));
  assert.ok((await text('2025-01-01', 'en')).includes('aged 72 or over'));
  const no = await quote(W, { on: '2025-01-01', facts: { ...RIGHT, dependent: false, birth_date: '1960-01-01' } });
  assert.match(no.outcome_text, /ukończyła 72\u00a0lata/);
  const listed = await server.json(`${W}?on=2025-01-01`);
  assert.ok(listed.eligibility.find((one) => one.id === shared[0]).text.includes('72\u00a0lata'));
  writeFileSync(file, before_);
  await until(async () => (await text('2025-01-01', 'pl')).includes('75\u00a0lat'));
});

test('what only the office knows is said to be so', async () => {
  const { questions } = await server.json(`${P}/services/equipment-loan/questionnaire?on=${ON}`);
  const known = (id) => questions.find((one) => one.id === id).known_to;
  assert.deepEqual([known('overdue_return'), known('commune')], ['office', 'person']);
});

test('the rounding and the day of the price say what they rest on', async () => {
  const { rounding, price_at } = await server.json(P);
  assert.deepEqual(rounding, { to: 'grosz', per: 'line', basis: 'example', example: true });
  assert.deepEqual(price_at, { when: 'settlement', basis: 'example', example: true });
});

test('the exempt age: the day before the birthday pays, the birthday is free', async () => {
  const facts = { ...RIGHT, birth_date: '1934-03-01' }, order = { windows: 1, windows_unsafe: false };
  assert.equal((await quote(W, { on: '2024-02-29', facts, order })).fee.amount.grosze, 500);
  const free = await quote(W, { on: '2024-03-01', facts, order });
  assert.equal(free.fee.amount.grosze, 0);
  assert.ok(free.fee.relief.text.length > 3);
});

test('PESEL stands for the birth date, and must agree with it', async () => {
  const order = { windows: 2, windows_unsafe: false };
  const { birth_date: _, ...rest } = RIGHT;
  const answer = await quote(W, { on: ON, facts: { ...rest, pesel: '44051401359' }, order });
  assert.equal(answer.fee.amount.grosze, 1000);
  assert.ok(!JSON.stringify(answer).includes('44051401359'));
  await quote(W, { on: ON, facts: { ...rest, pesel: '44051401359', birth_date: '1944-05-14' }, order });
});

test('decimals are exact to their step; without a quantity one unit is assumed', async () => {
  const L = `${P}/services/laundry`;
  for (const [kg, fee] of [[0.5, 120], [1.5, 360], [2, 480], [2.5, 600], [6, 1440]]) {
    const answer = await quote(L, { on: ON, facts: { ...RIGHT, washing: 'no-machine' },
      order: { laundry_kg: kg, laundry_unsuitable: false } });
    assert.equal(answer.fee.quantity, kg);
    assert.equal(answer.fee.amount.grosze, fee, String(kg));
  }
  assert.match((await quote(L, { on: ON, order: { laundry_kg: 1.5 } })).fee.quantity_text, /^1,5/);
  const assumed = await quote(W, { on: ON, facts: RIGHT });
  assert.equal(assumed.fee.quantity, 1);
  assert.equal(assumed.fee.quantity_assumed, true);
});

test('outside the period nothing is decided, and that is said', async () => {
  for (const on of ['2023-09-30', '2026-10-01']) {
    const answer = await quote(W, { on, facts: RIGHT });
    assert.equal(answer.outcome, 'not_in_force');
    assert.equal(answer.in_force, false);
    assert.match(answer.outcome_text, /2023-10-01/);
    assert.equal(answer.fee, null);
    const all = await quote(P, { on, facts: RIGHT });
    assert.equal(all.counts.not_in_force, 16);
    assert.deepEqual(all.missing, []);
  }
});

test('all services at once: the same answers as one by one', async () => {
  const order = { windows: 2, windows_unsafe: false };
  for (const facts of [{}, RIGHT, { commune: 'other' }, { commune: '3261011', birth_date: '1930-01-01' }]) {
    const all = await quote(P, { on: ON, facts, order });
    assert.equal(all.items.length, 16);
    assert.deepEqual(all.items.map((one) => one.number), Array.from({ length: 16 }, (_, i) => i + 1));
    const counts = { yes: 0, no: 0, unknown: 0, unavailable: 0, not_in_force: 0 };
    for (const item of all.items) {
      counts[item.outcome]++;
      const known = item.service === 'window-cleaning' ? order : {};
      const alone = await quote(`${P}/services/${item.service}`, { on: ON, facts, order: known });
      assert.equal(item.outcome, alone.outcome, item.service);
      assert.deepEqual(item.checks, alone.checks);
      assert.deepEqual(item.fee, alone.fee);
      assert.deepEqual(item.missing, alone.missing.map((one) => ({ id: one.id, for: one.for })));
    }
    assert.deepEqual(all.counts, counts);
    const asked = new Set(all.items.flatMap((item) => item.missing.map((one) => one.id)));
    assert.deepEqual(all.missing.map((one) => one.id).sort(), [...asked].sort());
  }
  const nothing = await quote(P, { on: ON });
  assert.equal(nothing.missing[0].id, 'commune');
  assert.equal((await quote(P, { on: ON, facts: { commune: 'other' } })).counts.no, 16);
});

test('a rule that fails is unavailable alone; the others stay exact', async () => {
  const file = join(place.plugins, 'koszalin/services/handyman.lua'), text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/price\s+= \{ \{ from = "2023-10-01",/, 'price = { { from = "2023-10-01", to = "2025-12-31",'));
  await until(async () => (await server.json(`${P}/services/handyman`)).parameters
    .some((one) => one.id === 'price' && one.rows[0].to === '2025-12-31'));
  const alone = await server.post(`${P}/services/handyman/quote`, { on: '2026-01-02' }, { 'Accept-Language': 'en' });
  assert.equal(alone.status, 503);
  const problem = await alone.json();
  assert.equal(problem.type, 'urn:okienko:problem:rule-unavailable');
  assert.match(problem.detail, /"price" has no value on 2026-01-02/);
  const all = await quote(P, { on: '2026-01-02', facts: { commune: 'other' } }, 'en');
  assert.deepEqual({ no: all.counts.no, unavailable: all.counts.unavailable }, { no: 15, unavailable: 1 });
  assert.match(all.items.find((one) => one.service === 'handyman').reason, /"price"/);
  assert.match(server.log(), /handyman\.lua/);
  writeFileSync(file, text);
  await until(async () => (await server.post(`${P}/services/handyman/quote`, { on: '2026-01-02' })).status === 200);
});

test('answers are in the asked language and never cached', async () => {
  for (const [lang, text] of [['pl', /^Tak/], ['en', /^Yes/], ['uk', /^Так/]]) {
    const answer = await server.post(`${W}/quote`, { on: ON, facts: RIGHT, order: { windows: 5, windows_unsafe: false } },
      { 'Accept-Language': lang });
    assert.equal(answer.headers.get('content-language'), lang);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.match((await answer.json()).outcome_text, text);
  }
  const polish = await quote(W, { on: ON, order: { windows: 5 } });
  assert.equal(polish.fee.quantity_text, '5\u00a0okien');
});
