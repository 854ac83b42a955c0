import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { FolderEntry } from '../../shared/contract/verbs.ts'
import type { Handlers } from './handlers.ts'

/** A folder with more entries than this is shown in part. */
const MOST_ENTRIES = 5000

export const folderVerbs: Pick<Handlers, 'folder:list'> = {
  'folder:list': async ({ path, extensions }) => {
    const folder = resolve(path ?? homedir())
    const parent = dirname(folder)
    const accepted = new Set(extensions.map((extension) => `.${extension.toLowerCase().replace(/^\./, '')}`))
    const entries = (await readEntries(folder))
      .filter((entry) => entry.isFolder || accepted.size === 0 || accepted.has(extname(entry.name).toLowerCase()))
      .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name))
    return { path: folder, parent: parent === folder ? null : parent, entries: entries.slice(0, MOST_ENTRIES) }
  },
}

async function readEntries(folder: string): Promise<FolderEntry[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true })
    return found
      .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isFile()))
      .map((entry) => ({ name: entry.name, path: join(folder, entry.name), isFolder: entry.isDirectory() }))
  } catch (cause) {
    const details = cause instanceof Error ? cause.message : String(cause)
    throw new FailureError(
      failure('file-missing', `The folder ${folder} can't be read.`, 'Choose another folder.', details),
    )
  }
}
