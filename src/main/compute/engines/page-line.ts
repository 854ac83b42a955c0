import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { fromBytes, toBytes } from '../../../shared/networks/remote/message-bytes.ts'
import type { FromRemote, ToRemote } from '../../../shared/networks/remote/messages.ts'
import { createRemoteLine, type RemoteLine } from '../../../shared/networks/remote/remote-line.ts'
import { contentSecurityPolicy, pageHeaders } from '../../page/content-security-policy.ts'
import { contentTypeOf } from '../../page/content-types.ts'
import { requestedAddress } from '../../page/requested-address.ts'
import { staticPath } from '../../page/static-path.ts'

/** A worker's line to a page that has its engine. */
export interface PageLine extends Pick<RemoteLine, 'ready' | 'call' | 'leak'> {
  /** What the host is to open in a window that nobody sees; lets one page in. */
  readonly address: string
  /** Resolves when the page is gone. */
  readonly gone: Promise<void>
  /** Whoever waits is told why. */
  close(reason?: string): void
}

const PAGE_GONE = 'the graphics device was lost: its page is gone'
/** The whole of a training's batch and its weights, many times over. */
const LARGEST_MESSAGE_BYTES = 1 << 30

/**
 * Serves the page on the loopback address and waits for it to call back.
 * @param pageFolder the built page
 * @param query more words for the page's address
 */
export async function openPageLine(
  pageFolder: string,
  query: Readonly<Record<string, string>> = {},
): Promise<PageLine> {
  const word = randomUUID()
  const { promise: gone, resolve: tellGone } = Promise.withResolvers<void>()
  let page: WebSocket | null = null
  const line = createRemoteLine((taskId, task) => {
    if (page === null) throw new Error('the page of the graphics device is not there yet')
    page.send(toBytes({ kind: 'run', taskId, task } satisfies ToRemote))
  })
  function mourn(reason: string): void {
    line.lose(new Error(reason))
    page = null
    tellGone()
  }

  const server = createServer((request, response) => answer(pageFolder, request, response))
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES })
  server.on('upgrade', (request, socket, head) => {
    const asked = requestedAddress(request.url)
    if (asked?.pathname !== '/line' || asked.searchParams.get('word') !== word || page !== null) {
      socket.on('error', () => {}) // whoever is refused may be gone already
      socket.destroy()
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      page = opened
      // The page is this program's own and named the word: its types hold on the line.
      opened.on('message', (data: Buffer) => line.receive(fromBytes(data) as FromRemote))
      opened.on('close', () => mourn(PAGE_GONE))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo // a server that listens on a port has one
  const words = new URLSearchParams({ ...query, word })
  return {
    address: `http://127.0.0.1:${port}/compute.html?${words.toString()}`,
    ready: line.ready,
    gone,
    call: line.call,
    get leak() {
      return line.leak
    },
    close(reason = PAGE_GONE) {
      page?.close()
      mourn(reason)
      sockets.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The built page's files and nothing else. */
function answer(pageFolder: string, request: IncomingMessage, response: ServerResponse): void {
  const host = request.headers.host ?? ''
  const pathname = requestedAddress(request.url)?.pathname
  const path = pathname !== undefined && host.startsWith('127.0.0.1:') ? staticPath(pageFolder, pathname) : null
  const headers = pageHeaders(contentSecurityPolicy({ connect: [`ws://${host}`], media: [] }))
  try {
    if (path === null) throw new Error('no such file')
    const body = readFileSync(path)
    response.writeHead(200, { ...headers, 'content-type': contentTypeOf(path) ?? 'text/plain' }).end(body)
  } catch {
    response.writeHead(404, headers).end()
  }
}
