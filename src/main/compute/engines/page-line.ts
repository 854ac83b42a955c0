import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { fromBytes, toBytes } from '../../../shared/networks/page/message-bytes.ts'
import type { FromPage, PageResult, PageTask, ToPage } from '../../../shared/networks/page/messages.ts'
import { contentSecurityPolicy, pageHeaders } from '../../page/content-security-policy.ts'
import { contentTypeOf } from '../../page/content-types.ts'
import { staticPath } from '../../page/static-path.ts'

/** A worker's line to a page that has its engine. */
export interface PageLine {
  /** What the host is to open in a window that nobody sees; lets one page in. */
  readonly address: string
  /** Once the page's engine runs. Rejects, in plain words, where it has none. */
  readonly ready: Promise<PageEngine>
  /** Resolves when the page is gone. */
  readonly gone: Promise<void>
  /** Rejects when the page is gone, and with what it says went wrong. */
  call(task: PageTask): Promise<PageResult>
  close(): void
}

export type PageEngine = Pick<Extract<FromPage, { readonly kind: 'ready' }>, 'device' | 'driver' | 'version'>

/** The whole of a training's batch and its weights, many times over. */
const LARGEST_MESSAGE_BYTES = 1 << 30

interface Pending {
  readonly resolve: (result: PageResult) => void
  readonly reject: (cause: Error) => void
}

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
  const pending = new Map<string, Pending>()
  const { promise: ready, resolve: tellReady, reject: refuse } = Promise.withResolvers<PageEngine>()
  const { promise: gone, resolve: tellGone } = Promise.withResolvers<void>()
  ready.catch(() => {}) // whoever waits for it hears of it
  let page: WebSocket | null = null

  function receive(message: FromPage): void {
    if (message.kind === 'ready') return tellReady(message)
    if (message.kind === 'refused') return refuse(new Error(message.reason))
    const own = pending.get(message.taskId)
    pending.delete(message.taskId)
    if (message.kind === 'done') own?.resolve(message.result)
    else own?.reject(new Error(message.kind === 'failed' ? message.message : 'cancelled'))
  }
  function mourn(): void {
    const lost = new Error('the graphics device was lost: its page is gone')
    refuse(lost)
    for (const { reject } of pending.values()) reject(lost)
    pending.clear()
    page = null
    tellGone()
  }

  const server = createServer((request, response) => answer(pageFolder, request, response))
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES })
  server.on('upgrade', (request, socket, head) => {
    const asked = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (asked.pathname !== '/line' || asked.searchParams.get('word') !== word || page !== null) {
      socket.destroy()
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      page = opened
      // The page is this program's own and named the word: its types hold on the line.
      opened.on('message', (data: Buffer) => receive(fromBytes(data) as FromPage))
      opened.on('close', mourn)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo // a server that listens on a port has one
  const words = new URLSearchParams({ ...query, word })
  return {
    address: `http://127.0.0.1:${port}/compute.html?${words.toString()}`,
    ready,
    gone,
    call(task) {
      const taskId = randomUUID()
      return new Promise((resolve, reject) => {
        if (page === null) return reject(new Error('the graphics device was lost: its page is gone'))
        pending.set(taskId, { resolve, reject })
        page.send(toBytes({ kind: 'run', taskId, task } satisfies ToPage))
      })
    },
    close() {
      page?.close()
      sockets.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The built page's files and nothing else. */
function answer(pageFolder: string, request: IncomingMessage, response: ServerResponse): void {
  const host = request.headers.host ?? ''
  const pathname = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
  const path = host.startsWith('127.0.0.1:') ? staticPath(pageFolder, pathname) : null
  const headers = pageHeaders(contentSecurityPolicy({ connect: [`ws://${host}`], media: [] }))
  try {
    if (path === null) throw new Error('no such file')
    const body = readFileSync(path)
    response.writeHead(200, { ...headers, 'content-type': contentTypeOf(path) ?? 'text/plain' }).end(body)
  } catch {
    response.writeHead(404, headers).end()
  }
}
