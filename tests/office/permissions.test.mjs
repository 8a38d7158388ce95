// Every route with every role: who is let past the door is who the table says, and nobody else. The
// table itself is held to tests/office's own list of what must never be possible.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { client, day, open } from './office.mjs';

const ROLES = ['kipus', 'ous', 'director', 'provider', 'editor', 'iod', 'admin'];
let office, table;
const people = {};

before(async () => {
  office = await open();
  const ous = await office.hire('ous');
  const provider = await ous.make('/providers', { name: 'Spółdzielnia', type: 'social-enterprise', since: day() });
  people.ous = ous;
  for (const role of ROLES.filter((name) => name !== 'ous')) {
    people[role] = role === 'admin' ? office.admin : await office.hire(role, role === 'provider' ? { provider } : {});
  }
  people.resident = client(office.server);
  table = await office.nobody.read('/permissions');
});
after(() => office.close());

test('each route asks for a permission of the table, but the ways in and what is public', () => {
  const open_doors = table.routes.filter(({ permission }) => permission === null)
    .map(({ method, path }) => `${method} ${path.replace('/v1/{programme}', '')}`).sort();
  assert.deepEqual(open_doors, ['DELETE /session', 'GET /availability/events', 'GET /changes', 'GET /permissions', 'GET /session',
    'POST /first', 'POST /session']);
  for (const { path, permission } of table.routes) {
    assert.ok(permission === null || table.permissions[permission], `${path} wants ${permission}`);
  }
});

test('every route lets in whom the table lets in', async () => {
  let asked = 0, let_in = 0;
  for (const { method, path, permission } of table.routes.filter((route) => route.permission)) {
    const target = path.replace('/v1/{programme}', '').replace('{id}', '999999').replace('{code}', 'none').replace('{name}', 'none');
    for (const [role, who] of Object.entries(people)) {
      const { status, body } = await who.ask(method, target, method === 'GET' ? undefined : {}, { 'If-Match': '*' });
      const reach = table.permissions[permission][role];
      const shut = body.type?.endsWith(role === 'resident' ? 'sign-in-needed' : 'not-allowed') ?? false;
      // Passwords are set for one's own account by those who manage their own sessions.
      const others = permission === 'sessions.manage' && path.endsWith('/password') && reach === 'own';
      assert.equal(shut, reach === 'never' || others, `${role}: ${method} ${target} is ${status}, the table says ${reach}`);
      assert.ok(status < 500, `${role}: ${method} ${target} is ${status}`);
      if (shut) assert.equal(status, role === 'resident' ? 401 : 403);
      asked++;
      let_in += shut ? 0 : 1;
    }
  }
  console.log(`proved: ${asked} pairs of route and role, ${let_in} let in, as the table says`);
});

test('what must never be', () => {
  const may = (permission, role) => table.permissions[permission][role] !== 'never';
  for (const [permission, roles] of Object.entries(table.permissions)) {
    const open_to_all = ['intake.make', 'intake.status'];
    assert.equal(roles.resident !== 'never', open_to_all.includes(permission), permission);
    if (!/^(order|delivery)\.|\.read$|^sessions|^token/.test(permission)) assert.equal(roles.provider, 'never', permission);
    if (roles.provider !== 'never') assert.equal(roles.provider, 'own', permission);
  }
  for (const role of ['admin', 'editor', 'provider', 'resident']) {
    for (const permission of ['person.read', 'person.find', 'person.export', 'note.read', 'confidential.read', 'journal.read']) {
      assert.ok(!may(permission, role), `${role} ${permission}`);
    }
  }
  for (const role of ROLES) assert.ok(table.permissions['confidential.read'][role] !== 'any', role);
  assert.ok(!may('plan.approve', 'kipus'));
});

test('a program has what its scopes name, and no more', async () => {
  const made = await people.kipus.post('/tokens', { name: 'kalendarz', scopes: 'application.read my-day.read', expires: day(30) });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const program = client(office.server, made.body.token);
  assert.equal((await program.get('/applications')).status, 200);
  assert.equal((await program.get('/my-day')).status, 200);
  assert.equal((await program.get('/persons/1')).status, 403);
  assert.equal((await people.kipus.post('/tokens', { name: 'x', scopes: 'person.rule', expires: day(30) })).status, 422);
  const id = made.body.id;
  assert.equal((await people.ous.post(`/tokens/${id}/revoke`, {}, { 'If-Match': '*' })).status, 403);
  await people.kipus.step(`/tokens/${id}`, 'revoke');
  assert.equal((await program.get('/applications')).status, 401);
  const tokens = await people.kipus.read('/tokens');
  assert.ok(!JSON.stringify(tokens).includes('digest'));
});
