// How many wait is told to everybody at once, with what is left: from whoever comes into the queue to
// whoever leaves it, and again by a server that was started anew.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../support/okienko.mjs';
import { PASSWORD, client, day, open, pesel, register } from './office.mjs';

const SERVICE = 'equipment-loan';
const ORDER = { loan_items: 1, loan_months: 1, overdue_return: false };

let office, kipus, ous, director, first, second;

before(async () => {
  office = await open();
  [kipus, ous, director] = [await office.hire('kipus'), await office.hire('ous'), await office.hire('director')];
  [first, second] = [await decided(1), await decided(2)];
});
after(async () => { assert.deepEqual(await office.close(), { code: 0, signal: null }); });

/** A server that was started anew on the same record. */
async function restart() {
  assert.deepEqual(await office.server.stop(), { code: 0, signal: null });
  office.server = await serve(office.place);
  office.nobody = client(office.server);
  office.close = async () => { const ended = await office.server.stop(); office.place.remove(); return ended; };
}

async function signIn(login) {
  const { status, body } = await office.nobody.post('/session', { login, password: PASSWORD, token: true });
  assert.equal(status, 201, JSON.stringify(body));
  return client(office.server, body.token);
}

/** Somebody to whom the service is due. */
async function decided(serial) {
  const person = await register(kipus, { pesel: pesel('1941-05-17', true, serial) });
  const application = await kipus.make('/applications', { person, applicant_role: 'self', channel: 'office',
    services: [SERVICE], need: 'Łóżko', received_on: day() });
  await kipus.step(`/applications/${application}`, 'submit');
  await kipus.step(`/applications/${application}`, 'assess');
  const decision = await kipus.make('/decisions', { application, service: SERVICE, order_facts: ORDER });
  assert.equal((await kipus.read(`/decisions/${decision}`)).outcome, 'yes');
  return { person, application, decision };
}

const queue = ({ decision }) => kipus.make('/waiting', { decision, quantity: 1 });

/** What everybody is told: in the list of what is left, of the service and beside its description. */
async function told(nobody = office.nobody) {
  const one = await nobody.read(`/services/${SERVICE}/availability`);
  const all = (await nobody.read('/availability')).services.find(({ service }) => service === SERVICE);
  const { earliest } = await nobody.read(`/services/${SERVICE}`);
  assert.deepEqual([all.waiting, all.available, all.earliest], [one.waiting, one.available, one.earliest]);
  assert.equal(earliest, one.earliest);
  return [one.waiting, one.available, one.earliest !== null];
}

const FREE = [0, true, true];
const queued = (count) => [count, false, false];

test('who comes into the queue and who leaves it is counted at once', async () => {
  assert.deepEqual(await told(), FREE);
  const one = await queue(first);
  assert.deepEqual(await told(), queued(1));
  const two = await queue(second);
  assert.deepEqual(await told(), queued(2));
  assert.equal((await kipus.post('/waiting', { decision: second.decision, quantity: 1 })).status, 409);
  assert.deepEqual(await told(), queued(2), 'what was refused is not counted');
  await kipus.step(`/waiting/${one}`, 'withdraw');
  assert.deepEqual(await told(), queued(1));
  await kipus.step(`/waiting/${two}`, 'withdraw');
  assert.deepEqual(await told(), FREE);
  const { available } = (await office.nobody.read('/services/window-cleaning/availability'));
  assert.ok(available, 'the other services have a queue of their own');
});

test('a server that is started anew knows who waits', async () => {
  const waiting = await queue(first);
  assert.deepEqual(await told(), queued(1));
  await restart();
  assert.deepEqual(await told(), queued(1));
  [kipus, ous, director] = [await signIn('kipus'), await signIn('ous'), await signIn('director')];
  await kipus.step(`/waiting/${waiting}`, 'withdraw');
  assert.deepEqual(await told(), FREE);
});

test('whoever has an offer is counted until it is taken', async () => {
  const waiting = await queue(first);
  await ous.make('/items', { service: SERVICE, name: 'Łóżko' });
  await ous.step(`/waiting/${waiting}`, 'offer');
  assert.deepEqual(await told(), queued(1));
  const diagnosis = await kipus.make('/diagnoses', { person: first.person, application: first.application,
    made_on: day(), needs: 'Łóżko' });
  await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
  await kipus.step(`/applications/${first.application}`, 'qualify');
  const plan = await kipus.make('/plans', { application: first.application, diagnosis, begins: day(), ends: day(60),
    effects: 'Sen' });
  await kipus.make('/granted', { plan, decision: first.decision, quantity: 1, begins: day(), ends: day(60), waiting });
  for (const [who, step] of [[kipus, 'agree'], [kipus, 'sign'], [director, 'approve']]) {
    await who.step(`/plans/${plan}`, step);
  }
  assert.deepEqual(await told(), queued(1));
  await kipus.step(`/plans/${plan}`, 'activate');
  assert.equal((await kipus.read(`/waiting/${waiting}`)).state, 'accepted');
  assert.deepEqual(await told(), FREE);
});

test('where the record does not open nobody knows how many wait', async () => {
  await office.server.stop();
  writeFileSync(join(office.place.data, 'koszalin/record.db'), 'not a record'.repeat(1000));
  office.server = await serve(office.place);
  const one = await client(office.server).read(`/services/${SERVICE}/availability`);
  assert.deepEqual([one.waiting, one.available], [null, false]);
});
