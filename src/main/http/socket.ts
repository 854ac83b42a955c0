import type { WebSocket } from 'ws'
import { failure } from '../../shared/base/errors.ts'
import { clientMessage, SOCKET_ABUSED, SOCKET_REFUSED, type ServerMessage } from '../../shared/contract/transport.ts'
import type { Application } from '../application.ts'
import type { Logger } from '../logger.ts'
import { isToken } from './admission.ts'
import { createRateLimit } from './rate-limit.ts'

/** A page calls a few verbs per gesture; a thousand in a moment is a fault or an attack. */
const CALLS_PER_SEC = 200
const CALL_BURST = 1000
/** How long a connection may stay silent before it says who it is. */
const HELLO_TIMEOUT_MS = 5000
/** Events are dropped for a page that doesn't read them; jobs are told again at their next change. */
const LARGEST_BACKLOG_BYTES = 64_000_000

/** Speaks the contract with one page: hello first, then calls and events. */
export function serveSocket(socket: WebSocket, application: Application, token: string, logger: Logger): void {
  const isWithinLimit = createRateLimit(CALLS_PER_SEC, CALL_BURST, () => performance.now())
  const send = (message: ServerMessage) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
  let stopListening: (() => void) | null = null
  const impatience = setTimeout(() => socket.close(SOCKET_REFUSED, 'no hello'), HELLO_TIMEOUT_MS)

  const greet = (given: string) => {
    if (!isToken(given, token)) return socket.close(SOCKET_REFUSED, 'wrong token')
    clearTimeout(impatience)
    stopListening ??= application.onEvent((event) => {
      if (socket.bufferedAmount < LARGEST_BACKLOG_BYTES) send({ kind: 'event', event })
    })
    send({ kind: 'welcome' })
  }

  socket.on('message', (data, isBinary) => {
    const message = isBinary ? null : readMessage(String(data))
    if (!message || !isWithinLimit()) return socket.close(SOCKET_ABUSED, 'not a message, or too many')
    if (message.kind === 'hello') return greet(message.token)
    if (!stopListening) return socket.close(SOCKET_REFUSED, 'no hello')
    const { callId, name, request } = message
    application
      .dispatch(name, request)
      .then((outcome) =>
        send(
          outcome.ok
            ? { kind: 'answer', callId, response: outcome.value }
            : { kind: 'refusal', callId, failure: outcome.failure },
        ),
      )
      .catch((cause: unknown) => {
        logger.error(`The answer to ${name} could not be sent`, cause)
        send({ kind: 'refusal', callId, failure: failure('program-fault', `The answer to ${name} could not be sent.`) })
      })
  })
  // What the other end says against the protocol is no fault of this one.
  socket.on('error', (cause) =>
    isAgainstProtocol(cause)
      ? logger.warn(`The connection of a page was ended: ${cause.code}`)
      : logger.error('The connection of a page broke', cause),
  )
  socket.on('close', () => {
    clearTimeout(impatience)
    stopListening?.()
  })
}

/** Ends a connection whose other side does not answer from one beat to the next: asleep, or gone without a word. */
export function endWhenSilent(socket: WebSocket, beatMs: number): void {
  let hasAnswered = true
  socket.on('pong', () => (hasAnswered = true))
  const beat = setInterval(() => {
    if (!hasAnswered) return socket.terminate()
    hasAnswered = false
    socket.ping()
  }, beatMs)
  socket.on('close', () => clearInterval(beat))
}

function readMessage(text: string) {
  try {
    const parsed = clientMessage.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const isAgainstProtocol = (cause: Error): cause is Error & { readonly code: string } =>
  'code' in cause && typeof cause.code === 'string' && cause.code.startsWith('WS_ERR_')
