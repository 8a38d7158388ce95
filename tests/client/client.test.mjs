// The description is sound by an independent judge, and enough: a client generated from it walks a case from the
// form to the settlement, checked by a compiler.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { day, open, pesel, weekday } from '../office/office.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const tool = (name) => join(here, 'node_modules/.bin', name);
let office, folder, file;

before(async () => {
  office = await open.bare();
  folder = mkdtempSync(join(tmpdir(), 'okienko-client-'));
  file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(await office.server.json('/openapi.json', { 'Accept-Language': 'en' })));
});
after(async () => { await office.close(); rmSync(folder, { recursive: true }); });

// They have no parameters and pass others over: there is nothing that they would refuse.
const REFUSE_NOTHING = ['/healthz', '/readyz', '/metrics'].map((path) => `#/paths/${path.replaceAll('/', '~1')}/get/responses`);

const lint = (document) => {
  const { stdout, stderr } = spawnSync(tool('redocly'), ['lint', '--format=json', `--config=${here}redocly.yaml`, document],
    { encoding: 'utf8', env: { ...process.env, REDOCLY_TELEMETRY: 'off' }, maxBuffer: 1 << 26 });
  assert.ok(stdout.startsWith('{'), stderr);
  return JSON.parse(stdout).problems.filter(({ ruleId, location: [{ pointer }] }) =>
    !(ruleId === 'operation-4xx-response' && REFUSE_NOTHING.includes(pointer)));
};

test('the linter finds nothing, and would', () => {
  assert.deepEqual(lint(file).map(({ ruleId, message, location }) => [ruleId, message, location[0].pointer]), []);
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, JSON.stringify({ openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: { '/x': { get: {} } } }));
  assert.ok(lint(broken).length > 0);
});

test('a client generated from it walks a case from the form to the settlement', () => {
  execFileSync(tool('openapi-typescript'), [file, '-o', join(folder, 'described.ts')], { stdio: 'pipe' });
  for (const name of ['walk.ts', 'tsconfig.json', 'package.json']) copyFileSync(join(here, name), join(folder, name));
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
  const compiled = spawnSync(tool('tsc'), ['-p', folder], { encoding: 'utf8' });
  assert.equal(compiled.status, 0, compiled.stdout);
  const walked = spawnSync(process.execPath, [join(folder, 'walk.js'), office.server.url, office.code, day(), day(300),
    weekday(), pesel('1941-05-17')], { encoding: 'utf8' });
  assert.equal(walked.status, 0, walked.stderr);
  assert.equal(JSON.parse(walked.stdout).grosze, 2000);
  console.log(`proved: ${walked.stdout.trim()}`);
});
