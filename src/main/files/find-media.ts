import { readdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { SourceId } from '../../shared/base/id.ts'
import type { Progress } from '../../shared/base/progress.ts'
import { subProgress } from '../../shared/base/progress.ts'
import { importExtensions } from '../../shared/formats/import/audio-kind.ts'
import { hashFile } from './hash-file.ts'

/** A source whose media is gone, with the name that its file had without the ending. */
export interface WantedSource {
  readonly id: SourceId
  readonly name: string
}

export interface FoundMedia {
  readonly sourceId: SourceId
  readonly path: string
  /** A project's own media file, named by the hash; else the file that was imported once. */
  readonly isMedia: boolean
}

/** Folders of takes within folders of songs; deeper ones are another matter. */
const DEPTH_LIMIT = 4
/** More files are not read to their end: names decide first, so that they rarely have to be. */
const MOST_HASHED_FILES = 400

/**
 * Looks for lost media in a folder: a project's media by their names, imported files by their bytes, those with the
 * right name first. A file with the right name and other bytes is another recording and is not taken. Cancels with
 * CancelledError.
 */
export async function findMedia(
  folder: string,
  wanted: readonly WantedSource[],
  progress: Progress,
): Promise<readonly FoundMedia[]> {
  const files = audioFilesIn(folder, DEPTH_LIMIT)
  const missing = new Map(wanted.map((source) => [source.id, source]))
  const found: FoundMedia[] = []
  const take = (media: FoundMedia): void => {
    if (missing.delete(media.sourceId)) found.push(media)
  }
  for (const path of files) {
    const media = wanted.find((source) => basename(path) === `${source.id}.wav`)
    if (media) take({ sourceId: media.id, path, isMedia: true })
  }
  const names = new Set(wanted.map((source) => source.name))
  const hasName = (path: string): boolean => names.has(basename(path, extname(path)))
  const candidates = [...files.filter(hasName), ...files.filter((path) => !hasName(path))].slice(0, MOST_HASHED_FILES)
  for (const [index, path] of candidates.entries()) {
    if (missing.size === 0) break
    const share = subProgress(progress, index / candidates.length, (index + 1) / candidates.length)
    take({ sourceId: await hashFile(path, share), path, isMedia: false })
  }
  return found
}

/** What can't be read is passed over: another folder may hold the rest. */
function audioFilesIn(folder: string, depth: number): readonly string[] {
  try {
    return readdirSync(folder)
      .toSorted()
      .flatMap((name) => {
        const path = join(folder, name)
        const entry = statSync(path, { throwIfNoEntry: false })
        if (entry?.isDirectory()) return depth > 0 && !name.startsWith('.') ? audioFilesIn(path, depth - 1) : []
        return entry?.isFile() && importExtensions.includes(extname(name).slice(1).toLowerCase()) ? [path] : []
      })
  } catch {
    return []
  }
}
