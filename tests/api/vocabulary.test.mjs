// A programme that uses every word: money, steps of a fee, rules of their own, versions, partial reliefs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, serve } from '../support/okienko.mjs';
import { faults, fits } from './schema.mjs';

const P = '/v1/example', ON = '2024-03-01';
let folder, server, document;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'okienko-test-'));
  const plugins = join(folder, 'plugins');
  cpSync(join(root, 'tests/plugin/fixtures/plugins'), plugins, { recursive: true });
  server = await serve({ plugins, data: join(folder, 'data') });
  document = await server.json('/openapi.json');
});
after(async () => { await server.stop(); rmSync(folder, { recursive: true }); });

const quote = async (service, body, lang = 'en') => {
  const answer = await server.post(`${P}${service && `/services/${service}`}/quote`, body, { 'Accept-Language': lang });
  assert.equal(answer.status, 200, `${service} ${JSON.stringify(body)} ${answer.status}`);
  return answer.json();
};
const refused = async (service, body) => {
  const answer = await server.post(`${P}/services/${service}/quote`, body);
  assert.equal(answer.status, 422);
  return (await answer.json()).errors[0];
};

const dated = (operation) => operation.parameters.some((one) => one.$ref?.endsWith('/on'));

test('every answer fits the document', async () => {
  const of = (path, method = 'get') =>
    document.paths[path][method].responses['200'].content['application/json'].schema;
  const one = '/v1/{programme}/services/{service}';
  let count = 0;
  for (const on of ['2023-12-31', ON, '2025-07-01', '2025-08-02', '2040-01-01']) {
    for (const lang of ['pl', 'en', 'uk']) {
      const paths = Object.keys(document.paths)
        .filter((path) => path.includes('{programme}') && !path.includes('{item}') // it has no catalogue
          && !Object.values(document.paths[path])[0].tags.includes('office'));
      for (const path of paths) {
        const [method] = Object.keys(document.paths[path]);
        for (const service of path.includes('{service}') ? ['care', 'cleaning', 'delivery'] : ['']) {
          const target = path.replace('{programme}', 'example').replace('{service}', service);
          const headers = { 'Accept-Language': lang };
          const answer = method === 'post' ? await server.post(target, { on }, headers)
            : await server.get(dated(document.paths[path].get) ? `${target}?on=${on}` : target, headers);
          assert.equal(answer.status, 200, target);
          fits(document, of(path, method), await answer.json(), `${target} ${on} ${lang}`);
          count++;
        }
      }
    }
  }
  assert.ok(document.paths[one]);
  console.log(`proved: ${count} answers fit`);
});

test('money facts: grosze, or a text in zloty', async () => {
  const facts = { household: 2, birth_date: '1950-01-01', commune: 'here' };
  for (const income of [99900, '999.00', '999', 99900.0]) {
    const answer = await quote('care', { on: ON, facts: { ...facts, income }, order: { hours: 1.5 } });
    assert.equal(answer.outcome, 'yes');
    assert.equal(answer.fee.amount.grosze, 600, String(income));
    assert.equal(answer.fee.quantity, 1.5);
  }
  assert.equal((await quote('care', { on: ON, facts: { ...facts, income: '1500.00' }, order: { hours: 2 } }))
    .fee.amount.grosze, 1600);
  for (const income of ['999,00', '999.0', '-1.00', 'much', 1.5, true, [], '9.999', ' 9', '']) {
    const wrong = await refused('care', { facts: { income } });
    assert.equal(wrong.code, 'wrong-type', String(income));
    assert.deepEqual(wrong.allowed, { min: 0, max: 5000000 });
    assert.ok(faults(document, document.components.schemas['Facts.example'], { income }).length > 0);
  }
  assert.equal((await refused('care', { facts: { income: '50000.01' } })).code, 'too-large');
  assert.equal((await refused('care', { facts: { income: -1 } })).code, 'too-small');
});

test('what is derived cannot be given, and follows', async () => {
  for (const [id, value] of [['age', 70], ['sex', 'woman'], ['alone', true], ['poor', false]]) {
    assert.equal((await refused('cleaning', { facts: { [id]: value } })).code, 'derived', id);
  }
  const properties = document.components.schemas['Facts.example'].properties;
  for (const id of ['age', 'sex', 'alone', 'poor']) assert.equal(properties[id], undefined);
  for (const id of ['pesel', 'birth_date', 'income']) assert.ok(properties[id]);
  const half = await quote('cleaning', { on: ON, order: { pieces: 4 }, facts: { commune: 'here', dependent: true,
    household: 1, lived_since: '2000-01-01', birth_date: '1950-05-05', income: '900.00' } });
  assert.equal(half.fee.amount.grosze, 1000);
  assert.equal(half.fee.before_relief.grosze, 2000);
  assert.equal(half.fee.relief.id, 'half');
  assert.equal(half.fee.relief.percent, 50);
});

test('a fee that depends tells its least and most', async () => {
  const answer = await quote('cleaning', { on: ON, order: { pieces: 4 }, facts: { commune: 'here', dependent: true,
    household: 1, lived_since: '2000-01-01', birth_date: '1950-05-05' } });
  assert.equal(answer.fee.state, 'depends');
  assert.equal(answer.fee.amount, null);
  assert.deepEqual([answer.fee.least.grosze, answer.fee.most.grosze], [1000, 2000]);
  assert.deepEqual(answer.missing.map((one) => one.id), ['income']);
});

test('versions stand side by side: each day has its own', async () => {
  const facts = { commune: 'here', income: '2000.00', household: 2, birth_date: '1980-01-01' }, order = { pieces: 9 };
  const before = await quote('delivery', { on: '2025-06-30', facts, order });
  const after_ = await quote('delivery', { on: '2025-07-01', facts, order });
  assert.deepEqual([before.revision, after_.revision], [1, 2]);
  assert.deepEqual([before.fee.amount.grosze, after_.fee.amount.grosze], [1200, 1500]);
  assert.equal((await server.json(`${P}/services?on=2025-07-01`)).total, 3);
  assert.equal((await server.json(`${P}/services/delivery?on=2025-06-30`)).revision, 1);
});

test('limits of every kind, dated prices, a policy in steps', async () => {
  const cleaning = await server.json(`${P}/services/cleaning?on=2025-01-01`);
  assert.equal(cleaning.price.grosze, 3000);
  assert.deepEqual(cleaning.limits.rules.map((one) => one.kind), ['units', 'visits', 'gap', 'seats', 'loan']);
  assert.deepEqual(cleaning.limits.rules[2], { kind: 'gap',
    text: 'co najmniej 14\u00a0dni między kolejnymi wizytami', days: 14, whose: 'person' });
  assert.equal(cleaning.order_ahead.days, 3);
  const rows = cleaning.parameters.find((one) => one.id === 'price').rows;
  assert.deepEqual(rows.map((row) => [row.from, row.to]), [['2024-01-01', '2024-12-31'], ['2025-01-01', null]]);
  const care = await server.json(`${P}/services/care?on=${ON}`);
  assert.equal(care.fee.by, 'income');
  assert.deepEqual(care.fee.steps.map((step) => step.up_to), [100000, 200000, null]);
  assert.equal(care.fee.steps[0].percent, 10);
  assert.equal(care.fee.steps[1].amount.grosze, 800);
});

test('what a service is for, how it is contracted, whose fee it is and who is first in line', async () => {
  const care = await server.json(`${P}/services/care?on=${ON}`, { 'Accept-Language': 'en' });
  assert.equal(care.goal, 'Living on at home');
  assert.deepEqual([care.challenges[0].id, care.change, care.modes.map(({ id }) => id), care.charge],
    ['ageing', 'more', ['tender', 'open-call'], 'party']);
  assert.deepEqual(care.basis.modes, { basis: 'a', example: false });
  assert.deepEqual(care.limits.rules[0], { kind: 'items', text: 'at most 2 at once in one household', most: 2,
    whose: 'household' });
  assert.deepEqual(care.waiting_criteria.map(({ id, points }) => [id, points]), [['alone', 10], ['few', 5]]);
  const cleaning = await server.json(`${P}/services/cleaning?on=${ON}`);
  assert.deepEqual([cleaning.goal, cleaning.challenges, cleaning.change, cleaning.modes, cleaning.charge,
    cleaning.waiting_criteria], [null, [], null, [], null, []]);
  assert.equal(Object.keys(cleaning.basis).length, 8);
  const programme = await server.json(P);
  assert.deepEqual(programme.diagnosis.map(({ id, holds, sensitivity }) => [id, holds, sensitivity]), [
    ['household', 'fact', 'ordinary'], ['problems', 'text', 'special'], ['services_wanted', 'services', 'ordinary']]);
});

test('an order of one thing times another, and the place on the waiting list', async () => {
  const facts = { household: 1, income: '999.00', birth_date: '1950-01-01', commune: 'here' };
  const two = await quote('care', { on: ON, facts, order: { hours: 1.5, people: 2 } });
  assert.deepEqual([two.fee.quantity, two.fee.quantity_assumed, two.fee.amount.grosze], [3, false, 600]);
  assert.deepEqual([two.fee.charge, two.fee.charge_text], ['party', 'Each party pays this fee.']);
  assert.deepEqual([two.waiting.points, two.waiting.criteria.map(({ answer }) => answer)], [15, ['yes', 'yes']]);
  const open = await quote('care', { on: ON, facts: { ...facts, household: null }, order: { people: 2 } });
  assert.deepEqual([open.fee.quantity, open.fee.quantity_assumed], [2, true]);
  assert.deepEqual([open.waiting.points, open.waiting.criteria.map(({ answer }) => answer)], [0, ['unknown', 'unknown']]);
  assert.deepEqual(open.missing.map(({ id }) => id), ['household', 'hours']);
  assert.equal((await quote('cleaning', { on: ON })).waiting, undefined);
});

// What people read of the limits of one service, in a language.
const sentences = async (id, lang) => {
  const answer = await server.get(`${P}/services/${id}?on=${ON}`, { 'Accept-Language': lang });
  return (await answer.json()).limits.rules.map((one) => one.text.replaceAll('\u00a0', ' '));
};

test('limits are told in sentences, with the words in the right form', async () => {
  assert.deepEqual(await sentences('cleaning', 'pl'), ['najwyżej 6 sztuk na jedną wizytę',
    'najwyżej 2 wizyty w roku kalendarzowym na osobę', 'co najmniej 14 dni między kolejnymi wizytami',
    'grupa od 5 do 8 osób', 'wypożyczenie na najwyżej 3 miesiące, można przedłużyć 1 raz']);
  assert.deepEqual(await sentences('cleaning', 'en'), ['at most 6 pieces a visit',
    'at most 2 visits a calendar year per person', 'at least 14 days between visits', 'a group of 5 to 8 people',
    'lent for at most 3 months, may be extended once']);
  assert.deepEqual(await sentences('cleaning', 'uk'), ['щонайбільше 6 sztuk за один візит',
    'щонайбільше 2 візити на календарний рік на особу', 'щонайменше 14 днів між візитами', 'група від 5 до 8 осіб',
    'у користування щонайбільше на 3 місяці, можна продовжити 1 раз']);
  const quoted = await quote('cleaning', { on: ON }, 'pl');
  assert.equal(quoted.limits.rules[1].text, 'najwyżej 2\u00a0wizyty w roku kalendarzowym na osobę');
  const free = await server.json(`${P}/services/cleaning/availability?on=${ON}`);
  assert.deepEqual(free.limits, quoted.limits);
});
