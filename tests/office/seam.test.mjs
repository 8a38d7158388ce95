// One truth: whatever the record keeps of a decision, a charge or a place in the queue equals what a quote
// answers for the same case. Over HTTP, in the three programmes, for every service and several people each.
//
// Which fields there are is read from core/ipus/kinds.def: a field that nobody named here fails the test. That each
// comparison can fail is shown below: every field is dropped from what was read, one at a time, and the comparison has to
// see it. seam.mutants.mjs does the same to the product, by hand.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, serve, until, workspace } from '../support/okienko.mjs';
import { day, FACTS, PASSWORD, pesel } from './office.mjs';

const PROGRAMMES = (process.env.SEAM_PROGRAMMES ?? 'koszalin starachowice goleniow').split(' ');
const VARIANTS = 3;
// What the criteria of waiting lists go by, which no check need ask for.
const KNOWN = { koszalin: { household: 'alone' }, starachowice: { family_crisis: true }, goleniow: { lives_alone: true } };

/* ---- the fields ------------------------------------------------------------------------------- */

const fieldsOf = (kind) => [...readFileSync(join(root, 'core/ipus/kinds.def'), 'utf8')
  .matchAll(new RegExp(`^FIELD\\(${kind}, \\w+, (\\w+),`, 'gm'))].map(([, name]) => name);

const body = ({ inputs }) => ({
  on: inputs.on,
  facts: Object.fromEntries(inputs.facts.map(({ id, value }) => [id, value])),
  order: Object.fromEntries(inputs.order.map(({ id, value }) => [id, value])),
});
const grosze = (money) => (money === null ? null : { grosze: money.grosze });
const ofInputs = (row, quote) => ({ ...row.inputs, rules: quote.version, service: quote.service, on: quote.on });

/* What a quote says each field is; `given` are those that whoever makes the row says, or that its later steps
 * count, so that no quote knows them. */
const FIELDS = {
  DECISION: {
    given: ['person', 'application', 'service', 'on_day', 'order_facts', 'overrides', 'reason'],
    outcome: (quote) => quote.outcome,
    price: (quote) => grosze(quote.fee.price),
    fee: (quote) => grosze(quote.fee.amount),
    relief: (quote) => quote.fee.relief?.id ?? null,
    rules: (quote) => quote.version,
    facts: (quote, row) => body(row),
    trace: (quote) => quote,
    inputs: (quote, row) => ofInputs(row, quote),
  },
  CHARGE: {
    given: ['ordered', 'person', 'service', 'provider', 'on_day', 'corrected', 'paid', 'refunded', 'waived'],
    units: (quote) => quote.fee.quantity,
    price: (quote) => grosze(quote.fee.price),
    value: (quote) => grosze(quote.fee.value) ?? { grosze: 0 },
    before_relief: (quote) => grosze(quote.fee.before_relief),
    relief: (quote) => quote.fee.relief?.id ?? null,
    fee: (quote) => grosze(quote.fee.amount),
    rules: (quote) => quote.version,
    state: (quote) => (quote.fee.amount.grosze === 0 ? 'exempt' : 'due'),
    inputs: (quote, row) => ofInputs(row, quote),
  },
  WAITING: {
    given: ['person', 'application', 'decision', 'service', 'quantity', 'since', 'passed', 'passed_why', 'offered_on',
      'offer_until', 'reason', 'state'],
    score: (quote) => quote.waiting?.points ?? 0,
    inputs: (quote, row) => ofInputs(row, quote),
  },
};

const plain = (value) => (value !== null && typeof value === 'object' && 'grosze' in value ? { grosze: value.grosze } : value);

/** Every field of a row against the quote. */
function compare(kind, row, quote) {
  const { given, ...told } = FIELDS[kind];
  for (const name of fieldsOf(kind)) {
    if (given.includes(name)) continue;
    assert.ok(told[name], `${kind}.${name} is a new field: say what a quote has of it`);
    assert.deepEqual(plain(row[name] ?? null), told[name](quote, row), `${kind}.${name} of ${row.id}`);
  }
}

/* ---- offices ---------------------------------------------------------------------------------- */

let place, server;
const offices = {};

const CRITERION = (when) => `waiting = { order = "complete-application-date", criteria = {
    { id = "first", points = 10, when = ${when}, basis = "example",
      text = { pl = "Samotnie", en = "Alone", uk = "Самотньо" } } } }`;

/* The periods hold today, and something that is lent goes by points. */
function prepare(plugins) {
  for (const programme of PROGRAMMES) {
    const file = join(plugins, programme, 'programme.lua');
    const text = readFileSync(file, 'utf8')
      .replace(/(period = \{ from = "[^"]+", to = )"[^"]+"/, `$1"${new Date().getFullYear() + 3}-12-31"`);
    writeFileSync(file, text);
  }
  const loans = { koszalin: ['equipment-loan', 'equals("household", "alone")'], goleniow: ['aid-equipment-loan', 'is "lives_alone"'] };
  for (const [programme, [service, when]] of Object.entries(loans).filter(([name]) => PROGRAMMES.includes(name))) {
    const file = join(plugins, programme, `services/${service}.lua`);
    const text = readFileSync(file, 'utf8');
    const changed = text.replace(/waiting = \{ order = "complete-application-date" \}/, CRITERION(when));
    assert.notEqual(changed, text, file);
    writeFileSync(file, changed);
  }
}

function client(programme, token) {
  const ask = async (method, path, sent, headers = {}) => {
    const answer = await fetch(`${server.url}/v1/${programme}${path}`, {
      method,
      headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), 'Accept-Language': 'pl',
        ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      body: sent === undefined ? undefined : JSON.stringify(sent),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null, etag: answer.headers.get('etag') };
  };
  const must = async (...asked) => {
    const answer = await ask(...asked);
    assert.ok(answer.status < 300, `${asked[0]} ${asked[1]} ${JSON.stringify(asked[2])}: ${JSON.stringify(answer.body)}`);
    return answer;
  };
  return {
    ask,
    read: async (path) => (await must('GET', path)).body,
    make: async (path, sent) => (await must('POST', path, sent)).body.id,
    /** The row as it then is; or what it was refused for. */
    step: async (path, step, sent = {}) => {
      const { etag } = await must('GET', path);
      return ask('POST', `${path}/${step}`, sent, { 'If-Match': etag });
    },
  };
}

async function staff(programme) {
  const nobody = client(programme);
  const code = server.log().match(new RegExp(`${programme}: .*: (\\w{16}) \\(POST`))[1];
  await nobody.make('/first', { code, login: 'admin', name: 'Anna Pierwsza', password: PASSWORD });
  const signIn = async (login) => {
    const answer = await nobody.ask('POST', '/session', { login, password: PASSWORD, token: true });
    assert.equal(answer.status, 201);
    return client(programme, answer.body.token);
  };
  const admin = await signIn('admin');
  const hire = async (role) => {
    const id = await admin.make('/accounts', { login: role, name: `Konto ${role}`, role });
    assert.equal((await admin.ask('POST', `/accounts/${id}/password`, { password: PASSWORD })).status, 200);
    return signIn(role);
  };
  const [kipus, ous, director] = [await hire('kipus'), await hire('ous'), await hire('director')];
  const { providers } = await nobody.read('');
  const type = (providers ?? [])[0]?.id;
  return { programme, nobody, kipus, ous, director, type, providers: {}, serial: 0 };
}

before(async () => {
  place = workspace();
  prepare(place.plugins);
  server = await serve(place);
  for (const programme of PROGRAMMES) offices[programme] = await staff(programme);
});
after(async () => {
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
  place.remove();
});

/* ---- cases ------------------------------------------------------------------------------------ */

/* A value for a question; variants differ, and a no is tried behind a yes. */
function value({ type, values, min, max, step }, variant, tried) {
  const turn = variant + tried;
  if (type === 'boolean') return turn % 2 === 1;
  if (type === 'choice') return (values[turn % values.length].id ?? values[turn % values.length]);
  if (type === 'date') return day(-400 * (1 + turn));
  if (type === 'money') return `${(1 + turn) * 400}.00`;
  if (type === 'pesel') return null;
  const unit = step ?? 1;
  return Math.min(max ?? 5, Math.max(min ?? 0, unit) + unit * (turn % 3));
}

/** Answers the questions of a service until it is decided. Some of the answers are changed when they lead to a no. */
async function fill({ nobody }, service, start, variant) {
  const asked = { facts: { ...start }, order: {} };
  const tries = {};
  for (let round = 0; round < 80; round++) {
    const { status, body: quote } = await nobody.ask('POST', `/services/${service}/quote`, asked);
    if (status !== 200) return null;
    const open = quote.missing?.[0];
    if (!open) return quote.outcome === 'yes' || quote.outcome === 'no' ? { asked, quote } : null;
    tries[open.id] = (tries[open.id] ?? -1) + 1;
    const group = open.about === 'order' ? asked.order : asked.facts;
    group[open.id] = value(open, variant, tries[open.id]);
    // A no by this answer is turned round while there are others, for all but the last variant.
    for (let other = 1; other < 4 && variant < VARIANTS - 1; other++) {
      const { body: now } = await nobody.ask('POST', `/services/${service}/quote`, asked);
      if (now?.outcome !== 'no') break;
      group[open.id] = value(open, variant, tries[open.id] + other);
    }
  }
  return null;
}

async function register(office, filled, number) {
  const { kipus } = office;
  const person = await kipus.make('/persons', { given_name: 'Maria', family_name: 'Próbna', pesel: number,
    address: 'ul. Testowa 1', phone: '600 100 200' });
  for (const [fact, said] of Object.entries(filled.asked.facts)) {
    if (fact === 'pesel') continue;
    await kipus.make('/statements', { person, fact, value: said, declared_on: day() });
  }
  const application = await kipus.make('/applications', { person, applicant_role: 'self', channel: 'office', received_on: day(),
    services: [filled.quote.service], need: 'Sprawdzenie' });
  for (const step of ['submit', 'assess']) assert.equal((await kipus.step(`/applications/${application}`, step)).status, 200);
  return { person, application };
}

async function provider(office, service) {
  if (!office.providers[service]) {
    office.providers[service] = await office.ous.make('/providers', { name: `Wykonawca ${service}`, type: office.type, since: day() });
    await office.ous.make('/offers', { provider: office.providers[service], service, begins: day() });
  }
  return office.providers[service];
}

/** Through plan, order and delivery to a charge; null with the refusal's type where the service needs more than that. */
async function charge(office, { filled, person, application, decision }, refused) {
  const { kipus, ous, director } = office;
  const { service } = filled.quote;
  const units = filled.quote.fee.quantity;
  const stop = (answer) => { refused[answer.body.type] = (refused[answer.body.type] ?? 0) + 1; return null; };
  const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: 'Pomoc' });
  await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
  await kipus.step(`/applications/${application}`, 'qualify');
  const plan = await kipus.make('/plans', { application, diagnosis, begins: day(), ends: day(60), effects: 'Samodzielność' });
  const row = await kipus.ask('POST', '/granted', { plan, decision, quantity: units, begins: day(), ends: day(60),
    provider: await provider(office, service), scope: 'Pomoc' });
  if (row.status !== 201) return stop(row);
  for (const [who, step] of [[kipus, 'agree'], [kipus, 'sign'], [director, 'approve'], [kipus, 'activate']]) {
    const answer = await who.step(`/plans/${plan}`, step);
    if (answer.status !== 200) return stop(answer);
  }
  const made = await ous.ask('POST', '/orders', { granted: row.body.id, planned_on: day(), quantity: units,
    order_facts: filled.asked.order, override: 'Sprawdzenie' });
  if (made.status !== 201) return stop(made);
  for (const [who, step, sent] of [[ous, 'accept'], [ous, 'finish', { delivered: units }], [kipus, 'confirm'], [ous, 'settle']]) {
    const answer = await who.step(`/orders/${made.body.id}`, step, sent);
    if (answer.status !== 200) return stop(answer);
  }
  return (await ous.read(`/charges?ordered=${made.body.id}`)).items[0].id;
}

const kept = {}; // one of each kind, for the mutants

async function hold(office, kind, path) {
  const row = await office.kipus.read(path);
  const { status, body: quote } = await office.nobody.ask('POST', `/services/${row.service}/quote`, body(row));
  assert.equal(status, 200, JSON.stringify(quote));
  compare(kind, row, quote);
  if (!kept[kind] || (kind === 'WAITING' && row.score > 0) || (row.relief && row.fee?.grosze > 0)) kept[kind] = { row, quote };
  return row;
}

for (const programme of PROGRAMMES) {
  test(`${programme}: decisions, charges and places in the queue are what a quote answers`, async () => {
    const office = offices[programme];
    const count = { decisions: 0, yes: 0, charges: 0, waiting: 0, scored: 0 };
    const refused = {};
    const services = [...new Set(readdirSync(join(place.plugins, programme, 'services'))
      .filter((name) => /^[^.]+\.lua$/.test(name)).map((name) => name.replace('.lua', '')))];
    for (const service of services) {
      for (let variant = 0; variant < VARIANTS; variant++) {
        const number = pesel(['1941-05-17', '1985-03-02', '2012-06-01'][variant], variant !== 1, ++office.serial);
        const filled = await fill(office, service, { pesel: number, ...(variant === 0 ? KNOWN[programme] : {}) }, variant);
        if (!filled) continue;
        const { person, application } = await register(office, filled, number);
        const answer = await office.kipus.ask('POST', '/decisions', { application, service, order_facts: filled.asked.order });
        assert.equal(answer.status, 201, `${service}: ${JSON.stringify(answer.body)}`);
        const decision = answer.body.id;
        const row = await hold(office, 'DECISION', `/decisions/${decision}`);
        count.decisions++;
        if (row.outcome !== 'yes') continue;
        count.yes++;
        const waits = await office.kipus.ask('POST', '/waiting', { decision, quantity: filled.quote.fee.quantity });
        if (waits.status === 201) {
          count.waiting++;
          count.scored += (await hold(office, 'WAITING', `/waiting/${waits.body.id}`)).score > 0;
          continue;
        }
        const made = await charge(office, { filled, person, application, decision }, refused);
        if (made !== null) {
          await hold(office, 'CHARGE', `/charges/${made}`);
          count.charges++;
        }
      }
    }
    console.log(`proved: ${programme}: ${JSON.stringify(count)} equal to their quotes; no charge for ${JSON.stringify(refused)}`);
    assert.ok(count.decisions >= 20 && count.yes >= 10, JSON.stringify(count));
    assert.ok(count.charges >= 5, JSON.stringify(count));
  });
}

test('points reach the queue, and each field that is dropped or changed is seen', () => {
  let mutants = 0;
  for (const kind of Object.keys(FIELDS)) {
    const { row, quote } = kept[kind];
    compare(kind, row, quote);
    for (const name of Object.keys(FIELDS[kind]).filter((key) => key !== 'given')) {
      if (row[name] === null || row[name] === undefined) continue;
      const without = structuredClone(row);
      delete without[name];
      assert.throws(() => compare(kind, without, quote), `${kind}.${name} dropped`);
      mutants++;
    }
  }
  assert.ok(kept.WAITING.row.score > 0);
  assert.throws(() => compare('DECISION', { ...kept.DECISION.row, fee: { grosze: 1 } }, kept.DECISION.quote));
  assert.ok(fieldsOf('DECISION').includes('inputs'));
  console.log(`proved: ${mutants} fields, each dropped, each seen`);
});

test('a statement is read by its declaration alone: nothing is quoted', async () => {
  const quotes = async () => Number((await (await fetch(`${server.url}/metrics`)).text()).match(/^okienko_quotes_total (\d+)/m)[1]);
  const office = offices.koszalin;
  const start = await quotes();
  const person = await office.kipus.make('/persons', { given_name: 'Jan', family_name: 'Nowy', document: 'ABC 1' });
  for (const said of ['alone', 'with_family']) {
    await office.kipus.ask('POST', '/statements', { person, fact: 'household', value: said, declared_on: day() });
  }
  const wrong = await office.kipus.ask('POST', '/statements', { person, fact: 'household', value: 17, declared_on: day() });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.body.errors[0].field, '/value');
  const born = await office.kipus.ask('POST', '/statements', { person, fact: 'birth_date', value: '1899-12-31', declared_on: day() });
  assert.equal(born.status, 422);
  assert.equal(await quotes(), start);
});

test('each day is answered by its own statement: one dated ahead leaves today alone', async () => {
  const office = offices.koszalin;
  const asked = { facts: { pesel: pesel('1941-05-17', true, 901), ...FACTS }, order: { windows: 4, windows_unsafe: false } };
  const quote = (await office.nobody.ask('POST', '/services/window-cleaning/quote', asked)).body;
  const { person, application } = await register(office, { asked, quote }, asked.facts.pesel);
  await office.kipus.make('/statements', { person, fact: 'care_services', value: true, declared_on: day(), begins: day(1) });
  const decided = async (on_day) => office.kipus.read(`/decisions/${await office.kipus.make('/decisions',
    { application, service: 'window-cleaning', order_facts: asked.order, on_day })}`);
  assert.equal((await decided(day())).facts.facts.care_services, false);
  assert.equal((await decided(day(1))).facts.facts.care_services, true);
  const { items } = await office.kipus.read(`/statements?person=${person}&open=true`);
  const said = items.filter(({ fact }) => fact === 'care_services').map(({ state, begins, ends }) => [state, begins, ends]);
  assert.deepEqual(said, [['standing', day(), day()], ['standing', day(1), null]]);
  const contrary = await office.kipus.ask('POST', '/statements', { person, fact: 'birth_date', value: '1930-01-01', declared_on: day() });
  assert.deepEqual([contrary.status, contrary.body.type], [422, 'urn:okienko:problem:contradicts']);
  assert.deepEqual([contrary.body.field, /persons\/\d+/.test(contrary.body.detail ?? contrary.body.title)], ['/value', true]);
});

test('by price_at granting one price is behind every number of a charge', async () => {
  const office = offices.koszalin;
  const file = join(place.plugins, 'koszalin/programme.lua');
  writeFileSync(file, readFileSync(file, 'utf8').replace('price_at = { when = "settlement"', 'price_at = { when = "granting"'));
  const version = async () => (await office.nobody.read('')).version;
  let before = await version();
  await until(async () => (await version()) !== before);
  const number = pesel('1941-05-17', true, 900);
  const asked = { facts: { pesel: number, ...FACTS }, order: { windows: 4, windows_unsafe: false } };
  const filled = { asked, quote: (await office.nobody.ask('POST', '/services/window-cleaning/quote', asked)).body };
  assert.equal(filled.quote.outcome, 'yes');
  const { person, application } = await register(office, filled, number);
  const decision = await office.kipus.make('/decisions', { application, service: 'window-cleaning', order_facts: filled.asked.order });
  const price = (await office.kipus.read(`/decisions/${decision}`)).price.grosze;
  const service = join(place.plugins, 'koszalin/services/window-cleaning.lua');
  const text = readFileSync(service, 'utf8');
  const dearer = text.replace(/(price += \{ \{[^}]*\})/, `$1, { from = "${day()}", value = pln "50.00", basis = "example" }`);
  assert.notEqual(dearer, text);
  writeFileSync(service, dearer);
  before = await version();
  await until(async () => (await version()) !== before);
  const dear = (await office.nobody.ask('POST', '/services/window-cleaning/quote', filled.asked)).body;
  assert.notEqual(dear.fee.price.grosze, price);
  const refused = {};
  const made = await charge(office, { filled, person, application, decision }, refused);
  assert.notEqual(made, null, JSON.stringify(refused));
  const row = await office.kipus.read(`/charges/${made}`);
  const { fee } = filled.quote; // as it was quoted when it was granted
  assert.equal(row.price.grosze, price);
  assert.equal(row.inputs.price_held, price);
  for (const name of ['value', 'before_relief']) assert.equal(row[name].grosze, fee[name].grosze, name);
  assert.equal(row.fee.grosze, fee.amount.grosze);
});
