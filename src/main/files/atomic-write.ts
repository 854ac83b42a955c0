import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FailureError } from '../../shared/base/errors.ts'
import type { FileOperations } from './file-operations.ts'
import { diskOperations, fileFailure, systemCode } from './file-operations.ts'
import { giveUpFile } from './give-up-file.ts'

/** A name beside `path`, so that the rename to it stays on one disk; hidden, and told by its ending. */
export const temporaryPathBeside = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`)

const temporaryName = /^\..+\.[0-9a-f]{12}\.part$/

/**
 * Clears what a killed process had begun to write in a folder, of files of these names or of all. Only while nobody
 * else writes there. A folder that can't be cleared is left as it is: nothing is lost by it.
 */
export function removeTemporaries(folder: string, fileNames: readonly string[] | null = null): void {
  const isOf = (name: string) => fileNames === null || fileNames.some((own) => name.startsWith(`.${own}.`))
  try {
    for (const name of fs.readdirSync(folder)) {
      if (temporaryName.test(name) && isOf(name)) giveUpFile(join(folder, name))
    }
  } catch (error) {
    if (systemCode(error) === null) throw error
  }
}

/**
 * Puts `bytes` at `path` so that at any moment either the old file or the new one is there whole: temporary file,
 * fsync, rename, fsync of the folder. Throws FailureError (disk-full, folder-read-only, file-missing) with the old file as it was.
 */
export function writeAtomically(path: string, bytes: Uint8Array, operations: FileOperations = diskOperations): void {
  const temporaryPath = temporaryPathBeside(path)
  let descriptor: number | null = null
  try {
    descriptor = operations.open(temporaryPath, 'wx')
    operations.write(descriptor, bytes)
    operations.sync(descriptor)
    operations.close(descriptor)
    descriptor = null
    operations.rename(temporaryPath, path)
    operations.syncFolder(dirname(path))
  } catch (error) {
    if (descriptor !== null) operations.close(descriptor)
    giveUpFile(temporaryPath, operations)
    throw new FailureError(fileFailure(error, path, 'write'))
  }
}

/** Makes a folder with all above it. Throws FailureError. */
export function makeFolder(path: string, operations: FileOperations = diskOperations): void {
  try {
    operations.makeFolder(path)
  } catch (error) {
    throw new FailureError(fileFailure(error, path, 'write'))
  }
}

/** A whole small file. Throws FailureError. */
export function readWhole(path: string): Uint8Array {
  try {
    return fs.readFileSync(path)
  } catch (error) {
    throw new FailureError(fileFailure(error, path, 'read'))
  }
}
