import { dirname, join } from 'node:path'
import { dialog, shell, type BrowserWindow } from 'electron'
import * as z from 'zod'
import { desktopChannels, type DialogPurpose, type FileKind } from '../../shared/contract/desktop-bridge.ts'
import type { Door } from './ipc.ts'
import { openLastFolders } from './last-folders.ts'

const purpose: z.ZodType<DialogPurpose> = z.enum([
  'project',
  'stems',
  'clips',
  'singer',
  'emotion',
  'domain',
  'export',
  'watch',
  'locate',
])
const kinds = z
  .array(
    z.object({
      label: z.string().max(80),
      extensions: z.array(z.string().regex(/^[a-z0-9]{1,12}$/)).max(20),
    }),
  )
  .max(10)
const suggestedName = z
  .string()
  .max(200)
  .regex(/^[^/\\:*?"<>|\0]*$/)

/** The system's dialogs; each purpose remembers its own folder from start to start, because the system no longer does. */
export function serveDialogs(door: Door, window: BrowserWindow, homeFolder: string): void {
  const lastFolders = openLastFolders(join(homeFolder, 'dialog-folders.json'))
  const startingAt = (purpose: DialogPurpose, name = '') => {
    const folder = lastFolders.get(purpose)
    const defaultPath = folder === undefined ? name : join(folder, name)
    return defaultPath === '' ? {} : { defaultPath }
  }

  door.handle(desktopChannels.chooseFiles, z.object({ purpose, kinds }), async (asked) => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openFile', 'multiSelections'],
      filters: filtersOf(asked.kinds),
      ...startingAt(asked.purpose),
    })
    if (filePaths.length > 0) lastFolders.set(asked.purpose, dirname(filePaths[0]))
    return filePaths
  })
  door.handle(desktopChannels.chooseFolder, z.object({ purpose }), async (asked) => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openDirectory', 'createDirectory'],
      ...startingAt(asked.purpose),
    })
    if (filePaths.length === 0) return null
    lastFolders.set(asked.purpose, filePaths[0])
    return filePaths[0]
  })
  door.handle(desktopChannels.chooseSavePath, z.object({ purpose, suggestedName, kinds }), async (asked) => {
    const { filePath, canceled } = await dialog.showSaveDialog(window, {
      filters: filtersOf(asked.kinds),
      ...startingAt(asked.purpose, asked.suggestedName),
    })
    if (canceled || filePath === '') return null
    lastFolders.set(asked.purpose, dirname(filePath))
    return filePath
  })
  // Shows a file in its folder; unlike opening it, this runs nothing.
  door.handle(desktopChannels.showInFolder, z.object({ path: z.string().min(1).max(4096) }), ({ path }) =>
    shell.showItemInFolder(path),
  )
}

const filtersOf = (given: readonly FileKind[]) =>
  given.map(({ label, extensions }) => ({ name: label, extensions: [...extensions] }))
