import * as fs from 'node:fs'
import { basename, join } from 'node:path'
import { FailureError } from '../../shared/base/errors.ts'
import type { Result } from '../../shared/base/result.ts'
import { tell, type Told } from '../../shared/contract/told.ts'
import type { LibraryOptions } from './options.ts'
import { clipsFolder, singersFolder } from './options.ts'
import type { TableClients } from './tables.ts'

/** Fills a new library from the files that the broken one described, and says what came of it. */
export async function rebuildFromFiles(
  tables: TableClients,
  corruptPath: string,
  options: LibraryOptions,
): Promise<Told[]> {
  const singers = await readEach(listFiles(singersFolder(options.folder), '.singer'), options.describeSingerFile)
  const clips = await readEach(
    listFiles(join(clipsFolder(options.folder), 'sources'), '.wav'),
    options.describeClipFile,
  )
  const refused = [...singers.refused, ...clips.refused]
  let singerCount = 0
  for (const singer of singers.found) {
    try {
      await tables.singers.insert(singer)
      singerCount++
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
      refused.push(`singer “${singer.name}”: ${error.failure.message}`)
    }
  }
  for (const clip of clips.found) await tables.clips.save(clip)
  return [
    tell('library-rebuilt', String(singerCount), String(clips.found.length), basename(corruptPath)),
    ...refused.map((reason) => tell('not-taken-over', reason)),
  ]
}

function listFiles(folder: string, ending: string): string[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
    .toSorted()
    .map((name) => join(folder, name))
}

async function readEach<T>(
  paths: readonly string[],
  describe: (path: string) => Promise<Result<T>>,
): Promise<{ found: T[]; refused: string[] }> {
  const found: T[] = []
  const refused: string[] = []
  for (const path of paths) {
    const described = await describe(path)
    if (described.ok) found.push(described.value)
    else refused.push(`${basename(path)}: ${described.failure.message}`)
  }
  return { found, refused }
}
