// The guide is run: its commands in an empty folder, its examples as one whole programme and variants of it,
// whose keys take the place of those in the file, its table of mistakes one by one.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { okienko, root, serve, until } from '../support/okienko.mjs';
import { contradiction, mistakesOf } from './mistakes.mjs';

const guide = readFileSync(join(root, 'docs/plugin-guide.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'okienko-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SPEC = 'guide/services/window-cleaning.spec.lua';
const files = new Map(), variants = [];
let commands = '';
for (const [, head, block] of guide.matchAll(/^```((?:lua|sh|csv)[^\n]*)\n([^]*?)^```/gm)) {
  if (head === 'sh') { commands += block; continue; }
  if (head.startsWith('csv ')) { files.set(head.slice(4), block); continue; }
  const [, tests, variant, name] = block.match(/^-- (?:(tests of that variant)|(variant of )?(\S+\.lua)\n)/) ?? [];
  assert.ok(tests || name, `a block of the guide without a file's name: ${block.slice(0, 60)}`);
  if (tests) variants.at(-1).tests = block;
  else if (variant) variants.push({ name, block });
  else files.set(name, block);
}

const write = (to, name, text) => {
  mkdirSync(dirname(join(to, name)), { recursive: true });
  writeFileSync(join(to, name), text);
};
const plain = join(folder, 'plain');
for (const [name, text] of files) write(plain, name, text);
const copy = (name) => {
  const place = join(folder, name);
  cpSync(plain, place, { recursive: true });
  return place;
};

const check = async (plugins) => {
  const { code, out, err } = await okienko(['check', '--plugins', plugins, '--json', 'guide']);
  assert.ok(code === 0 || code === 1, err);
  return JSON.parse(out).flatMap((programme) => programme.faults);
};
const passes = async (place, but = []) =>
  assert.deepEqual((await check(place)).filter(({ code }) => !but.includes(code)), []);

// A key of a file at the depth of its first table: from its line to the next such line, or the end.
const keys = (text) => text.split(/^(?= {2}[a-z_]+ *= )/m).filter((part) => /^ {2}[a-z_]+ *= /.test(part));
const named = (part) => part.match(/^ {2}([a-z_]+)/)[1];

function varied(text, variant) {
  for (const part of keys(variant)) {
    const own = part.trimEnd() + '\n', name = named(part);
    const old = keys(text).find((one) => named(one) === name);
    text = old ? text.replace(old, () => own + (old.match(/\n\}\n?$/) ? '}\n' : ''))
      : text.replace(/\n\}\n?$/, () => `\n${own}}\n`);
  }
  return text;
}

let server; // `okienko serve &` of the commands goes on in the background, on a port of its own
after(() => server?.stop());

test('the commands lead from nothing to a live service', async () => {
  const place = join(folder, 'nothing');
  mkdirSync(place);
  const lines = commands.split('\n').map((line) => line.replace(/ +#.*/, '')).filter(Boolean);
  assert.deepEqual(lines.map((line) => line.match(/^okienko \w+|^\w+/)[0]),
    ['okienko new', 'okienko new', 'okienko check', 'okienko quote', 'okienko serve', 'curl', 'curl']);
  for (const line of lines) {
    if (line === 'okienko serve &') {
      server = await serve({ plugins: join(place, 'plugins'), data: join(place, 'data') });
      continue;
    }
    const [, path] = line.match(/http:\/\/127\.0\.0\.1:8080(\S+)/) ?? [];
    if (!path) {
      const { code, out, err } = await okienko(line.split(' ').slice(1), { cwd: place });
      assert.equal(code, 0, `${line}: ${out}${err}`);
      continue;
    }
    const [, body] = line.match(/-d '(.*?)'/) ?? [];
    const answer = await (body ? server.post(path, body) : server.get(path));
    assert.equal(answer.status, 200, line);
    if (body) assert.equal((await answer.json()).outcome, 'yes');
  }
  // The line that the guide shows for a save with a slip.
  const file = join(place, 'plugins/suwalki/services/telecare.lua');
  writeFileSync(file, readFileSync(file, 'utf8').replace('value = pln "25.00"', 'value = 25.00'));
  const said = guide.match(/^suwalki\/services\/telecare\.lua:.*$/m)[0];
  await until(async () => server.log().includes('telecare.lua'));
  const { code, out } = await okienko(['check'], { cwd: place });
  assert.equal(code, 1);
  assert.ok(out.includes(said), out);
});

test('the guide shows a whole programme', () => {
  assert.deepEqual([...files.keys()].sort(), ['act.lua', ...['activities', 'bundles', 'external-services', 'partners']
    .map((table) => `guide/catalogue/${table}.csv`), 'guide/facts.lua', 'guide/programme.lua',
  'guide/services/window-cleaning.lua', SPEC, 'guide/shared.lua']);
  assert.ok(variants.length >= 20);
});

test('its examples pass the check and their own tests as they are printed', async () => {
  await passes(plain);
  const { code, out } = await okienko(['test', '--plugins', plain, 'guide']);
  assert.equal(code, 0, out);
});

for (const [i, { name, block, tests }] of variants.entries()) {
  const about = keys(block).map(named).join(', ');
  test(`variant ${i + 1} of ${name}: ${about}`, async () => {
    const place = copy(`variant-${i}`);
    const changed = varied(files.get(name), block);
    for (const part of keys(block)) assert.ok(changed.includes(part.trimEnd()), named(part));
    write(place, name, changed);
    if (tests) write(place, SPEC, tests);
    // Without tests of its own it is checked beside those of the file as it was, which name other outcomes.
    await passes(place, tests ? [] : ['test-failed']);
  });
}

test('a slip in an example is found, so that this test can fail', async () => {
  const place = copy('slip');
  const name = 'guide/services/window-cleaning.lua';
  write(place, name, files.get(name).replace('param "old_age"', 'param "old_ag"').replace('pln "25.00"', '25'));
  await assert.rejects(passes(place));
});

// The program lists what a word may be when it meets one that it does not know: each of these has an example.
const examples = [...files.values(), ...variants.map(({ block }) => block)].join('\n');
const lists = [
  ['guide/facts.lua', 'type = "boolean"', 'type = "x"'],
  ['guide/facts.lua', 'sensitivity = "special"', 'sensitivity = "x"'],
  ['guide/facts.lua', 'about = "order"', 'about = "x"'],
  ['guide/facts.lua', 'known_to = "office"', 'known_to = "x"'],
  ['guide/facts.lua', 'help = {', 'x = {'],
  ['guide/programme.lua', 'to = "grosz"', 'to = "x"'],
  ['guide/programme.lua', 'per = "line"', 'per = "x"'],
  ['guide/programme.lua', 'when = "settlement"', 'when = "x"'],
  ['guide/programme.lua', 'contact = {', 'x = {'],
  ['guide/programme.lua', 'phone =', 'x ='],
  ['guide/programme.lua', '  closed =', '  terms = { x = 1 },\n  closed ='],
  ['guide/programme.lua', '  closed =', '  indicators = { { id = "a", counts = "x" } },\n  closed ='],
  ['guide/programme.lua', '  closed =', '  indicators = { { id = "a", every = "x" } },\n  closed ='],
  ['guide/programme.lua', '  closed =', '  diagnosis = { { id = "a", holds = "x" } },\n  closed ='],
  ['guide/programme.lua', '  closed =', '  budget = { { id = "a", x = 1 } },\n  closed ='],
  ['guide/programme.lua', 'relief { id', 'relief { x = 1, id'],
  ['guide/services/window-cleaning.lua', 'revision = 1', 'x = 1'],
  ['guide/services/window-cleaning.lua', 'revision = 1', 'revision = 1, change = "x"'],
  ['guide/services/window-cleaning.lua', 'revision = 1', 'revision = 1, charge = "x"'],
  ['guide/services/window-cleaning.lua', 'per = "visit"', 'per = "x"'],
  ['guide/services/window-cleaning.lua', 'per = "year", basis', 'per = "x", basis'],
  ['guide/services/window-cleaning.lua', 'whose = "person"', 'whose = "x"'],
  ['guide/services/window-cleaning.lua', '{ units = 6,', '{ x = 6,'],
  ['guide/services/window-cleaning.lua', '{ from = "2023-10-01", value = pln', '{ x = "2023-10-01", value = pln'],
  ['guide/services/window-cleaning.lua', 'order = "complete-application-date"', 'order = "x"'],
  ['guide/services/window-cleaning.lua', 'order = "complete-application-date"', 'x = 1'],
  [SPEC, 'relief = "none"', 'x = 1'],
];

test('everything that a word may be has an example in the guide', async () => {
  let words = 0;
  for (const [name, from, to] of lists) {
    const place = copy('list'), text = files.get(name);
    assert.ok(text.includes(from), `${name}: ${from}`);
    write(place, name, text.replace(from, () => to));
    const listed = (await check(place)).map(({ text: said }) => said.match(/(?:has the keys|it may be): (.*)$/)?.[1])
      .filter(Boolean);
    assert.equal(listed.length, 1, `${to}: ${JSON.stringify(await check(place))}`);
    for (const word of listed[0].split(/, /)) {
      words += 1;
      assert.match(examples + files.get(SPEC), new RegExp(`"${word}"|\\b${word} *=|\\b${word} \\{`), `${word} (${listed[0]})`);
    }
  }
  console.log(`# ${words} words, each in an example`);
});

const mistakes = mistakesOf(guide);

test('the mistakes of the guide are told in the words of the guide, on their lines', async () => {
  assert.ok(mistakes.length >= 40, `${mistakes.length} mistakes`);
  for (const [i, mistake] of mistakes.entries()) {
    const { file, was, became } = mistake;
    const place = copy(`mistake-${i}`), text = files.get(file), path = join(place, file);
    const [, renamed] = became.match(/^renamed to `(.*)`$/) ?? [];
    if (renamed) renameSync(path, join(dirname(path), renamed));
    else if (became === 'removed') rmSync(path);
    else {
      assert.ok(text.includes(was), `${file} has ${was}`);
      writeFileSync(path, text.replace(was, () => became));
    }
    assert.equal(contradiction(mistake, text, await check(place)), null);
  }
  console.log(`# ${mistakes.length} mistakes, each told as the guide says`);
});
