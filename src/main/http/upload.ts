import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FailureError, failure } from '../../shared/base/errors.ts'

/** More than a six-hour stereo recording in 24 bit at 48 kHz. */
export const LARGEST_UPLOAD_BYTES = 8_000_000_000

/** Stores a dropped file under a random name and answers its id; one that breaks off leaves nothing behind. */
export async function storeUpload(request: IncomingMessage, folder: string, limit = LARGEST_UPLOAD_BYTES) {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  await mkdir(folder, { recursive: true })
  const uploadId = randomBytes(16).toString('hex')
  const path = join(folder, uploadId)
  try {
    await pipeline(request, refuseBeyond(limit), createWriteStream(`${path}.part`, { flags: 'wx' }))
    await rename(`${path}.part`, path)
  } catch (cause) {
    await rm(`${path}.part`, { force: true })
    throw isDiskFull(cause) ? diskFull(folder) : cause
  }
  return { uploadId }
}

function refuseBeyond(limit: number): Transform {
  let byteCount = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      byteCount += chunk.length
      if (byteCount > limit) done(tooLarge(limit))
      else done(null, chunk)
    },
  })
}

const tooLarge = (limit: number) =>
  new FailureError(failure('request-invalid', `The file is larger than ${limit} bytes, which is the most taken here.`))

const isDiskFull = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'

const diskFull = (folder: string) =>
  new FailureError(
    failure('disk-full', `The disk that holds ${folder} is full.`, 'Free some space and drop the file again.'),
  )
