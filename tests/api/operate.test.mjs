// For whoever runs the server: metrics, and a programme that cannot be loaded beside one that can.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve, until, workspace } from '../support/okienko.mjs';

let place, server;
before(async () => {
  place = workspace();
  // A second programme, and a third whose text is broken from the start.
  const second = join(place.plugins, 'second'), broken = join(place.plugins, 'broken');
  cpSync(join(place.plugins, 'koszalin'), second, { recursive: true });
  const programme = join(second, 'programme.lua');
  writeFileSync(programme, readFileSync(programme, 'utf8').replace('id = "koszalin"', 'id = "second"'));
  mkdirSync(broken);
  writeFileSync(join(broken, 'programme.lua'), 'return programme {');
  server = await serve(place);
});
after(async () => { await server.stop(); place.remove(); });

test('a programme that was never good answers 503, tells why, and takes nobody else down', async () => {
  const served = (await server.json('/v1/programmes')).items.map((one) => one.id);
  assert.ok(served.includes('koszalin') && served.includes('second') && !served.includes('broken'), served.join());
  for (const path of ['', '/services', '/services/laundry', '/availability', '/questionnaire']) {
    const answer = await server.get(`/v1/broken${path}`);
    assert.equal(answer.status, 503, path);
    assert.equal((await answer.json()).type, 'urn:okienko:problem:programme-unavailable');
  }
  assert.equal((await server.post('/v1/broken/quote', {})).status, 503);
  const state = await server.json('/v1/broken/plugins', { 'Accept-Language': 'en' });
  assert.equal(state.state, 'failing');
  assert.equal(state.version, null);
  assert.ok(state.faults.some((fault) => fault.file === 'broken/programme.lua' && fault.line > 0 && fault.code));
  const ready = await server.get('/readyz');
  assert.equal(ready.status, 200);
  const body = await ready.json();
  assert.equal(body.status, 'degraded');
  assert.deepEqual(body.programmes.filter((one) => !one.serving).map((one) => one.id), ['broken']);
  assert.equal((await server.get('/v1/koszalin')).status, 200);
});

test('a fault leaves the last good text serving: stale', async () => {
  const file = join(place.plugins, 'second/services/laundry.lua'), text = readFileSync(file, 'utf8');
  const version = (await server.json('/v1/second')).version;
  writeFileSync(file, `${text}\nnonsense here`);
  await until(async () => (await server.json('/v1/second/plugins')).state === 'stale');
  const state = await server.json('/v1/second/plugins');
  assert.equal(state.version, version);
  assert.equal(state.failures, 1);
  assert.equal(state.files.find((one) => one.service === 'laundry').faults, 1);
  assert.equal((await server.post('/v1/second/services/laundry/quote', {})).status, 200);
  writeFileSync(file, text);
  await until(async () => (await server.json('/v1/second/plugins')).state === 'good');
});

test('a start with one faulty service: the others are served, that one is a 503', async () => {
  const other = workspace();
  const file = join(other.plugins, 'koszalin/services/laundry.lua'), text = readFileSync(file, 'utf8');
  writeFileSync(file, `${text}\nnonsense here`);
  const partial = await serve(other);
  try {
    assert.equal((await partial.json('/v1/koszalin/plugins')).state, 'partial');
    assert.equal((await partial.json('/v1/koszalin/services')).total, 15);
    const answer = await partial.get('/v1/koszalin/services/laundry');
    assert.equal(answer.status, 503);
    assert.equal((await answer.json()).type, 'urn:okienko:problem:service-unavailable');
    assert.equal((await partial.post('/v1/koszalin/services/window-cleaning/quote', {})).status, 200);
    assert.equal((await partial.get('/v1/koszalin/services/laundr')).status, 404);
    writeFileSync(file, text);
    await until(async () => (await partial.json('/v1/koszalin/plugins')).state === 'good');
    assert.equal((await partial.get('/v1/koszalin/services/laundry')).status, 200);
  } finally {
    await partial.stop();
    other.remove();
  }
});

test('a programme that goes away is gone from every answer', async () => {
  assert.ok((await server.json('/openapi.json')).components.schemas['Facts.second']);
  rmSync(join(place.plugins, 'second'), { recursive: true });
  await until(async () => !(await server.json('/v1/programmes')).items.some((one) => one.id === 'second'));
  assert.equal((await server.get('/v1/second/services')).status, 404);
  assert.equal((await server.json('/openapi.json')).components.schemas['Facts.second'], undefined);
});

test('the metrics are sound', async (t) => {
  await server.post('/v1/koszalin/quote', {});
  const answer = await server.get('/metrics');
  assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  assert.match(text, /^okienko_quotes_total [1-9]\d*$/m);
  assert.match(text, /^okienko_plugin_serving\{programme="koszalin"\} 1$/m);
  assert.match(text, /^okienko_plugin_serving\{programme="broken"\} 0$/m);
  assert.match(text, /^process_resident_memory_bytes [1-9]\d+$/m);
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  if (checked.error) return t.skip('promtool is not installed');
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
});
