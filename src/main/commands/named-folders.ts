import { basename, resolve } from 'node:path'
import type { Dataset } from './heard-clips.ts'

/** "FOLDER" or "FOLDER=Name": a folder gives what is learned from it its name. */
export const namedFolders = (folders: readonly string[]): readonly Dataset[] =>
  folders.map((text) => {
    const at = text.lastIndexOf('=')
    const folder = at < 0 ? text : text.slice(0, at)
    return { folder, name: at < 0 ? basename(resolve(folder)) : text.slice(at + 1).trim() }
  })
