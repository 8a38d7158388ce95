// What answers say: methods, languages, caches, origins, packing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { connect, exchange, get, last, sleep, start } from './lib.mjs'

let server
before(async () => { server = await start() })
after(() => server.stop())
const one = async (target, fields = '', method = 'GET') =>
  (await exchange(server.port, `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${fields}\r\n`))[0]

test('a stored answer is the same asked twice, with a present Date', async () => {
  const first = await one('/stored')
  const again = await one('/stored')
  assert.equal(first.body, again.body)
  assert.equal(first.headers.etag, again.headers.etag)
  await sleep(1100)
  const date = Date.parse((await one('/stored')).headers.date)
  assert.ok(Math.abs(Date.now() - date) < 2500)
})

test('each language has its own stored answer', async () => {
  for (const lang of ['pl', 'en', 'uk', 'en', 'pl']) {
    const answer = await one('/stored', `Accept-Language: ${lang}\r\n`)
    assert.equal(JSON.parse(answer.body).lang, lang)
    assert.equal(answer.headers['content-language'], lang)
    assert.equal(answer.headers.vary, 'Accept-Language, Accept-Encoding')
  }
})

test('gzip when accepted, with its own ETag', async () => {
  const plain = await one('/stored')
  const packed = await one('/stored', 'Accept-Encoding: br, gzip;q=0.5\r\n')
  assert.equal(packed.headers['content-encoding'], 'gzip')
  assert.equal(gunzipSync(packed.bytes).toString(), plain.body)
  assert.notEqual(packed.headers.etag, plain.headers.etag)
  for (const none of ['gzip;q=0', 'identity', '*;q=0', '']) {
    assert.equal((await one('/stored', `Accept-Encoding: ${none}\r\n`)).headers['content-encoding'], undefined)
  }
})

test('304 to whoever has it', async () => {
  const { etag } = (await one('/stored')).headers
  for (const value of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
    const answer = await one('/stored', `If-None-Match: ${value}\r\n`)
    assert.equal(answer.status, 304)
    assert.equal(answer.headers.etag, etag)
    assert.equal(answer.headers['content-length'], undefined)
  }
  assert.equal((await one('/stored', 'If-None-Match: "other"\r\n')).status, 200)
})

test('HEAD is GET without the body', async () => {
  for (const target of ['/stored', '/hello', '/nowhere', '/own']) {
    const text = `HEAD ${target} HTTP/1.1\r\nHost: a\r\n\r\n` + last(target)
    const [head, full] = await connect(server.port).send(text).end(5000, [true])
    assert.equal(head.status, full.status)
    assert.equal(head.headers['content-length'], full.headers['content-length'])
    assert.equal(head.headers['content-length'], String(full.bytes.length))
  }
})

test('405 names what is allowed, OPTIONS too; 404 speaks the language asked for', async () => {
  const wrong = await one('/hello', '', 'DELETE')
  assert.equal(wrong.status, 405)
  assert.equal(wrong.headers.allow, 'GET, HEAD, OPTIONS')
  const options = await one('/item/x', '', 'OPTIONS')
  assert.equal(options.status, 204)
  assert.equal(options.headers.allow, 'PUT, OPTIONS')
  assert.equal(JSON.parse((await one('/no', 'Accept-Language: pl\r\n')).body).title, 'Nie znaleziono')
  assert.equal(JSON.parse((await one('/no', 'Accept-Language: en\r\n')).body).title, 'Not found')
  assert.equal(JSON.parse((await one('/no', 'Accept-Language: uk\r\n')).body).title, 'Не знайдено')
  assert.equal((await one('/item/UPPER', '', 'PUT')).status, 404)
  assert.equal((await one('/hello/')).status, 200)
  assert.equal((await one('/hello//')).status, 404)
})

test('other origins read public routes and nothing else', async () => {
  const origin = 'access-control-allow-origin'
  assert.equal((await one('/stored')).headers[origin], '*')
  assert.equal((await one('/stored', '', 'DELETE')).headers[origin], '*')
  assert.equal((await one('/hello')).headers[origin], undefined)
  const preflight = await one('/open', 'Origin: https://x\r\nAccess-Control-Request-Method: POST\r\n', 'OPTIONS')
  assert.equal(preflight.status, 204)
  assert.equal(preflight.headers[origin], '*')
  assert.equal(preflight.headers['access-control-allow-methods'], 'POST')
  assert.match(preflight.headers['access-control-allow-headers'], /Content-Type/)
  // One answer on a public route and on another, in one batch.
  const answers = await exchange(server.port, get('/shared') + get('/own') + get('/shared') + last('/own'))
  assert.deepEqual(answers.map(a => a.headers[origin]), ['*', undefined, '*', undefined])
  assert.deepEqual(answers.map(a => a.body), Array(4).fill('<p>wspólne</p>'))
})

test('security fields are on every answer', async () => {
  for (const target of ['/stored', '/hello', '/nowhere', '/own']) {
    const { headers } = await one(target)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], target === '/own' ? 'no-referrer' : undefined)
  }
  assert.equal((await one('/own')).headers['content-security-policy'], "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
  assert.equal((await one('/hello')).headers['content-security-policy'], undefined)
  assert.equal((await one('/hello')).headers['cache-control'], 'no-store')
})

test('HTTP/1.0 closes unless asked to keep alive', async () => {
  const closing = await exchange(server.port, 'GET /stored HTTP/1.0\r\n\r\n')
  assert.equal(closing[0].headers.connection, 'close')
  assert.equal(closing[0].bytes.length, 4096)
  const client = connect(server.port).send('GET /stored HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')
  assert.equal((await client.answers(1))[0].headers.connection, 'keep-alive')
  client.send(last('/hello'))
  assert.equal((await client.end())[1].body, 'hello')
})

test('a forgetful handler is a 500, not a hang', async () => {
  assert.equal((await one('/forget')).status, 500)
})

test('clearing and warming the cache', async () => {
  const hits = async () => Number((await one('/metrics')).body.match(/^okienko_http_cache_hits_total (\d+)/m)[1])
  await one('/clear', 'Content-Length: 0\r\n', 'POST')
  const before = await hits()
  await one('/stored', 'Accept-Language: uk\r\n')
  assert.equal(await hits(), before + 1)
})

test('an answer worked out before the cache was cleared is not kept', async () => {
  const timed = async () => { const begun = Date.now(); assert.equal((await one('/late/x')).body, 'x'); return Date.now() - begun }
  const early = timed()
  await sleep(50)
  await one('/clear', 'Content-Length: 0\r\n', 'POST')
  await early
  assert.ok(await timed() > 150)
  assert.ok(await timed() < 150)
})

test('metrics are well formed', async () => {
  const { body } = await one('/metrics')
  for (const line of body.trimEnd().split('\n')) {
    assert.match(line, /^(# (HELP|TYPE) okienko_http_\w+ .+|okienko_http_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? \d+(\.\d+)?)$/)
  }
  const bucket = body.match(/le="\+Inf"} (\d+)/)[1]
  assert.equal(body.match(/seconds_count (\d+)/)[1], bucket)
})
