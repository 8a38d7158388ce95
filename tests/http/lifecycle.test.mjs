// Listening, descriptors that run out, stopping.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { connect, exchange, get, last, launch, sleep, start } from './lib.mjs'

const binary = process.env.ECHO_SERVER

test('IPv4, IPv6 and a Unix socket at once', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okienko-'))
  const file = path.join(folder, 's')
  const server = await launch(binary, ['localhost:0', 'unix:' + file])
  try {
    const [v4, v6] = server.addresses
    assert.match(v4, /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.equal(v6, `http://[::1]:${server.port}`)
    for (const where of [{ port: server.port, host: '127.0.0.1' }, { port: server.port, host: '::1' }, { path: file }]) {
      assert.equal((await connect(where).send(last('/hello')).end())[0].body, 'hello')
    }
    assert.equal(fs.statSync(file).mode & 0o777, 0o660)
    const second = await launch(binary, ['unix:' + file])
    assert.match(second.output, /^failed: .*the file is in use/m)
    await second.stop()
  } finally { await server.stop() }
  assert.ok(!fs.existsSync(file))
  const stale = net.createServer().listen(file)
  await sleep(50)
  fs.linkSync(file, file + '2')
  await new Promise(resolve => stale.close(resolve))
  const third = await launch(binary, ['unix:' + file + '2'])
  assert.deepEqual(third.addresses, ['unix:' + file + '2'])
  await third.stop()
  fs.rmSync(folder, { recursive: true })
})

test('addresses that are refused', async () => {
  for (const [address, why] of [['0.0.0.0:0', /beyond loopback/], ['nonsense', /not of the form/], ['192.0.2.1:80', /beyond/], ['x.y:80', /no IP/], ['127.0.0.1:99999', /form/], ['unix:/dev/null', /no socket/]]) {
    const server = await launch(binary, [address])
    assert.match(server.output, why)
    await server.stop()
  }
})

test('past the cap 503, then service again', async () => {
  const server = await start('connections=4')
  const held = Array.from({ length: 4 }, () => connect(server.port).send(get('/hello')))
  for (const client of held) await client.answers(1)
  const answers = await connect(server.port).end()
  assert.equal(answers[0].status, 503)
  assert.equal(answers[0].headers['retry-after'], '1')
  held.forEach(client => client.socket.destroy())
  await sleep(100)
  assert.equal((await exchange(server.port, last('/hello')))[0].body, 'hello')
  await server.stop()
})

test('descriptors run out: no exit, no spin, service within 2 s', async () => {
  const server = await launch('/bin/sh', ['-c', 'ulimit -n 80; exec "$0" 127.0.0.1:0', binary])
  const clients = Array.from({ length: 200 }, () => connect(server.port).send(get('/hello')))
  await sleep(500)
  const ticks = () => { const f = fs.readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(' '); return Number(f[13]) + Number(f[14]) }
  const before = ticks()
  await sleep(1000)
  assert.ok(ticks() - before < 20, 'spins')
  const served = clients.filter(client => client.text.startsWith('HTTP/1.1 200')).length
  assert.ok(served >= 8 && served <= 20, String(served))
  assert.ok(clients.some(client => client.text.startsWith('HTTP/1.1 503')))
  clients.forEach(client => client.socket.destroy())
  const freed = Date.now()
  for (;;) {
    const answers = await exchange(server.port, last('/hello'))
    if (answers[0]?.status === 200) break
    assert.ok(Date.now() - freed < 2000)
    await sleep(50)
  }
  await server.stop()
})

test('a stop under load breaks off no answer and refuses no request that came', async () => {
  const server = await start()
  let stopping = false
  let done = 0
  const worker = async () => {
    while (!stopping) {
      const client = connect(server.port)
      let sent = 0
      for (;;) {
        client.send(get(sent % 5 === 4 ? '/hold/20' : '/stored'))
        sent++
        await client.until(c => c.ended || c.closed || c.text.length > 0)
        const answers = await client.answers(sent).catch(() => null)
        assert.ok(answers !== null && answers[sent - 1].status === 200, `answer ${sent} is missing: ${client.failed}`)
        done++
        if (answers[sent - 1].headers.connection === 'close') break
        if (sent === 50) { client.send(last('/hello')); await client.end(); break }
      }
      client.socket.destroy()
    }
  }
  const workers = Array.from({ length: 16 }, worker)
  await sleep(500)
  stopping = true
  const begun = Date.now()
  const [end] = await Promise.all([server.stop(), ...workers])
  assert.equal(end.code, 0)
  assert.match(end.output, /stopped/)
  assert.ok(Date.now() - begun < 5000)
  assert.ok(done > 100)
})

test('a stop with a request under way and one that never comes', async () => {
  const server = await start()
  const half = connect(server.port).send('POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab')
  const stuck = connect(server.port).send('GET /')
  const held = connect(server.port).send(get('/hold/400'))
  await sleep(100)
  const stopped = server.stop()
  await sleep(100)
  half.send('cd')
  const answers = await half.end()
  assert.equal(answers[0].body, 'abcd')
  assert.equal(answers[0].headers.connection, 'close')
  assert.equal((await held.end())[0].body, '400')
  await assert.rejects(new Promise((resolve, reject) => net.connect(server.port, '127.0.0.1', resolve).on('error', reject)))
  assert.equal((await stopped).code, 0)
  await stuck.end()
})

test('a connection idle for long may still ask when the stop begins', async () => {
  const server = await start('head_ms=100')
  const client = connect(server.port).send(get('/hello'))
  await client.answers(1)
  await sleep(400)
  const stopped = server.stop()
  await sleep(120)
  client.send(get('/stored'))
  const answers = await client.end()
  assert.equal(answers[1]?.status, 200)
  assert.equal(answers[1].headers.connection, 'close')
  await stopped
})
