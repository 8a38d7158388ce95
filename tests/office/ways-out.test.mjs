// What was done otherwise than the record says is put right by a step, over HTTP: each step stands among
// the row's steps before it is taken, and what is not among them is refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apply, day, open, pesel, register, weekday } from './office.mjs';

let office, kipus, ous, director, provider, person, application, decision, granted, plan;
const taken = new Set();

before(async () => {
  office = await open();
  [kipus, ous, director] = [await office.hire('kipus'), await office.hire('ous'), await office.hire('director')];
});
after(async () => { assert.deepEqual(await office.close(), { code: 0, signal: null }); });

const state = async (path) => (await ous.read(path)).state;

/** A step that has to be among the row's steps; gives what is answered. */
async function take(who, path, step, body = {}) {
  const row = await who.read(path);
  assert.ok(row.steps.includes(step), `${path}: ${step} is not among ${row.steps}`);
  taken.add(`${path.split('/')[1]}.${step}`);
  return who.step(path, step, body);
}

/** A step that has to be missing there, and is refused. */
async function cannot(who, path, step, body, type) {
  const { body: row, etag } = await who.get(path);
  assert.ok(!row.steps.includes(step), `${path}: ${step} is among ${row.steps}`);
  const answer = await who.post(`${path}/${step}`, body, { 'If-Match': etag });
  assert.equal(answer.status, 409, JSON.stringify(answer.body));
  if (type) assert.equal(answer.body.type, `urn:okienko:problem:${type}`);
}

test('an approved plan is opened again; its deadline is kept until it is approved', async () => {
  person = await register(kipus);
  application = await apply(kipus, person);
  const { due_on } = await kipus.read(`/applications/${application}`);
  decision = await kipus.make('/decisions', { application, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: 'Czyste okna' });
  await take(kipus, `/diagnoses/${diagnosis}`, 'sign');
  await take(kipus, `/applications/${application}`, 'qualify');
  plan = await kipus.make('/plans', { application, diagnosis, begins: day(), ends: day(300), effects: 'Samodzielność' });
  await cannot(kipus, `/plans/${plan}`, 'agree', {}, 'plan-empty');
  provider = await ous.make('/providers', { name: 'Spółdzielnia', type: 'social-enterprise', since: day() });
  granted = await kipus.make('/granted', { plan, decision, quantity: 20, begins: day(), ends: day(300), provider });
  await take(kipus, `/plans/${plan}`, 'agree');
  await take(kipus, `/plans/${plan}`, 'sign');
  assert.ok(!(await kipus.read(`/plans/${plan}`)).steps.includes('approve'), 'whoever draws a plan up does not approve it');
  const waiting = (await director.read('/my-day')).items.filter(({ what }) => what === 'approval');
  assert.deepEqual(waiting.map(({ id, waits }) => [id, waits]), [[plan, true]]);
  await take(director, `/plans/${plan}`, 'approve');
  assert.equal((await kipus.read(`/applications/${application}`)).met_on, day());
  await take(kipus, `/plans/${plan}`, 'reopen');
  const open = await kipus.read(`/applications/${application}`);
  assert.equal(open.met_on, null);
  assert.equal(open.due_on, due_on);
  for (const [who, step] of [[kipus, 'agree'], [kipus, 'sign'], [director, 'approve'], [kipus, 'activate']]) {
    await take(who, `/plans/${plan}`, step);
  }
});

const ordered = async () => {
  const order = await kipus.make('/orders', { granted, planned_on: weekday(), quantity: 4,
    order_facts: { windows: 4, windows_unsafe: false } });
  await take(kipus, `/orders/${order}`, 'accept');
  return order;
};

// A window is 25 zł, of which a fifth is paid.
const charge = async (order) => (await ous.read(`/charges?ordered=${order}`)).items[0];

test('units are put right before settling and after it, and the money follows', async (t) => {
  if (weekday() !== day()) return t.skip('nothing is delivered today');
  const order = await ordered();
  const firm = await office.hire('provider', { provider });
  assert.deepEqual((await firm.read('/my-day')).items.map(({ what, id }) => [what, id]), [['work', order]]);
  await take(firm, `/orders/${order}`, 'finish');
  assert.ok((await kipus.read('/my-day')).items.some(({ what, id }) => what === 'check' && id === order));
  await take(kipus, `/orders/${order}`, 'correct', { delivered: 3, reason: 'policzono jeszcze raz' });
  await take(kipus, `/orders/${order}`, 'confirm');
  assert.ok((await ous.read('/my-day')).items.some(({ what, id }) => what === 'settling' && id === order));
  await take(ous, `/orders/${order}`, 'settle');
  const first = await charge(order);
  assert.ok((await ous.read('/my-day')).items.some(({ what, id }) => what === 'payment' && id === first.id));
  assert.equal(first.units, 3);
  await ous.make('/payments', { charge: first.id, on_day: day(), amount: '15.00' });
  await take(ous, `/orders/${order}`, 'amend', { delivered: 2, reason: 'jedno okno było cudze' });
  const amended = await charge(order);
  assert.equal(amended.state, 'overpaid');
  assert.equal(amended.fee.grosze + amended.corrected.grosze, first.fee.grosze / 3 * 2);
  const [line] = (await ous.read(`/corrections?charge=${first.id}`)).items;
  assert.equal(line.units, 2);
  assert.equal(line.amount.grosze, -first.fee.grosze / 3);
  assert.equal((await ous.post('/refunds', { charge: first.id, on_day: day(), amount: '99.00' })).status, 409);
  const refund = await ous.make('/refunds', { charge: first.id, on_day: day(), amount: '5.00' });
  assert.equal(await state(`/charges/${first.id}`), 'paid');
  await take(ous, `/refunds/${refund}`, 'undo', { undone_why: 'zły przelew' });
  assert.equal(await state(`/charges/${first.id}`), 'overpaid');
  await take(ous, `/orders/${order}`, 'annul', { reason: 'nic nie umyto' });
  assert.equal(await state(`/orders/${order}`), 'not_done');
  const [payment] = (await ous.read(`/payments?charge=${first.id}`)).items;
  await take(ous, `/payments/${payment.id}`, 'undo', { undone_why: 'wpłata kogoś innego' });
  assert.equal(await state(`/charges/${first.id}`), 'exempt');
  await take(ous, `/orders/${order}`, 'settle');
});

test('a dispute is answered, a delivery cancelled, a fee waived or forgone', async (t) => {
  if (weekday() !== day()) return t.skip('nothing is delivered today');
  const order = await ordered();
  const [one, two] = [await kipus.make('/deliveries', { ordered: order, on_day: day(), units: 2 }),
    await kipus.make('/deliveries', { ordered: order, on_day: day(), units: 2 })];
  await take(kipus, `/deliveries/${one}`, 'dispute', { reason: 'dwa okna brudne' });
  await take(kipus, `/orders/${order}`, 'finish');
  await cannot(kipus, `/orders/${order}`, 'confirm', {}, 'delivery-disputed');
  const dispute = (await kipus.read('/my-day')).items.find(({ what }) => what === 'dispute');
  assert.equal(dispute.id, one);
  await take(kipus, `/deliveries/${one}`, 'answer', { units: 1, reason: 'oboje zgadzają się na jedno' });
  assert.equal((await kipus.read(`/orders/${order}`)).delivered, 3);
  await take(kipus, `/deliveries/${two}`, 'cancel', { reason: 'to było inne mieszkanie' });
  assert.equal((await kipus.read(`/orders/${order}`)).delivered, 1);
  await take(kipus, `/orders/${order}`, 'confirm');
  await cannot(kipus, `/deliveries/${one}`, 'cancel', { reason: 'za późno' }, 'order-past-delivery');
  await take(ous, `/orders/${order}`, 'settle');
  const { id } = await charge(order);
  assert.equal((await ous.post('/waivers', { charge: id, reason: 'trudna sytuacja' })).status, 403);
  const waiver = await director.make('/waivers', { charge: id, reason: 'trudna sytuacja' });
  assert.equal(await state(`/charges/${id}`), 'waived');
  await take(director, `/waivers/${waiver}`, 'undo', { undone_why: 'nie ta opłata' });
  await take(ous, `/charges/${id}`, 'cancel');
  await take(ous, `/charges/${id}`, 'restore');
  await director.make('/waivers', { charge: id, reason: 'trudna sytuacja' });
  const third = await ordered();
  await take(kipus, `/orders/${third}`, 'finish');
  await take(kipus, `/orders/${third}`, 'fail', { reason: 'jednak nie' });
  const other = await ordered();
  await take(kipus, `/orders/${other}`, 'finish');
  await take(kipus, `/orders/${other}`, 'confirm');
  await take(director, `/orders/${other}`, 'forgo', { reason: 'nie da się ustalić opłaty' });
});

test('a plan that was broken off is described, its person can be erased', async () => {
  await take(kipus, `/plans/${plan}`, 'terminate', { reason: 'wyjazd' });
  assert.equal((await kipus.read(`/applications/${application}`)).met_on, null);
  await kipus.make('/closings', { plan, on_day: day(), course: 'krótko', results: 'dobrze' });
  await take(kipus, `/applications/${application}`, 'close');
  const iod = await office.hire('iod');
  await take(iod, `/persons/${person}`, 'erase');
});

test('a refusal is delivered, objected to and answered', async () => {
  const other = await register(kipus, { pesel: pesel('1950-01-02', true, 5) });
  const asked = await apply(kipus, other);
  await director.make('/decisions/override', { application: asked, service: 'window-cleaning', outcome: 'no',
    order_facts: { windows: 4, windows_unsafe: false }, reason: 'okna niebezpieczne' });
  await cannot(kipus, `/applications/${asked}`, 'qualify', {}, 'decision-missing');
  await take(kipus, `/applications/${asked}`, 'refuse', { reason: 'nie spełnia warunków' });
  const [refusal] = (await kipus.read(`/refusals?application=${asked}`)).items;
  assert.match(refusal.number, /^OD\/1\//);
  await take(kipus, `/refusals/${refusal.id}`, 'deliver');
  const { object_by } = await kipus.read(`/refusals/${refusal.id}`);
  assert.ok(object_by >= day(14) && ![0, 6].includes(new Date(`${object_by}T12:00:00Z`).getUTCDay()), object_by);
  await take(kipus, `/refusals/${refusal.id}`, 'object', { objection: 'okna są bezpieczne' });
  assert.ok((await director.read('/my-day')).items.some(({ what, id }) => what === 'outcome' && id === refusal.id));
  await take(director, `/refusals/${refusal.id}`, 'allow', { answer: 'sprawdzono na miejscu' });
  assert.equal(await state(`/applications/${asked}`), 'in_assessment');
});

test('what was taken', () => {
  console.log(`# ${taken.size} steps, each among its row's steps before: ${[...taken].sort().join(' ')}`);
});
