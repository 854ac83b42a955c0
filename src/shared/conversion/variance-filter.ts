import { createDct } from '../dsp/dct.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'

const LEAST_RATIO = 0.4
const GREATEST_RATIO = 2.5
/** From this cepstrum on nothing is boosted: there is only grain. */
const FIRST_UNBOOSTED = 30
const VARIANCE_FLOOR = 1e-6

/** Mean and variance of the 64 cepstra of shapes over active frames. */
export interface CepstralStatistics {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

export interface CepstralAccumulator {
  /** Adds one frame's shape, 64 numbers from `offset`. Its level does not matter beyond the first cepstrum. */
  add(shape: Numbers, offset: number): void
  statistics(): CepstralStatistics
}

/** Gathers statistics frame by frame, so that a file of any length takes a few numbers (Welford 1962). */
export function createCepstralAccumulator(): CepstralAccumulator {
  const dct = createDct(BAND_COUNT)
  const cepstra = new Float64Array(BAND_COUNT)
  const mean = new Float64Array(BAND_COUNT)
  const squares = new Float64Array(BAND_COUNT)
  let count = 0
  return {
    add(shape, offset) {
      dct.forward(shape, offset, cepstra, 0)
      count++
      for (let k = 0; k < BAND_COUNT; k++) {
        const before = cepstra[k] - mean[k]
        mean[k] += before / count
        squares[k] += before * (cepstra[k] - mean[k])
      }
    },
    statistics: () => ({ mean: mean.slice(), variance: squares.map((sum) => sum / Math.max(count, 1)) }),
  }
}

/**
 * The global-variance post-filter: brings the spread of each cepstrum over time, which the network smooths away,
 * to the singer's own (Toda and Tokuda 2007). Returns a function that changes one frame's shape in place;
 * the caller restores the frame's energy.
 */
export function createVarianceFilter(
  { mean, variance }: CepstralStatistics,
  targetVariance: Numbers,
): (shape: Numbers, offset: number) => void {
  const ratios = variance.map((found, k) => {
    const ratio = Math.sqrt(targetVariance[k] / (found + VARIANCE_FLOOR))
    const held = Math.min(Math.max(ratio, LEAST_RATIO), GREATEST_RATIO)
    return k >= FIRST_UNBOOSTED ? Math.min(held, 1) : held
  })
  const dct = createDct(BAND_COUNT)
  const cepstra = new Float64Array(BAND_COUNT)
  return (shape, offset) => {
    dct.forward(shape, offset, cepstra, 0)
    for (let k = 0; k < BAND_COUNT; k++) cepstra[k] = (cepstra[k] - mean[k]) * ratios[k] + mean[k]
    dct.inverse(cepstra, 0, shape, offset)
  }
}
