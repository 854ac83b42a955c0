import { readSync } from 'node:fs'
import { FailureError } from '../../shared/base/errors.ts'
import { scratchInMemory, type OpenScratch } from '../../shared/base/scratch.ts'
import { temporaryPathBeside } from './atomic-write.ts'
import { diskOperations, fileFailure, type FileOperations } from './file-operations.ts'
import { giveUpFile } from './give-up-file.ts'

/** So many numbers in all (16 MB) stay in memory: songs of a few minutes never touch the disk. */
const MOST_IN_MEMORY = 4_000_000
const BYTES = Float32Array.BYTES_PER_ELEMENT

export interface ScratchFile {
  readonly openScratch: OpenScratch
  /** Frees the disk. Nothing that was opened may be used after it. */
  close(): void
}

/**
 * Room for the numbers of a long computation in one file beside `path`, which exists from the first number that does
 * not fit into memory and has no name, so that it vanishes with this process. Throws FailureError (disk-full,
 * folder-read-only).
 */
export function createScratchFile(
  path: string,
  operations: FileOperations = diskOperations,
  mostInMemory = MOST_IN_MEMORY,
): ScratchFile {
  let descriptor: number | null = null
  let inMemory = 0
  let lengthBytes = 0

  function attempt<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      throw new FailureError(fileFailure(error, path, 'write'))
    }
  }
  function openFile(): number {
    const temporaryPath = temporaryPathBeside(path)
    const opened = operations.open(temporaryPath, 'wx+')
    giveUpFile(temporaryPath, operations)
    return opened
  }
  return {
    openScratch(length) {
      if (inMemory + length <= mostInMemory) {
        inMemory += length
        return scratchInMemory(length)
      }
      const file = (descriptor ??= attempt(openFile))
      const firstByte = lengthBytes
      lengthBytes += length * BYTES
      return {
        write: (at, values) => attempt(() => operations.write(file, bytesOf(values), firstByte + at * BYTES)),
        read: (at, output) => attempt(() => readOrZero(file, bytesOf(output), firstByte + at * BYTES)),
      }
    },
    close() {
      if (descriptor !== null) operations.close(descriptor)
      descriptor = null
    },
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength)

/** The file ends behind what was written last; a gap before it reads as zeros by itself. */
function readOrZero(file: number, bytes: Uint8Array, position: number): void {
  let held = 0
  while (held < bytes.length) {
    const got = readSync(file, bytes, held, bytes.length - held, position + held)
    if (got === 0) break
    held += got
  }
  bytes.fill(0, held)
}
