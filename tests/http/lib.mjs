// Starts the echo server and speaks raw bytes to it.
import { spawn } from 'node:child_process'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export { sleep }

export async function start (...limits) {
  return launch(process.env.ECHO_SERVER, ['127.0.0.1:0', ...limits])
}

export async function launch (command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  const exited = new Promise(resolve => child.on('exit', (code, signal) => resolve({ code, signal, output })))
  await new Promise((resolve, reject) => {
    child.stdout.on('data', data => { output += data; if (output.includes('ready\n')) resolve() })
    child.on('exit', () => reject(new Error('the server ended: ' + output)))
  })
  const addresses = output.split('\n').filter(line => /^(http|unix):/.test(line))
  return {
    child,
    output,
    addresses,
    port: Number(addresses[0]?.split(':').pop()),
    exited,
    async stop () {
      child.kill('SIGTERM')
      const end = await exited
      if (end.code !== 0) throw new Error(`exit ${end.code} ${end.signal}`)
      return end
    }
  }
}

// A connection that keeps all it has read.
export function connect (where) {
  const socket = net.connect(typeof where === 'number' ? { port: where, host: '127.0.0.1', allowHalfOpen: true } : { allowHalfOpen: true, ...where })
  const client = { socket, text: '', ended: false, failed: null }
  let wake = () => {}
  socket.on('data', data => { client.text += data.toString('latin1'); wake() })
  socket.on('end', () => { client.ended = true; wake() })
  socket.on('close', () => { client.closed = true; wake() })
  socket.on('error', error => { client.failed = error; wake() })
  client.send = text => { socket.write(text, 'latin1'); return client }
  client.until = async (condition, ms = 5000) => {
    const end = Date.now() + ms
    while (!condition(client)) {
      if (Date.now() > end) throw new Error('waited in vain; read: ' + JSON.stringify(client.text.slice(0, 600)))
      await Promise.race([new Promise(resolve => { wake = resolve }), sleep(50)])
    }
    return client
  }
  client.answers = async (count, ms) => { await client.until(c => parse(c.text).length >= count, ms); return parse(client.text) }
  client.end = async (ms, heads) => { await client.until(c => c.ended || c.closed, ms); socket.destroy(); return parse(client.text, heads) }
  return client
}

// Sends and reads to the end of the connection.
export async function exchange (port, text, ms) {
  return connect(port).send(text).end(ms)
}

// The whole answers at the start of a text.
export function parse (text, heads = []) {
  const answers = []
  while (text !== '') {
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) break
    const [line, ...fields] = text.slice(0, end).split('\r\n')
    if (!line.startsWith('HTTP/1.1 ')) throw new Error('no answer: ' + JSON.stringify(line.slice(0, 200)))
    const status = Number(line.split(' ')[1])
    const headers = Object.fromEntries(fields.map(field => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 2)]))
    const bare = status === 304 || status === 204 || status === 100 || heads[answers.length]
    const length = bare ? 0 : Number(headers['content-length'] ?? 0)
    const body = text.slice(end + 4, end + 4 + length)
    if (body.length < length) break
    answers.push({ status, headers, body: Buffer.from(body, 'latin1').toString() , bytes: Buffer.from(body, 'latin1') })
    text = text.slice(end + 4 + length)
  }
  return answers
}

export const get = (target, fields = '') => `GET ${target} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`
export const last = target => get(target, 'Connection: close\r\n')
