import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { filesBelow } from '../stage.ts'
import type { Fault } from './fault.ts'

export const mediaLost: Fault = {
  kind: 'media-lost',
  what: 'the media folder is moved away, and back',
  async inject({ mediaFolder }) {
    const elsewhere = `${mediaFolder} elsewhere`
    renameSync(mediaFolder, elsewhere)
    return {
      detail: 'moved',
      tookFolderAway: true,
      undo() {
        // What came in meanwhile is laid beside what was there.
        for (const path of filesBelow(mediaFolder)) {
          const to = path.replace(mediaFolder, elsewhere)
          mkdirSync(dirname(to), { recursive: true })
          if (!existsSync(to)) renameSync(path, to)
        }
        rmSync(mediaFolder, { recursive: true, force: true })
        renameSync(elsewhere, mediaFolder)
      },
    }
  },
}
