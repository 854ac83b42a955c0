import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Stage } from '../stage.ts'
import type { Fault } from './fault.ts'

const WRITABLE_BITS = 0o222

/** The folder and those in it. */
const foldersBelow = (folder: string): string[] =>
  existsSync(folder)
    ? [
        folder,
        ...readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => join(entry.parentPath, entry.name)),
      ]
    : []

function makeReadOnly(folders: readonly string[]): () => void {
  const before = folders.map((folder) => [folder, statSync(folder).mode] as const)
  for (const [folder, mode] of before) chmodSync(folder, mode & ~WRITABLE_BITS)
  return () => {
    for (const [folder, mode] of before) if (existsSync(folder)) chmodSync(folder, mode)
  }
}

const places = {
  song: ({ disk }: Stage) => [disk.folder],
  media: ({ mediaFolder }: Stage) => foldersBelow(mediaFolder),
  renders: ({ mediaFolder }: Stage) => foldersBelow(join(mediaFolder, 'renders')),
  exports: ({ outFolder }: Stage) => [outFolder],
  home: ({ paths }: Stage) => foldersBelow(paths.homeFolder),
} as const

export const folderReadOnly: Fault = {
  kind: 'folder-read-only',
  what: 'the folder of the song, its media, its renders, the exports or the library is made read-only',
  async inject(stage, random) {
    const names = Object.keys(places) as (keyof typeof places)[]
    const name = names[random.integer(names.length)]
    return { detail: name, undo: makeReadOnly(places[name](stage)) }
  },
}
