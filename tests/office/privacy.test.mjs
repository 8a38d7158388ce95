// What somebody curious, a provider, a program and the public can learn who should not; and what the
// officer for data protection has to be able to do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apply, day, open, pesel, register } from './office.mjs';

let office, kipus, iod, person, application;

before(async () => {
  office = await open();
  [kipus, iod] = [await office.hire('kipus'), await office.hire('iod')];
  person = await register(kipus);
  application = await apply(kipus, person);
});
after(async () => { assert.deepEqual(await office.close(), { code: 0, signal: null }); });

const reads = async (what) => (await iod.read('/journal?limit=1000')).items.filter(({ read }) => read === what);

test('a form is told and erased with the person whose application it became', async () => {
  const other = await kipus.make('/persons', { given_name: 'Zofia', family_name: 'Tajna', pesel: pesel('1939-03-04', true, 9) });
  const { body: { code } } = await office.nobody.post('/intakes', { name: 'Zofia Tajna', reach: '777 000 111', content: 'Pilne' });
  await kipus.read('/intakes/1');
  assert.deepEqual((await reads('intake')).map(({ kind, id }) => `${kind} ${id}`), ['intake 1']);
  const asked = await kipus.make('/applications', { person: other, applicant_role: 'self', received_on: day() });
  await kipus.step('/intakes/1', 'take', { application: asked });
  assert.equal((await kipus.read('/intakes?open=true')).items[0].name, 'Zofia Tajna');
  assert.deepEqual((await reads('intake')).at(-1).kind, 'person');
  const held = await iod.read(`/persons/${other}/export`);
  assert.deepEqual(held.intakes.map(({ name, reach, content }) => [name, reach, content]), [['Zofia Tajna', '777 000 111', 'Pilne']]);
  assert.ok(held.journal.some(({ of, step }) => of === 'intake' && step === 'take'));
  await kipus.step(`/applications/${asked}`, 'withdraw');
  await iod.step(`/persons/${other}`, 'erase');
  const gone = await kipus.read('/intakes/1');
  assert.deepEqual([gone.name, gone.reach, gone.content, gone.code], [null, null, null, null]);
  assert.equal((await office.nobody.get(`/intakes/status/${code.toLowerCase()}`)).status, 404);
  const late = await kipus.make('/applications', { person, applicant_role: 'self', received_on: day() });
  await office.nobody.post('/intakes', { name: 'x', reach: 'x' });
  assert.equal((await kipus.post('/intakes/2/take', { application: asked }, { 'If-Match': '*' })).status, 422);
  await kipus.step('/intakes/2', 'take', { application: late });
});
