// Seeded random bodies and queries: every answer is a decision or a problem, never a 5xx, and always JSON.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serve, workspace } from '../support/okienko.mjs';

const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 3000), SEED = Number(process.env.FUZZ_SEED ?? 20240301);
const P = '/v1/koszalin';
let place, server, schemas, services;

before(async () => {
  place = workspace();
  server = await serve(place);
  schemas = (await server.json('/openapi.json')).components.schemas;
  services = (await server.json(`${P}/services?fields=id&per_page=100`)).items.map((one) => one.id);
});
after(async () => { await server.stop(); place.remove(); });

function random(seed) { // mulberry32
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const next = random(SEED), below = (n) => Math.floor(next() * n), one = (list) => list[below(list.length)];

const ODD = [null, true, false, 0, -1, 1, 1.5, 0.1, 1e15, 1e308, -0, '', 'x', '3261011', '2024-03-01', '44051401359',
  '\u0000', '\ud83d\ude00', 'ż'.repeat(300), [], {}, [[]], { a: 1 }, '1234.56', '__proto__', '../..', '"', '\\', '<b>'];
const right = (schema) => (schema.enum ? one(schema.enum) : [schema.type].flat().includes('boolean') ? next() < 0.5
  : schema.format === 'date' ? `19${10 + below(90)}-0${1 + below(9)}-1${below(10)}`
    : (schema.minimum ?? 0) + below(8) * (schema.multipleOf ?? 1));
const group = (name) => {
  const { properties } = schemas[`${name}.koszalin`], made = {};
  for (let i = below(12); i > 0; i--) {
    const [id, schema] = one(Object.entries(properties));
    made[id] = next() < 0.9 ? right(schema) : one(ODD);
  }
  if (next() < 0.1) made[String(one(ODD))] = one(ODD);
  return made;
};
const body = () => {
  if (next() < 0.05) return one(ODD);
  const made = {};
  if (next() < 0.9) made.facts = next() < 0.95 ? group('Facts') : one(ODD);
  if (next() < 0.6) made.order = next() < 0.95 ? group('Order') : one(ODD);
  if (next() < 0.7) made.on = next() < 0.9 ? `202${3 + below(4)}-${String(1 + below(12)).padStart(2, '0')}-15` : one(ODD);
  if (next() < 0.03) made[String(one(ODD))] = one(ODD);
  return made;
};
const broken = (text) => {
  const at = below(text.length + 1);
  return next() < 0.9 ? text : text.slice(0, at) + one(['', '{', '}', '"', ',', '\\', '\u0001', '[['])
    + text.slice(at + below(3));
};

test('random bodies', async () => {
  const statuses = {};
  for (let round = 0; round < ROUNDS; round++) {
    const path = next() < 0.3 ? `${P}/quote` : `${P}/services/${one(services)}/quote`;
    const sent = broken(JSON.stringify(body()));
    const answer = await server.post(path, sent, { 'Accept-Language': one(['pl', 'en', 'uk', '*']) });
    const text = await answer.text();
    assert.ok(answer.status < 500, `seed ${SEED}, round ${round}: ${answer.status} for ${sent}`);
    assert.doesNotThrow(() => JSON.parse(text), `seed ${SEED}, round ${round}: ${sent}`);
    if (answer.status !== 200) assert.equal(JSON.parse(text).status, answer.status);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  }
  assert.ok(statuses[200] > ROUNDS / 20 && statuses[422] > ROUNDS / 20 && statuses[400] > 0);
  console.log(`proved: ${ROUNDS} bodies: ${JSON.stringify(statuses)}`);
});

test('random queries', async () => {
  const names = ['on', 'q', 'package', 'area', 'group', 'place', 'free', 'available', 'sort', 'page', 'per_page',
    'group_by', 'fields', 'x', ''];
  const values = ['', 'x', '1', '0', '%', '%c5%82', '%ff', 'true', 'name', '-price', 'home', 'seniors', 'id,name',
    '2024-03-01', 'a'.repeat(250), 'ok', 'myc', '+', '100', 'package'];
  const statuses = {};
  for (let round = 0; round < ROUNDS / 2; round++) {
    const query = Array.from({ length: below(4) }, () => `${one(names)}=${one(values)}`).join(one(['&', '&', '&&', ';']));
    const path = one([`${P}/services`, P, `${P}/availability`, `${P}/services/${one(services)}`, '/v1/programmes']);
    const answer = await server.get(`${path}?${query}`);
    const text = await answer.text();
    assert.ok(answer.status < 500, `seed ${SEED}, round ${round}: ${answer.status} for ${query}`);
    assert.doesNotThrow(() => JSON.parse(text), query);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  }
  console.log(`proved: ${Math.floor(ROUNDS / 2)} queries: ${JSON.stringify(statuses)}`);
});
