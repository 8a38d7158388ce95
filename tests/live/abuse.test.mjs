// The whole server under abuse: no descriptors left, thousands of slow clients, floods, mutated requests, signals.
// Whatever happens, a good client is answered soon, nothing hangs, and memory and processor time are bounded.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { beside, memory, sanitized, seconds, serve, until, workspace } from '../support/okienko.mjs';
import { connect, exchange, last } from '../http/lib.mjs';

const ON = '2024-03-01', P = '/v1/koszalin', CATALOGUE = `${P}/services?on=${ON}`;
const SEED = Number(process.env.FUZZ_SEED ?? 20240301);
const PERSON = { commune: '3261011', birth_date: '1960-05-10', household: 'other', dependent: true, disability: 'none' };
let place, server, port, catalogue, spec;

before(async () => {
  place = workspace();
  server = await serve(place);
  port = Number(new URL(server.url).port);
  catalogue = await (await server.get(CATALOGUE)).text();
  spec = await server.json('/openapi.json');
});
after(async () => { await server.stop(); place.remove(); });

const get = (target, more = '') => `GET ${target} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const post = (target, body, more = '') => `POST ${target} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`
  + `Content-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

// Asks one after the other until told to stop; how often, and the slowest in ms. Each on its own connection.
function goodClient(to = port) {
  const told = { asked: 0, slowest: 0, failed: [] };
  let asking = true;
  const done = (async () => {
    while (asking) {
      const began = performance.now();
      const [answer] = await exchange(to, last(CATALOGUE), 10000).catch((error) => [{ status: String(error) }]);
      if (answer?.status !== 200 || answer.body !== catalogue) told.failed.push(answer?.status);
      told.slowest = Math.max(told.slowest, performance.now() - began);
      told.asked++;
      await sleep(10);
    }
  })();
  return async () => { asking = false; await done; return told; };
}
function fine(told, most = sanitized ? 3000 : 1000) {
  assert.deepEqual(told.failed, []);
  assert.ok(told.asked > 5 && told.slowest < most, JSON.stringify(told));
  return `${told.asked} good answers, the slowest after ${told.slowest.toFixed(0)} ms`;
}

test('without descriptors: no exit, no spin, service again within 2 s', async () => {
  const small = await serve({ ...beside(place), under: ['prlimit', '--nofile=128'] });
  const to = Number(new URL(small.url).port);
  const clients = Array.from({ length: 300 }, () => connect(to).send(get(CATALOGUE)));
  await sleep(700);
  const used = seconds(small.pid);
  await sleep(1000);
  assert.ok(seconds(small.pid) - used < 0.3, 'it spins');
  assert.ok(clients.filter((one) => one.text.startsWith('HTTP/1.1 200')).length >= 30);
  assert.ok(clients.some((one) => one.text.startsWith('HTTP/1.1 503')));
  clients.forEach((one) => one.socket.destroy());
  await until(async () => (await exchange(to, last('/healthz')).catch(() => []))[0]?.status === 200, 2000);
  // Rules are still read again, although descriptors were short.
  small.kill('SIGHUP');
  assert.equal((await small.get('/readyz')).status, 200);
  assert.deepEqual(await small.stop(), { code: 0, signal: null });
});

test('thousands of slow connections, and a good client never fails', async () => {
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -Hn']).toString().replace('unlimited', '1048576'));
  const wanted = Math.min(sanitized ? 2000 : 10000, limit - 500);
  const large = await serve({ ...beside(place), under: ['prlimit', `--nofile=${wanted + 500}`] });
  const to = Number(new URL(large.url).port);
  const slow = [];
  for (let i = 0; i < wanted; i++) {
    slow.push(connect(to).send(i % 2 ? get('/healthz') : 'GET /v1/koszalin HTTP/1.1\r\nHost: a\r\nX-Slow: '));
    if (i % 250 === 249) await sleep(20);
  }
  await until(async () => slow.filter((one) => one.text.startsWith('HTTP/1.1 200')).length === Math.floor(wanted / 2), 20000);
  const stop = goodClient(to);
  let dripping = true;
  const drip = (async () => {
    for (let i = 0; dripping; i++) {
      const one = slow[i % wanted];
      if (!one.closed) one.send(i % wanted % 2 ? 'G' : 'x');
      if (i % 100 === 99) await sleep(10);
    }
  })();
  await sleep(4000);
  const told = await stop();
  dripping = false;
  await drip;
  const open = Number((await (await large.get('/metrics')).text()).match(/^okienko_http_connections (\d+)/m)[1]);
  assert.ok(open > wanted / 2, `${open} open`);
  console.log(`proved: ${wanted} slow connections, ${open} open at the end; ${fine(told)}; ${(memory(large.pid) / 1024).toFixed(0)} MiB`);
  slow.forEach((one) => one.socket.destroy());
  assert.deepEqual(await large.stop(), { code: 0, signal: null });
});

test('clients that ask for much and read nothing take no memory without bound', async () => {
  const had = memory(server.pid), stop = goodClient();
  const slow = Array.from({ length: 20 }, () => {
    const client = connect(port);
    client.socket.pause();
    return client.send(get(CATALOGUE).repeat(500) + last(CATALOGUE));
  });
  await sleep(1500);
  const grown = memory(server.pid) - had;
  if (!sanitized) assert.ok(grown < 16 * 1024, `${grown} KiB more`);
  slow[0].socket.resume();
  const answers = await slow[0].end(20000);
  assert.equal(answers.length, 501);
  assert.ok(answers.every((one) => one.status === 200 && one.body === catalogue));
  slow.forEach((one) => one.socket.destroy());
  console.log(`proved: 20 clients that do not read, ${grown} KiB; ${fine(await stop())}`);
});

test('floods of resets', async () => {
  const stop = goodClient();
  const texts = ['GET /', get(CATALOGUE), get(CATALOGUE).repeat(20), post(`${P}/quote`, '{}').slice(0, -1), ''];
  for (let i = 0; i < 1000; i++) {
    const client = connect(port).send(texts[i % texts.length]);
    client.socket.once('connect', () => (i % 3 ? client.socket.resetAndDestroy() : setTimeout(() => client.socket.resetAndDestroy(), 2)));
    if (i % 25 === 0) await sleep(2);
  }
  await sleep(100);
  console.log(`proved: 1000 resets; ${fine(await stop())}`);
});

test('SIGTERM under load: every request that was taken is answered, exit 0', async () => {
  const other = await serve(beside(place)), to = Number(new URL(other.url).port);
  let stopping = false, done = 0;
  const body = JSON.stringify({ on: ON, facts: PERSON, order: {} });
  const workers = Array.from({ length: 24 }, async () => {
    while (!stopping) {
      const client = connect(to);
      for (let sent = 1; ; sent++) {
        client.send(sent % 3 ? get(CATALOGUE) : post(`${P}/quote`, body));
        const answers = await client.answers(sent, 15000).catch(() => null);
        if (answers === null && sent === 1 && stopping && client.text === '') break; // never taken
        assert.ok(answers?.[sent - 1].status === 200, `answer ${sent} is missing: ${client.failed}`);
        done++;
        if (answers[sent - 1].headers.connection === 'close') break;
        if (sent === 40) { client.send(last('/healthz')); await client.end(); break; }
      }
      client.socket.destroy();
    }
  });
  await sleep(700);
  stopping = true;
  const began = performance.now();
  other.kill('SIGTERM');
  other.kill('SIGTERM');
  const [end] = await Promise.all([other.exited, ...workers]);
  assert.deepEqual(end, { code: 0, signal: null });
  assert.ok(performance.now() - began < 10000);
  assert.ok(done > 100, `${done}`);
  console.log(`proved: ${done} requests around SIGTERM, none lost, exit after ${(performance.now() - began).toFixed(0)} ms`);
});

test('a storm of SIGHUP', async () => {
  const stop = goodClient(), version = (await server.json(P)).version;
  for (let i = 0; i < 500; i++) {
    server.kill('SIGHUP');
    if (i % 10 === 0) await sleep(1);
  }
  await sleep(300);
  const state = await server.json(`${P}/plugins`);
  assert.deepEqual([state.state, state.version, state.loads], ['good', version, 1]);
  console.log(`proved: 500 SIGHUP; ${fine(await stop())}`);
});

// ---- mutations ------------------------------------------------------------------------------------

function random(seed) { // mulberry32
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const next = random(SEED), below = (n) => Math.floor(next() * n), one = (list) => list[below(list.length)];

const PIECES = ['\r\n', '\r', '\n', '\0', ' ', '\t', ':', ';', ',', '%', '%00', '%zz', '/', '..', '?', '#', '&', '=', '\x7f', '\xff',
  'Content-Length: 5\r\n', 'Transfer-Encoding: chunked\r\n', 'Host: b\r\n', 'Expect: 100-continue\r\n', 'Upgrade: websocket\r\n',
  '0\r\n\r\n', 'ffffffffffffffff\r\n', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/1.1\r\n\r\n', '-1', '99999999999999999999', 'x'.repeat(5000), '"', '{', '[', '\\u0000'];
function mutate(text, seeds, pieces = PIECES) {
  for (let i = 1 + below(3); i > 0; i--) {
    const at = below(text.length + 1), end = Math.min(text.length, at + 1 + below(8));
    text = one([
      () => text.slice(0, at) + one(pieces) + text.slice(at),
      () => text.slice(0, at) + text.slice(end),
      () => text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1),
      () => text.slice(0, end) + text.slice(at),
      () => text.slice(0, at) + one(seeds).slice(below(20)),
      () => text.slice(0, at),
    ])();
  }
  return text;
}

test('a thousand mutated requests: each ends soon, none is an error of the server', async () => {
  const body = JSON.stringify({ on: ON, facts: PERSON });
  const seeds = [get(CATALOGUE), get('/healthz', 'Connection: close\r\n'), get(P, 'Accept-Language: uk\r\nIf-None-Match: "x"\r\n'),
    post(`${P}/quote`, body), get(CATALOGUE) + get('/readyz'), `HEAD ${P} HTTP/1.1\r\nHost: a\r\n\r\n`,
    'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', `POST ${P}/quote HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`
      + `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`];
  const statuses = {}, stop = goodClient();
  let slowest = 0;
  const ask = async (sent, round) => {
    const began = performance.now(), client = connect(port).send(sent);
    client.socket.end();
    await client.until((c) => c.ended || c.closed, 8000).catch(() => assert.fail(`seed ${SEED}, round ${round} hangs: ${JSON.stringify(sent)}`));
    client.socket.destroy();
    slowest = Math.max(slowest, performance.now() - began);
    for (const [, status] of client.text.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
      assert.ok(Number(status) < 500 || ['501', '505'].includes(status), `seed ${SEED}, round ${round}: ${status} for ${JSON.stringify(sent)}`);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  for (let round = 0; round < 1000; round += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, i) => ask(mutate(one(seeds), seeds), round + i)));
  }
  assert.ok(statuses[200] > 50 && statuses[400] > 50);
  console.log(`proved: 1000 mutated requests: ${JSON.stringify(statuses)}, the slowest ${slowest.toFixed(0)} ms; ${fine(await stop())}`);
});

// A refusal tells what is wrong.
async function refused(answer, where) {
  const text = await answer.text();
  assert.ok(answer.status < 500, `${where}: ${answer.status} ${text.slice(0, 200)}`);
  if (answer.status >= 400) {
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/, where);
    const problem = JSON.parse(text);
    assert.equal(problem.status, answer.status, where);
    assert.ok(problem.field || problem.detail || problem.errors?.length || (problem.title && problem.type), `${where}: ${text}`);
  }
  return answer.status;
}

test('mutated targets of every GET', async () => {
  const paths = Object.keys(spec.paths).filter((path) => spec.paths[path].get && !path.endsWith('/events')) // which have no end
    .map((path) => path.replace('{programme}', 'koszalin').replace('{service}', 'laundry'));
  const queries = ['', `?on=${ON}`, '?q=okna&per_page=5&page=2', '?area=health&sort=-price', '?fields=id,name&group_by=area', '?free=true&available=no'];
  const pieces = ['%', '%00', '%zz', '%c5%82', '..', '/', '//', '?', '&', '=', '&&', '+', 'on=2024-02-30', 'page=-1', 'page=1e9', "'", ';', '~', 'x'.repeat(2000)];
  const statuses = {};
  for (let round = 0; round < 1500; round++) {
    const seeds = [one(paths) + one(queries)];
    const target = mutate(seeds[0], seeds, pieces).replace(/[^\x21-\x7e]|#/g, '');
    if (!target.startsWith('/') || target.startsWith('//')) continue;
    const status = await refused(await server.get(target), `seed ${SEED}, round ${round}: ${target}`);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  assert.ok(statuses[200] > 20 && statuses[400] > 50 && statuses[404] > 50, JSON.stringify(statuses));
  console.log(`proved: mutated targets: ${JSON.stringify(statuses)}`);
});

test('mutated bodies of every POST', async () => {
  // The office's want a signed-in caller: tests/office.
  const paths = Object.keys(spec.paths).filter((path) => spec.paths[path].post && !spec.paths[path].post.tags.includes('office'))
    .map((path) => path.replace('{programme}', 'koszalin').replace('{service}', 'window-cleaning'));
  const quotes = paths.filter((path) => path.endsWith('/quote'));
  const seeds = [{ on: ON, facts: PERSON, order: { windows: 4, windows_unsafe: false } }, { facts: { pesel: '44051401359' } },
    { on: ON, facts: { care_services: null }, order: { laundry_kg: 2.5 } }, {}].map((body) => JSON.stringify(body));
  const pieces = ['{', '}', '[', ']', '"', ',', ':', '\\', '\\u0000', '\\ud800', 'null', 'true', '1e999', '-0', '1e-400', '0x1', 'NaN', '\u0001',
    '{"a":'.repeat(40), '[1,1,1],'.repeat(50), '9'.repeat(70), '\ufeff', '//'];
  const statuses = {};
  for (let round = 0; round < 1500; round++) {
    const body = mutate(one(seeds), seeds, pieces);
    // Most posts want somebody signed in first: every other one goes to those that do not.
    const path = one(round % 2 === 0 ? paths : quotes);
    const status = await refused(await server.post(path, body), `seed ${SEED}, round ${round}: ${path} ${body}`);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  assert.ok(statuses[200] > 20 && statuses[400] > 300 && statuses[422] > 50, JSON.stringify(statuses));
  console.log(`proved: mutated bodies: ${JSON.stringify(statuses)}`);
});

test('bodies of a megabyte take no memory for long', async () => {
  const size = 1024 * 1024 - 100;
  const bodies = [`[${'1,'.repeat(size / 2)}1]`, `[${'[],'.repeat(size / 3)}1]`, `{"facts":[${'"",'.repeat(size / 3)}1]}`,
    `{"facts":{"${'\\u0061'.repeat(size / 6)}":1}}`, `"${'x'.repeat(size)}"`, `{"on":"${'\\n'.repeat(size / 2)}"}`, '['.repeat(size), ' '.repeat(size)];
  for (const body of [...bodies, ...bodies]) {
    const answer = await server.post(`${P}/quote`, body);
    await refused(answer, body.slice(0, 20));
    assert.ok([400, 422].includes(answer.status));
  }
  await Promise.all(bodies.map(async (body) => (await server.post(`${P}/quote`, body)).text()));
  await sleep(200);
  const now = memory(server.pid);
  if (!sanitized) assert.ok(now < 24 * 1024, `${now} KiB`);
  console.log(`proved: ${3 * bodies.length} bodies of 1 MB; ${(now / 1024).toFixed(1)} MiB afterwards`);
});

test('after all of it the server is as it was', async () => {
  assert.equal(await (await server.get(CATALOGUE)).text(), catalogue);
  assert.equal((await server.get('/readyz')).status, 200);
  assert.equal((await server.json(`${P}/plugins`)).state, 'good');
});
