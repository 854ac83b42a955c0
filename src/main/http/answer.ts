import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Failure, FailureCode } from '../../shared/base/errors.ts'
import { parseByteRange } from '../page/byte-range.ts'

const statusOfCode: Partial<Record<FailureCode, number>> = {
  'request-invalid': 400,
  'request-refused': 403,
  'not-found': 404,
  'file-missing': 404,
  'disk-full': 507,
}

export function answerFailure(response: ServerResponse, failure: Failure): void {
  answerJson(response, failure, statusOfCode[failure.code] ?? 500)
}

export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}

/** Streams a file, or the part of it that was asked for. */
export async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { size } = await stat(path)
  const range = parseByteRange(request.headers.range, size)
  if (range.kind === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` })
    response.end()
    return
  }
  const span = range.kind === 'part' ? range : { firstByte: 0, lastByte: size - 1 }
  response.writeHead(range.kind === 'part' ? 206 : 200, {
    ...headers,
    'accept-ranges': 'bytes',
    'content-length': size === 0 ? 0 : span.lastByte - span.firstByte + 1,
    ...(range.kind === 'part' ? { 'content-range': `bytes ${span.firstByte}-${span.lastByte}/${size}` } : {}),
  })
  if (request.method === 'HEAD' || size === 0) {
    response.end()
    return
  }
  await pipeline(createReadStream(path, { start: span.firstByte, end: span.lastByte }), response)
}
