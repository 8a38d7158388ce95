// A power cut: what was not synced may be on the disk or not, in pieces of a sector. The preloaded disk
// tells what the server wrote and synced; from that the disk is made as it may be found after a cut at
// any moment, and a server starts on it.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { LONG, assertKept, audit, day, decided, each, open, pesel, preload, random, sql, yearEnd } from './record.mjs';

const MADE = 0, WRITTEN = 1, CUT = 2, SYNCED = 3, SYNCED_FOLDER = 4, REMOVED = 5, RENAMED = 6, LINKED = 7;
const SECTOR = 512, HEAD = 32, CUTS = 12 * LONG, CLIENTS = 32, EACH = 12, POOL = 20;
const seed = Number(process.env.OKIENKO_SEED ?? Date.now() % 1e9);
const draw = random(seed);
const below = (count) => Math.floor(draw() * count);

/** What the server did to its disk, in order. */
function changesOf(file) {
  const log = readFileSync(file), changes = [];
  for (let at = 0; at < log.length;) {
    const what = log.readUInt32LE(at + 8), name = log.readUInt32LE(at + 12), len = Number(log.readBigUInt64LE(at + 24));
    const data = at + HEAD + name;
    changes.push({ at: log.readBigUInt64LE(at), what, name: log.toString('utf8', at + HEAD, data),
      offset: Number(log.readBigUInt64LE(at + 16)), data: log.subarray(data, data + len) });
    at = data + len;
  }
  return changes;
}

/** The files of a folder: name to bytes. */
function filesOf(folder) {
  return new Map(readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => [name, readFileSync(join(folder, name))]));
}

/** Bytes of a file, which grow as they are written. */
class Bytes {
  constructor(bytes) {
    this.all = Buffer.from(bytes);
    this.length = bytes.length;
  }

  apply({ what, offset, data }) {
    const end = what === CUT ? offset : Math.max(this.length, offset + data.length);
    if (end > this.all.length) this.all = Buffer.concat([this.all], Math.max(end, 2 * this.all.length));
    if (end < this.length) this.all.fill(0, end, this.length);
    this.length = end;
    if (what === WRITTEN) data.copy(this.all, offset);
  }

  get whole() { return this.all.subarray(0, this.length); }
}

/** Of what was not synced: nothing, all, some sectors in any order, or all up to a moment and a torn last. */
function survivors(pending) {
  const sectors = pending.flatMap((change) => change.what === CUT ? [change]
    : Array.from({ length: Math.ceil(change.data.length / SECTOR) }, (_, i) => ({ ...change, offset: change.offset + i * SECTOR,
      data: change.data.subarray(i * SECTOR, (i + 1) * SECTOR) })));
  switch (below(4)) {
    case 0: return [];
    case 1: return sectors;
    case 2: return sectors.filter(() => draw() < 0.5);
    default: return sectors.slice(0, below(sectors.length + 1));
  }
}

/** The disk as it may be found after a cut behind the first `count` changes; `lies`: the last syncs did nothing. */
function diskAfter(base, changes, count, lies = 0) {
  const files = new Map();
  const add = (name, bytes, named) => files.set(name, { bytes: new Bytes(bytes), pending: [], named }).get(name);
  for (const [name, bytes] of base) add(name, bytes, true);
  const syncs = changes.slice(0, count).map(({ what }, i) => (what === SYNCED ? i : -1)).filter((i) => i >= 0);
  const believed = lies > 0 ? syncs.at(-lies) ?? 0 : count;
  const keep = (file, before) => {
    const still = file.pending.findIndex(({ number }) => number >= before);
    for (const change of file.pending.splice(0, still < 0 ? file.pending.length : still)) file.bytes.apply(change);
    file.named = true;
  };
  changes.slice(0, count).forEach(({ what, name, offset, data }, number) => {
    const file = files.get(name) ?? (what === SYNCED_FOLDER ? undefined : add(name, [], false));
    if (what === MADE) add(name, [], false);
    else if (what === WRITTEN || what === CUT) file.pending.push({ what, offset, data, number });
    else if (what === SYNCED && number < believed) keep(file, offset);
    else if (what === SYNCED_FOLDER) files.forEach((other, its) => { other.named ||= dirname(its) === (name || '.'); });
    else if (what === REMOVED) files.delete(name);
    else if (what === RENAMED || what === LINKED) {
      files.set(data.toString(), { ...file, named: false });
      if (what === RENAMED) files.delete(name);
    }
  });
  const found = new Map();
  for (const [name, { bytes, pending, named }] of files) {
    if (name.endsWith('-shm') || (!named && draw() < 0.5)) continue;
    for (const change of lies > 0 ? [] : survivors(pending)) bytes.apply(change);
    found.set(name, bytes.whole);
  }
  return found;
}

function put(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, name), bytes, { mode: 0o600 });
  }
}

/** Acknowledged rows that a disk does not have; SQLite alone looks, at a copy. */
function lostOn(folder, acked) {
  return ['persons', 'referrals', 'granted'].flatMap((kind) => {
    const there = new Map(sql(folder, `SELECT id, version FROM "${kind}"`).map(({ id, version }) => [id, version]));
    return acked.filter((row) => row.kind === kind && !(there.get(row.id) >= row.version));
  });
}

/** So many clients make people, referrals and grants and erase somebody now and then, each by a request with a
 * key. What is erased makes the log be emptied into the file. */
async function work(office, planned, leaving) {
  const requests = Array.from({ length: CLIENTS * EACH }, (_, i) => {
    const at = Math.floor(i / 3), asked = { key: `work-${i}`, who: 'kipus' };
    if (i % 60 === 31) return { ...asked, who: 'iod', path: `/persons/${leaving[Math.floor(i / 60)]}/erase`, body: {} };
    if (i % 3 === 0) {
      return { ...asked, path: '/persons', body: { given_name: 'Jan', family_name: `Nowy${i}`, sex: 'man',
        pesel: pesel(`19${60 + Math.floor(i / 999)}-03-04`, false, 1 + i % 999) } };
    }
    if (i % 3 === 2 && at < planned.length) return { ...asked, path: `/granted/${planned[at]}/grant`, body: {} };
    return { ...asked, path: '/referrals', body: { about: 'information', on_day: day(), passed_to: `Poradnia ${i}` } };
  });
  await each(requests, CLIENTS, async (asked) => {
    asked.answer = await office[asked.who].patient(asked.path, asked.body, asked.key);
  });
  return requests;
}

test('a power cut at any moment', async (t) => {
  const office = await open({ services: { 'race-pool': { pool: POOL } }, roles: ['kipus', 'iod'] });
  t.after(() => office.close());
  const people = await decided(office.kipus, 60, ['race-pool']);
  const planned = await each(people, 32, ({ decisions }) => office.kipus.make('/granted',
    { decision: decisions['race-pool'], quantity: 1, begins: day(), ends: yearEnd() }));
  const leaving = await each(Array.from({ length: CLIENTS * EACH / 60 }, (_, i) => i), 8, (i) => office.kipus.make('/persons',
    { given_name: 'Jan', family_name: 'Zapomniany', pesel: pesel('1955-03-04', false, 1 + i) }));
  assert.deepEqual(await office.stop(), { code: 0, signal: null });
  const keys = new Map(sql(office.place.data, "SELECT row, hex(sealed) AS sealed FROM keys WHERE kind = 'persons'")
    .map(({ row, sealed }) => [row, Buffer.from(sealed, 'hex').subarray(0, 24)]));
  const base = filesOf(office.place.data), log = join(office.place.folder, 'log');
  office.under = ['env', preload('DISK'), `OKIENKO_FAULT_FOLDER=${office.place.data}`,
    `OKIENKO_FAULT_LOG=${log}`];
  await office.start();
  const requests = await work(office, planned, leaving);
  await office.kill();
  const changes = changesOf(log);
  const syncs = changes.map(({ what, name }, i) => (what === SYNCED && name.endsWith('.db-wal') ? i : -1)).filter((i) => i >= 0);
  console.log(`# seed ${seed}: ${requests.length} writes, ${changes.length} changes of the disk, ${syncs.length} commits, ` +
    `${changes.filter(({ what, name }) => what === WRITTEN && name.endsWith('.db')).length} pages put from the log into the file`);
  assert.ok(syncs.length > 10);

  // The check sees what it looks for: a disk that lied about its last syncs has lost something.
  const acknowledged = (moment) => requests.filter(({ answer }) => answer.status < 300 && answer.at < moment)
    .map(({ path, answer: { body } }) => ({ kind: path.split('/')[1], id: body.id, version: body.version }));
  const image = join(office.place.folder, 'image');
  put(image, diskAfter(base, changes, changes.length, 3));
  assert.ok(lostOn(image, acknowledged(process.hrtime.bigint())).length > 0);

  const counts = { acknowledged: 0, lost: 0, 'answered otherwise when asked again': 0, 'half or refused': 0, 'keys left of the erased': 0, 'cut off or hung': 0 };
  office.ready = [];
  office.broken = 0;
  office.under = [];
  office.data = image;
  for (let i = 0; i < CUTS; i++) {
    // Before a sync is over, after it, or anywhere.
    const sync = syncs[below(syncs.length)];
    const count = [sync, sync + 1, below(changes.length) + 1][i % 3];
    const files = diskAfter(base, changes, count), moment = changes[count - 1].at;
    const acked = acknowledged(moment);
    put(image, files);
    counts.acknowledged += acked.length;
    counts.lost += lostOn(image, acked).length;
    put(image, files);
    office.acks = [];
    await office.start();
    const again = await each(requests, CLIENTS, ({ who, path, body, key }) => office[who].patient(path, body, key));
    requests.forEach(({ answer }, at) => {
      const { status, body } = again[at];
      counts['answered otherwise when asked again'] += answer.status < 300 && answer.at < moment &&
        (status !== answer.status || (body.id ?? answer.body.id) !== answer.body.id); // empty once somebody is erased
      counts['half or refused'] += status >= 300 && body.type !== 'urn:okienko:problem:pool-used-up';
    });
    assert.equal(again.filter(({ status }, at) => status === 200 && requests[at].path.endsWith('/grant')).length, POOL);
    assert.deepEqual(await office.stop(), { code: 0, signal: null });
    const bytes = [...filesOf(image).values()];
    counts['keys left of the erased'] += leaving.filter((person) => bytes.some((file) => file.includes(keys.get(person)))).length;
    assertKept({ acks: office.acks.filter(({ id }) => id !== undefined), place: { data: image } });
    await audit(image, { caps: { 'race-pool': POOL } });
  }
  counts['cut off or hung'] = office.broken;
  const { acknowledged: all, ...faults } = counts;
  assert.deepEqual(new Set(Object.values(faults)), new Set([0]), JSON.stringify(counts));
  const slowest = Math.max(...office.ready);
  assert.ok(slowest < 5000);
  console.log(`# ${CUTS} cuts, ready again after at most ${slowest.toFixed(0)} ms, every file sound: ${JSON.stringify(counts)}`);
  assert.ok(all > 0);
});

test('a power cut at the very first start', async (t) => {
  const office = await open({ roles: [] });
  t.after(() => office.close());
  await office.kill();
  const log = join(office.place.folder, 'log'), data = join(office.place.folder, 'fresh');
  mkdirSync(data);
  office.data = data;
  office.under = ['env', preload('DISK'), `OKIENKO_FAULT_FOLDER=${data}`, `OKIENKO_FAULT_LOG=${log}`];
  await office.start();
  await office.kill();
  office.under = [];
  const changes = changesOf(log);
  for (let i = 0; i < CUTS; i++) {
    put(data, diskAfter(new Map(), changes, below(changes.length) + 1));
    mkdirSync(data, { recursive: true });
    await office.start();
    assert.deepEqual(await office.stop(), { code: 0, signal: null });
    await audit(data);
  }
  console.log(`# ${CUTS} cuts among the first ${changes.length} changes: ready each time`);
});
