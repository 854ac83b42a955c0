import type { Stats } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { FailureError } from '../../../shared/base/errors.ts'
import { fileFailure } from '../../files/file-operations.ts'
import type { ReadableContent } from './cut-content.ts'

/** A file opened for its bytes, and what tells whether it was changed. */
export interface ContentFile extends ReadableContent {
  readonly stamp: string
  /** When its bytes were last written, by the clock of its disk. */
  readonly changedAtMs: number
}

/** Lends a local file. Throws FailureError (file-missing, file-unreadable). */
export async function withContentFile<T>(path: string, work: (file: ContentFile) => Promise<T>): Promise<T> {
  const orFail = <R>(call: Promise<R>): Promise<R> =>
    call.catch((error: unknown) => {
      throw new FailureError(fileFailure(error, path, 'read'))
    })
  const handle = await orFail(open(path, 'r'))
  try {
    const stats = await orFail(handle.stat())
    return await work({
      bytes: stats.size,
      stamp: stampOf(stats),
      changedAtMs: stats.mtimeMs,
      read: (start, count) => orFail(readSpan(handle, start, count)),
    })
  } finally {
    await handle.close()
  }
}

/** Differs after every change of the file, or of the time it bears. */
export const stampOf = ({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string =>
  [dev, ino, size, mtimeMs, ctimeMs].join(' ')

/** Up to `count` bytes; fewer where the file ends. */
export async function readSpan(handle: FileHandle, start: number, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count)
  let held = 0
  while (held < count) {
    const { bytesRead } = await handle.read(bytes, held, count - held, start + held)
    if (bytesRead === 0) break
    held += bytesRead
  }
  return bytes.subarray(0, held)
}
