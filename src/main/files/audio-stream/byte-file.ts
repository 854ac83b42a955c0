import * as fs from 'node:fs'
import { FailureError } from '../../../shared/base/errors.ts'
import { fileFailure } from '../file-operations.ts'

/** A file opened for reading any span of its bytes. All calls throw FailureError. */
export interface ByteFile {
  readonly path: string
  readonly sizeBytes: number
  /** Up to `count` bytes; fewer only where the file ends. */
  read(startBytes: number, count: number): Uint8Array
  close(): void
}

export function openByteFile(path: string): ByteFile {
  const descriptor = readOrFail(path, () => fs.openSync(path, 'r'))
  try {
    const status = readOrFail(path, () => fs.fstatSync(descriptor))
    if (status.isDirectory()) readOrFail(path, () => fs.readSync(descriptor, new Uint8Array(1)))
    return {
      path,
      sizeBytes: status.size,
      read: (startBytes, count) => readOrFail(path, () => readSpan(descriptor, startBytes, count, status.size)),
      close: () => fs.closeSync(descriptor),
    }
  } catch (error) {
    fs.closeSync(descriptor)
    throw error
  }
}

function readSpan(descriptor: number, startBytes: number, count: number, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(count, sizeBytes - startBytes)))
  let held = 0
  while (held < bytes.length) {
    const got = fs.readSync(descriptor, bytes, held, bytes.length - held, startBytes + held)
    if (got === 0) break
    held += got
  }
  return bytes.subarray(0, held)
}

function readOrFail<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw new FailureError(fileFailure(error, path, 'read'))
  }
}
