import { createDct } from '../dsp/dct.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT, LOW_BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'

/** First cepstra of the low bands, taken two frames before, at, and two frames after. */
const CEPSTRA = 20
const OFFSETS = [-2, 0, 2] as const
export const KEY_WIDTH = CEPSTRA * OFFSETS.length
/** Frames on each side that a key looks at. */
export const KEY_REACH = 2

/**
 * The key of every 10 ms frame: what is compared to find the frames of a singer most like a converted one.
 * `shapes` is [frames × 64]; before the first and after the last frame the edge is repeated. Returns [frames × 60].
 */
export function frameKeys(shapes: Numbers, frameCount: number): Float32Array {
  const dct = createDct(LOW_BAND_COUNT)
  const cepstra = new Float64Array(frameCount * CEPSTRA)
  for (let frame = 0; frame < frameCount; frame++)
    dct.forward(shapes, frame * BAND_COUNT, cepstra, frame * CEPSTRA, CEPSTRA)
  const keys = new Float32Array(frameCount * KEY_WIDTH)
  for (let frame = 0; frame < frameCount; frame++) {
    OFFSETS.forEach((offset, part) => {
      const from = Math.min(Math.max(frame + offset, 0), frameCount - 1) * CEPSTRA
      keys.set(cepstra.subarray(from, from + CEPSTRA), frame * KEY_WIDTH + part * CEPSTRA)
    })
  }
  return keys
}
