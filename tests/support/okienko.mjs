// The real program for tests: a server on a free port over a temporary copy of the rules, and
// subcommands.
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Debian 12's Node has no import.meta.dirname yet.
const here = fileURLToPath(new URL('.', import.meta.url));
export const root = resolve(here, '../..');
export const binary = process.env.OKIENKO ?? join(root, 'build/okienko');

/** Whether the program was built with a sanitizer: slower, and memory that is freed stays for a while. */
export const sanitized = /__(asan|tsan)_init/.test(readFileSync(binary, 'latin1'));

/** KiB of memory that a process holds. */
export const memory = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]);

/** Seconds of processor time that a process has used. */
export const seconds = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

/** The same workspace with a folder of data of its own, for another server beside the first. */
export const beside = (place) => ({ ...place, data: mkdtempSync(join(place.folder, 'data-')) });

/** A temporary folder with a copy of plugins/; { plugins, data, remove() }. */
export function workspace() {
  const folder = mkdtempSync(join(tmpdir(), 'okienko-test-'));
  const plugins = join(folder, 'plugins');
  cpSync(join(root, 'plugins'), plugins, { recursive: true });
  return { folder, plugins, data: join(folder, 'data'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Data folders that a running server holds: another one beside it takes a folder of its own. */
const held = new Set();

function hold(data) {
  let folder = data;
  for (let n = 2; held.has(folder); n += 1) folder = `${data}-${n}`;
  held.add(folder);
  return folder;
}

/** Starts `okienko serve`, perhaps `under` another command; resolves when its ready line is there. */
export async function serve({ plugins, data: wanted, under = [] }, ...args) {
  const data = hold(wanted);
  const [command, ...rest] = [...under, binary, 'serve', '--listen', '127.0.0.1:0', '--plugins', plugins, '--data', data];
  const child = spawn(command, [...rest, ...args],
    { env: { ...process.env, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '', err = '';
  child.stderr.on('data', (bytes) => { err += bytes; });
  const exited = new Promise((done) => child.on('exit', (code, signal) => { held.delete(data); done({ code, signal }); }));
  await new Promise((done, fail) => {
    child.stdout.on('data', (bytes) => { out += bytes; if (out.includes('\n')) done(); });
    exited.then(({ code }) => fail(new Error(`serve ended with ${code}: ${err}`)));
  });
  const url = out.match(/http:\/\/\S+/)[0];
  return {
    url, pid: child.pid, ready: out, log: () => err, exited,
    get: (path, headers = {}) => fetch(url + path, { headers }),
    json: async (path, headers = {}) => (await fetch(url + path, { headers })).json(),
    post: (path, body, headers = {}) => fetch(url + path, {
      method: 'POST', headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
    kill: (signal) => child.kill(signal),
    async stop() { child.kill('SIGTERM'); return exited; },
  };
}

/** Runs a subcommand; { code, out, err }. */
export function okienko(args, { locale = 'C.UTF-8', cwd = root, input } = {}) {
  return new Promise((done) => {
    const child = execFile(binary, args, { cwd, env: { ...process.env, LC_ALL: locale, LANG: locale } },
      (error, out, err) => done({ code: error ? error.code ?? error.signal : 0, out, err }));
    child.stdin.on('error', () => {}); // who refuses does not read
    if (input !== undefined) child.stdin.end(input);
  });
}

/** Waits until `ask` gives something true; its result, or an error after `ms`. */
export async function until(ask, ms = 10000) {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`still not so after ${ms} ms: ${ask}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}
