import { copyFile, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SingerId } from '../../shared/base/id.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { Library } from '../library/client.ts'
import type { Logger } from '../logger.ts'
import type { ApplicationPaths } from '../paths.ts'
import { latestModelFolder } from '../compute/models/model-folders.ts'
import { giveOnce, shippedId } from './give-once.ts'
import { describeSinger, singerPath } from './singer-files.ts'

/** Demo singers lie in `models/singers-…-v<n>`, a `.singer` file each. */
const FOLDER_PREFIX = 'singers-'
const HUES = [5, 2, 6, 1] as const

/**
 * Gives a library the singers that come with the program, so that a first conversion needs no training. A singer whose
 * name is taken, or whose file is broken, is left out; that is no reason not to start.
 */
export async function offerShippedSingers(
  library: Library,
  paths: Pick<ApplicationPaths, 'homeFolder' | 'modelsFolder'>,
  logger: Logger,
): Promise<void> {
  const folder = latestModelFolder(paths.modelsFolder, FOLDER_PREFIX)
  if (folder === null) return
  const names = (await readdir(folder)).filter((name) => name.endsWith('.singer')).sort()
  const gifts = names.map((name, index) => ({
    id: idOf(folder, name),
    give: () => give(join(folder, name), idOf(folder, name), HUES[index % HUES.length], library, paths),
  }))
  await giveOnce(gifts, { what: 'singer', setting: 'shipped-singers' }, library, logger)
}

/** Its row is there only once its file is. */
async function give(
  from: string,
  id: SingerId,
  hueIndex: number,
  library: Library,
  paths: Pick<ApplicationPaths, 'homeFolder'>,
): Promise<void> {
  const described = await describeSinger(from, { id, hueIndex, origin: 'shipped', learnedFraction: 1 })
  if (!described.ok) throw new Error(described.failure.message)
  if ((await library.singers.find(id)) !== null) return
  const to = singerPath(id, paths)
  await writeWhole(to, (passing) => copyFile(from, passing))
  try {
    await library.singers.insert(described.value)
  } catch (cause) {
    await rm(to, { force: true })
    throw cause
  }
}

export const shippedSingerId = (folderName: string, fileName: string): SingerId =>
  shippedId(`${folderName}${fileName.replace(/\.singer$/, '')}`) as SingerId // of the shape that ids have

const idOf = (folder: string, name: string): SingerId => shippedSingerId(basename(folder), name)
