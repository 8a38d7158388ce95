// Every door with values of every kind in every field, by those who may pass it: whatever comes, the
// answer is an answer or a problem, never a 5xx, and what is stored can be read again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apply, day, open, register } from './office.mjs';

const SEED = Number(process.env.FUZZ_SEED ?? 20260301), ROUNDS = 1500;
let state = SEED;
const below = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 4294967296 * n); };
const one = (list) => list[below(list.length)];
let office, doors, people;

const VALUES = [null, true, false, 0, 1, 2, -1, 0.0005, 1.5, 1e15, 9007199254740991, '', ' ', 'x', 'ł'.repeat(60), 'a\u202eb', 'x'.repeat(9000),
  '2026-02-30', '0000-00-00', '9999-12-31', '1799-01-01', day(), day(40), '12.50', '-1.00', '999999999999', [], ['window-cleaning'], ['x', 1],
  {}, { windows: 4, windows_unsafe: false }, { a: { b: [1, 'x', null] } }, 'window-cleaning', 'commune', '3261011', 'social-enterprise', 'alone'];

before(async () => {
  office = await open();
  const kipus = await office.hire('kipus'), ous = await office.hire('ous');
  people = { kipus, ous, director: await office.hire('director'), admin: office.admin };
  const { permissions } = await office.nobody.read('/permissions');
  const who = (permission) => Object.keys(people).filter((role) => permissions[permission][role] !== 'never').map((role) => people[role]);
  await apply(kipus, await register(kipus));
  await ous.make('/providers', { name: 'S', type: 'social-enterprise', since: day() });
  const { paths } = await office.server.json('/openapi.json');
  doors = Object.entries(paths).flatMap(([path, item]) => Object.entries(item)
    .filter(([method, { tags, requestBody }]) => tags.includes('office') && requestBody && ['post', 'patch'].includes(method))
    .filter(([, operation]) => operation['x-permission'])
    .map(([method, operation]) => ({ method, path: path.replace('/v1/{programme}', ''), who: who(operation['x-permission']),
      schema: operation.requestBody.content['application/json'].schema })))
    // But for what would end the callers themselves, and what none of them may.
    .filter((door) => door.who.length > 0 && !/password$|revoke$|disable$|^\/accounts\/\{id\}$/.test(door.path));
});
after(async () => { assert.deepEqual(await office.close(), { code: 0, signal: null }); });

/** Mostly what the schema asks for, sometimes anything. */
function value(schema) {
  if (below(4) === 0) return one(VALUES);
  if (schema.enum) return one(schema.enum);
  const type = [schema.type].flat()[0];
  if (schema.format === 'date') return day(below(60) - 20);
  if (type === 'integer') return 1 + below(3);
  if (type === 'number') return 1 + below(8);
  if (type === 'boolean') return below(2) === 0;
  if (type === 'array') return ['window-cleaning'];
  return one(['window-cleaning', 'commune', 'social-enterprise', 'Tekst', '12.50']);
}

test('no body makes the server stumble', async () => {
  const statuses = {};
  for (let round = 0; round < ROUNDS; round++) {
    const { method, path, schema, who } = one(doors), target = path.replace('{id}', String(1 + below(3)));
    const body = Object.fromEntries(Object.entries(schema.properties ?? {})
      .filter(([name]) => schema.required?.includes(name) ? below(20) > 0 : below(3) === 0)
      .map(([name, part]) => [name, name === 'override' ? 'bo tak' : value(part)]));
    const answer = await one(who).ask(method.toUpperCase(), target, body, { 'If-Match': '*' });
    const where = `seed ${SEED}, round ${round}: ${method} ${target} ${JSON.stringify(body).slice(0, 300)}: ${JSON.stringify(answer.body).slice(0, 300)}`;
    assert.ok(answer.status < 500, `${answer.status}, ${where}`);
    if (answer.status >= 400) assert.match(answer.body.type, /^urn:okienko:problem:/, where);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  }
  assert.ok(statuses[201] > 10 && statuses[422] > 100 && statuses[409] > 10, JSON.stringify(statuses));
  console.log(`proved: ${ROUNDS} requests: ${JSON.stringify(statuses)}`);
});

test('whatever was taken can be read', async () => {
  let count = 0;
  const { routes } = await office.nobody.read('/permissions');
  for (const { method, path } of routes.filter((route) => route.method === 'GET' && /^\/v1\/\{programme\}\/[a-z]+$/.test(route.path))) {
    for (const who of Object.values(people)) {
      const target = path.replace('/v1/{programme}', ''), answer = await who.get(`${target}?open=true`);
      assert.ok(answer.status < 500, `${method} ${target}: ${answer.status}`);
      count += answer.body.items?.length ?? 0;
    }
  }
  assert.ok(count > 50);
  console.log(`proved: ${count} rows read again`);
});
