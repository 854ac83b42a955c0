import type { Numbers } from '../dsp/numbers.ts'
import { valueAt, type OverFrames } from './over-frames.ts'

/** Further off the tracker has heard another harmonic: nothing is corrected there. */
const LARGEST_ERROR_CENTS = 400
const LARGEST_CORRECTION_CENTS = 150
/** A correction is averaged over so many frames to each side, the nearer ones more. */
const REACH_FRAMES = 3
const CENTS_PER_OCTAVE = 1200

/**
 * The factors of pitch by which a voice must be moved so that it is heard at the pitch that was wanted: it was moved by
 * `ratio` and was then heard at `found` instead of `wanted` (Hz per 5 ms frame, 0 unvoiced).
 */
export function correctedRatio(ratio: OverFrames, wanted: Numbers, found: Numbers): Float64Array {
  const cents = Float64Array.from(wanted, (hz, frame) => {
    if (!(hz > 0 && found[frame] > 0)) return 0
    const error = CENTS_PER_OCTAVE * Math.log2(found[frame] / hz)
    if (Math.abs(error) > LARGEST_ERROR_CENTS) return 0
    return Math.min(Math.max(error, -LARGEST_CORRECTION_CENTS), LARGEST_CORRECTION_CENTS)
  })
  return cents.map((_, frame) => valueAt(ratio, frame) * 2 ** (-nearMean(cents, frame) / CENTS_PER_OCTAVE))
}

/** Whole cents: a rounding error in a tracked pitch would add up to another phase. */
function nearMean(cents: Float64Array, frame: number): number {
  let [sum, weights] = [0, 0]
  for (let offset = -REACH_FRAMES; offset <= REACH_FRAMES; offset++) {
    const weight = REACH_FRAMES + 1 - Math.abs(offset)
    sum += weight * (cents[frame + offset] ?? 0)
    weights += weight
  }
  return Math.round(sum / weights)
}
