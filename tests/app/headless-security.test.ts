import { readdirSync, existsSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { SOCKET_ABUSED, SOCKET_REFUSED, type ServerMessage } from '../../src/shared/contract/transport.ts'
import { startTestHost, type TestHost } from '../support/headless.ts'

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
