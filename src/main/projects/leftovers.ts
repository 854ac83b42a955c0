import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ApplicationPaths } from '../paths.ts'

/**
 * Clears what a session that ended early left behind: uploads that nobody took in, and media of unsaved projects of
 * which no autosave tells. To be called by the holder of the library, before any project is open.
 */
export async function removeLeftovers(
  paths: Pick<ApplicationPaths, 'uploadsFolder' | 'unsavedFolder' | 'recoveryFolder'>,
) {
  await rm(paths.uploadsFolder, { recursive: true, force: true })
  const projectIds = existsSync(paths.unsavedFolder) ? await readdir(paths.unsavedFolder) : []
  for (const projectId of projectIds) {
    const isRecoverable = existsSync(join(paths.recoveryFolder, `${projectId}.json`))
    if (!isRecoverable) await rm(join(paths.unsavedFolder, projectId), { recursive: true, force: true })
  }
}
