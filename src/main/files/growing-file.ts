import { dirname } from 'node:path'
import { assert } from '../../shared/base/assert.ts'
import { FailureError } from '../../shared/base/errors.ts'
import { temporaryPathBeside } from './atomic-write.ts'
import type { FileOperations } from './file-operations.ts'
import { diskOperations, fileFailure } from './file-operations.ts'
import { giveUpFile } from './give-up-file.ts'

export interface GrowingFile {
  /** Appends, or overwrites what was written at a position. */
  write(bytes: Uint8Array, position?: number): void
  /** Makes the bytes durable and gives the file its name, in one step. */
  finish(): void
  /** Leaves nothing behind. Harmless after `finish`. */
  abandon(): void
}

/**
 * A file that grows under a temporary name beside `path` until `finish`. Every call throws FailureError (disk-full,
 * folder-read-only, file-missing), after leaving nothing behind.
 */
export function createGrowingFile(path: string, operations: FileOperations = diskOperations): GrowingFile {
  const temporaryPath = temporaryPathBeside(path)
  let descriptor: number | null = null

  function attempt(action: () => void): void {
    try {
      action()
    } catch (error) {
      abandon()
      throw new FailureError(fileFailure(error, path, 'write'))
    }
  }
  function abandon(): void {
    if (descriptor === null) return
    operations.close(descriptor)
    descriptor = null
    giveUpFile(temporaryPath, operations)
  }
  function opened(): number {
    assert(descriptor !== null, `“${path}” is still being written`)
    return descriptor
  }

  attempt(() => {
    descriptor = operations.open(temporaryPath, 'wx')
  })
  return {
    write(bytes, position) {
      const file = opened()
      attempt(() => operations.write(file, bytes, position))
    },
    finish() {
      const file = opened()
      attempt(() => {
        operations.sync(file)
        operations.close(file)
        descriptor = null
        operations.rename(temporaryPath, path)
        operations.syncFolder(dirname(path))
      })
    },
    abandon,
  }
}
