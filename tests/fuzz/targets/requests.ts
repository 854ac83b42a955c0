import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import { isVerbName, parseRequest, unknownVerb } from '../../../src/main/verbs/dispatch.ts'
import { serveSocket } from '../../../src/main/http/socket.ts'
import { silentLogger } from '../../../src/main/logger.ts'
import { SOCKET_ABUSED, SOCKET_REFUSED } from '../../../src/shared/contract/transport.ts'
import { verbs } from '../../../src/shared/contract/verbs.ts'
import { decodeUtf8, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { varyJsonBytes } from '../structures/json-value.ts'
import { sampleRequests } from './sample-requests.ts'
import { stubApplication } from './stub-application.ts'
import { valueOrFailure } from './outcomes.ts'

/** What the window's process can send beyond JSON, by structured cloning, where a text of it names it. */
const strangers: Readonly<Record<string, () => unknown>> = {
  'a big integer': () => 2n ** 70n,
  'a loop': () => {
    const loop: unknown[] = []
    loop.push(loop)
    return loop
  },
  'a date': () => new Date(NaN),
  'a map': () => new Map([[1, 2]]),
  'not a number': () => NaN,
  nothing: () => undefined,
  bytes: () => new Uint8Array(3),
}
const revive = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'string' && Object.hasOwn(strangers, value) ? strangers[value]() : value,
  )

const calls = (): readonly Uint8Array[] =>
  Object.entries(sampleRequests).map(([name, request]) => encodeUtf8(JSON.stringify({ name, request })))

export const windowMessage: FuzzTarget = {
  name: 'window-message',
  reads: 'requests of the window by every verb, with what structured cloning carries beyond JSON',
  promise: 'gives the request or refuses it with the code request-invalid',
  share: 30,
  memoryCapMb: 1000,
  open: () => ({
    seeds: calls(),
    largestBytes: 1 << 16,
    words: [
      ...Object.keys(strangers).map((name) => `"${name}"`),
      ...Object.keys(verbs),
      '__proto__',
      '"kind":"upload"',
    ],
    vary: varyJsonBytes,
    take(input) {
      let call: unknown
      try {
        call = revive(decodeUtf8(input))
      } catch {
        return
      }
      if (typeof call !== 'object' || call === null || !('name' in call) || typeof call.name !== 'string') return
      const request = 'request' in call ? call.request : undefined
      valueOrFailure(isVerbName(call.name) ? parseRequest(call.name, request) : unknownVerb(call.name), [
        'request-invalid',
      ])
      // Every other verb is asked the same.
      for (const name of ['project:convert', 'singer:train'] as const)
        valueOrFailure(parseRequest(name, request), ['request-invalid'])
    },
  }),
}

const TOKEN = 't'.repeat(43)

/** A page's end of a connection. */
class PageSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly sent: string[] = []
  closedWith: number | null = null
  send(text: string): void {
    this.sent.push(text)
  }
  close(code: number): void {
    this.closedWith ??= code
    this.emit('close')
  }
}

export const socketMessage: FuzzTarget = {
  name: 'socket-message',
  reads: 'messages of a page to the headless host, before and after it said its token',
  promise: 'answers, refuses, or closes the connection with a code of its own; nobody without the token is answered',
  share: 30,
  memoryCapMb: 1000,
  open: () => ({
    seeds: [
      encodeUtf8(JSON.stringify({ kind: 'hello', token: TOKEN })),
      ...Object.entries(sampleRequests).map(([name, request]) =>
        encodeUtf8(JSON.stringify({ kind: 'call', callId: 1, name, request })),
      ),
    ],
    largestBytes: 1 << 16,
    words: ['"kind":"hello"', '"kind":"call"', '"callId":', '"token":', 'null'],
    vary: varyJsonBytes,
    async take(input) {
      const [stranger, friend] = [new PageSocket(), new PageSocket()]
      // What the server uses of a socket, and no more.
      for (const socket of [stranger, friend])
        serveSocket(socket as unknown as WebSocket, stubApplication(), TOKEN, silentLogger)
      friend.emit('message', Buffer.from(JSON.stringify({ kind: 'hello', token: TOKEN })), false)
      for (const socket of [stranger, friend]) socket.emit('message', Buffer.from(input), false)
      await new Promise(setImmediate)
      const isToken = decodeUtf8(input).includes(TOKEN)
      promised(
        isToken || (stranger.sent.length === 0 && stranger.closedWith !== null),
        'answers one who never said the token',
      )
      promised(
        friend.sent.length === 2 || [SOCKET_ABUSED, SOCKET_REFUSED].includes(friend.closedWith ?? 0),
        `answered ${friend.sent.length - 1} times and closed with ${friend.closedWith}`,
      )
      for (const socket of [stranger, friend]) if (socket.closedWith === null) socket.emit('close')
    },
  }),
}
