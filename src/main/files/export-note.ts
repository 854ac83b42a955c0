import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { FailureError } from '../../shared/base/errors.ts'
import { removeTemporaries, writeAtomically } from './atomic-write.ts'

type Home = { readonly homeFolder: string }

const noted = z.object({ folder: z.string() })
const notePath = ({ homeFolder }: Home): string => join(homeFolder, 'exporting.json')

/**
 * Notes where an export writes for as long as it does: a person's folder, which nobody looks through otherwise, so that
 * the next start can clear what a killed one left there.
 */
export async function withExportNote<T>(folder: string, home: Home, action: () => Promise<T>): Promise<T> {
  try {
    writeAtomically(notePath(home), new TextEncoder().encode(JSON.stringify({ folder })))
  } catch (error) {
    // Where the library’s disk is full or read-only, the export's own may well not be.
    if (!(error instanceof FailureError)) throw error
  }
  try {
    return await action()
  } finally {
    forget(home)
  }
}

/** What an export that was killed had begun to write. */
export function removeExportLeftovers(home: Home): void {
  const folder = folderNoted(home)
  if (folder === null) return
  removeTemporaries(folder)
  forget(home)
}

function folderNoted(home: Home): string | null {
  try {
    const parsed = noted.safeParse(JSON.parse(readFileSync(notePath(home), 'utf8')))
    return parsed.success ? parsed.data.folder : null
  } catch {
    return null // there is none, as usual, or one that was cut off
  }
}

function forget(home: Home): void {
  try {
    rmSync(notePath(home), { force: true })
  } catch {
    // In a folder that became read-only it stays, and costs the next start a look.
  }
}
