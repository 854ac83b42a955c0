import type { IncomingMessage, ServerResponse } from 'node:http'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Result } from '../../shared/base/result.ts'
import type { Application } from '../application.ts'
import type { ApplicationPaths, Installation } from '../paths.ts'
import { requestedAddress } from '../page/requested-address.ts'
import { answerFailure, answerFile, answerJson } from './answer.ts'
import { bearerToken, isOwnHost, isOwnOrigin, isSameSite, isToken } from './admission.ts'
import { answerStatic } from './static-files.ts'
import { storeUpload } from './upload.ts'

export interface RouteContext {
  readonly application: Application
  readonly installation: Pick<Installation, 'rendererFolder'>
  readonly paths: Pick<ApplicationPaths, 'uploadsFolder'>
  readonly token: string
  /** Whether one more request may be answered now; asked only for those that are let in. */
  readonly isWithinLimit: () => boolean
}

/** Answers one request: the page's own files for everyone on this machine, audio only for those who hold the token. */
export async function answerRequest(request: IncomingMessage, response: ServerResponse, context: RouteContext) {
  if (!isOwnHost(request.headers.host) || !isSameSite(request.headers)) return refuse(response)
  const pathname = requestedAddress(request.url)?.pathname
  if (pathname === undefined) return refuse(response)
  const needsToken = /^\/(media|peaks|upload)(\/|$)/.test(pathname)
  if (needsToken && !isToken(bearerToken(request.headers), context.token)) return refuse(response)
  if (!context.isWithinLimit()) return answerTooMany(response)
  if (pathname === '/upload') return answerUpload(request, response, context)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' })
    response.end()
    return
  }
  if (pathname.startsWith('/media/')) {
    return answerMedia(request, response, await context.application.media(idAfter('/media/', pathname)), 'audio/wav')
  }
  if (pathname.startsWith('/peaks/')) {
    const path = await context.application.peaks(idAfter('/peaks/', pathname))
    return answerMedia(request, response, path, 'application/octet-stream')
  }
  return answerStatic(request, response, context.installation.rendererFolder, pathname)
}

const idAfter = (prefix: string, pathname: string): string => pathname.slice(prefix.length)

function refuse(response: ServerResponse): void {
  answerFailure(response, failure('request-refused', 'Only the page that Understudy itself opened may ask this.'))
}

function answerTooMany(response: ServerResponse): void {
  response.setHeader('retry-after', '1')
  answerJson(response, failure('request-refused', 'Too many requests at once.', 'Wait a second and try again.'), 429)
}

async function answerMedia(
  request: IncomingMessage,
  response: ServerResponse,
  path: Result<string>,
  contentType: string,
): Promise<void> {
  if (!path.ok) return answerFailure(response, path.failure)
  return answerFile(request, response, path.value, { 'content-type': contentType, 'cache-control': 'no-store' })
}

async function answerUpload(request: IncomingMessage, response: ServerResponse, context: RouteContext): Promise<void> {
  if (request.method !== 'POST' || !isOwnOrigin(request.headers)) return refuse(response)
  try {
    answerJson(response, await storeUpload(request, context.paths.uploadsFolder))
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    response.setHeader('connection', 'close')
    answerFailure(response, cause.failure)
  }
}
