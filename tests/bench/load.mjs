// One measured load with wrk, pinned to the other core.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LOAD_CORE, SERVER_CORE, scratch } from './servers.mjs';

const run = promisify(execFile);
const CLOCK_TICKS = 100; // USER_HZ of Linux

/** Processor time that a process has used, in seconds. */
export function cpu(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

export function memory(pid, what = 'VmRSS') {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm'));
  return Number(line[1]) * 1024;
}

const SUFFIX = { us: 1, ms: 1e3, s: 1e6, m: 6e7 };

function micro(text) {
  const [, number, unit] = text?.match(/^([\d.]+)(us|ms|s|m)$/) ?? [null, NaN, 's'];
  return Number(number) * SUFFIX[unit];
}

/** What wrk is to send: a Lua script for it. `pipeline` requests go out at once. */
export function script(name, { method = 'GET', path, body, pipeline = 1, gzip = false }) {
  const file = join(scratch, `${name}.lua`);
  const headers = `{ ${body === undefined ? '' : '["Content-Type"] = "application/json",'} ${
    gzip ? '["Accept-Encoding"] = "gzip"' : ''} }`;
  writeFileSync(file, `
local one
function init(args)
  one = string.rep(wrk.format(${JSON.stringify(method)}, ${JSON.stringify(path)}, ${headers},
    ${body === undefined ? 'nil' : `[==[${body}]==]`}), ${pipeline})
end
function request() return one end
`);
  return file;
}

/** Seconds that a core has worked, in programs and for them in the kernel. */
function busy(core) {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').match(new RegExp(`^cpu${core} (.*)$`, 'm'))[1]
    .split(' ').map(Number);
  return (user + nice + system + irq + softirq) / CLOCK_TICKS;
}

/** What `times` of the shell says of its children. */
function childTime(text) {
  return [...text.matchAll(/(\d+)m([\d.]+)s/g)].slice(-2).reduce((sum, [, m, s]) => sum + 60 * m + Number(s), 0);
}

/** Loads `server` for `seconds`; requests a second, latencies in µs, CPU µs a request, errors, and the
 *  share of both cores that others took meanwhile. */
export async function load(server, file, { seconds, connections = 64 }) {
  const before = cpu(server.pid), worked = busy(SERVER_CORE) + busy(LOAD_CORE);
  const { stdout, stderr } = await run('taskset', ['-c', LOAD_CORE, 'sh', '-c', '"$@"; times >&2', 'sh', 'wrk', '-t1',
    `-c${connections}`, `-d${seconds}s`, '--latency', '-s', file, server.url], { maxBuffer: 1 << 20 });
  const used = cpu(server.pid) - before;
  const others = busy(SERVER_CORE) + busy(LOAD_CORE) - worked - used - childTime(stderr);
  const requests = Number(stdout.match(/(\d+) requests in/)[1]);
  const non2xx = Number(stdout.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0);
  const socket = stdout.match(/Socket errors: (.*)/)?.[1] ?? null;
  return {
    rate: Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    p50: micro(stdout.match(/50%\s+(\S+)/)?.[1]),
    p99: micro(stdout.match(/99%\s+(\S+)/)?.[1]),
    cpu: (used / requests) * 1e6,
    disturbed: others / (2 * seconds),
    non2xx, socket,
  };
}

/** The same, again when others took more than a tenth of the cores: the less disturbed of two. */
async function loadQuietly(contestant, options) {
  const tries = [];
  do {
    tries.push(await load(contestant.server, contestant.file, options));
  } while (tries.at(-1).disturbed > 0.1 && tries.length < 2);
  return tries.sort((a, b) => a.disturbed - b.disturbed)[0];
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Loads every contestant in turn, `rounds` times, so that a slow spell of the machine meets all of them. */
export async function interleaved(contestants, { rounds, seconds }) {
  const samples = contestants.map(() => []);
  for (const contestant of contestants) await load(contestant.server, contestant.file, { seconds: 1 });
  for (let round = 0; round < rounds; round++) {
    for (const [i, contestant] of contestants.entries()) {
      samples[i].push(await loadQuietly(contestant, { seconds }));
    }
  }
  return contestants.map((contestant, i) => ({
    name: contestant.name,
    samples: samples[i],
    rate: median(samples[i].map((s) => s.rate)),
    // Against the first contestant in the same round, which the machine's moods touch alike.
    ratio: median(samples[i].map((s, round) => s.rate / samples[0][round].rate)),
    cpu: median(samples[i].map((s) => s.cpu)),
    cpuRatio: median(samples[i].map((s, round) => samples[0][round].cpu / s.cpu)),
    p50: median(samples[i].map((s) => s.p50)),
    p99: median(samples[i].map((s) => s.p99)),
    disturbed: median(samples[i].map((s) => s.disturbed)),
    errors: samples[i].reduce((sum, s) => sum + s.non2xx + (s.socket ? 1 : 0), 0),
  }));
}

/** How often the requests a second (or the CPU time, the other way round) of `name` is that of `other`. */
export function ratio(rows, name, other, by = 'rate') {
  const of = (wanted) => rows.find((row) => row.name === wanted).samples;
  return median(of(name).map((sample, round) => (by === 'rate' ? sample.rate / of(other)[round].rate
    : of(other)[round].cpu / sample.cpu)));
}

export function print(title, rows) {
  console.log(`\n### ${title}\n`);
  console.log('| server | ratio | by CPU | requests/s | CPU µs | p50 µs | p99 µs | errors | others |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const row of rows) {
    console.log(`| ${row.name} | ${row.ratio.toFixed(2)} | ${row.cpuRatio.toFixed(2)} | ${Math.round(row.rate)} | ${row.cpu.toFixed(1)} | ${
      row.p50.toFixed(0)} | ${row.p99.toFixed(0)} | ${row.errors} | ${Math.round(row.disturbed * 100)} % |`);
  }
}
