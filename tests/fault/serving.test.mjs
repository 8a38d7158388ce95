// A server that has no memory for one allocation, be it the first or any later one of a request: it refuses
// that request or gives the whole right answer, and serves whoever comes next.
import assert from 'node:assert/strict';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { beside, serve, workspace } from '../support/okienko.mjs';

const EVERY = 200; // each of the first calls, then each fiftieth
const STEP = 50;
const long = Number(process.env.OKIENKO_LONG ?? 0) > 0;

const JSON_TYPE = { 'content-type': 'application/json' };
const quote = (on) => JSON.stringify({ on, facts: { commune: '3261011', birth_date: '1941-05-17', household: 'alone',
  care_services: false, family_assistant: false, merit_status: 'none', foster_care: 'none' }, order: { windows: 4, windows_unsafe: false } });

let tried = 0; // tries are counted by login and address

/** What is asked while a call fails, each on a connection of its own; `day` keeps stored answers out. */
const asked = (day) => [
  ['GET', '/koszalin'], ['GET', '/pl/koszalin'], ['GET', '/pl?q=kosz'],
  ['GET', `/v1/koszalin/services?on=${day}`],
  ['GET', `/v1/koszalin/services/window-cleaning/availability?on=${day}`],
  ['GET', `/v1/koszalin/search?q=okna&on=${day}`],
  ['POST', '/v1/koszalin/services/window-cleaning/quote', quote(day)],
  ['POST', '/v1/koszalin/services/window-cleaning/quote', quote(day), { 'transfer-encoding': 'chunked' }],
  ['POST', '/v1/koszalin/services/window-cleaning/quote', '{"facts": 7}'],
  ['GET', '/v1/koszalin/nothing-there'],
  ['POST', '/v1/koszalin/session', `{"login":"nobody-${tried += 1}","password":"a long enough one"}`,
    { 'x-forwarded-for': `10.${tried >> 16}.${(tried >> 8) & 255}.${tried & 255}` }],
];

/** { status, body }; status 0 when the connection is closed without an answer. */
function ask(port, [method, path, body, fields]) {
  return new Promise((done) => {
    const sent = request({ host: '127.0.0.1', port, method, path, agent: false, timeout: 20000,
      headers: { ...(body ? JSON_TYPE : {}), ...fields } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => { text += part; })
        .on('end', () => done({ status: answer.statusCode, body: text })).on('error', () => done({ status: 0, body: '' }));
    });
    sent.on('error', () => done({ status: 0, body: '' })).on('timeout', () => sent.destroy());
    sent.end(body);
  });
}

const day = (n) => new Date(Date.UTC(2024, 0, 1 + (n % 365))).toISOString().slice(0, 10);
const same = ({ body }) => body.replace(/127\.0\.0\.1:\d+|"trace":"[^"]*"/g, '');

/** Eight bytes that the server looks into at each allocation: which one from now on fails, and how far it is. */
function fuse(folder) {
  const fd = openSync(join(folder, 'fuse'), 'w+'), bytes = Buffer.alloc(8);
  const set = (at) => { bytes.writeBigInt64LE(BigInt(at)); writeSync(fd, bytes, 0, 8, 0); };
  set(0);
  return {
    set, close: () => closeSync(fd),
    isBlown: () => { readSync(fd, bytes, 0, 8, 0); return bytes.readBigInt64LE() <= 0n; },
    under: ['env', `LD_PRELOAD=${process.env.OKIENKO_FAULT_MEMORY}`, `OKIENKO_FAIL_FILE=${join(folder, 'fuse')}`],
  };
}

/** What has been seen: faults, failed calls, refusals. */
const sum = () => ({ faults: [], blown: 0, refused: 0 });

function judge(seen, name, got, right, mayRefuse) {
  const refused = got.status === 503 || got.status === 0;
  seen.refused += refused;
  if ((refused && !mayRefuse) || (!refused && (got.status !== right.status || same(got) !== same(right)))) {
    seen.faults.push(`${name}: ${got.status} ${got.body.slice(0, 200)}`);
  }
}

function conclude(seen) {
  console.log(`# ${seen.blown} calls failed, ${seen.refused} requests refused`);
  seen.faults.slice(0, 20).forEach((fault) => console.log(`# ${fault.replace(/\s+/g, ' ')}`));
  assert.equal(seen.faults.length, 0);
}

test('any one call of a request fails, in a server at work', async (t) => {
  const place = workspace(), fails = fuse(place.folder), seen = sum();
  const good = await serve(beside(place)), server = await serve({ ...place, under: fails.under });
  t.after(async () => { await server.stop(); await good.stop(); fails.close(); place.remove(); });
  const port = new URL(server.url).port, other = new URL(good.url).port;
  for (let at = 1, most = 1; at <= most; at += at < EVERY ? 1 : STEP) {
    for (const k of asked(day(0)).keys()) {
      if (!long && (at + k) % 4 !== 0) continue;
      const one = asked(day(at * 11 + k))[k], name = `call ${at} of ${one[0]} ${one[1]}`;
      fails.set(at);
      const under = await ask(port, one);
      if (fails.isBlown()) {
        seen.blown += 1;
        most = at + STEP; // there may be more calls than this
      }
      fails.set(0);
      const right = await ask(other, one);
      judge(seen, name, under, right, true);
      judge(seen, `afterwards, ${name}`, await ask(port, one), right, false);
    }
  }
  conclude(seen);
  assert.ok(seen.blown > 10 && seen.refused > 5);
});

test('any one call of the first requests fails, in a new server', async (t) => {
  const place = workspace(), fails = fuse(place.folder), seen = sum();
  const good = await serve(beside(place)), other = new URL(good.url).port;
  t.after(async () => { await good.stop(); fails.close(); place.remove(); });
  const list = asked(day(7)), right = [];
  for (const one of list) right.push(await ask(other, one));
  let more = true;
  for (let at = 1; more; at += long ? (at < EVERY ? 1 : STEP) : 29) {
    const server = await serve({ ...beside(place), under: fails.under }), port = new URL(server.url).port;
    fails.set(at);
    for (const [k, one] of list.entries()) judge(seen, `call ${at}: ${one[0]} ${one[1]}`, await ask(port, one), right[k], true);
    more = fails.isBlown();
    seen.blown += more;
    fails.set(0);
    for (const [k, one] of list.entries()) judge(seen, `after call ${at}: ${one[0]} ${one[1]}`, await ask(port, one), right[k], false);
    const { code, signal } = await server.stop();
    if (code !== 0) seen.faults.push(`call ${at}: ended by ${code ?? signal}: ${server.log().slice(-300)}`);
  }
  conclude(seen);
  assert.ok(seen.blown > 3);
});
