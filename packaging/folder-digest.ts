import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** The digest of every file below a folder, by its path from there, with slashes on every system. */
export function digestsUnder(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const rows = files.map((entry) => {
    const path = join(entry.parentPath, entry.name)
    const digest = createHash('sha256').update(readFileSync(path)).digest('hex')
    return [path.slice(folder.length + 1).replaceAll(sep, '/'), digest] as const
  })
  return new Map(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Where two folders differ, in words; nothing where they hold the same bytes. */
export function differences(
  first: ReadonlyMap<string, string>,
  second: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...first.keys(), ...second.keys()])].flatMap((path) => {
    if (!second.has(path)) return [`only in the first: ${path}`]
    if (!first.has(path)) return [`only in the second: ${path}`]
    return first.get(path) === second.get(path) ? [] : [`other bytes: ${path}`]
  })
}
