import { failure, FailureError } from '../../shared/base/errors.ts'
import { SOCKET_REFUSED, type ClientMessage, type ServerMessage } from '../../shared/contract/transport.ts'
import type { ApplicationEvent, Call, VerbName } from '../../shared/contract/verbs.ts'
import { say } from '../messages/say.svelte.ts'
import type { Connection } from './host.ts'

interface Waiting {
  readonly resolve: (response: unknown) => void
  readonly reject: (error: FailureError) => void
}

/** Waits between attempts to reconnect: quick at first, then patient. */
const retryAfterMs = [300, 700, 1500, 3000, 5000] as const

const unanswered = (name: string): FailureError =>
  new FailureError(failure('engine-unavailable', say.window.connectionLost, say.window.reconnects, name))

/** One WebSocket that is kept up: calls with their answers, events, and how the connection stands. */
export class SocketConnection {
  readonly #url: string
  readonly #token: string
  readonly #waiting = new Map<number, Waiting>()
  readonly #eventListeners = new Set<(event: ApplicationEvent) => void>()
  readonly #connectionListeners = new Set<(connection: Connection) => void>()
  #socket: WebSocket | null = null
  #connection: Connection = 'lost'
  #attempt = 0
  #nextCallId = 1

  constructor(url: string, token: string) {
    this.#url = url
    this.#token = token
    this.#connect()
  }

  readonly call = ((name: VerbName, request: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      if (this.#connection !== 'connected') return reject(unanswered(name))
      const callId = this.#nextCallId++
      this.#waiting.set(callId, { resolve, reject })
      this.#send({ kind: 'call', callId, name, request })
    })) as Call // the server answers by the same contract; the type of answer is the verb's

  onEvent(listener: (event: ApplicationEvent) => void): () => void {
    this.#eventListeners.add(listener)
    return () => this.#eventListeners.delete(listener)
  }

  onConnection(listener: (connection: Connection) => void): () => void {
    this.#connectionListeners.add(listener)
    listener(this.#connection)
    return () => this.#connectionListeners.delete(listener)
  }

  #connect(): void {
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    socket.onopen = () => this.#send({ kind: 'hello', token: this.#token })
    socket.onmessage = (event) => this.#receive(JSON.parse(String(event.data)) as ServerMessage) // our own server's words
    socket.onclose = (event) => this.#closed(event.code)
  }

  #send(message: ClientMessage): void {
    this.#socket?.send(JSON.stringify(message))
  }

  #receive(message: ServerMessage): void {
    if (message.kind === 'welcome') {
      this.#attempt = 0
      this.#setConnection('connected')
    } else if (message.kind === 'event') {
      for (const listener of this.#eventListeners) listener(message.event)
    } else {
      const waiting = this.#waiting.get(message.callId)
      this.#waiting.delete(message.callId)
      if (message.kind === 'answer') waiting?.resolve(message.response)
      else waiting?.reject(new FailureError(message.failure))
    }
  }

  #closed(code: number): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const one of waiting) one.reject(unanswered('call'))
    this.#setConnection(code === SOCKET_REFUSED ? 'refused' : 'lost')
    if (code === SOCKET_REFUSED) return
    setTimeout(() => this.#connect(), retryAfterMs[Math.min(this.#attempt++, retryAfterMs.length - 1)])
  }

  #setConnection(connection: Connection): void {
    if (connection === this.#connection) return
    this.#connection = connection
    for (const listener of this.#connectionListeners) listener(connection)
  }
}
