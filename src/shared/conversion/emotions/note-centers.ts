import { movingMean } from '../../dsp/moving-mean.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import { throughUnvoiced } from '../auxiliary.ts'
import { FRAMES_PER_SEC } from '../features.ts'
import { median } from '../transposition/phase.ts'

/** The median over this long ignores vibrato and scoops, and follows the tune. */
const CENTER_SEC = 0.3
/** Then smoothed, so that a change of note is no jump. */
const SMOOTHING_SEC = 0.05

/** log2 of the note that each 5 ms frame belongs to; at least one frame of `f0` must be voiced. */
export function noteCenters(f0: Numbers): Float64Array {
  const pitch = throughUnvoiced(f0, Math.log2)
  const half = Math.round((CENTER_SEC * FRAMES_PER_SEC) / 2)
  const centers = pitch.map((_, frame) => median(pitch.subarray(Math.max(0, frame - half), frame + half + 1)))
  return movingMean(centers, Math.round((SMOOTHING_SEC * FRAMES_PER_SEC) / 2))
}
