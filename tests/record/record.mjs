// An office under attack: a server that is killed, cut off from its disk and started again on the same
// record, many clients that keep their connections and ask again, and what must hold of the file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { BASE, FACTS, PASSWORD, day, pesel, prolong } from '../office/office.mjs';
import { okienko, root, serve, until, workspace } from '../support/okienko.mjs';

/** How much longer than in ctest: OKIENKO_LONG=10 node --test tests/record/race.test.mjs */
export const LONG = Number(process.env.OKIENKO_LONG ?? 1);

/** Seeds reproduce what is drawn, not when it meets the server. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

/** Services made of window cleaning: id, what the pool has a year, limits. */
function plant(plugins, services) {
  const folder = join(plugins, 'koszalin/services');
  const text = readFileSync(join(folder, 'window-cleaning.lua'), 'utf8');
  let number = 900;
  for (const [id, { pool = 1000, limits = '' }] of Object.entries(services)) {
    const made = text.replace('id = "window-cleaning"', `id = "${id}"`).replace('number = 5', `number = ${number++}`)
      .replace('value = 944', `value = ${pool}`).replace('days = "mon-fri"', 'days = "mon-sun"')
      .replace(/ {4}limits {2}=[\s\S]*?basis = "example" } },\n/,
        limits && `    limits = { { from = "2023-10-01", value = { ${limits} }, basis = "example" } },\n`);
    writeFileSync(join(folder, `${id}.lua`), made);
    copyFileSync(join(folder, 'window-cleaning.spec.lua'), join(folder, `${id}.spec.lua`));
  }
}

/** One request on a connection that is kept; { status, body, etag, headers, at } with the instant it was read. */
export function ask(agent, url, method, path, { token, body, headers = {}, patience = 20000 } = {}) {
  const bytes = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((done, fail) => {
    const asked = request(url + BASE + path, { agent, method, timeout: patience, headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(bytes === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(bytes) }),
      ...headers } });
    asked.on('error', fail).on('timeout', () => asked.destroy(new Error(`no answer: ${method} ${path}`)));
    asked.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => { text += part; }).on('error', fail).on('aborted', fail);
      answer.on('end', () => {
        const json = /json/.test(answer.headers['content-type'] ?? '');
        done({ status: answer.statusCode, body: json ? JSON.parse(text) : text, etag: answer.headers.etag,
          headers: answer.headers, at: process.hrtime.bigint() });
      });
    });
    asked.end(bytes);
  });
}

/** Runs `work` over all of `list`, so many at once. */
export async function each(list, atOnce, work) {
  const left = [...list.entries()];
  const made = new Array(list.length);
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) made[next[0]] = await work(next[1], next[0]);
  }));
  return made;
}

/** A client of the office as it is just now; `patient` asks again, with its key, until there is an answer. */
function client(office, token) {
  const go = (method, path, body, headers) =>
    ask(office.agent, office.server.url, method, path, { token, body, headers, patience: office.patience });
  const expect = async (status, method, path, body, headers) => {
    const answer = await go(method, path, body, headers);
    assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  let keys = 0;
  return {
    token, ask: go,
    get: (path, headers) => go('GET', path, undefined, headers),
    post: (path, body = {}, headers = { 'If-Match': '*' }) => go('POST', path, body, headers),
    make: async (path, body) => (await expect(201, 'POST', path, body)).id,
    read: (path) => expect(200, 'GET', path),
    /** Of a plan or of money one has to have read what one moves. */
    step: async (path, step, body = {}) => {
      const tag = /^\/(plans|charges|payments)\//.test(path) ? (await go('GET', path)).headers.etag : '*';
      return expect(200, 'POST', `${path}/${step}`, body, { 'If-Match': tag });
    },
    async patient(path, body = {}, key = `${token.slice(0, 6)}-${++keys}-${process.hrtime.bigint()}`) {
      for (let tries = 1; ; tries++) {
        try {
          const answer = await go('POST', path, body, { 'If-Match': '*', 'Idempotency-Key': key });
          if (![503, 507].includes(answer.status)) {
            if (answer.status < 300) office.acks.push({ path, key, tries, status: answer.status, ...answer.body });
            return answer;
          }
        } catch {
          office.broken++;
        }
        await new Promise((next) => setTimeout(next, 5));
        await office.up;
      }
    },
  };
}

/** A server on a fresh record with services of one's own; the administrator and one of each role signed in.
 * `under` is put before the program: LD_PRELOAD of a fault. `prepare` is given the folder of rules before the start. */
export async function open({ services = {}, under = [], roles = ['kipus', 'ous', 'director', 'iod'], prepare = () => {} } = {}) {
  const place = workspace();
  for (const other of readdirSync(place.plugins)) {
    if (other !== 'koszalin' && other !== 'act.lua') rmSync(join(place.plugins, other), { recursive: true });
  }
  prolong(place.plugins);
  plant(place.plugins, services);
  prepare(place.plugins);
  mkdirSync(place.data);
  const office = {
    place, broken: 0, acks: [], opened: 0, log: '', ready: [], patience: 20000, under,
    agent: new Agent({ keepAlive: true, maxSockets: 512 }),
    /** Starts the program (again); how long it takes to be ready is kept. */
    async start() {
      const began = performance.now();
      office.server = await serve({ ...place, data: office.data ?? place.data, under: office.under });
      office.ready.push(performance.now() - began);
      return office.server;
    },
    /** Ends it at once and keeps what it has logged. */
    async kill() {
      office.server.kill('SIGKILL');
      await office.server.exited;
      office.log += office.server.log();
    },
    async stop() {
      const ended = await office.server.stop();
      office.log += office.server.log();
      return ended;
    },
    /** Kills and starts it so many times while `work` goes on. */
    async tormented(times, pause, work) {
      let over = false, restarts = 0;
      const tormentor = (async () => {
        while (!over && restarts < times) {
          await new Promise((next) => setTimeout(next, pause()));
          if (over) break;
          office.up = (async () => { await office.kill(); await office.start(); restarts++; })();
          await office.up;
        }
      })();
      const made = await work();
      over = true;
      await tormentor;
      return { made, restarts };
    },
    async signIn(login) {
      const { status, body } = await office.nobody.post('/session', { login, password: PASSWORD, token: true }, {});
      assert.equal(status, 201, JSON.stringify(body));
      return client(office, body.token);
    },
    async hire(role, more = {}, login = role) {
      const id = await office.admin.make('/accounts', { login, name: `Konto ${role}`, role, ...more });
      assert.equal((await office.admin.post(`/accounts/${id}/password`, { password: PASSWORD }, {})).status, 200);
      return office.signIn(login);
    },
    /** Ends what is running and removes its files. */
    async close() {
      const ended = office.server && await office.server.stop();
      office.agent.destroy();
      place.remove();
      return ended;
    },
  };
  office.up = office.start();
  await office.up;
  office.nobody = client(office, '');
  const [, code] = office.server.log().match(/koszalin: .*: (\w{16}) \(POST/);
  assert.equal((await office.nobody.post('/first', { code, login: 'admin', name: 'Anna', password: PASSWORD }, {})).status, 201);
  office.admin = await office.signIn('admin');
  for (const role of roles) office[role] = await office.hire(role);
  return office;
}

/** A library to be loaded before the program, which ctest tells of. */
export function preload(name) {
  const library = process.env[`OKIENKO_FAULT_${name}`];
  assert.ok(library, `OKIENKO_FAULT_${name} is not set: run it by ctest`);
  return `LD_PRELOAD=${library}`;
}

/** A disk whose fault is chosen while the server runs. */
export async function openOnDisk(options) {
  const office = await open(options);
  const file = join(office.place.folder, 'fault');
  writeFileSync(file, '-'.padEnd(64, '\0'));
  const fd = openSync(file, 'r+');
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  office.under = ['env', preload('DISK'), `OKIENKO_FAULT_FOLDER=${office.place.data}`,
    `OKIENKO_FAULT_CONTROL=${file}`];
  await office.start();
  office.disk = (letter, number = '') => writeSync(fd, `${letter}${number}`.padEnd(16, '\0'), 0);
  const close = office.close;
  office.close = () => { closeSync(fd); return close(); };
  return office;
}

/** People with a decision for each of the services; [{ person, application, decisions: { service: id } }]. */
export async function decided(kipus, count, services, { household, from = 0 } = {}) {
  return each(Array.from({ length: count }, (_, i) => from + i), 32, async (i) => {
    const birth = `19${String(30 + i % 15).padStart(2, '0')}-0${1 + i % 9}-1${i % 7}`;
    const person = await kipus.make('/persons', { given_name: 'Ewa', family_name: `Osoba${i}`, household,
      pesel: pesel(birth, true, Math.floor(i / 15) + 1), sex: 'woman' });
    for (const [fact, value] of Object.entries(FACTS)) {
      await kipus.make('/statements', { person, fact, value, declared_on: day() });
    }
    const application = await kipus.make('/applications', { person, applicant_role: 'self', services, received_on: day() });
    await kipus.step(`/applications/${application}`, 'submit');
    await kipus.step(`/applications/${application}`, 'assess');
    const decisions = {};
    for (const service of services) {
      decisions[service] = await kipus.make('/decisions',
        { application, service, order_facts: { windows: 4, windows_unsafe: false } });
    }
    return { person, application, decisions };
  });
}

/** The last day that a grant of today may have within this year's pool. */
export const yearEnd = () => (day(60).slice(0, 4) === day().slice(0, 4) ? day(60) : `${day().slice(0, 4)}-12-31`);

const database = (data) => join(data, 'koszalin/record.db');

/** Rows of a record that no server has, as objects. */
export function sql(data, text) {
  const out = execFileSync('sqlite3', ['-readonly', '-json', database(data)], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
  return out.trim() ? JSON.parse(out) : [];
}

/** What must hold of any record between two transactions, and of this one's pools. */
const OF_THE_FILE = `
SELECT 'pool ' || p.id AS row, 'more is taken than there is' AS what
FROM pools p JOIN caps c USING (service) WHERE p.taken > c.cap
UNION ALL
SELECT 'journal ' || kind || ' ' || row, 'a version is told twice'
FROM journal WHERE digest IS NOT NULL GROUP BY kind, row, version HAVING count(*) > 1
UNION ALL
SELECT 'journal', 'its numbers have holes' FROM (SELECT count(*) AS all_of, max(number) AS last FROM journal) WHERE all_of <> last
UNION ALL
SELECT 'answer ' || min(number), 'a key has two answers' FROM answers GROUP BY asker, at / 86400000 HAVING count(*) > 1`;

/** Checks a record that no server has: quick_check, the invariants, the journal's chain. */
export async function audit(data, { caps = {} } = {}) {
  assert.deepEqual(sql(data, 'PRAGMA quick_check'), [{ quick_check: 'ok' }]);
  assert.deepEqual(sql(data, 'PRAGMA foreign_key_check'), []);
  const known = `WITH caps (service, cap) AS (VALUES ('', 0)${Object.entries(caps).map(([id, cap]) => `, ('${id}', ${cap * 1000})`).join('')})`;
  const faults = [...sql(data, readFileSync(join(root, 'tests/support/invariants.sql'), 'utf8')), ...sql(data, known + OF_THE_FILE)];
  assert.deepEqual(faults, []);
  const { code, out, err } = await okienko(['audit', 'verify', 'koszalin', '--data', data]);
  assert.equal(code, 0, out + err);
}

/** Every 2xx that a patient client read is in the file, whole and once; gives how many there were.
 * `complete`: there is nothing else in the file, as every request was answered in the end. */
export function assertKept(office, complete = []) {
  const tables = new Map();
  const rows = (kind) => {
    if (!tables.has(kind)) {
      tables.set(kind, new Map(sql(office.place.data, `SELECT id, version FROM "${kind}"`).map(({ id, version }) => [id, version])));
    }
    return tables.get(kind);
  };
  const lost = [], makers = new Map();
  for (const { path, key, id, version, status } of office.acks) {
    const kind = path.split('/')[1].replaceAll('-', '_');
    if (!(rows(kind).get(id) >= version)) lost.push({ path, id, version, has: rows(kind).get(id) });
    if (status === 201) makers.set(`${kind} ${id}`, new Set([...makers.get(`${kind} ${id}`) ?? [], key]));
  }
  const shared = [...makers].filter(([, keys]) => keys.size > 1);
  const made = (kind) => [...makers.keys()].filter((row) => row.startsWith(`${kind} `)).length;
  const doubled = complete.filter((kind) => rows(kind).size !== made(kind)).map((kind) => [kind, rows(kind).size, made(kind)]);
  assert.deepEqual({ lost, shared, doubled }, { lost: [], shared: [], doubled: [] });
  return office.acks.length;
}

export { BASE, PASSWORD, day, okienko, pesel, until };
