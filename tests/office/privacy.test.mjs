// What somebody curious, a provider, a program and the public can learn who should not; and what the
// officer for data protection has to be able to do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apply, day, open, pesel, register, weekday } from './office.mjs';

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

/** A service granted to the person, delivered by `provider`. */
async function grant(provider) {
  const director = await office.hire('director');
  const decision = await kipus.make('/decisions', { application, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: 'x' });
  await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
  await kipus.step(`/applications/${application}`, 'qualify');
  const plan = await kipus.make('/plans', { application, diagnosis, begins: day(), ends: day(300), effects: 'x' });
  const granted = await kipus.make('/granted', { plan, decision, quantity: 20, begins: day(), ends: day(300), provider, scope: 'Okna' });
  for (const step of ['agree', 'sign']) await kipus.step(`/plans/${plan}`, step);
  await director.step(`/plans/${plan}`, 'approve');
  await kipus.step(`/plans/${plan}`, 'activate');
  return granted;
}

test('a provider learns what an order needs, while it needs it, and nothing of others', async () => {
  const ous = await office.hire('ous');
  const [mine, theirs] = await Promise.all(['Nasza', 'Inna'].map((name) => ous.make('/providers',
    { name, type: 'social-enterprise', since: day() })));
  await ous.make('/offers', { provider: mine, service: 'window-cleaning', begins: day() });
  const granted = await grant(mine), facts = { windows: 4, windows_unsafe: false };
  const ordered = (more) => kipus.post('/orders', { granted, planned_on: weekday(), quantity: 4, order_facts: facts, ...more });
  for (const order_facts of [{ pesel: pesel('1941-05-17') }, { commune: '3261011' }, { windows: 'Maria Próbna' }, ['x'], 'x']) {
    assert.equal((await ordered({ order_facts })).status, 422, JSON.stringify(order_facts));
  }
  const { body: { id: order } } = await ordered({ instructions: 'Kod do bramy 1234' });
  const card = await kipus.make('/cards', { granted });
  const us = await office.hire('provider', { provider: mine }, 'us'), them = await office.hire('provider', { provider: theirs }, 'them');

  const common = ['id', 'version', 'made_at', 'changed_at', 'state', 'steps'];
  const told = (row) => Object.keys(row).filter((name) => !common.includes(name)).sort();
  const seen = await us.read(`/orders/${order}`);
  assert.deepEqual(told(seen), ['accepted_on', 'agreed', 'answer_by', 'confirmed_on', 'delivered', 'done_on', 'in_group',
    'instructions', 'item', 'lent_until', 'no_show', 'order_facts', 'planned_on', 'quantity', 'reason', 'recipient', 'service']);
  assert.deepEqual([told(seen.recipient), told(seen.agreed)], [['address', 'name', 'phone'], ['place', 'schedule', 'scope']]);
  assert.deepEqual(told(await us.read(`/cards/${card}`)), ['ends', 'issued_on', 'number']);
  const noted = (await reads('order')).filter(({ account }) => account === us.account);
  assert.deepEqual(noted.map(({ kind, id }) => `${kind} ${id}`), [`person ${person}`]);
  await us.read('/orders?open=true');
  assert.equal((await reads('order')).filter(({ account }) => account === us.account).length, 2);

  for (const filter of [`person=${person}`, 'household=1', `granted=${granted}`, `provider=${theirs}`, 'counts=true']) {
    assert.equal((await us.get(`/orders?${filter}`)).status, 400, filter);
  }
  assert.equal((await us.get(`/cards?person=${person}`)).status, 400);
  for (const kind of ['orders', 'cards', 'deliveries', 'offers', 'agreements', 'groups', 'providers']) {
    const { items } = await them.read(`/${kind}`);
    assert.deepEqual(items.map(({ id }) => id), kind === 'providers' ? [theirs] : [], kind);
  }
  // What is another's and what is not there are answered alike, whatever the version and the state.
  const alike = async (method, target, body, match) => {
    const [one, none] = await Promise.all([order, 4242].map((id) => them.ask(method, target.replace('#', id),
      body && JSON.parse(JSON.stringify(body).replace('"#"', id)), match && { 'If-Match': match.replace('#', id) })));
    assert.ok([404, 422].includes(one.status), `${target}: ${one.status}`);
    assert.deepEqual([one.status, one.body, one.etag], [none.status, none.body, none.etag], `${method} ${target}`);
  };
  for (const state of ['issued', 'accepted']) {
    await alike('GET', '/orders/#');
    for (const match of ['*', '"order-#-1"', '"order-#-77"']) {
      for (const step of ['accept', 'finish']) await alike('POST', `/orders/#/${step}`, {}, match);
      await alike('POST', '/orders/#/refuse', { reason: 'x' }, match);
    }
    for (const units of [1, 4000]) await alike('POST', '/deliveries', { ordered: '#', on_day: day(), units });
    if (state === 'issued') await us.step(`/orders/${order}`, 'accept');
  }
  await kipus.step(`/orders/${order}`, 'cancel', { reason: 'Pani jest w szpitalu' });
  const over = await us.read(`/orders/${order}`);
  assert.deepEqual([over.recipient, over.agreed, over.instructions, over.reason, over.order_facts], [null, null, null, null, null]);
  assert.equal((await kipus.read(`/orders/${order}`)).reason, 'Pani jest w szpitalu');
});
