// An office at work: a server on a fresh record whose programme is in force today, its people, and
// requests with what the API wants of them.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fits } from '../api/schema.mjs';
import { serve, workspace } from '../support/okienko.mjs';

export const PASSWORD = 'correct horse battery';
export const BASE = '/v1/koszalin';

/** The day in Warsaw, moved by days. */
export const day = (moved = 0) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' })
  .format(new Date(Date.now() + moved * 86400000));

/** Today, or the Monday after it. */
export function weekday() {
  for (let moved = 0; ; moved++) {
    if (![0, 6].includes(new Date(`${day(moved)}T12:00:00Z`).getUTCDay())) return day(moved);
  }
}

/** The rules' period is made to hold today. */
export function prolong(plugins) {
  const file = join(plugins, 'koszalin/programme.lua');
  const text = readFileSync(file, 'utf8');
  const longer = text.replace(/(period = \{ from = "[^"]+", to = )"[^"]+"/, `$1"${new Date().getFullYear() + 3}-12-31"`);
  assert.notEqual(longer, text);
  writeFileSync(file, longer);
}

const documents = new WeakMap();

/** The description of a server, read once. */
export function described(server) {
  if (!documents.has(server)) documents.set(server, server.json('/openapi.json', { 'Accept-Language': 'en' }));
  return documents.get(server);
}

/** The operation that a request goes to; undefined when none is described. */
export function operationOf(document, method, path) {
  const parts = (BASE + path).split('?')[0].split('/');
  const like = (pattern) => {
    const names = pattern.split('/');
    return names.length === parts.length
      && names.every((name, at) => (name === '{id}' ? /^\d+$/.test(parts[at]) : name.startsWith('{') || name === parts[at]));
  };
  const said = (pattern) => document.paths[pattern][method.toLowerCase()];
  const found = Object.keys(document.paths).filter((pattern) => like(pattern) && said(pattern))
    .sort((a, b) => a.split('{').length - b.split('{').length)[0];
  return found && { pattern: found, ...said(found) };
}

/** Whatever is answered in a test is as the description says. */
async function holdToDescription(server, method, path, answer, body) {
  const document = await described(server);
  const operation = operationOf(document, method, path);
  if (!operation) return;
  const { responses } = operation;
  const said = responses[answer.status] ?? responses[`${String(answer.status)[0]}XX`] ?? responses.default;
  const known = said?.$ref ? document.components.responses[said.$ref.split('/').pop()] : said;
  assert.ok(known, `${method} ${path}: ${answer.status} is not described`);
  const type = (answer.headers.get('content-type') ?? '').split(';')[0];
  const schema = known.content?.[type]?.schema;
  if (!schema) assert.ok(!type || answer.status === 304, `${method} ${path}: ${answer.status} as ${type} is not described`);
  else if (/json/.test(type)) fits(document, schema, body, `${method} ${operation.pattern} ${answer.status}`);
}

/** A client with a bearer token: get, post, patch, each giving { status, body, etag, headers }. */
export function client(server, token) {
  const ask = async (method, path, body, headers = {}) => {
    const answer = await fetch(server.url + BASE + path, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '') && text;
    await holdToDescription(server, method, path, answer, json ? JSON.parse(text) : text);
    return { status: answer.status, body: json ? JSON.parse(text) : text, etag: answer.headers.get('etag'),
      headers: answer.headers };
  };
  const expect = (status) => async (method, path, body, headers) => {
    const answer = await ask(method, path, body, headers);
    assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  };
  return {
    token, ask,
    get: (path, headers) => ask('GET', path, undefined, headers),
    post: (path, body, headers) => ask('POST', path, body, headers),
    patch: (path, body, headers) => ask('PATCH', path, body, headers),
    /** Makes a row and gives its id. */
    make: async (path, body, headers) => (await expect(201)('POST', path, body, headers)).body.id,
    read: async (path) => (await expect(200)('GET', path)).body,
    /** Does a step on the row as it is now; gives its answer. */
    step: async (path, step, body = {}) => {
      const { etag } = await expect(200)('GET', path);
      return (await expect(200)('POST', `${path}/${step}`, body, { 'If-Match': etag })).body;
    },
  };
}

/** A server without any account. */
open.bare = async (...args) => {
  const place = workspace();
  prolong(place.plugins);
  const server = await serve(place, ...args);
  const code = server.log().match(/koszalin: .*: (\w{16}) \(POST/)[1];
  return { place, server, code, nobody: client(server),
    close: async () => { const ended = await server.stop(); place.remove(); return ended; } };
};

/** A server, and `admin` signed in with the first account. */
export async function open(...args) {
  const { place, server, code, nobody, close } = await open.bare(...args);
  const first = await nobody.post('/first', { code, login: 'admin', name: 'Anna Pierwsza', password: PASSWORD });
  assert.equal(first.status, 201, JSON.stringify(first.body));
  const office = { place, server, nobody, code,
    /** A client signed in as somebody. */
    signIn: async (login, password = PASSWORD) => {
      const answer = await nobody.post('/session', { login, password, token: true });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return Object.assign(client(server, answer.body.token), { account: answer.body.account, login });
    },
    /** An account with a role, signed in. */
    hire: async (role, more = {}, login = role) => {
      const id = await office.admin.make('/accounts', { login, name: `Konto ${role}`, role, ...more });
      const set = await office.admin.post(`/accounts/${id}/password`, { password: PASSWORD });
      assert.equal(set.status, 200, JSON.stringify(set.body));
      return office.signIn(login);
    },
    close,
  };
  office.admin = await office.signIn('admin');
  return office;
}

/** A valid number of somebody born on a day ("1941-05-17"), told apart by `serial`. */
export function pesel(born, woman = true, serial = 1) {
  const [year, month, date] = born.split('-').map(Number);
  const century = { 18: 80, 19: 0, 20: 20, 21: 40, 22: 60 }[Math.floor(year / 100)];
  const two = (number) => String(number).padStart(2, '0');
  const digits = two(year % 100) + two(month + century) + two(date) + String(serial).padStart(3, '0') + (woman ? 2 : 1);
  const sum = [...digits].reduce((all, digit, at) => all + digit * [1, 3, 7, 9][at % 4], 0);
  return digits + (10 - sum % 10) % 10;
}

/** What Koszalin's rules want to know of a woman of over eighty who lives alone. */
export const FACTS = { commune: '3261011', household: 'alone', care_services: false, family_assistant: false,
  merit_status: 'none', foster_care: 'none' };

/** A person with her statements; gives her number. */
export async function register(kipus, more = {}) {
  const person = await kipus.make('/persons', { given_name: 'Maria', family_name: 'Próbna',
    pesel: pesel('1941-05-17'), phone: '600 100 200', address: 'ul. Testowa 1/2', sex: 'woman', disability: 'none', ...more });
  for (const [fact, value] of Object.entries(FACTS)) {
    await kipus.make('/statements', { person, fact, value, declared_on: day(), proof: 'statement' });
  }
  return person;
}

/** An application in assessment. */
export async function apply(kipus, person) {
  const application = await kipus.make('/applications', { person, applicant_role: 'self', channel: 'office',
    services: ['window-cleaning'], need: 'Okna', received_on: day() });
  await kipus.step(`/applications/${application}`, 'submit');
  await kipus.step(`/applications/${application}`, 'assess');
  return application;
}
