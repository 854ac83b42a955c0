import { copyFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { VocoderId } from '../../shared/base/id.ts'
import { shippedVocoderFolders, shippedVocoderPath } from '../compute/models/vocoder-store.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { Library } from '../library/client.ts'
import type { Logger } from '../logger.ts'
import type { ApplicationPaths } from '../paths.ts'
import { giveOnce, shippedId } from './give-once.ts'
import { listVocoders, readVocoder, vocoderPath } from './vocoder-files.ts'

/**
 * Gives a library the vocoders that come with the program, of each kind the latest. One whose name is taken, or whose file
 * is broken, is left out.
 */
export async function offerShippedVocoders(
  library: Library,
  paths: Pick<ApplicationPaths, 'homeFolder' | 'modelsFolder'>,
  logger: Logger,
): Promise<void> {
  const gifts = shippedVocoderFolders(paths.modelsFolder).map((folder) => ({
    id: idOf(folder),
    give: () => give(folder, paths),
  }))
  await giveOnce(gifts, { what: 'vocoder', setting: 'shipped-vocoders' }, library, logger)
}

async function give(folder: string, paths: Pick<ApplicationPaths, 'homeFolder'>): Promise<void> {
  const from = shippedVocoderPath(folder)
  const { card } = await readVocoder(from)
  if ((await listVocoders(paths)).some(({ name }) => name === card.name)) throw new Error('its name is taken')
  await writeWhole(vocoderPath(idOf(folder), paths), (passing) => copyFile(from, passing))
}

const idOf = (folder: string): VocoderId => shippedId(basename(folder)) as VocoderId // of the shape that ids have
