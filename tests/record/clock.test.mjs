// The clock of the machine is set a week back and forth while the server works: whoever is signed in stays
// so as long as ever, the journal keeps its order, a day is the day that the clock says.
import assert from 'node:assert/strict';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { client, prolong } from '../office/office.mjs';
import { serve, workspace } from '../support/okienko.mjs';
import { audit, day, decided, each, open, preload, sql, until, yearEnd } from './record.mjs';

const WEEK = 7 * 86400, HOUR = 3600;
let office, kipus, fd;

before(async () => {
  office = await open();
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  const file = join(office.place.folder, 'clock');
  writeFileSync(file, '0'.padEnd(64, '\0'));
  fd = openSync(file, 'r+');
  office.under = ['env', preload('CLOCK'), `OKIENKO_FAULT_CLOCK=${file}`];
  await office.start();
  kipus = office.kipus;
});
after(async () => {
  closeSync(fd);
  await office.close();
});

const set = (seconds) => writeSync(fd, String(seconds).padEnd(16, '\0'), 0);

test('sessions, keys and deadlines while the clock jumps', async () => {
  const jumps = [0, -WEEK, WEEK, 0, 2 * WEEK, -2 * WEEK, HOUR, 0, -WEEK, 0];
  const [first] = await decided(kipus, 1, ['window-cleaning']);
  const days = [];
  for (const [i, jump] of jumps.entries()) {
    set(jump);
    const today = day(jump / 86400);
    for (const who of ['kipus', 'ous', 'director', 'iod', 'admin']) {
      assert.equal((await office[who].get('/session')).status, 200, `${who} after a jump by ${jump} s`);
    }
    const key = `jump-${i}`;
    const made = await kipus.patient('/referrals', { about: 'information', on_day: today }, key);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.equal((await kipus.patient('/referrals', { about: 'information', on_day: today }, key)).body.id, made.body.id);
    const application = await kipus.make('/applications', { person: first.person, applicant_role: 'self',
      services: ['window-cleaning'], received_on: today });
    await kipus.step(`/applications/${application}`, 'submit');
    const { due_on, changed_at } = await kipus.read(`/applications/${application}`);
    const last = day(jump / 86400 + 30);
    assert.ok(due_on >= last && due_on <= day(jump / 86400 + 38), `thirty days from the day that the clock says: ${due_on}`);
    assert.ok(![0, 6].includes(new Date(`${due_on}T12:00:00Z`).getUTCDay()), `${due_on} is a working day`);
    assert.ok(Math.abs(Date.parse(changed_at) - Date.now() - jump * 1000) < 60000, changed_at);
    await kipus.step(`/applications/${application}`, 'withdraw');
    days.push(today);
    const { items } = await kipus.read('/my-day?all=true&days=60');
    assert.ok(items.every(({ on }) => /^\d{4}-\d\d-\d\d$/.test(on)));
  }
  set(0);
  console.log(`# ${jumps.length} jumps by up to two weeks: 5 sessions stayed, keys held, deadlines went by ${new Set(days).size} days`);
});

test('somebody signs in on a wrong clock, which is then put right', async () => {
  for (const jump of [WEEK, -WEEK]) {
    set(jump);
    const again = await office.signIn('kipus');
    set(0);
    assert.equal((await again.get('/session')).status, 200);
    const { expires_at } = sql(office.place.data, 'SELECT expires_at FROM tokens ORDER BY id DESC LIMIT 1')[0];
    assert.ok(expires_at - Date.now() < (WEEK + 2 * 86400) * 1000, 'nobody stays for ever');
  }
});

test('what is taken and owed never goes below nothing', async () => {
  const people = await decided(kipus, 12, ['window-cleaning'], { from: 1 });
  const left = async () => (await office.nobody.read(`/services/window-cleaning/availability?on=${day()}`)).pool.left;
  const whole = await left();
  const granted = await each(people, 6, async ({ decisions }, i) => {
    set([0, WEEK, -WEEK, HOUR][i % 4]);
    const id = await kipus.make('/granted', { decision: decisions['window-cleaning'], quantity: 1, begins: day(), ends: yearEnd() });
    return [id, await kipus.patient(`/granted/${id}/grant`)];
  });
  set(0);
  assert.ok(await left() <= whole);
  await each(granted.filter(([, { status }]) => status === 200), 6, async ([id], i) => {
    set([-WEEK, 0, WEEK][i % 3]);
    const { state } = await kipus.read(`/granted/${id}`);
    if (state === 'granted') await kipus.patient(`/granted/${id}/end`);
  });
  set(0);
  await until(async () => await left() === whole);
});

test('when the years are over somebody may be erased, and not before', async () => {
  const [year, rest] = [Number(day().slice(0, 4)), day().slice(4)];
  const person = await kipus.make('/persons', { given_name: 'Maria', family_name: 'Dawna', document: 'OLD 1' });
  const due = async () => (await office.iod.read('/persons/due?limit=1000')).items.filter((kept) => kept.person === person);
  for (const [years, expected] of [[0, []], [4, []], [6, [{ person, last: day(), until: `${year + 5}${rest}` }]]]) {
    set(years * 366 * 86400);
    assert.deepEqual(await due(), expected, `after ${years} years`);
  }
  set(0);
});

test('the code for the first account is good for a day', async () => {
  const place = workspace();
  prolong(place.plugins);
  const start = async () => {
    const server = await serve({ ...place, under: office.under });
    const [, code] = server.log().match(/koszalin: .*: (\w{16}) \(POST/);
    return { server, ask: () => client(server).post('/first', { code, login: 'first', name: 'Anna', password: 'correct horse battery' }) };
  };
  const late = await start();
  set(25 * HOUR);
  assert.equal((await late.ask()).status, 403);
  await late.server.stop();
  const again = await start();
  set(48 * HOUR);
  assert.deepEqual([(await again.ask()).status, (await again.ask()).status], [201, 403]);
  await again.server.stop();
  place.remove();
  set(0);
});

test('a start on a wrong clock', async () => {
  for (const jump of [-WEEK, WEEK, 0]) {
    assert.deepEqual(await office.stop(), { code: 0, signal: null });
    set(jump);
    await office.start();
    const { status } = await kipus.get('/session');
    // Forward beyond its end a session is over; back it goes on, though never for longer than ever.
    if (jump <= 0) assert.equal(status, 200, `after a start ${jump} s off`);
    else assert.ok([200, 401].includes(status));
    assert.equal((await office.nobody.get('/services')).status, 200);
  }
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  await audit(office.place.data);
  const [{ back, entries }] = sql(office.place.data, `SELECT sum(at < before) AS back, count(*) AS entries
    FROM (SELECT at, lag(at, 1, at) OVER (ORDER BY number) AS before FROM journal)`);
  assert.ok(back > 5, 'the journal tells the time as the clock did');
  assert.deepEqual(sql(office.place.data, 'SELECT * FROM pools WHERE taken < 0 OR over < 0'), []);
  console.log(`# ${entries} entries of the journal in one chain, ${back} of them with an earlier time than the one before`);
});
