import * as fs from 'node:fs'
import { basename, join } from 'node:path'
import { FailureError } from '../../shared/base/errors.ts'
import type { Result } from '../../shared/base/result.ts'
import type { LibraryOptions } from './options.ts'
import { clipsFolder, singersFolder } from './options.ts'
import type { TableClients } from './tables.ts'

/** Fills a new library from the files that the broken one described, and says in words what came of it. */
export async function rebuildFromFiles(
  tables: TableClients,
  corruptPath: string,
  options: LibraryOptions,
): Promise<string[]> {
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
    `The library could not be read and was built again from its files: ${count(singerCount, 'singer')} and ` +
      `${count(clips.found.length, 'clip')} found. The list of recent projects and the jobs are gone; songs are untouched. ` +
      `The old library is kept as “${basename(corruptPath)}”.`,
    ...refused.map((reason) => `Not taken over: ${reason}`),
  ]
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

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
