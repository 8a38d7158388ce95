// Records what a version says: OKIENKO=… node tests/versions/record.mjs 0.2.0
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from '../office/office.mjs';
import { everything } from './scenario.mjs';

const folder = join(fileURLToPath(new URL('.', import.meta.url)), process.argv[2]);
const PER_LIST = 2; // more of the same say nothing more

/** Lists are cut, secrets and long texts are not kept. */
function cut(value, name = '') {
  if (Array.isArray(value)) return value.slice(0, PER_LIST).map((part) => cut(part));
  if (value === null || typeof value !== 'object') {
    return /^(token|code)$/.test(name) ? '…' : typeof value === 'string' && value.length > 80 ? `${value.slice(0, 80)}…` : value;
  }
  return Object.fromEntries(Object.entries(value).map(([inner, part]) => [inner, cut(part, inner)]));
}

/** A description without what only people read. */
function bare(part, named = false) {
  if (Array.isArray(part)) return part.map((inner) => bare(inner));
  if (part === null || typeof part !== 'object') return part;
  return Object.fromEntries(Object.entries(part)
    .filter(([name]) => named || !['description', 'summary', 'example', 'title', 'operationId', 'tags', 'security', 'pattern', 'maxLength', 'format', 'explode', 'x-permission',
      'x-sensitivity', 'minimum', 'maximum'].includes(name))
    .map(([name, inner]) => [name, bare(inner, name === 'properties')]));
}

const office = await open.bare();
const answers = [];
await everything(office.server, office.code, (who, method, path, status, body) =>
  answers.push({ who, method, path: path.replaceAll(/\d{4}-\d\d-\d\d/g, '{day}'), status, body: cut(body) }));
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'answers.json'), `[\n${answers.map((answer) => JSON.stringify(answer)).join(',\n')}\n]\n`);
writeFileSync(join(folder, 'openapi.json'), `${JSON.stringify(bare(await office.server.json('/openapi.json', { 'Accept-Language': 'en' })))}\n`);
await office.close();
console.log(`${answers.length} answers in ${folder}: ${Object.entries(answers.reduce((all, { status }) =>
  ({ ...all, [status]: (all[status] ?? 0) + 1 }), {})).map(([status, count]) => `${count} × ${status}`).join(', ')}`);
