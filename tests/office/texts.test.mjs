// The record keeps the texts that decide: whatever was decided can be worked out again from the very bytes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import { okienko, serve, until } from '../support/okienko.mjs';
import { apply, open, register } from './office.mjs';

const FILE = 'services/window-cleaning.lua';
let office, kipus, application, first, stopped = false;

const database = () => join(office.place.data, 'koszalin/record.db');
const sql = (text, ...options) => {
  const out = execFileSync('sqlite3', ['-json', ...options, database()], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
  return out.trim() ? JSON.parse(out) : [];
};

/** The texts of the generation that a decision names, by name. */
function textsOf({ inputs }) {
  const rows = sql(`SELECT name, kind, texts.id, hex(texts.digest) AS digest, bytes, hex(packed) AS packed FROM generations AS g
    JOIN generation_texts AS it ON it.generation = g.id JOIN texts ON texts.id = it.text
    WHERE g.version = '${inputs.programme_version}' AND g.program = '${inputs.program}' AND g.contract = ${inputs.contract}`,
  '-readonly');
  return new Map(rows.map((row) => [row.name, { ...row, text: inflateSync(Buffer.from(row.packed, 'hex')) }]));
}

const digest = (path) => execFileSync('b2sum', ['-l', '256', path], { encoding: 'utf8' }).split(' ')[0].toUpperCase();

/** Every file that decides, as it lies in the folder. */
function filesNow() {
  const own = join(office.place.plugins, 'koszalin');
  const services = readdirSync(join(own, 'services')).filter((name) => name.endsWith('.lua') && !name.endsWith('.spec.lua'))
    .map((name) => `services/${name}`);
  const files = ['programme.lua', 'facts.lua', 'shared.lua', ...services].map((name) => [name, join(own, name)]);
  return [['act.lua', join(office.place.plugins, 'act.lua')], ...files].filter(([, path]) => existsSync(path));
}

async function decide() {
  const id = await kipus.make('/decisions', { application, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  return kipus.read(`/decisions/${id}`);
}

function holdToFiles(texts) {
  const files = filesNow();
  assert.deepEqual([...texts.keys()].sort(), files.map(([name]) => name).sort());
  for (const [name, path] of files) {
    assert.ok(texts.get(name).text.equals(readFileSync(path)), `${name} is kept as it is`);
    assert.equal(texts.get(name).digest, digest(path), `${name} is kept under its digest`);
  }
}

before(async () => {
  office = await open();
  kipus = await office.hire('kipus');
  application = await apply(kipus, await register(kipus));
});
after(async () => { if (!stopped) await office.server.stop(); office.place.remove(); });

test('from a decision one finds the exact bytes of every file that decides', async () => {
  first = await decide();
  const texts = textsOf(first);
  assert.ok(texts.has(FILE), 'the service\'s file is kept');
  holdToFiles(texts);
});

test('a saved change of a rule adds the changed file and no other', async () => {
  const path = join(office.place.plugins, 'koszalin', FILE);
  const before = textsOf(first);
  const count = () => sql('SELECT count(*) AS n FROM texts', '-readonly')[0].n;
  const had = count();
  writeFileSync(path, `${readFileSync(path, 'utf8')}-- a later thought\n`);
  await until(async () => count() > had);
  const next = await decide();
  assert.notEqual(next.inputs.programme_version, first.inputs.programme_version);
  const texts = textsOf(next);
  holdToFiles(texts);
  assert.equal(count(), had + 1);
  for (const [name, { id }] of texts) assert.equal(id === before.get(name).id, name !== FILE, name);
  assert.ok(!textsOf(first).get(FILE).text.equals(texts.get(FILE).text), 'the earlier text stays');
});

test('a start with the same files keeps nothing twice, and a text that was altered fails the audit', async () => {
  const counted = () => sql('SELECT (SELECT count(*) FROM texts) AS texts, (SELECT count(*) FROM generations) AS generations',
    '-readonly');
  const had = counted();
  assert.deepEqual(await office.server.stop(), { code: 0, signal: null });
  stopped = true;
  const again = await serve(office.place);
  assert.deepEqual(await again.stop(), { code: 0, signal: null });
  assert.deepEqual(counted(), had);

  const verify = () => okienko(['audit', 'verify', 'koszalin', '--data', office.place.data, '--json']);
  const whole = await verify();
  assert.equal(whole.code, 0, whole.out + whole.err);
  const { text, id } = textsOf(first).get(FILE);
  const altered = join(office.place.folder, 'altered.lua');
  writeFileSync(altered, text.toString().replace('944', '945'));
  assert.notEqual(digest(altered), textsOf(first).get(FILE).digest);
  sql(`UPDATE texts SET packed = x'${deflateSync(readFileSync(altered)).toString('hex')}' WHERE id = ${id}`);
  const damaged = await verify();
  assert.notEqual(damaged.code, 0, damaged.out);
  assert.match(damaged.out, /"damaged": ?1\b/);
});
