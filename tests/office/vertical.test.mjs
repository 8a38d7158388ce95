// From an application to a paid charge, each by whoever does it in an office.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, fits } from '../api/schema.mjs';
import { apply, day, open, pesel, register, weekday } from './office.mjs';

let office, waits, kipus, ous, director, provider, person, application, decision, granted, order, providerRow;

before(async () => {
  office = await open();
  [kipus, ous, director] = [await office.hire('kipus'), await office.hire('ous'), await office.hire('director')];
  person = await register(kipus);
  application = await apply(kipus, person);
});
after(async () => { assert.deepEqual(await office.close(), { code: 0, signal: null }); });

test('a decision without the facts asks for them, with them it has the fee of the quote', async () => {
  const bare = await kipus.make('/persons', { given_name: 'Jan', family_name: 'Nowy', pesel: pesel('1950-01-02', false, 7) });
  waits = await apply(kipus, bare);
  const missing = await kipus.post('/decisions', { application: waits, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  assert.equal(missing.status, 409);
  assert.equal(missing.body.type, 'urn:okienko:problem:facts-missing');
  assert.ok(missing.body.missing.some(({ id, question }) => id === 'commune' && question));

  decision = await kipus.make('/decisions', { application, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  const row = await kipus.read(`/decisions/${decision}`);
  assert.equal(row.outcome, 'yes');
  assert.equal(row.fee.grosze, 2000);
  assert.equal(row.facts.facts.commune, '3261011');
  assert.ok(row.trace.checks.some(({ decisive }) => decisive));

  const wrong = await kipus.post('/decisions', { application, service: 'window-cleaning', order_facts: { windows: 'cztery' } });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.body.errors[0].field, '/order/windows');
});

test('a plan goes to the director and grants its rows', async () => {
  const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: 'Czyste okna' });
  await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
  await kipus.step(`/applications/${application}`, 'qualify');
  const plan = await kipus.make('/plans', { application, diagnosis, begins: day(), ends: day(300), effects: 'Samodzielność' });
  providerRow = await ous.make('/providers', { name: 'Spółdzielnia', type: 'social-enterprise', since: day() });
  await ous.make('/offers', { provider: providerRow, service: 'window-cleaning', begins: day() });
  const left = async () => (await office.nobody.read(`/services/window-cleaning/availability?on=${day()}`)).pool.left;
  const whole = await left();
  granted = await kipus.make('/granted', { plan, decision, quantity: 20, begins: day(), ends: day(300), provider: providerRow,
    scope: 'Cztery okna od ulicy' });
  await kipus.step(`/plans/${plan}`, 'agree');
  await kipus.step(`/plans/${plan}`, 'sign');
  assert.equal((await kipus.post(`/plans/${plan}/approve`, {}, { 'If-Match': '*' })).status, 403);
  await director.step(`/plans/${plan}`, 'approve');
  await kipus.step(`/plans/${plan}`, 'activate');
  assert.equal((await kipus.read(`/granted/${granted}`)).state, 'granted');
  assert.ok(await left() < whole, 'what is left is told at once');
  const { items } = await office.nobody.read('/changes');
  assert.ok(items.some(({ what, service, taken }) => what === 'availability' && service === 'window-cleaning' && taken > 0));
});

test('a provider sees its own orders, with what it needs and no more', async () => {
  provider = await office.hire('provider', { provider: providerRow });
  order = await kipus.make('/orders', { granted, provider: providerRow, planned_on: weekday(), quantity: 4,
    order_facts: { windows: 4, windows_unsafe: false } });
  const seen = await provider.read(`/orders/${order}`);
  assert.deepEqual(seen.recipient, { name: 'Maria Próbna', phone: '600 100 200', address: 'ul. Testowa 1/2' });
  assert.equal(seen.agreed.scope, 'Cztery okna od ulicy');
  assert.equal(seen.service, 'window-cleaning');
  for (const name of ['person', 'household', 'granted', 'provider']) assert.ok(!(name in seen), name);
  assert.ok(!JSON.stringify(seen).includes(pesel('1941-05-17')));

  const other = await ous.make('/providers', { name: 'Inna', type: 'social-enterprise', since: day() });
  const stranger = await office.hire('provider', { provider: other }, 'stranger');
  assert.equal((await stranger.get(`/orders/${order}`)).status, 404);
  assert.deepEqual((await stranger.read('/orders')).items, []);
  assert.equal((await stranger.post(`/orders/${order}/accept`, {}, { 'If-Match': '*' })).status, 404);
  assert.equal((await provider.get(`/persons/${person}`)).status, 403);
});

test('the order is done, confirmed, settled and paid', async () => {
  await provider.step(`/orders/${order}`, 'accept');
  await provider.step(`/orders/${order}`, 'finish', { delivered: 4 });
  await kipus.step(`/orders/${order}`, 'confirm');
  await ous.step(`/orders/${order}`, 'settle');
  const { items: [charge] } = await ous.read(`/charges?ordered=${order}`);
  assert.equal(charge.fee.grosze, 2000);
  await ous.make('/payments', { charge: charge.id, on_day: day(), amount: '20.00', method: 'cash' });
  assert.equal((await ous.read(`/charges/${charge.id}`)).state, 'paid');
});

test('lists narrow, page and turn round', async () => {
  for (let i = 0; i < 5; i++) {
    await kipus.make('/referrals', { about: i % 2 ? 'information' : 'referral', on_day: day(), passed_to: 'Poradnia' });
  }
  const first = await kipus.read('/referrals?limit=2');
  assert.equal(first.items.length, 2);
  const second = await kipus.read(`/referrals?limit=2&after=${first.next}`);
  assert.deepEqual([...first.items, ...second.items].map(({ id }) => id), [1, 2, 3, 4]);
  assert.equal((await kipus.read('/referrals?newest=true&limit=1')).items[0].id, 5);
  const due = async (query) => (await kipus.read(`/applications?state=in_assessment&${query}`)).items.map(({ id }) => id);
  assert.deepEqual(await due(`due_on_from=${day(1)}&due_on_to=${day(60)}`), [waits]);
  assert.deepEqual(await due(`due_on_to=${day(-1)}`), []);
  const sealed = await kipus.read('/applications');
  assert.ok(!('need' in sealed.items[0]));
  assert.equal((await kipus.read('/applications?open=true')).items[0].need, 'Okna');
  const wrong = await kipus.get('/applications?stat=draft&person=x&state=none');
  assert.equal(wrong.status, 400);
  assert.deepEqual(wrong.body.errors.map(({ field }) => field).sort(), ['person', 'stat', 'state']);
  assert.equal(wrong.body.errors.find(({ field }) => field === 'stat').nearest, 'state');
});

test('a person is found, told all that is held, erased; every reading is in the journal', async () => {
  const iod = await office.hire('iod');
  for (const asked of [{ pesel: pesel('1941-05-17') }, { name: 'proB mar' }, { name: 'Próbna'.normalize('NFD') }, { name: '  PRÓBNA ' }]) {
    const found = await kipus.post('/persons/find', asked);
    assert.deepEqual(found.body.items.map(({ id }) => id), [person], JSON.stringify(asked));
  }
  assert.deepEqual((await kipus.post('/persons/find', { name: 'Nikt' })).body.items, []);
  assert.equal((await kipus.post('/persons/find', { name: 'a', pesel: 'b' })).status, 422);
  const held = await iod.read(`/persons/${person}/export`);
  assert.equal(held.person.family_name, 'Próbna');
  assert.equal(held.statements.length, 6);
  assert.equal(held.decisions[0].trace.outcome, 'yes');
  assert.ok(held.journal.some(({ read }) => read === 'person.find'));
  assert.ok(held.journal.some(({ step }) => step === 'make'));

  const other = await register(kipus, { family_name: 'Zapomniana', pesel: pesel('1939-03-04', true, 9) });
  await iod.step(`/persons/${other}`, 'erase');
  const gone = await iod.read(`/persons/${other}`);
  assert.equal(gone.state, 'erased');
  assert.ok(!JSON.stringify(gone).includes('Zapomniana'));
  assert.deepEqual((await kipus.post('/persons/find', { name: 'Zapomniana' })).body.items, []);
  const { items } = await iod.read(`/journal?person=${person}&limit=1000`);
  assert.ok(items.filter(({ read }) => read).length >= 3);
});

test('what is confidential is read on the case alone', async () => {
  const second = await office.hire('kipus', {}, 'kipus2');
  const note = await kipus.make('/notes', { person, about: 'health', on_day: day(), content: 'Tylko dla prowadzących' });
  assert.equal((await kipus.read(`/notes/${note}`)).content, 'Tylko dla prowadzących');
  assert.equal((await second.get(`/notes/${note}`)).status, 404);
  assert.equal((await second.read('/notes')).items.length, 0);
  const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: 'x', health: 'Serce' });
  assert.equal((await kipus.read(`/diagnoses/${diagnosis}`)).health, 'Serce');
  const seen = await second.read(`/diagnoses/${diagnosis}`);
  assert.equal(seen.health, null);
  assert.deepEqual(seen.confidential, ['health']);
});

test('the day has what is due', async () => {
  const { items } = await director.read('/my-day?all=true&days=60');
  assert.ok(items.length > 0);
  assert.ok(items.every(({ what, on }) => what && /^\d{4}-/.test(on)));
  assert.equal((await kipus.get('/my-day?days=10000')).status, 400);
});

test('rows are as the description says they are', async () => {
  const document = await office.server.json('/openapi.json');
  let count = 0;
  for (const [kind, path] of Object.entries({ person: 'persons', statement: 'statements', application: 'applications',
    decision: 'decisions', diagnosis: 'diagnoses', plan: 'plans', granted: 'granted', order: 'orders', charge: 'charges',
    payment: 'payments', provider: 'providers', offer: 'offers', assignment: 'assignments', account: 'accounts' })) {
    for (const { id } of (await ous.read(`/${path}`)).items) {
      fits(document, document.components.schemas[`Record.${kind}`], await ous.read(`/${path}/${id}`), `${path}/${id}`);
      count++;
    }
  }
  const order_schema = document.paths['/v1/{programme}/orders'].post.requestBody.content['application/json'].schema;
  fits(document, order_schema, { granted, planned_on: weekday(), quantity: 4 }, 'an order');
  assert.ok(faults(document, order_schema, { granted, quantity: 'x', state: 'done' }).length >= 3);
  console.log(`proved: ${count} rows fit their schemas`);
});
