// The walk-through of docs/api.md runs as it stands, and ends with the fee that facts.md tells.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../support/okienko.mjs';
import { open } from './office.mjs';

test('the walk-through of the documentation runs', async () => {
  const text = readFileSync(join(root, 'docs/api.md'), 'utf8');
  const [, script] = text.match(/## From an application to a settled service\n[\s\S]*?```sh\n([\s\S]*?)```/);
  const office = await open.bare();
  try {
    const { stdout } = await promisify(execFile)('bash', ['-ec', script.replace(/http:\/\/127\.0\.0\.1:8080/, office.server.url)],
      { env: { ...process.env, CODE: office.code } });
    const lines = stdout.trim().split('\n');
    const charge = JSON.parse(lines.find((line) => line.includes('"before_relief"')));
    assert.equal(charge.value.grosze, 10000); // four windows at 25,00 zł
    assert.equal(charge.fee.grosze, 2000); // a fifth of it
    assert.equal(JSON.parse(lines.at(-1)).id, 1);
    console.log(`proved: ${lines.length} requests of docs/api.md, from the first account to a payment of 20,00 zł`);
  } finally {
    await office.close();
  }
});
