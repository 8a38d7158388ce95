// Ends and queues: a stop while writes wait, a second server, clients that go away or read slowly, more
// writes than may wait.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { BASE, ask, assertKept, audit, day, each, okienko, openOnDisk, until } from './record.mjs';

const QUEUE = 4096; // what the store lets wait
let office, kipus, serial = 0;

const referral = () => ({ about: 'information', on_day: day(), passed_to: `Poradnia ${++serial}` });

before(async () => {
  office = await openOnDisk({ roles: ['kipus'] });
  kipus = office.kipus;
});
after(async () => {
  if (office.server) assert.deepEqual(await office.stop(), { code: 0, signal: null });
  assertKept(office, ['referrals']);
  await audit(office.place.data);
  await office.close();
});

/** A request as bytes on a connection of its own. */
function raw(path, body, key) {
  const { hostname, port } = new URL(office.server.url), text = JSON.stringify(body);
  const socket = connect(Number(port), hostname);
  socket.write(`POST ${BASE}${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${kipus.token}\r\nIdempotency-Key: ${key}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  return socket.on('error', () => {});
}

const count = async () => {
  let rows = 0;
  for (let page = { next: 0 }; page.next !== undefined && page.next !== null;) {
    page = await kipus.read(`/referrals?limit=100&after=${page.next}`);
    rows += page.items.length;
  }
  return rows;
};

test('another server is refused the record', async () => {
  const { plugins, data } = office.place;
  const { code, err } = await okienko(['serve', '--listen', '127.0.0.1:0', '--plugins', plugins, '--data', data]);
  assert.ok(code === 1 || code === 2, `${code}`);
  assert.match(err, /koszalin is in use by another server\.\s*$/);
  assert.equal((await kipus.get('/session')).status, 200);
});

test('clients that go away while their write waits', async () => {
  office.disk('l', 150);
  const asked = Array.from({ length: 100 }, (_, i) => ({ key: `gone-${i}`, body: referral() }));
  const sockets = asked.map(({ key, body }) => raw('/referrals', body, key));
  await new Promise((next) => setTimeout(next, 60));
  for (const socket of sockets) socket.destroy();
  office.disk('-');
  await each(asked, 20, ({ key, body }) => kipus.patient('/referrals', body, key));
  assert.equal(await count(), 100);
  console.log('# 100 clients went away; asked again with their keys there are 100 rows');
});

test('a client that reads slowly delays nobody', async () => {
  const socket = raw('/persons/find', { name: 'Nikt' }, 'slow');
  const { hostname, port } = new URL(office.server.url);
  const slow = Array.from({ length: 50 }, () => {
    const reader = connect(Number(port), hostname).on('error', () => {});
    reader.pause();
    for (let i = 0; i < 20; i++) {
      reader.write(`GET ${BASE}/referrals?limit=100 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${kipus.token}\r\n\r\n`);
    }
    return reader;
  });
  const times = await each(Array(200).fill(0), 4, async () => {
    const began = performance.now();
    assert.equal((await kipus.patient('/referrals', referral())).status, 201);
    return performance.now() - began;
  });
  for (const reader of [...slow, socket]) reader.destroy();
  times.sort((a, b) => a - b);
  assert.ok(times.at(-1) < 2000, `${times.at(-1)} ms`);
  console.log(`# 50 slow readers; 200 writes beside them: median ${times[100].toFixed(1)} ms, slowest ${times.at(-1).toFixed(0)} ms`);
});

test('more writes than may wait: the rest is told when to come again', async () => {
  const before_it = await count(), clients = QUEUE + 400;
  office.disk('l', 400);
  const agent = new Agent({ maxSockets: clients });
  const answers = await Promise.all(Array.from({ length: clients }, (_, i) => {
    const body = referral(), key = `many-${i}`;
    return ask(agent, office.server.url, 'POST', '/referrals', { token: kipus.token, body, patience: 60000,
      headers: { 'Idempotency-Key': key } }).then((answer) => ({ ...answer, asked: body, key }));
  }));
  office.disk('-');
  agent.destroy();
  const done = answers.filter(({ status }) => status === 201), busy = answers.filter(({ status }) => status === 503);
  assert.equal(done.length + busy.length, clients);
  for (const { body, headers } of busy) {
    assert.ok(Number(headers['retry-after']) >= 1);
    assert.equal(body.type, 'urn:okienko:problem:busy');
  }
  assert.ok(busy.length > 0 && done.length >= 1000);
  assert.equal(await count(), before_it + done.length);
  for (const { key, body } of done) office.acks.push({ path: '/referrals', key, status: 201, ...body });
  const again = await each(busy, 64, ({ asked, key }) => kipus.patient('/referrals', asked, key));
  assert.ok(again.every(({ status }) => status === 201));
  assert.equal(await count(), before_it + clients);
  console.log(`# ${clients} writes at once: ${done.length} done, ${busy.length} told to come again and done then; none lost, none twice`);
});

test('a stop while writes wait', async () => {
  office.disk('l', 100);
  const asked = Array.from({ length: 300 }, referral);
  const answers = asked.map((body, i) => kipus.patient('/referrals', body, `stop-${i}`));
  await until(async () => /okienko_http_requests/.test(await (await office.server.get('/metrics')).text()));
  await new Promise((next) => setTimeout(next, 150));
  const began = performance.now();
  const ended = await office.stop();
  const took = performance.now() - began;
  office.up = new Promise(() => {}); // nobody asks again
  assert.deepEqual(ended, { code: 0, signal: null });
  assert.ok(took < 10000);
  const told = await Promise.race([Promise.all(answers), new Promise((next) => setTimeout(next, 2000))]);
  assert.ok(told, `${office.acks.length} answered`);
  assert.ok(told.every(({ status }) => status === 201));
  office.server = undefined;
  console.log(`# ${told.length} writes in flight: all answered, ended with 0 after ${took.toFixed(0)} ms`);
});
