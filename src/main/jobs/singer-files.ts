import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { failure } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import { failed, ok, type Result } from '../../shared/base/result.ts'
import type { Singer } from '../../shared/contract/library.ts'
import { readAnySinger } from '../../shared/formats/any-singer-file.ts'
import { clipsFolder as libraryClipsFolder, singersFolder } from '../library/client.ts'
import type { ApplicationPaths } from '../paths.ts'
import { SHIPPED_PREFIX } from './give-once.ts'

type Home = Pick<ApplicationPaths, 'homeFolder'>

/** The singer's file: rewritten whole at each better checkpoint while it learns. Ids are letters and digits. */
export const singerPath = (singerId: SingerId, { homeFolder }: Home): string =>
  join(singersFolder(homeFolder), `${singerId}.singer`)

/** Where a training keeps what it needs to go on: checkpoints, curve, auditions. */
export const trainingFolder = (singerId: SingerId, { homeFolder }: Home): string =>
  join(homeFolder, 'trainings', singerId)

/** Clips lie like a project's sources, named by the hash of their bytes. */
export const clipsFolder = ({ homeFolder }: Home): string => libraryClipsFolder(homeFolder)

/** What was found out about clips, so that they are heard once. */
export const clipRecordsFolder = (home: Home): string => join(clipsFolder(home), 'records')

/** What a singer's file does not say of itself. */
export type SingerFacts = Pick<Singer, 'id' | 'hueIndex' | 'origin' | 'learnedFraction'>

/** Reads a `.singer` file, in full and with suspicion, into a row of the library. */
export async function describeSinger(path: string, facts: SingerFacts): Promise<Result<Singer>> {
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return failed(failure('file-missing', `The singer file ${path} is not there.`))
  const file = readAnySinger(bytes)
  if (!file.ok) return file
  const { card } = file.value
  return ok({
    id: facts.id,
    name: card.name,
    hueIndex: facts.hueIndex,
    lowestHz: card.lowestHz,
    highestHz: card.highestHz,
    medianHz: card.medianHz,
    origin: facts.origin,
    licence: card.licence,
    consent: card.consent,
    trainedFromSec: card.trainedFromSec,
    createdAtMs: card.createdAtMs,
    digest: createHash('sha256').update(bytes).digest('hex'),
    converter: card.converter,
    learnedFraction: facts.learnedFraction,
    ...(card.owner === undefined ? {} : { owner: card.owner }),
    ...(card.range === undefined ? {} : { range: card.range }),
    ...(card.provenance === undefined ? {} : { provenance: card.provenance }),
  })
}

/** For a library that is built again: the id is the file's name, colors start over. */
export function describeStoredSinger(path: string): Promise<Result<Singer>> {
  const id = basename(path, '.singer')
  if (!/^[0-9a-z]{1,80}$/.test(id)) {
    return Promise.resolve(failed(failure('checkpoint-invalid', `The file ${basename(path)} is not named by an id.`)))
  }
  // The name was just found to be of the shape that ids have.
  const origin = id.startsWith(SHIPPED_PREFIX) ? 'shipped' : 'trained'
  return describeSinger(path, { id: id as SingerId, hueIndex: 0, origin, learnedFraction: 1 })
}
