// An office lives a year over HTTP: people apply, are granted services, things are done, not done, disputed, put right,
// paid, paid back and waived. What nobody could read in the file, because it is sealed or was put right since, is given
// back as a ledger: when people were born, what they declared, how many units were settled at first.
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { each, open, pesel, preload } from '../record/record.mjs';
import { FIRST, LAST, prepare } from './rules.mjs';

const AT_ONCE = 12;
const WELL = { commune: '3261011', household: 'alone', merit_status: 'none', foster_care: 'none' };
const at = (on) => ({ windows: on, windows_unsafe: false });

/** A clock that the server reads, set to nine in the morning of a day. */
function makeClock() {
  const folder = mkdtempSync(join(tmpdir(), 'okienko-year-')), file = join(folder, 'clock');
  writeFileSync(file, '0'.padEnd(64, '\0'));
  const fd = openSync(file, 'r+');
  const clock = { file, today: '',
    set(today) {
      const seconds = Math.round((Date.parse(`${today}T09:00:00Z`) - Date.now()) / 1000);
      writeSync(fd, String(seconds).padEnd(16, '\0'), 0);
      clock.today = today;
    },
    close() { closeSync(fd); rmSync(folder, { recursive: true }); } };
  clock.set(FIRST);
  return clock;
}

/** So many people's year; gives the office, still open, with its counts and its ledger. */
export async function live(count) {
  const clock = makeClock();
  const office = await open({ prepare, under: ['env', preload('CLOCK'), `OKIENKO_FAULT_CLOCK=${clock.file}`] });
  const year = { office, clock, async close() { await office.close(); clock.close(); } };
  try {
    return Object.assign(year, await spend(office, clock, count));
  } catch (fault) {
    await year.close();
    throw fault;
  }
}

async function spend(office, clock, count) {
  const { kipus, ous, director } = office;
  const provider = await ous.make('/providers', { name: 'Spółdzielnia', type: 'social-enterprise', since: FIRST });
  for (const service of ['sills', 'panes']) await ous.make('/offers', { provider, service, begins: FIRST });
  const counts = {}, ledger = new Map(), settled = new Map();
  const seen = (what) => { counts[what] = (counts[what] ?? 0) + 1; };

  /** A step by somebody who read the row as it is. */
  const read = async (who, path, step, body) => {
    const { etag } = await who.get(path);
    const answer = await who.post(`${path}/${step}`, body, { 'If-Match': etag });
    assert.equal(answer.status, 200, `${path}/${step}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const declare = async (one, fact, value, begins = clock.today) => {
    await kipus.make('/statements', { person: one.person, fact, value, declared_on: clock.today, begins });
    ledger.get(one.person).said.push({ fact, value, from: begins });
    if (begins > clock.today) seen('statement dated ahead');
  };

  /** Somebody with both services, from today to a day. */
  const enter = async (i, ends) => {
    const born = i % 11 === 0 ? '1935-10-20' : `19${40 + i % 9}-0${1 + i % 9}-1${i % 8}`;
    const one = { i, grants: {} };
    one.person = await kipus.make('/persons', { given_name: 'Ewa', family_name: `Osoba${i}`, pesel: pesel(born, true, i + 1), sex: 'woman' });
    ledger.set(one.person, { born, said: [] });
    for (const [fact, value] of Object.entries({ ...WELL, care_services: false, family_assistant: i % 3 === 0 })) {
      await declare(one, fact, value);
    }
    const application = await kipus.make('/applications', { person: one.person, applicant_role: 'self', services: ['sills', 'panes'],
      received_on: clock.today });
    await kipus.step(`/applications/${application}`, 'submit');
    await kipus.step(`/applications/${application}`, 'assess');
    const decisions = {};
    for (const service of ['sills', 'panes']) {
      decisions[service] = await kipus.make('/decisions', { application, service, order_facts: at(4) });
    }
    const diagnosis = await kipus.make('/diagnoses', { person: one.person, application, made_on: clock.today, needs: 'Okna' });
    await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
    await kipus.step(`/applications/${application}`, 'qualify');
    one.plan = await kipus.make('/plans', { application, diagnosis, begins: clock.today, ends, effects: 'Samodzielność' });
    for (const [service, quantity] of [['sills', 70], ['panes', 33]]) {
      one.grants[service] = await kipus.make('/granted', { plan: one.plan, decision: decisions[service], quantity,
        begins: clock.today, ends, provider });
      if (clock.today.slice(0, 4) !== ends.slice(0, 4)) seen('grant over New Year');
    }
    for (const [who, step] of [[kipus, 'agree'], [kipus, 'sign'], [director, 'approve'], [kipus, 'activate']]) {
      await read(who, `/plans/${one.plan}`, step, {});
    }
    return one;
  };

  const order = async (one, service, quantity) => {
    const id = await kipus.make('/orders', { granted: one.grants[service], provider, planned_on: clock.today, quantity,
      order_facts: at(quantity) });
    await kipus.step(`/orders/${id}`, 'accept');
    return `/orders/${id}`;
  };
  const chargeOf = async (path) => (await ous.read(`/charges?ordered=${path.split('/')[2]}`)).items[0];
  const settle = async (path) => {
    await ous.step(path, 'settle');
    const charge = await chargeOf(path);
    settled.set(charge.id, charge.units * 1000);
    return charge;
  };
  /** Done as ordered, unless `delivered` says otherwise; confirmed and settled. */
  const done = async (one, service, quantity, delivered = quantity) => {
    const path = await order(one, service, quantity);
    await kipus.step(path, 'finish', { delivered });
    await kipus.step(path, 'confirm');
    if (delivered < quantity) seen('under-delivery');
    return { path, charge: await settle(path) };
  };
  const text = (grosze) => `${grosze < 0 ? '-' : ''}${Math.floor(Math.abs(grosze) / 100)}.${String(Math.abs(grosze) % 100).padStart(2, '0')}`;
  const pay = (charge, grosze) => (grosze > 0
    ? ous.make('/payments', { charge: charge.id, on_day: clock.today, amount: text(grosze), method: 'cash' }) : undefined);
  const fee = (charge) => charge.fee.grosze ?? charge.fee;

  const people = await each(Array.from({ length: count }, (_, i) => i), AT_ONCE, (i) => enter(i, LAST));
  const all = (today, work) => {
    clock.set(today);
    return each(people, AT_ONCE, work);
  };

  await all('2025-04-07', async (one) => {
    const { charge } = await done(one, 'sills', 6);
    await pay(charge, fee(charge));
    await done(one, 'panes', 3);
  });
  await all('2025-05-05', async (one) => { await done(one, 'sills', 5, 3); });
  await all('2025-06-02', async (one) => {
    const path = await order(one, 'sills', 4);
    await kipus.step(path, 'fail', { reason: 'Nikogo nie zastano', no_show: true });
    await ous.step(path, 'settle');
    seen('no-show');
  });
  await all('2025-07-07', async (one) => {
    await done(one, 'sills', 7);
    seen('price_at granting over a price change');
  });
  clock.set('2025-07-14');
  const late = await each(Array.from({ length: Math.ceil(count / 2) }, (_, i) => count + i), AT_ONCE, (i) => enter(i, LAST));
  people.push(...late);
  await all('2025-07-21', async (one) => {
    await declare(one, 'care_services', true, '2025-08-01');
    const { charge } = await done(one, 'sills', 3);
    assert.ok(fee(charge) > 0, 'a statement dated ahead leaves today alone');
  });
  const waiting = [];
  await all('2025-07-28', async (one) => {
    const path = await order(one, 'sills', 5);
    await kipus.step(path, 'finish', { delivered: 5 });
    await kipus.step(path, 'confirm');
    waiting.push(path);
  });
  await all('2025-08-11', async (one) => {
    const { charge } = await done(one, 'sills', 2);
    assert.equal(fee(charge), 0);
    seen('exemption changed mid-year');
  });
  await each(waiting, AT_ONCE, settle);
  /* Who turns 90 in October stays exempt for two reasons, of which the first is told. */
  await all('2025-09-15', (one) => declare(one, 'care_services', one.i % 11 === 0, '2025-10-01'));
  await all('2025-10-13', async (one) => {
    const path = await order(one, 'sills', 6);
    const delivery = `/deliveries/${await kipus.make('/deliveries', { ordered: Number(path.split('/')[2]), on_day: clock.today, units: 6 })}`;
    await kipus.step(path, 'finish');
    await kipus.step(delivery, 'dispute', { reason: 'Dwóch nie umyto' });
    await kipus.step(delivery, 'answer', { units: 4, reason: 'Zgoda na cztery' });
    await kipus.step(path, 'confirm');
    await settle(path);
    seen('dispute');
  });
  await all('2025-10-27', async (one) => {
    const { charge } = await done(one, 'panes', 5);
    await pay(charge, fee(charge));
    if (fee(charge) < 111) return;
    await ous.make('/corrections', { charge: charge.id, on_day: clock.today, amount: '-1.11', reason: 'Uszkodzona rama' });
    seen('correction');
    await ous.make('/refunds', { charge: charge.id, on_day: clock.today, amount: '1.11', method: 'transfer' });
    seen('refund');
  });
  await all('2025-11-10', async (one) => {
    const { charge } = await done(one, 'sills', 3);
    if (fee(charge) < 200) return;
    const whole = one.i % 2 === 0;
    await director.make('/waivers', { charge: charge.id, reason: 'Trudna sytuacja', ...(whole ? {} : { amount: '1.00' }) });
    seen('waiver');
    if (!whole) await pay(charge, fee(charge) - 100);
  });
  await all('2025-11-24', async (one) => {
    const { path } = await done(one, 'sills', 5);
    await read(ous, path, 'amend', { delivered: 4, reason: 'Policzono raz jeszcze' });
    seen('units put right after settling');
  });
  await all('2025-12-15', async (one) => {
    await done(one, 'panes', 6);
    const over = await kipus.post('/orders', { granted: one.grants.panes, provider, planned_on: clock.today, quantity: 3, order_facts: at(3) });
    assert.ok([409, 422].includes(over.status), JSON.stringify(over.body));
    seen('refused beyond a month’s limit');
  });
  await all('2026-01-12', async (one) => {
    await done(one, 'panes', 4, 3);
    await done(one, 'sills', 5);
  });
  return { counts, ledger: { people: ledger, settled } };
}
