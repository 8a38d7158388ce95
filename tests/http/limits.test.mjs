// Deadlines, sizes, slow and broken clients.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, exchange, get, last, sleep, start } from './lib.mjs'

let server
before(async () => { server = await start('head_ms=400', 'body_ms=600', 'idle_ms=900', 'body_bytes=10000', 'unsent_bytes=65536') })
after(() => server.stop())
const timed = async (client) => { const begun = Date.now(); const answers = await client.end(); return [answers, Date.now() - begun] }
const drip = async (client, bytes) => { while (!client.ended && !client.closed) { client.send(bytes); await sleep(50) } }

test('a slow head ends in 408, however it drips', async () => {
  const client = connect(server.port).send('GET /hello HTTP/1.1\r\n')
  drip(client, 'X: y\r\n')
  const [answers, ms] = await timed(client)
  assert.deepEqual(answers.map(a => a.status), [408])
  assert.ok(ms > 300 && ms < 1500, String(ms))
})

for (const [name, framing, bytes] of [['counted', 'Content-Length: 5000', 'x'], ['chunked', 'Transfer-Encoding: chunked', '1\r\nx\r\n']]) {
  test(`a slow ${name} body ends in 408`, async () => {
    const client = connect(server.port).send(`POST /echo HTTP/1.1\r\nHost: a\r\n${framing}\r\n\r\n`)
    drip(client, bytes)
    const [answers, ms] = await timed(client)
    assert.deepEqual(answers.map(a => a.status), [408])
    assert.ok(ms > 500 && ms < 1800, String(ms))
  })
}

test('an idle connection is closed without a word, empty lines do not keep it', async () => {
  const client = connect(server.port).send(get('/hello'))
  await client.answers(1)
  drip(client, '\r\n')
  const [answers, ms] = await timed(client)
  assert.equal(answers.length, 1)
  assert.ok(ms > 700 && ms < 2200, String(ms))
})

const big = n => 'x'.repeat(n)
const sizes = {
  'a head past 16 KiB': [431, get('/hello', `X: ${big(17000)}\r\n`)],
  'a head that never ends': [431, 'GET /hello HTTP/1.1\r\nX: ' + big(40000)],
  'a target past 8 KiB': [414, get('/' + big(8200))],
  'a target that never ends': [414, 'GET /' + big(40000)],
  'too many fields': [431, get('/hello', 'X: y\r\n'.repeat(101))],
  'a body past the limit': [413, 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10001\r\n\r\n' + big(10001)],
  'a chunk past the limit': [413, 'POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2711\r\n' + big(100)],
  'chunks past the limit': [413, 'POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n' + `3e8\r\n${big(1000)}\r\n`.repeat(11)],
  'chunk extensions without end': [413, 'POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;' + big(70000)],
  'a trailer without end': [431, 'POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n' + `X: ${big(1000)}\r\n`.repeat(10)]
}
for (const [name, [status, text]] of Object.entries(sizes)) {
  test(`${name} is ${status}`, async () => {
    const answers = await exchange(server.port, text)
    assert.deepEqual(answers.map(a => a.status), [status])
    assert.equal(answers[0].headers.connection, 'close')
  })
}

test('exactly at the limits is fine', async () => {
  const answers = await exchange(server.port, 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n' + big(10000) +
    get('/hello', 'X: y\r\n'.repeat(99)) + last('/hello'))
  assert.deepEqual(answers.map(a => a.status), [200, 200, 200])
})

test('a refused client that goes on sending still reads its answer', async () => {
  const client = connect(server.port).send('POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n')
  const pump = setInterval(() => { if (!client.closed) client.send(big(1000000)) }, 5)
  await client.until(c => c.ended || c.closed)
  await sleep(800)
  clearInterval(pump)
  // Far more than the socket's buffers: it was read.
  const taken = client.socket.bytesWritten - client.socket.writableLength
  assert.ok(taken > 2e7, String(taken))
  client.socket.destroy()
  assert.match(client.text, /^HTTP\/1.1 413 /)
})

test('a slow reader gets all, and holds up nobody', async () => {
  const client = connect(server.port)
  client.socket.pause()
  for (let i = 0; i < 30; i++) client.send(get('/large'))
  client.send(last('/hello'))
  await sleep(300)
  assert.equal((await exchange(server.port, last('/hello')))[0].body, 'hello')
  const sent = Number((await exchange(server.port, last('/metrics')))[0].body.match(/sent_bytes_total (\d+)/)[1])
  assert.ok(sent < 15e6, `answers pile up: ${sent}`)
  client.socket.resume()
  const answers = await client.end(15000)
  assert.equal(answers.length, 31)
  assert.ok(answers.slice(0, 30).every(a => a.bytes.length === 1000000))
})

test('a reader that never reads is closed', async () => {
  const client = connect(server.port)
  client.socket.pause()
  for (let i = 0; i < 30; i++) client.send(get('/large'))
  await sleep(2500)
  const open = Number((await exchange(server.port, last('/metrics')))[0].body.match(/^okienko_http_connections (\d+)/m)[1])
  assert.equal(open, 1)
  client.socket.destroy()
})

test('resets in the middle harm nobody', async () => {
  for (let i = 0; i < 50; i++) {
    const texts = ['POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nab', get('/hold/100'), get('/large') + get('/large'), 'GET /', get('/hold/50') + get('/hello').repeat(50)]
    const client = connect(server.port).send(texts[i % texts.length])
    await sleep(5)
    client.socket.resetAndDestroy()
  }
  await sleep(200)
  assert.equal((await exchange(server.port, last('/hello')))[0].body, 'hello')
})
