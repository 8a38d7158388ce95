// The reports over HTTP: who may read them, what they say in three languages, and tables for a spreadsheet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apply, day, open, register } from '../office/office.mjs';

const FORMULA = '=SUM(A1);"Spółdzielnia"';
let office, kipus, ous, director;

before(async () => {
  office = await open();
  [kipus, ous, director] = [await office.hire('kipus'), await office.hire('ous'), await office.hire('director')];
  const person = await register(kipus);
  const application = await apply(kipus, person);
  const provider = await ous.make('/providers', { name: FORMULA, type: 'social-enterprise', since: day() });
  const decision = await kipus.make('/decisions', { application, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  await kipus.step(`/applications/${application}`, 'qualify');
  const granted = await kipus.make('/granted', { decision, quantity: 5, begins: day(), ends: day(30), provider });
  await kipus.step(`/granted/${granted}`, 'grant');
});
after(async () => { assert.deepEqual(await office.close(), { code: 0, signal: null }); });

const heading = { pl: 'Usługa', en: 'Service', uk: 'Послуга' };
const service = { pl: 'mycie okien', en: 'Window cleaning', uk: 'Миття вікон' };
const lower = (text) => text.toLowerCase();

test('director and organiser read reports, nobody else', async () => {
  for (const path of ['/reports', '/reports/people']) {
    assert.equal((await director.get(path)).status, 200);
    assert.equal((await ous.get(path)).status, 200);
    assert.equal((await kipus.get(path)).status, 403);
    assert.equal((await office.nobody.get(path)).status, 401);
  }
});

test('every report is listed with its columns and can be read', async () => {
  for (const [lang, title] of Object.entries(heading)) {
    const { body: { items } } = await director.get('/reports', { 'Accept-Language': lang });
    assert.deepEqual(items.map(({ report }) => report),
      ['services', 'providers', 'people', 'indicators', 'money', 'budget', 'summary', 'applications', 'programme']);
    assert.equal(items[0].columns[0].title, title);
    for (const { report, title: name, about } of items) {
      assert.ok(name && about, report);
      const { status, body } = await director.get(`/reports/${report}`, { 'Accept-Language': lang });
      assert.equal(status, 200, report);
      for (const { columns, rows, totals } of body.reports ?? [body]) {
        for (const row of rows) assert.deepEqual(Object.keys(row), columns.map((column) => column.name));
        for (const key of Object.keys(totals)) assert.ok(columns.some((column) => column.name === key));
      }
    }
  }
});

test('a report says what the record holds', async () => {
  const { rows } = await director.read(`/reports/services?from=${day()}&to=${day()}`);
  const row = rows.find((one) => one.service.id === 'window-cleaning');
  assert.equal(lower(row.service.name), service.pl);
  assert.equal(row.granted, 5);
  assert.equal(row.persons_granted, 1);
  assert.equal(row.taken + row.left, row.pool);
  const money = await director.read('/reports/money');
  assert.deepEqual(money.totals.fee, { grosze: 0, text: '0,00\u00a0zł' });
});

test('a table opens in a spreadsheet and reckons nothing', async () => {
  for (const [lang, title] of Object.entries(heading)) {
    const answer = await fetch(`${office.server.url}/v1/koszalin/reports/providers?format=csv`,
      { headers: { Authorization: `Bearer ${director.token}`, 'Accept-Language': lang } });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^text\/csv; charset=utf-8/);
    assert.match(answer.headers.get('content-disposition'), /^attachment; filename="koszalin-providers-.*\.csv"$/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const [head, row, total, end] = bytes.subarray(3).toString().split('\r\n');
    assert.equal(head.split(';')[0], title);
    const [name] = row.split(';');
    assert.equal(lower(name), lower(service[lang]));
    assert.equal(row.slice(name.length), `;"'=SUM(A1);""Spółdzielnia""";5;0;0;0;0;0;0;0;0,00`);
    assert.ok(total.endsWith(';0,00'), total);
    assert.equal(end, '');
  }
});

test('the information on the programme has all tables', async () => {
  const { status, body } = await director.get('/reports/programme?format=csv');
  assert.equal(status, 200);
  for (const title of ['Usługi', 'Wykonawcy', 'Osoby', 'Wskaźniki', 'Odpłatność', 'Budżet', 'Podsumowanie', 'Wnioski']) {
    assert.ok(body.includes(`\r\n${title}\r\n`) || body.replace('\ufeff', '').startsWith(`${title}\r\n`), title);
  }
});

test('what is asked wrongly is told', async () => {
  assert.equal((await director.get('/reports/weather')).body.type, 'urn:okienko:problem:unknown-report');
  const wrong = await director.get('/reports/people?from=2024-02-30&format=xls&since=1');
  assert.equal(wrong.status, 400);
  assert.deepEqual(wrong.body.errors.map(({ field }) => field).sort(), ['format', 'from', 'since']);
  const reversed = await director.get('/reports/people?from=2024-02-02&to=2024-02-01');
  assert.equal(reversed.body.errors[0].code, 'period-reversed');
});

test('the description has the parameters and both forms', async () => {
  const document = await (await fetch(`${office.server.url}/openapi.json`)).json();
  const { parameters, responses } = document.paths['/v1/{programme}/reports/{name}'].get;
  assert.deepEqual(parameters.filter((one) => one.in === 'query').map(({ name }) => name), ['from', 'to', 'format']);
  assert.deepEqual(Object.keys(responses['200'].content), ['application/json', 'text/csv']);
});
