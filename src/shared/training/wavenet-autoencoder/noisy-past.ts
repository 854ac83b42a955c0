import type { Random } from '../../base/random.ts'
import { MU_LAW_LEVELS } from '../../dsp/mu-law.ts'
import type { WavenetBatch } from '../../networks/wavenet-autoencoder/batch.ts'

/** Standard deviation in levels: always the same, or drawn for each batch, evenly from none to so much. */
export type PastNoise = number | { readonly upTo: number }

/** Of one batch; a number draws nothing. */
export const deviationOf = (noise: PastNoise, random: Random): number =>
  typeof noise === 'number' ? noise : noise.upTo * random.uniform()

/**
 * A batch whose decoder is led by a past that is not quite what was sung: one that may trust the past alone hears what it
 * is told only by half, and drifts when it sings by itself. Lag taps hear the same past.
 * @param deviation in levels; 0 leaves the batch, and draws nothing
 */
export function withNoisyPast(batch: WavenetBatch, deviation: number, random: Random): WavenetBatch {
  if (deviation === 0) return batch
  const past = batch.target.map((level) =>
    Math.min(Math.max(Math.round(level + deviation * random.normal()), 0), MU_LAW_LEVELS - 1),
  )
  return { ...batch, past }
}
