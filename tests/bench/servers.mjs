// Starts and stops the servers that are compared, all pinned to one core, on loopback only.
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync, rmSync, readFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import net from 'node:net';

export const SERVER_CORE = '0';
export const LOAD_CORE = '1';
export const root = resolve(import.meta.dirname, '../..');
export const scratch = mkdtempSync(join(tmpdir(), 'okienko-bench-'));

const running = [];

export function stopAll() {
  for (const child of running) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
}

async function reachable(port) {
  for (let i = 0; i < 200; i++) {
    const open = await new Promise((done) => {
      const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); done(true); });
      socket.on('error', () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`nothing answers on port ${port}`);
}

/** Starts `command` on the server's core; resolves to { pid, port, url } when its port answers. */
export async function start(port, command, args) {
  const child = spawn('taskset', ['-c', SERVER_CORE, command, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.pipe(process.stderr);child.stderr.resume();
  running.push(child);
  await reachable(port);
  return { pid: child.pid, port, url: `http://127.0.0.1:${port}` };
}

export function okienko(port, extra = []) {
  return start(port, join(root, 'build/okienko'),
    ['serve', '--demo', '--listen', `127.0.0.1:${port}`, '--plugins', join(root, 'plugins'),
      '--data', join(scratch, 'data'), ...extra]);
}

export function bare(port, bodyFile) {
  return start(port, join(root, 'build/tests/bench/bare_server'), [String(port), bodyFile]);
}

export function nodeServer(port, bodyFile) {
  return start(port, process.execPath, [join(import.meta.dirname, 'peer.mjs'), String(port), bodyFile]);
}

/** nginx takes no word of its configuration that is longer than 4 KiB. */
function pieces(text) {
  return text.match(/[^]{1,1500}/g).map((piece) => piece.replace(/[\\']/g, '\\$&'));
}

/** nginx with one worker: /static from a file, /return from its configuration, /quote in Lua. */
export async function nginx(port, bodyFile) {
  copyFileSync(bodyFile, join(scratch, 'static.json'));
  const parts = pieces(readFileSync(bodyFile, 'utf8'));
  const conf = `
load_module /usr/lib/nginx/modules/ndk_http_module.so;
load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
worker_processes 1; daemon off; master_process off; pid ${scratch}/nginx.pid;
error_log ${scratch}/nginx.log error;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000; open_file_cache max=16;
  sendfile on; tcp_nopush on; default_type application/json;
  client_body_temp_path ${scratch}; proxy_temp_path ${scratch}; fastcgi_temp_path ${scratch};
  uwsgi_temp_path ${scratch}; scgi_temp_path ${scratch};
  lua_package_path '${import.meta.dirname}/?.lua;;';
  ${parts.map((part, i) => `geo $part${i} { default '${part}'; }`).join('\n  ')}
  init_by_lua_block { rule = require 'peer_rule' }
  server {
    listen 127.0.0.1:${port};
    location = /static.json { root ${scratch}; }
    location = /return { return 200 "${parts.map((_, i) => `\${part${i}}`).join('')}"; }
    location = /quote { content_by_lua_block { rule.serve() } }
  }
}`;
  writeFileSync(join(scratch, 'nginx.conf'), conf);
  return start(port, '/usr/sbin/nginx', ['-c', join(scratch, 'nginx.conf'), '-p', scratch, '-e', join(scratch, 'nginx.log')]);
}
