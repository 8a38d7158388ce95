// What the documents state is what the server answers: tests/plugin/facts/*.tsv holds one number a row, with the words it
// was taken from beside it, and whether the rules may call it an example.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve, until, workspace } from '../support/okienko.mjs';

const folder = fileURLToPath(new URL('facts', import.meta.url));
const towns = readdirSync(folder).map((name) => name.replace(/\.tsv$/, ''));
const table = (town) => readFileSync(join(folder, `${town}.tsv`), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => {
    const [path, member, value, source, words] = line.split('\t');
    assert.ok(words && ['document', 'example'].includes(source), `${town}: ${line}`);
    return { path: path.replace(/^\/(?=$|\?)/, ''), member, value, source, words };
  });

/** The member of an answer: by name, by place or by id in a list, "*" for each of a list; and whether it is an example. */
function find(value, names, example) {
  if (value === null || value === undefined) return { value, example };
  const inner = typeof value.example === 'boolean' ? value.example : example;
  if (names.length === 0) return { value, example: inner };
  const [name, ...rest] = names;
  if (name === '*') {
    const all = value.map((one) => find(one, rest, inner));
    return { value: all.map((one) => one.value).join(), example: all.length ? all.some((one) => one.example) : inner };
  }
  const one = Array.isArray(value) && !(name in value) ? value.find(({ id }) => id === name) : value[name];
  return find(one, rest, inner);
}

/** The rows that the server tells differently. */
async function differences(server, town) {
  const { period } = await server.json(`/v1/${town}`), wrong = [], answers = new Map();
  for (const { path, member, value, source, words } of table(town)) {
    const target = `/v1/${town}${path}${path.includes('?') ? '' : `?on=${period.from}`}`;
    if (!answers.has(target)) answers.set(target, await server.json(target, { 'Accept-Language': 'pl' }));
    const found = find(answers.get(target), member.split('.'), undefined);
    if (String(found.value) !== value) wrong.push(`${path} ${member}: ${found.value}, not ${value} (${words})`);
    if (found.example !== undefined && found.example !== (source === 'example')) {
      wrong.push(`${path} ${member}: ${found.example ? 'called' : 'not called'} an example (${words})`);
    }
  }
  return wrong;
}

let place, server;
before(async () => { place = workspace(); server = await serve(place); });
after(async () => { await server.stop(); place.remove(); });

for (const town of towns) {
  test(`${town}: the rules say what the documents say`, async () => {
    assert.deepEqual(await differences(server, town), []);
    console.log(`proved: ${table(town).length} values of ${town} are those of its documents`);
  });
}

test('a statement is an example where a number in it is one', async () => {
  const quotes = await (await fetch(`${server.url}/v1/goleniow/quote`, { method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': 'pl' },
    body: JSON.stringify({ on: '2023-03-01', facts: { birth_date: '1950-01-01' } }) })).json();
  const told = quotes.items.flatMap((one) => one.checks.filter(({ text }) => /60\slat/.test(text))
    .map(({ id, example, basis }) => `${one.service} ${id} ${example} ${basis.startsWith('Prezentacja')}`));
  assert.deepEqual(told.sort(), ['kind-phone-call', 'mobile-repairman', 'neighbourly-help', 'transport-for-seniors',
    'two-hundred-years'].map((service) => `${service} senior true true`));
});

test('every programme has its table', async () => {
  assert.deepEqual((await server.json('/v1/programmes')).items.map(({ id }) => id).sort(), [...towns].sort());
});

test('a changed number and a lost basis are found, so that this test can fail', async () => {
  const edit = async (file, find_, replacement) => {
    const path = join(place.plugins, file), text = readFileSync(path, 'utf8');
    assert.ok(text.includes(find_), file);
    const { version } = await server.json(`/v1/${file.split('/')[0]}`);
    writeFileSync(path, text.replace(find_, replacement));
    await until(async () => (await server.json(`/v1/${file.split('/')[0]}`)).version !== version);
  };
  await edit('starachowice/services/senior-taxi.lua', 'visits = 6', 'visits = 8');
  assert.deepEqual((await differences(server, 'starachowice')).map((one) => one.split(' (')[0]),
    ['/services/senior-taxi limits.rules.*.most: 2,8, not 2,6']);
  await edit('goleniow/services/kind-phone-call.lua', 'per = "programme", of = "persons", basis = list .. ": przyznano 10 z 11"',
    'per = "programme", basis = "example"');
  assert.deepEqual((await differences(server, 'goleniow')).map((one) => one.split(' (')[0]),
    ['/services/kind-phone-call parameters.pool.rows.0.value: called an example']);
});
