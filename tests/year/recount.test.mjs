// A year of an office, lived over HTTP, is recounted from its file by a script of its own: no number differs. Numbers
// that are changed in the file, each of another kind, are found.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LONG, audit } from '../record/record.mjs';
import { live } from './lived.mjs';
import { recount, reports, rowsOf } from './recount.mjs';
import { FIRST, LAST, PROGRAMME } from './rules.mjs';

let year, file, told = {}, mid;
before(async () => {
  year = await live(22 * LONG);
  const { director, nobody } = year.office;
  for (const name of ['money', 'services']) told[name] = await director.read(`/reports/${name}?from=${FIRST}&to=${LAST}`);
  told.left = {};
  for (const id of Object.keys(PROGRAMME.services)) told.left[id] = (await nobody.read(`/services/${id}/availability`)).pool;
  file = join(year.office.place.data, 'koszalin/record.db');
  await year.office.stop();
  mid = recount(file, year.ledger);
}, { timeout: 900000 });
after(async () => { await year?.close(); });

test('at least twenty of each were lived', () => {
  const least = ['exemption changed mid-year', 'price_at granting over a price change', 'grant over New Year', 'under-delivery',
    'correction', 'refund', 'waiver', 'dispute', 'no-show', 'statement dated ahead'];
  for (const name of least) assert.ok(year.counts[name] >= 20, `${name}: ${year.counts[name]}`);
  console.log(`proved: ${Object.entries(year.counts).map(([name, count]) => `${count} × ${name}`).join(', ')}`);
});

test('every charge, pool and limit is as recounted', async () => {
  assert.deepEqual(mid.differences, []);
  assert.ok(mid.counted.charges > 200 && mid.counted.pools >= 6 && mid.counted.limits > 100, JSON.stringify(mid.counted));
  await audit(year.office.place.data);
  console.log(`proved: 0 differences in ${JSON.stringify(mid.counted)}`);
});

test('what is left of a pool is as recounted', () => {
  for (const [id, { pool, per }] of Object.entries(PROGRAMME.services)) {
    const [{ taken }] = rowsOf(file, `SELECT taken FROM pools WHERE service = '${id}' AND begins <= '2026-01-12' AND ends >= '2026-01-12'`);
    assert.deepEqual([told.left[id].pool, told.left[id].per, told.left[id].left], [pool, per, pool - taken / 1000], id);
  }
});

test('every report is as recounted', () => {
  const right = reports(file, year.ledger);
  const plain = (cell) => cell?.grosze ?? cell;
  let cells = 0;
  for (const row of told.money.rows) {
    const key = `${row.service.id} ${row.month}`;
    const expected = right.money.get(key);
    assert.ok(expected, key);
    for (const [name, value] of Object.entries(expected)) {
      assert.equal(plain(row[name]), value, `${key} ${name}`);
      cells++;
    }
    right.money.delete(key);
  }
  assert.deepEqual([...right.money.keys()], []);
  for (const row of told.services.rows) {
    for (const [name, value] of Object.entries(right.services.get(row.service.id) ?? {})) {
      assert.equal(plain(row[name]), value, `${row.service.id} ${name}`);
      cells++;
    }
  }
  assert.ok(cells > 100, String(cells));
  console.log(`proved: 0 differences in ${cells} cells of reports`);
});

/* The guards of the tables are taken off, as somebody with a shell would. */
const FAULTS = {
  price: "UPDATE charges SET price = price + 1 WHERE id = (SELECT max(id) FROM charges)",
  share: "UPDATE charges SET before_relief = before_relief + 5 WHERE id = (SELECT min(id) FROM charges WHERE on_day > '2025-10-01' AND fee > 0)",
  relief: "UPDATE charges SET relief = '', fee = before_relief WHERE id = (SELECT min(id) FROM charges WHERE relief = 'family-assistant')",
  rounding: "UPDATE charges SET fee = fee - 1 WHERE id = (SELECT min(id) FROM charges WHERE before_relief % 2 = 1 AND relief = 'family-assistant')",
  'pool period': "UPDATE pools SET taken = taken + 1000 WHERE begins = '2026-01-01'",
  correction: "UPDATE charges SET corrected = corrected + 1 WHERE corrected < 0",
  refund: 'UPDATE charges SET refunded = 0 WHERE refunded > 0',
  waiver: 'UPDATE charges SET waived = waived + 1 WHERE waived > 0',
  'units used': "UPDATE granted SET ordered = ordered + 1000 WHERE id = 1",
};

test('a fault of each kind in the file is found', () => {
  for (const [name, change] of Object.entries(FAULTS)) {
    const copy = join(year.office.place.folder, 'planted.db');
    copyFileSync(file, copy);
    const [{ changed }] = JSON.parse(execFileSync('sqlite3', ['-json', copy],
      { input: `PRAGMA ignore_check_constraints = on; ${change}; SELECT changes() AS changed;`, encoding: 'utf8' }));
    assert.ok(changed > 0, name);
    assert.notDeepEqual(recount(copy, year.ledger).differences, [], name);
  }
  console.log(`proved: ${Object.keys(FAULTS).length} planted faults found: ${Object.keys(FAULTS).join(', ')}`);
});
