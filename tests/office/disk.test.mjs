// A disk that refuses: writes are refused with a word, reading goes on, and what was read meanwhile is in the
// journal once the disk takes it again, without a restart.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { until } from '../support/okienko.mjs';
import { day, open, register } from './office.mjs';

test('while the disk refuses reading goes on, and is noted afterwards', async () => {
  const office = await open();
  try {
    const kipus = await office.hire('kipus'), iod = await office.hire('iod');
    const person = await register(kipus);
    const limit = (size) => execFileSync('prlimit', ['--pid', String(office.server.pid), `--fsize=${size}:unlimited`]);
    const reads = async () => (await iod.read(`/journal?person=${person}&limit=1000`)).items.filter(({ read }) => read === 'person').length;
    await kipus.read(`/persons/${person}`);
    const noted = await reads();
    limit(0);
    const refused = await kipus.post('/referrals', { about: 'information', on_day: day() });
    assert.ok([503, 507].includes(refused.status), String(refused.status));
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    for (let i = 0; i < 20; i++) assert.equal((await kipus.read(`/persons/${person}`)).family_name, 'Próbna');
    assert.equal((await office.nobody.get('/availability')).status, 200);
    assert.equal(await reads(), noted);
    limit('unlimited');
    await until(async () => (await kipus.post('/referrals', { about: 'information', on_day: day() })).status === 201);
    await until(async () => await reads() === noted + 20);
    assert.equal((await kipus.read('/referrals')).items.length, 1);
    assert.ok(!office.server.log().includes('Próbna'));
    console.log('proved: 20 readings while the disk refused, all of them in the journal afterwards');
  } finally {
    assert.deepEqual(await office.close(), { code: 0, signal: null });
  }
});

test('what is read while the disk refuses is bounded, and none of it goes unnoted', async () => {
  const office = await open();
  try {
    const kipus = await office.hire('kipus'), iod = await office.hire('iod');
    for (let i = 0; i < 60; i++) await kipus.make('/persons', { given_name: 'Maria', family_name: 'Próbna', document: `D ${i}` });
    const limit = (size) => execFileSync('prlimit', ['--pid', String(office.server.pid), `--fsize=${size}:unlimited`]);
    limit(0);
    let answered = 0, refused;
    for (let i = 0; i < 200 && !refused; i++) {
      const { status, headers, body } = await kipus.get('/persons?open=true&limit=60');
      if (status === 200) answered++;
      else refused = { status, wait: headers.get('retry-after'), body: JSON.stringify(body) };
    }
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.wait) >= 1 && !refused.body.includes('Próbna'));
    assert.ok(answered >= 100 && answered * 60 <= 10000, String(answered));
    limit('unlimited');
    await until(async () => (await kipus.get('/persons?open=true&limit=1')).status === 200);
    let after = 0, noted = 0;
    await until(async () => {
      const { items, next } = await iod.read(`/journal?after=${after}&limit=1000`);
      noted += items.filter(({ read }) => read === 'person').length;
      after = next ?? items.at(-1)?.number ?? after;
      return next === null;
    });
    assert.equal(noted, answered * 60 + 1);
    console.log(`proved: ${answered} lists read while the disk refused, then no more; ${noted} readings in the journal`);
  } finally {
    assert.deepEqual(await office.close(), { code: 0, signal: null });
  }
});
