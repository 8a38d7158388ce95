// Many programmes in one process: what a whole country costs, and what one bad programme costs the others.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { SPOILS, makeCountry } from './country.mjs';
import { interleaved, load, median, memory, print } from './load.mjs';
import { SERVER_CORE, okienko, okienkoArguments, scratch, stop, track } from './servers.mjs';

const MIB = 1 << 20, SAVES = 20, ON = '2024-03-01';
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const agent = new http.Agent({ keepAlive: true });

/** One GET or POST; { status, text }. */
function ask(server, path, body) {
  return new Promise((done, fail) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const request = http.request(server.url + path, { agent, headers, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => done({ status: response.statusCode, text }));
    });
    request.on('error', fail);
    request.end(body);
  });
}

async function answer(server, path, body) {
  const { status, text } = await ask(server, path, body);
  assert.equal(status, 200, `${path}: ${text.slice(0, 200)}`);
  return text;
}

/** What wrk is to send: any of `requests`, { path, body }, each time. */
function anyOf(name, requests) {
  const file = join(scratch, `${name}.lua`);
  const data = join(scratch, `${name}.txt`);
  writeFileSync(data, requests.map(({ path, body }) => `${path}\t${body ?? ''}\n`).join(''));
  writeFileSync(file, `
local all = {}
function init(args)
  for line in io.lines(${JSON.stringify(data)}) do
    local path, body = line:match("^(.-)\\t(.*)$")
    local post = body ~= ""
    all[#all + 1] = wrk.format(post and "POST" or "GET", path,
      post and { ["Content-Type"] = "application/json" } or { ["Accept-Encoding"] = "gzip" }, post and body or nil)
  end
  math.randomseed(7)
end
function request() return all[math.random(#all)] end
`);
  return file;
}

const catalogue = ({ id }) => ({ path: `/v1/${id}/services` });
const availability = ({ id }) => ({ path: `/v1/${id}/availability` });

/** A case for every template: its facts, but for the code of the municipality, are those of its first test. */
function quote({ id, terc, services }) {
  const service = services.includes('window-cleaning') ? 'window-cleaning' : services[0];
  return { path: `/v1/${id}/services/${service}/quote`, body: JSON.stringify({ on: ON, facts: service !== 'window-cleaning' ? {} : {
    commune: terc, dependent: true, disability: 'moderate', birth_date: '1946-02-11', household: 'alone',
    care_services: false, family_assistant: false, merit_status: 'none', foster_care: 'none',
  }, ...(service === 'window-cleaning' ? { order: { windows: 4, windows_unsafe: false } } : {}) }) };
}

// ---- a country --------------------------------------------------------------------------------

/** Starts on both cores; { server, ready, first }: ms until it listens and until a catalogue is there. */
async function startOnBoth(plugins, town) {
  const port = 20000 + Math.floor(Math.random() * 10000), [command, args] = okienkoArguments(port, plugins);
  const began = performance.now();
  const child = track(spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] }));
  const server = { child, pid: child.pid, port, url: `http://127.0.0.1:${port}` };
  await new Promise((done, fail) => { child.stdout.once('data', done); child.once('exit', () => fail(new Error('the server ended'))); });
  const ready = performance.now() - began;
  await answer(server, catalogue(town).path);
  return { server, ready, first: performance.now() - began };
}

/** Words of services and municipalities, whole or cut, one to three of them, on any page. */
function queries(towns, count) {
  const words = ['okien', 'mycie', 'pranie', 'taxi', 'opiekun', 'fryzjer', 'logopeda', 'dieta', 'mediacje', 'warsztaty', 'rodzice',
    'senior', 'opieka', 'window', 'cleaning', 'laundry', 'hair', 'transport', 'прання', 'вікон', 'niepełnosprawni', 'dzieci', 'dom'];
  const random = (below) => Math.floor(Math.random() * below);
  const any = (list) => list[random(list.length)];
  return Array.from({ length: count }, () => {
    const parts = Array.from({ length: 1 + random(3) }, (_, i) => {
      const word = i > 0 && random(3) === 0 ? any(towns).name.split(' ').at(-1) : any(words);
      return random(2) ? word : word.slice(0, 1 + random(word.length));
    });
    return { path: `/v1/services?q=${encodeURIComponent(parts.join(' '))}&per_page=${1 + random(40)}&page=${1 + random(20)}` };
  });
}

async function search(server, towns, { seconds }, verdict) {
  // Nothing of it may be a stored answer: many more different requests than are sent.
  const { p50, p99, rate, non2xx } = await load(server, anyOf('search', queries(towns, 200000)), { seconds, connections: 1 });
  console.log(`\nSearch over ${towns.length} programmes, one connection: ${Math.round(rate)} a second`);
  verdict('Search over all services, p50', p50 / 1000, '', non2xx === 0, ' ms');
  verdict('Search over all services, p99', p99 / 1000, '< 2 ms', p99 < 2000 && non2xx === 0, ' ms');
}

async function saves(server, folder, towns, verdict) {
  const town = towns[Math.floor(towns.length / 2)], service = town.services[0], times = [];
  const file = join(folder, town.id, 'services', `${service}.lua`), text = readFileSync(file, 'utf8');
  for (let i = 0; i < SAVES; i++) {
    const mark = `zmiana numer ${i}`, began = performance.now();
    writeFileSync(file, text.replace(/summary = \{ pl = "[^"]*"/, `summary = { pl = "${mark}"`));
    while (!(await answer(server, `/v1/${town.id}/services/${service}`)).includes(mark)) {
      if (performance.now() - began > 5000) throw new Error('a saved file was not served');
      await sleep(1);
    }
    times.push(performance.now() - began);
    await sleep(100);
  }
  writeFileSync(file, text);
  for (const { id } of towns) {
    const { loads } = JSON.parse(await answer(server, `/v1/${id}/plugins`));
    assert.ok(id === town.id ? loads >= SAVES : loads === 1, `${id} was loaded ${loads} times`);
  }
  verdict(`Reload of one, median of ${SAVES}`, median(times), '< 300 ms', median(times) < 300, ' ms');
  verdict('Reload of one, the slowest', Math.max(...times), '< 300 ms', Math.max(...times) < 300, ' ms');
}

export async function country(options, verdict) {
  const folder = join(scratch, 'country'), alone = join(scratch, 'alone');
  const towns = makeCountry(folder), [single] = makeCountry(alone, { programmes: 1 });
  const { server, ready, first } = await startOnBoth(folder, towns[7]);
  verdict(`${towns.length} programmes loaded, their tests run`, ready / 1000, '≤ 60 s', ready < 60000, ' s');
  verdict('First answer after it', first - ready, '', true, ' ms');
  verdict('Resident memory then', memory(server.pid) / MIB, '≤ 2048 MiB', memory(server.pid) < 2048 * MIB, ' MiB');
  execFileSync('taskset', ['-a', '-p', '-c', SERVER_CORE, String(server.pid)], { stdio: 'ignore' });
  const one = await okienko(alone);
  await search(server, towns, options, verdict);
  await saves(server, folder, towns, verdict);
  for (const [what, requestOf] of [['catalogue', catalogue], ['availability', availability], ['quote', quote]]) {
    for (const town of [...towns]) await answer(server, requestOf(town).path, requestOf(town).body);
    await load(server, anyOf('warm', towns.map(requestOf)), { seconds: 1 });
    const rows = await interleaved([
      { name: 'one programme', server: one, file: anyOf(`one-${what}`, [requestOf(single)]) },
      { name: `${towns.length} programmes`, server, file: anyOf(`all-${what}`, towns.map(requestOf)) },
    ], options);
    print(`A ${what} of any programme, at random`, rows);
    verdict(`A ${what} of any programme, to one programme`, rows[1].ratio, '≥ 0.9', rows[1].ratio >= 0.9 && rows[1].errors === 0);
    verdict(`A ${what}: the same (CPU time)`, rows[1].cpuRatio, '≥ 0.9', rows[1].cpuRatio >= 0.9);
  }
  verdict('Resident memory after all that', memory(server.pid) / MIB, '≤ 2048 MiB', memory(server.pid) < 2048 * MIB, ' MiB');
  stop(server);
  stop(one);
  for (const made of [folder, alone]) rmSync(made, { recursive: true });
}

// ---- one bad programme among good ones --------------------------------------------------------

/** Saves the bad programme's text again and again until told to stop; how often. */
async function spoil(file, text, change, state) {
  let times = 0;
  while (!state.over) {
    writeFileSync(file, `${change(text)}-- ${times++}\n`);
    await sleep(150);
  }
  writeFileSync(file, text);
  return times;
}

/** Asks the good ones now and then, and counts answers that are not the ones from before. */
async function watch(server, requests, expected, state) {
  let asked = 0;
  for (let i = 0; !state.over; i = (i + 1) % requests.length) {
    const got = await answer(server, requests[i].path, requests[i].body);
    assert.equal(got, expected[i], `${requests[i].path} is another answer`);
    asked++;
    await sleep(3);
  }
  return asked;
}

export async function isolation(options, verdict) {
  const folder = join(scratch, 'three'), towns = makeCountry(folder, { programmes: 3 });
  const [bad, ...good] = towns, service = bad.services.includes('window-cleaning') ? 'window-cleaning' : bad.services[0];
  const file = join(folder, bad.id, 'services', `${service}.lua`), text = readFileSync(file, 'utf8');
  const requests = good.flatMap((town) => [catalogue(town), availability(town), quote(town)]);
  const server = await okienko(folder), mixed = anyOf('good', requests);
  const expected = [];
  for (const { path, body } of requests) expected.push(await answer(server, path, body));
  const undisturbed = async () => (await load(server, mixed, { seconds: options.seconds, connections: 16 })).p99;
  await undisturbed();
  for (const [what, change] of SPOILS) {
    const ratios = [];
    let asked = 0, times = 0;
    for (let round = 0; round < options.rounds; round++) {
      const before = await undisturbed(), state = { over: false };
      const spoiling = spoil(file, text, change, state), watching = watch(server, requests, expected, state);
      const { p99, non2xx, socket } = await load(server, mixed, { seconds: options.seconds, connections: 16 });
      state.over = true;
      times += await spoiling;
      asked += await watching;
      assert.ok(non2xx === 0 && !socket, 'answers of the good ones failed');
      ratios.push(p99 / before);
      await sleep(600);
    }
    console.log(`\nOne of three ${what}: saved ${times} times; ${asked} answers of the others compared, all the same`);
    verdict(`p99 of others while one ${what}, to undisturbed`, median(ratios), '< 2', median(ratios) < 2);
  }
  stop(server);
  rmSync(folder, { recursive: true });
}
