// What somebody curious, a provider, a program and the public can learn who should not; and what the
// officer for data protection has to be able to do.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { BASE, PASSWORD, apply, client, day, open, pesel, register, weekday } from './office.mjs';

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
  await office.nobody.post('/intakes', { name: 'Nikt Ważny', reach: '500 500 500', content: 'Reklama' });
  const spam = (await kipus.read('/intakes?newest=true&limit=1')).items[0].id;
  assert.equal((await iod.post(`/intakes/${spam}/erase`, {}, { 'If-Match': '*' })).status, 409);
  await kipus.step(`/intakes/${spam}`, 'reject');
  await iod.step(`/intakes/${spam}`, 'erase');
  const wiped = await kipus.read(`/intakes/${spam}`);
  assert.deepEqual([wiped.name, wiped.reach, wiped.content, wiped.state], ['–', '–', null, 'rejected']);

  const late = await kipus.make('/applications', { person, applicant_role: 'self', received_on: day() });
  await office.nobody.post('/intakes', { name: 'x', reach: 'x' });
  assert.equal((await kipus.post('/intakes/3/take', { application: asked }, { 'If-Match': '*' })).status, 422);
  await kipus.step('/intakes/3', 'take', { application: late });
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

test('a program does not become more than it was made for', async () => {
  const ask = (more, who = kipus) => who.post('/tokens', { name: 'program', expires: day(30), ...more });
  for (const scopes of [undefined, null, '', ' ', '  ', '*', 'person.read,person.find', 'person.Read', 'person', 'sessions.manage rule.all']) {
    assert.equal((await ask({ scopes })).status, 422, String(scopes));
  }
  for (const expires of ['9999-12-31', '2026-02-30', day(-1), day(732), '', null, 1]) {
    assert.equal((await ask({ scopes: 'person.read', expires })).status, 422, String(expires));
  }
  const { body: { token } } = await ask({ scopes: 'sessions.manage token.read' });
  const program = client(office.server, token);
  assert.deepEqual((await program.get('/session')).body.permissions, { 'token.read': 'own', 'sessions.manage': 'own' });
  assert.equal((await ask({ scopes: 'person.read' }, program)).status, 403);
  assert.equal((await program.post(`/accounts/${kipus.account}/password`, { password: 'another long one', current: PASSWORD })).status, 403);
  const powers = client(office.server, (await ask({ scopes: 'sessions.manage' }, office.admin)).body.token);
  assert.equal((await powers.post(`/accounts/${kipus.account}/password`, { password: 'another long one' })).status, 403);
  const told = (await ask({ scopes: 'person.read', expires: day(-1) })).body.detail;
  assert.ok(told.includes(`${day()} – ${day(731)}`), told);
  const last = await ask({ scopes: 'person.read', expires: day() });
  assert.equal(last.status, 201);
  const end = new Date(last.body.expires_at);
  const inWarsaw = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw', dateStyle: 'short', timeStyle: 'medium' });
  assert.equal(inWarsaw.format(end), `${day(1)} 00:00:00`, 'a token ends with its day in Warsaw');
});

test('what is private is kept by no cache and read by no page of others', async () => {
  const evil = { Origin: 'https://evil.example' };
  const kinds = ['persons', 'intakes', 'accounts', 'tokens', 'applications', 'my-day', 'session', 'reports/services'];
  for (const path of [...kinds.map((kind) => `/${kind}`), `/persons/${person}`, '/persons/999', `/persons/${person}/export`, '/persons/x', '/nothing']) {
    for (const who of [kipus, iod, office.nobody]) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
        if (path === '/session' && method === 'DELETE') continue;
        const { status, headers } = await who.ask(method, path, undefined, { ...evil, 'Access-Control-Request-Method': 'GET' });
        const where = `${method} ${path}: ${status}`;
        assert.equal(headers.get('cache-control'), 'no-store', where);
        assert.equal(headers.get('x-content-type-options'), 'nosniff', where);
        assert.ok(![...headers.keys()].some((name) => name.startsWith('access-control-')), where);
      }
    }
  }
  const before_head = (await reads('person')).length;
  const head = await kipus.ask('HEAD', `/persons/${person}`);
  assert.deepEqual([head.status, head.body], [200, '']);
  assert.equal((await reads('person')).length, before_head + 1, 'whoever asks for the length alone has asked');
  assert.equal((await fetch(`${office.server.url}${BASE}/persons/${person}?token=${kipus.token}`)).status, 401);
});

test('a cookie is worth nothing to a page of another origin, nor one that was there before', async () => {
  const session = (headers = {}) => fetch(`${office.server.url}${BASE}/session`, { method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify({ login: 'kipus', password: PASSWORD }) });
  const planted = 'okienko_koszalin=planted-by-somebody';
  const answer = await session({ Cookie: planted });
  const [cookie, ...attributes] = answer.headers.get('set-cookie').split('; ');
  assert.notEqual(cookie, planted);
  assert.deepEqual(attributes.filter((name) => !name.startsWith('Max-Age')), ['Path=/', 'HttpOnly', 'SameSite=Strict']);
  assert.ok(!JSON.stringify(await answer.json()).includes(cookie.split('=')[1]), 'a page cannot read its own token');
  const status = async (method, path, headers, body) => (await fetch(office.server.url + BASE + path,
    { method, headers: { Cookie: cookie, ...headers }, body })).status;
  const body = JSON.stringify({ about: 'information', on_day: day() }), json = { 'Content-Type': 'application/json' };
  for (const Origin of ['https://evil.example', 'null', `${office.server.url}.evil.example`, 'http://localhost:1']) {
    assert.equal(await status('POST', '/referrals', { ...json, Origin }, body), 403, Origin);
    assert.equal(await status('DELETE', '/session', { Origin }), 403, Origin);
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    assert.equal(await status('POST', '/referrals', { 'Content-Type': type }, body), 415, type);
  }
  assert.equal(await status('POST', '/referrals', { ...json, Origin: office.server.url }, body), 201);
  assert.equal(await status('GET', '/session', { Cookie: planted }), 401);
  assert.equal(await status('DELETE', '/session', { Origin: office.server.url }), 204);
  assert.equal(await status('GET', '/session', {}), 401);
});

test('an address is who the proxy says, and has its share of listeners and no more', async () => {
  // Two lines: what the client sent, and what the proxy added.
  const raw = (line, address) => new Promise((done) => {
    const { port } = new URL(office.server.url), socket = connect(Number(port), '127.0.0.1');
    socket.once('data', (bytes) => done({ status: Number(String(bytes).slice(9, 12)), socket }));
    socket.write(`${line} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.9.8.${Math.floor(Math.random() * 250)}\r\n`
      + `X-Forwarded-For: ${address}\r\n\r\n`);
  });
  const statuses = [];
  for (let i = 0; i < 30; i++) {
    const { status, socket } = await raw(`GET ${BASE}/intakes/status/aaaaaaaaaa${10 + i}`, '192.0.2.7');
    socket.destroy();
    statuses.push(status);
  }
  assert.deepEqual([...new Set(statuses)], [404, 429]);
  const listening = await Promise.all(Array.from({ length: 70 }, (_, i) => raw(`GET ${BASE}/availability/events`, `2001:db8::${i + 1}`)));
  assert.equal(listening.filter(({ status }) => status === 200).length, 64);
  assert.equal(listening.filter(({ status }) => status === 429).length, 6);
  assert.equal((await raw(`GET ${BASE}/availability/events`, 'x'.repeat(200))).status, 200);
  const other = await raw(`GET ${BASE}/availability/events`, '2001:db8:0:1::1');
  assert.equal(other.status, 200);
  for (const { socket } of [...listening, other]) socket.destroy();
});

test('what is confidential is for those on the case, and only while they are', async () => {
  const second = await office.hire('kipus', {}, 'second'), people = { second };
  for (const role of ['ous', 'director']) people[role] = await office.signIn(role);
  const note = await kipus.make('/notes', { person, about: 'violence', on_day: day(), content: 'Poufne słowa' });
  const asked = await kipus.make('/applications', { person, applicant_role: 'self', received_on: day() });
  const diagnosis = await kipus.make('/diagnoses', { person, application: asked, made_on: day(), needs: 'x', health: 'Poufne zdrowie',
    problems: 'Poufne', disability: 'Poufna' });
  const paths = [`/notes/${note}`, '/notes?open=true', `/notes?person=${person}&open=true`, `/diagnoses/${diagnosis}`, '/diagnoses?open=true'];
  const words = async (who) => (await Promise.all(paths.map((path) => who.get(path)))).filter(({ body }) => /Pouf/.test(JSON.stringify(body))).length;
  assert.equal(await words(kipus), paths.length);
  for (const [role, who] of Object.entries({ ...people, iod, admin: office.admin })) assert.equal(await words(who), 0, role);
  assert.equal((await second.patch(`/notes/${note}`, { content: 'x' }, { 'If-Match': '*' })).status, 403);
  assert.equal((await second.post('/assignments', { person, account: second.account })).status, 403, 'nobody puts oneself on a case');
  const assignment = await kipus.make('/assignments', { person, account: second.account });
  assert.equal(await words(second), paths.length);
  const noted = (await reads('note')).filter(({ account }) => account === second.account);
  assert.equal(noted.length, 3, 'each reading of them is in the journal');
  await kipus.step(`/assignments/${assignment}`, 'end');
  assert.equal(await words(second), 0);
  assert.equal((await second.patch(`/notes/${note}`, { content: 'x' }, { 'If-Match': '*' })).status, 403);
  assert.match(JSON.stringify(await iod.read(`/persons/${person}/export`)), /Poufne słowa/);
});

test('numbers, versions and pages of any size are answered', async () => {
  for (const path of ['/persons/9223372036854775808', '/persons/-1', '/persons/+1', '/persons/1%00', '/persons/1e1', '/persons/١']) {
    assert.equal((await kipus.get(encodeURI(path))).status, 404, path);
  }
  for (const query of ['limit=-1', 'limit=501', 'limit=61&open=true', 'after=-1', 'after=9223372036854775808', 'limit=0', 'limit=1&limit=2', 'limit=', 'open=1']) {
    assert.equal((await kipus.get(`/persons?${query}`)).status, 400, query);
  }
  for (const query of ['limit=1', 'limit=500', 'after=9223372036854775807', 'household=9223372036854775807', 'newest=true&after=1']) {
    assert.equal((await kipus.get(`/persons?${query}`)).status, 200, query);
  }
  const stale = ['"person-1-1', 'W/"person-1-1"', '"person-1-1", "person-1-2"', '"person-1--1"', '"person-1-99999999999999999999"', '"person-01-1"', '""', '*, *'];
  for (const match of stale) assert.equal((await kipus.patch('/persons/1', { phone: '1' }, { 'If-Match': match })).status, 412, match);
  for (const login of ['Ｋipus', 'KIPUS', 'kípus', 'kipus\u202e', 'ki pus', 'ki/pus', 'к', '', 'x'.repeat(41)]) {
    assert.equal((await office.admin.post('/accounts', { login, name: 'x', role: 'ous' })).status, 422, login);
  }
  assert.equal((await office.admin.post('/accounts', { login: 'kipus ', name: 'x', role: 'ous' })).status, 409, 'blanks around it make no other login');
  for (const login of ['Ｋipus', 'KIPUS', 'kípus']) assert.equal((await office.nobody.post('/session', { login, password: PASSWORD })).status, 401, login);
});
