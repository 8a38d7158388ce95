// Bad requests: each is refused with the status, the place that is wrong and what would be right, and
// nothing that was sent comes back or is logged.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serve, workspace } from '../support/okienko.mjs';

const P = '/v1/koszalin', S = `${P}/services`, W = `${S}/window-cleaning`, L = `${S}/laundry`;
let place, server;
before(async () => { place = workspace(); server = await serve(place); });
after(async () => { await server.stop(); place.remove(); });

const LISTED = 'a-very-odd-value';
/** path, field of the first mistake, its code. */
const QUERIES = [
  ['/v1/programmes?package=x', 'package', 'unknown-parameter'],
  ['/v1/programmes?on=', 'on', 'empty-value'],
  ['/v1/programmes?on=tomorrow', 'on', 'bad-date'],
  ['/v1/programmes?on=2024-02-30', 'on', 'bad-date'],
  [`${P}?page=1`, 'page', 'unknown-parameter'],
  [`${P}?on=2024-3-1`, 'on', 'bad-date'],
  [`${P}?on=1799-12-31`, 'on', 'bad-date'],
  [`${P}?on=2300-01-01`, 'on', 'bad-date'],
  [`${P}?on=2024-03-01&on=2024-03-02`, 'on', 'repeated-parameter'],
  [`${P}?On=2024-03-01`, 'On', 'unknown-parameter'],
  [`${P}?fields=id`, 'fields', 'unknown-parameter'],
  [`${S}?onn=2024-03-01`, 'onn', 'unknown-parameter'],
  [`${S}?unknown`, 'unknown', 'unknown-parameter'],
  [`${S}?=x`, '', 'unknown-parameter'],
  [`${S}?on=2024-03-01T00:00:00Z`, 'on', 'bad-date'],
  [`${S}?on=20240301`, 'on', 'bad-date'],
  [`${S}?on=0`, 'on', 'bad-date'],
  [`${S}?on=%32%30`, 'on', 'bad-date'],
  [`${S}?q=a&q=b`, 'q', 'repeated-parameter'],
  [`${S}?q=${'x'.repeat(201)}`, 'q', 'too-long'],
  [`${S}?q=%zz`, 'q', 'bad-escape'],
  [`${S}?q=%c5`, 'q', 'bad-escape'],
  [`${S}?q=a%00b`, 'q', 'bad-escape'],
  [`${S}?q=%ff%fe`, 'q', 'bad-escape'],
  [`${S}?page=0`, 'page', 'bad-number'],
  [`${S}?page=-1`, 'page', 'bad-number'],
  [`${S}?page=1.5`, 'page', 'bad-number'],
  [`${S}?page=one`, 'page', 'bad-number'],
  [`${S}?page=`, 'page', 'empty-value'],
  [`${S}?page=1000001`, 'page', 'bad-number'],
  [`${S}?page=99999999999999999999`, 'page', 'bad-number'],
  [`${S}?page=1&page=1`, 'page', 'repeated-parameter'],
  [`${S}?per_page=0`, 'per_page', 'bad-number'],
  [`${S}?per_page=101`, 'per_page', 'bad-number'],
  [`${S}?per_page=+5`, 'per_page', 'bad-number'],
  [`${S}?per_page=5%20`, 'per_page', 'bad-number'],
  [`${S}?per_page=5&per_page=6`, 'per_page', 'repeated-parameter'],
  [`${S}?sort=size`, 'sort', 'unknown-value'],
  [`${S}?sort=--name`, 'sort', 'unknown-value'],
  [`${S}?sort=NAME`, 'sort', 'unknown-value'],
  [`${S}?sort=`, 'sort', 'empty-value'],
  [`${S}?sort=name,price`, 'sort', 'unknown-value'],
  [`${S}?sort=name&sort=price`, 'sort', 'repeated-parameter'],
  [`${S}?free=yes`, 'free', 'unknown-value'],
  [`${S}?free=1`, 'free', 'unknown-value'],
  [`${S}?free=TRUE`, 'free', 'unknown-value'],
  [`${S}?free=`, 'free', 'empty-value'],
  [`${S}?free=true&free=false`, 'free', 'repeated-parameter'],
  [`${S}?available=maybe`, 'available', 'unknown-value'],
  [`${S}?available=true&available=true`, 'available', 'repeated-parameter'],
  [`${S}?package=${LISTED}`, 'package', 'unknown-value'],
  [`${S}?package=pomoc_plus`, 'package', 'unknown-value'],
  [`${S}?package=`, 'package', 'empty-value'],
  [`${S}?area=social`, 'area', 'unknown-value'],
  [`${S}?area=4`, 'area', 'unknown-value'],
  [`${S}?area=social-assistance&area=nowhere`, 'area', 'unknown-value'],
  [`${S}?group=senior`, 'group', 'unknown-value'],
  [`${S}?place=at-home`, 'place', 'unknown-value'],
  [`${S}?place=home,town`, 'place', 'unknown-value'],
  [`${S}?${Array.from({ length: 33 }, () => 'place=home').join('&')}`, 'place', 'too-many'],
  [`${S}?group_by=unit`, 'group_by', 'unknown-value'],
  [`${S}?group_by=package&group_by=area`, 'group_by', 'repeated-parameter'],
  [`${S}?fields=id,colour`, 'fields', 'unknown-value'],
  [`${S}?fields=id,`, 'fields', 'unknown-value'],
  [`${S}?fields=,`, 'fields', 'unknown-value'],
  [`${S}?fields=`, 'fields', 'empty-value'],
  [`${S}?fields=id&fields=name`, 'fields', 'repeated-parameter'],
  [`${W}?q=okna`, 'q', 'unknown-parameter'],
  [`${W}?fields=nothing`, 'fields', 'unknown-value'],
  [`${W}?on=2023-02-29`, 'on', 'bad-date'],
  [`${W}?field=id`, 'field', 'unknown-parameter'],
  [`${W}/availability?fields=id`, 'fields', 'unknown-parameter'],
  [`${W}/availability?on=x`, 'on', 'bad-date'],
  [`${W}/availability?date=2024-03-01`, 'date', 'unknown-parameter'],
  [`${P}/availability?service=laundry`, 'service', 'unknown-parameter'],
  [`${P}/availability?on=2024-13-01`, 'on', 'bad-date'],
  [`${W}/questionnaire?lang=uk`, 'lang', 'unknown-parameter'],
  [`${P}/questionnaire?on=2024-00-01`, 'on', 'bad-date'],
  [`${P}/plugins?on=2024-03-01`, 'on', 'unknown-parameter'],
  ['/openapi.json?x=1', 'x', 'unknown-parameter'],
];

const ALONE = '44051401359'; // a made-up PESEL with a right check digit
/** path, body, field, code. */
const BODIES = [
  [W, [], '', 'not-an-object'],
  [W, 'text', '', 'not-an-object'],
  [W, 1, '', 'not-an-object'],
  [W, null, '', 'not-an-object'],
  [W, { fact: {} }, '/fact', 'unknown-member'],
  [W, { Facts: {} }, '/Facts', 'unknown-member'],
  [W, { 'a/b~c': 1 }, '/a~1b~0c', 'unknown-member'],
  [W, { '': 1 }, '/', 'unknown-member'],
  [W, { facts: [] }, '/facts', 'not-an-object'],
  [W, { facts: 'x' }, '/facts', 'not-an-object'],
  [W, { facts: true }, '/facts', 'not-an-object'],
  [W, { order: [] }, '/order', 'not-an-object'],
  [W, { order: 4 }, '/order', 'not-an-object'],
  [W, { on: 'today' }, '/on', 'bad-date'],
  [W, { on: 20240301 }, '/on', 'bad-date'],
  [W, { on: '' }, '/on', 'bad-date'],
  [W, { on: '2024-02-30' }, '/on', 'bad-date'],
  [W, { on: {} }, '/on', 'bad-date'],
  [W, { facts: { comune: '3261011' } }, '/facts/comune', 'unknown-fact'],
  [W, { facts: { 'x y': 1 } }, '/facts/x y', 'unknown-fact'],
  [W, { facts: { COMMUNE: '3261011' } }, '/facts/COMMUNE', 'unknown-fact'],
  [W, { facts: { commune: 3261011 } }, '/facts/commune', 'wrong-type'],
  [W, { facts: { commune: 'nowhere' } }, '/facts/commune', 'wrong-type'],
  [W, { facts: { commune: '' } }, '/facts/commune', 'wrong-type'],
  [W, { facts: { commune: true } }, '/facts/commune', 'wrong-type'],
  [W, { facts: { commune: ['3261011'] } }, '/facts/commune', 'wrong-type'],
  [W, { facts: { commune: {} } }, '/facts/commune', 'wrong-type'],
  [W, { facts: { dependent: 1 } }, '/facts/dependent', 'wrong-type'],
  [W, { facts: { dependent: 'true' } }, '/facts/dependent', 'wrong-type'],
  [W, { facts: { dependent: [] } }, '/facts/dependent', 'wrong-type'],
  [W, { facts: { birth_date: '1949-3-2' } }, '/facts/birth_date', 'wrong-type'],
  [W, { facts: { birth_date: 1949 } }, '/facts/birth_date', 'wrong-type'],
  [W, { facts: { birth_date: '1949-02-29' } }, '/facts/birth_date', 'wrong-type'],
  [W, { facts: { birth_date: '1899-12-31' } }, '/facts/birth_date', 'too-small'],
  [W, { on: '2024-03-01', facts: { birth_date: '2024-03-02' } }, '/facts/birth_date', 'bad-date'],
  [W, { facts: { age: 80 } }, '/facts/age', 'derived'],
  [W, { facts: { age: 'old' } }, '/facts/age', 'derived'],
  [W, { facts: { pesel: 44051401359 } }, '/facts/pesel', 'wrong-type'],
  [W, { facts: { pesel: '4405140135' } }, '/facts/pesel', 'wrong-type'],
  [W, { facts: { pesel: '440514013599' } }, '/facts/pesel', 'wrong-type'],
  [W, { facts: { pesel: '4405140135x' } }, '/facts/pesel', 'wrong-type'],
  [W, { facts: { pesel: ' 4405140135' } }, '/facts/pesel', 'wrong-type'],
  [W, { facts: { pesel: '44051401358' } }, '/facts/pesel', 'bad-checksum'],
  [W, { facts: { pesel: '00000000000' } }, '/facts/pesel', 'bad-date'],
  [W, { on: '2024-03-01', facts: { pesel: ALONE, birth_date: '1944-05-15' } }, '/facts/birth_date', 'differs'],
  [W, { facts: { windows: 4 } }, '/facts/windows', 'wrong-place'],
  [W, { order: { commune: '3261011' } }, '/order/commune', 'wrong-place'],
  [W, { order: { laundry_kg: 2 } }, '/order/laundry_kg', 'not-of-service'],
  [W, { order: { window: 4 } }, '/order/window', 'unknown-fact'],
  [W, { order: { windows: 0 } }, '/order/windows', 'too-small'],
  [W, { order: { windows: -4 } }, '/order/windows', 'too-small'],
  [W, { order: { windows: 41 } }, '/order/windows', 'too-large'],
  [W, { order: { windows: 1.5 } }, '/order/windows', 'wrong-type'],
  [W, { order: { windows: '4' } }, '/order/windows', 'wrong-type'],
  [W, { order: { windows: true } }, '/order/windows', 'wrong-type'],
  [W, { order: { windows: [4] } }, '/order/windows', 'wrong-type'],
  [W, { order: { windows: 9007199254740991 } }, '/order/windows', 'too-large'],
  [W, { order: { windows: 1e30 } }, '/order/windows', 'wrong-type'],
  [L, { order: { laundry_kg: 0.25 } }, '/order/laundry_kg', 'too-small'],
  [L, { order: { laundry_kg: 1.25 } }, '/order/laundry_kg', 'bad-step'],
  [L, { order: { laundry_kg: 1.0001 } }, '/order/laundry_kg', 'bad-step'],
  [L, { order: { laundry_kg: 50.5 } }, '/order/laundry_kg', 'too-large'],
  [L, { order: { laundry_kg: '2' } }, '/order/laundry_kg', 'wrong-type'],
  [L, { order: { laundry_kg: 1e300 } }, '/order/laundry_kg', 'bad-step'],
  [P, { order: { nonsense: 1 } }, '/order/nonsense', 'unknown-fact'],
  [P, { facts: { nonsense: 1 } }, '/facts/nonsense', 'unknown-fact'],
  [P, { order: { windows: 0 } }, '/order/windows', 'too-small'],
  [P, { facts: { laundry_kg: 2 } }, '/facts/laundry_kg', 'wrong-place'],
  [P, { on: '2024-3-1' }, '/on', 'bad-date'],
  [P, [], '', 'not-an-object'],
];

const MALFORMED = ['', ' ', '{', '}', '{"facts":}', "{'facts':{}}", '{"facts":{},}', '{"facts":{}} x', '{"on":"2024',
  '{"a":\u0001}', '[1,2', 'nul', '01', '{"on":"\t"}', '{"on" "x"}', '\ufeff{}', '// no\n{}', 'NaN', '{"on":"\\x41"}',
  '{"on":"\\u00g1"}'];
// Correct by RFC 8259, and refused: not the client's grammar is at fault.
const REFUSED = ['{"facts":{"a":1,"a":2}}', '{"on":"\\u0000"}', '{"on":"\\ud800"}', '1e999',
  '{"order":{"windows":9007199254740993}}', `${'['.repeat(40)}${']'.repeat(40)}`, `[${'1,'.repeat(10000)}1]`];

const TYPES = [null, 'text/plain', 'application/xml', 'application/jsonx', 'multipart/form-data', 'json',
  'application/x-www-form-urlencoded', 'application/json; charset=iso-8859-2'];

const NOWHERE = [
  ['/v1/koszalim', 'unknown-programme', 'koszalin'], ['/v1/xyz', 'unknown-programme', undefined],
  ['/v1/koszalim/services', 'unknown-programme', 'koszalin'], ['/v1/nowhere/plugins', 'unknown-programme', undefined],
  ['/v1/nowhere/services/laundry', 'unknown-programme', undefined],
  [`${S}/laundri`, 'unknown-service', 'laundry'], [`${S}/window-cleaning-2`, 'unknown-service', 'window-cleaning'], [`${S}/x`, 'unknown-service', undefined],
  [`${S}/laundri/availability`, 'unknown-service', 'laundry'],
  [`${S}/laundri/questionnaire`, 'unknown-service', 'laundry'],
];

async function problem(answer, status, where) {
  assert.equal(answer.status, status, where);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json', where);
  const body = await answer.json();
  assert.equal(body.status, status, where);
  assert.ok(body.title.length > 3, where);
  return body;
}

test('queries', async () => {
  for (const [path, field, code] of QUERIES) {
    const body = await problem(await server.get(path), 400, path);
    assert.equal(body.type, 'urn:okienko:problem:bad-query', path);
    assert.equal(body.errors[0].code, code, path);
    assert.equal(body.errors[0].field, field, path);
    assert.equal(body.field, field, path);
    assert.ok(!JSON.stringify(body).includes(LISTED), path);
  }
  console.log(`proved: ${QUERIES.length} bad queries`);
});

test('an unknown value is answered with those allowed, and the nearest', async () => {
  const body = await problem(await server.get(`${S}?group=senior&sort=nam&colour=1`), 400, 'list');
  assert.deepEqual(body.errors.map((e) => e.field), ['group', 'sort', 'colour']);
  assert.ok(body.errors[0].allowed.includes('seniors'));
  assert.equal(body.errors[0].nearest, 'seniors');
  assert.equal(body.errors[1].nearest, 'name');
  assert.match(body.errors[2].detail, /per_page/);
});

test('bodies', async () => {
  for (const [path, sent, field, code] of BODIES) {
    const where = `${path} ${JSON.stringify(sent)}`;
    const body = await problem(await server.post(`${path}/quote`, JSON.stringify(sent)), 422, where);
    assert.equal(body.type, 'urn:okienko:problem:bad-facts', where);
    assert.equal(body.field, field, where);
    assert.equal(body.errors[0].code, code, where);
  }
  console.log(`proved: ${BODIES.length} bad bodies`);
});

test('malformed JSON is placed by line and column', async () => {
  const doors = [`${W}/quote`, '/v1/koszalin/session'];
  for (const [type, texts] of Object.entries({ 'bad-json': MALFORMED, 'unsupported-json': REFUSED })) {
    for (const text of texts) {
      // A step of the office may need no body at all.
      for (const door of text.trim() ? doors : doors.slice(0, 1)) {
        const body = await problem(await server.post(door, text), 400, text);
        assert.equal(body.type, `urn:okienko:problem:${type}`, `${door} ${text}`);
        assert.ok(body.line >= 1 && body.column >= 1, text);
        assert.notEqual(body.detail, body.title, text);
      }
    }
  }
  const placed = await (await server.post(`${W}/quote`, '{\n  "facts": tru\n}')).json();
  assert.equal(placed.line, 2);
  console.log(`proved: ${MALFORMED.length} malformed texts, ${REFUSED.length} refused ones`);
});

test('another type of body, a query on a quote, an unknown place', async () => {
  for (const type of TYPES) {
    const headers = type === null ? {} : { 'Content-Type': type };
    const body = new Blob(['{}']); // without a type of its own
    const answer = await fetch(server.url + `${W}/quote`, { method: 'POST', headers, body });
    assert.equal((await problem(answer, 415, type)).type, 'urn:okienko:problem:not-json');
  }
  for (const type of ['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"']) {
    assert.equal((await server.post(`${W}/quote`, {}, { 'Content-Type': type })).status, 200, type);
  }
  await problem(await server.post(`${W}/quote?on=2024-03-01`, {}), 400, 'query');
  for (const [path, type, nearest] of NOWHERE) {
    const body = await problem(await server.get(path), 404, path);
    assert.equal(body.type, `urn:okienko:problem:${type}`, path);
    assert.equal(body.nearest, nearest, path);
  }
  await problem(await server.post(`${S}/laundri/quote`, {}), 404, 'quote');
  await problem(await server.get('/v2/koszalin'), 404, 'v2');
  await problem(await fetch(`${server.url}${S}`, { method: 'DELETE' }), 405, 'delete');
  assert.equal((await server.post(`${W}/quote`, ' '.repeat(1100000))).status, 413);
});

test('all wrong fields are in one answer, in the asked language', async () => {
  const sent = { facts: { comune: 1, dependent: 'x', age: 3 }, order: { windows: 99 }, on: 'x', more: 1 };
  const body = await problem(await server.post(`${W}/quote`, sent, { 'Accept-Language': 'en' }), 422, 'many');
  assert.deepEqual(body.errors.map((e) => e.field).sort(),
    ['/facts/age', '/facts/comune', '/facts/dependent', '/more', '/on', '/order/windows']);
  const of = (field) => body.errors.find((e) => e.field === field);
  assert.equal(of('/facts/comune').nearest, 'commune');
  assert.deepEqual(of('/order/windows').allowed, { min: 1, max: 40 });
  assert.match(of('/order/windows').detail, /at most 40/);
  assert.match((await (await server.post(`${W}/quote`, sent, { 'Accept-Language': 'uk' })).json()).title, /Надані/);
  assert.match((await (await server.post(`${W}/quote`, sent)).json()).title, /Podane/);
});

test('nothing that was sent is told again or logged', async () => {
  const planted = [ALONE, '92071314764', 'Kowalska-Nieznana'];
  const bodies = planted.flatMap((text) => [{ facts: { pesel: text, birth_date: '1950-01-01' } },
    { facts: { [text]: text } }, { facts: { commune: text } }, { [text]: text }, { on: text },
    { facts: { pesel: [text] } }, { order: { windows: text } }, { facts: { pesel: text } }]);
  for (const sent of bodies) {
    for (const path of [W, P]) {
      const text = await (await server.post(`${path}/quote`, sent)).text();
      for (const secret of planted.slice(0, 2)) assert.ok(!text.includes(secret), JSON.stringify(sent));
      const values = JSON.stringify(sent).includes('":"Kow') && !JSON.stringify(sent).includes('"Kowalska-Nieznana":');
      if (values) assert.ok(!text.includes('Kowalska'), JSON.stringify(sent));
    }
  }
  for (const text of planted) {
    const answers = [`${S}?q=%zz${text}`, `${S}?${text}=1`, `${S}?package=${text}`, `${S}?on=${text}`, `/v1/${text}`];
    for (const path of answers) {
      const body = await (await server.get(path)).text();
      for (const secret of planted.slice(0, 2)) assert.ok(!body.includes(secret), path);
    }
  }
  for (const text of planted) assert.ok(!server.log().includes(text), 'the log');
  console.log(`proved: ${bodies.length} bodies left no trace; ${QUERIES.length + BODIES.length + MALFORMED.length
    + TYPES.length + NOWHERE.length} bad requests in all`);
});
