import { movingMean } from '../../dsp/moving-mean.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import { FRAMES_PER_SEC } from '../features.ts'

/** A mean over this long has no vibrato left in it (periods of 150 to 250 ms), and follows syllables and notes. */
const CONTOUR_SEC = 0.2
/** Under this it is jitter. */
const TREMOR_SEC = 0.025

const reachOf = (seconds: number): number => Math.round((seconds * FRAMES_PER_SEC - 1) / 2)

/** A curve of 5 ms frames by how fast it moves; the parts sum to the curve. */
export interface Movements {
  readonly contour: Float64Array
  /** Vibrato and tremor. */
  readonly tremor: Float64Array
  readonly jitter: Float64Array
}

export function splitMovements(curve: Numbers): Movements {
  const contour = movingMean(curve, reachOf(CONTOUR_SEC))
  const smooth = movingMean(curve, reachOf(TREMOR_SEC))
  return {
    contour,
    tremor: smooth.map((value, frame) => value - contour[frame]),
    jitter: Float64Array.from(curve, (value, frame) => value - smooth[frame]),
  }
}
