import { statSync } from 'node:fs'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { Result } from '../../../shared/base/result.ts'
import { readWhole } from '../../files/atomic-write.ts'

export interface ModelKind<File> {
  /** "vocoder", "singer file". */
  readonly what: string
  readonly largestBytes: number
  read(bytes: Uint8Array): Result<File>
}

/** Reads a model's file, whose size is looked at first. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export function readModel<File>(path: string, { what, largestBytes, read }: ModelKind<File>): File {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats !== undefined && stats.size > largestBytes) {
    const message = `“${path}” has ${stats.size} bytes, more than any ${what}.`
    throw new FailureError(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
  }
  const file = read(readWhole(path))
  if (!file.ok) throw new FailureError(file.failure)
  return file.value
}
