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
