// The document says what the server does: every route is in it and the other way round, its examples
// and the real answers fit its schemas, and a new fact in the rules is in it at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, serve, until, workspace } from '../support/okienko.mjs';
import { faults, fits, resolve } from './schema.mjs';

const ON = '2024-03-01';
let place, server, document;

before(async () => {
  place = workspace();
  server = await serve(place);
  document = await server.json('/openapi.json', { 'Accept-Language': 'en' });
});
after(async () => { await server.stop(); place.remove(); });

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const everything = () => Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).filter(([method]) => METHODS.includes(method))
    .map(([method, operation]) => ({ path, method, operation })));
// The office's are made of tables, and held to them in tests/office.
const operations = () => everything().filter(({ operation }) => !operation.tags.includes('office'));
const follow = (part) => (part.$ref ? resolve(document, part.$ref) : part);

function everyReference(part, visit) {
  if (part === null || typeof part !== 'object') return;
  if (typeof part.$ref === 'string') visit(part.$ref);
  Object.values(part).forEach((inner) => everyReference(inner, visit));
}

test('it is OpenAPI 3.1, without a dangling reference or a name used twice', () => {
  assert.match(document.openapi, /^3\.1\.\d+$/);
  let count = 0;
  everyReference(document, (ref) => { resolve(document, ref); count++; });
  const ids = everything().map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(!JSON.stringify(document).includes('"@'), 'a mark was not filled in');
  console.log(`proved: ${count} references lead somewhere, ${ids.length} operations`);
});

test('every route of the router is in it, and the other way round', async () => {
  const source = readFileSync(join(root, 'core/api/api.c'), 'utf8');
  const routes = [...source.matchAll(/\{HTTP_(\w+),\s+"([^"]+)"/g)].map(([, method, path]) =>
    `${method.toLowerCase()} ${path}`);
  assert.ok(routes.length >= 15);
  const office = (await server.json('/v1/koszalin/permissions')).routes;
  assert.ok(office.length >= 150);
  routes.push(...office.map(({ method, path }) => `${method.toLowerCase()} ${path}`));
  routes.sort();
  assert.deepEqual(everything().map(({ path, method }) => `${method} ${path}`).sort(), routes);
  console.log(`proved: ${routes.length} routes, the same in router and document`);
});

test('what a path names is declared, and every parameter is one that the server takes', async () => {
  for (const { path, method, operation } of operations()) {
    const parameters = (operation.parameters ?? []).map(follow);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    assert.deepEqual(parameters.filter((p) => p.in === 'path').map((p) => p.name).sort(), named, path);
    if (method !== 'get' || path === '/metrics' || path.endsWith('z')) continue;
    const refused = await server.json(target(path, '?no_such_parameter=1'), { 'Accept-Language': 'en' });
    const taken = parameters.filter((p) => p.in === 'query').map((p) => p.name).sort();
    const told = refused.detail.match(/Allowed: (.*)\./)?.[1].split(', ').sort() ?? [];
    assert.deepEqual(taken, told, path);
  }
});

// One item of each kind of the catalogue.
const ITEMS = { 'external-services': 'telecare', activities: 'first-aid', partners: 'red-cross', bundles: 'help-windows' };
const target = (path, query = '') => path.replace('{programme}', 'koszalin')
  .replace('{service}', 'window-cleaning').replace('{item}', () => ITEMS[path.split('/')[3]]) + query;

test('every example fits its schema', () => {
  let count = 0;
  const visit = (part, where) => {
    if (part === null || typeof part !== 'object') return;
    if (part.schema && part.example !== undefined) {
      // Facts are the programme's own; the generic example leaves them empty.
      fits(document, part.schema, part.example, where);
      count++;
    }
    Object.entries(part).forEach(([name, inner]) => visit(inner, `${where}/${name}`));
  };
  visit(document.paths, 'paths');
  visit(document.components.responses, 'responses');
  for (const { path, method, operation } of operations()) {
    const json = follow(operation.responses['200']).content['application/json'];
    assert.ok(path === '/openapi.json' || !json || json.example, `${method} ${path} has an example`);
  }
  console.log(`proved: ${count} examples fit`);
});

const schemaOf = ({ operation }, status) =>
  Object.values(follow(operation.responses[status]).content)[0].schema;

test('real answers fit the schemas, in three languages', async () => {
  let count = 0;
  const queries = ['', `?on=${ON}`, '?on=2030-01-01', '?on=2020-01-01', '?on=2025-12-25'];
  for (const found of operations().filter(({ method }) => method === 'get')) {
    const json = follow(found.operation.responses['200']).content['application/json'];
    if (!json || found.path === '/openapi.json') continue;
    const dated = (found.operation.parameters ?? []).some((p) => p.$ref?.endsWith('/on'));
    for (const query of dated ? queries : ['']) {
      for (const lang of ['pl', 'en', 'uk']) {
        const answer = await server.get(target(found.path, query), { 'Accept-Language': lang });
        assert.equal(answer.status, 200, found.path + query);
        fits(document, json.schema, await answer.json(), `${found.path}${query} ${lang}`);
        count++;
      }
    }
  }
  const { items } = await server.json('/v1/koszalin/services?fields=id&per_page=100');
  assert.equal(items.length, 16);
  for (const { id } of items) {
    for (const end of ['', '/availability', '/questionnaire']) {
      const of = document.paths[`/v1/{programme}/services/{service}${end}`].get;
      const answer = await server.json(`/v1/koszalin/services/${id}${end}?on=${ON}`);
      fits(document, schemaOf({ operation: of }, '200'), answer, id + end);
      count++;
    }
  }
  for (const programme of (await server.json('/v1/programmes')).items) {
    const of = (path) => schemaOf({ operation: document.paths[path].get }, '200');
    const on = `on=${programme.period.from}`, base = `/v1/${programme.id}`;
    fits(document, of('/v1/{programme}'), await server.json(`${base}?${on}`), base);
    for (const { id } of (await server.json(`${base}/services?${on}&per_page=100`)).items) {
      fits(document, of('/v1/{programme}/services/{service}'), await server.json(`${base}/services/${id}?${on}`), id);
      count++;
    }
  }
  const list = document.paths['/v1/{programme}/services'].get;
  for (const by of ['package', 'area', 'group', 'place']) {
    fits(document, schemaOf({ operation: list }, '200'),
      await server.json(`/v1/koszalin/services?on=${ON}&group_by=${by}`), by);
  }
  console.log(`proved: ${count} real answers fit`);
});

test('real quotes fit, and so do their bodies; problems fit too', async () => {
  const request = document.components.schemas.QuoteRequest;
  const bodies = [{}, { on: ON }, { facts: { commune: '3261011', dependent: true }, order: { windows: 4 }, on: ON },
    { facts: { commune: 'other' }, on: ON }, { facts: { birth_date: '1940-01-01', commune: null }, on: ON }];
  for (const path of ['/v1/{programme}/quote', '/v1/{programme}/services/{service}/quote']) {
    for (const body of bodies) {
      fits(document, request, body, JSON.stringify(body));
      for (const lang of ['pl', 'en', 'uk']) {
        const answer = await server.post(target(path), body, { 'Accept-Language': lang });
        assert.equal(answer.status, 200);
        fits(document, schemaOf({ operation: document.paths[path].post }, '200'), await answer.json(),
          `${path} ${JSON.stringify(body)}`);
      }
    }
    for (const wrong of ['{', '[]', '{"facts":{"windows":"x"},"extra":1}', '{"on":"x"}']) {
      const answer = await server.post(target(path), wrong);
      fits(document, document.components.schemas.Problem, await answer.json(), wrong);
    }
  }
});

test('the schema of facts refuses what the server refuses', async () => {
  const schema = document.components.schemas['Facts.koszalin'];
  const wrong = [{ commune: 'nowhere' }, { dependent: 'yes' }, { age: 80 }, { pesel: '123' }, { nonsense: true },
    { birth_date: 19490302 }];
  for (const facts of wrong) {
    assert.ok(faults(document, schema, facts).length > 0, JSON.stringify(facts));
    assert.equal((await server.post('/v1/koszalin/quote', { facts })).status, 422, JSON.stringify(facts));
  }
  const right = [{ commune: '3261011' }, { dependent: null }, { birth_date: '1949-03-02' }];
  for (const facts of right) {
    fits(document, schema, facts, JSON.stringify(facts));
    assert.equal((await server.post('/v1/koszalin/quote', { facts })).status, 200, JSON.stringify(facts));
  }
});

test('a new fact in facts.lua is at once in the schema and the questionnaire', async () => {
  const file = join(place.plugins, 'koszalin/facts.lua');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('return facts {', `return facts {
  { id = "has_garden", type = "boolean", name = { pl = "Ogród" }, question = { pl = "Czy jest ogród?" } },`));
  await until(async () => (await server.json('/openapi.json')).components
    .schemas['Facts.koszalin'].properties.has_garden);
  assert.equal((await server.post('/v1/koszalin/quote', { facts: { has_garden: true } })).status, 200);
  writeFileSync(file, text);
  await until(async () => !(await server.json('/openapi.json')).components
    .schemas['Facts.koszalin'].properties.has_garden);
});
