import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import type { TrainingMethod } from '../../../shared/contract/library.ts'
import type { SingerModel } from '../../../shared/conversion/singer-model.ts'
import type { SingerCard } from '../../../shared/formats/singer-card.ts'
import { writeSingerFile } from '../../../shared/formats/singer-file.ts'
import { spectralAutoencoder } from '../../../shared/networks/spectral-autoencoder/index.ts'
import type { MethodFigure } from '../../../shared/project/singer-provenance.ts'
import type { SingerRange } from '../../../shared/project/singer-range.ts'
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts'

/** What a card tells besides the model: how the singer came to be. */
export interface SingerOrigin {
  /** With what it says of this singer. */
  readonly request: TrainRequest
  readonly engine: string
  readonly baseDigest: string | null
  readonly clipsSec: number
  readonly steps: number
  readonly method: TrainingMethod
  /** Of those learned together; 1 where it was alone. */
  readonly singerCount: number
  /** Empty where one way alone was tried, or until all were. */
  readonly compared: readonly MethodFigure[]
  /** Null while the singer still learns: a range is tried once, at the end. */
  readonly range: SingerRange | null
}

/** The singer as a whole file. */
export const singerBytes = (model: SingerModel, origin: SingerOrigin): Uint8Array =>
  writeSingerFile(model, cardOf(model, origin))

/** Puts the singer where its request asks. Returns the SHA-256 of the file. */
export function writeSinger(model: SingerModel, origin: SingerOrigin): string {
  const bytes = singerBytes(model, origin)
  makeFolder(dirname(origin.request.singerPath))
  writeAtomically(origin.request.singerPath, bytes)
  return createHash('sha256').update(bytes).digest('hex')
}

function cardOf(model: SingerModel, origin: SingerOrigin): SingerCard {
  const { request, engine, baseDigest, clipsSec, steps, method, singerCount, compared, range } = origin
  return {
    name: request.name,
    converter: spectralAutoencoder.id,
    licence: request.licence,
    consent: request.consent,
    lowestHz: model.lowestHz,
    highestHz: model.highestHz,
    medianHz: 2 ** model.medianLog2F0,
    trainedFromSec: clipsSec,
    createdAtMs: request.createdAtMs,
    ...(request.owner === undefined ? {} : { owner: request.owner }),
    ...(range === null ? {} : { range }),
    provenance: {
      software: request.software ?? 'Understudy',
      engine,
      baseDigest,
      clipCount: request.clips.length,
      clipsSec,
      steps,
      method,
      ...(singerCount > 1 ? { singerCount } : {}),
      ...(compared.length > 0 ? { compared } : {}),
    },
  }
}
