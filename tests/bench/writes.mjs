// Durable writes through the whole server: many requests a commit against one a commit, and what readers feel
// meanwhile. Every round begins on a fresh copy of one record, on the disk that the build folder is on.
import assert from 'node:assert/strict';
import { closeSync, cpSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { load, median } from './load.mjs';
import { LOAD_CORE, SERVER_CORE, binary, scratch, serveRecord, stop } from './servers.mjs';

const PEOPLE = 400, PROVIDERS = 8, BOTH = `${SERVER_CORE},${LOAD_CORE}`;
// The most that the rules may say; of one grant.
const POOL = 90000000, VISITS = 10000, UNITS = 50000;

/** Milliseconds of one small write and its fdatasync, the median of a hundred. */
function syncCost(folder) {
  const file = join(folder, 'sync'), fd = openSync(file, 'w'), took = [];
  for (let i = 0; i < 100; i++) {
    const began = performance.now();
    writeSync(fd, Buffer.alloc(4096, i));
    fdatasyncSync(fd);
    took.push(performance.now() - began);
  }
  closeSync(fd);
  rmSync(file);
  return median(took);
}

/** Window cleaning without an end: what is measured is writing, not refusing. */
function raiseLimits(plugins) {
  const file = join(plugins, 'koszalin/services/window-cleaning.lua'), before = readFileSync(file, 'utf8');
  const after = before.replace(/(pool *= .*value = )\d+/, `$1${POOL}`).replace(/(visits = )\d+/, `$1${VISITS}`);
  assert.notEqual(after, before);
  writeFileSync(file, after);
}

/** Does `what` for 1 to `count`, 32 at once. */
async function each(count, what) {
  const left = Array.from({ length: count }, (_, i) => i + 1), results = [];
  await Promise.all(Array.from({ length: 32 }, async () => {
    for (let n = left.shift(); n !== undefined; n = left.shift()) results.push(await what(n));
  }));
  return results;
}

async function grantSomething({ register, apply, day, pesel }, kipus, n) {
  const person = await register(kipus, { family_name: `Próbna${n}`,
    pesel: pesel(`19${40 + Math.floor(n / 900)}-05-17`, true, n % 900) });
  const application = await apply(kipus, person);
  const decision = await kipus.make('/decisions', { application, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  await kipus.step(`/applications/${application}`, 'qualify');
  const granted = await kipus.make('/granted', { decision, quantity: UNITS, begins: day(), ends: day(60) });
  await kipus.step(`/granted/${granted}`, 'grant');
  return granted;
}

/** Makes the record through the API; { data, plugins, token, granted, providers, days }. */
async function makeRecord(folder) {
  process.env.OKIENKO = binary();
  const tools = await import('../office/office.mjs');
  const office = await tools.open();
  raiseLimits(office.place.plugins);
  const pool = async () => (await office.nobody.read(`/services/window-cleaning/availability?on=${tools.day()}`)).pool.pool;
  while (await pool() !== POOL) await new Promise((done) => setTimeout(done, 50));
  const [kipus, ous] = [await office.hire('kipus'), await office.hire('ous')];
  const providers = await each(PROVIDERS, (n) => ous.make('/providers',
    { name: `Wykonawca ${n}`, type: 'social-enterprise', since: tools.day() }));
  const granted = await each(PEOPLE, (n) => grantSomething(tools, kipus, n));
  const made = await kipus.post('/tokens', { name: 'bench', scopes: 'order.make person.make', expires: tools.day(30) });
  const days = Array.from({ length: 60 }, (_, i) => tools.day(i))
    .filter((on) => ![0, 6].includes(new Date(`${on}T12:00:00Z`).getUTCDay()));
  const plugins = join(folder, 'plugins'), data = join(folder, 'made');
  cpSync(office.place.plugins, plugins, { recursive: true });
  office.server.kill('SIGTERM');
  await office.server.exited;
  cpSync(office.place.data, data, { recursive: true });
  office.place.remove();
  return { plugins, data, granted, providers, days, token: (made.body.token ?? kipus.token) };
}

const ORDER = (record) => `
local granted = { ${record.granted.join(',')} }
local providers = { ${record.providers.join(',')} }
local days = { ${record.days.map((on) => `"${on}"`).join(',')} }
local path = "/v1/koszalin/orders"
local function body(n)
  return string.format('{"granted":%d,"provider":%d,"planned_on":"%s","quantity":1}', granted[1 + n % #granted],
    providers[1 + n % #providers], days[1 + n % #days])
end`;

const PERSON = () => `
local path = "/v1/koszalin/persons"
local function body(n)
  return string.format('{"given_name":"Maria","family_name":"Nowa%d","document":"passport X%d","sex":"woman","phone":"600 100 200"}', n, n)
end`;

/** What wrk is to send: a new row each time, with a key of its own. */
function writing(name, record, what) {
  const file = join(scratch, `${name}.lua`);
  writeFileSync(file, `${what(record)}
local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer ${record.token}" }
local n = 0
function request()
  n = n + 1
  headers["Idempotency-Key"] = string.format("%08x-bench-%d", (n * 2654435761) % 4294967296, n)
  return wrk.format("POST", path, headers, body(n))
end
`);
  return file;
}

/** Of a programme's readers: its catalogue and what is left, by turns. */
function reading() {
  const file = join(scratch, 'reading.lua');
  writeFileSync(file, `
local paths, n = { "/v1/koszalin/services", "/v1/koszalin/availability" }, 0
function request()
  n = n + 1
  return wrk.format("GET", paths[1 + n % 2], { ["Accept-Encoding"] = "gzip" })
end
`);
  return file;
}

/** A server on a fresh copy of the record. */
async function begin(folder, record, { alone, cores }) {
  const data = mkdtempSync(join(folder, 'data-'));
  cpSync(record.data, data, { recursive: true });
  const server = await serveRecord({ plugins: record.plugins, data, cores, config: join(folder, 'alone.lua'), alone });
  return { ...server, end: () => { stop(server); rmSync(data, { recursive: true }); } };
}

/** `contestants` in turn, `rounds` times; of each the samples. */
async function inTurn(folder, record, contestants, { rounds, seconds }) {
  const samples = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { how, file, connections }] of contestants.entries()) {
      const server = await begin(folder, record, how);
      await load(server, file, { seconds: 1, connections });
      samples[i].push(await load(server, file, { seconds, connections }));
      server.end();
    }
  }
  return samples;
}

const ms = (micro) => (micro / 1000).toFixed(2);

function row(name, samples, to) {
  const of = (what) => median(samples.map((sample) => sample[what]));
  const ratio = (by, up) => median(samples.map((sample, i) => (up ? sample[by] / to[i][by] : to[i][by] / sample[by])));
  const errors = samples.reduce((sum, { non2xx, socket }) => sum + non2xx + (socket ? 1 : 0), 0);
  console.log(`| ${name} | ${ratio('rate', true).toFixed(1)} | ${Math.round(of('rate'))} | ${of('cpu').toFixed(0)} | ${
    ms(of('p50'))} | ${ms(of('p99'))} | ${errors} | ${Math.round(of('disturbed') * 100)} % |`);
  return { rate: ratio('rate', true), p50: ratio('p50', true), errors };
}

async function compare(folder, record, title, what, connections, cores, options, verdict) {
  const file = writing(`write-${title.replace(/\W/g, '')}-${connections}`, record, what);
  const [alone, together] = await inTurn(folder, record, [
    { how: { alone: true, cores }, file, connections }, { how: { alone: false, cores }, file, connections }], options);
  console.log(`\n### ${title}, ${connections} clients, server on core ${cores}\n`);
  console.log('| | ratio | writes/s | CPU µs | p50 ms | p99 ms | errors | others |\n|---|---|---|---|---|---|---|---|');
  row('one a commit', alone, alone);
  const { rate, p50, errors } = row('many a commit', together, alone);
  verdict(`${title}, ${connections} clients, core ${cores}: rate to one a commit`, rate, '≥ 9', rate >= 9 && errors === 0);
  verdict(`${title}, ${connections} clients, core ${cores}: p50 to one a commit`, p50, '≤ 0.1', p50 <= 0.1);
}

async function readers(folder, record, cores, options, verdict) {
  const write = writing('write-beside', record, ORDER), read = reading(), samples = [], quiet = [];
  for (let round = 0; round < options.rounds; round++) {
    const server = await begin(folder, record, { alone: false, cores });
    quiet.push(await load(server, read, { seconds: options.seconds, connections: 4 }));
    const writes = load(server, write, { seconds: options.seconds + 1, connections: 32 });
    samples.push(await load(server, read, { seconds: options.seconds, connections: 4 }));
    samples.at(-1).writes = (await writes).rate;
    server.end();
  }
  const of = (all, what) => median(all.map((sample) => sample[what]));
  console.log(`\n4 readers beside 32 writers, server on core ${cores}: ${Math.round(of(samples, 'rate'))} reads/s and ${
    Math.round(of(samples, 'writes'))} writes/s; reads p50 ${ms(of(samples, 'p50'))} ms, p99 ${ms(of(samples, 'p99'))} ms (alone ${
    ms(of(quiet, 'p50'))} and ${ms(of(quiet, 'p99'))} ms)`);
  const p50 = of(samples, 'p50') / 1000;
  verdict(`Reads beside 32 writers, core ${cores}: p50`, p50, '< 0.5 ms', p50 < 0.5, ' ms');
}

export async function writes(options, verdict) {
  const folder = mkdtempSync(join(options.build, 'writes-'));
  try {
    console.log(`\nA small write and its fdatasync here: ${syncCost(folder).toFixed(3)} ms`);
    writeFileSync(join(folder, 'alone.lua'), 'return okienko { group_commit = false }\n');
    const record = await makeRecord(folder);
    for (const cores of [SERVER_CORE, BOTH]) {
      await compare(folder, record, 'Orders', ORDER, 64, cores, options, verdict);
      await compare(folder, record, 'Orders', ORDER, 256, cores, options, verdict);
      await readers(folder, record, cores, options, verdict);
    }
    await compare(folder, record, 'Persons', PERSON, 64, BOTH, options, verdict);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
