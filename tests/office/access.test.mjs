// Who is let in and how far: roles that cannot be taken or lost by accident, sessions that end with them, places that
// nobody can take from all others, and requests that may be sent again.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { until } from '../support/okienko.mjs';
import { BASE, PASSWORD, apply, client, day, open, register } from './office.mjs';

let office, kipus, ous, iod;
before(async () => {
  office = await open();
  [kipus, ous, iod] = [await office.hire('kipus'), await office.hire('ous'), await office.hire('iod')];
});
after(() => office.close());

const move = async (who, path, body) => who.patch(path, body, { 'If-Match': (await who.get(path)).etag });
const refused = (answer, status, name) => assert.deepEqual([answer.status, answer.body.type],
  [status, `urn:okienko:problem:${name}`], JSON.stringify(answer.body));

test('nobody takes another role, and the last administrator stays', async () => {
  const own = `/accounts/${office.admin.account}`;
  refused(await move(office.admin, own, { role: 'iod' }), 409, 'own-role');
  assert.equal((await move(office.admin, own, { name: 'Anna Nowa' })).status, 200, 'the rest may change');
  const made = await office.admin.post('/tokens', { name: 'p', scopes: 'account.change account.disable account.read', expires: day(9) });
  const program = client(office.server, made.body.token);
  refused(await move(program, own, { role: 'iod' }), 409, 'own-role');
  const second = await office.hire('admin', {}, 'second');
  refused(await move(second, `/accounts/${second.account}`, { role: 'iod' }), 409, 'own-role');
  assert.equal((await move(second, own, { role: 'editor' })).status, 200);
  for (const [step, body] of [['disable', {}]]) {
    const answer = await second.post(`/accounts/${second.account}/${step}`, body, { 'If-Match': '*' });
    assert.equal(answer.status, 409);
    assert.ok(!(await second.read(`/accounts/${second.account}`)).steps.includes('disable'));
  }
  assert.equal((await move(second, own, { role: 'admin' })).status, 200);
  office.admin = await office.signIn('admin');
});

test('a change of role ends sessions at once, and nothing brings them back', async () => {
  const somebody = await office.hire('kipus', {}, 'mover'), path = `/accounts/${somebody.account}`;
  const program = client(office.server, (await somebody.post('/tokens', { name: 'p', scopes: 'person.read', expires: day(9) })).body.token);
  assert.equal((await program.get('/persons')).status, 200);
  assert.equal((await move(office.admin, path, { name: 'Inne nazwisko' })).status, 200);
  assert.equal((await somebody.get('/session')).status, 200, 'another name changes nothing');
  assert.equal((await move(office.admin, path, { role: 'ous' })).status, 200);
  for (const who of [somebody, program]) assert.equal((await who.get('/persons')).status, 401);
  const again = await office.signIn('mover');
  await office.admin.step(path, 'disable');
  assert.equal((await again.get('/session')).status, 401);
  await office.admin.step(path, 'enable');
  for (const who of [somebody, program, again]) assert.equal((await who.get('/session')).status, 401, 'what ended stays so');
  const { items } = await office.admin.read('/tokens?limit=500');
  assert.ok(items.filter(({ account, state }) => account === somebody.account && state === 'standing').length === 0);
});

test('a refusal names what is lacking, and a body where it breaks', async () => {
  const lacking = await kipus.get('/journal');
  assert.deepEqual([lacking.status, lacking.body.permission], [403, 'journal.read']);
  assert.deepEqual((({ status, body }) => [status, body.permission])(await office.nobody.get('/persons')), [401, 'person.read']);
  const bad = await kipus.post('/persons', '{"given_name": "A",\n  "family_name" "B"}');
  assert.deepEqual([bad.status, bad.body.line, bad.body.column], [400, 2, 17], JSON.stringify(bad.body));
});

test('lists end', async () => {
  for (let after = 0, pages = 0; after !== null; pages++) {
    const { items, next } = await iod.read(`/journal?after=${after}&limit=7`);
    assert.ok(items.length > 0 && pages < 500, 'no page is empty');
    after = next;
  }
  for (const path of ['/persons', '/journal', '/persons/due', '/changes']) {
    const answer = await iod.get(`${path}?limit=0`);
    assert.deepEqual([answer.status, answer.body.field], [400, 'limit'], path);
  }
});

/** Listens for somebody behind a proxy; { status, socket }. */
const listen = (address) => new Promise((done, fail) => {
  const socket = connect(Number(new URL(office.server.url).port), '127.0.0.1');
  socket.once('data', (bytes) => done({ status: Number(String(bytes).slice(9, 12)), socket }));
  socket.on('error', fail);
  socket.write(`GET ${BASE}/availability/events HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${address}\r\n\r\n`);
});

test('eight addresses do not shut out the others, and who goes leaves the place at once', async () => {
  const many = [];
  for (let i = 0; i < 512; i++) many.push(await listen(`192.0.2.${1 + i % 8}`));
  assert.ok(many.every(({ status }) => status === 200));
  const others = [];
  for (let i = 0; i < 20; i++) others.push(await listen(`198.51.100.${i + 1}`));
  assert.deepEqual([...new Set(others.map(({ status }) => status))], [200]);
  for (const { socket } of [...many, ...others]) socket.destroy();
  const first = await Promise.all(Array.from({ length: 64 }, () => listen('203.0.113.1')));
  assert.ok(first.every(({ status }) => status === 200));
  assert.equal((await listen('203.0.113.1')).status, 429);
  for (const { socket } of first) socket.destroy();
  await until(async () => {
    const again = await listen('203.0.113.1');
    again.socket.destroy();
    return again.status === 200;
  }, 3000);
});

test('what is agreed to was read; of several versions one has to be the present one', async () => {
  const person = await register(kipus), application = await apply(kipus, person);
  const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: 'x' });
  await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
  await kipus.make('/decisions', { application, service: 'window-cleaning', order_facts: { windows: 4, windows_unsafe: false } });
  await kipus.step(`/applications/${application}`, 'qualify');
  const plan = await kipus.make('/plans', { application, diagnosis, begins: day(), ends: day(300), effects: 'x' });
  refused(await kipus.post(`/plans/${plan}/agree`, {}, { 'If-Match': '*' }), 428, 'if-match-needed');
  refused(await kipus.post('/charges/1/cancel', {}, { 'If-Match': '*' }).then((answer) => answer.status === 403
    ? ous.post('/charges/1/cancel', {}, { 'If-Match': '*' }) : answer), 428, 'if-match-needed');
  const path = `/persons/${person}`, { etag } = await kipus.get(path);
  const patch = (match) => kipus.patch(path, { phone: '600 700 800' }, { 'If-Match': match });
  assert.equal((await patch(`"person-${person}-999", "other"`)).status, 412);
  assert.equal((await patch(`"person-${person}-1", ${etag}, "other"`)).status, 200);
  assert.equal((await patch(`W/${(await kipus.get(path)).etag}`)).status, 412, 'a weak tag is none to change by');
  const now = (await kipus.get(path)).etag;
  for (const known of [now, `"x", W/${now}`, '*']) {
    const same = await kipus.get(path, { 'If-None-Match': known });
    assert.deepEqual([same.status, same.body, same.etag], [304, '', now]);
  }
  assert.equal((await kipus.get(path, { 'If-None-Match': `${etag}, "x"` })).status, 200);
});

test('the public form may be sent again, and mistakes in it use nothing up', async () => {
  const form = { name: 'Jan Próbny', reach: '600 100 200', content: 'Okna' };
  const send = (body, key, address = '192.0.2.99') => office.nobody.post('/intakes', body,
    { 'X-Forwarded-For': address, ...(key ? { 'Idempotency-Key': key } : {}) });
  for (let i = 0; i < 30; i++) assert.equal((await send({ ...form, reach: undefined })).status, 422);
  const one = await send(form, 'k'), again = await send(form, 'k');
  assert.deepEqual([one.status, again.status, again.body], [201, 201, one.body]);
  const another = await send({ ...form, content: 'Drzwi' }, 'k', '192.0.2.98');
  assert.equal(another.status, 201, "somebody else's key is in nobody's way");
  assert.notEqual(another.body.code, one.body.code);
  const { items } = await kipus.read('/intakes?limit=500');
  assert.equal(items.length, 2);
  const { code } = one.body, spelled = [code, code.toLowerCase(), `${code.slice(0, 4)}-${code.slice(4)}`,
    `${code.slice(0, 3).toLowerCase()}%20${code.slice(3)}`];
  for (const way of spelled) {
    const answer = await office.nobody.get(`/intakes/status/${way}`, { 'X-Forwarded-For': '192.0.2.97' });
    assert.deepEqual([answer.status, answer.body.state], [200, 'received'], way);
  }
});

test("an application's own code is followed too", async () => {
  const application = await apply(kipus, await register(kipus, { pesel: undefined, document: 'ABC 1' }));
  const { code } = await kipus.read(`/applications/${application}`);
  const answer = await office.nobody.get(`/intakes/status/${code.toLowerCase()}`, { 'X-Forwarded-For': '192.0.2.96' });
  assert.deepEqual([answer.status, answer.body], [200, { state: null, received_on: day(), application: 'in_assessment' }]);
  refused(await office.nobody.get('/intakes/status/none', { 'X-Forwarded-For': '192.0.2.96' }), 404, 'not-found');
});

test('an own password is still changed by who knows it', async () => {
  const path = `/accounts/${kipus.account}/password`;
  assert.equal((await kipus.post(path, { password: 'another long one', current: 'wrong wrong wrong' })).status, 422);
  assert.equal((await kipus.post(path, { password: 'another long one', current: PASSWORD })).status, 200);
  assert.equal((await kipus.get('/session')).status, 200);
});
