import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'

const stored = z.record(z.string().max(40), z.string().max(4096))

/** The folder that each kind of dialog was in last, kept from start to start. */
export interface LastFolders {
  get(purpose: string): string | undefined
  set(purpose: string, folder: string): void
}

export function openLastFolders(path: string): LastFolders {
  const folders = new Map(Object.entries(read(path)))
  return {
    get: (purpose) => folders.get(purpose),
    set(purpose, folder) {
      if (folders.get(purpose) === folder) return
      folders.set(purpose, folder)
      try {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, JSON.stringify(Object.fromEntries(folders)))
      } catch {
        // A dialog that starts somewhere else next time is no reason to fail now.
      }
    },
  }
}

function read(path: string): Readonly<Record<string, string>> {
  try {
    const parsed = stored.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : {}
  } catch {
    return {} // the first start
  }
}
