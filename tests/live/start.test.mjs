// A server that cannot begin says why, once, and ends cleanly.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { okienko, workspace } from '../support/okienko.mjs';

let place;
before(() => { place = workspace(); });
after(() => place.remove());

const start = (plugins, ...args) => okienko(['serve', '--plugins', plugins, '--data', place.data, ...args]);

test('an address that is taken is told once, with its reason', async () => {
  const taken = createServer();
  await new Promise((done) => taken.listen(0, '127.0.0.1', done));
  const address = `127.0.0.1:${taken.address().port}`;
  // The first address is bound already when the second one fails.
  const { code, err } = await start(place.plugins, '--listen', '127.0.0.1:0', '--listen', address);
  await new Promise((done) => taken.close(done));
  assert.equal(code, 2, err);
  assert.match(err, new RegExp(`^Cannot listen on ${address}: address already in use\\.$`, 'm'));
});

test('a folder of rules that is not there is told', async () => {
  const { code, err } = await start(`${place.plugins}/nowhere`);
  assert.equal(code, 2, err);
  assert.match(err, /nowhere/);
});
