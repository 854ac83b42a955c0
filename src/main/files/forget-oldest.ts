import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { diskOperations } from './file-operations.ts'

/** Keeps a folder of things that can be made again under `mostBytes`: what was used longest ago goes first. */
export function forgetOldest(folder: string, mostBytes: number): void {
  const kept = readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => ({ path, stats: statSync(path, { throwIfNoEntry: false }) }))
    .flatMap(({ path, stats }) => (stats ? [{ path, bytes: stats.size, usedAtMs: stats.mtimeMs }] : []))
    .sort((a, b) => b.usedAtMs - a.usedAtMs)
  let bytes = 0
  for (const one of kept) {
    bytes += one.bytes
    if (bytes > mostBytes) diskOperations.remove(one.path)
  }
}
