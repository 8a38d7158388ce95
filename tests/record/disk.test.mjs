// A disk that is full, breaks, refuses, is slow: a write is done whole or answered 507 or 503, what can be
// read goes on being read, and once the disk works again so does the server, without a start.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONG, PASSWORD, assertKept, audit, day, decided, each, openOnDisk, pesel, sql, until, yearEnd } from './record.mjs';

const CLIENTS = 32;
const FULL = [507, 'urn:okienko:problem:disk-full'], BROKEN = [503, 'urn:okienko:problem:record-unavailable'];
const FAULTS = { f: ['full', FULL], i: ['EIO when writing', BROKEN], s: ['EIO when syncing', BROKEN],
  r: ['read-only', BROKEN], t: ['half a write, then full', FULL] };

let serial = 0;
const person = () => ({ given_name: 'Jan', family_name: `Nowy${++serial}`, sex: 'man',
  pesel: pesel(`19${60 + Math.floor(serial / 999)}-03-04`, false, 1 + serial % 999) });

/** Many write and read under a fault for a while: what was answered. */
async function under(office, letter, ms, writes) {
  const told = new Map(), acked = [];
  let reads = 0, slowest = 0;
  const until_then = performance.now() + ms;
  office.disk(letter);
  await each(Array(CLIENTS).fill(0), CLIENTS, async (_, i) => {
    while (performance.now() < until_then) {
      const began = performance.now();
      if (i % 4 === 0) { // of what is public, of the record, and with what is sealed
        const path = ['/services/window-cleaning/availability', '/persons?limit=5', `/persons/${1 + i}`][i / 4 % 3];
        const { status } = await office.kipus.get(path);
        assert.equal(status, 200, `${path} under ${letter}: ${status}`);
        reads++;
        office.opened += Number(path.startsWith('/persons/'));
      } else {
        const { status, body, headers } = await office.kipus.post('/persons', person(), {});
        told.set(`${status} ${body.type ?? ''}`, (told.get(`${status} ${body.type ?? ''}`) ?? 0) + 1);
        if (status === 201) acked.push(body);
        else if (!writes) assert.ok(headers['retry-after'] >= 1 && body.title.length > 10, JSON.stringify(body));
      }
      slowest = Math.max(slowest, performance.now() - began);
    }
  });
  office.disk('-');
  return { told: Object.fromEntries(told), acked, reads, slowest };
}

test('a disk that refuses', async (t) => {
  const office = await openOnDisk();
  t.after(() => office.close());
  const before = (await decided(office.kipus, 40, ['window-cleaning'])).length;
  const acked = [];
  for (let round = 0; round < LONG; round++) {
    for (const [letter, [name, [status, type]]] of Object.entries(FAULTS)) {
      const seen = await under(office, letter, 400, false);
      acked.push(...seen.acked);
      assert.deepEqual(Object.keys(seen.told), [`${status} ${type}`], name);
      assert.ok(seen.reads > 10 && seen.slowest < 5000);
      const began = performance.now();
      acked.push(await until(async () => {
        const { status: now, body } = await office.kipus.post('/persons', person(), {});
        return now === 201 && body;
      }, 5000));
      console.log(`# ${name}: ${seen.told[`${status} ${type}`]} writes answered ${status}, ${seen.acked.length} 2xx; ${seen.reads} ` +
        `reads went on; written again ${(performance.now() - began).toFixed(0)} ms after`);
    }
  }
  const half = await under(office, 'h', 300, true);
  assert.deepEqual(Object.keys(half.told), ['201 '], 'half a write is gone on with');
  const slow = await under(office, 'l40', 600, true);
  assert.deepEqual(Object.keys(slow.told), ['201 ']);
  acked.push(...half.acked, ...slow.acked);
  console.log(`# writes in halves: ${half.acked.length} done; 40 ms a sync: ${slow.acked.length} done, ${slow.reads} reads went on`);
  office.acks.push(...acked.map((body, i) => ({ path: '/persons', status: 201, key: i, ...body })));
  assert.equal((await office.nobody.get('/services')).status, 200);
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  await audit(office.place.data);
  const there = assertKept(office);
  const [{ noted }] = sql(office.place.data, 'SELECT count(*) AS noted FROM journal WHERE looked_at IS NOT NULL');
  assert.ok(noted >= office.opened, `${office.opened} readings of people, ${noted} in the journal`);
  console.log(`# ${there} acknowledged of ${serial} tried beside ${before}: lost 0, damaged 0, hung 0; ` +
    `all ${office.opened} readings of people are in the journal`);
});

test('signing in, leaving, the public form and an erasure while the disk refuses', async (t) => {
  const office = await openOnDisk({ roles: ['kipus', 'iod'] });
  t.after(() => office.close());
  const { kipus, iod, nobody } = office;
  const gone = await kipus.make('/persons', person()), session = { login: 'kipus', password: PASSWORD, token: true };
  for (const [letter, [name, [status]]] of Object.entries(FAULTS)) {
    const leaving = await office.signIn('kipus');
    office.disk(letter);
    const answers = [await nobody.post('/session', session, {}), await leaving.ask('DELETE', '/session'),
      await nobody.post('/intakes', { services: ['window-cleaning'], name: 'Jan', reach: '600', content: 'Proszę' }, {}),
      await iod.post(`/persons/${gone}/erase`)];
    office.disk('-');
    assert.deepEqual(answers.map((answer) => answer.status), Array(4).fill(status), name);
    for (const { body } of answers) assert.ok(!('token' in body) && !('code' in body));
    assert.equal((await leaving.get('/session')).status, 200, 'who could not leave is still there');
    assert.equal((await kipus.read(`/persons/${gone}`)).given_name, 'Jan', 'who could not be erased is still there');
    assert.equal((await leaving.ask('DELETE', '/session')).status, 204);
    assert.equal((await leaving.get('/session')).status, 401);
  }
  assert.equal((await iod.post(`/persons/${gone}/erase`)).status, 200);
  assert.deepEqual((await iod.read('/intakes')).items, []);
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  await audit(office.place.data);
});

test('a server that starts on a disk that refuses says so and ends, or serves', async (t) => {
  const office = await openOnDisk({ roles: ['kipus'] });
  t.after(() => office.close());
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  for (const letter of Object.keys(FAULTS)) {
    office.disk(letter);
    const began = performance.now();
    const said = await office.start().then(async () => {
      assert.equal((await office.kipus.get('/persons')).status, 200);
      assert.notEqual((await office.kipus.post('/persons', person(), {})).status, 201);
      assert.deepEqual(await office.stop(), { code: 0, signal: null });
      return 'serves';
    }, ({ message }) => message.replace(/serve ended with [12]: /, '').trim().split('\n').at(-1));
    assert.ok(said === 'serves' || /^Cannot .*koszalin.*: (?!not an error).+\.$/.test(said), said);
    assert.ok(performance.now() - began < 5000);
    console.log(`# ${FAULTS[letter][0]}: ${said.replaceAll(office.place.folder, '')}`);
  }
  office.disk('-');
  await office.start();
  assert.equal((await office.kipus.post('/persons', person(), {})).status, 201);
});

test('a disk that comes and goes while the last units are taken', async (t) => {
  const office = await openOnDisk({ services: { 'race-pool': { pool: 20 } } });
  t.after(() => office.close());
  const people = await decided(office.kipus, 60, ['race-pool']);
  let over = false;
  const weather = (async () => {
    for (let i = 0; !over && i < 60 * LONG; i++) { // then it works, whatever comes
      office.disk(Object.keys(FAULTS)[i % 5]);
      await new Promise((next) => setTimeout(next, 15 + i % 4 * 10));
      office.disk('-');
      await new Promise((next) => setTimeout(next, 1 + i % 4 * 5));
    }
  })();
  for (let round = 0; round < 3 * LONG; round++) {
    const planned = await each(people, 60, ({ decisions }) => office.kipus.patient('/granted',
      { decision: decisions['race-pool'], quantity: 1, begins: day(), ends: yearEnd() }));
    const taken = await each(planned, 60, ({ body }) => office.kipus.patient(`/granted/${body.id}/grant`));
    assert.equal(taken.filter(({ status }) => status === 200).length, 20);
    await each(planned.filter((_, i) => taken[i].status === 200), 60, ({ body }) => office.kipus.patient(`/granted/${body.id}/end`));
  }
  over = true;
  await weather;
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  const kept = assertKept(office, ['granted']);
  await audit(office.place.data, { caps: { 'race-pool': 20 } });
  console.log(`# ${kept} acknowledged writes, ${office.acks.filter(({ tries }) => tries > 1).length} of them after being refused: ` +
    'each there once; of 20 units exactly 20 were granted each time');
});
