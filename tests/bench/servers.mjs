// Starts and stops the servers that are compared, all pinned to one core, on loopback only.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SERVER_CORE = '0';
export const LOAD_CORE = '1';
// Debian 12's Node has no import.meta.dirname yet.
const here = fileURLToPath(new URL('.', import.meta.url));
export const root = resolve(here, '../..');
export const scratch = mkdtempSync(join(tmpdir(), 'okienko-bench-'));

const running = new Set();
let build = join(root, 'build-bench');

export function useBuild(folder) {
  build = resolve(folder);
}

export function stop(server) {
  server.child.kill('SIGKILL');
  running.delete(server.child);
}

export function stopAll() {
  for (const child of running) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
}

/** A port that nobody listens on now. */
function freePort() {
  return new Promise((done) => {
    const listener = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => done(port));
    });
  });
}

async function reachable(port, child) {
  for (let i = 0; i < 2000 && child.exitCode === null; i++) {
    const open = await new Promise((done) => {
      const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); done(true); });
      socket.on('error', () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 2));
  }
  throw new Error(`nothing answers on port ${port}`);
}

/** A child that is to end with this process. */
export function track(child) {
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/** Starts a command on the server's core, with as many descriptors as it may have. */
export function launch(command, args, cores = SERVER_CORE) {
  const child = spawn('taskset', ['-c', cores, 'sh', '-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'sh', command,
    ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.said = '';
  child.stderr.on('data', (data) => { child.said = (child.said + data).slice(-4000); });
  return track(child);
}

/** Resolves to { child, pid, port, url } when the port answers. */
async function start(command, argumentsFor, cores) {
  const port = await freePort();
  const child = launch(command, await argumentsFor(port), cores);
  await reachable(port, child).catch((error) => { throw new Error(`${command}: ${error.message}\n${child.said}`); });
  return { child, pid: child.pid, port, url: `http://127.0.0.1:${port}` };
}

export const okienkoArguments = (port, plugins = join(root, 'plugins')) => [join(build, 'okienko'),
  ['serve', '--demo', '--listen', `127.0.0.1:${port}`, '--plugins', plugins, '--data', join(scratch, 'data')]];

export function okienko(plugins) {
  return start(join(build, 'okienko'), (port) => okienkoArguments(port, plugins)[1]);
}

export const binary = () => join(build, 'okienko');

/** A server on a record of its own; `config` says what is other than usual when it is to write `alone`. */
export function serveRecord({ plugins, data, cores, config, alone }) {
  return start(binary(), (port) => ['serve', '--listen', `127.0.0.1:${port}`, '--plugins', plugins, '--data', data,
    ...(alone ? ['--config', config] : [])], cores);
}

export function bare(bodyFile) {
  return start(join(build, 'tests/bench/bare_server'), (port) => [String(port), bodyFile]);
}

export function nodeServer(bodyFile, textsFile) {
  return start(process.execPath, (port) => [join(here, 'peer.mjs'), String(port), bodyFile, textsFile]);
}

/** nginx takes no word of its configuration that is longer than 4 KiB. */
function pieces(text) {
  return text.match(/[^]{1,1200}/g).map((piece) => piece.replace(/[\\']/g, '\\$&'));
}

/** nginx with one process: /static.json by sendfile(2) and /read.json by
 * read(2) from a file, /return from its configuration, /quote in Lua. */
export function nginx(bodyFile, textsFile) {
  const folder = mkdtempSync(join(scratch, 'nginx-'));
  copyFileSync(bodyFile, join(folder, 'static.json'));
  const parts = pieces(readFileSync(bodyFile, 'utf8'));
  return start('/usr/sbin/nginx', (port) => {
    writeFileSync(join(folder, 'nginx.conf'), `
load_module /usr/lib/nginx/modules/ndk_http_module.so;
load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
worker_processes 1; daemon off; master_process off; pid ${folder}/nginx.pid;
error_log ${folder}/error.log error;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600; default_type application/json;
  open_file_cache max=16 inactive=600s; open_file_cache_valid 600s;
  sendfile on; tcp_nodelay on; client_body_in_single_buffer on;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  lua_package_path '${here}/?.lua;;';
  ${parts.map((part, i) => `geo $part${i} { default '${part}'; }`).join('\n  ')}
  init_by_lua_block { rule = require 'peer_rule' rule.load '${textsFile}' }
  server {
    listen 127.0.0.1:${port};
    location = /static.json { root ${folder}; }
    location = /read.json { sendfile off; alias ${folder}/static.json; }
    location = /return { return 200 "${parts.map((_, i) => `\${part${i}}`).join('')}"; }
    location = /quote { content_by_lua_block { rule.serve() } }
  }
}`);
    return ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'error.log')];
  });
}
