// /v1 only grows: what each version before answered is answered still, and its description fits in today's, but for
// what CHANGELOG.md names: lines "- `name` …" of members (of a body or an answer, `kind.name` of one kind of row), and
// "- `GET /path` …" of operations. Record a version with record.mjs.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { open } from '../office/office.mjs';
import { root } from '../support/okienko.mjs';
import { everything } from './scenario.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const VERSIONS = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const CHANGED = new Set([...readFileSync(join(root, 'CHANGELOG.md'), 'utf8').matchAll(/^- (?:`[^`\n]+`(?:, | and )?)+/gm)]
  .flatMap(([line]) => [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name)));
const read = (version, name) => JSON.parse(readFileSync(join(here, version, name), 'utf8'));
let office, document, today = [];

before(async () => {
  office = await open.bare();
  document = await office.server.json('/openapi.json', { 'Accept-Language': 'en' });
  await everything(office.server, office.code, (who, method, path, status, body) =>
    today.push({ who, method, path: path.replaceAll(/\d{4}-\d\d-\d\d/g, '{day}'), status, body }));
});
after(() => office.close());

const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
/** Of these a client only reads what kind of thing it is: they tell of this day, this run, or this programme's rules, or how far a role reaches. */
const OWN = /^(at|.*_at|.*_on|on|from|to|since|begins|ends|today|checked|version|revision|file|.*text|text|basis|name|title|about|detail|summary|question|help|examples|example|pool|taken|left|id|number|fact|facts|services|load_us|memory_bytes|status|rules|kipus|ous|director|provider|iod|admin)$/;

/** What of an answer of before no longer holds. A value that was null may be something now. */
function* lost(was, is, where, name = '') {
  if (was === null || CHANGED.has(name)) return;
  if (typeOf(was) !== typeOf(is)) {
    if (is !== null || !OWN.test(name)) yield `${where}: was ${typeOf(was)} ${JSON.stringify(was).slice(0, 60)}, is ${JSON.stringify(is)?.slice(0, 60)}`;
  } else if (Array.isArray(was)) {
    if (was.length > 0 && is.length > 0) yield* lost(was[0], is[0], `${where}[0]`, '');
    else if (was.length > 0) yield `${where}: has no items any more`;
  } else if (typeof was === 'object') {
    for (const [inner, value] of Object.entries(was)) {
      if (CHANGED.has(inner)) continue;
      if (!(inner in is)) yield `${where}.${inner}: is gone`;
      else yield* lost(value, is[inner], `${where}.${inner}`, inner);
    }
  } else if (was !== is && !OWN.test(name) && was !== '…' && !String(was).endsWith('…') && !/^\d{4}-\d\d-\d\d/.test(was)) {
    yield `${where}: was ${was}, is ${is}`;
  }
}

for (const version of VERSIONS) {
  test(`${version}: what was answered to each role is answered still`, () => {
    const before = read(version, 'answers.json');
    const found = [];
    const left = new Map();
    for (const answer of today) {
      const key = `${answer.who} ${answer.method} ${answer.path}`;
      left.set(key, [...(left.get(key) ?? []), answer]);
    }
    for (const was of before) {
      const key = `${was.who} ${was.method} ${was.path}`, is = left.get(key)?.shift();
      if (CHANGED.has(`${was.method} ${was.path}`)) continue;
      if (!is) found.push(`${key}: is not asked any more`);
      else if (was.status !== is.status) found.push(`${key}: was ${was.status}, is ${is.status} ${JSON.stringify(is.body).slice(0, 200)}`);
      else found.push(...lost(was.body, is.body, key));
    }
    assert.deepEqual(found, []);
    console.log(`proved: ${before.length} answers of ${version} hold, ${new Set(before.map(({ who }) => who)).size} kinds of clients`);
  });

  test(`${version}: its description fits in today's`, () => {
    const was = read(version, 'openapi.json');
    const found = [...narrowed(was, document)];
    assert.deepEqual(found, []);
    console.log(`proved: ${Object.keys(was.paths).length} addresses of ${version} are described still`);
  });
}

// ---- descriptions -----------------------------------------------------------------------------------------------

const follow = (root, part) => {
  for (; part?.$ref; part = part.$ref.slice(2).split('/').reduce((at, name) => at?.[name.replaceAll('~1', '/')], root));
  return part;
};
const METHODS = ['get', 'post', 'patch', 'delete', 'put'];

/** What a client of before relied on and does not find. */
function* narrowed(was, is) {
  for (const [path, item] of Object.entries(was.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const where = `${method.toUpperCase()} ${path}`, now = is.paths[path]?.[method];
      if (CHANGED.has(where)) continue;
      if (!now) { yield `${where}: is gone`; continue; }
      yield* narrowedOperation(was, item[method], is, now, where);
    }
  }
}

function* narrowedOperation(wasRoot, was, isRoot, is, where) {
  const listed = (root, operation) => new Map((operation.parameters ?? []).map((part) => follow(root, part)).map((part) => [`${part.in} ${part.name}`, part]));
  const now = listed(isRoot, is);
  for (const name of listed(wasRoot, was).keys()) if (!now.has(name)) yield `${where}: takes no ${name}`;
  for (const status of Object.keys(was.responses)) if (!is.responses[status]) yield `${where}: is not answered by ${status}`;
  const schemaOf = (root, part) => follow(root, Object.values(follow(root, part)?.content ?? {})[0]?.schema);
  const taken = schemaOf(wasRoot, was.requestBody ?? {}), takes = schemaOf(isRoot, is.requestBody ?? {});
  for (const name of Object.keys(taken?.properties ?? {})) {
    if (!takes?.properties?.[name] && !CHANGED.has(name)) yield `${where}: its body has no ${name}`;
  }
  const needed = new Set(taken?.required ?? []);
  // A body that was not described needed what it needed.
  for (const name of taken?.properties ? takes?.required ?? [] : []) {
    if (!needed.has(name) && !CHANGED.has(name)) yield `${where}: its body needs ${name}`;
  }
  for (const [status, part] of Object.entries(was.responses)) {
    yield* narrowedAnswer(wasRoot, schemaOf(wasRoot, part), isRoot, schemaOf(isRoot, is.responses[status] ?? {}), `${where} ${status}`, 4);
  }
}

function* narrowedAnswer(wasRoot, was, isRoot, is, where, deep) {
  if (!was || deep === 0) return;
  for (const [name, part] of Object.entries(was.properties ?? {})) {
    if (CHANGED.has(name)) continue;
    if (!is?.properties?.[name]) yield `${where}: tells no ${name}`;
    else yield* narrowedAnswer(wasRoot, follow(wasRoot, part), isRoot, follow(isRoot, is.properties[name]), `${where}.${name}`, deep - 1);
  }
  for (const one of was.enum ?? []) if (is?.enum && !is.enum.includes(one)) yield `${where}: is never ${one}`;
  if (was.items) yield* narrowedAnswer(wasRoot, follow(wasRoot, was.items), isRoot, follow(isRoot, is?.items), `${where}[]`, deep - 1);
}

test('the comparison would see what is gone', () => {
  const was = { a: 1, b: [{ c: 'x' }], d: { e: true } };
  assert.deepEqual([...lost(was, { b: [{}], d: { e: false } }, '$')],
    ['$.a: is gone', '$.b[0].c: is gone', '$.d.e: was true, is false']);
  assert.deepEqual([...lost(was, { ...was, more: 1 }, '$')], []);
  const without = structuredClone(document);
  delete without.paths['/v1/{programme}/orders'].get;
  delete without.components.schemas['Record.order'].properties.quantity;
  const found = [...narrowed(document, without)];
  assert.ok(found.includes('GET /v1/{programme}/orders: is gone'));
  assert.ok(found.some((fault) => fault.endsWith('tells no quantity')));
  assert.ok(VERSIONS.length > 0 && VERSIONS.every((version) => existsSync(join(here, version, 'answers.json'))));
});
