import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { diskOperations, systemCode, type FileOperations } from './file-operations.ts'

/**
 * Keeps a folder of things that can be made again under `mostBytes`: what was used longest ago goes first. The newest
 * `fewestKept` stay however large they are, and so does what another program holds open where the system keeps such files.
 */
export function forgetOldest(
  folder: string,
  mostBytes: number,
  fewestKept = 0,
  operations: FileOperations = diskOperations,
): void {
  const kept = readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => ({ path, stats: statSync(path, { throwIfNoEntry: false }) }))
    .flatMap(({ path, stats }) => (stats ? [{ path, bytes: stats.size, usedAtMs: stats.mtimeMs }] : []))
    .sort((a, b) => b.usedAtMs - a.usedAtMs)
  let bytes = 0
  for (const [index, one] of kept.entries()) {
    bytes += one.bytes
    if (bytes > mostBytes && index >= fewestKept) removeUnlessHeld(one.path, operations)
  }
}

function removeUnlessHeld(path: string, operations: FileOperations): void {
  try {
    operations.remove(path)
  } catch (error) {
    if (systemCode(error) === null) throw error
  }
}
