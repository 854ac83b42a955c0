import { diskOperations, systemCode, type FileOperations } from './file-operations.ts'

/** A folder that is read-only for a while is tried again until it is not. */
const RETRY_MS = 1000
const lingering = new Map<string, FileOperations>()
let trying: NodeJS.Timeout | null = null

/**
 * Removes what was begun and is of no use. Where its folder forbids that at the moment, it is tried again for as long
 * as the process lives: a failure to clear is never what a person is told in place of what went wrong.
 */
export function giveUpFile(path: string, operations: FileOperations = diskOperations): void {
  if (isRemoved(path, operations)) return
  lingering.set(path, operations)
  trying ??= setInterval(tryAgain, RETRY_MS).unref()
}

function tryAgain(): void {
  for (const [path, operations] of lingering) if (isRemoved(path, operations)) lingering.delete(path)
  if (lingering.size > 0 || trying === null) return
  clearInterval(trying)
  trying = null
}

function isRemoved(path: string, operations: FileOperations): boolean {
  try {
    operations.remove(path)
    return true
  } catch (error) {
    if (systemCode(error) === null) throw error
    return false
  }
}
