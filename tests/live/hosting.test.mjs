// Many programmes in one process: what one does wrong no other one notices, they come and go while the server
// runs, are found by their names, codes and services, and each has its page, also by the host's name.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SPOILS, makeCountry } from '../bench/country.mjs';
import { serve, until, workspace } from '../support/okienko.mjs';

const COUNT = 24, SERVICES = 16, ON = '2024-03-01';
const folder = mkdtempSync(join(tmpdir(), 'okienko-hosting-')), plugins = join(folder, 'plugins'), config = join(folder, 'okienko.lua');
let towns, server;

before(async () => {
  towns = makeCountry(plugins, { programmes: COUNT, services: SERVICES, seed: 3 });
  writeFileSync(config, `return okienko {
    hosts = { ["uslugi.example.org"] = "${towns[3].id}", ["*.okienko.example"] = "*", ["gone.example.org"] = "nowhere" },
  }`);
  server = await serve({ plugins, data: join(folder, 'data') }, '--config', config);
});
after(async () => { await server.stop(); rmSync(folder, { recursive: true, force: true }); });

const state = (town) => server.json(`/v1/${town.id}/plugins`);
const requests = (town) => [
  () => server.get(`/v1/${town.id}/services?on=${ON}`),
  () => server.get(`/v1/${town.id}/availability?on=${ON}`, { 'Accept-Language': 'en' }),
  () => server.post(`/v1/${town.id}/quote`, { on: ON, facts: { commune: town.terc } }),
];
const answers = (of) => Promise.all(of.flatMap(requests).map(async (ask) => { const got = await ask(); return `${got.status} ${await got.text()}`; }));

test('one programme loops, takes all memory, fails its tests: the others answer exactly as before', async () => {
  // Every one of the spoils has to spoil it: its tests are about a price.
  const first = (town) => join(plugins, town.id, 'services', `${town.services[0]}.lua`);
  const bad = towns.find((town) => SPOILS.every(([, change]) => change(readFileSync(first(town), 'utf8')) !== readFileSync(first(town), 'utf8')));
  const good = towns.filter((town) => town !== bad), two = good.slice(0, 2), expected = await answers(two);
  const file = first(bad), text = readFileSync(file, 'utf8');
  const own = await answers([bad]), { version } = await state(bad);
  let compared = 0;
  for (const [what, change] of SPOILS) {
    writeFileSync(file, change(text));
    await until(async () => {
      assert.deepEqual(await answers(two), expected, what);
      compared++;
      return (await state(bad)).state === 'stale';
    }, 30000);
    const now = await state(bad);
    assert.equal(now.version, version, what);
    assert.ok(now.faults.length > 0, what);
    assert.deepEqual(await answers([bad]), own, `${what}: the last good version serves`);
    writeFileSync(file, text);
    await until(async () => (await state(bad)).state === 'good', 30000);
  }
  for (const town of good) assert.equal((await state(town)).loads, 1, `${town.id} was not loaded again`);
  console.log(`proved: ${compared} times the answers of two others compared while one loops, leaks and fails`);
});

test('a saved programme is live while its neighbours keep their stored answers', async () => {
  const [town, other] = [towns[5], towns[6]], path = `/v1/${other.id}/services?on=${ON}`;
  const file = join(plugins, town.id, 'services', `${town.services[0]}.lua`), text = readFileSync(file, 'utf8');
  const kept = (await server.get(path)).headers.get('etag');
  await server.get(`/v1/services?q=zmieniona`);
  writeFileSync(file, text.replace(/summary = \{ pl = "[^"]*"/, 'summary = { pl = "Zmieniona treść."'));
  await until(async () => (await (await server.get(`/v1/${town.id}/services/${town.services[0]}?on=${ON}`)).text()).includes('Zmieniona'));
  const found = await server.json(`/v1/services?q=zmieniona`);
  assert.deepEqual(found.items.map((one) => [one.programme, one.service]), [[town.id, town.services[0]]]);
  assert.equal((await server.get(path)).headers.get('etag'), kept);
  writeFileSync(file, text);
  await until(async () => (await server.json(`/v1/services?q=zmieniona`)).total === 0);
});

test('programmes come, are renamed and go while the server runs', async () => {
  const town = towns[7], id = 'przybysz', listed = async (q) => (await server.json(`/v1/programmes?q=${q}`)).items.map((one) => one.id);
  const making = join(folder, 'making');
  cpSync(join(plugins, town.id), making, { recursive: true });
  const file = join(making, 'programme.lua');
  writeFileSync(file, readFileSync(file, 'utf8').replace(`"${town.id}"`, `"${id}"`).replace(/name = "[^"]*", terc = "\d+"/, 'name = "Przybyszów", terc = "9999999"'));
  renameSync(making, join(plugins, id));
  await until(async () => (await listed('przybyszow')).includes(id));
  assert.equal((await server.json(`/v1/services?q=przybysz`)).total, SERVICES);
  assert.equal((await server.get(`/v1/${id}/services`)).status, 200);
  renameSync(join(plugins, id), join(plugins, 'inny'));
  await until(async () => (await server.get(`/v1/${id}/services`)).status === 404);
  await until(async () => (await server.get('/v1/inny/plugins')).status === 200);
  assert.equal((await state({ id: 'inny' })).state, 'failing', 'its text says another id');
  assert.equal((await server.json(`/v1/services?q=przybysz`)).total, 0);
  rmSync(join(plugins, 'inny'), { recursive: true });
  await until(async () => (await server.get('/v1/inny/plugins')).status === 404);
  assert.equal((await server.json('/readyz')).status, 'ready');
});

test('programmes are found by words and by codes, page by page', async () => {
  const all = [];
  for (let page = 1; page === 1 || all.length < COUNT; page++) {
    const part = await server.json(`/v1/programmes?per_page=7&page=${page}`);
    assert.deepEqual([part.total, part.page, part.per_page, part.pages], [COUNT, page, 7, 4]);
    all.push(...part.items.map((one) => one.id));
  }
  assert.deepEqual(all, towns.map((town) => town.id).sort());
  for (const town of towns.slice(0, 5)) {
    const begun = encodeURIComponent(town.name.toUpperCase().slice(0, -1));
    assert.ok((await server.json(`/v1/programmes?q=${begun}`)).items.some((one) => one.id === town.id), town.name);
    assert.deepEqual((await server.json(`/v1/programmes?terc=${town.terc}`)).items.map((one) => one.id), [town.id]);
    const same = towns.filter(({ terc }) => terc.startsWith(town.terc.slice(0, 2))).length;
    assert.equal((await server.json(`/v1/programmes?terc=${town.terc.slice(0, 2)}`)).total, same);
  }
  assert.equal((await server.json('/v1/programmes?q=nigdzie')).total, 0);
  for (const terc of ['12345678', 'abc', '-1', '+2']) {
    const refused = await server.json(`/v1/programmes?terc=${encodeURIComponent(terc)}`);
    assert.deepEqual([refused.status, refused.errors[0].code], [400, 'bad-code'], terc);
  }
});

test('a service is found in all programmes as it is found in each', async () => {
  for (const q of ['okien', 'mycie okien', 'opiek', 'window', 'вікон', 'p', 'osoby pomoc']) {
    const each = await Promise.all(towns.map(async (town) => (await server.json(
      `/v1/${town.id}/services?q=${encodeURIComponent(q)}&on=${ON}&per_page=100&fields=id`)).items.map((one) => `${town.id}/${one.id}`)));
    const found = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const part = await server.json(`/v1/services?q=${encodeURIComponent(q)}&on=${ON}&per_page=100&page=${page}`);
      ({ pages } = part);
      found.push(...part.items.map((one) => `${one.programme}/${one.service}`));
    }
    assert.deepEqual(found.sort(), each.flat().sort(), q);
    assert.ok(found.length > 0, q);
  }
  const of = towns[11], mine = await server.json(`/v1/services?q=${encodeURIComponent(of.name)}&per_page=100`);
  assert.equal(mine.items.filter((one) => one.programme === of.id).length, SERVICES);
  assert.ok(mine.items.every((one) => one.municipality && /^\d{7}$/.test(one.terc) && one.link === `/v1/${one.programme}/services/${one.service}`));
});

/** The page at `path` of a host; { status, text }. */
const page = (host, path = '/', headers = {}) => new Promise((done, fail) => {
  http.get(server.url + path, { headers: { Host: host, ...headers } }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => done({ status: response.statusCode, text }));
  }).on('error', fail);
});

test('the first page is that of the host\'s programme, and the list for any other host', async () => {
  const [mapped, wild] = [towns[3], towns[4]];
  const own = await page('any', `/pl/${mapped.id}`), list = await page('any', '/pl');
  assert.ok(own.text.includes(`<h2 id="${mapped.id}">`) && own.text.includes('<table>'));
  assert.ok(list.text.includes(`<a href="/pl/${wild.id}">`) && !list.text.includes('<table>'));
  for (let turn = 0; turn < 2; turn++) { // the second time from what is stored
    for (const host of ['uslugi.example.org', 'USLUGI.Example.Org:8080', 'uslugi.example.org.']) assert.deepEqual(await page(host, '/pl'), own, host);
    assert.deepEqual(await page('uslugi.example.org', '/pl?from=elsewhere'), own);
    assert.deepEqual(await page(`${wild.id}.okienko.example`, '/pl'), await page('any', `/pl/${wild.id}`));
    assert.deepEqual(await page(`${wild.id.toUpperCase()}.Okienko.Example:80`, '/pl'), await page('any', `/pl/${wild.id}`));
    for (const host of ['example.org', '127.0.0.1', '[::1]:8080', 'gone.example.org', 'okienko.example', '.okienko.example', 'v1.okienko.example',
      `x.${wild.id}.okienko.example`]) assert.deepEqual(await page(host, '/pl'), list, host);
  }
  const english = await page('uslugi.example.org', '/en');
  assert.ok(english.text.includes('lang="en"') && english.text !== own.text);
  assert.equal((await page('uslugi.example.org', '/v1/programmes')).text, (await page('any', '/v1/programmes')).text);
  assert.equal((await page('uslugi.example.org', '/nowhere')).status, 404);
  assert.equal((await page('a b')).status, 400);
});

test('the list of programmes is searched and paged', async () => {
  const town = towns[9], found = (await page('any', `/pl?q=${encodeURIComponent(town.name)}`)).text;
  assert.ok(found.includes(`href="/pl/${town.id}"`));
  assert.ok(!(await page('any', '/pl?q=nigdzie')).text.includes('<li>'));
  const odd = (await page('any', `/pl?q=${encodeURIComponent('"><script>')}&page=99999`)).text;
  assert.ok(!odd.includes('<script>') && odd.includes('&quot;&gt;&lt;script&gt;'));
});

test('a record that does not open is the trouble of its own programme alone', async () => {
  const place = workspace();
  try {
    await (await serve(place)).stop();
    writeFileSync(join(place.data, 'koszalin', 'record.db'), 'garbage');
    const server = await serve(place);
    assert.match(server.log(), /koszalin: .*record\.db/);
    assert.equal((await server.get('/v1/koszalin/session')).status, 503);
    assert.equal((await server.get('/v1/koszalin/services')).status, 200);
    // What is left is not known, so nothing is promised.
    const { pool, ...told } = await server.json('/v1/koszalin/services/window-cleaning/availability?on=2024-03-01');
    assert.deepEqual([pool.taken, pool.left, told.available], [null, null, false], JSON.stringify({ pool, ...told }));
    assert.equal((await server.get('/v1/goleniow/session')).status, 401);
    await server.stop();
  } finally {
    place.remove();
  }
});
