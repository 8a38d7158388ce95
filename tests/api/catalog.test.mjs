// The catalogue beside the services: lists, filters, groups, single items, and the search over all of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve, until, workspace } from '../support/okienko.mjs';
import { fits } from './schema.mjs';

const P = '/v1/koszalin', KINDS = ['external-services', 'activities', 'partners', 'bundles'];
const SCHEMAS = { 'external-services': 'ExternalServices', activities: 'Activities', partners: 'Partners', bundles: 'Bundles' };
let place, server, document;
before(async () => {
  place = workspace();
  server = await serve(place);
  document = await server.json('/openapi.json');
});
after(async () => { await server.stop(); place.remove(); });

const get = (path, lang = 'pl') => server.json(P + path, { 'Accept-Language': lang });
const ids = async (path) => (await get(path)).items.map((item) => item.id);

test('every item of every kind is in its list, in three languages, and stands by itself', async () => {
  let count = 0;
  for (const kind of KINDS) {
    const list = await get(`/${kind}?per_page=100`);
    assert.equal(list.items.length, list.total);
    for (const lang of ['pl', 'en', 'uk']) {
      fits(document, document.components.schemas[SCHEMAS[kind]], await get(`/${kind}?per_page=100`, lang), kind);
    }
    for (const item of list.items) {
      assert.ok(item.basis && item.name, item.id);
      const { programme, ...alone } = await server.json(item.link);
      assert.equal(programme, 'koszalin');
      assert.deepEqual(alone, item);
      count++;
    }
  }
  console.log(`proved: ${count} items, in lists and by themselves`);
});

test('what the sources count is there: 4 areas, 21 goals, 13 partners, two bundles of three columns', async () => {
  assert.equal((await get('/partners')).total, 13);
  const { groups } = await get('/activities?group_by=area&per_page=100');
  assert.equal(groups.length, 4);
  const goals = groups.flatMap((area) => [...new Set(area.items.map((item) => item.goal.id))]);
  assert.equal(goals.length, 21);
  for (const bundle of ['pomoc-plus', 'rodzina-plus']) {
    const columns = (await get(`/bundles?package=${bundle}&group_by=column&per_page=100`, 'en')).groups;
    assert.deepEqual(columns.map((column) => column.name), ['The Centre', 'Local resource', 'Community organising']);
    assert.ok(columns.every((column) => column.total > 5 && column.items.length === column.total));
  }
  const { items } = await get('/bundles?per_page=100');
  const lists = { service: 'services', external_service: 'external-services', activity: 'activities', partner: 'partners' };
  for (const [member, list] of Object.entries(lists)) {
    const linked = items.filter((item) => item[member] !== null);
    assert.ok(linked.length > 0, member);
    for (const item of linked) assert.equal((await server.get(`${P}/${list}/${item[member]}`)).status, 200, item.id);
  }
});

test('filters, pages, words', async () => {
  const all = await ids('/external-services?per_page=100');
  assert.deepEqual(await ids('/external-services?per_page=5&page=2'), all.slice(5, 10));
  assert.deepEqual(await ids('/external-services?page=99'), []);
  const family = await ids('/external-services?package=rodzina-plus&per_page=100');
  const help = await ids('/external-services?package=pomoc-plus&per_page=100');
  assert.deepEqual(family.filter((id) => help.includes(id)), ['estate-clubs']);
  const both = await get('/external-services?package=pomoc-plus&package=rodzina-plus');
  assert.equal(both.total, family.length + help.length - 1);
  assert.deepEqual(await ids('/external-services?q=TELEOPIEKA'), ['telecare']);
  assert.deepEqual(await ids('/external-services?q=hospice'), ['palliative-hospice-care']);
  assert.deepEqual(await ids('/external-services?q=teleopieka&package=rodzina-plus'), []);
  assert.ok((await ids('/partners?q=konsultacj')).includes('local-activity-association'));
  assert.deepEqual(await ids('/activities?area=wspieranie-rodziny&q=mural'), ['foster-parenthood-mural']);
});

test('what is not understood is refused by name, with what may have been meant', async () => {
  const cases = [['/activities?area=wspieranie-rodzin', 'area', 'wspieranie-rodziny'],
    ['/partners?package=pomoc-plus', 'package'], ['/bundles?group_by=colum', 'group_by', 'column'],
    ['/bundles?sort=name', 'sort'], ['/activities?page=0', 'page'], ['/partners?q=a&q=b', 'q'],
    ['/search?kind=partner', 'kind', 'partners'], ['/partners/red-cross?q=x', 'q']];
  for (const [path, field, nearest] of cases) {
    const answer = await server.get(P + path);
    assert.equal(answer.status, 400, path);
    const problem = await answer.json();
    assert.equal(problem.field, field, path);
    assert.equal(problem.errors[0].nearest, nearest, path);
  }
  const unknown = await server.get(`${P}/partners/red-cros`);
  assert.equal(unknown.status, 404);
  assert.equal((await unknown.json()).nearest, 'red-cross');
  assert.equal((await server.get('/v1/koszlin/partners')).status, 404);
});

test('the search goes over all kinds, best first, typed; the services alone stay as they were', async () => {
  const search = async (query) => (await get(`/search?${query}`)).items;
  const windows = await search('q=mycie+okien&on=2024-03-01');
  assert.deepEqual(windows.map((hit) => [hit.kind, hit.id]),
    [['services', 'window-cleaning'], ['bundles', 'help-windows']]);
  const health = await search('q=zdrowia+psychicznego&per_page=100');
  assert.deepEqual(new Set(health.map((hit) => hit.kind)), new Set(KINDS));
  assert.ok(health.every((hit) => hit.link.startsWith(`${P}/${hit.kind}/`)));
  const some = await search('q=zdrowia+psychicznego&kind=partners&kind=services');
  assert.deepEqual(some.map((hit) => hit.id), ['mental-health-centre']);
  const whole = await search('q=fryzjerska&on=2024-03-01');
  assert.equal(whole[0].kind, 'services');
  assert.deepEqual(await search('q='), []);
  assert.deepEqual(await search('q=zzz'), []);
  const page = await get('/search?q=wsparcie&per_page=2&page=2');
  assert.equal(page.items.length, 2);
  assert.deepEqual(page.items, (await search('q=wsparcie&per_page=100')).slice(2, 4));
  const { items } = await get('/services?q=zdrowia&on=2024-03-01&fields=id');
  assert.ok(items.every(({ id }) => !health.some((hit) => hit.id === id)));
  for (const lang of ['pl', 'en', 'uk']) {
    fits(document, document.components.schemas.SearchHits, await get('/search?q=zdrowia', lang), lang);
  }
});

test('lists are stored answers: an ETag, 304, and a new one when the table changes', async () => {
  const answer = await server.get(`${P}/partners`);
  const etag = answer.headers.get('etag');
  assert.equal((await server.get(`${P}/partners`, { 'If-None-Match': etag })).status, 304);
  const file = join(place.plugins, 'koszalin/catalogue/partners.csv');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('Pedagodzy szkolni', 'Pedagodzy w szkołach'));
  await until(async () => (await get('/partners/school-pedagogues')).name === 'Pedagodzy w szkołach');
  assert.equal((await server.get(`${P}/partners`, { 'If-None-Match': etag })).status, 200);
  writeFileSync(file, text);
  await until(async () => (await get('/partners/school-pedagogues')).name === 'Pedagodzy szkolni');
});

test('a faulty table changes nothing: the last good one serves on, and the fault is told', async () => {
  const file = join(place.plugins, 'koszalin/catalogue/partners.csv');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(';nazwa;', ';nazwaa;'));
  await until(async () => (await get('/plugins')).faults.length > 0);
  const { faults } = await get('/plugins');
  assert.ok(faults.some((fault) => fault.file === 'koszalin/catalogue/partners.csv' && fault.line === 1));
  assert.equal((await get('/partners')).total, 13);
  writeFileSync(file, text);
  await until(async () => (await get('/plugins')).faults.length === 0);
});

test('a table that is faulty from the start is not served; the services and other tables are', async () => {
  const other = workspace();
  writeFileSync(join(other.plugins, 'koszalin/catalogue/partners.csv'), 'id;nazwa;podstawa\na;;b\n');
  rmSync(join(other.plugins, 'koszalin/catalogue/bundles.csv'));
  const second = await serve(other);
  const answer = await second.get(`${P}/partners`);
  assert.equal(answer.status, 503);
  assert.equal((await answer.json()).type, 'urn:okienko:problem:table-unavailable');
  assert.equal((await second.get(`${P}/partners/a`)).status, 503);
  assert.equal((await second.json(`${P}/bundles`)).total, 0);
  assert.ok((await second.json(`${P}/activities`)).total > 20);
  assert.equal((await second.json(`${P}/services`)).total, 16);
  await second.stop();
  other.remove();
});
