import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { failure } from '../../shared/base/errors.ts'
import { contentTypeOf } from '../page/content-types.ts'
import { staticPath } from '../page/static-path.ts'
import { answerFailure, answerFile } from './answer.ts'

/** Built files carry their hash in their name, so that they never change. */
const hashedName = /^\/assets\/.*-[\w-]{8,}\.\w+$/

export async function answerStatic(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  pathname: string,
): Promise<void> {
  const path = staticPath(folder, pathname)
  const isFile = path !== null && (await stat(path).catch(() => null))?.isFile() === true
  if (!isFile) return answerFailure(response, failure('not-found', `There is no page ${pathname}.`))
  return answerFile(request, response, path, {
    'content-type': contentTypeOf(path) ?? 'application/octet-stream',
    'cache-control': hashedName.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
}
