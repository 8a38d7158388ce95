// Processor time a request of this build beside another build, in alternating pairs on the same machine in the same minute:
//   node tests/bench/pairs.mjs OTHER-OKIENKO OTHER-PLUGINS [PAIRS]
// Each line gives the medians and the ratio of rates, other to this: 1.00 is as fast as the other, less is slower.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, root } from '../support/okienko.mjs';

const [other, plugins, pairs = '15'] = process.argv.slice(2);
if (!other || !plugins) {
  console.error('usage: node tests/bench/pairs.mjs OTHER-OKIENKO OTHER-PLUGINS [PAIRS]');
  process.exit(2);
}
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const FIRST = Date.UTC(2023, 9, 1), LAST = Date.UTC(2026, 8, 29), DAY = 86400000;
const QUOTE = JSON.stringify({
  on: '2024-03-01',
  facts: { commune: '3261011', birth_date: '1941-05-17', household: 'alone', care_services: false, family_assistant: false,
    merit_status: 'none', foster_care: 'none' },
  order: { windows: 4, windows_unsafe: false },
});
let day = FIRST;
const another = () => {
  day = day >= LAST ? FIRST : day + DAY;
  return new Date(day).toISOString().slice(0, 10);
};

// What is asked, how often in a round, with which body. A day that was not asked for before is not stored.
const CASES = [
  ['stored catalogue', 1000, () => '/v1/koszalin/services?on=2024-03-01'],
  ['stored availability', 1000, () => '/v1/koszalin/services/window-cleaning/availability?on=2024-03-01'],
  ['catalogue of another day', 60, () => `/v1/koszalin/services?on=${another()}`],
  ['availability of another day', 60, () => `/v1/koszalin/services/window-cleaning/availability?on=${another()}`],
  ['one quote', 500, () => '/v1/koszalin/services/window-cleaning/quote', QUOTE],
  ['all quotes', 100, () => '/v1/koszalin/quote', QUOTE],
];

async function serve(name, path, folder) {
  const data = mkdtempSync(join(tmpdir(), 'okienko-pairs-'));
  const child = spawn(path, ['serve', '--listen', '127.0.0.1:0', '--plugins', folder, '--data', data],
    { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const ready = await new Promise((done) => child.stdout.once('data', (bytes) => done(String(bytes))));
  const exited = new Promise((done) => child.on('exit', done));
  return {
    name, port: Number(ready.match(/:(\d+)/)[1]),
    /** Microseconds of the loop's thread. */
    used: () => Number(readFileSync(`/proc/${child.pid}/schedstat`, 'utf8').split(' ')[0]) / 1000,
    stop: async () => { child.kill(); await exited; rmSync(data, { recursive: true, force: true }); },
  };
}

const ask = (port, path, body) => new Promise((done, fail) => {
  const options = { host: '127.0.0.1', port, path, agent, method: body ? 'POST' : 'GET', headers: body ? { 'Content-Type': 'application/json' } : {} };
  const request = http.request(options, (response) => {
    response.resume();
    response.on('end', () => (response.statusCode === 200 ? done() : fail(new Error(`${path}: ${response.statusCode}`))));
  });
  request.on('error', fail);
  request.end(body);
});

async function round(server, [, times, path, body]) {
  for (let i = 0; i < 5; i++) await ask(server.port, path(), body);
  const before = server.used();
  for (let i = 0; i < times; i++) await ask(server.port, path(), body);
  return (server.used() - before) / times;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const servers = [await serve('other', other, plugins), await serve('this', binary, join(root, 'plugins'))];
for (const one of CASES) {
  const spent = { other: [], this: [] };
  for (let i = 0; i < Number(pairs); i++) {
    for (const server of i % 2 ? servers : [...servers].reverse()) spent[server.name].push(await round(server, one));
  }
  const [was, is] = [median(spent.other), median(spent.this)];
  console.log(`${one[0].padEnd(28)} other ${was.toFixed(1).padStart(7)} us  this ${is.toFixed(1).padStart(7)} us  ratio ${(was / is).toFixed(3)}`);
}
agent.destroy();
for (const server of servers) await server.stop();
