import { readdirSync, existsSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { SOCKET_ABUSED, SOCKET_REFUSED, type ServerMessage } from '../../src/shared/contract/transport.ts'
import { startServer, type HeadlessServer } from '../../src/main/http/server.ts'
import { silentLogger } from '../../src/main/logger.ts'
import { startTestHost, type TestHost } from '../support/headless.ts'
import { sourceInstallation } from '../support/opened-application.ts'

let host: TestHost
beforeAll(async () => {
  host = await startTestHost()
})
afterAll(() => host?.close())

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request as any program could send it: unlike `fetch`, this may lie about Host and Origin. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ port: host.server.port, host: '127.0.0.1', path, method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const bearer = () => ({ authorization: `Bearer ${host.server.token}` })

/** What becomes of a connection that says `messages` first: a close code, or the answer to its last message. */
function converse(origin: string, messages: readonly unknown[]): Promise<number | ServerMessage> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.server.port}/socket`, { origin })
  return new Promise((resolve) => {
    let answerCount = 0
    socket.on('open', () => {
      for (const message of messages) socket.send(typeof message === 'string' ? message : JSON.stringify(message))
    })
    socket.on('message', (data) => {
      answerCount++
      if (answerCount < messages.length) return
      // The server sends nothing but its own messages.
      resolve(JSON.parse(String(data)) as ServerMessage)
      socket.close()
    })
    socket.on('close', (code) => resolve(code))
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0))
    socket.on('error', () => {})
  })
}

describe('over HTTP', () => {
  test('audio is refused without the token, and with a wrong one', async () => {
    const path = `/media/clip/${'0'.repeat(64)}`
    expect((await ask(path)).status).toBe(403)
    expect((await ask(path, { authorization: 'Bearer wrong' })).status).toBe(403)
    expect((await ask(path, { authorization: `Bearer ${'x'.repeat(host.server.token.length)}` })).status).toBe(403)
    expect((await ask(path, bearer())).status).toBe(404)
  })

  test('a foreign Host is refused, because a foreign name may have been made to point here', async () => {
    expect((await ask('/', { host: 'evil.example' })).status).toBe(403)
    expect((await ask('/', { host: '127.0.0.1.evil.example' })).status).toBe(403)
  })

  test('a tunnel may bring us to another port', async () => {
    expect((await ask('/media/x', { host: 'localhost:9999', ...bearer() })).status).toBe(404)
  })

  test('a request from another site is refused, whatever it carries', async () => {
    expect((await ask('/', { origin: 'https://evil.example', ...bearer() })).status).toBe(403)
    expect((await ask('/', { 'sec-fetch-site': 'cross-site', ...bearer() })).status).toBe(403)
  })

  test('no path leads out of the folder of the page', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/assets/..%5c..%5cx.js',
    ]) {
      expect((await ask(path)).status).toBe(404)
    }
  })

  test('no id leads out of the folder of the media', async () => {
    for (const id of ['project/../../x/source/0', 'clip/../../library.sqlite', `audition/..%2f..%2fx`, 'clip/0']) {
      expect((await ask(`/media/${id}`, bearer())).status).toBe(404)
    }
  })

  test('every answer carries the policy, and none allows another site to read it', async () => {
    const { headers } = await ask('/nothing.html')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).toContain(`ws://127.0.0.1:${host.server.port}`)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  test('an upload needs token and own origin, and is stored under a random name', async () => {
    expect((await ask('/upload', bearer(), 'POST', 'sound')).status).toBe(403)
    expect((await ask('/upload', { origin: host.origin }, 'POST', 'sound')).status).toBe(403)
    const headers = { ...bearer(), origin: host.origin, 'x-file-name': '..%2F..%2Fevil.wav' }
    const stored = await ask('/upload', headers, 'POST', 'sound')
    expect(stored.status).toBe(200)
    const { uploadId } = JSON.parse(stored.body) as { uploadId: string } // parsed by the next line
    expect(uploadId).toMatch(/^[0-9a-f]{32}$/)
    expect(readdirSync(host.paths.uploadsFolder)).toEqual([uploadId])
  })

  test('an upload that breaks off leaves nothing behind', async () => {
    const before = existsSync(host.paths.uploadsFolder) ? readdirSync(host.paths.uploadsFolder) : []
    const closed = new Promise((resolve) => {
      const headers = { ...bearer(), origin: host.origin, 'content-length': '1000' }
      const asked = httpRequest({ port: host.server.port, host: '127.0.0.1', path: '/upload', method: 'POST', headers })
      asked.on('error', resolve)
      asked.on('close', resolve)
      asked.write('half', () => asked.destroy())
    })
    await closed
    await expect.poll(() => readdirSync(host.paths.uploadsFolder)).toEqual(before)
  })

  test('only reading is possible elsewhere', async () => {
    expect((await ask('/', { origin: host.origin }, 'DELETE')).status).toBe(405)
  })
})

describe('over the socket', () => {
  const hello = () => ({ kind: 'hello', token: host.server.token })
  const call = (name: string, request: unknown) => ({ kind: 'call', callId: 1, name, request })

  test('the right token is welcomed, and a verb answered', async () => {
    expect(await converse(host.origin, [hello()])).toEqual({ kind: 'welcome' })
    expect(await converse(host.origin, [hello(), call('jobs:list', {})])).toEqual({
      kind: 'answer',
      callId: 1,
      response: [],
    })
  })

  test('a wrong token is refused', async () => {
    expect(await converse(host.origin, [{ kind: 'hello', token: 'wrong' }])).toBe(SOCKET_REFUSED)
  })

  test('a call before the hello is refused', async () => {
    expect(await converse(host.origin, [call('jobs:list', {})])).toBe(SOCKET_REFUSED)
  })

  test('a foreign page is refused before it can say anything, even with the token', async () => {
    expect(await converse('https://evil.example', [hello()])).toBe(403)
    expect(await converse('null', [hello()])).toBe(403)
  })

  test('what is no message ends the connection', async () => {
    expect(await converse(host.origin, ['{'])).toBe(SOCKET_ABUSED)
    expect(await converse(host.origin, [hello(), { kind: 'other' }])).toBe(SOCKET_ABUSED)
  })

  test('a bad request and an unknown verb are refused with a code, and the connection stays', async () => {
    for (const message of [call('project:open', { path: 7 }), call('constructor', {})]) {
      const answer = await converse(host.origin, [hello(), message])
      expect(answer).toMatchObject({ kind: 'refusal', callId: 1, failure: { code: 'request-invalid' } })
    }
  })
})

/** One more server in front of the same application. */
async function anotherServer(
  options: { readonly port?: number; readonly heartbeatMs?: number; readonly requestBurst?: number } = {},
) {
  const { application, paths } = host
  const installation = sourceInstallation
  const server = await startServer({ application, paths, installation, logger: silentLogger, port: 0, ...options })
  onTestFinished(() => server.close())
  return server
}
const socketTo = ({ port }: HeadlessServer) =>
  new WebSocket(`ws://127.0.0.1:${port}/socket`, { origin: `http://127.0.0.1:${port}`, autoPong: false })

/** Sends bytes as they are, and answers the first line of what comes back. */
async function say(text: string): Promise<string> {
  const stream = connect(host.server.port, '127.0.0.1')
  stream.on('error', () => {})
  stream.write(text)
  const [first] = (await once(stream, 'data')) as [Buffer]
  stream.destroy()
  return String(first).split('\r\n')[0]
}

describe('whatever is sent', () => {
  test('an address that can’t be read ends neither the host nor its sessions, by whomever it is sent', async () => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n'
    for (const address of ['//', '///', '/\\\\', '//x:99999999']) {
      const head = `GET ${address} HTTP/1.1\r\nHost: 127.0.0.1:${host.server.port}\r\n`
      expect(await say(`${head}\r\n`), address).toBe('HTTP/1.1 403 Forbidden')
      expect(await say(`${head}Origin: https://evil.example\r\n${upgrade}\r\n`), address).toBe('HTTP/1.1 403 Forbidden')
    }
    expect(await say('no request at all\r\n\r\n')).toBe('HTTP/1.1 400 Bad Request')
    expect((await ask('/')).status).toBe(200)
  })

  test('a message larger than any document ends its connection alone', async () => {
    const socket = socketTo(host.server)
    socket.on('error', () => {})
    await once(socket, 'open')
    socket.send('x'.repeat(33_000_000))
    const [code] = (await once(socket, 'close')) as [number]
    expect([1006, 1009]).toContain(code)
    expect((await ask('/')).status).toBe(200)
  })

  test('a flood of requests is slowed down, and refused ones take nothing from the page’s allowance', async () => {
    const server = await anotherServer({ requestBurst: 20 })
    const statuses = async (count: number, token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const address = `http://127.0.0.1:${server.port}/media/x`
      const answers = await Promise.all(Array.from({ length: count }, () => fetch(address, { headers })))
      await Promise.all(answers.map((answer) => answer.arrayBuffer()))
      return new Set(answers.map(({ status }) => status))
    }
    for (let wave = 0; wave < 5; wave++) expect(await statuses(20, 'wrong')).toEqual(new Set([403]))
    expect(await statuses(10, server.token)).toEqual(new Set([404]))
    let flood = new Set<number>()
    while (!flood.has(429)) flood = await statuses(30, server.token)
  })
})

describe('a session ends', () => {
  test('when its page falls silent', async () => {
    const server = await anotherServer({ heartbeatMs: 20 })
    const socket = socketTo(server)
    await once(socket, 'open')
    socket.send(JSON.stringify({ kind: 'hello', token: server.token }))
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1006)
  })

  test('with its host, at once', async () => {
    const server = await anotherServer()
    const socket = socketTo(server)
    await once(socket, 'open')
    const ended = once(socket, 'close')
    await server.close()
    await ended
  })

  test('for good: the token of an older host opens nothing at the next one, even at the same port', async () => {
    const older = await anotherServer()
    await older.close()
    const next = await anotherServer({ port: older.port })
    expect(next.token).not.toBe(older.token)
    const socket = socketTo(next)
    await once(socket, 'open')
    socket.send(JSON.stringify({ kind: 'hello', token: older.token }))
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(SOCKET_REFUSED)
    const { status } = await fetch(`http://127.0.0.1:${next.port}/media/x`, {
      headers: { authorization: `Bearer ${older.token}` },
    })
    expect(status).toBe(403)
  })
})

test('the host listens on the loopback address alone', async () => {
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of outward) {
    const stream = connect(host.server.port, address)
    const [cause] = (await once(stream, 'error')) as [NodeJS.ErrnoException]
    expect(cause.code).toBe('ECONNREFUSED')
  }
})
