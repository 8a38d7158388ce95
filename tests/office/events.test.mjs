// Server-sent events of what is left; listeners that read nothing or go away; the end of the server.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { until } from '../support/okienko.mjs';
import { BASE, apply, day, open, register } from './office.mjs';

let office, kipus, grant;

before(async () => {
  office = await open();
  kipus = await office.hire('kipus');
  const ous = await office.hire('ous'), director = await office.hire('director');
  const person = await register(kipus), application = await apply(kipus, person);
  const decision = await kipus.make('/decisions', { application, service: 'window-cleaning',
    order_facts: { windows: 4, windows_unsafe: false } });
  const diagnosis = await kipus.make('/diagnoses', { person, application, made_on: day(), needs: 'x' });
  await kipus.step(`/diagnoses/${diagnosis}`, 'sign');
  await kipus.step(`/applications/${application}`, 'qualify');
  const plan = await kipus.make('/plans', { application, diagnosis, begins: day(), ends: day(300), effects: 'x' });
  const provider = await ous.make('/providers', { name: 'S', type: 'social-enterprise', since: day() });
  await ous.make('/offers', { provider, service: 'window-cleaning', begins: day() });
  await kipus.make('/granted', { plan, decision, quantity: 20, begins: day(), ends: day(300), provider });
  for (const step of ['agree', 'sign']) await kipus.step(`/plans/${plan}`, step);
  await director.step(`/plans/${plan}`, 'approve');
  grant = () => kipus.step(`/plans/${plan}`, 'activate');
});
after(() => office.place.remove());

/** A raw connection that listens; { text(), socket }. */
function listen() {
  const socket = connect(Number(new URL(office.server.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (bytes) => { text += bytes; });
  socket.on('error', () => {});
  socket.write(`GET ${BASE}/availability/events HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return { socket, text: () => text };
}

const metric = async (name) => Number((await (await office.server.get('/metrics')).text()).match(new RegExp(`^okienko_http_${name} (\\d+)`, 'm'))[1]);

test('whoever listens is told at once, whoever goes is let go, and the end ends it', async () => {
  const one = listen(), gone = listen();
  await until(() => one.text().includes('\r\n\r\n') && gone.text().includes('\r\n\r\n'));
  assert.match(one.text(), /^HTTP\/1\.1 200 [\s\S]*Content-Type: text\/event-stream/);
  assert.doesNotMatch(one.text(), /Content-Length/);
  assert.equal(await metric('feeds'), 2);
  gone.socket.destroy();
  await grant();
  await until(() => one.text().includes('event: availability'));
  const told = [...one.text().matchAll(/data: (.*)\n\n/g)].map(([, data]) => JSON.parse(data));
  assert.equal(told.reduce((sum, { taken }) => sum + taken, 0), 20);
  assert.ok(told.every(({ service }) => service === 'window-cleaning'));
  await until(async () => await metric('feeds') === 1);
  const ended = new Promise((done) => one.socket.on('end', done));
  const began = performance.now();
  assert.deepEqual(await office.server.stop(), { code: 0, signal: null });
  await ended;
  assert.ok(performance.now() - began < 3000);
});
