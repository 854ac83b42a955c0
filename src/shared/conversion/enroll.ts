import { concatenated } from '../base/concatenated.ts'
import { failure, FailureError } from '../base/errors.ts'
import { BAND_COUNT, type SpectralAutoencoderConfig } from '../networks/spectral-autoencoder/config.ts'
import type { Parameters } from '../networks/spectral-autoencoder/parameters.ts'
import type { ClipFeatures } from './clip-features.ts'
import { activeFrames, energies, everySecond, everySecondFrame, percentile, shapes } from './features.ts'
import { addRatios, ratiosDb } from './harmonics-to-noise.ts'
import type { SingerModel, SpectralBank } from './singer-model.ts'
import { median } from './transposition/phase.ts'
import { createCepstralAccumulator } from './variance-filter.ts'

/** Bank shapes are kept in 8 bits over this span of ln power. */
export const LOWEST_BANK_SHAPE = -10
export const HIGHEST_BANK_SHAPE = 8
const BANK_SHAPE_STEPS = 255
/** A singer's range leaves out this share of the voiced frames at both ends. */
const LOWEST_PERCENT = 5
const HIGHEST_PERCENT = 95

/** What training gives: the networks and how they normalize. */
export interface TrainedConverter {
  readonly config: SpectralAutoencoderConfig
  readonly parameters: Parameters
  /** The singer's row of the table. */
  readonly row: Float32Array
  readonly meanShape: Float32Array
  readonly spread: number
}

/**
 * Makes a singer of a trained converter and the features of the singer's own clips.
 * Errors: `audio-unvoiced` when no clip has a pitch.
 */
export function enrollSinger(converter: TrainedConverter, clips: readonly ClipFeatures[]): SingerModel {
  const voiced = Float64Array.from(clips.flatMap((clip) => Array.from(clip.f0).filter((hz) => hz > 0)))
  if (voiced.length === 0)
    throw new FailureError(
      failure('audio-unvoiced', 'No pitch was found in any of the clips.', 'Add clips of singing or speech.'),
    )
  return {
    ...converter,
    cepstralVariance: meanVariance(clips),
    bandHarmonicsToNoiseDb: ratiosDb(addRatios(clips.map((clip) => clip.harmonicsToNoise))),
    medianLog2F0: median(voiced.map(Math.log2)),
    lowestHz: percentile(voiced, LOWEST_PERCENT),
    highestHz: percentile(voiced, HIGHEST_PERCENT),
    bank: buildBank(clips),
  }
}

/** Mean over the clips of the within-clip variance of the cepstra, over active 5 ms frames. */
function meanVariance(clips: readonly ClipFeatures[]): Float32Array {
  const mean = new Float64Array(BAND_COUNT)
  for (const { lm } of clips) {
    const accumulator = createCepstralAccumulator()
    const clipShapes = shapes(lm)
    activeFrames(energies(lm)).forEach((isActive, frame) => {
      if (isActive) accumulator.add(clipShapes, frame * BAND_COUNT)
    })
    accumulator.statistics().variance.forEach((variance, k) => (mean[k] += variance / clips.length))
  }
  return Float32Array.from(mean)
}

/** Real frames at 10 ms, with the very values that a singer file gives back. */
function buildBank(clips: readonly ClipFeatures[]): SpectralBank {
  const slow = clips.map(({ lm, f0 }) => {
    const slowLm = everySecondFrame(lm)
    return { shapes: shapes(slowLm), energy: energies(slowLm), f0: everySecond(f0) }
  })
  return {
    clipFrameCounts: slow.map((clip) => clip.f0.length),
    shapes: Float32Array.from(
      concatenated(
        slow.map((clip) => clip.shapes),
        Float64Array,
      ),
      quantizedShape,
    ),
    f0: Float32Array.from(
      concatenated(
        slow.map((clip) => clip.f0),
        Float64Array,
      ),
    ),
    energy: Float32Array.from(
      concatenated(
        slow.map((clip) => clip.energy),
        Float64Array,
      ),
    ),
  }
}

function quantizedShape(value: number): number {
  const span = HIGHEST_BANK_SHAPE - LOWEST_BANK_SHAPE
  const step = Math.round(((value - LOWEST_BANK_SHAPE) / span) * BANK_SHAPE_STEPS)
  return LOWEST_BANK_SHAPE + (Math.min(Math.max(step, 0), BANK_SHAPE_STEPS) / BANK_SHAPE_STEPS) * span
}
