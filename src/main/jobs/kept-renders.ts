import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { RenderKey } from '../../shared/base/id.ts'
import { makeFolder, temporaryPathBeside } from '../files/atomic-write.ts'
import { diskOperations } from '../files/file-operations.ts'
import { forgetOldest } from '../files/forget-oldest.ts'
import type { ApplicationPaths } from '../paths.ts'

/** An hour in stereo and some songs. What was used longest ago goes first. */
const MOST_KEPT_BYTES = 2e9

type Home = Pick<ApplicationPaths, 'homeFolder'>

/** Renders of songs that were never saved, as those of the command line are, outlive them here for the next request. */
const folderOf = ({ homeFolder }: Home) => join(homeFolder, 'renders')

/** Where a render is kept; null where it is not. Looking for it counts as using it. */
export function keptRender(key: RenderKey, paths: Home): string | null {
  const path = join(folderOf(paths), `${key}.wav`)
  if (!existsSync(path)) return null
  const now = new Date()
  utimesSync(path, now, now)
  return path
}

/** Keeps a render under another name, without a copy where the disk can do so. Throws what the disk says. */
export function keepRender(key: RenderKey, path: string, paths: Home, mostBytes = MOST_KEPT_BYTES): void {
  const folder = folderOf(paths)
  makeFolder(folder)
  if (keptRender(key, paths) === null) {
    const kept = join(folder, `${key}.wav`)
    const passing = temporaryPathBeside(kept)
    diskOperations.link(path, passing)
    diskOperations.rename(passing, kept)
    const now = new Date()
    utimesSync(kept, now, now)
  }
  forgetOldest(folder, mostBytes)
}
