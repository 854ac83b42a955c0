import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import { failure } from '../../shared/base/errors.ts'
import { SOCKET_PATH, TOKEN_FRAGMENT } from '../../shared/contract/transport.ts'
import { contentSecurityPolicy, pageHeaders } from '../page/content-security-policy.ts'
import { requestedAddress } from '../page/requested-address.ts'
import type { Logger } from '../logger.ts'
import { isOwnHost, isOwnOrigin } from './admission.ts'
import { answerFailure } from './answer.ts'
import { createRateLimit } from './rate-limit.ts'
import { answerRequest, type RouteContext } from './routes.ts'
import { endWhenSilent, serveSocket } from './socket.ts'

export interface ServerOptions extends Omit<RouteContext, 'token' | 'isWithinLimit'> {
  /** 0 lets the system choose. */
  readonly port: number
  readonly logger: Logger
  /** For tests; else random. */
  readonly token?: string
  /** For tests; else half a minute. */
  readonly heartbeatMs?: number
  /** How many requests may come at once; for tests a few. */
  readonly requestBurst?: number
}

export interface HeadlessServer {
  readonly port: number
  readonly token: string
  /** What the person opens: the token is in the fragment, which no browser sends anywhere. */
  readonly url: string
  close(): Promise<void>
}

/** How often a page must show that it is still there; one that slept through is let go, and may come back. */
const HEARTBEAT_MS = 30_000
/** A document of ten thousand regions stays below. */
const LARGEST_MESSAGE_BYTES = 32_000_000
const LARGEST_CONNECTION_COUNT = 64
/** A page that plays asks for a few pieces of sound a second, and for some hundred when a song opens. */
const REQUESTS_PER_SEC = 200
const REQUEST_BURST = 2000

/** Serves the window and the verbs on the loopback address, to pages of its own that know the token. */
export async function startServer(options: ServerOptions): Promise<HeadlessServer> {
  const { logger, application } = options
  const token = options.token ?? randomBytes(32).toString('base64url')
  const isWithinLimit = createRateLimit(REQUESTS_PER_SEC, options.requestBurst ?? REQUEST_BURST, () =>
    performance.now(),
  )
  const context: RouteContext = { ...options, token, isWithinLimit }
  const server = createServer((request, response) => {
    setPageHeaders(request, response)
    answerRequest(request, response, context).catch((cause: unknown) => {
      // Whoever asked went away in the middle: nobody is there to answer, and nothing went wrong here.
      if (!request.socket.destroyed) endInFault(response, cause, logger)
    })
  })
  server.maxConnections = LARGEST_CONNECTION_COUNT
  // An upload of hours of audio takes longer than the five minutes that a request has by default.
  server.requestTimeout = 0
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES, clientTracking: true })
  server.on('upgrade', (request, stream, head) => {
    if (requestedAddress(request.url)?.pathname !== SOCKET_PATH || !isOwnOrigin(request.headers)) {
      // Whoever is refused may be gone before it hears so.
      stream.on('error', () => stream.destroy())
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      endWhenSilent(socket, options.heartbeatMs ?? HEARTBEAT_MS)
      serveSocket(socket, application, token, logger)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    port,
    token,
    url: `http://127.0.0.1:${port}/#${TOKEN_FRAGMENT}=${token}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function setPageHeaders(request: IncomingMessage, response: ServerResponse): void {
  const host = isOwnHost(request.headers.host) ? request.headers.host : null
  const policy = contentSecurityPolicy({ connect: host ? [`ws://${host}`] : [], media: ["'self'"] })
  for (const [name, value] of Object.entries(pageHeaders(policy))) response.setHeader(name, value)
}

function endInFault(response: ServerResponse, cause: unknown, logger: Logger): void {
  logger.error('A request could not be answered', cause)
  if (response.headersSent) response.destroy()
  else answerFailure(response, failure('program-fault', 'Understudy could not answer; its log says why.'))
}
