import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { protocol, type Session } from 'electron'
import type { Result } from '../../shared/base/result.ts'
import type { Application } from '../application.ts'
import { parseByteRange } from '../page/byte-range.ts'
import { contentSecurityPolicy, pageHeaders } from '../page/content-security-policy.ts'
import { contentTypeOf } from '../page/content-types.ts'
import { staticPath } from '../page/static-path.ts'
import { isOwnPage, MEDIA_SCHEME, PAGE_HOST, PAGE_SCHEME } from './security.ts'

/** Before the application is ready, once. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges },
    { scheme: MEDIA_SCHEME, privileges: { ...privileges, corsEnabled: true } },
  ])
}

const policy = contentSecurityPolicy({ connect: [`${MEDIA_SCHEME}:`], media: [`${MEDIA_SCHEME}:`] })

/** `app://understudy/…` is the built page; `media://understudy/{media,peaks}/<id>` its audio. */
export function serveProtocols(session: Session, rendererFolder: string, application: Application): void {
  session.protocol.handle(PAGE_SCHEME, async (request) => {
    const url = new URL(request.url)
    const path = url.host === PAGE_HOST ? staticPath(rendererFolder, url.pathname) : null
    return path === null ? notFound() : answerFile(path, request, contentTypeOf(path) ?? '', pageHeaders(policy))
  })
  session.protocol.handle(MEDIA_SCHEME, async (request) => {
    const url = new URL(request.url)
    const match = /^\/(media|peaks)\/(.+)$/.exec(url.pathname)
    if (url.host !== PAGE_HOST || !match || !isAskedByPage(request)) return notFound()
    const path = await (match[1] === 'media' ? application.media(match[2]) : application.peaks(match[2]))
    return answerMedia(path, request)
  })
}

const isAskedByPage = (request: Request): boolean => {
  const origin = request.headers.get('origin')
  return origin === null || isOwnPage(`${origin}/`)
}

const mediaHeaders = {
  'access-control-allow-origin': `${PAGE_SCHEME}://${PAGE_HOST}`,
  // Sound is asked for in parts.
  'access-control-allow-headers': 'range',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'no-store',
}

async function answerMedia(path: Result<string>, request: Request): Promise<Response> {
  if (!path.ok) return Response.json(path.failure, { status: 404, headers: mediaHeaders })
  return answerFile(path.value, request, 'audio/wav', mediaHeaders)
}

/** Ranges are answered here, because `net.fetch` of a file ignores them and seeking would fall back to the start. */
async function answerFile(
  path: string,
  request: Request,
  contentType: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return notFound()
  const range = parseByteRange(request.headers.get('range'), found.size)
  if (range.kind === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${found.size}` } })
  }
  const first = range.kind === 'part' ? range.firstByte : 0
  const last = range.kind === 'part' ? range.lastByte : found.size - 1
  const body = found.size === 0 ? null : Readable.toWeb(createReadStream(path, { start: first, end: last }))
  // Node and the DOM each declare the same stream under their own name.
  return new Response(body as ReadableStream | null, {
    status: range.kind === 'part' ? 206 : 200,
    headers: {
      ...headers,
      'content-type': contentType,
      'content-length': String(found.size === 0 ? 0 : last - first + 1),
      'accept-ranges': 'bytes',
      ...(range.kind === 'part' ? { 'content-range': `bytes ${first}-${last}/${found.size}` } : {}),
    },
  })
}

const notFound = () => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } })
