import type { Random } from '../base/random.ts'

/** After this many exact zeros in a row the dither rests, so that digital silence stays digital silence. */
const restAfterZeros = 64

export interface Dither {
  /** A block of one channel with the noise added. Blocks of a channel come in order. */
  apply(samples: Float32Array): Float32Array
}

/**
 * Triangular (TPDF) dither of ±1 step for rounding to `scale` steps per unit: it makes the rounding error independent
 * of the signal in mean and variance (Lipshitz, Wannamaker and Vanderkooy 1992). One per channel, from one seeded source.
 */
export function createDither(scale: number, random: Random): Dither {
  let zerosInARow = 0
  return {
    apply: (samples) =>
      samples.map((sample) => {
        zerosInARow = sample === 0 ? zerosInARow + 1 : 0
        return zerosInARow > restAfterZeros ? 0 : sample + (random.uniform() - random.uniform()) / scale
      }),
  }
}
