import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { removeTemporaries } from '../files/atomic-write.ts'
import { removeExportLeftovers } from '../files/export-note.ts'
import type { ApplicationPaths } from '../paths.ts'

/**
 * Clears what a session that ended early left behind: uploads that nobody took in, media of unsaved projects of which
 * no autosave tells, and what was being written, here and where it exported to. To be called by the holder of the library, before any project is open.
 */
export async function removeLeftovers(
  paths: Pick<ApplicationPaths, 'homeFolder' | 'enginesFolder' | 'uploadsFolder' | 'unsavedFolder' | 'recoveryFolder'>,
) {
  for (const folder of await foldersOf(paths)) removeTemporaries(folder)
  removeExportLeftovers(paths)
  await rm(paths.uploadsFolder, { recursive: true, force: true })
  const projectIds = existsSync(paths.unsavedFolder) ? await readdir(paths.unsavedFolder) : []
  for (const projectId of projectIds) {
    const isRecoverable = existsSync(join(paths.recoveryFolder, `${projectId}.json`))
    if (!isRecoverable) await rm(join(paths.unsavedFolder, projectId), { recursive: true, force: true })
  }
}

/** The home and everything below it but the engines, which are whole programs with ways of their own. */
async function foldersOf({ homeFolder, enginesFolder }: Pick<ApplicationPaths, 'homeFolder' | 'enginesFolder'>) {
  const top = await readdir(homeFolder, { withFileTypes: true })
  const own = top.filter((entry) => entry.isDirectory()).map(({ name }) => join(homeFolder, name))
  const below = own
    .filter((folder) => folder !== enginesFolder)
    .map(async (folder) => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return [
        folder,
        ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)),
      ]
    })
  return [homeFolder, ...(await Promise.all(below)).flat()]
}
