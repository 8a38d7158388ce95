// The server as its administrator meets it: folders that are missing, closed or empty, addresses that are taken,
// told in plain sentences; and the same bytes from every process.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beside, binary, root, serve, until, workspace } from '../support/okienko.mjs';

const ON = '2024-03-01';
let place, folder;
before(() => { place = workspace(); folder = mkdtempSync(join(tmpdir(), 'okienko-admin-')); chmodSync(folder, 0o755); });
after(() => { place.remove(); rmSync(folder, { recursive: true, force: true }); });

// Runs `serve` to its end; { code, signal, err }.
function run(args, { locale = 'C.UTF-8', under = [] } = {}) {
  return new Promise((done) => {
    const [command, ...rest] = [...under, binary, 'serve', ...args];
    const child = spawn(command, rest, { env: { ...process.env, LC_ALL: locale, LANG: locale }, stdio: ['ignore', 'ignore', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), 10000);
    let err = '';
    child.stderr.on('data', (bytes) => { err += bytes; });
    child.on('close', (code, signal) => { clearTimeout(timer); done({ code, signal, err }); });
  });
}
const LANGUAGES = ['pl_PL.UTF-8', 'en_GB.UTF-8'];
// What the log of loading says is not for this.
const sentence = (err) => err.split('\n').filter((line) => line && !line.startsWith('<')).join('\n');

async function refused(args, [polish, english], options) {
  for (const [i, locale] of LANGUAGES.entries()) {
    const end = await run(args, { ...options, locale });
    assert.deepEqual([end.code, end.signal], [2, null], `${args}: ${end.err}`);
    assert.match(sentence(end.err), [polish, english][i]);
    assert.match(sentence(end.err), /^\p{Lu}[^\n]*[^.]\.$/u, 'one plain sentence');
    assert.ok(!/Cannot|cannot|such/.test(sentence(end.err)) || i === 1, sentence(end.err));
  }
}
const plain = (what) => ['--listen', '127.0.0.1:0', '--plugins', what.plugins ?? place.plugins, '--data', what.data ?? place.data];

test('folders that are not there, or are something else', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await refused(plain({ plugins: join(folder, 'nowhere') }), [/nowhere: nie ma takiego/, /nowhere .*there is no such/]);
  await refused(plain({ plugins: file }), [/to nie jest folder/, /it is no folder/]);
  await refused(plain({ data: file }), [/to nie jest folder/, /it is no folder/]);
  await refused(plain({ data: join(folder, 'a/b/c') }), [/Nie można założyć .* nie ma takiego/, /cannot be made: there is no such/]);
  await refused(plain({ data: '/proc/okienko' }), [/Nie można założyć folderu/, /cannot be made/]);
});

test('folders that may not be read or written to', async (t) => {
  const nobody = process.getuid() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  // A copy where that user gets to, wherever the sources are.
  const own = join(folder, 'own'), program = join(own, 'okienko'), closed = join(own, 'closed'), readOnly = join(own, 'read-only');
  mkdirSync(own, { mode: 0o755 });
  cpSync(binary, program);
  cpSync(join(root, 'plugins'), join(own, 'plugins'), { recursive: true });
  mkdirSync(closed, { mode: 0o000 });
  mkdirSync(readOnly, { mode: 0o555 });
  const probe = await new Promise((done) => {
    const child = spawn(...(nobody.length ? [nobody[0], [...nobody.slice(1), program, '--version']] : [program, ['--version']]));
    child.on('error', () => done(1));
    child.on('close', done);
  });
  if (probe !== 0) return t.skip('no other user to run as');
  const as = async (args, texts) => {
    for (const [i, locale] of LANGUAGES.entries()) {
      const end = await new Promise((done) => {
        const [command, ...rest] = [...nobody, program, 'serve', ...args];
        const child = spawn(command, rest, { env: { LC_ALL: locale }, stdio: ['ignore', 'ignore', 'pipe'] });
        let err = '';
        child.stderr.on('data', (bytes) => { err += bytes; });
        child.on('close', (code) => done({ code, err }));
      });
      assert.equal(end.code, 2, end.err);
      assert.match(sentence(end.err), texts[i]);
    }
  };
  await as(plain({ plugins: closed, data: '/tmp' }), [/Nie można odczytać .*brak uprawnień\./, /cannot be read: permission is missing\./]);
  await as(plain({ plugins: join(own, 'plugins'), data: readOnly }), [/Nie można pisać .*brak uprawnień\./, /cannot be written to: permission is missing\./]);
  await as(plain({ plugins: join(own, 'plugins'), data: join(readOnly, 'data') }), [/Nie można założyć .*brak uprawnień\./, /cannot be made: permission is missing\./]);
  chmodSync(closed, 0o755);
});

test('an empty folder of rules: it serves, is not ready, and the page says so', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const server = await serve({ plugins: empty, data: place.data });
  assert.equal((await server.get('/healthz')).status, 200);
  const ready = await server.get('/readyz');
  assert.equal(ready.status, 503);
  assert.equal((await ready.json()).status, 'unready');
  assert.deepEqual((await server.json('/v1/programmes')).items, []);
  for (const [lang, text] of [['pl', /Nie wczytano jeszcze żadnego programu/], ['en', /No programme/i], ['uk', /програм/]]) {
    assert.match(await (await server.get('/', { 'Accept-Language': lang })).text(), text);
  }
  // The first programme that comes makes it ready, without a restart.
  cpSync(join(place.plugins, 'act.lua'), join(empty, 'act.lua'));
  cpSync(join(place.plugins, 'koszalin'), join(empty, 'koszalin'), { recursive: true });
  await until(async () => (await server.get('/readyz')).status === 200, 20000);
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
});

test('rules that go away while it runs: what was loaded serves on', async () => {
  const own = join(folder, 'going');
  cpSync(place.plugins, own, { recursive: true });
  const server = await serve({ plugins: own, data: place.data });
  rmSync(own, { recursive: true });
  server.kill('SIGHUP');
  await new Promise((done) => setTimeout(done, 300));
  assert.equal((await server.get('/healthz')).status, 200);
  cpSync(place.plugins, own, { recursive: true });
  await until(async () => (await server.get('/v1/koszalin')).status === 200, 20000);
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
});

test('addresses that are taken, too long or not ours', async () => {
  const server = await serve(place), taken = new URL(server.url).host, socket = join(folder, 's');
  const listen = (...addresses) => [...addresses.flatMap((one) => ['--listen', one]), '--plugins', place.plugins, '--data', place.data];
  await refused(listen(taken), [/port jest już zajęty/, /already in use/]);
  // Also as the second of two, when the first listens already.
  await refused(listen('127.0.0.1:0', taken), [/port jest już zajęty/, /already in use/]);
  await refused(listen(`unix:/${'x'.repeat(200)}`), [/ścieżka jest pusta albo za długa/, /empty or too long/]);
  await refused(listen(`unix:${folder}/no/folder/s`), [/nie ma takiego folderu/, /no such folder/]);
  await refused(listen(`unix:${place.plugins}/act.lua`), [/nie jest gniazdem/, /no socket/]);
  assert.match(readFileSync(join(place.plugins, 'act.lua'), 'utf8'), /return act/, 'the file is left alone');
  await refused(listen('0.0.0.0:8080'), [/poza tym komputerem/, /beyond loopback/]);
  await refused(listen('nonsense'), [/adres musi mieć postać/, /not of the form/]);
  await refused(listen('127.0.0.1:99999'), [/adres musi mieć postać/, /not of the form/]);
  await refused(['--beyond-loopback', ...listen('192.0.2.1:80')], [/nie ma takiego adresu/, /no such address/]);
  // A socket somebody listens on is refused, one that was left behind is replaced.
  const other = net.createServer().listen(socket);
  await until(() => existsSync(socket));
  await refused(listen(`unix:${socket}`), [/w użyciu/, /in use/]);
  await new Promise((done) => other.close(done));
  const left = spawn(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(socket)})`]);
  await until(() => existsSync(socket), 10000);
  left.kill('SIGKILL');
  await new Promise((done) => left.on('exit', done));
  assert.ok(existsSync(socket), 'a stale socket');
  const second = await serve(beside(place), '--listen', `unix:${socket}`);
  assert.match(second.ready, new RegExp(`unix:${socket}`));
  assert.deepEqual(await second.stop(), { code: 0, signal: null });
  assert.ok(!existsSync(socket), 'the socket is removed');
  assert.equal((await server.get('/readyz')).status, 200, 'the first one never noticed');
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
});

test('twenty processes answer with the same bytes', async () => {
  const body = { on: ON, facts: { commune: '3261011', dependent: true, disability: 'none', birth_date: '1940-05-05' }, order: { windows: 4 } };
  const seen = new Set();
  for (let turn = 0; turn < 20; turn += 4) {
    await Promise.all(Array.from({ length: 4 }, async () => {
      const server = await serve(beside(place));
      const texts = await Promise.all([
        server.post('/v1/koszalin/quote', body), server.get(`/v1/koszalin/services?on=${ON}`),
        server.get(`/v1/koszalin/services/laundry?on=${ON}`), server.get('/v1/koszalin'), server.get('/openapi.json'),
        server.get(`/v1/koszalin/questionnaire?on=${ON}`),
      ].map(async (answer) => (await answer).text()));
      seen.add(texts.join('\n'));
      assert.deepEqual(await server.stop(), { code: 0, signal: null });
    }));
  }
  assert.equal(seen.size, 1, `${seen.size} different answers`);
  assert.equal(JSON.parse([...seen][0].split('\n')[0]).items.length, 16);
});
