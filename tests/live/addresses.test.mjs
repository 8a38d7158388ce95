// The addresses of the pages: a language, then a programme; the bare ones lead there by what was chosen, then by what
// the browser prefers. On a programme's host the language alone is enough.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { okienko, serve, workspace } from '../support/okienko.mjs';

let place, server;

before(async () => {
  place = workspace();
  const config = join(place.folder, 'okienko.lua');
  writeFileSync(config, `return okienko {
    public_address = "https://uslugi.example.org",
    hosts = { ["koszalin.example.org"] = "koszalin", ["*.okienko.example"] = "*" } }`);
  server = await serve(place, '--config', config);
});
after(async () => { await server.stop(); place.remove(); });

/** fetch() sends no Host of one's own, and follows redirects. */
const ask = (path, headers = {}) => new Promise((done, fail) => http.get(server.url + path, { headers }, (answer) => {
  let text = '';
  answer.on('data', (bytes) => { text += bytes; });
  answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }));
}).on('error', fail));
const leads = async (path, headers) => {
  const { status, headers: told } = await ask(path, headers);
  assert.equal(status, 302, path);
  assert.match(told.vary, /Accept-Language.*Cookie/i);
  return told.location;
};

test('bare addresses lead to the chosen language, then to the preferred one', async () => {
  assert.equal(await leads('/'), '/pl');
  assert.equal(await leads('/koszalin', { 'Accept-Language': 'uk' }), '/uk/koszalin');
  assert.equal(await leads('/koszalin', { 'Accept-Language': 'uk', Cookie: 'a=b; okienko_lang=en' }), '/en/koszalin');
  assert.equal(await leads('/', { Cookie: 'okienko_lang=xx' }), '/pl');
  const chosen = await ask('/koszalin?lang=en', { 'Accept-Language': 'uk', Cookie: 'okienko_lang=pl' });
  assert.equal(chosen.headers.location, '/en/koszalin');
  assert.match(chosen.headers['set-cookie'][0], /^okienko_lang=en; Path=\/; /);
  assert.equal((await ask('/?lang=xx')).headers['set-cookie'], undefined);
});

test('a page is in the language of its address, whatever the browser prefers, and leads to the others', async () => {
  for (const [lang, word] of [['pl', 'Języki'], ['en', 'Languages'], ['uk', 'Мови']]) {
    const { status, text, headers } = await ask(`/${lang}/koszalin`, { 'Accept-Language': 'uk' });
    assert.equal(status, 200);
    assert.equal(headers['content-language'], lang);
    assert.ok(text.includes(`<html lang="${lang}">`) && text.includes(word), lang);
    for (const other of ['pl', 'en', 'uk'].filter((one) => one !== lang)) {
      assert.ok(text.includes(`href="/koszalin?lang=${other}"`), other);
      assert.ok(text.includes(`hreflang="${other}" href="/${other}/koszalin"`), other);
    }
    assert.ok(text.includes('https://uslugi.example.org/v1/koszalin'), 'whole links are by the public address');
  }
  assert.match((await ask('/pl')).text, /href="\/pl\/goleniow"/);
});

test("on a programme's host the language alone is enough", async () => {
  const host = { Host: 'koszalin.example.org' };
  assert.equal(await leads('/', host), '/pl');
  const { text } = await ask('/pl', host);
  assert.equal(text, (await ask('/pl/koszalin')).text);
  assert.equal((await ask('/pl/koszalin', host)).text, text);
  assert.match((await ask('/en', { Host: 'Goleniow.okienko.example:80' })).text, /<html lang="en">[^]*Goleni/);
  assert.equal((await ask('/v1/koszalin', host)).status, 200);
});

test('where there is nothing a browser is given a page, a program a problem', async () => {
  const browser = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Accept-Language': 'en' };
  for (const path of ['/nowhere', '/pl/nowhere', '/a/b/c', '/pl/koszalin/nowhere']) {
    const page = await ask(path, browser);
    assert.equal(page.status, 404, path);
    assert.match(page.headers['content-type'], /^text\/html/, path);
    assert.ok(page.text.includes('<h2>'), path);
    for (const Accept of ['*/*', 'application/json', 'application/json, text/html']) {
      const problem = await ask(path, { Accept });
      assert.equal(problem.status, 404, path);
      assert.equal(problem.headers['content-type'], 'application/problem+json', path);
    }
  }
  assert.equal((await ask('/v1/nowhere', browser)).headers['content-type'], 'application/problem+json');
});

test('no programme may have an id that addresses begin with', async () => {
  for (const id of ['pl', 'en', 'uk', 'v1', 'hsds', 'assets', 'healthz', 'readyz', 'metrics']) {
    const made = await okienko(['new', 'programme', id, '--plugins', place.plugins]);
    assert.equal(made.code, 1, `${id}: ${made.out}${made.err}`);
    const folder = join(place.folder, 'other', id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'programme.lua'),
      readFileSync(join(place.plugins, 'koszalin/programme.lua'), 'utf8').replace('id = "koszalin"', `id = "${id}"`));
    const checked = await okienko(['check', id, '--plugins', join(place.folder, 'other'), '--json']);
    assert.ok((checked.out + checked.err).includes('reserved-id'), `${id}: ${checked.out}${checked.err}`);
  }
});
