// JSON Schema 2020-12, as far as the API's own document uses it. An unknown keyword is an error, so
// that the document cannot say what nobody checks.
import assert from 'node:assert/strict';

const PASSED_OVER = new Set(['description', 'title', 'default', 'example', 'x-sensitivity']);
const FORMATS = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
};

const typeOf = (value) => value === null ? 'null' : Array.isArray(value) ? 'array'
  : Number.isInteger(value) ? 'integer' : typeof value;
const isType = (value, type) => typeOf(value) === type || (type === 'number' && typeof value === 'number');
const multiple = (value, of) => Math.abs(value / of - Math.round(value / of)) < 1e-9;
const points = (text) => [...text].length;

/** The faults of a value as "path: what", none when it fits. */
export function faults(root, schema, value, path = '$') {
  const found = [];
  const say = (what) => found.push(`${path}: ${what}`);
  const into = (sub, part, at) => found.push(...faults(root, sub, part, at));
  const rules = {
    $ref: (ref) => into(resolve(root, ref), value, path),
    type: (type) => [type].flat().some((one) => isType(value, one)) || say(`${typeOf(value)}, not ${type}`),
    enum: (all) => all.some((one) => one === value) || say(`not one of ${all.slice(0, 8)}`),
    pattern: (text) => typeof value !== 'string' || new RegExp(text, 'u').test(value) || say(`not like ${text}`),
    format: (name) => typeof value !== 'string' || FORMATS[name].test(value) || say(`no ${name}`),
    minLength: (least) => typeof value !== 'string' || points(value) >= least || say('too short'),
    maxLength: (most) => typeof value !== 'string' || points(value) <= most || say('too long'),
    minimum: (least) => typeof value !== 'number' || value >= least || say(`less than ${least}`),
    maximum: (most) => typeof value !== 'number' || value <= most || say(`more than ${most}`),
    multipleOf: (of) => typeof value !== 'number' || multiple(value, of) || say(`no multiple of ${of}`),
    items: (sub) => Array.isArray(value) && value.forEach((part, at) => into(sub, part, `${path}[${at}]`)),
    anyOf: (all) => all.some((sub) => faults(root, sub, value, path).length === 0)
      || say(`none of ${all.length}: ${all.map((sub) => faults(root, sub, value, path)[0]).join(' / ')}`),
    required: (names) => typeOf(value) === 'object'
      && names.forEach((name) => Object.hasOwn(value, name) || say(`lacks ${name}`)),
    maxProperties: (most) => typeOf(value) !== 'object' || Object.keys(value).length <= most || say('too many'),
    properties: (all) => typeOf(value) === 'object' && Object.entries(all).forEach(([name, sub]) =>
      Object.hasOwn(value, name) && into(sub, value[name], `${path}.${name}`)),
    additionalProperties: (allowed) => allowed === false && typeOf(value) === 'object'
      && Object.keys(value).forEach((name) =>
        Object.hasOwn(schema.properties ?? {}, name) || say(`does not know ${name}`)),
  };
  for (const [keyword, argument] of Object.entries(schema)) {
    if (PASSED_OVER.has(keyword)) continue;
    assert.ok(rules[keyword], `${path}: the checker does not know "${keyword}"`);
    rules[keyword](argument);
  }
  return found;
}

/** What a local reference leads to. */
export function resolve(root, ref) {
  assert.ok(ref.startsWith('#/'), ref);
  const found = ref.slice(2).split('/').reduce((at, name) =>
    at?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], root);
  assert.ok(found, `${ref} leads nowhere`);
  return found;
}

/** Fails with every fault. */
export function fits(root, schema, value, what) {
  const found = faults(root, schema, value);
  assert.equal(found.length, 0, `${what}\n${found.slice(0, 10).join('\n')}`);
}
