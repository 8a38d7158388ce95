// How requests are cut out of bytes, and what is refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, exchange, get, last, sleep, start } from './lib.mjs'

let server
before(async () => { server = await start() })
after(() => server.stop())

test('pipelined requests are answered in order, also around a held one', async () => {
  const targets = Array.from({ length: 40 }, (_, i) => i % 7 === 3 ? `/hold/${i}` : i % 3 === 0 ? '/stored' : '/hello')
  const answers = await exchange(server.port, targets.map(target => get(target)).join('') + last('/hello'))
  assert.equal(answers.length, 41)
  targets.forEach((target, i) => {
    assert.equal(answers[i].status, 200)
    if (target.startsWith('/hold')) assert.equal(answers[i].body, String(i))
    else if (target === '/stored') assert.equal(answers[i].bytes.length, 4096)
    else assert.equal(answers[i].body, 'hello')
  })
  assert.equal(answers[40].headers.connection, 'close')
})

test('a request dripped byte by byte is one request', async () => {
  const client = connect(server.port)
  client.socket.setNoDelay(true)
  const text = '\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello' +
    'POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX: y\r\n\r\n' + get('/stored')
  for (const byte of text) { client.send(byte); await sleep(1) }
  const answers = await client.answers(3)
  assert.deepEqual(answers.map(a => a.status), [200, 200, 200])
  assert.equal(answers[0].body, 'hello')
  assert.equal(answers[1].body, 'abcde')
  client.socket.destroy()
})

test('a stream cut at every place gives the same answers', async () => {
  const text = 'POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwxyz'
  for (let cut = 1; cut < text.length; cut += 3) {
    const client = connect(server.port)
    client.socket.setNoDelay(true)
    client.send(text.slice(0, cut))
    await sleep(3)
    client.send(text.slice(cut) + last('/hello'))
    assert.deepEqual((await client.end()).map(a => a.body), ['abc', 'wxyz', 'hello'])
  }
})

test('a large body arrives whole, counted and in chunks', async () => {
  const body = 'ab'.repeat(500000)
  let answers = await exchange(server.port, `POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}` + last('/hello'))
  assert.equal(answers[0].body, body)
  assert.equal(answers[1].body, 'hello')
  const chunks = Array.from({ length: 100 }, (_, i) => `2710\r\n${body.slice(i * 10000, (i + 1) * 10000)}\r\n`).join('') + '0\r\n\r\n'
  answers = await exchange(server.port, `POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunks}`)
  assert.equal(answers[0].body, body)
})

test('a held request keeps its body, and may be answered at once', async () => {
  const answers = await exchange(server.port, 'POST /hold/30 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody' + get('/hold-and-answer') + last('/hello'))
  assert.deepEqual(answers.map(a => a.body), ['body', 'hello', 'hello'])
})

const smuggled = 'GET /hello HTTP/1.1\r\nHost: a\r\n\r\n'
const post = fields => `POST /echo HTTP/1.1\r\nHost: a\r\n${fields}\r\n`
const refused = {
  'both lengths': [400, post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n') + '0\r\n\r\n'],
  'two lengths': [400, post('Content-Length: 4\r\nContent-Length: 4\r\n') + 'abcd'],
  'signed length': [400, post('Content-Length: +4\r\n') + 'abcd'],
  'list of lengths': [400, post('Content-Length: 4, 4\r\n') + 'abcd'],
  'two codings': [400, post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n') + '0\r\n\r\n'],
  'coding list': [400, post('Transfer-Encoding: gzip, chunked\r\n') + '0\r\n\r\n'],
  'empty coding': [400, post('Transfer-Encoding:\r\n') + '0\r\n\r\n'],
  'coding in 1.0': [400, 'POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  'space before colon': [400, post('Content-Length : 4\r\n') + 'abcd'],
  'folded line': [400, post('X: a\r\n b\r\n')],
  'bare LF': [400, 'GET /hello HTTP/1.1\nHost: a\n\n'],
  'bare CR': [400, 'GET /hello HTTP/1.1\r\nHost: a\rX: y\r\n\r\n'],
  'no Host': [400, 'GET /hello HTTP/1.1\r\n\r\n'],
  'two Hosts': [400, 'GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n'],
  'HTTP/2': [505, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  'HTTP/0.9': [400, 'GET /hello\r\n\r\n'],
  'chunk size that is none': [400, post('Transfer-Encoding: chunked\r\n') + '0x5\r\nhello\r\n0\r\n\r\n'],
  'chunk without CRLF': [400, post('Transfer-Encoding: chunked\r\n') + '5\r\nhelloXX0\r\n\r\n'],
  'chunk with bare LF': [400, post('Transfer-Encoding: chunked\r\n') + '5\nhello\r\n0\r\n\r\n'],
  'chunk size overflow': [400, post('Transfer-Encoding: chunked\r\n') + 'fffffffffffffffff\r\n'],
  'trailer with bare CR': [400, post('Transfer-Encoding: chunked\r\n') + '0\r\nX: a\rY: b\r\n\r\n'],
  'folded trailer': [400, post('Transfer-Encoding: chunked\r\n') + '0\r\nX: a\r\n b\r\n\r\n'],
  CONNECT: [501, 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n'],
  TRACE: [501, 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n'],
  'other expectation': [417, post('Expect: tea\r\nContent-Length: 4\r\n') + 'abcd'],
  'absolute form of another host': [400, 'GET http://b/hello HTTP/1.1\r\nHost: a\r\n\r\n'],
  fragment: [400, 'GET /hello#x HTTP/1.1\r\nHost: a\r\n\r\n']
}
for (const [name, [status, text]] of Object.entries(refused)) {
  test(`refused once, then closed: ${name}`, async () => {
    const answers = await exchange(server.port, text + smuggled + smuggled)
    assert.deepEqual(answers.map(a => a.status), [status])
    assert.equal(answers[0].headers.connection, 'close')
    assert.equal(answers[0].headers['content-type'], 'application/problem+json')
    assert.equal(JSON.parse(answers[0].body).status, status)
  })
}

test('one target, however it is spelt', async () => {
  const absolute = (target) => `GET ${target} HTTP/1.1\r\nHost: a:8080\r\n\r\n`
  const spelt = [absolute('http://a:8080/hello'), absolute('HTTP://A:8080/hello?x=1'), absolute('https://a:8080/hello'),
    get('/h%65llo'), get('/%68%65%6C%6c%6F'), absolute('http://a:8080/h%65llo'), get('/st%6Fred'), get('/hello?x=%41')]
  const answers = await exchange(server.port, spelt.join('') + last('/hello'))
  assert.deepEqual(answers.map(a => a.status), [...spelt.map(() => 200), 200])
  assert.equal(answers.filter(a => a.body === 'hello').length, 8)
  const kept = await exchange(server.port, get('/hell%2Fo') + get('/hello%20') + get('/hello%2') + get('/hello%') +
    'GET http://a HTTP/1.1\r\nHost: a\r\n\r\n' + 'GET http://a?x HTTP/1.1\r\nHost: a\r\n\r\n' + last('/hello'))
  assert.deepEqual(kept.map(a => a.status), [404, 404, 404, 404, 404, 404, 200])
  const put = await exchange(server.port, 'PUT /it%65m/a%2D1 HTTP/1.1\r\nHost: a\r\nX-Word: w\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nz\r\n0\r\n\r\n' + last('/hello'))
  assert.equal(put[0].body, 'a-1||w')
})

test('a trailer neither overwrites a field nor the length', async () => {
  const answers = await exchange(server.port, post('Transfer-Encoding: chunked\r\nX-Word: head\r\n').replace('POST /echo', 'PUT /item/a-1') +
    '1\r\nz\r\n0\r\nX-Word: trailer\r\nContent-Length: 100\r\nConnection: close\r\n\r\n' + last('/hello'))
  assert.deepEqual(answers.map(a => a.body), ['a-1||head', 'hello'])
})

test('a condition in a trailer is none', async () => {
  const answers = await exchange(server.port, get('/own', 'Transfer-Encoding: chunked\r\n') + '0\r\nIf-None-Match: *\r\n\r\n' + get('/own', 'If-None-Match: *\r\n') + last('/hello'))
  assert.deepEqual(answers.map(a => a.status), [200, 304, 200])
})

test('an upgrade is not taken up', async () => {
  const answers = await exchange(server.port, get('/hello', 'Connection: upgrade\r\nUpgrade: h2c\r\n') + last('/hello'))
  assert.deepEqual(answers.map(a => a.status), [200, 200])
})

test('100 is sent when the body is waited for, and only then', async () => {
  const client = connect(server.port).send(post('Expect: 100-continue\r\nContent-Length: 2\r\n'))
  await client.until(c => c.text === 'HTTP/1.1 100 Continue\r\n\r\n')
  client.send('ok')
  assert.deepEqual((await client.answers(2)).map(a => a.status), [100, 200])
  client.send(post('Expect: 100-continue\r\nContent-Length: 2\r\n') + 'no')
  assert.deepEqual((await client.answers(3)).map(a => a.status), [100, 200, 200])
  client.socket.destroy()
})

test('a half-closed client still gets its answers', async () => {
  const client = connect(server.port).send(get('/hello') + get('/hold/50') + get('/stored'))
  client.socket.end()
  assert.deepEqual((await client.end()).map(a => a.status), [200, 200, 200])
})

test('a request that breaks off is refused', async () => {
  const client = connect(server.port).send('GET /hel')
  client.socket.end()
  assert.deepEqual((await client.end()).map(a => a.status), [400])
})
