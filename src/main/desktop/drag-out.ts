import { app } from 'electron'
import { constants } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { FailureError } from '../../shared/base/errors.ts'
import { desktopChannels } from '../../shared/contract/desktop-bridge.ts'
import { safeName } from '../../shared/project/export-names.ts'
import type { Application } from '../application.ts'
import type { Door } from './ipc.ts'

const draggedSound = z.object({ mediaId: z.string().min(1).max(300), name: z.string().max(200) })

/**
 * Sounds that are dragged to a folder or into another program. What is dropped is a copy under a name that says what it
 * is, because media are named by their content and may be cleared away.
 * @param folder for the copies, which are kept until the next start
 */
export function serveDragOut(door: Door, application: Application, folder: string): void {
  const isCleared = rm(folder, { recursive: true, force: true }).catch(() => {})
  door.handle(desktopChannels.startDrag, draggedSound, async ({ mediaId, name }, sender) => {
    const found = await application.media(mediaId)
    if (!found.ok) throw new FailureError(found.failure)
    await isCleared
    await mkdir(folder, { recursive: true })
    const file = join(folder, `${safeName(name)}.wav`)
    // On disks that can, the copy shares the sound's blocks.
    await copyFile(found.value, file, constants.COPYFILE_FICLONE)
    sender.startDrag({ file, icon: await app.getFileIcon(file) })
  })
}
