// What is known of people is planted and followed: through all that an office does with somebody, through
// every refusal, into the record's files, its copy and the log. Nobody without the key finds any of it; and
// what sealed it is gone when somebody is erased.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { FACTS, weekday } from '../office/office.mjs';
import { audit, day, okienko, open, pesel, sql, until } from './record.mjs';

const PLANTED = {
  given_name: 'Eufrozyna', second: 'Prokopiuk', family_name: 'Żdżarzyńska', pesel: pesel('1938-07-19', true, 731),
  other_pesel: pesel('1939-11-02', false, 417), document: 'ZZX918273', phone: '777 312 945', email: 'eufrozyna.zd@poczta.example',
  address: 'ul. Zaułek Kowalikowy 17/4', need: 'Potrzebuje ciszy po udarze', health: 'Cukrzyca insulinozależna',
  note: 'Bratanek nadużywa alkoholu', message: 'Mieszkam sama od wiosny', call: 'Rozmowa o samotności wieczorami',
  goal: 'Sama zrobi zakupy w Rynku', scope: 'Okna od podwórza z kratą', why: 'Żdżarzyńska wraca ze szpitala jutro',
  course: 'Przebieg spokojny mimo żałoby', remarks: 'Pies gryzie przy furtce', leader: 'Bogumiła Przewodniczka',
  conclusions: 'Zespół o Żdżarzyńskiej: zostaje w domu', reference: 'PRZELEW/ŻDŻ/0719', password: 'correct horse battery',
};
let office, person, erased, refused = [];

/** The forms in which a text could lie in a file. */
function forms(text) {
  const plain = text.replaceAll('ł', 'l').replaceAll('Ł', 'L').normalize('NFD').replace(/\p{M}/gu, '');
  const all = new Set([text, text.toLowerCase(), text.toUpperCase(), plain, plain.toLowerCase(), plain.toUpperCase()]);
  if (/^[\d ]+$/.test(text)) all.add(text.replaceAll(' ', ''));
  const bytes = [...all].flatMap((form) => [Buffer.from(form), Buffer.from(form, 'utf16le'), Buffer.from(Buffer.from(form).toString('hex')),
    Buffer.from(Buffer.from(form).toString('base64').replace(/.{0,2}=*$/, ''))]);
  return bytes.filter(({ length }) => length >= 8);
}

const files = (folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
  .filter((name) => statSync(name).isFile() && !name.endsWith('server.key'));

/** Where any of it can be read: [what, where]. */
function found(places) {
  return Object.entries(PLANTED).flatMap(([what, text]) => forms(text).flatMap((form) =>
    places.filter(([, bytes]) => bytes.includes(form)).map(([where]) => [what, where])));
}

const inFiles = () => files(office.place.data).map((name) => [name.replace(office.place.data, ''), readFileSync(name)]);

/** A client whose refusals are kept. */
function listening(client) {
  return Object.assign(Object.create(client), { ask: undefined,
    post: async (...args) => {
      const answer = await client.post(...args);
      if (answer.status >= 400) refused.push([`POST ${args[0]}`, Buffer.from(JSON.stringify(answer.body) + JSON.stringify(answer.headers))]);
      return answer;
    },
    get: async (...args) => {
      const answer = await client.get(...args);
      if (answer.status >= 400) refused.push([`GET ${args[0].split('?')[0]}`, Buffer.from(JSON.stringify(answer.body))]);
      return answer;
    } });
}

before(async () => {
  office = await open();
  for (const role of ['kipus', 'ous', 'director', 'iod', 'admin', 'nobody']) office[role] = listening(office[role]);
});
after(async () => { await office.close(); });

test('from the public form to a settled order and a closed plan', async () => {
  const { kipus, ous, director, nobody } = office, P = PLANTED;
  assert.equal((await nobody.post('/intakes', { services: ['window-cleaning'], name: `${P.given_name} ${P.family_name}`,
    reach: P.phone, content: P.message }, {})).status, 201);
  person = await kipus.make('/persons', { given_name: P.given_name, family_name: P.family_name, pesel: P.pesel, phone: P.phone,
    email: P.email, address: P.address, sex: 'woman', disability: 'none' });
  const { body: made } = await kipus.patient('/persons', { given_name: P.second, family_name: P.family_name, document: P.document,
    birth_date: '1939-11-02', address: P.address, sex: 'man' });
  erased = made.id;
  for (const [fact, value] of Object.entries(FACTS)) await kipus.make('/statements', { person, fact, value, declared_on: day() });
  const application = await kipus.make('/applications', { person, applicant_role: 'self', services: ['window-cleaning'],
    need: P.need, received_on: day() });
  await kipus.step(`/applications/${application}`, 'submit');
  await kipus.step(`/applications/${application}`, 'assess');
  const other = await kipus.make('/applications', { person: erased, applicant_role: 'self', services: ['window-cleaning'],
    need: P.need, received_on: day() });
  await kipus.step(`/applications/${other}`, 'submit');
  await kipus.step(`/applications/${other}`, 'assess');
  for (const whom of [person, erased]) {
    await kipus.make('/notes', { person: whom, about: 'health', on_day: day(), content: P.note });
  }
  await kipus.step(`/applications/${other}`, 'withdraw', { reason: P.note });
  const decision = await kipus.make('/decisions', { application, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: P.need, health: P.health });
  await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
  await kipus.step(`/applications/${application}`, 'qualify');
  const plan = await kipus.make('/plans', { application, diagnosis, begins: day(), ends: day(200), effects: P.goal });
  const provider = await ous.make('/providers', { name: 'Spółdzielnia', type: 'social-enterprise', since: day(), leader: P.leader,
    leader_phone: P.phone });
  const granted = await kipus.make('/granted', { plan, decision, quantity: 8, begins: day(), ends: day(200), provider, scope: P.scope });
  await kipus.step(`/plans/${plan}`, 'agree');
  await kipus.step(`/plans/${plan}`, 'sign');
  await director.step(`/plans/${plan}`, 'approve');
  await kipus.step(`/plans/${plan}`, 'activate');
  const order = await kipus.make('/orders', { granted, provider, planned_on: weekday(), quantity: 4, instructions: P.remarks,
    order_facts: { windows: 4, windows_unsafe: false } });
  await kipus.step(`/orders/${order}`, 'accept');
  await kipus.make('/deliveries', { ordered: order, on_day: day(), units: 4, remarks: P.remarks });
  await kipus.step(`/orders/${order}`, 'finish', { delivered: 4 });
  await kipus.step(`/orders/${order}`, 'confirm');
  await ous.step(`/orders/${order}`, 'settle');
  const { items: [charge] } = await ous.read(`/charges?ordered=${order}`);
  await ous.make('/payments', { charge: charge.id, on_day: day(), amount: '20.00', method: 'transfer', reference: P.reference });
  await kipus.make('/contacts', { plan, on_day: day(), by_way: 'phone', content: P.call });
  await kipus.make('/closings', { plan, on_day: day(), course: P.course, results: P.goal });
  await ous.make('/meetings', { about: 'meeting', on_day: day(), conclusions: P.conclusions });
  await kipus.step(`/plans/${plan}`, 'finish');
});

test('refusals of all kinds repeat nothing of it', async () => {
  const { kipus, nobody, director, admin } = office, P = PLANTED;
  const wrong = [
    { given_name: P.given_name, family_name: P.family_name, pesel: P.pesel },
    { given_name: P.given_name, family_name: P.family_name, pesel: P.other_pesel.replace(/.$/, (last) => (Number(last) + 1) % 10) },
    { given_name: P.given_name, family_name: P.family_name, pesel: P.other_pesel, sex: 'woman', birth_date: '1950-01-01' },
    { given_name: P.given_name, family_name: P.family_name, document: P.document },
    { familyname: P.pesel }, { given_name: [P.given_name], family_name: { name: P.family_name }, phone: P.phone.repeat(20) },
    { given_name: P.given_name, family_name: P.family_name, household: P.pesel, sex: P.health, address: `${P.address}\u0007` },
    `{"given_name":"${P.given_name}","family_name":"${P.family_name}"`, `{"pesel":"${P.pesel}","pesel":"${P.pesel}"}`, `[${P.pesel}]`,
    `"${P.note}"`, `{"given_name":"${P.given_name}","family_name":"${P.family_name}","email":"\\ud800${P.email}"}`,
  ];
  for (const body of wrong) {
    for (const who of [kipus, nobody, director]) assert.ok((await who.post('/persons', body, {})).status >= 400, JSON.stringify(body));
  }
  for (const [path, body] of [['/persons/find', { name: P.family_name, pesel: P.pesel }], ['/persons/find', { pesel: P.need }],
    ['/statements', { person, fact: P.health, value: P.note, declared_on: P.address }],
    ['/statements', { person, fact: 'commune', value: P.address, declared_on: day() }],
    ['/decisions', { application: 1, service: P.family_name, order_facts: { windows: P.phone, windows_unsafe: P.pesel } }],
    ['/applications/1/submit', { reason: P.note }], ['/orders/1/refuse', { reason: P.note }], ['/notes', { person, about: P.note, content: P.health }],
    ['/session', { login: P.email, password: P.pesel }], ['/first', { code: P.document, login: P.email, name: P.family_name, password: P.note }],
    ['/intakes', { services: [P.note], name: P.family_name, reach: P.message.repeat(50) }],
    ['/accounts', { login: P.family_name, name: P.given_name, role: P.health }]]) {
    for (const who of [kipus, nobody, admin]) await who.post(path, body, {});
  }
  for (const query of [P.family_name, P.pesel, P.phone, P.note].map(encodeURIComponent)) {
    for (const path of [`/persons?family_name=${query}`, `/persons?${query}=1`, `/orders?state=${query}`, `/intakes/status/${query}`,
      `/persons/${query}`, `/services/${query}/availability`, `/${query}`]) await kipus.get(path);
  }
  assert.ok(refused.length > 80);
  assert.deepEqual(found(refused), []);
  console.log(`# ${refused.length} refusals, ${Object.keys(PLANTED).length} planted texts: 0 hits`);
});

test('the reason of a jump is sealed for everybody who was passed', async () => {
  const { kipus, ous } = office, P = PLANTED;
  const service = 'equipment-loan';
  const waits = async (serial) => {
    const other = await kipus.make('/persons', { given_name: 'Jan', family_name: 'Nowak', pesel: pesel('1940-02-03', false, serial) });
    for (const [fact, value] of Object.entries({ ...FACTS, dependent: true })) {
      await kipus.make('/statements', { person: other, fact, value, declared_on: day() });
    }
    const application = await kipus.make('/applications', { person: other, applicant_role: 'self', services: [service], received_on: day() });
    await kipus.step(`/applications/${application}`, 'submit');
    await kipus.step(`/applications/${application}`, 'assess');
    const decision = await kipus.make('/decisions', { application, service,
      order_facts: { loan_items: 1, loan_months: 1, overdue_return: false } });
    return kipus.make('/waiting', { decision, quantity: 1 });
  };
  const [first, second] = [await waits(1), await waits(2)];
  await ous.make('/items', { service, name: 'Łóżko' });
  const { status, body } = await ous.post(`/waiting/${second}/offer`, { override: P.why });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal((await kipus.read(`/waiting/${first}`)).passed_why, P.why);
});

test('nothing of it can be read in the files, in a copy, in the log', async () => {
  const copy = join(office.place.data, 'copy.db');
  await until(async () => inFiles().some(([name]) => name.endsWith('-wal')));
  const made = await okienko(['backup', 'koszalin', copy, '--data', office.place.data]);
  assert.equal(made.code, 0, made.err);
  const places = [...inFiles(), ['what backup says', Buffer.from(made.out + made.err)], ['the log', Buffer.from(office.log + office.server.log())]];
  assert.ok(places.some(([name]) => name.endsWith('copy.db')) && places.some(([name]) => name.endsWith('-shm')));
  assert.deepEqual(found(places), []);
  const { body } = await office.iod.get(`/persons/${person}/export`);
  const told = found([['export', Buffer.from(JSON.stringify(body))]]);
  for (const what of ['family_name', 'pesel', 'need', 'note', 'goal', 'call']) {
    assert.ok(told.some(([found_one]) => found_one === what), `the export has no ${what}, so the search proves nothing`);
  }
  console.log(`# ${places.length} places, ${places.reduce((sum, [, { length }]) => sum + length, 0)} bytes: 0 hits`);
});

test('the key of somebody who was erased is in no file', async () => {
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  const keys = () => new Map(sql(office.place.data, 'SELECT id, kind, row, hex(sealed) AS sealed FROM keys').map((key) => [key.id, key]));
  const before_it = keys();
  await office.start();
  assert.equal((await office.iod.post(`/persons/${erased}/erase`)).status, 200);
  const lying = (gone) => inFiles().filter(([name]) => !name.includes('copy.db'))
    .flatMap(([name, bytes]) => gone.filter(({ sealed }) => bytes.includes(Buffer.from(sealed, 'hex').subarray(0, 24)) ||
      bytes.includes(Buffer.from(sealed, 'hex').subarray(-24))).map(({ id }) => [name, id]));
  const [own] = [...before_it.values()].filter(({ kind, row }) => kind === 'persons' && row === erased);
  await until(() => lying([own]).length === 0, 2000);
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  const now = keys(), gone = [...before_it.values()].filter(({ id, sealed }) => sealed && now.get(id)?.sealed !== sealed);
  assert.ok(gone.some(({ id }) => id === own.id));
  assert.deepEqual(lying(gone), []);
  assert.ok(lying([...before_it.values()].filter(({ id }) => !gone.some((other) => other.id === id)).slice(0, 1)).length > 0);
  assert.deepEqual(found(inFiles()), []);
  assert.deepEqual(found([['the log', Buffer.from(office.log)]]), []);
  await audit(office.place.data);
  await office.start();
  const { status, body } = await office.iod.get(`/persons/${erased}/export`);
  assert.ok(!JSON.stringify(body).includes(PLANTED.note) && status < 500);
  console.log(`# erased: ${gone.length} of ${before_it.size} keys destroyed, none of them in any file; the chain holds`);
});
