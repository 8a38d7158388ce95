// The examples of etc/ as they are shipped, but for addresses, names and keys: nginx and Caddy in front of the
// real program. No client chooses the address that limits go by, and no stranger locks the office out.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { beside, root, serve, until, workspace } from '../support/okienko.mjs';

const NAME = 'uslugi.example.org', SOCKET = '/run/okienko/okienko.sock';
const OFFICE = '127.0.0.1', STRANGER = '127.0.0.9', NEIGHBOUR = '127.0.0.10';
const MOST = 60; // tries after which an address must have been stopped

const freePort = () => new Promise((done) => {
  const listener = createServer().listen(0, OFFICE, () => { const { port } = listener.address(); listener.close(() => done(port)); });
});

/** Each replacement must be found, so that an example that changes is looked at here again. */
function fitted(file, replacements) {
  let text = readFileSync(join(root, 'etc', file), 'utf8');
  for (const [what, by] of replacements) {
    assert.ok(text.includes(what), `${file} has no ${what}`);
    text = text.replaceAll(what, by);
  }
  return text;
}

const proxies = {
  nginx: {
    prepare(folder, socket, port) {
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${NAME}`,
        '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')], { stdio: 'ignore' });
      writeFileSync(join(folder, 'site.conf'), fitted('nginx.conf', [
        [`unix:${SOCKET}`, `unix:${socket}`], ['listen 443 ssl', `listen ${OFFICE}:${port} ssl`],
        ['    listen [::]:443 ssl http2;\n', ''], [`/etc/ssl/certs/${NAME}.pem`, join(folder, 'cert.pem')],
        [`/etc/ssl/private/${NAME}.key`, join(folder, 'key.pem')],
      ]));
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`);
      writeFileSync(join(folder, 'nginx.conf'), `${process.getuid() === 0 ? 'user root;' : ''} daemon off; worker_processes 1;
        pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temporary.join(' ')} include ${folder}/site.conf; }`);
      return ['nginx', '-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
    },
  },
  caddy: {
    prepare(folder, socket, port) {
      writeFileSync(join(folder, 'Caddyfile'), `{\n admin off\n auto_https disable_redirects\n skip_install_trust\n}\n${fitted('Caddyfile', [
        [`${NAME} {`, `https://${NAME}:${port} {\n\ttls internal`], [`unix/${SOCKET}`, `unix/${socket}`],
      ])}`);
      return ['caddy', 'run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
    },
  },
};

/** Asks a proxy from one of this machine's loopback addresses; { status, body }. */
function ask(port, from, method, path, { body, headers } = {}) {
  return new Promise((done, fail) => {
    const sent = request({ host: OFFICE, port, path, method, localAddress: from, servername: NAME, rejectUnauthorized: false, agent: false,
      headers: { host: NAME, ...(body ? { 'content-type': 'application/json' } : {}), ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => done({ status: answer.statusCode, body: text }));
    });
    sent.on('error', fail).end(body);
  });
}

let place;
before(() => { place = workspace(); });
after(() => place.remove());

for (const [name, proxy] of Object.entries(proxies)) {
  const missing = spawnSync(name, [name === 'nginx' ? '-v' : 'version']).error ? `${name} is not installed` : false;
  test(`${name}, as etc/ has it`, { skip: missing }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'okienko-proxy-')), socket = join(folder, 'okienko.sock');
    const server = await serve(beside(place), '--listen', `unix:${socket}`), port = await freePort();
    const [command, ...args] = proxy.prepare(folder, socket, port);
    mkdirSync(join(folder, 'home'));
    const child = spawn(command, args, { env: { ...process.env, HOME: join(folder, 'home'), XDG_DATA_HOME: join(folder, 'home') }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (bytes) => { said += bytes; });
    const ended = new Promise((done) => child.on('exit', done));
    t.after(async () => { child.kill('SIGTERM'); await ended; await server.stop(); rmSync(folder, { recursive: true, force: true }); });
    const works = () => ask(port, OFFICE, 'GET', '/v1/koszalin/services').then(({ status }) => status === 200, () => false);
    await until(works, 20000).catch((error) => assert.fail(`${error.message}\n${said}`));

    assert.equal((await ask(port, OFFICE, 'GET', '/pl/koszalin')).status, 200);
    const metrics = (await ask(port, STRANGER, 'GET', '/metrics')).status;
    assert.ok(metrics === 403 || metrics === 404, `a stranger reads the metrics: ${metrics}`);

    let n = 0;
    const tries = (from, headers = {}) => ask(port, from, 'POST', '/v1/koszalin/session',
      { body: JSON.stringify({ login: `guess-${n += 1}`, password: 'a long enough one' }), headers });
    const invented = () => ({ 'X-Forwarded-For': `203.0.113.${n % 250}`, Forwarded: `for=203.0.113.${n % 250}`, 'X-Real-IP': `203.0.113.${n % 250}` });
    let status = 0;
    while (status !== 429 && n < MOST) ({ status } = await tries(STRANGER, invented()));
    assert.equal(status, 429, 'a stranger who invents an address for each try is stopped');
    assert.equal((await tries(STRANGER, { 'X-Forwarded-For': OFFICE })).status, 429, 'also as the office');
    assert.equal((await tries(OFFICE)).status, 401, 'the office itself is not locked out');
    for (let k = 0; k < MOST; k += 1) await tries(NEIGHBOUR, { 'X-Forwarded-For': OFFICE });
    assert.equal((await tries(NEIGHBOUR)).status, 429);
    assert.equal((await tries(OFFICE)).status, 401, 'nor by somebody who claims to be it');
  });
}
