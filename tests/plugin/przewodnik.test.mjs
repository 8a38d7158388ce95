// The Polish page is followed step by step on a copy of the rules that are served: each change as it is printed, its
// effect over HTTP, taking it back, and each message.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { okienko, root, serve, until, workspace } from '../support/okienko.mjs';
import { contradiction, mistakesOf } from './mistakes.mjs';

const page = readFileSync(join(root, 'docs/przewodnik.md'), 'utf8');
const SERVICE = 'koszalin/services/window-cleaning.lua', SPEC = 'koszalin/services/window-cleaning.spec.lua';
const place = workspace();
let server;
before(async () => { server = await serve(place); });
after(async () => {
  await server.stop();
  place.remove();
});

const read = (name) => readFileSync(join(place.plugins, name), 'utf8');
const write = (name, text) => writeFileSync(join(place.plugins, name), text);
const check = async () => {
  const { code, out, err } = await okienko(['check', '--plugins', place.plugins, '--json', 'koszalin'],
    { locale: 'pl_PL.UTF-8' });
  assert.ok(code === 0 || code === 1, err);
  return JSON.parse(out)[0].faults;
};

// "## Cena …", "W pliku `…` jest:", a block, "a ma być:", a block.
const changes = [...page.matchAll(/^## ([^\n]*)\n(?:(?!^## )[^])*?`(koszalin\/\S+\.lua)` jest:\n\n```\n([^]*?)```\n\na ma być:\n\n```\n([^]*?)```/gm)]
  .map(([, title, file, was, becomes]) => ({ title, file, was, becomes }));

const about = (path, on) => server.json(`/v1/koszalin/services/window-cleaning${path}?on=${on}`);
const open = async (on) => (await about('/availability', on)).open;
const quote = async (on, facts) => (await server.post('/v1/koszalin/services/window-cleaning/quote', { on, order:
  { windows: 4, windows_unsafe: false }, facts: { commune: '3261011', household: 'alone', dependent: false, disability: 'none',
  care_services: false, family_assistant: false, merit_status: 'none', foster_care: 'none', ...facts } })).json();
const of72 = async (on) => (await quote(on, { birth_date: '1953-06-30' })).outcome;
const fee = async (on) => (await quote(on, { birth_date: '1960-06-30', dependent: true })).fee.amount.grosze;

// What is true after each change, and was not before it.
const effects = {
  'Cena od wybranego dnia': async () => [(await about('/availability', '2025-12-31')).price.grosze,
    (await about('/availability', '2026-01-01')).price.grosze].join() === '2500,3000',
  Limit: async () => (await about('', '2026-01-01')).limits.rules[0].most === 8 && (await about('', '2025-12-31')).limits.rules[0].most === 6,
  Wiek: async () => await of72('2025-12-31') === 'no' && await of72('2026-01-01') === 'yes',
  Tekst: async () => /Środki czystości/.test((await about('', '2024-03-01')).summary.text ?? (await about('', '2024-03-01')).summary),
  Godziny: async () => open('2026-03-07'),
  'Dzień wolny': async () => !(await open('2026-05-02')) && /Dzień wolny urzędu/.test(JSON.stringify(await about('/availability', '2026-05-02'))),
  'Opłata i ulgi': async () => await fee('2025-12-31') === 2000 && await fee('2026-01-02') === 1500,
};

test('the page shows a change of each kind', () => {
  assert.deepEqual(changes.map(({ title }) => title), Object.keys(effects));
});

for (const { title, file, was, becomes } of changes) {
  test(`${title}: the change is live as it is printed, and can be taken back`, async () => {
    const text = read(file), holds = effects[title];
    assert.equal(text.split(was).length, 2, `${file} has, once: ${was}`);
    assert.equal(await holds(), false);
    write(file, text.replace(was, () => becomes));
    assert.deepEqual(await check(), []);
    await until(holds);
    write(file, text);
    await until(async () => !(await holds()));
  });
}

test('the commands that check a change answer', async () => {
  const commands = page.match(/```\n(okienko check[^]*?)```/)[1].trim().split('\n');
  assert.equal(commands.length, 3);
  for (const command of commands) {
    const [, subcommand, ...rest] = command.split(' ');
    const { code, out, err } = await okienko([subcommand, '--plugins', place.plugins, ...rest]);
    assert.equal(code, 0, `${command}: ${out}${err}`);
  }
});

test('a new version of a service is a second pair of files, and is taken back by removing them', async () => {
  const later = [SERVICE, SPEC].map((name) => name.replace('window-cleaning', 'window-cleaning.2026-01-01'));
  cpSync(join(place.plugins, SERVICE), join(place.plugins, later[0]));
  write(later[0], read(later[0]).replace('revision = 1', 'revision = 2'));
  const revision = async (on) => (await about('', on)).revision;
  write(later[1], `return tests {
    { "tak", facts = { commune = "3261011", dependent = true }, order = { windows = 1, windows_unsafe = false },
      expect = { eligible = "yes" } },
    { "nie", facts = { commune = "other" }, expect = { eligible = "no" } },
    { "opłata", facts = { commune = "3261011", dependent = true, care_services = true, birth_date = "1960-01-01" },
      order = { windows = 4, windows_unsafe = false }, expect = { fee = pln "0.00" } } }\n`);
  await until(async () => (await revision('2026-01-01')) === 2);
  assert.equal(await revision('2025-12-31'), 1);
  for (const name of later) unlinkSync(join(place.plugins, name));
  await until(async () => (await revision('2026-01-01')) === 1);
});

test('the messages are those of the page, in Polish', async () => {
  const mistakes = mistakesOf(page);
  assert.ok(mistakes.length >= 15, `${mistakes.length}`);
  for (const mistake of mistakes) {
    const { file, was, became } = mistake, text = read(file);
    assert.ok(text.includes(was), `${file} has ${was}`);
    write(file, text.replace(was, () => became));
    assert.equal(contradiction(mistake, text, await check()), null);
    write(file, text);
  }
  const [, , , shown] = page.match(/^(koszalin\/\S+?):(\d+): (.*)$/m);
  const text = read(SERVICE);
  write(SERVICE, text.replace('value = pln "25.00"', 'value = 30'));
  assert.ok((await check()).some(({ text: said }) => said === shown), shown);
  write(SERVICE, text);
  console.log(`# ${mistakes.length} messages`);
});
