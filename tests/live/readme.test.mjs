// The README's commands are run as they are printed, on another port and with fewer made-up people.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { okienko, root, serve, workspace } from '../support/okienko.mjs';

const page = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...page.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, block]) => block);
const block = (word) => {
  const found = blocks.filter((text) => text.includes(word));
  assert.equal(found.length, 1, word);
  return found[0];
};

const place = workspace();
let server;
before(async () => {
  const [demo, served] = block('okienko demo').trim().split('\n');
  assert.equal(served, 'build/okienko serve --demo --data demo');
  const args = demo.split(' ').slice(1);
  assert.deepEqual(args, ['demo', 'koszalin', '--data', 'demo']);
  args[3] = place.data;
  place.made = await okienko([...args, '--plugins', place.plugins, '--persons', '60', '--days', '60', '--seed', '7']);
  server = await serve(place, '--demo');
});
after(async () => {
  await server.stop();
  place.remove();
});

/** What a block of commands prints when the server is on this test's port. */
const run = (text) => execFileSync('bash', ['-ec', text.replaceAll('http://127.0.0.1:8080', server.url).replaceAll('curl ', 'curl -sf ')],
  { encoding: 'utf8' });

test('the two commands are there', () => {
  for (const [script] of block('scripts/run').matchAll(/^scripts\/\w+/gm)) assert.ok(existsSync(join(root, script)), script);
});

test('the first question has the answer that is shown', () => {
  const answer = JSON.parse(run(block('/quote')));
  const shown = page.match(/^```json\n([^]*?)^```/m)[1];
  assert.equal(answer.outcome, 'yes');
  assert.deepEqual(answer.missing, []);
  assert.equal(answer.fee.amount.grosze, 2000);
  for (const text of [answer.name, answer.outcome_text, answer.checks.find(({ decisive, id }) => decisive && id === 'old-alone').id]) {
    assert.ok(shown.includes(`"${text}"`), text);
  }
});

test('both days of the first change can be asked for', () => {
  assert.equal(run(block('availability')).match(/"in_force":true/g).length, 2);
});

test('the made-up record is served: the director signs in and reads', () => {
  assert.equal(place.made.code, 0, place.made.err);
  const [, password] = place.made.out.match(/^\s*director-1\s+director\s+(\S+)/m);
  const out = run(block('TOKEN=').replace('"password": "…"', `"password": "${password}"`));
  assert.match(out, /"today":"\d{4}-\d\d-\d\d"/);
  assert.match(out, /"report":"services"/);
});
