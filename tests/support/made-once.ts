import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

const VARIABLE = 'UNDERSTUDY_TEST_FIXTURES'

/**
 * Opens a folder for fixtures that several files of a run need and that take a second to make. It goes with the run,
 * and begins anew where the run is repeated: what lies there was made by the sources as they are.
 */
export function setup(project: Pick<TestProject, 'onTestsRerun'>): () => void {
  const open = () => (process.env[VARIABLE] = mkdtempSync(join(tmpdir(), 'understudy-fixtures-')))
  const remove = () => rmSync(process.env[VARIABLE] ?? '', { recursive: true, force: true })
  open()
  project.onTestsRerun(() => {
    remove()
    open()
  })
  return remove
}

/** What `make` gives, made by the first file of the run that asks; outside of a run by everybody. */
export function madeOnce(name: string, make: () => Uint8Array): Uint8Array<ArrayBuffer> {
  const folder = process.env[VARIABLE]
  if (folder === undefined) return new Uint8Array(make())
  const path = join(folder, name)
  const known = readIfThere(path)
  if (known !== null) return known
  const made = make()
  // Two files may make it at once: each puts a whole one there.
  const passing = `${path}.${process.pid}`
  writeFileSync(passing, made)
  renameSync(passing, path)
  return new Uint8Array(made)
}

function readIfThere(path: string): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(readFileSync(path))
  } catch {
    return null
  }
}
