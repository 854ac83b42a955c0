import type { Numbers } from '../../dsp/numbers.ts'
import { valueAt, type OverFrames } from '../over-frames.ts'
import { voicedRuns } from './voiced-runs.ts'

/** A vibrato of 5.5 Hz stays between 4 and 7.5 Hz, where it is heard as one. */
const GREATEST_RATE_LOG = Math.log(1.35)

/**
 * A vibrato faster or slower: within each voiced run the curve is read at another speed, from the run's middle outward,
 * and back from its ends where it would leave them. The same curve where the ratio is 1.
 */
export function atVibratoRate(
  tremor: Float64Array,
  f0: Numbers,
  logRatio: number,
  intensity: OverFrames,
): Float64Array {
  if (logRatio === 0) return tremor
  const result = tremor.slice()
  for (const { startFrame, endFrame } of voicedRuns(f0, 2)) {
    const middle = (startFrame + endFrame - 1) / 2
    for (let frame = startFrame; frame < endFrame; frame++) {
      const log = Math.min(Math.max(valueAt(intensity, frame) * logRatio, -GREATEST_RATE_LOG), GREATEST_RATE_LOG)
      const position = middle + (frame - middle) * Math.exp(log)
      result[frame] = readWithin(tremor, startFrame, endFrame - 1, position)
    }
  }
  return result
}

function readWithin(curve: Float64Array, first: number, last: number, position: number): number {
  const inside = position < first ? 2 * first - position : position > last ? 2 * last - position : position
  const held = Math.min(Math.max(inside, first), last)
  const left = Math.floor(held)
  const right = Math.min(left + 1, last)
  return curve[left] + (curve[right] - curve[left]) * (held - left)
}
