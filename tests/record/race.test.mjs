// Many clients after the last units, seats, things and visits: so many get them as there are, the others
// are told why; the same while the server is killed and its clients ask again with their keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LONG, assertKept, audit, day, decided, each, open, random, yearEnd } from './record.mjs';

const CLIENTS = 200, UNITS = 50;
const SERVICES = {
  'race-pool': { pool: UNITS },
  'race-queue': { pool: 20 },
  'race-seats': { limits: '{ seats = 12, least = 2 }' },
  'race-items': { limits: '{ loan = "3 months", extensions = 1 }, { items = 1 }' },
  'race-visits': { limits: '{ visits = 2, per = "month", whose = "person" }' },
  'race-year': { limits: '{ visits = 3, per = "year", whose = "person" }' },
  'race-units': { limits: '{ units = 6, per = "year", whose = "person" }' },
  'race-gap': { limits: '{ gap = "2 months" }' },
  'race-household': { limits: '{ visits = 3, per = "year", whose = "household" }' },
};
const CAPS = Object.fromEntries(Object.entries(SERVICES).map(([id, { pool = 1000 }]) => [id, pool]));
const seed = Number(process.env.OKIENKO_SEED ?? Date.now() % 1e9);
const draw = random(seed);

let office, kipus, people, some, provider, open_on;

before(async () => {
  office = await open({ services: SERVICES });
  kipus = office.kipus;
  const household = await kipus.make('/households', {});
  people = await decided(kipus, CLIENTS, ['race-pool']);
  some = await decided(kipus, 60, Object.keys(SERVICES).slice(1), { from: CLIENTS, household });
  provider = await office.ous.make('/providers', { name: 'Spółdzielnia', type: 'social-enterprise', since: day() });
  open_on = (await office.nobody.read('/services/race-seats/availability')).earliest;
});
after(async () => {
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  const kept = assertKept(office, ['granted', 'orders', 'waiting']);
  await audit(office.place.data, { caps: CAPS });
  console.log(`# seed ${seed}: ${kept} acknowledged writes, all of them in the file whole and once; the chain of the journal holds`);
  await office.close();
});

/** All at once: how many were let in, and the problem of every other. */
async function race(runners, run, wins, problem, numbers) {
  const began = performance.now();
  const answers = await each(runners, CLIENTS, run);
  const won = answers.filter(({ status }) => status < 300), lost = answers.filter(({ status }) => status >= 300);
  for (const { status, body } of lost) {
    assert.equal(status, 409, JSON.stringify(body));
    assert.equal(body.type, `urn:okienko:problem:${problem}`, body.title);
    if (numbers) assert.match(body.title, numbers);
  }
  assert.equal(won.length, wins, lost[0]?.body.title);
  console.log(`# ${runners.length} after ${wins}: ${won.length} let in, ${lost.length} ${problem}, ${(performance.now() - began).toFixed(0)} ms`);
  return answers;
}

async function plan(decision, quantity, more = {}) {
  const { status, body } = await kipus.patient('/granted', { decision, quantity, begins: day(), ends: yearEnd(), provider, ...more });
  assert.equal(status, 201, JSON.stringify(body));
  return body.id;
}

const take = (granted) => kipus.patient(`/granted/${granted}/grant`);

/** Services granted for an order each; they may end next year, as their pools are large. */
async function grant(decision, quantity) {
  const granted = await plan(decision, quantity, { ends: day(60) });
  const { status, body } = await take(granted);
  assert.equal(status, 200, JSON.stringify(body));
  return granted;
}

const order = (granted, more = {}) => kipus.patient('/orders', { granted, provider, planned_on: open_on, quantity: 1,
  order_facts: { windows: 1, windows_unsafe: false }, ...more });

const LEFT = /zostało 0, potrzeba 1/;

test(`the last ${UNITS} units of a pool`, async () => {
  const planned = await each(people, 64, ({ decisions }) => plan(decisions['race-pool'], 1));
  const answers = await race(planned, take, UNITS, 'pool-used-up', LEFT);
  const { pool } = await office.nobody.read('/services/race-pool/availability');
  assert.equal(pool.left, 0);
  await each(planned.filter((_, i) => answers[i].status === 200), 64, (id) => kipus.patient(`/granted/${id}/end`));
  assert.equal((await office.nobody.read('/services/race-pool/availability')).pool.left, UNITS);
});

test('the last seats of a group', async () => {
  const granted = await each(some.slice(0, 40), 32, ({ decisions }) => grant(decisions['race-seats'], 1));
  const in_group = await office.ous.make('/groups', { service: 'race-seats', name: 'Grupa', seats: 12, begins: day() });
  await race(granted, (id) => order(id, { in_group }), 12, 'group-full', /12/);
});

test('the last things that are lent', async () => {
  const granted = await each(some.slice(0, 40), 32, ({ decisions }) => grant(decisions['race-items'], 1));
  for (let i = 0; i < 8; i++) await office.ous.make('/items', { service: 'race-items', name: `Łóżko ${i}` });
  await race(granted, (id) => order(id), 8, 'nothing-to-lend');
});

test("a person's visits in a month and in a year, gap and units", async () => {
  const limits = [['race-visits', 2, 'limit-reached', /zostało 0/], ['race-year', 3, 'limit-reached', /zostało 0/],
    ['race-gap', 1, 'too-soon-again', /\d{4}-\d\d-\d\d/]];
  for (const [i, [service, wins, problem, numbers]] of limits.entries()) {
    const granted = await each([0, 1, 2, 3, 4], 8, () => grant(some[i].decisions[service], 6));
    await race(Array.from({ length: 30 }, (_, at) => granted[at % 5]), (id) => order(id), wins, problem, numbers);
  }
  const planned = await each(Array(30).fill(some[4].decisions['race-units']), 8, (decision) => plan(decision, 1));
  await race(planned, take, 6, 'limit-reached', /zostało 0/);
});

test("a household's visits", async () => {
  const granted = await each(some.slice(0, 10), 32, ({ decisions }) => grant(decisions['race-household'], 3));
  await race([...granted, ...granted, ...granted], (id) => order(id), 3, 'limit-reached', /zostało 0/);
});

test('what is given back is offered in turn, and every offer is taken up once', async () => {
  const service = 'race-queue';
  const held = await each(some.slice(0, 20), 32, ({ decisions }) => plan(decisions[service], 1));
  await race(held, take, 20, 'pool-used-up');
  const waiting = [];
  for (const { decisions } of some.slice(20, 50)) {
    const { status, body } = await kipus.patient('/waiting', { decision: decisions[service], quantity: 1 });
    assert.equal(status, 201, JSON.stringify(body));
    waiting.push(body.id);
  }
  const others = await each(some.slice(50), 16, ({ decisions }) => plan(decisions[service], 1));
  const jumps = race(others, take, 0, 'others-wait', /30|2\d|1\d/);
  await Promise.all([jumps, each(held, 20, (id) => kipus.patient(`/granted/${id}/end`))]);
  const { items } = await kipus.read(`/waiting?service=${service}&state=offered&limit=100`);
  assert.deepEqual(items.map(({ id }) => id).sort((a, b) => a - b), waiting.slice(0, 20));
  const taken = await each(some.slice(20, 40), 20, async ({ decisions }, i) => {
    const twice = await Promise.all([0, 1].map(() => plan(decisions[service], 1, { waiting: waiting[i] })));
    return Promise.all(twice.map(take));
  });
  for (const [one, other] of taken) assert.deepEqual([one.status, other.status].sort(), [200, 409]);
  assert.deepEqual((await kipus.read(`/waiting?service=${service}&state=offered`)).items, []);
  console.log('# 20 given back: offered to the first 20 of 30, each offer taken up once by two who tried');
});

test(`the last ${UNITS} units while the server is killed`, async () => {
  let kills = 0;
  const before_it = office.acks.length, broken = office.broken;
  for (let round = 0; round < 2 * LONG; round++) {
    const began = performance.now();
    const { made: [granted, answers], restarts } = await office.tormented(5, () => 1 + draw() * 20, async () => {
      const planned = await each(people, CLIENTS, ({ decisions }) => plan(decisions['race-pool'], 1));
      return [planned, await race(planned, take, UNITS, 'pool-used-up', LEFT)];
    });
    kills += restarts;
    assert.equal((await office.nobody.read('/services/race-pool/availability')).pool.left, 0);
    const { restarts: more } = await office.tormented(3, () => 1 + draw() * 8, () =>
      each(granted.filter((_, i) => answers[i].status === 200), CLIENTS, (id) => kipus.patient(`/granted/${id}/end`)));
    kills += more;
    assert.equal((await office.nobody.read('/services/race-pool/availability')).pool.left, UNITS);
    console.log(`# round ${round + 1}: ${restarts + more} kills, ${(performance.now() - began).toFixed(0)} ms`);
  }
  assert.ok(kills > 0);
  const again = office.acks.slice(before_it).filter(({ tries }) => tries > 1).length;
  const slowest = Math.max(...office.ready);
  assert.ok(slowest < 5000, `ready after ${slowest} ms`);
  console.log(`# ${kills} kills, ${office.broken - broken} requests cut off, ${again} writes acknowledged when asked again; ` +
    `ready again after at most ${slowest.toFixed(0)} ms`);
});
