// Versions, repeated requests, hostile bodies, wrong passwords; and nothing personal where it could be
// read by others.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BASE, PASSWORD, client, day, open, pesel, register } from './office.mjs';

let office, kipus, person;
const SECRET = ['Tajemnicza', pesel('1944-04-04', true, 44), '777 888 999', 'ul. Ukryta 9'];

before(async () => {
  office = await open();
  kipus = await office.hire('kipus');
  person = await register(kipus, { family_name: SECRET[0], pesel: SECRET[1], phone: SECRET[2], address: SECRET[3] });
});
after(async () => {
  const log = office.server.log();
  for (const secret of [...SECRET, PASSWORD, 'Próbna']) assert.ok(!log.includes(secret), `the log has ${secret}`);
  assert.deepEqual(await office.close(), { code: 0, signal: null });
});

test('a change needs the version that is known', async () => {
  const path = `/persons/${person}`;
  assert.equal((await kipus.patch(path, { phone: '1' })).status, 428);
  const { etag } = await kipus.get(path);
  assert.match(etag, /^"person-1-\d+"$/);
  const first = await kipus.patch(path, { email: 'a@example.org' }, { 'If-Match': etag });
  assert.equal(first.status, 200);
  assert.equal(first.etag, `"person-${person}-${first.body.version}"`);
  for (const stale of [etag, '"person-2-1"', '"order-1-1"', 'x', '""']) {
    assert.equal((await kipus.patch(path, { email: 'b@example.org' }, { 'If-Match': stale })).status, 412, stale);
  }
  const list = `"other-1-1", ${etag}, ${first.etag}`; // one of a list is enough: RFC 9110, 13.1.1
  assert.equal((await kipus.patch(path, { email: null }, { 'If-Match': list })).status, 200);
  assert.equal((await kipus.read(path)).email, null);
  const known = (await kipus.get(path)).etag;
  const both = await Promise.all([1, 2].map((n) => kipus.patch(path, { email: `${n}@example.org` }, { 'If-Match': known })));
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412]);
});

test('a request that is sent again is done once', async () => {
  const body = { about: 'information', on_day: day() }, headers = { 'Idempotency-Key': 'once-1' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => kipus.post('/referrals', body, headers)));
  assert.deepEqual([...new Set(answers.map(({ status, body: { id } }) => `${status} ${id}`))], ['201 1']);
  assert.equal(answers[7].headers.get('location'), `${BASE}/referrals/1`);
  assert.equal((await kipus.read('/referrals')).items.length, 1);
  const other = await kipus.post('/referrals', { ...body, about: 'referral' }, headers);
  assert.equal(other.status, 422);
  assert.equal(other.body.type, 'urn:okienko:problem:idempotency-key-reused');
  assert.equal((await kipus.post('/referrals', body, { 'Idempotency-Key': 'x'.repeat(200) })).status, 400);
});

test('all mistakes of a body are told at once, none of them repeats what was sent', async () => {
  const answer = await kipus.post('/persons', { given_name: 7, family_nam: SECRET[0], pesel: '12345678901', sex: 'other',
    assisted_before: 'tak', household: -1, phone: 'x'.repeat(50) });
  assert.equal(answer.status, 422);
  assert.deepEqual(answer.body.errors.map(({ field }) => field).sort(), ['/assisted_before', '/family_nam', '/family_name',
    '/given_name', '/household', '/pesel', '/phone', '/sex']);
  assert.equal(answer.body.errors.find(({ field }) => field === '/family_nam').nearest, 'family_name');
  for (const secret of [SECRET[0], '12345678901']) assert.ok(!JSON.stringify(answer.body).includes(secret));
  const twice = await kipus.post('/persons', { given_name: 'A', family_name: 'B', pesel: SECRET[1] });
  assert.equal(twice.status, 409);
  for (const secret of SECRET) assert.ok(!JSON.stringify(twice.body).includes(secret));
});

test('hostile bodies are refused, and nothing is made of them', async () => {
  const bodies = ['{', '[]', '"x"', '{"given_name":"a","given_name":"b"}', '{"given_name":"\\u0000"}', '{"a":'.repeat(40) + '1' + '}'.repeat(40),
    '{"given_name":"\\ud800"}', '\xff\xfe', '{"given_name":"a\\nb","family_name":"c"}', '{"given_name":"a\\u202eb","family_name":"c"}',
    '{"given_name":"","family_name":" "}', '{"given_name":"x","family_name":"y","state":"erased"}', '{"given_name":"x","family_name":"y","facts":9}',
    `{"given_name":"${'x'.repeat(100)}","family_name":"y"}`, '{"given_name":"x","family_name":"y","household":1e99}',
    '{"given_name":"x","family_name":"y","household":4242}', '{"given_name":"x","family_name":"y","override":"bo tak"}'];
  for (const body of bodies) {
    const { status, body: told } = await kipus.post('/persons', body);
    assert.ok([400, 403, 422].includes(status), `${status} for ${body.slice(0, 60)}`);
    assert.match(told.type, /^urn:okienko:problem:/);
  }
  const typed = await kipus.post('/persons', '{"given_name":"x"}', { 'Content-Type': 'text/plain' });
  assert.equal(typed.status, 415);
  for (const path of ['/persons/0', '/persons/-1', '/persons/99999999999999999999', '/persons/x', '/nothings', '/persons/1/rule']) {
    assert.equal((await kipus.get(path)).status, 404, path);
  }
  const iod = await office.hire('iod');
  assert.equal((await iod.read('/persons')).items.length, 1);
});

test('a page signs in with a cookie that scripts and other origins cannot use', async () => {
  const answer = await fetch(`${office.server.url}${BASE}/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login: 'kipus', password: PASSWORD }) });
  const cookie = answer.headers.get('set-cookie');
  assert.match(cookie, /^okienko_koszalin=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
  assert.ok(!(await answer.text()).includes('"token"'));
  const page = { Cookie: `other=1; ${cookie.split(';')[0]}` };
  assert.equal((await office.nobody.get('/session', page)).body.role, 'kipus');
  const write = (headers) => office.nobody.post('/referrals', { about: 'information', on_day: day() }, { ...page, ...headers });
  assert.equal((await write({})).status, 201);
  assert.equal((await write({ Origin: office.server.url })).status, 201);
  assert.equal((await write({ Origin: 'https://evil.example' })).status, 403);
  assert.equal((await write({ Origin: 'null' })).status, 403);
  assert.equal((await write({ 'Content-Type': 'text/plain' })).status, 415);
  assert.equal((await office.nobody.ask('DELETE', '/session', undefined, page)).status, 204);
  assert.equal((await office.nobody.get('/session', page)).status, 401);
});

test('pages of other origins read what is public, and nothing else', async () => {
  const from = { Origin: 'https://gmina.example' };
  for (const path of ['/changes', '/permissions']) {
    assert.equal((await office.nobody.get(path, from)).headers.get('access-control-allow-origin'), '*', path);
  }
  for (const path of ['/persons/1', '/session', '/my-day']) {
    assert.equal((await kipus.get(path, from)).headers.get('access-control-allow-origin'), null, path);
  }
});

test('after five wrong passwords a login waits, whether there is such a one or not', async () => {
  await office.hire('editor');
  for (const login of ['editor', 'nobody-at-all']) {
    for (let i = 0; i < 5; i++) {
      assert.equal((await office.nobody.post('/session', { login, password: 'wrong password' })).status, 401);
    }
    const locked = await office.nobody.post('/session', { login, password: PASSWORD });
    assert.equal(locked.status, 429);
    assert.ok(Number(locked.headers.get('retry-after')) > 800);
  }
  assert.equal((await kipus.get('/session')).status, 200);
});

test('the first account is made once, passwords are not weak, accounts end', async () => {
  const again = await office.nobody.post('/first', { code: office.code, login: 'second', name: 'x', password: PASSWORD });
  assert.equal(again.status, 403);
  const id = await office.admin.make('/accounts', { login: 'mortal', name: 'Krótki', role: 'ous' });
  for (const password of ['short', 'mortal', '12345678901']) {
    assert.equal((await office.admin.post(`/accounts/${id}/password`, { password })).status, 422);
  }
  assert.equal((await office.admin.post('/accounts', { login: 'mortal', name: 'x', role: 'ous' })).status, 409);
  await office.admin.post(`/accounts/${id}/password`, { password: PASSWORD });
  const mortal = await office.signIn('mortal');
  const other = await office.signIn('mortal');
  assert.equal((await mortal.post(`/accounts/${id}/password`, { password: 'another long one', current: 'wrong' })).status, 422);
  assert.equal((await mortal.post(`/accounts/${id}/password`, { password: 'another long one', current: PASSWORD })).status, 200);
  assert.equal((await mortal.get('/session')).status, 200);
  assert.equal((await other.get('/session')).status, 401);
  assert.ok(!JSON.stringify(await office.admin.read(`/accounts/${id}`)).includes('argon2'));
  await office.admin.step(`/accounts/${id}`, 'disable');
  assert.equal((await mortal.get('/session')).status, 401);
});

test('the public form gives a code, and the code tells how it stands', async () => {
  const form = { services: ['window-cleaning'], name: SECRET[0], reach: SECRET[2], content: 'Proszę' };
  const made = await office.nobody.post('/intakes', form);
  assert.equal(made.status, 201);
  assert.deepEqual(Object.keys(made.body).sort(), ['code', 'state', 'status']);
  const told = await office.nobody.get(made.body.status.replace(BASE, ''));
  assert.deepEqual(told.body, { state: 'received', received_on: day(), application: null });
  assert.equal((await office.nobody.get('/intakes/status/aaaaaaaa')).status, 404);
  assert.equal((await office.nobody.get('/intakes/1')).status, 401);
  assert.equal((await kipus.read('/intakes/1')).name, SECRET[0]);
  const rest = await Promise.all(Array.from({ length: 10 }, () => office.nobody.post('/intakes', form)));
  assert.ok(rest.some(({ status }) => status === 429));
});

test('what was signed in, written and read is there after a start', async () => {
  const before_start = await kipus.read(`/persons/${person}`);
  await office.server.kill('SIGKILL');
  await office.server.exited;
  const { serve } = await import('../support/okienko.mjs');
  const server = await serve(office.place);
  assert.ok(!server.log().includes('koszalin: there is no account'));
  const again = client(server, kipus.token);
  const { changed_at, version } = await again.read(`/persons/${person}`);
  assert.deepEqual({ changed_at, version }, { changed_at: before_start.changed_at, version: before_start.version });
  office.server = server;
  office.close = async () => { const ended = await server.stop(); office.place.remove(); return ended; };
});
