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

const quoted = (text) => text.replace(/[+.*]/g, '\\$&');

/** Nothing of a person, nor a password, in what a command said. */
function nothingPersonal(...said) {
  for (const { out, err } of said) {
    assert.doesNotMatch(out + err, new RegExp([...Object.values(PERSON).map(quoted), PASSWORD].join('|')));
  }
}

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

test('a copy is made beside a server, is whole, private, and never over another file', async () => {
  const { server } = await office('kasia');
  const file = fresh('copy.db');
  const made = await run('backup', ['koszalin', file], PL);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /KiB, wpisów w dzienniku: \d+/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  for (const planted of Object.values(PERSON)) assert.ok(!readFileSync(file).includes(planted));
  const again = await run('backup', ['koszalin', file]);
  assert.equal(again.code, 1);
  assert.match(again.err, /overwrites nothing/);
  const json = JSON.parse((await run('backup', ['koszalin', fresh('second.db'), '--json'])).out);
  assert.equal(json.bytes, statSync(fresh('second.db')).size);
  const audit = JSON.parse((await run('audit verify', ['koszalin', '--json'])).out);
  assert.equal(audit[0].entries, json.entries);
  const held = await run('restore', ['koszalin', file]);
  assert.equal(held.code, 1);
  assert.match(held.err, /stop it/);
  await server.stop();
  assert.equal((await run('backup', ['koszalin', fresh('no/where.db')])).code, 1);
  assert.equal((await run('backup', ['nowhere', fresh('x.db')])).code, 2);
  assert.equal((await run('backup', ['koszalin'])).code, 2);
});

test('backup, damage, restore: the record is as it was, but for who was erased since', async () => {
  const id = await person(place.data, { ...PERSON, pesel: '02270803624', given_name: 'Gryzelda' });
  const later = await person(place.data, { ...PERSON, pesel: '44051401458', given_name: 'Wilhelmina' });
  const file = fresh('night.db'), record = join(place.data, 'koszalin/record.db');
  assert.equal((await run('backup', ['koszalin', file])).code, 0);
  assert.equal((await ruled('person erase', ['koszalin', `${later}`, '--yes'])).code, 0);
  const whole = readFileSync(record);
  writeFileSync(record, Buffer.concat([whole.subarray(0, 8192), Buffer.alloc(whole.length - 8192, 0x5a)]));
  const damaged = [await run('user list', ['koszalin']), await run('backup', ['koszalin', fresh('bad.db')]),
    await add('zosia', 'ous')];
  for (const said of damaged) assert.equal(said.code, 1, said.out);
  assert.match(damaged[0].err, /damaged.*okienko restore/);
  assert.ok(!existsSync(fresh('bad.db')) && !existsSync(fresh('bad.db.part')));
  const beside = await serve(place); // the other programmes do not wait for this one
  assert.match(beside.log(), /koszalin: .*damaged.*okienko restore/);
  assert.equal((await beside.get('/v1/koszalin/session')).status, 503);
  await beside.stop();
  const restored = await run('restore', ['koszalin', file], PL);
  assert.equal(restored.code, 0, restored.err);
  const [, kept] = restored.out.match(/Dotychczasowy zachowano: (\S+)\.\n/);
  assert.deepEqual(readFileSync(kept).subarray(8192, 8200), Buffer.alloc(8, 0x5a));
  assert.equal((await run('audit verify', ['koszalin'])).code, 0);
  const held = JSON.parse((await ruled('person export', ['koszalin', `${id}`, '--json'])).out);
  assert.equal(held.person.given_name, 'Gryzelda');
  const gone = await ruled('person export', ['koszalin', `${later}`, '--json']);
  assert.equal(JSON.parse(gone.out).person.state, 'erased');
  assert.doesNotMatch(gone.out, /Wilhelmina/);
  await (await serve(place)).stop();
});

test('on another machine a copy needs its key, and its programme', async () => {
  const file = fresh('moved.db'), there = fresh('there');
  assert.equal((await run('backup', ['koszalin', file])).code, 0);
  const elsewhere = { data: there };
  const without = await run('restore', ['koszalin', file], elsewhere);
  assert.equal(without.code, 1);
  assert.match(without.err, /key .*server\.key is missing/);
  assert.ok(!existsSync(join(there, 'server.key')), 'no key is made');
  mkdirSync(there, { mode: 0o700 });
  writeFileSync(join(there, 'server.key'), Buffer.alloc(32, 7), { mode: 0o600 });
  const wrong = await run('restore', ['koszalin', file], { ...elsewhere, ...PL });
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /Klucz serwera nie jest tym/);
  writeFileSync(join(there, 'server.key'), readFileSync(join(place.data, 'server.key')));
  assert.match((await run('restore', ['goleniow', file], elsewhere)).err, /programme "koszalin", not of "goleniow"/);
  assert.equal((await run('restore', ['koszalin', join(place.plugins, 'act.lua')], elsewhere)).code, 1);
  assert.equal((await run('restore', ['koszalin', fresh('none.db')], elsewhere)).code, 2);
  const right = await run('restore', ['koszalin', file, '--json'], elsewhere);
  assert.deepEqual(JSON.parse(right.out), { file, kept: null });
  assert.match((await run('user list', ['koszalin'], elsewhere)).out, /Katarzyna Iksińska/);
});

test('a record whose key is missing or another one is left alone, and no new key is made', async () => {
  const key = join(place.data, 'server.key'), aside = fresh('server.key');
  renameSync(key, aside);
  const commands = async () => [await run('user list', ['koszalin']), await add('zosia', 'ous'),
    await ruled('person export', ['koszalin', '--pesel'], { input: `${PESEL}\n` })];
  for (const said of await commands()) {
    assert.equal(said.code, 1);
    assert.match(said.err, /server\.key is missing/);
    nothingPersonal(said);
  }
  await assert.rejects(serve(place), /server\.key is missing/);
  assert.ok(!existsSync(key));
  writeFileSync(key, Buffer.alloc(32, 9), { mode: 0o600 });
  for (const said of await commands()) {
    assert.equal(said.code, 1);
    assert.match(said.err, /not the one that this record was sealed with/);
    nothingPersonal(said);
  }
  rmSync(key);
  renameSync(aside, key);
  assert.equal((await run('user list', ['koszalin'])).code, 0);
});

test('the journal holds, and an entry changed behind the server is named', async () => {
  const holds = await run('audit verify', [], PL);
  assert.equal(holds.code, 0, holds.out);
  assert.match(holds.out, /^koszalin: dziennik jest cały, wpisów: \d+/m);
  const record = join(place.data, 'koszalin/record.db');
  const whole = readFileSync(record);
  // Who looked at whom stands in the journal alone; the file itself stays sound.
  const altered = Buffer.from(whole);
  altered.write('person.expert', whole.lastIndexOf('person.export'));
  writeFileSync(record, altered);
  const broken = await run('audit verify', ['koszalin']);
  assert.equal(broken.code, 1);
  assert.match(broken.out, /^koszalin: the journal breaks at entry \d+/);
  const json = await run('audit verify', ['koszalin', '--json']);
  assert.equal(json.code, 1);
  assert.equal(JSON.parse(json.out)[0].holds, false);
  assert.ok(JSON.parse(json.out)[0].broken_at > 0);
  writeFileSync(record, whole);
  assert.equal((await run('audit verify', ['koszalin'])).code, 0);
  assert.match((await run('audit verify', ['nowhere'])).err, /no record/);
  assert.equal((await run('audit repair', [])).code, 2);
});

test('a report is printed for people, a spreadsheet or a program, also beside a server, and names nobody', async () => {
  const { server } = await office('kasia');
  const period = ['--from', '2024-01-01', '--to', '2026-12-31'];
  const words = await ruled('report', ['koszalin', 'people', ...period], PL);
  assert.equal(words.code, 0, words.err);
  assert.match(words.out, /^\S.*, 2024-01-01 – 2026-12-31\n/);
  const table = await ruled('report', ['koszalin', 'services', '--csv']);
  assert.match(table.out, /^\ufeffService;[^\r]*\r\n(?:[^\r]*;[^\r]*\r\n){16}/);
  const json = JSON.parse((await ruled('report', ['koszalin', 'services', '--json', ...period])).out);
  assert.deepEqual([json.from, json.to, json.rows.length], ['2024-01-01', '2026-12-31', 16]);
  assert.ok(json.rows.every((row) => row.service.id && row.service.name));
  const whole = await ruled('report', ['koszalin', 'programme', '--json']);
  assert.ok(JSON.parse(whole.out).reports.length > 5);
  await server.stop();
  nothingPersonal(words, table, whole);
  for (const [args, text] of [
    [['koszalin', 'nothing'], /no report "nothing".*services.*programme/],
    [['koszalin', 'people', '--from', '2024-02-30'], /--from.*YYYY-MM-DD/],
    [['koszalin', 'people', '--from', '2024-02-01', '--to', '2024-01-01'], /ends before/],
    [['koszalin', 'people', '--csv', '--json'], /Either --csv or --json/],
    [['nowhere', 'people'], /no record/],
  ]) {
    const said = await ruled('report', args);
    assert.equal(said.code, 2, said.err);
    assert.match(said.err, text);
  }
});
