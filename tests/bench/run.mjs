// The benchmark: node tests/bench/run.mjs [--rounds N] [--seconds S] [--build FOLDER] [PART…]
// PART is reads (packed, as browsers ask), plain (the same unpacked), quotes, all, memory, start, reload,
// country (2477 programmes in one process), isolation (a bad one among good ones) or writes (durable ones); without one all are
// measured. Prints Markdown; PASS and miss are information for people:
// figures of a shared machine fail no test.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join, resolve } from 'node:path';
import { country, isolation } from './hosting.mjs';
import { interleaved, load, median, memory, print, ratio, script } from './load.mjs';
import { bodies, quotePath, verify, writeTexts } from './peers.mjs';
import { writes } from './writes.mjs';
import { bare, launch, nginx, nodeServer, okienko, okienkoArguments, root, scratch, stop, stopAll, useBuild }
  from './servers.mjs';

const CATALOGUE = '/v1/koszalin/services', AVAILABILITY = '/v1/koszalin/availability';
const IDLE_CONNECTIONS = 5000, STARTS = 10, SAVES = 20;
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const options = { rounds: 5, seconds: 2, build: join(root, 'build-bench'), only: [] };
for (let i = 2; i < process.argv.length; i++) {
  const name = process.argv[i].match(/^--(rounds|seconds|build)$/)?.[1];
  if (!name) options.only.push(process.argv[i]);
  else options[name] = name === 'build' ? resolve(process.argv[++i]) : Number(process.argv[++i]);
}

const verdicts = [];

function verdict(line, value, wanted, fine, unit = '') {
  verdicts.push([line, `${typeof value === 'number' ? Number(value.toPrecision(3)) : value}${unit}`, wanted,
    fine ? 'PASS' : 'miss']);
}

function buildAll() {
  if (!existsSync(join(options.build, 'CMakeCache.txt'))) {
    execFileSync('cmake', ['-S', root, '-B', options.build, '-DOKIENKO_BENCH=ON'], { stdio: 'ignore' });
  }
  execFileSync('nice', ['cmake', '--build', options.build, '-j2', '--target', 'okienko', 'bare_server'],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  useBuild(options.build);
}

/** One GET or POST on a connection of `agent`. */
function ask(url, { agent, headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const request = http.request(url, { agent, headers, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => done({ status: response.statusCode, bytes: Buffer.concat(chunks) }));
    });
    request.on('error', fail);
    request.end(body);
  });
}

// ---- reads ------------------------------------------------------------------------------------

async function measureRead(ours, texts, name, path, gzip) {
  const headers = gzip ? { 'accept-encoding': 'gzip' } : {};
  const { bytes } = await ask(ours.url + path, { headers });
  const bodyFile = join(scratch, 'body.json');
  // Packed bytes cannot stand in nginx's configuration: the peers send as many others.
  writeFileSync(bodyFile, gzip ? 'x'.repeat(bytes.length) : bytes);
  const plain = bare(bodyFile), engine = nginx(bodyFile, texts), node = nodeServer(bodyFile, texts);
  const [b, n, j] = [await plain, await engine, await node];
  for (const pipeline of [1, 16]) {
    const contestant = (who, server, target) => ({ name: who, server,
      file: script(`${who.replace(/\W/g, '')}-${pipeline}`, { path: target, pipeline, gzip }) });
    const rows = await interleaved([contestant('bare', b, '/'), contestant('okienko', ours, path),
      contestant('nginx static, sendfile', n, '/static.json'), contestant('nginx static, read', n, '/read.json'),
      contestant('nginx return', n, '/return'), contestant('node', j, '/')], options);
    const how = `${name}, ${bytes.length} B${gzip ? ' gzip' : ''}${pipeline > 1 ? `, ${pipeline} pipelined` : ''}`;
    print(how, rows);
    for (const by of ['rate', 'cpu']) {
      const suffix = by === 'cpu' ? ' (CPU time)' : '';
      const statics = Math.min(...['sendfile', 'read'].map((mode) => ratio(rows, 'okienko', `nginx static, ${mode}`, by)));
      const toBare = ratio(rows, 'okienko', 'bare', by);
      if (pipeline === 1) verdict(`${how}: to bare${suffix}`, toBare, '≥ 0.93', toBare >= 0.93);
      const wanted = pipeline === 1 ? 1.25 : 6;
      verdict(`${how}: to nginx's faster static${suffix}`, statics, `≥ ${wanted}`, statics >= wanted);
    }
  }
  for (const server of [b, n, j]) stop(server);
}

async function reads(gzip) {
  const ours = await okienko();
  const texts = await writeTexts(ours);
  await measureRead(ours, texts, 'Catalogue', CATALOGUE, gzip);
  await measureRead(ours, texts, 'Availability', AVAILABILITY, gzip);
  stop(ours);
}

// ---- quotes -----------------------------------------------------------------------------------

async function quotes() {
  const ours = await okienko();
  const texts = await writeTexts(ours);
  const bodyFile = join(scratch, 'body.json');
  writeFileSync(bodyFile, '{}');
  const engine = await nginx(bodyFile, texts), node = await nodeServer(bodyFile, texts);
  const compared = await verify(ours, { nginx: `${engine.url}/quote`, node: node.url });
  console.log(`\n${compared} answers of the peers compared with Okienko's: the same outcome, checks, fee and missing.`);
  for (const which of ['complete', 'half']) {
    const contestant = (name, server, path) => ({ name, server, file: script(`quote-${name.replace(/\W/g, '')}-${which}`,
      { method: 'POST', path, body: JSON.stringify(bodies[which]) }) });
    const rows = await interleaved([contestant('nginx + LuaJIT', engine, '/quote'),
      contestant('okienko', ours, quotePath), contestant('node', node, '/')], options);
    print(`One quote, ${which} facts`, rows);
    const [peer, own] = rows;
    verdict(`Quote, ${which}: to nginx + LuaJIT + lua-cjson`, own.ratio, '≥ 1.5', own.ratio >= 1.5);
    verdict(`Quote, ${which}: the same (CPU time)`, peer.cpu / own.cpu, '≥ 1.5', peer.cpu / own.cpu >= 1.5);
    verdict(`Quote, ${which}: p99 at 64 connections`, own.p99 / 1000, '< 5 ms', own.p99 < 5000, ' ms');
  }
  for (const server of [ours, engine, node]) stop(server);
}

async function all() {
  const ours = await okienko();
  const rows = [];
  for (const [name, body] of [['complete', { ...bodies.complete, order: {} }], ['empty', bodies.empty]]) {
    const file = script(`all-${name}`, { method: 'POST', path: '/v1/koszalin/quote', body: JSON.stringify(body) });
    rows.push(...(await interleaved([{ name, server: ours, file }], options)));
    const { cpu, errors } = rows.at(-1);
    verdict(`Quote of all sixteen, ${name} facts: server CPU`, cpu, '< 300 µs', cpu < 300 && errors === 0, ' µs');
  }
  print('Quote of all sixteen services', rows);
  stop(ours);
}

// ---- memory, start, reload --------------------------------------------------------------------

const MIB = 1 << 20;

function tellMemory(when, server) {
  const bytes = memory(server.pid);
  verdict(`Resident memory ${when}`, bytes / MIB, '< 12 MiB', bytes < 12 * MIB, ' MiB');
}

/** One more connection, kept after the answer to its one request. */
function openOne(server) {
  return new Promise((done, fail) => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'));
    socket.once('data', (data) => (data.includes('HTTP/1.1 200') ? done(socket) : fail(new Error('refused'))));
    socket.on('error', fail);
  });
}

async function openIdle(server, count) {
  const sockets = [];
  while (sockets.length < count) sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => openOne(server)))));
  return sockets;
}

async function memories() {
  const ours = await okienko();
  tellMemory('after the start', ours);
  const paths = [CATALOGUE, AVAILABILITY, `${CATALOGUE}/window-cleaning`, '/v1/koszalin/questionnaire'];
  for (const path of paths) {
    await load(ours, script('memory', { path, gzip: true }), { seconds: options.seconds });
  }
  for (const path of [quotePath, '/v1/koszalin/quote']) {
    const body = JSON.stringify({ ...bodies.complete, order: {} });
    await load(ours, script('memory', { method: 'POST', path, body }), { seconds: options.seconds });
  }
  for (let i = 0; i < 400; i++) {
    await ask(`${ours.url}${CATALOGUE}?per_page=${1 + (i % 50)}&page=1&sort=${i % 2 ? 'name' : 'number'}`);
  }
  tellMemory('after a load', ours);
  stop(ours);
  const fresh = await okienko();
  for (const socket of await openIdle(fresh, 100)) socket.destroy();
  await sleep(200);
  const before = memory(fresh.pid);
  const sockets = await openIdle(fresh, IDLE_CONNECTIONS);
  await sleep(200);
  const each = (memory(fresh.pid) - before) / IDLE_CONNECTIONS;
  verdict(`Each of ${IDLE_CONNECTIONS} idle connections`, Math.round(each), '< 1024 B', each < 1024, ' B');
  stop(fresh);
  for (const socket of sockets) socket.destroy();
}

async function startOnce() {
  const port = 20000 + Math.floor(Math.random() * 10000);
  const [command, args] = okienkoArguments(port);
  const began = performance.now();
  const child = launch(command, args);
  for (;;) {
    const answer = await ask(`http://127.0.0.1:${port}${CATALOGUE}`).catch(() => null);
    if (answer?.status === 200) break;
    if (performance.now() - began > 10000) throw new Error(`no answer after a start\n${child.said}`);
  }
  const took = performance.now() - began;
  stop({ child });
  return took;
}

async function starts() {
  const times = [];
  for (let i = 0; i < STARTS; i++) times.push(await startOnce());
  verdict(`Start to the first answer, median of ${STARTS}`, median(times), '< 100 ms', median(times) < 100, ' ms');
}

/** Saves a service's text, as an editor does by turns in place and with rename(2); how long until it is served. */
async function save(server, file, text, mark, agent, inPlace) {
  const began = performance.now();
  if (inPlace) {
    writeFileSync(file, text);
  } else {
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  }
  for (;;) {
    const { bytes } = await ask(`${server.url}${CATALOGUE}/window-cleaning`, { agent });
    if (bytes.includes(mark)) return performance.now() - began;
    if (performance.now() - began > 5000) throw new Error(`a saved file was not served\n${server.child.said}`);
    await sleep(1);
  }
}

async function reloads() {
  const plugins = join(scratch, 'plugins'), file = join(plugins, 'koszalin/services/window-cleaning.lua');
  cpSync(join(root, 'plugins'), plugins, { recursive: true });
  const ours = await okienko(plugins);
  const source = readFileSync(file, 'utf8'), times = [];
  const agent = new http.Agent({ keepAlive: true });
  const seconds = Math.ceil(SAVES * 0.35) + 2;
  const loaded = load(ours, script('reload', { path: CATALOGUE, gzip: true }), { seconds });
  await sleep(500);
  for (let i = 0; i < SAVES; i++) {
    const mark = `Umycie szyb (${i})`;
    times.push(await save(ours, file, source.replace('Umycie szyb', mark), mark, agent, i % 2 === 0));
    await sleep(50 + 10 * i);
  }
  const { rate, non2xx, socket } = await loaded;
  const worst = Math.max(...times);
  console.log(`\n${SAVES} saves at ${Math.round(rate)} requests/s: median ${median(times).toFixed(0)} ms, worst ${
    worst.toFixed(0)} ms; answers that failed: ${non2xx}, socket errors: ${socket ?? 'none'}`);
  verdict(`A saved plugin live, median of ${SAVES} under load`, median(times), '< 300 ms', median(times) < 300, ' ms');
  verdict('A saved plugin live, the slowest', worst, '< 300 ms', worst < 300, ' ms');
  verdict('Failed requests meanwhile', non2xx + (socket ? 1 : 0), '0', non2xx === 0 && !socket);
  tellMemory(`after ${SAVES} reloads`, ours);
  agent.destroy();
  stop(ours);
}

const parts = { reads: () => reads(true), plain: () => reads(false), quotes, all, memory: memories, start: starts, reload: reloads,
  country: () => country(options, verdict), isolation: () => isolation(options, verdict),
  writes: () => writes(options, verdict) };
const unknown = options.only.find((name) => !parts[name]);
if (unknown) {
  console.error(`run.mjs: no part "${unknown}"; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
process.on('exit', stopAll);
buildAll();
for (const [name, part] of Object.entries(parts)) {
  if (options.only.length === 0 || options.only.includes(name)) await part();
}
console.log('\n### Against the lines\n\n| what | measured | wanted | |\n|---|---|---|---|');
for (const row of verdicts) console.log(`| ${row.join(' | ')} |`);
process.exit(0);
