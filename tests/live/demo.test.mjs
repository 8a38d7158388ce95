// A record filled with a made-up year: once, by nobody else, and to be signed in to with what was printed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { okienko, serve, workspace } from '../support/okienko.mjs';

let place;
before(() => { place = workspace(); });
after(() => place.remove());

const demo = (data, ...rest) => okienko(['demo', 'koszalin', '--plugins', place.plugins, '--data', data, ...rest]);
const SMALL = ['--persons', '150', '--days', '200', '--from', '2024-01-08'];

/** What it says it made, and the accounts with their passwords. */
function told(out) {
  const counts = Object.fromEntries([...out.matchAll(/^ {2}(\w+) +(\d+)$/gm)].map(([, name, count]) => [name, Number(count)]));
  const accounts = [...out.matchAll(/^ {2}([\w-]+) +(\w+) +([A-Z0-9]{16})$/gm)]
    .map(([, login, role, password]) => ({ login, role, password }));
  return { counts, accounts };
}

test('the same seed makes the same numbers, with other passwords; another seed another record', async () => {
  const made = [];
  for (const [name, seed] of [['a', '5'], ['b', '5'], ['c', '6']]) {
    const { code, out, err } = await demo(join(place.folder, name), ...SMALL, '--seed', seed);
    assert.equal(code, 0, err);
    made.push(told(out));
  }
  assert.deepEqual(made[0].counts, made[1].counts);
  assert.notDeepEqual(made[0].counts, made[2].counts);
  assert.ok(made[0].counts.persons >= 150 && made[0].counts.plans > 20 && made[0].counts.orders > 50);
  assert.equal(new Set([...made[0].accounts, ...made[1].accounts].map(({ password }) => password)).size,
    2 * made[0].accounts.length);
  const roles = new Set(made[0].accounts.map(({ role }) => role));
  assert.deepEqual([...roles].sort(), ['admin', 'director', 'editor', 'iod', 'kipus', 'ous', 'provider']);
});

test('what was made is whole, holds nobody in the clear, and is not made twice', async () => {
  const data = join(place.folder, 'a');
  const audit = await okienko(['audit', 'verify', 'koszalin', '--data', data]);
  assert.equal(audit.code, 0, audit.out + audit.err);
  assert.doesNotMatch(readFileSync(join(data, 'koszalin/record.db'), 'latin1'), /Nieistniej|Makietowsk|Zmy\xc5\x9blon|POKAZ \d/);
  const again = await demo(data, ...SMALL);
  assert.equal(again.code, 1);
  assert.match(again.err, /not empty; nothing in it was changed/);
});

test('a server is left alone, and with a password that was printed somebody signs in to it', async () => {
  const data = join(place.folder, 'served');
  const { accounts } = told((await demo(data, ...SMALL)).out);
  const server = await serve({ ...place, data }, '--demo');
  const beside = await demo(data, ...SMALL);
  assert.equal(beside.code, 1);
  assert.match(beside.err, /A server works with the record/);
  const { login, password } = accounts.find(({ role }) => role === 'kipus');
  const answer = await server.post('/v1/koszalin/session', { login, password, token: true });
  assert.equal(answer.status, 200 + Number(answer.status === 201), await answer.clone().text());
  const { token } = await answer.json();
  const day = await server.get('/v1/koszalin/my-day', { Authorization: `Bearer ${token}` });
  assert.equal(day.status, 200, await day.text());
  await server.stop();
});

test('days outside the programme, and numbers that are none, are refused, and nothing is made', async () => {
  const data = join(place.folder, 'none');
  for (const [words, says] of [
    [['--from', '2030-01-01'], /in force from 2023-10-01 to 2026-09-30/],
    [['--from', 'today'], /"today" is no day/],
    [['--persons', '0'], /--persons: a number from 1 to/],
    [['--days', 'many'], /--days: a number from 1 to/],
  ]) {
    const { code, err } = await demo(data, ...words);
    assert.equal(code, 2);
    assert.match(err, says);
  }
  assert.equal((await demo(data, ...SMALL)).code, 0); // it is empty still
});
