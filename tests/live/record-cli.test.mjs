// The record on the command line: accounts, people, copies, the journal, with no server and beside one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary, okienko, serve, workspace } from '../support/okienko.mjs';

const PL = { locale: 'pl_PL.UTF-8' }, PASSWORD = 'zielony rower na moście', PESEL = '44051401359';
const PERSON = { given_name: 'Halszka', family_name: 'Brzęczyszczykiewicz', pesel: PESEL, phone: '+48 94 555 01 02' };
let place;
before(() => { place = workspace(); });
after(() => place.remove());

/** A subcommand on the record of `data`, "user add" being two words. */
const run = (words, rest, { data = place.data, ...how } = {}) =>
  okienko([...words.split(' '), '--data', data, ...rest], how);
/** The same with the rules of the test. */
const ruled = (words, rest, how) => run(words, ['--plugins', place.plugins, ...rest], how);
const add = (login, role, how = {}) => ruled('user add', ['koszalin', login, '--role', role], { input: `${PASSWORD}\n`, ...how });
const fresh = (name) => join(place.folder, name);

/** Nothing of a person, nor a password, in what a command said. */
function nothingPersonal(...said) {
  for (const { out, err } of said) {
    assert.doesNotMatch(out + err, new RegExp([...Object.values(PERSON).map(RegExp.escape ?? quoted), PASSWORD].join('|')));
  }
}
const quoted = (text) => text.replace(/[+.*]/g, '\\$&');

/** A server on the data with somebody signed in; `ask` gives { status, body }. */
async function office(login, data = place.data) {
  const server = await serve({ ...place, data });
  const session = await (await server.post('/v1/koszalin/session', { login, password: PASSWORD, token: true })).json();
  return { server, ask: async (path, body) => {
    const headers = { Authorization: `Bearer ${session.token}`, 'Idempotency-Key': `${Math.random()}` };
    const answer = body === undefined ? await server.get(`/v1/koszalin/${path}`, headers)
      : await server.post(`/v1/koszalin/${path}`, body, headers);
    return { status: answer.status, body: await answer.json() };
  } };
}

/** A person in the record, made through the server; the id. */
async function person(data = place.data, who = PERSON) {
  const { server, ask } = await office('kasia', data);
  const { status, body } = await ask('persons', who);
  await server.stop();
  assert.equal(status, 201, JSON.stringify(body));
  return body.id;
}

test('an account is made in an empty folder with no server ever started, and opens the server', async () => {
  const made = await add('anna.nowak', 'admin', PL);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /Założono konto „anna\.nowak”/);
  assert.equal(statSync(join(place.data, 'server.key')).mode & 0o777, 0o600);
  assert.equal(statSync(join(place.data, 'koszalin/record.db')).mode & 0o777, 0o600);
  const json = await ruled('user add', ['koszalin', 'kasia', '--role=kipus', '--name', 'Katarzyna Iksińska', '--json'],
    { input: `${PASSWORD}\r\n` });
  assert.deepEqual(JSON.parse(json.out), { id: 2, login: 'kasia' });
  const list = await run('user list', ['koszalin']);
  assert.match(list.out, /^anna\.nowak +admin +active +anna\.nowak\nkasia +kipus +active +Katarzyna Iksińska\n$/);
  const { server, ask } = await office('anna.nowak');
  assert.equal((await ask('session')).body.role, 'admin');
  const beside = JSON.parse((await run('user list', ['koszalin', '--json'])).out);
  assert.deepEqual(beside.map((one) => [one.login, one.role, one.state, one.provider]),
    [['anna.nowak', 'admin', 'active', null], ['kasia', 'kipus', 'active', null]]);
  await server.stop();
});

test('an account is refused with a reason, and nothing of it is kept', async () => {
  const refusals = [
    [await add('kasia', 'ous'), 1, /already/],
    [await add('Kasia', 'ous'), 1, /lower-case|small|lower/i],
    [await add('ewa', 'boss'), 2, /kipus,ous,director/],
    [await ruled('user add', ['koszalin', 'ewa'], { input: `${PASSWORD}\n` }), 2, /--role/],
    [await add('ewa', 'provider'), 1, /provider/],
    [await ruled('user add', ['koszalin', 'ewa', '--role', 'provider', '--provider', '99'], { input: `${PASSWORD}\n` }), 1, /provider/],
    [await ruled('user add', ['koszalin', 'ewa', '--role', 'provider', '--provider', 'x'], { input: `${PASSWORD}\n` }), 2, /number/],
    [await add('ewa', 'ous', { input: 'jedenaście!\n' }), 1, /12 characters/],
    [await add('ewa', 'ous', { input: '' }), 1, /one line/],
    [await add('ewa', 'ous', { input: `${'x'.repeat(300)}\n` }), 1, /200 bytes/],
    [await add('ewa-ewa-ewa-ewa', 'ous', { input: 'Ewa-ewa-ewa-EWA\n' }), 1, /must not be the login/],
    [await add('e'.repeat(41), 'ous'), 2, /"login".*40/],
    [await ruled('user add', ['nowhere', 'ewa', '--role', 'ous'], { input: `${PASSWORD}\n` }), 2, /no programme/],
    [await run('user list', ['nowhere']), 2, /no record/],
    [await run('user list', ['koszalin', 'kasia']), 2, /no use for "kasia"/],
    [await run('user list', ['koszalin', '--role', 'ous']), 2, /does not belong to "user list"/],
    [await run('user add', ['koszalin']), 2, /argument is missing/],
    [await run('user invent', ['koszalin', 'ewa']), 2, /no use for "invent"/],
  ];
  for (const [said, code, text] of refusals) {
    assert.equal(said.code, code, said.err);
    assert.match(said.err, text);
  }
  nothingPersonal(...refusals.map(([said]) => said));
  assert.equal(JSON.parse((await run('user list', ['koszalin', '--json'])).out).length, 2);
});

test('a new password and a disabled account hold at the next start', async () => {
  assert.equal((await add('jan', 'ous')).code, 0);
  const { server, ask } = await office('jan');
  assert.equal((await ask('session')).status, 200);
  for (const [words, way] of [['user password', /accounts\/\{id\}\/password/], ['user disable', /accounts\/\{id\}\/disable/]]) {
    const beside = await ruled(words, ['koszalin', 'jan'], { input: 'inne dobre hasło\n' });
    assert.equal(beside.code, 1);
    assert.match(beside.err, way);
  }
  assert.match((await add('ola', 'ous')).err, /POST \/v1\/koszalin\/accounts;.*\/first/);
  await server.stop();
  assert.equal((await ruled('user password', ['koszalin', 'jan'], { input: 'inne dobre hasło\n' })).code, 0);
  const again = await serve(place);
  const sign = (password) => again.post('/v1/koszalin/session', { login: 'jan', password });
  assert.equal((await sign(PASSWORD)).status, 401);
  assert.equal((await sign('inne dobre hasło')).status, 201);
  await again.stop();
  assert.match((await ruled('user disable', ['koszalin', 'jan'], PL)).out, /„jan” jest wyłączone/);
  assert.match((await ruled('user disable', ['koszalin', 'jan'])).err, /disabled/);
  assert.match((await ruled('user disable', ['koszalin', 'nobody'])).err, /no account/);
  const off = await serve(place);
  assert.equal((await off.post('/v1/koszalin/session', { login: 'jan', password: 'inne dobre hasło' })).status, 401);
  await off.stop();
});

/** Types lines at a terminal of the command's own; what was to be seen there. */
function typed(args, lines) {
  const words = [binary, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', words, '/dev/null'], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  let seen = '', asked = 0;
  child.stdout.on('data', (bytes) => {
    seen += bytes;
    const questions = seen.match(/(Password|Once more):/g)?.length ?? 0;
    while (asked < questions) child.stdin.write(`${lines[asked++]}\n`);
  });
  return new Promise((done) => child.on('exit', (code) => done({ code, seen })));
}

test('at a terminal a password is asked for twice and never shown', async () => {
  const args = ['user', 'add', 'koszalin', 'typist', '--role', 'ous', '--data', place.data, '--plugins', place.plugins];
  const slip = await typed(args, [PASSWORD, `${PASSWORD}!`]);
  assert.equal(slip.code, 1);
  assert.match(slip.seen, /differ/);
  const { code, seen } = await typed(args, [PASSWORD, PASSWORD]);
  assert.equal(code, 0, seen);
  assert.match(seen, /Password:[^]*Once more:[^]*Added/);
  assert.ok(!(slip.seen + seen).includes(PASSWORD));
});

test('a person is exported whole, by number or PESEL, and each export is in the journal', async () => {
  const id = await person();
  const json = await ruled('person export', ['koszalin', `${id}`, '--json']);
  assert.equal(json.code, 0, json.err);
  const held = JSON.parse(json.out);
  assert.equal(held.person.family_name, PERSON.family_name);
  assert.equal(held.person.pesel, PESEL);
  for (const list of ['applications', 'orders', 'charges', 'notes', 'diagnoses']) assert.deepEqual(held[list], []);
  const readable = await ruled('person export', ['koszalin', '--pesel'], { input: `${PESEL}\n` });
  assert.match(readable.out, /^person:\n( {2}.*\n)* {2}family_name: Brzęczyszczykiewicz\n/m);
  const reads = JSON.parse((await ruled('person export', ['koszalin', `${id}`, '--json'])).out).journal;
  assert.equal(reads.filter((entry) => entry.read === 'person.export' && entry.account === 0).length, 2);
});

test('an export or erasure is refused with a reason that names nobody', async () => {
  const id = await person(place.data, { ...PERSON, pesel: '02070803628', given_name: 'Zenobia' });
  const { server } = await office('kasia');
  const refusals = [
    [await ruled('person export', ['koszalin', `${id}`]), 1, /GET \/v1\/koszalin\/persons\/\{id\}\/export/],
    [await ruled('person erase', ['koszalin', `${id}`, '--yes']), 1, /POST \/v1\/koszalin\/persons\/\{id\}\/erase/],
  ];
  await server.stop();
  refusals.push(
    [await ruled('person erase', ['koszalin', `${id}`]), 2, /--yes/],
    [await ruled('person export', ['koszalin', `${id}`, '--yes']), 2, /does not belong/],
    [await ruled('person export', ['koszalin', '12345']), 1, /no such person/],
    [await ruled('person export', ['koszalin', PERSON.family_name]), 2, /number/],
    [await ruled('person export', ['koszalin', '--pesel'], { input: '' }), 1, /PESEL is wanted/],
    [await ruled('person export', ['koszalin', '--pesel'], { input: '90090515836\n' }), 1, /no such person/],
    [await ruled('person export', ['koszalin', `${id}`, '--pesel'], { input: `${PESEL}\n` }), 2, /by ID or --pesel/],
    [await ruled('person export', ['koszalin']), 2, /by ID or --pesel/],
    [await ruled('person export', ['nowhere', '1']), 2, /no record/]);
  for (const [said, code, text] of refusals) {
    assert.equal(said.code, code, said.err);
    assert.match(said.err, text);
  }
  nothingPersonal(...refusals.map(([said]) => said));
});

test('who is erased is gone from every export, and the number stays', async () => {
  const id = await person(place.data, { ...PERSON, pesel: '90090515836', given_name: 'Kunegunda' });
  const erased = await ruled('person erase', ['koszalin', '--pesel', '--yes'], { input: '90090515836\n', ...PL });
  assert.equal(erased.code, 0, erased.err);
  assert.match(erased.out, new RegExp(`osoby ${id}\\. Kopie zapasowe`));
  nothingPersonal(erased);
  const held = await ruled('person export', ['koszalin', `${id}`, '--json']);
  assert.equal(JSON.parse(held.out).person.state, 'erased');
  assert.doesNotMatch(held.out, /Kunegunda|Brzęcz|90090515836/);
  assert.match((await ruled('person export', ['koszalin', '--pesel'], { input: '90090515836\n' })).err, /no such person/);
  assert.equal((await ruled('person erase', ['koszalin', `${id}`, '--yes'])).code, 1);
});
