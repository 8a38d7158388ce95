// The guide's examples are one programme: whole files by their first line, and variants of them, whose
// keys take the place of those in the file. All of them pass the check as they are printed.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { okienko, root } from '../support/okienko.mjs';

const guide = readFileSync(join(root, 'docs/plugin-guide.md'), 'utf8');
const blocks = [...guide.matchAll(/```lua\n([\s\S]*?)```/g)].map((match) => match[1]);
const folder = mkdtempSync(join(tmpdir(), 'okienko-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const files = new Map(), variants = [];
for (const block of blocks) {
  const [, variant, name] = block.match(/^-- (variant of )?(\S+\.lua)\n/) ?? [];
  assert.ok(name, `a block of the guide without a file's name: ${block.slice(0, 60)}`);
  if (variant) variants.push({ name, block }); else files.set(name, block);
}

const write = (to, name, text) => {
  mkdirSync(dirname(join(to, name)), { recursive: true });
  writeFileSync(join(to, name), text);
};
const plain = join(folder, 'plain');
for (const [name, text] of files) write(plain, name, text);

const check = async (plugins) => {
  const { code, out, err } = await okienko(['check', '--plugins', plugins, '--json', 'guide']);
  assert.ok(code === 0 || code === 1, err);
  return JSON.parse(out);
};
const faults = (answer) => JSON.stringify(answer).match(/"code":"[^"]+"/g)?.map((one) => one.slice(8, -1)) ?? [];

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

test('the guide shows a whole programme', () => {
  assert.deepEqual([...files.keys()].sort(), ['act.lua', 'guide/facts.lua', 'guide/programme.lua',
    'guide/services/window-cleaning.lua', 'guide/services/window-cleaning.spec.lua', 'guide/shared.lua']);
  assert.ok(variants.length >= 6);
});

test('its examples pass the check and their own tests as they are printed', async () => {
  const answer = await check(plain);
  assert.deepEqual(faults(answer), [], JSON.stringify(answer, null, 1));
  const { code, out } = await okienko(['test', '--plugins', plain, 'guide']);
  assert.equal(code, 0, out);
});

for (const [i, { name, block }] of variants.entries()) {
  const about = keys(block).map(named).join(', ');
  test(`variant ${i + 1} of ${name}: ${about}`, async () => {
    const place = join(folder, `variant-${i}`);
    cpSync(plain, place, { recursive: true });
    const changed = varied(files.get(name), block);
    for (const part of keys(block)) assert.ok(changed.includes(part.trimEnd()), named(part));
    write(place, name, changed);
    const answer = await check(place);
    // Its tests name the outcomes of the file as it was.
    assert.deepEqual(faults(answer).filter((code) => code !== 'test-failed'), [],
      changed + JSON.stringify(answer, null, 1));
  });
}

test('a slip in an example is found, so that this test can fail', async () => {
  const place = join(folder, 'slip');
  cpSync(plain, place, { recursive: true });
  const name = 'guide/services/window-cleaning.lua';
  write(place, name, files.get(name).replace('param "old_age"', 'param "old_ag"').replace('pln "25.00"', '25'));
  assert.notDeepEqual(faults(await check(place)), []);
});
